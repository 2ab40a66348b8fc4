"""The law of rescreening, on generated lists and on real ones."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zlib import crc32

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screenkit import Designation, Identifier, ListedName, PartialDate, Place, Program, Screener, Screening
from screenkit.books import Columns, Rejection, open_book, subject_of
from screenkit.books.rescreen import HitChange, delta_of, rescreen_book
from screenkit.model import Edition
from screenkit.policy import Policy
from screenkit.results.record import plain

COLUMNS = Columns(
    names="names",
    id="key",
    birth_date="born",
    countries="country",
    kind="kind",
    gender="gender",
    identifiers="passport",
)
#: The first is a source whose weak names are suppressed.
SOURCES = (min(Policy().weak_sources), "house")
NAMES = (
    "KIM Jong Il", "Kim Jong-il", "KIM Jong Un", "김정은", "DANDONG HONGXIANG TRADING", "Hongxiang Trading", "DOVER",
    "Mikhail PISKLIN", "Михаил Писклин", "Mohammed al-Rashid", "محمد الرشيد", "马晓红", "Ma Xiaohong", "FAIZ",
)  # fmt: skip
names = st.sampled_from(NAMES)
dates = st.sampled_from(("1961-04-13", "1961", "1962-01-01"))
countries = st.sampled_from(("kp", "cn", "ru"))
numbers = st.sampled_from(("OA296623", "9187629", "PP 12345678"))


@st.composite
def listed(draw: st.DrawFn, source: str, id: str, edition: str) -> Designation:
    born = draw(st.none() | dates)
    return Designation(
        id=id,
        kind=draw(st.sampled_from(("person", "organization", None))),
        names=draw(
            st.lists(st.builds(ListedName, names, strength=st.sampled_from(("strong", "weak"))), min_size=1, max_size=2)
        ),
        programs=[Program("NPWMD")],
        birth_dates=[PartialDate.parse(born)] if born else [],
        nationalities=[Place(text=code, country=code) for code in draw(st.sets(countries, max_size=1))],
        identifiers=[Identifier(value=number, type="passport") for number in draw(st.sets(numbers, max_size=1))],
        remarks=draw(st.sampled_from(("", "", "Review of 2025."))),
        edition=Edition(source=source, sha256=edition * 64, title=source),
    )


@st.composite
def editions(draw: st.DrawFn) -> tuple[list[Designation], list[Designation]]:
    """Two editions of two lists; of the designations some are on one side alone, some stated alike, some otherwise."""
    sides: tuple[list[Designation], list[Designation]] = ([], [])
    for number, source in enumerate(draw(st.lists(st.sampled_from(SOURCES), min_size=1, max_size=8))):
        before, after = draw(listed(source, str(number), "a")), draw(listed(source, str(number), "b"))
        fate = draw(st.sampled_from(("added", "removed", "same", "changed", "names")))
        if fate == "same":
            after = attrs.evolve(before, edition=after.edition)
        elif fate == "names":
            after = attrs.evolve(before, names=after.names, edition=after.edition)
        if fate != "added":
            sides[0].append(before)
        if fate != "removed":
            sides[1].append(after)
    return sides


customers = st.lists(
    st.fixed_dictionaries(
        {
            "names": st.lists(names, min_size=0, max_size=2),
            "key": st.sampled_from(("c1", "c2", "c3")),
            "born": st.none() | dates | st.just("yesterday"),
            "country": st.none() | countries,
            "kind": st.sampled_from((None, "person", "company")),
            "gender": st.sampled_from((None, "male")),
            "passport": st.none() | numbers,
        }
    ),
    min_size=1,
    max_size=6,
)


def rescreened(
    before: Sequence[Designation], after: Sequence[Designation], book: Iterable[dict[str, Any]], columns: Columns
) -> tuple[list[dict[str, Any]], Counter[str]]:
    """What `rescreen_book` writes, and what its summary counts."""
    with TemporaryDirectory() as folder:
        path, out = Path(folder) / "book.jsonl", Path(folder) / "out.jsonl"
        path.write_text("".join(f"{json.dumps(customer)}\n" for customer in book), encoding="utf-8")
        with open_book(path, columns=columns) as opened:
            summary = rescreen_book(delta_of(before, after), opened, out)
        rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    counts = Counter({"rejected": summary.rejected, "screened": summary.screened, "customers": summary.customers})
    counts += Counter({"new hit": summary.new, "hit changed": summary.changed, "hit ended": summary.ended})
    return rows, counts


def hits_of(screening: Screening) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Every hit, a suppressed one included, by source and id: outcome, points, matched name, and all that is stated."""
    found: dict[tuple[str, str], tuple[Any, ...]] = {}
    for outcome, hits in (("hit", screening.hits), ("suppressed", screening.suppressed)):
        for hit in hits:
            stated = {**plain(hit.designation), "edition": None}
            found[hit.designation.source, hit.designation.id] = (outcome, hit.points, hit.matched_name.text, stated)
    return found


