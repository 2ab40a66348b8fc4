"""Native-script names in, searched in lists without any; recall at 1% false alerts of the same script out.

    python benchmarks/accuracy/native_lists.py [--sample N] [--peers 1000] [--misses SET]

The EU's list of 2021-03-02, Canada's of 2025-03-20 and the UN's of 2025-11-20 are searched together after every name
with a letter that isn't Latin was taken off; identifiers stay. The names taken off are the queries, but for lone
characters and fields that hold several names. A query is found where its own designation is hit. False alerts are the
ordinary people of eval/ordinary_people_global.csv of the query's script, recombined (given names of one, family name of
another, fixed seed) up to 2,000; organizations are held to the same limits as persons of their script, since no
ordinary companies are at hand in these scripts. The peers' limits are found on fewer of the same names.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

import attrs
from measure import (
    CANADA_2025,
    DEFAULT,
    EU_2021,
    UN_2025,
    arguments,
    best_points,
    by_script,
    designations,
    head,
    limit_of,
    own_points,
    peers,
    queries,
    recombined,
    sampled,
    share_above,
    show,
)

from screenkit import Designation, Kind, Screener, compare
from screenkit.names.script import scripts_of

SEED, ORDINARY, SHARE = 20210302, 2_000, 0.01
Pair = tuple[str, Designation]


def without_native(designation: Designation) -> Designation | None:
    """The designation with its Latin names only; None where it has none."""
    kept = [name for name in designation.names if set(scripts_of(name.text)) <= {"Latin"}]
    return attrs.evolve(designation, names=kept) if kept else None


def native(designation: Designation) -> list[str]:
    """The names without any Latin letter, each once."""
    texts = dict.fromkeys(name.text for name in designation.names)
    return [text for text in texts if _is_whole(text) and "Latin" not in scripts_of(text)]


def _is_whole(text: str) -> bool:
    """Whether a text is one whole name; Han and Hangul names are short."""
    scripts = set(scripts_of(text))
    least = 2 if scripts & {"Han", "Hangul"} else 4
    return bool(scripts) and len(text) >= least and not set(text) & set(",;/،؛")


def script_of(text: str) -> str:
    return next(iter(by_script([text])))


def asked(listed: Sequence[Designation]) -> dict[str, list[Pair]]:
    """The queries by set, each with the designation without native names."""
    sets: dict[str, list[Pair]] = {}
    for whole in listed:
        stripped = without_native(whole)
        if stripped is None or whole.kind not in (Kind.PERSON, Kind.ORGANIZATION):
            continue
        for text in native(whole):
            script = script_of(text)
            if whole.kind is Kind.ORGANIZATION:
                sets.setdefault("organizations", []).append((text, stripped))
            elif script in ("Cyrillic", "Arabic"):
                sets.setdefault(f"persons, {script}", []).append((text, stripped))
            if whole.kind is Kind.PERSON and whole.source == "un_sc":
                sets.setdefault("persons, UN original script", []).append((text, stripped))
    return dict(sorted(sets.items()))


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--misses", metavar="SET", help="print the queries of a set missed at its script's limit")
    given = parser.parse_args()
    listed = designations(EU_2021, CANADA_2025, UN_2025)
    sets = {name: sampled(pairs, given.sample) for name, pairs in asked(listed).items()}
    kept = [stripped for whole in listed if (stripped := without_native(whole)) is not None]
    screener = Screener(kept)
    pool = by_script(queries("ordinary_people_global.csv"))
    # Names of a script that no ordinary person has here are left out, and counted below.
    wanted = {script_of(text) for pairs in sets.values() for text, _ in pairs} & set(pool)
    ordinary = {script: sampled(recombined(pool[script], ORDINARY, SEED), given.sample) for script in sorted(wanted)}
    best = {script: best_points(screener, names, given.least) for script, names in ordinary.items()}
    limits = {script: max(limit_of(points, SHARE), given.least - 1) for script, points in best.items()}
    head("script", "ordinary names", "threshold of 1% false alerts", f"false alerts at {DEFAULT / 10_000:.2f}")
    for script, points in best.items():
        alerting = share_above(points, DEFAULT - 1)
        show(script, f"{len(points):,}", f"{(limits[script] + 1) / 10_000:.4f}", f"{alerting:.2%}")
    engines = peers(kept) if given.peers else []
    theirs = {
        peer.name: {
            script: limit_of(peer.best(sampled(names, given.peers)), SHARE) for script, names in ordinary.items()
        }
        for peer in engines
    }
    print()
    columns = [f"{peer.name} at 1%" for peer in engines]
    head("set", "queries", "of other scripts", "at 1%", f"at {DEFAULT / 10_000:.2f}", *columns)
    for name, pairs in sets.items():
        known = [pair for pair in pairs if script_of(pair[0]) in limits]
        at = [limits[script_of(text)] for text, _ in known]
        own = own_points(screener, known, min(given.least, DEFAULT))
        cells = [_found(own, at), share_above(own, DEFAULT - 1)]
        scripts = [script_of(text) for text, _ in known]
        cells += [_found(peer.own(known), [theirs[peer.name][script] for script in scripts]) for peer in engines]
        others = len(pairs) - len(known)
        show(name, f"{len(known):,}", others, *(f"{cell:.3f}" for cell in cells))
        for (text, owner), score, limit in zip(known, own, at, strict=True):
            if name == given.misses and score <= limit:
                print(f"  {compare(text, owner).points:6} {text} | {' | '.join(one.text for one in owner.names[:3])}")


def _found(own: Sequence[float], limits: Sequence[float]) -> float:
    """The share of scores above their own limit."""
    return sum(score > limit for score, limit in zip(own, limits, strict=True)) / max(len(own), 1)


if __name__ == "__main__":
    main()
