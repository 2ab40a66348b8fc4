"""Organizations named in two scripts: how many meet, with and without the gloss, beside unidecode + WRatio.

    SCREENKIT_SHARED=../shared python benchmarks/accuracy/pairs_organizations.py

A pair is a name in another script and the Latin names of its own record (the best of them counts); wrong pairs
are the same name and the Latin names of other records of the same list, at most `_OTHERS` of them, drawn with a
fixed step. The share found at 1% is the share of true pairs above the score that 1% of the wrong pairs exceed.

The score is deliberately plain, so that it measures the tables and not the scorer: words are paired greedily by the
likeness of their keys, and the covered weight of both names is averaged, the less covered one counting three times.
"""

from __future__ import annotations

import csv
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

import attrs
import defusedxml.ElementTree as ElementTree
from rapidfuzz import fuzz

from screenkit.model import TokenKind
from screenkit.names.clean import clean
from screenkit.names.fallback import to_ascii
from screenkit.names.script import scripts_of
from screenkit.names.split import split_words
from screenkit.names.vocabulary.phrases import match
from screenkit.names.vocabulary.segments import segment
from screenkit.names.vocabulary.terms import Term

SHARED = Path(os.environ.get("SCREENKIT_SHARED", "../shared"))
_UNSPACED = {"Han", "Hangul", "Hiragana", "Katakana"}
_OTHERS = 250
# The UN repeats Latin spellings in brackets after the original script.
_UNBRACKETED = re.compile(r"\([^)]*\)?")
_WEIGHTS = {
    TokenKind.WORD: 10,
    TokenKind.GENERIC: 5,
    TokenKind.NUMERAL: 7,
    TokenKind.PARTICLE: 2,
    TokenKind.TITLE: 1,
    TokenKind.LEGAL_FORM: 1,
}


@attrs.frozen
class Row:
    """The names of one record: those in another script, and those in Latin letters."""

    native: tuple[str, ...]
    latin: tuple[str, ...]


@attrs.frozen
class Part:
    """A word of a name, as the benchmark compares it."""

    key: str
    weight: int
    family: str = ""
    #: A term's own letters: "Восток" is translated in one list (East) and transliterated in the next (Vostok).
    letters: str = ""


def _is_latin(text: str) -> bool:
    return set(scripts_of(text)) <= {"Latin"}


def _is_native(text: str) -> bool:
    """In another script, and more than a legal form split off by its own brackets."""
    return not _is_latin(text) and any(part.weight >= _WEIGHTS[TokenKind.GENERIC] for part in glossed_parts(text))


def _row(names: Iterable[str | None]) -> Row | None:
    given = [name.strip() for name in names if name and scripts_of(name)]
    row = Row(tuple(name for name in given if _is_native(name)), tuple(filter(_is_latin, given)))
    return row if row.native and row.latin else None


def _root(path: Path) -> Element:
    root = ElementTree.parse(path).getroot()
    if root is None:
        raise ValueError(f"{path} has no root element")
    return root


def european_union(path: Path) -> Iterator[Row | None]:
    """Enterprises of the EU's list; names in Bulgarian and Greek are translations."""
    space = "{http://eu.europa.ec/fpi/fsd/export}"
    for entity in _root(path).iter(f"{space}sanctionEntity"):
        kind = entity.find(f"{space}subjectType")
        if kind is not None and kind.get("classificationCode") == "E":
            yield _row(alias.get("wholeName") for alias in entity.iter(f"{space}nameAlias"))


def canada(path: Path) -> Iterator[Row | None]:
    """Entities of Canada's list; their aliases stand in one field, divided in several ways."""
    languages = "Russian|Belarus+ian|Arabic|Persian|Farsi|Chinese|Ukrainian|also known as"
    label = re.compile(rf"\b(?:{languages})\b:?", re.IGNORECASE)
    for record in _root(path).iter("record"):
        name, aliases = record.findtext("EntityOrShip"), record.findtext("Aliases") or ""
        if name:
            parts = re.split(r"[;/()\n]|\bor\b", label.sub(";", " ".join(aliases.split())))
            yield _row([" ".join(name.split()), *parts])


def united_nations(path: Path) -> Iterator[Row | None]:
    """Entities of the UN's list with a name in the original script."""
    for entity in _root(path).iter("ENTITY"):
        aliases = [alias.findtext("ALIAS_NAME") or "" for alias in entity.iter("ENTITY_ALIAS")]
        native = entity.findtext("NAME_ORIGINAL_SCRIPT") or ""
        yield _row([entity.findtext("FIRST_NAME") or "", _UNBRACKETED.sub("", native), *aliases])


def treasury(path: Path) -> Iterator[Row | None]:
    """Entities of the US consolidated list (enhanced XML)."""
    space = "{https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML}"
    for entity in _root(path).iter(f"{space}entity"):
        if entity.findtext(f".//{space}entityType") == "Entity":
            yield _row(node.text for node in entity.iter(f"{space}formattedFullName"))


LISTS: dict[str, Callable[[], Iterator[Row | None]]] = {
    "EU 2021": lambda: european_union(SHARED / "lists/eu_fsf/2021-03-02/full_sanctions_list_1_1.xml"),
    "Canada 2025": lambda: canada(SHARED / "lists/ca_sema/2025-03-20/sema-lmes.xml"),
    "UN 2025": lambda: united_nations(SHARED / "lists/un_sc/2025-11-20/consolidated.xml"),
    "US cons. 2025": lambda: treasury(SHARED / "lists/us_ofac_cons/2025-01-10/cons_enhanced.xml"),
}


def _ascii(word: str) -> str:
    return re.sub("[^a-z0-9]", "", to_ascii(word).lower())


