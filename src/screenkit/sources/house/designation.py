"""What each documented column of a house list means, and the designation that a record makes.

What can't be read of an optional column is kept as text and counted; a name that can't be read is a fault,
because a name that is lost is a target that is missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from screenkit.model import (
    Address,
    Designation,
    Identifier,
    IdentifierType,
    Kind,
    ListedName,
    Measure,
    NamePart,
    NameType,
    Place,
    Program,
    Relation,
    Strength,
)
from screenkit.model.countries import country_code

from .record import COLUMNS, Cell, Record, as_text, shown

#: Words for kinds that lists use beside our own.
_KINDS = {kind.value: kind for kind in Kind} | {
    "individual": Kind.PERSON,
    "entity": Kind.ORGANIZATION,
    "ship": Kind.VESSEL,
}
_TYPES = {type.value.replace(".", ""): type for type in NameType}
_STRENGTHS = {strength.value: strength for strength in Strength}
_MEASURES = {measure.value: measure for measure in Measure}
_IDENTIFIERS = {type.value: type for type in IdentifierType}
_GENDERS = {"male": "male", "m": "male", "female": "female", "f": "female"}
_NAME_COLUMNS = (
    ("names", NameType.AKA, Strength.STRONG),
    ("aliases", NameType.AKA, Strength.STRONG),
    ("weak_aliases", NameType.AKA, Strength.WEAK),
    ("former_names", NameType.FKA, Strength.STRONG),
)
_FACTS = ("as_of", "note", "source_url")
#: A relation's sort where the list only names the other party.
_LINKED = "linked to"
_Item = str | Mapping[str, object]


def designation(record: Record) -> Designation | None:
    """Make the designation; None where the record has a fault, which has then been reported."""
    id = record.required("id")
    record.id = id or record.id
    record.names += _names(record)
    if record.is_faulty:
        return None
    record.kind = _KINDS.get(record.choice("kind", _KINDS), Kind.UNKNOWN)
    record.programs += _programs(record)
    record.measures += _measures(record, "measures", record.items("measures"))
    record.secondary_sanctions += record.texts("secondary_sanctions")
    record.prohibitions += record.texts("prohibitions")
    for text in record.texts("birth_dates"):
        record.state_birth_date("birth_dates", text, problem="not a date; write 1971-12-15, 1971-12 or 1971")
    record.birth_places += _places(record, "birth_places")
    record.nationalities += _places(record, "nationalities")
    record.citizenships += _places(record, "citizenships")
    record.gender = _GENDERS.get(record.choice("gender", _GENDERS))
    record.identifiers += _identifiers(record)
    record.addresses += _addresses(record)
    record.relations += _relations(record)
    record.titles += record.texts("titles")
    record.state_listed_on("listed_on", record.text("listed_on"))
    record.remarks += record.texts("remarks")
    record.facts += _facts(record)
    return record.designation("name")


def _names(record: Record) -> list[ListedName]:
    names = []
    if "name" in record.fields or "names" not in record.fields:
        text = record.required("name")
        names += [ListedName(text)] if text else []
    for field, type, strength in _NAME_COLUMNS:
        stated = record.fields.get(field)
        if isinstance(stated, Cell) and stated.has_semicolon:
            record.fault(field, stated.text, r"names are separated by |; write \; for a semicolon in a name")
        for item in record.items(field):
            # Where `name` is left to `names`, their first is the primary one unless it says otherwise.
            usual = type if names or field != "names" else NameType.PRIMARY
            name = _name(record, field, item, usual, strength)
            names += [name] if name else []
    names.sort(key=lambda name: name.type is not NameType.PRIMARY)
    if not record.is_faulty and (not names or names[0].type is not NameType.PRIMARY):
        record.fault("names", names[0].text if names else "", "the record has no primary name")
    return names


def _name(record: Record, field: str, item: _Item, type: NameType, strength: Strength) -> ListedName | None:
    if isinstance(item, str):
        return ListedName(item, type=type, strength=strength)
    rest = {key: value for key, value in item.items() if key != "parts"}
    stated = record.parts(field, rest, ("text", "type", "strength", "language", "script"))
    if "text" not in stated:
        record.refuse(field, item, "the name has no text")
        return None
    if "type" in stated:
        type = _TYPES.get(record.member(f"{field}.type", stated["type"], _TYPES), type)
    if "strength" in stated:
        key = record.member(f"{field}.strength", stated["strength"], _STRENGTHS)
        strength = _STRENGTHS.get(key, strength)
    return ListedName(
        stated["text"],
        type=type,
        strength=strength,
        language=stated.get("language"),
        script=stated.get("script"),
        parts=_name_parts(record, f"{field}.parts", item.get("parts")),
    )


def _name_parts(record: Record, field: str, stated: object) -> list[NamePart]:
    found = []
    for item in record.values(field, stated):
        part = {} if isinstance(item, str) else record.parts(field, item, ("role", "text"))
        if len(part) == 2:
            found.append(NamePart(role=part["role"], text=part["text"]))
        else:
            record.keep_value(field, item, "expected a role and a text")
    return found


def _programs(record: Record) -> Iterator[Program]:
    items = list(record.items("programs"))
    titles, authorities = (_parallel(record, field, len(items)) for field in ("program_title", "authority"))
    for item, title, authority in zip(items, titles, authorities, strict=True):
        if isinstance(item, str) and (title or authority):
            yield Program(item, title=title, authority=authority)
        elif isinstance(item, str):
            yield record.job.program(item)
        elif program := _program(record, item):
            yield program


def _parallel(record: Record, field: str, count: int) -> list[str]:
    """The texts of a column that goes with `programs`, one for each of them."""
    stated = record.fields.get(field)
    values = stated.values if isinstance(stated, Cell) else stated if isinstance(stated, list) else (stated,)
    texts = ["" if value is None else as_text(value) for value in values]
    found = [text for text in texts if text is not None]
    if len(found) == count == len(texts):
        return found
    if any(text is None or text for text in texts):
        record.keep_value(field, stated, f"expected one for each of the {count} programs")
    return [""] * count


def _program(record: Record, item: Mapping[str, object]) -> Program | None:
    rest = {key: value for key, value in item.items() if key != "measures"}
    stated = record.parts("programs", rest, ("code", "title", "authority", "detail"))
    field = "programs.measures"
    measures = _measures(record, field, record.values(field, item.get("measures")))
    code, detail = stated.get("code"), stated.get("detail", "")
    if code is None:
        record.keep_value("programs", item, "the program has no code")
        return None
    if "title" not in stated and "authority" not in stated and not measures:
        return record.job.program(code, detail=detail)
    title, authority = stated.get("title", ""), stated.get("authority", "")
    return Program(code, title=title, authority=authority, measures=measures, detail=detail)


def _measures(record: Record, field: str, items: Iterable[_Item]) -> tuple[Measure, ...]:
    keys = [record.member(field, shown(item), _MEASURES) for item in items]
    return tuple(dict.fromkeys(_MEASURES[key] for key in keys if key))


def _places(record: Record, field: str) -> list[Place]:
    found = []
    for item in record.items(field):
        stated = {"text": item} if isinstance(item, str) else record.parts(field, item, ("text", "country"))
        if "text" in stated:
            country = _country(record, field, stated) or country_code(stated["text"])
            found.append(Place(text=stated["text"], country=country))
        else:
            record.keep_value(field, item, "the place has no text")
    return found


def _addresses(record: Record) -> list[Address]:
    found = []
    keys = ("text", "city", "country")
    for item in record.items("addresses"):
        stated = {"text": item} if isinstance(item, str) else record.parts("addresses", item, keys)
        if "text" in stated:
            end = stated["text"].rpartition(",")[2].strip()
            country = _country(record, "addresses", stated) or country_code(end)
            found.append(Address(text=stated["text"], city=stated.get("city"), country=country))
        else:
            record.keep_value("addresses", item, "the address has no text")
    return found


def _country(record: Record, field: str, stated: Mapping[str, str]) -> str | None:
    text = stated.get("country")
    code = country_code(text) if text else None
    if text and code is None:
        record.keep_value(f"{field}.country", text, "not a known name or code of a country")
    return code


def _identifiers(record: Record) -> list[Identifier]:
    found = []
    keys = ("type", "value", "country", "label", "note")
    for item in record.items("identifiers"):
        stated = _spelled(record, item) if isinstance(item, str) else record.parts("identifiers", item, keys)
        if "value" not in stated:
            record.keep_value("identifiers", item, "the identifier has no value")
            continue
        type = record.member("identifiers.type", stated["type"], _IDENTIFIERS) if "type" in stated else ""
        found.append(
            Identifier(
                type=_IDENTIFIERS.get(type, IdentifierType.OTHER),
                value=stated["value"],
                country=_country(record, "identifiers", stated),
                label=stated.get("label", ""),
                note=stated.get("note", ""),
            )
        )
    return found


def _spelled(record: Record, text: str) -> dict[str, str]:
    """The parts of "type:value" or "type:value:country"; a text that begins with no type is a value."""
    type, colon, rest = (part.strip() for part in text.partition(":"))
    if not colon or type.casefold() not in _IDENTIFIERS:
        if colon:
            problem = f"read as another sort of identifier; the known sorts are: {', '.join(_IDENTIFIERS)}"
            record.notice("identifiers", text, problem)
        return {"value": text}
    value, colon, country = (part.strip() for part in rest.rpartition(":"))
    # Two letters at the end are a country; a closing colon says that there is none ("other:AA:BB:").
    if not colon or (country and not (len(country) == 2 and country.isascii() and country.isalpha())):
        value, country = rest, ""
    stated = {"type": type, "value": value, "country": country}
    return {key: part for key, part in stated.items() if part}


def _relations(record: Record) -> list[Relation]:
    found = []
    for item in record.items("relations"):
        if isinstance(item, str):
            before, _, after = (part.strip() for part in item.partition(":"))
            stated = {"type": before, "name": after} if before and after else {"name": item}
        else:
            stated = record.parts("relations", item, ("type", "name", "id"))
        if "name" in stated:
            type = stated.get("type", _LINKED).casefold()
            found.append(Relation(type=type, name=stated["name"], id=stated.get("id")))
        else:
            record.keep_value("relations", item, "the relation names no other party")
    return found


def _facts(record: Record) -> list[tuple[str, str]]:
    documented = [(field, text) for field in _FACTS for text in record.texts(field)]
    own = [(name, value) for name, value in record.fields.items() if name not in COLUMNS]
    texts = [(name, shown(value).strip()) for name, value in own if value is not None]
    return documented + [(name, text) for name, text in texts if text]
