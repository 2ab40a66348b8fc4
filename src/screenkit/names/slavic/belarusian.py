"""The Russian form of a Belarusian word, as far as its spelling gives it: `russian_form`.

One person is listed as Марозаў and Morozov. Belarusian writes what it says (Rules of Belarusian Orthography, Law of
23 July 2008): дз and ц for soft д and т (dzekannie, tsekannie), ў for в after a vowel, а and я for unstressed о and
е (akannie, yakannie). The first two are undone everywhere, the vowels only in endings; a vowel inside
the stem stays, and `similarity` exchanges а and о at little cost.
"""

from __future__ import annotations

import re

from screenkit.names.notation import compiled, read, rewrite

_TABLE = read("slavic/belarusian.txt")
_RULES = compiled(_TABLE.rules())
_LATIN_TRAITS = "|".join(trait for trait, _ in _TABLE.rows(2, "traits of latin"))
_TRAIT = re.compile("|".join([*(trait for trait, _ in _TABLE.rows(2, "traits of cyrillic")), _LATIN_TRAITS]))
_TRAIT_ASCII = re.compile(_LATIN_TRAITS)
# What an ASCII word with a trait has: a look that spares the engine most words.
_TRAIT_ENDINGS = ("enka", "avich")


def russian_form(word: str) -> str | None:
    """The Russian form of a casefolded word that has a Belarusian trait; None for a word without one.

    >>> russian_form("марозаў"), russian_form("дзядкова"), russian_form("sakalouski"), russian_form("putin")
    ('марозов', 'дедкова', 'sakalovski', None)
    """
    if word.isascii():
        has_trait = ("u" in word or "dz" in word or word.endswith(_TRAIT_ENDINGS)) and _TRAIT_ASCII.search(word)
    else:
        has_trait = _TRAIT.search(word)
    if not has_trait:
        return None
    return rewrite(word, _RULES)
