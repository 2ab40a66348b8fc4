"""Ordinary names in, alerts per 10,000 at each threshold out, by script, with 95% intervals (Wilson).

    python benchmarks/accuracy/calibration.py [--sample N] [--peers 300] [--script SCRIPT]

Lists: OFAC SDN 2023-12-28, UN 2025-11-20 and EU 2021-03-02 together, searched by name alone. Names: the ordinary people
of eval/ by script, recombined (given names of one, family name of another, fixed seed) up to 10,000 for each script;
Hangul and Han also from the persons of korean_persons.csv and chinese_persons.csv, divided after the first character
(after the second of four in Han). Ordinary companies as they are. A name by which a listed person happens to be called
counts as an alert too. The peer's column is WRatio at its customary cut-off 85, on a sample.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

from measure import (
    COMPANIES,
    EU_2021,
    OFAC_2023,
    PEOPLE,
    UN_2025,
    arguments,
    best_points,
    by_script,
    designations,
    head,
    peers,
    queries,
    recombined,
    rows,
    sampled,
    share_above,
    show,
    wilson,
)

from screenkit import Screener

THRESHOLDS = (0.60, 0.65, 0.70, 0.80, 0.90, 0.95)
SEED, LEAST_NAMES = 20210707, 10_000
#: Scripts that too few ordinary people have to tell anything.
FEWEST = 50
CUT_OFF = 85


def by_given_first(text: str, surname: int) -> str:
    """A name without spaces as the ordinary people are written: given name, space, surname."""
    return f"{text[surname:]} {text[:surname]}"


def people() -> dict[str, list[str]]:
    """Ordinary people by script, recombined up to `LEAST_NAMES`."""
    groups = by_script(queries(*PEOPLE))
    hangul = [row["hangul"] for row in rows("korean_persons.csv")]
    han = [row[form] for row in rows("chinese_persons.csv") for form in ("simplified", "traditional")]
    groups["Hangul"] += [by_given_first(text, 1) for text in hangul if len(text) in (2, 3) and text.isalpha()]
    groups["Han"] += [by_given_first(text, len(text) // 4 + 1) for text in han if len(text) in (2, 3, 4)]
    few = {script for script, names in groups.items() if len(set(names)) < FEWEST}
    return {
        script: recombined(names, LEAST_NAMES, SEED) for script, names in sorted(groups.items()) if script not in few
    }


def rate(scores: list[int], threshold: float) -> str:
    """Alerts per 10,000 with their interval."""
    least = round(threshold * 10_000)
    count = sum(score >= least for score in scores)
    low, high = wilson(count, len(scores))
    return f"{10_000 * count / len(scores):.1f} ({10_000 * low:.1f}-{10_000 * high:.1f})"


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--script", help="this row alone")
    parser.set_defaults(peers=300)
    given = parser.parse_args()
    listed = designations(OFAC_2023, UN_2025, EU_2021)
    screener = Screener(listed)
    peer = next(peer for peer in peers(listed) if peer.name == "WRatio")
    print(f"{len(listed):,} designations; alerts per 10,000 names\n")
    head("names", "count", *(f"{threshold:.2f}" for threshold in THRESHOLDS), f"WRatio {CUT_OFF}")
    for label, group in {**people(), "companies": queries(COMPANIES)}.items():
        if given.script in (None, label):
            names = sampled(group, given.sample)
            points = best_points(screener, names, round(THRESHOLDS[0] * 10_000))
            # From 85 on: WRatio comes in steps far wider than this.
            theirs = share_above(peer.best(sampled(names, given.peers)), CUT_OFF - 0.0005)
            cells = [rate(points, threshold) for threshold in THRESHOLDS]
            show(label, f"{len(names):,}", *cells, f"{10_000 * theirs:.0f}" if given.peers else "-")


if __name__ == "__main__":
    main()
