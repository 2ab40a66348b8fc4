"""OFAC organizations with one change in their names in; recall at stated shares of false alerts out, by kind of change.

    python benchmarks/accuracy/organizations.py [--queries 2000] [--sample N] [--peers 1000] [--misses KIND]

Strong names of two words or more of the organizations on OFAC's list of 2021-07-07 are given another legal form, an
abbreviated generic word, one generic word less, or a typo (`perturb`, with its fixed seed), and searched in the whole
list by name alone. A false alert is a company of eval/ordinary_companies.csv with any hit; a few of them are listed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

from measure import (
    COMPANIES,
    DEFAULT,
    OFAC_2021,
    arguments,
    best_points,
    designations,
    head,
    limit_of,
    own_points,
    peers,
    queries,
    sampled,
    share_above,
    show_by_kind,
    strong_names,
)
from perturb import ORGANIZATION_KINDS, Altered, altered_organizations

from screenkit import Designation, Kind, Screener, compare

SHARES = (0.001, 0.005, 0.01)


def altered(listed: Sequence[Designation], count: int) -> list[tuple[Altered, Designation]]:
    """The queries with the designations they are of."""
    held = organizations_of(listed)
    names = [
        (at, name.text) for at, one in enumerate(held) for name in strong_names(one) if len(name.text.split()) >= 2
    ]
    return [(one, held[one.owner]) for one in altered_organizations(names, count)]


def organizations_of(listed: Sequence[Designation]) -> list[Designation]:
    """The organizations among designations."""
    return [designation for designation in listed if designation.kind is Kind.ORGANIZATION]


def main() -> None:
    parser = arguments(__doc__, queries=2_000)
    parser.add_argument("--misses", metavar="KIND", choices=ORGANIZATION_KINDS, help="print what 0.5%% misses")
    parser.set_defaults(peers=1_000)
    given = parser.parse_args()
    listed = designations(OFAC_2021)
    changed = sampled(altered(listed, given.queries), given.sample)
    asked = [one for one, _ in changed]
    kinds, pairs = [one.kind for one in asked], [(one.query, owner) for one, owner in changed]
    companies = sampled(queries(COMPANIES), given.sample)
    screener = Screener(listed)
    best = best_points(screener, companies, given.least)
    limits = [*(max(limit_of(best, share), given.least - 1) for share in SHARES), DEFAULT - 1]
    own = own_points(screener, pairs, int(min(limits)) + 1)
    false = share_above(best, DEFAULT - 1)
    print(f"{len(asked):,} queries, {len(companies):,} companies; default threshold: {false:.2%} false alerts\n")
    columns = [f"at {share:.2%}" for share in SHARES]
    thresholds = [f"{name} (from {(limit + 1) / 10_000:.4f})" for name, limit in zip(columns, limits, strict=False)]
    head("kind", "queries", *thresholds, f"at {DEFAULT / 10_000:.2f}")
    show_by_kind(kinds, own, limits)
    for one, (query, owner), points in zip(asked, pairs, own, strict=True):
        if one.kind == given.misses and points <= limits[1]:
            print(f"  {compare(query, owner).points:6} {query} | {one.published} | {owner.id}")
    few = sampled(companies, given.peers)
    for peer in peers(organizations_of(listed)) if few else ():
        found = peer.best(few)
        theirs = [limit_of(found, share) for share in SHARES]
        print(f"\n{peer.name} over the strong names of organizations alone, {len(few):,} companies:\n")
        marks = [f"{name} (over {limit:.1f})" for name, limit in zip(columns, theirs, strict=True)]
        head("kind", "queries", *marks)
        show_by_kind(kinds, peer.own(pairs), theirs)


if __name__ == "__main__":
    main()
