"""A Cyrillic word in Latin letters, as its language is usually printed: `printed`.

The letters of a word show its language: ў is Belarusian, ґ є ї Ukrainian, ћ ђ Serbian, ѓ ќ ѕ Macedonian.
A word with none of them is printed as Russian. The print is for people; words are compared by their phonetic keys.
"""

from __future__ import annotations

import re

from screenkit.names.notation import compiled, read, rewrite

_TABLE = read("slavic/alphabets.txt")
_TELLING = tuple((language, re.compile(pattern)) for language, pattern in _TABLE.rows(2, "telling"))
# What each of those patterns needs.
_TELLING_LETTER = re.compile("[ҷӣӯўғқҳђћѓќѕјљњџәңұһөүіґєї'ъ]|[йь]о")

_LANGUAGES = ("ru", *dict.fromkeys(language for language, _ in _TELLING))
#: The letters of each language, with those of Russian and of other alphabets for the rest.
_LETTERS = {one: {**_TABLE.letters("others"), **_TABLE.letters("ru"), **_TABLE.letters(one)} for one in _LANGUAGES}
_INITIAL = {one: _TABLE.letters(f"{one} initial") for one in ("uk", "be")}
_RULES = {one: compiled(_TABLE.rules(f"{one} rules")) for one in ("ru", "uk")}


def language_of(word: str) -> str:
    """The language (ISO 639-1) that the letters of a casefolded Cyrillic word show; "ru" where they show none."""
    if not _TELLING_LETTER.search(word):
        return "ru"
    return next((language for language, telling in _TELLING if telling.search(word)), "ru")


def printed(word: str) -> str:
    """The word in the usual romanization of its language, capitalized; other characters stay as they are.

    >>> printed("путин"), printed("сергій"), printed("вучић"), printed("уладзімір")
    ('Putin', 'Serhii', 'Vučić', 'Uladzimir')
    """
    word = word.lower()
    language = language_of(word)
    letters = _LETTERS[language]
    word = rewrite(word, _RULES.get(language, ()))
    initial = _INITIAL.get(language, {})
    parts = [initial.get(word[0], letters.get(word[0], word[0]))] if word else []
    parts += [letters.get(letter, letter) for letter in word[1:]]
    latin = "".join(parts).replace("'", "")
    return latin[:1].upper() + latin[1:]
