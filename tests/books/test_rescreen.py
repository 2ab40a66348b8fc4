"""Rescreening from the store and on the command line, and what goes wrong."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screenkit import Designation, ListedName, Screener
from screenkit.books import Progress, open_book
from screenkit.books.rescreen import CHANGE_COLUMNS, Delta, RescreenSummary, delta_of, delta_since, rescreen_book
from screenkit.books.rescreen.delta import FORMER
from screenkit.cli import main
from screenkit.editions.store import Incoming, Store
from screenkit.errors import BatchError, InvalidPolicyError, InvalidRecordError, NoListError

OLD = "id,name,programs\nH1,Zhongxin Trading,A\nH2,Borodin Shipping,A\nH3,Lumumba Mining,A\nH4,Oleksiy Tkachenko,A\n"
NEW = "id,name,programs\nH1,Zhongxin Trading,A\nH2,Borodin Shipping,B\nH3,Kasavubu Mining,A\nH5,Farid Haidari,A\n"
BOOK = (
    "id,name\nc1,Zhongxin Trading\nc2,Borodin Shipping\nc3,Lumumba Mining\nc4,Oleksiy Tkachenko\nc5,Farid Haidari\n"
    "c6,\n"
)
TOLD = [
    ("2", "c2", "hit changed", "changed", "H2", "10000", "10000", "programs"),
    ("3", "c3", "hit ended", "changed", "H3", "10000", "", "names"),
    ("4", "c4", "hit ended", "removed", "H4", "10000", "", ""),
    ("5", "c5", "new hit", "added", "H5", "10000", "", ""),
]
SHOWN = ("row", "customer", "change", "listing", "id", "points", "points_before", "fields")


def install(store: Store, folder: Path, text: str) -> str:
    """Install a house list; the reference of its edition."""
    path = folder / "house.csv"
    path.write_text(text, encoding="utf-8")
    incoming = Incoming(path=path, name="house.csv")
    done = store.install("house", [incoming], retrieved=dt.datetime.now(dt.UTC), accept_change="a test's list")
    return done.edition.reference


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def old(store: Store, tmp_path: Path) -> str:
    """The reference of the older of two editions in the store."""
    reference = install(store, tmp_path, OLD)
    install(store, tmp_path, NEW)
    return reference


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    path.write_text(BOOK, encoding="utf-8")
    return path


@pytest.fixture
def in_store(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("SCREENKIT_STORE", str(store.path))
    monkeypatch.chdir(tmp_path)
    return CliRunner()


def told(path: Path) -> list[tuple[str, ...]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [tuple(row[column] for column in SHOWN) for row in csv.DictReader(file)]


def run(delta: Delta, book: Path, out: Path, **options: bool | int) -> RescreenSummary:
    with open_book(book) as opened:
        return rescreen_book(delta, opened, out, **options)  # type: ignore[arg-type]  # flags and a count of workers


def test_every_row_says_what_happened(store: Store, old: str, book: Path, tmp_path: Path) -> None:
    delta = delta_since(old, store=store.path)
    assert dict(delta.counts) == {"added": 1, "removed": 1, "changed": 2, "unchanged": 1}
    out = tmp_path / "out.csv"
    summary = run(delta, book, out)
    assert told(out) == TOLD
    assert (summary.new, summary.changed, summary.ended, summary.customers) == (1, 1, 2, 4)
    assert (summary.screened, summary.rejected, summary.rows, summary.is_whole) == (5, 1, 6, False)
    assert Path(f"{out}.rejected.csv").read_text(encoding="utf-8").splitlines()[1].startswith("6,c6,name")
    stated = json.loads(Path(f"{out}.summary.json").read_text(encoding="utf-8"))
    assert [one["sha256"][:12] for one in stated["since"]] == [old.partition("@")[2]]
    assert sorted(tmp_path.glob("out.csv*")) == [
        out,
        *(Path(f"{out}.{end}") for end in ("rejected.csv", "summary.json", "unread.csv")),
    ]


def test_an_ended_hit_is_told_as_it_was(store: Store, old: str, book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run(delta_since(old, store=store.path), book, out)
    text = out.read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    assert all(tuple(row) == CHANGE_COLUMNS for row in rows)
    assert (rows[1]["name"], rows[1]["points"], rows[1]["points_before"]) == ("Lumumba Mining", 10000, None)
    assert rows[0]["points_before"] == 10000
    assert "id H3)" in rows[1]["explanation"]
    assert FORMER not in text


def test_a_day_stands_for_the_editions_that_were_current_then(store: Store, old: str) -> None:
    moment = store.current("house").installed
    assert old in {one.reference for one in store.editions("house")}
    before = dt.datetime.fromisoformat(moment) - dt.timedelta(milliseconds=1)
    assert dict(delta_since(before, store=store.path).counts)["added"] == 1
    today = delta_since(moment[:10], store=store.path)
    assert dict(today.counts) == {"added": 0, "removed": 0, "changed": 0, "unchanged": 4}


def test_a_list_installed_later_is_all_new(
    store: Store, old: str, tmp_path: Path, shared: Callable[[str], Path]
) -> None:
    moment = dt.datetime.now(dt.UTC)
    path = shared("lists/us_ofac_cons/2025-03-28/consolidated.xml")
    incoming = Incoming(path=path, name=path.name)
    store.install("us_ofac_cons", [incoming], retrieved=dt.datetime.now(dt.UTC), accept_change="an old file")
    delta = delta_since(moment, store=store.path)
    assert delta.counts["added"] == 443
    assert [one.source for one in delta.since] == ["house"]
    with pytest.raises(NoListError, match="there is no older edition"):
        delta_since(moment, sources=["us_ofac_cons"], store=store.path)
    assert delta_since(old, store=store.path).counts["added"] == 1, "only the lists that are named are compared"
    both = delta_since([old, store.current("us_ofac_cons").edition.reference], store=store.path)
    assert dict(both.counts) == {"added": 1, "removed": 1, "changed": 2, "unchanged": 1 + 443}
    assert [one.source for one in both.now] == ["house", "us_ofac_cons"]
    with pytest.raises(NoListError, match="no older edition of us_ofac_cons"):
        delta_since(old, sources=["house", "us_ofac_cons"], store=store.path)


@pytest.mark.parametrize("since", ["house", ["house", "2025-01-01"], "yesterday"])
def test_what_is_no_edition_is_refused(store: Store, old: str, since: str | list[str]) -> None:
    assert old
    with pytest.raises(InvalidRecordError, match="must be an edition of each list"):
        delta_since(since, store=store.path)


def test_two_editions_of_one_list_are_refused(store: Store, old: str) -> None:
    with pytest.raises(InvalidRecordError, match="two editions of house"):
        delta_since([old, store.current("house").edition.reference], store=store.path)


def test_where_nothing_changed_the_book_is_looked_through(store: Store, old: str, book: Path, tmp_path: Path) -> None:
    assert old
    delta = delta_since(store.current("house").edition.reference, store=store.path)
    summary = run(delta, book, tmp_path / "out.csv")
    assert (summary.screened, summary.rejected) == (5, 1)
    assert (summary.new, summary.changed, summary.ended) == (0, 0, 0)
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == f"{','.join(CHANGE_COLUMNS)}\n"


def test_no_designation_at_all_is_refused() -> None:
    with pytest.raises(NoListError):
        delta_of([], [])


def test_any_count_of_workers_writes_the_same(store: Store, old: str, book: Path, tmp_path: Path) -> None:
    delta = delta_since(old, store=store.path)
    book.write_text("id,name\n" + "".join(f"{BOOK.partition(chr(10))[2]}" for _ in range(400)), encoding="utf-8")
    for workers in (1, 2):
        run(delta, book, tmp_path / f"out{workers}.csv", workers=workers)
    one, two = ((tmp_path / f"out{workers}.csv").read_bytes() for workers in (1, 2))
    assert one == two
    assert one.count(b"\n") == 1 + 4 * 400


class _EndedError(Exception):
    """What ends a run here."""


def test_a_run_that_was_ended_goes_on(store: Store, old: str, book: Path, tmp_path: Path) -> None:
    delta, out = delta_since(old, store=store.path), tmp_path / "out.csv"
    book.write_text("id,name\n" + "".join(f"{BOOK.partition(chr(10))[2]}" for _ in range(400)), encoding="utf-8")
    whole = run(delta, book, tmp_path / "whole.csv")

    def end(progress: Progress) -> None:
        if progress.rows > 1_000:
            raise _EndedError

    with open_book(book) as opened, pytest.raises(_EndedError):
        rescreen_book(delta, opened, out, progress=end, commit_every=0)
    assert not out.exists()
    with pytest.raises(BatchError, match="--resume"):
        run(delta, book, out)
    seen: list[int] = []
    with open_book(book) as opened:
        summary = rescreen_book(delta, opened, out, resume=True, progress=lambda one: seen.append(one.rows))
    assert seen[0] > 1_000, "it began anew"
    assert out.read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert (summary.new, summary.ended, summary.rows) == (whole.new, whole.ended, whole.rows)


def test_a_run_that_was_ended_is_refused_for_other_editions(store: Store, old: str, book: Path, tmp_path: Path) -> None:
    there, back = (
        delta_since(old, store=store.path),
        delta_since(store.current("house").edition.reference, sources=[old], store=store.path),
    )

    def end(progress: Progress) -> None:
        raise _EndedError

    with open_book(book) as opened, pytest.raises(_EndedError):
        rescreen_book(there, opened, tmp_path / "out.csv", progress=end)
    with pytest.raises(BatchError, match="editions"):
        run(back, book, tmp_path / "out.csv", resume=True)
    summary = run(back, book, tmp_path / "out.csv", overwrite=True)
    assert (summary.new, summary.ended) == (2, 1)


def test_a_finished_run_is_told_again_and_not_replaced(store: Store, old: str, book: Path, tmp_path: Path) -> None:
    delta, out = delta_since(old, store=store.path), tmp_path / "out.csv"
    first = run(delta, book, out)
    written = out.stat().st_mtime_ns
    assert run(delta, book, out, resume=True) == first
    with pytest.raises(BatchError, match="already exists"):
        run(delta, book, out)
    book.write_text(f"{BOOK}c7,Borodin\n", encoding="utf-8")
    with pytest.raises(BatchError, match="different input"):
        run(delta, book, out, resume=True)
    assert out.stat().st_mtime_ns == written
    assert run(delta, book, out, overwrite=True).rows == 7
    Path(f"{out}.summary.json").write_text("{}", encoding="utf-8")
    with pytest.raises(BatchError, match="not the summary of a rescreening"):
        run(delta, book, out, resume=True)


def test_the_book_is_not_written_to(store: Store, old: str, book: Path) -> None:
    with pytest.raises(BatchError, match="is the book itself"):
        run(delta_since(old, store=store.path), book, book, overwrite=True)
    assert book.read_text(encoding="utf-8") == BOOK


def test_a_folder_that_is_not_there_is_told(store: Store, old: str, book: Path, tmp_path: Path) -> None:
    with pytest.raises(BatchError, match=r"Not a directory|File exists"):
        run(delta_since(old, store=store.path), book, book / "out.csv")


@pytest.mark.parametrize("name", ["out.parquet", "out.txt"])
def test_a_format_that_cannot_be_written_is_refused(
    name: str, store: Store, old: str, book: Path, tmp_path: Path
) -> None:
    with pytest.raises(BatchError):
        run(delta_since(old, store=store.path), book, tmp_path / name)
    assert not list(tmp_path.glob("out.*"))


def test_a_threshold_that_is_none_is_refused(store: Store, old: str, book: Path, tmp_path: Path) -> None:
    with open_book(book) as opened, pytest.raises(InvalidPolicyError):
        rescreen_book(delta_since(old, store=store.path), opened, tmp_path / "out.csv", threshold=0.2)


def test_designations_without_an_edition_are_compared_too() -> None:
    """Equal ids on both sides don't clash, although nothing tells the sides apart but where they are given."""
    before = Designation(id="X1", names=[ListedName("ACME TRADING")])
    after = Designation(id="X1", names=[ListedName("ACME TRADING"), ListedName("OMEGA SHIPPING")])
    delta = delta_of([before], [after])
    assert isinstance(delta.screener, Screener)
    assert sorted(hit.designation.id for hit in delta.screener.screen("Acme Trading")) == ["X1", f"X1{FORMER}"]