def difference(before: Screener, after: Screener, book: Iterable[dict[str, Any]], columns: Columns) -> list[Any]:
    """What two whole screenings of a book differ in, and the row numbers of customers that can't be screened."""
    told: list[Any] = []
    for row, customer in enumerate(book, 1):
        subject = subject_of([customer.get(column) for column in columns.used], columns, row=row)
        if isinstance(subject, Rejection):
            continue
        old, new = hits_of(before.screen(subject)), hits_of(after.screen(subject))
        for key in {**old, **new}:
            was, is_now = old.get(key), new.get(key)
            if was == is_now:
                continue
            if was is None or is_now is None:
                change = HitChange.ENDED if is_now is None else HitChange.NEW
                told.append((row, *key, change, *(is_now or was or ())[:3], None, None, None))
            else:
                told.append((row, *key, HitChange.CHANGED, *is_now[:3], *was[:3]))
    return sorted(told, key=repr)


def as_told(rows: Iterable[dict[str, Any]]) -> list[Any]:
    def word(outcome: str | None) -> str | None:
        return outcome and outcome.partition(":")[0]

    return sorted(
        (
            (
                row["row"], row["source"], row["id"], HitChange(row["change"]),
                word(row["outcome"]), row["points"], row["matched_name"],
                word(row["outcome_before"]), row["points_before"], row["matched_name_before"],
            )
            for row in rows
        ),
        key=repr,
    )  # fmt: skip


@settings(max_examples=settings().max_examples * 2 // 5)  # each writes and syncs files
@given(editions(), customers)
def test_rescreening_tells_exactly_what_two_whole_screenings_differ_in(
    lists: tuple[list[Designation], list[Designation]], book: list[dict[str, Any]]
) -> None:
    """Rescreening against a delta is the difference of two whole screenings, hit by hit."""
    before, after = lists
    if not (before and after):  # nothing is whole to be screened on that side
        return
    rows, counts = rescreened(before, after, book, COLUMNS)
    expected = difference(Screener(before), Screener(after), book, COLUMNS)
    assert as_told(rows) == expected
    by_change = Counter(told[3].value for told in expected)
    assert {change.value: counts[change.value] for change in HitChange} == {
        change.value: by_change[change.value] for change in HitChange
    }
    assert counts["customers"] == len({told[0] for told in expected})
    assert counts["screened"] + counts["rejected"] == len(book)


def eval_customers(shared: Callable[[str], Path], count: int) -> list[dict[str, Any]]:
    """Customers of the labelled data: listed persons as others spell them, ordinary people and companies."""
    book: list[dict[str, Any]] = []
    for name in ("un_persons_treated", "un_persons_untreated", "ordinary_people_us", "ordinary_companies"):
        with shared(f"eval/{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in islice(csv.DictReader(file), count):
                born = row.get("birth_date") or None
                book.append({"names": row["query"], "born": born})
    return book


def spelled(designations: Sequence[Designation], count: int) -> list[dict[str, Any]]:
    """Customers called as some of the designations are, without their last letter."""
    chosen = designations[:: max(len(designations) // count, 1)]
    return [{"names": one.names[-1].text[:-1]} for one in chosen if len(one.names[-1].text) > 3]


@pytest.mark.parametrize(
    ("source", "old", "new", "of_eval", "of_lists", "one_in"),
    [
        ("un_sc", "2025-04-19", "2025-11-20", 60, 60, 1),
        # One designation in four, or all of them with SCREENKIT_FULL=1 in the environment.
        ("us_ofac_sdn", "2021-07-07", "2023-12-28", 25, 25, 1 if os.environ.get("SCREENKIT_FULL") else 4),
    ],
)
def test_of_real_editions_it_tells_what_two_whole_screenings_differ_in(
    source: str,
    old: str,
    new: str,
    of_eval: int,
    of_lists: int,
    one_in: int,
    shared: Callable[[str], Path],
    designations_of: Callable[[str], list[Designation]],
) -> None:
    """Rescreening against a delta of published editions is the difference of two whole screenings."""
    columns = Columns(names="names", birth_date="born")
    before, after = (
        [one for one in designations_of(f"{source}/{edition}") if crc32(one.id.encode()) % one_in == 0]
        for edition in (old, new)
    )
    former, present = ({one.id for one in side} for side in (before, after))
    book = eval_customers(shared, of_eval)
    book += spelled([one for one in before if one.id not in present], of_lists)
    book += spelled([one for one in after if one.id not in former], of_lists)
    book += spelled([one for one in before if one.id in present], of_lists)
    rows, counts = rescreened(before, after, book, columns)
    assert as_told(rows) == difference(Screener(before), Screener(after), book, columns)
    assert min(counts[change.value] for change in HitChange) > 0


def test_the_time_of_all_screenings_is_one(tmp_path: Path) -> None:
    one = Designation(id="X1", names=[ListedName("ACME TRADING")], edition=Edition(source="house"))
    (tmp_path / "book.csv").write_text("name\nAcme Trading\n", encoding="utf-8")
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    with open_book(tmp_path / "book.csv") as book:
        other = attrs.evolve(one, id="X2", names=[ListedName("ZZTOP")])
        summary = rescreen_book(delta_of([other], [one]), book, tmp_path / "out.csv", at=at)
    assert (summary.at, summary.new, summary.ended) == (at.isoformat(), 1, 0)
