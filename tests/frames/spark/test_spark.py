"""Spark: a real local one, whose findings are those of `Screener.screen`, however the customers are divided."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screenkit import (
    InvalidPolicyError,
    InvalidSubjectError,
    NoListError,
    Policy,
    Screener,
    ScreenkitError,
    StarterCoverageWarning,
    Subject,
    read,
)
from screenkit.books import Columns
from screenkit.errors import BatchError
from screenkit.model.countries import country_code
from screenkit.results import rows as report
from screenkit.sources.starter import starter_path

pytest.importorskip("pyspark", reason="the Spark adapter needs the extra [spark]")

from pyspark import SparkFiles
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 (as above; its users' own name for it)

from screenkit.frames import spark
from screenkit.search.files import snapshot as saved

pytestmark = [
    # Said by pyspark of a newer pandas, which the adapter does not use.
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore:distutils Version classes are deprecated:DeprecationWarning"),
    # Sockets to the JVM that py4j leaves to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
#: A customer: key, name, birth date, country.
Customer = tuple[str, str | None, str | None, str | None]
#: The columns of what a reviewer has to know of a customer beside the hits.
MARKS = ("unread", "cautions")
SCHEMA = "key string, client string, born string, land string"


@pytest.fixture(scope="module")
def screener(excerpt: Callable[[str], Path]) -> Screener:
    return Screener(read("un_sc", excerpt("un_sc/consolidated.xml")))


@pytest.fixture(scope="module")
def customers(screener: Screener) -> list[Customer]:
    """Listed names, whole and changed, among names made of the words of others."""
    draw = random.Random(20261122)
    texts = [name.text for designation in screener for name in designation.names]
    words = sorted({word for text in texts for word in text.split()})
    made: list[str] = []
    for text in texts:
        made += [text, text.lower(), text[1:], " ".join(reversed(text.split()))]
    made += [" ".join(draw.sample(words, 3)) for _ in range(200)]
    made += ["ทักษิณ ชินวัตร", "Maria Gonzalez and Peter Miller"]
    draw.shuffle(made)
    dates, lands = (None, "1971", "1971-12-15"), (None, "kp", "cn")
    return [(f"C{at}", text, draw.choice(dates), draw.choice(lands)) for at, text in enumerate(made) if text.strip()]


def frame(session: SparkSession, rows: Sequence[tuple[object, ...]], schema: str = SCHEMA) -> DataFrame:
    return session.createDataFrame([*rows], schema)


def screened(df: DataFrame, **asked: Any) -> DataFrame:
    return spark.screen(df, Columns("client", id="key", birth_date="born", countries="land"), **asked)


def plain(found: DataFrame) -> list[dict[str, Any]]:
    """The rows in an order of their own, which tells nothing of where they were screened."""
    return sorted((row.asDict(recursive=True) for row in found.collect()), key=repr)


def _readable(birth_date: str | None) -> str | None:
    """The date, unless it can't be read: then the customer is screened without it."""
    try:
        Subject("Ann", birth_date=birth_date)
    except InvalidSubjectError:
        return None
    return birth_date


def expected(screener: Screener, rows: Sequence[Customer]) -> list[dict[str, Any]]:
    """The nested rows, by `Screener.screen` alone."""
    made: list[dict[str, Any]] = []
    for key, name, birth_date, country in rows:
        try:
            subject = Subject(
                name or "",
                birth_date=_readable(birth_date),
                countries=[country_code(country) or country] if country else (),
            )
            found = screener.screen(subject)
        except InvalidSubjectError:
            made.append({"customer": key, "is_clear": False, "total": None, "hits": None, "cautions": None})
            continue
        hits = [{**hit, "points": int(hit["points"])} for hit in report.rows(found)]
        cautions = " ".join(caution.text for caution in found.cautions) or None
        made.append(
            {"customer": key, "is_clear": found.is_clear, "total": found.total, "hits": hits, "cautions": cautions}
        )
    return sorted(made, key=repr)


