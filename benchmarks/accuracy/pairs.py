"""Pairs of names in, the share found at stated shares of wrong pairs out, beside unidecode + WRatio in the same run.

    python benchmarks/accuracy/pairs.py [--wrong 100000] [--misses SET]

A pair is a native-script name and a Latin name of one person: rows of eval/, or names of one entry of a published list
(the best Latin name of the entry counts, as it does in screening). Wrong pairs are drawn from the same set with a fixed
seed: the native name of one entry, a Latin name of another. The score is the library's own, `score_names` with the
default policy. Reads ../shared, or the folder that SCREENKIT_SHARED names.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from rapidfuzz import fuzz
from unidecode import unidecode

from screenkit import Designation, Kind, Policy, normalize, read
from screenkit.comparison.score import score_names
from screenkit.names.script import scripts_of

SHARED = Path(os.environ.get("SCREENKIT_SHARED", Path(__file__).parents[3] / "shared"))
SEED = 20170822
SHARES = (0.01, 0.001, 0.0001)
POLICY = Policy()

#: A native name and the Latin names of the same person.
Pair = tuple[str, tuple[str, ...]]


def screenkit_score(one: str, other: str) -> float:
    return score_names(normalize(one), normalize(other), POLICY).points


def peer_score(one: str, other: str) -> float:
    return fuzz.WRatio(unidecode(one).lower(), unidecode(other).lower())


def rows(file: str) -> Iterator[dict[str, str]]:
    with (SHARED / "eval" / file).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def korean() -> list[Pair]:
    return [(row["hangul"], (row["latin"],)) for row in rows("korean_persons.csv")]


def chinese(spelling: str, script: str) -> list[Pair]:
    return [(row[script], (row["latin"],)) for row in rows("chinese_persons.csv") if row["spelling"] == spelling]


def listed(source: str, folder: str, scripts: set[str], kinds: set[Kind], program: str = "") -> list[Pair]:
    """Every name in one of the scripts, with the Latin names of its entry; of a program only where one is given."""
    pairs = []
    for designation in read(source, SHARED / "lists" / folder):
        if designation.kind in kinds and any(one.code.startswith(program) for one in designation.programs):
            pairs.extend(_pairs(designation, scripts))
    return pairs


def _pairs(designation: Designation, scripts: set[str]) -> Iterator[Pair]:
    texts = [name.text for name in designation.names if name.derived_from is None or "," not in name.text]
    latin = tuple(text for text in texts if scripts_of(text) == ("Latin",))
    for text in dict.fromkeys(texts):
        # A lone word, or several names in one field, is no pair of whole names.
        if (
            set(scripts_of(text)) <= scripts
            and scripts_of(text)
            and latin
            and len(text) > 3
            and not set(text) & set(",;/")
        ):
            yield text, latin


PERSON, ORGANIZATION = {Kind.PERSON}, {Kind.ORGANIZATION}
EU, CANADA, UN = ("eu_fsf", "eu_fsf/2021-03-02"), ("ca_sema", "ca_sema/2025-03-20"), ("un_sc", "un_sc/2025-11-20")
ANY = {"Arabic", "Cyrillic", "Han", "Hangul", "Greek", "Hebrew"}
SETS: dict[str, Callable[[], list[Pair]]] = {
    "Korean persons": korean,
    "Chinese persons, same, simplified": lambda: chinese("same", "simplified"),
    "Chinese persons, same, traditional": lambda: chinese("same", "traditional"),
    "Chinese persons, customary, simplified": lambda: chinese("customary", "simplified"),
    "Chinese persons, customary, traditional": lambda: chinese("customary", "traditional"),
    "Cyrillic persons, EU": lambda: listed(*EU, {"Cyrillic"}, PERSON),
    "Cyrillic persons, Canada": lambda: listed(*CANADA, {"Cyrillic"}, PERSON),
    "Cyrillic persons, Canada, Russia program": lambda: listed(*CANADA, {"Cyrillic"}, PERSON, "Russia"),
    "Arabic persons, EU": lambda: listed(*EU, {"Arabic"}, PERSON),
    "Arabic persons, Canada": lambda: listed(*CANADA, {"Arabic"}, PERSON),
    "original-script persons, UN": lambda: listed(*UN, ANY, PERSON),
    "organizations, EU": lambda: listed(*EU, ANY, ORGANIZATION),
    "organizations, Canada": lambda: listed(*CANADA, ANY, ORGANIZATION),
}


def wrong_scores(pairs: list[Pair], score: Callable[[str, str], float], count: int) -> list[float]:
    draw = random.Random(SEED)
    scores = []
    while len(scores) < count:
        one, other = draw.choice(pairs), draw.choice(pairs)
        if one[0] != other[0] and not set(one[1]) & set(other[1]):
            scores.append(score(one[0], draw.choice(other[1])))
    return sorted(scores, reverse=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", type=int, default=100_000, help="wrong pairs drawn for each set")
    parser.add_argument("--misses", metavar="SET", help="print the true pairs of a set that 0.1%% wrong pairs exceed")
    arguments = parser.parse_args()
    shares = " | ".join(f"at {share:.2%}" for share in SHARES)
    print(f"| set | pairs | {shares} | at {POLICY.threshold:.2f} | WRatio at 0.10% |")
    print("|---|---|" + "---|" * (len(SHARES) + 2))
    for name, load in SETS.items():
        if arguments.misses and arguments.misses != name:
            continue
        pairs = load()
        true = [max(screenkit_score(native, latin) for latin in latins) for native, latins in pairs]
        wrong = wrong_scores(pairs, screenkit_score, arguments.wrong)
        cells = [found(true, wrong, share) for share in SHARES]
        alert = sum(score >= POLICY.threshold_points() for score in true) / len(true)
        few = arguments.wrong // 5
        peer_true = [max(peer_score(native, latin) for latin in latins) for native, latins in pairs]
        peer = found(peer_true, wrong_scores(pairs, peer_score, few), 0.001)
        shown = " | ".join(f"{cell:.1%}" for cell in (*cells, alert, peer))
        print(f"| {name} | {len(pairs):,} | {shown} |", flush=True)
        if arguments.misses:
            limit = wrong[int(len(wrong) * 0.001)]
            for (native, latins), score in zip(pairs, true, strict=True):
                if score <= limit:
                    print(f"  {score:6} {native} | {' | '.join(latins[:3])}")


def found(true: list[float], wrong: list[float], share: float) -> float:
    """The share of true pairs that score above all but this share of wrong pairs."""
    limit = wrong[int(len(wrong) * share)]
    return sum(score > limit for score in true) / len(true)


if __name__ == "__main__":
    main()
