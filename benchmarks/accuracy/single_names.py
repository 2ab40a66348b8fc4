"""Persons asked for by their surname alone: the share found by how common it is, and ordinary surnames that alert.

    python benchmarks/accuracy/single_names.py [--sample N]

The list is OFAC's of 2023-12-28. Each person whose name is published with a comma is asked for by what comes before it;
surnames of several words are left out. Strangers are the last words of ordinary people in Latin letters, each once: one
that alerts is the surname of a listed person, or nearly so, which is all that is known of either.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

from measure import (
    DEFAULT,
    FLOOR,
    OFAC_2023,
    PEOPLE,
    arguments,
    best_points,
    designations,
    head,
    own_points,
    persons,
    queries,
    sampled,
    share_above,
    show,
)

from screenkit import Designation, Policy, Screener, normalize
from screenkit.names.vocabulary.commonness import commonness

THRESHOLDS = (7_000, 6_500, DEFAULT, 5_000, FLOOR)


def surname(designation: Designation) -> str:
    """The one word before the comma of a person's first name; empty where there are more, or no comma."""
    before, comma, _ = designation.names[0].text.partition(",")
    return before if comma and " " not in before and "-" not in before else ""


def bits(name: str) -> int:
    """How many bits a word says, without what its letters from the fifth on add."""
    token = normalize(name).tokens[0]
    return Policy().bits(token.kind, commonness(token), len(token.key))


def main() -> None:
    given = arguments(__doc__).parse_args()
    listed = designations(OFAC_2023)
    screener = Screener(listed)
    asked = sampled([(surname(one), one) for one in persons(listed) if surname(one)], given.sample)
    by_bits: dict[str, list[int]] = defaultdict(list)
    least = Policy().single_name_bits
    for (name, _), points in zip(asked, own_points(screener, asked, FLOOR), strict=True):
        by_bits[f"{least} bits and more" if bits(name) >= least else f"fewer than {least} bits"].append(points)
    head("surname alone", "persons", *(f"at {limit / 10_000:.2f}" for limit in THRESHOLDS))
    for label, found in sorted(by_bits.items()):
        show(label, f"{len(found):,}", *(f"{share_above(found, limit - 1):.3f}" for limit in THRESHOLDS))
    print()
    people = {name.split()[-1]: None for name in queries(*PEOPLE) if name.isascii() and " " in name}
    strangers = sampled([name for name in people if len(name) > 1], given.sample)
    best = best_points(screener, strangers, FLOOR)
    head("ordinary surnames alone", "names", *(f"at {limit / 10_000:.2f}" for limit in THRESHOLDS))
    show("alert", f"{len(strangers):,}", *(f"{100 * share_above(best, limit - 1):.1f}%" for limit in THRESHOLDS))


if __name__ == "__main__":
    main()
