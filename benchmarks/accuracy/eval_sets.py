"""The labeled sets of eval/ that no other command reads, one table each: what is found, and what alerts wrongly.

    python benchmarks/accuracy/eval_sets.py [--set arabic] [--wrong 100000] [--misses]

* `arabic`: full names of persons in Arabic script and in the Latin letters of their country (arabic_full_names.csv),
  all together and by country, against wrong pairs drawn with a fixed seed.
* `azerbaijani`: pairs of one person in Latin, Cyrillic and English letters (azerbaijani_pairs.csv), unaltered and
  altered, and pairs of two persons by what they are meant to tempt.
* `entities`: pairs of one or two persons, organizations and ships (entity_checks.csv).
* `chinese`: persons whose Latin spelling is customary, no pinyin (chinese_persons.csv).

The score is the library's own, `score_names` with the default policy; a pair alerts from the default threshold on.
Reads ../shared, or the folder that SCREENKIT_SHARED names.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

from measure import DEFAULT, head, rows, show
from pairs import found, screenkit_score, wrong_scores

#: A pair of names that is judged: both names and their score.
Judged = tuple[str, str, float]
SHARE = 0.001
AT = f"at {DEFAULT / 10_000:.2f}"


def judged(pairs: Iterable[tuple[str, str]]) -> list[Judged]:
    return [(one, other, screenkit_score(one, other)) for one, other in pairs]


def alerting(pairs: Sequence[Judged]) -> float:
    """The share of pairs that alert at the default threshold; 0 of none."""
    return sum(score >= DEFAULT for _, _, score in pairs) / max(len(pairs), 1)


def print_pairs(title: str, pairs: Iterable[Judged]) -> None:
    print(f"\n{title}:")
    for one, other, score in sorted(pairs, key=lambda pair: pair[2]):
        print(f"  {score:6} {one} | {other}")
    print()


def measure_arabic(wrong: int, misses: bool) -> None:
    by_country: dict[str, list[Judged]] = {}
    for row in rows("arabic_full_names.csv"):
        by_country.setdefault(row["country"], []).extend(judged([(row["arabic"], row["latin"])]))
    every = [pair for pairs in by_country.values() for pair in pairs]
    limits = wrong_scores([(one, (other,)) for one, other, _ in every], screenkit_score, wrong)
    wrong_alerts = sum(score >= DEFAULT for score in limits) / len(limits)
    head("full names in Arabic", "pairs", f"at {SHARE:.2%} wrong pairs", f"{AT} ({wrong_alerts:.3%} wrong pairs)")
    ranked = sorted(by_country.items(), key=lambda one: found([pair[2] for pair in one[1]], limits, SHARE))
    for name, pairs in [("all", every), *ranked]:
        share = found([score for _, _, score in pairs], limits, SHARE)
        show(name, f"{len(pairs):,}", f"{share:.1%}", f"{alerting(pairs):.1%}")
    if misses:
        for country, pairs in ranked:
            print_pairs(f"{country}, below the threshold", [pair for pair in pairs if pair[2] < DEFAULT])


#: What two persons' names have in common: what the file calls it, and what it is.
TEMPTATIONS = {
    "none": "nothing",
    "one_edit": "a surname of one other letter",
    "surname_collision": "the surname",
    "generation_collision": "a father's name that is the other's own",
    "token_swap": "names of father and son exchanged",
}


def measure_azerbaijani(misses: bool) -> None:
    sets: dict[str, list[Judged]] = {}
    for row in rows("azerbaijani_pairs.csv"):
        pair = judged([(row["name1"], row["name2"])])
        if row["is_match"] == "true":
            sets.setdefault(f"one person, {'altered' if row['changes'] else 'unaltered'}", []).extend(pair)
            if not row["changes"]:
                sets.setdefault(f"one person, unaltered, {row['scripts']}", []).extend(pair)
        else:
            sets.setdefault(f"two persons, {TEMPTATIONS[row['hard_negative']]}", []).extend(pair)
    head("Azerbaijani names", "pairs", AT)
    for name, pairs in sorted(sets.items()):
        show(name, f"{len(pairs):,}", f"{alerting(pairs):.1%}")
    if misses:
        for name, pairs in sorted(sets.items()):
            is_one = name.startswith("one")
            print_pairs(f"{name}, wrong", [pair for pair in pairs if (pair[2] >= DEFAULT) != is_one])


def measure_entities(misses: bool) -> None:
    sets: dict[bool, list[Judged]] = {True: [], False: []}
    for row in rows("entity_checks.csv"):
        sets[row["is_match"] == "true"].extend(judged([(row["name1"], row["name2"])]))
    same, apart = alerting(sets[True]), alerting(sets[False])
    head("entity checks", "pairs", AT)
    show("one entity", len(sets[True]), f"{same:.1%}")
    show("two entities", len(sets[False]), f"{apart:.1%}")
    show("balanced accuracy", len(sets[True]) + len(sets[False]), f"{(same + 1 - apart) / 2:.3f}")
    if misses:
        print_pairs("one entity, missed", [pair for pair in sets[True] if pair[2] < DEFAULT])
        print_pairs("two entities, alerting", [pair for pair in sets[False] if pair[2] >= DEFAULT])


def measure_chinese(misses: bool) -> None:
    customary = [row for row in rows("chinese_persons.csv") if row["spelling"] == "customary"]
    head("customary spellings of Chinese names", "pairs", AT)
    for script in ("simplified", "traditional"):
        pairs = judged((row[script], row["latin"]) for row in customary)
        show(script, len(pairs), f"{alerting(pairs):.1%}")
        if misses:
            print_pairs(f"{script}, missed", [pair for pair in pairs if pair[2] < DEFAULT])


SETS = ("arabic", "azerbaijani", "entities", "chinese")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=SETS, help="measure one set alone")
    parser.add_argument("--wrong", type=int, default=100_000, help="wrong pairs of the Arabic names")
    parser.add_argument("--misses", action="store_true", help="print the pairs that are judged wrongly")
    given = parser.parse_args()
    for name in [given.set] if given.set else SETS:
        if name == "arabic":
            measure_arabic(given.wrong, given.misses)
        elif name == "azerbaijani":
            measure_azerbaijani(given.misses)
        elif name == "entities":
            measure_entities(given.misses)
        else:
            measure_chinese(given.misses)
        print()


if __name__ == "__main__":
    main()
