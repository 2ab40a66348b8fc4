"""OFAC's own aliases in, each taken off the list and asked for; the share found without them out.

    python benchmarks/accuracy/withheld.py [--organizations] [--sample N] [--peers 2000] [--misses]

Of every individual (or organization) with an even id on OFAC's list of 2023-12-28, one strong name is drawn with a
fixed seed among those that resemble another strong name of it (Jaro-Winkler similarity of the sorted unidecode words in
lower case of .78 or more) and equal none of its other names after normalisation. Weak names are neither drawn nor
resembled: they don't alert alone. All drawn names are taken off one list, and each is searched in it by name alone. A
miss belongs to the difference between the name and the most similar strong name that stayed.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

import attrs
from measure import (
    COMPANIES,
    DEFAULT,
    OFAC_2023,
    PEOPLE,
    arguments,
    best_points,
    designations,
    head,
    limit_of,
    own_points,
    peers,
    plain,
    queries,
    sampled,
    share_above,
    show,
    strong_names,
)
from rapidfuzz.distance import JaroWinkler

from screenkit import Designation, Kind, Screener, compare, normalize

SEED = 20231228
SHARES = (0.001, 0.005, 0.01)
ALIKE = 0.78
#: Two words from here on are one word in two spellings.
SPELLING = 0.75


def words(text: str) -> list[str]:
    """The words of a name: unidecode, lower case, letters and digits."""
    kept = "".join(character if character.isalnum() else " " for character in plain(text).replace("'", ""))
    return kept.split()


def similarity(one: str, other: str) -> float:
    """How alike the sorted words of two names are."""
    return JaroWinkler.similarity(" ".join(sorted(words(one))), " ".join(sorted(words(other))))


def withheld(designation: Designation, draw: random.Random) -> tuple[str, Designation] | None:
    """A name of a person and the designation without it; None where no name qualifies."""
    strong = [name.text for name in strong_names(designation)]
    fit = []
    for text in strong:
        others = [name.text for name in designation.names if name.text != text and name.derived_from != text]
        is_new = normalize(text).canonical not in {normalize(other).canonical for other in others}
        if is_new and any(similarity(text, other) >= ALIKE for other in strong if other != text):
            fit.append(text)
    if not fit:
        return None
    text = draw.choice(fit)
    kept = [name for name in designation.names if text not in (name.text, name.derived_from)]
    return text, attrs.evolve(designation, names=kept)


def difference(query: str, designation: Designation) -> str:
    """What sets a name apart from the most similar strong name of its designation."""
    nearest = max((name.text for name in strong_names(designation)), key=lambda text: similarity(query, text))
    ours, theirs = words(query), words(nearest)
    left = list((Counter(ours) - Counter(theirs)).elements())
    right = list((Counter(theirs) - Counter(ours)).elements())
    if not left or not right:
        return "word added or dropped"
    if "".join(sorted("".join(left))) == "".join(sorted("".join(right))) and len(left) != len(right):
        return "joined or split"
    alike = _paired(left, right)
    unpaired = max(len(left), len(right)) - alike
    if not unpaired:
        return {1: "spelling of one word", 2: "spelling of two words"}.get(alike, "spelling of three words or more")
    if alike == min(len(left), len(right)):
        return "word added or dropped, and spelling"
    return "different word"


def _paired(left: Sequence[str], right: Sequence[str]) -> int:
    """How many words of one side pair off with a word of the other in another spelling, the most alike first."""
    pairs = sorted(((JaroWinkler.similarity(one, other), one, other) for one in left for other in right), reverse=True)
    free = Counter(left), Counter(right)
    count = 0
    for value, one, other in pairs:
        if value >= SPELLING and free[0][one] and free[1][other]:
            free[0][one] -= 1
            free[1][other] -= 1
            count += 1
    return count


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--misses", action="store_true", help="print the misses at the default threshold")
    parser.add_argument("--organizations", action="store_true", help="organizations, against ordinary companies")
    given = parser.parse_args()
    listed = designations(OFAC_2023)
    kind, files = (Kind.ORGANIZATION, (COMPANIES,)) if given.organizations else (Kind.PERSON, PEOPLE)
    draw = random.Random(SEED)
    found = {one.id: withheld(one, draw) for one in listed if one.kind is kind and int(one.id) % 2 == 0}
    drawn = {key: pair for key, pair in found.items() if pair is not None}
    kept = [drawn[one.id][1] if one.id in drawn else one for one in listed]
    asked = sampled(list(drawn.values()), given.sample)
    screener = Screener(kept)
    ordinary = sampled(queries(*files), given.sample)
    best = best_points(screener, ordinary, given.least)
    limits = [*(max(limit_of(best, share), given.least - 1) for share in SHARES), DEFAULT - 1]
    own = own_points(screener, asked, int(min(limits)) + 1)
    print(f"{len(asked):,} of {len(drawn):,} names withheld, {len(ordinary):,} ordinary names; ", end="")
    print(f"default threshold: {share_above(best, DEFAULT - 1):.2%} false alerts\n")
    head("engine", *(f"at {share:.2%}" for share in SHARES), f"at {DEFAULT / 10_000:.2f}", "limits")
    show("screenkit", *(f"{share_above(own, limit):.3f}" for limit in limits), [limit / 10_000 for limit in limits])
    few = sampled(ordinary, given.peers)
    for peer in peers([one for one in kept if one.kind is kind]) if few else ():
        scores = peer.best(few)
        theirs = [limit_of(scores, share) for share in SHARES]
        mine = peer.own(asked)
        show(peer.name, *(f"{share_above(mine, limit):.3f}" for limit in theirs), "-", theirs)
    print()
    classes = [difference(query, designation) for query, designation in asked]
    missed = Counter(one for one, points in zip(classes, own, strict=True) if points < DEFAULT)
    head("difference", "names", "missed at the default threshold")
    for label, count in Counter(classes).most_common():
        show(label, f"{count:,}", f"{missed[label]:,}")
    for label, (query, designation), points in zip(classes, asked, own, strict=True):
        if given.misses and points < DEFAULT:
            texts = " | ".join(name.text for name in strong_names(designation))
            print(f"  {label}: {compare(query, designation).points:6} {query} / {texts}")


if __name__ == "__main__":
    main()
