"""What a caller asks of a data frame's screening: `Request`, and checks of its arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

import attrs

from screenkit.books import Columns
from screenkit.books.columns import refuse_missing
from screenkit.errors import BatchError, InvalidPolicyError
from screenkit.options import ScreeningOptions, timed
from screenkit.policy import Policy
from screenkit.results import rows as report
from screenkit.screener import Screener

#: Whether each hit is a row of its own, or all hits of a customer are in the customer's row.
Hits = Literal["rows", "nested"]
#: The columns of a hit -> the type of each. A type is one of "text", "int32", "int64", "bool" and "hits".
OF_HIT: Mapping[str, str] = MappingProxyType(
    {column: "int32" if column == "points" else "text" for column in report.COLUMNS}
)
#: What has to be known of a customer beside the hits.
_MARKS = MappingProxyType({"rejection": "text", "unread": "text", "cautions": "text"})
_ROWS = MappingProxyType(
    {"row": "int64", "customer": "text", **OF_HIT, "total": "int32", **_MARKS},
)
_NESTED = MappingProxyType(
    {"is_clear": "bool", "total": "int32", "hits": "hits", **_MARKS},
)


@attrs.frozen(kw_only=True)
class Request:
    """How the customers of a frame are screened, and what the result has."""

    #: What searches.
    screener: Screener
    #: Which column is what.
    columns: Columns
    #: Columns that are passed on unchanged; None for all.
    keep: tuple[str, ...] | None
    #: Whether all hits of a customer are in one row.
    is_nested: bool
    #: How each customer is screened; all screenings have one time.
    options: ScreeningOptions = attrs.field(converter=timed)

    @property
    def types(self) -> Mapping[str, str]:
        """The columns of the result that are not the frame's own, and their types."""
        return _NESTED if self.is_nested else _ROWS

    def refuse_unfit(self, headings: Sequence[str]) -> None:
        """Raise `BatchError` where a column is missing, or is passed on and has the name of one of the result."""
        refuse_missing(self.columns, headings)
        if self.keep:
            refuse_missing(Columns(self.keep), headings)
        kept = headings if self.keep is None else self.keep
        clash = [heading for heading in kept if heading in self.types]
        if clash:
            raise BatchError(
                f"the frame's column {clash[0]!r} has the same name as one of the result; rename it, or leave it out"
                " with keep"
            )


def columns_of(columns: Columns | str) -> Columns:
    """Columns as a caller gives them: a text is the column of names."""
    return Columns(columns) if isinstance(columns, str) else columns


def is_nested(hits: str) -> bool:
    """Whether all hits of a customer are in one row. Raises `BatchError` for another value than those of `Hits`."""
    if hits not in ("rows", "nested"):
        raise BatchError(f"hits must be 'rows' or 'nested', not {hits!r}")
    return hits == "nested"


def screener_of(screener: Screener | None, policy: Policy | None) -> Screener:
    """The screener given, or one of the installed lists. Raises `InvalidPolicyError` for a screener and a policy."""
    if screener is not None and policy is not None:
        raise InvalidPolicyError("give a screener or a policy, not both: a screener has its own policy")
    return Screener.open(policy=policy) if screener is None else screener
