"""The phonetic keys of Japanese words, and kana in Hepburn: `key_of`, `printed`.

A key is Hepburn in ASCII letters without marks of length: "tarō", "tarou" and "taro" are one. Spellings are those of
Japanese passports (ou, oo, uu: o, u; m before b, m, p), from general knowledge of the Passport Act's ordinance; keys
write n for that m.
"""

from __future__ import annotations

import re
import unicodedata

from screenkit.names.fallback import to_ascii
from screenkit.names.notation import read

_TABLE = read("japanese/kana.txt")
_KANA, _SMALL = _TABLE.letters("kana"), _TABLE.letters("small kana")
_DOUBLING, _PROLONGING = "っ", "ー"
_REPEATED = re.compile("(.)([ゝゞ])")
_TO_HIRAGANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}

UNMARKED = str.maketrans("āīūēōâîûêô", "aiueo" * 2)
_LONG = re.compile(r"o(?:[uo](?!e))*(?:h+(?![aiueoyh]))?|uu+")
_N_BEFORE_LIP = re.compile("n(?=[bmp])")
_M_BEFORE_LIP = re.compile("m(?=[bmp])")


def printed(text: str) -> str:
    """A word in kana as a Japanese passport prints it, without marks of length: さとう is sato, じゅんいち junichi.

    >>> printed("しんぺい"), printed("ハットリ"), printed("ジェームズ")
    ('shimpei', 'hattori', 'jemuzu')
    """
    return _N_BEFORE_LIP.sub("m", _LONG.sub(_shortened, hepburn(text)))


def hepburn(text: str) -> str:
    """A word in kana in Hepburn syllable by syllable, a prolonged vowel once: ジェームズ is jemuzu, とう tou."""
    return "".join(_syllables(text))


def _shortened(found: re.Match[str]) -> str:
    return found[0][0]


def _syllables(text: str) -> list[str]:
    found, doubling = list[str](), False
    for character in _REPEATED.sub(_repeated, text.translate(_TO_HIRAGANA)):
        if character in _PROLONGING:
            continue
        if character == _DOUBLING:
            doubling = True
            continue
        if character in _SMALL and found:
            found[-1] = _joined(found[-1], _SMALL[character])
            continue
        syllable = _KANA.get(character) or _SMALL.get(character) or to_ascii(character).lower()
        if doubling and syllable[:1] not in ("", *"aiueo"):
            syllable = ("t" if syllable.startswith("ch") else syllable[0]) + syllable
        doubling = False
        found.append(syllable)
    return found


def _repeated(found: re.Match[str]) -> str:
    """Kana and what repeats it: こゝ is ここ, すゞ is すず."""
    voiced = unicodedata.normalize("NFC", f"{found[1]}\u3099") if found[2] == "ゞ" else found[1]
    return found[1] + (voiced if len(voiced) == 1 else found[1])


def _joined(syllable: str, small: str) -> str:
    """Kana with a small one: き + ゃ is kya, し + ゃ sha, ふ + ぁ fa, う + ぃ wi."""
    stem = "w" if syllable == "u" and small != "u" else syllable.rstrip("aiueo")
    return stem + (small[1:] if stem.endswith(("sh", "ch", "j")) and small[0] == "y" else small)


def key_of(hepburn: str) -> str:
    """The key of a word in Hepburn, its length written in any way or not at all: "ōno", "ohno", "oono" are "ono".

    >>> key_of("ohno"), key_of("namba"), key_of("jun'ichi"), key_of("inoue")
    ('ono', 'nanba', 'junichi', 'inoue')
    """
    plain = _LONG.sub(_shortened, hepburn.translate(UNMARKED).replace("'", ""))
    return _M_BEFORE_LIP.sub("n", plain)
