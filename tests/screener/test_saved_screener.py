"""Saving, opening, updating and sharing a screener: what is refused, and with which remedy."""

from __future__ import annotations

import gc
import multiprocessing
import pickle
import shutil
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from screenkit import Designation, InvalidRecordError, ListedName, NoListError, Screener, Screening
from screenkit.errors import DamagedFileError
from screenkit.search.files import snapshot as saving
from screenkit.search.files.block_file import Blocks, write_blocks

NAMES = ("Dandong Hongxiang Industrial Development", "KIM Jong Un", "PISKLIN, Mikhail", "Abd al-Rahman Karimi", "DOVER")
ASKED = ("Hong Xiang Industrial Development", "김정은", "Mihail Pisklin", "Abdulrahman Karimi", "Dover", "Jane Roe")


def listed(count: int = len(NAMES)) -> list[Designation]:
    return [Designation(id=str(at), names=[ListedName(text)]) for at, text in enumerate(NAMES[:count])]


def timeless(found: Screening) -> dict[str, Any]:
    """What a screening holds but for its time, which no other has."""
    return {**found.to_dict(), "time": None}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Screener(listed()).save(tmp_path / "screener")
    return tmp_path / "screener"


def with_meta(path: Path, **changed: str) -> None:
    """Write the file again, sound, with something else told about it."""
    file = Blocks.open(path, saving.KIND)
    blocks: dict[str, NDArray[Any] | bytes] = {}
    for name in file.names:
        try:
            blocks[name] = np.array(file.array(name))
        except KeyError:
            blocks[name] = bytes(file.data(name))
    write_blocks(path, saving.KIND, {**file.meta, **changed}, blocks)


@pytest.mark.parametrize(
    "told",
    ["format", "schema", "rules", "screenkit version", "unicode version", "unidecode version", "rapidfuzz version"],
)
def test_a_file_made_with_other_versions_is_refused_and_the_remedy_told(path: Path, told: str) -> None:
    with_meta(path, **{told: "another"})
    with pytest.raises(DamagedFileError, match=rf"made with {told} 'another'.*Make it again from the lists"):
        Screener.load(path)


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    write_blocks(tmp_path / "other", "decisions", {}, {"all": b"none"})
    with pytest.raises(DamagedFileError, match="holds 'decisions', where 'screener' is expected"):
        Screener.load(tmp_path / "other")
    (tmp_path / "list.xml").write_text("<list>" + " " * 100)
    with pytest.raises(DamagedFileError, match="screenkit did not save it"):
        Screener.load(tmp_path / "list.xml")


def test_a_changed_rule_or_table_changes_what_a_file_rests_on(monkeypatch: pytest.MonkeyPatch) -> None:
    before = saving._rules()
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda one: read(one) + b"#" if one.name == "commonness.txt" else read(one))
    assert saving._rules() != before


def test_the_designations_of_an_opened_screener_are_a_sequence(path: Path) -> None:
    found = Screener.load(path).designations
    assert (found[0], found[-1], found[1:3]) == (listed()[0], listed()[-1], tuple(listed()[1:3]))
    assert found.index(listed()[2]) == 2
    with pytest.raises(IndexError):
        found[len(NAMES)]


def test_two_saves_of_one_screener_are_the_same_bytes(path: Path, tmp_path: Path) -> None:
    Screener(listed()).save(tmp_path / "again")
    Screener.load(path).save(tmp_path / "copy")
    assert path.read_bytes() == (tmp_path / "again").read_bytes() == (tmp_path / "copy").read_bytes()


def test_an_opened_screener_is_pickled_as_its_path(path: Path) -> None:
    opened = Screener.load(path)
    pickled = pickle.dumps(opened)
    assert b"Hongxiang" not in pickled
    again = pickle.loads(pickled)
    assert [timeless(again.screen(text)) for text in ASKED] == [timeless(opened.screen(text)) for text in ASKED]
    Screener(listed(2)).save(path)
    with pytest.raises(DamagedFileError, match="replaced since it was opened"):
        pickle.loads(pickled)


