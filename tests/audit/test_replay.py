"""Records of screenings: they hold all that is needed to repeat them, and no name where none is wanted."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from screenkit import AuditError, Designation, Identifier, ListedName, Policy, Screener, ScreenkitError, Subject, read
from screenkit.audit.differences import NOT_STATED
from screenkit.audit.replay import Replay, Replayer
from screenkit.cli import main
from screenkit.decisions import Decisions
from screenkit.editions.store import Incoming, Store
from screenkit.results.record import WITHHELD
from screenkit.sources.starter import starter_path

KEY, OTHER_KEY = b"0123456789abcdef", b"another key of enough bytes"
FULL = Subject(
    ["Chi Yupeng", "迟玉鹏"],
    kind="person",
    birth_date="1969-05-01",
    countries=["cn"],
    gender="m",
    identifiers=[Identifier(type="passport", value="G12345678", country="cn", note="a note"), "7704734000"],
    customer="K-17",
)
LIST = """id,name,aliases,kind,birth_dates,programs,measures
H1,Ivan Petrov,Vanya Petrov|Petrov I,person,1960,P,block|travel
H2,Acme Trading,,,,P,
"""


def restored(record: dict[str, Any]) -> dict[str, Any]:
    """A record as it comes back from JSON."""
    found = json.loads(json.dumps(record))
    assert isinstance(found, dict)
    return found


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with one edition of a list of one's own."""
    (tmp_path / "own.csv").write_text(LIST, encoding="utf-8")
    store = Store(tmp_path / "store")
    store.install("house", [Incoming(path=tmp_path / "own.csv")], retrieved=dt.datetime.now(dt.UTC))
    return store


@pytest.fixture
def screener(store: Store) -> Screener:
    return Screener.open(store=store.path, policy=Policy(threshold=0.6, max_age=None))


def replayed(store: Store, record: dict[str, Any], **given: Any) -> Replay:
    return Replayer(store).replay(restored(record), **given)


ASKED = (
    Subject("Ivan Petrov", kind="person", birth_date="1960-02-03"),
    Subject("Petrov Ivan", kind="organization", birth_date=dt.date(1999, 1, 1), countries=["ru"]),
    Subject(["Acme Tradng", "Nobody"], identifiers=["12345"]),
    Subject("Zzyzx Qwertz"),
    FULL,
)


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.names[0])
@pytest.mark.parametrize("options", [{}, {"threshold": 0.5, "limit": 1}], ids=["default", "limited"])
@pytest.mark.parametrize("key", [None, KEY], ids=["named", "hashed"])
def test_a_record_is_repeated_identically(
    store: Store, screener: Screener, asked: Subject, options: dict[str, Any], key: bytes | None
) -> None:
    found = screener.screen(asked, **options)
    record = found.to_dict(subject_key=key)
    again = replayed(store, record, subject=asked if key else None, subject_key=key)
    assert (again.is_identical, again.differences, again.versions) == (True, (), ())
    assert Replayer(store).replay(record, subject=asked if key else None, subject_key=key).is_identical
    assert [hit.result for hit in again.screening] == [hit.result for hit in found]
    assert again.screening.subject == asked


def test_a_record_names_all_that_its_result_rests_on(screener: Screener) -> None:
    before = dt.datetime.now(dt.UTC)
    record = restored(screener.screen("Ivan Petrov", limit=3).to_dict())
    assert set(record["components"]) == {"unicode", "unidecode", "rapidfuzz", "python-stdnum", "numpy"}
    assert set(record["tables"]) == {"matching", "reading"}
    assert (record["limit"], record["threshold"]) == (3, 6_000)
    assert record["policy"]["fingerprint"] == screener.policy.fingerprint
    assert len(record["editions"][0]["sha256"]) == 64
    time = dt.datetime.fromisoformat(record["time"])
    assert -0.001 <= (time - before).total_seconds() < 60
    assert record["time"].endswith("Z")


Change = Callable[[dict[str, Any]], None]


def _drop_hit(record: dict[str, Any]) -> None:
    del record["hits"][0]


def _add_hit(record: dict[str, Any]) -> None:
    record["hits"].append(json.loads(json.dumps(record["hits"][0]).replace('"H1"', '"H9"')))


def _points(record: dict[str, Any]) -> None:
    record["hits"][0]["evidence"][0]["points"] -= 1


def _remarks(record: dict[str, Any]) -> None:
    record["hits"][0]["designation"]["remarks"] = "another"


def _evidence(record: dict[str, Any]) -> None:
    record["hits"][0]["evidence"].pop()


