"""A name as given, cleaned of what carries no meaning: `STEPS`, in order.

Each step is text to text, changes nothing the second time, and keeps apostrophes and diacritics, which
carry sound until a name is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

from screenkit.model import Step

from .script import SIGNS, script_of

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
# Characters that show nothing by themselves and are no format controls (category Cf, looked up): Unicode's property
# Default_Ignorable_Code_Point (DerivedCoreProperties.txt).
_IGNORABLE = (0x034F, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x2065, *range(0xFE00, 0xFE10), *range(0xFFF0, 0xFFF9))
_IGNORABLE_FROM, _IGNORABLE_TO = 0xE0000, 0xE1000
# Letters and signs that look like a space: the fillers of Hangul, and the pattern of no dots of Braille.
_BLANK = (0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0)
# Marks of no script of their own (Inherited), of the blocks of combining marks: what is left of them after NFKC is no
# part of a letter but a stress mark, a line through it or a circle around it.
_LOOSE_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
# What `drop_invisible` does to characters that are printable; the others it looks up by category.
_DROPPED = {
    **_APOSTROPHES,
    **dict.fromkeys((ord(_TATWEEL), *_IGNORABLE, *range(_IGNORABLE_FROM, _IGNORABLE_TO))),
    **dict.fromkeys(_BLANK, " "),
    **dict.fromkeys(code for code in range(0x0591, 0x06EE) if _VOWEL_SIGNS.match(chr(code))),
}
_WORD = re.compile(r"[^\W_]+")
# A name that is written letter by letter: four letters or more, each alone; and what is between two of them.
_ONE_LETTER = rf"[^\W\d_][{SIGNS}]*"
_LETTERED = re.compile(rf"[\W_]*{_ONE_LETTER}(?:[\W_]+{_ONE_LETTER}){{3,}}[\W_]*")
_LETTER = re.compile(f"({_ONE_LETTER})")
_FEWEST_JOINED = 3

# Letters that look the same in Latin and Cyrillic, and in Latin and Greek, as small or as capital letters (Unicode
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
    text = text.translate(_DROPPED)
    if text.isprintable():
        return text
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if category != "Cf":
            kept.append(" " if category[0] in "CZ" else character)
    return "".join(kept)


def drop_loose_marks(text: str) -> str:
    """Text without the combining marks that make no letter: stress marks, lines through letters, circles around them.

    >>> drop_loose_marks("Па\u0301влович"), drop_loose_marks("P\u0336u\u0336t\u0336i\u0336n\u0336")
    ('Павлович', 'Putin')
    """
    return text if text.isascii() else _LOOSE_MARKS.sub("", text)


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


def join_letters(text: str) -> str:
    """Join the letters of each word where a whole name is written letter by letter and shows where its words end.

    Between two words is more blank than between two letters. Where it is not, the name may be an acronym, or initials.
    Where the blanks as they are join nothing, they count once each, as `space` leaves them.

    >>> join_letters("P.u.t.i.n V.l.a.d.i.m.i.r"), join_letters("P.F.L.P."), join_letters("J. R. R. Tolkien")
    ('Putin Vladimir', 'P.F.L.P.', 'J. R. R. Tolkien')
    """
    if _LETTERED.fullmatch(text) is None:
        return text
    for form in (text, space(text)):
        joined = _joined(form)
        if joined != form:
            return joined
    return text


def _joined(text: str) -> str:
    """The text of letters with those of each word joined."""
    before, *parts = _LETTER.split(text)
    letters, between = parts[::2], parts[1::2]
    blanks = [sum(map(str.isspace, one)) for one in between[:-1]]
    if min(blanks) == max(blanks):
        return text
    words, ends = [letters[0]], []
    for blank, sign, letter in zip(blanks, between, letters[1:], strict=False):
        if blank > min(blanks):
            words.append(letter)
            ends.append(sign)
        else:
            words[-1] += sign + letter
    joined = ["".join(found) if len(found := _LETTER.findall(word)) >= _FEWEST_JOINED else word for word in words]
    return before + "".join(word + end for word, end in zip(joined, [*ends, between[-1]], strict=True))


def space(text: str) -> str:
    """One space between words, none around."""
    return " ".join(text.split())


#: The steps of cleaning, in order; `Name.trace` names them.
STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("compose", compose),
    ("drop invisible", drop_invisible),
    ("fold case", fold_case),
    ("drop loose marks", drop_loose_marks),
    ("repair homoglyphs", repair_homoglyphs),
    ("join letters", join_letters),
    ("space", space),
)
#: The steps that can change ASCII text.
_ASCII_STEPS = tuple((name, step) for name, step in STEPS if step in (drop_invisible, fold_case, join_letters, space))


def clean(text: str) -> tuple[str, tuple[Step, ...]]:
    """Apply all steps; return the text and those steps that changed it."""
    trace = []
    for name, step in _ASCII_STEPS if text.isascii() else STEPS:
        after = step(text)
        if after != text:
            trace.append(Step(name, text, after))
        text = after
    return text, tuple(trace)
