"""Each rule of the score by itself: an example small enough to reckon in the head, under a policy with the rest off."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import pytest

from screenkit import EvidenceKind, Policy, normalize
from screenkit.comparison.alignment import Alike, near_spans
from screenkit.comparison.deductions import Contribution
from screenkit.comparison.score import score_names
from screenkit.comparison.similarity import Near
from screenkit.comparison.spans import Span, Words, joined, spans
from screenkit.comparison.weighing import Weighing, weigh
from screenkit.model import Token, TokenKind

#: Coverage alone, both names counting the same: no deduction takes anything.
PLAIN = Policy(
    lesser_share=50, clash_share=0, father_loss=0, weakest_share=0, needed_bits=0, left_bits=0, ceiling=10_000
)
WORD, LEGAL, PATRONYMIC = TokenKind.WORD, TokenKind.LEGAL_FORM, TokenKind.PATRONYMIC


def words(
    *keys: str,
    weights: Sequence[int] = (),
    kinds: Sequence[TokenKind] = (),
    bits: Sequence[int] = (),
    pairs: Sequence[tuple[int, ...]] = (),
    fathers: Sequence[int] = (),
) -> Words:
    """A name of these words, each weighing 1,000 where nothing else is said, with its spans of several words."""
    weights = weights or [1_000] * len(keys)
    places = [*((at,) for at in range(len(keys))), *pairs]
    return Words(
        keys, kinds or [WORD] * len(keys), weights, bits or [20] * len(keys), sum(weights), places, frozenset(fathers)
    )


def alike(query: int, listed: int, similarity: int = 10_000, rule: str = "equal", cost: int = 0) -> Alike:
    """A span of each name, by number, that are near."""
    return Alike(Near(similarity, rule, cost), query, listed)


def of_kind(weighing: Weighing, kind: EvidenceKind) -> list[Contribution]:
    """The contributions of one kind."""
    return [one for one in weighing.contributions if one.kind is kind]


def only(weighing: Weighing, kind: EvidenceKind) -> Contribution:
    """The one contribution of a kind."""
    (found,) = of_kind(weighing, kind)
    return found


# ------------------------------------------------------------------------------------------------------- coverage


@pytest.mark.parametrize(("lesser_share", "points"), [(50, 3_750), (70, 3_250), (100, 2_500)])
def test_the_less_covered_name_counts_for_its_share(lesser_share: int, points: int) -> None:
    """One word of two is half of a name, one of four a quarter of the other, whichever was asked for."""
    two, four = words("a", "b"), words("a", "x", "y", "z")
    policy = attrs.evolve(PLAIN, lesser_share=lesser_share)
    assert weigh(two, four, [alike(0, 0)], False, policy).points == points
    assert weigh(four, two, [alike(0, 0)], False, policy).points == points


def test_a_pair_counts_by_how_alike_its_words_are_and_what_they_weigh() -> None:
    one = words("anna", "bank", weights=[900, 100])
    found = weigh(one, one, [alike(0, 0, 8_000, "1 edit"), alike(1, 1)], False, PLAIN)
    assert only(found, EvidenceKind.SIMILAR_WORD).points == 7_200
    assert only(found, EvidenceKind.WORD).points == 1_000


def test_an_initial_and_joined_words_are_called_so() -> None:
    query = words("hong", "xiang", "j", pairs=[(0, 1)])
    listed = words("hongxiang", "john")
    found = weigh(query, listed, [alike(3, 0), alike(2, 1, 6_500, "initial")], False, PLAIN)
    assert [(one.kind, one.query, one.listed) for one in found.contributions] == [
        (EvidenceKind.JOINED_WORDS, (0, 1), (0,)),
        (EvidenceKind.INITIAL, (2,), (1,)),
    ]
    turned = weigh(listed, query, [alike(0, 3)], False, PLAIN)
    assert turned.contributions[0].kind is EvidenceKind.JOINED_WORDS


def test_what_rounding_leaves_of_equal_names_goes_to_the_first_pair() -> None:
    three = words("a", "b", "c")
    pairs = [alike(at, at) for at in range(3)]
    equal = weigh(three, three, pairs, True, PLAIN)
    assert [one.points for one in equal.contributions] == [3_334, 3_333, 3_333]
    assert (equal.points, equal.is_equal) == (10_000, True)
    assert weigh(three, three, pairs, False, PLAIN).points == 9_999


# ------------------------------------------------------------------------------------------------------ alignment


def test_a_word_is_paired_once_and_with_the_one_it_agrees_with_most() -> None:
    query, listed = words("maria", "marina"), words("marina", "zoe")
    found = weigh(query, listed, [alike(0, 0, 8_000, "1 edit"), alike(1, 0)], False, PLAIN)
    assert [(one.query, one.listed) for one in found.contributions if one.points] == [((1,), (0,))]
    assert found.points == 5_000


def test_of_two_agreements_the_heavier_is_chosen_though_it_is_less_alike() -> None:
    """A surname one letter apart says more than the same particle."""
    query, listed = words("al", "karimov", weights=[60, 1_000]), words("karimof", weights=[1_000])
    found = weigh(query, listed, [alike(0, 0), alike(1, 0, 8_000, "1 edit")], False, PLAIN)
    assert found.contributions[0].query == (1,)


def test_words_apart_are_chosen_where_joined_ones_explain_no_more() -> None:
    query = words("hong", "xiang", pairs=[(0, 1)])
    listed = words("hong", "xiang", "hongxiang")
    apart, together = [alike(0, 0), alike(1, 1)], alike(2, 2)
    found = weigh(query, listed, [together, *apart], False, PLAIN)
    assert [one.query for one in found.contributions if one.points] == [(0,), (1,)]
    lame = [alike(0, 0), alike(1, 1, 2_000, "2 edits")]
    found = weigh(query, listed, [together, *lame], False, PLAIN)
    assert [one.query for one in found.contributions if one.points] == [(0, 1)]


def test_evidence_follows_the_order_of_the_customers_name() -> None:
    query, listed = words("al", "karim", weights=[100, 900]), words("karim", "al", weights=[900, 100])
    found = weigh(query, listed, [alike(0, 1), alike(1, 0)], False, PLAIN)
    assert [one.query for one in found.contributions] == [(0,), (1,)]


def test_equal_agreements_are_paired_in_the_order_of_the_names() -> None:
    """Of "Ali Ali" and "Ali Ali" the first is the first."""
    both = words("ali", "ali")
    found = weigh(both, both, [alike(1, 0), alike(1, 1), alike(0, 1), alike(0, 0)], False, PLAIN)
    assert [(one.query, one.listed) for one in found.contributions] == [((0,), (0,)), ((1,), (1,))]


# ---------------------------------------------------------------------------------------------------------- clash

CLASHING = attrs.evolve(PLAIN, clash_share=40)


def test_words_of_their_own_clash_by_the_smaller_leftover() -> None:
    """Half of one name and a third of the other stand against each other, no letter in common: 40 percent of a third.

    And words that only one of the names has take nothing beyond the coverage that they leave out.
    """
    query, listed = words("a", "bcd"), words("a", "x", "yz", weights=[600, 200, 100])
    clash = only(weigh(query, listed, [alike(0, 0)], False, CLASHING), EvidenceKind.CLASH)
    assert (clash.points, clash.query, clash.listed) == (-(3_333 * 40 // 100), (1,), (1, 2))
    assert not of_kind(weigh(words("a"), listed, [alike(0, 0)], False, CLASHING), EvidenceKind.CLASH)
    assert not of_kind(weigh(listed, words("a"), [alike(0, 0)], False, CLASHING), EvidenceKind.CLASH)


@pytest.mark.parametrize(("other", "unlike"), [("wxyz", 100), ("abyz", 50), ("abcz", 25)])
def test_a_clash_takes_as_much_as_the_letters_differ(other: str, unlike: int) -> None:
    found = weigh(words("same", "abcd"), words("same", other), [alike(0, 0)], False, CLASHING)
    assert only(found, EvidenceKind.CLASH).points == -5_000 * 40 * unlike // 10_000


@pytest.mark.parametrize("kind", [TokenKind.LEGAL_FORM, TokenKind.TITLE, TokenKind.PARTICLE])
def test_what_a_name_may_have_or_lack_clashes_with_nothing(kind: TokenKind) -> None:
    query, listed = words("same", "ltd", kinds=[WORD, kind]), words("same", "xyz")
    for one, other in ((query, listed), (listed, query)):
        assert not of_kind(weigh(one, other, [alike(0, 0)], False, CLASHING), EvidenceKind.CLASH)


def test_a_patronymic_clashes_as_a_word_and_with_no_more_than_the_whole_name() -> None:
    query = words("ivan", "bcd", kinds=[WORD, PATRONYMIC], weights=[1_000, 250])
    listed = words("ivan", "xyz", weights=[100, 900])
    clash = only(weigh(query, listed, [alike(0, 0)], False, CLASHING), EvidenceKind.CLASH)
    assert clash.points == -(8_000 * 40 // 100)
    lone = words("bcd", "f", kinds=[PATRONYMIC, PATRONYMIC], weights=[250, 250])
    shared = words("ivan", "f", weights=[1, 9_999])
    found = weigh(lone, shared, [alike(1, 1)], False, attrs.evolve(CLASHING, word_weight=5_000))
    assert only(found, EvidenceKind.CLASH).points == 0
    same = words("bcd", kinds=[PATRONYMIC], weights=[250])
    other = words("xyz", "bcd", kinds=[PATRONYMIC, PATRONYMIC], weights=[250, 250])
    assert not of_kind(weigh(same, other, [alike(0, 1)], False, CLASHING), EvidenceKind.CLASH)


def test_no_deduction_takes_more_than_is_left() -> None:
    """The evidence says what was taken, not what would have been: it adds up to a score that is never below nought."""
    policy = attrs.evolve(PLAIN, clash_share=90, weakest_share=100, father_loss=8_000, needed_bits=1_000)
    query, listed = words("a", "bcd", "e", fathers=[0]), words("a", "xyz", "e", fathers=[2])
    found = weigh(query, listed, [alike(0, 0), alike(2, 2, 2_000, "2 edits")], False, policy)
    assert found.points == sum(one.points for one in found.contributions) == 0
    # A third and a fifth of a third are shared; of the third that clashes 90 percent come off, and then what is left.
    clash, exchanged = only(found, EvidenceKind.CLASH), only(found, EvidenceKind.FATHER_AND_SON)
    assert (clash.points, exchanged.points) == (-2_999, -(3_333 + 666 - 2_999))


def test_words_without_counterpart_are_named_and_take_nothing_themselves() -> None:
    found = weigh(words("a", "b"), words("c", "a"), [alike(0, 1)], False, PLAIN)
    assert of_kind(found, EvidenceKind.UNMATCHED_WORD) == [
        Contribution(EvidenceKind.UNMATCHED_WORD, 0, query=(1,)),
        Contribution(EvidenceKind.UNMATCHED_WORD, 0, listed=(0,)),
    ]


# ------------------------------------------------------------------------------------------------- father and son


def test_the_father_of_one_who_is_the_son_of_the_other_costs_and_any_other_father_nothing() -> None:
    policy = attrs.evolve(PLAIN, father_loss=3_000)
    pairs = [alike(0, 1), alike(1, 0)]
    son, father = words("salman", "muhammad", fathers=[1]), words("muhammad", "salman", fathers=[1])
    exchanged = only(weigh(son, father, pairs, False, policy), EvidenceKind.FATHER_AND_SON)
    assert (exchanged.points, exchanged.query, exchanged.listed) == (-3_000, (1,), (0,))
    for other in (father._replace(fathers=frozenset()), father._replace(fathers=frozenset({0}))):
        assert not of_kind(weigh(son, other, pairs, False, policy), EvidenceKind.FATHER_AND_SON)
        assert not of_kind(weigh(other, son, pairs, False, policy), EvidenceKind.FATHER_AND_SON)


# --------------------------------------------------------------------------------------------------- common words

COMMON = attrs.evolve(PLAIN, needed_bits=40, common_rise=100, common_most=4_000)


@pytest.mark.parametrize(
    ("bits", "off"),
    [(30, 1_000), (39, 100), (40, 0), (41, 0), (1, 3_900)],
    ids=["a quarter lacks", "one lacks", "enough", "more than enough", "nearly nothing"],
)
def test_as_much_of_what_is_at_stake_comes_off_as_bits_lack(bits: int, off: int) -> None:
    """Half of either name is covered, so 5,000 lack to the full score; 4,000 are at stake at most."""
    one = words("a", "b", bits=[bits, 9])
    two = words("a", "c", bits=[bits, 9])
    found = of_kind(weigh(one, two, [alike(0, 0)], False, COMMON), EvidenceKind.COMMON_WORDS)
    assert [(part.points, part.query) for part in found] == ([(-off, (0,))] if off else [])
    # Of what lacks, a fifth.
    low = attrs.evolve(COMMON, common_rise=20)
    found = of_kind(weigh(one, two, [alike(0, 0)], False, low), EvidenceKind.COMMON_WORDS)
    assert sum(part.points for part in found) == -(off // 4)


def test_no_more_comes_off_than_is_at_stake_where_words_left_over_take_more_than_is_shared() -> None:
    policy = attrs.evolve(COMMON, left_bits=50)
    found = weigh(words("a", "b", bits=[1, 1]), words("a", "c", bits=[1, 1]), [alike(0, 0)], False, policy)
    assert only(found, EvidenceKind.COMMON_WORDS).points == -4_000


def test_each_word_left_over_takes_bits_but_patronymics_and_legal_forms_do_not() -> None:
    policy = attrs.evolve(COMMON, left_bits=10)
    query = words("a", bits=[40])

    def off(*kinds: TokenKind) -> int:
        listed = words("a", *("xyz"[: len(kinds)]), kinds=[WORD, *kinds], bits=[40] * (1 + len(kinds)))
        there = weigh(query, listed, [alike(0, 0)], False, policy)
        back = weigh(listed, query, [alike(0, 0)], False, policy)
        taken = [sum(one.points for one in of_kind(way, EvidenceKind.COMMON_WORDS)) for way in (there, back)]
        assert taken[0] == taken[1]
        return taken[0]

    assert off(PATRONYMIC) == off(LEGAL) == off(TokenKind.TITLE) == off(TokenKind.PARTICLE) == 0
    # A quarter of the 2,500 that lack; a half of the 3,333 that do.
    assert (off(WORD), off(WORD, WORD)) == (-625, -1_667)
    # One word takes, whatever patronymic stands beside it.
    assert off(WORD, PATRONYMIC) == -(3_333 // 4)


def test_what_is_lacking_for_a_legal_form_is_not_at_stake() -> None:
    """ "Anna" and "Anna Ltd" lack what the legal form weighs, which says nothing about whether Anna is common."""
    query, company = (
        words("anna", bits=[20]),
        words("anna", "ltd", kinds=[WORD, LEGAL], weights=[800, 200], bits=[20, 1]),
    )
    for one, other in ((query, company), (company, query)):
        found = weigh(one, other, [alike(0, 0)], False, COMMON)
        assert found.points == 9_000
        assert not of_kind(found, EvidenceKind.COMMON_WORDS)
    word = company._replace(kinds=[WORD, WORD])
    assert only(weigh(query, word, [alike(0, 0)], False, COMMON), EvidenceKind.COMMON_WORDS).points == -500


def test_two_words_tell_as_much_as_the_commoner_and_no_more_than_the_rarer_less_the_change() -> None:
    """Of 40 bits needed, each lacking one takes 100 of the 4,000 at stake."""

    def told(one: int, other: int, cost: int) -> int:
        found = weigh(
            words("a", "b", bits=[one, 0]), words("a", "c", bits=[other, 0]), [alike(0, 0, cost=cost)], False, COMMON
        )
        return 40 + sum(part.points for part in of_kind(found, EvidenceKind.COMMON_WORDS)) // 100

    assert told(10, 10, 0) == 10
    assert told(10, 30, 0) == told(30, 10, 0) == 10
    # A slip in a common word is a word that nobody has: it tells what the common word tells.
    assert told(10, 30, 8) == told(30, 10, 8) == 10
    # One common word made of another one tells less than either.
    assert told(10, 12, 8) == told(12, 10, 8) == 4


def test_nothing_is_common_where_nothing_is_shared_or_nothing_has_to_be_told() -> None:
    one, other = words("a", bits=[1]), words("b", bits=[1])
    assert not of_kind(weigh(one, other, [], False, COMMON), EvidenceKind.COMMON_WORDS)
    for needed in (0, 1):
        policy = attrs.evolve(COMMON, needed_bits=needed)
        beside = words("a", "c", bits=[1, 1])
        assert not of_kind(weigh(one, beside, [alike(0, 0)], False, policy), EvidenceKind.COMMON_WORDS)


# --------------------------------------------------------------------------------------------------- weakest word


def test_the_weakest_pair_takes_a_share_of_what_it_lacks_to_the_average() -> None:
    policy = attrs.evolve(PLAIN, weakest_share=20)
    three = words("a", "b", "c")
    pairs = [alike(0, 0), alike(1, 1, 7_000, "1 edit"), alike(2, 2)]
    weakest = only(weigh(three, three, pairs, False, policy), EvidenceKind.WEAKEST_WORD)
    assert (weakest.points, weakest.query, weakest.listed) == (-(2_000 * 20 // 100), (1,), (1,))
    # Of two as weak, the first; where all are as alike, none; one pair alone has no average beside it.
    pairs = [alike(0, 0), alike(1, 1, 7_000, "1 edit"), alike(2, 2, 7_000, "1 edit")]
    assert only(weigh(three, three, pairs, False, policy), EvidenceKind.WEAKEST_WORD).query == (1,)
    pairs = [alike(at, at, 7_000, "1 edit") for at in range(3)]
    assert not of_kind(weigh(three, three, pairs, False, policy), EvidenceKind.WEAKEST_WORD)
    assert not of_kind(weigh(three, three, pairs[:1], False, policy), EvidenceKind.WEAKEST_WORD)


def test_an_initial_is_no_weakest_word() -> None:
    """That it is an initial is counted already: by its similarity."""
    policy = attrs.evolve(PLAIN, weakest_share=100)
    three = words("a", "b", "c")
    pairs = [alike(0, 0, 2_000, "initial"), alike(1, 1), alike(2, 2, 8_000, "1 edit")]
    weakest = only(weigh(three, three, pairs, False, policy), EvidenceKind.WEAKEST_WORD)
    assert (weakest.query, weakest.points) == ((2,), -1_000)


def test_names_that_are_not_equal_stay_below_the_ceiling() -> None:
    one = words("a")
    found = weigh(one, one, [alike(0, 0)], False, attrs.evolve(PLAIN, ceiling=9_900))
    assert (found.points, only(found, EvidenceKind.CEILING).points) == (9_900, -100)
    below = weigh(one, one, [alike(0, 0, 9_900, "1 edit")], False, attrs.evolve(PLAIN, ceiling=9_900))
    assert (below.points, of_kind(below, EvidenceKind.CEILING)) == (9_900, [])
    assert weigh(one, one, [alike(0, 0)], True, attrs.evolve(PLAIN, ceiling=9_900)).points == 10_000


# ---------------------------------------------------------------------------------------------------------- spans


def places(text: str) -> list[tuple[int, ...]]:
    """The spans of several words of a name."""
    return [one.at for one in spans(normalize(text)) if one.is_joined]


def test_adjacent_words_are_spans_and_the_last_with_the_first_only_where_a_comma_tells_the_surname() -> None:
    assert places("Hongxiang") == []
    assert places("Hong Xiang") == [(0, 1)]
    assert places("Wei Hong Xiang") == [(0, 1), (1, 2), (0, 1, 2)]
    assert places("Li, Hong Xiang") == [(0, 1), (1, 2), (2, 0), (0, 1, 2)]
    assert spans(normalize("Li, Hong Xiang"))[-2].token.text == "xiang li"
    # Two words are adjacent one way already.
    assert places("Li, Hong") == [(0, 1)]


def test_words_are_joined_by_the_first_of_their_spellings() -> None:
    """A word's first Arabic key is the one that reads it as it is written; the others are what it may be besides."""
    left, right = Token("سيف", "sayf", arabic=("sayf", "saef")), Token("الله", "allah", arabic=("alah", "ilah"))
    assert joined(left, right).arabic == ("sayfalah",)
    assert joined(left, Token("Karim", "karim")).arabic == ()


