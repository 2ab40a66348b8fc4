"""Labelled Chinese names in, a table out: how many true pairs are found at stated shares of wrong pairs.

    SCREENKIT_SHARED=../shared python benchmarks/accuracy/pairs_chinese.py [--failing]

Reads eval/chinese_persons.csv (each name in simplified and traditional characters against its Latin spelling),
eval/ordinary_people_*.csv and the Latin names of the other sets. The wrong pairs are all against all. A pair's score
is the best of all pairs of readings: surname a third, given name two thirds, times the lower cap. Beside it, in the
same run: Unidecode and rapidfuzz's WRatio. It also counts ordinary Latin names that parse as Chinese, Chinese
Commercial Codes in OFAC's remarks, and times.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import attrs
from rapidfuzz import fuzz
from unidecode import unidecode

from screenkit.model.name import Reading, Role
from screenkit.names.chinese import similarity as chinese_similarity
from screenkit.names.chinese.commercial_code import agrees, decode_all
from screenkit.names.chinese.han import han_readings, hanja_as_hangul
from screenkit.names.chinese.latin import latin_readings
from screenkit.names.clean import clean
from screenkit.names.korean import similarity as korean_similarity
from screenkit.names.korean.hangul import hangul_readings
from screenkit.names.korean.latin import latin_readings as korean_readings
from screenkit.names.split import split_words

SHARED = Path(os.environ.get("SCREENKIT_SHARED", "../shared"))
#: The Korean reading of Hanja is possible, not sure.
HANJA_CAP = 9_500
SHARES = (0.01, 0.001, 0.0001)
#: A person in an OFAC record of the legacy CSV format: number, name, kind; the codes stand in the remarks.
_CODE = re.compile(r"Chinese Commercial Code:? ?((?:[0-9]{4}[ /;,]*)+)")


def persons() -> list[dict[str, str]]:
    """The labelled pairs."""
    with (SHARED / "eval" / "chinese_persons.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def read(name: str) -> list[Reading]:
    """All Chinese readings of a name in either script."""
    words = split_words(clean(name)[0])
    is_han = bool(words) and words[0].script == "Han"
    return list(han_readings(words, is_person=True) if is_han else latin_readings(words))


def read_as_korean(name: str) -> list[Reading]:
    """The Korean readings of a name: Hanja through Hangul."""
    words = split_words(clean(name)[0])
    if not words or words[0].script != "Han":
        return list(korean_readings(words))
    text = words[0].text
    written = [
        surname + given for surname in hanja_as_hangul(text[:1], is_surname=True) for given in hanja_as_hangul(text[1:])
    ]
    return [
        attrs.evolve(reading, cap=HANJA_CAP) for one in written[:8] for reading in hangul_readings(split_words(one))
    ]


def _keys(reading: Reading) -> tuple[str, str]:
    found = {sound.role: sound.key for sound in reading.sounds}
    return found.get(Role.SURNAME, ""), found.get(Role.GIVEN, "")


def score(
    one: Sequence[Reading], other: Sequence[Reading], near: Callable[[str, str], int] = chinese_similarity
) -> int:
    """The best pair of readings, 0 to 10,000; other surnames are other people."""
    best = 0
    for a in one:
        (surname, given), cap = _keys(a), a.cap
        for b in other:
            theirs = _keys(b)
            likeness = near(surname, theirs[0])
            if likeness:
                has_both = bool(given) and bool(theirs[1])
                alike = likeness + 2 * (near(given, theirs[1]) if has_both else likeness)
                best = max(best, alike * min(cap, b.cap) // 30_000)
    return best


def wratio(one: str, other: str) -> int:
    """What a user would take instead."""
    return int(100 * fuzz.WRatio(unidecode(one).lower(), unidecode(other).lower()))


def cut(wrong: Sequence[int], share: float) -> int:
    """The lowest score that at most `share` of the wrong pairs reach."""
    ordered = sorted(wrong, reverse=True)
    allowed = int(share * len(ordered))
    return ordered[allowed] + 1


def compare_all(rows: Sequence[dict[str, str]], field: str, scorer: Callable[[int, int], int]) -> None:
    """Print the share of true pairs found, by class of spelling."""
    true = [scorer(at, at) for at in range(len(rows))]
    wrong = [
        scorer(at, to)
        for at in range(len(rows))
        for to in range(len(rows))
        if at != to and rows[at]["latin"] != rows[to]["latin"] and rows[at][field] != rows[to][field]
    ]
    for spelling in ("same", "customary"):
        picked = [at for at, row in enumerate(rows) if row["spelling"] == spelling]
        found = [sum(true[at] >= cut(wrong, share) for at in picked) for share in SHARES]
        shares = "  ".join(f"{100 * count / len(picked):6.1f}%" for count in found)
        cuts = ", ".join(str(cut(wrong, share)) for share in SHARES)
        print(f"  {spelling:10} {len(picked):4}  {shares}   cuts {cuts}")


def discrimination(is_failing: bool) -> None:
    """Print the tables of pairs."""
    rows = persons()
    latin = [read(row["latin"]) for row in rows]
    latin_korean = [read_as_korean(row["latin"]) for row in rows]
    for field in ("simplified", "traditional"):
        han = [read(row[field]) for row in rows]
        print(f"{field}: found at {', '.join(f'{100 * share:g}%' for share in SHARES)} wrong pairs")
        print(" readings")
        compare_all(rows, field, lambda at, to, han=han: score(han[at], latin[to]))  # type: ignore[misc]
        korean = [read_as_korean(row[field]) for row in rows]

        def widest(at: int, to: int, han: list[list[Reading]] = han, korean: list[list[Reading]] = korean) -> int:
            found = score(han[at], latin[to])
            return max(found, score(korean[at], latin_korean[to], korean_similarity))

        print(" readings, and Hanja read as Korean")
        compare_all(rows, field, widest)
        print(" unidecode + WRatio")
        compare_all(rows, field, lambda at, to, field=field: wratio(rows[at][field], rows[to]["latin"]))  # type: ignore[misc]
        if is_failing:
            for at, row in enumerate(rows):
                if score(han[at], latin[at]) < 9_000:
                    print("   ", row[field], row["latin"], row["spelling"], [_keys(r) for r in han[at][:3]])


def ordinary() -> None:
    """Print how many ordinary Latin names parse as Chinese, by system."""
    for file in ("ordinary_people_us.csv", "ordinary_people_global.csv", "korean_persons.csv"):
        with (SHARED / "eval" / file).open(encoding="utf-8") as lines:
            names = [row.get("query") or row["latin"] for row in csv.DictReader(lines)]
        names = [name for name in names if all(word.script in ("Latin", None) for word in split_words(clean(name)[0]))]
        parsed = [(name, tuple(dict.fromkeys(reading.system for reading in read(name)))) for name in names]
        counts = Counter(system for _, systems in parsed for system in systems)
        hits = [name for name, systems in parsed if systems]
        print(f"{file}: {len(hits)} of {len(names)} parse: {dict(counts)}; {hits[:12]}")


def _codes() -> Iterator[tuple[str, str, str, str]]:
    """OFAC edition, record, Latin name, codes."""
    for path in sorted((SHARED / "lists" / "us_ofac_sdn").glob("*/sdn.csv")):
        with path.open(encoding="utf-8", errors="replace") as lines:
            for row in csv.reader(lines):
                for codes in _CODE.findall(row[-1]) if len(row) > 2 else ():
                    yield path.parent.name, row[0], row[1], codes


def commercial_codes() -> None:
    """Print how many Chinese Commercial Codes decode and agree with the Latin name."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for edition, record, name, codes in _codes():
        words = split_words(clean(name)[0])
        decoded = decode_all(codes)
        verdict = "not decoded" if not decoded else "contradict"
        if any(agrees(characters, words) for characters in decoded):
            verdict = "agree"
        counts[edition][verdict] += 1
        if verdict != "agree":
            print("  ", edition, record, name, codes, decoded)
    print("commercial codes:", {edition: dict(counter) for edition, counter in counts.items()})


def _microseconds(call: Callable[[str], object], names: Iterable[str]) -> float:
    names = list(names)
    start = time.process_time()
    for name in names:
        call(name)
    return 1e6 * (time.process_time() - start) / len(names)


def speed() -> None:
    """Print times for a name that is read for the first time, the tables being loaded."""
    for name in ("欧阳修", "Lee Ka-chiu", "Ch'en Shui-pien", "Ma Ying-jeou"):
        read(name)
    rows = persons()
    with (SHARED / "eval" / "ordinary_people_us.csv").open(encoding="utf-8") as lines:
        ordinary_names = [row["query"] for row in csv.DictReader(lines)]
    print(f"Han name {_microseconds(read, (row['traditional'] for row in rows)):.0f} us, ", end="")
    print(f"Chinese name in Latin {_microseconds(read, (row['latin'] for row in rows)):.0f} us, ", end="")
    print(f"ordinary name in Latin {_microseconds(read, ordinary_names):.0f} us, cleaning and splitting included")


def main() -> None:
    """Run all of it."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--failing", action="store_true", help="print the true pairs that score low")
    options = arguments.parse_args()
    speed()
    discrimination(options.failing)
    ordinary()
    commercial_codes()


if __name__ == "__main__":
    main()
