"""Slavic and Western given names that one person bears in documents of two languages: the classes of a given name."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from screenkit.names.notation import NOTHING, read

from .phonetic import keys


class _Given(NamedTuple):
    """The table of given names: the classes of Slavic keys, and of spellings that stand for themselves alone."""

    keys: Mapping[str, tuple[str, ...]]
    spellings: Mapping[str, tuple[str, ...]]


@cache
def _given() -> _Given:
    by_key: dict[str, list[str]] = {}
    by_spelling: dict[str, list[str]] = {}
    for name, heard, own in read("slavic/given_names.txt").rows(3):
        for spelling in heard.lower().split(", ") if heard != NOTHING else ():
            for key in keys(spelling):
                by_key.setdefault(key, []).append(name)
        for spelling in own.lower().split(", ") if own else ():
            by_spelling.setdefault(_plain(spelling), []).append(name)
    return _Given(_unrepeated(by_key), _unrepeated(by_spelling))


def _unrepeated(classes: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return {key: tuple(dict.fromkeys(names)) for key, names in classes.items()}


def _plain(word: str) -> str:
    """The word without diacritics."""
    if word.isascii():
        return word
    return "".join(mark for mark in unicodedata.normalize("NFD", word) if not unicodedata.combining(mark))


def given_classes(word: str) -> tuple[str, ...]:
    """The classes that a casefolded given name belongs to, each by a Slavic key; none where it is unknown.

    A short form may stand for several names. A spelling of the table that stands for itself alone goes before the
    sounds that it shares with others.

    >>> given_classes("уладзімір"), given_classes("volodymyr"), given_classes("vlad"), given_classes("putin")
    (('vladimir',), ('vladimir',), ('vladimir', 'vladislav'), ())
    """
    given = _given()
    found = given.spellings.get(_plain(word))
    if found is not None:
        return found
    return tuple(dict.fromkeys(name for key in keys(word) for name in given.keys.get(key, ())))