def test_a_number_is_joined_with_the_word_before_it_and_a_legal_form_with_nothing() -> None:
    assert places("Brigade 44") == [(0, 1)]
    assert places("44 Brigade") == places("Brigade 44 Ltd")[1:] == []
    assert places("Hongxiang Ltd") == []
    assert places("Hong Xiang Ltd") == [(0, 1)]
    assert places("Ltd, Hong Xiang") == [(1, 2)]


def test_the_words_of_a_compound_are_one_span_and_no_joined_pair_as_well() -> None:
    name = normalize("Abd al-Rahman Karim")
    (compound,) = [one for one in spans(name) if one.is_compound]
    assert compound.at == tuple(range(len(name.tokens) - 1))
    name = normalize("Abd al-Rahman")
    two = attrs.evolve(name, tokens=name.tokens[1:], compounds=(attrs.evolve(name.compounds[0], start=0, stop=2),))
    assert [(one.at, one.is_compound) for one in spans(two) if one.is_joined] == [((0, 1), True)]


def test_joined_words_are_compared_with_single_ones_and_compounds_with_each_other() -> None:
    policy = Policy()
    pair = next(one for one in spans(normalize("Hong Xiang")) if one.is_joined)
    single = spans(normalize("Hongxiang"))[0]
    compound = next(one for one in spans(normalize("Abd al-Rahman")) if one.is_compound)
    assert near_spans(pair, pair, policy) is None
    # Even where the letters are a compound's.
    pair = Span((0, 1), compound.token)
    assert near_spans(pair, compound, policy) is near_spans(compound, pair, policy) is None
    assert near_spans(compound, compound, policy) == Near(10_000, "equal")
    pair = next(one for one in spans(normalize("Hong Xiang")) if one.is_joined)
    deducted = Near(10_000 - policy.joined_deduction, "equal")
    assert near_spans(pair, single, policy) == near_spans(single, pair, policy) == deducted
    whole = Span((0,), Token("Abdulrahman", compound.token.key))
    assert near_spans(compound, whole, policy) == near_spans(whole, compound, policy) == Near(10_000, "equal")


