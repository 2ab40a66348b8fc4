"""How long a name may be, on either side: comparing two names takes time that grows with the square of their words."""

from __future__ import annotations

import re
import unicodedata

#: The longest name, in characters, before and after compatibility normalization (NFKC), which makes up to 18 of one.
#: The longest name on any official list has 537.
LONGEST_NAME = 4_096
#: The most words of a name. The longest name on any official list has 56.
MOST_WORDS = 128
#: A name of so many characters has no more words and characters, whatever they are.
_SHORT_ASCII, _SHORT = 2 * MOST_WORDS - 1, 32
_WORD = re.compile(r"[^\W_]+")


def too_long(name: str) -> str:
    """What makes a name too long to be compared: "has 300 words, and at most 128 are compared"; empty if nothing."""
    if len(name) <= (_SHORT_ASCII if name.isascii() else _SHORT):
        return ""
    composed = name if name.isascii() or len(name) > LONGEST_NAME else unicodedata.normalize("NFKC", name)
    if len(composed) > LONGEST_NAME:
        return f"has {len(composed):,} characters, and at most {LONGEST_NAME:,} are compared"
    words = len(_WORD.findall(composed))
    return f"has {words:,} words, and at most {MOST_WORDS} are compared" if words > MOST_WORDS else ""
