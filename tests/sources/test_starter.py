"""The embedded starter list: who is on it, what each record states, and that OFAC's own file agrees."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import attrs
import pytest

from screenkit.model import Designation, Kind, Measure, NameType
from screenkit.sources import ListReader, manifest, read
from screenkit.sources.starter import STARTER, starter_path

from .reading import published

BANK_OF_DANDONG = "FINCEN-311-BANK-OF-DANDONG"
#: The actions that the list is made of, by the day of listing.
ACTIONS = {
    "2016-09-26": {"20564", "20565", "20566", "20567", "20701"},
    "2017-06-01": {
        *("22283", "22284", "22285", "22286", "22287", "22288"),
        *("22323", "22324", "22325", "22326"),
    },
    "2017-06-29": {"22609", "22623", "22624"},
    "2017-08-22": {
        *("21737", "22583", "22603", "22605", "22606", "22607", "22608", "22610"),
        *("22612", "22613", "22614", "22701", "22702", "22703", "22704"),
    },
}
#: Named on 22 August 2017 and delisted since.
IRINA_HUISH = "22611"
NULL = "-0-"


@pytest.fixture(scope="module")
def reader() -> tuple[ListReader, Mapping[str, Designation]]:
    reading = read(STARTER, starter_path())
    return reading, {found.id: found for found in reading}


@pytest.fixture(scope="module")
def records(reader: tuple[ListReader, Mapping[str, Designation]]) -> Mapping[str, Designation]:
    return reader[1]


def test_the_edition_says_that_it_is_the_starter_list(reader: tuple[ListReader, object]) -> None:
    edition = reader[0].edition
    assert (edition.source, edition.coverage, edition.format) == ("starter", "starter", "house")
    assert edition.published == "2023-12-28"
    assert edition.counts == {"person": 19, "organization": 41}
    assert edition.counts == manifest(STARTER).minimum_counts
    assert edition.programs == {"DPRK": 2, "DPRK2": 5, "DPRK3": 26, "NPWMD": 30, "SECTION-311": 1}


def test_nothing_in_it_is_unreadable_or_unknown(reader: tuple[ListReader, object]) -> None:
    assert reader[0].notices == ()
    assert reader[0].unknown_programs == {}


def test_the_program_table_holds_the_codes_in_use_and_no_others(reader: tuple[ListReader, object]) -> None:
    programs = manifest(STARTER).programs
    assert sorted(programs) == sorted(reader[0].edition.programs)
    assert all(program.title and program.authority and program.measures for program in programs.values())


def test_its_programs_are_those_of_ofacs_manifest() -> None:
    own, official = manifest(STARTER).programs, manifest("us_ofac_sdn").programs
    codes = sorted(own.keys() - {"SECTION-311"})
    assert codes == ["DPRK", "DPRK2", "DPRK3", "NPWMD"]
    assert [own[code] for code in codes] == [official[code] for code in codes]


def test_the_four_actions_are_there_whole_but_for_those_delisted(records: Mapping[str, Designation]) -> None:
    listed = {day: {id for id, found in records.items() if found.listed_on == day} for day in ACTIONS}
    assert listed == ACTIONS


def test_the_parties_they_are_linked_to_are_there(records: Mapping[str, Designation]) -> None:
    linked = {relation.id: relation.name for found in records.values() for relation in found.relations}
    assert len(linked) >= 15
    assert {id: records[id].name for id in linked if id is not None} == linked
    assert {"11581", "15603", "9523", "20578", "11599"} <= records.keys()


def test_each_record_is_dated_and_has_its_source(records: Mapping[str, Designation]) -> None:
    for id, found in records.items():
        facts = dict(found.facts)
        if id == BANK_OF_DANDONG:
            assert facts["as_of"] == "2017-11-08"
        else:
            assert facts["as_of"] == "2023-12-28"
            assert re.fullmatch(r"[1-9]\d{3,4}", id)
            assert facts["source_url"].endswith(f"?id={id}")


def test_irina_huish_is_delisted_and_stays_out(records: Mapping[str, Designation]) -> None:
    assert IRINA_HUISH not in records
    assert not [name.text for found in records.values() for name in found.names if "huish" in name.text.casefold()]


def test_bank_of_dandong_is_under_a_special_measure_and_not_blocked(records: Mapping[str, Designation]) -> None:
    bank = records[BANK_OF_DANDONG]
    assert bank.measures == (Measure.SPECIAL_MEASURE,)
    assert [(program.code, program.measures) for program in bank.programs] == [
        ("SECTION-311", (Measure.SPECIAL_MEASURE,))
    ]
    assert "31 CFR 1010.660" in bank.programs[0].authority
    for said in ("correspondent account", "not blocking", "not an SDN entry", "82 FR 31537", "82 FR 51758"):
        assert said in bank.remarks
    assert not bank.has_secondary_sanctions_risk


def test_all_others_are_blocked_and_state_their_secondary_sanctions_risk(records: Mapping[str, Designation]) -> None:
    for found in records.values():
        if found.id != BANK_OF_DANDONG:
            assert Measure.BLOCK in found.measures
            assert [text[:25] for text in found.secondary_sanctions] == ["Secondary sanctions risk:"]
            assert [text[:23] for text in found.prohibitions] == ["Transactions Prohibited"]


def test_dandong_zhicheng_in_full(records: Mapping[str, Designation]) -> None:
    found = records["22603"]
    assert [(name.text, name.type, name.language) for name in published(found)] == [
        ("DANDONG ZHICHENG METALLIC MATERIAL CO., LTD.", NameType.PRIMARY, None),
        ("DANDONG ZHICHENG METAL MATERIALS CO., LTD", NameType.AKA, None),
        ("DANDONG CHENGTAI", NameType.AKA, None),
        ("DANDONG ZHICHENG METALLIC MINERAL CO., LIMITED", NameType.AKA, None),
        ("DANDONG CHISONG METAL MATERIALS COMPANY", NameType.AKA, None),
        ("丹东至诚金属材料有限公司", NameType.AKA, "zh"),
    ]
    assert [(program.code, program.authority) for program in found.programs] == [
        ("DPRK3", "E.O. 13722; 31 CFR Part 510")
    ]
    assert Measure.BLOCK in found.measures
    assert dict(found.facts)["source_url"] == "https://sanctionssearch.ofac.treas.gov/Details.aspx?id=22603"


def test_weak_and_former_names_are_marked(records: Mapping[str, Designation]) -> None:
    names = [(found.id, name) for found in records.values() for name in published(found)]
    assert [(id, name.text) for id, name in names if name.is_weak] == [
        ("12210", "RGB"),
        ("9345", "KOMID"),
        ("12209", "THIRD FLOOR"),
    ]
    assert {id for id, name in names if name.type is NameType.FKA} == {"9346", "9347"}


def test_native_names_state_their_language_and_who_added_them(records: Mapping[str, Designation]) -> None:
    scripts = {"zh": "Han", "ru": "Cyrillic", "ko": "Hangul"}
    for found in records.values():
        native = [name for name in published(found) if not name.text.isascii()]
        assert all(name.script == scripts[name.language or ""] for name in native)
        assert ("added by the project" in dict(found.facts).get("note", "")) == bool(native)
    languages = [name.language for found in records.values() for name in published(found) if name.language]
    assert {language: languages.count(language) for language in sorted(set(languages))} == {"ko": 24, "ru": 5, "zh": 9}


# Agreement with OFAC's file of 2023-12-28


@attrs.frozen
class Official:
    """What OFAC's legacy files state about one entry; read here anew, so that no reader checks itself."""

    row: list[str]
    names: set[tuple[str, str]]
    countries: set[str]

    @property
    def remarks(self) -> list[str]:
        return self.row[11].split("; ")