# ------------------------------------------------------------------------------------------------------- readings

#: What a reading says alone: the average of surname and given name, with nothing off for a common one.
HEARD = Policy(weakest_share=0, needed_bits=0, left_bits=0, change_bits=0)


def reading(query: str, listed: str, policy: Policy = HEARD) -> dict[EvidenceKind, int]:
    """The points of a score by readings, kind by kind, which have to add up."""
    found = score_names(normalize(query), normalize(listed), policy)
    assert found.readings
    assert sum(one.points for one in found.evidence) == found.points
    return {one.kind: one.points for one in found.evidence}


@pytest.mark.parametrize("share", [0, 40, 100])
def test_a_reading_divides_its_points_between_surname_and_given_name(share: int) -> None:
    found = reading("Ma Xiaohong", "马小红", attrs.evolve(HEARD, surname_share=share))
    assert (found[EvidenceKind.SURNAME_READING], found[EvidenceKind.GIVEN_READING]) == (
        100 * share,
        100 * (100 - share),
    )
    assert found[EvidenceKind.CEILING] == HEARD.ceiling - 10_000


def test_a_reading_that_is_possible_only_is_capped_by_the_less_certain_of_the_two() -> None:
    """Characters read in Korean may be Chinese: Hangul on the other side makes that no more certain."""
    certain, possible = normalize("김정은"), normalize("金正恩")
    caps = [one.cap for one in score_names(certain, possible, HEARD).readings]
    cap = min(caps)
    assert max(caps) == 10_000
    assert cap < HEARD.ceiling
    for one, other in ((certain, possible), (possible, certain)):
        assert score_names(one, other, HEARD).points == cap
    assert reading("김정은", "金正恩")[EvidenceKind.READING_CAP] == cap - 10_000


