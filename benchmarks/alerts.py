"""Ordinary names in, alerts per 10,000 at each threshold out, beside WRatio over unidecode text in the same run.

    python benchmarks/alerts.py [--sample 2000]

Reads ../shared (or SCREENKIT_SHARED): OFAC 2023-12-28, UN 2025-11-20 and EU 2021-03-02 together, and the generated
ordinary people of eval/. WRatio is run on a sample of 500, drawn with the seed below, because it is slow.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import time
from itertools import chain
from pathlib import Path

from rapidfuzz import fuzz, process
from unidecode import unidecode

from screenkit import Screener, read

SHARED = Path(os.environ.get("SCREENKIT_SHARED", Path(__file__).parents[2] / "shared"))
LISTS = (("us_ofac_sdn", "us_ofac_sdn/2023-12-28"), ("un_sc", "un_sc/2025-11-20"), ("eu_fsf", "eu_fsf/2021-03-02"))
THRESHOLDS = (0.70, 0.75, 0.80, 0.85, 0.90, 0.95)
SEED = 20161201


def ordinary(file: str) -> list[str]:
    with (SHARED / "eval" / file).open(encoding="utf-8", newline="") as stream:
        return [row["query"] for row in csv.DictReader(stream)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, help="so many names of each file instead of all")
    sample = parser.parse_args().sample
    draw = random.Random(SEED)
    designations = list(chain.from_iterable(read(source, SHARED / "lists" / folder) for source, folder in LISTS))
    screener = Screener(designations)
    texts = [unidecode(name.text).lower() for designation in designations for name in designation.names]
    print(f"{len(designations):,} designations, {len(texts):,} names: {', '.join(folder for _, folder in LISTS)}")
    print(
        "file | names | " + " | ".join(f">= {threshold:.2f}" for threshold in THRESHOLDS) + " | ms/name | WRatio >= 85"
    )
    for file in ("ordinary_people_us.csv", "ordinary_people_global.csv", "ordinary_companies.csv"):
        names = ordinary(file)
        if sample:
            names = draw.sample(names, sample)
        started = time.perf_counter()
        found = screener.screen_many(names, threshold=THRESHOLDS[0])
        best = [max((hit.score for hit in one), default=0.0) for one in found]
        took = 1_000 * (time.perf_counter() - started) / len(names)
        alerts = [10_000 * sum(score >= threshold for score in best) / len(best) for threshold in THRESHOLDS]
        few = draw.sample(names, min(500, len(names)))
        peer = sum(
            process.extractOne(unidecode(name).lower(), texts, scorer=fuzz.WRatio, score_cutoff=85) is not None
            for name in few
        )
        cells = " | ".join(f"{rate:.1f}" for rate in alerts)
        print(f"{file} | {len(names):,} | {cells} | {took:.1f} | {10_000 * peer / len(few):.0f}")


if __name__ == "__main__":
    main()
