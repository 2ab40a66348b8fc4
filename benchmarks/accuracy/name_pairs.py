"""The labelled pairs of eval/name_pairs.csv in; cross-validated F1 out, beside logic-v2 and the usual ratios.

    python benchmarks/accuracy/name_pairs.py [--wrong]

`compare(a, b, kind=...)` scores each pair. The threshold is the one of the best F1 on four fifths of the pairs and is
applied to the fifth; the five fifths, drawn with a fixed seed, are judged together. Overall, and with thresholds of
their own for persons and for organizations. logic-v2's scores are those of the file; a pair that it has none for counts
as 0. The labels are noisy. `--wrong` prints the pairs of STRONG quality that the overall thresholds decide wrongly.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

import attrs
from measure import PEERS, head, plain, rows, show

from screenkit import compare

SEED, FOLDS = 20210411, 5
KINDS = {"Person": "person", "Company": "organization", "Organization": "organization", "Vessel": "vessel"}


@attrs.frozen
class Pair:
    """One labelled pair and its scores by engine."""

    kind: str
    one: str
    other: str
    is_match: bool
    quality: str
    scores: dict[str, float]


def pairs() -> list[Pair]:
    """All rows of the file, scored."""
    found = []
    for row in rows("name_pairs.csv"):
        one, other = row["name1"], row["name2"]
        kind = KINDS.get(row["schema"], "organization")
        scores = {"screenkit": compare(one, other, kind=kind).value, "logic-v2": float(row["logic_v2_score"] or 0)}
        scores |= {name: scorer(plain(one), plain(other)) / 100 for name, scorer in PEERS.items()}
        found.append(Pair(kind, one, other, row["is_match"] == "true", row["quality"], scores))
    return found


def f1(labels: Sequence[tuple[bool, bool]]) -> float:
    """The F1 of (is match, is judged one)."""
    right = sum(is_match and judged for is_match, judged in labels)
    wrong = sum(is_match != judged for is_match, judged in labels)
    return 2 * right / (2 * right + wrong) if right else 0.0


def best_threshold(scored: Sequence[Pair], engine: str) -> float:
    """The score from which judging a match gives the best F1; the highest of several."""
    thresholds = sorted({pair.scores[engine] for pair in scored}, reverse=True)
    return max(thresholds, key=lambda least: f1([(pair.is_match, pair.scores[engine] >= least) for pair in scored]))


def judged(scored: Sequence[Pair], engine: str) -> list[tuple[Pair, bool]]:
    """Every pair with what the threshold of the other folds says of it."""
    mixed = random.Random(SEED).sample(scored, len(scored))
    decided = []
    for fold in range(FOLDS):
        least = best_threshold([pair for at, pair in enumerate(mixed) if at % FOLDS != fold], engine)
        decided += [(pair, pair.scores[engine] >= least) for pair in mixed[fold::FOLDS]]
    return decided


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="print the wrong pairs of STRONG quality")
    given = parser.parse_args()
    scored = pairs()
    groups = {
        "all": scored,
        "persons": [pair for pair in scored if pair.kind == "person"],
        "organizations": [pair for pair in scored if pair.kind == "organization"],
    }
    print(", ".join(f"{len(group):,} {name}" for name, group in groups.items()), end="\n\n")
    head("engine", *(f"F1 {name}" for name in groups), "pairs at 1.0", "of these wrong", "STRONG wrong")
    for engine in scored[0].scores:
        decided = judged(scored, engine)
        values = [f1([(pair.is_match, says) for pair, says in judged(group, engine)]) for group in groups.values()]
        full = [pair for pair in scored if pair.scores[engine] >= 1]
        wrong = [pair for pair, says in decided if pair.quality == "STRONG" and says != pair.is_match]
        cells = (f"{len(full) / len(scored):.1%}", sum(not pair.is_match for pair in full), len(wrong))
        show(engine, *(f"{value:.3f}" for value in values), *cells)
        for pair in wrong if given.wrong else ():
            print(f"  {pair.scores[engine]:.4f} {pair.one} | {pair.other} | {pair.is_match}")


if __name__ == "__main__":
    main()
