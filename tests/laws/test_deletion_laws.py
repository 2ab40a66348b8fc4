"""Keys within some edits share a form: the laws of the symmetric-delete index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from types import ModuleType

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from screenkit.search.deletions import LONGEST, Deletions, Forms, Probe, all_forms, hashed_key

#: The modules of the search by name; the fixture gives them as they are installed and interpreted.
Modules = Mapping[str, ModuleType]

#: Few letters, so that two keys are often near and one letter often stands twice; some beyond ASCII and beyond 16 bits.
letters = st.sampled_from("abdn-и鴻𠮷")
#: Up to two letters longer than what is enumerated.
keys = st.text(letters, max_size=9) | st.text(letters, min_size=LONGEST - 3, max_size=LONGEST + 2)
salts = st.integers(0, 2**64 - 1)
radii = st.integers(0, 2)
lookups = st.lists(st.tuples(keys, salts, radii), max_size=12)


def arrays(given: Sequence[tuple[str, int, int]]) -> tuple[list[str], NDArray[np.uint64], NDArray[np.uint8]]:
    """Keys, salts and radii as an index takes them."""
    return (
        [key for key, _, _ in given],
        np.array([salt for _, salt, _ in given], dtype=np.uint64),
        np.array([radius for _, _, radius in given], dtype=np.uint8),
    )


def forms_of(key: str, radius: int, salt: int = 0) -> list[tuple[int, int]]:
    """The hash of each form of a key, and how many letters it lost."""
    forms = Forms()
    count = forms.take(hashed_key(key), salt, radius)
    return list(zip(forms.hashes[:count], forms.lost[:count], strict=True))


def hashes_of(key: str, radius: int, salt: int = 0) -> list[int]:
    return [form for form, _ in forms_of(key, radius, salt)]


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
    whole = [one for form in forms for one in hashes_of(form, 0, salt)]
    assert sorted(found) == sorted(whole)


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
def test_a_list_of_keys_has_the_forms_of_its_keys_one_by_one(given_keys: list[tuple[str, int, int]]) -> None:
    keys, salts, radii = arrays(given_keys)
    expected = [
        form << 32 | number << 2 | lost
        for number, (key, salt, radius) in enumerate(given_keys)
        for form, lost in forms_of(key, radius, salt)
    ]
    assert list(all_forms(keys, salts.data, radii.data)) == expected


@given(given_keys=lookups)
def test_compiled_and_interpreted_forms_are_the_same(
    search_modules: Modules, given_keys: list[tuple[str, int, int]]
) -> None:
    """A file saved by one is searched by the other."""
    keys, salts, radii = arrays(given_keys)
    there = search_modules["screenkit.search.deletions"].all_forms(keys, salts.data, radii.data)
    assert list(there) == list(all_forms(keys, salts.data, radii.data))


def forms_by_loss(key: str, salt: int, radius: int) -> list[set[int]]:
    """The hashes of a key's forms, by how many letters they lost."""
    found = forms_of(key, radius, salt)
    return [{form for form, lost in found if lost == count} for count in range(3)]


@given(st.text(letters, max_size=LONGEST), radii, salts)
def test_a_form_tells_how_many_letters_it_lost(key: str, radius: int, salt: int) -> None:
    for lost, hashes in enumerate(forms_by_loss(key, salt, radius)):
        forms = [form for form in deleted(key, radius) if len(form) == len(key) - lost]
        assert hashes == {one for form in forms for one in hashes_of(form, 0, salt)}


@given(edited(), radii, radii, salts)
def test_two_keys_within_the_smaller_radius_meet(pair: tuple[str, str], radius: int, other: int, salt: int) -> None:
    mine, yours = pair
    if OSA.distance(mine, yours) <= min(radius, other) and max(len(mine), len(yours)) <= LONGEST:
        assert Probe(Deletions.of(*arrays([(yours, salt, other)]))).find(mine, salt, radius, radius) == 1


@given(stored=lookups, asked=lookups, is_known=st.booleans(), least=st.integers(0, 2))
def test_what_is_found_is_every_key_that_shares_a_hash_within_the_reach_of_both(
    search_modules: Modules,
    stored: list[tuple[str, int, int]],
    asked: list[tuple[str, int, int]],
    is_known: bool,
    least: int,
) -> None:
    asked = asked + stored[:3] if is_known else asked
    reaches = [np.array([max(radius, least) for _, _, radius in some], dtype=np.uint8) for some in (stored, asked)]
    mine = [forms_by_loss(key, salt, radius) for key, salt, radius in stored]
    yours = [forms_by_loss(key, salt, radius) for key, salt, radius in asked]
    expected = [
        (one, other)
        for one, forms in enumerate(yours)
        for other, their_forms in enumerate(mine)
        for allowed in [min(reaches[0][other], reaches[1][one])]
        if not set().union(*forms[: allowed + 1]).isdisjoint(set().union(*their_forms[: allowed + 1]))
    ]
    deletions = search_modules["screenkit.search.deletions"]
    probe = deletions.Probe(deletions.Deletions.of(*arrays(stored), reaches[0]))
    found = []
    for at, (key, salt, radius) in enumerate(asked):
        count = probe.find(key, salt, radius, int(reaches[1][at]))
        found += [(at, number) for number in sorted(probe.found[:count])]
    assert found == expected


def test_thousands_of_keys_are_all_found() -> None:
    stored = [(f"{'ab' * (at % 7)}{at:x}", 7, at % 3) for at in range(10_000)]
    probe = Probe(Deletions.of(*arrays(stored)))
    for at in (0, 1, 4_095, 4_096, 8_192, 9_999):
        count = probe.find(stored[at][0], 7, 0, 0)
        assert at in list(probe.found[:count])
