"""What Unihan knows of a Han character: readings, variants, telegraph codes, from tables/han.bin.

Each section of the table is unpacked when it is first used.
"""

from __future__ import annotations

import lzma
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def _sections() -> Mapping[str, tuple[str, str]]:
    packed = files("screenkit.names.chinese").joinpath("tables", "han.bin").read_bytes().partition(b"\n\n")[2]
    lines = lzma.decompress(packed).decode().split("\n")
    return {lines[at].strip("[]"): (lines[at + 1], lines[at + 2]) for at in range(0, len(lines) - 2, 3)}


@cache
def _column(section: str) -> Mapping[str, str]:
    keys, values = _sections()[section]
    return MappingProxyType(dict(zip(keys, values.split(" "), strict=True)))


def _folds(section: str) -> Mapping[int, str]:
    keys, values = _sections()[section]
    return MappingProxyType(str.maketrans(dict(zip(keys, values, strict=True))))


#: Traditional characters to their simplified forms (kSimplifiedVariant).
TRADITIONAL, _VARIANTS = _folds("simplified"), _folds("variant")


@cache
def telegraph(table: str) -> Mapping[str, tuple[str, ...]]:
    """Code to characters by one of the properties kMainlandTelegraph and kTaiwanTelegraph."""
    found: dict[str, tuple[str, ...]] = {}
    codes, characters = _sections()[table]
    for code, character in zip(codes.split(" "), characters, strict=True):
        found[code] = (*found.get(code, ()), character)
    return MappingProxyType(found)


def simplify(text: str) -> str:
    """Write traditional characters in their simplified forms (kSimplifiedVariant); others stay."""
    return text.translate(TRADITIONAL)


def han_equal_key(text: str) -> str:
    """Write each character as the one that stands for all its variants: equal for 馬曉紅 and 马晓红, not for 马小红.

    The key compares Han with Han at full resolution; it merges what simplified writing doesn't distinguish either
    (干 of 乾, 幹; 后 of 後), so it isn't for reading.
    """
    return text.translate(_VARIANTS)


def _cells(section: str, character: str) -> tuple[str, ...]:
    column = _column(section)
    for form in (character, simplify(character), han_equal_key(character)):
        if form in column:
            return tuple(column[form].split("/"))
    return ()


def pinyin(character: str) -> tuple[str, ...]:
    """The readings of a character in pinyin without tones, ü as v, the customary one (kMandarin) first; () if none."""
    return _cells("pinyin", character)


def jyutping(character: str) -> tuple[str, ...]:
    """The readings of a character in Cantonese, Jyutping without tones (kCantonese); () if none."""
    return _cells("jyutping", character)


def hangul(character: str) -> tuple[str, ...]:
    """The Korean readings of a character, in Hangul (kHangul); () if none."""
    return _cells("hangul", character)


def japanese_on(character: str) -> tuple[str, ...]:
    """The on-readings of a character, in Hepburn with doubled vowels (kJapaneseOn); () if it isn't in Japan's lists."""
    return _cells("on", character)


def every_jyutping() -> frozenset[str]:
    """Every syllable of Cantonese that some character is read as."""
    return frozenset(syllable for cell in _column("jyutping").values() for syllable in cell.split("/"))


@cache
def every_hangul() -> frozenset[str]:
    """Every syllable of Korean that some character is read as."""
    return frozenset(syllable for cell in _column("hangul").values() for syllable in cell.split("/"))
