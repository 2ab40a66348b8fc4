"""The laws of screening: each is headed by the sentence it proves."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from screenkit import (
    Designation,
    EvidenceKind,
    Identifier,
    ListedName,
    PartialDate,
    Place,
    Policy,
    Screener,
    Screening,
    ScreenkitError,
    Subject,
    compare,
    normalize,
)
from screenkit.comparison.designations import compare_subject
from screenkit.model.stated import identifier_of

WORDS = (
    "KOREA", "KWANGSON", "KWANGSONG", "BANKING", "TRADING", "CORPORATION", "CO.", "LTD.", "DANDONG", "HONGXIANG",
    "Hong", "Xiang", "KIM", "Jong", "Un", "Il", "PISKLIN", "Mikhail", "Mikhael", "Yur'evich", "V.", "M.", "44", "45",
    "al-Rashid", "bin", "Abdul", "Rahman", "AbdulRahman", "丹东", "至诚", "김정은", "김종은", "Михаил", "Писклин",
    "محمد", "O'Brien", "S.A.", "de", "C.V.", "III", "Fund", "Ö", "Müller", "Mueller", "Straße", "DOVER", "马",
    "小红", "Ma Xiaohong", "マキノ", "Владимир", "Volodymyr", "Иванович", "عبد الرحمن", "Mohammed", "Muhamad", "ООО",
    "有限公司", "မင်းအောင်", "ထွန်း", "ဦး", "Htun", "Tun", "Oo", "Min Aung",
)  # fmt: skip
#: Equal ones, ones that agree across sorts, and ones that don't.
NUMBERS = (
    "OA296623",
    "Passport OA296623",
    "9187629",
    "IMO 9187629",
    "DCBKKPPY",
    "DCBKKPPYXXX",
    "7704734000",
    "12",
    "---",
)
DATES = (
    *map(PartialDate.parse, ("1961-04-13", "1961-04", "1961", "1962", "1930-01-01", "1961-01-01")),
    PartialDate.of(1963, circa=True),
    PartialDate.between(PartialDate.of(1950), PartialDate.of(1970), text="1950 to 1970"),
)
COUNTRIES = ("kp", "cn", "ru")

words = st.sampled_from(WORDS) | st.text(st.sampled_from("abdehiknorsu"), min_size=1, max_size=9)
names = st.lists(words, min_size=1, max_size=6).map(" ".join)
thresholds = st.integers(50, 100).map(lambda percent: percent / 100)


identifiers = st.builds(
    Identifier,
    type=st.sampled_from(["other", "passport", "imo", "bic", "tax"]),
    value=st.sampled_from(NUMBERS),
    country=st.sampled_from([None, "ru", "kp"]),
)
dates = st.sampled_from(DATES)


@st.composite
def designations(draw: st.DrawFn) -> list[Designation]:
    """A short list of designations, some with weak names, several names, facts, or identifiers."""
    listed = st.builds(ListedName, names, strength=st.sampled_from(["strong", "strong", "weak"]))
    groups = draw(st.lists(st.lists(listed, min_size=1, max_size=3), min_size=1, max_size=8))
    return [
        Designation(
            id=str(number),
            names=group,
            kind=draw(st.sampled_from(["person", "organization", None])),
            gender=draw(st.sampled_from([None, "male", "female"])),
            birth_dates=draw(st.lists(dates, max_size=2)),
            nationalities=[Place(text=code, country=code) for code in draw(st.sets(st.sampled_from(COUNTRIES)))],
            identifiers=draw(st.lists(identifiers, max_size=2)),
        )
        for number, group in enumerate(groups)
    ]


subjects = st.builds(
    Subject,
    st.lists(names, min_size=1, max_size=3),
    kind=st.sampled_from(["person", "organization", None]),
    gender=st.sampled_from([None, "male", "female"]),
    birth_date=st.none() | dates,
    countries=st.sets(st.sampled_from(COUNTRIES)).map(sorted),
    identifiers=st.lists(identifiers | st.sampled_from(NUMBERS).filter(identifier_of), max_size=2),
)


@st.composite
def searches(draw: st.DrawFn) -> tuple[Subject, list[Designation]]:
    """A list and a subject, whose name is often one of the list's with a word or a letter changed."""
    listed, subject = draw(designations()), draw(subjects)
    if draw(st.booleans()):
        text = draw(st.sampled_from([name.text for one in listed for name in one.names]))
        at = draw(st.integers(0, len(text) - 1))
        near = draw(st.sampled_from([text, text[:at] + text[at + 1 :], f"{text[:at]} {text[at:]}", f"{text} Li"]))
        subject = attrs.evolve(subject, names=(*subject.names[1:], near if near.strip() else text))
    return subject, listed