# --- the command ---


def rescreen(runner: CliRunner, *arguments: str) -> Result:
    return runner.invoke(main, ["rescreen", "customers.csv", *arguments])


def test_the_command_writes_beside_the_book(in_store: CliRunner, old: str, book: Path) -> None:
    found = rescreen(in_store, "--since", old, "--workers", "1")
    assert found.exit_code == 2, "a row was rejected"
    out = book.with_name("customers.rescreen.csv")
    assert told(out) == TOLD
    assert "1 row could not be screened" in found.output
    assert not any(name in found.output for name in ("Borodin", "Lumumba", "Haidari"))


@pytest.mark.parametrize(
    ("customer", "code"),
    [("Zhongxin Trading", 0), ("Oleksiy Tkachenko", 0), ("Borodin Shipping", 3), ("Farid Haidari", 3)],
)
def test_exit_codes(customer: str, code: int, in_store: CliRunner, old: str, book: Path) -> None:
    book.write_text(f"id,name\n1,{customer}\n", encoding="utf-8")
    assert rescreen(in_store, "out.csv", "--since", old, "--workers", "1").exit_code == code


@pytest.mark.parametrize(
    ("customers", "code"),
    [
        (("ហ៊ុន សែន",), 8),
        (("สมชาย ใจดี", "Zhongxin Trading"), 8),
        (("สมชาย ใจดี", "Oleksiy Tkachenko"), 8),
        (("สมชาย ใจดี", "Farid Haidari"), 3),
        (("★★★", "Zhongxin Trading"), 8),
    ],
)
def test_a_name_that_cannot_be_read_is_not_clear(
    customers: tuple[str, ...], code: int, in_store: CliRunner, old: str, book: Path
) -> None:
    """A script without a table, or no letters: nobody can say that such a customer has no new hit."""
    book.write_text("".join(["name\n", *(f"{name}\n" for name in customers)]), encoding="utf-8")
    found = rescreen(in_store, "out.csv", "--since", old, "--workers", "1")
    assert found.exit_code == code, found.output
    assert "1 customer with a name in a script that can't be read dependably" in found.output
    assert json.loads(book.with_name("out.csv.summary.json").read_text())["unread_names"] == 1
    again = rescreen(in_store, "out.csv", "--since", old, "--workers", "1", "--resume")
    assert again.exit_code == code, "a finished run that is told again"


