"""Designations in, what a screener searches out: their names' index, their identifiers, and themselves.

One is made of designations, or opened from a saved file; both are the same arrays.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from screenkit.blocks import Blocks, Records
from screenkit.encoding import Decoder, Encoder
from screenkit.facts import lookup_keys
from screenkit.index import NameIndex
from screenkit.index.arrays import Block, InMemory, Ints, Section, Stored, Texts, starts_of, text_hash
from screenkit.matching import normalized_name, searched_names
from screenkit.model import Designation, Edition, Kind, ListedName, Token
from screenkit.policy import Policy

#: What a designation made by hand stands in.
BY_HAND = Edition(source="", title="designations given by the caller")
#: Decoded designations that are kept at hand; one takes some kilobytes.
_REMEMBERED = 512


class Tally(NamedTuple):
    """What is searched of an edition: designations by kind, and by program code."""

    kinds: Counter[Kind]
    programs: Counter[str]

    def add(self, designation: Designation, by: int = 1) -> None:
        """Count a designation, or take it off."""
        self.kinds[designation.kind] += by
        for code in {program.code for program in designation.programs}:
            self.programs[code] += by


class Searchable:
    """Designations with all that is needed to find them. Nothing in it changes."""

    def __init__(self, designations: Sequence[Designation], stored: Stored, index: NameIndex) -> None:
        """Take what `made` or `opened` put together."""
        self.designations = designations
        self.index = index
        self.stored = stored
        #: The designation that each row of the index is a name of.
        self.owners: Ints = stored.array("owners")
        self._first_rows: Ints = stored.array("first rows")
        self._identifier_hashes: NDArray[np.uint64] = stored.array("identifier hashes")
        self._identified: Ints = stored.array("identified")
        self._edition_of: Ints = stored.array("edition of")

    @classmethod
    def made(cls, designations: Sequence[Designation], policy: Policy) -> Searchable:
        """Normalise and index all names; raises `InvalidRecordError` for one that can't be searched."""
        names = [searched_names(one) for one in designations]
        pairs = [(one, name) for one, held in zip(designations, names, strict=True) for name in held]
        index = NameIndex([normalized_name(one, name) for one, name in pairs], policy)
        counts = list(map(len, names))
        blocks: dict[str, Block] = {
            "owners": np.arange(len(designations), dtype=np.int32).repeat(counts),
            "first rows": starts_of(counts),
            **_identifier_blocks(designations),
            **_edition_blocks(designations),
            **Texts.blocks("ids", [one.id for one in designations]),
        }
        return cls(designations, InMemory(blocks), index)

    @classmethod
    def opened(cls, file: Blocks, beginning: str, policy: Policy) -> Searchable:
        """What `blocks` gave, written to a file with this before each block's name."""
        stored = Section(file, beginning)
        decoder = Decoder(
            tokens=_records(stored, "tokens"),
            programs=_records(stored, "programs"),
            editions=_records(stored, "editions"),
        )
        tokens = _Tokens(decoder)
        designations = Decoded(_records(stored, "designations"), decoder)
        return cls(designations, stored, NameIndex.opened(stored, tokens, policy))

    def blocks(self) -> Iterator[tuple[str, Block]]:
        """All that has to be written for `opened` to give the same."""
        yield from self.stored.blocks()
        if isinstance(self.stored, Section):
            return
        yield from self.index.stored.blocks()
        encoder = Encoder()
        for number in range(len(self.index.stored.array("token kinds"))):
            encoder.tokens.number(self.index.tokens[number])
        records = {"designations": [encoder.designation(one) for one in self.designations]}
        records["tokens"] = list(encoder.tokens.encoded())
        records["programs"] = list(encoder.programs.encoded())
        records["editions"] = list(encoder.editions.encoded())
        for name, held in records.items():
            data, offsets = Records.pack(held)
            yield name, data
            yield f"{name} offsets", offsets

    def __len__(self) -> int:
        return len(self.designations)

    def listed(self, row: int) -> ListedName:
        """The listed name of a row of the index."""
        at = int(self.owners[row])
        designation = self.designations[at]
        place = row - int(self._first_rows[at])
        return designation.names[place] if place < len(designation.names) else searched_names(designation)[place]

    def identified(self, keys: Sequence[str]) -> set[int]:
        """Designations that may have an identifier of one of these keys."""
        found: set[int] = set()
        for key in keys:
            asked = np.uint64(text_hash(key))
            start = int(self._identifier_hashes.searchsorted(asked))
            stop = int(self._identifier_hashes.searchsorted(asked, side="right"))
            found.update(self._identified[start:stop].tolist())
        return found

    def editions(self) -> list[Edition]:
        """The editions that designations stand in, in order of their first ones."""
        firsts = np.unique(self._edition_of, return_index=True)[1].tolist()
        return [self.designations[at].edition or BY_HAND for at in firsts]

    def keys(self) -> list[tuple[str, str]]:
        """Source and id of every designation."""
        sources = [edition.source for edition in self.editions()]
        ids = Texts.stored(self.stored, "ids").some(range(len(self)))
        return [(sources[number], id) for number, id in zip(self._edition_of.tolist(), ids, strict=True)]

    def tallies(self, kept: NDArray[np.bool_]) -> list[tuple[Edition, Tally]]:
        """The editions of the designations kept, in order of their first ones, each with its counts."""
        editions = self.editions()
        told = json.loads(bytes(self.stored.data("tallies")))
        held = [Tally(Counter({Kind(kind): n for kind, n in kinds.items()}), Counter(codes)) for kinds, codes in told]
        for at in np.flatnonzero(~kept).tolist():
            held[self._edition_of[at]].add(self.designations[at], -1)
        present, firsts = np.unique(self._edition_of[kept], return_index=True)
        return [(editions[number], held[number]) for number in present[np.argsort(firsts)].tolist()]


