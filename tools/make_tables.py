"""The Unihan database in, src/screenkit/names/chinese/tables/han.bin and mandarin.txt out.

Run it where Debian's package unicode-data is installed:

    python tools/make_tables.py            # writes the tables
    python tools/make_tables.py --check    # exits with 1 where a table is not what would be written

`--unihan FOLDER` names another folder that holds the Unihan files of the same version, plain or as .bz2.

han.bin is a passport of "#" lines, an empty line, and LZMA-compressed UTF-8 text: "[section]" lines, each followed
by two lines, keys and values. Compressed bytes may differ between LZMA versions, so `--check` compares what they hold.
"""

from __future__ import annotations

import argparse
import bz2
import lzma
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

TABLES = Path(__file__).parents[1] / "src" / "screenkit" / "names" / "chinese" / "tables"
UNIHAN = Path("/usr/share/unicode")
VERSION = "15.0.0"
HEADER = """\
# {title}
# Source: Unicode Han Database (Unihan), {properties}.
# Version: Unicode {version}.
# License: Unicode License v3 (Unicode-3.0), Copyright Unicode, Inc.
# Generator: tools/make_tables.py; never edited by hand. Corrections: pinyin_corrections.txt, surnames.txt.
"""
READ = (
    "kMandarin kTGHZ2013 kXHC1983 kHanyuPinlu kCantonese kHangul kJapaneseOn kJoyoKanji kJinmeiyoKanji "
    "kSimplifiedVariant kTraditionalVariant kZVariant kSemanticVariant kMainlandTelegraph kTaiwanTelegraph"
)
#: A character outside the two oldest blocks is kept where one of these vouches for its being used in names or codes.
VOUCHERS = ("kTGH", "kTaiwanTelegraph", "kHKSCS", "kKoreanName")
FILES = ("Readings", "Variants", "OtherMappings", "DictionaryLikeData")
TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
Properties = Mapping[str, Mapping[str, str]]


def unihan(folder: Path) -> Properties:
    """Read the Unihan files: property, character, value."""
    properties: dict[str, dict[str, str]] = defaultdict(dict)
    for name in FILES:
        for line in _lines(folder, f"Unihan_{name}.txt"):
            if line.startswith("U+"):
                code, key, value = line.rstrip("\n").split("\t", 2)
                properties[key][_character(code)] = value
            elif "Unicode version:" in line and VERSION not in line:
                raise SystemExit(f"Unihan_{name}.txt: {line.strip('# ').strip()}; the tables are made of {VERSION}")
    return properties


def _character(code: str) -> str:
    """The character of "U+4E00"."""
    return chr(int(code.removeprefix("U+"), base=16))


def _lines(folder: Path, name: str) -> Iterator[str]:
    plain, packed = folder / name, folder / f"{name}.bz2"
    if not plain.exists() and not packed.exists():
        raise SystemExit(f"{plain}: not there; install Debian's package unicode-data or give --unihan FOLDER")
    with open(plain, encoding="utf-8") if plain.exists() else bz2.open(packed, "rt", encoding="utf-8") as file:
        yield from file


def toneless(syllable: str) -> tuple[str, str]:
    """Split "lǜ" into "lv" and "4"; the neutral tone is "5"."""
    letters, tone = [], "5"
    for character in unicodedata.normalize("NFD", syllable):
        if character in TONES:
            tone = TONES[character]
        elif character == "\u0308":
            letters[-1] = "v"
        elif character.isalpha():
            letters.append(character)
    return "".join(letters), tone


def characters(properties: Properties) -> str:
    """List the characters of the table: the two oldest blocks, and what the vouchers name elsewhere."""
    kept = {
        character
        for character in properties["kMandarin"]
        if "\u3400" <= character <= "\u4dbf" or "\u4e00" <= character <= "\u9fff"
    }
    for voucher in VOUCHERS:
        kept.update(properties[voucher])
    return "".join(sorted(character for character in kept if unicodedata.normalize("NFKC", character) == character))


