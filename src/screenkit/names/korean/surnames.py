"""Korean surnames: those of the table, and their customary spellings in Latin and Cyrillic."""

from __future__ import annotations

from collections.abc import Mapping

from screenkit.names.notation import read

from .phonetic import hangul_key

_ROWS = read("korean/surnames.txt").rows(2)
#: The surnames, in Hangul.
SURNAMES = frozenset(surname for surname, _ in _ROWS)
#: Their keys.
SURNAME_KEYS = frozenset(map(hangul_key, SURNAMES))
#: Script -> customary spellings that no rule reads so, and the key of the surname that each stands for.
CUSTOMARY: Mapping[str, Mapping[str, str]] = {
    "Latin": {text: hangul_key(surname) for surname, texts in _ROWS if texts for text in texts.split(", ")},
    "Cyrillic": {text: hangul_key(name) for text, name in read("korean/cyrillic.txt").pairs("surnames").items()},
}
