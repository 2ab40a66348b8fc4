"""Ordinary people with their birth dates in, alerts per 10,000 at the default threshold out.

    python benchmarks/accuracy/birth_dates.py [--sample 2000]

Reads ../shared (or SCREENKIT_SHARED): OFAC 2023-12-28 and the 20,000 generated people of eval/. Their birth dates are
made up, so nearly every listed one contradicts. "Contradicted" are alerts whose listed birth date is more than a year
from the customer's; the last row is a policy that takes an equal name with such a date below the line.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

from measure import OFAC_2023, PEOPLE, WORKERS, arguments, designations, head, rows, sampled, show

from screenkit import Policy, Screener, Subject


def main() -> None:
    given = arguments(__doc__).parse_args()
    people = sampled([(row["query"], row["birth_date"]) for file in PEOPLE for row in rows(file)], given.sample)
    listed = designations(OFAC_2023)
    head("screened by", "people", "alerts", "contradicted", "contradicted, names not equal")
    policies = {"name alone": (Policy(), False), "name and birth date": (Policy(), True)}
    policies["the same, equal_birth_date_loss=5_000"] = (Policy(equal_birth_date_loss=5_000), True)
    for label, (policy, is_dated) in policies.items():
        subjects = [Subject(name, birth_date=born if is_dated else None) for name, born in people]
        found = [one.hits for one in Screener(listed, policy=policy).screen_many(subjects, workers=WORKERS)]
        against = [[hit for hit in hits if "birth date" in hit.contradictions] for hits in found]
        unequal = [any(hit.points < 10_000 for hit in hits) for hits in against]
        counts = sum(map(bool, found)), sum(map(bool, against)), sum(unequal)
        show(label, f"{len(people):,}", *(f"{10_000 * count / len(people):.1f}" for count in counts))


if __name__ == "__main__":
    main()