@pytest.mark.parametrize(
    ("change", "places"),
    [
        (_drop_hit, ["hits[house H1]"]),
        (_add_hit, ["hits[house H9]"]),
        (_points, ["hits[house H1].evidence[0].points"]),
        (_remarks, ["hits[house H1].designation.remarks"]),
        (_evidence, ["hits[house H1].evidence[4]"]),
        (lambda record: record.update(total=7), ["total"]),
        (lambda record: record["editions"][0]["counts"].update(person=2), ["editions[house].counts.person"]),
        (lambda record: record["policy"].update(fingerprint="0"), ["policy.fingerprint"]),
        (lambda record: record["policy"].update(future_weight=1), ["policy.future_weight"]),
        (lambda record: record.pop("total"), ["total"]),
        (lambda record: record.update(is_clear=0), ["is_clear"]),
    ],
    ids=lambda value: ", ".join(value) if isinstance(value, list) else "",
)
def test_a_record_that_was_altered_differs_in_that_place_alone(
    store: Store, screener: Screener, change: Change, places: list[str]
) -> None:
    record = restored(screener.screen(Subject("Ivan Petroff", birth_date="1960", kind="person")).to_dict())
    change(record)
    again = replayed(store, record)
    assert [difference.place for difference in again.differences] == places
    assert not again.is_identical


def test_other_versions_are_told_and_make_no_other_result(store: Store, screener: Screener) -> None:
    record = restored(screener.screen("Ivan Petrov").to_dict())
    record["version"] = "0.0.1"
    record["components"]["rapidfuzz"] = "3.0"
    del record["components"]["numpy"]
    again = replayed(store, record)
    assert again.is_identical
    assert {one.place: one.recorded for one in again.versions} == {
        "version": "0.0.1",
        "components.rapidfuzz": "3.0",
        "components.numpy": NOT_STATED,
    }


def test_another_policy_finds_again_what_it_found(store: Store) -> None:
    screener = Screener.open(store=store.path, policy=Policy(ceiling=9_000, weak_sources=["house"], max_age=None))
    record = screener.screen("Ivan Petrovv", threshold=0.55).to_dict()
    assert replayed(store, record).is_identical


def test_the_subject_of_a_record_without_names_is_verified(store: Store, screener: Screener) -> None:
    record = screener.screen(FULL).to_dict(subject_key=KEY)
    with pytest.raises(AuditError, match="made without names"):
        replayed(store, record)
    for subject, key in ((FULL, OTHER_KEY), (Subject(FULL.names), KEY), (Subject(FULL.names[::-1]), KEY)):
        with pytest.raises(AuditError, match="not the one of the record"):
            replayed(store, record, subject=subject, subject_key=key)
    with pytest.raises(AuditError, match="at least 16"):
        screener.screen(FULL).to_dict(subject_key=b"short")


def test_what_is_missing_is_named_all_of_it(store: Store, excerpt: Callable[[str], Path]) -> None:
    lists = [read("un_sc", excerpt("un_sc/consolidated.xml")), read("eu_fsf", excerpt("eu_fsf/export.xml"))]
    by_hand = Designation(id="1", names=[ListedName("Ivan Petrov")])
    record = Screener([*lists[0], *lists[1], by_hand]).screen("Ivan Petrov").to_dict()
    with pytest.raises(AuditError) as caught:
        replayed(store, record)
    for part in (lists[0].edition.sha256, lists[1].edition.sha256, "import FILE --source un_sc", "directly"):
        assert part in str(caught.value)


def test_a_screening_is_repeated_from_the_files_as_published_and_not_from_what_the_search_compiled(
    store: Store, screener: Screener
) -> None:
    record = screener.screen("Ivan Petrov").to_dict()
    (compiled,) = (store.path / "compiled").iterdir()
    Screener([Designation(id="H9", names=[ListedName("Nobody")])]).save(compiled)
    assert replayed(store, record).is_identical


@pytest.mark.filterwarnings("ignore::screenkit.errors.StarterCoverageWarning")
def test_the_starter_list_is_repeated_from_the_package_where_it_is_the_one_recorded(store: Store) -> None:
    record = restored(Screener(read("starter", starter_path())).screen("Chi Yupeng").to_dict())
    again = replayed(store, record)
    assert (again.is_identical, again.screening.coverage) == (True, "starter")
    record["editions"][0]["sha256"] = "0" * 64
    with pytest.raises(AuditError, match="starter list with SHA-256 000"):
        replayed(store, record)


def test_parts_of_two_editions_of_a_list_are_not_searched_as_two_whole_ones(
    store: Store, screener: Screener, tmp_path: Path
) -> None:
    (tmp_path / "newer.csv").write_text(LIST + "H3,Zenith,,,,P,\n", encoding="utf-8")
    updated = screener.updated(added=[one for one in read("house", tmp_path / "newer.csv") if one.id == "H3"])
    with pytest.raises(AuditError, match="parts of two editions of house"):
        replayed(store, updated.screen("Zenith").to_dict())


