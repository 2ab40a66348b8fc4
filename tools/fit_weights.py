"""Suggested weights: of each number of the policy, whether less or more of it finds more at the same alerts.

    python tools/fit_weights.py [--sample 1000] [--step 25] [FIELD ...]

Reads ../shared (or SCREENKIT_SHARED): aliases left out of OFAC's list (withheld.py), altered names (perturbed.py,
organizations.py) and everyday.csv as what has to be found; ordinary people and companies, and
Korean and Arabic names in Latin letters as strangers of the listed ones' cultures, as what must not alert. Nothing is
changed: who decides rounds a suggestion by hand, and prints all tables of docs/accuracy.md before and after.

Only numbers of `Policy` are moved, one by one. The score knows no other property of a name, so that neither the script,
nor the order of words, nor the length of a name can become evidence because lists and customers differ in them.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks/accuracy"))

import attrs
import organizations
import perturbed
import withheld
from everyday import NAMESAKE
from measure import COMPANIES, OFAC_2023, PEOPLE, designations, head, queries, rows, sampled, show

from screenkit import Designation, Kind, Policy, Screener
from screenkit.comparison.score import score_names
from screenkit.names import normalize

#: A name that is asked for, and the listed names that it may be found by.
Question = tuple[str, tuple[str, ...]]
#: Points of questions by group.
Points = Mapping[str, Sequence[int]]
#: Coverage without which no weight of a deduction makes a hit.
LEAST = 0.6
#: Listed names that are weighed anew for each name that must not alert.
NEAREST = 20


def same_alerts(present: Points, trial: Points, threshold: int) -> int:
    """The lowest threshold at which no group alerts more under a trial than under the present weights at theirs.

    Each group counts by itself: fewer alerts of ordinary people don't pay for more of strangers.
    """
    return max([threshold_of(points, alerts(present[group], threshold)) for group, points in trial.items()], default=0)


def alerts(points: Iterable[int], threshold: int) -> int:
    """How many alert that are no namesakes."""
    return sum(threshold <= one < NAMESAKE for one in points)


def threshold_of(points: Iterable[int], most: int) -> int:
    """The lowest threshold at which at most so many alert."""
    ranked = sorted((one for one in points if one < NAMESAKE), reverse=True)
    return ranked[most] + 1 if most < len(ranked) else 0


def found(points: Points, threshold: int) -> float:
    """The share of variants found, as the mean of the groups."""
    shares = [sum(one >= threshold for one in group) / len(group) for group in points.values() if group]
    return sum(shares) / len(shares)


def weighed(questions: Mapping[str, Sequence[Question]], policy: Policy) -> dict[str, list[int]]:
    """The best points of each question by a policy."""
    return {group: [best(one, policy) for one in asked] for group, asked in questions.items()}


def best(question: Question, policy: Policy) -> int:
    """The points of the listed name that scores most."""
    query, listed = question
    return max([score_names(normalize(query), normalize(name), policy).points for name in listed], default=0)


def trials(policy: Policy, field: str, step: int) -> list[Policy]:
    """The policy with less and with more of a number, where it may have that."""
    value = getattr(policy, field)
    change = max(value * step // 100, 1)
    return [attrs.evolve(policy, **{field: one}) for one in (max(value - change, 0), value + change) if one != value]


def numbers() -> list[str]:
    """The numbers of a policy that weigh names."""
    facts = ("birth", "country", "gender", "kind", "about", "identifier", "equal", "required", "ceiling", "cut_off")
    fields = [one.name for one in attrs.fields(Policy) if str(one.type) == "int"]
    return [name for name in fields if not name.startswith(facts)]


def variants(listed: Sequence[Designation], count: int) -> dict[str, list[Question]]:
    """What has to be found, by where it comes from."""
    by_id = {one.id: one for one in listed}
    draw = random.Random(withheld.SEED)
    left_out = [
        (one.kind, pair)
        for one in listed
        if int(one.id) % 2 == 0 and (pair := withheld.withheld(one, draw)) is not None
    ]
    groups = {
        "aliases of persons": [pair for kind, pair in left_out if kind is Kind.PERSON],
        "aliases of organizations": [pair for kind, pair in left_out if kind is Kind.ORGANIZATION],
        "altered persons": [(one.query, own) for one, own in perturbed.altered(listed, count)],
        "altered organizations": [(one.query, own) for one, own in organizations.altered(listed, count)],
        "everyday names": [(row["query"], by_id[row["id"]]) for row in rows("everyday.csv") if row["id"] in by_id],
    }
    return {name: [(query, strong(own)) for query, own in sampled(pairs, count)] for name, pairs in groups.items()}


def strong(designation: Designation) -> tuple[str, ...]:
    """The names of a designation that alert by themselves."""
    return tuple(name.text for name in designation.names if not name.is_weak)


def strangers(listed: Sequence[Designation], count: int) -> dict[str, list[Question]]:
    """What must not alert, each with the listed names that cover it best; nothing is deducted of these."""
    covering = Policy(common_most=0, shortened_most=0, clash_share=0, weakest_share=0, father_loss=0)
    screener = Screener(listed, policy=covering)
    names = {
        "ordinary people": queries(*PEOPLE),
        "ordinary companies": queries(COMPANIES),
        "Koreans in Latin letters": [row["latin"] for row in rows("korean_persons.csv")],
        "Arabs in Latin letters": [row["latin"] for row in rows("arabic_full_names.csv")],
    }
    return {
        group: [
            (name, tuple(hit.matched_name.text for hit in screener.screen(name, threshold=LEAST, limit=NEAREST)))
            for name in sampled(asked, 4 * count)
        ]
        for group, asked in names.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fields", nargs="*", metavar="FIELD", help="numbers to try; by default all that weigh names")
    parser.add_argument("--sample", type=int, default=1_000, help="so many names of each group")
    parser.add_argument("--step", type=int, default=25, help="how much less and more is tried, in percent")
    given = parser.parse_args()
    listed = designations(OFAC_2023)
    wanted, unwanted = variants(listed, given.sample), strangers(listed, given.sample)
    policy = Policy()
    threshold = policy.threshold_points()
    present, before = weighed(unwanted, policy), found(weighed(wanted, policy), threshold)
    head("number", "value", "found", "gain", "at the same alerts from")
    show("present weights", "", f"{before:.4f}", "", f"{threshold / 10_000:.4f}")
    for field in given.fields or numbers():
        for trial in trials(policy, field, given.step):
            line = same_alerts(present, weighed(unwanted, trial), threshold)
            share = found(weighed(wanted, trial), line)
            show(field, f"{getattr(trial, field):,}", f"{share:.4f}", f"{share - before:+.4f}", f"{line / 10_000:.4f}")


if __name__ == "__main__":
    main()
