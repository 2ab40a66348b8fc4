"""UN persons with altered tokens in; false alerts at 98% and 99% recall out, overall and by script.

    python benchmarks/accuracy/un_altered.py [--sample N] [--peers 2000] [--misses]

eval/un_persons_treated.csv shows these treatments of names of un_persons_untreated.csv, and the queries here are made
by the same ones, drawn in about the same shares with a fixed seed, from the Latin names of the persons on the UN's list
of 2025-11-20, until there are 2,500 different ones that differ from every name of their person:

- a letter doubled (ATTIIQULLAH AKHUND), 41%, which may be an apostrophe or hyphen there and is a letter here,
- two neighbouring letters of a word swapped (AMGHOMED), 22%,
- all doubled letters of the name written once (NAJIBULAH MUHAMAD JUMA), 14%,
- the first word put last behind a comma (AZAM ELMI, MOHAMMAD), 23%, which alters no token and is left out here,
- an apostrophe turned into a question mark, and a space doubled: once each, neither altering a letter, left out here.

All are searched in that list by name alone, as is the treated file, and its rows that are no listed name apart. False
alerts are counted on the ordinary people of both files, whose scripts are told apart.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

from measure import (
    DEFAULT,
    FLOOR,
    PEOPLE,
    UN_2025,
    arguments,
    best_points,
    by_script,
    designations,
    head,
    limit_for_recall,
    own_points,
    peers,
    persons,
    queries,
    rows,
    sampled,
    share_above,
    show,
    strong_names,
    wilson,
)

from screenkit import Designation, Screener, compare, normalize

SEED, QUERIES = 20251120, 2_500
RECALLS = (0.98, 0.99)
_DOUBLED = re.compile(r"([^\W\d_])\1", re.IGNORECASE)


def doubled(draw: random.Random, text: str) -> str:
    """One letter written twice."""
    at = draw.choice([at for at, character in enumerate(text) if character.isalpha()])
    return text[: at + 1] + text[at:]


def swapped(draw: random.Random, text: str) -> str:
    """Two neighbouring letters swapped; the text itself where none are neighbours."""
    fit = [at for at in range(len(text) - 1) if text[at : at + 2].isalpha() and text[at] != text[at + 1]]
    if not fit:
        return text
    at = draw.choice(fit)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def single(_: random.Random, text: str) -> str:
    """All doubled letters written once."""
    return _DOUBLED.sub(r"\1", text)


#: The treatments that alter tokens, and how often each is drawn.
TREATMENTS: dict[Callable[[random.Random, str], str], int] = {doubled: 41, swapped: 22, single: 14}


def altered(people: Sequence[Designation]) -> list[tuple[str, Designation]]:
    """Different queries, each with the designation it is of."""
    draw = random.Random(SEED)
    ways, weights = list(TREATMENTS), list(TREATMENTS.values())
    names = [
        (name.text, person)
        for person in people
        for name in strong_names(person)
        if set(by_script([name.text])) == {"Latin"}
    ]
    made: dict[str, Designation] = {}
    while len(made) < QUERIES:
        text, person = draw.choice(names)
        query = draw.choices(ways, weights)[0](draw, text)
        known = {name.text.casefold() for name in person.names}
        if query.casefold() not in known:
            made.setdefault(query, person)
    return list(made.items())


def treated(people: Sequence[Designation]) -> list[tuple[str, Designation]]:
    """The rows of the treated file whose listed name is a name on the list."""
    owners = {normalize(name.text).canonical: person for person in people for name in person.names}
    found = []
    for row in rows("un_persons_treated.csv"):
        owner = owners.get(normalize(row["listed_name"]).canonical)
        if owner is not None:
            found.append((row["query"], owner))
    return found


def alerts(scores: Sequence[float], limit: float) -> str:
    """The share above a limit with the upper end of its 95% interval."""
    count = sum(score > limit for score in scores)
    return f"{count / len(scores):.2%} (to {wilson(count, len(scores))[1]:.2%})" if scores else "-"


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--misses", action="store_true", help="print the queries below the 99%% recall's threshold")
    given = parser.parse_args()
    listed = designations(UN_2025)
    people = persons(listed)
    whole = treated(people)
    names = {name.text for person in people for name in person.names}
    sets = {
        "made": sampled(altered(people), given.sample),
        "treated file": whole,
        "treated file, altered rows": [pair for pair in whole if pair[0] not in names],
    }
    ordinary = sampled(queries(*PEOPLE), given.sample)
    screener = Screener(listed)
    best = best_points(screener, ordinary)
    own = {name: own_points(screener, asked, FLOOR) for name, asked in sets.items()}
    few = sampled(ordinary, given.peers)
    print(f"{len(ordinary):,} ordinary people, {len(few):,} for the peers; false alerts with the upper 95% bound\n")
    head("engine", "queries", "count", *(f"at {recall:.0%} recall" for recall in RECALLS), "recall at the default")
    for name, points in own.items():
        limits = [limit_for_recall(points, recall) - 1 for recall in RECALLS]
        cells = [alerts(best, limit) if limit > 0 else "not reached at the floor" for limit in limits]
        show("screenkit", name, f"{len(points):,}", *cells, f"{share_above(points, DEFAULT - 1):.3f}")
    for peer in peers(people) if few else ():
        found = peer.best(few)
        for name, asked in sets.items():
            scores = peer.own(asked)
            # Half a point of a hundred thousand: the share from a score on, of floats, is the share above a bit less.
            cells = [alerts(found, limit_for_recall(scores, recall) - 0.0005) for recall in RECALLS]
            show(peer.name, name, f"{len(scores):,}", *cells, "-")
    least = int(limit_for_recall(own["made"], RECALLS[-1]))
    print()
    reached = f"at 99% recall ({least / 10_000:.4f})" if least else f"at the floor {FLOOR / 10_000:.2f}"
    head("script", "ordinary people", f"at the default {DEFAULT / 10_000:.2f}", reached)
    scores_of = dict(zip(ordinary, best, strict=True))
    for script, group in sorted(by_script(ordinary).items(), key=lambda item: -len(item[1])):
        scores = [scores_of[name] for name in group]
        show(script, f"{len(group):,}", alerts(scores, DEFAULT - 1), alerts(scores, max(least, FLOOR) - 1))
    for (query, owner), score in zip(sets["made"], own["made"], strict=True):
        if given.misses and score < max(least, FLOOR):
            print(f"  {compare(query, owner).points:6} {query} | {owner.name}")


if __name__ == "__main__":
    main()
