"""`Name`: the normalized form of one string, with its tokens, its readings and the steps that made it.

Only `screenkit.names.normalize` makes a `Name`, so that normalized text can't be confused with raw text.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import attrs


class TokenKind(StrEnum):
    """What part of a name a token is, as far as the token itself shows."""

    WORD = "word"
    INITIAL = "initial"
    PATRONYMIC = "patronymic"
    NUMERAL = "numeral"
    LEGAL_FORM = "legal form"
    TITLE = "title"
    PARTICLE = "particle"
    GENERIC = "generic"
    SYMBOL = "symbol"


#: The kinds of words that names of persons have.
OF_PERSONS = frozenset({TokenKind.WORD, TokenKind.PATRONYMIC, TokenKind.INITIAL, TokenKind.TITLE, TokenKind.PARTICLE})


class Space(StrEnum):
    """A phonetic space: readings of two names are compared only within one, by its own measure of similarity."""

    #: Latin letters as written, diacritics dropped.
    LATIN = "latin"
    #: Slavic phonetic keys: one for all romanizations of Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Kazakh.
    SLAVIC = "slavic"
    #: Consonants of Arabic, Persian, Urdu and Hebrew.
    ARABIC = "arabic"
    #: Chinese syllables in pinyin.
    CHINESE = "chinese"
    #: Korean classes of sounds.
    KOREAN = "korean"
    #: Japanese in Hepburn, without length.
    JAPANESE = "japanese"
    #: What a word that transcribes a foreign name may sound like, and words in Latin letters.
    FOREIGN = "foreign"


class Role(StrEnum):
    """What part of a person's name a sound is."""

    SURNAME = "surname"
    GIVEN = "given"
    #: A word of a name that isn't divided into surname and given name.
    WORD = "word"


@attrs.frozen
class Token:
    """One word of a name: its text, and the keys that it is compared by in each phonetic space."""

    #: The word as it is in the cleaned name, in its own script.
    text: str
    #: Its Latin key: casefolded ASCII letters and digits; for a term, the key that all its spellings share.
    key: str
    #: What kind of token it is.
    kind: TokenKind = TokenKind.WORD
    #: For Han and Hangul, the characters by which two names in that script are compared; else empty.
    native: str = ""
    #: Slavic keys: of the word, of its given-name class ("@vladimir"), of its masculine form ("~lavrov").
    slavic: tuple[str, ...] = ()
    #: Keys of the Arabic phonetic space.
    arabic: tuple[str, ...] = ()
    #: The key of the foreign phonetic space, of a word in another script that transcribes a foreign name; else empty.
    #: Those of words in Latin letters are made where two such words are compared (`names.foreign.latin`).
    foreign: str = ""
    #: True if script and language allow no reliable reading, and for a misspelled term of the tables.
    is_approximate: bool = False

    def __hash__(self) -> int:
        """The hash of its text, which a string keeps: what is known of words is looked up by them all the time."""
        return hash(self.text)


@attrs.frozen
class Sound:
    """One unit of a reading: a key of the reading's phonetic space and the words that it is read from."""

    #: The key. Its form and how it is compared depend on the space.
    key: str
    #: What part of the name it is.
    role: Role = Role.WORD
    #: The words it is read from: from `start` up to but not including `stop`, among the words of the cleaned name.
    start: int = 0
    stop: int = 0


@attrs.frozen
class Step:
    """One step of normalization that changed something; replaying all steps gives the same name again."""

    #: The step's name, an entry of `screenkit.names.STEPS`.
    step: str
    #: The text before it.
    before: str
    #: The text after it.
    after: str


@attrs.frozen(kw_only=True)
class Reading:
    """One way to pronounce a name."""

    #: Language (ISO 639-1), or "und" if the reading is of no particular language.
    language: str
    #: The romanization system, such as "unidecode", "pinyin", "wade-giles", "palladius".
    system: str
    #: The phonetic space that it is compared in.
    space: Space = Space.LATIN
    #: The name in that system, as one would print it ("Ma Xiaohong", "Ri Hong-il").
    text: str
    #: What it is compared by.
    sounds: tuple[Sound, ...] = ()
    #: The highest score (0 to 10,000) of a comparison based on it: less for a reading that is merely possible.
    cap: int = 10_000
    #: True if the system is not a reliable guide to how this script is read.
    is_approximate: bool = False


@attrs.frozen(kw_only=True)
class Compound:
    """Adjacent words that count as one, such as Abd al-Rahman or Salah al-Din."""

    #: The tokens it spans: from `start` up to but not including `stop`.
    start: int
    stop: int
    #: The words written together.
    token: Token


@attrs.frozen(kw_only=True)
class Name:
    """A name cleaned, split into tokens and read."""

    #: The string as given.
    text: str
    #: The cleaned string; normalizing it gives the same tokens and readings.
    cleaned: str
    #: The tokens, in their order in the name.
    tokens: tuple[Token, ...]
    #: Adjacent tokens that are compared as one word as well.
    compounds: tuple[Compound, ...] = ()
    #: How many tokens come before the comma inside the name, as in "RI, Hong-il"; 0 if there is no comma or more than
    #: one. Persons' surnames are written so; for an organization it is the part before ", Inc.".
    surname_words: int = 0
    #: Scripts (Unicode script names) of the letters, in order of first appearance.
    scripts: tuple[str, ...]
    #: The readings: first word by word, then as the name of a Chinese or Korean person.
    readings: tuple[Reading, ...]
    #: The steps that changed something.
    trace: tuple[Step, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The Latin keys of the tokens, in order."""
        return tuple(token.key for token in self.tokens)

    @property
    def canonical(self) -> tuple[str, ...]:
        """The sorted keys, or the characters in Han and Hangul: equal for two names exactly if they are the same name.

        Initials in a row keep their order: "T.M.S. Group" is not "M.T.S. Group". A father's name is marked as such:
        "Salman bin Muhammad" is not "Muhammad bin Salman", nor "Murad Xaliq oğlu" "Xaliq Murad oğlu".
        """
        fathers = fathers_in([token.kind for token in self.tokens], self.keys, self.surname_words)
        keys: list[str] = []
        follows_initial = False
        for at, token in enumerate(self.tokens):
            key = token.native or token.key
            is_initial = token.kind is TokenKind.INITIAL
            if is_initial and follows_initial:
                keys[-1] += f".{key}"
            else:
                keys.append(f"bin {key}" if at in fathers else key)
            follows_initial = is_initial
        return tuple(sorted(keys))


#: Keys of the particles before a father's name, and of those after one.
_OF_A_FATHER = frozenset({"bin", "bint"})
SON, DAUGHTER = "oglu", "qizi"
CHILDREN = frozenset({SON, DAUGHTER})


def fathers_in(kinds: Sequence[TokenKind], keys: Sequence[str], surname_words: int) -> frozenset[int]:
    """Positions of the words after "bin" or "bint", which are a father's name; an article between them is skipped.

    So are those before "oğlu" or "qızı". The surname is before a comma, and otherwise comes last: in "LADIN, Usama bin"
    the father is Ladin.
    """
    if TokenKind.PARTICLE not in kinds:
        return frozenset()
    order = (*range(surname_words, len(kinds)), *range(surname_words))
    found = set()
    is_next = False
    before = None
    for at in order:
        if kinds[at] is TokenKind.PARTICLE:
            if before is not None and keys[at] in CHILDREN:
                found.add(before)
            is_next = keys[at] in _OF_A_FATHER or (is_next and keys[at] == "al")
        elif is_next:
            found.add(at)
            is_next = False
        before = at
    return frozenset(found)
