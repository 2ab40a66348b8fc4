"""The keys that words are looked up by: what the index stores a word by, and what a query's word is looked up by.

Two words that are similar have one key of each in common, or two keys within the edits of both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from screenkit.model import Space, Token, TokenKind
from screenkit.model.evidence import FULL_SCORE
from screenkit.names.arabic.measure import EDIT as ARABIC_EDIT
from screenkit.names.arabic.measure import RADIUS as ARABIC_RADIUS
from screenkit.names.arabic.measure import skeleton
from screenkit.names.foreign.latin import latin_key as foreign_latin_key
from screenkit.names.foreign.measure import edits_allowed as foreign_radius
from screenkit.names.foreign.measure import skeletons
from screenkit.names.korean.measure import RADIUS as KOREAN_RADIUS
from screenkit.names.slavic.measure import ONE_EDIT_FROM as SLAVIC_ONE_EDIT_FROM
from screenkit.names.slavic.measure import TWO_EDITS_FROM as SLAVIC_TWO_EDITS_FROM
from screenkit.names.vocabulary.misreadings import misread_shapes
from screenkit.names.vocabulary.misspelled_phrases import misspelled_phrase
from screenkit.names.vocabulary.misspellings import misspelled_term
from screenkit.names.vocabulary.near_concepts import near_groups
from screenkit.policy import Policy

#: Words shorter than this must be equal, but for a letter too many or two letters swapped (Ri, Rii, Ir); words below
#: `TWO_EDITS_FROM` may differ by one edit, others by two.
ONE_EDIT_FROM = 3
TWO_EDITS_FROM = 5
#: Words longer than this must be equal again; no word of a name is, and their neighbourhoods would be huge.
LONGEST_EDITED = 32
#: Kinds of words that the tables know all of.
TERMS = frozenset({TokenKind.GENERIC, TokenKind.NUMERAL, TokenKind.LEGAL_FORM})


def latin_radius(length: int) -> int:
    """How many edits a Latin or Slavic key of this length may be away from another one, the shorter one counting."""
    return (length >= ONE_EDIT_FROM) + (length >= TWO_EDITS_FROM) if length <= LONGEST_EDITED else 0


def latin_edits_allowed(length: int) -> int:
    """How many edits two Latin keys may be apart, the shorter one of this length: of two letters, one is left over."""
    return latin_radius(length) or int(length == ONE_EDIT_FROM - 1)


def _slavic_radius(length: int) -> int:
    return (length >= SLAVIC_ONE_EDIT_FROM) + (length >= SLAVIC_TWO_EDITS_FROM) if length <= LONGEST_EDITED else 0


def _arabic_radius(length: int) -> int:
    return sum(length >= least for least in ARABIC_RADIUS) if length <= LONGEST_EDITED else 0


def _korean_radius(length: int) -> int:
    return KOREAN_RADIUS[min(length, len(KOREAN_RADIUS) - 1)] if length <= LONGEST_EDITED else 0


#: Space -> edits allowed for a lookup key of a length.
RADII: Mapping[Space, Callable[[int], int]] = MappingProxyType(
    {
        Space.LATIN: latin_radius,
        Space.SLAVIC: _slavic_radius,
        Space.ARABIC: _arabic_radius,
        Space.CHINESE: latin_radius,
        Space.KOREAN: _korean_radius,
        Space.JAPANESE: latin_radius,
        Space.FOREIGN: foreign_radius,
    }
)


#: The same for each length; longer keys are equal or nothing.
_RADII = {space: tuple(map(allowed, range(LONGEST_EDITED + 2))) for space, allowed in RADII.items()}


class Lookup(NamedTuple):
    """A key that a word is found by: its space, whether the word is in Latin letters, and how many edits are tried."""

    space: Space
    is_latin: bool
    key: str
    radius: int
    #: How alike keys have to be to count.
    least: int = 1

    @property
    def reach(self) -> int:
        """How many edits away another key may be; of two Latin letters, a third may be too many (Ri, Rii)."""
        return self.radius or (self.space is Space.LATIN and len(self.key) == ONE_EDIT_FROM - 1)


def stored_lookups(token: Token, *, words: int = 1) -> list[Lookup]:
    """The keys a listed term of so many words is found by. In the Latin space one key serves words of every script."""
    if words > 2:
        return [Lookup(Space.LATIN, True, token.key, 0)]
    is_joined = words > 1
    found = _latin_lookups(token, is_joined)
    found += _initials_lookups(token, is_joined, _OF_INITIALS, _OF_WORDS)
    in_latin = is_latin(token.text)
    if token.slavic or token.arabic:
        found += _sound_lookups(token, is_joined, in_latin)
    if not is_joined:
        found += _foreign_lookups(token, in_latin)
    return found


def _latin_lookups(token: Token, is_joined: bool) -> list[Lookup]:
    key, text = token.key, token.text
    edits = radius(Space.LATIN, key)
    found = [Lookup(Space.LATIN, True, key, min(edits, 1) if is_joined else edits)]
    if text != key:
        found.append(Lookup(Space.LATIN, True, text if text.isascii() else f"={text}", 0))
    term = meant_term(token) if token.is_approximate else ""
    if term:
        found.append(Lookup(Space.LATIN, True, term, 0))
    if not is_joined:
        if token.kind is TokenKind.GENERIC:
            found.extend([Lookup(Space.LATIN, True, f"@{group}", 0) for group in near_groups(key)])
        found.extend([Lookup(Space.LATIN, True, f"~{shape}", 0) for shape in misread_shapes(key)])
        number = roman_number(token)
        if number:
            found.append(Lookup(Space.LATIN, True, f"#{number}", 0))
        if len(key) == ONE_EDIT_FROM - 1 and key.isalpha():
            found.append(Lookup(Space.LATIN, True, f"^{min(key, key[::-1])}", 0))
    return found


#: What the key of two initials begins with: of the word that they are written as, and of the two words that have them.
_OF_INITIALS, _OF_WORDS = "%", "&"


def _initials_lookups(token: Token, is_joined: bool, of_initials: str, of_words: str) -> tuple[Lookup, ...]:
    """The key of a word that may be two initials (VF), or of two words that have such (Viktor Filippovich)."""
    letters = _initials(token) if is_joined else token.key if _may_be_initials(token) else ""
    return (Lookup(Space.LATIN, True, f"{of_words if is_joined else of_initials}{letters}", 0),) if letters else ()


#: Kinds of words that may be two initials written together. MV is the prefix of a ship's name as well.
_INITIALS_KINDS = frozenset({TokenKind.WORD, TokenKind.TITLE})


def _may_be_initials(token: Token) -> bool:
    return len(token.text) == 2 and token.kind in _INITIALS_KINDS and token.key.isalpha() and token.key.isascii()


def _initials(joined: Token) -> str:
    """The initials of two words in Latin letters that are joined; empty where one of them is short."""
    words = joined.text.split(" ")
    is_whole = len(words) == 2 and joined.text.isascii() and min(map(len, words)) > 2
    return words[0][0] + words[1][0] if is_whole else ""


def is_initials_of(one: Token, joined: Token) -> bool:
    """Whether a word is the initials, written together, of two words that are joined: VF, Viktor Filippovich."""
    return _may_be_initials(one) and one.key == _initials(joined)


#: What names begin with on lists that a Cyrillic letter is the initial of (Евгений: Evgeny, Yevgeny; Юрий: Yuri, Iurii,
#: Jurij; Харитон: Khariton, Hariton). Source: ICAO Doc 9303, BGN/PCGN, ISO 9 and the Ukrainian system of 2010.
_CYRILLIC_BEGINNINGS = {
    "е": ("e", "ye", "ie", "je"),
    "ё": ("e", "yo", "ye", "io", "jo"),
    "ю": ("yu", "iu", "ju"),
    "я": ("ya", "ia", "ja"),
    "й": ("y", "i", "j"),
    "є": ("ye", "ie", "je", "e"),
    "ї": ("yi", "i", "ji"),
    "г": ("g", "h"),
    "х": ("kh", "h"),
    "ц": ("ts", "c"),
    "в": ("v", "w"),
    "ч": ("c", "tch", "tsch"),
}
#: The first letters of each of them stand together; the classes don't meet.
_LETTER_CLASSES = {letter: group[0] for group in ("eyij", "ghk", "tc", "vw") for letter in group}


def initial_beginnings(token: Token) -> tuple[str, ...]:
    """What the names begin with that an initial may stand for."""
    return _CYRILLIC_BEGINNINGS.get(token.text) or (token.key[0],)


def initial_letters(token: Token) -> str:
    """The first letters of the names that an initial may stand for."""
    return "".join(dict.fromkeys(beginning[0] for beginning in initial_beginnings(token)))


def letter_class(letter: str) -> str:
    """One letter for all those that an initial may stand for together."""
    return _LETTER_CLASSES.get(letter, letter)


#: Roman numerals that are initials or names as well. Beside an Arabic numeral they are numbers.
_ROMAN = {"i": "1", "v": "5", "x": "10", "vi": "6", "xi": "11"}
_ROMAN_NUMBERS = frozenset(_ROMAN.values())
_ROMAN_KINDS = frozenset({TokenKind.INITIAL, TokenKind.WORD})


def roman_number(token: Token) -> str:
    """The number that a word is or may be, of the five whose Roman numeral is a letter or a name too; else empty."""
    if token.kind is TokenKind.NUMERAL:
        return token.key if token.key in _ROMAN_NUMBERS else ""
    return _ROMAN.get(token.key, "") if token.kind in _ROMAN_KINDS else ""


def _sound_lookups(token: Token, is_joined: bool, in_latin: bool) -> list[Lookup]:
    keys = token.slavic if not is_joined else ()
    found = [Lookup(Space.SLAVIC, in_latin, key, radius(Space.SLAVIC, key)) for key in keys]
    skeletons = dict.fromkeys(map(skeleton, token.arabic))
    found += [Lookup(Space.ARABIC, in_latin, key, radius(Space.ARABIC, key)) for key in skeletons]
    return found


def foreign_key(token: Token) -> str:
    """The key of a word in the foreign phonetic space; empty for terms, and in scripts that transcribe nothing."""
    if token.foreign or token.kind not in _HEARD_KINDS or not is_latin(token.text):
        return token.foreign
    return foreign_latin_key(token.text)


_HEARD_KINDS = frozenset({TokenKind.WORD, TokenKind.PATRONYMIC})


def _foreign_lookups(token: Token, in_latin: bool) -> list[Lookup]:
    """The keys by which a word that transcribes a foreign name, and the name in Latin letters, find each other."""
    return [Lookup(Space.FOREIGN, in_latin, key, radius(Space.FOREIGN, key)) for key in skeletons(foreign_key(token))]


def asked_lookups(token: Token, policy: Policy, *, words: int = 1, is_transcribed: bool = True) -> list[Lookup]:
    """The keys that terms similar to a query's term of so many words are looked up by.

    `is_transcribed` is False where no word in another script transcribes a foreign name: then a word in Latin letters
    needs no look at them.

    Sounds of two words in Latin letters, or of two that are not, count only where they are nearly the same
    (`Policy.latin_sound_least`), and those of joined words not at all: fewer edits are tried.
    """
    if words > 2:
        return [Lookup(Space.LATIN, True, token.key, 0)]
    is_joined = words > 1
    found = _latin_lookups(token, is_joined)
    found += _initials_lookups(token, is_joined, _OF_WORDS, _OF_INITIALS)
    in_latin = is_latin(token.text)
    if not is_joined and (is_transcribed or token.foreign):
        found += _foreign_lookups(token, not in_latin)
    least = max(policy.latin_sound_least, 1)
    for one in _sound_lookups(token, is_joined, not in_latin):
        found.append(one)
        if not is_joined:
            edits = one.radius if one.space is Space.SLAVIC else _least_radius(one, policy)
            found.append(Lookup(one.space, in_latin, one.key, edits, least))
    return found


def _least_radius(one: Lookup, policy: Policy) -> int:
    """Edits of an Arabic skeleton that leave two words as alike as `Policy.latin_sound_least` asks for."""
    return min(one.radius, max(FULL_SCORE - policy.latin_sound_least, 0) * (len(one.key) + one.radius) // ARABIC_EDIT)


def radius(space: Space, key: str) -> int:
    """How many edits away from a key others are looked up; keys with digits and marks are equal or nothing."""
    if not key.isalpha() and not key.replace("-", "").isalpha():
        return 0
    return _RADII[space][min(len(key), LONGEST_EDITED + 1)]


def meant_term(token: Token) -> str:
    """The key of the term that a word is a misspelling of; empty for every other word."""
    if not token.is_approximate or token.kind not in TERMS:
        return ""
    term = misspelled_phrase(token.text) if " " in token.text else misspelled_term(token.key)
    return term.key if term else ""


def is_latin(text: str) -> bool:
    """Whether a word is in Latin letters, diacritics included."""
    return text.isascii() or all(letter < "\u0370" or "\u1e00" <= letter <= "\u1eff" for letter in text)
