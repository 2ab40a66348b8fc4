"""OpenSanctions' targets.simple.csv: what each of its columns becomes, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screenkit.errors import ListFormatError
from screenkit.model import Designation, IdentifierType, Kind, Measure, NameType
from screenkit.sources import read

from .reading import by_id, outcome, rows_of, written_rows

EXCERPT = "opensanctions_targets/targets.simple.csv"


@pytest.fixture(scope="module")
def designations(excerpt: Callable[[str], Path]) -> dict[str, Designation]:
    return by_id("opensanctions", excerpt(EXCERPT))


def test_every_row_is_a_designation_of_its_schemas_kind(designations: dict[str, Designation]) -> None:
    assert {id: found.kind for id, found in designations.items()} == {
        "zz-p1": Kind.PERSON,
        "zz-c1": Kind.ORGANIZATION,
        "zz-l1": Kind.UNKNOWN,
        "zz-v1": Kind.VESSEL,
        "zz-x1": Kind.UNKNOWN,
    }
    assert ("schema", "Security") in designations["zz-x1"].facts


def test_quoted_semicolons_belong_to_a_value(designations: dict[str, Designation]) -> None:
    found = designations["zz-p1"]
    assert [(name.text, name.type) for name in found.names if name.derived_from is None] == [
        ("Orest Halvard", NameType.PRIMARY),
        ("Orest Halvar", NameType.AKA),
        ("Halvard; Orest", NameType.AKA),
        ("Орест Хальвард", NameType.AKA),
    ]
    assert [(address.text, address.country) for address in found.addresses] == [
        ("Pier 4; Tromsø", None),
        ("1 Quay, Bergen", None),
        ("no", "no"),
        ("suhh", None),
    ]


def test_values_joined_without_quoting_are_split_at_semicolons(designations: dict[str, Designation]) -> None:
    assert [name.text for name in designations["zz-l1"].names] == ["Quayside Holdings", 'the "Quay" House', "QSH"]
    assert designations["zz-c1"].name == 'Halvard "Ferries" AS'


def test_programs_are_program_ids_else_datasets(designations: dict[str, Designation]) -> None:
    assert [program.code for program in designations["zz-p1"].programs] == ["US-ZZ", "EU-ZZ"]
    company = designations["zz-c1"]
    assert [(program.code, program.is_known) for program in company.programs] == [
        ("EU Financial Sanctions Files (FSF)", True)
    ]
    assert company.measures == (Measure.BLOCK,)
    assert [program.is_known for program in designations["zz-v1"].programs] == [False]


def test_a_dataset_tells_the_measure_besides_the_programs(designations: dict[str, Designation]) -> None:
    assert designations["zz-p1"].measures == (Measure.BLOCK,)
    assert designations["zz-v1"].measures == ()


def test_the_other_columns(excerpt: Callable[[str], Path]) -> None:
    reader = read("opensanctions", excerpt(EXCERPT))
    found = next(reader)
    assert [date.text for date in found.birth_dates] == ["1961-04"]
    assert [(one.field, one.text) for one in found.unparsed] == [("birth_date", "unknown")]
    assert [(notice.record, notice.field, notice.value) for notice in reader.notices] == [
        ("zz-p1", "birth_date", "unknown")
    ]
    assert [(id.type, id.value, id.label) for id in found.identifiers] == [
        (IdentifierType.OTHER, "N1234567", "identifiers"),
        (IdentifierType.OTHER, "610401-1234", "identifiers"),
        (IdentifierType.PHONE, "+47 99 00 22", "phones"),
        (IdentifierType.EMAIL, "orest@example.test", "emails"),
    ]
    assert found.facts == (
        ("schema", "Person"),
        ("sanctions", "Harbour program - Ferrying - 2021-05-06"),
        ("dataset", "US OFAC Specially Designated Nationals (SDN) List"),
        ("dataset", "Register of Harbours"),
        ("first_seen", "2023-01-01T00:00:00"),
        ("last_seen", "2024-03-01T00:00:00"),
        ("last_change", "2024-02-01T00:00:00"),
    )


def test_a_file_from_before_there_were_program_ids(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    rows = rows_of(excerpt(EXCERPT))
    at = rows[0].index("program_ids")
    older = [[field for column, field in enumerate(row) if column != at] for row in rows]
    found = next(read("opensanctions", written_rows(tmp_path / "targets.simple.csv", older)))
    assert [program.code for program in found.programs] == [
        "US OFAC Specially Designated Nationals (SDN) List",
        "Register of Harbours",
    ]


def test_all_faults_of_a_file_are_reported_together(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    rows = rows_of(excerpt(EXCERPT))
    rows[1][0] = ""
    rows[2][2] = "  "
    rows[3].append("one too many")
    rows[5][0] = rows[4][0]
    with pytest.raises(ListFormatError) as refused:
        list(read("opensanctions", written_rows(tmp_path / "targets.simple.csv", rows)))
    assert [fault.split(": ")[0] for fault in refused.value.faults] == [
        "targets.simple.csv, line 2, id",
        "targets.simple.csv, record zz-c1, name",
        "targets.simple.csv, line 4",
        "targets.simple.csv, record zz-v1, id",
    ]


def test_a_file_that_breaks_off_is_refused(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    whole = excerpt(EXCERPT).read_text(encoding="utf-8")
    cut = tmp_path / "targets.simple.csv"
    cut.write_text(whole[: whole.index("Quayside")], encoding="utf-8")
    with pytest.raises(ListFormatError, match="cut off"):
        list(read("opensanctions", cut))


def _outcome(path: Path) -> int | str:
    """How many designations the file gives; else the text of its refusal."""
    try:
        return len(list(read("opensanctions", path)))
    except ListFormatError as refused:
        return str(refused)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    row=st.integers(1, 5),
    column=st.integers(0, 15),
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text(';" ,-', max_size=12),
)
def test_any_text_in_any_field_gives_designations_or_a_refusal(
    excerpt: Callable[[str], Path], tmp_path: Path, row: int, column: int, text: str
) -> None:
    rows = rows_of(excerpt(EXCERPT))
    rows[row][column] = text
    path = written_rows(tmp_path / "targets.simple.csv", rows)
    found = outcome("opensanctions", path)
    assert found == len(rows) - 1 or path.name in str(found)
