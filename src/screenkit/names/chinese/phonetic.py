"""The phonetic keys of the parts of a Chinese name, and how a name in pinyin is printed.

A key is the pinyin of a surname or of a given name, without tones, syllables joined by "-", ü as "v" (ISO 7098:2015
gives v as the keyboard form of ü): "ma", "xiao-hong", "ou-yang". A Cantonese key begins with "yue " and has classes
(see systems/cantonese.py): "yue ka-ciu". Keys of the two kinds are never similar.
"""

from __future__ import annotations

from .systems.cantonese import class_of

CANTONESE = "yue "


def cantonese_key(spoken: str) -> str:
    """The key of a part of a name in Jyutping, syllables joined by "-"."""
    return CANTONESE + "-".join(map(class_of, spoken.split("-")))


def printed(surname: str, given: str) -> str:
    """A name in pinyin as one prints it (GB/T 28039-2011): Ma Xiaohong, Ouyang Xiu, Shi Nai'an, Lü Bu."""
    return " ".join(_joined(part).capitalize() for part in (surname, given) if part)


def _joined(key: str) -> str:
    syllables = key.split("-")
    text = syllables[0] + "".join(f"'{one}" if one[0] in "aeo" else one for one in syllables[1:])
    return text.replace("v", "ü")