def _records(stored: Stored, name: str) -> Records:
    return Records(stored.data(name), stored.array(f"{name} offsets"))


def _identifier_blocks(designations: Sequence[Designation]) -> dict[str, Block]:
    pairs = sorted(
        {
            (text_hash(key), at)
            for at, one in enumerate(designations)
            for identifier in one.identifiers
            for key in lookup_keys(identifier)
        }
    )
    return {
        "identifier hashes": np.array([key for key, _ in pairs], dtype=np.uint64),
        "identified": np.array([at for _, at in pairs], dtype=np.int32),
    }


def _edition_blocks(designations: Sequence[Designation]) -> dict[str, Block]:
    """The number of each designation's edition, in order of appearance, and what each edition counts."""
    numbers: dict[Edition, int] = {}
    tallies: list[Tally] = []
    edition_of = np.zeros(len(designations), dtype=np.int32)
    for at, one in enumerate(designations):
        number = numbers.setdefault(one.edition or BY_HAND, len(numbers))
        if number == len(tallies):
            tallies.append(Tally(Counter(), Counter()))
        edition_of[at] = number
        tallies[number].add(one)
    return {"edition of": edition_of, "tallies": json.dumps(tallies).encode("ascii")}


class _Tokens:
    """Tokens by number, decoded when first asked for."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder

    def __getitem__(self, number: int) -> Token:
        return self._decoder.token(number)


class Decoded(Sequence[Designation]):
    """Designations decoded when asked for; those asked for last are kept."""

    def __init__(self, records: Records, decoder: Decoder) -> None:
        self._records = records
        self._at = lru_cache(maxsize=_REMEMBERED)(lambda at: decoder.designation(records[at]))
        self._decoder = decoder

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, at: int) -> Designation: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Designation, ...]: ...
    def __getitem__(self, at: int | slice) -> Designation | tuple[Designation, ...]:
        if isinstance(at, slice):
            return tuple(self[one] for one in range(*at.indices(len(self))))
        return self._at(at + len(self) if at < 0 else at)

    def __iter__(self) -> Iterator[Designation]:
        # Each is read once: to keep them would push out those that are asked for.
        return map(self._decoder.designation, self._records)


class Chosen(Sequence[Designation]):
    """Some designations of several sequences, one sequence after another."""

    def __init__(self, parts: Sequence[tuple[Sequence[Designation], NDArray[np.bool_]]]) -> None:
        self._parts = [designations for designations, _ in parts]
        self._places = [(part, at) for part, (_, kept) in enumerate(parts) for at in np.flatnonzero(kept).tolist()]

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Designation: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Designation, ...]: ...
    def __getitem__(self, at: int | slice) -> Designation | tuple[Designation, ...]:
        if isinstance(at, slice):
            return tuple(self._parts[part][place] for part, place in self._places[at])
        part, place = self._places[at]
        return self._parts[part][place]