@pytest.fixture(scope="module")
def official(shared: Callable[[str], Path]) -> Mapping[str, Official]:
    folder = shared("lists/us_ofac_sdn/2023-12-28")

    def rows(name: str) -> list[list[str]]:
        text = (folder / name).read_text(encoding="ascii", errors="replace")
        return [[field.strip() for field in row] for row in csv.reader(text.splitlines()) if len(row) > 3]

    names, countries = defaultdict(set), defaultdict(set)
    for row in rows("alt.csv"):
        names[row[0]].add((row[3], row[2]))
    for row in rows("add.csv"):
        countries[row[0]].add(row[4])
    return {row[0]: Official(row, names[row[0]], countries[row[0]] - {NULL}) for row in rows("sdn.csv")}


@pytest.fixture(scope="module")
def pairs(records: Mapping[str, Designation], official: Mapping[str, Official]) -> list[tuple[Designation, Official]]:
    return [(found, official[id]) for id, found in records.items() if id != BANK_OF_DANDONG]


Pairs = list[tuple[Designation, Official]]


def test_irina_huish_is_on_ofacs_file_no_more(official: Mapping[str, Official]) -> None:
    assert IRINA_HUISH not in official


def test_names_kinds_and_programs_agree(pairs: Pairs) -> None:
    assert len(pairs) == 59
    for found, stated in pairs:
        assert found.name == stated.row[1]
        assert (found.kind is Kind.PERSON) == (stated.row[2] == "individual")
        assert [program.code for program in found.programs] == stated.row[3].split("] [")


