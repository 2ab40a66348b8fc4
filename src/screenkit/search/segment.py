"""A segment: designations with the index of their names and of their identifiers, and which of them are alive.

One is made of designations, or opened from a saved file; both are the same arrays.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from screenkit.comparison.alignment import ComparedSpans
from screenkit.comparison.compared_name import ComparedName, searched_names
from screenkit.comparison.cut_names import HEAD, fills_line, head, letters
from screenkit.comparison.facts import lookup_keys
from screenkit.model import Designation, Edition, Kind, ListedName
from screenkit.policy import Policy
from screenkit.search.arrays import Block, InMemory, Ints, Section, Stored, Texts, starts_of, text_hash
from screenkit.search.files.block_file import Blocks
from screenkit.search.files.record_parts import DecodedDesignations, DecodedTokens, record_blocks
from screenkit.search.index import IndexedName, NameIndex
from screenkit.search.indexing import indexed

#: What a designation made by hand stands in.
BY_HAND = Edition(source="", title="designations given by the caller")


class Tally(NamedTuple):
    """What is searched of an edition: designations by kind, and by program code."""

    kinds: Counter[Kind]
    programs: Counter[str]

    def add(self, designation: Designation, by: int = 1) -> None:
        """Count a designation, or take it off."""
        self.kinds[designation.kind] += by
        # In order: the bytes of a file depend on the designations alone.
        for code in dict.fromkeys([program.code for program in designation.programs]):
            self.programs[code] += by


class Segment:
    """Designations with all that is needed to find them. Nothing in it changes."""

    def __init__(self, designations: Sequence[Designation], stored: Stored, index: NameIndex) -> None:
        """Take what `made` or `opened` put together."""
        self.designations = designations
        self.index = index
        self.stored = stored
        #: The designation that each name of the index is of.
        self.owners: Ints = stored.array("owners")
        self._first_names: Ints = stored.array("first names")
        self._identifier_hashes: NDArray[np.uint64] = stored.array("identifier hashes")
        self._identified: Ints = stored.array("identified")
        self._edition_of: Ints = stored.array("edition of")
        self._heads: NDArray[np.uint64] = stored.array("head hashes")
        self._headed: Ints = stored.array("headed names")

    @classmethod
    def made(cls, designations: Sequence[Designation], policy: Policy) -> Segment:
        """Normalize and index all names; raises `InvalidRecordError` for one that can't be searched."""
        names = [searched_names(one) for one in designations]
        pairs = [(one, name) for one, held in zip(designations, names, strict=True) for name in held]
        index_blocks, tokens = indexed(pairs)
        index = NameIndex.opened(InMemory(index_blocks), tokens, policy)
        counts = list(map(len, names))
        blocks: dict[str, Block] = {
            "owners": np.arange(len(designations), dtype=np.int32).repeat(counts),
            "first names": starts_of(counts),
            **_identifier_blocks(designations),
            **_head_blocks([name.text for _, name in pairs]),
            **_edition_blocks(designations),
            **Texts.blocks("ids", [one.id for one in designations]),
        }
        return cls(designations, InMemory(blocks), index)

    @classmethod
    def opened(cls, file: Blocks, beginning: str, policy: Policy) -> Segment:
        """What `blocks` gave, written to a file with this before each block's name."""
        stored = Section(file, beginning)
        return cls(DecodedDesignations(stored), stored, NameIndex.opened(stored, DecodedTokens(stored), policy))

    def blocks(self) -> Iterator[tuple[str, Block]]:
        """All that has to be written for `opened` to give the same."""
        yield from self.stored.blocks()
        if isinstance(self.stored, Section):
            return
        yield from self.index.stored.blocks()
        tokens = [self.index.tokens[number] for number in range(len(self.index.stored.array("token kinds")))]
        yield from record_blocks(self.designations, tokens).items()

    def __len__(self) -> int:
        return len(self.designations)

    def listed(self, id: int) -> ListedName:
        """The listed name that a name of the index is made of."""
        at = int(self.owners[id])
        designation = self.designations[at]
        place = id - int(self._first_names[at])
        return designation.names[place] if place < len(designation.names) else searched_names(designation)[place]

    def text(self, id: int) -> str:
        """The text of a name of the index, as it is listed."""
        return self.listed(id).text

    def cut_off(self, query: str) -> list[int]:
        """The names of the index, rising, that a payment field may have left this text of."""
        if not fills_line(query):
            return []
        asked = np.uint64(text_hash(letters(query)[:HEAD]))
        start, stop = self._heads.searchsorted(asked), self._heads.searchsorted(asked, side="right")
        return sorted(self._headed[start:stop].tolist())

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

    def tallies(self, alive: NDArray[np.bool_]) -> list[tuple[Edition, Tally]]:
        """The editions of the designations alive, in order of their first ones, each with its counts."""
        editions = self.editions()
        told = json.loads(bytes(self.stored.data("tallies")))
        held = [Tally(Counter({Kind(kind): n for kind, n in kinds.items()}), Counter(codes)) for kinds, codes in told]
        for at in np.flatnonzero(~alive).tolist():
            held[self._edition_of[at]].add(self.designations[at], -1)
        present, firsts = np.unique(self._edition_of[alive], return_index=True)
        return [(editions[number], held[number]) for number in present[np.argsort(firsts)].tolist()]