@lru_cache(maxsize=65_536)
def plain_parts(name: str) -> tuple[Part, ...]:
    """Without the gloss: every word in unidecode's letters."""
    return tuple(Part(key, 10) for word in split_words(clean(name)[0]) if (key := _ascii(word.text)))


def _term(term: Term, text: str) -> Part:
    return Part(term.key, _WEIGHTS[term.kind], term.family, _ascii(text) or term.key)


@lru_cache(maxsize=65_536)
def glossed_parts(name: str) -> tuple[Part, ...]:
    """With the gloss: terms by their key, the rest in unidecode's letters."""
    words = split_words(clean(name)[0])
    texts = [word.text for word in words]
    parts: list[Part] = []
    at = 0
    while at < len(words):
        found = match(texts, at)
        if found is not None:
            parts.append(_term(found[0], "".join(texts[at : at + found[1]])))
            at += found[1]
            continue
        script = words[at].script
        cut = segment(texts[at], script) if script in _UNSPACED else [(texts[at], None)]
        for text, term in cut:
            if term is not None:
                parts.append(_term(term, text))
            elif key := _ascii(text):
                parts.append(Part(key, 10))
        at += 1
    return tuple(parts)


@lru_cache(maxsize=1_048_576)
def _likeness(a: Part, b: Part) -> int:
    """0 to 100: keys alike, or half for two terms of one family."""
    if a.key == b.key:
        return 100
    if a.family and b.family:
        return 50 if a.family == b.family else 0
    ratio = int(fuzz.ratio(a.letters or a.key, b.letters or b.key))
    return ratio if ratio >= 70 else 0


def align(one: tuple[Part, ...], other: tuple[Part, ...]) -> int:
    """How much of both names is covered, 0 to 10,000."""
    pairs = sorted(
        (-likeness * (a.weight + b.weight), i, j, likeness)
        for i, a in enumerate(one)
        for j, b in enumerate(other)
        if (likeness := _likeness(a, b))
    )
    used_one: set[int] = set()
    used_other: set[int] = set()
    covered_one = covered_other = 0
    for _, i, j, likeness in pairs:
        if i not in used_one and j not in used_other:
            used_one.add(i)
            used_other.add(j)
            covered_one += likeness * one[i].weight
            covered_other += likeness * other[j].weight
    shares = sorted(
        100 * covered // max(sum(part.weight for part in parts), 1)
        for covered, parts in ((covered_one, one), (covered_other, other))
    )
    return (3 * shares[0] + shares[1]) // 4


SCORES: dict[str, Callable[[str, str], int]] = {
    "unidecode + WRatio": lambda a, b: int(100 * fuzz.WRatio(to_ascii(a).lower(), to_ascii(b).lower())),
    "alignment, no gloss": lambda a, b: align(plain_parts(a), plain_parts(b)),
    "alignment, gloss": lambda a, b: align(glossed_parts(a), glossed_parts(b)),
}


def measure(rows: list[Row], score: Callable[[str, str], int], script: str) -> tuple[int, list[float], list[int]]:
    """How many pairs, the shares found at 1% and 0.1% wrong pairs, and the scores of the true pairs."""
    true: list[int] = []
    wrong: list[int] = []
    step = max(len(rows) // _OTHERS, 1)
    for at, row in enumerate(rows):
        for native in row.native:
            if script not in (scripts_of(native)[0], "all"):
                continue
            true.append(max(score(native, name) for name in row.latin))
            others = (rows[(at + offset) % len(rows)] for offset in range(1, len(rows), step))
            wrong += [max(score(native, name) for name in other.latin) for other in others]
    wrong.sort(reverse=True)
    limits = [wrong[min(len(wrong) // share, len(wrong) - 1)] for share in (100, 1_000)]
    return len(true), [sum(points > limit for points in true) / max(len(true), 1) for limit in limits], true


def labelled(score: Callable[[str, str], int]) -> tuple[int, int, float]:
    """Of the labelled organization pairs, how many are true, how many false, and the share ranked rightly (AUC)."""
    with (SHARED / "eval/name_pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["schema"] != "Person"]
    scored = [(score(row["name1"], row["name2"]), row["is_match"] == "true") for row in rows]
    good = [points for points, is_match in scored if is_match]
    bad = [points for points, is_match in scored if not is_match]
    right = sum(2 * (a > b) + (a == b) for a in good for b in bad) / (2 * len(good) * len(bad))
    return len(good), len(bad), right


def main() -> None:
    """Print the tables; with `--misses`, the true pairs that score lowest with the gloss."""
    print(f"{'list':14} {'script':9} {'pairs':>5}  {'score':20} {'at 1%':>7} {'at 0.1%':>8}")
    for name, read in LISTS.items():
        rows = [row for row in read() if row is not None]
        for script in ("all", "Cyrillic", "Arabic", "Greek", "Han"):
            if not any(script in (scripts_of(native)[0], "all") for row in rows for native in row.native):
                continue
            for label, score in SCORES.items():
                count, found, _ = measure(rows, score, script)
                print(f"{name:14} {script:9} {count:5}  {label:20} {found[0]:7.1%} {found[1]:8.1%}")
        if "--misses" in sys.argv:
            _misses(rows)
    for label, score in SCORES.items():
        good, bad, right = labelled(score)
        print(f"name_pairs.csv: {good} true, {bad} false; {label:20} ranked rightly {right:.1%}")


def _misses(rows: list[Row]) -> None:
    score = SCORES["alignment, gloss"]
    pairs = [(max((score(native, n), n) for n in row.latin), native) for row in rows for native in row.native]
    for (points, latin), native in sorted(pairs)[:60]:
        print(points, native, "|", latin, "|", " ".join(part.key for part in glossed_parts(native)))


if __name__ == "__main__":
    main()
