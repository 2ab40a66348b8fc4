"""Our tables against pypinyin, an oracle with known faults; skipped where it isn't installed."""

from __future__ import annotations

import pytest

from screenkit.names.chinese.characters import pinyin
from screenkit.names.chinese.romanization import TONES, WADE_GILES
from screenkit.names.notation import read

pypinyin = pytest.importorskip("pypinyin")

#: pypinyin writes the ü of Wade-Giles as v, ai as ei after some initials, and t'ieh as t'oeh; huo and shuo are those of
#: the Library of Congress's tables, ho and sho other authors'.
WITH_UMLAUT = frozenset(
    syllable for syllable in TONES if any("ü" in spelling for spelling in WADE_GILES.spell(syllable))
)
KNOWN_FAULTS = frozenset({"ai", "hai", "lai", "mai", "nai", "sai", "shai", "wai", "tie", "huo", "shuo"})


def test_customary_readings_agree() -> None:
    """Of the characters usual in given names, at least 97 % have the reading that pypinyin puts first."""
    characters = [row[0] for row in read("chinese/given_characters.txt").rows(1)]
    plain = pypinyin.Style.NORMAL
    ours = {one: pinyin(one)[0] for one in characters}
    theirs = {one: pypinyin.pinyin(one, style=plain, v_to_u=False)[0][0] for one in characters}
    differing = [one for one in characters if ours[one] != theirs[one]]
    assert len(differing) <= 0.03 * len(characters), differing


def test_wade_giles_agrees() -> None:
    """Every syllable without ü is spelled as pypinyin spells some character that is read so."""
    by_syllable: dict[str, str] = {}
    for character in map(chr, range(0x4E00, 0x9FA6)):
        by_syllable.setdefault((pinyin(character) or ("",))[0], character)
    differing = {}
    for syllable in sorted(set(TONES) & set(by_syllable) - WITH_UMLAUT):
        character = by_syllable[syllable]
        if pypinyin.pinyin(character, style=pypinyin.Style.NORMAL)[0][0] != syllable:
            continue
        spelled = pypinyin.pinyin(character, style=pypinyin.Style.WADEGILES)[0][0]
        spelled = spelled.replace("ê", "e").replace("ŭ", "u").replace("`", "'").replace("’", "'")
        if spelled not in WADE_GILES.spell(syllable):
            differing[syllable] = spelled
    assert set(differing) == KNOWN_FAULTS, differing
