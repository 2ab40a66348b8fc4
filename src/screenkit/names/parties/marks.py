"""What stands between, before and after the names of a text, as patterns: the spellings of tables/parties.txt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from screenkit.names.notation import read
from screenkit.names.script import script_of

_HAN, _HANGUL = "\u3400-\u9fff", "\uac00-\ud7a3"
_FIRST_EAST_ASIAN = "\u2e80"
#: A number that may be one of a house: an address follows a name in some fields.
_HOUSE = re.compile(r"[\s,]\d{1,5}[^\W\d_]?(?:[/-]\d{1,4})?(?!\w)")


#: A nickname in quotation marks between the names of a person: Hugo "El Pollo" Carvajal.
NICKNAME = re.compile(r"(?<=\w)\s+[\"'“«‘„][^\"“”«»„]{1,40}[\"'”»’“]\s+(?=\w)")
#: What a ship is known by beside its name: its number of the IMO or MMSI, and its flag behind a comma or bracket.
_SHIP = re.compile(
    r"[\s,;(\[]+(?:imo|mmsi)\b[\s.:#]*(?:no|number|nr)?[\s.:#]*\d{7,9}[)\]]?"
    r"|[,;(\[]\s*(?:flag[:\s]+\w+|\w+(?:\s\w+)?\s+flag(?:ged)?)\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_SHIP_WORDS = frozenset({"imo", "mmsi", "flag", "flagged"})


class Marks(NamedTuple):
    """The table's spellings as patterns."""

    between: re.Pattern[str]
    conjunction: re.Pattern[str]
    sign: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    account: re.Pattern[str]
    address: re.Pattern[str]
    #: Brackets, and a comma that may be between two names in Chinese characters or Hangul.
    bracket: re.Pattern[str]
    comma: re.Pattern[str]
    ship: re.Pattern[str] = _SHIP


#: A comma, or a particle that means "and", in a text that is not in Latin letters.
_UNSPACED = re.compile(r",|[와과]\s")
_PARTS = re.compile(r"[^\W_]+|[^\w\s]")
_SECTIONS = ("between", "and", "signs", "before", "after", "account", "address")


@cache
def _cells() -> dict[str, list[tuple[str, str]]]:
    """The spellings of each section of the table, with what the explanation says."""
    table = read("parties.txt")
    return {
        section: [(spelling, rule) for rule, spellings in table.rows(2, section) for spelling in spellings.split(", ")]
        for section in _SECTIONS
    }


@cache
def _firsts() -> tuple[frozenset[str], frozenset[str]]:
    """The words and signs that spellings begin with, and spellings in Chinese and Korean, which need no space."""
    cells = _cells()
    spellings = [spelling for section in cells.values() for spelling, rule in section if rule not in ("kind", "street")]
    firsts = frozenset(_PARTS.findall(one.casefold())[0] for one in spellings) | {"("} | _SHIP_WORDS
    unspaced = [one for section in ("and", "between") for one, _ in cells[section] if one[0] >= _FIRST_EAST_ASIAN]
    return firsts, frozenset(unspaced)


def may_hold_several(text: str) -> bool:
    """Whether a text has a word or sign of the table at all; most names have none."""
    words, conjunctions = _firsts()
    if not words.isdisjoint(_PARTS.findall(text.casefold())) or _HOUSE.search(text) is not None or " - " in text:
        return True
    if NICKNAME.search(text) is not None:
        return True
    before, comma, _ = text.partition(",")
    if comma and " " in before:
        return True  # a surname before a comma is one word, mostly
    return not text.isascii() and (_UNSPACED.search(text) is not None or any(one in text for one in conjunctions))


@cache
def marks() -> Marks:
    cells = _cells()
    texts = {section: [spelling for spelling, _ in rows] for section, rows in cells.items()}
    account, kinds = ([one for one, rule in cells["account"] if rule == kind] for kind in ("account", "kind"))
    streets, boxes, endings = (
        [one for one, rule in cells["address"] if rule == kind] for kind in ("street", "box", "suffix")
    )
    edge, gap = r"(?<!\w)", r"[\s,;:.()\[\]\-\u2013\u2014]"
    unspaced = [one for one in texts["between"] if one[0] >= _FIRST_EAST_ASIAN]
    between = rf"{edge}(?:{_any_of(texts['between'])})(?!\w)\.?:?|(?:{_any_of(unspaced)}):?"
    conjunction = (
        rf"(?<=\s)(?:{_any_of(texts['and'])})(?=\s)|(?<=[{_HAN}])(?:{_any_of(_han(texts['and']))})(?=[{_HAN}])"
        rf"|(?<=[{_HANGUL}][{_HANGUL}])[와과]\s+(?=[{_HANGUL}])"
    )
    # 60/40 is one number, A/S one legal form.
    sign = rf"(?:{'|'.join(map(re.escape, texts['signs']))})(?!(?<=\d/)\d|(?<=\b\w/)\w)"
    before = rf"^{gap}*(?:{_any_of(texts['before'])})(?!\w)\.?:?{gap}+"
    after = rf"{gap}+(?:{_any_of(texts['after'])})\.?\)?$"
    number = r"(?:[\s:.#/-]*\d[\d\s-]{0,33})?"
    account_words = (
        rf"{gap}+(?:(?:{_any_of(kinds)}){gap}+|\d{{1,4}}{gap}+)*(?:{_any_of(account)})"
        rf"(?:{gap}+(?:{_any_of(kinds)}))*{number}\)?$|\s*(?:\(|\s[-\u2013\u2014]\s)(?:{_any_of(kinds)})(?:\s+(?:{_any_of(kinds)}))*\)?$"
    )
    house = r"\d{1,5}(?:st|nd|rd|th|[^\W\d_])?(?:[/-]\d{1,4})?"
    address = (
        rf"(?:,\s*|\s)(?:{house}\s+(?:[^\W\d_]+\.?\s+){{0,3}}(?:{_any_of(streets)})(?!\w)|(?:{_any_of(streets)})\.?\s+"
        rf"(?:[^\W\d_]+\.?\s+){{0,3}}{house}(?!\w)|[^\W\d_]{{3,}}(?:{_any_of(endings)})\.?\s+{house}(?!\w)|(?:{_any_of(boxes)})\.?\s*\d).*$|,\s*{house}\s+[^\W\d_]{{3,}}.*$"
    )
    parts = (between, conjunction, sign, before, after, account_words, address, r"[()\[\]]", r",")
    return Marks(*[re.compile(one, re.IGNORECASE) for one in parts])


def _han(spellings: Sequence[str]) -> list[str]:
    return [one for one in spellings if script_of(one[0]) == "Han"]


def _any_of(spellings: Sequence[str]) -> str:
    """A pattern of spellings, the longest first; points may be between the letters of an abbreviation."""
    return "|".join(map(_pattern, sorted(spellings, key=lambda one: (-len(one), one))))


def _pattern(spelling: str) -> str:
    words = spelling.split(" ")
    pattern = re.escape(words[0])
    for one, other in pairwise(words):
        # Points and strokes may be between letters (a.k.a., f/k/a), and a point after an abbreviation.
        pattern += (r"\.?[\s./]\s?" if len(one) == len(other) == 1 else r"\.?\s+") + re.escape(other)
    return pattern


#: Of these the explanation says no more than what they are.
_UNTOLD = frozenset({"account", "ship"})


def rule_of(mark: str, section: str) -> str:
    """What the explanation says of a mark: the first column of its row."""
    if section in _UNTOLD:
        return section
    letters = _letters(mark)
    return next((rule for spelling, rule in _cells()[section] if _letters(spelling) == letters), section)


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum() or character == "&")
