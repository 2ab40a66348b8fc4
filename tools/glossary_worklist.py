"""The words of lists in other scripts that no table knows, by count, with the Latin names beside them.

    python tools/glossary_worklist.py us_ofac_cons=FOLDER eu_fsf=FOLDER [--least 2] [--names 3]

Each argument is a source and the path of one edition of it, as `screenkit.read` takes them. A word counts once for each
organization that is named with it. What is printed is what a glossary is written from by hand: a row is the count, the
script, the word as the tables look it up (endings of Slavic declension cut off), and Latin names of the organizations.
Most are brands; a word whose Latin names agree on an English one belongs in generic_words.txt, a place in places.txt.
Rows of the tables are never copied from here: a spelling is written from knowledge of the language.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from screenkit import Designation, Kind, read
from screenkit.model import TokenKind
from screenkit.names import normalize
from screenkit.names.script import scripts_of
from screenkit.names.vocabulary.terms import folded

#: Words shorter than this are initials and particles; in Han and Hangul one character is no word to look up.
SHORTEST = 2


def script_of(text: str) -> str:
    """The first script of a text that isn't Latin; "" for Latin text."""
    return next((script for script in scripts_of(text) if script != "Latin"), "")


def unknown_words(name: str) -> Iterator[tuple[str, str]]:
    """Stream (script, folded word) for each word of a name that is in another script and no term of the tables."""
    for token in normalize(name).tokens:
        script = script_of(token.text)
        if script and token.kind is TokenKind.WORD and len(token.text) >= SHORTEST:
            yield script, folded(token.text)


def worklist(designations: Iterable[Designation]) -> dict[tuple[str, str], list[Sequence[str]]]:
    """The unknown words of organizations, each with the Latin names of every organization it names."""
    found: dict[tuple[str, str], list[Sequence[str]]] = {}
    for one in designations:
        if one.kind is not Kind.ORGANIZATION:
            continue
        latin = [name.text for name in one.names if not script_of(name.text)]
        natives = (name.text for name in one.names if script_of(name.text))
        for word in dict.fromkeys(word for native in natives for word in unknown_words(native)):
            found.setdefault(word, []).append(latin)
    return found


def edition(argument: str) -> tuple[str, Path]:
    """Split "source=path"; raises `argparse.ArgumentTypeError` where there is no path."""
    source, _, path = argument.partition("=")
    if not path:
        raise argparse.ArgumentTypeError(f"{argument} isn't SOURCE=PATH")
    return source, Path(path)


def main() -> None:
    """Print the worklist, the commonest words first."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("editions", type=edition, nargs="+", metavar="SOURCE=PATH")
    arguments.add_argument("--least", type=int, default=1, help="print words of so many organizations or more")
    arguments.add_argument("--names", type=int, default=2, help="how many Latin names to print beside a word")
    options = arguments.parse_args()
    listed = [one for source, path in options.editions for one in read(source, path)]
    found = worklist(listed)
    for (script, word), owners in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(owners) >= options.least:
            names = [" ".join(name.split()) for latin in owners for name in latin[:1]][: options.names]
            print(len(owners), script, word, " | ".join(names), sep="\t")


if __name__ == "__main__":
    main()
