"""Dates and places as Japanese ministries write them."""

from __future__ import annotations

import re
import unicodedata

from screenkit.errors import InvalidRecordError
from screenkit.model import PartialDate, Place
from screenkit.model.countries import country_code
from screenkit.sources.dates import parse_date

_CIRCA = re.compile(r"頃|ごろ|おおよそ|およそ|おおむね|約")
#: "born", "(Hijri calendar)" and other remarks in brackets, a date's own punctuation.
_BESIDE = re.compile(r"生まれ|生|[()（）、,:;\s]|の間|までの間|まで")
_DAY = re.compile(r"(\d{4})(?:年|\.)(?:(\d{1,2})(?:月|\.)(?:(\d{1,2})日?)?)?")
_RANGE = re.compile(r"(.+?年?)(?:から|-|~|〜|～)(.+)")
_FORMS_OF_STATE = re.compile(r"(?:人民|民主|連邦|イスラム)?(?:共和国|王国|国)\Z")
_LATIN_AT_END = re.compile(r"[A-Za-z][A-Za-z .,'()-]*\Z")


def japanese_date(text: str) -> PartialDate | None:
    """Read "1960年3月13日", "1960年頃", "1958年から1963年の間" or an ISO 8601 date; None for any other form."""
    plain = unicodedata.normalize("NFKC", text)
    circa = _CIRCA.search(plain) is not None
    bare = _BESIDE.sub("", _CIRCA.sub("", plain))
    try:
        if one := _single(bare, text, circa):
            return one
        if span := _RANGE.fullmatch(bare):
            first, last = _single(span[1], text, circa), _single(span[2], text, circa)
            if first and last and first.earliest <= last.latest:
                return PartialDate.between(first, last, text=text, circa=circa)
    except InvalidRecordError:
        return None
    return parse_date(plain.strip())


def _single(bare: str, text: str, circa: bool) -> PartialDate | None:
    found = _DAY.fullmatch(bare)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None  # the pattern's first group is not optional
    return PartialDate.of(year, month, day, text=text, circa=circa)


def place(text: str) -> Place:
    """A place with its country: "シリア", "タジキスタン Tajikistan", "ベラルーシ共和国", "Homs, Syria"."""
    last = re.split(r"[、,，]", text)[-1].strip()
    latin = _LATIN_AT_END.search(last)
    plain = last.replace("・", "")
    tries = (last, plain, _FORMS_OF_STATE.sub("", plain), latin[0] if latin else "")
    return Place(text=text, country=next(filter(None, map(country_code, tries)), None))
