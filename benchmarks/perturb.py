"""A published name in; the name as a bank's file may show it, with one kind of change, out.

Pure and deterministic: every draw comes from the `random.Random` handed in, and whether a name really changed is judged
by `folded` here, not by the library that is measured. SEED and code were fixed before the matcher was tuned on what
they make, and neither is ever changed afterwards: a changed generator would be another test set under the old name.

A person's name is taken in its published form "SURNAME, Given Second" and shown as "Given Second SURNAME" or
"SURNAME Given Second" (no comma), in upper, title or lower case, all drawn.
"""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Iterable

import attrs
from unidecode import unidecode

SEED = 20190514
#: Draws of one kind of change before a name is given up for it.
TRIES = 50

Words = list[str]
#: A change of lower-case words; None where the words drawn don't allow it.
Change = Callable[[random.Random, Words], Words | None]


@attrs.frozen
class Altered:
    """One query: whose it is, the kind of change, the published name and the changed one."""

    owner: int
    kind: str
    published: str
    query: str


def folded(words: Words) -> tuple[str, ...]:
    """Words as they count for whether a name changed: ASCII letters and digits in lower case, in order."""
    plain = (unidecode(word).lower() for word in words)
    kept = ("".join(character for character in word if character.isalnum()) for word in plain)
    return tuple(word for word in kept if word)


def parts(published: str) -> Words:
    """The words of a published name: commas don't count, hyphens don't divide."""
    return published.replace(",", " ").split()


def as_filed(draw: random.Random, published: str) -> Words:
    """The words of a person's name in lower case, given names or surname first."""
    surname, _, given = published.partition(",")
    one, other = (surname, given) if draw.random() < 0.5 else (given, surname)
    return f"{one} {other}".lower().split()


def cased(draw: random.Random, words: Words) -> str:
    """The words as one text in upper, title or lower case."""
    style = draw.choice(("upper", "title", "lower"))
    text = " ".join(words)
    if style == "upper":
        return text.upper()
    return " ".join("-".join(map(_capital, word.split("-"))) for word in words) if style == "title" else text


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def typo(draw: random.Random, words: Words) -> Words | None:
    """One letter inserted, deleted, substituted, or swapped with its neighbour, inside one word of three or more."""
    fit = [at for at, word in enumerate(words) if len(word) >= 3]
    if not fit:
        return None
    which = draw.choice(fit)
    word = words[which]
    way, letter = draw.choice(("insert", "delete", "substitute", "swap")), draw.choice(string.ascii_lowercase)
    at = draw.randrange(len(word) - (way == "swap"))
    if way == "insert":
        word = word[:at] + letter + word[at:]
    elif way == "delete":
        word = word[:at] + word[at + 1 :]
    elif way == "substitute":
        word = word[:at] + letter + word[at + 1 :]
    else:
        word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return _with(words, which, word)


def two_typos(draw: random.Random, words: Words) -> Words | None:
    """Two typos, anywhere in the name, the second no undoing of the first."""
    once = typo(draw, words)
    twice = typo(draw, once) if once and folded(once) != folded(words) else None
    return None if twice is None or once is None or folded(twice) == folded(once) else twice


def ocr(draw: random.Random, words: Words) -> Words | None:
    """One place misread by a machine: o and 0, l and 1, m and rn, in either direction."""
    pairs = (("o", "0"), ("0", "o"), ("l", "1"), ("1", "l"), ("m", "rn"), ("rn", "m"))
    places = [
        (which, at, read, wrong)
        for which, word in enumerate(words)
        for read, wrong in pairs
        for at in range(len(word))
        if word.startswith(read, at)
    ]
    if not places:
        return None
    which, at, read, wrong = draw.choice(places)
    return _with(words, which, words[which][:at] + wrong + words[which][at + len(read) :])


def joined(draw: random.Random, words: Words) -> Words | None:
    """Two adjacent parts written as one."""
    if len(words) < 2:
        return None
    at = draw.randrange(len(words) - 1)
    return [*words[:at], words[at] + words[at + 1], *words[at + 2 :]]


def split(draw: random.Random, words: Words) -> Words | None:
    """One part written as two, of two letters or more each."""
    fit = [at for at, word in enumerate(words) if len(word) >= 4]
    if not fit:
        return None
    which = draw.choice(fit)
    at = draw.randrange(2, len(words[which]) - 1)
    return [*words[:which], words[which][:at], words[which][at:], *words[which + 1 :]]


def initial(draw: random.Random, words: Words) -> Words | None:
    """One part reduced to its first letter, with or without a dot; two full parts stay."""
    which = _spare(draw, words)
    return None if which is None else _with(words, which, words[which][0] + draw.choice(("", ".")))


def dropped(draw: random.Random, words: Words) -> Words | None:
    """One part left out; two full parts stay."""
    which = _spare(draw, words)
    return None if which is None else [*words[:which], *words[which + 1 :]]


def reordered(draw: random.Random, words: Words) -> Words | None:
    """The parts in another order."""
    return draw.sample(words, len(words))


def _spare(draw: random.Random, words: Words) -> int | None:
    """A full part (two letters or more) of a name that has three."""
    full = [at for at, word in enumerate(words) if len(folded([word])[0] if folded([word]) else "") >= 2]
    return draw.choice(full) if len(full) >= 3 else None


