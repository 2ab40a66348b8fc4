"""The foreign key of a word in Chinese characters, Hangul, katakana or Cyrillic: which Latin spellings it may be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from screenkit.names.chinese.characters import simplify
from screenkit.names.japanese.phonetic import hepburn
from screenkit.names.korean.phonetic import divided, is_syllable
from screenkit.names.notation import NOTHING, compiled, read, rewrite
from screenkit.names.script import script_of

_HAN = read("foreign/han.txt").letters()
_HANGUL = tuple(
    tuple(row[1].replace(NOTHING, "") for row in read("foreign/hangul.txt").rows(2, section))
    for section in ("initials", "vowels", "finals")
)
_KATAKANA = compiled(read("foreign/katakana.txt").rules())
_CYRILLIC = compiled(read("foreign/cyrillic.txt").rules())
_KANA = frozenset({"Katakana", "Hiragana"})
_DOUBLED = re.compile(r"(.)\1+")
_SOUNDS = re.compile("[A-Za-zčģ]+")


def native_key(word: str) -> str:
    """The foreign key of a word; empty where one of its characters transcribes nothing.

    >>> native_key("奥巴马"), native_key("젤렌스키"), native_key("オバマ")
    ('AoBama', 'DelenSUki', 'oBama')
    """
    if all(map(is_syllable, word)):
        # ㄹ before ㄹ is an l between vowels (Loanword Orthography).
        key = "".join(map(_syllable, word)).replace("lL", "l")
    elif all(script_of(character) in _KANA for character in word):
        key = _rewritten(hepburn(word), _KATAKANA)
    elif script_of(word[0]) == "Cyrillic":
        key = _rewritten("".join(filter(str.isalpha, word)), _CYRILLIC)
    else:
        sounds = [_HAN.get(character, "") for character in simplify(word)]
        key = "".join(sounds) if all(sounds) else ""
    return _DOUBLED.sub(r"\1", key)


def _rewritten(word: str, rules: Sequence[tuple[re.Pattern[str], str]]) -> str:
    """The sounds that rules make of a word; empty where they leave a letter as it is."""
    key = rewrite(word, rules)
    return key if _SOUNDS.fullmatch(key) else ""


def _syllable(syllable: str) -> str:
    ((initial, vowel, final),) = divided(syllable)
    initials, vowels, finals = _HANGUL
    return initials[initial] + vowels[vowel] + finals[final]
