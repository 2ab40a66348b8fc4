"""Decisions outlive what happens to processes and disks: SIGKILL, a full disk, many writers and readers at once.

Two writers are killed; this kills more:

    SCREENKIT_KILLS=100 python -m pytest tests/decisions/test_decisions_survive.py -k killed
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from screenkit import DecisionError, Decisions
from screenkit.decisions import export_csv, import_csv

KILLS = int(os.environ.get("SCREENKIT_KILLS", "2"))
BATCH = 3
#: Records batches of decisions about one customer until it is stopped or refused; says which batch is committed.
WRITER = f"""
import datetime as dt, sys
from screenkit import Decision, DecisionError, Decisions

path, customer, most = sys.argv[1], sys.argv[2], int(sys.argv[3])

def decision(number):
    return Decision(
        customer=customer, subject="a" * 64, source="us_ofac_sdn", designation=str(number), content="b" * 64,
        matched_name="ACME", basis="name", policy="c" * 16, outcome="cleared", reviewer="A. Bell", reason="x" * 1_000,
        decided=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )

print("ready", flush=True)
decisions = Decisions.open(path, create=True)
known = len(decisions.history(customer=customer)) // {BATCH}
for batch in range(known, known + most):
    try:
        decisions.record([decision(batch * {BATCH} + at) for at in range({BATCH})])
    except DecisionError as error:
        print("refused:", error, flush=True)
        break
    print(batch + 1, flush=True)
"""


def writer(
    path: Path, customer: str = "C-17", most: int = 1_000_000, prefix: tuple[str, ...] = ()
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*prefix, sys.executable, "-c", WRITER, str(path), customer, str(most)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def check_whole(path: Path, acknowledged: int, customer: str = "C-17") -> int:
    """How many batches there are: none torn, none lost that was acknowledged, all in order."""
    kept = [one.decision.designation for one in Decisions.open(path).history(customer=customer)]
    batches, torn = divmod(len(kept), BATCH)
    assert not torn
    assert kept == [str(number) for number in range(len(kept))]
    assert batches >= acknowledged
    return batches


@pytest.mark.proofs
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_writer_killed_at_any_moment_loses_nothing_that_it_committed(tmp_path: Path) -> None:
    path = tmp_path / "decisions.sqlite"
    chance = random.Random(0)
    committed, found = 0, Counter[str]()
    for kill in range(KILLS):
        if kill % 10 == 0:
            # One in ten is killed while it makes the file.
            path.unlink(missing_ok=True)
            committed = 0
        with writer(path) as process:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0, 0.004) if kill % 10 == 0 else chance.uniform(0, 0.08))
            process.kill()
            said = process.stdout.read().split("\n")
        acknowledged = [int(line) for line in said[:-1]]
        found["hot journal"] += path.with_name(f"{path.name}-journal").exists()
        found["no file yet"] += not path.exists()
        Decisions.open(path, create=True)
        committed = check_whole(path, max(acknowledged, default=committed))
    print(f"{KILLS} writers killed; {committed} batches at the end; caught {dict(found)}")


def test_many_writers_and_readers_at_once_lose_and_mix_nothing(tmp_path: Path) -> None:
    path = tmp_path / "decisions.sqlite"
    writers = [writer(path, f"C-{number}", 20) for number in range(3)]
    deadline = time.monotonic() + 120
    while any(process.poll() is None for process in writers):
        assert time.monotonic() < deadline
        if path.exists() and path.stat().st_size:
            for number in range(3):
                check_whole(path, 0, f"C-{number}")
    for number, process in enumerate(writers):
        said, trouble = process.communicate()
        assert (process.returncode, trouble, "refused" in said) == (0, "", False)
        assert check_whole(path, 20, f"C-{number}") == 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KiB; skips where none may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if not mount or not unmount:
        pytest.skip("this system has no mount")
    command = [mount, "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("not allowed to mount a small file system")
    try:
        yield folder
    finally:
        subprocess.run([unmount, str(folder)], check=True)


def test_a_full_disk_is_a_clear_error_and_what_was_committed_stays(small_disk: Path, tmp_path: Path) -> None:
    path = small_disk / "decisions.sqlite"
    said, trouble = writer(path).communicate(timeout=60)
    *batches, refusal = said.splitlines()[1:]
    assert trouble == ""
    assert refusal.startswith(f"refused: {path}: ")
    assert "disk is full, and nothing was recorded. Free some space" in refusal
    assert check_whole(path, int(batches[-1])) == int(batches[-1]) > 0
    elsewhere = tmp_path / "decisions.sqlite"
    shutil.copy(path, elsewhere)
    writer(elsewhere, most=1).communicate(timeout=60)
    assert check_whole(elsewhere, 0) == int(batches[-1]) + 1


def test_a_file_that_may_not_grow_is_a_clear_error_and_what_was_committed_stays(tmp_path: Path) -> None:
    path = tmp_path / "decisions.sqlite"
    limited = ("sh", "-c", 'ulimit -f 100; exec "$@"', "sh")
    said, trouble = writer(path, prefix=limited).communicate(timeout=60)
    *batches, refusal = said.splitlines()[1:]
    assert trouble == ""
    assert refusal.startswith(f"refused: {path}: ")
    assert "limits on file sizes" in refusal or "disk is full" in refusal
    committed = check_whole(path, int(batches[-1]))
    assert committed == int(batches[-1]) > 0
    writer(path, most=1).communicate(timeout=60)
    assert check_whole(path, 0) == committed + 1


def test_an_import_that_finds_the_disk_full_records_nothing(small_disk: Path, tmp_path: Path) -> None:
    source = tmp_path / "many.sqlite"
    writer(source, most=200).communicate(timeout=60)
    export_csv(Decisions.open(source), tmp_path / "many.csv")
    target = Decisions.open(small_disk / "decisions.sqlite", create=True)
    with pytest.raises(DecisionError, match="disk is full"):
        import_csv(target, tmp_path / "many.csv")
    assert target.history() == ()
