"""The normalised form of one string: `Name`, with its tokens, readings and the steps that made it.

Only `screenkit.names.normalize` makes a `Name`; that is what makes "normalised" a type and not a habit.
"""

from __future__ import annotations

from enum import StrEnum

import attrs


class TokenKind(StrEnum):
    """What part of a name a token is, as far as its own form tells."""

    WORD = "word"
    INITIAL = "initial"
    PATRONYMIC = "patronymic"
    NUMERAL = "numeral"
    LEGAL_FORM = "legal form"
    TITLE = "title"
    PARTICLE = "particle"
    GENERIC = "generic"
    SYMBOL = "symbol"


@attrs.frozen
class Token:
    """One word of a name: what stands there and what it is compared as."""

    #: The word as it stands in the name after cleaning, in its own script.
    text: str
    #: What it is compared as: casefolded Latin letters and digits.
    key: str
    #: What kind of token it is.
    kind: TokenKind = TokenKind.WORD


@attrs.frozen
class Step:
    """One step of normalisation that changed something; replaying all steps gives the same name again."""

    #: The step's name, an entry of `screenkit.names.STEPS`.
    step: str
    #: The text before it.
    before: str
    #: The text after it.
    after: str


@attrs.frozen(kw_only=True)
class Reading:
    """One way to pronounce a name."""

    #: Language (ISO 639-1), or "und" where the reading is of no language in particular.
    language: str
    #: The romanisation system, such as "unidecode" or "pinyin".
    system: str
    #: The name in that system, as one would print it.
    text: str
    #: True where the system is no dependable guide to how this script is read.
    is_approximate: bool = False


@attrs.frozen(kw_only=True)
class Name:
    """A name cleaned, split into tokens and read."""

    #: The string as given.
    text: str
    #: The tokens, in the order in which they stand.
    tokens: tuple[Token, ...]
    #: Scripts (Unicode script names) of the letters, in order of first appearance.
    scripts: tuple[str, ...]
    #: The ways it is read.
    readings: tuple[Reading, ...]
    #: The steps that changed something.
    trace: tuple[Step, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """What the tokens are compared as, in order."""
        return tuple(token.key for token in self.tokens)

    @property
    def canonical(self) -> tuple[str, ...]:
        """The sorted keys: equal for two names exactly where they count as the same name."""
        return tuple(sorted(token.key for token in self.tokens))
