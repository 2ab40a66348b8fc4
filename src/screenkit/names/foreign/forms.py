"""Which words of a name in Chinese characters, Hangul or katakana transcribe a foreigner's name: `foreign_keys`.

Every Chinese character has a sound, so that most names of Chinese people could be transcriptions of something. A word
counts as one only where the name has a form that the names of the language don't have.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from screenkit.names.chinese.characters import every_hangul, simplify
from screenkit.names.chinese.surnames import surname_of
from screenkit.names.korean.surnames import SURNAMES
from screenkit.names.notation import read
from screenkit.names.split import Word

from .native import native_key

#: The longest name of a Chinese or Korean: a surname of two characters, a given name of two.
_LONGEST_PERSON = 4
#: A name whose surname stands apart is of a Korean up to here, even if one of its syllables is of no Chinese character.
_LONGEST_SPACED = 3
#: A brand of an organization has so many Chinese characters, or more, where it transcribes a foreign name; one of three
#: does where a character is none of given names.
_SHORTEST_BRAND = 4


def foreign_keys(words: Sequence[Word], are_terms: bool) -> tuple[str, ...]:
    """The foreign key of each word of a name; empty where it transcribes nothing.

    `are_terms` says that terms of the tables occur in the name: then it is an organization's.
    """
    decided: dict[str | None, bool] = {}
    for script in {word.script for word in words}:
        is_foreign = _IS_FOREIGN.get(script or "")
        decided[script] = is_foreign is not None and is_foreign(
            [word for word in words if word.script == script], are_terms
        )
    return tuple([native_key(word.text) if decided[word.script] else "" for word in words])


def brand_key(text: str, script: str | None) -> str:
    """The foreign key of what lies between the terms of a run; empty where it transcribes nothing."""
    is_foreign = (
        len(text) >= _SHORTEST_BRAND or (len(text) == _SHORTEST_BRAND - 1 and not _given_characters().issuperset(text))
        if script == "Han"
        else script == "Katakana" or (script == "Hangul" and not every_hangul().issuperset(text))
    )
    return native_key(text) if is_foreign else ""


def _is_foreign_han(words: Sequence[Word], are_terms: bool) -> bool:
    """Whether Chinese characters are not of a Chinese: an interpunct, no surname, or what no given name has."""
    if any(word.before_dot for word in words):
        return True
    texts = [simplify(word.text) for word in words]
    text = "".join(texts)
    if are_terms or (len(words) > 1 and (surname_of(texts[0]) or surname_of(texts[-1]))):
        return False
    if len(words) > 1 or len(text) > _LONGEST_PERSON:
        return True
    length = 2 if surname_of(text[:2]) is not None else 1
    given = text[length:]
    return surname_of(text[:length]) is None or len(given) > 2 or not _given_characters().issuperset(given)


def _is_foreign_hangul(words: Sequence[Word], are_terms: bool) -> bool:
    """Whether Hangul is not of a Korean: there are syllables that no Chinese character has, or it has another form."""
    text = "".join(word.text for word in words)
    has_surname = len(words) > 1 and not SURNAMES.isdisjoint((words[0].text, words[-1].text))
    if not every_hangul().issuperset(text):
        return not has_surname or len(text) > _LONGEST_SPACED
    if are_terms or has_surname:
        return False
    return len(text) > _LONGEST_PERSON or not any(map(_is_korean_person, (text, *(word.text for word in words))))


def _is_korean_person(text: str) -> bool:
    return 1 < len(text) <= _LONGEST_PERSON and (
        (text[:1] in SURNAMES and len(text) < _LONGEST_PERSON) or text[:2] in SURNAMES
    )


def _is_foreign_katakana(words: Sequence[Word], are_terms: bool) -> bool:
    """Katakana is for foreign words."""
    return True


_IS_FOREIGN = {"Han": _is_foreign_han, "Hangul": _is_foreign_hangul, "Katakana": _is_foreign_katakana}


@cache
def _given_characters() -> frozenset[str]:
    return frozenset(character for (character,) in read("chinese/given_characters.txt").rows(1))
