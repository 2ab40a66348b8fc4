"""Named arrays and byte strings in, one checksummed file that can be memory-mapped out.

The file is a fixed head, a JSON table, and the blocks, each from a multiple of `ALIGNMENT` bytes on; numbers are
little-endian everywhere. Every byte belongs to one of three checksums: the head's, the table's (with the spaces after
it), or a block's (with the zeros after it). Opening checks the first two; a block is checked when it is first used, so
that opening a large file touches two pages of it.

The checksum is CRC-32, which is certain to notice any damage within four adjacent bytes and misses one in four billion
of the rest. It guards against damage, not against forgery: who can write the file can write its checksums. Of 10 MB it
takes 2 ms here, where Adler-32 takes 3, SHA-256 7 and BLAKE2b 11.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate
from math import prod
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self
from zlib import crc32

import attrs
import numpy as np
from numpy.typing import NDArray

from screenkit.atomic_file import whole_file
from screenkit.errors import DamagedFileError

#: The first bytes of the file. The line ends and the high byte show a copy that was treated as text.
MAGIC = b"\x93SKB\r\n\x1a\n"
#: Version of the layout; a file of another one is refused, since its contents can be made again from the lists.
VERSION = 1
#: Where a block may start: a multiple of a cache line, and of every item's size.
ALIGNMENT = 64
#: Magic, version, length of the table, length of the file, checksum of the table, checksum of the head so far.
_HEAD = struct.Struct("<8sIIQII")
_CHECKED_OF_HEAD = _HEAD.size - 4
#: The `dtype` of a block that holds bytes and no array.
_BYTES = "bytes"
_REMEDY = "Make it again from the lists."
#: A block's type, its shape, and its bytes.
_Content = tuple[str, tuple[int, ...], memoryview]
#: What is required where nothing is.
_NOTHING: Mapping[str, str] = MappingProxyType({})


@attrs.frozen
class _Entry:
    """A block's line in the table."""

    #: numpy's name of a little-endian type such as "<i8", or "bytes".
    dtype: str
    #: Sizes of the dimensions; of bytes, their count.
    shape: tuple[int, ...]
    #: The first byte, counted from the start of the file.
    offset: int
    #: Bytes, without the zeros up to the next block.
    length: int
    #: CRC-32 of the bytes and the zeros after them.
    checksum: int


def write_blocks(
    path: str | PathLike[str], kind: str, meta: Mapping[str, str], blocks: Mapping[str, NDArray[Any] | bytes]
) -> None:
    """Write blocks to a file that appears whole or not at all; a file of that path is replaced.

    `kind` says what the blocks are, `meta` whatever else has to be known of them. The same blocks give the same bytes.
    Arrays are of whole numbers, real numbers or truth values, of any shape. Raises `TypeError` for another array, and
    `OSError` where the file can't be written; then a file of that path is still as it was.
    """
    contents = {name: _content(name, block) for name, block in blocks.items()}
    table = _table(kind, meta, contents)
    length = len(table) + _HEAD.size + sum(_padded(len(data)) for _, _, data in contents.values())
    head = _HEAD.pack(MAGIC, VERSION, len(table), length, crc32(table), 0)[:_CHECKED_OF_HEAD]
    target = Path(os.path.realpath(path))
    with whole_file(target) as file:
        file.write(head + struct.pack("<I", crc32(head)) + table)
        for _, _, data in contents.values():
            file.write(data)
            file.write(bytes(_padded(len(data)) - len(data)))


def _content(name: str, block: NDArray[Any] | bytes) -> _Content:
    if isinstance(block, bytes):
        return _BYTES, (len(block),), memoryview(block)
    if not _is_stored(block.dtype):
        raise TypeError(f"block {name!r} is an array of {block.dtype}; numbers of at most 8 bytes are stored")
    ordered = np.ascontiguousarray(block, dtype=block.dtype.newbyteorder("<"))
    return ordered.dtype.str, block.shape, ordered.reshape(-1).view(np.uint8).data


def _is_stored(dtype: np.dtype[Any]) -> bool:
    """Whether arrays of this type are stored: those whose items mean the same on every machine."""
    return dtype.kind in "biuf" and dtype.itemsize <= 8


