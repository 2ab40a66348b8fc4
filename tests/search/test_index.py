"""What the index has to find where its arithmetic is tightest, beside the laws in tests/laws/test_index_laws.py."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit import Policy, normalize, read
from screenkit.comparison.compared_name import ComparedName
from screenkit.comparison.lookups import LONGEST_EDITED, radius
from screenkit.comparison.readings import near_sound
from screenkit.comparison.score import score_names, score_pairs
from screenkit.model import Space
from screenkit.search.deletions import LONGEST, Deletions, Probe
from screenkit.search.index import NameIndex
from screenkit.search.term_search import say_once_if_interpreted
from screenkit.sources.starter import starter_path


def test_a_name_whose_score_is_all_that_its_words_can_reach_is_found_at_it() -> None:
    """Four fifths of one name and all of the other, with nothing rounded and nothing deducted."""
    policy = Policy(word_weight=1_000, common_discount=0, legal_form_weight=250, lesser_share=70)
    query, listed = normalize("Zhukhimet"), normalize("Zhukhimet Ltd")
    points = score_names(query, listed, policy).points
    assert points == 70 * 80 + 30 * 100
    assert len(NameIndex([listed], policy).candidates(ComparedName.of(query, policy), points)) == 1


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
        compared = ComparedName.of(query, policy)
        candidates = dict(index.candidates(compared, 4_400))
        for row, name in enumerate(listed):
            score = score_names(query, name, policy)
            if score.points >= 4_400:
                found = score_pairs(compared, index.name(row, texts.__getitem__), candidates[row], 4_400, policy)
                assert found is not None
                assert (found.points, found.evidence) == (score.points, score.evidence)
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
            probe = Probe(Deletions.of([other], salt, np.array([radius(space, other)], dtype=np.uint8)))
            assert probe.find(one, 0, radius(space, one), radius(space, one)) == 1, space


def test_the_expansions_that_are_remembered_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screenkit.search.term_search.ROOM", 20_000)
    index = NameIndex([normalize("Pisklin Mikhail"), normalize("Kwangson Trading")], Policy())
    remembered = []
    for number in range(300):
        letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:04}")
        index.candidates(ComparedName.of(normalize(f"Pisklin {letters}vich"), Policy()), 5_000)
        remembered.append(len(index.term_search._expansions))
    assert 0 < max(remembered) < 100


@pytest.mark.parametrize("end", [2**31, 2**32, 2**62])
def test_marks_that_pass_an_end_of_32_bits_lose_nothing(search_modules: Mapping[str, ModuleType], end: int) -> None:
    """A thread uses up 32 bits of marks within 46 million queries; then they went wrong in the middle of one."""
    designations = list(read("starter", starter_path()))
    names = [normalize(name.text) for one in designations for name in one.names]
    queries = [ComparedName.of(name, Policy()) for name in names[::3]]
    fresh, worn = (search_modules["screenkit.search.index"].NameIndex(names, Policy()) for _ in range(2))
    table, own = worn.terms, worn.term_search._own
    candidates, expansion = (search_modules[f"screenkit.search.{name}"] for name in ("candidates", "expansion"))
    own.candidates = candidates.Candidates(table.postings, table.count, table.longest, Policy(), marked=end - 150)
    own.expansion = expansion.Expansion(worn.term_search._keys, table.count, Policy(), marked=end - 150)
    probe = search_modules["screenkit.search.deletions"].Probe
    worn.readings._own.probe = probe(worn.readings._deletions, marked=end - 20)
    for query in queries:
        assert worn.candidates(query, 4_000) == fresh.candidates(query, 4_000)


def test_an_interpreted_search_says_so_once(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("screenkit.search.term_search.IS_COMPILED", False)
    say_once_if_interpreted.cache_clear()
    caplog.set_level("WARNING", logger="screenkit.search.term_search")
    for _ in range(3):
        NameIndex([normalize("Pisklin Mikhail")], Policy())
    assert [record.message.partition(".")[0] for record in caplog.records] == [
        "screenkit was installed without its compiled modules"
    ]


def test_the_modules_that_are_tested_interpreted_are_those_that_can_be_compiled(
    search_modules: Mapping[str, ModuleType],
) -> None:
    # A package that is installed has no types beside its modules; the checkout has.
    sources = Path(__file__).parents[2] / "src"
    typed = {".".join(path.relative_to(sources).with_suffix("").parts) for path in sources.rglob("*.pxd")}
    assert typed <= search_modules.keys()
    files = {str(search_modules[name].__file__).endswith(".py") for name in typed}
    # All of them are compiled or none.
    assert len(files) == 1
    assert search_modules["screenkit.search.term_search"].IS_COMPILED is not files.pop()