def syllables(character: str, properties: Properties) -> list[tuple[str, str]]:
    """The readings of a character in Mandarin, the customary one first, each with its tone.

    kMandarin is the customary reading (the second one, where given, is Taiwan's); the others are those of the
    Table of General Standard Characters (kTGHZ2013), of Xiandai Hanyu Cidian (kXHC1983) and of spoken use
    (kHanyuPinlu), which are the dictionaries of the present language.
    """
    found = properties["kMandarin"].get(character, "").split()
    for key in ("kTGHZ2013", "kXHC1983"):
        for entry in properties[key].get(character, "").split():
            found += entry.partition(":")[2].split(",")
    found += [entry.partition("(")[0] for entry in properties["kHanyuPinlu"].get(character, "").split()]
    return [toneless(syllable) for syllable in found]


def mandarin_cell(character: str, properties: Properties) -> list[str]:
    """The readings of a character without tones; those of its simplified form first where it lacks their first.

    Unihan gives some traditional characters the reading of a rarer sense (縝 chēn beside 缜 zhěn).
    """
    own = [syllable for syllable, _ in syllables(character, properties)]
    for form in related(properties["kSimplifiedVariant"].get(character, "")):
        standard = [syllable for syllable, _ in syllables(form, properties)]
        if character not in properties["kTGH"] and form in properties["kTGH"] and own[:1] and own[0] not in standard:
            return standard + own
    return own


def related(value: str) -> list[str]:
    """The characters a variant property names, without its sources."""
    return [_character(item.partition("<")[0]) for item in value.split()]


def variants(chars: str, properties: Properties) -> dict[str, str]:
    """Fold each character to the one that stands for all its variants: traditional, simplified, compatible.

    Semantic variants (kSemanticVariant: 峯 of 峰) count only where one of the two is outside the Table of General
    Standard Characters and both are customarily read alike, because the property is wide.
    """
    parent: dict[str, str] = {}
    standard, mandarin = properties["kTGH"], properties["kMandarin"]

    def root(character: str) -> str:
        while (above := parent.get(character, character)) != character:
            character = above
        return character

    def rank(character: str) -> tuple[int, str]:
        return int(standard.get(character, "0:9999").partition(":")[2]), character

    known = set(chars)
    for key in ("kSimplifiedVariant", "kTraditionalVariant", "kZVariant", "kSemanticVariant"):
        for character, value in sorted(properties[key].items()):
            for other in related(value):
                if not {character, other} <= known:
                    continue
                if key == "kSemanticVariant" and (
                    (character in standard) == (other in standard) or mandarin.get(character) != mandarin.get(other)
                ):
                    continue
                first, second = sorted((root(character), root(other)), key=rank)
                parent[second] = first
    return {character: root(character) for character in chars if root(character) != character}


def simplified(chars: str, properties: Properties) -> dict[str, str]:
    """Write each character that isn't in the Table of General Standard Characters in its form that is."""
    standard, known = properties["kTGH"], set(chars)
    pairs = {}
    for character, value in properties["kSimplifiedVariant"].items():
        forms = [form for form in related(value) if form in known and form != character]
        if character in known and character not in standard and forms:
            pairs[character] = min(forms, key=lambda form: (form not in standard, _number(standard, form), form))
    return pairs


def _number(standard: Mapping[str, str], form: str) -> int:
    return int(standard.get(form, "0:9999").partition(":")[2])


def hangul(character: str, properties: Properties) -> list[str]:
    """The Korean readings (kHangul), those of the traditional forms where a simplified one has none."""
    own = properties["kHangul"].get(character)
    if own is not None:
        return [unicodedata.normalize("NFC", entry.partition(":")[0]) for entry in own.split()]
    forms = related(properties["kTraditionalVariant"].get(character, ""))
    return [
        unicodedata.normalize("NFC", entry.partition(":")[0])
        for form in forms
        for entry in properties["kHangul"].get(form, "").split()
    ]


