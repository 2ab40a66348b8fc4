"""Names in Arabic and Hebrew script beside Latin spellings of the same persons: how many are told from wrong pairs.

Reads the lists under SCREENKIT_SHARED (default ../shared): UN original script against the listed name; EU, Canada and
Wikidata (ftm) native names against the best of the same entity's Latin names. Wrong pairs are all native names
against all other entities of that list. The scorer here is a plain one, for the keys are what is measured.

    SCREENKIT_SHARED=../shared python benchmarks/accuracy/pairs_arabic.py [--failures un]
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz
from unidecode import unidecode

import screenkit
from screenkit.model import Kind
from screenkit.names.arabic.compounds import is_particle, join_compounds
from screenkit.names.arabic.latin import latin_keys
from screenkit.names.arabic.measure import similarity
from screenkit.names.arabic.script import native_keys
from screenkit.names.clean import clean
from screenkit.names.script import script_of
from screenkit.names.split import split_words
from screenkit.names.vocabulary.phrases import match

SHARED = Path(os.environ.get("SCREENKIT_SHARED", "../shared"))
SOURCES = {
    "un": ("un_sc", "un_sc/2025-11-20/consolidated.xml"),
    "eu": ("eu_fsf", "eu_fsf/2021-03-02/full_sanctions_list_1_1.xml"),
    "ca": ("ca_sema", "ca_sema/2025-03-20/sema-lmes.xml"),
    "ftm": ("ftm", "ftm/2024-03-14/entities.ftm.json"),
}
#: How alike two words written together must be to one, so that neither is swallowed.
JOINED = 8_800
#: A score, the native name, its entity and the entity it was compared with.
Scored = tuple[float, str, int, int]
Unit = tuple[tuple[str, ...], int, str]


@cache
def units(text: str) -> tuple[tuple[Unit, ...], tuple[tuple[tuple[str, ...], int, int], ...]]:
    """The units of a name: keys, weight; and its pairs of adjacent units written together."""
    words = split_words(clean(text)[0])
    comma = next((at for at, word in enumerate(words) if word.before_comma), -1) + 1
    words = words[comma:] + words[:comma]
    found: list[Unit] = []
    for start, stop in join_compounds(words):
        together = "".join(word.text for word in words[start:stop])
        is_light = is_particle(together) or match([together], 0) is not None
        found.append((keys_of(together), 20 if is_light else 100, together))
    found = [unit for unit in found if unit[0]]
    joined = tuple(
        ((found[at][0][0] + found[at + 1][0][0],), at, found[at][1] + found[at + 1][1]) for at in range(len(found) - 1)
    )
    return tuple(found), joined


@cache
def keys_of(word: str) -> tuple[str, ...]:
    script = script_of(word[0])
    return native_keys(word) if script in ("Arabic", "Hebrew") else latin_keys(word)


def near(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    return max((similarity(a, b) for a in one for b in other), default=0)


def score(one: str, other: str) -> float:
    (a, a_joined), (b, b_joined) = units(one), units(other)
    found = []
    for i, left in enumerate(a):
        for j, right in enumerate(b):
            if s := near(left[0], right[0]):
                found.append((s * min(left[1], right[1]), s, (i, i + 1), (j, j + 1), min(left[1], right[1])))
    for keys, i, weight in a_joined:
        for j, right in enumerate(b):
            if (s := near(keys, right[0])) > JOINED:
                found.append((s * weight // 2, s, (i, i + 2), (j, j + 1), weight))
    for keys, j, weight in b_joined:
        for i, left in enumerate(a):
            if (s := near(keys, left[0])) > JOINED:
                found.append((s * weight // 2, s, (i, i + 1), (j, j + 2), weight))
    found.sort(key=lambda f: (-f[0], f[2], f[3]))
    a_used: set[int] = set()
    b_used: set[int] = set()
    total = weight_sum = 0
    weakest = 10_000
    for _, s, (i, i2), (j, j2), weight in found:
        if a_used.isdisjoint(range(i, i2)) and b_used.isdisjoint(range(j, j2)):
            a_used.update(range(i, i2))
            b_used.update(range(j, j2))
            total += s * weight
            weight_sum += weight
            if weight > 50:
                weakest = min(weakest, s)
    # Arabic names begin with the person's own name: missing, it outweighs any ancestor.
    own = (0 not in a_used) * 100 + (0 not in b_used) * 60
    a_left = sum(unit[1] for at, unit in enumerate(a) if at not in a_used)
    b_left = sum(unit[1] for at, unit in enumerate(b) if at not in b_used)
    clash, extra = min(a_left, b_left), abs(a_left - b_left)
    if not weight_sum:
        return 0
    # A lone matching word says little; an unmatched ancestor less than a different word.
    mean = total / (weight_sum + 1.5 * clash + 0.35 * extra + own)
    return mean * 0.7 + 0.3 * mean * weakest / 10_000 + min(weight_sum, 500) / 10


@cache
def ascii_of(text: str) -> str:
    return unidecode(text).lower()


def baseline(one: str, other: str) -> float:
    return fuzz.WRatio(ascii_of(one), ascii_of(other))


def entities(name: str) -> list[tuple[list[str], list[str]]]:
    """Native names and Latin names of each person."""
    source, path = SOURCES[name]
    found = []
    for record in screenkit.read(source, SHARED / "lists" / path):
        if record.kind is not Kind.PERSON:
            continue
        native, latin = [], []
        for listed in record.names:
            scripts = {s for c in listed.text if (s := script_of(c))}
            if scripts and scripts <= {"Arabic", "Hebrew"} and len(listed.text.split()) > 1:
                native.append(listed.text)
            elif scripts == {"Latin"} and len(listed.text.split()) > 1:
                latin.append(listed.text)
        if native and latin:
            found.append((native[:1] if name == "un" else native, latin[:1] if name == "un" else latin))
    return found


def measure(
    measured: Callable[[str, str], float], people: list[tuple[list[str], list[str]]]
) -> tuple[list[Scored], list[Scored]]:
    true: list[Scored] = []
    wrong: list[Scored] = []
    stride = max(len(people) ** 2 // 100_000, 1)
    for at, (natives, _) in enumerate(people):
        for native in natives:
            for other, (_, latins) in enumerate(people):
                if other != at and (at + other) % stride:
                    continue
                best = max((measured(native, latin) for latin in latins), default=0)
                (true if other == at else wrong).append((best, native, at, other))
    return true, wrong


def shares(true: list[Scored], wrong: list[Scored]) -> Iterable[float]:
    ranked = sorted((w[0] for w in wrong), reverse=True)
    for share in (0.01, 0.001, 0.0001):
        cut = ranked[int(len(ranked) * share)]
        yield sum(t[0] > cut for t in true) / len(true)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", default="")
    parser.add_argument("--lists", nargs="*", default=list(SOURCES))
    chosen = parser.parse_args()
    print(f"{'list':5} {'system':10} {'pairs':>6} {'wrong':>8} {'1%':>6} {'0.1%':>6} {'0.01%':>6}")
    for name in SOURCES:
        if name not in chosen.lists:
            continue
        people = entities(name)
        for system, measured in (("skeletons", score), ("WRatio", baseline)):
            start = time.perf_counter()
            true, wrong = measure(measured, people)
            row = " ".join(f"{100 * s:6.1f}" for s in shares(true, wrong))
            print(f"{name:5} {system:10} {len(true):6} {len(wrong):8} {row}   {time.perf_counter() - start:.0f} s")
            if chosen.failures in (name, "all") and system == "skeletons":
                failures(true, wrong, people)


def failures(true: list[Scored], wrong: list[Scored], people: list[tuple[list[str], list[str]]]) -> None:
    ranked = sorted(wrong, key=lambda w: -w[0])
    cut = ranked[len(ranked) // 1000][0]
    print("  highest wrong pairs, cut", cut)
    for w in ranked[: len(ranked) // 1000 : max(1, len(ranked) // 30000)]:
        print("   ", round(w[0]), w[1], "|", people[w[3]][1][:3])
    print("  missed")
    for t in sorted(true, key=lambda t: t[0]):
        if t[0] <= cut:
            print("   ", round(t[0]), t[1], "|", people[t[2]][1][:4], [u[0] for u in units(t[1])[0]])


if __name__ == "__main__":
    main()
