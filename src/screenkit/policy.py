"""Every weight, cutoff and switch of the score: `Policy`.

Points are ten-thousandths of the full score. A number here has the case it serves beside it; a changed
number arrives with the accuracy table before and after (benchmarks/accuracy/pairs.py).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import attrs

from screenkit.errors import InvalidPolicyError
from screenkit.model import TokenKind


def _points(value: float, field: str, least: float) -> int:
    """A score as points. Raises `InvalidPolicyError` for one that is not between `least` and 1."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    # Compared in points, since a threshold that was rounded to them is read back from records of screenings.
    if not is_number or not 0 <= value <= 1 or round(value * 10_000) < round(least * 10_000):
        shown = f"{least:.2f}" if round(least, 2) == least else f"{least}"
        raise InvalidPolicyError(f"{field} must be between {shown} and 1.00, not {value!r}.")
    return round(value * 10_000)


_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_SPAN = re.compile(r"(\d{1,6})\s*([mhd])\Z")
#: Fewer seconds than this are taken for a number of hours or days without its unit, and refused.
_LEAST_SECONDS = 60


def _span(value: dt.timedelta | str | float | None, field: str) -> dt.timedelta | None:
    """A span of time, with its unit ("24h") or in seconds, as records of screenings hold it."""
    if value is None or isinstance(value, dt.timedelta):
        return value
    if isinstance(value, str) and (stated := _SPAN.match(value.strip().casefold())):
        return dt.timedelta(**{_UNITS[stated[2]]: int(stated[1])})
    if isinstance(value, bool) or not isinstance(value, int | float) or 0 < value < _LEAST_SECONDS:
        raise InvalidPolicyError(
            f"{field} must be a timedelta, a text with a unit such as '24h' or '2d', or None for any age, not {value!r}"
        )
    return dt.timedelta(seconds=value)


def _max_age(value: dt.timedelta | str | float | None) -> dt.timedelta | None:
    return _span(value, "max_age")


def _max_lag(value: dt.timedelta | str | float | None) -> dt.timedelta | None:
    return _span(value, "max_lag")