def assert_agrees(session: SparkSession, screener: Screener, rows: Sequence[Customer]) -> list[dict[str, Any]]:
    nested = plain(screened(frame(session, rows).repartition(5), screener=screener, hits="nested"))
    assert [(row["rejection"] is None) == (row["hits"] is not None) for row in nested] == [True] * len(rows)
    without = sorted(({key: row[key] for key in row if key not in ("rejection", "unread")} for row in nested), key=repr)
    assert without == expected(screener, rows)
    flat = plain(screened(frame(session, rows).repartition(3), screener=screener))
    of_hits = [
        {"customer": row["customer"], **hit, "rejection": None, **{one: row[one] for one in ("total", *MARKS)}}
        for row in nested
        for hit in row["hits"] or ()
    ]
    assert [row for row in flat if row["rejection"] is None and row["outcome"] != "no hit"] == sorted(of_hits, key=repr)
    marked = [row for row in nested if any(row[one] for one in MARKS) and row["hits"] == []]
    assert [[row[one] for one in ("customer", *MARKS)] for row in flat if row["outcome"] == "no hit"] == [
        [row[one] for one in ("customer", *MARKS)] for row in sorted(marked, key=lambda row: row["customer"])
    ]
    rejected = [(row["customer"], row["rejection"]) for row in nested if row["rejection"] is not None]
    assert [(row["customer"], row["rejection"]) for row in flat if row["outcome"] == "rejected"] == sorted(rejected)
    return nested


def test_results_are_those_of_the_screener_row_by_row(
    session: SparkSession, screener: Screener, customers: list[Customer]
) -> None:
    found = assert_agrees(session, screener, customers)
    assert sum(len(row["hits"] or ()) for row in found) > len(screener)
    assert any(row["is_clear"] for row in found)


def test_results_of_real_names_are_those_of_the_screener(session: SparkSession, shared: Callable[[str], Path]) -> None:
    real = Screener(read("un_sc", shared("lists/un_sc/2025-11-20")))
    rows: list[Customer] = []
    for file, most in (("un_persons_treated", 345), ("ordinary_people_global", 1_200), ("ordinary_companies", 600)):
        with shared(f"eval/{file}.csv").open(encoding="utf-8", newline="") as stream:
            for row, _ in zip(csv.DictReader(stream), range(most), strict=False):
                rows.append((f"C{len(rows)}", row["query"], row.get("birth_date") or None, row.get("country") or None))
    found = assert_agrees(session, real, rows)
    assert sum(bool(row["hits"]) for row in found) > 200


@settings(max_examples=3)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=30).filter(lambda text: "\0" not in text),
            st.sampled_from([None, "1971", "1969-05-01", "1969-02-30", "tomorrow"]),
            st.sampled_from([None, "cn", "KP"]),
        ),
        max_size=40,
    )
)
def test_any_text_is_screened_as_it_is_without_spark(
    session: SparkSession, screener: Screener, rows: list[tuple[str, str | None, str | None]]
) -> None:
    """Any Unicode text is screened or rejected as `Screener.screen` screens or refuses it."""
    assert_agrees(session, screener, [(f"C{at}", *row) for at, row in enumerate(rows)])


def test_partitions_and_batches_change_nothing(
    session: SparkSession, screener: Screener, customers: list[Customer]
) -> None:
    df = frame(session, [*customers[:150], *customers[:150], ("bad", None, None, None)])
    found = plain(screened(df.coalesce(1), screener=screener))
    assert len({row["customer"] for row in found}) > 20
    # All in one of several partitions, the others empty.
    skewed = df.repartition(4, F.lit(1))
    assert plain(screened(skewed, screener=screener)) == found
    assert plain(screened(df.repartition(7, "client"), screener=screener)) == found
    session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 7)
    try:
        assert plain(screened(df, screener=screener)) == found
    finally:
        session.conf.unset("spark.sql.execution.arrow.maxRecordsPerBatch")


def test_a_partition_of_one_name_repeated_comes_out_whole(session: SparkSession, screener: Screener) -> None:
    name = next(iter(screener)).names[0].text
    df = session.range(9_000).select(F.col("id").cast("string").alias("key"), F.lit(name).alias("client")).coalesce(1)
    found = spark.screen(df, Columns("client", id="key"), screener=screener, keep="client")
    row = found.agg(F.count("*"), F.countDistinct("customer"), F.min("points"), F.countDistinct("client")).first()
    assert row is not None
    assert tuple(row) == (9_000, 9_000, 10_000, 1)