@pytest.fixture
def start_method() -> Iterator[Callable[[str], None]]:
    before = multiprocessing.get_start_method()
    yield lambda method: multiprocessing.set_start_method(method, force=True)
    multiprocessing.set_start_method(before, force=True)


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
@pytest.mark.parametrize("is_opened", [False, True], ids=["made", "opened"])
def test_workers_find_what_one_process_finds_and_leave_no_file(
    path: Path, start_method: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, method: str, is_opened: bool
) -> None:
    start_method(method)
    screener = Screener.load(path) if is_opened else Screener(listed())
    expected = [timeless(screener.screen(text)) for text in ASKED]
    made: list[str] = []

    class Seen(TemporaryDirectory[str]):
        def __enter__(self) -> str:
            made.append(super().__enter__())
            return made[-1]

    monkeypatch.setattr("screenkit.workers.TemporaryDirectory", Seen)
    assert [timeless(one) for one in screener.screen_many(ASKED, workers=2)] == expected
    # A file is made for workers that share no memory and have none to open.
    assert bool(made) == (method != "fork" and not is_opened)
    assert not any(Path(folder).exists() for folder in made)


def test_threads_that_share_a_screener_find_what_one_finds(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Memories that hold next to nothing are replaced all the time while others read them.
    monkeypatch.setattr("screenkit.search.term_search.ROOM", 1)
    monkeypatch.setattr("screenkit.search.terms._NAMES_KEPT", 1)
    screener = Screener.load(path)
    expected = [timeless(Screener(listed()).screen(text, threshold=0.5)) for text in ASKED]
    wrong: list[object] = []

    def ask() -> None:
        for _ in range(30):
            try:
                found = [timeless(screener.screen(text, threshold=0.5)) for text in ASKED]
            except Exception as error:  # noqa: BLE001  # whatever a thread stumbles over fails the test
                wrong.append(error)
            else:
                wrong.extend(one for one, other in zip(found, expected, strict=True) if one != other)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_few_additions_leave_the_index_as_it_is_and_many_make_it_anew() -> None:
    screener = Screener([Designation(id=f"n{at}", names=[ListedName(f"Nobody {at}")]) for at in range(20)])
    index = screener._segments[0].segment.index
    few = screener.updated(added=listed(3), removed=["n7"])
    assert few._segments[0].segment.index is index
    assert [hit.designation.id for hit in few.screen("Dandong Hongxiang Industrial Development")] == ["0"]
    many = few.updated(added=[Designation(id=f"m{at}", names=[ListedName("DOVER")]) for at in range(3)])
    assert len(many._segments) == 1
    assert len(many) == 25


def test_what_is_added_is_listed_and_looked_up_beside_what_stays() -> None:
    made = [Designation(id=f"n{at}", names=[ListedName(f"Nobody {at}")]) for at in range(20)]
    added = listed(2)
    screener = Screener(made).updated(added=added)
    assert len(screener._segments) == 2
    assert list(screener) == [*made, *added]
    assert [screener.find(one.source, one.id) for one in screener] == [*made, *added]
    without = screener.updated(removed=["n7"])
    assert (without.find("", "n7"), without.find("", "n8")) == (None, made[8])
    assert without.find("another list", "n8") is None


def test_what_is_removed_is_gone_and_can_be_removed_once() -> None:
    without = Screener(listed()).updated(removed=["1", listed()[2]])
    assert [one.id for one in without] == ["0", "3", "4"]
    with pytest.raises(InvalidRecordError, match="not there: 1"):
        without.updated(removed=["1"])
    with pytest.raises(NoListError):
        without.updated(removed=["0", "3", "4"])


@pytest.mark.parametrize(
    "name",
    [
        "comparison/spans.py",
        "comparison/facts/identifiers.py",
        "search/deletions.py",
        "names/split.py",
        "names/slavic/phonetic.py",
    ],
)
def test_a_file_made_by_other_rules_is_told_by_their_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    copy = tmp_path / "screenkit"
    shutil.copytree(
        Path(saving.__file__).parents[2], copy, ignore=shutil.ignore_patterns("__pycache__", "sources", "cli")
    )
    monkeypatch.setattr(saving, "files", lambda _: copy)
    before = saving._rules()
    (copy / name).write_text((copy / name).read_text(encoding="utf-8") + "# another rule\n", encoding="utf-8")
    assert saving._rules() != before


def test_a_screener_that_nobody_has_any_more_lets_go_of_its_file_at_once(path: Path) -> None:
    """A service that goes over to new lists must not wait for the collector to have the memory of the old ones."""
    gc.collect()
    gc.disable()
    try:
        screener = Screener.load(path)
        assert screener.screen("Dover").hits
        assert screener._file is not None
        held = weakref.ref(screener._file), weakref.ref(screener._segments[0].segment.designations)
        del screener
        assert [one() for one in held] == [None, None]
    finally:
        gc.enable()
