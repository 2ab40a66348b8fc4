"""The normalised form of one string: `Name`, with its tokens, readings and the steps that made it.

Only `screenkit.names.normalize` makes a `Name`; that is what makes "normalised" a type and not a habit.
"""

from __future__ import annotations

from enum import StrEnum

import attrs


class TokenKind(StrEnum):
    """What part of a name a token is, as far as its own form tells."""

    WORD = "word"
    INITIAL = "initial"
    PATRONYMIC = "patronymic"
    NUMERAL = "numeral"
    LEGAL_FORM = "legal form"
    TITLE = "title"
    PARTICLE = "particle"
    GENERIC = "generic"
    SYMBOL = "symbol"


class Space(StrEnum):
    """A sound space: readings of two names are compared only inside one, by its own measure of nearness."""

    #: Latin letters as written, diacritics dropped.
    LATIN = "latin"
    #: Slavic sounds: one key for all romanisations of Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Kazakh.
    SLAVIC = "slavic"
    #: Consonant skeletons of Arabic, Persian, Urdu and Hebrew.
    ARABIC = "arabic"
    #: Chinese syllables in pinyin.
    CHINESE = "chinese"
    #: Korean sound classes.
    KOREAN = "korean"


class Role(StrEnum):
    """What part of a person's name a sound is."""

    SURNAME = "surname"
    GIVEN = "given"
    #: A word of a name that isn't divided into surname and given name.
    WORD = "word"


@attrs.frozen
class Token:
    """One word of a name: what stands there and what it is compared as."""

    #: The word as it stands in the name after cleaning, in its own script.
    text: str
    #: What it is compared as: casefolded Latin letters and digits.
    key: str
    #: What kind of token it is.
    kind: TokenKind = TokenKind.WORD


@attrs.frozen
class Sound:
    """One unit of a reading: a key of the reading's sound space and the words it is read from."""

    #: The key, compared by the measure of the space. Its form is the space's own.
    key: str
    #: What part of the name it is.
    role: Role = Role.WORD
    #: The words it is read from: from `start` up to and without `stop`, counted in the words of the cleaned name.
    start: int = 0
    stop: int = 0


@attrs.frozen
class Step:
    """One step of normalisation that changed something; replaying all steps gives the same name again."""

    #: The step's name, an entry of `screenkit.names.STEPS`.
    step: str
    #: The text before it.
    before: str
    #: The text after it.
    after: str


@attrs.frozen(kw_only=True)
class Reading:
    """One way to pronounce a name."""

    #: Language (ISO 639-1), or "und" where the reading is of no language in particular.
    language: str
    #: The romanisation system, such as "unidecode", "pinyin", "wade-giles", "palladius".
    system: str
    #: The sound space it is compared in.
    space: Space = Space.LATIN
    #: The name in that system, as one would print it ("Ma Xiaohong", "Ri Hong-il").
    text: str
    #: What it is compared by.
    sounds: tuple[Sound, ...] = ()
    #: The most (0 to 10,000) that a comparison resting on it can reach: less for readings that are merely possible.
    cap: int = 10_000
    #: True where the system is no dependable guide to how this script is read.
    is_approximate: bool = False


@attrs.frozen(kw_only=True)
class Name:
    """A name cleaned, split into tokens and read."""

    #: The string as given.
    text: str
    #: The tokens, in the order in which they stand.
    tokens: tuple[Token, ...]
    #: Scripts (Unicode script names) of the letters, in order of first appearance.
    scripts: tuple[str, ...]
    #: The ways it is read.
    readings: tuple[Reading, ...]
    #: The steps that changed something.
    trace: tuple[Step, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """What the tokens are compared as, in order."""
        return tuple(token.key for token in self.tokens)

    @property
    def canonical(self) -> tuple[str, ...]:
        """The sorted keys: equal for two names exactly where they count as the same name."""
        return tuple(sorted(token.key for token in self.tokens))