def test_bad_rows_are_rejected_and_counted_and_fail_nothing(session: SparkSession, screener: Screener) -> None:
    name = next(iter(screener)).names[0].text
    bad = {
        "null": (None, "1971", "cn", "name is missing"),
        "blank": (" \t", "1971", "cn", "name is missing"),
        "huge": ("Zanzibar " * 120_000, "1971", "cn", "characters"),
        "encoding": ("Zanzibar", "1971", "cn", "client: is not UTF-8 text"),
        "invisible": ("\u200b\u200d", "1971", "cn", "nothing but invisible characters"),
        "nul": ("Zanzi\0bar", "1971", "cn", "NUL"),
    }
    unread = {"no day": ("1971-02-30", "cn", "birth_date"), "no country": ("1971", "Zanzibarland", "country")}
    rows = [
        ("good", name, "1971", "cn"),
        *((key, *row[:3]) for key, row in bad.items()),
        *((key, "Zanzibar", *row[:2]) for key, row in unread.items()),
    ]
    damaged = F.when(F.col("key") == "encoding", F.expr("cast(X'5A616EFF' as string)")).otherwise(F.col("client"))
    df = frame(session, rows).withColumn("client", damaged)
    nested = {row["customer"]: row for row in screened(df, screener=screener, hits="nested", keep="born").collect()}
    assert set(nested) == {"good", *bad, *unread}
    for key, (*_, field) in unread.items():
        assert (nested[key]["unread"], nested[key]["rejection"], nested[key]["hits"]) == (field, None, [])
    for key, (*_, reason) in bad.items():
        assert reason in nested[key]["rejection"]
        assert "Zan" not in nested[key]["rejection"]
        assert (nested[key]["is_clear"], nested[key]["total"], nested[key]["hits"]) == (False, None, None)
        assert nested[key]["born"] == "1971"
    assert nested["good"]["hits"]
    assert screened(df, screener=screener).where("outcome = 'rejected'").count() == len(bad)
    assert screened(df, screener=screener).where("outcome = 'no hit'").count() == len(unread)
    day = F.expr("date_add(date'9999-12-01', 100)")
    late = session.range(2).select(F.lit("Zanzibar").alias("client"), F.when(F.col("id") == 1, day).alias("born"))
    assert [
        row["rejection"]
        for row in spark.screen(late, Columns("client", birth_date="born"), screener=screener).collect()
    ] == ["born: is not a date or time between the years 1 and 9999"]


def test_names_may_be_several_parts_or_an_array_and_headings_anything(
    session: SparkSession, screener: Screener
) -> None:
    text = next(
        name.text for one in screener for name in one.names if len(name.text.split()) == 2 and name.text.isascii()
    )
    first, last = text.split()
    df = frame(
        session, [(7, first, last, [None, text])], "`no.` long, `given name` string, `la``st` string, al array<string>"
    )
    whole = screener.screen(Subject(text)).hits
    for name in ([("given name", "la`st")], "al", ["given name", "al"]):
        found = spark.screen(
            df, Columns(name, id="no."), keep=["no.", "al"], screener=screener, hits="nested"
        ).collect()
        assert [(row["customer"], row["no."], row["al"]) for row in found] == [("7", 7, [None, text])]
        assert [(hit["id"], hit["points"]) for hit in found[0]["hits"]] == [
            (hit.designation.id, hit.points) for hit in whole
        ]


def test_dates_numbers_and_timestamps_are_taken_as_they_are(session: SparkSession, screener: Screener) -> None:
    one = next(one for one in screener if any(len(date.text) == 10 for date in one.birth_dates))
    day = next(date.text for date in one.birth_dates if len(date.text) == 10)
    df = frame(session, [(one.names[0].text, day)], "client string, text string")
    points = screener.screen(Subject(one.names[0].text, birth_date=day)).hits[0].points
    for kind in ("date", "timestamp", "string"):
        typed = df.select("client", F.col("text").cast(kind).alias("born"))
        found = spark.screen(typed, Columns("client", birth_date="born"), screener=screener).first()
        assert found is not None
        assert (found["id"], found["points"], found["customer"]) == (one.id, points, None)


