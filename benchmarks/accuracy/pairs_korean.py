"""Pairs of Korean names in Hangul and Latin in, how many are found at fixed shares of wrong pairs out.

Reads eval/korean_persons.csv below the folder that SCREENKIT_SHARED names (default: ../shared). True pairs are its
rows; wrong pairs are all other combinations of a Hangul and a Latin name, but for those of equal Hangul names
or equal Latin names, which are no wrong pairs. Prints a table, beside unidecode and rapidfuzz's WRatio in the same
run, and the share of ordinary people's names that parse as Korean. With --failing, also the rows not found at 0.1%.
"""

from __future__ import annotations

import csv
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process
from unidecode import unidecode

from screenkit.model.name import Reading
from screenkit.names.clean import clean
from screenkit.names.korean import similarity
from screenkit.names.korean.hangul import hangul_readings
from screenkit.names.korean.latin import latin_readings
from screenkit.names.split import split_words

SHARED = Path(os.environ.get("SCREENKIT_SHARED", "../shared"))
SHARES = (0.01, 0.001, 0.0001)


def readings(text: str) -> tuple[Reading, ...]:
    words = split_words(clean(text)[0])
    return (*hangul_readings(words), *latin_readings(words))


def score_readings(one: Sequence[Reading], other: Sequence[Reading]) -> int:
    """The best agreement of two names' readings: .55 of the mean and .45 of the weaker of surname and given name."""
    best = 0
    for a in one:
        for b in other:
            surname = similarity(a.sounds[0].key, b.sounds[0].key)
            if surname:
                given = similarity(a.sounds[1].key, b.sounds[1].key)
                best = max(best, (55 * (surname + given) // 2 + 45 * min(surname, given)) // 100)
    return best


def score_pair(one: str, other: str) -> int:
    return score_readings(readings(one), readings(other))


def score_matrix(hangul: Sequence[str], latin: Sequence[str]) -> np.ndarray:
    """All scores; only pairs of near surnames are scored, the others are 0."""
    left, right = [readings(text) for text in hangul], [readings(text) for text in latin]
    by_surname: dict[str, set[int]] = defaultdict(set)
    for column, read in enumerate(right):
        for reading in read:
            by_surname[reading.sounds[0].key].add(column)
    scores = np.zeros((len(hangul), len(latin)), dtype=np.int32)
    for row, read in enumerate(left):
        surnames = {reading.sounds[0].key for reading in read}
        near = {column for key in by_surname for own in surnames if similarity(own, key) for column in by_surname[key]}
        for column in near:
            scores[row, column] = score_readings(read, right[column])
    return scores


def baseline_matrix(hangul: Sequence[str], latin: Sequence[str]) -> np.ndarray:
    one, other = ([unidecode(text).lower() for text in texts] for texts in (hangul, latin))
    return process.cdist(one, other, scorer=fuzz.WRatio, workers=-1)


def found_at(scores: np.ndarray, wrong: np.ndarray, share: float) -> tuple[float, float]:
    """The share of true pairs above the score that `share` of the wrong pairs exceed, and that score."""
    ordered = np.sort(scores[wrong])
    threshold = ordered[len(ordered) - 1 - int(len(ordered) * share)]
    return float((scores.diagonal() > threshold).mean()), float(threshold)


def report(name: str, scores: np.ndarray, wrong: np.ndarray) -> None:
    cells = [f"{found:7.1%} (> {threshold:5.0f})" for found, threshold in (found_at(scores, wrong, s) for s in SHARES)]
    print(f"{name:26}", *cells)


def parse_rate(read: Callable[[str], Sequence[Reading]], table: str) -> tuple[int, int, list[str]]:
    with open(SHARED / "eval" / table, encoding="utf-8") as file:
        names = [row["query"] for row in csv.DictReader(file)]
    latin = [name for name in names if unidecode(name) and all(ord(letter) < 0x250 for letter in name)]
    parsed = [name for name in latin if read(name)]
    return len(parsed), len(latin), parsed


def main() -> None:
    with open(SHARED / "eval" / "korean_persons.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    hangul, latin = [row["hangul"] for row in rows], [row["latin"] for row in rows]
    one, other = np.array(hangul), np.array([text.casefold() for text in latin])
    wrong = (one[:, None] != one[None, :]) & (other[:, None] != other[None, :])
    scores = score_matrix(hangul, latin)
    print(f"{len(rows)} pairs, {int(wrong.sum())} wrong pairs; found at wrong share".ljust(60), *SHARES)
    report("korean readings", scores, wrong)
    report("unidecode + WRatio", baseline_matrix(hangul, latin), wrong)
    counts = [len(readings(text)) for text in latin]
    print(f"readings a Latin name: mean {sum(counts) / len(counts):.2f}, most {max(counts)}, none {counts.count(0)}")
    for table in ("ordinary_people_us.csv", "ordinary_people_global.csv"):
        parsed, total, names = parse_rate(readings, table)
        print(f"{table}: {parsed} of {total} Latin names parse as Korean ({parsed / total:.2%})", names[:12])
    if "--failing" in sys.argv:
        threshold = found_at(scores, wrong, 0.001)[1]
        for at in np.flatnonzero(scores.diagonal() <= threshold):
            keys = [" ".join(sound.key for sound in reading.sounds) for reading in readings(latin[at])]
            own = [" ".join(sound.key for sound in reading.sounds) for reading in readings(hangul[at])]
            print(scores[at, at], hangul[at], latin[at], own, keys[:6])


if __name__ == "__main__":
    main()