def cantonese(character: str, properties: Properties) -> list[str]:
    """The readings in Jyutping without tones (kCantonese)."""
    return [re.sub("[1-6]", "", syllable) for syllable in properties["kCantonese"].get(character, "").split()]


def japanese_on(character: str, properties: Properties) -> list[str]:
    """The on-readings in Hepburn (kJapaneseOn) of the characters that Japan's lists for common use and names hold."""
    is_listed = character in properties["kJoyoKanji"] or character in properties["kJinmeiyoKanji"]
    return properties["kJapaneseOn"].get(character, "").lower().split() if is_listed else []


def han(properties: Properties) -> str:
    """Compose the text of han.bin."""
    chars = characters(properties)
    columns: list[tuple[str, Iterable[Iterable[str]]]] = [
        ("pinyin", (mandarin_cell(character, properties) for character in chars)),
        ("jyutping", (cantonese(character, properties) for character in chars)),
        ("hangul", (hangul(character, properties) for character in chars)),
        ("on", (japanese_on(character, properties) for character in chars)),
    ]
    sections = []
    for name, values in columns:
        cells = [(c, "/".join(dict.fromkeys(value))) for c, value in zip(chars, values, strict=True)]
        cells = [cell for cell in cells if cell[1]]
        sections.append((name, "".join(c for c, _ in cells), " ".join(value for _, value in cells)))
    for name, pairs in (("simplified", simplified(chars, properties)), ("variant", variants(chars, properties))):
        ordered = sorted(pairs.items())
        sections.append((name, "".join(one for one, _ in ordered), "".join(other for _, other in ordered)))
    for name in ("kMainlandTelegraph", "kTaiwanTelegraph"):
        codes = sorted((code, c) for c, value in properties[name].items() if c in chars for code in value.split())
        sections.append((name, " ".join(code for code, _ in codes), "".join(c for _, c in codes)))
    return "".join(f"[{name}]\n{keys}\n{values}\n" for name, keys, values in sections)


def mandarin(properties: Properties) -> str:
    """Compose mandarin.txt: the syllables of the Table of General Standard Characters with their tones."""
    tones: dict[str, set[str]] = defaultdict(set)
    for character in properties["kTGH"]:
        for syllable, tone in syllables(character, properties):
            tones[syllable].add(tone)
    header = HEADER.format(
        title="Syllables of Mandarin in pinyin, ü as v; tab; the tones they are read in, 5 for the neutral one.",
        properties="kMandarin, kTGHZ2013, kXHC1983, kHanyuPinlu of the characters of kTGH",
        version=VERSION,
    )
    spoken = (syllable for syllable in tones if re.search("[aeiouv]", syllable))
    return header + "".join(f"{syllable}\t{''.join(sorted(tones[syllable]))}\n" for syllable in sorted(spoken))


def main() -> int:
    """Write the tables, or compare them where --check is given."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--check", action="store_true")
    arguments.add_argument("--unihan", type=Path, default=UNIHAN)
    options = arguments.parse_args()
    properties = unihan(options.unihan)
    title = "Han characters: Mandarin, Cantonese, Korean and Japanese readings, variants, telegraph codes."
    passport = HEADER.format(title=title, properties=", ".join(READ.split()), version=VERSION) + "\n"
    body, listed = han(properties), mandarin(properties)
    table, listing = TABLES / "han.bin", TABLES / "mandarin.txt"
    if not options.check:
        packed = lzma.compress(body.encode(), format=lzma.FORMAT_XZ, preset=9 | lzma.PRESET_EXTREME)
        table.write_bytes(passport.encode() + packed)
        listing.write_text(listed, encoding="utf-8", newline="\n")
        return 0
    head, _, packed = table.read_bytes().partition(b"\n\n")
    is_same = head + b"\n\n" == passport.encode() and lzma.decompress(packed).decode() == body
    for path, same in ((table, is_same), (listing, listing.read_text(encoding="utf-8") == listed)):
        if not same:
            print(f"{path}: not what {Path(__file__).name} makes of Unihan {VERSION}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
