"""Data frames: the law that all kinds agree with `Screener.screen`, and what each kind keeps."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screenkit import Designation, Identifier, ListedName, PartialDate, Place, Program, Screener
from screenkit.books import Columns, Rejection
from screenkit.books.reading.customers import read_row
from screenkit.decisions import Decisions
from screenkit.errors import BatchError, InvalidPolicyError, NoListError
from screenkit.frames import screen
from screenkit.model import Edition
from screenkit.policy import Policy
from screenkit.results import rows as report

pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
pa = pytest.importorskip("pyarrow")

SCREENER = Screener(
    [
        Designation(
            id="P1",
            kind="person",
            names=[ListedName("KIM Jong Un"), ListedName("KIM", strength="weak")],
            programs=[Program("DPRK")],
            birth_dates=[PartialDate.parse("1984-01-08")],
            nationalities=[Place(text="kp", country="kp")],
            identifiers=[Identifier(value="PP 12345678", type="passport")],
            edition=Edition(source=min(Policy().weak_sources), title="A list", sha256="a" * 64),
        ),
        Designation(id="P2", kind="person", names=[ListedName("KIM Jong Il")], programs=[Program("DPRK")]),
        Designation(id="O1", kind="organization", names=[ListedName("DOVER")], programs=[Program("NPWMD")]),
    ]
)
AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
COLUMNS = Columns("name", id="key", birth_date="born", countries="land", kind="kind", identifiers="passport")

texts = st.sampled_from(
    (
        *(None, "", " ", "Kim Jong Un", "Kim Jong-il", "김정은", "KIM", "Dover", "Nobody Atall", "a\0b"),
        *("ทักษิณ ชินวัตร", "Kim Jong Un and Jane Smith", "Maria Gonzalez and Peter Miller", "☆"),
    )
)
rows = st.lists(
    st.fixed_dictionaries(
        {
            "name": texts,
            "key": st.sampled_from((None, "c1", "c2")),
            "born": st.sampled_from((None, "1984-01-08", "1984", "1901", "yesterday")),
            "land": st.sampled_from((None, "kp", "Germany", "Atlantis")),
            "kind": st.sampled_from((None, "person", "company", "plant")),
            "passport": st.sampled_from((None, "PP 12345678", "PP12345678", "1")),
        }
    ),
    max_size=12,
)


def columnar(given: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    return {column: [row[column] for row in given] for column in COLUMNS.used}


def of_text(given: Sequence[Mapping[str, Any]], sort: Any) -> Any:
    schema = pa.schema([(column, sort) for column in COLUMNS.used])
    return pa.table(columnar(given), schema=pa.schema([(column, pa.string()) for column in COLUMNS.used])).cast(schema)


def chunked(given: Sequence[Mapping[str, Any]]) -> Any:
    parts = [of_text(given[at : at + 2], pa.string()) for at in range(0, len(given), 2)]
    return pa.concat_tables([of_text([], pa.string()), *parts])


#: The kinds of frames, and of columns of text in them.
KINDS: Mapping[str, Callable[[Sequence[Mapping[str, Any]]], Any]] = {
    "polars": lambda given: pl.DataFrame(columnar(given), schema=dict.fromkeys(COLUMNS.used, pl.String)),
    "polars lazy": lambda given: pl.LazyFrame(columnar(given), schema=dict.fromkeys(COLUMNS.used, pl.String)),
    "polars categories": lambda given: pl.DataFrame(
        columnar(given), schema=dict.fromkeys(COLUMNS.used, pl.String)
    ).cast(pl.Categorical),
    "pandas": lambda given: pd.DataFrame(columnar(given)),
    "pandas objects": lambda given: pd.DataFrame(columnar(given), dtype=object),
    "pandas strings": lambda given: pd.DataFrame(columnar(given), dtype="string"),
    "pandas categories": lambda given: pd.DataFrame(columnar(given), dtype="category"),
    "pandas on arrow": lambda given: pd.DataFrame(columnar(given), dtype=pd.ArrowDtype(pa.string())),
    "arrow": lambda given: of_text(given, pa.string()),
    "arrow large": lambda given: of_text(given, pa.large_string()),
    "arrow chunks": chunked,
    "arrow dictionary": lambda given: pa.table(
        {
            column: of_text(given, pa.string()).column(column).dictionary_encode()
            for column in COLUMNS.used
        }
    ),
    "arrow batch": lambda given: pa.RecordBatch.from_pydict(
        columnar(given), schema=pa.schema([(column, pa.string()) for column in COLUMNS.used])
    ),
    "arrow reader": lambda given: chunked(given).to_reader(),
}  # fmt: skip


def plain_rows(frame: Any) -> list[dict[str, Any]]:
    """A result's rows as plain values."""
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, pl.DataFrame):
        return list(frame.to_dicts())
    if isinstance(frame, pd.DataFrame):
        records = frame.astype(object).to_dict("records")
        return [{key: _plain(value) for key, value in row.items()} for row in records]
    if isinstance(frame, pa.RecordBatchReader):
        frame = frame.read_all()
    return list(frame.to_pylist())