def assert_screening_is_comparing(screener: Screener, subject: Subject, threshold: float) -> Screening:
    """Compare the subject with every designation: the same have to hit, with the same points and evidence, in order."""
    found = screener.screen(subject, threshold=threshold)
    least = round(threshold * 10_000)
    hits, suppressed = {}, {}
    for designation in screener.designations:
        alerting, weak = compare_subject(subject, designation, screener.policy)
        if alerting is not None and (alerting.points >= least or alerting.is_identified):
            hits[designation.id] = alerting
        elif weak is not None and weak.points >= least:
            suppressed[designation.id] = weak
    assert {hit.designation.id: hit.result for hit in found} == hits
    assert {hit.designation.id: hit.result for hit in found.suppressed} == suppressed
    assert found.total == len(hits)
    for group in (list(found), list(found.suppressed)):
        assert [hit.points for hit in group] == sorted((hit.points for hit in group), reverse=True)
    return found


@given(names)
@example("S.A. de C.V.")
@example("ﷺ")
@example("İstanbul ß ǅ")
def test_normalizing_twice_changes_nothing(name: str) -> None:
    once = normalize(name)
    again = normalize(once.cleaned)
    assert (again.tokens, again.readings) == (once.tokens, once.readings)


@given(st.text(min_size=1, max_size=60))
def test_cleaning_any_text_twice_changes_nothing(text: str) -> None:
    from screenkit.names.clean import clean

    once, _ = clean(text)
    assert clean(once) == (once, ())


@pytest.mark.parametrize("name", ["Мaкаров", "ТAMБOB", "Йß", "Йİ", "\u0441_Smith"])
def test_a_letter_of_another_script_is_repaired_alike_in_capitals_and_on_its_own(name: str) -> None:
    from screenkit.names.clean import clean

    once, _ = clean(name)
    assert clean(once) == (once, ())
    assert clean(name.upper())[0] == clean(name.lower())[0] == once
    assert clean(name.replace("_", " "))[0].split() == once.replace("_", " ").split()


@given(st.text(min_size=1, max_size=60))
def test_the_trace_replays_to_the_same_text(text: str) -> None:
    from screenkit.names import STEPS
    from screenkit.names.clean import clean

    replayed, steps = text, dict(STEPS)
    cleaned, trace = clean(text)
    for step in trace:
        assert step.before == replayed
        replayed = steps[step.step](replayed)
        assert step.after == replayed
    assert replayed == cleaned


@given(subjects, designations())
def test_evidence_adds_up_to_the_score(subject: Subject, listed: list[Designation]) -> None:
    for designation in listed:
        score = compare(subject, designation)
        assert sum(evidence.points for evidence in score.evidence) == score.points
        assert 0 <= score.points <= 10_000


@given(searches(), thresholds)
def test_search_returns_exactly_what_comparing_every_designation_returns(
    search: tuple[Subject, list[Designation]], threshold: float
) -> None:
    subject, listed = search
    found = assert_screening_is_comparing(Screener(listed), subject, threshold)
    oracle = {designation.id: compare(subject, designation) for designation in listed}
    assert {hit.designation.id: hit.result for hit in found} == {
        id: score for id, score in oracle.items() if score.points >= round(threshold * 10_000) or score.is_identified
    }


@given(searches(), st.randoms(use_true_random=False))
def test_the_order_of_the_list_does_not_matter(search: tuple[Subject, list[Designation]], chance: Random) -> None:
    subject, listed = search
    shuffled = chance.sample(listed, len(listed))
    one, other = (Screener(some).screen(subject, threshold=0.5) for some in (listed, shuffled))
    assert timeless(one) == timeless(other)


@given(searches(), names)
def test_adding_a_strong_alias_never_lowers_the_score(search: tuple[Subject, list[Designation]], alias: str) -> None:
    subject, listed = search
    for designation in listed:
        more = attrs.evolve(designation, names=(*designation.names, ListedName(alias)))
        assert compare(subject, more).points >= compare(subject, designation).points


@given(searches(), names)
def test_another_name_of_the_subject_never_lowers_the_score(
    search: tuple[Subject, list[Designation]], alias: str
) -> None:
    subject, listed = search
    more = attrs.evolve(subject, names=(*subject.names, alias))
    for designation in listed:
        assert compare(more, designation).points >= compare(subject, designation).points


@given(names, names)
def test_only_names_that_are_equal_after_normalization_reach_the_full_score(one: str, other: str) -> None:
    is_equal = normalize(one).canonical == normalize(other).canonical
    assert (compare(one, other).points == 10_000) == is_equal


@given(names, designations())
def test_a_whole_strong_name_always_hits(name: str, listed: list[Designation]) -> None:
    there = Designation(id="there", names=[ListedName(name)])
    found = Screener([*listed, there]).screen(name, threshold=1.0)
    assert "there" in {hit.designation.id for hit in found}


@given(names, designations())
def test_case_width_composition_and_invisible_characters_change_no_score(name: str, listed: list[Designation]) -> None:
    variants = (
        unicodedata.normalize("NFD", name),
        "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and c not in "',." else c for c in name),
        "\u200b".join(name),
        f"\u202e {name}\u2069",
        name.replace(" ", "-"),
        name.upper() if name.upper().casefold() == name.casefold() else name,
    )
    for designation in listed:
        points = compare(name, designation).points
        assert [compare(variant, designation).points for variant in variants] == [points] * len(variants)


