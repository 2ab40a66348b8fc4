"""Patronymics by their form, in Cyrillic or Latin letters, and feminine surnames made masculine.

Patronymics by form: Russian -ович, -евич, -ич and -овна, -евна, -ична (Federal Law 143-FZ art. 18 takes them from the
father's name); Ukrainian -ович, -йович and -івна, -ївна (Family Code art. 147); Belarusian -авіч, -евіч and -аўна,
-еўна, -оўна; Turkic -оглы, -кызы, -улы joined to the name. Where oğlu or qızı stands apart, the word before it is the
father's name (`father_in`). Some surnames have the same form (Abramovich,
Rabinovich): the words beside it decide whether a word of that form is the patronymic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from screenkit.names.notation import compiled, read

from .phonetic import key as key_of

# On Slavic keys, so that every romanization is covered: -ovich, -owicz, -owitsch, -ovitch, -ovič, -ovitj.
_FORM = re.compile(
    "[a-z]{2,}(?:[oea]vic|[oeai]vna|[ae]una)"
    # Fathers in -а and -я (Илья, Кузьма, Лука, Фома, Никита, Савва) and Иона: -ич, -инична, -ична.
    "|(?:il|kuzm|luk|fom|nikit|mikit|sav)ic|[a-z]{2,}icna"
)
# The last letters of `_FORM`.
_FORM_ENDINGS = ("ic", "na")
# What the key no longer shows: Serbian ћ/ć is a surname's (Петровић), Belarusian оў folds as у, Turkic endings.
_SURNAME_ENDINGS = ("ћ", "ć")
_LETTERS = re.compile(
    "(?:оўна|ouna)$"
    "|^[^\\W\\d_]{3,}-?(?:оглы|оғлы|огли|ogl[yiu]|oğlu|кызы|қызы|k[yı]z[yı]|q[yı]z[yı])$"
    "|^[^\\W\\d_]{4,}(?:ұлы|улы|uly|uulu|уулу)$"
)

_FEMININE = compiled(read("slavic/feminine.txt").rules())


#: A name of fewer words has no patronymic.
FEWEST_WORDS = 3
# The last letters of `_LETTERS`.
_LAST_LETTERS = frozenset("aаıiuyиуы")


def is_patronymic(word: str) -> bool:
    """Whether a casefolded word has the form of a patronymic, in Cyrillic or in any Latin romanization.

    >>> [is_patronymic(word) for word in ("владимирович", "wladimirowitsch", "ivanivna", "petrović", "ivanov")]
    [True, True, True, False, False]
    """
    if word.endswith(_SURNAME_ENDINGS):
        return False
    key = key_of(word)
    return bool(
        (key.endswith(_FORM_ENDINGS) and _FORM.fullmatch(key)) or (word[-1:] in _LAST_LETTERS and _LETTERS.search(word))
    )


def patronymic_in(words: Sequence[str], surname: int | None = None) -> int | None:
    """Which word of a person's name is the patronymic: the one of that form right after a given name.

    Never the first word, the word before a comma (`surname`), nor one after a word of the same form: in "Dmitri
    Ivanovich Surovich" and "Surovich, Dmitri Ivanovich" it is Ivanovich. A name of two words has none.

    >>> patronymic_in(["dmitri", "ivanovich", "surovich"]), patronymic_in(["surovich", "dmitri", "ivanovich"], 0)
    (1, 2)
    >>> patronymic_in(["roman", "abramovich"]) is None
    True
    """
    if len(words) < FEWEST_WORDS:
        return None
    forms = [is_patronymic(word) for word in words]
    if surname is not None:
        forms[surname] = False
    found = (at for at in range(1, len(words)) if forms[at] and not forms[at - 1])
    return next(found, None)


def patronymics(key: str, is_daughter: bool) -> tuple[str, ...]:
    """The Slavic keys of the patronymics that Russian makes of a father's name, by its key.

    >>> patronymics("samad", False), patronymics("musa", True)
    (('samadovic',), ('musaovna', 'musaevna'))
    """
    form = "ovna" if is_daughter else "ovic"
    return (key + form, f"{key}e{form[1:]}") if key[-1:] in _VOWELS else (key + form,)


_VOWELS = frozenset("aeiou")
# Endings of surnames that took the place of -ov and -yev in Azerbaijan; -zadeh with an h is Persian.
_REPLACED = re.compile("(.{3,})(?:zad[ae]|soi|l[iu])")


def soviet_form(key: str) -> str | None:
    """The Slavic key of an Azerbaijani surname with its former ending: Rəhimzadə, Rəhimli and Rəhimsoy were Rəhimov.

    Since 1993 a citizen may replace -ov, -yev by -lı, -zadə, -soy and others, or leave it out (resolution of the Milli
    Mejlis on bringing surnames in accord with the state language), so one person has documents with both.

    >>> soviet_form("raximzada"), soviet_form("nabili"), soviet_form("ivanov")
    ('raximov', 'nabev', None)
    """
    replaced = _REPLACED.fullmatch(key)
    if replaced is None:
        return None
    stem = replaced[1]
    if stem[-1] not in _VOWELS:
        return f"{stem}ov"
    # A key folds "iye" to e.
    return f"{stem.removesuffix('i')}ev"


def masculine(key: str) -> str:
    """The Slavic key of a surname with its feminine ending made masculine; any other key as it is.

    For surnames alone, and where the given names agree: Marina, Galina are given names with the same ending.

    >>> masculine("lavrova"), masculine("iaroslavskaia"), masculine("kovalska"), masculine("putin")
    ('lavrov', 'iaroslavski', 'kovalski', 'putin')
    """
    for ending, to in _FEMININE if key.endswith("a") else ():
        if ending.search(key):
            return ending.sub(to, key)
    return key
