"""An import of bundles that is killed, or finds the disk full, leaves a whole store with the edition before.

Two imports are killed; `SCREENKIT_KILLS=100 python -m pytest -s tests/editions/test_bundle_survive.py` kills more.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from screenkit import StoreError
from screenkit.editions.bundles.bundle import export_bundle, import_bundle
from screenkit.editions.store import Incoming, Store

from .house_lists import edition_of, write_list

KILLS = int(os.environ.get("SCREENKIT_KILLS", "2"))
RECORDS = 200
#: Imports bundle after bundle, from the one stated, and says which is in.
IMPORTER = """
import sys
from itertools import count
from pathlib import Path
from screenkit.editions.bundles.bundle import import_bundle
from screenkit.editions.store import Store

store, folder = Store(sys.argv[1]), Path(sys.argv[2])
print("ready", flush=True)
for number in count(int(sys.argv[3])):
    (outcome,) = import_bundle(store, folder / f"{number}.bundle")
    assert outcome.is_success, outcome.error
    print(number, flush=True)
"""


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bundles of one edition after the other, more than all imports get through."""
    folder = tmp_path_factory.mktemp("bundles")
    exporter = Store(folder / "exporter")
    first = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    for number in range(max(8 * KILLS, 24)):
        path = write_list(folder / "house.csv", number, RECORDS)
        exporter.install("house", [Incoming(path=path)], retrieved=first + dt.timedelta(seconds=number))
        export_bundle(exporter, folder / f"{number}.bundle")
    return folder


@pytest.mark.proofs
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_an_import_killed_at_any_moment_leaves_a_whole_store(bundles: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    import_bundle(store, bundles / "0.bundle")
    chance = random.Random(0)
    current, found = 0, Counter[str]()
    for _ in range(KILLS):
        command = [sys.executable, "-c", IMPORTER, str(store.path), str(bundles), str(current + 1)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0, 0.25))
            process.kill()
            acknowledged = [int(line) for line in process.stdout.read().split("\n")[:-1]]
        found["half written"] += any((store.path / "staging").iterdir())
        last = max(acknowledged, default=current)
        state = store.current("house")
        current = edition_of(list(store.read(state.edition)), RECORDS)
        assert last <= current <= last + 1
        assert store.verify() == ()
    (outcome,) = import_bundle(store, bundles / f"{current}.bundle")
    assert outcome.verdict == "unchanged"
    assert not list((store.path / "staging").iterdir())
    print(f"{KILLS} imports killed; edition {current} at the end; caught {dict(found)}")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 128 KiB; skips where none may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    command = [mount or "", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(folder)]
    if not mount or not unmount or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("not allowed to mount a small file system")
    try:
        yield folder
    finally:
        subprocess.run([unmount, str(folder)], check=True)


def test_a_full_disk_is_a_clear_error_and_the_edition_before_stays(small_disk: Path, bundles: Path) -> None:
    store = Store(small_disk / "store")
    import_bundle(store, bundles / "0.bundle")
    before = store.current("house")
    refused = [error for number in range(1, 20) if (error := trouble(store, bundles / f"{number}.bundle"))]
    assert refused
    assert all("No space left" in error and "Free some space" in error for error in refused), refused
    kept = store.current("house")
    assert store.verify() == ()
    edition_of(list(store.read(kept.edition)), RECORDS)
    assert kept.history[0] == before.history[0]
    with (small_disk / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while filler.write(bytes(512)):
            pass
    with pytest.raises(StoreError, match="No space left"):
        export_bundle(store, small_disk / "out")
    assert not [path for path in small_disk.iterdir() if path.name.startswith(("out", "."))]


def trouble(store: Store, bundle: Path) -> str:
    """Why a bundle could not be imported, whether all of it failed or its edition; empty where it was."""
    try:
        (outcome,) = import_bundle(store, bundle)
    except StoreError as error:
        return str(error)
    return outcome.error
