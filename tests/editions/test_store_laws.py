"""What no damage, kill or crowd does to the store; each law is the short form of a proof or the whole of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit import Screener
from screenkit.editions.store import Store
from screenkit.errors import DamagedFileError, StoreError
from screenkit.search.files.block_file import Blocks
from screenkit.search.files.snapshot import KIND

from . import house_lists

#: Kills of an import; more with SCREENKIT_KILLS.
KILLS = os.environ.get("SCREENKIT_KILLS", "2")
TOOLS = Path(__file__).parents[2] / "tools"


class Spoilable:
    """A store, and what has to be found in it again."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder / "store")
        for edition in (1, 2):
            house_lists.install(self.store, folder, edition, 5)
        self.found = self.search()
        self.files = sorted(path for path in self.store.path.rglob("*") if path.is_file() and path.stat().st_size)

    def search(self) -> list[tuple[str, int]]:
        screener = Screener.open(store=self.store.path)
        return [(hit.designation.id, hit.points) for hit in screener.screen("Zhongxin 3 Trading of 2", threshold=0.5)]

    def use(self, path: Path) -> None:
        """Use the file, as reading the edition it belongs to does."""
        folder = path.relative_to(self.store.path).parts[0]
        if folder == "compiled":
            Blocks.open(path, KIND).verify()
        elif folder == "current":
            self.store.current("house")
        else:
            for edition in self.store.editions("house"):
                list(self.store.read(edition))


@pytest.fixture(scope="module")
def spoilable(tmp_path_factory: pytest.TempPathFactory) -> Spoilable:
    return Spoilable(tmp_path_factory.mktemp("spoilable"))


def flipped(data: bytes, at: int, by: int) -> bytes:
    return data[:at] + bytes([data[at] ^ by]) + data[at + 1 :]


def cut(data: bytes, at: int, _: int) -> bytes:
    return data[:at]


def lengthened(data: bytes, at: int, by: int) -> bytes:
    return data[:at] + bytes([by]) + data[at:]


@given(
    data=st.data(),
    damage=st.sampled_from([flipped, cut, lengthened]),
    by=st.integers(1, 255),
)
def test_any_byte_flipped_lost_or_added_anywhere_in_the_store_is_noticed_before_it_is_used(
    spoilable: Spoilable, data: st.DataObject, damage: Callable[[bytes, int, int], bytes], by: int
) -> None:
    path = data.draw(st.sampled_from(spoilable.files))
    sound = path.read_bytes()
    spoiled = damage(sound, data.draw(st.integers(0, len(sound) - 1)), by)
    path.write_bytes(spoiled)
    try:
        with pytest.raises((StoreError, DamagedFileError)):
            spoilable.use(path)
        if path.parent.name == "compiled":
            assert spoilable.search() == spoilable.found, "a damaged compiled file is made again"
        else:
            assert spoilable.store.verify() != ()
    finally:
        path.write_bytes(sound)


def test_every_single_bit_of_the_stores_records_counts(spoilable: Spoilable) -> None:
    records = [path for path in spoilable.files if path.suffix == ".json"]
    assert len(records) == 3
    for path in records:
        sound = path.read_bytes()
        try:
            for at in range(len(sound)):
                path.write_bytes(flipped(sound, at, 1 << at % 8))
                with pytest.raises(StoreError):
                    spoilable.use(path)
        finally:
            path.write_bytes(sound)


def test_a_record_or_file_in_anothers_place_is_noticed(tmp_path: Path) -> None:
    store = Spoilable(tmp_path).store
    one, two = sorted((store.path / "editions" / "house").iterdir())
    one.write_bytes(two.read_bytes())
    assert any("it is the manifest of" in line for line in store.verify())
    shutil.copy(store.path / "current" / "house.json", store.path / "current" / "un_sc.json")
    with pytest.raises(StoreError):
        store.current("un_sc")


def test_a_sound_compiled_file_of_other_editions_is_not_used(tmp_path: Path) -> None:
    spoilable = Spoilable(tmp_path)
    (compiled,) = (spoilable.store.path / "compiled").iterdir()
    older, current = spoilable.store.editions("house")
    assert spoilable.store.current("house").edition == current
    assert len(Screener.open(older.reference, store=spoilable.store.path)) == 5
    (other,) = set((spoilable.store.path / "compiled").iterdir()) - {compiled}
    shutil.copy(other, compiled)
    assert spoilable.search() == spoilable.found


def proved(script: str, *options: str) -> str:
    done = subprocess.run(
        [sys.executable, str(TOOLS / script), *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.proofs
def test_a_kill_at_any_moment_of_an_import_leaves_the_store_whole() -> None:
    """The short form of `python tools/prove_kill.py --times 100`."""
    assert "nothing committed was lost" in proved("prove_kill.py", "--times", KILLS)


def test_writers_and_readers_at_once_meet_no_error_and_no_mixed_edition() -> None:
    """The short form of `python tools/prove_shared.py --seconds 30`."""
    assert "whole and unmixed" in proved("prove_shared.py", "--seconds", "3")
