"""What an organization's name has beside the name itself: `without_additions`.

People say of what sort a movement is that is known by a word of its own (Hamas movement, تنظيم القاعدة). Russian names
say whom an enterprise honors ("НПО «Сплав» имени А. Н. Ганичева"), and give the name once more in brackets with the
short legal form («Паритетбанк» (ОАО «Паритетбанк»)). Banks and firms say which of their offices it is (Bank Melli Iran
Hamburg Branch); a branch is the firm itself in law. What comes after the legal form is where a firm is (Hanza Marine
Ltd, Hong Kong). Where a name has another word of its own, such words weigh as little as a title.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import attrs

from screenkit.model import Token, TokenKind

from .vocabulary.phrases import BRANCH, is_place

_NAMED_AFTER = "named-after"
#: The sorts of such organizations, by their keys. A cartel or network without the word is another name.
_SORTS = frozenset({"movement", "organization"})
#: What a part of a firm elsewhere is called, by its key, and what may be before that (head office).
_REPRESENTATIVE = "representative"
_OFFICES = frozenset({BRANCH, "office", _REPRESENTATIVE})
_OF_OFFICES = frozenset({"leading", "regional", "main", "central"})
_RUSSIAN_BRANCHES = frozenset({"филиал", "філія", "філіял"})
#: What a town is named by after that: "в г. Москва", three words.
_IN, _TOWN = "в", 3
#: "Town" before its name, cut short.
_TOWN_WORDS = frozenset({"г", "гор", "м"})
_BEFORE_A_SURNAME = frozenset({TokenKind.INITIAL, TokenKind.TITLE, TokenKind.PARTICLE})
#: Longer words are no initials: "named after Ai Shokin".
_LONGEST_INITIALS = 2
_OWN = frozenset({TokenKind.WORD, TokenKind.INITIAL, TokenKind.GENERIC, TokenKind.PATRONYMIC})


def without_additions(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, of which those of an honored person, a repeated name, a sort, a branch and a seat are titles."""
    aside = {*_honored(tokens), *_repeated(tokens), *_sorts(tokens), *_branch(tokens), *_seat(tokens)}
    return [
        attrs.evolve(token, kind=TokenKind.TITLE) if at in aside and token.kind in _OWN else token
        for at, token in enumerate(tokens)
    ]


def may_be_addition(token: Token) -> bool:
    """Whether a name with such a word may have additions."""
    return token.kind in _BEGINS_ADDITION or token.key in _SORTS or token.key in _OFFICES or token.text in _TOWN_WORDS


_BEGINS_ADDITION = frozenset({TokenKind.LEGAL_FORM, TokenKind.PARTICLE})


def _sorts(tokens: Sequence[Token]) -> Iterator[int]:
    """Positions of the words that say of what sort an organization is, where no other word is generic."""
    others = {token.kind for token in tokens if token.key not in _SORTS}
    if TokenKind.WORD in others and TokenKind.GENERIC not in others:
        yield from (at for at, token in enumerate(tokens) if token.key in _SORTS)


def _branch(tokens: Sequence[Token]) -> Collection[int]:
    """Positions of the words that say which branch or office of a firm it is, and where that is.

    They end a name (Hamburg Branch, Succursale de Paris); in Russian they also begin it (филиал ... в г. Москва).
    """
    offices = [at for at, token in enumerate(tokens) if token.key in _OFFICES and token.kind is TokenKind.GENERIC]
    if not offices:
        return ()
    first, last = offices[0], offices[-1]
    place = len(tokens) - 1
    after = tokens[last + 1 : place]
    if place == last:
        if first > 0 and tokens[first - 1].key in _OF_OFFICES:
            first -= 1
        if first > 1 and _may_be_place(tokens[first - 1], tokens[offices[0]]):
            first -= 1
        # "Intelligence Branch" and "Political Office" are no part of a firm.
        if first == last and tokens[last].key != _REPRESENTATIVE:
            return ()
        aside = set(range(first, place + 1))
    elif all(token.kind is TokenKind.PARTICLE for token in after) and _may_be_place(tokens[place], tokens[last]):
        aside = set(range(first, place + 1))
    elif tokens[0].text in _RUSSIAN_BRANCHES:
        is_placed = any(token.text == _IN for token in tokens[-_TOWN:])
        aside = {0, *range(place + 1 - _TOWN, place + 1)} if is_placed else {0}
    else:
        return ()
    return aside if is_named([token.kind for at, token in enumerate(tokens) if at not in aside]) else ()


def is_named(kinds: Sequence[TokenKind]) -> bool:
    """Whether words of these kinds name an organization: by a word of its own, or by two generic ones (Bank Melli)."""
    return TokenKind.WORD in kinds or kinds.count(TokenKind.GENERIC) > 1


def _seat(tokens: Sequence[Token]) -> Sequence[int]:
    """Positions of the places after the last legal form, where the name has a word of its own before it.

    Russian says that a town follows: АО «ГЕНБАНК» г. Симферополь.
    """
    start = len(tokens)
    while start and is_place(tokens[start - 1]):
        start -= 1
    is_town = 0 < start < len(tokens) and tokens[start - 1].text in _TOWN_WORDS
    if is_town:
        start -= 1
    is_seat = is_town or (start and tokens[start - 1].kind is TokenKind.LEGAL_FORM)
    return range(start, len(tokens)) if is_seat and any(one.kind is TokenKind.WORD for one in tokens[:start]) else ()


def _may_be_place(token: Token, office: Token) -> bool:
    """Whether a word beside a branch or office may say where that is: of a branch, a word that no table has may."""
    return is_place(token) or (office.key == BRANCH and token.kind is TokenKind.WORD)


def _honored(tokens: Sequence[Token]) -> Iterator[int]:
    """Positions of the initials and the surname after "named after", where another word is the name."""
    for start, token in enumerate(tokens):
        if token.key != _NAMED_AFTER or token.kind is not TokenKind.PARTICLE:
            continue
        stop = start + 1
        while stop < len(tokens) and (
            tokens[stop].kind in _BEFORE_A_SURNAME or len(tokens[stop].text) <= _LONGEST_INITIALS
        ):
            stop += 1
        others = (one for at, one in enumerate(tokens) if not start <= at <= stop)
        if any(one.kind is TokenKind.WORD and len(one.text) > _LONGEST_INITIALS for one in others):
            yield from range(start + 1, min(stop + 1, len(tokens)))


def _repeated(tokens: Sequence[Token]) -> range:
    """Positions from a second legal form on, where every word of the name that follows it was before it."""
    forms = [at for at, token in enumerate(tokens) if token.kind is TokenKind.LEGAL_FORM]
    for at in forms[1:]:
        before = {token.key for token in tokens[:at] if token.kind is TokenKind.WORD}
        after = {token.key for token in tokens[at:] if token.kind is TokenKind.WORD}
        if after and after <= before:
            return range(at, len(tokens))
    return range(0)