def test_names_that_can_be_read_are_not_counted(in_store: CliRunner, old: str, book: Path) -> None:
    found = rescreen(in_store, "out.csv", "--since", old, "--workers", "1")
    assert "can't be read dependably" not in found.output
    assert json.loads(book.with_name("out.csv.summary.json").read_text())["unread_names"] == 0


def test_rejected_rows_can_be_allowed(in_store: CliRunner, old: str, book: Path) -> None:
    assert book.exists()
    assert rescreen(in_store, "--since", old, "--workers", "1", "--allow-rejected", "1").exit_code == 3


def test_an_edition_that_is_not_there_is_an_error(in_store: CliRunner, old: str, book: Path) -> None:
    assert old
    found = rescreen(in_store, "--since", "house@000000")
    assert found.exit_code == 2
    assert "house has no edition" in found.output
    assert not book.with_name("customers.rescreen.csv").exists()


def test_columns_are_named_as_for_batch(in_store: CliRunner, old: str, book: Path) -> None:
    book.write_text("who;rest\nBorodin Shipping;1\n", encoding="utf-8")
    assert rescreen(in_store, "o.jsonl", "--since", old, "--name", "who", "--workers", "1").exit_code == 3
    row = json.loads((book.parent / "o.jsonl").read_text(encoding="utf-8"))
    assert (row["change"], row["fields"]) == ("hit changed", "programs")
