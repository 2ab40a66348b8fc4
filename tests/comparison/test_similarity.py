"""Two words and how alike they are: one example for each rule, and what the index has to find by it."""

from __future__ import annotations

import pytest

from screenkit import Policy, normalize
from screenkit.comparison.compared_name import ComparedName
from screenkit.comparison.lookups import LONGEST_EDITED
from screenkit.comparison.score import score_names
from screenkit.comparison.similarity import Near, near
from screenkit.model import Token
from screenkit.search.index import NameIndex

POLICY = Policy()


def word(text: str) -> Token:
    """The one token of a name of one word."""
    (token,) = normalize(text).tokens
    return token


def nearness(one: str, other: str) -> Near | None:
    """How alike two words are, which is the same both ways."""
    there, back = near(word(one), word(other), False, POLICY), near(word(other), word(one), False, POLICY)
    assert (there and there.similarity) == (back and back.similarity)
    return there


def found(query: str, listed: str) -> bool:
    """Whether the index finds a name at the score it has."""
    one, other = normalize(query), normalize(listed)
    points = score_names(one, other, POLICY).points
    assert points >= 5_000
    return len(NameIndex([other], POLICY).candidates(ComparedName.of(one, POLICY), points)) == 1


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [("Ri", "Rii", "1 edit"), ("Ri", "Ir", "1 edit"), ("Abc", "Abd", "1 edit"), ("Zhukhimet", "Zhukimed", "2 edits")],
)
def test_an_edit_or_two_are_allowed_and_in_two_letters_one_more_or_the_two_swapped(
    one: str, other: str, rule: str
) -> None:
    alike = nearness(one, other)
    assert alike is not None
    assert alike.rule == rule


@pytest.mark.parametrize(("one", "other"), [("Ri", "Ra"), ("Abc", "Axy"), ("44", "45"), ("4a4", "4b4")])
def test_another_letter_of_two_and_another_digit_make_another_word(one: str, other: str) -> None:
    assert nearness(one, other) is None


@pytest.mark.parametrize("length", range(LONGEST_EDITED - 1, LONGEST_EDITED + 3))
def test_words_up_to_the_longest_may_be_misspelled_and_those_that_are_near_are_found(length: int) -> None:
    one = ("qbdwzkgvx" * length)[:length]
    other = one[:-1] + "y"
    alike = nearness(one, other)
    assert (alike is not None) == (length <= LONGEST_EDITED)
    if alike is not None:
        assert found(one, other)


@pytest.mark.parametrize(("slip", "term"), [("Corproation", "Corporation"), ("Limtied", "Limited")])
def test_a_misspelled_term_is_the_term_in_either_name_and_found_by_it(slip: str, term: str) -> None:
    """The terms' keys are short forms, no edit away from the slip."""
    alike = nearness(slip, term)
    assert alike is not None
    assert alike.rule == "misspelled term"
    # At the score that the two have together no name is found without its legal form.
    assert found(f"Zhukhimet {slip}", f"Zhukhimet {term}")
    assert found(f"Zhukhimet {term}", f"Zhukhimet {slip}")


@pytest.mark.parametrize(
    ("one", "other"), [("Aviation", "Air"), ("Oil", "Petroleum"), ("завод", "Factory"), ("морской", "Sea")]
)
def test_near_concepts_are_near_at_a_discount_and_found_by_each_other(one: str, other: str) -> None:
    """Translators put one for the other (names/vocabulary/tables/near_concepts.txt)."""
    alike = nearness(one, other)
    assert alike == Near(POLICY.near_concept_similarity, "near meaning", POLICY.translated_bits)
    assert found(f"Zhukhimet {one}", f"Zhukhimet {other}")


def test_a_syllable_with_another_letter_is_another_syllable() -> None:
    """Latin words an edit apart are nearer than a character and a syllable that it is not."""
    alike = nearness("桂英", "Guoying")
    assert alike == Near(POLICY.native_edit_cap, "1 edit", POLICY.edit_bits)
    plain = nearness("Guiying", "Guoying")
    assert plain is not None
    assert plain.similarity > alike.similarity
    # Of a name of one character as well.
    single = nearness("马", "Mai")
    assert single is None or single.similarity <= POLICY.native_edit_cap


def test_in_an_alphabet_a_letter_more_is_a_slip_and_in_characters_another_name() -> None:
    slip = nearness("رحمن", "رحمان")
    assert slip is not None
    assert POLICY.same_script_cap < slip.similarity < 10_000
    characters = nearness("小红", "晓红")
    assert characters is not None
    assert characters.similarity == POLICY.same_script_cap


def test_an_initial_stands_for_a_word_that_begins_so_and_for_no_other_initial() -> None:
    assert nearness("J.", "John") == Near(POLICY.initial_similarity, "initial")
    assert nearness("J.", "Karim") is None
    assert nearness("J.", "K.") is None
