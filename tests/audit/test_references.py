"""Records in a log refer to the policy, editions and versions, which are written once; and a book's records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screenkit import AuditError, Policy, Screener, read
from screenkit.audit import AuditLog, verify
from screenkit.audit.references import FIELDS
from screenkit.audit.replay import records
from screenkit.cli import main
from screenkit.sources.starter import starter_path

pytestmark = pytest.mark.filterwarnings("ignore::screenkit.StarterCoverageWarning")
KEY = b"k" * 32


def run(*arguments: object, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], env={"COLUMNS": "120"}, input=given)


def made(*names: str, policy: Policy | None = None) -> list[dict[str, object]]:
    screener = Screener(read("starter", starter_path()), policy=policy)
    return [json.loads(screener.screen(name).to_json()) for name in names]


@pytest.mark.parametrize("key", [None, KEY])
def test_what_all_records_share_is_written_once(tmp_path: Path, key: bytes | None) -> None:
    """Each line repeated the policy and the editions: 5 KB of a record without a hit (A7)."""
    log = AuditLog(tmp_path / "log", key=key)
    given = made("Ann Lee", "Chi Yupeng", "Bob Day")
    for record in given[:2]:
        log.append(record)
    assert AuditLog(tmp_path / "log", key=key).append(given[2]).count == 4
    lines = [json.loads(line)["record"] for line in (tmp_path / "log").read_bytes().splitlines()]
    assert set(lines[0]) == {"context"}
    assert not any(set(line) & {*FIELDS} for line in lines[1:])
    assert len(json.dumps(lines[3])) < 1_000
    with (tmp_path / "log").open(encoding="utf-8") as file:
        assert [record for _, record in records(file)] == given
    assert verify(tmp_path / "log", key=key).is_intact


def test_another_policy_or_another_kind_of_line_writes_it_again(tmp_path: Path) -> None:
    log = AuditLog(tmp_path / "log")
    one, other = made("Ann Lee")[0], made("Ann Lee", policy=Policy(threshold=0.9))[0]
    log.append(one, one, other, {"of": "another kind"}, other)
    lines = [json.loads(line)["record"] for line in (tmp_path / "log").read_bytes().splitlines()]
    assert [set(line) == {"context"} for line in lines] == [True, False, False, True, False, False, True, False]


def test_a_log_from_before_is_read_and_continued(tmp_path: Path) -> None:
    """Lines of version 0.1.0 before have everything in each record."""
    [record] = made("Ann Lee")
    path = tmp_path / "log"
    path.write_text(f"{json.dumps(record)}\n", encoding="utf-8")
    with path.open(encoding="utf-8") as file:
        assert [found for _, found in records(file)] == [record]


def test_a_record_whose_context_is_elsewhere_is_an_error(tmp_path: Path) -> None:
    AuditLog(tmp_path / "log").append(*made("Ann Lee"))
    alone = (tmp_path / "log").read_text(encoding="utf-8").splitlines()[1]
    with pytest.raises(AuditError, match="line 1: refers to line 1, which is not in the file; give the whole log"):
        list(records([alone]))


def test_one_line_of_a_log_is_replayed(tmp_path: Path) -> None:
    AuditLog(tmp_path / "log").append(*made("Ann Lee", "Chi Yupeng"))
    done = run("replay", tmp_path / "log", "--line", "3")
    assert (done.exit_code, done.output.count("identical")) == (0, 1), done.output
    assert "record on line 3" in done.output
    assert run("replay", tmp_path / "log", "--line", "9").exit_code == 2


@pytest.mark.parametrize("key", [None, KEY])
def test_a_log_that_lost_only_its_last_line_end_is_whole(tmp_path: Path, key: bytes | None) -> None:
    """Its last record was called torn, and replaced by a line that quotes it (A6)."""
    path = tmp_path / "log"
    AuditLog(path, key=key).append({"a": 1}, {"b": 2})
    head = verify(path, key=key).head
    path.write_bytes(path.read_bytes()[:-1])
    found = verify(path, key=key, head=head)
    assert found.head == head
    assert [str(fault) for fault in found.faults] == [
        "line 2: is as it was written, but its line end was cut off; the next line that is appended restores it"
    ]
    assert AuditLog(path, key=key).append({"c": 3}).count == 3
    written = [json.loads(line)["record"] for line in path.read_bytes().splitlines()]
    assert written == [{"a": 1}, {"b": 2}, {"c": 3}]
    assert verify(path, key=key).is_intact


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "book.csv").write_text("id,name\n" + "C1,Ann Lee\nC2,Chi Yupeng\nC3,Mikhail Pisklin\n" * 30)
    return tmp_path


def batch(*options: str) -> Result:
    listed = ("--list", str(starter_path()), "--source", "starter")
    return run("batch", "book.csv", "hits.csv", *listed, "--workers", "1", *options)


def test_a_batch_records_its_hits_and_is_recorded(book: Path) -> None:
    """Batch made no records (U8)."""
    assert batch("--audit", "log").exit_code == 3
    [line] = Path("log").read_bytes().splitlines()
    stated = json.loads(line)["record"]["batch"]
    assert (stated["screened"], stated["hits"]) == (90, 60)
    assert sorted(stated["files"]) == [
        *("hits.csv", "hits.csv.records.jsonl", "hits.csv.rejected.csv", "hits.csv.unread.csv")
    ]
    with open("hits.csv.records.jsonl", encoding="utf-8") as file:
        found = [record for _, record in records(file)]
    assert [record["subject"]["customer"] for record in found] == ["C2", "C3"] * 30
    done = run("replay", "hits.csv.records.jsonl")
    assert (done.exit_code, done.output.count("identical")) == (0, 60), done.output
    decided = ("--reviewer", "A. Bell", "--reason", "another")
    cleared = run("decisions", "clear", "hits.csv.records.jsonl", "22612", "--customer", "C2", "--file", "d", *decided)
    assert cleared.exit_code == 0, cleared.output
    # Continued after it had finished, it is recorded once.
    assert batch("--audit", "log", "--resume").exit_code == 3
    assert len(Path("log").read_bytes().splitlines()) == 1
    assert run("audit", "verify", "log").exit_code == 0


def test_files_that_were_altered_since_are_found(book: Path) -> None:
    batch("--audit", "log")
    assert "hits.csv.records.jsonl: as recorded" in run("audit", "verify", "log", "--files").output
    Path("hits.csv").write_bytes(Path("hits.csv").read_bytes().replace(b"C2", b"C9"))
    Path("hits.csv.rejected.csv").unlink()
    done = run("audit", "verify", "log", "--files")
    assert done.exit_code == 1
    assert "hits.csv: was altered" in done.output
    assert "hits.csv.rejected.csv: is missing" in done.output


def test_records_without_names(book: Path) -> None:
    Path("key").write_bytes(KEY)
    batch("--audit", "log", "--subject-key", "key")
    text = Path("hits.csv.records.jsonl").read_text()
    assert "hmac-sha256" in text
    assert "Mikhail Pisklin" not in text
