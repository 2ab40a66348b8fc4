"""The Canadian reader on a hand-written list, on damaged cousins, and on the published file of 2025-03-20."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from screenkit.errors import ListFormatError
from screenkit.model import Designation, IdentifierType, Kind, Measure, NameType, Strength
from screenkit.sources import ListReader, manifest, read

from .reading import read_all

Read = tuple[ListReader, dict[str, Designation]]


@pytest.fixture(scope="module")
def listed(excerpt: Callable[[str], Path]) -> Read:
    return read_all("ca_sema", excerpt("ca_sema/sema-lmes.xml"))


@pytest.fixture(scope="module")
def edition(shared: Callable[[str], Path]) -> Read:
    return read_all("ca_sema", shared("lists/ca_sema/2025-03-20"))


def test_ids_are_country_schedule_and_item(listed: Read) -> None:
    assert list(listed[1]) == [
        "Belarus / Bélarus; 1, Part 1; 1",
        "Venezuela; 2",
        "Iran; 1, Part 2; 3",
        "Russia / Russie; 1.1; 1",
        "Russia / Russie; 2; 1",
        "Newland / Terre nouvelle; Part 1; 1",
    ]


def test_edition_is_dated_by_its_newest_listing(listed: Read) -> None:
    assert listed[0].edition.published == "2025-02-21"
    assert listed[0].edition.counts == {"person": 3, "organization": 2, "vessel": 1}
    assert {d.edition.published for d in listed[1].values() if d.edition} == {"2025-02-21"}


def test_person(listed: Read) -> None:
    person = listed[1]["Belarus / Bélarus; 1, Part 1; 1"]
    assert person.kind is Kind.PERSON
    assert person.name == "PRIMERENKO, Ivan Ivanovich"
    assert [(p.role, p.text) for p in person.names[0].parts] == [("surname", "PRIMERENKO"), ("given", "Ivan Ivanovich")]
    assert person.titles == ("Brigadier",)
    assert person.listed_on == "2020-09-28"
    assert person.facts == ()
    assert [(d.text, d.earliest.isoformat(), d.latest.isoformat()) for d in person.birth_dates] == [
        ("1965-07-15", "1965-07-15", "1965-07-15"),
        ("1969-09", "1969-09-01", "1969-09-30"),
    ]


def test_aliases_are_kept_whole_and_each_is_a_name(listed: Read) -> None:
    whole, *single = listed[1]["Belarus / Bélarus; 1, Part 1; 1"].names[1:]
    assert whole.text.startswith("Ivan Ivanavich PRYMIARENKA, Belarusian: ")
    assert (whole.type, whole.derived_from) == (NameType.AKA, None)
    assert [(name.text, name.language) for name in single] == [
        ("Ivan Ivanavich PRYMIARENKA", None),
        ("Іван Іванавіч ПРЫМЯРЭНКА", "be"),
        ("Иван Иванович ПРИМЕРЕНКО", "ru"),
    ]
    assert {name.derived_from for name in single} == {whole.text}


def test_single_name_and_unreadable_date(listed: Read) -> None:
    reader, found = listed
    person = found["Venezuela; 2"]
    assert [(name.text, name.derived_from) for name in person.names] == [("Ejemplo", None), ("Ejemplito", None)]
    assert person.birth_dates == ()
    assert [(u.field, u.text) for u in person.unparsed] == [("DateOfBirthOrShipBuildDate", "born in the early 1960s")]
    assert ("Venezuela; 2", "DateOfBirthOrShipBuildDate") in [(n.record, n.field) for n in reader.notices]
    assert person.facts == (("Remark", "a field that is new"),)


def test_bilingual_entity(listed: Read) -> None:
    entity = listed[1]["Iran; 1, Part 2; 3"]
    assert entity.kind is Kind.ORGANIZATION
    names = {name.text: name for name in entity.names if name.derived_from}
    assert set(names) == {
        "Example Company",
        "EXCO",
        "Example Industries Co., Ltd.",
        "Example Industries Organization",
        "EIO",
        "Organisation exemplaire des industries",
    }
    assert names["Organisation exemplaire des industries"].type is NameType.PRIMARY
    assert (names["EIO"].type, names["EIO"].strength) == (NameType.AKA, Strength.WEAK)
    assert names["EXCO"].strength is Strength.STRONG


def test_ship(listed: Read) -> None:
    ship = listed[1]["Russia / Russie; 1.1; 1"]
    assert ship.kind is Kind.VESSEL
    assert [(i.type, i.value, i.label) for i in ship.identifiers] == [(IdentifierType.IMO, "0000001", "ShipIMONumber")]
    assert ship.facts == (("TitleOrShip", "Oil Tanker"), ("DateOfBirthOrShipBuildDate", "1980"))
    assert ship.birth_dates == ()
    assert ship.titles == ()


def test_country_is_the_program_and_schedule_its_detail(listed: Read) -> None:
    reader, found = listed
    (program,) = found["Belarus / Bélarus; 1, Part 1; 1"].programs
    assert (program.code, program.detail) == ("Belarus / Bélarus", "1, Part 1")
    assert program.title == "Special Economic Measures (Belarus) Regulations"
    assert found["Venezuela; 2"].programs[0].code == "Venezuela"
    (unseen,) = found["Newland / Terre nouvelle; Part 1; 1"].programs
    assert (unseen.code, unseen.is_known) == ("Newland / Terre nouvelle", False)
    assert reader.unknown_programs == {"Newland / Terre nouvelle": 1}


def test_schedules_that_do_not_freeze(listed: Read) -> None:
    _, found = listed
    assert found["Iran; 1, Part 2; 3"].measures == (Measure.BLOCK,)
    assert found["Russia / Russie; 1.1; 1"].measures == (Measure.SECTORAL,)
    assert found["Russia / Russie; 2; 1"].measures == (Measure.SECTORAL,)


def test_unreadable_listing_date_is_kept_and_counted(listed: Read) -> None:
    entry = listed[1]["Newland / Terre nouvelle; Part 1; 1"]
    assert entry.listed_on is None
    assert [(u.field, u.text) for u in entry.unparsed] == [("DateOfListing", "soon")]
    assert listed[0].notices[-1].value == "soon"


def test_faults_are_reported_together(excerpt: Callable[[str], Path]) -> None:
    with pytest.raises(ListFormatError) as caught:
        list(read("ca_sema", excerpt("ca_sema/faults.xml")))
    assert caught.value.faults == (
        "faults.xml, record no. 1, Country: the record has no ID (Country and Item are parts of it)",
        "faults.xml, record no. 2, Item: the record has no ID (Country and Item are parts of it)",
        "faults.xml, record Iran; 1, Part 1; 3, LastName, EntityOrShip: the record has no name",
    )


def test_truncated_file_is_refused(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    whole = excerpt("ca_sema/sema-lmes.xml").read_bytes()
    cut = tmp_path / "sema-lmes.xml"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ListFormatError, match=r"at line \d+, column \d+"):
        list(read("ca_sema", cut))


def test_another_list_is_refused(excerpt: Callable[[str], Path]) -> None:
    with pytest.raises(ListFormatError, match="is UN Security Council consolidated list"):
        read("ca_sema", excerpt("un_sc/consolidated.xml"))


def test_published_counts(edition: Read) -> None:
    reader, found = edition
    assert len(found) == 4759
    assert reader.edition.counts == {"person": 3334, "organization": 1316, "vessel": 109}
    assert reader.edition.published == "2025-03-20"
    assert reader.unknown_programs == {}
    assert len(reader.edition.programs) == 19
    names = [name for designation in found.values() for name in designation.names]
    assert Counter(name.type for name in names if name.derived_from is None) == {
        NameType.PRIMARY: 4759,
        NameType.AKA: 2877,
    }
    assert sum(name.derived_from is not None for name in names) == 1499


def test_published_scripts(edition: Read) -> None:
    names = [name.text for d in edition[1].values() for name in d.names if name.derived_from is None]
    assert sum(bool(re.search("[א-ת]", name)) for name in names) == 15
    assert sum(bool(re.search("[一-鿿]", name)) for name in names) == 12
    assert sum(bool(re.search("[Ѐ-ӿ]", name)) for name in names) == 2438
    assert sum(bool(re.search("[؀-ۿ]", name)) for name in names) == 201


def test_published_oddities(edition: Read) -> None:
    reader, found = edition
    assert [notice.value for notice in reader.notices] == ["Sep-99", "born in the early 1970s"]
    guards = next(d for d in found.values() if d.name.startswith("Islamic Revolutionary Guard Corps/"))
    assert {"Islamic Revolutionary Guard Corps", "Corps des Gardiens de la Révolution islamique"} <= {
        name.text for name in guards.names if name.derived_from == guards.name
    }
    lukashenko = {
        n.text: n.language for d in found.values() for n in d.names if n.text.endswith("Аляксандравіч Лукашэнка")
    }
    assert lukashenko == {"Мікалай Аляксандравіч Лукашэнка": "be"}


def test_minimum_counts_are_below_the_published_ones(edition: Read) -> None:
    for kind, least in manifest("ca_sema").minimum_counts.items():
        assert 0 < least < edition[0].edition.counts[kind]
