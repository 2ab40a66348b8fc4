"""The normalised form of one string: `Name`, with its tokens, readings and the steps that made it.

Only `screenkit.names.normalize` makes a `Name`; that is what makes "normalised" a type and not a habit.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    #: Japanese in Hepburn, without length.
    JAPANESE = "japanese"


class Role(StrEnum):
    """What part of a person's name a sound is."""

    SURNAME = "surname"
    GIVEN = "given"
    #: A word of a name that isn't divided into surname and given name.
    WORD = "word"


@attrs.frozen(cache_hash=True)
class Token:
    """One word of a name: what stands there and what it is compared as, in each sound space it is read in."""

    #: The word as it stands in the name after cleaning, in its own script.
    text: str
    #: Its Latin key: casefolded ASCII letters and digits; of a term, the key that all its spellings share.
    key: str
    #: What kind of token it is.
    kind: TokenKind = TokenKind.WORD
    #: For Han and Hangul, the characters that two names in that script are compared by; else empty.
    native: str = ""
    #: Slavic keys: of the word, of its given-name class ("@vladimir"), of its masculine form ("~lavrov").
    slavic: tuple[str, ...] = ()
    #: Keys of the Arabic sound space.
    arabic: tuple[str, ...] = ()
    #: True where script and language leave no dependable reading, and for a misspelled term of the tables.
    is_approximate: bool = False


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
class Compound:
    """Adjacent words that count as one: Abd al-Rahman, Salah al-Din."""

    #: The tokens it spans: from `start` up to and without `stop`.
    start: int
    stop: int
    #: The words written together.
    token: Token


@attrs.frozen(kw_only=True)
class Name:
    """A name cleaned, split into tokens and read."""

    #: The string as given.
    text: str
    #: The string cleaned; normalising it gives the same tokens and readings.
    cleaned: str
    #: The tokens, in the order in which they stand.
    tokens: tuple[Token, ...]
    #: Adjacent tokens that are compared as one word as well.
    compounds: tuple[Compound, ...] = ()
    #: How many tokens stand before the one comma inside the name, as in "RI, Hong-il"; 0 where there is none, or
    #: several. Persons' surnames are written so; of an organization it is what stands before ", Inc.".
    surname_words: int = 0
    #: Scripts (Unicode script names) of the letters, in order of first appearance.
    scripts: tuple[str, ...]
    #: The ways it is read: first word by word, then as the name of a Chinese or Korean person.
    readings: tuple[Reading, ...]
    #: The steps that changed something.
    trace: tuple[Step, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The Latin keys of the tokens, in order."""
        return tuple(token.key for token in self.tokens)

    @property
    def canonical(self) -> tuple[str, ...]:
        """Sorted keys, of Han and Hangul the characters: equal for two names exactly where they are the same name.

        A father's name is told from the son's: "Salman bin Muhammad" is not "Muhammad bin Salman".
        """
        fathers = fathers_in([token.kind for token in self.tokens], self.keys, self.surname_words)
        keys = (token.native or token.key for token in self.tokens)
        return tuple(sorted(f"bin {key}" if at in fathers else key for at, key in enumerate(keys)))


#: Keys of the particles before a father's name.
_OF_A_FATHER = frozenset({"bin", "bint"})


def fathers_in(kinds: Sequence[TokenKind], keys: Sequence[str], surname_words: int) -> frozenset[int]:
    """Positions of words that "bin" or "bint" makes a father's name, the article between them passed over.

    Before a comma stands the surname, which elsewhere comes last: in "LADIN, Usama bin" the father is Ladin.
    """
    if TokenKind.PARTICLE not in kinds:
        return frozenset()
    order = (*range(surname_words, len(kinds)), *range(surname_words))
    found = set()
    is_next = False
    for at in order:
        if kinds[at] is TokenKind.PARTICLE:
            is_next = keys[at] in _OF_A_FATHER or (is_next and keys[at] == "al")
        elif is_next:
            found.add(at)
            is_next = False
    return frozenset(found)
