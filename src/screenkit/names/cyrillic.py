"""A Cyrillic word in, the same word in Latin letters as its language is usually printed out: `printed`.

The language is told by the letters of the word: ў is Belarusian, ґ є ї Ukrainian, ћ ђ Serbian, ѓ ќ ѕ Macedonian.
A word with none of them is printed as Russian. The print is for people; comparing is done on `slavic.fold`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

_TURKIC = "ғқҳ"
# The first pattern that a word holds tells its language (ISO 639-1).
_TELLING: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("tg", re.compile("[ҷӣӯ]")),
    ("uz", re.compile(f"^(?=.*ў).*[{_TURKIC}]")),
    ("be", re.compile("ў")),
    ("sr", re.compile("[ђћ]")),
    ("mk", re.compile("[ѓќѕ]")),
    ("sr", re.compile("[јљњџ]")),
    ("kk", re.compile("[әғқңұһ]")),
    ("ky", re.compile("[өү]")),
    # Russian has no і; Ukrainian has it but no ы, э, ё; дзь, ць before і, е, ё, я are Belarusian (dzekannie).
    ("be", re.compile("^(?=.*і).*[ыэё]|дзі|^(?=.*дзе).*і")),
    ("uk", re.compile("[ґєїі]|[йь]о(?!$)|'[яю]")),
    # In Russian ъ stands only before е, ё, ю, я; in Bulgarian it is a vowel.
    ("bg", re.compile("ъ(?=[бвгджзйклмнпрстфхцчшщ])")),
)

# What each of those patterns needs.
_TELLING_LETTER = re.compile("[ҷӣӯўғқҳђћѓќѕјљњџәңұһөүіґєї'ъ]|[йь]о")

_STRESS = re.compile("(?<=[\u0400-\u052f])[\u0300\u0301]")


def _letters(cyrillic: str, latin: str) -> dict[str, str]:
    return dict(zip(cyrillic, (part.strip("-") for part in latin.split()), strict=True))


# BGN/PCGN 1947 without its marks, as the press prints it; "-" is a letter that is dropped.
_RUSSIAN = _letters(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяѣѳ",
    "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya e f",
)
_OTHERS: dict[str, Mapping[str, str]] = {
    # Cabinet of Ministers of Ukraine, Resolution 55 (2010); its initial ye, yi, yu, ya are in `_INITIAL`.
    "uk": _letters("гґеєиіїйщюяь", "h g e ie y i i i shch iu ia -"),
    # BGN/PCGN 1979 without its marks.
    "be": _letters("гіўыёэ", "h i u y yo e"),
    # Transliteration Act of the Republic of Bulgaria (2009).
    "bg": _letters("жхцщъьюя", "zh h ts sht a y yu ya"),
    # Gaj's alphabet, official beside Cyrillic in Serbia.
    "sr": _letters("жхцчшђћљњџјй", "ž h c č š đ ć lj nj dž j j"),
    # Macedonian passports (ICAO Doc 9303).
    "mk": _letters("хцѓќѕљњџј", "h c gj kj dz lj nj dj j"),
    # BGN/PCGN 1979 without its marks.
    "kk": _letters("әғқңөұүһі", "a gh q ng o u u h i"),
    "ky": _letters("җңөү", "j ng o u"),
    "tg": _letters("ғқҳҷӣӯъ", "gh q h j i u -"),
    "uz": _letters("ғқҳўжхъ", "gh q h o j kh -"),
}
_INITIAL = {"uk": _letters("єїйюя", "ye yi y yu ya"), "be": _letters("е", "ye")}
# Letters of the other alphabets in a word of another language (a Ukrainian і typed in a Russian word).
_REST = _letters("іїєґўђћљњџјѓќѕәғқңөұүһҳҷӣӯҗ", "i yi ye g u dj c l n dj y g k dz a gh q ng o u u h h j i u j")


def language_of(word: str) -> str:
    """The language (ISO 639-1) that a casefolded Cyrillic word's letters tell; "ru" where they tell nothing."""
    if not _TELLING_LETTER.search(word):
        return "ru"
    return next((language for language, telling in _TELLING if telling.search(word)), "ru")


def drop_stress(text: str) -> str:
    """Text without the stress marks of dictionaries and encyclopedias (U+0300, U+0301 after a Cyrillic letter).

    A letter composed with such a mark (ѐ, ѓ, ќ) stays: there it is no stress mark.

    >>> drop_stress("Па\u0301влович")
    'Павлович'
    """
    return _STRESS.sub("", text) if "\u0301" in text or "\u0300" in text else text


@cache
def _letters_of(language: str) -> Mapping[str, str]:
    return {**_REST, **_RUSSIAN, **_OTHERS.get(language, {})}


_FINAL_Y = re.compile("[иы]й$")
_FIRST_YE = re.compile("^е")
_OPEN_YE = re.compile("(?<=[аеёиоуыэюяйъь])е")


@lru_cache(maxsize=32_768)
def printed(word: str) -> str:
    """The word in the usual romanisation of its language, capitalized; other characters stay as they are.

    >>> printed("путин"), printed("сергій"), printed("вучић"), printed("уладзімір")
    ('Putin', 'Serhii', 'Vučić', 'Uladzimir')
    """
    word = word.lower()
    language = language_of(word)
    letters = _letters_of(language)
    if language == "ru":
        # -iy and -yy are printed -y; ye stands at the start and after vowels and signs in BGN/PCGN.
        word = _FINAL_Y.sub("y", word)
        word = _OPEN_YE.sub("ye", _FIRST_YE.sub("ye", word))
    if language == "uk":
        word = word.replace("зг", "zgh")
    initial = _INITIAL.get(language, {})
    parts = [initial.get(word[0], letters.get(word[0], word[0]))] if word else []
    parts += [letters.get(letter, letter) for letter in word[1:]]
    latin = "".join(parts).replace("'", "")
    return latin[:1].upper() + latin[1:]
