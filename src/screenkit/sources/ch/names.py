"""The names that a name of the Swiss list makes: its own text and its spelling variants.

A name is parts in a stated order, each with a value and perhaps spelling variants in some language and
script. `_texts` says how they are put together; the parts stay apart in `ListedName.parts`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from screenkit.model import ListedName, NamePart, NameType, Strength
from screenkit.sources.builder import DesignationBuilder
from screenkit.sources.formats import xml

_NAME_TYPES = {
    "primary-name": NameType.PRIMARY,
    "alias": NameType.AKA,
    "formerly-known-as": NameType.FKA,
}
_QUALITIES = {"good": Strength.STRONG, "low": Strength.WEAK}
_ROLES = {
    "family-name": "surname",
    "given-name": "given",
    "further-given-name": "middle",
    "father-name": "patronymic",
    "grand-father-name": "grandfather",
    "maiden-name": "maiden",
    "tribal-name": "tribal",
    "whole-name": "whole",
    "title": "title",
    "suffix": "suffix",
    "other": "other",
}
#: ISO 639-2, which the list uses, to ISO 639-1, for the languages of the list; others stay as published.
_LANGUAGES = {
    "ara": "ar", "bel": "be", "chi": "zh", "eng": "en", "fre": "fr", "ger": "de", "heb": "he", "ita": "it",
    "kor": "ko", "per": "fa", "pus": "ps", "rus": "ru", "spa": "es", "srp": "sr", "ukr": "uk", "urd": "ur",
}  # fmt: skip
#: Role of a part that stands alone -> the role in the main name that it takes the place of.
_LONE = {"surname": "surname", "maiden": "surname", "given": "given", "patronymic": "patronymic"}
#: How many parts a main name has at least that a lone part can be put in.
FEWEST_PARTS = 2
#: Above this many combinations of its parts' variants a name gives each variant once, not each with each.
MOST_COMBINATIONS = 48


def listed_names(record: DesignationBuilder, name: Element, *, is_main: bool) -> Iterator[ListedName]:
    """Stream a name as published, then its spelling variants; only a main identity has a primary name."""
    stated = name.get("name-type", "primary-name")
    quality = name.get("quality") or "good"
    if stated not in _NAME_TYPES:
        record.notice("name-type", stated, "not a known type of name; read as an alias")
    if quality not in _QUALITIES:
        record.notice("name quality", quality, "expected good or low; read as good")
    type = _NAME_TYPES.get(stated, NameType.AKA)
    variant_type = NameType.AKA if type is NameType.PRIMARY else type
    parts = tuple(_parts(name))
    if not parts:
        record.notice("name-part", name.get("ssid", ""), "the name has no part with a value")
    for text, variant in _texts(name):
        spelled = name if variant is None else variant
        yield ListedName(
            text,
            type=type if variant is None and is_main else variant_type,
            strength=_QUALITIES.get(quality, Strength.STRONG),
            language=_language(spelled.get("lang", "")),
            script=spelled.get("script") or None,
            parts=parts if variant is None else (),
        )


def completed_name(name: Element, main: Element) -> Iterator[ListedName]:
    """A lone part of a name, such as a maiden name, with the other parts of the main name.

    The list prints "f.k.a.: Smith" of somebody whose main name is Anna Jones: nobody is called Smith alone.
    """
    parts, whole = tuple(_parts(name)), [part for part in _parts(main) if part.role != "title"]
    if len(parts) != 1 or parts[0].role not in _LONE or len(whole) < FEWEST_PARTS:
        return
    lone, role = parts[0], _LONE[parts[0].role]
    if not any(part.role == role for part in whole) or any(part.text == lone.text for part in whole):
        return
    at = next(at for at, part in enumerate(whole) if part.role == role)
    completed = [lone if here == at else part for here, part in enumerate(whole) if here == at or part.role != role]
    text, type = " ".join(part.text for part in completed), _NAME_TYPES.get(name.get("name-type", ""), NameType.AKA)
    yield ListedName(
        text,
        type=NameType.FKA if type is NameType.FKA or lone.role == "maiden" else NameType.AKA,
        strength=_QUALITIES.get(name.get("quality") or "good", Strength.STRONG),
        parts=tuple(completed),
        derived_from=lone.text,
    )


def text_of(name: Element) -> str:
    """A name's own text, without its spelling variants."""
    return next((text for text, _ in _texts(name)), "")


def titles_of(name: Element) -> Iterator[str]:
    """The titles among a name's parts."""
    return (part.text for part in _parts(name) if part.role == "title")


def _language(code: str) -> str | None:
    """A language code of the list as ISO 639-1 where that has one, else as published."""
    return _LANGUAGES.get(code.casefold(), code) or None


def _ordered(name: Element) -> list[Element]:
    def order(part: Element) -> int:
        stated = part.get("order", "")
        return int(stated) if stated.isdecimal() else 0

    return sorted(name.iterfind("name-part"), key=order)


def _parts(name: Element) -> Iterator[NamePart]:
    for part in _ordered(name):
        role = part.get("name-part-type", "other")
        if value := xml.text(part, "value"):
            yield NamePart(role=_ROLES.get(role, role), text=value)


def _texts(name: Element) -> Iterator[tuple[str, Element | None]]:
    """The texts of a name: its values, then for each language and script its spelling variants.

    Values stand in the stated order with one space between them, without titles (unless there is nothing
    else). A text in a language and script takes for each part its variants in them, and its value where it has
    none: so a surname with a Cyrillic variant stays with its given name, and never is a name by itself.
    With each text comes one variant that it was made with, or None.
    """
    parts = [part for part in _ordered(name) if part.get("name-part-type") != "title"] or _ordered(name)
    parts = [part for part in parts if xml.text(part, "value") or part.find("spelling-variant") is not None]
    values: list[tuple[str, Element | None]] = [(xml.text(part, "value"), None) for part in parts]
    own = " ".join(value for value, _ in values if value)
    if own:
        yield own, None
    variants = itertools.chain.from_iterable(part.iterfind("spelling-variant") for part in parts)
    for spelling in dict.fromkeys(map(_spelling, variants)):
        options = [[value, *_variants(part, spelling)] for part, value in zip(parts, values, strict=True)]
        _, script = spelling
        if script.casefold() != "latn":  # Values are Latin: beside other variants only where there are none.
            options = [choices[1:] or choices for choices in options]
        for chosen in _combined(options):
            variant = next((element for _, element in chosen if element is not None), None)
            text = " ".join(value for value, _ in chosen if value)
            if text and variant is not None:
                yield text, variant


def _spelling(variant: Element) -> tuple[str, str]:
    """The language and script of a variant: parts spelled in different ones make no name together."""
    return variant.get("lang", ""), variant.get("script", "")


def _variants(part: Element, spelling: tuple[str, str]) -> list[tuple[str, Element | None]]:
    return [
        (xml.text(variant), variant)
        for variant in part.iterfind("spelling-variant")
        if _spelling(variant) == spelling and xml.text(variant)
    ]


def _combined(
    options: list[list[tuple[str, Element | None]]],
) -> Iterator[tuple[tuple[str, Element | None], ...]]:
    if math.prod(map(len, options)) <= MOST_COMBINATIONS:
        yield from itertools.product(*options)
        return
    first = [choices[0] for choices in options]
    for position, choices in enumerate(options):
        for choice in choices:
            yield (*first[:position], choice, *first[position + 1 :])
