"""Words in, their kinds out: legal forms, generic words, places, titles, particles and numbers, from names/tables/.

`match` reads words that are written apart; `segment` cuts Chinese, Korean and Japanese runs that are not.
Both compare spellings folded: diacritics and apostrophes dropped, Han simplified, the Arabic article and the
endings of Russian, Ukrainian, Belarusian and Bulgarian declension cut off, in the tables as in the words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

import attrs

from screenkit.model import TokenKind

_TABLES = {
    "legal_forms.txt": TokenKind.LEGAL_FORM,
    "titles.txt": TokenKind.TITLE,
    "generic_words.txt": TokenKind.GENERIC,
    "places.txt": TokenKind.GENERIC,
    "particles.txt": TokenKind.PARTICLE,
    "numerals.txt": TokenKind.NUMERAL,
}
# Kinds that stand inside unsegmented runs; titles there would cut given names (少将, 대장).
_RUN_KINDS = frozenset({TokenKind.LEGAL_FORM, TokenKind.GENERIC, TokenKind.NUMERAL})
_RUN_LANGUAGES = ("zh", "ja", "ko")
_VOWEL = re.compile("[aeiouаеиіоу]")
_FIRST_EAST_ASIAN = "\u2e80"
#: Marks before a spelling, explained in the tables' headers: may open a name, needs an organization.
_MAY_OPEN, _NEEDS_ORGANIZATION = _SIGNS = "^?"

# Combining marks, of Latin, Greek and Cyrillic and the madda and hamza of Arabic; apostrophes.
_MARKS = re.compile("[\u0300-\u036f\u0653-\u0655']")
# Letters without decomposition, and the Persian, Urdu and final forms of Arabic letters.
_LETTERS = (
    *zip("ıłøđðəς", "iloddeσ", strict=True),
    ("æ", "ae"),
    ("œ", "oe"),
    ("þ", "th"),
    *zip("\u0649\u06cc\u06a9\u0629\u06c1\u06be", "\u064a\u064a\u0643\u0647\u0647\u0647", strict=True),
)
# The article (wa-l-, al-, li-l-), which Arabic joins to its noun; three letters have to remain.
_ARTICLE = re.compile("(?<![\u0620-\u06d3])(?:وال|ال|لل)(?=[\u0620-\u06d3]{3})")
# Endings of nouns and adjectives, all cases, of Russian and its neighbors by school grammar, with the article of
# Bulgarian, written without breve and diaeresis; three letters have to remain. -ov, -ev and -in end surnames: kept.
_ENDING = re.compile(
    "(?<=[\u0430-\u052f]{3})(?:иями|ията|ями|ами|ими|ыми|ого|его|ому|ему|ага|яго|ата|ята|ото|ите|ият|ая|яя|ую|юю|ое|ее|ае|яе|ые|ие"
    "|ыи|ии|ои|еи|аи|іи|оі|ою|ею|ию|ия|іі|ія|ью|ям|ам|ем|ом|ым|им|их|ых|ах|ях|ат|ят|ът|(?<=ст)та|а|я|о|е|ы|и|і|є|у|ю|ь)"
    "(?![\u0430-\u052f])"
)


@attrs.frozen
class Term:
    """A word or phrase of one kind, and the key that all its spellings share."""

    key: str
    kind: TokenKind
    #: The wider class: of legal forms "limited" or "joint stock", of generic words their field, "place" of places.
    family: str = ""


_Entry = tuple[Term, str]


@attrs.frozen
class _Vocabulary:
    """The tables, by folded spelling."""

    entries: Mapping[str, tuple[_Entry, ...]]
    #: For the first word of phrases, how many words the longest one has.
    longest: Mapping[str, int]
    #: Spellings of unsegmented scripts by their first character, and how long the longest one is.
    runs: Mapping[str, Mapping[str, Term]]
    run_lengths: Mapping[str, int]
    #: Single characters that are bound to the term after, and before, them.
    prefixes: Mapping[str, Term]
    suffixes: Mapping[str, Term]


def _lines(table: str) -> Iterator[list[str]]:
    text = files("screenkit.names").joinpath("tables", table).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line[:1] != "#")


@cache
def _simplified() -> Mapping[int, str]:
    return {ord(form): simple for simple, forms in _lines("han_forms.txt") for form in forms}


def _fold_text(text: str) -> str:
    text = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text)))
    for letter, plain in _LETTERS:
        text = text.replace(letter, plain)
    return _ENDING.sub("", _ARTICLE.sub("", text))


@lru_cache(maxsize=16_384)
def _folded(word: str) -> str:
    if word.isascii():
        return word.replace("'", "")
    return word.translate(_simplified()) if word[0] >= _FIRST_EAST_ASIAN else _fold_text(word)


@cache
def _vocabulary() -> _Vocabulary:
    entries: dict[str, tuple[_Entry, ...]] = {}
    longest: dict[str, int] = {}
    runs: dict[str, dict[str, Term]] = {}
    bound: dict[bool, dict[str, Term]] = {True: {}, False: {}}
    for term, is_run, spellings in _folded_rows():
        plain: tuple[_Entry, ...] = ((term, ""),)
        for spelling in spellings.split(", "):
            entry = plain
            mark = spelling[0]
            if mark in _SIGNS:
                spelling, entry = spelling[1:], ((term, mark),)
            if is_run and (mark == "-" or spelling[-1] == "-"):
                bound[mark == "-"].setdefault(spelling.strip("-"), term)
                continue
            entries[spelling] = entries[spelling] + entry if spelling in entries else entry
            if " " in spelling:
                first = spelling[: spelling.index(" ")]
                longest[first] = max(longest.get(first, 1), spelling.count(" ") + 1)
            elif is_run and len(spelling) > 1:
                runs.setdefault(spelling[0], {}).setdefault(spelling, term)
    lengths = {first: max(map(len, terms)) for first, terms in runs.items()}
    return _Vocabulary(entries, longest, runs, lengths, bound[False], bound[True])


def _folded_rows() -> list[tuple[Term, bool, str]]:
    """The rows of all tables: term, whether it stands in runs written without spaces, spellings folded.

    Folding all rows at once takes a tenth of the time of folding one by one.
    """
    folded: list[tuple[Term, bool, str]] = []
    others: list[tuple[Term, str]] = []
    for term, language, spellings in _rows():
        if language in _RUN_LANGUAGES:
            is_run = term.kind in _RUN_KINDS
            folded.append((term, is_run, spellings.translate(_simplified()) if language == "ja" else spellings))
        elif spellings.isascii():
            folded.append((term, False, spellings))
        else:
            others.append((term, spellings))
    texts = _fold_text("\n".join([spellings for _, spellings in others])).split("\n")
    return folded + [(term, False, text) for (term, _), text in zip(others, texts, strict=True)]


def _rows() -> list[tuple[Term, str, str]]:
    """Term, language and spellings; a place's own key, a Chinese city in pinyin, is a spelling of it too."""
    rows: list[tuple[Term, str, str]] = []
    for table, kind in _TABLES.items():
        for key, family, *columns in _lines(table):
            term = Term(key, kind, family)
            if family == "place":
                rows.append((term, "en", _NEEDS_ORGANIZATION + key))
            for column in columns:
                language, _, spellings = column.partition(": ")
                rows.append((term, language, spellings))
    return rows


