"""Encoding: all names and designations of published lists come back, and what is none is refused.

By default one published name in `ONE_IN` is encoded; all of them with SCREENKIT_FULL=1 in the environment.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from screenkit import (
    DamagedFileError,
    Designation,
    Edition,
    InvalidRecordError,
    ListedName,
    PartialDate,
    Place,
    Program,
    normalize,
    read,
)
from screenkit.model import Name
from screenkit.search.files import record_codec as encoding
from screenkit.search.files.record_codec import Decoder, Encoder, Shared, schema
from screenkit.sources.starter import starter_path

ONE_IN = 1 if os.environ.get("SCREENKIT_FULL") else 10
NAMES = (
    "Kim Jong Un",
    "김정은",
    "马晓红",
    "Абдул Рахман Пісклін",
    "abu MU'ADH al-Libi",
    "S.A. de C.V. III",
    "ﷺ",
    "!!!",
)


def decoder_of(encoder: Encoder) -> Decoder:
    return Decoder(
        tokens=encoder.tokens.encoded(), programs=encoder.programs.encoded(), editions=encoder.editions.encoded()
    )


@pytest.mark.parametrize("text", NAMES)
def test_a_name_comes_back_with_all_that_normalizing_found(text: str) -> None:
    encoder = Encoder()
    data = encoder.name(normalize(text))
    assert decoder_of(encoder).name(data) == normalize(text)


def test_every_designation_and_name_of_the_starter_list_comes_back() -> None:
    round_trip(list(read("starter", starter_path())))


@pytest.mark.parametrize("folder", ["us_ofac_sdn/2021-07-07", "un_sc/2025-11-20", "eu_fsf/2021-03-02"])
def test_every_designation_of_a_published_list_comes_back_and_its_names(
    folder: str, designations_of: Callable[[str], list[Designation]]
) -> None:
    round_trip(designations_of(folder), one_in=ONE_IN)


def round_trip(designations: list[Designation], one_in: int = 1) -> None:
    encoder = Encoder()
    texts = [name.text for one in designations for name in one.names]
    names = [normalize(text) for text in texts[::one_in]]
    encoded = [encoder.name(name) for name in names], [encoder.designation(one) for one in designations]
    decoder = decoder_of(encoder)
    assert [decoder.name(data) for data in encoded[0]] == names
    assert [repr(decoder.designation(data)) for data in encoded[1]] == list(map(repr, designations))


def test_a_token_is_stored_once_and_is_one_object_afterwards() -> None:
    encoder = Encoder()
    first, second = (encoder.name(normalize(text)) for text in ("KOREA KWANGSON BANKING", "Banking, Korea"))
    assert len(encoder.tokens.encoded()) == 3
    decoder = decoder_of(encoder)
    assert decoder.name(first).tokens[0] is decoder.name(second).tokens[1] is decoder.token(0)
    assert encoder.tokens.number(decoder.token(2)) == 2


def test_editions_that_are_equal_and_count_otherwise_are_kept_apart() -> None:
    editions = Shared(Edition)
    bare, counted = Edition(source="un_sc"), Edition(source="un_sc", counts={"person": 2})
    assert bare == counted
    assert [editions.number(edition) for edition in (bare, counted, Edition(source="un_sc"))] == [0, 1, 0]


def test_a_program_without_measures_of_its_own_entry_comes_back() -> None:
    program = Program("NPWMD", measures=("block",))
    designation = Designation(id="1", names=[ListedName("ACME")], programs=[program], measures=["travel"])
    encoder = Encoder()
    data = encoder.designation(designation)
    assert decoder_of(encoder).designation(data) == designation


UNFIT = [
    Designation(id="1", names=[ListedName("ACME")], remarks=b"bytes"),  # type: ignore[arg-type]
    Designation(id="1", names=[ListedName("ACME")], titles=(1,)),
    Designation(id="1", names=[ListedName("ACME")], facts=(("label", None),)),
    Designation(id="1", names=[ListedName("ACME")], gender=1),  # type: ignore[arg-type]
    Designation(id="1", names=[ListedName("ACME")], birth_places=[ListedName("Pyongyang")]),
    Designation(
        id="1",
        names=[ListedName("ACME")],
        birth_dates=[PartialDate(text="", earliest=dt.datetime(1970, 1, 1), latest=dt.datetime(1970, 1, 1))],
    ),
]


@pytest.mark.parametrize("designation", UNFIT)
def test_a_field_of_another_type_than_stated_is_refused_and_not_changed(designation: Designation) -> None:
    with pytest.raises(InvalidRecordError, match="it can't be saved"):
        Encoder().designation(designation)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[",
        b"\xff",
        b"null",
        b"5",
        b"{}",
        b"[]",
        b'["1"]',
        b'["1","person",[]]',
        b'["1","person",[[""]]]',
        b'["1","robot",[["ACME"]]]',
        b'["1","person",[["ACME"]],[0]]',
        b'["1","person",[["ACME"]],[-1]]',
        b'["1","person",[["ACME"]],["A"]]',
        b'["1","person",[["ACME"]],[[]]]',
        b'["1","person",[["ACME"]],[],[],[],[],[["x","1970-13-01","1970-01-01"]]]',
        b"[" + b"0," * 40 + b"0]",
        b"[" * 100_000,
    ],
)
def test_bytes_that_are_no_designation_are_refused(data: bytes) -> None:
    with pytest.raises(DamagedFileError):
        Decoder().designation(data)


def test_the_schema_is_the_same_in_every_process() -> None:
    script = "from screenkit.search.files.record_codec import schema; print(schema())"
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment
        )
        assert done.stdout.strip() == schema()


@pytest.mark.parametrize(
    "fields",
    [
        {"text": attrs.field(type=str), "place": attrs.field(type=Place)},
        {"text": attrs.field(type=str), "place": attrs.field(type=Place, default=None)},
        {"text": attrs.field(type=int), "place": attrs.field(type=Place)},
        {"place": attrs.field(type=Place), "text": attrs.field(type=str)},
    ],
)
def test_the_schema_changes_with_a_field_its_type_its_default_and_the_order(
    fields: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "Name", attrs.make_class("Name", {"text": attrs.field(type=str)}))
    without = schema.__wrapped__()
    changed = attrs.make_class("Name", fields, kw_only=True)
    monkeypatch.setattr(encoding, "Name", changed)
    assert len({without, schema.__wrapped__(), schema()}) == 3
    assert attrs.fields(Name).text.name == "text"
