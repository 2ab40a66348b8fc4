"""Screener.open and screen(): what is opened, and that nothing stale or missing passes for searched."""

from __future__ import annotations

import datetime as dt
import pickle
import time
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

import screenkit
from screenkit import Policy, Screener
from screenkit.editions.freshness import Verdict, freshness, refuse_stale, spelled
from screenkit.editions.record_file import record_bytes
from screenkit.editions.store import CLOCK_TOLERANCE, Incoming, Store
from screenkit.editions.store_records import utc_text
from screenkit.errors import (
    DamagedFileError,
    InvalidPolicyError,
    InvalidRecordError,
    NoListError,
    StaleListError,
    StarterCoverageWarning,
    StoreError,
    UnknownSourceError,
)

HOUR = dt.timedelta(hours=1)


def ago(span: dt.timedelta) -> dt.datetime:
    return dt.datetime.now(dt.UTC) - span


@pytest.fixture
def store(tmp_path: Path, excerpt: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store of the environment: an official list, checked twelve hours ago, and a bank's own of two years ago."""
    store = Store(tmp_path / "store")
    official, own = excerpt("un_sc/consolidated.xml"), excerpt("house/own_list.csv")
    store.install("un_sc", [Incoming(path=official)], retrieved=ago(12 * HOUR), accept_change="an excerpt")
    store.install("house", [Incoming(path=own)], retrieved=ago(24 * 730 * HOUR))
    monkeypatch.setenv("SCREENKIT_STORE", str(store.path))
    return store


def at_the_clock(monkeypatch: pytest.MonkeyPatch, later: dt.timedelta) -> None:
    """Have the time be later for whoever asks for seconds since the epoch."""
    moment = (dt.datetime.now(dt.UTC) + later).timestamp()
    monkeypatch.setattr(time, "time", lambda: moment)


def test_open_searches_what_is_installed_and_says_which_editions(store: Store) -> None:
    screener = Screener.open()
    assert [edition.source for edition in screener.editions] == ["house", "un_sc"]
    assert {edition.retrieved for edition in screener.editions} == {
        store.current(source).edition.retrieved for source in ("house", "un_sc")
    }
    assert [edition.source for edition in Screener.open("un_sc").editions] == ["un_sc"]
    for source in store.sources():
        assert Screener.open([source]).screen(next(iter(store.read(store.find(source)))).name).hits


def test_a_compiled_search_finds_what_one_made_of_the_files_finds(store: Store) -> None:
    every = [one for source in store.sources() for one in store.read(store.find(source))]
    made = Screener(every)
    for _ in range(2):
        opened = Screener.open()
        assert set(opened) == set(every)
        for designation in every:
            found, expected = (one.screen(designation.name, threshold=0.5) for one in (opened, made))
            assert [(hit.designation.id, hit.points) for hit in found] == [
                (hit.designation.id, hit.points) for hit in expected
            ]
    assert len(list((store.path / "compiled").iterdir())) == 3, "one for each edition, and one for both"


def test_a_store_that_can_not_keep_a_compiled_file_is_searched_all_the_same(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    (store.path / "compiled").rmdir()
    assert Screener.open().editions
    assert "can't be written" in caplog.text


def test_open_never_falls_back_on_the_starter_list(tmp_path: Path, store: Store) -> None:
    for sources, place in ((None, tmp_path / "nowhere"), (["eu_fsf"], store.path), ([], store.path)):
        with pytest.raises(NoListError):
            Screener.open(sources, store=place)
    store.state_path("un_sc").write_bytes(b"{}")
    with pytest.raises(StoreError, match="damaged"):
        Screener.open()


def test_bare_screen_uses_the_starter_list_only_where_nothing_was_ever_installed(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {edition.source for edition in screenkit.screen("Acme").editions} == {"house", "un_sc"}
    monkeypatch.setenv("SCREENKIT_STORE", str(tmp_path / "lost"))
    with pytest.raises(NoListError):
        screenkit.screen("Acme")
    monkeypatch.delenv("SCREENKIT_STORE")
    with pytest.warns(StarterCoverageWarning):
        assert screenkit.screen("Acme").coverage == "starter"


def test_bare_screen_searches_a_new_edition_as_soon_as_it_is_current(store: Store, tmp_path: Path) -> None:
    assert not screenkit.screen("Zhongxin Hudong").hits
    path = tmp_path / "own.csv"
    path.write_text("id,name\nH1,Zhongxin Hudong\n", encoding="utf-8")
    store.install("house", [Incoming(path=path)], retrieved=dt.datetime.now(dt.UTC), accept_change="a new start")
    assert screenkit.screen("Zhongxin Hudong").hits


def test_age_counts_from_the_last_successful_check_and_only_where_there_is_one_to_make(store: Store) -> None:
    now = dt.datetime.now(dt.UTC)
    official, own = store.current("un_sc"), store.current("house")
    assert freshness(official, 24 * HOUR, now).verdict is Verdict.FRESH
    assert freshness(official, 11 * HOUR, now).verdict is Verdict.STALE
    assert freshness(official, None, now).verdict is Verdict.UNLIMITED
    assert freshness(official, 24 * HOUR, now - 13 * HOUR).verdict is Verdict.STALE, "the clock was set back"
    assert freshness(own, HOUR, now).verdict is Verdict.UNLIMITED, "nobody publishes a bank's own list"
    store.checked("un_sc", now)
    assert freshness(store.current("un_sc"), 11 * HOUR, now).verdict is Verdict.FRESH


def test_a_check_by_a_clock_that_was_ahead_gives_way_to_the_next_one(store: Store) -> None:
    state, now = store.current("un_sc"), dt.datetime.now(dt.UTC)
    ahead = attrs.evolve(state, checked=utc_text(now + 1_000 * HOUR))
    store.state_path("un_sc").write_bytes(record_bytes(ahead.to_dict()))
    with pytest.raises(StaleListError, match="in the future"):
        Screener.open("un_sc")
    store.checked("un_sc", now)
    assert store.current("un_sc").checked == utc_text(now)
    store.checked("un_sc", now - HOUR)
    assert store.current("un_sc").checked == utc_text(now), "an older word than the last one is none"
    assert Screener.open("un_sc").editions


def test_open_refuses_a_stale_list_unless_asked_for_a_date_or_any_age(store: Store) -> None:
    strict = Policy(max_age=11 * HOUR)
    with pytest.raises(StaleListError, match=r"un_sc was last checked .*, 12 hours ago.*screenkit update un_sc"):
        Screener.open(policy=strict)
    assert Screener.open("house", policy=strict).editions
    assert Screener.open(policy=Policy(max_age=None)).editions
    assert Screener.open(policy=strict, as_of=dt.datetime.now(dt.UTC).date()).editions
    assert Screener.open([store.find("un_sc").reference], policy=strict).editions


def test_an_opened_screener_refuses_once_it_is_stale_and_goes_on_once_it_was_checked(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    screener = Screener.open()
    copies = [screener, pickle.loads(pickle.dumps(screener)), screener.updated(removed=["H-2"])]
    dated = [Screener.open(policy=Policy(max_age=None)), Screener.open(as_of=dt.datetime.now(dt.UTC).date())]
    at_the_clock(monkeypatch, 13 * HOUR)
    for one in copies:
        with pytest.raises(StaleListError, match="25 hours ago"):
            one.screen("Acme")
    for one in dated:
        one.screen("Acme")
    store.checked("un_sc", dt.datetime.now(dt.UTC))
    for one in copies:
        one.screen("Acme")


def test_an_opened_screener_refuses_where_the_clock_was_set_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    screener = Screener.open()
    at_the_clock(monkeypatch, -1_000 * HOUR)
    with pytest.raises(StaleListError, match="in the future"):
        screener.screen("Acme")


def test_an_opened_screener_whose_list_was_replaced_refuses_when_it_would_be_stale(
    store: Store, excerpt: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screener = Screener.open()
    newer = tmp_path / "consolidated.xml"
    text = excerpt("un_sc/consolidated.xml").read_text(encoding="utf-8")
    newer.write_text(text.replace("2024-05-06", "2024-05-07"), encoding="utf-8")
    store.install("un_sc", [Incoming(path=newer)], retrieved=ago(HOUR), accept_change="an excerpt")
    screener.screen("Acme")
    at_the_clock(monkeypatch, 13 * HOUR)
    with pytest.raises(StaleListError, match="a newer edition was installed"):
        screener.screen("Acme")
    Screener.open().screen("Acme")


def test_as_of_opens_what_was_current_then(store: Store, tmp_path: Path) -> None:
    first = store.find("house")
    before = dt.datetime.now(dt.UTC)
    path = tmp_path / "own.csv"
    path.write_text("id,name\nH1,Zhongxin Hudong\n", encoding="utf-8")
    store.install("house", [Incoming(path=path)], retrieved=ago(HOUR), accept_change="a new start")
    assert [one.sha256 for one in Screener.open("house", as_of=before).editions] == [first.sha256]
    assert [one.sha256 for one in Screener.open("house", as_of=before.isoformat()).editions] == [first.sha256]
    assert len(Screener.open("house", as_of=before.date() + dt.timedelta(days=1))) == 1
    for sources in (None, ["house"]):
        with pytest.raises(NoListError, match=r"the first edition of house was installed on .* Choose a later date"):
            Screener.open(sources, as_of="2020-01-01")
    for wrong in ("yesterday", "2020-01-01T10:00:00"):
        with pytest.raises(InvalidRecordError, match="as_of"):
            Screener.open(as_of=wrong)
    for later in ("2999-01-01", before.date() + dt.timedelta(days=2), before + HOUR):
        with pytest.raises(InvalidRecordError, match="in the future"):
            Screener.open(as_of=later)


def test_as_of_leaves_out_a_list_that_was_first_installed_later_unless_it_is_named(store: Store) -> None:
    state, now = store.current("house"), dt.datetime.now(dt.UTC)
    earlier = attrs.evolve(state, history=(attrs.evolve(state.history[0], when=utc_text(now - 48 * HOUR)),))
    store.state_path("house").write_bytes(record_bytes(earlier.to_dict()))
    assert [one.source for one in Screener.open(as_of=now - 24 * HOUR).editions] == ["house"]
    with pytest.raises(NoListError, match="the first edition of un_sc was installed on"):
        Screener.open(["house", "un_sc"], as_of=now - 24 * HOUR)


def test_max_age_decides_nothing_about_scores_and_is_checked() -> None:
    assert Policy(max_age=None).fingerprint == Policy().fingerprint
    assert Policy(max_age=3_600).max_age == HOUR
    for wrong in (dt.timedelta(0), "24", True):
        with pytest.raises(InvalidPolicyError, match="max_age"):
            Policy(max_age=wrong)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (None, "none"),
        (dt.timedelta(seconds=59), "less than a minute"),
        (dt.timedelta(minutes=1), "1 minute"),
        (dt.timedelta(minutes=119), "1 hour"),
        (dt.timedelta(hours=24), "24 hours"),
        (dt.timedelta(days=2, hours=5), "2 days"),
    ],
)
def test_spans_in_words(span: dt.timedelta | None, words: str) -> None:
    assert spelled(span) == words


def test_a_compiled_file_of_another_version_is_no_obstacle(store: Store) -> None:
    Screener.open("house")
    (compiled,) = (store.path / "compiled").iterdir()
    compiled.write_bytes(b"of another version")
    with pytest.raises(DamagedFileError):
        Screener.load(compiled)
    assert Screener.open("house").editions
    assert Screener.load(compiled).editions


def test_a_source_that_there_is_none_of_is_told_as_such(store: Store) -> None:
    for wanted in ("un", "un@2025-11-20"):
        with pytest.raises(UnknownSourceError, match="sources are: au_dfat"):
            Screener.open(wanted)


def test_the_last_moment_of_an_age_is_fresh(store: Store) -> None:
    """The age itself is still allowed, and so is a clock that is as far off as may be; a microsecond more is not."""
    official, least = store.current("un_sc"), dt.timedelta(microseconds=1)
    checked = dt.datetime.fromisoformat(official.checked)
    for now, verdict in (
        (checked + 24 * HOUR, Verdict.FRESH),
        (checked + 24 * HOUR + least, Verdict.STALE),
        (checked - CLOCK_TOLERANCE, Verdict.FRESH),
        (checked - CLOCK_TOLERANCE - least, Verdict.STALE),
    ):
        assert freshness(official, 24 * HOUR, now).verdict is verdict
    refuse_stale([official], 24 * HOUR, checked + 24 * HOUR)
    with pytest.raises(StaleListError):
        refuse_stale([official], 24 * HOUR, checked + 24 * HOUR + least)