def match(words: Sequence[str], start: int) -> tuple[Term, int] | None:
    """The longest term that begins at `start`, and how many words it takes; None where there is none.

    `words` are all the words of one name, cleaned, in any script or as ASCII keys: short legal forms, particles
    and titles depend on where they stand, because alone they are initials (A. S.), surnames (Do, Van) or
    given names.

    >>> match(["siemens", "ag"], 1)
    (Term(key='ag', kind=<TokenKind.LEGAL_FORM: 'legal form'>, family='joint stock'), 1)
    """
    vocabulary = _vocabulary()
    first = _folded(words[start])
    for length in range(min(vocabulary.longest.get(first, 1), len(words) - start), 0, -1):
        spelling = " ".join([first, *map(_folded, words[start + 1 : start + length])])
        for term, mark in vocabulary.entries.get(spelling, ()):
            if (term.kind is not TokenKind.NUMERAL or mark or length > 1) and _fits(
                term, mark, spelling, words, start, length
            ):
                return term, length
    return _number(words, start)


def _fits(term: Term, mark: str, spelling: str, words: Sequence[str], start: int, length: int) -> bool:
    """Whether a term may stand where it is found."""
    others = len(words) - length
    if mark == _NEEDS_ORGANIZATION:
        return _tells_organization(tuple(words))
    if term.kind is TokenKind.LEGAL_FORM:
        return _fits_form(mark, spelling, words, start, length)
    if term.kind is TokenKind.PARTICLE:
        if len(spelling) == 1 and (len(words[start - 1]) == 1 or (others > start and len(words[start + 1]) == 1)):
            return False
        return start + length < len(words) and (start > 0 or mark == _MAY_OPEN)
    if term.kind is TokenKind.TITLE:
        if len(_vocabulary().entries[spelling]) > 1 and _tells_organization(tuple(words)):
            return False
        is_last = start + length == len(words)
        return others >= (2 if term.family == "honorific" or is_last else 1)
    return len(spelling) > 1