def _with(words: Words, at: int, word: str) -> Words:
    return [*words[:at], word, *words[at + 1 :]]


#: The kinds of change of a person's name. "another order" is told apart: it is no misspelling.
PERSON_KINDS: dict[str, Change] = {
    "one typo": typo,
    "two typos": two_typos,
    "OCR confusion": ocr,
    "parts joined": joined,
    "part split": split,
    "initial": initial,
    "part dropped": dropped,
    "another order": reordered,
}

#: Generic words of organizations and their customary abbreviations.
ABBREVIATIONS = {
    "administration": "admin",
    "agency": "agcy",
    "association": "assn",
    "bank": "bk",
    "brothers": "bros",
    "center": "ctr",
    "chemical": "chem",
    "commercial": "comml",
    "company": "co",
    "construction": "constr",
    "corporation": "corp",
    "development": "dev",
    "electronics": "elec",
    "engineering": "eng",
    "enterprise": "ent",
    "enterprises": "ents",
    "establishment": "est",
    "exchange": "exch",
    "export": "exp",
    "financial": "finl",
    "foundation": "fdn",
    "general": "gen",
    "group": "grp",
    "holding": "hldg",
    "holdings": "hldgs",
    "import": "imp",
    "industrial": "indl",
    "industries": "inds",
    "industry": "ind",
    "institute": "inst",
    "insurance": "ins",
    "international": "intl",
    "investment": "inv",
    "investments": "invs",
    "limited": "ltd",
    "management": "mgmt",
    "manufacturing": "mfg",
    "marine": "mar",
    "maritime": "maritm",
    "national": "natl",
    "organization": "org",
    "petroleum": "petr",
    "products": "prods",
    "research": "rsch",
    "services": "svcs",
    "shipping": "shpg",
    "technical": "tech",
    "technologies": "techs",
    "technology": "tech",
    "trading": "trdg",
    "transport": "transp",
    "transportation": "transp",
    "university": "univ",
}
#: Legal forms that one is exchanged for, or that is added where a name has none.
LEGAL_FORMS = ("ltd", "limited", "llc", "inc", "corp", "gmbh", "s.a.", "co ltd", "plc", "jsc", "b.v.", "s.r.l.")
#: How legal forms end a published name.
_FORM_WORD = re.compile(
    "ltda?|limited|llc|inc|incorporated|corp|corporation|co|company|gmbh|sal?|plc|[ocp]?jsc|ooo|bv|srl|ag|fze|fzco|sarl|"
    "sl|sas|spa|lda|cv|de|kg|oy|as|ab|est|establishment"
)
_GENERIC = frozenset(ABBREVIATIONS) - {"company", "corporation", "limited"}


def legal_form(draw: random.Random, words: Words) -> Words | None:
    """The legal forms at the end exchanged for another, or one added."""
    stem = list(words)
    while len(stem) > 1 and _FORM_WORD.fullmatch("".join(folded([stem[-1]]))):
        stem.pop()
    return [*stem, *draw.choice(LEGAL_FORMS).split()]


def abbreviated(draw: random.Random, words: Words) -> Words | None:
    """One generic word abbreviated, with or without a dot."""
    fit = [at for at, word in enumerate(words) if word in ABBREVIATIONS]
    if not fit:
        return None
    which = draw.choice(fit)
    return _with(words, which, ABBREVIATIONS[words[which]] + draw.choice(("", ".")))


def generic_dropped(draw: random.Random, words: Words) -> Words | None:
    """One generic word left out of three words or more."""
    fit = [at for at, word in enumerate(words) if word in _GENERIC]
    if not fit or len(words) < 3:
        return None
    which = draw.choice(fit)
    return [*words[:which], *words[which + 1 :]]


ORGANIZATION_KINDS: dict[str, Change] = {
    "another legal form": legal_form,
    "generic word abbreviated": abbreviated,
    "generic word dropped": generic_dropped,
    "one typo": typo,
}


def changed(draw: random.Random, words: Words, change: Change) -> Words | None:
    """The words after a change, redrawn until they really differ; None where they never do."""
    for _ in range(TRIES):
        made = change(draw, words)
        if made is not None and folded(made) != folded(words):
            return made
    return None


def altered_persons(names: Iterable[tuple[int, str]], count: int) -> list[Altered]:
    """So many queries, an equal share of each kind, from the names (owner, published) of persons."""
    return _altered(names, count, PERSON_KINDS, as_filed)


def altered_organizations(names: Iterable[tuple[int, str]], count: int) -> list[Altered]:
    """So many queries, an equal share of each kind, from the names (owner, published) of organizations."""
    return _altered(names, count, ORGANIZATION_KINDS, lambda _, published: published.lower().split())


def _altered(
    names: Iterable[tuple[int, str]],
    count: int,
    kinds: dict[str, Change],
    filed: Callable[[random.Random, str], Words],
) -> list[Altered]:
    """Each kind goes through the names in an order of its own; one that it can't change is passed over."""
    draw = random.Random(SEED)
    pool = list(names)
    made: list[Altered] = []
    for kind, change in kinds.items():
        wanted = len(made) + count // len(kinds)
        for owner, published in draw.sample(pool, len(pool)):
            words = changed(draw, filed(draw, published), change)
            if words is not None:
                made.append(Altered(owner, kind, published, cased(draw, words)))
            if len(made) == wanted:
                break
    return made
