"""Titles in Chinese, Korean and Japanese, before and after a name and mostly without a space: `with_titles_apart`.

A title is one only where a whole name remains beside it: 김 대표 may be a person called Tae-pyo, 김정은 위원장 is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import attrs

from screenkit.names.chinese.surnames import surname_of
from screenkit.names.foreign.native import native_key
from screenkit.names.korean.surnames import SURNAMES
from screenkit.names.notation import read
from screenkit.names.script import script_of
from screenkit.names.split import Word

from .segments import segment
from .terms import SIMPLIFIED, Term, lexicon

_SCRIPTS = frozenset({"Han", "Hangul", "Hiragana", "Katakana"})
#: Keys of the titles that only persons have, whatever their name looks like.
_OF_PERSONS = frozenset({"mr", "mrs", "ms", "dr", "prof"})
#: The most titles on each side of a name, and the most words of one.
_MOST = 3
_LONGEST_PERSON, _LONGEST_NAME = 4, 12
_FIRST_HANGUL, _USUAL_HANGUL = "\uac00", 3
#: One syllable is a title where so many are before it; otherwise it is the last of a given name (김민님).
_BEFORE_SYLLABLE = 3


def with_titles_apart(words: Sequence[Word]) -> Sequence[Word]:
    """The words with titles as words of their own, marked `is_title`.

    >>> [(word.text, word.is_title) for word in with_titles_apart([Word("马晓红女士", "Han")])]
    [('马晓红', False), ('女士', True)]
    """
    if not any(word.script in _SCRIPTS for word in words):
        return words
    before: list[Word] = []
    after: list[Word] = []
    rest = list(words)
    while rest and len(after) < _MOST and (cut := _without_last(rest)) is not None:
        rest, title = cut
        after.insert(0, title)
    while rest and len(before) < _MOST and (cut := _without_first(rest)) is not None:
        rest, title = cut
        before.append(title)
    if not before and not after:
        return words
    if rest[-1].before_comma:
        # The comma parts the name from its title, not the surname from the given name.
        rest[-1] = attrs.evolve(rest[-1], before_comma=False)
    return [*before, *rest, *after]


def title_term(text: str) -> Term | None:
    """The term of a word that is a title, with or without what may be before one (副主席); None for any other.

    >>> title_term("부위원장") == title_term("위원장"), title_term("김정은")
    (True, None)
    """
    found = _pattern().fullmatch(text.translate(SIMPLIFIED))
    return None if found is None else lexicon().titles[found[1]]


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(lexicon().titles, key=lambda title: (-len(title), title))
    return re.compile(f"(?:{'|'.join(_modifiers())})*({'|'.join(longest_first)})")


@cache
def _modifiers() -> tuple[str, ...]:
    """What may be before a title in one word with it."""
    return tuple(one.translate(SIMPLIFIED) for (one,) in read("vocabulary/title_modifiers.txt").rows(1, "modifiers"))


@cache
def _ends() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that a title begins and ends with: most words have neither."""
    titles = lexicon().titles
    return frozenset(one[0] for one in (*titles, *_modifiers())), frozenset(one[-1] for one in titles)


def _without_last(words: list[Word]) -> tuple[list[Word], Word] | None:
    """The words before the title that a name ends with, and the title; None where there is none."""
    for at in range(max(1, len(words) - _MOST), len(words)):
        if (title := _joined(words[at:])) is not None and _is_name(words[:at], title.text):
            return words[:at], title
    *others, last = words
    for start in _starts(last.text) if last.script in _SCRIPTS else ():
        name, title_text = last.text[:start], last.text[start:]
        rest = [*others, Word(name, last.script)]
        if (len(title_text) > 1 or start >= _BEFORE_SYLLABLE) and _is_name(rest, title_text):
            return rest, attrs.evolve(last, text=title_text, is_title=True)
    return None


def _without_first(words: list[Word]) -> tuple[list[Word], Word] | None:
    """The same of the title that a name begins with."""
    for at in range(min(_MOST, len(words) - 1), 0, -1):
        if (title := _joined(words[:at])) is not None and _is_name(words[at:], title.text):
            return words[at:], title
    first, *others = words
    for stop in _stops(first.text) if first.script in _SCRIPTS else ():
        title_text, name = first.text[:stop], first.text[stop:]
        rest = [attrs.evolve(first, text=name), *others]
        if stop > 1 and _is_name(rest, title_text):
            return rest, Word(title_text, first.script, is_title=True)
    return None


def _joined(words: Sequence[Word]) -> Word | None:
    """The title that words are, one or several (국방위원회 위원장); None where they are none."""
    if any(word.script not in _SCRIPTS for word in words):
        return None
    text = "".join(word.text for word in words)
    return attrs.evolve(words[-1], text=text, is_title=True) if title_term(text) is not None else None


@lru_cache(maxsize=8_192)
def _starts(text: str) -> tuple[int, ...]:
    """Where a title may begin that the word ends with: after a name of three syllables in Hangul, else the longest."""
    if len(text) > _LONGEST_NAME or text[-1].translate(SIMPLIFIED) not in _ends()[1]:
        return ()
    starts = [start for start in range(2, len(text)) if title_term(text[start:]) is not None]
    if text[0] >= _FIRST_HANGUL:
        # Nineteen of twenty Koreans have such a name: 윤소이 사장, not 윤소 이사장.
        starts.sort(key=lambda start: start != _USUAL_HANGUL)
    return tuple(starts)


@lru_cache(maxsize=8_192)
def _stops(text: str) -> tuple[int, ...]:
    """Where a title may end that the word begins with, the longest first."""
    if len(text) > _LONGEST_NAME or text[0].translate(SIMPLIFIED) not in _ends()[0]:
        return ()
    return tuple(stop for stop in range(len(text) - 2, 1, -1) if title_term(text[:stop]) is not None)


def _is_name(words: Sequence[Word], title: str) -> bool:
    """Whether words are the whole name of a person, by a title beside them."""
    texts = [word.text for word in words]
    scripts = {word.script for word in words}
    if scripts.isdisjoint(_SCRIPTS):
        return len(words) > 1
    if any(term is not None for text in texts for _, term in segment(text, str(script_of(text[0])))):
        return False
    text = "".join(texts)
    if len(words) > 1 and (words[0].before_dot or len(text) > _LONGEST_PERSON):
        return True
    return _is_person(text) or (len(text) > 1 and not is_surname(text) and _may_be_foreign(text, title))


def is_surname(text: str) -> bool:
    """Whether a text is a surname in Hangul or in Chinese characters."""
    return text in SURNAMES or surname_of(text) is not None


def _is_person(text: str) -> bool:
    """Whether a text is a surname and a given name of a Chinese or Korean."""
    if not 1 < len(text) <= _LONGEST_PERSON or is_surname(text):
        return False
    if text[0] in SURNAMES:
        return len(text) < _LONGEST_PERSON or text[:2] in SURNAMES
    if surname_of(text[:2]) is not None:
        return True
    # A surname of one character goes with a given name of one or two, after a husband's surname as well (林郑月娥).
    return surname_of(text[0]) is not None and (len(text) < _LONGEST_PERSON or surname_of(text[1]) is not None)


def _may_be_foreign(text: str, title: str) -> bool:
    """Whether a text is the name of a foreigner or a Japanese: it transcribes one, or the title is of persons only."""
    term = title_term(title)
    return (len(title) > 1 and bool(native_key(text))) or (term is not None and term.key in _OF_PERSONS)
