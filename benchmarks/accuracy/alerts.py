"""Ordinary names in, alerts per 10,000 at each threshold out, beside WRatio over unidecode text in the same run.

    python benchmarks/accuracy/alerts.py [--sample 2000]

Reads ../shared (or SCREENKIT_SHARED): OFAC 2023-12-28, UN 2025-11-20 and EU 2021-03-02 together, and the ordinary names
of eval/ as they are; calibration.py tells the same by script. WRatio is run on a sample of 500 because it is slow.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

from calibration import CUT_OFF, THRESHOLDS
from measure import (
    COMPANIES,
    EU_2021,
    OFAC_2023,
    PEOPLE,
    UN_2025,
    arguments,
    best_points,
    designations,
    head,
    peers,
    queries,
    sampled,
    share_above,
    show,
)

from screenkit import Screener


def main() -> None:
    parser = arguments(__doc__)
    parser.set_defaults(peers=500)
    given = parser.parse_args()
    listed = designations(OFAC_2023, UN_2025, EU_2021)
    screener = Screener(listed)
    peer = next(peer for peer in peers(listed) if peer.name == "WRatio")
    print(f"{len(listed):,} designations\n")
    columns = [f">= {threshold:.2f}" for threshold in THRESHOLDS]
    head("file", "names", *columns, "ms/name, two workers", f"WRatio >= {CUT_OFF}")
    for file in (*PEOPLE, COMPANIES):
        names = sampled(queries(file), given.sample)
        started = time.perf_counter()
        points = best_points(screener, names, round(THRESHOLDS[0] * 10_000))
        took = 1_000 * (time.perf_counter() - started) / len(names)
        rates = [10_000 * share_above(points, round(threshold * 10_000) - 1) for threshold in THRESHOLDS]
        theirs = 10_000 * share_above(peer.best(sampled(names, given.peers)), CUT_OFF - 0.0005)
        show(file, f"{len(names):,}", *(f"{one:.1f}" for one in rates), f"{took:.1f}", f"{theirs:.0f}")


if __name__ == "__main__":
    main()
