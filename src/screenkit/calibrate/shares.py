"""A share of a sample with its 95% interval, in whole arithmetic."""

from __future__ import annotations

from math import isqrt

import attrs

#: The normal quantile of a two-sided 95% interval, 1.959964, as a whole number of `_UNIT`ths.
_Z, _UNIT = 1_959_964, 1_000_000


@attrs.frozen
class Share:
    """A count of a total. If the total is 0, nothing is known: the interval is from 0 to 1."""

    #: How many.
    count: int
    #: Of how many.
    of: int

    def rounded(self, parts: int) -> int:
        """The share in parts of 1, a half rounded up; 0 if the total is 0."""
        return (2 * self.count * parts + self.of) // (2 * self.of) if self.of else 0

    def interval(self, parts: int) -> tuple[int, int]:
        """Wilson's score interval in parts of 1. Its ends are rounded outward, so that it never claims too much.

        Wilson, E. B. (1927), "Probable inference, the law of succession, and statistical inference", JASA 22.
        """
        if not self.of:
            return 0, parts
        # (2k + z² ± z sqrt(z² + 4k(n - k) / n)) / 2(n + z²), all multiplied by n * _UNIT².
        k, n = self.count, self.of
        square = n * (_Z * _Z * n + 4 * k * (n - k) * _UNIT * _UNIT)
        root = isqrt(square)
        root += root * root < square
        middle, below = 2 * k * n * _UNIT * _UNIT + _Z * _Z * n, 2 * n * (n * _UNIT * _UNIT + _Z * _Z)
        low, high = parts * (middle - _Z * root) // below, -(-parts * (middle + _Z * root) // below)
        return max(low, 0), min(high, parts)

    def percent(self) -> str:
        """In percent with its interval: "97.5% (95.0-98.8)"."""
        low, high = self.interval(1_000)
        return f"{_tenths(self.rounded(1_000))}% ({_tenths(low)}-{_tenths(high)})"

    def per_10_000(self) -> str:
        """In ten-thousandths with its interval: "4.0 (1.5-10.3)"."""
        low, high = self.interval(100_000)
        return f"{_tenths(self.rounded(100_000))} ({_tenths(low)}-{_tenths(high)})"

    def to_dict(self) -> dict[str, int | list[int]]:
        """The counts; the share and its interval in hundred-thousandths."""
        return {
            "count": self.count,
            "of": self.of,
            "share_100000": self.rounded(100_000),
            "interval_100000": list(self.interval(100_000)),
        }


def _tenths(number: int) -> str:
    return f"{number // 10:,}.{number % 10}"