def _fits_form(mark: str, spelling: str, words: Sequence[str], start: int, length: int) -> bool:
    """Long forms stand anywhere; "ab", "s l" or "sal" at the end, or at the start where the table says so.

    Two single letters are initials unless two other words stand beside them: "Ivanov S. A.", "Vitol Holding S.A.".
    """
    letters = len(spelling) - spelling.count(" ")
    is_initials = letters == length
    may_be_name = is_initials or _VOWEL.search(spelling) is not None
    if letters > 3 or (letters == 3 and not may_be_name):
        return True
    if letters == 1:
        is_enough = any(len(word) > 3 for word in words)
    else:
        is_alone = letters == 2 and (is_initials or (start == 0 and spelling.isascii() and may_be_name))
        is_enough = len(words) - length >= (2 if is_alone else 1)
    if start == 0:
        return is_enough and (mark == _MAY_OPEN or (is_initials and letters == 3))
    return is_enough and _is_tail(words, start + length)


def _is_tail(words: Sequence[str], start: int) -> bool:
    """Whether only legal forms, places and generic words follow ("AG & Co KG", "SA Luxembourg branch")."""
    entries = _vocabulary().entries
    return all(
        any(term.kind in (TokenKind.LEGAL_FORM, TokenKind.GENERIC) for term, _ in entries.get(_folded(word), ()))
        for word in words[start : start + 8]
    )


@lru_cache(maxsize=1_024)
def _tells_organization(words: tuple[str, ...]) -> bool:
    """Whether a word or phrase of the name can't well be part of a person's name."""
    vocabulary = _vocabulary()
    for start, word in enumerate(words):
        first = _folded(word)
        for length in range(min(vocabulary.longest.get(first, 1), len(words) - start), 0, -1):
            spelling = " ".join([first, *map(_folded, words[start + 1 : start + length])])
            found = vocabulary.entries.get(spelling, ())
            if not found or any(term.kind is TokenKind.TITLE for term, _ in found):
                continue
            term, mark = found[0]
            if term.kind is TokenKind.LEGAL_FORM and _fits_form(mark, spelling, words, start, length):
                return True
            if term.kind is TokenKind.GENERIC and not mark and term.family != "place" and len(spelling) > 1:
                return True
    return False


