"""Files of customers become rows: what can't be read is a rejection of its own, and the rest is read on."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit.books import Rejection, open_book
from screenkit.books.reading.lines import LONGEST_RECORD
from screenkit.books.reading.rows import Place, Row
from screenkit.errors import BatchError

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
MEGABYTE = "x" * 1_048_576


def rows_of(path: Path, place: Place | None = None, **reading: Any) -> list[tuple[Row | None, Place]]:
    with open_book(path, **reading) as book:
        return list(book.reader.rows(book.columns, place))


def told(path: Path, **reading: Any) -> list[tuple[int, object]]:
    """Each row's number with its values, or with the reason that it is rejected."""
    found = [row for row, _ in rows_of(path, **reading) if row is not None]
    return [(number, values.reason if isinstance(values, Rejection) else tuple(values)) for number, values in found]


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_the_formats_give_the_same_rows(tmp_path: Path) -> None:
    rows = [("C1", "Ann Lee", "1970"), ("C2", "马晓红", "1971-12-15"), ("C3", 'An "odd", name\nof two lines', "")]
    headings = ["id", "name", "dob"]
    for name, delimiter in (("a.csv", ","), ("b.csv", ";"), ("c.tsv", "\t")):
        with (tmp_path / name).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter=delimiter).writerows([headings, *rows])
    write(tmp_path / "d.jsonl", "".join(f"{json.dumps(dict(zip(headings, row, strict=True)))}\n" for row in rows))
    write(tmp_path / "e.csv", b"\xef\xbb\xbf" + (tmp_path / "a.csv").read_bytes())
    table = pa.table({heading: [row[at] for row in rows] for at, heading in enumerate(headings)})
    pq.write_table(table, tmp_path / "f.parquet", row_group_size=2)
    with pa.OSFile(str(tmp_path / "g.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=2)
    with pa.OSFile(str(tmp_path / "h.arrows"), "wb") as sink, pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=2)
    expected = [(number, (name, key, date)) for number, (key, name, date) in enumerate(rows, 1)]
    for path in sorted(tmp_path.iterdir()):
        assert told(path) == expected, path


CELL = st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=6)


@given(st.lists(st.tuples(CELL, CELL), max_size=12))
def test_reading_goes_on_after_any_row(tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]]) -> None:
    """From the place after any row come the rows that come after it."""
    path = tmp_path_factory.mktemp("book") / "book.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([("id", "name"), *cells])
    whole = rows_of(path)
    assert [row for row, _ in whole] == [(at, (name, key)) for at, (key, name) in enumerate(cells, 1)]
    for at, (_, place) in enumerate(whole, 1):
        assert rows_of(path, place) == whole[at:]