@given(st.text(max_size=200))
@example("\ud800")
@example("\u202e\u200b")
@example("\x00")
@example("a" * 4_096)
@example("ﷺ" * 4_096)
@example(" ".join("abcdefghijklmnopqrst" * 20))
@example("trading " * 300)
def test_any_text_gives_a_result_or_a_clear_error_in_bounded_time(text: str) -> None:
    screener = Screener([Designation(id="1", names=[ListedName("DANDONG HONGXIANG TRADING CO., LTD.")])])
    started = process_time()
    with suppress(ScreenkitError):
        screener.screen(text).to_json().encode()
    assert process_time() - started < 20


@given(names, designations())
def test_a_missing_fact_costs_nothing(name: str, listed: list[Designation]) -> None:
    for designation in listed:
        bare = Designation(id=designation.id, names=designation.names)
        with_facts = Subject(name, kind="person", gender="male", birth_date="1970", countries=["kp"])
        assert compare(with_facts, bare).points == compare(name, bare).points


@given(names, st.sampled_from(["1961", "1961-04", "1961-04-13"]))
def test_a_contradiction_never_hides_an_exact_name(name: str, born: str) -> None:
    listed = Designation(
        id="1", kind="person", gender="male", names=[ListedName(name)], birth_dates=[PartialDate.parse("1930-01-02")]
    )
    contradicting = Subject(name, kind="organization", gender="female", birth_date=born)
    assert compare(contradicting, listed).points == 10_000


@given(names, designations())
def test_results_survive_the_way_to_json_and_quote_names_as_published(name: str, listed: list[Designation]) -> None:
    found = Screener(listed).screen(name, threshold=0.5)
    restored = json.loads(found.to_json())
    assert restored == json.loads(json.dumps(found.to_dict()))
    published = {designation.id: {alias.text for alias in designation.names} for designation in listed}
    for hit in restored["hits"]:
        assert hit["matched_name"]["text"] in published[hit["designation"]["id"]]


def timeless(found: Screening) -> dict[str, Any]:
    """What a screening holds but for its time, which no other has."""
    return {**found.to_dict(), "time": None}


@pytest.fixture(scope="module")
def every_word_a_name(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A saved list of all words and pairs of them, and names to ask for: more than one lookup is remembered for."""
    pairs = [f"{one} {other}" for one in WORDS[::2] for other in WORDS[1::2]]
    listed = [Designation(id=str(at), names=[ListedName(text)]) for at, text in enumerate((*WORDS, *pairs))]
    path = tmp_path_factory.mktemp("laws") / "every word"
    Screener(listed).save(path)
    return path, [f"{one} {other}" for one in WORDS[:20] for other in WORDS[-20:]]


def found_by(screener: Screener, asked: Sequence[str]) -> list[list[tuple[str, int]]]:
    """Identifiers and points of the hits for each name."""
    return [[(hit.designation.id, hit.points) for hit in screener.screen(name, threshold=0.5)] for name in asked]


def test_workers_change_no_result(every_word_a_name: tuple[Path, list[str]]) -> None:
    path, asked = every_word_a_name
    screener = Screener.load(path)
    alone = [timeless(found) for found in screener.screen_many(asked[::4], threshold=0.5)]
    together = [timeless(found) for found in screener.screen_many(asked[::4], threshold=0.5, workers=2)]
    assert alone == together
    assert sum(bool(found["hits"]) for found in alone) > 50


@pytest.mark.parametrize("remembered", [32_768, 0, 3])
def test_threads_that_share_a_screener_find_what_one_finds(
    remembered: int, monkeypatch: pytest.MonkeyPatch, every_word_a_name: tuple[Path, list[str]]
) -> None:
    """Eight at once, each in its own order, switched every ten microseconds; the memory of words overflows."""
    monkeypatch.setattr("screenkit.search.term_search.ROOM", remembered)
    path, asked = every_word_a_name
    asked = asked[::9]
    alone = dict(zip(asked, found_by(Screener.load(path), asked), strict=True))
    assert sum(map(bool, alone.values())) > 30
    # One that has not met any of the words yet.
    fresh = Screener.load(path)
    orders = [Random(seed).sample(asked, len(asked)) for seed in range(8)]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda order: found_by(fresh, order), orders))
    finally:
        sys.setswitchinterval(interval)
    for order, found in zip(orders, together, strict=True):
        assert dict(zip(order, found, strict=True)) == alone


def test_a_threshold_below_the_floor_is_refused() -> None:
    screener = Screener([Designation(id="1", names=[ListedName("DOVER")])])
    with pytest.raises(ScreenkitError, match="threshold must be"):
        screener.screen("DOVER", threshold=0.39)
    assert screener.screen("DOVER", threshold=0.4).total == 1
    assert Policy().floor == 0.4


def test_evidence_kinds_are_a_closed_set_with_a_wording_each() -> None:
    from screenkit.model import wording

    for kind in EvidenceKind:
        sentence = wording.evidence_sentence(kind, -12, "left", "right", "rule")
        assert sentence.endswith("(-12)")
