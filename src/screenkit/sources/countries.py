"""A country as a list prints it in, its ISO 3166-1 alpha-2 code out.

The names stand in two tables beside this module: countries.txt, generated from the Unicode CLDR by
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


@functools.lru_cache(maxsize=4096)
def country_code(text: str) -> str | None:
    """Find a country's ISO 3166-1 alpha-2 code, in lower case; None where the text names no one country.

    Takes English, French and German names, official long names, nationalities as English adjectives, alpha-2
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
