"""The reader of the Consolidated Screening List as JSON.

The format is consolidated.json of https://www.trade.gov/consolidated-screening-list: {"results": [...]}, the
columns of the CSV file as keys (`id` for `_id`), several values as arrays, addresses and ids as objects.
"""

from __future__ import annotations

from collections.abc import Iterator

from screenkit.model import Address, Designation
from screenkit.model.countries import country_code
from screenkit.sources.files import ListFile
from screenkit.sources.format import Format, json_keys
from screenkit.sources.formats.json_array import records
from screenkit.sources.formats.json_values import Json, listed, shown
from screenkit.sources.job import Job

from .fields import READ, CslRecord, NumberedId, Numbering, designation, is_complete, is_wanted, note_new_fields

_KEY = "results"
#: Keys whose value is one text; anything else there is a fault.
_TEXTS = ("id", "source", "type", "name", "start_date", "call_sign", "vessel_owner", "remarks")
#: Keys whose value is an array of texts. `title` is one text in which "; " joins several.
_ARRAYS = ("alt_names", "programs", "citizenships", "nationalities", "dates_of_birth", "places_of_birth")
_OBJECTS = ("addresses", "ids")
_ADDRESS = ("address", "city", "state", "postal_code", "country")
_ID = ("type", "number", "country", "issue_date", "expiration_date")


def read(job: Job) -> Iterator[Designation]:
    """Read consolidated.json."""
    stated = ((shown(fields.get("id")), shown(fields.get("source"))) for _, fields in records(job, _KEY, faults=False))
    numbering = Numbering(stated)
    for place, fields in records(job, _KEY):
        if not is_wanted(job, shown(fields.get("source"))) or not _is_sound(job, place, fields):
            continue
        note_new_fields(job, (key for key, value in fields.items() if listed(value)))
        record = _record(place, fields)
        if is_complete(job, record) and (found := designation(job, record, numbering)):
            yield found


def _recognizes(file: ListFile) -> bool:
    return file.head.lstrip().startswith(b"{") and {_KEY, "source", "alt_names"} <= json_keys(file)


def _is_sound(job: Job, place: str, fields: dict[str, Json]) -> bool:
    """Whether every value read is of the type it should be; what isn't is reported as a fault."""
    expected = {
        **{key: ("a text", _is_text(fields.get(key))) for key in _TEXTS},
        **{key: ("an array of texts", _are(fields.get(key), str)) for key in _ARRAYS},
        **{key: ("an array of objects", _are(fields.get(key), dict)) for key in _OBJECTS},
    }
    unsound = [(key, what) for key, (what, is_sound) in expected.items() if not is_sound]
    for key, what in unsound:
        job.fault(place, key, shown(fields[key]), f"expected {what}")
    return not unsound


def _is_text(value: Json) -> bool:
    return value is None or isinstance(value, str)


def _are(value: Json, type: type[str] | type[dict[str, Json]]) -> bool:
    # The API leaves out what is empty, as null or as an empty text.
    return value in (None, "") or (
        isinstance(value, list) and all(one is None or isinstance(one, type) for one in value)
    )


def _record(place: str, fields: dict[str, Json]) -> CslRecord:
    return CslRecord(
        place=place,
        id=shown(fields.get("id")),
        source=shown(fields.get("source")),
        type=shown(fields.get("type")),
        name=shown(fields.get("name")),
        alt_names=_texts(fields, "alt_names"),
        programs=_texts(fields, "programs"),
        title=tuple(part for title in _texts(fields, "title") for text in title.split(";") if (part := text.strip())),
        addresses=(*(address for one in _objects(fields, "addresses") for address in _address(one)), *_country(fields)),
        citizenships=_texts(fields, "citizenships"),
        nationalities=_texts(fields, "nationalities"),
        dates_of_birth=_texts(fields, "dates_of_birth"),
        places_of_birth=_texts(fields, "places_of_birth"),
        ids=tuple(id for one in _objects(fields, "ids") for id in _id(one)),
        start_date=shown(fields.get("start_date")),
        call_sign=shown(fields.get("call_sign")),
        vessel_owner=shown(fields.get("vessel_owner")),
        remarks=shown(fields.get("remarks")),
        facts=tuple(_facts(fields)),
    )


def _texts(fields: dict[str, Json], key: str) -> tuple[str, ...]:
    return tuple(map(shown, listed(fields.get(key))))


def _objects(fields: dict[str, Json], key: str) -> list[dict[str, Json]]:
    return [one for one in listed(fields.get(key)) if isinstance(one, dict)]


def _address(stated: dict[str, Json]) -> Iterator[Address]:
    others = [key for key in stated if key not in _ADDRESS]
    parts = [part for key in (*_ADDRESS, *others) if (part := shown(stated.get(key)))]
    city, country = shown(stated.get("city")), shown(stated.get("country"))
    if parts:
        yield Address(text=", ".join(parts), city=city or None, country=country_code(country))


def _country(fields: dict[str, Json]) -> Iterator[Address]:
    """The country at the top of a record, as State's lists have it instead of an address."""
    if country := shown(fields.get("country")):
        yield Address(text=country, country=country_code(country))


def _id(stated: dict[str, Json]) -> Iterator[NumberedId]:
    issued, expires = shown(stated.get("issue_date")), shown(stated.get("expiration_date"))
    notes = [f"expires {expires}"] * bool(expires) + [f"issued {issued}"] * bool(issued)
    notes += [f"{key} {text}" for key, value in stated.items() if key not in _ID and (text := shown(value))]
    type, number = shown(stated.get("type")), shown(stated.get("number"))
    if type or number:
        yield NumberedId(type=type, number=number, country=shown(stated.get("country")), note=", ".join(notes))


def _facts(fields: dict[str, Json]) -> Iterator[tuple[str, str]]:
    own_id = shown(fields.get("id"))
    for key, value in fields.items():
        if key in READ:
            continue
        for one in listed(value):
            text = shown(one)
            if not (key == "entity_number" and text == own_id):
                yield key, text


FORMAT = Format(id="csl_json", title="trade.gov Consolidated Screening List JSON", read=read, recognizes=_recognizes)
