"""`Head`: the end of a chain of hashes, such as an audit log or a file of decisions."""

from __future__ import annotations

import re
from typing import Self

import attrs

from screenkit.errors import AuditError

_HEAD = re.compile(r"([0-9a-f]{64})/([1-9]\d*)\Z")


@attrs.frozen(kw_only=True)
class Head:
    """The last hash of a chain and its number of lines: kept elsewhere, they show if the end was cut off."""

    #: The hash of the last line, 64 hexadecimal digits.
    hash: str
    #: The number of lines.
    count: int

    def __str__(self) -> str:
        return f"{self.hash}/{self.count}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `HASH/COUNT`, the text of a head. Raises `AuditError` for anything else."""
        match = _HEAD.match(text.strip())
        if match is None:
            raise AuditError(
                "a head must have the form HASH/COUNT: 64 hexadecimal digits and a number, as printed by"
                " `screenkit audit verify`"
            )
        return cls(hash=match[1], count=int(match[2]))