def _plain(value: Any) -> Any:
    return None if value is pd.NA or (isinstance(value, float) and value != value) else value


def expected(given: Sequence[Mapping[str, Any]], *, is_nested: bool) -> list[dict[str, Any]]:
    """What screening one customer after another tells."""
    told: list[dict[str, Any]] = []
    for number, row in enumerate(given, 1):
        made, unread, _ = read_row([row[column] for column in COLUMNS.used], COLUMNS, row=number)
        mark = "; ".join(dict.fromkeys(fact.field for fact in unread)) or None
        about: dict[str, Any] = {"row": number, "customer": row["key"]}
        blank = dict.fromkeys(report.COLUMNS)
        if isinstance(made, Rejection):
            if is_nested:
                without: dict[str, Any] = {"total": None, "hits": None, "rejection": made.reason, "unread": None}
                without["cautions"] = None
                told.append({**row, "is_clear": False, **without})
            else:
                without = {"outcome": "rejected", "total": None, "rejection": made.reason, "unread": None}
                without["cautions"] = None
                told.append({**about, **blank, **without})
            continue
        found = SCREENER.screen(made, at=AT)
        hits = [{**hit, "points": int(hit["points"])} for hit in report.rows(found)]
        marks = {"unread": mark, "cautions": " ".join(caution.text for caution in found.cautions) or None}
        if is_nested:
            about = {"is_clear": found.is_clear, "total": found.total, "hits": hits, "rejection": None}
            told.append({**row, **about, **marks})
        else:
            hits = hits or ([{**blank, "outcome": "no hit"}] if any(marks.values()) else [])
            told += [{**about, **hit, "total": found.total, "rejection": None, **marks} for hit in hits]
    return told


