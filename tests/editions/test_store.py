"""The store: what is taken up, what is refused, and that what is refused or breaks off changes nothing."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import screenkit
from screenkit import Designation, Screener
from screenkit.editions.checks import LIMITS
from screenkit.editions.store import Incoming, Installed, Store
from screenkit.editions.store_records import InstalledEdition, State, Validators
from screenkit.editions.turnover import Turnover
from screenkit.errors import (
    EditionRefusedError,
    InvalidRecordError,
    ListFormatError,
    NoListError,
    SourceError,
    StoreError,
    UnknownSourceError,
)

from . import house_lists

NOON = dt.datetime(2026, 5, 6, 12, tzinfo=dt.UTC)
Write = Callable[..., Path]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def house(tmp_path: Path) -> Write:
    """A house list of so many records (and of a kind, and of a date) in a file."""

    def write(records: int, *, kind: str = "", published: str = "", program: str = "EXIT-24") -> Path:
        lines: list[dict[str, object]] = [{"list": {"published": published}}] if published else []
        lines += [{"id": f"H{at}", "name": f"Acme {at}", "kind": kind, "programs": [program]} for at in range(records)]
        path = tmp_path / "own.jsonl"
        path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
        return path

    return write


def install(store: Store, path: Path, source: str = "house", when: dt.datetime = NOON, **options: object) -> Installed:
    return store.install(source, [Incoming(path=path)], retrieved=when, **options)  # type: ignore[arg-type]  # as given


def everything(store: Store) -> dict[str, bytes]:
    """All that is kept, by its path."""
    folders = ("files", "editions", "current")
    paths = [path for folder in folders for path in (store.path / folder).rglob("*") if path.is_file()]
    return {str(path.relative_to(store.path)): path.read_bytes() for path in paths}


def test_an_installed_edition_is_kept_as_published_with_what_was_counted(store: Store, house: Write) -> None:
    path = house(12, kind="person", published="2026-05-01")
    done = install(store, path)
    edition = done.edition
    assert (done.is_new, done.previous, store.current("house").edition) == (True, None, edition)
    assert (store.path / "files" / edition.files[0].sha256).read_bytes() == path.read_bytes()
    assert (edition.counts, edition.names, edition.programs) == ({"person": 12}, 12, {"EXIT-24": 12})
    assert (edition.published, edition.retrieved) == ("2026-05-01", "2026-05-06T12:00:00.000Z")
    assert InstalledEdition.from_dict(edition.to_dict()) == edition
    designations = list(store.read(edition))
    assert len(designations) == 12
    assert {one.edition for one in designations} == {edition.edition}
    assert store.verify() == ()


def test_several_files_are_one_edition_whatever_they_are_called_here(
    store: Store, shared: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = shared("lists/us_ofac_sdn/2023-12-28")
    files = [Incoming(path=folder / f"{name}.csv", url=f"https://example.org/{name}") for name in ("sdn", "alt", "add")]
    edition = store.install("us_ofac_sdn", files, retrieved=NOON).edition
    assert [file.name for file in edition.files] == ["add.csv", "alt.csv", "sdn.csv"]
    assert edition.files[0].url == "https://example.org/add"
    assert edition.counts == {"person": 6646, "organization": 6033, "vessel": 764, "aircraft": 378}
    assert sum(1 for _ in store.read(edition)) == 13_821
    with pytest.raises(EditionRefusedError, match="two files have the same name"):
        store.install("us_ofac_sdn", [files[0], files[0]], retrieved=NOON)


def test_an_equal_edition_is_a_successful_check_and_changes_nothing_else(store: Store, house: Write) -> None:
    first = install(store, house(3))
    again = install(store, house(3), when=NOON + dt.timedelta(hours=5))
    assert (again.is_new, again.edition, again.announcements) == (False, first.edition, ())
    state = store.current("house")
    assert (state.checked, len(state.history)) == ("2026-05-06T17:00:00.000Z", 1)
    install(store, house(3), when=NOON)
    assert store.current("house").checked == "2026-05-06T17:00:00.000Z", "an older check undoes no newer one"


def test_a_check_is_recorded_with_what_the_server_told(store: Store, house: Write) -> None:
    install(store, house(3))
    told = {"https://example.org/own.csv": Validators(etag='"7"')}
    store.checked("house", NOON + dt.timedelta(hours=1), told)
    assert (store.current("house").checked, store.current("house").validators) == ("2026-05-06T13:00:00.000Z", told)
    with pytest.raises(NoListError, match="screenkit update un_sc"):
        store.checked("un_sc", NOON)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"records": 200}, {"records": 179}, "179 designations, but the current edition has 200: more than 10%"),
        ({"records": 200, "kind": "person"}, {"records": 200, "kind": "vessel"}, "0 designations of kind person"),
        (
            {"records": 20, "published": "2026-05-02"},
            {"records": 20, "published": "2026-05-01"},
            "published 2026-05-01, before the current edition (2026-05-02)",
        ),
    ],
    ids=["shrunk", "shrunk of a kind", "older"],
)
def test_an_edition_that_falls_behind_is_refused_unless_accepted_with_a_reason(
    store: Store, house: Write, before: dict[str, object], after: dict[str, object], said: str
) -> None:
    install(store, house(**before))
    kept = everything(store)
    with pytest.raises(EditionRefusedError, match=re.escape(said)):
        install(store, house(**after))
    assert everything(store) == kept
    with pytest.raises(EditionRefusedError, match="state the reason"):
        install(store, house(**after), accept_change=" ")
    done = install(store, house(**after), accept_change="confirmed by telephone")
    for accepted in (done.accepted, done.edition.accepted, store.current("house").history[-1].accepted):
        assert accepted is not None
        assert accepted.reason == "confirmed by telephone"
        assert any(said in line for line in accepted.overridden)


def test_what_is_within_the_limits_needs_no_acceptance(store: Store, house: Write) -> None:
    install(store, house(200, published="2026-05-02"))
    assert install(store, house(180, published="2026-05-02")).edition.accepted is None


def own_list(path: Path, names: Iterable[str], ids: Iterable[object]) -> Path:
    lines = (json.dumps({"id": str(id), "name": name}) for id, name in zip(ids, names, strict=True))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("ids", "names"),
    [
        ([f"X{at}" for at in range(400)], [f"Acme {at}" for at in range(400)]),
        (range(400), [f"Acme {at}" for at in (*range(200), 9999, *range(200, 399))]),
    ],
    ids=["all ids are new", "a row inserted in the middle of a numbered list"],
)
def test_a_turnover_of_ids_is_refused_unless_accepted(
    store: Store, tmp_path: Path, ids: Iterable[object], names: list[str]
) -> None:
    install(store, own_list(tmp_path / "own.jsonl", [f"Acme {at}" for at in range(400)], range(400)))
    turned = own_list(tmp_path / "own.jsonl", names, ids)
    with pytest.raises(EditionRefusedError, match=r"a turnover of IDs: .* of 256 designations"):
        install(store, turned)
    done = install(store, turned, accept_change="the system has new numbers")
    assert done.accepted is not None
    assert "a turnover of IDs" in done.accepted.overridden[0]
    assert install(store, own_list(tmp_path / "own.jsonl", [*names[:-1], "Other"], ids)).edition.accepted is None


def test_a_short_list_exchanges_an_entry_and_a_renamed_one_keeps_its_former_name(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,name\n1,Acme\n2,Zenith\n3,Orbit\n4,Polar\n", encoding="utf-8")
    install(store, path)
    path.write_text("id,name\n1,Acme\n2,Zenith\n8,Azimut\n9,Nadir\n", encoding="utf-8")
    assert install(store, path).edition.accepted is None
    rows = "1,A Co,Acme\n2,B Co,Zenith\n8,C Co,Azimut\n9,D Co,Nadir\n"
    path.write_text(f"id,name,former_names\n{rows}", encoding="utf-8")
    assert install(store, path).edition.accepted is None
    path.write_text("id,name\n1,E\n2,F\n8,G\n9,D Co\n", encoding="utf-8")
    with pytest.raises(EditionRefusedError, match="3 of 4 designations"):
        install(store, path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("us_ofac_sdn/2021-03-10", "us_ofac_sdn/2021-07-07"),
        ("us_ofac_sdn/2021-07-07", "us_ofac_sdn/2023-12-28"),
        ("un_sc/2025-04-19", "un_sc/2025-11-20"),
        ("au_dfat/2024-12", "au_dfat/2026-02-24"),
    ],
)
def test_years_of_changes_of_a_published_list_are_no_turnover(
    old: str, new: str, designations_of: Callable[[str], list[Designation]]
) -> None:
    before, after = (Turnover(()), Turnover(()))
    for designation in designations_of(old):
        before.take(designation)
    after = Turnover(before.sample())
    for designation in designations_of(new):
        after.take(designation)
    assert after.compared == 256
    assert after.changed * 100 <= after.compared * LIMITS.turnover * 0.6


def test_unknown_columns_and_losses_are_announced(store: Store, tmp_path: Path, excerpt: Callable[[str], Path]) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,name,alaises,Branch\nH1,Acme,Acme Trading,Limassol\n", encoding="utf-8")
    assert install(store, path).announcements == (
        "house: new field 'alaises': not a documented column; its values are kept as facts; if it means aliases, rename"
        " it",
        "house: new field 'Branch': not a documented column; its values are kept as facts",
    )
    lossy = tmp_path / "windows.csv"
    text = excerpt("eu_csv/list.csv").read_text(encoding="utf-8")
    lossy.write_bytes(text.replace("Узор Прыкладаў", "???? ??????µ").encode("cp1252"))
    with pytest.raises(ListFormatError, match="the file is refused"):
        install(store, lossy, "eu_fsf", accept_change="an excerpt", strict=True)
    told = install(store, lossy, "eu_fsf", accept_change="an excerpt").announcements
    assert "eu_fsf: lost: 2 fields of the file, the first: windows.csv: not UTF-8" in "\n".join(told)


def test_an_undated_edition_retrieved_before_the_current_one_is_older(store: Store, house: Write) -> None:
    install(store, house(3))
    with pytest.raises(EditionRefusedError, match="retrieved 2026-05-05"):
        install(store, house(4), when=NOON - dt.timedelta(days=1))


def test_a_list_below_its_minimum_counts_is_refused(store: Store, excerpt: Callable[[str], Path]) -> None:
    path = excerpt("un_sc/consolidated.xml")
    with pytest.raises(EditionRefusedError, match="but a complete edition has at least 479"):
        install(store, path, "un_sc")
    assert store.sources() == ()
    assert install(store, path, "un_sc", accept_change="an excerpt").edition.accepted is not None


def test_nothing_lets_a_damaged_list_in(
    store: Store, house: Write, excerpt: Callable[[str], Path], shared: Callable[[str], Path]
) -> None:
    install(store, house(3))
    kept = everything(store)
    for path, source in (
        (excerpt("house/damaged.csv"), "house"),
        (excerpt("un_sc/consolidated.xml"), "house"),
        (excerpt("un_sc/faults.xml"), "un_sc"),
        (shared("lists/un_sc/damaged/consolidated.xml"), "un_sc"),
    ):
        with pytest.raises(ListFormatError):
            install(store, path, source, accept_change="whatever is in it")
    assert everything(store) == kept
    assert list((store.path / "staging").iterdir()) == []


def test_a_new_program_code_is_announced_and_never_blocks(store: Store, house: Write) -> None:
    install(store, house(3))
    assert install(store, house(3, program="NEW-7")).announcements == (
        "house: new program code 'NEW-7' (3 designations), which the program table doesn't have; it is kept as"
        " published",
    )
    assert install(store, house(4, program="NEW-7")).announcements == ()


def test_a_known_program_that_is_new_in_the_list_is_announced_too(store: Store, shared: Callable[[str], Path]) -> None:
    install(store, shared("lists/un_sc/2025-04-19/consolidated.xml"), "un_sc")
    told = install(store, shared("lists/un_sc/2025-11-20/consolidated.xml"), "un_sc").announcements
    assert told == ("un_sc: new program code 'Iran' (121 designations), which nobody had in the previous edition",)


def test_what_can_not_be_installed_at_all_is_refused_before_anything_is_written(store: Store, tmp_path: Path) -> None:
    for source, path, error in (
        ("nowhere", tmp_path, UnknownSourceError),
        ("starter", tmp_path, EditionRefusedError),
    ):
        with pytest.raises(error):
            install(store, path, source)
    with pytest.raises(EditionRefusedError, match="no file"):
        store.install("house", [], retrieved=NOON)
    assert not store.exists
    with pytest.raises(SourceError, match="can't be opened"):
        install(store, tmp_path / "absent.csv")


def test_times_have_a_zone_and_are_not_of_the_future(store: Store, house: Write) -> None:
    with pytest.raises(InvalidRecordError, match="no time zone"):
        install(store, house(3), when=dt.datetime(2026, 5, 6))
    with pytest.raises(InvalidRecordError, match="in the future"):
        install(store, house(3), when=dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))
    with pytest.raises(InvalidRecordError, match="can't be converted to UTC"):
        install(store, house(3), when=dt.datetime.min.replace(tzinfo=dt.timezone(dt.timedelta(hours=14))))
    with pytest.raises(InvalidRecordError, match="no time zone"):
        install(store, house(3), when=dt.date(2026, 5, 6))  # type: ignore[arg-type]  # a day is no time


@contextmanager
def without_permission(folder: Path) -> Iterator[None]:
    """Be somebody who may not read a folder; root, who may read everything, as another user."""
    is_root = os.geteuid() == 0
    folder.chmod(0o700 if is_root else 0)
    try:
        if is_root:
            os.seteuid(65_534)
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.mark.parametrize("folder", ["", "current", "editions", "editions/house"])
def test_a_folder_that_may_not_be_read_is_no_empty_one(
    house: Write, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TemporaryDirectory() as base:
        Path(base).chmod(0o755)
        store = Store(Path(base) / "store")
        install(store, house(3))
        monkeypatch.setenv("SCREENKIT_STORE", str(store.path))
        with without_permission(store.path / folder), pytest.raises(StoreError, match="permissions"):
            screenkit.screen("Acme 1")
        with without_permission(store.path / folder), pytest.raises(StoreError, match="permissions"):
            store.sources()
        assert store.sources() == ("house",)


def test_what_a_system_leaves_in_a_folder_is_no_source(store: Store, house: Write) -> None:
    install(store, house(3))
    for left in ("current/._house.json", "editions/.DS_Store", "editions/house/._x.json", "files/.DS_Store"):
        (store.path / left).write_bytes(b"left")
    assert store.sources() == ("house",)
    assert len(store.editions("house")) == 1
    assert store.verify() == ()


def test_editions_are_found_by_source_hash_and_day(store: Store, house: Write) -> None:
    old = install(store, house(3, published="2026-05-01")).edition
    new = install(store, house(4, published="2026-05-04"), when=NOON + dt.timedelta(days=1)).edition
    same_day = install(store, house(5, published="2026-05-04"), when=NOON + dt.timedelta(days=2)).edition
    assert store.editions("house") == (old, new, same_day)
    assert store.find("house") == same_day
    assert store.find(new.reference) == new
    assert store.find("house@2026-05-01") == old
    assert store.find("house@2026-05-07") == new, "no edition was published, one was retrieved that day"
    for reference, said in (
        ("house@2026-05-04", 'has 2 editions "2026-05-04"'),
        ("house@2020-01-01", 'house has no edition "2020-01-01"'),
        ("house@", "no edition"),
        ("un_sc", "is installed"),
        ("un_sc@2020-01-01", "Installed editions: none"),
    ):
        with pytest.raises(NoListError, match=said):
            store.find(reference)


def test_a_source_whose_current_edition_was_lost_is_missed_and_comes_back(store: Store, house: Write) -> None:
    edition = install(store, house(200)).edition
    store.state_path("house").unlink()
    assert store.sources() == ("house",)
    with pytest.raises(NoListError, match="missing, although there are editions of house"):
        Screener.open(store=store.path)
    assert len(store.verify()) == 1
    with pytest.raises(EditionRefusedError, match="but the current edition has 200"):
        install(store, house(100))
    again = install(store, house(200))
    assert (again.edition, again.accepted, store.verify()) == (edition, None, ())


def test_what_was_current_before_is_remembered_when_an_edition_comes_back(store: Store, house: Write) -> None:
    first = install(store, house(3)).edition
    second = install(store, house(4)).edition
    back = install(store, house(3), accept_change="the newer one was withdrawn", when=NOON - dt.timedelta(days=1))
    assert back.edition == first, "a manifest never changes"
    state = store.current("house")
    assert [change.edition for change in state.history] == [first.sha256, second.sha256, first.sha256]
    assert state.history[-1].accepted is not None
    assert State.from_dict(state.to_dict(), first) == state


def test_installing_the_same_files_again_repairs_what_is_damaged(store: Store, house: Write) -> None:
    edition = install(store, house(3)).edition
    raw = store.file_path(edition.files[0])
    for spoiled in (raw, store.path / "editions" / "house" / f"{edition.sha256}.json"):
        spoiled.write_bytes(b"spoiled")
        assert len(store.verify()) >= 1
        with pytest.raises(StoreError, match="damaged"):
            list(store.read(store.current("house").edition))
        try:
            install(store, house(3))
        except StoreError:
            install(store, house(3), accept_change="the manifest was damaged")
        assert store.verify() == ()
        assert len(list(store.read(store.current("house").edition))) == 3
    assert len(store.current("house").history) == 2, "history outlives a damaged manifest"


def test_a_missing_file_is_told_with_its_name(store: Store, house: Write) -> None:
    edition = install(store, house(3)).edition
    store.file_path(edition.files[0]).unlink()
    with pytest.raises(StoreError, match=r"missing; it is own\.jsonl"):
        store.read(edition)
    (store.path / "editions" / "house" / f"{edition.sha256}.json").unlink()
    with pytest.raises(StoreError, match="missing"):
        store.current("house")


def test_compiled_files_that_nobody_opened_for_days_are_removed_by_the_next_writer(store: Store, house: Write) -> None:
    install(store, house(3))
    old, recent = store.compiled_path("old"), store.compiled_path("recent")
    for path in (old, recent):
        path.write_bytes(b"")
    os.utime(old, (0, 0))
    store.checked("house", NOON)
    assert (old.exists(), recent.exists()) == (False, True)


def test_the_place_is_the_one_given_or_stated_or_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCREENKIT_STORE", str(tmp_path / "stated"))
    assert Store().path == tmp_path / "stated"
    assert Store(tmp_path / "given").path == tmp_path / "given"
    assert Store().is_expected
    monkeypatch.delenv("SCREENKIT_STORE")
    assert Store().path.name == "screenkit"


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """A quota: no file grows beyond so many bytes."""
    resource = pytest.importorskip("resource", reason="quotas are of POSIX")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [0, 100, 1_000, 3_000])
def test_a_quota_that_is_used_up_is_a_clear_error_and_the_old_edition_stays(
    store: Store, house: Write, size: int
) -> None:
    install(store, house(3))
    kept, larger = everything(store), house(300)
    with largest_file(size), pytest.raises(StoreError, match="can't be written: File too large"):
        install(store, larger)
    assert everything(store) == kept
    assert install(store, larger).edition.records == 300


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB; skips where none can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a tmpfs can't be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_fills_up_at_any_step_is_a_clear_error_and_the_old_edition_stays(
    small_disk: Path, tmp_path: Path
) -> None:
    store = Store(small_disk / "store")
    house_lists.install(store, tmp_path, 0, 10)
    kept = everything(store)
    refused = 0
    for left in range(1, 30):
        filler = small_disk / "filler"
        pages = os.statvfs(small_disk).f_bavail - left
        filler.write_bytes(bytes(pages * os.statvfs(small_disk).f_bsize))
        try:
            house_lists.install(store, tmp_path, 1, 900)
            break
        except StoreError as error:
            refused += 1
            assert "can't be written: No space left on device" in str(error)
            assert store.current("house").edition.records == 10
            assert store.verify() == ()
            assert kept.items() <= everything(store).items()
        finally:
            filler.unlink()
    assert refused > 5, "steps were met in which the disk is full"
    assert store.current("house").edition.records == 900