def test_limit_and_threshold_are_those_of_the_screener(session: SparkSession, screener: Screener) -> None:
    name = max(
        (name.text for one in screener for name in one.names),
        key=lambda text: screener.screen(text, threshold=0.5).total,
    )
    total = screener.screen(name, threshold=0.5).total
    df = frame(session, [("C1", name, None, None)])
    found = screened(df, screener=screener, threshold=0.5, limit=1, hits="nested").collect()[0]
    assert (found["total"], len([hit for hit in found["hits"] if hit["outcome"] == "hit"])) == (total, 1)
    strict = Screener(screener.designations, policy=Policy(threshold=1.0))
    assert screened(df, screener=strict).collect()[0]["points"] == 10_000


def test_the_lists_are_sent_once(session: SparkSession, screener: Screener, customers: list[Customer]) -> None:
    df = frame(session, customers[:5])
    screened(df, screener=screener)
    before = session.sparkContext.listFiles
    again = screened(df, screener=Screener(screener.designations))
    assert session.sparkContext.listFiles == before
    assert again.count() >= 0


def shipped(session: SparkSession, before: Sequence[str]) -> Path:
    new = set(session.sparkContext.listFiles) - set(before)
    assert len(new) == 1, new
    return Path(SparkFiles.get(new.pop().rsplit("/", 1)[-1]))


def refusal(found: DataFrame) -> str:
    with pytest.raises(Exception, match="DamagedFileError") as refused:
        found.collect()
    return str(refused.value)


def test_a_damaged_or_missing_file_is_refused(
    session: SparkSession, screener: Screener, customers: list[Customer]
) -> None:
    before = session.sparkContext.listFiles
    part = Screener(screener.designations[:3])
    df = frame(session, customers[:5]).coalesce(1)
    assert screened(df, screener=part, hits="nested").count() == 5
    path = shipped(session, before)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    # Under another policy the file is opened anew.
    other = Screener(screener.designations[:3], policy=Policy(threshold=0.9))
    assert "its SHA-256 is not the one in its name" in refusal(screened(df, screener=other))
    path.unlink()
    assert "can't be read: No such file" in refusal(screened(df, screener=other))


def test_a_file_of_another_version_is_refused(
    session: SparkSession, screener: Screener, customers: list[Customer], monkeypatch: pytest.MonkeyPatch
) -> None:
    made_with = {**saved.results_rest_on(), "rapidfuzz version": "2.0.0"}
    monkeypatch.setattr(saved, "results_rest_on", lambda: made_with)
    df = frame(session, customers[:5])
    text = refusal(screened(df, screener=Screener(screener.designations[:4])))
    assert "made with rapidfuzz version '2.0.0'" in text
    assert "other versions installed than the driver" in text


def test_what_is_asked_wrongly_is_refused_before_the_job(session: SparkSession, screener: Screener) -> None:
    df = frame(session, [("C1", "Zanzibar", None, None)])
    cases: list[tuple[type[ScreenkitError], str, dict[str, Any]]] = [
        (BatchError, "not 'both'", {"hits": "both", "screener": screener}),
        (BatchError, "the heading 'nmae'", {"columns": "nmae", "screener": screener}),
        (BatchError, "no column is given", {"columns": "", "screener": screener}),
        (BatchError, "keep names 'Points'", {"keep": "Points", "screener": screener}),
        (BatchError, "the heading 'branch'", {"keep": ["branch"], "screener": screener}),
        (InvalidPolicyError, "not both", {"policy": Policy(), "screener": screener}),
        (InvalidPolicyError, "threshold must be between", {"threshold": 0.1, "screener": screener}),
        (InvalidPolicyError, "limit must be", {"limit": 0, "screener": screener}),
        (NoListError, "no list is installed", {}),
    ]
    for kind, text, asked in cases:
        with pytest.raises(kind, match=text):
            spark.screen(df.withColumn("Points", F.lit(1)), **{"columns": "client", **asked})


def test_the_starter_list_says_that_it_is_no_coverage(session: SparkSession) -> None:
    starter = Screener(read("starter", starter_path()))
    with pytest.warns(StarterCoverageWarning):
        found = screened(frame(session, [("C1", "Zanzibar", None, None)]), screener=starter, hits="nested")
    assert [(row["is_clear"], row["hits"]) for row in found.collect()] == [(False, [])]
