"""Results are equal on every Python and with the oldest and newest dependencies: one digest of many comparisons.

After a change that is meant to change scores, `python tests/comparison/test_score_digest.py` prints the new digest.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

from screenkit import Kind, compare

EXPECTED = "c24bc63c1f45bfde1fb4e4cbba4adec3c97d9d70a6424431fe0007ebb9d4224e"
#: So many pairs with spellings made of the names of the table.
RESPELLED = 300


def rows() -> list[tuple[str, str, str]]:
    """The golden pairs: the name asked for, the listed name, and the kind of both."""
    path = Path(__file__).parents[1] / "cases" / "pairs.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return [(row["query"], row["listed"], row["kind"]) for row in csv.DictReader(stream)]


def respelled(text: str, number: int) -> str:
    """A name as somebody else writes it, by a number: letters dropped or swapped, words joined, split or turned."""
    words = text.split()
    at = number % len(words)
    word = words[at]
    letter = number % len(word)
    match number % 5:
        case 0:
            words[at] = word[:letter] + word[letter + 1 :] or word
        case 1:
            words[at] = word[:letter] + word[letter : letter + 2][::-1] + word[letter + 2 :]
        case 2:
            words[at : at + 2] = ["".join(words[at : at + 2])]
        case 3:
            words = [*words[at + 1 :], *words[: at + 1]]
        case _:
            words[at : at + 1] = [word[:1], word[1:]] if len(word) > 3 else [word, word]
    made = " ".join(words)
    # A name of one word can't be joined or turned: it is split in two.
    return made if made != text else f"{text[: len(text) // 2]} {text[len(text) // 2 :]}"


def pairs() -> Iterator[tuple[str, str, str]]:
    """The golden pairs in both directions, and names against their own and each other's respellings."""
    golden = rows()
    for query, listed, kind in golden:
        yield query, listed, kind
        yield listed, query, kind
    for number in range(RESPELLED):
        query, listed, kind = golden[number % len(golden)]
        yield respelled(query, number), query if number % 2 else listed, kind


def digest() -> str:
    """The SHA-256 of the points of all pairs and of every evidence's kind, points and rule."""
    found = hashlib.sha256()
    for query, listed, kind in pairs():
        score = compare(query, listed, kind=Kind(kind))
        parts = [str(score.points), *(f"{one.kind.value}\t{one.points}\t{one.rule}" for one in score.evidence)]
        found.update("\n".join([*parts, ""]).encode())
    return found.hexdigest()


def test_scores_and_evidence_are_what_they_are_everywhere() -> None:
    assert digest() == EXPECTED


def test_the_respelled_pairs_are_many_and_differ() -> None:
    made = list(pairs())[-RESPELLED:]
    assert len(set(made)) > RESPELLED * 9 // 10
    assert sum(query != listed for query, listed, _ in made) > RESPELLED * 9 // 10


if __name__ == "__main__":
    print(digest())
