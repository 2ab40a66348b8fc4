"""Whole runs: what is written is what screening each customer gives, for any count of workers, and counted right."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest

from screenkit import Policy, Screener, Screening, Subject
from screenkit.books import (
    HIT_COLUMNS,
    Columns,
    Progress,
    Rejection,
    ScreeningOptions,
    Task,
    open_book,
    screen_book,
    screen_rows,
)
from screenkit.books.reading.customers import read_row
from screenkit.decisions import Decisions
from screenkit.decisions.basis import decision_basis
from screenkit.errors import BatchError
from screenkit.results import rows as report

from .books import AT, customers, results, screened, write_csv


def test_every_customer_is_screened_once_and_as_by_screen(screener: Screener, tmp_path: Path) -> None:
    """The rows written are those of `Screener.screen` for each row of the book, rejected rows apart."""
    rows = customers(1_500)
    summary = screened(screener, write_csv(tmp_path / "book.csv", rows), tmp_path / "hits.csv")
    expected, rejected = [], []
    hits: Counter[str] = Counter()
    with open_book(tmp_path / "book.csv") as book:
        for number, (key, name, birth_date, country) in enumerate(rows, 1):
            subject, unread, _ = read_row((name, key, birth_date, country), book.columns, row=number)
            if isinstance(subject, Rejection):
                rejected.append([str(number), key, subject.reason])
                continue
            found = screener.screen(subject, at=AT)
            hits.update(program.code for hit in found for program in hit.programs)
            for hit, row in zip((*found.hits, *found.suppressed), report.rows(found), strict=True):
                basis = decision_basis(subject, hit, found.policy.fingerprint)
                mark = "; ".join(fact.field for fact in unread)
                expected.append([str(number), key, *row.values(), mark, basis])
    written, rejections = (
        list(csv.reader(io.StringIO(raw.decode(), newline=""))) for raw in results(tmp_path / "hits.csv")
    )
    assert written == [list(HIT_COLUMNS), *expected]
    assert len(expected) > 30
    assert any(row[3].startswith("suppressed") for row in expected)
    assert rejections[1:] == rejected
    assert len(rejected) == 30
    counts = summary.counts
    assert summary.rows == 1_500 == counts.screened + counts.rejected
    assert counts.hits + counts.suppressed == len(expected)
    assert {program.partition(" ")[2]: count for program, count in counts.by_program.items()} == hits
    assert not summary.is_whole


def test_any_count_of_workers_writes_the_same_bytes(screener: Screener, tmp_path: Path) -> None:
    """Three workers, two or none beside this process: hits, rejected rows and counts are the same."""
    book = write_csv(tmp_path / "book.csv", customers(3_000))
    alone = screened(screener, book, tmp_path / "1.csv")
    for workers in (2, 3):
        shared = screened(screener, book, tmp_path / f"{workers}.csv", workers=workers)
        assert results(tmp_path / f"{workers}.csv") == results(tmp_path / "1.csv")
        assert {**shared.to_dict(), "seconds": 0} == {**alone.to_dict(), "seconds": 0}


def test_screen_rows_gives_every_row_back_in_order(screener: Screener, tmp_path: Path) -> None:
    with open_book(write_csv(tmp_path / "book.csv", customers(300))) as book:
        rows = [row for row, _ in book.reader.rows(book.columns) if row is not None]
        found = list(screen_rows(screener, iter(rows), book.columns, ScreeningOptions(at=AT)))
    assert [number for number, _, _ in found] == list(range(1, 301))
    assert [key for _, key, _ in found] == [f"C{number}" for number in range(1, 301)]
    for _, key, outcome in found:
        if not isinstance(outcome, Rejection):
            assert outcome.subject.customer == key
            assert outcome.to_dict() == screener.screen(outcome.subject, at=AT).to_dict()


def test_equal_subjects_are_scored_once_whoever_the_customers_are(
    screener: Screener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Subject | str] = []
    screen = Screener.screen_with

    def counted(self: Screener, subject: Subject | str, options: ScreeningOptions) -> Screening:
        asked.append(subject)
        return screen(self, subject, options)

    monkeypatch.setattr(Screener, "screen_with", counted)
    rows = [(f"C{number}", "Pak Myong Sam", "", "") for number in range(700)]
    summary = screened(screener, write_csv(tmp_path / "book.csv", rows), tmp_path / "hits.csv")
    assert len(asked) == 1
    assert summary.counts.customers_hit == 700
    written = list(csv.DictReader(io.StringIO((tmp_path / "hits.csv").read_text())))
    assert [row["customer"] for row in written] == [key for key, *_ in rows]


def test_decisions_go_by_the_customer(screener: Screener, tmp_path: Path) -> None:
    """Of two customers of one name the one that a reviewer cleared is suppressed, the other is not."""
    decisions = Decisions.open(tmp_path / "decisions", create=True)
    reviewed = screener.screen(Subject("Pak Myong Sam", customer="C1"))
    decisions.decide(reviewed, "KPi.901", "cleared", reviewer="A. Reviewer", reason="another birth date")
    rows = [("C1", "Pak Myong Sam", "", ""), ("C2", "Pak Myong Sam", "", ""), ("", "Pak Myong Sam", "", "")]
    book = write_csv(tmp_path / "book.csv", rows)
    with open_book(book) as opened:
        read = [row for row, _ in opened.reader.rows(opened.columns) if row]
        options = ScreeningOptions(decisions=decisions)
        found = [one for _, _, one in screen_rows(screener, read, opened.columns, options)]
    cleared, open_, unknown = found
    assert isinstance(cleared, Screening)
    assert isinstance(open_, Screening)
    assert (len(cleared.hits), len(cleared.suppressed)) == (0, 1)
    assert (len(open_.hits), len(open_.suppressed)) == (1, 0)
    assert isinstance(unknown, Rejection)
    with pytest.raises(BatchError, match="--id"):
        screened(screener, book, tmp_path / "hits.csv", decisions=decisions, columns=Columns(names=["name"]))


def test_duplicate_keys_are_counted_and_each_is_screened(screener: Screener, tmp_path: Path) -> None:
    rows = [
        ("C1", "Pak Myong Sam", "", ""),
        ("C2", "Ann Lee", "", ""),
        ("C1", "Pak Myong Sam", "", ""),
        ("C1", "Bo", "", ""),
    ]
    summary = screened(screener, write_csv(tmp_path / "book.csv", rows), tmp_path / "hits.csv")
    assert summary.duplicate_ids == 2
    assert summary.counts.customers_hit == 2


def test_a_limit_is_told(screener: Screener, tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text("name,alias\nPak Myong Sam,Example al Libi\nPak Myong Sam,\n")
    assert screened(screener, book, tmp_path / "all.csv").counts.hits == 3
    one = screened(screener, book, tmp_path / "one.csv", limit=1).counts
    assert (one.customers_hit, one.hits, one.beyond_limit) == (2, 2, 1)


def test_the_outputs_tell_the_same(screener: Screener, tmp_path: Path) -> None:
    book = write_csv(tmp_path / "book.csv", customers(200))
    with open_book(book) as opened:
        for format in ("csv", "tsv", "jsonl"):
            task = Task(columns=opened.columns, options=ScreeningOptions(at=AT), format=format)
            screen_book(screener, opened, tmp_path / f"hits.{format}", task)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "hits.csv").read_text(), newline="")))
    tabbed = list(csv.DictReader(io.StringIO((tmp_path / "hits.tsv").read_text(), newline=""), delimiter="\t"))
    objects = [json.loads(line) for line in (tmp_path / "hits.jsonl").read_text().splitlines()]
    assert rows == tabbed
    assert [{name: str(value) for name, value in one.items()} for one in objects] == rows
    assert len(rows) > 3


def test_a_formula_stays_as_it_is_unless_a_spreadsheet_will_open_it(screener: Screener, tmp_path: Path) -> None:
    rows = [("=1+1", '=HYPERLINK("http://example.com") Pak Myong Sam', "", ""), ("-2", "Pak Myong Sam", "", "")]
    options = ScreeningOptions(threshold=0.5, at=AT)
    with open_book(write_csv(tmp_path / "book.csv", rows)) as book:
        for safe in (False, True):
            task = Task(columns=book.columns, options=options, format="csv", is_spreadsheet_safe=safe)
            screen_book(screener, book, tmp_path / f"{safe}.csv", task)
    verbatim, safe_rows = (
        list(csv.DictReader(io.StringIO((tmp_path / f"{safe}.csv").read_text()))) for safe in (False, True)
    )
    assert [row["customer"] for row in verbatim] == ["=1+1", "-2"]
    assert [row["customer"] for row in safe_rows] == ["'=1+1", "'-2"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in safe_rows for cell in row.values())


def test_a_file_that_grows_is_screened_as_it_was_and_that_is_said(screener: Screener, tmp_path: Path) -> None:
    book = write_csv(tmp_path / "book.csv", customers(2_000))
    size = book.stat().st_size

    def grow(progress: Progress) -> None:
        assert progress.size == size
        with book.open("a") as file:
            file.write("C9999,Pak Myong Sam,,\n")

    summary = screened(screener, book, tmp_path / "hits.csv", progress=grow)
    assert summary.rows == 2_000
    assert summary.grown_by == book.stat().st_size - size > 0
    assert not summary.is_whole
    assert b"C9999" not in (tmp_path / "hits.csv").read_bytes()


def test_a_file_that_changes_while_it_is_read_gives_no_result(screener: Screener, tmp_path: Path) -> None:
    book = write_csv(tmp_path / "book.csv", customers(2_000))

    def change(progress: Progress) -> None:
        with book.open("r+b") as file:
            file.seek(-3, 2)
            file.write(b"x")

    with pytest.raises(BatchError, match="was changed while it was read"):
        screened(screener, book, tmp_path / "hits.csv", progress=change)
    assert not (tmp_path / "hits.csv").exists()


def test_what_is_there_is_not_replaced_unless_that_is_asked_for(screener: Screener, tmp_path: Path) -> None:
    book, out = write_csv(tmp_path / "book.csv", customers(50)), tmp_path / "hits.csv"
    out.write_text("precious")
    with pytest.raises(BatchError, match="already exists"):
        screened(screener, book, out)
    with pytest.raises(BatchError, match="already exists"):
        screened(screener, book, out, resume=True)
    assert out.read_text() == "precious"
    screened(screener, book, out, overwrite=True)
    assert out.read_text() != "precious"
    with pytest.raises(BatchError, match="is the book itself"):
        screened(screener, book, book, overwrite=True)


def test_a_finished_run_is_told_again_by_resume(screener: Screener, tmp_path: Path) -> None:
    book, out = write_csv(tmp_path / "book.csv", customers(200)), tmp_path / "hits.csv"
    first = screened(screener, book, out)
    before = out.stat().st_mtime_ns
    again = screened(screener, book, out, resume=True)
    assert again == first
    assert out.stat().st_mtime_ns == before
    other = Screener(screener.designations, policy=Policy(threshold=0.8))
    with pytest.raises(BatchError, match="made with a different policy, a different threshold"):
        screened(other, book, out, resume=True)


def test_an_empty_book_is_no_customer(screener: Screener, tmp_path: Path) -> None:
    summary = screened(screener, write_csv(tmp_path / "book.csv", []), tmp_path / "hits.csv")
    assert (summary.rows, summary.counts.screened, summary.is_whole) == (0, 0, True)
    assert results(tmp_path / "hits.csv")[0].decode() == ",".join(HIT_COLUMNS) + "\n"
