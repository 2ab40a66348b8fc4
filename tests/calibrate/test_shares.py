"""Shares and their intervals."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit.calibrate.shares import Share

SHARES = st.integers(1, 10**7).flatmap(lambda of: st.builds(Share, st.integers(0, of), st.just(of)))


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    # Newcombe, R. G. (1998), "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17,
    # table I, method 3 (Wilson's score without a correction for continuity).
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_are_the_published_ones(count: int, of: int, low: float, high: float) -> None:
    found = Share(count, of).interval(1_000_000)
    assert [round(end / 1_000_000, 4) for end in found] == [low, high]


@given(SHARES, st.sampled_from([1_000, 100_000]))
def test_whole_arithmetic_rounds_the_formula_outward_by_less_than_a_part(share: Share, parts: int) -> None:
    """The interval holds Wilson's, and is less than a part wider at either end."""
    z, p, n = 1.959964, share.count / share.of, share.of
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = share.interval(parts)
    tolerance = 1e-6
    assert middle - half - 1 / parts - tolerance < low / parts < middle - half + tolerance
    assert middle + half - tolerance < high / parts < middle + half + 1 / parts + tolerance


@given(SHARES)
def test_the_interval_holds_the_share(share: Share) -> None:
    """The share lies in its interval, and the interval in 0 to 1."""
    low, high = share.interval(100_000)
    assert 0 <= low <= share.count * 100_000 / share.of <= high <= 100_000


def test_shares_are_written_with_a_half_rounded_up_and_nothing_known_of_none() -> None:
    assert Share(1, 2_000).per_10_000().startswith("5.0 (")
    assert Share(1, 2_000).percent().startswith("0.1% (0.0-")
    assert Share(2_500, 10_000_000).per_10_000().startswith("2.5 (")
    assert Share(20_000, 20_000).percent() == "100.0% (99.9-100.0)"
    assert Share(0, 0).percent() == "0.0% (0.0-100.0)"
    assert Share(9, 10).per_10_000().startswith("9,000.0 (5,95")