def test_the_weaker_part_of_a_reading_says_more_than_the_average() -> None:
    """The surname is the same and the given name nearly: at a share of 100 percent the given name alone counts."""
    parts = reading("Kim Jeong-eun", "김종은")
    surname, given = parts[EvidenceKind.SURNAME_READING], parts[EvidenceKind.GIVEN_READING]
    average, weaker = surname + given, given * 100 // (100 - HEARD.surname_share)
    assert weaker < average < HEARD.ceiling
    assert EvidenceKind.READING_CAP not in parts
    assert sum(reading("Kim Jeong-eun", "김종은", attrs.evolve(HEARD, weakest_share=100)).values()) == weaker
    half = sum(reading("Kim Jeong-eun", "김종은", attrs.evolve(HEARD, weakest_share=50)).values())
    assert half == average - (average - weaker) // 2


@pytest.mark.parametrize(("one", "other"), [("김 정은", "김종은"), ("马 小红", "马晓红")])
def test_names_that_sound_alike_and_are_written_differently_in_one_script_are_capped(one: str, other: str) -> None:
    """Divided here and not there, so that no word resembles another: only the sound is left."""
    low = attrs.evolve(HEARD, same_script_cap=3_000)
    assert score_names(normalize(one), normalize(other), low).points == 3_000
    # Against Latin letters the sound is all there is.
    latin = {"김 정은": "Kim Jong Un", "马 小红": "Ma Xiaohong"}[one]
    assert score_names(normalize(one), normalize(latin), low).points > low.same_script_cap


