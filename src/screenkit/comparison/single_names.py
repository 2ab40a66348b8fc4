"""One name alone against a person's full name: a customer who is "Putin" may be PUTIN, Vladimir Vladimirovich.

Elsewhere a word that only one name has is held against the two. Who gives one name alone leaves out the others,
whatever they are; so only what this name tells counts. "Maduro" tells much; "Kim" tells next to nothing, and nothing is
added.
"""

from __future__ import annotations

from collections.abc import Sequence

from screenkit.comparison.alignment import Pair
from screenkit.comparison.deductions import Contribution
from screenkit.comparison.spans import Words
from screenkit.model import EvidenceKind, Token, TokenKind
from screenkit.model.evidence import FULL_SCORE
from screenkit.model.name import OF_PERSONS
from screenkit.names.vocabulary.commonness import commonness_in_names
from screenkit.names.vocabulary.phrases import may_be_title
from screenkit.policy import Policy

#: What stands beside a name without being one.
_BESIDE = frozenset({TokenKind.TITLE, TokenKind.PARTICLE})
#: Beyond this class of commonness a title is a name more often (Sheikh 6, Amir 7; President 4, Mullah 3).
_RARE_AS_NAME = 4
#: With its article this is how Arabic writes Mr., common as it is as a name.
_MISTER = "السيد"


def single_name_gain(
    pairs: Sequence[Pair], total: int, query: Words, listed: Words, policy: Policy
) -> Contribution | None:
    """What is added where all that a customer's name says is a listed person's surname; else None."""
    if not OF_PERSONS.issuperset(listed.kinds):
        return None
    # "Mr. Al Zawahiri" shares the article as well.
    named = [pair for pair in pairs if query.kinds[pair.query[0]] not in _BESIDE]
    if len(named) != 1:
        return None
    (pair,) = named
    single = single_name(query.tokens)
    if single is None or pair.query != (single,) or query.bits[single] < policy.single_name_bits:
        return None
    token = query.tokens[single]
    is_surname = len(pair.listed) == 1 and pair.listed[0] in listed.surnames
    if not is_surname or pair.similarity < least_similarity(token, policy):
        return None
    # What a script of syllables lacks of the sounds says nothing against the name.
    gain = policy.single_name_most * (FULL_SCORE if token.foreign else pair.similarity) // FULL_SCORE - total
    return Contribution(EvidenceKind.SINGLE_NAME, gain, pair.query) if gain > 0 else None


def least_similarity(token: Token, policy: Policy) -> int:
    """How similar a customer's single name has to be to a listed surname: less where it transcribes a foreign name."""
    return min(policy.transcribed_name_least, policy.sound_similarity) if token.foreign else policy.sound_similarity


def points_of_coverage(query: Words, single: int, points: int, policy: Policy) -> int:
    """How many points a customer's single name has to have by coverage, so as to score so many: these, or fewer."""
    if points > policy.single_name_most or query.bits[single] < policy.single_name_bits:
        return points
    covered = least_similarity(query.tokens[single], policy) * query.weights[single] // query.whole
    # The better covered name is covered by so much; of the other next to nothing may be.
    return min(points, (100 - policy.lesser_share) * covered // 100)


def single_name(tokens: Sequence[Token]) -> int | None:
    """The place of the only name among a customer's words; None where there are more, or none.

    "Mullah Baradar" and "President Maduro" are one name too. "Amir" is a given name more often than a title.
    """
    places = [at for at, token in enumerate(tokens) if token.kind not in _BESIDE]
    if len(places) == 2 and places[0] == 0 and _is_title(tokens[0]):
        del places[0]
    return places[0] if len(places) == 1 and tokens[places[0]].kind is TokenKind.WORD else None


def _is_title(token: Token) -> bool:
    return token.text == _MISTER or (may_be_title(token.text) and commonness_in_names(token) <= _RARE_AS_NAME)
