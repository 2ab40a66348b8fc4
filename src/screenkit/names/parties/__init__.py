"""The parties of a text that holds more than one name, or more than a name: `divide`.

Customers' fields hold joint accounts ("Igor Sechin and Jane Smith"), capacities ("Estate of Igor Sechin"), other names
("John Brown aka Igor Sechin"), names of accounts ("Igor Sechin - USD account") and addresses. Each name in such a text
is compared by itself too. The text as a whole is compared in any case, so nothing is lost where it is one name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from screenkit.errors import InvalidSubjectError
from screenkit.model import Name, TokenKind
from screenkit.names import normalize
from screenkit.names.clean import compose, drop_invisible, space
from screenkit.names.set_aside import is_named
from screenkit.names.vocabulary.commonness import commonness, commonness_in_names
from screenkit.names.vocabulary.east_asian_titles import is_surname

from .marks import NICKNAME, marks, may_hold_several, rule_of
from .run_together import parted

#: The most parties of a text: each costs a search.
MOST = 6
#: Longer texts are no names: they aren't taken apart, which is told.
LONGEST = 300


class Party(NamedTuple):
    """A name inside a longer text, and what shows that it is one."""

    text: str
    #: An entry of the first column of tables/parties.txt, "address", "comma", "shared surname", "capitals", "nickname"
    #: or "ship".
    rule: str


class Division(NamedTuple):
    """How a text was taken apart."""

    parties: tuple[Party, ...]
    #: Whether it may hold several parties and was left as it is.
    is_doubtful: bool


@lru_cache(maxsize=1_024)
def divide(text: str) -> Division:
    """The parties of a customer's name, none for most names; at most `MOST`.

    >>> [party.text for party in divide("Igor Sechin and Jane Smith").parties]
    ['Igor Sechin', 'Jane Smith']
    >>> divide("Johnson and Johnson").parties
    ()
    """
    plain = space(drop_invisible(compose(_LINES.sub(" ; ", text.strip()))))
    apart = parted(plain)
    if apart == plain and not may_hold_several(plain):
        return Division((), False)
    if len(plain) > LONGEST:
        return Division((), True)
    found: dict[str, Party] = {}
    doubts: list[str] = []
    wholes = [Party(_trimmed(plain), "")]
    if apart != plain:
        wholes.append(Party(_trimmed(apart), "capitals"))
    for whole in wholes:
        for party in _parties(whole, doubts.append):
            if party.rule and (whole.rule or party.text != whole.text):
                found.setdefault(party.text, party)
    return Division(tuple(found.values())[:MOST], bool(doubts))


_AROUND = " ,;:-\u2013\u2014/|&+*\"'«»“”!?"
#: Ends of lines: a name may be on each.
_LINES = re.compile(r"\s*[\r\n\u2028\u2029]+\s*")


def _trimmed(text: str) -> str:
    """A text without signs around it; a bracket that closes one inside it stays."""
    text = text.strip(_AROUND)
    for opening, closing in ("()", "[]"):
        if text.count(opening) != text.count(closing) or (text[:1] == opening and text[-1:] == closing):
            text = text.strip(f"{_AROUND}{opening}{closing}")
    return text


def _parties(party: Party, doubt: Callable[[str], None]) -> Iterator[Party]:
    """The parties of a text, those that it is divided into taken apart further."""
    for divided in (_without_nickname, _without_additions, _between, _conjoined, _before_comma):
        pieces = divided(party, doubt)
        if pieces:
            for piece in pieces:
                yield from _parties(piece, doubt)
            return
    yield party


def _without_nickname(party: Party, _: Callable[[str], None]) -> list[Party]:
    """The name of a person without a nickname inside it; the quoted name of a firm is its own."""
    found = NICKNAME.search(party.text)
    if found is None:
        return []
    rest = f"{party.text[: found.start()]} {party.text[found.end() :]}"
    return [Party(rest, "nickname")] if _kind(rest) == "person" else []


#: What a name of one word may have beside it.
_BESIDE_ONE_WORD = frozenset({"ship", "before"})


def _without_additions(party: Party, _: Callable[[str], None]) -> list[Party]:
    """The name without what is beside it; none where there is nothing.

    That is a ship's number or flag, an address, a kind of account, and a capacity after a name or before it.
    """
    patterns = marks()
    for pattern, section in (
        (patterns.ship, "ship"),
        (patterns.address, "address"),
        (patterns.account, "account"),
        (patterns.after, "after"),
        (patterns.before, "before"),
    ):
        found = pattern.search(party.text)
        if found is None:
            continue
        rest = _trimmed(party.text[: found.start()] + party.text[found.end() :]).removesuffix("'s")
        is_numbered = any(map(str.isdigit, found[0]))
        if (
            _is_whole(rest)
            or (section in _BESIDE_ONE_WORD and _has_word(rest))
            or (is_numbered and _is_named_organization(rest))
        ):
            return [Party(rest, rule_of(found[0], section))]
    return []


#: Words of a town and its country, or of a department: more are something else. With fewer letters the first of them
#: is a legal form that no table has (FIL, SPF).
_MOST_OF_PLACE, _LEAST_OF_PLACE = 5, 4


def _before_comma(party: Party, _: Callable[[str], None]) -> list[Party]:
    """The organization before the first comma, where its town or a department follows: Bank Melli Iran, Hamburg.

    A legal form that follows is part of the name, and so are a number and the rest of an enumeration (Energy & Gas).
    What follows may be a person, who is another party then.
    """
    before, comma, after = party.text.partition(",")
    words = after.split()
    if not comma or " " not in before or not 0 < len(words) <= _MOST_OF_PLACE or len(words[0]) < _LEAST_OF_PLACE:
        return []
    if marks().conjunction.search(after) is not None or any(map(str.isdigit, after)):
        return []
    if not _is_named_organization(before):
        return []
    kinds = _kinds(party.text)
    forms_after = kinds.count(TokenKind.LEGAL_FORM) - _kinds(before).count(TokenKind.LEGAL_FORM)
    # "Co., Ltd." is one form.
    if forms_after > 0 or kinds[-1:] == [TokenKind.LEGAL_FORM]:
        return []
    pieces = [before, after] if _kind(after) == "person" else [before]
    return [Party(_trimmed(piece), "comma") for piece in pieces]


def _is_named_organization(text: str) -> bool:
    """Whether a text says what an organization does and has another word, as "VTB Bank" does."""
    kinds = _kinds(text)
    return (TokenKind.LEGAL_FORM in kinds or TokenKind.GENERIC in kinds) and is_named(kinds)


def _kinds(text: str) -> list[TokenKind]:
    name = _normalized(text)
    return [] if name is None else [token.kind for token in name.tokens]


def _between(party: Party, _: Callable[[str], None]) -> list[Party]:
    """The two sides of what shows that another party follows."""
    for found in marks().between.finditer(party.text):
        sides = [_trimmed(party.text[: found.start()]), _trimmed(party.text[found.end() :])]
        # "aka" may be a surname as well, "f/k/a" and "also known as" are none.
        is_sure = not found[0].strip(".:").isalpha() or party.text[: found.start()].endswith("(")
        if all(map(_has_word, sides)) and (is_sure or any(map(_is_whole, sides))):
            return [Party(side, rule_of(found[0], "between")) for side in sides]
    return []


def _conjoined(party: Party, doubt: Callable[[str], None]) -> list[Party]:
    """The whole names that signs or conjunctions stand between; none where one of them is no whole name."""
    patterns = marks()
    for pattern, rule in (
        (patterns.conjunction, "and"),
        (patterns.sign, ";"),
        (patterns.bracket, "brackets"),
        (patterns.comma, "comma"),
    ):
        pieces = [piece for piece in map(_trimmed, pattern.split(party.text)) if piece]
        if len(pieces) < 2:
            continue
        kinds = [_kind(piece) for piece in pieces]
        if rule == "comma" and not all(map(_is_east_asian, pieces)):
            continue
        if all(kinds) and (rule == ";" or len(set(kinds)) == 1):
            return [Party(piece, rule) for piece in pieces]
        if rule == "brackets":
            continue
        if all(kinds) and all(
            kind == "company" or _is_surely_person(piece) for piece, kind in zip(pieces, kinds, strict=True)
        ):
            doubt(party.text)
        if rule == "and" and (shared := _with_shared_surname(pieces, kinds)):
            return shared
    return []


def _with_shared_surname(pieces: Sequence[str], kinds: Sequence[str]) -> list[Party]:
    """Given names before one surname: "Igor and Marina Sechin" is Igor Sechin and Marina Sechin."""
    last = pieces[-1].split(" ")
    if len(pieces) != 2 or kinds[1] != "person" or len(last) != 2 or len(pieces[0].split(" ")) != 1:
        return []
    if not _is_word(pieces[0]) or not all(map(_is_word, last)):
        return []
    return [Party(f"{pieces[0]} {last[1]}", "shared surname"), Party(pieces[1], "shared surname")]


def _is_word(text: str) -> bool:
    name = _normalized(text)
    return name is not None and len(text) > 2 and [token.kind for token in name.tokens] == [TokenKind.WORD]


def _has_word(text: str) -> bool:
    """Whether a text has a word that may be a name: "The" has none."""
    name = _normalized(text)
    return name is not None and any(token.kind in _NAMING and len(token.text) > 1 for token in name.tokens)


#: A word of this class is frequent in names of persons.
_FREQUENT = 4


def _is_surely_person(text: str) -> bool:
    """Whether a name of two words or more has a frequent given name or surname that is no everyday word."""
    name = _normalized(text)
    return name is not None and any(
        token.kind is TokenKind.WORD and commonness(token) == commonness_in_names(token) >= _FREQUENT
        for token in name.tokens
    )


def _is_whole(text: str) -> bool:
    return _kind(text) != ""


_NO_NAME = frozenset({TokenKind.TITLE, TokenKind.PARTICLE, TokenKind.NUMERAL, TokenKind.SYMBOL})
_OWN = frozenset({TokenKind.WORD, TokenKind.PATRONYMIC})
_NAMING = _OWN | {TokenKind.GENERIC}
#: What follows "&" in "GmbH & Co. KG" is no company by itself.
_COMPANY = "co"


def _kind(text: str) -> str:
    """What a text is: "person" for two words or more that may be a person's name, "company", or "" for neither.

    A company has its legal form at its end or beginning, and a word of its own.
    """
    name = _normalized(text)
    if name is None or name.tokens[0].key == _COMPANY:
        return ""
    kinds = [token.kind for token in name.tokens if token.kind not in _NO_NAME]
    if TokenKind.LEGAL_FORM in kinds:
        has_form = TokenKind.LEGAL_FORM in (kinds[0], kinds[-1])
        return "company" if has_form and any(kind in _OWN for kind in kinds) else ""
    if TokenKind.GENERIC in kinds or not any(kind in _OWN for kind in kinds):
        return ""
    if len(kinds) == 1:
        return "person" if _is_written_whole(name) else ""
    return "person"


def _is_east_asian(text: str) -> bool:
    name = _normalized(text)
    return name is not None and [token.kind in _OWN for token in name.tokens] == [True] and _is_written_whole(name)


def _is_written_whole(name: Name) -> bool:
    """Whether one word in Chinese characters or Hangul is a surname with a given name."""
    (word,) = [token.text for token in name.tokens if token.kind in _OWN]
    if name.scripts not in (("Han",), ("Hangul",)) or not 1 < len(word) <= 4:
        return False
    return is_surname(word[0]) or is_surname(word[:2])


def _normalized(text: str) -> Name | None:
    try:
        return normalize(text)
    except InvalidSubjectError:
        return None
