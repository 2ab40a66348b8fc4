"""Cyrillic names of EU and Canadian persons against the Latin names of the same records; iuliia's 28 schemes.

Run: SCREENKIT_SHARED=../shared python benchmarks/accuracy/pairs_slavic.py [--failures]

A true pair is a Cyrillic name with the best of its own record's Latin names; a wrong pair is a Cyrillic name with
the Latin names of another person of the same list (sampled by a fixed step, again the best of the record). The
table gives the share of true pairs above the score that a stated share of wrong pairs exceeds, beside unidecode with
rapidfuzz's WRatio and token_set_ratio in the same run. Russian persons are those with a Russian name and patronymic.
The package iuliia (test-only) is optional.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from time import perf_counter_ns
from xml.etree.ElementTree import Element

import attrs
from defusedxml import ElementTree
from rapidfuzz import fuzz
from unidecode import unidecode

from screenkit.names.clean import clean
from screenkit.names.slavic import keys as keys_of
from screenkit.names.slavic import similarity as key_similarity
from screenkit.names.slavic.given_names import given_classes
from screenkit.names.slavic.patronymic import is_patronymic, masculine, patronymic_in
from screenkit.names.slavic.phonetic import key as key_of
from screenkit.names.slavic.spelling import language_of
from screenkit.names.split import split_words

SHARED = Path(os.environ.get("SCREENKIT_SHARED", "../shared"))
CYRILLIC = re.compile("[\u0400-\u052f]")
FOREIGN = re.compile("[^\u0000-\u024f\u02b0-\u036f\u1e00-\u1eff\u2000-\u206f]")
# What the Canadian list writes before a name, and the double quotes that some systems write for ъ.
_LABEL = re.compile('^(?:Belarusian|Russian|Ukrainian) ?:|["“”″ʺ]')
#: Every Cyrillic name meets this many other records of its list.
WRONG_PER_NAME = 400


@attrs.frozen
class Record:
    """The Cyrillic and Latin names of one person of a list."""

    source: str
    cyrillic: tuple[str, ...]
    latin: tuple[str, ...]


@attrs.frozen
class Part:
    """One word of a name as it is compared."""

    keys: tuple[str, ...]
    classes: frozenset[str]
    is_patronymic: bool

    @property
    def weight(self) -> int:
        """A known given name tells less than a surname does: a few hundred serve everybody."""
        return 4 if self.classes else 5


# ------------------------------------------------------------------------------------------------- reading the lists


def eu_records(path: Path) -> Iterator[Record]:
    """Persons of an EU consolidated list (XML 1.1) with names in both scripts."""
    root = _root(path)
    namespace = root.tag.partition("}")[0] + "}"
    for entity in root.iter(f"{namespace}sanctionEntity"):
        kind = entity.find(f"{namespace}subjectType")
        if kind is not None and kind.get("code") == "person":
            yield _record("EU 2021", [a.get("wholeName", "") for a in entity.iter(f"{namespace}nameAlias")])


def ca_records(path: Path) -> Iterator[Record]:
    """Persons of the Canadian autonomous sanctions list with names in both scripts."""
    for record in _root(path).iter("record"):
        surname = record.findtext("LastName")
        if surname:
            aliases = re.split(r"[,;/]|\band\b|\bor\b", record.findtext("Aliases") or "")
            yield _record("Canada 2025", [f"{surname}, {record.findtext('GivenName') or ''}", *aliases])


def _root(path: Path) -> Element:
    root = ElementTree.parse(path).getroot()
    assert root is not None, f"{path} is empty"
    return root


def _record(source: str, names: Sequence[str]) -> Record:
    names = [_LABEL.sub("", name).strip() for name in names if len(name.split()) > 1]
    cyrillic = tuple(name for name in names if CYRILLIC.search(name))
    return Record(source, cyrillic, tuple(name for name in names if not FOREIGN.search(name)))


# --------------------------------------------------------------------------------------------------- the pair score


@cache
def parts(name: str) -> tuple[Part, ...]:
    """The words of a name, read for comparing."""
    words = [word for word in split_words(clean(name)[0]) if len(word.text) > 1]
    surname = next((at for at, word in enumerate(words) if word.before_comma), None)
    patronymic = patronymic_in([word.text for word in words], surname)
    return tuple(
        Part(keys_of(text), frozenset(given_classes(text)), at == patronymic)
        for at, text in enumerate(word.text for word in words)
    )


def near(a: Part, b: Part) -> int:
    """How near two words are: over their keys, their given-name classes, their masculine forms."""
    if a.classes & b.classes:
        return 9_800 if a.keys[0] != b.keys[0] else 10_000
    if a.classes and b.classes:
        return 0  # Maria and Marina, Aleksandr and Aleksandra: two names
    best = max(key_similarity(x, y) for x in a.keys for y in b.keys)
    if best < 9_700 and not a.is_patronymic:
        best = max(best, *(key_similarity(masculine(x), masculine(y)) - 300 for x in a.keys for y in b.keys))
    return best


@lru_cache(maxsize=1_000_000)
def _near(a: Part, b: Part) -> int:
    return near(a, b)


def pair_score(left: str, right: str) -> int:
    """Names compared word by word: the covered share, the weakest word, and a patronymic that contradicts."""
    ours, theirs = parts(left), parts(right)
    a, b = [p for p in ours if not p.is_patronymic], [p for p in theirs if not p.is_patronymic]
    if not a or not b:
        return 0
    matched = _matched(a, b)
    whole = sum(p.weight for p in a) + sum(p.weight for p in b)
    covered = sum(similarity * (a[i].weight + b[j].weight) for similarity, i, j in matched) // whole
    weakest = min(similarity for similarity, _, _ in matched) if len(matched) == min(len(a), len(b)) else 0
    score = (55 * covered + 45 * weakest) // 100 - 300 * (max(len(a), len(b)) - len(matched))
    fathers = [p for p in ours if p.is_patronymic], [p for p in theirs if p.is_patronymic]
    if all(fathers):
        score += (max(_near(x, y) for x in fathers[0] for y in fathers[1]) - 9_000) // 6
    return max(score, 0)


def _matched(a: list[Part], b: list[Part]) -> list[tuple[int, int, int]]:
    pairs = sorted(
        ((_near(x, y), i, j) for i, x in enumerate(a) for j, y in enumerate(b)), key=lambda p: (-p[0], p[1], p[2])
    )
    used_a: set[int] = set()
    used_b: set[int] = set()
    matched = []
    for similarity, i, j in pairs:
        if similarity and i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            matched.append((similarity, i, j))
    return matched


@cache
def _ascii(name: str) -> str:
    return unidecode(name).lower().replace(",", " ").replace("'", "")


SCORERS: dict[str, Callable[[str, str], float]] = {
    "slavic keys": pair_score,
    "unidecode WRatio": lambda a, b: fuzz.WRatio(_ascii(a), _ascii(b)),
    "unidecode token_set": lambda a, b: fuzz.token_set_ratio(_ascii(a), _ascii(b)),
}


# --------------------------------------------------------------------------------------------------------- measuring


def is_russian(name: str) -> bool:
    """Whether a Cyrillic name is Russian by its letters and has a patronymic."""
    words = clean(name)[0].split()
    return all(language_of(word) == "ru" for word in words) and any(map(is_patronymic, words)) and len(words) == 3


def measure(records: Sequence[Record], keep: Callable[[str], bool], show: bool) -> None:
    """Print one block of the table: shares found at 1%, 0.1% and 0.01% wrong pairs, for every scorer."""
    names = [(at, name) for at, record in enumerate(records) for name in record.cyrillic if keep(name)]
    step = max(len(records) // WRONG_PER_NAME, 1)
    for title, score in SCORERS.items():
        true = [max(score(name, latin) for latin in records[at].latin) for at, name in names]
        wrong = sorted(
            (
                max(score(name, latin) for latin in records[other].latin)
                for at, name in names
                for other in range(at % step, len(records), step)
                if other != at and not set(records[other].latin) & set(records[at].latin)
            ),
            reverse=True,
        )
        found = []
        for share in (100, 1_000, 10_000):
            cut = wrong[len(wrong) // share]
            found.append(f"{sum(value > cut for value in true) / len(true):7.2%} (>{cut:.0f})")
        print(f"  {title:20} {len(true):5} true {len(wrong):7} wrong  ", "  ".join(found))
        if show and score is pair_score:
            cut = wrong[len(wrong) // 1_000]
            for (at, name), value in zip(names, true, strict=True):
                if value <= cut:
                    print("    miss", value, name, "|", " ; ".join(records[at].latin))


def schemes() -> None:
    """Print the share of (name, scheme) pairs of iuliia that fold to the key of the Cyrillic word."""
    try:
        iuliia = import_module("iuliia")
    except ImportError:
        print("iuliia is not installed: schemes not measured")
        return
    words = _russian_words(500)
    print(f"iuliia, {len(words)} Russian words: share folding to an equal key, usual key / either key")
    usual_all = either_all = 0
    names = sorted(iuliia.schemas.names())
    for scheme in names:
        usual = either = 0
        for word in words:
            latin = re.sub('["”″ʺ`]', "", iuliia.schemas.get(scheme).translate(word))
            latin = clean(latin)[0]
            usual += key_of(latin) == key_of(word)
            either += bool(set(keys_of(latin)) & set(keys_of(word)))
        usual_all, either_all = usual_all + usual, either_all + either
        print(f"  {scheme:20} {usual / len(words):7.1%} {either / len(words):7.1%}")
    total = len(words) * len(names)
    print(f"  {'all':20} {usual_all / total:7.2%} {either_all / total:7.2%}")


def _russian_words(count: int) -> list[str]:
    names = (name for record in _lists() for name in record.cyrillic if is_russian(name))
    words = sorted({word for name in names for word in clean(name)[0].split() if not is_patronymic(word)})
    return words[:: max(len(words) // count, 1)][:count]


def _lists() -> list[Record]:
    eu = eu_records(SHARED / "lists/eu_fsf/2021-03-02/full_sanctions_list_1_1.xml")
    ca = ca_records(SHARED / "lists/ca_sema/2025-03-20/sema-lmes.xml")
    return [record for source in (eu, ca) for record in source if record.cyrillic and record.latin]


def speed(records: Sequence[Record]) -> None:
    """Print nanoseconds of a cold fold and a cold near."""
    words = sorted({word for record in records for name in record.latin for word in name.lower().split()})
    keys_of.cache_clear()
    start = perf_counter_ns()
    keys = [key_of(word) for word in words]
    folded = perf_counter_ns()
    for a, b in pairwise(keys):
        key_similarity(a, b)
    neared = perf_counter_ns()
    print(f"fold {(folded - start) // len(words)} ns, near {(neared - folded) // len(words)} ns (neighbours in order)")


def main() -> None:
    """Measure lists and schemes."""
    show = "--failures" in sys.argv
    records = _lists()
    speed(records)
    print("share of true pairs found at 1%, 0.1%, 0.01% wrong pairs")
    for source in ("EU 2021", "Canada 2025"):
        chosen = [record for record in records if record.source == source]
        print(source, "all Cyrillic")
        measure(chosen, lambda name: True, show)
        print(source, "Russian with patronymic")
        measure(chosen, is_russian, False)
    schemes()


if __name__ == "__main__":
    main()
