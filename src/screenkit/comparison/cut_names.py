"""Listed names that a payment field cut off: a customer's text that fills the field, and names that begin with it.

Names of parties in SWIFT's customer payments stand in lines of 35 characters (MT 103, fields 50 and 59: "4*35x"), and
many systems keep what such a line held. A text of that length is compared with the beginning of a longer listed name
too, where it is equal to it in letters and digits.
"""

from __future__ import annotations

import unicodedata

#: Characters of a line; the last one may have been a space.
LINE = 35
#: Letters and digits that a listed name is found by. A line that holds fewer is no beginning of a name.
HEAD = 20


def fills_line(text: str) -> bool:
    """Whether a customer's text is as long as a line, so that it may have been cut off."""
    return LINE - 1 <= len(text.strip()) <= LINE


def letters(text: str) -> str:
    """The letters and digits of a text, without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join([character for character in decomposed if character.isalnum()])


def head(text: str) -> str:
    """What a name that a line may cut off is found by; empty for one that is not longer than the line."""
    return letters(text)[:HEAD] if len(text) > LINE else ""


def cut_off(query: str, listed: str) -> str:
    """What a line left of a listed name, if that is what the customer's text says; else empty.

    >>> cut_off("ISLAMIC REVOLUTIONARY GUARD CORPS Q", "Islamic Revolutionary Guard Corps - Qods Force")
    'Islamic Revolutionary Guard Corps - Q'
    """
    if not fills_line(query) or len(listed) <= LINE:
        return ""
    asked = letters(query)
    whole = letters(listed)
    if not HEAD <= len(asked) < len(whole) or not whole.startswith(asked):
        return ""
    return next((listed[:end] for end in range(1, len(listed)) if letters(listed[:end]) == asked), "")