def _texts(value: Iterable[str] | str) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@attrs.frozen(kw_only=True, cache_hash=True)
class Policy:
    """How names and facts are weighed. Frozen; two policies with one fingerprint decide alike."""

    #: Default threshold of a screening, from `floor` to 1.0. Of 10,000 ordinary names, against OFAC SDN 2023-12-28, UN
    #: 2025-11-20 and EU 2021-03-02 together, so many alert at .60, .65, .70, .80, .90, .95
    #: (benchmarks/accuracy/calibration.py; docs/scoring.md has the intervals, and why it is .60):
    #:   Latin 28, 11, 6, 1, 1, 1; Cyrillic 16, 13, 9, 6, 3, 2; Arabic 133, 85, 60, 22, 16, 15;
    #:   Han 66, 48, 45, 18, 18, 18; Hebrew 172, 117, 73, 44, 39, 27;
    #:   Hangul 105, 88, 86, 65, 65, 65; companies 35, 19, 13, 6, 1, 0.
    threshold: float = 0.60
    #: The lowest threshold at which a search is complete; a lower one is refused.
    floor: float = 0.40

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

    #: Similarity of words whose Slavic or Arabic keys are equal: full across scripts, a little less where both are
    #: written in Latin letters and differ (Sakouline / Sakulin, Youssef / Yusuf), because there either is a choice.
    sound_similarity: int = 9_600
    #: Two words in Latin letters that differ sound alike only from here on: their spelling says more than a sketch of
    #: their sound (Briana / Bruno, Febe / Fiva).
    latin_sound_least: int = 7_600
    #: Joined words of two scripts are the same word only if they sound at least so alike (Safar Ali / صفرعلی).
    joined_sound_least: int = 8_800
    #: Similarity of generic words of one meaning that are different words of one script (Mundo, World), and the bits
    #: that the difference takes away.
    translated_similarity: int = 9_500
    translated_bits: int = 6
    #: Similarity of generic words that are near in meaning, so that translators put one for the other (air, aviation).
    near_concept_similarity: int = 7_000
    #: Similarity of given names of one class (Vladimir / Volodymyr), and of a surname and its feminine form.
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
    #: Of that, in percent, where one name's words are all generic: Vohom Group is mostly Vohom Technology.
    generic_clash_share: int = 30
    #: Off where the father's name of one is the son's of the other (Salman bin Muhammad / Muhammad bin Salman).
    father_loss: int = 4_500
    #: Off where a person's name has a word beside the only one of a listed name (Esperanza Silva, the ship Esperanza).
    added_word_loss: int = 1_000
    #: Off, in percent of what the least similar pair lacks to the average of all pairs.
    weakest_share: int = 20
    #: Bits that the shared words need. If they have fewer, the missing share is deducted of what is at stake:
    #: `common_rise` percent of what the names lack to the full score, `common_most` points at most.
    needed_bits: int = 36
    common_rise: int = 600
    common_most: int = 5_000
    #: The most of it where a customer's name lacks only generic words of the listed one, and has none: "VTB" is VTB
    #: Bank. The other way round it is another firm's longer name more often (PAL Trading, PAL).
    shortened_most: int = 2_400
    #: The most of it where a customer's given name and surname are both a listed person's, whose other names it lacks
    #: (Ibrahim Al-Yacoub, Ibrahim Salih Mohammed Al-Yacoub), and how many points such a name reaches by it at most.
    contained_most: int = 1_400
    contained_cap: int = 7_100
    #: The most of a customer's single name that is a listed person's surname, and the bits that it has to say ("Putin"
    #: has 16, "Kim" 12): `shortened_most` is deducted in part where it says fewer than `needed_bits`.
    single_name_most: int = 7_600
    single_name_bits: int = 15
    #: The least similarity to a listed surname of a single name that transcribes a foreign one (메드베데프); a script
    #: of syllables lacks sounds, and of a thousand wrong words hardly one is as alike.
    transcribed_name_least: int = 8_900
    #: Bits of a shared word that hardly anybody has; more for each of its letters from the fifth on, which dwindle in
    #: the next three classes of commonness (Roseksimbank tells more than Sanet); the most for each of its letters; and
    #: bits of an initial.
    rare_bits: int = 22
    rare_letter_bits: int = 3
    letter_bits: int = 5
    initial_bits: int = 4
    #: Bits more of an equal word of five letters or more that no register, list or dictionary has (Kangbong): 6 of
    #: 10,000 ordinary companies share such a word with one on OFAC's list, 27 another rare word (Citadel).
    unheard_bits: int = 16
    #: Bits that an edit takes away, and a second one in the same word (Slovakia, Slovenia).
    edit_bits: int = 8
    second_edit_bits: int = 16
    #: Bits that each differing letter takes away of two words in Latin letters that sound alike.
    sound_bits: int = 3
    #: Bits that replacing a word by one of another sound takes away.
    change_bits: int = 60
    #: The same for a transcription into Chinese characters, Hangul or katakana, which leaves half of the sounds open:
    #: one of a hundred wrong words is as alike as 3,000, one of a thousand as 5,700.
    transcribed_bits: int = 30
    #: Bits that each word takes away that only one of the names has.
    left_bits: int = 2
    #: The same where both are read as names of persons in Chinese or Korean: given names there aren't shortened, and a
    #: syllable more is another name (Kang Min-ho, Kang Min).
    left_syllable_bits: int = 6
    #: Bits of a shared Chinese or Korean surname, and of each shared syllable of a given name.
    surname_bits: int = 8
    syllable_bits: int = 6
    #: Off a word's weight, in percent, for each class of commonness, and the least that is left.
    common_discount: int = 2
    least_weight_share: int = 40
    #: Similarity of words that differ by letters that scanners confuse (0 and o, 1 and l, rn and m).
    misread_similarity: int = 9_000
    #: Similarity of a generic word or legal form and a misspelling of it (Corproation).
    misspelled_similarity: int = 9_000
    #: Off where the customer's name is the beginning of a listed one, cut off by a payment field of 35 characters: what
    #: came after it may have been another name's (Bank of Industry and Mine, Kish Branch).
    cut_off_loss: int = 1_000
    #: The most that names which are not equal reach.
    ceiling: int = 9_900

    #: Birth dates that agree: the day, the month or year, the span of a "circa".
    birth_date_gain: int = 400
    birth_year_gain: int = 200
    #: By how many years "circa" may be off before it contradicts; within them it says nothing either way.
    about_years: int = 2
    #: Birth dates that contradict each other, by at most a year, and by more.
    near_birth_date_loss: int = 300
    birth_date_loss: int = 1_800
    #: Off an equal name whose birth date contradicts by more than a year: none, because lists err in dates more often
    #: than two people share a rare name. 5,000 takes such a name below the default threshold.
    equal_birth_date_loss: int = 0
    country_gain: int = 100
    country_loss: int = 100
    gender_gain: int = 0
    gender_loss: int = 600
    #: Kinds that differ, where the customer's is stated or its legal form shows it (Victor Green Limited, Viktor Grin).
    kind_loss: int = 1_000
    #: The least score of a designation with an equal identifier, whatever the names.
    identifier_points: int = 9_800

    #: Whether a name that its publisher calls weak is suppressed unless a birth date or identifier agrees.
    suppress_weak: bool = True
    #: Sources whose weak marks count. The UN's "Low" marks stand as strong names in the EU's list.
    weak_sources: tuple[str, ...] = attrs.field(
        default=("us_ofac_sdn", "us_ofac_cons", "starter", "house", ""), converter=_texts
    )

    #: Whether a hit is suppressed if the birth date, gender or kind contradicts and no identifier agrees. A list's
    #: facts may be wrong, so by default it is shown, and says what contradicts.
    suppress_contradicted: bool = False

    #: Sources without which nothing may be searched: a screener that lacks one refuses to screen. With some stated,
    #: `Screening.coverage` is "full". No part of the fingerprint, because they change no score.
    required_sources: tuple[str, ...] = attrs.field(default=(), converter=_texts)

    #: How many reviewers have to clear a hit before it is suppressed: 2 for the rule of four eyes. It is not part of
    #: the fingerprint, because it changes no score.
    required_reviewers: int = 1

    #: How old the last check of an official source with its publisher may be. `Screener.open` and `screen` refuse an
    #: older edition; None allows any age. A day: publishers amend their lists on working days without notice, and a
    #: listing binds from the hour it is published. It is not part of the fingerprint, because it changes no score.
    max_age: dt.timedelta | None = attrs.field(default=dt.timedelta(hours=24), converter=_max_age)

    #: How long after its publication a list may have been fetched before that is said wherever it is used: what was
    #: imported today may be years old. A month, within which most publishers amend their lists. It is not part of the
    #: fingerprint, because it changes no score.
    max_lag: dt.timedelta | None = attrs.field(default=dt.timedelta(days=30), converter=_max_lag)

    def __attrs_post_init__(self) -> None:
        _points(self.floor, "floor", LOWEST_FLOOR)
        _points(self.threshold, "threshold", self.floor)
        for field in attrs.fields(Policy):
            value = getattr(self, field.name)
            if str(field.type) == "int" and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
                raise InvalidPolicyError(f"{field.name} must be a whole number of 0 or more, not {value!r}.")
        if self.max_age is not None and self.max_age <= dt.timedelta(0):
            raise InvalidPolicyError(f"max_age must be more than zero, or None for any age, not {self.max_age}.")
        if self.required_reviewers < 1:
            raise InvalidPolicyError(f"required_reviewers must be 1 or more, not {self.required_reviewers}.")
        if not 50 <= self.lesser_share <= 100:
            raise InvalidPolicyError(f"lesser_share must be between 50 and 100 percent, not {self.lesser_share}.")

    @property
    def fingerprint(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of all values that decide, in order of their names."""
        values = json.dumps(attrs.asdict(self, filter=_is_told), sort_keys=True)
        return hashlib.sha256(values.encode()).hexdigest()[:16]

    @property
    def largest_gain(self) -> int:
        """The most that facts can add to a score; search looks that much below the threshold."""
        return max(self.birth_date_gain, self.birth_year_gain) + self.country_gain + self.gender_gain

    def threshold_points(self, threshold: float | None = None) -> int:
        """A threshold in points; for None, the policy's own.

        Raises `InvalidPolicyError` if it is not between the floor, below which a search is not complete, and 1.
        """
        return _points(self.threshold if threshold is None else threshold, "threshold", self.floor)

    def weight(self, kind: TokenKind, commonness: int = 0) -> int:
        """The weight of a word of this kind and class of commonness."""
        return self.weights[kind][commonness]

    @property
    def weights(self) -> Mapping[TokenKind, tuple[int, ...]]:
        """The weights of words by kind and class of commonness."""
        return _weights(self)

    def bits(self, kind: TokenKind, commonness: int = 0, length: int = 8) -> int:
        """How much a shared word of this kind, commonness and number of letters says, in bits."""
        if kind in _SAYS_LITTLE:
            return 1
        if kind is TokenKind.INITIAL:
            return self.initial_bits
        return max(min(self.rare_bits - commonness, self.letter_bits * length), 1)

    def length_bits(self, kind: TokenKind, commonness: int, length: int) -> int:
        """How much more a rare word says because it is long, in bits."""
        if kind in _SAYS_LITTLE or kind is TokenKind.INITIAL:
            return 0
        return self.rare_letter_bits * max(length - _SHORT_WORD, 0) * max(_RARE - commonness, 0) // _RARE


#: Fields that change no score.
_NO_SCORE = frozenset({"max_age", "max_lag", "required_sources", "required_reviewers"})
#: Fields that came later: where they have their default, the fingerprint is the one of before.
_LATER = frozenset({"suppress_contradicted"})


def _is_told(field: attrs.Attribute[object], value: object) -> bool:
    return field.name not in _NO_SCORE and not (field.name in _LATER and value == field.default)


_SAYS_LITTLE = frozenset({TokenKind.LEGAL_FORM, TokenKind.TITLE, TokenKind.PARTICLE})
#: Letters of a word that tell nothing about its rarity, and the class of commonness from which on none does.
_SHORT_WORD, _RARE = 4, 4
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
LOWEST_FLOOR = 0.40
