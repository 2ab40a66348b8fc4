"""OFAC persons with one change in their names in; recall at stated shares of false alerts out, by kind of change.

    python benchmarks/accuracy/perturbed.py [--queries 4000] [--sample N] [--peers 2000] [--misses KIND] [--json FILE]

Strong names of three parts or more (hyphens don't divide) of the persons on OFAC's list of 2021-07-07, changed by
`perturb`, are searched in the whole list by name alone; a query is found where its own designation is hit. A false
alert is an ordinary person, of both files of eval/, with any hit. "All but order" is every kind but another order. The
peers search the strong names of persons alone (an advantage) in the same run, their false alerts counted on a sample
of the ordinary people. With --json the recall of all but order is written for `plot.py`, which shows Jaro-Winkler too.

Then persons with one exact birth date are searched by a strong name as published with that date, with none, and with
one that is 5 to 30 years off: the share whose own designation alerts at the default threshold, and the mean score.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

from measure import (
    DEFAULT,
    OFAC_2021,
    PEOPLE,
    Peer,
    arguments,
    best_points,
    designations,
    head,
    limit_of,
    own_points,
    peers,
    persons,
    queries,
    sampled,
    share_above,
    show,
    show_by_kind,
    strong_names,
)
from perturb import PERSON_KINDS, Altered, altered_persons, parts
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from screenkit import Designation, Screener, Subject, compare

SHARES = (0.0005, 0.001, 0.005)
ORDER = "another order"
STRANGERS, STRANGERS_SEED = 1_000, 20200229


def altered(listed: Sequence[Designation], count: int) -> list[tuple[Altered, Designation]]:
    """The queries with the designations they are of."""
    people = persons(listed)
    names = [
        (at, name.text)
        for at, person in enumerate(people)
        for name in strong_names(person)
        if len(parts(name.text)) >= 3
    ]
    return [(one, people[one.owner]) for one in altered_persons(names, count)]


def show_strangers(listed: Sequence[Designation], count: int) -> None:
    """Listed names with the right birth date, none and another."""
    draw = random.Random(STRANGERS_SEED)
    dated = [person for person in persons(listed) if len(person.birth_dates) == 1 and person.birth_dates[0].is_exact]
    cases: dict[str, list[tuple[Subject, Designation]]] = {"right birth date": [], "none": [], "another": []}
    for person in draw.sample(dated, min(count, len(dated))):
        names = strong_names(person)
        if not names:
            continue
        name = draw.choice(names).text
        day = person.birth_dates[0].earliest
        # The 29th of February is no day of every year.
        other = day.replace(year=day.year + draw.choice((-1, 1)) * draw.randint(5, 30), day=min(day.day, 28))
        for label, birth_date in (("right birth date", day), ("none", None), ("another", other)):
            cases[label].append((Subject(name, birth_date=birth_date), person))
    print("\nListed persons' strong names as published, by the birth date that is asked with them:\n")
    head("birth date", "persons", "own designation alerts", "mean score")
    for label, asked in cases.items():
        points = [compare(subject, person).points for subject, person in asked]
        mean = sum(points) / len(points) / 10_000
        show(label, f"{len(points):,}", f"{share_above(points, DEFAULT - 1):.3f}", f"{mean:.3f}")


def rivals(listed: Sequence[Designation], *, with_fast_ones: bool) -> list[Peer]:
    """The peers, and for the plot those that are fast, and far behind in what they find."""
    found = peers(listed)
    if with_fast_ones:
        texts = found[0].texts
        found.append(Peer("token_sort_ratio", fuzz.token_sort_ratio, texts))
        found.append(Peer("Jaro-Winkler", JaroWinkler.similarity, texts))
    return found


def recall(kinds: Sequence[str], own: Sequence[float], limits: Sequence[float]) -> dict[str, float]:
    """The recall of all kinds but order at each share of false alerts."""
    scores = [score for kind, score in zip(kinds, own, strict=True) if kind != ORDER]
    return {str(share): share_above(scores, limit) for share, limit in zip(SHARES, limits, strict=False)}


def main() -> None:
    parser = arguments(__doc__, queries=4_000)
    parser.add_argument("--misses", metavar="KIND", choices=PERSON_KINDS, help="print the misses at 0.1%% false alerts")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the recall of all but order too")
    given = parser.parse_args()
    listed = designations(OFAC_2021)
    asked = sampled(altered(listed, given.queries), given.sample)
    ordinary = sampled(queries(*PEOPLE), given.sample)
    kinds, pairs = [one.kind for one, _ in asked], [(one.query, owner) for one, owner in asked]
    screener = Screener(listed)
    best = best_points(screener, ordinary, given.least)
    limits = [*(max(limit_of(best, share), given.least - 1) for share in SHARES), DEFAULT - 1]
    own = own_points(screener, pairs, int(min(limits)) + 1)
    false = share_above(best, DEFAULT - 1)
    print(f"{len(asked):,} queries, {len(ordinary):,} ordinary people; default threshold: {false:.2%} false alerts\n")
    columns = [f"at {share:.2%}" for share in SHARES]
    thresholds = [f"{name} (from {(limit + 1) / 10_000:.4f})" for name, limit in zip(columns, limits, strict=False)]
    head("kind", "queries", *thresholds, f"at {DEFAULT / 10_000:.2f}")
    show_by_kind(kinds, own, limits, ORDER)
    if given.misses:
        for (one, owner), points in zip(asked, own, strict=True):
            if one.kind == given.misses and points <= limits[1]:
                print(f"  {compare(one.query, owner).points:6} {one.query} | {one.published} | {owner.id}")
    few = sampled(ordinary, given.peers)
    recalls = {"screenkit": recall(kinds, own, limits)}
    for peer in rivals(persons(listed), with_fast_ones=given.json is not None) if few else ():
        found = peer.best(few)
        theirs = [limit_of(found, share) for share in SHARES]
        print(f"\n{peer.name}, {len(few):,} ordinary people:\n")
        marks = [f"{name} (over {limit:.1f})" for name, limit in zip(columns, theirs, strict=True)]
        head("kind", "queries", *marks)
        scores = peer.own(pairs)
        show_by_kind(kinds, scores, theirs, ORDER)
        recalls[peer.name] = recall(kinds, scores, theirs)
    if given.json:
        given.json.write_text(json.dumps(recalls, indent=1), encoding="utf-8")
    show_strangers(listed, given.sample or STRANGERS)


if __name__ == "__main__":
    main()