def test_aliases_agree(pairs: Pairs) -> None:
    types = {NameType.AKA: "aka", NameType.FKA: "fka"}
    for found, stated in pairs:
        latin = [name for name in published(found)[1:] if name.text.isascii()]
        assert {(name.text, types[name.type]) for name in latin if not name.is_weak} == stated.names
        weak = {remark for remark in stated.remarks if remark.startswith("a.k.a. '")}
        assert {f"a.k.a. '{name.text}'" for name in latin if name.is_weak} == {remark.rstrip(".") for remark in weak}


def test_birth_dates_genders_and_nationalities_agree(pairs: Pairs) -> None:
    for found, stated in pairs:
        remarks = [remark.rstrip(".").removeprefix("alt. ") for remark in stated.remarks]
        assert [f"DOB {date.text}" for date in found.birth_dates] == [r for r in remarks if r.startswith("DOB ")]
        assert [f"POB {place.text}" for place in found.birth_places] == [r for r in remarks if r.startswith("POB ")]
        genders = [remark.removeprefix("Gender ").casefold() for remark in remarks if remark.startswith("Gender ")]
        assert genders == ([found.gender] if found.gender else [])
        nationalities = [f"nationality {place.text}" for place in found.nationalities]
        citizenships = [f"citizen {place.text}" for place in found.citizenships]
        assert nationalities == [remark for remark in remarks if remark.startswith("nationality ")]
        assert citizenships == [remark for remark in remarks if remark.startswith("citizen ")]


def test_identifiers_links_and_wordings_stand_in_the_remarks(pairs: Pairs) -> None:
    for found, stated in pairs:
        whole = "; ".join(stated.remarks)
        for identifier in found.identifiers:
            assert f"{identifier.label} {identifier.value}" in whole
            assert identifier.note in whole
        links = [remark for remark in stated.remarks if remark.startswith("Linked To: ")]
        assert [f"Linked To: {relation.name}".rstrip(".") for relation in found.relations] == [
            link.rstrip(".") for link in links
        ]
        for wording in (*found.secondary_sanctions, *found.prohibitions):
            assert wording in [remark.rstrip(".") for remark in stated.remarks]
        numbered = [r for r in stated.remarks if re.match("Passport|National|Registration|SWIFT", r)]
        assert len(found.identifiers) == len(numbered)


def test_addresses_are_in_the_countries_that_are_stated(pairs: Pairs) -> None:
    for found, stated in pairs:
        ends = {
            country for country in stated.countries for address in found.addresses if address.text.endswith(country)
        }
        assert ends == stated.countries
        assert all(address.country for address in found.addresses)