@settings(max_examples=settings().max_examples * 2 // 5)  # each screens fourteen kinds twice
@given(rows)
def test_every_kind_of_frame_tells_what_screening_row_by_row_tells(given: list[dict[str, Any]]) -> None:
    """Every kind of frame gives the same rows, those of `Screener.screen` one by one, in order, and the same kind."""
    flat, nested = expected(given, is_nested=False), expected(given, is_nested=True)
    for kind, make in KINDS.items():
        result = screen(make(given), COLUMNS, screener=SCREENER, at=AT)
        assert type(result) is type(make(given)), kind
        assert plain_rows(result) == flat, kind
        assert plain_rows(screen(make(given), COLUMNS, screener=SCREENER, at=AT, hits="nested")) == nested, kind


def test_a_customer_who_is_not_clear_has_a_row_that_says_why() -> None:
    """Nothing hits a name that can't be read, and nobody may take that for clear; nor is a text taken apart unsaid."""
    names = ["Nobody Atall", "ทักษิณ ชินวัตร", "Kim Jong Un and Jane Smith", "☆"]
    flat = screen(pl.DataFrame({"name": names}), "name", screener=SCREENER, at=AT)
    told = flat.filter(~pl.col("outcome").str.starts_with("suppressed")).select("row", "outcome", "id").rows()
    assert told == [(2, "no hit", None), (3, "hit", "P1"), (4, "no hit", None)]
    unreadable, divided, symbols = flat["cautions"].unique(maintain_order=True)
    assert unreadable.startswith("The name has letters of Thai, which can't be read dependably;")
    assert divided.startswith("The name holds several names,")
    assert symbols.startswith("The name has symbols,")
    nested = screen(pl.DataFrame({"name": names}), "name", screener=SCREENER, at=AT, hits="nested")
    assert nested["is_clear"].to_list() == [True, False, False, False]
    assert nested["cautions"].to_list() == [None, unreadable, divided, symbols]


@pytest.fixture
def customers() -> dict[str, list[Any]]:
    return {"no": [7, 8, 9], "name": ["Kim Jong Un", "Nobody Atall", None], "note": ["x", "y", "z"]}


#: The columns of the result -> the types in pandas, Polars and Arrow.
TYPES = {
    "row": ("int64", pl.Int64, pa.int64()),
    "customer": ("string", pl.String, pa.string()),
    "points": ("Int32", pl.Int32, pa.int32()),
    "explanation": ("string", pl.String, pa.string()),
    "total": ("Int32", pl.Int32, pa.int32()),
    "rejection": ("string", pl.String, pa.string()),
}


@pytest.mark.parametrize("count", [3, 0])
def test_types_do_not_depend_on_what_is_found(customers: dict[str, list[Any]], count: int) -> None:
    some = {column: values[:count] for column, values in customers.items()}
    asked: dict[str, Any] = {"columns": "name", "keep": "no", "screener": SCREENER}
    of_pandas = screen(pd.DataFrame(some), **asked)
    of_polars = screen(pl.DataFrame(some, schema={"no": pl.Int64, "name": pl.String, "note": pl.String}), **asked)
    schema = pa.schema({"no": pa.int64(), "name": pa.string(), "note": pa.string()})
    of_arrow = screen(pa.table(some, schema=schema), **asked)
    for column, types in TYPES.items():
        found = str(of_pandas[column].dtype), of_polars.schema[column], of_arrow.schema.field(column).type
        assert found == types, column
    assert list(of_pandas.columns) == of_polars.columns == of_arrow.column_names
    nested = screen(pd.DataFrame(some), "name", screener=SCREENER, hits="nested")
    assert {column: str(nested[column].dtype) for column in nested.columns[len(some) :]} == {
        "is_clear": "bool", "total": "Int32", "hits": "object", "rejection": "string", "unread": "string",
        "cautions": "string",
    }  # fmt: skip


def test_pandas_keeps_index_columns_and_the_callers_frame(customers: dict[str, list[Any]]) -> None:
    index = pd.MultiIndex.from_tuples([("a", 1), ("a", 1), ("b", 2)], names=["left", "right"])
    frame = pd.DataFrame(customers, index=index)[["note", "name", "no"]]
    before = frame.copy()
    nested = screen(frame, "name", screener=SCREENER, hits="nested")
    assert nested.index.equals(index)
    ours = ["is_clear", "total", "hits", "rejection", "unread", "cautions"]
    assert list(nested.columns) == ["note", "name", "no", *ours]
    pd.testing.assert_frame_equal(nested[["note", "name", "no"]], before)
    flat = screen(frame, "name", screener=SCREENER, keep=["no", "note"])
    assert list(flat.index) == [("a", 1), ("b", 2)]
    assert flat["no"].tolist() == [7, 9]
    assert flat["no"].dtype == before["no"].dtype
    nested["note"] = "overwritten"
    pd.testing.assert_frame_equal(frame, before)


def test_objects_of_pandas_are_taken_as_they_are() -> None:
    from screenkit.frames.pandas_frame import _rows

    names = [f"Name {number}" for number in range(5)]
    taken = [values for _, values in _rows(pd.DataFrame({"name": names}, dtype=object), ("name",))]
    assert [id(one[0]) for one in taken if isinstance(one, tuple)] == list(map(id, names))


@pytest.mark.parametrize(
    ("cell", "is_rejected"),
    [(pd.NA, True), (float("nan"), True), (pd.NaT, True), (17, True), (b"Kim", True), (object(), True)],
    ids=["NA", "nan", "NaT", "number", "bytes", "object"],
)
def test_cells_of_pandas_that_are_no_text(cell: object, is_rejected: bool) -> None:
    frame = pd.DataFrame({"name": ["Kim Jong Un", cell]}, dtype=object)
    found = screen(frame, "name", screener=SCREENER)
    assert (found["outcome"] == "rejected").sum() == is_rejected
    assert found["rejection"].notna().sum() == 1


def test_several_names_in_a_cell() -> None:
    lists = [["Nobody Atall", "Kim Jong Un"], ["Nobody Atall"]]
    frames = [
        pd.DataFrame({"name": pd.Series([pd.array(one).to_numpy() for one in lists], dtype=object)}),
        pl.DataFrame({"name": lists}),
        pa.table({"name": lists}),
    ]
    assert [[row["row"] for row in plain_rows(screen(one, "name", screener=SCREENER))] for one in frames] == [[1]] * 3


def test_dates_of_every_kind_are_read() -> None:
    day = dt.date(1984, 1, 8)
    frames = [
        pd.DataFrame({"name": ["Kim Jong Un"], "born": pd.to_datetime([day])}),
        pd.DataFrame({"name": ["Kim Jong Un"], "born": [day]}, dtype=object),
        pl.DataFrame({"name": ["Kim Jong Un"], "born": [day]}),
        pl.DataFrame({"name": ["Kim Jong Un"], "born": [dt.datetime(1984, 1, 8)]}),
        pa.table({"name": ["Kim Jong Un"], "born": [day]}),
        pa.table({"name": ["Kim Jong Un"], "born": pa.array([dt.datetime(1984, 1, 8)], pa.timestamp("ms"))}),
    ]
    for frame in frames:
        (told,) = plain_rows(screen(frame, Columns("name", birth_date="born"), screener=SCREENER))
        assert "birth date 1984-01-08 equals" in told["explanation"]


@pytest.mark.parametrize("hits", ["rows", "nested"])
def test_dates_beyond_the_calendar_are_rejected(hits: Any) -> None:
    far = [2_000_000_000, None, 0]
    names = ["Kim Jong Un"] * 3
    dates = pl.Series("born", far, dtype=pl.Int32).cast(pl.Date)
    frames = [
        pl.DataFrame({"name": names, "born": dates}),
        pl.DataFrame({"name": names, "born": pl.Series([2**62, None, 0]).cast(pl.Datetime("us"))}),
        pa.table({"name": names, "born": pa.array(far, pa.int32()).cast(pa.date32())}),
    ]
    for frame in frames:
        keep = "name" if hits == "nested" else None
        told = plain_rows(screen(frame, Columns("name", birth_date="born"), keep=keep, screener=SCREENER, hits=hits))
        assert [row["rejection"] is None for row in told][:2] == [False, True]
        assert sum(row["rejection"] is not None for row in told) == 1


def test_text_of_arrow_that_is_not_utf8_is_rejected() -> None:
    raw = pa.array([b"Kim Jong Un", b"\xff\xfe", b"Dover"], pa.binary())
    text = pa.Array.from_buffers(pa.string(), 3, raw.buffers())
    told = plain_rows(
        screen(pa.table({"name": text, "key": ["a", "b", "c"]}), Columns("name", id="key"), screener=SCREENER)
    )
    assert [(row["customer"], row["outcome"]) for row in told] == [("a", "hit"), ("b", "rejected"), ("c", "hit")]


def test_a_reader_is_screened_as_it_is_read() -> None:
    read: list[int] = []

    def batches() -> Iterator[Any]:
        for number in range(5):
            read.append(number)
            yield pa.RecordBatch.from_pydict({"name": ["Kim Jong Un", "Nobody Atall"]})

    schema = pa.schema({"name": pa.string()})
    reader = screen(pa.RecordBatchReader.from_batches(schema, batches()), "name", screener=SCREENER)
    assert read == []
    assert reader.read_next_batch()["row"].to_pylist() == [1]
    assert len(read) < 5
    assert reader.read_all()["row"].to_pylist() == [3, 5, 7, 9]


def test_large_frames_are_taken_in_slices() -> None:
    """Rows keep their numbers over the bounds of slices."""
    from screenkit.frames.findings import ROWS_AT_ONCE

    count = 2 * ROWS_AT_ONCE + 3
    at = [0, ROWS_AT_ONCE - 1, ROWS_AT_ONCE, 2 * ROWS_AT_ONCE, count - 1]
    names = ["Nobody Atall"] * count
    for place in at:
        names[place] = "Kim Jong Un"
    numbers = list(range(count))
    makers: list[Callable[[dict[str, list[Any]]], Any]] = [pd.DataFrame, pl.DataFrame, pa.table]
    for make in makers:
        found = plain_rows(screen(make({"name": names, "number": numbers}), "name", keep="number", screener=SCREENER))
        assert [(row["row"], row["number"]) for row in found] == [(place + 1, place) for place in at]


@pytest.mark.parametrize("heading", ["^name$", "*", "^.*$"])
def test_headings_are_no_patterns(heading: str) -> None:
    """Polars takes such texts for patterns of several columns."""
    for make in (pl.DataFrame, pl.LazyFrame):
        (told,) = plain_rows(screen(make({heading: ["Dover"], "other": [1]}), heading, keep=heading, screener=SCREENER))
        assert (told[heading], told["id"]) == ("Dover", "O1")
        dated = make({heading: [dt.date(1984, 1, 8)], "name": ["Kim Jong Un"]})
        (told,) = plain_rows(screen(dated, Columns("name", birth_date=heading), keep=heading, screener=SCREENER))
        assert "birth date 1984-01-08 equals" in told["explanation"]


@pytest.mark.parametrize(("keep", "before"), [([], []), (["note", "no"], ["note", "no"]), ("no", ["no"])])
def test_columns_that_are_kept_stand_first(
    keep: str | list[str], before: list[str], customers: dict[str, list[Any]]
) -> None:
    makers: list[Callable[[Any], Any]] = [
        pd.DataFrame,
        pl.DataFrame,
        pl.LazyFrame,
        pa.table,
        pa.RecordBatch.from_pydict,
    ]
    for make in makers:
        nested = plain_rows(screen(make(customers), "name", keep=keep, screener=SCREENER, hits="nested"))
        flat = plain_rows(screen(make(customers), "name", keep=keep, screener=SCREENER))
        assert list(nested[0]) == [*before, "is_clear", "total", "hits", "rejection", "unread", "cautions"]
        assert list(flat[0])[: len(before) + 2] == [*before, "row", "customer"]
        assert [[row[column] for column in before] for row in flat] == [
            [customers[column][at] for column in before] for at in (0, 2)
        ]


def test_metadata_of_arrow_is_kept() -> None:
    table = pa.table({"name": ["Dover"]}).replace_schema_metadata({"who": "us"})
    assert screen(table, "name", screener=SCREENER, hits="nested").schema.metadata == {b"who": b"us"}


def test_limit_and_threshold_are_those_of_screening(customers: dict[str, list[Any]]) -> None:
    frame = pl.DataFrame({"name": ["Kim Jong"]})
    wide = screen(frame, "name", screener=SCREENER, threshold=0.5)
    one = screen(frame, "name", screener=SCREENER, threshold=0.5, limit=1)
    assert (wide.height, one.filter(pl.col("outcome") == "hit").height) == (wide["total"][0], 1)
    assert wide["total"][0] == one["total"][0] > 1
    with pytest.raises(InvalidPolicyError):
        screen(frame, "name", screener=SCREENER, threshold=0.2)


def test_decisions_need_a_key(tmp_path: Path) -> None:
    decisions = Decisions.open(tmp_path / "decisions.db", create=True)
    frame = pl.DataFrame({"name": ["Dover", "Dover"], "key": ["c1", None]})
    with pytest.raises(BatchError, match="say which column"):
        screen(frame, "name", screener=SCREENER, decisions=decisions)
    told = screen(frame, Columns("name", id="key"), screener=SCREENER, decisions=decisions)
    assert told["outcome"].to_list() == ["hit", "rejected"]


@pytest.mark.parametrize(
    "frame",
    [[{"name": "Dover"}], "name", None, pl.Series(["Dover"]), pd.Series(["Dover"]), pa.array(["Dover"])],
    ids=lambda frame: f"{type(frame).__module__}.{type(frame).__name__}",
)
def test_what_is_no_frame_is_refused(frame: object) -> None:
    with pytest.raises(BatchError, match="can't be screened"):
        screen(frame, "name", screener=SCREENER)


def test_columns_that_do_not_fit_are_refused(customers: dict[str, list[Any]]) -> None:
    frame = pl.DataFrame(customers)
    for columns, keep in (("nome", None), ("name", "nome"), (Columns("name", id="nome"), None)):
        with pytest.raises(BatchError, match="'nome'"):
            screen(frame, columns, keep=keep, screener=SCREENER)
    clashing = frame.rename({"note": "total"})
    with pytest.raises(BatchError, match="'total'"):
        screen(clashing, "name", screener=SCREENER, hits="nested")
    assert screen(clashing, "name", screener=SCREENER, hits="nested", keep=["no"]).width == 7
    twice = pd.DataFrame([["Dover", "x"]], columns=["name", "name"])
    with pytest.raises(BatchError, match="2 columns"):
        screen(twice, "name", screener=SCREENER)


def test_arguments_that_contradict_each_other_are_refused(customers: dict[str, list[Any]], tmp_path: Path) -> None:
    frame = pl.DataFrame(customers)
    with pytest.raises(BatchError, match="'rows' or 'nested'"):
        screen(frame, "name", screener=SCREENER, hits="list")  # type: ignore[arg-type]  # what is refused
    with pytest.raises(InvalidPolicyError, match="not both"):
        screen(frame, "name", screener=SCREENER, policy=Policy())
    with pytest.raises(NoListError):
        screen(frame, "name")


def test_classes_derived_from_a_frame_are_frames() -> None:
    class Book(pd.DataFrame):  # type: ignore[misc, name-defined]  # pandas ships no types
        """A frame of one's own."""

    assert len(screen(Book({"name": ["Dover"]}), "name", screener=SCREENER)) == 1


def test_a_fact_of_a_customer_bears_on_the_result(customers: dict[str, list[Any]]) -> None:
    """The columns of facts reach the subject."""
    frame = pl.DataFrame({"name": ["KIM", "KIM"], "number": ["PP 12345678", "1"]})
    told = screen(frame, Columns("name", identifiers="number"), screener=SCREENER)
    assert [outcome.partition(":")[0] for outcome in told["outcome"]] == ["hit", "suppressed"]


def test_importing_the_package_imports_no_library_of_frames() -> None:
    code = "import sys, screenkit.frames; print(sorted({'pandas', 'polars', 'pyarrow'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
