"""Merging segments: several that are stored become one, the same as if all designations had been indexed at once.

To index a list is slow because each name is normalized. Here nothing is: tokens, terms and keys are numbered anew, and
the arrays are put together. What several segments have, such as a word that is in two lists, is taken from the first
one, so that numbers follow the first appearance, as in `building`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain, pairwise
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from screenkit.search.arrays import Block, Ints, Stored, deletions_blocks, grouped, stored_deletions
from screenkit.search.building import hashed, key_terms, lettered
from screenkit.search.deletions import Deletions
from screenkit.search.form_table import FormTable
from screenkit.search.readings import Given, given_blocks, stored_given

from .record_parts import merged_records, stored_records

_T = TypeVar("_T")

#: Of a form: its hash and the letters it lost.
_WITHOUT_NUMBER = np.uint64(0xFFFFFFFF00000003)


def merged_blocks(parts: Sequence[Stored]) -> dict[str, Block]:
    """The blocks of one segment that has the designations of several, in their order."""
    index, tokens = merged_index(parts, [tuple(stored_records(part, "tokens")) for part in parts])
    return {**_designation_blocks(parts), **index, **merged_records(parts, tokens)}


def merged_index(parts: Sequence[Stored], tokens_of: Sequence[Sequence[_T]]) -> tuple[dict[str, Block], list[_T]]:
    """The blocks of one index that has the names of several, in their order, and its tokens; given are those of each.

    The tokens may be in any form in which equal ones are equal.
    """
    tokens = _Union.of(tokens_of)
    sides = [_tokens_of_terms(part, numbers) for part, numbers in zip(parts, tokens.numbers, strict=True)]
    terms = _Union.of([_packed_terms(*side, part) for side, part in zip(sides, parts, strict=True)])
    blocks: dict[str, Block] = {
        "token kinds": tokens.chosen([part.array("token kinds") for part in parts]),
        "token classes": tokens.chosen([part.array("token classes") for part in parts]),
        "term left": terms.chosen([left for left, _ in sides]),
        "term right": terms.chosen([right for _, right in sides]),
        "term sorts": terms.chosen([part.array("term sorts") for part in parts]),
        **_name_blocks(parts, terms),
        **_key_blocks(parts, terms),
        **_letter_blocks(parts, terms, "word"),
        **_letter_blocks(parts, terms, "initial"),
        **_canonical_blocks(parts),
        **_reading_blocks(parts),
    }
    return blocks, list(dict.fromkeys(chain.from_iterable(tokens_of)))


class _Union(NamedTuple):
    """The values of all segments, each once, numbered by their first appearance."""

    #: Of each segment: the numbers of its values, and whether it is the first to have them.
    numbers: list[Ints]
    is_first: list[NDArray[np.bool_]]
    total: int

    @classmethod
    def of(cls, values: Iterable[Sequence[object]]) -> _Union:
        """Number values, segment by segment; those of one segment are distinct."""
        known: dict[object, int] = {}
        numbers, is_first = [], []
        for held in values:
            before = len(known)
            own = np.array([known.setdefault(value, len(known)) for value in held], dtype=np.int32)
            numbers.append(own)
            is_first.append(own >= before)
        return cls(numbers, is_first, len(known))

    def chosen(self, arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
        """What the segments tell of each value, by its number."""
        return np.concatenate([array[first] for array, first in zip(arrays, self.is_first, strict=True)])


def _tokens_of_terms(part: Stored, tokens: Ints) -> tuple[Ints, Ints]:
    """The tokens that each term of a segment is made of, by their new numbers; -1 where there is no second one."""
    left, right = part.array("term left"), part.array("term right")
    return tokens[left], np.where(right < 0, np.int32(-1), tokens[right])


def _packed_terms(left: Ints, right: Ints, part: Stored) -> list[int]:
    """The terms of a segment as numbers, which are equal where the terms are."""
    wide = left.astype(np.int64) << 34 | (right.astype(np.int64) + 1) << 3 | part.array("term sorts")
    packed: list[int] = wide.tolist()
    return packed


def _designation_blocks(parts: Sequence[Stored]) -> dict[str, Block]:
    before = _before([len(part.array("edition of")) for part in parts])
    tallies = [json.loads(bytes(part.data("tallies"))) for part in parts]
    hashes, identified = _joined(parts, "identifier hashes"), _shifted(parts, "identified", before)
    order = np.lexsort((identified, hashes))
    heads = _joined(parts, "head hashes")
    headed = _shifted(parts, "headed names", _before([len(part.array("owners")) for part in parts]))
    order_of_heads = np.lexsort((headed, heads))
    return {
        "owners": _shifted(parts, "owners", before),
        "first names": _joined_starts(parts, "first names"),
        "identifier hashes": hashes[order],
        "identified": identified[order],
        "head hashes": heads[order_of_heads],
        "headed names": headed[order_of_heads],
        "edition of": _shifted(parts, "edition of", _before(list(map(len, tallies)))),
        "tallies": json.dumps(list(chain.from_iterable(tallies))).encode("ascii"),
        **_joined_texts(parts, "ids"),
    }


def _name_blocks(parts: Sequence[Stored], terms: _Union) -> dict[str, Block]:
    word = np.concatenate([own[part.array("terms")] for part, own in zip(parts, terms.numbers, strict=True)])
    postings, posting_starts = grouped(word, terms.total)
    return {
        "terms": word,
        "name starts": _joined_starts(parts, "name starts"),
        "positions": _joined(parts, "positions"),
        "position starts": _joined_starts(parts, "position starts"),
        "surname words": _joined(parts, "surname words"),
        "postings": postings,
        "posting starts": posting_starts,
    }


def _key_blocks(parts: Sequence[Stored], terms: _Union) -> dict[str, Block]:
    """The keys, each once, and the terms that each finds.

    Of a term all segments' keys are taken: it has those of its sounds only where an organization is named by it.
    """
    keys = _Union.of([_keys(part) for part in parts])
    lengths = [np.diff(part.array("key starts")) for part in parts]
    letters = [
        part.array("key letters")[first.repeat(count)]
        for part, first, count in zip(parts, keys.is_first, lengths, strict=True)
    ]
    finding, found = [], []
    for part, own, term_numbers in zip(parts, keys.numbers, terms.numbers, strict=True):
        finding.append(own.repeat(np.diff(part.array("key term starts"))))
        found.append(term_numbers[part.array("key terms")])
    reaches = keys.chosen([part.array("key reaches") for part in parts])
    return {
        "key letters": np.concatenate(letters),
        "key starts": _starts(keys.chosen(lengths)),
        "key sorts": keys.chosen([part.array("key sorts") for part in parts]),
        "key radii": keys.chosen([part.array("key radii") for part in parts]),
        **key_terms(np.concatenate(finding), np.concatenate(found), keys.total),
        **deletions_blocks("key", Deletions(*FormTable.of(_forms(parts, keys)), reaches)),
    }


def _keys(part: Stored) -> list[tuple[int, int, bytes]]:
    """The keys of a segment: sort, radius and letters."""
    letters = part.array("key letters").tobytes()
    starts = (4 * part.array("key starts").astype(np.int64)).tolist()
    texts = [letters[start:stop] for start, stop in pairwise(starts)]
    return list(zip(part.array("key sorts").tolist(), part.array("key radii").tolist(), texts, strict=True))


def _forms(parts: Sequence[Stored], keys: _Union) -> NDArray[np.uint64]:
    """The forms of all keys, as `all_forms` gives them, by the keys' new numbers."""
    found = []
    for part, own, first in zip(parts, keys.numbers, keys.is_first, strict=True):
        forms = FormTable(*stored_deletions(part, "key")[:3]).forms()
        forms = forms[first[forms.astype(np.int32) >> 2]]
        numbers = own[forms.astype(np.int32) >> 2].astype(np.uint64)
        found.append(forms & _WITHOUT_NUMBER | numbers << np.uint64(2))
    return np.concatenate(found)


