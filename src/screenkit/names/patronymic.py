"""A word in any script of the Slavic space in, whether it is a patronymic out; feminine surnames made masculine.

Patronymics by form: Russian -ович, -евич, -ич and -овна, -евна, -ична (Federal Law 143-FZ art. 18 takes them from the
father's name); Ukrainian -ович, -йович and -івна, -ївна (Family Code art. 147); Belarusian -авіч, -евіч and -аўна,
-еўна, -оўна; Turkic -оглы, -кызы, -улы joined to the name or beside it. Some surnames have the same form (Abramovich,
Rabinovich): whether a word of that form is the patronymic is told by the words beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .slavic import fold

# On Slavic keys, so that every romanisation is covered: -ovich, -owicz, -owitsch, -ovitch, -ovič, -ovitj.
_FORM = re.compile(
    "[a-z]{2,}(?:[oea]vic|[oeai]vna|[ae]una)"
    # Fathers in -а and -я (Илья, Кузьма, Лука, Фома, Никита, Савва) and Иона: -ич, -инична, -ична.
    "|(?:il|kuzm|luk|fom|nikit|mikit|sav)ic|[a-z]{2,}icna"
)
# The last letters of `_FORM`.
_FORM_ENDINGS = ("ic", "na")
# What the key no longer tells: Serbian ћ/ć is a surname's (Петровић), Belarusian оў folds as у, Turkic endings.
_SURNAME_ENDINGS = ("ћ", "ć")
_LETTERS = re.compile(
    "(?:оўна|ouna)$"
    "|^(?:[^\\W\\d_]{3,}-?)?(?:оглы|оғлы|огли|ogl[yiu]|oğlu|кызы|қызы|k[yı]z[yı]|q[yı]z[yı])$"
    "|^[^\\W\\d_]{4,}(?:ұлы|улы|uly|uulu|уулу)$"
)

# Feminine endings on Slavic keys, each with its masculine. Russian, Bulgarian -ова, -ева, -ина; -ская, -цкая and
# Ukrainian, Polish -ська, -цька, -ska, -cka; other adjectives -ая; Belarusian -ава.
_FEMININE = (
    (re.compile("(?<=[sy]k)aia$|(?<=..[sy]k)a$"), "i"),
    (re.compile("(?<=..[oea]v)a$|(?<=..in)a$"), ""),
    (re.compile("(?<=..)aia$"), "i"),
)


#: A name of fewer words has no patronymic.
FEWEST_WORDS = 3
# The last letters of `_LETTERS`.
_LAST_LETTERS = frozenset("aаıiuyиуы")


def is_patronymic(word: str) -> bool:
    """Whether a casefolded word has the form of a patronymic, in Cyrillic or in any Latin romanisation.

    >>> [is_patronymic(word) for word in ("владимирович", "wladimirowitsch", "ivanivna", "petrović", "ivanov")]
    [True, True, True, False, False]
    """
    if word.endswith(_SURNAME_ENDINGS):
        return False
    key = fold(word)
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


def masculine(key: str) -> str:
    """The Slavic key of a surname with its feminine ending made masculine; any other key as it is.

    For surnames alone, and where the given names agree: Marina, Galina are given names with the same ending.

    >>> masculine(fold("лаврова")), masculine(fold("ярославская")), masculine(fold("kowalska")), masculine("putin")
    ('lavrov', 'iaroslavski', 'kovalski', 'putin')
    """
    for ending, to in _FEMININE if key.endswith("a") else ():
        if ending.search(key):
            return ending.sub(to, key)
    return key
