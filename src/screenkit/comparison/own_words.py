"""How an organization's own word in Han or Hangul is compared with one in another script: by Korean and Chinese sounds.

A person's name in these scripts is compared as a whole (`readings`). A name of an organization has words that are
translated (은행, Bank), which are terms of the tables, and words of its own (광선, Kwangson). The latter are similar
where they have a key in common (`names.own_words`), and not at all where they have none: syllables are few, and another
one is mostly another name.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from screenkit.comparison.lookups import Lookup, is_latin
from screenkit.comparison.similarity import Near
from screenkit.comparison.spans import Span, Words
from screenkit.model import Space, Token, TokenKind
from screenkit.names.own_words import WordKey, own_word_keys
from screenkit.names.script import scripts_of
from screenkit.policy import Policy

#: The rules by which words are similar here; the last one is that of 光鲜 read as 광선.
_CHINESE, _KOREAN, _HANJA = RULES = ("Chinese sounds", "Korean sounds", "Korean sounds of Hanja")
_FIRST_EAST_ASIAN: Final = "\u2e80"
_TERMS: Final = frozenset({TokenKind.GENERIC, TokenKind.LEGAL_FORM})
_READ: Final = frozenset({TokenKind.WORD, TokenKind.GENERIC})
#: Keys of the terms that name Korea.
_KOREA: Final = frozenset({"korea", "northkorea", "southkorea"})


def is_organization(kinds: Collection[TokenKind]) -> bool:
    """Whether a name has a generic word or a legal form, as most names of organizations have and few of persons."""
    return not _TERMS.isdisjoint(kinds)


def rules_between(query: Words, listed: Words) -> tuple[str, ...]:
    """The rules that count between two names: none but for two organizations; Hanja where one of them names Korea."""
    if not is_organization(query.kinds) or not is_organization(listed.kinds):
        return ()
    is_korean = not _KOREA.isdisjoint(query.keys) or not _KOREA.isdisjoint(listed.keys)
    return RULES if is_korean else RULES[:2]


def may_sound(query: Span, listed: Span) -> bool:
    """Whether two spans may be similar by their sounds, at a glance: one of them is in Han or Hangul."""
    return query.token.text[-1] >= _FIRST_EAST_ASIAN or listed.token.text[-1] >= _FIRST_EAST_ASIAN


def near_sounds(query: Span, listed: Span, rules: Collection[str], policy: Policy) -> Near | None:
    """How alike two spans of two scripts are by a key that both have, by one of the rules."""
    if query.is_joined and listed.is_joined:
        return None
    one, other = query.token, listed.token
    if scripts_of(one.text) == scripts_of(other.text):
        return None
    caps = {(key.space, key.key): key.cap for key in _keys(other)}
    found = [(min(key.cap, caps[key[:2]]), _rule(key.space, one, other)) for key in _keys(one) if key[:2] in caps]
    found = [(cap, rule) for cap, rule in found if rule in rules]
    if not found:
        return None
    cap, rule = max(found)
    similarity = max(cap - policy.joined_deduction * (query.is_joined or listed.is_joined), 1)
    # A syllable tells as much as one of a given name: there are few.
    return Near(similarity, rule, most_bits=policy.syllable_bits * _syllables(one, other))


def _rule(space: Space, one: Token, other: Token) -> str:
    if space is Space.CHINESE:
        return _CHINESE
    return _HANJA if ("Han",) in (scripts_of(one.text), scripts_of(other.text)) else _KOREAN


def _syllables(one: Token, other: Token) -> int:
    """The syllables of the word that is not in Latin letters: its characters."""
    return len((other if is_latin(one.text) else one).text.replace(" ", ""))


def listed_sounds(token: Token) -> list[Lookup]:
    """The keys by which a word of a listed organization is found, beside its `stored_lookups`."""
    in_latin = is_latin(token.text)
    return [Lookup(key.space, in_latin, key.key, 0) for key in _keys(token)]


def asked_sounds(token: Token) -> list[Lookup]:
    """The keys that words similar to one of a query's organization are looked up by."""
    keys = _keys(token)
    found = [Lookup(key.space, False, key.key, 0) for key in keys]
    if not is_latin(token.text):
        found += [Lookup(key.space, True, key.key, 0) for key in keys]
    return found


def _keys(token: Token) -> tuple[WordKey, ...]:
    """The keys of a word, or of a generic one, which lists transliterate as well as translate (조선, Chosun)."""
    return own_word_keys(token.text) if token.kind in _READ else ()
