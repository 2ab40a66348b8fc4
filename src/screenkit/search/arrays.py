"""Arrays and byte strings by name: what an index is made of, in memory or in a saved file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate
from typing import Any, Protocol, Self

import attrs
import numpy as np
from numpy.typing import NDArray

from screenkit.search.deletions import Deletions
from screenkit.search.files.block_file import Blocks

Ints = NDArray[np.int32]
Wide = NDArray[np.int64]
Block = NDArray[Any] | bytes


class Stored(Protocol):
    """Named arrays and byte strings."""

    def array(self, name: str, /) -> NDArray[Any]:
        """The array of this name."""
        ...

    def data(self, name: str, /) -> bytes | memoryview:
        """The byte string of this name."""
        ...

    def blocks(self) -> Iterator[tuple[str, Block]]:
        """All of them."""
        ...


@attrs.frozen(eq=False)
class InMemory:
    """Arrays and byte strings as they were made."""

    _held: Mapping[str, Block]

    def array(self, name: str) -> NDArray[Any]:
        """The array of this name."""
        block = self._held[name]
        assert not isinstance(block, bytes)
        return block

    def data(self, name: str) -> bytes:
        """The byte string of this name."""
        block = self._held[name]
        assert isinstance(block, bytes)
        return block

    def blocks(self) -> Iterator[tuple[str, Block]]:
        """All of them."""
        return iter(self._held.items())


@attrs.frozen(eq=False)
class Section:
    """Those of a file's blocks whose names begin alike."""

    file: Blocks
    beginning: str

    def array(self, name: str) -> NDArray[Any]:
        """The array of this name."""
        return self.file.array(self.beginning + name)

    def data(self, name: str) -> memoryview:
        """The byte string of this name."""
        return self.file.data(self.beginning + name)

    def blocks(self) -> Iterator[tuple[str, Block]]:
        """All of them."""
        for name in self.file.names:
            if name.startswith(self.beginning):
                yield name.removeprefix(self.beginning), self._block(name)

    def _block(self, name: str) -> Block:
        try:
            return self.file.array(name)
        except KeyError:
            return bytes(self.file.data(name))


@attrs.frozen(eq=False)
class Texts:
    """Texts kept end to end, decoded when asked for."""

    _data: bytes | memoryview
    #: Where each starts, in bytes, and after them where the last one ends.
    starts: Ints

    @classmethod
    def stored(cls, stored: Stored, name: str) -> Self:
        """The texts that `blocks` made under this name."""
        return cls(stored.data(name), stored.array(f"{name} starts"))

    @staticmethod
    def blocks(name: str, texts: Iterable[str]) -> dict[str, Block]:
        """What keeps texts under this name."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        return {name: b"".join(encoded), f"{name} starts": starts_of(map(len, encoded))}

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, at: int) -> str:
        return str(self._data[self.starts[at] : self.starts[at + 1]], "utf-8", "surrogatepass")

    def some(self, wanted: Sequence[int]) -> list[str]:
        """The texts of these numbers."""
        numbers = np.array(wanted, dtype=np.int64)
        places = zip(self.starts[numbers].tolist(), self.starts[numbers + 1].tolist(), strict=True)
        data = self._data
        return [str(data[start:stop], "utf-8", "surrogatepass") for start, stop in places]


def deletions_blocks(name: str, deletions: Deletions) -> dict[str, Block]:
    """What keeps the symmetric-delete index of some keys under this name."""
    return {f"{name} {field}": array for field, array in deletions._asdict().items()}


def stored_deletions(stored: Stored, name: str) -> Deletions:
    """The symmetric-delete index that `deletions_blocks` keeps under this name."""
    return Deletions(*[stored.array(f"{name} {field}") for field in Deletions._fields])


def text_hash(text: str) -> int:
    """The number that equal texts share and hardly any others; who looks one up compares the texts as well."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def starts_of(counts: Iterable[int]) -> Ints:
    """Where the items of each group start, and after them where the last group ends."""
    return np.array([0, *accumulate(counts)], dtype=np.int32)


def grouped(groups: Ints, count: int) -> tuple[Ints, Ints]:
    """Positions sorted by their group (from 0 up to `count`), and where each group starts among them."""
    starts = np.zeros(count + 1, dtype=np.int32)
    np.bincount(groups, minlength=count).cumsum(out=starts[1:])
    return np.argsort(groups, kind="stable").astype(np.int32), starts