# Words after which a Roman numeral may be a single letter or spell a surname (Fund V, Phase XI).
_COUNTERS = frozenset(
    {"fund", "trust", "series", "phase", "part", "class", "unit", "block", "stage", "volume", "tranche", "section"}
    | {"partners", "capital", "factory", "plant", "no"}
)
_NUMBER_WORDS = frozenset({"no", "nr", "number", "num", "numero", "nombor", "n", "номер", "رقم", "شماره"})
_ROMAN = re.compile("(x{0,3})(ix|iv|v?i{0,3})")
# Also names: Xi and Vi; single letters are initials.
_ALSO_NAMES = frozenset({"", "i", "v", "x", "vi", "xi"})
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_DIGITS = re.compile(r"(?:no|nr|제|第)?(\d+)(?:st|nd|rd|th|er|eme|e|호|号)?")
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th", "и", "я", "е", "го", "ыи", "ои", "ая", "ое", "ти", "та"})
_HAN_NUMBER = re.compile("第([一二三四五六七八九十]{1,3})(?:号)?")
_HAN_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}


@lru_cache(maxsize=16_384)
def numeral_key(word: str) -> str | None:
    """The number a cleaned word stands for, in decimal digits; None for what is no number.

    Digits of any script, ordinals ("3rd", "第三", "제3"), number words of the tables and the Roman numerals up to 39
    that aren't names as well (not I, V, X, VI, XI: see `match`, which looks at the word before).

    >>> numeral_key("iii"), numeral_key("third"), numeral_key("xi")
    ('3', '3', None)
    """
    word = _folded(word)
    if digits := _DIGITS.fullmatch(word):
        plain = "".join(str(unicodedata.decimal(digit)) for digit in digits[1])
        return plain.lstrip("0") or "0"
    if han := _HAN_NUMBER.fullmatch(word):
        return _han_number(han[1])
    if word not in _ALSO_NAMES and (value := _roman(word)):
        return value
    for term, mark in _vocabulary().entries.get(word, ()):
        if term.kind is TokenKind.NUMERAL and not mark:
            return term.key
    return None


def _roman(word: str) -> str | None:
    if not word or len(word) > 7 or not _ROMAN.fullmatch(word):
        return None
    values = [_ROMAN_VALUES[letter] for letter in word]
    return str(sum(-value if value < max(values[at:]) else value for at, value in enumerate(values)))


