"""Customary abbreviations of given names and surnames (Mohd, Hdez., Wm): `full_form`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from screenkit.names.notation import read


@cache
def _full_forms() -> Mapping[str, str]:
    return read("vocabulary/short_forms.txt").pairs()


def full_form(key: str, *, is_pointed: bool = False) -> str:
    """The name that a word stands for by custom; empty for every other word. Some stand for it only before a point.

    >>> full_form("mohd"), full_form("ma"), full_form("ma", is_pointed=True), full_form("maria")
    ('mohammad', '', 'maria', '')
    """
    forms = _full_forms()
    return forms.get(key) or (forms.get(f"{key}.", "") if is_pointed else "")
