"""Gwoyeu Romatzyh, in which the letters of a syllable show its tone: `gwoyeu`.

The tones are written by procedures that depend on the place of a vowel, so they are code; tables/gwoyeu_romatzyh.txt
has the letters.
"""

from __future__ import annotations

import re

from screenkit.names.chinese.romanization import divided, umlauted
from screenkit.names.notation import read

_TABLE = read("chinese/gwoyeu_romatzyh.txt")
_INITIALS, _FINALS, _ZERO, _THIRD = map(_TABLE.pairs, ("initials", "finals", "without initial", "third tone"))
_SIBILANTS = ("zh", "ch", "sh", "r", "z", "c", "s")


def gwoyeu(syllable: str, tone: str) -> str:
    """The spelling in Gwoyeu Romatzyh, where the letters show the tone ("1" to "4")."""
    syllable = umlauted(syllable)
    zero = _ZERO.get(syllable)
    initial, final = ("", zero) if zero is not None else divided(syllable)
    if zero is None:
        sibilant = final == "i" and initial in _SIBILANTS
        final = "y" if sibilant else _FINALS.get(final, final)
        initial = _INITIALS.get(initial, initial)
    return {"1": _gr_first, "2": _gr_second, "3": _gr_third, "4": _gr_fourth}[tone](initial, final)


def _gr_first(initial: str, final: str) -> str:
    return initial + ("h" if initial in ("m", "n", "l", "r") else "") + final


def _gr_second(initial: str, final: str) -> str:
    if initial in ("m", "n", "l", "r"):
        return initial + final
    if final in ("i", "u") and not initial:
        return {"i": "yi", "u": "wu"}[final]
    if final[0] == "i":
        keeps_i = final == "i" or (not initial and final[1] not in "aeou")
        return initial + ("yi" if keeps_i else "y") + final[1:]
    if final[0] == "u":
        return initial + ("wu" if final == "u" else "w" + final[1:])
    vowels = re.match("[aeiouy]+", final)
    at = vowels.end() if vowels else 0
    return initial + final[:at] + "r" + final[at:]


def _gr_third(initial: str, final: str) -> str:
    third = _THIRD.get(final, final)
    if initial:
        return initial + third
    if final[0] == "i":
        return "y" + third if third[0] == "i" and final != "ie" else "y" + third.lstrip("i")
    if final[0] == "u":
        return "w" + third if final == "u" else "w" + third.lstrip("u")
    return third


def _gr_fourth(initial: str, final: str) -> str:
    if not initial and final[0] == "i":
        final = ("y" if final[1:2] in tuple("aeou") else "yi") + final[1:]
    elif not initial and final[0] == "u":
        final = ("w" if len(final) > 1 else "wu") + final[1:]
    for end, written in (
        ("ng", "nq"),
        ("n", "nn"),
        ("l", "ll"),
        ("ai", "ay"),
        ("ei", "ey"),
        ("au", "aw"),
        ("ou", "ow"),
    ):
        if final.endswith(end):
            return initial + final[: -len(end)] + written
    return initial + final + "h"
