"""Numbers of passports, identity cards, companies and the like, found in a note's sentences.

"Libyan passport number 347834, issued under name ...", "Italian Fiscal Code: DAOMMD74T11Z352Z", "Moroccan national
identity card DE- 473900", "Employer Identification Number (United States of America): 36-3804626", "Passport no: a)
Libya number AA862825, issued in Tripoli b) 014797", "Company identification number: 1081673001541".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from screenkit.model import Identifier, IdentifierType, Kind
from screenkit.model.countries import country_within

#: In this order: what an earlier one finds a later one, whose wording is a part of it, leaves alone.
_SORTS = (
    (IdentifierType.PASSPORT, r"passe?ports?|laissez-passer|travel document"),
    (IdentifierType.TAX, r"fiscal code|tax (?:ID|identification)|tax number|employer identification|INN"),
    (
        IdentifierType.NATIONAL_ID,
        r"SSN|social security|national (?:identification|identity|ID)|identity (?:card|number)|identification card"
        r"|ID card|personal (?:identification|ID)|residential card|tazkira",
    ),
    (
        IdentifierType.REGISTRATION,
        r"company identification|(?:registered )?company(?= (?:number|no)\b)|registration(?= (?:ID|number|no)\b)|OGRN",
    ),
    (IdentifierType.OTHER, r"identification(?= (?:number|no)\b)"),
)
#: What may stand between the sort and its number.
_BETWEEN = (
    r"(?:\s*\([^()]{0,40}\))?(?:[\s:.,#)]*\b(?:card|number|code|no|nr|ID|information)\b)*"
    r"(?:\s*\([^()]{0,40}\))?(?:[\s:.,#]*\b(?:number|no)\b)?[\s:.,#]*"
)
#: A value has a digit; letters in front may stand apart: "L 191609", "DE- 473900", "B/001897".
_VALUE = r"(?:(?!IMO|SSN)[A-Z]{1,3}-? )?(?=[A-Z/-]*\d)[A-Z0-9][A-Z0-9/-]{3,}"
_FINDERS = tuple(
    (type, re.compile(rf"\b((?:(?!number|and|no\b)[A-Za-z]+ ){{0,2}}(?i:{sort}))(?i:{_BETWEEN})"))
    for type, sort in _SORTS
)
#: An organization's own IMO number begins a sentence: "IMO number: 5963351"; one within it is a ship's.
_OWN_IMO = re.compile(
    r"(?:\A|(?<=[.;]\s))(?:International Maritime Organization \(|Company )?(IMO)"
    rf"(?i:\)?(?: identification)? (?:number|no)\b{_BETWEEN})"
)
_FINDERS_OF_ORGANIZATIONS = ((IdentifierType.COMPANY_IMO, _OWN_IMO), *_FINDERS)
#: The number, perhaps one of several, "a)", and perhaps after its country: "Sudan number P07834700".
_NUMBER = re.compile(
    r"(?:(?P<mark>[a-h])\)\s*)?(?P<country>(?:(?:[A-Z][\w’'-]+|of|and|the)(?:\s*\([^()]*\))?[\s,]+){0,9}?)"
    rf"(?i:(?:number|no)\b[\s:.,]*)?(?P<value>{_VALUE})(?!\w)"
)
_IMO_NUMBER = re.compile(r"\d{7}\Z")
#: How far behind a number the next one of an enumeration begins, in characters.
_FARTHEST = 200
#: Where what is said of a document ends: at a semicolon, the next of several, or a full stop of no abbreviation.
_END = re.compile(r";|\s[b-h]\)|(?<!\bNo)(?<!\bno)(?<!\bNr)\.\s+(?=[A-Z][a-z])")
#: The note begins with the number itself: "04643632 issued on 18 Jun. 1999".
_LEADING = re.compile(rf"({_VALUE})(?=[\s,;.]|\Z)")
#: From here on it is about the name that a document is in, which is no country.
_UNDER_NAME = re.compile(r"\b(?:in the |under (?:the )?)?name\b", re.IGNORECASE)


def documents_in(text: str, kind: Kind = Kind.PERSON) -> Iterator[Identifier]:
    """The documents that a text names with their numbers, each with the one country that is said of it.

    IMO numbers are taken for organizations only, as the company's own.
    """
    text = " ".join(text.split())
    seen: set[str] = set()
    for type, finder in _FINDERS_OF_ORGANIZATIONS if kind is Kind.ORGANIZATION else _FINDERS:
        for found in finder.finditer(text):
            for value, said in _numbers(text, found.end()):
                is_sound = type is not IdentifierType.COMPANY_IMO or _IMO_NUMBER.match(value)
                if is_sound and value not in seen:
                    seen.add(value)
                    if type is IdentifierType.OTHER:
                        type = IdentifierType.REGISTRATION if kind is Kind.ORGANIZATION else IdentifierType.NATIONAL_ID
                    yield Identifier(type=type, value=value, country=issuer(f"{found[0]} {said}"), label=found[1])


def _numbers(text: str, at: int) -> Iterator[tuple[str, str]]:
    """The number at a place, or the numbers of the enumeration that begins there, each with what is said of it."""
    found = _NUMBER.match(text, at)
    while found is not None and (not found["country"] or country_within(found["country"])):
        following = _following(text, found)
        end = _END.search(text, found.end(), following.start() if following else len(text))
        until = end.start() if end else following.start() if following else len(text)
        yield found["value"], f"{found['country']}{text[found.end() : until]}"
        found = following


def _following(text: str, found: re.Match[str]) -> re.Match[str] | None:
    """The next number of an enumeration: "b) ..." after "a) ..."."""
    if not found["mark"]:
        return None
    mark = re.compile(rf"\b{chr(ord(found['mark']) + 1)}\)")
    at = mark.search(text, found.end(), found.end() + _FARTHEST)
    return _NUMBER.match(text, at.start()) if at else None


def leading_number(text: str) -> str:
    """The number that a note begins with; empty where it begins with none."""
    found = _LEADING.match(text.strip())
    return found[1] if found else ""


def issuer(note: str) -> str | None:
    """The one country that a note on a document names before it says whose name it is in."""
    return country_within(_UNDER_NAME.split(note, maxsplit=1)[0])
