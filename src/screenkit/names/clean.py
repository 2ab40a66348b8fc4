"""A name as given in, the same name without what carries no meaning out: `STEPS`, in order.

Each step is text to text, changes nothing the second time, and keeps apostrophes and diacritics, which
carry sound until a name is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

from screenkit.model import Step

from .cyrillic import drop_stress
from .script import script_of

_TATWEEL = "\u0640"
# Arabic vowel signs (fathatan to sukun), superscript alef and Koranic marks; Hebrew points and accents.
_VOWEL_SIGNS = re.compile("[\u064b-\u065f\u0670\u06d6-\u06ed\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")
_APOSTROPHES = dict.fromkeys(
    map(
        ord,
        "\u2018\u2019\u201a\u201b\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u2032\u0060\u00b4\uff07\u055a\u05f3",
    ),
    "'",
)
# What `drop_invisible` does to characters that are printable; the others it looks up by category.
_DROPPED = {
    **_APOSTROPHES,
    **dict.fromkeys((ord(_TATWEEL), *range(0xFE00, 0xFE10))),
    **dict.fromkeys(code for code in range(0x0591, 0x06EE) if _VOWEL_SIGNS.match(chr(code))),
}
_WORD = re.compile(r"[^\W_]+")

# Letters drawn alike in Latin and Cyrillic, and in Latin and Greek, as small or as capital letters (Unicode
# confusables, UTS 39), casefolded: a repair then doesn't depend on the case in which a name was typed.
_LOOKS = {
    "Cyrillic": dict(zip("авеѕіјкмнорстух", "abesijkmhopctyx", strict=True)),
    "Greek": dict(zip("αβεζηικμνορτυχ", "abezhikmnoptyx", strict=True)),
}
_LOOKS_LATIN = {script: {latin: other for other, latin in looks.items()} for script, looks in _LOOKS.items()}


def compose(text: str) -> str:
    """Fold compatibility forms: full width, ligatures, Arabic presentation forms (Unicode NFKC)."""
    return unicodedata.normalize("NFKC", text)


def drop_invisible(text: str) -> str:
    """Drop zero-width and bidirectional characters, tatweel and vowel signs; other controls become spaces."""
    if text.isascii() and text.isprintable():
        return text.replace("`", "'")
    if text.isprintable():
        return text.translate(_DROPPED)
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if category != "Cf":
            kept.append(" " if category[0] in "CZ" else character)
    return "".join(kept).translate(_DROPPED)


def repair_homoglyphs(text: str) -> str:
    """Write a word of mixed script in the one most of it is in, where every other letter has a look-alike there."""
    return text if text.isascii() else _WORD.sub(lambda word: _repaired(word[0]), text)


def _repaired(word: str) -> str:
    counts = Counter(script for script in map(script_of, word) if script)
    if len(counts) != 2 or "Latin" not in counts:
        return word
    (other,) = counts.keys() - {"Latin"}
    if other not in _LOOKS:
        return word
    to_latin, to_other = ("Latin", other, _LOOKS[other]), (other, "Latin", _LOOKS_LATIN[other])
    for _, strange, looks in (to_latin, to_other) if counts["Latin"] >= counts[other] else (to_other, to_latin):
        if all(character in looks for character in word if script_of(character) == strange):
            return "".join(looks[character] if script_of(character) == strange else character for character in word)
    return word


def fold_case(text: str) -> str:
    """Fold case (Unicode full case folding), then compose again, which folding can undo."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text.casefold())


def space(text: str) -> str:
    """One space between words, none around."""
    return " ".join(text.split())


#: The steps of cleaning, in order; `Name.trace` names them.
STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("compose", compose),
    ("drop invisible", drop_invisible),
    ("drop stress", drop_stress),
    ("fold case", fold_case),
    ("repair homoglyphs", repair_homoglyphs),
    ("space", space),
)
#: The steps that can change ASCII text.
_ASCII_STEPS = tuple((name, step) for name, step in STEPS if step in (drop_invisible, fold_case, space))


def clean(text: str) -> tuple[str, tuple[Step, ...]]:
    """Apply all steps; return the text and those steps that changed it."""
    trace = []
    for name, step in _ASCII_STEPS if text.isascii() else STEPS:
        after = step(text)
        if after != text:
            trace.append(Step(name, text, after))
        text = after
    return text, tuple(trace)
