"""The records of a segment: its designations and tokens as bytes, and the programs and editions that they refer to.

A segment that was merged has the designations of several lists. Each list is a part, whose records refer to its own
programs and editions, so that no record is written again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import overload

import attrs
import numpy as np

from screenkit.model import Designation, Token
from screenkit.search.arrays import Block, Stored

from .block_file import Records
from .record_codec import Decoder, Encoder

#: Decoded designations that are kept at hand; one takes some kilobytes.
_REMEMBERED = 512
#: The records that a part has of its own.
_OF_PARTS = ("designations", "programs", "editions")


def record_blocks(designations: Sequence[Designation], tokens: Sequence[Token]) -> dict[str, Block]:
    """The records of designations, all one part, and of the tokens of their names."""
    encoder = Encoder()
    for token in tokens:
        encoder.tokens.number(token)
    encoded = [encoder.designation(one) for one in designations]
    return {
        **_packed("designations", encoded),
        **_packed("programs", encoder.programs.encoded()),
        **_packed("editions", encoder.editions.encoded()),
        **_packed("tokens", encoder.tokens.encoded()),
        "part starts": np.zeros((1, len(_OF_PARTS)), dtype=np.int64),
    }


def merged_records(segments: Sequence[Stored], tokens: Sequence[bytes]) -> dict[str, Block]:
    """The records of the designations of several segments, and of the tokens that they have together."""
    blocks: dict[str, Block] = _packed("tokens", tokens)
    for name in _OF_PARTS:
        counts = np.concatenate([np.diff(one.array(f"{name} offsets")) for one in segments])
        blocks[name] = b"".join(bytes(one.data(name)) for one in segments)
        blocks[f"{name} offsets"] = np.concatenate(([0], counts.cumsum()))
    starts, before = [], np.zeros(len(_OF_PARTS), dtype=np.int64)
    for one in segments:
        starts.append(one.array("part starts") + before)
        before += [len(one.array(f"{name} offsets")) - 1 for name in _OF_PARTS]
    blocks["part starts"] = np.concatenate(starts)
    return blocks


def stored_records(stored: Stored, name: str) -> Records:
    """The records of this name."""
    return Records(stored.data(name), stored.array(f"{name} offsets"))


def _packed(name: str, records: Sequence[bytes]) -> dict[str, Block]:
    data, offsets = Records.pack(records)
    return {name: data, f"{name} offsets": offsets}


class DecodedTokens:
    """Tokens by number, decoded when first asked for."""

    def __init__(self, stored: Stored) -> None:
        self._decoder = Decoder(tokens=stored_records(stored, "tokens"))

    def __getitem__(self, number: int) -> Token:
        return self._decoder.token(number)


@attrs.frozen
class _Part:
    """The records from one on: a part refers to its own by numbers from 0."""

    _records: Records
    _start: int

    def __len__(self) -> int:
        return len(self._records) - self._start

    def __getitem__(self, at: int) -> bytes:
        return self._records[self._start + at]


class DecodedDesignations(Sequence[Designation]):
    """Designations decoded when asked for; those asked for last are kept."""

    def __init__(self, stored: Stored) -> None:
        self._records = stored_records(stored, "designations")
        self._decoded = _decoding(stored, self._records)
        self._at = lru_cache(maxsize=_REMEMBERED)(self._decoded)

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
        return map(self._decoded, range(len(self)))


def _decoding(stored: Stored, records: Records) -> Callable[[int], Designation]:
    """What decodes the designation of a number. It knows nothing of who asks, so that the file is let go of at once."""
    programs, editions = stored_records(stored, "programs"), stored_records(stored, "editions")
    starts = stored.array("part starts").tolist()
    firsts = [first for first, _, _ in starts]
    decoders = [
        Decoder(programs=_Part(programs, program), editions=_Part(editions, edition)) for _, program, edition in starts
    ]

    def decoded(at: int) -> Designation:
        return decoders[max(bisect_right(firsts, at) - 1, 0)].designation(records[at])

    return decoded
