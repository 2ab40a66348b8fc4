"""A run that is ended anyhow goes on with --resume, loses nothing and repeats nothing.

In the tests a few kills; for more, set SCREENKIT_KILLS, such as

    SCREENKIT_KILLS=50 python -m pytest tests/books/test_interrupted.py
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from screenkit import Designation, ListedName, Policy, Screener
from screenkit.books import Progress
from screenkit.books.output.journal import Journal
from screenkit.errors import BatchError

from .books import customers, results, screened, write_csv

KILLS = int(os.environ.get("SCREENKIT_KILLS", "2"))
#: A kill comes so many seconds after the run begins, at the latest.
LATEST = 0.5

#: Screens a book as `books.screened` does, and commits after each chunk.
RUNNER = """
import sys
from screenkit import Policy, Screener
from screenkit.books import Task, open_book, screen_book
index, book, out, workers = sys.argv[1:]
screener = Screener.load(index, policy=Policy(weak_sources=("un_sc",)))
if __name__ == "__main__":
    print("ready", flush=True)
    with open_book(book) as opened:
        task = Task(columns=opened.columns, format="csv")
        screen_book(screener, opened, out, task, workers=int(workers), resume=True, commit_every=0)
    print("done", flush=True)
"""
#: Runs a script that may write files of so many bytes.
LIMITED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


class _StoppedError(Exception):
    """What a test ends a run by."""


def stopping_after(chunks: int) -> Callable[[Progress], None]:
    left = iter(range(chunks))

    def told(_: Progress) -> None:
        if next(left, None) is None:
            raise _StoppedError

    return told


@pytest.fixture
def runner(screener: Screener, tmp_path: Path) -> list[str]:
    """The beginning of a command that screens in a process of its own."""
    (tmp_path / "runner.py").write_text(RUNNER)
    screener.save(tmp_path / "index")
    return [sys.executable, str(tmp_path / "runner.py"), str(tmp_path / "index")]


@pytest.mark.proofs
def test_killed_at_random_moments_it_comes_to_the_same_result(
    screener: Screener, runner: list[str], tmp_path: Path
) -> None:
    """Whatever moment it is killed at, what is written in the end is byte by byte what one run writes."""
    book = write_csv(tmp_path / "book.csv", customers(6_000))
    whole = screened(screener, book, _folder(tmp_path / "whole") / "hits.csv")
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    out = _folder(tmp_path / "killed") / "hits.csv"
    killed = finished = 0
    for number in range(20 * KILLS):
        with subprocess.Popen(
            [*runner, str(book), str(out), str(1 + number % 2)], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n", f"seed {seed}"
            time.sleep(chance.uniform(0, LATEST))
            if killed < KILLS:
                process.kill()
            said = process.stdout.read()
        killed += process.returncode == -signal.SIGKILL
        if said:
            finished += 1
            assert results(out) == results(tmp_path / "whole" / "hits.csv"), f"seed {seed}"
            told = json.loads(out.with_name("hits.csv.summary.json").read_text())
            assert told | {"seconds": 0, "at": 0} == whole.to_dict() | {"seconds": 0, "at": 0}, f"seed {seed}"
            if killed >= KILLS:
                break
            out = _folder(tmp_path / f"killed{finished}") / "hits.csv"
    assert killed >= KILLS
    assert finished


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


@pytest.fixture(scope="module")
def whole(screener: Screener, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """What one run writes of a book of 4,000."""
    folder = tmp_path_factory.mktemp("whole")
    screened(screener, write_csv(folder / "book.csv", customers(4_000)), folder / "whole.csv")
    return results(folder / "whole.csv")


@pytest.mark.parametrize("chunks", [0, 1, 3])
@pytest.mark.parametrize("commit_every", [0, 1e9])
def test_ended_after_a_chunk_it_goes_on(
    screener: Screener, tmp_path: Path, chunks: int, commit_every: float, whole: tuple[bytes, bytes]
) -> None:
    book, out = write_csv(tmp_path / "book.csv", customers(4_000)), tmp_path / "hits.csv"
    with pytest.raises(_StoppedError):
        screened(screener, book, out, progress=stopping_after(chunks), commit_every=commit_every)
    assert not out.exists()
    with pytest.raises(BatchError, match="is an unfinished run"):
        screened(screener, book, out)
    seen: list[Progress] = []
    screened(screener, book, out, resume=True, progress=seen.append)
    assert results(out) == whole
    # What was committed is not done again.
    assert len(seen) == 8 - (0 if commit_every else chunks + 1)


def test_a_journal_cut_anywhere_goes_on_from_the_commit_before(screener: Screener, tmp_path: Path) -> None:
    book, out = write_csv(tmp_path / "book.csv", customers(2_000)), tmp_path / "hits.csv"
    screened(screener, book, tmp_path / "whole.csv")
    with pytest.raises(_StoppedError):
        screened(screener, book, out, progress=stopping_after(2), commit_every=0)
    journal = tmp_path / "hits.csv.journal"
    content = journal.read_bytes()
    kept = {path: path.read_bytes() for path in tmp_path.glob("hits.csv.*")}
    first = content.index(b"\n") + 1
    for cut in (first, first + 1, first + 20, len(content) - 1, len(content)):
        for path, raw in kept.items():
            path.write_bytes(raw)
        journal.write_bytes(content[:cut])
        screened(screener, book, out, resume=True)
        assert results(out) == results(tmp_path / "whole.csv"), cut
        out.unlink()
    for path, raw in kept.items():
        path.write_bytes(raw)
    journal.write_bytes(content[: first - 1])
    with pytest.raises(BatchError, match="is not the journal of a batch"):
        screened(screener, book, out, resume=True)


def test_a_run_goes_on_only_with_what_it_was_begun_with(screener: Screener, tmp_path: Path) -> None:
    book, out = write_csv(tmp_path / "book.csv", customers(2_000)), tmp_path / "hits.csv"
    with pytest.raises(_StoppedError):
        screened(screener, book, out, progress=stopping_after(1), commit_every=0)

    def refused(said: str, screener: Screener = screener, book: Path = book, **options: Any) -> None:
        with pytest.raises(BatchError, match=f"made with a different {said}\\."):
            screened(screener, book, out, resume=True, **options)

    refused("threshold", threshold=0.9)
    refused("limit", limit=3)
    refused("policy", Screener(screener.designations, policy=Policy(initial_weight=401)))
    refused("lists", screener.updated(removed=["KPi.901"]))
    refused("lists", screener.updated(added=[Designation(id="X1", kind="person", names=[ListedName("Ann Lee")])]))
    refused("input", book=write_csv(tmp_path / "other.csv", customers(2_000, seed=2)))
    screened(screener, book, out, resume=True)


def test_killed_between_two_names_of_its_files_it_gives_the_rest(screener: Screener, tmp_path: Path) -> None:
    """A run that was finished and not published, or half published, is published by the next one."""
    book, out = write_csv(tmp_path / "book.csv", customers(500)), tmp_path / "hits.csv"
    first = screened(screener, book, out)
    published = results(out)
    identity = {"at": first.at.isoformat(), "identity": dict(first.identity)}
    for names in (["hits.csv", "hits.csv.rejected.csv", "hits.csv.summary.json"], ["hits.csv.summary.json"], []):
        for name in names:
            (tmp_path / name).rename(tmp_path / f"{name}.part")
        journal = Journal(tmp_path / "hits.csv.journal")
        journal.begin(identity)
        files = [tmp_path / f"hits.csv{end}" for end in ("", ".rejected.csv", ".unread.csv")]
        written = [path if path.exists() else path.with_name(f"{path.name}.part") for path in files]
        digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in written]
        lengths = [path.stat().st_size for path in written]
        journal.commit({"is_finished": True, "lengths": [*lengths, 0], "digests": [*digests, ""]})
        assert screened(screener, book, out, resume=True) == first
        assert results(out) == published


@pytest.mark.parametrize("ending", ["part", "rejected.csv.part", "unread.csv.part", "keys"])
def test_a_file_that_was_altered_meanwhile_is_not_continued(screener: Screener, tmp_path: Path, ending: str) -> None:
    """A bit flipped in a file of an unfinished run went into the result (A6)."""
    book, out = write_csv(tmp_path / "book.csv", customers(2_000)), tmp_path / "hits.csv"
    with pytest.raises(_StoppedError):
        screened(screener, book, out, progress=stopping_after(1), commit_every=0)
    part = tmp_path / f"hits.csv.{ending}"
    raw = bytearray(part.read_bytes())
    raw[len(raw) // 2] ^= 1
    part.write_bytes(raw)
    with pytest.raises(BatchError, match="was altered since it was written"):
        screened(screener, book, out, resume=True)
    raw[len(raw) // 2] ^= 1
    part.write_bytes(raw)
    screened(screener, book, out, resume=True)


def test_a_worker_that_is_killed_ends_the_run_and_loses_nothing(
    screener: Screener, runner: list[str], tmp_path: Path
) -> None:
    book, out = write_csv(tmp_path / "book.csv", customers(6_000)), tmp_path / "hits.csv"
    screened(screener, book, tmp_path / "whole.csv")

    killed: list[int] = []

    def kill_one(progress: Progress) -> None:
        # What was done before it is still told of; the worker is gone then.
        if progress.rows >= 1_500 and not killed:
            children = Path(f"/proc/self/task/{os.getpid()}/children")
            if not children.exists():
                pytest.skip("this system does not tell a process's children")
            workers = [pid for pid in map(int, children.read_text().split()) if _is_worker(pid)]
            killed.append(workers[-1])
            os.kill(workers[-1], signal.SIGKILL)

    with pytest.raises(BatchError, match="a worker process was killed"):
        screened(screener, book, out, workers=2, progress=kill_one, commit_every=0)
    assert not out.exists()
    screened(screener, book, out, resume=True)
    assert results(out) == results(tmp_path / "whole.csv")


def _is_worker(pid: int) -> bool:
    return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()


def test_a_disk_that_is_full_is_an_error_and_resume_goes_on(
    screener: Screener, runner: list[str], tmp_path: Path
) -> None:
    book = write_csv(tmp_path / "book.csv", customers(3_000))
    whole = _folder(tmp_path / "whole") / "hits.csv"
    screened(screener, book, whole)
    out = _folder(tmp_path / "full") / "hits.csv"
    command = [*runner, str(book), str(out), "1"]
    limited = LIMITED.format(limit=whole.stat().st_size // 2)
    full = subprocess.run([sys.executable, "-c", limited, *command[1:]], capture_output=True, text=True, check=False)
    assert full.returncode == 1
    assert "BatchError" in full.stderr
    assert "File too large. Finished work is kept" in full.stderr
    assert not out.exists()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["ready", "done"], done.stderr
    assert results(out) == results(whole)


def test_two_runs_do_not_write_one_file(screener: Screener, tmp_path: Path) -> None:
    book, out = write_csv(tmp_path / "book.csv", customers(2_000)), tmp_path / "hits.csv"

    def second(_: Progress) -> None:
        with pytest.raises(BatchError, match="another process is writing it"):
            screened(screener, book, out, resume=True)

    screened(screener, book, out, progress=second)
    assert out.exists()