BROKEN: dict[str, Change] = {
    "no subject": lambda record: record.pop("subject"),
    "a subject without names": lambda record: record["subject"].pop("names"),
    "a subject that is a text": lambda record: record.update(subject="Marker Name"),
    "a birth date that is none": lambda record: record["subject"].update(birth_date={"text": "Marker"}),
    "names that are none": lambda record: record["subject"].update(names=["Marker", ""]),
    "hits that are none": lambda record: record.update(hits=[{"Marker": 1}]),
    "a threshold that is a text": lambda record: record.update(threshold="0.7"),
    "a threshold too low": lambda record: record.update(threshold=1),
    "a limit that is none": lambda record: record.update(limit=0),
    "a policy that is none": lambda record: record["policy"].update(word_weight=-1),
    "a policy that is a list": lambda record: record.update(policy=[]),
    "editions without a hash": lambda record: record["editions"][0].pop("sha256"),
    "an edition that is elsewhere": lambda record: record["editions"][0].update(source="../.."),
    "a digest that is none": lambda record: record.update(subject={"digest": "ü"}),
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_a_record_that_is_none_is_refused_without_a_word_of_it(
    store: Store, screener: Screener, change: Change
) -> None:
    record = restored(screener.screen(Subject("Marker Petrov", birth_date="1960")).to_dict())
    change(record)
    with pytest.raises(ScreenkitError) as caught:
        replayed(store, record, subject=Subject("Marker Petrov"), subject_key=KEY)
    assert "Marker" not in str(caught.value)


LISTED = Screener(
    [
        Designation(id="1", kind="person", names=[ListedName("KIM, Jong Un"), ListedName("金正恩")], gender="male"),
        Designation(id="2", kind="person", names=[ListedName("PETROV, Ivan Sergeyevich")]),
        Designation(id="3", names=[ListedName("Korea Kwangson Trading Corporation")]),
        Designation(id="4", names=[ListedName("bin Ladin, Usama"), ListedName("Sam", strength="weak")]),
    ]
)
#: Words that stand in no listed name.
STRANGE = ("Qwertzon", "Vanyushka", "Zhongxing", "光善", "홍길동", "Kwangsonn", "Petroff", "Иваново")
WORDS = ("Kim", "Jong", "Un", "김정은", "金正恩", "Ivan", "Petrov", "Korea", "Trading", "Sam", "Usama", "Ladin", "bin")


@given(st.lists(st.sampled_from([*STRANGE, *WORDS]), min_size=1, max_size=4))
def test_a_record_under_a_key_holds_no_word_of_the_subject_that_is_not_listed(words: list[str]) -> None:
    asked = Subject(" ".join(words), birth_date="1961-02-03", countries=["zw"], gender="f", identifiers=["ID-4711-X"])
    found = LISTED.screen(asked, threshold=0.5)
    text = found.to_json(subject_key=KEY)
    for secret in (*(word for word in words if word in STRANGE), "1961-02-03", "ID-4711-X"):
        assert secret.casefold() not in text.casefold()
    for hit in json.loads(text)["hits"]:
        assert sum(evidence["points"] for evidence in hit["evidence"]) == hit["points"]
        assert {evidence["query"] for evidence in hit["evidence"]} <= {"", WITHHELD}
        # How the customer's name is read tells the name.
        assert hit["readings"][0]["text"] == WITHHELD
        assert not hit["readings"][0]["sounds"]


def test_a_record_under_a_key_tells_no_reviewers_reason_and_no_digest_that_can_be_guessed(
    store: Store, screener: Screener, tmp_path: Path
) -> None:
    asked = Subject("Ivan Petrov", customer="K-17")
    decisions = Decisions.open(tmp_path / "decisions", create=True)
    made = decisions.decide(
        screener.screen(asked), "H1", "cleared", reviewer="A", reason="that Qwertzon of Novosibirsk"
    )
    found = screener.screen(asked, decisions=decisions)
    assert [hit.designation.id for hit in found.suppressed] == ["H1"]
    record = found.to_dict(subject_key=KEY)
    text = json.dumps(record)
    assert "Qwertzon" not in text
    assert made.subject not in text
    with pytest.raises(AuditError, match="give the decisions file"):
        replayed(store, record, subject=asked, subject_key=KEY)
    # The customer key is the caller's own and stays in the record, so it needs not be given again.
    again = replayed(store, record, subject=Subject(asked.names), subject_key=KEY, decisions=decisions)
    assert again.is_identical


@pytest.mark.parametrize("name", ["김정은", "Kim Jeong-eun", "Chin Cheng-en", "Kim Chong-un"])
def test_the_readings_of_a_name_are_withheld_with_it(name: str) -> None:
    found = LISTED.screen(Subject(name, kind="person"), threshold=0.5)
    assert found.hits
    record = found.to_dict(subject_key=KEY)
    rules = {evidence["rule"] for hit in record["hits"] for evidence in hit["evidence"]}
    read_as = {reading.text for hit in found for reading in hit.readings[:1]}
    listed = {reading.text for hit in found for reading in hit.readings[1:]}
    for text in (name, *(read_as - listed)):
        assert not [rule for rule in rules if text in rule]
        assert text not in json.dumps(record["hits"], ensure_ascii=False)


# The command.


def run(*arguments: str, store: Store, stdin: str | None = None) -> Result:
    environment = {"COLUMNS": "120", "SCREENKIT_STORE": str(store.path)}
    return CliRunner().invoke(main, arguments, env=environment, input=stdin)


def test_records_are_read_from_files_lines_logs_and_standard_input(store: Store, tmp_path: Path) -> None:
    log = tmp_path / "log"
    done = run("screen", "Ivan Petrov", "Nobody Atall", "--json", "--audit", str(log), store=store)
    assert done.exit_code == 3, done.output
    (tmp_path / "lines").write_text(done.stdout, encoding="utf-8")
    whole = json.dumps(json.loads(done.stdout.splitlines()[0]), indent=2)
    for arguments, stdin in (
        (["replay", str(tmp_path / "lines")], None),
        (["replay", str(log)], None),
        (["replay", "-"], whole),
        (["replay", "-", "--json"], done.stdout),
        (["replay", "-"], "\ufeff" + done.stdout),
    ):
        result = run(*arguments, store=store, stdin=stdin)
        assert result.exit_code == 0, result.output
        assert "identical" in result.output
    altered = done.stdout.replace('"points": 10000', '"points": 9999')
    result = run("replay", "-", store=store, stdin=altered)
    assert result.exit_code == 1
    assert "hits[house H1].points: recorded 9999, now 10000" in result.output
    lines = [json.loads(line) for line in run("replay", "-", "--json", store=store, stdin=altered).stdout.splitlines()]
    assert [(line["line"], line["identical"]) for line in lines] == [(1, False), (2, True)]
    assert {"place": "hits[house H1].points", "recorded": 9_999, "repeated": 10_000} in lines[0]["differences"]


def test_a_record_without_names_is_repeated_with_the_name_and_the_key(store: Store, tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(KEY + b"\n")
    key = ["--subject-key", str(tmp_path / "key")]
    facts = ["--kind", "person", "--birth-date", "1960", "--country", "ru"]
    done = run("screen", "Ivan Petrov", "--json", *key, *facts, store=store)
    assert done.exit_code == 3
    right = ["replay", "-", "--name", "Ivan Petrov", *facts]
    assert run(*right, *key, store=store, stdin=done.stdout).exit_code == 0
    for arguments in (right, ["replay", "-", *key], ["replay", "-", "--name", "Ivan Petroff", *facts, *key]):
        result = run(*arguments, store=store, stdin=done.stdout)
        assert result.exit_code == 2
        assert "Petroff" not in result.output


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"line": 1}\nx', "null", "\xff"])
def test_what_is_no_record_is_an_error(store: Store, text: str) -> None:
    result = run("replay", "-", store=store, stdin=text)
    assert result.exit_code == 2, result.output
    assert isinstance(result.exception, SystemExit)


def test_a_list_that_left_the_store_is_missed_by_its_hash(store: Store, tmp_path: Path) -> None:
    done = run("screen", "Ivan Petrov", "--json", store=store)
    sha256 = store.current("house").edition.sha256
    shutil.rmtree(store.path)
    result = run("replay", "-", store=store, stdin=done.stdout)
    assert result.exit_code == 2
    assert sha256 in result.output.replace("\n", "")
    assert "screenkit import" in result.output


def test_a_screening_of_a_published_list_is_repeated(shared: Callable[[str], Path], tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    path = shared("lists/un_sc/2025-11-20/consolidated.xml")
    done = run("screen", "Ri Won Ho", "--json", "--list", str(path), "--source", "un_sc", store=store)
    assert run("replay", "-", store=store, stdin=done.stdout).exit_code == 2
    store.install("un_sc", [Incoming(path=path)], retrieved=dt.datetime.now(dt.UTC))
    again = run("replay", "-", store=store, stdin=done.stdout)
    assert (again.exit_code, "1 hit, 0 suppressed; searched un_sc of 2025-11-20" in again.output) == (0, True)
