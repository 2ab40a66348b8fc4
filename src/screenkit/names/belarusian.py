"""A word of a Belarusian name in, its Russian form out, as far as spelling gives it: `russian_form`.

One person is listed as Марозаў and Morozov. Belarusian writes what it says (Rules of Belarusian Orthography, Law of
23 July 2008): дз and ц for soft д and т (dzekannie, tsekannie), ў for в after a vowel, а and я for unstressed о and
е (akannie, yakannie). The first two are undone wherever they stand, the vowels only in endings; a vowel inside
the stem stays, and `slavic.near_slavic` takes а for о at little cost.
"""

from __future__ import annotations

import re

_CYRILLIC = (
    # -слаў of Станіслаў, Яраслаў is -слав; any other final -аў is unstressed -ов, -аўна a patronymic's -овна.
    ("(?<!сл)аў(?=$|на$)", "ов"),
    ("(?<!сл)ава$", "ова"),
    ("авіч$", "ович"),
    ("ў", "в"),
    ("дз(?=[іеёюяь])", "д"),
    ("ц(?=[іеёюяь])", "т"),
    ("(?<=[бвгдзклмнпстфх])я(?=[бвгджзйклмнпрстфхцчшў])", "е"),
    ("яенка$", "еенко"),
    ("(?<=[еэ])нка$", "нко"),
)
_LATIN = (
    ("(?<!sl)au(?=$|na$)", "ov"),
    ("avich$", "ovich"),
    ("(?<=[aeo])u(?=$|sk|tsk|na$)", "v"),
    ("dz(?=[iey])", "d"),
    ("enka$", "enko"),
)
_RULES = tuple((re.compile(pattern), to) for pattern, to in (*_CYRILLIC, *_LATIN))
# What no Russian name has: ў, soft дз, soft ц, -енка; і beside ы, э; in Latin -au, -ouski, dzi, -enka.
_TELLING_LATIN = "(?<!^l)[aeo]u(?:$|sk|tsk|na$)|dz[ie]|enka$|avich$"
_TELLING = re.compile("ў|дз[іеёюяь]|ц[іёя]|[еэ]нка$|^(?=.*і).*[ыэ]|авіч$|" + _TELLING_LATIN)
_TELLING_ASCII = re.compile(_TELLING_LATIN)
_TELLING_ENDINGS = ("enka", "avich")


def russian_form(word: str) -> str | None:
    """The Russian form of a casefolded word that has a Belarusian trait; None for a word without one.

    >>> russian_form("марозаў"), russian_form("дзядкова"), russian_form("sakalouski"), russian_form("putin")
    ('марозов', 'дедкова', 'sakalovski', None)
    """
    if word.isascii():
        is_telling = ("u" in word or "dz" in word or word.endswith(_TELLING_ENDINGS)) and _TELLING_ASCII.search(word)
    else:
        is_telling = _TELLING.search(word)
    if not is_telling:
        return None
    for pattern, to in _RULES:
        word = pattern.sub(to, word)
    return word
