"""The tokens of one word, wherever it stands: its Latin spelling, its kind and its keys; and `unread_scripts`.

Each script has one reader. Latin, Cyrillic, Arabic, Hebrew, Greek, Armenian, Georgian, Burmese, Devanagari, Han and
Hangul have tables of our own; whatever else there is goes through Unidecode and is marked approximate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from screenkit.model import Name, Token, TokenKind

from .arabic import latin as arabic_latin
from .arabic import script as arabic
from .chinese import han as chinese
from .chinese.characters import han_equal_key
from .fallback import to_ascii
from .foreign.native import native_key
from .japanese.phonetic import printed as printed_kana
from .korean.phonetic import revised
from .slavic import keys as slavic_keys
from .slavic import patronymic
from .slavic import spelling as cyrillic
from .slavic.given_names import given_classes
from .small_scripts.burmese import SCRIPT as BURMESE
from .small_scripts.burmese import burmese, is_burmese, is_dependable
from .small_scripts.devanagari import devanagari
from .small_scripts.spelling import armenian, georgian, georgian_stem, greek, greek_foreign
from .vocabulary.misreadings import is_misread, without_stray_digits
from .vocabulary.misspellings import misspelled_term
from .vocabulary.short_forms import full_form

_ASCII_WORD = re.compile(r"[a-z0-9]+")
_SOUND_KINDS = frozenset({TokenKind.WORD, TokenKind.PATRONYMIC})
#: Slavic and Arabic keys of words below this length say too little.
_SHORTEST_READ = 3
#: Three letters without a vowel are no Arabic name in Latin letters, which writes vowels (RRV is no Rawi).
_ACRONYM = re.compile("[^aeiouy\\W]{3}")
_SURNAME_LIKE = ("ov", "ev", "in", "ski")


def word_tokens(text: str, script: str | None) -> tuple[Token, ...]:
    """The tokens of one word: one, or several where its transliteration has spaces."""
    reader = _READERS.get(script or "")
    latin = latin_letters(text, script)
    keys = [latin] if latin.isalpha() else _ASCII_WORD.findall(latin)
    if not keys:
        # No Latin letter stands for it: it is found by being equal.
        return (Token(text, text, TokenKind.SYMBOL, is_approximate=True),)
    is_guess = (reader is None and script not in (None, "Latin")) or (script == BURMESE and not is_dependable(text))
    if len(keys) > 1:
        return tuple(Token(text, key, _kind(key), is_approximate=reader is None or is_guess) for key in keys)
    if script == "Latin" and (full := full_form(keys[0])):
        return (spelled_out(text, full),)
    if script == "Latin" and (term := misspelled_term(keys[0])) is not None:
        # It weighs what the term does and is found by its letters: the slip makes its sounds doubtful.
        return (Token(text, keys[0], term.kind, is_approximate=True),)
    if len(text) == 1 and script in _ALPHABETS:
        # A letter that Latin writes with several (Ю, Ж, Ш) is an initial too.
        return (Token(text, keys[0][0], _kind(keys[0][0])),)
    kind = _kind(keys[0])
    # A misread word is compared by its letters: what it sounds like is what is in doubt.
    is_heard = kind in _SOUND_KINDS and keys[0].isalpha()
    return (
        Token(
            text,
            keys[0],
            kind,
            native=_native(text, script),
            slavic=slavic_keys_of(text, script) if is_heard else (),
            arabic=arabic_keys_of(text, script) if is_heard else (),
            foreign=_foreign_key_of(text) if is_heard and script == "Cyrillic" else "",
            is_approximate=is_guess,
        ),
    )


def latin_letters(text: str, script: str | None) -> str:
    """A word in Latin letters, as the reader of its script spells it."""
    reader = _READERS.get(script or "")
    latin = text if text.isascii() else to_ascii(reader(text) if reader else text).lower()
    return latin.replace("'", "")


def spelled_out(text: str, full: str) -> Token:
    """The token of a word in Latin letters that is an abbreviation of a name."""
    return Token(text, full, TokenKind.WORD, slavic=slavic_keys_of(full, "Latin"), arabic=arabic_keys_of(full, "Latin"))


def _kind(key: str) -> TokenKind:
    if not key.isalpha():
        return TokenKind.WORD if is_misread(key) or without_stray_digits(key) else TokenKind.NUMERAL
    return TokenKind.INITIAL if len(key) == 1 else TokenKind.WORD


def _han(text: str) -> str:
    return "".join(chinese.pinyin_words(text))


def _hangul(text: str) -> str:
    if not all("\uac00" <= character <= "\ud7a3" for character in text):
        return to_ascii(text)  # lone letters (jamo) are no syllables
    return "".join(character for character in revised(text) if character.isalnum())


#: Script -> the reader that writes a word of it in Latin letters.
_READERS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "Cyrillic": cyrillic.printed,
        "Arabic": arabic.printed,
        "Hebrew": arabic.printed,
        "Greek": greek,
        "Armenian": armenian,
        "Georgian": georgian,
        BURMESE: burmese,
        "Devanagari": devanagari,
        "Han": _han,
        "Hangul": _hangul,
        "Hiragana": printed_kana,
        "Katakana": printed_kana,
    }
)


#: Scripts of which one letter alone is an initial.
_ALPHABETS = frozenset({"Cyrillic", "Greek", "Armenian", "Georgian", "Arabic", "Hebrew"})
#: What `script_of` calls letters that modify others (ʰ), which are of no script.
_MODIFIER = "Modifier"
#: What stands for letters that no script has.
SYMBOLS = "symbols"


def unread_scripts(name: Name) -> tuple[str, ...]:
    """The scripts of a name that have no table, so that how it reads is a guess; "symbols" for a name without letters.

    Burmese is among them where its table doesn't read all letters of a word.

    >>> from screenkit.names import normalize
    >>> unread_scripts(normalize("ทักษิณ ชินวัตร")), unread_scripts(normalize("Владимир Путин"))
    (('Thai',), ())
    """
    scripts = tuple(one for one in name.scripts if one != "Latin" and one not in _READERS and one != _MODIFIER)
    if any(token.is_approximate and is_burmese(token.text) for token in name.tokens):
        scripts = (*scripts, BURMESE)
    is_read = scripts or any(token.kind is not TokenKind.SYMBOL for token in name.tokens)
    return scripts if is_read else (SYMBOLS,)


#: Script -> the reader of a foreign name in it: its Latin spelling is read as one of a Slavic name.
_FOREIGN_SPELLINGS: Mapping[str | None, Callable[[str], str]] = MappingProxyType(
    {"Greek": greek_foreign, "Georgian": georgian_stem}
)


def _native(text: str, script: str | None) -> str:
    """What two words of one script are compared by where their sounds say less than their letters."""
    if script == "Han":
        return han_equal_key(text)
    if script in ("Arabic", "Hebrew"):
        return arabic.exchanged_letters(text)
    return text if script == "Hangul" else ""


#: The endings of Slavic surnames, a man's and a woman's: such a word is no foreign name.
_SLAVIC_SURNAME = re.compile("(?:[оеё]ва?|[сц]к(?:ий|ой|ая|ої|а)|[цс]ьк(?:ий|а)|енко|[оеи]вич|[ыи]х|.{3}[чщшл][ую]к)$")
#: -in ends short foreign names too (Win), and long ones with sounds that Russian has in foreign words alone (Joaquin).
_SURNAME_IN_IN = re.compile("^(?!.*(?:дж|[аоуэ][аоуэ])).{3,}[иы]на?$")


def _foreign_key_of(text: str) -> str:
    """The key of a word in Cyrillic that may be a foreign name; empty for Slavic names, which are read as such."""
    is_slavic = (
        _SLAVIC_SURNAME.search(text)
        or _SURNAME_IN_IN.search(text)
        or given_classes(text)
        or patronymic.is_patronymic(text)
    )
    return "" if is_slavic or len(text) < _SHORTEST_READ else native_key(text)


def slavic_keys_of(text: str, script: str | None) -> tuple[str, ...]:
    if script in _FOREIGN_SPELLINGS:
        text = _FOREIGN_SPELLINGS[script](text)
    elif script not in ("Latin", "Cyrillic"):
        return ()
    if len(text) < _SHORTEST_READ:
        return ()
    keys = [key for key in slavic_keys(text) if len(key) >= _SHORTEST_READ]
    classes = [f"@{found}" for found in given_classes(text)]
    endings = [f"~{key}" for key in map(patronymic.masculine, keys) if key.endswith(_SURNAME_LIKE)]
    endings += [f"~{former}" for key in keys if (former := patronymic.soviet_form(key))]
    return tuple(dict.fromkeys(keys + classes + endings)) if classes or endings else tuple(keys)


#: Arabic names of two words that Cyrillic writes in one: Абдуррахман, Абдель, Насралла, Гульбеддин.
_ARABIC_COMPOUND = re.compile("^абд[уеэ].{2}|.{2}(?:[аоу]ллах?|[уеэ]дд?ин)$")


def arabic_keys_of(text: str, script: str | None) -> tuple[str, ...]:
    if len(text) < _SHORTEST_READ:
        return ()
    if script == "Cyrillic":
        if not _ARABIC_COMPOUND.search(text) or _SLAVIC_SURNAME.search(text):
            return ()
        # х is h as well as kh, and Latin has h in these.
        return arabic_latin.latin_keys(cyrillic.printed(text).lower().replace("kh", "h"))
    if script == "Latin":
        return () if _ACRONYM.fullmatch(text) else arabic_latin.latin_keys(text)
    return arabic.native_keys(text) if script in ("Arabic", "Hebrew") else ()