def test_a_reading_tells_what_its_surname_and_each_of_its_syllables_tell() -> None:
    """Wade-Giles and pinyin are two systems, which leaves something at stake: 50 for each of 40 bits that lack."""
    common = attrs.evolve(HEARD, needed_bits=40, common_rise=100_000, common_most=2_000)

    def told(query: str, listed: str, surname: int, syllable: int) -> int:
        policy = attrs.evolve(common, surname_bits=surname, syllable_bits=syllable)
        return 40 + reading(query, listed, policy).get(EvidenceKind.COMMON_WORDS, 0) // 50

    one, two = ("Lin Piao", "林彪"), ("Teng Hsiao-p'ing", "邓小平")
    assert told(*one, 4, 0) == told(*two, 4, 0) == 4
    assert told(*two, 4, 5) - told(*one, 4, 5) == 5
    assert told(*two, 7, 5) - told(*two, 4, 5) == 3
    assert told(*two, 40, 0) == 40


def test_a_reading_takes_no_more_than_there_is() -> None:
    policy = attrs.evolve(HEARD, needed_bits=1_000, change_bits=10_000, common_rise=1_000_000, common_most=50_000)
    assert score_names(normalize("김정은"), normalize("金正恩"), policy).points == 0


def test_equal_names_are_not_read_as_a_person_s() -> None:
    name = normalize("毛泽东")
    found = score_names(name, name, Policy())
    assert (found.points, found.is_equal) == (10_000, True)
    assert found.readings == (name.readings[0], name.readings[0])