@given(st.binary(max_size=80))
def test_any_bytes_are_rows_rejections_or_a_refused_file(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    """No byte after the headings is lost: the place after the last row is the end of the file."""
    path = write(tmp_path_factory.mktemp("book") / "book.csv", b"id,name\n" + raw)
    found = rows_of(path)
    numbers = [row[0] for row, _ in found if row is not None]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [place.offset for _, place in found] == sorted({place.offset for _, place in found})
    assert not found or found[-1][1].offset == path.stat().st_size
    assert bool(found) == bool(raw)


@given(st.binary(max_size=80))
def test_any_bytes_are_lines_of_json_or_rejections(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    """As with CSV."""
    path = write(tmp_path_factory.mktemp("book") / "book.jsonl", b'{"id":1,"name":"Ann"}\n' + raw)
    found = rows_of(path)
    assert found[-1][1].offset == path.stat().st_size


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"id,name\nC1,Ann\nC2\nC3,Bo,x\nC4,Cy\n",
         [(1, ("Ann", "C1")), (2, "has 1 field,"), (3, "has 3 fields"), (4, ("Cy", "C4"))]),
        (b"id,name\nC1,J\xf6rg\nC2,Bo\n", [(1, "byte 12 of the file is not utf-8"), (2, ("Bo", "C2"))]),
        (b'id,name\nC1,"Ann\nC2,Bo\nC3,Cy\n', [(1, "record at byte 8"), (2, ("Bo", "C2")), (3, ("Cy", "C3"))]),
        (b'id,name\nC1,"Ann\nC2,"Bo, Cy"\nC3,Di\n',
         [(1, "record at byte 8"), (2, ("Bo, Cy", "C2")), (3, ("Di", "C3"))]),
        (b'id,name\nC1,"Ann" Lee\nC2,Bo\n', [(1, "record at byte 8"), (2, ("Bo", "C2"))]),
        (b'id,name\nC1,Ann "Bo" Lee\n', [(1, ('Ann "Bo" Lee', "C1"))]),
        (b'id,name\r\nC1,"Ann\r\nLee"\r\n\r\nC2,Bo', [(1, ("Ann\r\nLee", "C1")), (2, ("Bo", "C2"))]),
        (b"id,name\nC1,A\0n\0n\0\n", [(1, ("A\0n\0n\0", "C1"))]),
        (b"id,name\nC1,Ann\rC2,Bo\n", [(1, "new-line character seen in unquoted field")]),
    ],
    ids=repr,
)  # fmt: skip
def test_broken_rows_of_csv(tmp_path: Path, text: bytes, expected: list[tuple[int, object]]) -> None:
    found = told(write(tmp_path / "book.csv", text))
    assert [number for number, _ in found] == [number for number, _ in expected]
    for (_, values), (_, wanted) in zip(found, expected, strict=True):
        assert values == wanted if isinstance(wanted, tuple) else str(wanted) in str(values), found


def test_a_row_in_another_encoding_keeps_its_key(tmp_path: Path) -> None:
    ((row, _),) = rows_of(write(tmp_path / "book.csv", b"id,name\nC1,J\xf6rg\n"))
    assert row is not None
    assert isinstance(row[1], Rejection)
    assert row[1].id == "C1"


def test_another_encoding_is_read_where_it_is_stated(tmp_path: Path) -> None:
    path = write(tmp_path / "book.csv", "id;name\nC1;Jörg\n".encode("windows-1252"))
    assert told(path, encoding="windows-1252") == [(1, ("Jörg", "C1"))]
    chinese = write(tmp_path / "zh.csv", "id,name\nC1,马晓红\n".encode("gb18030"))
    assert told(chinese, encoding="gb18030") == [(1, ("马晓红", "C1"))]


def test_quotation_marks_are_letters_where_that_is_stated(tmp_path: Path) -> None:
    path = write(tmp_path / "book.tsv", 'id\tname\nC1\t"Ann\nC2\tBo\n')
    assert told(path, is_quoted=False) == [(1, ('"Ann', "C1")), (2, ("Bo", "C2"))]


def test_fields_of_a_megabyte(tmp_path: Path) -> None:
    text = f'id,name,memo\nC1,Ann,{MEGABYTE}\nC2,Bo,"{MEGABYTE[:-1]}\n"\nC3,{MEGABYTE},\n'
    assert told(write(tmp_path / "book.csv", text)) == [(1, ("Ann", "C1")), (2, ("Bo", "C2")), (3, (MEGABYTE, "C3"))]


def test_the_limit_of_fields_is_left_as_it_is_for_others(tmp_path: Path) -> None:
    """Readers of lists rely on it: a field without end in a list is damage."""
    before = csv.field_size_limit()
    assert len(told(write(tmp_path / "book.csv", f"id,name\nC1,{MEGABYTE}\nC2,Bo\n"))) == 2
    assert csv.field_size_limit() == before


def test_a_record_without_end_is_one_rejection_and_the_lines_after_it_are_read(tmp_path: Path) -> None:
    filler = "".join(f"C{at},{'y' * 60_000}\n" for at in range(2, 200))
    path = write(tmp_path / "book.csv", f'id,name\nC1,"Ann\n{filler}C200,Bo\nC201,{"z" * LONGEST_RECORD}\nC202,Cy\n')
    found = told(path)
    assert [number for number, _ in found] == list(range(1, 203))
    assert f"has more than {LONGEST_RECORD:,} bytes" in str(found[0][1])
    assert found[199] == (200, ("Bo", "C200"))
    assert f"has more than {LONGEST_RECORD:,} bytes" in str(found[200][1])
    assert found[201] == (202, ("Cy", "C202"))


