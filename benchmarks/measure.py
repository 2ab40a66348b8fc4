"""Lists, evaluation files and queries in; scores, thresholds, shares and table rows out: what the benchmarks share.

Everything is measured through the public contract of `screenkit`. Lists and evaluation files are read from ../shared,
or from the folder that SCREENKIT_SHARED names. A score alerts where it is *above* a limit; the limit of a share of
false alerts is the lowest that at most this share of the ordinary names exceeds.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from math import ceil
from pathlib import Path
from typing import TypeVar

import attrs
import numpy as np
from rapidfuzz import fuzz, process
from unidecode import unidecode

from screenkit import Designation, Kind, ListedName, Policy, Screener, Subject, read
from screenkit.names.script import scripts_of

SHARED = Path(os.environ.get("SCREENKIT_SHARED", Path(__file__).parents[2] / "shared"))
#: A source and the folder of one of its editions below lists/.
Edition = tuple[str, str]
OFAC_2021: Edition = ("us_ofac_sdn", "us_ofac_sdn/2021-07-07")
OFAC_2023: Edition = ("us_ofac_sdn", "us_ofac_sdn/2023-12-28")
UN_2025: Edition = ("un_sc", "un_sc/2025-11-20")
EU_2021: Edition = ("eu_fsf", "eu_fsf/2021-03-02")
CANADA_2025: Edition = ("ca_sema", "ca_sema/2025-03-20")
PEOPLE = ("ordinary_people_us.csv", "ordinary_people_global.csv")
COMPANIES = "ordinary_companies.csv"
#: The seed of every sample; generators have seeds of their own.
SAMPLE_SEED = 20161201
WORKERS = 2
#: The default threshold, in points: a score alerts from it on, so the limit is one below.
DEFAULT = Policy().threshold_points()
FLOOR = Policy().threshold_points(Policy().floor)

Item = TypeVar("Item")
Scorer = Callable[..., float]
#: What a user would pick instead, over unidecode text in lower case.
PEERS: dict[str, Scorer] = {"WRatio": fuzz.WRatio, "token_set_ratio": fuzz.token_set_ratio}


def rows(file: str) -> Iterator[dict[str, str]]:
    """The rows of a file of eval/."""
    with (SHARED / "eval" / file).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def queries(*files: str) -> list[str]:
    """The queries of files of eval/, in order."""
    return [row["query"] for file in files for row in rows(file)]


def designations(*editions: Edition) -> list[Designation]:
    """The designations of editions, in order."""
    return list(chain.from_iterable(read(source, SHARED / "lists" / folder) for source, folder in editions))


def strong_names(designation: Designation) -> list[ListedName]:
    """The names that alert by themselves, as published: neither weak nor taken out of a longer one."""
    return [name for name in designation.names if not name.is_weak and name.derived_from is None]


def sampled(items: Sequence[Item], count: int | None) -> list[Item]:
    """So many items drawn with the fixed seed, in their order; all of them for None."""
    if count is None or count >= len(items):
        return list(items)
    at = sorted(random.Random(SAMPLE_SEED).sample(range(len(items)), count))
    return [items[place] for place in at]


def by_script(names: Iterable[str]) -> dict[str, list[str]]:
    """Names by the scripts of their letters; Kana with or without Han is Japanese."""
    found: dict[str, list[str]] = {}
    for name in names:
        scripts = set(scripts_of(name)) - {"Modifier"}
        script = "Japanese" if scripts & {"Hiragana", "Katakana"} else "+".join(sorted(scripts))
        found.setdefault(script, []).append(name)
    return found


def recombined(names: Sequence[str], count: int, seed: int) -> list[str]:
    """At least so many names: the given ones, then given names of one with the family name (last word) of another."""
    divided = [name.rsplit(" ", 1) for name in dict.fromkeys(names) if " " in name]
    made = dict.fromkeys(names)
    draw = random.Random(seed)
    for _ in range(50 * count):
        if len(made) >= count or not divided:
            break
        made[f"{draw.choice(divided)[0]} {draw.choice(divided)[1]}"] = None
    return list(made)


def best_points(screener: Screener, subjects: Iterable[str | Subject], least: int = FLOOR) -> list[int]:
    """The points of each subject's best hit; 0 where nothing reaches `least`."""
    found = screener.screen_many(subjects, threshold=least / 10_000, limit=1, workers=WORKERS)
    return [screening.hits[0].points if screening.hits else 0 for screening in found]