def test_a_reading_is_taken_only_where_it_says_more_than_the_words() -> None:
    found = score_names(normalize("Kim Jong Un"), normalize("Kim Jong Un Ltd"), Policy())
    assert [reading.language for reading in found.readings] == ["und", "und"]
    silent = attrs.evolve(HEARD, ceiling=0)
    assert score_names(normalize("Ma Xiaohong"), normalize("马小红"), silent).points == 0


def test_evidence_quotes_names_as_they_are_given() -> None:
    found = score_names(normalize("hong XIANG Zamurin"), normalize("HONGXIANG zamurín"), Policy())
    quoted = {(one.query, one.listed) for one in found.evidence if one.query and one.listed}
    assert ("hong XIANG", "HONGXIANG") in quoted
    assert ("Zamurin", "zamurín") in quoted


def test_weighing_ends_where_the_points_fall_below_what_is_asked_for() -> None:
    one, other = words("a", "b", "c"), words("a", "b", "d")
    near = [alike(0, 0), alike(1, 1)]
    policy = attrs.evolve(PLAIN, clash_share=100)
    covered, whole = weigh(one, other, near, False, PLAIN), weigh(one, other, near, False, policy)
    assert weigh(one, other, near, False, policy, least=whole.points) == whole
    assert of_kind(whole, EvidenceKind.CLASH)
    ended = weigh(one, other, near, False, policy, least=covered.points + 1)
    assert ended.points == covered.points
    assert len(ended.contributions) == len(near)
