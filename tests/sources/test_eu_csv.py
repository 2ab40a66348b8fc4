"""The EU's older CSV, of 2018: rows put together by entity, and copies that a spreadsheet saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from screenkit.model import IdentifierType, Kind, NameType

from .reading import by_id, faults, read_all


def test_rows_of_an_entity_are_put_together(excerpt: Callable[[str], Path]) -> None:
    reader, found = read_all("eu_fsf", excerpt("eu_csv/list.csv"))
    assert (reader.format.id, reader.edition.published) == ("eu_csv", "2018-07-04")
    assert list(found) == ["EU.9001.1", "EU.9002.2"]
    person, bank = found.values()
    assert person.kind is Kind.PERSON
    assert [(name.text, name.type, name.language) for name in person.names] == [
        ("Uzor Prykladau", NameType.PRIMARY, None),
        ("Узор Прыкладаў", NameType.AKA, "be"),
    ]
    assert [(part.role, part.text) for part in person.names[0].parts] == [("given", "Uzor"), ("surname", "Prykladau")]
    assert [date.text for date in person.birth_dates] == ["1970-12-05"]
    assert [(place.text, place.country) for place in person.birth_places] == [("Homel, BLR", "by"), ("Minsk", None)]
    assert [(one.type, one.value, one.country) for one in person.identifiers] == [
        (IdentifierType.PASSPORT, "MP0000001", "by")
    ]
    assert [place.country for place in person.citizenships] == ["by"]
    assert (person.gender, person.titles) == ("male", ("Minister of examples",))
    assert person.remarks == "First remark.\nSecond line."
    assert [program.code for program in person.programs] == ["BLR"]
    assert bank.kind is Kind.ORGANIZATION
    assert [(one.text, one.city, one.country) for one in bank.addresses] == [
        ("4, Primernaya, 220029, Minsk, BLR", "Minsk", "by")
    ]


def test_a_copy_saved_by_a_spreadsheet(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    """Each line one quoted cell, tabs for commas, Windows-1252: Cyrillic is lost, and that is said."""
    text = excerpt("eu_csv/list.csv").read_text(encoding="utf-8").replace("Узор Прыкладаў", "???? ??????µ")
    wrapped = [f'"{line}\t\t"' for line in text.replace("fax 12", "fax 12\t Minsk").splitlines()]
    path = tmp_path / "eu.csv"
    path.write_bytes("\r\n".join(wrapped).encode("cp1252"))
    reader, found = read_all("eu_fsf", path)
    assert [name.text for name in found["EU.9001.1"].names] == ["Uzor Prykladau"]
    assert ("Naal_wholename", "???? ??????µ") in found["EU.9001.1"].facts
    assert ("Addr_other", "fax 12, Minsk") in found["EU.9002.2"].facts
    assert [(loss.record, loss.field) for loss in reader.losses] == [("-", "-"), ("EU.9001.1", "Naal_wholename")]


def test_damaged_rows_are_faults(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    lines = excerpt("eu_csv/list.csv").read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].rpartition(";")[0]
    lines[3] = lines[3].replace(";9001;", ";;", 1)
    lines[5] = lines[5].replace("Example Trust Bank", "")
    path = tmp_path / "eu.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert [fault.split(": ")[0] for fault in faults("eu_fsf", path)] == [
        "eu.csv, line 3",
        "eu.csv, line 4, Entity_logical_id",
        "eu.csv, record EU.9002.2, Naal_wholename",
    ]


def test_the_published_copy(shared: Callable[[str], Path]) -> None:
    reader, found = read_all("eu_fsf", shared("lists/eu_fsf/old-csv/eu.csv"))
    assert reader.edition.counts == {"person": 61, "organization": 32}
    assert len(reader.losses) == 66
    assert found["EU.27.28"].name == "Saddam Hussein Al-Tikriti"
    assert found["EU.36.64"].identifiers[0].value == "AD001095"


@pytest.mark.parametrize("bytes_before", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_does_not_matter(excerpt: Callable[[str], Path], tmp_path: Path, bytes_before: bytes) -> None:
    path = tmp_path / "eu.csv"
    path.write_bytes(bytes_before + excerpt("eu_csv/list.csv").read_bytes())
    assert len(by_id("eu_fsf", path)) == 2
