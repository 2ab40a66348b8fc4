"""Everyday ways of writing the names on a list; the share found of each class, and the alerts that could be avoided.

    python benchmarks/accuracy/everyday.py [--sample N] [--peers 1000] [--misses CLASS]

Short forms, acronyms with points, ships with prefixes, names cut at 35 characters, words run together and more, of
eval/everyday.csv, are searched in OFAC's list of 2023-12-28 by name alone; a query is found where its own designation
is hit. Ordinary people and companies are searched in the same list: a hit below 0.99 is an alert that could be avoided,
one from there on a namesake's. So are Koreans in Latin letters (eval/korean_persons.csv), strangers of a culture that
the list has many names of. Each peer is asked the same, at the score that as many ordinary people and companies reach.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

from measure import (
    COMPANIES,
    DEFAULT,
    FLOOR,
    OFAC_2023,
    PEOPLE,
    arguments,
    best_points,
    designations,
    head,
    limit_of,
    own_points,
    peers,
    queries,
    rows,
    sampled,
    share_above,
    show,
)

from screenkit import Screener

THRESHOLDS = (7_000, 6_500, 6_000, 5_500, 5_000)
#: From here on a hit on an ordinary name is a namesake's.
NAMESAKE = 9_900


def avoidable(points: Sequence[float], least: float) -> float:
    """The share of names that alert at a threshold and are no namesakes."""
    return sum(least <= one < NAMESAKE for one in points) / len(points)


def by_class(asked: Sequence[dict[str, str]], scores: Sequence[float]) -> dict[str, list[float]]:
    """The scores of the queries of each class."""
    found: dict[str, list[float]] = defaultdict(list)
    for row, score in zip(asked, scores, strict=True):
        found[row["class"]].append(score)
    return dict(sorted(found.items()))


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--misses", metavar="CLASS", help="print the queries of a class that the default misses")
    parser.set_defaults(peers=1_000)
    given = parser.parse_args()
    listed = designations(OFAC_2023)
    screener = Screener(listed)
    by_id = {designation.id: designation for designation in listed}
    asked = sampled([row for row in rows("everyday.csv") if row["id"] in by_id], given.sample)
    pairs = [(row["query"], by_id[row["id"]]) for row in asked]
    own = own_points(screener, pairs, FLOOR)
    head("class", "queries", *(f"at {least / 10_000:.2f}" for least in THRESHOLDS))
    shares = []
    for label, points in by_class(asked, own).items():
        shares.append([share_above(points, least - 1) for least in THRESHOLDS])
        show(label, len(points), *(f"{share:.2f}" for share in shares[-1]))
    show("mean of classes", "", *(f"{sum(column) / len(column):.3f}" for column in zip(*shares, strict=True)))
    print()
    people, companies = (sampled(queries(*files), given.sample) for files in (PEOPLE, (COMPANIES,)))
    koreans = sampled([row["latin"] for row in rows("korean_persons.csv")], given.sample)
    head("avoidable alerts", "names", *(f"at {least / 10_000:.2f}" for least in THRESHOLDS), "namesakes")
    best = {}
    for label, names in (
        ("ordinary people", people),
        ("ordinary companies", companies),
        ("Koreans in Latin letters", koreans),
    ):
        best[label] = best_points(screener, names, THRESHOLDS[-1])
        rates = (f"{100 * avoidable(best[label], least):.2f}%" for least in THRESHOLDS)
        show(label, f"{len(names):,}", *rates, f"{100 * share_above(best[label], NAMESAKE - 1):.2f}%")
    few = sampled([*people, *companies], given.peers)
    ours = [*best["ordinary people"], *best["ordinary companies"]]
    for peer in peers(listed) if few else ():
        limit = limit_of(peer.best(few), share_above(ours, DEFAULT - 1))
        theirs = by_class(asked, peer.own(pairs))
        mean = sum(share_above(scores, limit) for scores in theirs.values()) / len(theirs)
        print(f"\n{peer.name} above {limit:.1f}, as many alerts on {len(few):,} ordinary names: mean {mean:.3f}")
    for row, points in zip(asked, own, strict=True):
        if row["class"] == given.misses and points < DEFAULT:
            print(f"  {points:6} {row['query']} | {row['listed_name']} | {row['id']}")


if __name__ == "__main__":
    main()
