"""Given names and patronymics that are cut short, as in "Лукашенко Александр Григ." and "Путин Вл. Вл.".

An abbreviation in Russian ends in a consonant and a point, and keeps two letters at least (GOST R 7.0.12-2011, 4.2 and
4.5).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from .given_names import given_classes
from .patronymic import FEWEST_WORDS, is_patronymic

#: Cyrillic letters, two to seven, the last one no vowel, sign or short i.
_FORM = re.compile("[\u0400-\u052f]{1,6}[бвгґджзклмнпрстфхцчшщ]")


def abbreviated_in(words: Sequence[str], pointed: Collection[str]) -> list[int]:
    """Which words of a person's name are cut short; `pointed` are those with a point behind them.

    One after a known given name is the patronymic; of two side by side, one is the given name.

    >>> abbreviated_in(["лукашенко", "александр", "григ"], {"григ"})
    [2]
    >>> abbreviated_in(["серг", "ник", "петров"], {"серг", "ник"})
    [0, 1]
    >>> abbreviated_in(["владимир", "ким"], {"ким"})
    []
    """
    if len(words) < FEWEST_WORDS or any(map(is_patronymic, words)):
        return []
    may_be = [word in pointed and _FORM.fullmatch(word) is not None for word in words]
    is_given = [bool(given_classes(word)) for word in words]
    found = []
    for at in range(len(words)):
        before, after = at > 0, at + 1 < len(words)
        follows = before and (is_given[at - 1] or may_be[at - 1])
        precedes = after and may_be[at + 1] and not is_given[at]
        if may_be[at] and (follows or precedes):
            found.append(at)
    return found