def test_broken_lines_of_json(tmp_path: Path) -> None:
    deep = "[" * 100_000
    number = "9" * 5_000
    lines = ['{"name":"Ann","id":1}', '{"name":', "[1]", "", deep, '{"name":"Bo","dob":"1970"}', f'{{"id":{number}}}']
    found = told(write(tmp_path / "book.jsonl", "\n".join(lines)))
    assert found == [
        (1, ("Ann", 1, None)),
        (2, "the line at byte 22 is not JSON"),
        (3, "the line at byte 31 is JSON, but not an object"),
        (4, "the line at byte 36 is not JSON"),
        (5, ("Bo", None, "1970")),
        (6, "the line at byte 100,064 is not JSON"),
    ]


def test_a_text_in_a_table_that_is_no_utf8_is_one_rejection(tmp_path: Path) -> None:
    names = pa.Array.from_buffers(
        pa.string(), 3, [None, pa.py_buffer(b"\0\0\0\0\3\0\0\0\7\0\0\0\x09\0\0\0"), pa.py_buffer(b"AnnJ\xf6rgBo")]
    )
    table = pa.table({"id": pa.array([1, 2, 3]), "name": names})
    with pa.OSFile(str(tmp_path / "book.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    assert told(tmp_path / "book.arrow") == [(1, ("Ann", 1)), (2, "has text that is not UTF-8"), (3, ("Bo", 3))]


def test_reading_a_table_goes_on_after_any_row(tmp_path: Path) -> None:
    table = pa.table({"name": [f"N{at}" for at in range(25)]})
    pq.write_table(table, tmp_path / "book.parquet", row_group_size=7)
    with pa.OSFile(str(tmp_path / "book.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=7)
    for path in sorted(tmp_path.iterdir()):
        whole = rows_of(path)
        assert [row for row, _ in whole] == [(at, (f"N{at - 1}",)) for at in range(1, 26)]
        for at, (_, place) in enumerate(whole, 1):
            assert rows_of(path, place) == whole[at:]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("book.csv", "name\nAnn\n".encode("utf-16"), "is UTF-16 or UTF-32"),
        ("book.csv", b"name,id\rAnn,1\r", "carriage return"),
        ("book.csv", b"", "the first row can't be read as headings"),
        ("book.jsonl", b"", "none of the first lines is a JSON object"),
        ("book.parquet", b"PAR1 but not really", "can't be read as parquet"),
        ("book.arrow", b"", "can't be read as arrow"),
        ("book.xlsx", b"", "can't be read as a workbook"),
        ("book.docx", b"", "the ending '.docx' doesn't tell the format"),
    ],
)
def test_what_is_no_book_is_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    with pytest.raises(BatchError, match=said):
        rows_of(write(tmp_path / name, content))


def test_a_missing_file_a_folder_and_an_odd_encoding_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="can't be opened"):
        rows_of(tmp_path / "nowhere.csv")
    with pytest.raises(BatchError, match=r"can't be opened|not a regular file"):
        rows_of(tmp_path, format="csv")
    path = write(tmp_path / "book.csv", b"name\nAnn\n")
    for encoding in ("utf-16", "ebcdic-cp-us", "nonsense"):
        with pytest.raises(BatchError, match="read in the encoding"):
            rows_of(path, encoding=encoding)
    with pytest.raises(BatchError, match="delimiter must be one character"):
        rows_of(path, delimiter="::")


def test_a_file_that_is_cut_while_it_is_read_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / "book.csv", b"name\n" + b"Ann Lee\n" * 100_000)
    with open_book(path) as book:
        rows = book.reader.rows(book.columns)
        next(rows)
        with path.open("r+b") as file:
            file.truncate(300_000)
        with pytest.raises(BatchError, match="it was shortened while it was read"):
            list(rows)
