"""Every weight, cut-off and switch, on one screen: `Policy`.

Points are ten-thousandths of the full score. A number here has the case it serves beside it; a changed
number arrives with the accuracy table before and after (benchmarks/accuracy.py).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache

import attrs

from screenkit.errors import InvalidPolicyError
from screenkit.model import TokenKind


def _points(value: float) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise InvalidPolicyError(f"{value!r} is no score from 0.0 to 1.0")
    return round(value * 10_000)


def _span(value: dt.timedelta | float | None) -> dt.timedelta | None:
    """A span of time, which may be given in seconds, as records of screenings hold it."""
    if value is None or isinstance(value, dt.timedelta):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidPolicyError(f"max_age is {value!r}; it has to be a timedelta, seconds, or None for any age")
    return dt.timedelta(seconds=value)


def _texts(value: Iterable[str]) -> tuple[str, ...]:
    return tuple(value)


@attrs.frozen(kw_only=True, cache_hash=True)
class Policy:
    """How names and facts are weighed. Frozen; two policies with one fingerprint decide alike."""

    #: Default threshold of a screening, from `floor` to 1.0. Of 10,000 ordinary names, against OFAC SDN 2023-12-28, UN
    #: 2025-11-20 and EU 2021-03-02 together, so many alert at .70, .75, .80, .85, .90, .95 (benchmarks/calibration.py;
    #: docs/scoring.md has the intervals, and why it is .70):
    #:   Latin 4, 2, 1, 1, 1, 1; Cyrillic 7, 5, 5, 4, 2, 2; Arabic 45, 32, 21, 17, 16, 15; Han 43, 39, 20, 18, 18, 18;
    #:   Hebrew 57, 45, 41, 39, 38, 29; Hangul 91, 78, 66, 65, 65, 65; companies 17, 10, 8, 5, 1, 0.
    threshold: float = 0.70
    #: The lowest threshold at which a search is complete; a lower one is refused.
    floor: float = 0.50

    # Weight of a word, by kind. "Hongxiang" says much, "Trading" little, "LTD" next to nothing.
    word_weight: int = 1_000
    generic_weight: int = 400
    particle_weight: int = 60
    #: "Mikhail Yur'evich Pisklin" is "Mikhail Pisklin": a patronymic that is missing doesn't separate.
    patronymic_weight: int = 250
    title_weight: int = 100
    legal_form_weight: int = 100
    numeral_weight: int = 700
    initial_weight: int = 400

    #: Similarity of a word and its initial: "V. Putin" is possible, not certain.
    initial_similarity: int = 6_500
    #: Off for a joined or split pair: "Hong Xiang" for "Hongxiang" is common and means little.
    joined_deduction: int = 200
    #: Of a single edit's share of the word, in percent: an edit in a short word is more than a slip.
    edit_share: int = 130

    #: How alike words are whose Slavic or Arabic keys are equal: fully across scripts, a little less where both are
    #: written in Latin letters and differ (Sakouline / Sakulin, Youssef / Yusuf), because there either is a choice.
    sound_similarity: int = 9_600
    #: Two words in Latin letters that differ sound alike only from here on: their spelling says more than a sketch of
    #: their sound (Briana / Bruno, Febe / Fiva).
    latin_sound_least: int = 7_600
    #: Joined words of two scripts are the same word only if they sound at least so alike (Safar Ali / صفرعلی).
    joined_sound_least: int = 8_800
    #: How alike generic words of one meaning are that are other words of one script (Mundo, World), and what that takes
    #: of what sharing them tells.
    translated_similarity: int = 9_500
    translated_bits: int = 6
    #: How alike given names of one class are (Vladimir / Volodymyr), and a surname with its feminine form.
    class_similarity: int = 9_600
    #: The most that words in Han, or in Hangul, reach that sound alike and are written differently (马小红 / 马晓红).
    same_script_cap: int = 6_500
    #: The most that a word in Han or Hangul and a Latin one reach by spellings an edit apart (桂英 / Guoying): another
    #: syllable, mostly another name.
    native_edit_cap: int = 3_000
    #: Share, in percent, of the surname in a Chinese or Korean reading.
    surname_share: int = 40
    #: Share, in percent, of the less covered name in the score; the rest is the better covered one's.
    #: "Trading" alone covers itself wholly and "Hongxiang Trading" in part: the part decides.
    lesser_share: int = 70
    #: Off, in percent of the smaller leftover, where both names have a word the other lacks (Korea Kwangson Banking /
    #: Korea Kwangsong Trading): so much of it as their letters differ (Muserref / Musharraf).
    clash_share: int = 100
    #: Off where the father's name of one is the son's of the other (Salman bin Muhammad / Muhammad bin Salman).
    father_loss: int = 3_000
    #: Off, in percent of what the least similar pair lacks to the average of all pairs.
    weakest_share: int = 20
    #: Bits that what is shared has to tell. Where it tells fewer, the share that lacks is taken of what is at stake:
    #: `common_rise` percent of what the names lack to the full score, `common_most` points at most.
    needed_bits: int = 36
    common_rise: int = 600
    common_most: int = 5_000
    #: What sharing a word tells that hardly anybody has, at most so much for each of its letters; and an initial.
    rare_bits: int = 22
    letter_bits: int = 5
    initial_bits: int = 4
    #: What an edit takes of it, and turning a word into another one that sounds otherwise altogether.
    edit_bits: int = 8
    #: What each letter that differs takes of two words in Latin letters that sound alike.
    sound_bits: int = 3
    change_bits: int = 60
    #: What each word takes that only one of the names has.
    left_bits: int = 2
    #: What sharing a Chinese or Korean surname, and that the name divides so, says; and each syllable of a given name.
    surname_bits: int = 10
    syllable_bits: int = 6
    #: Off a word's weight, in percent, for each class of commonness, and the least that is left.
    common_discount: int = 2
    least_weight_share: int = 40
    #: How alike words are that differ by what scanners confuse (0 and o, 1 and l, rn and m).
    misread_similarity: int = 9_000
    #: How alike a generic word or legal form and a misspelling of it are (Corproation).
    misspelled_similarity: int = 9_000
    #: The most that names which are not equal reach.
    ceiling: int = 9_900

    #: Birth dates that agree: the day, the month or year, the span of a "circa".
    birth_date_gain: int = 400
    birth_year_gain: int = 200
    #: By how many years "circa" may be off before it contradicts; within them it says nothing either way.
    about_years: int = 2
    #: Birth dates that contradict each other, by at most a year, and by more.
    near_birth_date_loss: int = 300
    birth_date_loss: int = 1_200
    country_gain: int = 100
    country_loss: int = 100
    gender_gain: int = 0
    gender_loss: int = 600
    kind_loss: int = 600
    #: What an equal identifier brings a score to at least, whatever the names.
    identifier_points: int = 9_800

    #: Whether a name that its publisher calls weak is suppressed unless a birth date or identifier agrees.
    suppress_weak: bool = True
    #: Sources whose weak marks count. The UN's "Low" marks stand as strong names in the EU's list.
    weak_sources: tuple[str, ...] = attrs.field(
        default=("us_ofac_sdn", "us_ofac_cons", "starter", "house", ""), converter=_texts
    )

    #: How long ago the installed edition of an official source may have been found current at its publisher's for
    #: `Screener.open` and its `screen` not to refuse it; None for any age. A day: the publishers amend their lists on
    #: working days without notice, and a listing binds from the hour it is published. No part of the fingerprint,
    #: because it changes no score.
    max_age: dt.timedelta | None = attrs.field(default=dt.timedelta(hours=24), converter=_span)

    def __attrs_post_init__(self) -> None:
        floor, threshold = _points(self.floor), _points(self.threshold)
        if floor < LOWEST_FLOOR:
            raise InvalidPolicyError(
                f"floor {self.floor} is below {LOWEST_FLOOR / 10_000}, where search is not complete"
            )
        if threshold < floor:
            raise InvalidPolicyError(f"threshold {self.threshold} is below the floor {self.floor}")
        for field in attrs.fields(Policy):
            value = getattr(self, field.name)
            if str(field.type) == "int" and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
                raise InvalidPolicyError(f"{field.name} is {value!r}; it has to be a whole number from 0")
        if self.max_age is not None and self.max_age <= dt.timedelta(0):
            raise InvalidPolicyError(
                f"max_age is {self.max_age}; it has to be longer than nothing, or None for any age"
            )
        if not 50 <= self.lesser_share <= 100:
            raise InvalidPolicyError(f"lesser_share is {self.lesser_share}; it has to be from 50 to 100 percent")

    @property
    def fingerprint(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of all values that decide, in order of their names."""
        values = json.dumps(attrs.asdict(self, filter=lambda field, _: field.name != "max_age"), sort_keys=True)
        return hashlib.sha256(values.encode()).hexdigest()[:16]

    @property
    def largest_gain(self) -> int:
        """The most that facts can add to a score; search looks that much below the threshold."""
        return max(self.birth_date_gain, self.birth_year_gain) + self.country_gain + self.gender_gain

    def threshold_points(self, threshold: float | None = None) -> int:
        """A threshold (the policy's own for None) in points.

        Raises `InvalidPolicyError` where it is no score or below the floor, where search is not complete.
        """
        points = _points(self.threshold if threshold is None else threshold)
        if points < _points(self.floor):
            raise InvalidPolicyError(
                f"threshold {threshold} is below the floor {self.floor}, the lowest at which search is complete"
            )
        return points

    def weight(self, kind: TokenKind, commonness: int = 0) -> int:
        """The weight of a word of this kind that is so common (`names.commonness`)."""
        return self.weights[kind][commonness]

    @property
    def weights(self) -> Mapping[TokenKind, tuple[int, ...]]:
        """The weights of words by kind, and by how common they are."""
        return _weights(self)

    def bits(self, kind: TokenKind, commonness: int = 0, length: int = 8) -> int:
        """What sharing a word of this kind, commonness and count of letters tells, in bits."""
        if kind in _SAYS_LITTLE:
            return 1
        if kind is TokenKind.INITIAL:
            return self.initial_bits
        return max(min(self.rare_bits - commonness, self.letter_bits * length), 1)


_SAYS_LITTLE = frozenset({TokenKind.LEGAL_FORM, TokenKind.TITLE, TokenKind.PARTICLE})
#: Classes of commonness are below this.
CLASSES = 24


@lru_cache(maxsize=64)
def _weights(policy: Policy) -> dict[TokenKind, tuple[int, ...]]:
    base = {
        TokenKind.WORD: policy.word_weight,
        TokenKind.SYMBOL: policy.word_weight,
        TokenKind.GENERIC: policy.generic_weight,
        TokenKind.PARTICLE: policy.particle_weight,
        TokenKind.TITLE: policy.title_weight,
        TokenKind.LEGAL_FORM: policy.legal_form_weight,
        TokenKind.PATRONYMIC: policy.patronymic_weight,
        TokenKind.NUMERAL: policy.numeral_weight,
        TokenKind.INITIAL: policy.initial_weight,
    }
    return {
        kind: tuple(
            weight * max(100 - policy.common_discount * common, policy.least_weight_share) // 100
            if kind is TokenKind.WORD
            else weight
            for common in range(CLASSES)
        )
        for kind, weight in base.items()
    }


#: No policy may search below it: there, a score can rest on words too common to look up.
LOWEST_FLOOR = 4_000
