"""What screening a part of a book counts, and sums of it: `Counts`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Self

import attrs

from screenkit.model import Screening


@attrs.define(kw_only=True)
class Counts:
    """How much was screened and found."""

    #: Customers screened.
    screened: int = 0
    #: Rows that could not be screened.
    rejected: int = 0
    #: Customers with a hit.
    customers_hit: int = 0
    #: Hits written.
    hits: int = 0
    #: Hits that a weak alias alone made, or that a reviewer cleared.
    suppressed: int = 0
    #: Hits beyond the limit, which are not written.
    beyond_limit: int = 0
    #: Hits by list.
    by_list: Counter[str] = attrs.field(factory=Counter)
    #: Hits by list and program, "us_ofac_sdn NPWMD"; a hit under two programs counts under each.
    by_program: Counter[str] = attrs.field(factory=Counter)

    def take_up(self, found: Screening) -> None:
        """Count one screening."""
        self.screened += 1
        self.suppressed += len(found.suppressed)
        if not found.total:
            return
        self.customers_hit += 1
        self.hits += len(found.hits)
        self.beyond_limit += found.total - len(found.hits)
        for hit in found.hits:
            source = hit.designation.source
            self.by_list[source] += 1
            self.by_program.update({f"{source} {program.code}" for program in hit.programs})

    def add(self, other: Counts) -> None:
        """Count what another part counted too."""
        for field in attrs.fields(Counts):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))

    def to_dict(self) -> dict[str, Any]:
        """As whole numbers, those by list and program the largest first."""
        stated = attrs.asdict(self)
        for field in ("by_list", "by_program"):
            stated[field] = dict(sorted(stated[field].items(), key=lambda one: (-one[1], one[0])))
        return stated

    @classmethod
    def of(cls, stated: Mapping[str, Any]) -> Self:
        """What `to_dict` gave."""
        counters = {field: Counter(stated[field]) for field in ("by_list", "by_program")}
        return cls(**{**stated, **counters})
