"""The Unicode CLDR in, src/screenkit/model/countries.txt out.

Run it with Babel installed, which carries the CLDR; screenkit itself does not need Babel:

    python tools/make_countries.py            # writes the table
    python tools/make_countries.py --check    # exits with 1 where the table is not what would be written
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.core import get_cldr_version, get_global

TABLE = Path(__file__).parents[1] / "src" / "screenkit" / "model" / "countries.txt"
#: Of these languages the names are read: those of the lists' publishers, and of the customers of most banks.
LANGUAGES = (
    "en", "fr", "de",
    "ar", "az", "be", "bg", "cs", "da", "el", "es", "et", "fa", "fi", "he", "hr", "hu", "hy", "id", "is", "it", "ja",
    "ka", "kk", "ko", "lt", "lv", "ms", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk",
    "ur", "uz", "vi", "zh",
)  # fmt: skip
#: Alpha-2 codes of the CLDR that ISO 3166-1 doesn't assign to a country: exceptionally reserved, unions,
#: private use. XK (Kosovo) is private use too, but stays: every list that names Kosovo uses it.
NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
#: Alpha-3 codes that the CLDR still resolves and ISO 3166-1 has withdrawn.
WITHDRAWN = frozenset({"ANT", "BUR", "DDR", "FXX", "NTZ", "SCG", "SUN", "TMP", "YMD", "YUG", "ZAR"})
#: How many letters a code has at most.
LONGEST_CODE = 3
HEADER = """\
# Country names and codes: ISO 3166-1 alpha-2 in lower case, tab, name or alpha-3 code, tab, which it is.
# Source: Unicode CLDR, territory names and territory aliases.
# Version: CLDR {version}.
# Licence: Unicode License v3 (Unicode-3.0), Copyright Unicode, Inc.
# Generator: tools/make_countries.py; never edited by hand. Further forms stand in countries_aliases.txt.
"""


def rows() -> Iterator[tuple[str, str, str]]:
    """Stream (code, name, kind), the kind being "alpha-3" or a language."""
    territories = {language: Locale(language).territories for language in LANGUAGES}
    codes = {code for code in territories["en"] if len(code) == 2} - NO_COUNTRY
    for alpha3, targets in get_global("territory_aliases").items():
        if len(alpha3) == 3 and alpha3.isalpha() and alpha3 not in WITHDRAWN and targets[0] in codes:
            yield targets[0].lower(), alpha3, "alpha-3"
    meant: dict[str, set[str]] = {}
    for names in territories.values():
        for code in codes & names.keys():
            meant.setdefault(plain(names[code]), set()).add(code)
    for language, names in territories.items():
        for code in codes & names.keys():
            name = plain(names[code])
            # "Kongo" is two countries, by language; Vietnamese "Áo" and "Nga" would be the codes of others.
            if len(meant[name]) == 1 and not (name.isascii() and len(name) <= LONGEST_CODE):
                yield code.lower(), unicodedata.normalize("NFC", names[code]), language


def plain(name: str) -> str:
    """The name without case and accents, by which names are found."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def table() -> str:
    """Compose the whole table, sorted."""
    lines = ("\t".join(row) for row in sorted(rows(), key=lambda row: (row[0], row[2], row[1])))
    return HEADER.format(version=get_cldr_version()) + "".join(f"{line}\n" for line in lines)


def main() -> int:
    """Write the table, or compare it where --check is given."""
    made = table()
    if "--check" not in sys.argv[1:]:
        TABLE.write_text(made, encoding="utf-8", newline="\n")
        return 0
    if TABLE.read_text(encoding="utf-8") == made:
        return 0
    print(f"{TABLE}: not what {Path(__file__).name} makes of CLDR {get_cldr_version()}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