def own_points(screener: Screener, asked: Sequence[tuple[str | Subject, Designation]], least: int) -> list[int]:
    """The points by which each subject hits its own designation; 0 where search finds it not at `least`."""
    found = screener.screen_many((subject for subject, _ in asked), threshold=least / 10_000, workers=WORKERS)
    points = []
    for screening, (_, own) in zip(found, asked, strict=True):
        key = (own.source, own.id)
        hits = (hit.points for hit in screening.hits if (hit.designation.source, hit.designation.id) == key)
        points.append(next(hits, 0))
    return points


def limit_of(best: Sequence[float], share: float) -> float:
    """The lowest limit that at most this share of scores exceeds."""
    return sorted(best, reverse=True)[int(len(best) * share)]


def limit_for_recall(own: Sequence[float], recall: float) -> float:
    """The highest score that at least this share of scores reaches."""
    return sorted(own, reverse=True)[max(ceil(len(own) * recall), 1) - 1]


def share_above(scores: Sequence[float], limit: float) -> float:
    """The share of scores above a limit; 0 of none."""
    return sum(score > limit for score in scores) / len(scores) if scores else 0.0


def wilson(found: int, total: int) -> tuple[float, float]:
    """The 95% interval of a share by Wilson's score method."""
    if not total:
        return 0.0, 1.0
    z = 1.959964
    middle = (found + z * z / 2) / (total + z * z)
    half = z / (total + z * z) * (found * (total - found) / total + z * z / 4) ** 0.5
    return max(middle - half, 0.0), min(middle + half, 1.0)


def plain(text: str) -> str:
    """What the peers compare: unidecode text in lower case."""
    return unidecode(text).lower()


@attrs.frozen
class Peer:
    """One of `PEERS` over the strong names of a list, from which it has the advantage of no weak ones."""

    name: str
    scorer: Scorer
    texts: tuple[str, ...]

    def best(self, names: Sequence[str]) -> list[float]:
        """The best score of each name against all texts."""
        found: list[float] = []
        for at in range(0, len(names), 200):
            asked = [plain(name) for name in names[at : at + 200]]
            scores = process.cdist(asked, self.texts, scorer=self.scorer, workers=-1, dtype=np.float32)
            found.extend(float(score) for score in scores.max(axis=1))
        return found

    def own(self, asked: Sequence[tuple[str, Designation]]) -> list[float]:
        """The best score of each name against the names of its own designation."""
        return [
            max(float(np.float32(self.scorer(plain(name), plain(one.text)))) for one in searched(own))
            for name, own in asked
        ]


def peers(listed: Iterable[Designation]) -> list[Peer]:
    """All peers over the names of a list that alert by themselves."""
    texts = tuple(dict.fromkeys(plain(name.text) for designation in listed for name in searched(designation)))
    return [Peer(name, scorer, texts) for name, scorer in PEERS.items()]


def searched(designation: Designation) -> list[ListedName]:
    """The names a peer searches: the strong ones, or all where there is none."""
    return [name for name in designation.names if not name.is_weak] or list(designation.names)


def arguments(doc: str | None, **counts: int | None) -> argparse.ArgumentParser:
    """A parser with `--sample` and an option of a count for each further one named, with its default."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, help="so many ordinary names and queries instead of all")
    parser.add_argument("--least", type=int, default=5_500, help="points from which ordinary names are searched")
    parser.add_argument("--peers", type=int, default=2_000, help="so many ordinary names for the peers, 0 for none")
    for name, default in counts.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    return parser


def show(*cells: object) -> None:
    """Print one row of a table."""
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def head(*cells: str) -> None:
    """Print the first two rows of a table."""
    show(*cells)
    print("|" + "---|" * len(cells), flush=True)


def show_by_kind(kinds: Sequence[str], own: Sequence[float], limits: Sequence[float], apart: str = "") -> None:
    """A row of shares above each limit for each kind of query, for all, and for all but one kind."""
    groups = {kind: {kind} for kind in dict.fromkeys(kinds)}
    if apart:
        groups[f"all but {apart}"] = set(groups) - {apart}
    groups["all"] = set(kinds)
    for label, group in groups.items():
        scores = [score for kind, score in zip(kinds, own, strict=True) if kind in group]
        show(label, f"{len(scores):,}", *(f"{share_above(scores, limit):.3f}" for limit in limits))


def persons(listed: Iterable[Designation]) -> list[Designation]:
    """The persons among designations."""
    return [designation for designation in listed if designation.kind is Kind.PERSON]
