"""Keys within some edits share a form: the laws of deletion neighbourhoods as hashes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from screenkit.neighbourhood import LONGEST, Neighbourhoods, form_hashes

#: Few letters, so that two keys are often near and one letter often stands twice; some beyond ASCII and beyond 16 bits.
letters = st.sampled_from("abdn-и鴻𠮷")
#: Up to two letters longer than what is enumerated.
keys = st.text(letters, max_size=9) | st.text(letters, min_size=LONGEST - 3, max_size=LONGEST + 2)
salts = st.integers(0, 2**64 - 1)
radii = st.integers(0, 2)
lookups = st.lists(st.tuples(keys, salts, radii), max_size=12)


def arrays(given: Sequence[tuple[str, int, int]]) -> tuple[list[str], NDArray[np.uint64], NDArray[np.int64]]:
    """Keys, salts and radii as the functions take them."""
    return (
        [key for key, _, _ in given],
        np.array([salt for _, salt, _ in given], dtype=np.uint64),
        np.array([radius for _, _, radius in given], dtype=np.int64),
    )


def hashes_of(key: str, radius: int, salt: int = 0) -> list[int]:
    found: list[int] = form_hashes(*arrays([(key, salt, radius)]))[0].tolist()
    return found


def deleted(key: str, radius: int) -> list[str]:
    """The forms of a key, one for each choice of up to `radius` letters to delete, by deleting them."""
    return [
        "".join(letter for at, letter in enumerate(key) if at not in gone)
        for count in range(radius + 1)
        for gone in combinations(range(len(key)), count)
    ]


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A key and the same with up to two letters added, dropped, changed or swapped."""
    one = other = draw(keys)
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(other)))
        letter = draw(letters)
        other = draw(
            st.sampled_from(
                [
                    other[:at] + letter + other[at:],
                    other[:at] + other[at + 1 :],
                    other[:at] + letter + other[at + 1 :],
                    other[:at] + other[at : at + 2][::-1] + other[at + 2 :],
                ]
            )
        )
    return one, other


@given(edited(), radii, salts)
def test_two_keys_within_the_radius_share_a_hash(pair: tuple[str, str], radius: int, salt: int) -> None:
    one, other = pair
    if OSA.distance(one, other) <= radius and max(len(one), len(other)) <= LONGEST:
        assert not set(hashes_of(one, radius, salt)).isdisjoint(hashes_of(other, radius, salt))


@given(st.text(letters, max_size=LONGEST), radii, salts)
def test_the_forms_of_a_key_are_those_of_deleting_up_to_as_many_letters(key: str, radius: int, salt: int) -> None:
    forms = deleted(key, radius)
    found = hashes_of(key, radius, salt)
    assert len(found) == len(forms)
    whole = form_hashes(*arrays([(form, salt, 0) for form in forms])).hashes
    assert sorted(found) == sorted(whole.tolist())


@given(st.text(letters, min_size=LONGEST + 1, max_size=80), st.text(letters, min_size=LONGEST + 1, max_size=80))
def test_a_key_too_long_to_enumerate_meets_itself_and_no_other(one: str, other: str) -> None:
    assert hashes_of(one, 0) == hashes_of(one, 0)
    assert len(hashes_of(one, 0)) == 1
    assert (hashes_of(one, 0) == hashes_of(other, 0)) == (one == other)


@given(st.text(letters, max_size=9), st.text(letters, max_size=9), salts, salts)
def test_different_keys_or_salts_have_different_hashes(one: str, other: str, salt: int, other_salt: int) -> None:
    # Of 32 bits: two meet by chance once in four thousand million times.
    is_same = (one, salt) == (other, other_salt)
    assert (hashes_of(one, 0, salt) == hashes_of(other, 0, other_salt)) == is_same


@given(lookups)
def test_a_batch_has_the_forms_of_its_keys_one_by_one(batch: list[tuple[str, int, int]]) -> None:
    hashes, owners, deleted = form_hashes(*arrays(batch))
    assert len(hashes) == len(owners) == len(deleted)
    for at, (key, salt, radius) in enumerate(batch):
        assert sorted(hashes[owners == at].tolist()) == sorted(hashes_of(key, radius, salt))


def forms_by_loss(key: str, salt: int, radius: int) -> list[set[int]]:
    """The hashes of a key's forms, by how many letters they lost."""
    found = form_hashes(*arrays([(key, salt, radius)]))
    return [set(found.hashes[found.deleted == lost].tolist()) for lost in range(3)]


@given(st.text(letters, max_size=LONGEST), radii, salts)
def test_a_form_tells_how_many_letters_it_lost(key: str, radius: int, salt: int) -> None:
    for lost, hashes in enumerate(forms_by_loss(key, salt, radius)):
        forms = [form for form in deleted(key, radius) if len(form) == len(key) - lost]
        assert hashes == {one for form in forms for one in hashes_of(form, 0, salt)}


@given(edited(), radii, radii, salts)
def test_two_keys_within_the_smaller_radius_meet(pair: tuple[str, str], radius: int, other: int, salt: int) -> None:
    mine, yours = pair
    if OSA.distance(mine, yours) <= min(radius, other) and max(len(mine), len(yours)) <= LONGEST:
        held = Neighbourhoods.of(*arrays([(yours, salt, other)]))
        assert held.around(*arrays([(mine, salt, radius)])) == [(0, 0)]


@given(lookups, lookups, st.booleans(), st.integers(0, 2))
def test_what_is_around_is_every_pair_that_shares_a_hash_within_the_reach_of_both(
    stored: list[tuple[str, int, int]], asked: list[tuple[str, int, int]], is_known: bool, least: int
) -> None:
    asked = asked + stored[:3] if is_known else asked
    reaches = [np.array([max(radius, least) for _, _, radius in some], dtype=np.int64) for some in (stored, asked)]
    mine = [forms_by_loss(key, salt, radius) for key, salt, radius in stored]
    yours = [forms_by_loss(key, salt, radius) for key, salt, radius in asked]
    expected = [
        (one, other)
        for one, forms in enumerate(yours)
        for other, their_forms in enumerate(mine)
        for allowed in [min(reaches[0][other], reaches[1][one])]
        if not set().union(*forms[: allowed + 1]).isdisjoint(set().union(*their_forms[: allowed + 1]))
    ]
    held = Neighbourhoods.of(*arrays(stored), reaches[0])
    assert held.around(*arrays(asked), reaches[1]) == expected


def test_more_keys_than_are_hashed_at_once_are_all_found() -> None:
    stored = [(f"{'ab' * (at % 7)}{at:x}", 7, at % 3) for at in range(10_000)]
    held = Neighbourhoods.of(*arrays(stored))
    for at in (0, 1, 4_095, 4_096, 8_192, 9_999):
        key, _, _ = stored[at]
        assert (0, at) in held.around(*arrays([(key, 7, 0)]))
