"""What the index has to find where its arithmetic is tightest, beside the laws in tests/laws/test_index_laws.py."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit import Policy, normalize
from screenkit.index import NameIndex
from screenkit.index.compiled import ENGINES, Compiled
from screenkit.index.nearby import NearWords
from screenkit.index.scanning import Scanning, Search
from screenkit.model import Space
from screenkit.nearness import LONGEST_EDITED, near_sound, radius
from screenkit.neighbourhood import LONGEST, Neighbourhoods
from screenkit.score import best_score, score_names


def test_a_name_whose_score_is_all_that_its_words_can_reach_is_found_at_it() -> None:
    """Four fifths of one name and all of the other, with nothing rounded and nothing deducted."""
    policy = Policy(word_weight=1_000, common_discount=0, legal_form_weight=250, lesser_share=70)
    query, listed = normalize("Zhukhimet"), normalize("Zhukhimet Ltd")
    points = score_names(query, listed, policy).points
    assert points == 70 * 80 + 30 * 100
    assert len(NameIndex([listed], policy).candidates(query, points)) == 1


@pytest.mark.parametrize(
    "texts", [["Li, Hong Xiang"], ["Xiang Hong", "Li Hong Xiang"], ["Hong Xiang", "Xiang Hong Li"]]
)
def test_joined_words_are_weighed_alike_whichever_word_of_the_list_came_first(texts: list[str]) -> None:
    """Of a pair of words either may be the first that the index numbers."""
    policy, listed = Policy(), [normalize(text) for text in texts]
    index = NameIndex(listed, policy)
    hits = 0
    for text in ("Hong Xiangli", "Hongxiang Li", "Xianghong Li", "Zhukhimet Xiangli"):
        query = normalize(text)
        weighed = dict(index.weighed(query, 4_400))
        for row, name in enumerate(listed):
            score = score_names(query, name, policy)
            if score.points >= 4_400:
                assert best_score(weighed[row], query, name.text, policy) == score
                hits += 1
    assert hits


def test_what_may_be_misspelled_is_short_enough_for_its_misspellings_to_be_looked_up() -> None:
    assert LONGEST_EDITED <= LONGEST


letters = st.sampled_from("aeiouvknmptsclxhyw")


@given(
    st.text(letters, min_size=3, max_size=9),
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from([0, 1]), st.just("") | letters), min_size=2, max_size=2),
)
def test_given_names_two_edits_apart_that_sound_alike_are_brought_together(
    one: str, edits: list[tuple[int, int, str]]
) -> None:
    """Korean allows two edits in longer names, Chinese and Japanese have radii of their own."""
    other = one
    for at, dropped, letter in edits:
        other = other[:at] + letter + other[at + dropped :]
    salt = np.zeros(1, dtype=np.uint64)
    for space in (Space.KOREAN, Space.CHINESE, Space.JAPANESE):
        if other and near_sound(space, one, other):
            reaches = [np.array([radius(space, key)], dtype=np.int64) for key in (one, other)]
            assert Neighbourhoods.of([other], salt, reaches[1]).around([one], salt, reaches[0]) == [(0, 0)], space


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_remembered_of_words_asked_for_is_bounded(
    engine: type[Search], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screenkit.index.memory.ROOM", 20_000)
    index = NameIndex([normalize("Pisklin Mikhail"), normalize("Kwangson Trading")], Policy(), engine)
    search = index._search
    memory = search._near if isinstance(search, Scanning) else search
    assert isinstance(memory, NearWords | Compiled)
    held = []
    for number in range(300):
        letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:04}")
        index.candidates(normalize(f"Pisklin {letters}vich"), 5_000)
        held.append(len(memory._memory))
    assert 0 < max(held) < 100