def _han_number(digits: str) -> str | None:
    """一 to 九十九: tens before 十, units after it."""
    tens, ten, units = digits.rpartition("十")
    if len(tens) > 1 or len(units) > 1 or not (ten or units):
        return None
    return str((_HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + _HAN_DIGITS.get(units, 0))


def _number(words: Sequence[str], start: int) -> tuple[Term, int] | None:
    """A number at `start`, with "No." before it, an ending written apart (1-й) or units after tens (twenty first)."""
    word = _folded(words[start])
    after = _folded(words[start + 1]) if start + 1 < len(words) else ""
    if word in _NUMBER_WORDS and after:
        key = numeral_key(after) or _roman(after)
        return (Term(key, TokenKind.NUMERAL), 2) if key else None
    key = numeral_key(word)
    if key is None and start and _folded(words[start - 1]) in _COUNTERS:
        key = _roman(word)
    if key is None:
        return None
    if word.isdecimal() and after in _ORDINAL_ENDINGS:
        return Term(key, TokenKind.NUMERAL), 2
    units = numeral_key(after) if word.isalpha() and after.isalpha() else None
    if units is not None and len(units) == 1 and len(key) == 2 and key[1] == "0" and not _roman(word):
        return Term(key[0] + units, TokenKind.NUMERAL), 2
    return Term(key, TokenKind.NUMERAL), 1


_ADMINISTRATIVE = re.compile("(?:特别行政区|自治区|自治州|直辖市|省|市|县|区|州|직할시|특별시|광역시|시|도)")
_NUMBER_IN_RUN = re.compile(r"[第제]?\d+|[第제][一二三四五六七八九十]{1,3}")
#: A person's name is no longer than this; shorter runs are cut only where terms cover them wholly.
_LONGEST_PERSON = {"Han": 3, "Hangul": 3}
# Costs of a cut: a character of a brand, a new brand, a brand of one character, a term.
_CHARACTER, _BRAND, _LONE, _TERM = 10, 6, 6, 3


def segment(text: str, script: str) -> list[tuple[str, Term | None]]:
    """Cut a run of Chinese, Korean or Japanese into terms and, with None, what lies between them: brands.

    Of all ways to cut, the one that leaves the fewest characters and the fewest brands; then the fewest terms.

    >>> [(part, term and term.key) for part, term in segment("丹东至诚金属材料有限公司", "Han")]
    [('丹东', 'dandong'), ('至诚', None), ('金属', 'metal'), ('材料', 'material'), ('有限公司', 'coltd')]
    """
    parts = _cut(text)
    if len(text) <= _LONGEST_PERSON.get(script, 1) and any(term is None for _, term in parts):
        return [(text, None)]
    return parts


@attrs.frozen
class _Cut:
    """The cheapest way to cut the text up to some point, by its last part."""

    cost: int
    start: int
    term: Term | None


def _cut(text: str) -> list[tuple[str, Term | None]]:
    folded = text.translate(_simplified())
    best: list[_Cut | None] = [_Cut(0, 0, None)] + [None] * len(text)
    for at in range(len(text)):
        here = best[at]
        if here is None:
            continue
        is_brand = at > 0 and here.term is None
        cost = here.cost + _CHARACTER
        if not is_brand:
            cost += _BRAND + _LONE
        elif here.start == at - 1:
            cost -= _LONE
        _improve(best, at + 1, _Cut(cost, here.start if is_brand else at, None))
        for stop, term in _terms_at(folded, at, is_brand):
            _improve(best, stop, _Cut(here.cost + _TERM, at, term))
    return _parts(text, best)


def _improve(best: list[_Cut | None], at: int, cut: _Cut) -> None:
    before = best[at]
    if before is None or cut.cost < before.cost:
        best[at] = cut


def _parts(text: str, best: list[_Cut | None]) -> list[tuple[str, Term | None]]:
    parts: list[tuple[str, Term | None]] = []
    at = len(text)
    while at and (cut := best[at]) is not None:
        parts.append((text[cut.start : at], cut.term))
        at = cut.start
    return parts[::-1]


def _runs_at(text: str, at: int) -> Iterator[tuple[int, Term]]:
    """The spellings of the tables that begin at a point of a run, with their ends, the shortest first."""
    first = text[at : at + 1]
    terms = _vocabulary().runs.get(first)
    if terms is not None:
        for stop in range(at + 2, min(at + _vocabulary().run_lengths[first], len(text)) + 1):
            if (term := terms.get(text[at:stop])) is not None:
                yield stop, term


def _terms_at(text: str, at: int, is_after_brand: bool) -> Iterator[tuple[int, Term]]:
    """The terms that begin at a point of a run, with their ends; a place doesn't follow a brand."""
    for stop, term in _runs_at(text, at):
        if term.family != "place":
            yield stop, term
        elif not is_after_brand:
            yield stop, term
            if unit := _ADMINISTRATIVE.match(text, stop):
                yield unit.end(), term
    character = text[at]
    vocabulary = _vocabulary()
    if character in vocabulary.prefixes and any(_runs_at(text, at + 1)):
        yield at + 1, vocabulary.prefixes[character]
    # 厂 follows a brand (红星厂), but 당 or 국 after one is a syllable of it.
    may_follow = at > 0 and not (is_after_brand and character >= "\uac00")
    if may_follow and character in vocabulary.suffixes and (at + 1 == len(text) or _begins_form(text, at + 1)):
        yield at + 1, vocabulary.suffixes[character]
    if (number := _NUMBER_IN_RUN.match(text, at)) and (key := numeral_key(number[0])):
        yield number.end(), Term(key, TokenKind.NUMERAL)


def _begins_form(text: str, at: int) -> bool:
    return any(term.kind is TokenKind.LEGAL_FORM for _, term in _runs_at(text, at))
