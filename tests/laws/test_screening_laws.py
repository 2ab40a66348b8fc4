"""The laws of screening: each is headed by the sentence it proves."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from time import process_time

import attrs
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from screenkit import (
    Designation,
    EvidenceKind,
    ListedName,
    Policy,
    Screener,
    ScreenkitError,
    Subject,
    compare,
    normalize,
)

WORDS = (
    "KOREA", "KWANGSON", "KWANGSONG", "BANKING", "TRADING", "CORPORATION", "CO.", "LTD.", "DANDONG", "HONGXIANG",
    "Hong", "Xiang", "KIM", "Jong", "Un", "Il", "PISKLIN", "Mikhail", "Mikhael", "Yur'evich", "V.", "M.", "44", "45",
    "al-Rashid", "bin", "Abdul", "Rahman", "AbdulRahman", "丹东", "至诚", "김정은", "김종은", "Михаил", "Писклин",
    "محمد", "O'Brien", "S.A.", "de", "C.V.", "III", "Fund", "Ö", "Müller", "Mueller", "Straße", "DOVER",
)  # fmt: skip

words = st.sampled_from(WORDS) | st.text(st.sampled_from("abdehiknorsu"), min_size=1, max_size=9)
names = st.lists(words, min_size=1, max_size=6).map(" ".join)
thresholds = st.integers(50, 100).map(lambda percent: percent / 100)


@st.composite
def designations(draw: st.DrawFn) -> list[Designation]:
    """A short list of designations, some with weak names, several names, or facts."""
    listed = st.builds(ListedName, names, strength=st.sampled_from(["strong", "strong", "weak"]))
    groups = draw(st.lists(st.lists(listed, min_size=1, max_size=3), min_size=1, max_size=8))
    return [
        Designation(
            id=str(number),
            names=group,
            kind=draw(st.sampled_from(["person", "organization", None])),
            gender=draw(st.sampled_from([None, "male", "female"])),
        )
        for number, group in enumerate(groups)
    ]


subjects = st.builds(
    Subject,
    names,
    kind=st.sampled_from(["person", "organization", None]),
    gender=st.sampled_from([None, "male", "female"]),
)


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


@given(subjects, designations(), thresholds)
def test_search_returns_exactly_what_comparing_every_designation_returns(
    subject: Subject, listed: list[Designation], threshold: float
) -> None:
    found = Screener(listed).screen(subject, threshold=threshold)
    oracle = {designation.id: compare(subject, designation) for designation in listed}
    expected = {id for id, score in oracle.items() if score.points >= round(threshold * 10_000)}
    assert {hit.designation.id for hit in found} == expected
    assert all(hit.result == oracle[hit.designation.id] for hit in found)


@given(names, designations(), st.randoms(use_true_random=False))
def test_the_order_of_the_list_does_not_matter(name: str, listed: list[Designation], random: object) -> None:
    assume(len(listed) > 1)
    backwards = Screener(listed[::-1]).screen(name, threshold=0.5)
    assert Screener(listed).screen(name, threshold=0.5).to_dict() == backwards.to_dict()


@given(names, designations(), names)
def test_adding_a_strong_alias_never_lowers_the_score(name: str, listed: list[Designation], alias: str) -> None:
    for designation in listed:
        more = attrs.evolve(designation, names=(*designation.names, ListedName(alias)))
        assert compare(name, more).points >= compare(name, designation).points


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
        bare = attrs.evolve(designation, kind=None, gender=None)
        with_facts = Subject(name, kind="person", gender="male", birth_date="1970", countries=["kp"])
        assert compare(with_facts, bare).points == compare(name, bare).points


@given(names, st.sampled_from(["1961", "1961-04", "1961-04-13"]))
def test_a_contradiction_never_hides_an_exact_name(name: str, born: str) -> None:
    from screenkit import PartialDate

    listed = Designation(
        id="1", kind="person", gender="male", names=[ListedName(name)], birth_dates=[PartialDate.parse("1930-01-02")]
    )
    contradicting = Subject(name, kind="organization", gender="female", birth_date=born)
    assert compare(contradicting, listed).points == 10_000


@given(names, designations())
def test_results_survive_the_way_to_json_and_quote_names_as_published(name: str, listed: list[Designation]) -> None:
    import json

    found = Screener(listed).screen(name, threshold=0.5)
    restored = json.loads(found.to_json())
    assert restored == json.loads(json.dumps(found.to_dict()))
    published = {designation.id: {alias.text for alias in designation.names} for designation in listed}
    for hit in restored["hits"]:
        assert hit["matched_name"]["text"] in published[hit["designation"]["id"]]


def test_workers_change_no_result() -> None:
    listed = [Designation(id=str(at), names=[ListedName(word)]) for at, word in enumerate(WORDS)]
    screener = Screener(listed)
    asked = [f"{one} {other}" for one in WORDS[:20] for other in WORDS[-20:]]
    alone = [found.to_dict() for found in screener.screen_many(asked, threshold=0.5)]
    together = [found.to_dict() for found in screener.screen_many(asked, threshold=0.5, workers=2)]
    assert alone == together
    assert sum(bool(found["hits"]) for found in alone) > 100


def test_a_threshold_below_the_floor_is_refused() -> None:
    screener = Screener([Designation(id="1", names=[ListedName("DOVER")])])
    with pytest.raises(ScreenkitError, match="floor"):
        screener.screen("DOVER", threshold=0.49)
    assert screener.screen("DOVER", threshold=0.5).total == 1
    assert Policy().floor == 0.5


def test_evidence_kinds_are_a_closed_set_with_a_wording_each() -> None:
    from screenkit import wording

    for kind in EvidenceKind:
        sentence = wording.evidence_sentence(kind, -12, "left", "right", "rule")
        assert sentence.endswith("(-12)")
