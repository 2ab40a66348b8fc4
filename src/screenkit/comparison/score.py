"""The score of two names, made of evidence: the one function that every caller scores names by.

Two names are compared word by word and, where both can be read as the name of a Chinese, Korean or Japanese person,
reading by reading; the better of the two is the score.

Word by word, the score is the share of the words' weight that has a counterpart in the other name, each pair counted by
how similar its words are (`alignment`, `weighing`). The less covered name counts for more (`Policy.lesser_share`), so
that a word two names share says no more than what it leaves unexplained. Deductions follow. All arithmetic is in whole
numbers, so that contributions add up exactly and results are equal everywhere.

The search relies on three properties, and its laws check them: two words have no similarity outside what the index
enumerates (`lookups`); a name's score by words is at most its upper bound; and its score by readings is 0 unless the
given names are similar in their phonetic space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from screenkit.comparison.alignment import Alike, ComparedSpans, compared_spans
from screenkit.comparison.compared_name import Comparable, ComparedName
from screenkit.comparison.own_words import is_organization, near_sounds, rules_between
from screenkit.comparison.readings import ReadingScore, score_readings, shares_space
from screenkit.comparison.weighing import Weighing, weigh
from screenkit.model import Evidence, Name, Reading, TokenKind
from screenkit.names import word_reading
from screenkit.names.quote import as_given
from screenkit.names.small_scripts.burmese import SCRIPT as BURMESE
from screenkit.policy import Policy


class NameScore(NamedTuple):
    """The points of two names; their evidence is quoted when it is asked for."""

    points: int
    query: ComparedName
    listed: Comparable
    #: What the score word by word is made of.
    by_words: Weighing
    #: The score by readings, where it is the higher one.
    by_reading: ReadingScore | None

    @property
    def is_equal(self) -> bool:
        """Whether the names are equal after normalization."""
        return self.by_words.is_equal

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence, whose points add up to the score."""
        if self.by_reading is not None:
            return self.by_reading.evidence
        query_words = as_given(self.query.text, self.query.name.tokens)
        listed_words = as_given(self.listed.text, self.listed.words.tokens)
        return tuple(
            [
                Evidence(
                    kind=one.kind,
                    points=one.points,
                    query=" ".join([query_words[at] for at in one.query]),
                    listed=" ".join([listed_words[at] for at in one.listed]),
                    rule=one.rule,
                )
                for one in self.by_words.contributions
            ]
        )

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The two readings that the score rests on."""
        if self.by_reading is not None:
            return self.by_reading.readings
        return self.query.name.readings[0], word_reading(self.listed.text, self.listed.words.tokens)


def score_names(query: Name, listed: Name, policy: Policy) -> NameScore:
    """Score a customer's name against a listed one."""
    return score_compared(ComparedName.of(query, policy), ComparedName.of(listed, policy), policy)


def score_compared(query: ComparedName, listed: ComparedName, policy: Policy) -> NameScore:
    """Score two names, each span of one against each of the other."""
    pairs = [
        (one, other, compared_spans(mine, theirs, policy))
        for (one, mine), (other, theirs) in product(enumerate(query.found), enumerate(listed.found))
    ]
    found = score_pairs(query, listed, pairs, 0, policy)
    assert found is not None  # no score is below 0
    return found


def _alike(query: ComparedName, listed: Comparable, pairs: Iterable[ComparedSpans], policy: Policy) -> Iterator[Alike]:
    """The pairs of spans that are near, each by the rule that says most."""
    rules: tuple[str, ...] | None = None
    for one, other, (found, sounds) in pairs:
        if sounds:
            if rules is None:
                rules = rules_between(query.words, listed.words)
            heard = near_sounds(query.found[one], listed.span(other), rules, policy) if rules else None
            if heard is not None and (found is None or heard.similarity > found.similarity):
                found = heard
        if found is not None:
            yield Alike(found, one, other)


#: Rules by which two words are one word, or one its initial, or the other's transcription.
_SAME_WORD = frozenset({"equal", "initial", "initials", "foreign sounds"})
#: Rules by which two words in Latin letters sound alike in a language of alphabets.
_SOUNDS = frozenset({"Arabic sounds", "Slavic sounds"})
_ONE_SYLLABLE = re.compile("[^aeiouy]*[aeiouy]+[^aeiouy]*")


_INITIAL = "initial"


def _without_bare_initials(alike: list[Alike], query: ComparedName, listed: Comparable) -> list[Alike]:
    """The pairs of two organizations, without initials where no name is shared and one of them stands for nothing.

    "A. Kadyrov Foundation" may be the Akhmat Kadyrov Foundation, and "U.S. Department" that of the United States;
    "M.I. Filling Station" is no "Gasolinera Multilomas".
    """
    initials = [one for one in alike if one.near.rule == _INITIAL]
    if not initials or not is_organization(query.words.kinds) or not is_organization(listed.words.kinds):
        return alike
    others = [one for one in alike if one.near.rule != _INITIAL]
    if any(query.words.kinds[at] is TokenKind.WORD for one in others for at in query.spans[one.query]):
        return alike
    ours = {at for one in initials for at in query.spans[one.query]}
    theirs = {at for one in initials for at in listed.spans[one.listed]}
    stand_for_words = _initials(query) <= ours and _initials(listed) <= theirs
    return alike if stand_for_words else others


def _initials(name: Comparable | ComparedName) -> set[int]:
    return {at for at, kind in enumerate(name.words.kinds) if kind is TokenKind.INITIAL}


def _is_sound_of_a_syllable(found: Alike, query: ComparedName) -> bool:
    """Whether a word of a customer that can be read as Chinese or Korean is one syllable, and only sounds alike.

    "Sin Da-woon" is no "WIN, Sein": a Burmese or Hokkien name is read in no such language, and its syllables are as
    short. A customer's misspelled name mostly can't be read so, and its sounds go on counting.
    """
    return found.near.rule in _SOUNDS and _ONE_SYLLABLE.fullmatch(query.found[found.query].token.key) is not None


def score_pairs(
    query: ComparedName, listed: Comparable, pairs: Iterable[ComparedSpans], least: int, policy: Policy
) -> NameScore | None:
    """Score two names by their spans that were compared, those that may be near; None for a score below `least`.

    Where both can be read in one language of syllables, the readings say how similar two syllables are. Their letters
    and their sounds in other languages don't: "Chol" and "Chun", or "Sang" and "Kang", are two given names.
    """
    alike = list(_alike(query, listed, pairs, policy))
    is_equal = len(query.weights) == len(listed.weights) and query.canonical == listed.canonical
    if not is_equal:
        alike = _without_bare_initials(alike, query, listed)
    is_read = not is_equal and query.has_readings and listed.has_readings
    is_syllabic = is_read and shares_space(query.name, listed.name)
    if is_syllabic:
        alike = [one for one in alike if one.near.rule in _SAME_WORD]
    elif not is_equal and query.has_readings and not listed.has_readings:
        alike = [one for one in alike if not _is_sound_of_a_syllable(one, query)]
    # A Burmese name has no surname and is written whole: none of its few syllables is left out.
    is_whole = BURMESE in query.name.scripts
    by_reading = score_readings(query.name, listed.name, policy) if is_read else None
    enough = least if by_reading is None or by_reading.points < least else 0
    by_words = weigh(query.words, listed.words, alike, is_equal, policy, is_syllabic, is_whole, enough)
    if by_reading is not None and by_reading.points <= by_words.points:
        by_reading = None
    points = by_words.points if by_reading is None else by_reading.points
    return NameScore(points, query, listed, by_words, by_reading) if points >= least else None
