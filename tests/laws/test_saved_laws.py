"""A saved screener and an updated one answer as one made anew: the laws of saving, opening and updating."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit import Designation, Edition, Identifier, ListedName, Policy, Program, Screener, ScreenkitError, Subject
from screenkit.errors import DamagedFileError

WORDS = (
    "KOREA", "KWANGSON", "KWANGSONG", "BANKING", "TRADING", "LTD.", "DANDONG", "HONGXIANG", "Hong", "Xiang", "KIM",
    "Jong", "Un", "PISKLIN", "Mikhail", "Mikhael", "V.", "44", "al-Rashid", "Abdul", "Rahman", "AbdulRahman", "丹东",
    "김정은", "김종은", "马晓红", "Ma Xiaohong", "Михаил", "Писклин", "محمد", "Mohammed", "Müller", "Straße", "DOVER",
    "★",
)  # fmt: skip
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
#: Two of one source and day, so that only the order of their designations tells which comes first.
EDITIONS = (
    None,
    Edition(source="un_sc", published="2024-01-01"),
    Edition(source="un_sc", published="2024-01-01", retrieved="2024-01-02T00:00:00Z"),
    Edition(source="us_ofac_sdn", title="SDN", published="2021-07-07", sha256="ab", counts={"person": 1}),
)
PROGRAMS = (Program("NPWMD", title="Non-proliferation"), Program("DPRK3"), Program("DPRK3", detail="Part 2"))
NUMBERS = ("PA 123456", "7701234567", "IMO 9187629")
identifiers = st.sampled_from(NUMBERS).map(lambda value: Identifier(value=value))


@st.composite
def designations(draw: st.DrawFn, first: int = 0) -> list[Designation]:
    """A short list of designations with all sorts of facts, their ids counted from a number on."""
    return [
        Designation(
            id=str(number),
            kind=draw(st.sampled_from(["person", "organization", None])),
            names=draw(
                st.lists(
                    st.builds(ListedName, names, strength=st.sampled_from(["strong", "weak"])), min_size=1, max_size=3
                )
            ),
            programs=draw(st.lists(st.sampled_from(PROGRAMS), max_size=2)),
            gender=draw(st.sampled_from([None, "male", "female"])),
            identifiers=draw(st.lists(identifiers, max_size=2)),
            edition=draw(st.sampled_from(EDITIONS)),
        )
        for number in range(first, first + draw(st.integers(1, 8)))
    ]


subjects = st.builds(
    Subject,
    st.lists(names, min_size=1, max_size=2),
    kind=st.sampled_from(["person", None]),
    birth_date=st.sampled_from([None, dt.date(1971, 12, 15)]),
    gender=st.sampled_from([None, "male"]),
    identifiers=st.lists(identifiers, max_size=1),
)


def answers(screener: Screener, asked: list[Subject]) -> list[dict[str, Any]]:
    found = [screener.screen(subject, threshold=threshold) for subject in asked for threshold in (0.5, 0.8)]
    return [{**one.to_dict(), "time": None} for one in found]


def assert_same(one: Screener, other: Screener, asked: list[Subject]) -> None:
    """Same designations, editions with their counts, and findings to the last piece of evidence."""
    assert list(one) == list(other) == list(one.designations)
    assert len(one) == len(other)
    assert [attrs.asdict(edition) for edition in one.editions] == [attrs.asdict(edition) for edition in other.editions]
    assert answers(one, asked) == answers(other, asked)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as path:
        yield Path(path)


@given(designations(), st.lists(subjects, min_size=1, max_size=3))
def test_a_saved_screener_answers_as_the_one_that_was_saved(
    folder: Path, listed: list[Designation], asked: list[Subject]
) -> None:
    made = Screener(listed)
    made.save(folder / "saved")
    assert_same(Screener.load(folder / "saved"), made, asked)


@given(designations(), st.lists(subjects, min_size=1, max_size=3), st.integers(600, 2_000), st.integers(5, 30))
def test_a_saved_screener_opens_under_any_policy(
    folder: Path, listed: list[Designation], asked: list[Subject], word_weight: int, rare_bits: int
) -> None:
    policy = Policy(word_weight=word_weight, rare_bits=rare_bits, latin_sound_least=7_500)
    Screener(listed).save(folder / "any")
    assert_same(Screener.load(folder / "any", policy=policy), Screener(listed, policy=policy), asked)


@given(st.data(), designations(), st.lists(subjects, min_size=1, max_size=2))
def test_an_updated_screener_is_one_made_anew_of_what_is_left_and_what_is_added(
    folder: Path, data: st.DataObject, listed: list[Designation], asked: list[Subject]
) -> None:
    # So many that additions are searched beside the rest and not merged with it.
    crowd = [Designation(id=f"crowd {at}", names=[ListedName(f"Nobody {at}")]) for at in range(40)]
    final = [*crowd, *listed]
    screener = Screener(final)
    for turn in range(2):
        gone = data.draw(st.lists(st.sampled_from(final), max_size=4, unique_by=lambda one: (one.source, one.id)))
        added = data.draw(designations(first=data.draw(st.integers(0, 12))))
        by_id = data.draw(st.booleans())
        told: list[Designation | str] = [one.id if by_id else one for one in gone]
        ids = {one.id for one in gone}
        keys = {(one.source, one.id) for one in (*added, *([] if by_id else gone))}
        screener = screener.updated(added=added, removed=told)
        final = [one for one in final if (one.source, one.id) not in keys and not (by_id and one.id in ids)] + added
        assert_same(screener, Screener(final), asked)
        if turn == 0 and data.draw(st.booleans()):
            screener.save(folder / "updated")
            screener = Screener.load(folder / "updated")
            assert_same(screener, Screener(final), asked)


@given(st.data())
def test_a_flipped_byte_is_refused_before_it_gives_a_wrong_answer(folder: Path, data: st.DataObject) -> None:
    path, flipped = folder / "sound", folder / "flipped"
    asked = [Subject("Hong Xiang Trading"), Subject("김정은"), Subject("M. Pisklin", identifiers=["PA 123456"])]
    if not path.exists():
        Screener(
            [
                Designation(id="1", names=[ListedName("Dandong Hongxiang Trading")], programs=[PROGRAMS[0]]),
                Designation(id="2", kind="person", names=[ListedName("KIM Jong Un"), ListedName("김정은")]),
                Designation(id="3", names=[ListedName("PISKLIN, Mikhail")], identifiers=[Identifier(value=NUMBERS[0])]),
            ]
        ).save(path)
    sound = path.read_bytes()
    at = data.draw(st.integers(0, len(sound) - 1))
    bit = data.draw(st.integers(0, 7))
    flipped.write_bytes(sound[:at] + bytes([sound[at] ^ 1 << bit]) + sound[at + 1 :])
    try:
        found = answers(Screener.load(flipped), asked)
    except ScreenkitError as error:
        assert isinstance(error, DamagedFileError)
    else:
        # A block that nothing asked for was hit.
        assert found == answers(Screener.load(path), asked)