def _letter_blocks(parts: Sequence[Stored], terms: _Union, name: str) -> dict[str, Block]:
    letters, found = [], []
    for part, own, first in zip(parts, terms.numbers, terms.is_first, strict=True):
        held = part.array(f"{name} letter terms")
        each = part.array(f"{name} letters").repeat(np.diff(part.array(f"{name} letter starts")))
        letters.append(each[first[held]])
        found.append(own[held][first[held]])
    all_found = np.concatenate(found)
    rising = np.argsort(all_found, kind="stable")
    return lettered(name, np.concatenate(letters)[rising], all_found[rising])


def _canonical_blocks(parts: Sequence[Stored]) -> dict[str, Block]:
    hashes = []
    for part in parts:
        by_name = np.empty_like(part.array("canonical hashes"))
        by_name[part.array("canonical names")] = part.array("canonical hashes")
        hashes.append(by_name)
    return {**hashed("canonical", np.concatenate(hashes)), **_joined_texts(parts, "canonical")}


def _reading_blocks(parts: Sequence[Stored]) -> dict[str, Block]:
    names = _before([len(part.array("surname words")) for part in parts])
    given: Given = {}
    for part, before in zip(parts, names, strict=True):
        for key, held in stored_given(part).items():
            given.setdefault(key, []).extend((surname, row + before) for surname, row in held)
    return given_blocks(_shifted(parts, "reading rows", names).tolist(), given)


def _before(counts: Sequence[int]) -> list[int]:
    """How many there are in the segments before each."""
    return [0, *accumulate(counts)][:-1]


def _joined(parts: Iterable[Stored], name: str) -> NDArray[Any]:
    return np.concatenate([part.array(name) for part in parts])


def _shifted(parts: Iterable[Stored], name: str, before: Iterable[int]) -> Ints:
    """Numbers of one segment after those of another, each raised by what is in the segments before."""
    return np.concatenate([part.array(name) + np.int32(by) for part, by in zip(parts, before, strict=True)])


def _joined_starts(parts: Sequence[Stored], name: str) -> Ints:
    """Where groups start, and where the last one ends, those of one segment after those of another."""
    return _starts(np.concatenate([np.diff(part.array(name)) for part in parts]))


def _starts(counts: NDArray[np.integer[Any]]) -> Ints:
    starts = np.zeros(len(counts) + 1, dtype=np.int32)
    counts.cumsum(out=starts[1:])
    return starts


def _joined_texts(parts: Sequence[Stored], name: str) -> dict[str, Block]:
    data = b"".join(bytes(part.data(name)) for part in parts)
    return {name: data, f"{name} starts": _joined_starts(parts, f"{name} starts")}
