"""What is written together and only capitals or a number part: `parted`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from screenkit.names.vocabulary.phrases import may_be_form

#: Between two words that capitals alone part: small letters and a capital, or an abbreviation and a capitalized word.
_CAPITALS = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])|(?<=[A-ZА-ЯЁ]{2})(?=[A-ZА-ЯЁ][a-zа-яё]{2})")
#: Between a name of several syllables and a number that follows it without a space, as ships' names are typed.
_NUMBERED = re.compile(r"(?<=[^\W\d_]{6})(?=\d{2})")
#: A name that a legal form is written together with has so many letters.
_LEAST_BESIDE_FORM = 3


def parted(text: str) -> str:
    """A text with a space before a number, and before capitals inside its words where these part three or a legal form.

    Two other words that are written together are compared as such anyway; McDonald and DeWitt are one.
    """
    words = [_CAPITALS.split(_NUMBERED.sub(" ", word)) for word in text.split(" ")]
    return " ".join(
        [" ".join(parts) if len(parts) > 2 or _is_beside_form(parts) else "".join(parts) for parts in words]
    )


def _is_beside_form(parts: Sequence[str]) -> bool:
    """Whether two words are a name and a legal form: SiemensAG, ОООРомашка."""
    return len(parts) == 2 and any(
        len(name) >= _LEAST_BESIDE_FORM and may_be_form(form.casefold()) for name, form in (parts, parts[::-1])
    )