def _table(kind: str, meta: Mapping[str, str], contents: Mapping[str, _Content]) -> bytes:
    """The table, with spaces up to where the first block starts. Offsets are counted from there."""
    rows: dict[str, object] = {}
    offset = 0
    for name, (dtype, shape, data) in contents.items():
        zeros = bytes(_padded(len(data)) - len(data))
        checksum = crc32(zeros, crc32(data))
        rows[name] = {"dtype": dtype, "shape": shape, "offset": offset, "length": len(data), "checksum": checksum}
        offset += len(data) + len(zeros)
    table = json.dumps({"kind": kind, "meta": dict(meta), "blocks": rows}).encode("ascii")
    return table.ljust(_padded(_HEAD.size + len(table)) - _HEAD.size)


def _padded(length: int) -> int:
    return -(-length // ALIGNMENT) * ALIGNMENT


class Blocks:
    """A file of blocks, mapped into memory and read-only.

    Safe to share between threads, and after a fork between processes, which then share its pages. Pickled, it opens
    the same file again. The file must not be written to while it is open; `write_blocks` replaces it by another,
    and what is open stays as it was.
    """

    #: What was told about the blocks when they were written.
    meta: Mapping[str, str]

    def __init__(self, path: str | PathLike[str], kind: str, requires: Mapping[str, str] = _NOTHING) -> None:
        """Map a file of this kind whose `meta` holds what is required.

        Raises `DamagedFileError` for one that can't be opened, is foreign, cut off, damaged, of another kind, made by
        another version, or made with another value of what is required.
        """
        self._path = os.path.abspath(path)
        self._kind = kind
        self._map = _mapped(self._path)
        start, self._fingerprint = _checked_head(self._path, self._map)
        try:
            table = json.loads(self._map[_HEAD.size : start])
            found, self.meta = table["kind"], MappingProxyType(table["meta"])
            self._entries = {name: _entry(row, start, len(self._map)) for name, row in table["blocks"].items()}
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
            raise DamagedFileError(f"{self._path}: its table of blocks can't be read: {error!r}. {_REMEDY}") from error
        if found != kind:
            raise DamagedFileError(f"{self._path}: holds {found!r}, where {kind!r} is expected. Give the right file.")
        for name, value in requires.items():
            if self.meta.get(name) != value:
                raise DamagedFileError(
                    f"{self._path}: made with {name} {self.meta.get(name)!r}, but {value!r} is installed. {_REMEDY}"
                )
        # No lock guards it: two threads that are first may both check, which costs milliseconds; a lock that another
        # thread holds during a fork would stop the child for ever.
        self._checked: set[str] = set()

    @classmethod
    def open(cls, path: str | PathLike[str], kind: str, requires: Mapping[str, str] = _NOTHING) -> Self:
        """Map a file of this kind; see `Blocks`."""
        return cls(path, kind, requires)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the blocks, in the order in which they were written."""
        return tuple(self._entries)

    def array(self, name: str) -> NDArray[Any]:
        """The array of this name, a read-only view of the file.

        Raises `KeyError` for a name that no array has, `DamagedFileError` where its bytes are not what was written.
        """
        entry = self._entries[name]
        if entry.dtype == _BYTES:
            raise KeyError(f"block {name!r} holds bytes and no array")
        self._check(name)
        return np.ndarray(entry.shape, entry.dtype, buffer=self._map, offset=entry.offset)

    def data(self, name: str) -> memoryview:
        """The byte string of this name, a read-only view of the file.

        Raises `KeyError` for a name that no byte string has, `DamagedFileError` where it is not what was written.
        """
        entry = self._entries[name]
        if entry.dtype != _BYTES:
            raise KeyError(f"block {name!r} holds an array and no byte string")
        self._check(name)
        return memoryview(self._map)[entry.offset : entry.offset + entry.length]

    def verify(self) -> None:
        """Check every block, so that none is checked again; raises `DamagedFileError` that names all damaged ones."""
        damaged = [name for name in self._entries if not self._is_sound(name)]
        if damaged:
            raise self._damage(damaged)
        for name in self._entries:
            self._take_as_sound(name)

    def __reduce__(self) -> tuple[Callable[..., Blocks], tuple[str, str, int]]:
        return _reopened, (self._path, self._kind, self._fingerprint)

    def _check(self, name: str) -> None:
        if name not in self._checked:
            if not self._is_sound(name):
                raise self._damage([name])
            self._take_as_sound(name)

    def _take_as_sound(self, name: str) -> None:
        self._checked.add(name)
        if self._entries[name].dtype == _BYTES:
            # Of records few are read: what was looked through is let go of, and comes back when it is.
            self._let_go(self._entries[name])

    def _is_sound(self, name: str) -> bool:
        entry = self._entries[name]
        return crc32(memoryview(self._map)[entry.offset : entry.offset + _padded(entry.length)]) == entry.checksum

    def _let_go(self, entry: _Entry) -> None:
        start = -(-entry.offset // mmap.PAGESIZE) * mmap.PAGESIZE
        length = (entry.offset + entry.length) // mmap.PAGESIZE * mmap.PAGESIZE - start
        if length > 0 and hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED, start, length)

    def _damage(self, names: Iterable[str]) -> DamagedFileError:
        shown = ", ".join(map(repr, names))
        return DamagedFileError(f"{self._path}: damaged: the bytes of {shown} are not those written. {_REMEDY}")


def _mapped(path: str) -> mmap.mmap:
    try:
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_size < _HEAD.size:
                raise DamagedFileError(f"{path}: too short to be a saved file: empty, cut off or foreign. {_REMEDY}")
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        raise DamagedFileError(f"{path}: can't be opened: {error.strerror or error}. Check the path.") from error


def _checked_head(path: str, mapped: mmap.mmap) -> tuple[int, int]:
    """Where the first block starts, and the table's checksum."""
    magic, version, table, length, checksum, own = _HEAD.unpack_from(mapped)
    if magic != MAGIC:
        raise DamagedFileError(f"{path}: begins with {magic!r}, so screenkit did not save it. Give the right file.")
    if version != VERSION:
        raise DamagedFileError(f"{path}: of layout {version}, where this version reads {VERSION}. {_REMEDY}")
    if crc32(mapped[:_CHECKED_OF_HEAD]) != own:
        raise DamagedFileError(f"{path}: damaged in its first {_HEAD.size} bytes. {_REMEDY}")
    if length != len(mapped):
        raise DamagedFileError(f"{path}: {len(mapped):,} bytes, where {length:,} were written. Copy it again.")
    start = _HEAD.size + table
    if start > length or crc32(mapped[_HEAD.size : start]) != checksum:
        raise DamagedFileError(f"{path}: damaged in its table of blocks. {_REMEDY}")
    return start, checksum


def _entry(row: Mapping[str, Any], start: int, end: int) -> _Entry:
    """The entry that a row of the table tells, its offset counted from the start of the file."""
    entry = _Entry(row["dtype"], tuple(row["shape"]), start + row["offset"], row["length"], row["checksum"])
    item = 1 if entry.dtype == _BYTES else np.dtype(entry.dtype).itemsize
    if entry.dtype != _BYTES and not _is_stored(np.dtype(entry.dtype)):
        raise ValueError(f"no block is an array of {entry.dtype}")
    fits = start <= entry.offset and entry.offset % ALIGNMENT == 0 and entry.offset + _padded(entry.length) <= end
    if not fits or entry.length < 0 or min(entry.shape, default=0) < 0 or prod(entry.shape) * item != entry.length:
        raise ValueError(f"a block of {entry.length} bytes at {entry.offset} does not fit the file")
    return entry


def _reopened(path: str, kind: str, fingerprint: int) -> Blocks:
    """The file that was open where it was pickled; another one in its place would give other answers."""
    blocks = Blocks(path, kind)
    if blocks._fingerprint != fingerprint:
        raise DamagedFileError(f"{path}: replaced since it was opened. Open it anew.")
    return blocks


class Records:
    """Byte strings kept end to end: record `i` is the bytes from `offsets[i]` up to `offsets[i + 1]`."""

    def __init__(self, data: memoryview | bytes, offsets: NDArray[np.int64]) -> None:
        """Take what `pack` made. Raises `DamagedFileError` where data and offsets are not of one another."""
        if not len(offsets) or offsets[0] != 0 or offsets[-1] != len(data) or (offsets[1:] < offsets[:-1]).any():
            raise DamagedFileError(f"{len(offsets):,} offsets do not divide {len(data):,} bytes. {_REMEDY}")
        self._data = memoryview(data)
        self._offsets = offsets

    @staticmethod
    def pack(items: Iterable[bytes]) -> tuple[bytes, NDArray[np.int64]]:
        """The items end to end, and their offsets: one more than there are items."""
        held = tuple(items)
        return b"".join(held), np.array([0, *accumulate(map(len, held))], dtype=np.int64)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, at: int) -> bytes:
        if not 0 <= at < len(self):
            raise IndexError(f"record {at} of {len(self):,}")
        return bytes(self._data[self._offsets[at] : self._offsets[at + 1]])

    def __iter__(self) -> Iterator[bytes]:
        return (self[at] for at in range(len(self)))
