"""The ISO 3166-1 alpha-2 code of a country as a list prints it.

The names are in two tables beside this module: countries.txt, generated from the Unicode CLDR by
tools/make_countries.py, and countries_aliases.txt, kept by hand: official long names, former names and the
wordings of the lists. What neither table knows is None; nothing is guessed.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

_TABLES = ("countries.txt", "countries_aliases.txt")
#: What may stand inside a word: "Cote d'Ivoire", "U.S.A.", "People's".
_INSIDE_A_WORD = re.compile(r"['’‘ʼ`´.]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
#: Words that the forms of one name differ by: "The Gambia", "Saint" and "St.".
_SPELLED_ALIKE = {"saint": "st", "and": "", "the": "", "of": "", "et": "", "und": ""}
#: OFAC marks what is no state: "Region: Gaza".
_REGION = re.compile(r"region\s*:", re.IGNORECASE)
_NOT_AVAILABLE = frozenset({"n/a", "N/A"})
#: "Korea, North", "Virgin Islands (British)": the part that stands first when the name is spoken.
_INVERTED = re.compile(r"([^,()]+)(?:,\s*([^,()]+)|\(([^()]+)\))\Z")


# A list names few countries many times; without this, OFAC's takes 12 % longer to read.
@functools.lru_cache(maxsize=4096)
def country_code(text: str) -> str | None:
    """Find a country's ISO 3166-1 alpha-2 code, in lower case; None where the text names no one country.

    Takes names in forty-five languages, official long names, nationalities as English adjectives, alpha-2
    and alpha-3 codes, inverted names ("Korea, North", "Iran (Islamic Republic of)") and names in several
    languages with a slash between them ("Belarus / Bélarus"); case, accents and punctuation don't matter.
    Kosovo is "xk", the user-assigned code in general use. A state that has several successors has no code.
    """
    stated = _REGION.sub("", text.strip()).strip()
    if stated in _NOT_AVAILABLE or not any(map(str.isalpha, stated)):
        return None
    found = _code(stated)
    if found is not None or "/" not in stated:
        return found
    codes = {_code(part) for part in stated.split("/")}
    return codes.pop() if len(codes) == 1 else None


_WORD = re.compile(r"[^\W\d_][\w'’.-]*[^\W_]|[^\W\d_]")
#: The longest name of a country that is looked for in a note, in words.
_MOST_WORDS = 6
#: How many letters a code has at most.
LONGEST_CODE = 3
#: What follows a country in a place: "Syria (as at Sep. 2015)", "Libya (previously located in)", "Iraq.".
_REMARK_AT_END = re.compile(r"[\s.,;]*(?:\([^()]*\)?|\bas (?:at|of|from) [^,()]*)[\s.,;]*\Z")
_NOW = re.compile(r"\((?:now(?: in)? )?([^()]+)\)\Z")
#: "London WC2A 1QU United Kingdom", "Nicosia 1060 Cyprus".
_AFTER_POST_CODE = re.compile(r"\d\w*\s+([^\W\d][^\d,;()]*)\Z")
#: Abbreviations that end a place without a comma: "Bloomington, Indiana USA".
_ABBREVIATED = re.compile(r"(?<=[\s,])(U\.?S\.?A\.?|U\.?A\.?E\.?|U\.?K\.?|D\.?P\.?R\.?K\.?|D\.?R\.?C\.?)\Z")


def country_at_end(text: str) -> str | None:
    """Find the code of the country that a place or an address ends with: "Idlib, Syria (as at Sep. 2015)"."""
    stated = text.strip()
    while True:
        last = stated.rpartition(",")[2].strip(" .;")
        if code := country_code(stated) or country_code(last):
            return code
        for wording in (_NOW, _AFTER_POST_CODE, _ABBREVIATED):
            found = wording.search(stated.rstrip(" ;."))
            if found and (code := country_code(found[1])):
                return code
        shorter = _REMARK_AT_END.sub("", stated)
        if shorter == stated or not shorter:
            return None
        stated = shorter


def country_within(text: str) -> str | None:
    """Find the code of the one country that a note names: "Afghan diplomatic passport, issued in Kabul".

    Codes of two or three letters don't count there; None where the note names several countries.
    """
    words = _WORD.findall(text)
    found: dict[str, None] = {}
    at = 0
    while at < len(words):
        for length in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            stated = " ".join(words[at : at + length])
            if len(stated) > LONGEST_CODE and (code := country_code(stated)):
                found[code] = None
                at += length - 1
                break
        at += 1
    return next(iter(found)) if len(found) == 1 else None


def _code(text: str) -> str | None:
    names = _names()
    if found := names.get(_key(text)):
        return found
    inverted = _INVERTED.match(text.strip())
    if inverted is None:
        return None
    last, first = inverted[1], inverted[2] or inverted[3]
    if found := names.get(_key(f"{first} {last}")):
        return found
    # "Myanmar (Burma)": two names of one country; "Congo (Zaire)" are two of two, which says nothing.
    codes = {names.get(_key(last)), names.get(_key(first))} if inverted[3] else {None}
    return codes.pop() if len(codes) == 1 else None


def _key(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = _BETWEEN_WORDS.sub(" ", _INSIDE_A_WORD.sub("", plain)).split()
    return " ".join(filter(None, (_SPELLED_ALIKE.get(word, word) for word in words)))


@functools.cache
def _names() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for code, name in table_rows():
        names.setdefault(_key(name), code)
        names.setdefault(code, code)
    return names


def table_rows() -> Iterator[tuple[str, str]]:
    """Stream (code, name or alpha-3 code) of both tables."""
    for table in _TABLES:
        with Path(__file__).with_name(table).open(encoding="utf-8") as lines:
            for line in lines:
                if not line.startswith("#"):
                    fields = line.rstrip("\n").split("\t")
                    yield fields[0], fields[1]
