"""Decisions as CSV: what is written is read back, spreadsheets run nothing, and an unfit row refuses the file."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from screenkit import Decision, DecisionError, Decisions
from screenkit.decisions import export_csv, import_csv

FIT = Decision(
    customer="C-17",
    subject="a" * 64,
    source="us_ofac_sdn",
    designation="22603",
    content="b" * 64,
    matched_name="'ABD AL-RAHMAN",
    basis="name",
    policy="c" * 16,
    outcome="cleared",
    reviewer="A. Bell",
    decided=dt.datetime(2026, 1, 2, 3, 4, 5, 678_000, dt.UTC),
    reason="another man",
)
#: What breaks CSV files, spreadsheets and careless escapes.
HARD = (
    "=1+1",
    "'=1+1",
    "''=x",
    "'quoted",
    "@SUM(A1)",
    "-2",
    "+",
    " =1",
    "\t=1",
    "\r\nx",
    'a "b", c',
    "a,b;c",
    "＝1",
    "\ufeffx",
)

texts = st.one_of(
    st.sampled_from(HARD),
    st.text(st.sampled_from("'=+-@ \t\r\n\",;aÄ马\u202e\ufeff＝"), min_size=1, max_size=12),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40),
).filter(str.strip)
hexadecimal = st.text("0123456789abcdef", min_size=64, max_size=64)
times = st.datetimes(
    min_value=dt.datetime(1990, 1, 1),
    max_value=dt.datetime(2026, 1, 1),
    timezones=st.just(dt.timezone(dt.timedelta(hours=3))),
)


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    """Any decision."""
    decided = draw(times)
    days = draw(st.none() | st.integers(0, 10_000))
    return Decision(
        customer=draw(texts),
        subject=draw(hexadecimal),
        source=draw(st.just("") | texts),
        designation=draw(texts),
        content=draw(hexadecimal),
        matched_name=draw(texts),
        basis=draw(st.sampled_from(["name", "identifier"])),
        policy=draw(hexadecimal)[:16],
        outcome=draw(st.sampled_from(["cleared", "confirmed"])),
        reviewer=draw(texts),
        decided=decided,
        reason=draw(texts),
        until=None if days is None else decided.astimezone(dt.UTC).date() + dt.timedelta(days=days),
    )


@given(st.lists(decisions(), max_size=6, unique=True))
@example([attrs.evolve(FIT, reason=hard) for hard in HARD])
def test_what_is_exported_is_imported_and_exported_the_same(given: list[Decision]) -> None:
    """A file that was exported and imported holds the same decisions, in the same order, and exports the same bytes."""
    with TemporaryDirectory() as folder:
        one, other = (Decisions.open(Path(folder) / name, create=True) for name in ("one", "other"))
        assert one.record(given) == len(given)
        assert [kept.decision for kept in one.history()] == given
        first, second = Path(folder) / "first.csv", Path(folder) / "second.csv"
        assert export_csv(one, first) == len(given)
        assert import_csv(other, first) == (len(given), 0)
        assert [kept.decision for kept in other.history()] == given
        export_csv(other, second)
        assert first.read_bytes() == second.read_bytes()
        assert import_csv(other, first) == (0, len(given))


@given(decisions())
@example(attrs.evolve(FIT, reason="=HYPERLINK(A1)", customer="@x", matched_name="-1"))
def test_no_cell_begins_a_formula(given: Decision) -> None:
    """No cell of an exported file begins as a formula does."""
    with TemporaryDirectory() as folder:
        one = Decisions.open(Path(folder) / "one", create=True)
        one.record([given])
        path = Path(folder) / "one.csv"
        export_csv(one, path)
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
        assert not [
            cell
            for row in rows
            for cell in row
            if cell[:1] in tuple("\t\r\n") or cell.lstrip()[:1] in tuple("=+-@＝＋－＠")
        ]


@pytest.fixture
def kept(tmp_path: Path) -> Decisions:
    return Decisions.open(tmp_path / "kept", create=True)


def written(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, rows[0], lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    return path


def row(**changes: str) -> dict[str, str]:
    told = {field.name: str(getattr(FIT, field.name) or "") for field in attrs.fields(Decision)}
    return {**told, "decided": "2026-01-02T03:04:05Z", **changes}


def test_a_table_written_by_hand_is_read_with_its_own_columns_beside(kept: Decisions, tmp_path: Path) -> None:
    rows = [
        row(comment="seen"),
        row(customer="C-18", until="2027-01-01", decided="2026-01-02T06:04:05+03:00", comment=""),
    ]
    assert import_csv(kept, written(tmp_path / "own.csv", rows)) == (2, 0)
    one, other = (found.decision for found in kept.history())
    assert (one.matched_name, one.until) == ("'ABD AL-RAHMAN", None)
    assert (other.decided, other.until) == (one.decided, dt.date(2027, 1, 1))


def test_unfit_rows_are_told_all_together_by_their_lines_and_nothing_is_recorded(
    kept: Decisions, tmp_path: Path
) -> None:
    rows = [
        row(),
        row(reason="two\nlines", outcome="perhaps", subject="tiny"),
        row(customer=" ", decided="2 January 2026"),
        row(until="31/12/2026"),
        row(until="2020-01-01"),
        row(decided="2026-01-02T03:04:05"),
    ]
    with pytest.raises(DecisionError) as refusal:
        import_csv(kept, written(tmp_path / "bad.csv", rows))
    told = str(refusal.value)
    assert told.count("\n") == 7
    for line, field in (
        (3, "outcome"),
        (3, "subject"),
        (5, "customer"),
        (5, "decided"),
        (6, "until"),
        (7, "until"),
        (8, "decided"),
    ):
        assert f"line {line}: {field} must" in told
    assert "C-17" not in told
    assert kept.history() == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "each of these columns once: customer, subject"),
        ("customer,subject\n", "designation"),
        (",".join(row()) + ",customer\n", "each of these columns once: customer\\."),
        (",".join(row()) + "\nC-17,abc\n", "line 2: the row has 2 cells"),
        (",".join(row()) + '\n"C-17', "line 2"),
        (",".join(row()) + "\n" + ",".join(row().values()).replace("C-17", "C\0"), "NUL"),
    ],
)
def test_what_is_no_such_table_is_refused(kept: Decisions, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DecisionError, match=said):
        import_csv(kept, path)
    assert kept.history() == ()


def test_a_file_in_another_encoding_or_absent_is_refused(kept: Decisions, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("customer\nMüller\n", encoding="utf-16")
    with pytest.raises(DecisionError, match="UTF-8"):
        import_csv(kept, path)
    with pytest.raises(DecisionError, match="can't be read"):
        import_csv(kept, tmp_path / "absent.csv")
    with pytest.raises(DecisionError, match="can't be written"):
        export_csv(kept, tmp_path / "absent" / "out.csv")


def test_an_import_is_all_or_nothing_where_one_row_is_of_the_future(kept: Decisions, tmp_path: Path) -> None:
    later = (dt.datetime.now(dt.UTC) + dt.timedelta(days=1)).isoformat()
    with pytest.raises(DecisionError, match="clocks"):
        import_csv(kept, written(tmp_path / "later.csv", [row(), row(decided=later)]))
    assert kept.history() == ()


def test_an_old_export_does_not_override_a_newer_decision(kept: Decisions, tmp_path: Path) -> None:
    kept.record([FIT])
    export_csv(kept, tmp_path / "old.csv")
    other = Decisions.open(tmp_path / "other", create=True)
    newer = attrs.evolve(FIT, outcome="confirmed", decided=FIT.decided + dt.timedelta(days=1))
    other.record([newer])
    import_csv(other, tmp_path / "old.csv")
    counting = max(other.history(), key=lambda one: (one.decision.decided, one.number))
    assert counting.decision == newer
