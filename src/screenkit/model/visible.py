"""Texts of lists and customers where people read them: what would move a cursor or turn a line around is shown."""

from __future__ import annotations

import re

#: C0 and C1 controls, the controls of Unicode's bidirectional algorithm (UAX #9) but for its two marks and the Arabic
#: letter mark, which bound a run and turn nothing around, the separators of lines and paragraphs, and lone surrogates.
_STEERING = re.compile("[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
#: The same without what ends a line or jumps to a column, for whole texts that may have both.
_STEERING_A_LINE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

#: What is between quotation marks.
_QUOTED = re.compile("(?<=“)([^”]*)(?=”)")


def in_terminal(text: str) -> str:
    """A text of one line for a terminal: "?" for each character that steers it."""
    return _STEERING.sub("?", text)


def in_terminal_lines(text: str) -> str:
    """As `in_terminal`, of a text that may have line ends and tabs."""
    return _STEERING_A_LINE.sub("?", text)


def in_html(text: str) -> str:
    """A text for HTML, not yet escaped: the number of each character that steers it, such as [U+202E]."""
    return _STEERING.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def quoted_parts(sentence: str) -> list[str]:
    """A sentence in parts, of which every second is what the sentence has in quotation marks.

    A name may run from right to left. Each has to be set apart, or it turns the words between two of them around.
    """
    return _QUOTED.split(sentence)


def in_json(text: str) -> str:
    """JSON for a terminal: the same values, with an escape for each character that steers it."""
    return _STEERING_A_LINE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
