"""Listed persons in their own script in, the share found out; ordinary persons in, alerts per 10,000 out.

    python benchmarks/accuracy/native_persons.py [--sample N] [--hits 20]

The listed persons are the rows of tests/lists/native_persons.csv, searched in OFAC's list of 2023-12-28, which has them
in Latin letters only. Ordinary names are made of common parts of names, drawn with a fixed seed, 5,000 of each
language: a Burmese one of two syllables (one in five), three or four (one in five). They are searched by name alone in
OFAC's list, the UN's of 2025-11-20 and the EU's of 2021-03-02 together. The parts are the commonest ones, which listed
persons have too, so namesakes (0.99 and above) are shown apart.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

from measure import DEFAULT, EU_2021, OFAC_2023, UN_2025, WORKERS, arguments, designations, head, sampled, show

from screenkit import Screener

SEED, COUNT = 20210201, 5_000
NAMESAKE = 9_900
ROWS = Path(__file__).parents[2] / "tests" / "lists" / "native_persons.csv"
_BURMESE = (
    "အောင် မောင် မင်း ဝင်း ထွန်း ဇော် ကျော် မြင့် စိုး ဦး လှိုင် နိုင် သန်း သိန်း တင် ခင် ခိုင် မိုး မျိုး ဖြိုး ထက် ဟိန်း သူ လင်း သက် နွယ် အေး မြ လှ စု နု ဖြူ "
    "ဝေ ယု ရီ ချို သီတာ သန္တာ စန္ဒာ ရတနာ သီရိ ပြည့် ငြိမ်း ကို ခန့် ရဲ ဇင် နန္ဒာ ညီ လွင် ဆွေ ရွှေ စန်း သော် မွန် ဖုန်း ဝဏ္ဏ ဇေယျာ မေ"
)


def _burmese(draw: random.Random) -> str:
    parts = _BURMESE.split()
    return "".join(draw.choice(parts) for _ in range(draw.choices((2, 3, 4), (1, 3, 1))[0]))


#: Language -> what makes an ordinary name of it.
LANGUAGES: dict[str, Callable[[random.Random], str]] = {"Burmese": _burmese}


def persons(language: str) -> list[str]:
    """Names of ordinary persons of a language, each once."""
    draw = random.Random(f"{SEED} {language}")
    made: dict[str, None] = {}
    while len(made) < COUNT:
        made[LANGUAGES[language](draw)] = None
    return list(made)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--hits", type=int, default=0, help="print so many of the names that alert, with what they hit")
    given = parser.parse_args()
    with ROWS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    listed = designations(OFAC_2023)
    sanctioned = Screener(listed)
    screener = Screener([*listed, *designations(UN_2025, EU_2021)])
    head("language", "listed", "found at the default", "ordinary", "alert, per 10,000", "of these namesakes")
    shown: list[str] = []
    for language in LANGUAGES:
        asked = [row for row in rows if row["script"] == language]
        hits = sum(
            any(hit.designation.names[0].text == row["listed"] for hit in sanctioned.screen(row["query"]))
            for row in asked
        )
        names = sampled(persons(language), given.sample)
        found = list(screener.screen_many(names, limit=1, workers=WORKERS))
        alerts = [(name, one.hits[0]) for name, one in zip(names, found, strict=True) if one.hits]
        assert all(hit.points >= DEFAULT for _, hit in alerts)
        namesakes = sum(hit.points >= NAMESAKE for _, hit in alerts)
        rates = [f"{10_000 * count / len(names):.0f}" for count in (len(alerts), namesakes)]
        show(language, len(asked), hits, f"{len(names):,}", *rates)
        shown += [f"  {hit.points:6} {name} | {hit.matched_name.text}" for name, hit in alerts]
    print("\n".join(sampled(shown, given.hits)))


if __name__ == "__main__":
    main()
