"""Names in; how a worker's memory and its slowest queries stay bounded out, as rows while it runs, and hostile names.

    python benchmarks/speed/bounded.py [--names 1000000] [--rows 10]

The list is OFAC 2021-07-07, saved and opened. One process screens ordinary people and companies, recombined until
there are so many different names, as a worker does: none twice, the collector looking rarely. A row tells what it
keeps (Linux, VmRSS) and its percentiles of processor time since the row before; what waits for a processor isn't
counted. Half of the names are companies.

A hostile name is as long as names may be and of words that nearly every listed name is like. Each is asked once,
by a screener that was asked the names above; `tests/lists/test_real_screening.py` holds them to a limit.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

import numpy as np
from fresh import megabytes
from measure import COMPANIES, OFAC_2021, PEOPLE, SHARED, head, queries, recombined, show
from speed import in_new_process

from screenkit import Screener
from screenkit.workers import collect_rarely

SEED = 20261130
#: What a name may have at most (`screenkit.model.subject`).
CHARACTERS, WORDS = 4_096, 128


def hostile(people: list[str]) -> Iterator[tuple[str, str]]:
    """Names as long as names may be, by what is hard about them."""
    draw = random.Random(SEED)
    words = [word for text in people for word in text.split() if word.isascii() and word.isalpha()]
    common = ["mohammed", "ali", "ahmed", "abdul", "al", "bin", "kim", "lee", "ivan", "maria"]
    yield "128 ordinary words", " ".join(draw.choices(words, k=WORDS))
    yield "128 common words", " ".join(draw.choices(common, k=WORDS))
    yield "one common word 128 times", " ".join(["mohammed"] * WORDS)
    yield "128 initials", " ".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=WORDS))
    yield "128 words of two letters", " ".join(draw.choices(["al", "bu", "ri", "li", "ho", "ng"], k=WORDS))
    yield "one word of 4,096 letters", "abcdefgh" * (CHARACTERS // 8)
    yield "4,096 characters in Han", "中" * CHARACTERS
    yield "4,096 syllables in Hangul", "김" * CHARACTERS
    yield "128 words of 31 letters", " ".join(draw.choices([f"{word * 16}"[:31] for word in words[:200]], k=WORDS))


def milliseconds(screener: Screener, text: str) -> float:
    """What one query takes of a processor."""
    started = process_time()
    screener.screen(text)
    return (process_time() - started) * 1_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=1_000_000, help="so many ordinary names")
    parser.add_argument("--rows", type=int, default=10, help="so many rows")
    given = parser.parse_args()
    people, companies = queries(*PEOPLE), queries(COMPANIES)
    half = given.names // 2
    # As many as can be recombined: a file of few names has fewer.
    asked = [*islice(recombined(people, half, SEED), half), *islice(recombined(companies, half, SEED), half)]
    random.Random(SEED).shuffle(asked)
    with TemporaryDirectory() as folder:
        saved = Path(folder, "screener")
        source, edition = OFAC_2021
        listed = [source, str(SHARED / "lists" / edition)]
        # In a process of its own, whose memory isn't counted.
        in_new_process({"list": listed, "added": [], "save": str(saved), "warm": [], "queries": {}})
        screener = Screener.load(saved)
        collect_rarely()
        print(f"{len(asked):,} different names\n")
        head("names so far", "resident MB", "p50 ms", "p99 ms", "p99.9 ms", "slowest ms")
        for row in range(given.rows):
            part = asked[len(asked) * row // given.rows : len(asked) * (row + 1) // given.rows]
            taken = [milliseconds(screener, text) for text in part]
            percentiles = (f"{one:.2f}" for one in np.percentile(taken, (50, 99, 99.9)).tolist())
            done = len(asked) * (row + 1) // given.rows
            show(f"{done:,}", f"{megabytes('VmRSS'):.0f}", *percentiles, f"{max(taken):.1f}")
        print()
        head("hostile name", "ms", "resident MB after it")
        for label, text in hostile(people):
            show(label, f"{milliseconds(screener, text):.1f}", f"{megabytes('VmRSS'):.0f}")


if __name__ == "__main__":
    main()
