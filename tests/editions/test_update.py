"""What a publisher offers becomes current only whole and checked; whatever goes wrong, the edition before stays."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import filelock
import pytest
from click.testing import CliRunner, Result

from screenkit.cli import main
from screenkit.editions.download.request import FetchLimits
from screenkit.editions.store import Incoming, Store
from screenkit.editions.update import Outcome, Verdict, default_sources, update
from screenkit.errors import SourceError, UnknownSourceError
from screenkit.sources import manifest

from .server import Handler, Site, cut, failing, file, gzipped, in_turn, moved, proxy
from .un_list import un_list

QUICK = FetchLimits(silence_seconds=2, total_seconds=30, pause_seconds=0.001)


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site("127.0.0.1") as site:
        yield site


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("SCREENKIT_STORE", str(tmp_path / "store"))
    return Store()


def updated(store: Store, site: Site, *, accept_change: str | None = None) -> Outcome:
    urls = {"un_sc": [site.url("/consolidated.xml")]}
    (outcome,) = update(store, ["un_sc"], urls=urls, accept_change=accept_change, limits=QUICK)
    return outcome


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["update", *arguments], env={"COLUMNS": "140"})


def test_a_first_edition_becomes_current_with_where_and_when_it_was_fetched(store: Store, site: Site) -> None:
    site.answers["/consolidated.xml"] = gzipped(un_list("2025-04-19"), etag='"one"')
    outcome = updated(store, site)
    assert outcome.verdict is Verdict.UPDATED
    assert outcome.previous is None
    state = store.current("un_sc")
    assert outcome.edition == state.edition
    assert state.edition.published == "2025-04-19"
    assert state.checked == state.edition.retrieved
    (stored,) = state.edition.files
    assert (stored.name, stored.url) == ("consolidated.xml", site.url("/consolidated.xml"))
    assert store.file_path(stored).read_bytes() == un_list("2025-04-19")
    assert len(list(store.read(state.edition))) == state.edition.records
    assert not (store.path / "incoming" / "un_sc").exists()


def test_a_304_counts_as_a_check_and_changes_nothing_else(store: Store, site: Site) -> None:
    site.answers["/consolidated.xml"] = file(un_list("2025-04-19"), etag='"one"')
    first, before = updated(store, site), store.current("un_sc")
    outcome = updated(store, site)
    after = store.current("un_sc")
    assert outcome.verdict is Verdict.UNCHANGED
    assert outcome.edition == first.edition == after.edition
    assert site.asked[-1].headers["If-None-Match"] == '"one"'
    assert after.checked > before.checked
    assert after.history == before.history


def test_a_304_is_no_check_of_an_edition_that_became_current_meanwhile(
    store: Store, site: Site, tmp_path: Path
) -> None:
    site.answers["/consolidated.xml"] = file(un_list("2025-04-19"), etag='"one"')
    updated(store, site)
    (tmp_path / "other.xml").write_bytes(un_list("2025-05-01"))
    yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)

    def answer(handler: Handler) -> None:
        store.install("un_sc", [Incoming(path=tmp_path / "other.xml")], retrieved=yesterday)
        handler.reply(304)

    site.answers["/consolidated.xml"] = answer
    assert updated(store, site).verdict is Verdict.UNCHANGED
    assert store.current("un_sc").edition.published == "2025-05-01"
    assert store.current("un_sc").checked < (yesterday + dt.timedelta(seconds=1)).isoformat()


def test_an_equal_file_without_validators_counts_as_a_check(store: Store, site: Site) -> None:
    site.answers["/consolidated.xml"] = file(un_list("2025-04-19"))
    updated(store, site)
    before = store.current("un_sc")
    assert updated(store, site).verdict is Verdict.UNCHANGED
    assert store.current("un_sc").checked > before.checked


def test_a_new_edition_replaces_the_one_before_which_is_kept(store: Store, site: Site) -> None:
    site.answers["/consolidated.xml"] = in_turn(
        file(un_list("2025-04-19"), etag='"one"'), file(un_list("2025-11-20", persons=520), etag='"two"')
    )
    first, second = updated(store, site), updated(store, site)
    assert second.verdict is Verdict.UPDATED
    assert second.previous == first.edition
    assert store.current("un_sc").edition == second.edition
    assert store.editions("un_sc") == (first.edition, second.edition)


def test_after_another_edition_was_installed_nothing_is_asked_by_the_old_validators(store: Store, site: Site) -> None:
    site.answers["/consolidated.xml"] = file(un_list("2025-04-19"), etag='"one"')
    updated(store, site)
    with Site("127.0.0.1") as mirror:
        mirror.answers["/consolidated.xml"] = file(un_list("2025-05-01"))
        assert updated(store, mirror).verdict is Verdict.UPDATED
    assert updated(store, site).verdict is Verdict.REFUSED  # The first site still has the older one.
    assert "If-None-Match" not in site.asked[-1].headers


def test_a_damaged_file_of_the_store_is_fetched_again_even_if_unchanged(store: Store, site: Site) -> None:
    site.answers["/consolidated.xml"] = file(un_list("2025-04-19"), etag='"one"')
    edition = updated(store, site).edition
    assert edition is not None
    path = store.file_path(edition.files[0])
    path.write_bytes(path.read_bytes().replace(b"NAME", b"MANE", 1))
    assert store.verify()
    assert updated(store, site).verdict is Verdict.UNCHANGED
    assert not store.verify()


REFUSALS = {
    "an HTML page with status 200": (b"<!DOCTYPE html><html><body>Scheduled maintenance</body></html>", "HTML"),
    "an HTML page as XML": (b"<?xml version='1.0'?><html><body>Access denied</body></html>", "HTML"),
    "XML with entities": (
        b'<?xml version="1.0"?><!DOCTYPE CONSOLIDATED_LIST [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
        + b"]>"
        + un_list("2025-11-20").replace(b"<FIRST_NAME>", b"<FIRST_NAME>&j;", 1).partition(b"?>")[2],
        "document type definition",
    ),
    "an external entity": (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        + un_list("2025-11-20").partition(b"?>")[2],
        "document type definition",
    ),
    "a file cut off within": (un_list("2025-11-20")[:-40_000], "well-formed"),
    "an empty file": (b"", "empty"),
    "another list": (b'"id","name"\r\n', "expected"),
    "below the minimum counts": (un_list("2025-11-20", persons=400), "at least"),
    "shrunk": (un_list("2025-11-20", persons=520), "fewer"),
    "older": (un_list("2025-01-01", persons=600), "before the current edition"),
    "a record twice": (un_list("2025-11-20").replace(b"KPi.0002", b"KPi.0001"), "KPi.0001"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_fails_a_check_is_refused_and_the_old_edition_stays(store: Store, site: Site, case: str) -> None:
    body, reason = REFUSALS[case]
    site.answers["/consolidated.xml"] = file(un_list("2025-04-19", persons=600), etag='"one"')
    updated(store, site)
    before = store.current("un_sc")
    site.answers["/consolidated.xml"] = file(body, etag='"two"')
    outcome = updated(store, site)
    assert outcome.verdict is Verdict.REFUSED
    assert reason in outcome.error
    assert store.current("un_sc") == before
    assert not store.verify()
    assert [path.read_bytes() for path in outcome.kept] == [body]
    # It is no check that was passed: the next update asks as if it had never seen the file, and refuses it again.
    assert updated(store, site).verdict is Verdict.REFUSED
    assert site.asked[-1].headers["If-None-Match"] == '"one"'


def test_a_refused_edition_is_taken_up_with_a_reason_which_is_recorded(store: Store, site: Site) -> None:
    site.answers["/consolidated.xml"] = file(un_list("2025-04-19", persons=600))
    updated(store, site)
    site.answers["/consolidated.xml"] = file(un_list("2025-11-20", persons=500))
    outcome = updated(store, site, accept_change="delisting of a whole program, see the press release")
    assert outcome.verdict is Verdict.UPDATED
    assert outcome.edition is not None
    assert outcome.edition.accepted is not None
    assert outcome.edition.accepted.reason == "delisting of a whole program, see the press release"
    assert "fewer" in " ".join(outcome.edition.accepted.overridden)


def test_damage_is_never_accepted(store: Store, site: Site) -> None:
    site.answers["/consolidated.xml"] = file(un_list("2025-11-20")[:-9])
    assert updated(store, site, accept_change="as it is").verdict is Verdict.REFUSED
    assert not store.sources()


def test_a_new_program_code_is_announced_and_blocks_nothing(store: Store, site: Site) -> None:
    site.answers["/consolidated.xml"] = file(un_list("2025-04-19"))
    updated(store, site)
    site.answers["/consolidated.xml"] = file(un_list("2025-11-20", program="Moon"))
    outcome = updated(store, site)
    assert outcome.verdict is Verdict.UPDATED
    assert "'Moon'" in " ".join(outcome.announcements)


# Fetching.


def test_what_can_not_be_fetched_leaves_the_old_edition(store: Store, site: Site) -> None:
    site.answers["/consolidated.xml"] = file(un_list("2025-04-19"))
    updated(store, site)
    before = store.current("un_sc")
    site.answers["/consolidated.xml"] = cut(un_list("2025-11-20"), 50_000, ETag='"two"')
    outcome = updated(store, site)
    assert outcome.verdict is Verdict.FAILED
    assert outcome.edition == before.edition
    assert store.current("un_sc") == before
    site.answers["/consolidated.xml"] = file(un_list("2025-11-20"), etag='"two"')
    assert updated(store, site).verdict is Verdict.UPDATED
    assert site.asked[-1].headers["Range"] == "bytes=50000-"


def test_the_parts_of_a_list_are_fetched_together(store: Store, site: Site, excerpt: Callable[[str], Path]) -> None:
    folder = excerpt("ofac_legacy")
    urls = [site.url(f"/{path.name}") for path in sorted(folder.iterdir())]
    site.answers |= {f"/{path.name}": file(path.read_bytes(), etag=f'"{path.name}"') for path in folder.iterdir()}

    def once() -> Outcome:
        site.asked.clear()
        reason = "an excerpt, to be tested by"
        (outcome,) = update(store, ["us_ofac_sdn"], urls={"us_ofac_sdn": urls}, accept_change=reason, limits=QUICK)
        return outcome

    first = once()
    assert first.verdict is Verdict.UPDATED, first.error
    assert first.edition is not None
    assert [stored.name for stored in first.edition.files] == sorted(path.name for path in folder.iterdir())
    assert once().verdict is Verdict.UNCHANGED
    assert len(site.asked) == 4
    changed = (folder / "sdn.csv").read_bytes().replace(b"NORTH STAR", b"SOUTH STAR", 1)
    site.answers["/sdn.csv"] = file(changed, etag='"sdn.csv two"')
    assert once().verdict is Verdict.UPDATED
    assert len(site.asked) == 7  # Four questions for changes, then the three parts that belong to the changed one.


def test_plain_http_from_another_machine_is_announced(
    store: Store, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.answers["/consolidated.xml"] = file(un_list("2025-04-19"))
    urls = {"un_sc": ["http://mirror.example/consolidated.xml"]}
    with proxy(**{"mirror.example": f"{site.host}:{site.port}"}) as (address, seen):
        monkeypatch.setenv("HTTP_PROXY", address)
        (outcome,) = update(store, ["un_sc"], urls=urls, limits=QUICK)
    assert seen == ["GET http://mirror.example/consolidated.xml"]
    assert outcome.verdict is Verdict.UPDATED, outcome.error
    assert "plain http" in " ".join(outcome.announcements)


def test_two_parts_of_one_name_are_refused_before_anything_is_fetched(store: Store, site: Site) -> None:
    urls = [site.url("/one/list.csv"), site.url("/two/LIST.CSV")]
    with pytest.raises(SourceError, match="same file name"):
        update(store, ["us_ofac_sdn"], urls={"us_ofac_sdn": urls})
    assert not site.asked
    assert not store.exists


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("house", None),
        ("un_sc", "ftp://example.org/consolidated.xml"),
        ("un_sc", "consolidated.xml"),
    ],
)
def test_a_source_without_an_address_is_refused_before_anything_is_fetched(
    store: Store, source: str, url: str | None
) -> None:
    with pytest.raises(SourceError):
        update(store, [source], urls={source: [url]} if url else {})


def test_an_unknown_source_is_refused(store: Store) -> None:
    with pytest.raises(UnknownSourceError):
        update(store, ["moon"])


def test_a_list_of_ones_own_is_updated_from_its_address(
    store: Store, site: Site, excerpt: Callable[[str], Path]
) -> None:
    site.answers["/watch"] = file(excerpt("house/own_list.csv").read_bytes())
    (outcome,) = update(store, ["house"], urls={"house": [site.url("/watch?key=secret")]}, limits=QUICK)
    assert outcome.verdict is Verdict.UPDATED, outcome.error
    assert "secret" not in "".join(path.read_text() for path in store.path.glob("*/**/*.json"))


def test_by_default_all_official_lists_are_updated_and_others_once_they_are_installed(
    store: Store, site: Site, excerpt: Callable[[str], Path]
) -> None:
    official = {"au_dfat", "ca_sema", "ch_seco", "eu_fsf", "uk_fcdo", "un_sc", "us_csl", "us_ofac_cons", "us_ofac_sdn"}
    assert set(default_sources(store)) == official
    site.answers["/targets"] = file(excerpt("ftm/entities.ftm.json").read_bytes())
    (outcome,) = update(store, ["opensanctions"], urls={"opensanctions": [site.url("/targets")]}, limits=QUICK)
    assert outcome.verdict is Verdict.UPDATED, outcome.error
    assert set(default_sources(store)) == {*official, "opensanctions"}


def test_every_official_address_is_https_and_has_a_name_of_its_own() -> None:
    for source in default_sources(Store("nowhere")):
        files = manifest(source).default_files
        assert files
        assert all(one.url.startswith("https://") for one in files)
        assert all("." in (one.name or one.url.rpartition("/")[2]) for one in files)


def test_a_second_update_of_the_same_source_waits_and_says_so(store: Store, site: Site) -> None:
    site.answers["/consolidated.xml"] = file(un_list("2025-04-19"))
    (store.path / "incoming").mkdir(parents=True)
    urls = {"un_sc": [site.url("/consolidated.xml")]}
    with filelock.FileLock(store.path / "incoming" / "un_sc.lock"):
        (outcome,) = update(store, ["un_sc"], urls=urls, limits=FetchLimits(total_seconds=0.1))
    assert outcome.verdict is Verdict.FAILED
    assert "another update" in outcome.error
    assert updated(store, site).verdict is Verdict.UPDATED


def test_a_store_that_can_not_be_written_is_told(tmp_path: Path, site: Site) -> None:
    (tmp_path / "store").write_text("a file where the folder should be")
    outcome = updated(Store(tmp_path / "store"), site)
    assert outcome.verdict is Verdict.FAILED
    assert "can't be written" in outcome.error


FULL_DISK = """
import resource, sys
from screenkit.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
main(["update", "un_sc", "--url", sys.argv[1]])
"""


def test_a_disk_that_takes_no_more_is_told_and_not_kept_full(store: Store, site: Site) -> None:
    """The system refuses any file longer than a limit, as it refuses one that the disk has no room for."""
    site.answers["/consolidated.xml"] = file(un_list("2025-04-19"), etag='"one"')
    updated(store, site)
    before = store.current("un_sc")
    site.answers["/consolidated.xml"] = file(un_list("2025-11-20"), etag='"two"')
    script = [sys.executable, "-c", FULL_DISK, f"un_sc={site.url('/consolidated.xml')}"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "failed, the current one stays" in done.stdout
    assert "can't be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert store.current("un_sc") == before
    assert store.verify() == ()
    assert not (store.path / "incoming" / "un_sc").exists()
    assert updated(store, site).verdict is Verdict.UPDATED


# The command.


def test_the_command_goes_on_after_a_failure_and_its_exit_code_tells(store: Store, site: Site) -> None:
    site.answers["/consolidated.xml"] = file(un_list("2025-04-19"), etag='"one"')
    site.answers["/gone.csv"] = failing(404)
    good, bad = f"un_sc={site.url('/consolidated.xml')}", f"uk_fcdo={site.url('/gone.csv?token=secret')}"
    result = run("uk_fcdo", "un_sc", "--url", bad, "--url", good)
    assert result.exit_code == 2, result.output
    assert store.sources() == ("un_sc",)
    for part in ("failed", "updated", "2025-04-19", "answered 404", "The file has moved"):
        assert part in result.output
    assert "secret" not in result.output
    assert run("un_sc", "--url", good).exit_code == 0


def test_the_command_prints_one_object_per_source(store: Store, site: Site) -> None:
    site.answers["/consolidated.xml"] = moved("/list.xml", 302)
    site.answers["/list.xml"] = file(un_list("2025-04-19", program="Moon"), etag='"one"')
    good = f"un_sc={site.url('/consolidated.xml')}"
    result = run("un_sc", "uk_fcdo", "--json", "--url", good, "--url", f"uk_fcdo={site.url('/gone.csv')}")
    first, second = map(json.loads, result.stdout.splitlines())
    assert (first["source"], first["verdict"], first["designations"]) == ("un_sc", "updated", 640)
    assert "'Moon'" in first["announcements"][0]
    assert (second["source"], second["verdict"], second["edition"]) == ("uk_fcdo", "failed", None)
    assert "answered 404" in second["error"]
    assert result.exit_code == 2


def test_mirrors_can_be_named_by_the_environment(
    store: Store, site: Site, excerpt: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.answers["/consolidated.xml"] = file(un_list("2025-04-19"))
    site.answers["/own.csv"] = file(excerpt("house/own_list.csv").read_bytes())
    monkeypatch.setenv("SCREENKIT_URLS", f"un_sc={site.url('/consolidated.xml')} house={site.url('/own.csv')}")
    assert run("un_sc", "house").exit_code == 0
    assert store.sources() == ("house", "un_sc")


def test_bars_are_drawn_for_a_terminal_alone(store: Store, site: Site) -> None:
    site.answers["/consolidated.xml"] = file(un_list("2025-04-19"))
    arguments = ["update", "un_sc", "--url", f"un_sc={site.url('/consolidated.xml')}"]
    assert CliRunner().invoke(main, arguments).stderr == ""
    terminal = {"FORCE_COLOR": "1"}
    assert "consolidated.xml" in CliRunner().invoke(main, arguments, env=terminal).stderr
    assert CliRunner().invoke(main, [*arguments, "--json"], env=terminal).stderr == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--accept-change", "because"],
        ["un_sc", "uk_fcdo", "--accept-change", "because"],
        ["un_sc", "--url", "https://mirror.example/list.xml"],
        ["un_sc", "--url", "moon=https://mirror.example/list.xml"],
        ["moon"],
        ["house"],
    ],
    ids=str,
)
def test_wrong_arguments_are_exit_code_2_and_fetch_nothing(store: Store, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert not store.exists


def test_a_refusal_is_loud(store: Store, site: Site) -> None:
    site.answers["/consolidated.xml"] = file(un_list("2025-04-19", persons=600))
    url = f"un_sc={site.url('/consolidated.xml')}"
    run("un_sc", "--url", url)
    site.answers["/consolidated.xml"] = file(un_list("2025-11-20", persons=500))
    result = run("un_sc", "--url", url)
    assert result.exit_code == 2
    assert "refused, the current one stays" in result.stdout
    assert "--accept-change" in result.stderr
    assert str(store.path / "incoming" / "un_sc" / "consolidated.xml") in result.stderr
    accepted = run("un_sc", "--url", url, "--accept-change", "confirmed by the publisher")
    assert accepted.exit_code == 0, accepted.output


def test_real_editions_of_half_a_year_apart(store: Store, site: Site, shared: Callable[[str], Path]) -> None:
    before = shared("lists/un_sc/2025-04-19/consolidated.xml").read_bytes()
    after = shared("lists/un_sc/2025-11-20/consolidated.xml").read_bytes()
    damaged = shared("lists/un_sc/damaged/consolidated.xml").read_bytes()
    site.answers["/consolidated.xml"] = in_turn(file(before), file(damaged), gzipped(after), file(before))
    verdicts = [updated(store, site) for _ in range(4)]
    assert [one.verdict.value for one in verdicts] == ["updated", "refused", "updated", "refused"]
    assert store.current("un_sc").edition.records == 1_000