class Candidate(NamedTuple):
    """A listed name that may score enough."""

    #: The name of the index, the designation that it is of, and the name to be compared.
    id: int
    owner: int
    name: IndexedName
    #: The spans of the query and of the name that may be near.
    pairs: list[ComparedSpans]


class LiveSegment(NamedTuple):
    """A segment and which of its designations are alive, that is, still searched."""

    segment: Segment
    alive: NDArray[np.bool_]

    @classmethod
    def whole(cls, segment: Segment) -> LiveSegment:
        """A segment all of which is alive."""
        return cls(segment, np.ones(len(segment), dtype=np.bool_))

    def designations(self) -> list[Designation]:
        """The designations alive."""
        return [self.segment.designations[at] for at in np.flatnonzero(self.alive).tolist()]

    def candidates(self, query: ComparedName, points: int) -> Iterator[Candidate]:
        """The names of designations alive that can score at least `points` against a query."""
        segment, alive = self.segment, self.alive
        for id, pairs in segment.index.candidates(query, points):
            owner = int(segment.owners[id])
            if alive[owner]:
                yield Candidate(id, owner, segment.index.name(id, segment.text), pairs)

    def cut_off(self, query: str) -> Iterator[tuple[int, int]]:
        """The names of designations alive that may have been cut off to this text, each with its designation."""
        owned = ((id, int(self.segment.owners[id])) for id in self.segment.cut_off(query))
        return ((id, owner) for id, owner in owned if self.alive[owner])

    def identified(self, keys: Sequence[str]) -> list[int]:
        """Designations alive, rising, that may have an identifier of one of these keys."""
        return [at for at in sorted(self.segment.identified(keys)) if self.alive[at]]


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


def _head_blocks(texts: Sequence[str]) -> dict[str, Block]:
    """The names that are longer than a line of a payment, by what they begin with."""
    heads = sorted((text_hash(found), id) for id, text in enumerate(texts) if (found := head(text)))
    return {
        "head hashes": np.array([key for key, _ in heads], dtype=np.uint64),
        "headed names": np.array([id for _, id in heads], dtype=np.int32),
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


class LiveDesignations(Sequence[Designation]):
    """The designations of several segments that are alive, one segment after another."""

    def __init__(self, segments: Sequence[LiveSegment]) -> None:
        self._parts = [live.segment.designations for live in segments]
        self._places = [(part, at) for part, live in enumerate(segments) for at in np.flatnonzero(live.alive).tolist()]

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
