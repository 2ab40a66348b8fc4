"""OFAC's legacy CSV: the excerpt's every field, its damaged cousins, and the published editions."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from screenkit.errors import ListFormatError
from screenkit.model import Designation, IdentifierType, Kind, ListedName, NameType, Strength
from screenkit.sources import ListReader, read

from .reading import by_id, faults

Excerpt = Callable[[str], Path]


@pytest.fixture
def folder(excerpt: Excerpt, tmp_path: Path) -> Path:
    """A copy of the excerpt that a test may damage."""
    return Path(shutil.copytree(excerpt("ofac_legacy"), tmp_path / "list"))


@pytest.fixture
def listed(excerpt: Excerpt) -> Mapping[str, Designation]:
    return by_id("us_ofac_sdn", excerpt("ofac_legacy"))


def names(one: Designation) -> list[ListedName]:
    """The names as published, without those derived from them."""
    return [name for name in one.names if name.derived_from is None]


def exhaust(reader: ListReader) -> list[Designation]:
    return list(reader)


def change(path: Path, old: bytes, new: bytes) -> None:
    """Replace the first occurrence, which has to be there."""
    before = path.read_bytes()
    assert old in before
    path.write_bytes(before.replace(old, new, 1))


# The excerpt


def test_kinds_programs_and_format(excerpt: Excerpt) -> None:
    reader = read("us_ofac_sdn", excerpt("ofac_legacy"))
    found = exhaust(reader)
    assert reader.format.id == "ofac_legacy"
    assert [(one.id, one.kind) for one in found] == [
        ("101", Kind.ORGANIZATION),
        ("102", Kind.ORGANIZATION),
        ("103", Kind.PERSON),
        ("104", Kind.VESSEL),
        ("105", Kind.AIRCRAFT),
        ("106", Kind.PERSON),
        ("107", Kind.PERSON),
    ]
    assert [program.code for program in found[0].programs] == ["NPWMD", "IFSR"]
    assert reader.edition.programs["IFSR"] == 2
    assert reader.edition.published is None  # the files state no date
    assert found[0].edition is not None
    assert found[0].source == "us_ofac_sdn"


def test_unknown_program_is_kept_and_counted(excerpt: Excerpt) -> None:
    reader = read("us_ofac_sdn", excerpt("ofac_legacy"))
    exhaust(reader)
    assert reader.unknown_programs["XX-NEW"] == 1


def test_consolidated_file_names_are_read_alike(folder: Path) -> None:
    for old, new in (("sdn", "cons_prim"), ("alt", "cons_alt"), ("add", "cons_add"), ("sdn_comments", "cons_comments")):
        (folder / f"{old}.csv").rename(folder / f"{new}.csv")
    found = exhaust(read("us_ofac_cons", folder))
    assert names(found[0])[1].text == "HARBOR LIGHT TRADING"
    assert found[2].relations[0].name == "NORTH STAR SHIPPING S.A."


def test_names_of_all_files_in_order(listed: Mapping[str, Designation]) -> None:
    told = [(name.text, name.type, name.strength) for name in names(listed["101"])]
    assert told == [
        ("HARBOR LIGHT TRADING CO., LTD.", NameType.PRIMARY, Strength.STRONG),
        ("HARBOR LIGHT TRADING", NameType.AKA, Strength.STRONG),
        ("LANTERN TRADING COMPANY", NameType.FKA, Strength.STRONG),
        ("H.L.T.", NameType.AKA, Strength.WEAK),
    ]
    assert names(listed["102"])[1].type is NameType.NKA


def test_quotes_nest_in_weak_names(listed: Mapping[str, Designation]) -> None:
    weak = [(name.text, name.type) for name in names(listed["103"]) if name.is_weak]
    assert weak == [
        ("COMRADE 'LONG' RI", NameType.AKA),
        ("RI, Chol", NameType.FKA),
        ("HARBOR KEEPER", NameType.NKA),
    ]


def test_names_of_persons_are_divided(listed: Mapping[str, Designation]) -> None:
    def parts(id: str, which: int = 0) -> list[tuple[str, str]]:
        return [(part.role, part.text) for part in names(listed[id])[which].parts]

    assert parts("103") == [("surname", "RI"), ("given", "Chol-min")]
    assert parts("103", 1) == [("surname", "RI"), ("given", "'Ch'o'l-min")]
    assert parts("106") == [("surname", "MORENO VEGA"), ("given", "Ana Lucia"), ("suffix", "JR.")]
    assert parts("107") == []
    assert parts("101") == []


def test_addresses_without_nulls(listed: Mapping[str, Designation]) -> None:
    assert [(one.text, one.country) for one in listed["101"].addresses] == [
        ("12 Pier Road, P.O. Box 7, Bandar Abbas, Iran", "ir"),
        ("United Arab Emirates", "ae"),
    ]
    assert listed["102"].addresses == ()
    assert [(one.text, one.country) for one in listed["103"].addresses] == [("Nampo, Korea, North", "kp")]


def test_remarks_of_the_small_files_are_facts(listed: Mapping[str, Designation]) -> None:
    assert ("Add_remarks", "warehouse") in listed["101"].facts
    assert ("alt_remarks", "RI, 'Ch'o'l-min: as printed in his passport") in listed["103"].facts


def test_a_continued_remark_is_joined_in_mid_word(listed: Mapping[str, Designation]) -> None:
    one = listed["103"]
    wallets = [found for found in one.identifiers if found.type is IdentifierType.WALLET]
    assert [wallet.value for wallet in wallets] == [
        f"1Harbor0{number}QxkZtVmNbLpRsYwCdEfGhJk" for number in range(len(wallets))
    ]
    assert len(wallets) == 4
    assert {wallet.label for wallet in wallets} == {"Digital Currency Address - XBT"}
    assert len(one.remarks) == 1_110
    assert one.remarks.startswith("DOB circa 1961; ")
    assert one.remarks.endswith("Linked To: NORTH STAR SHIPPING S.A.")


def test_person(listed: Mapping[str, Designation]) -> None:
    one = listed["103"]
    assert [(date.text, date.earliest, date.latest, date.circa) for date in one.birth_dates] == [
        ("circa 1961", dt.date(1961, 1, 1), dt.date(1961, 12, 31), True),
        ("1955 to 1957", dt.date(1955, 1, 1), dt.date(1957, 12, 31), False),
        ("12 Mar 1962", dt.date(1962, 3, 12), dt.date(1962, 3, 12), False),
    ]
    assert [(place.text, place.country) for place in one.birth_places] == [
        ("Nampo, Korea, North", "kp"),
        ("Riverton, Wyoming, United States", "us"),
    ]
    assert [(place.text, place.country) for place in one.nationalities] == [("Korea, North", "kp"), ("China", "cn")]
    assert [place.country for place in one.citizenships] == ["cd"]
    assert one.gender == "male"
    assert one.titles == ("Major General; Director, Harbor Bureau",)
    assert [(tie.type, tie.name) for tie in one.relations] == [("linked to", "NORTH STAR SHIPPING S.A.")]


def test_secondary_sanctions_are_no_prohibitions(listed: Mapping[str, Designation]) -> None:
    assert listed["103"].secondary_sanctions == (
        "Secondary sanctions risk: North Korea Sanctions Regulations, sections 510.201 and 510.210",
    )
    assert listed["103"].prohibitions == (
        "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions: "
        "North Korea Sanctions Regulations section 510.214",
    )
    assert listed["101"].secondary_sanctions == ("Additional Sanctions Information - Subject to Secondary Sanctions",)
    assert listed["105"].secondary_sanctions == (
        "Secondary sanctions risk: section 1(b) of Executive Order 13224, as amended by Executive Order 13886",
        "Additional Sanctions Information - Subject to Secondary Sanctions Pursuant to the Hizballah "
        "Financial Sanctions Regulations",
    )
    assert not listed["102"].has_secondary_sanctions_risk


def test_identifiers(listed: Mapping[str, Designation]) -> None:
    def told(id: str) -> list[tuple[str, str, str | None, str, str]]:
        found = listed[id].identifiers
        return [(one.type.value, one.value, one.country, one.label, one.note) for one in found]

    assert told("101") == [
        ("tax", "5501-22", "ir", "Tax ID No.", "(Iran)"),
        ("duns", "54-295-7624", None, "D-U-N-S Number", ""),
        ("bic", "HLTCIRTH", None, "SWIFT/BIC", ""),
        ("website", "www.harborlight.example", None, "Website", ""),
        ("website", "http://harborlight.example/en", None, "Website", ""),
        ("lei", "5299000ABCDEFGHIJK42", "ir", "Legal Entity Number", "(Iran)"),
        ("company imo", "5055555", None, "Company Number", ""),
        ("other", "HP-12", "ir", "Harbour Permit No.", "(Iran)"),
    ]
    assert told("103")[:6] == [
        (
            "passport",
            "745000001",
            "kp",
            "Passport",
            "(Korea, North) issued 03 Feb 2010 expires 03 Feb 2020",
        ),
        ("passport", "D366 871", "cn", "Passport", "(China)"),
        ("national id", "13/Ka La Ma (Naing)000001", "mm", "National ID No.", "(Burma)"),
        ("chinese commercial code", "2621 0948 3046", None, "Chinese Commercial Code", ""),
        ("email", "rcm@harbor.example", None, "Email Address", ""),
        ("phone", "(850)(2)(381 0001)", None, "Phone Number", ""),
    ]
    assert told("104") == [
        ("call sign", "HMZZ1", None, "Vessel Call Sign", ""),
        ("imo", "9100001", None, "Vessel Registration Identification", ""),
        ("mmsi", "445000001", None, "MMSI", ""),
        ("call sign", "HMZZ2", None, "Other Vessel Call Sign", ""),
    ]
    assert [row[:2] for row in told("105")] == [
        ("serial number", "8401"),
        ("serial number", "1023409321"),
        ("tail number", "EP-ZZA"),
        ("tail number", "2-ZZAB"),
    ]


def test_vessel_and_aircraft(listed: Mapping[str, Designation]) -> None:
    vessel, aircraft = listed["104"], listed["105"]
    assert vessel.facts == (
        ("Vessel Type", "Crude Oil Tanker"),
        ("Vessel Tonnage", "298,731"),
        ("Vessel Gross Registered Tonnage", "159,681"),
        ("Vessel Flag", "Panama"),
        ("Former Vessel Flag", "Malta"),
        ("Former Vessel Flag", "None Identified"),
        ("Vessel Year of Build", "1999"),
    )
    assert [(tie.type, tie.name) for tie in vessel.relations] == [
        ("vessel owner", "North Star Shipping S.A."),
        ("linked to", "NORTH STAR SHIPPING S.A."),
    ]
    assert aircraft.facts == (("Aircraft Manufacture Date", "1992"), ("Aircraft Model", "IL76-TD"))
    assert [(tie.type, tie.name) for tie in aircraft.relations] == [("aircraft operator", "HARBOR AIR")]


def test_directives_belong_to_the_program_of_their_order(listed: Mapping[str, Designation]) -> None:
    one = listed["102"]
    assert [(program.code, program.detail) for program in one.programs] == [
        ("UKRAINE-EO13662", "Directive 1, Directive 4"),
        ("XX-NEW", ""),
    ]
    assert one.facts == (
        ("Executive Order 13662 Directive Determination", "Subject to Directive 4"),
        ("Executive Order 13662 Directive Determination", "Subject to Directive 1"),
    )


def test_the_closing_period_is_a_name_s_own_where_the_list_has_it(listed: Mapping[str, Designation]) -> None:
    assert listed["102"].relations[-1].name == "HARBOR LIGHT TRADING CO., LTD."
    assert listed["101"].relations[-1].name == "RI, Chol-min"


def test_what_cannot_be_read_is_kept_and_counted(excerpt: Excerpt) -> None:
    reader = read("us_ofac_sdn", excerpt("ofac_legacy"))
    listed = {one.id: one for one in reader}
    one = listed["106"]
    assert [(text.field, text.text) for text in one.unparsed] == [
        ("DOB", "born in the spring"),
        ("Gender", "Unknown"),
        ("Passport", "Passport issued in Riverton"),
    ]
    assert one.birth_dates == ()
    assert one.gender is None
    assert one.titles == ("Deputy Harbor Master",)
    assert ("Tribe", "Harbor") in one.facts
    assert "wife of the harbor master" in one.remarks
    assert ("alt_type", "dba: TARIQ STORES") in listed["107"].facts
    assert names(listed["107"])[1].type is NameType.AKA
    counted = [(notice.file, notice.record, notice.field, notice.value) for notice in reader.notices]
    assert counted == [
        ("sdn.csv", "101", "Trade License No.", "Trade License No. Provisional"),
        ("sdn.csv", "106", "DOB", "born in the spring"),
        ("sdn.csv", "106", "Gender", "Unknown"),
        ("sdn.csv", "106", "Passport", "Passport issued in Riverton"),
        ("alt.csv", "107", "alt_type", "dba"),
    ]


# Its damaged cousins


def test_a_cut_remark_is_counted_and_its_torn_clause_kept(folder: Path) -> None:
    (folder / "sdn_comments.csv").unlink()
    reader = read("us_ofac_sdn", folder)
    one = {found.id: found for found in reader}["103"]
    assert [(text.field, text.text) for text in one.unparsed] == [("Remarks", "alt. Digital Curren")]
    assert len([found for found in one.identifiers if found.type is IdentifierType.WALLET]) == 3
    counted = [notice for notice in reader.notices if notice.record == "103"]
    assert len(counted) == 1
    assert counted[0].field == "Remarks"
    assert "stops at 1,000 characters" in counted[0].problem
    assert "aliases, wallets" in counted[0].problem


def test_a_cut_wording_on_secondary_sanctions_still_counts(folder: Path) -> None:
    (folder / "sdn_comments.csv").unlink()
    wording = b"Secondary sanctions risk: North Korea Sanctions Regulations, sections 510.201 and 510.2"
    filler = b"Digital Currency Address - XBT " + b"1" * (1_000 - len(wording) - 33) + b"; "
    change(folder / "sdn.csv", b'"DOB born in the spring', b'"' + filler + wording + b'"#"')
    lines = (folder / "sdn.csv").read_bytes().split(b"\r\n")
    lines = [line.partition(b"#")[0] if b'"#"' in line else line for line in lines]
    (folder / "sdn.csv").write_bytes(b"\r\n".join(lines))
    one = by_id("us_ofac_sdn", folder)["106"]
    assert len(one.remarks) == 1_000
    assert one.secondary_sanctions == (wording.decode("ascii"),)
    assert one.unparsed == ()


def test_a_space_before_the_cut_is_no_white_space_to_strip(folder: Path) -> None:
    first = b"Digital Currency Address - XBT " + b"1" * 900 + b"; Linked To: " + b"A" * 55 + b" "
    assert len(first) == 1_000
    change(folder / "sdn.csv", b"-0- ,-0- \r\n\x1a", b'-0- ,"' + first + b'"\r\n\x1a')
    with (folder / "sdn_comments.csv").open("ab") as comments:
        comments.write(b'107,"BETA LINES."\r\n')
    one = by_id("us_ofac_sdn", folder)["107"]
    assert one.relations[0].name == "A" * 55 + " BETA LINES"


def test_a_continued_remark_of_another_length_is_counted(folder: Path) -> None:
    with (folder / "sdn_comments.csv").open("ab") as comments:
        comments.write(b'104,"HELD."\r\n')
    reader = read("us_ofac_sdn", folder)
    one = {found.id: found for found in reader}["104"]
    assert one.remarks.endswith("NORTH STAR SHIPPING S.A.HELD.")
    assert any(notice.record == "104" and "is continued" in notice.problem for notice in reader.notices)


@pytest.mark.parametrize("given", [["sdn.csv"], ["sdn.csv", "sdn_comments.csv"]])
def test_the_main_file_alone_is_no_list(excerpt: Excerpt, given: list[str]) -> None:
    paths = [excerpt(f"ofac_legacy/{name}") for name in given]
    with pytest.raises(ListFormatError) as caught:
        exhaust(read("us_ofac_sdn", paths))
    assert len(caught.value.faults) == 2
    assert "alt.csv (cons_alt.csv) is missing, and with it all aliases: give the folder" in caught.value.faults[0]
    assert "add.csv (cons_add.csv) is missing" in caught.value.faults[1]


def test_two_main_files_are_two_editions(folder: Path) -> None:
    shutil.copy(folder / "sdn.csv", folder / "sdn_2.csv")
    (fault,) = faults("us_ofac_sdn", folder)
    assert "a second sdn.csv (cons_prim.csv), besides sdn.csv" in fault


def test_rows_without_their_record_are_faults(folder: Path) -> None:
    change(folder / "alt.csv", b"\x1a", b'900,"31","aka","NOBODY",-0- \r\n\x1a')
    change(folder / "add.csv", b"\x1a", b'901,32,-0- ,"Nowhere","Iran",-0- \r\n\x1a')
    with (folder / "sdn_comments.csv").open("ab") as comments:
        comments.write(b'902,"more"\r\n')
    told = faults("us_ofac_sdn", folder)
    assert len(told) == 3
    assert [fault.split(":")[0] for fault in sorted(told)] == [
        "add.csv, record 901, ent_num",
        "alt.csv, record 900, ent_num",
        "sdn_comments.csv, record 902, ent_num",
    ]


def test_faults_of_all_files_are_told_together(folder: Path) -> None:
    change(folder / "sdn.csv", b'"NORTH STAR SHIPPING S.A."', b"-0- ")
    change(folder / "sdn.csv", b'104,"SEA LANTERN",', b',"SEA LANTERN",')
    change(folder / "sdn.csv", b'"EP-ZZA","aircraft",', b'"EP-ZZA",')
    change(folder / "sdn.csv", b'107,"ABU TARIQ"', b'107,"ABU TARIQ')
    change(folder / "alt.csv", b'"LANTERN TRADING COMPANY"', b"-0- ")
    told = faults("us_ofac_sdn", folder)
    assert len(told) == 6
    assert any(fault.startswith("sdn.csv, record 102, SDN_Name: the record has no name") for fault in told)
    assert any(fault.startswith("sdn.csv, line 4") and "ent_num" in fault for fault in told)
    assert any(fault.startswith("sdn.csv, line 5") and "expected 12 fields" in fault for fault in told)
    assert any(fault.startswith("sdn.csv, line 7") and "quoted value" in fault for fault in told)
    assert any(fault.startswith("alt.csv, record 101, alt_name: the alias has no name") for fault in told)
    # The number before a quote without an end can't be read, so that its alias has lost its record.
    assert any(fault.startswith("alt.csv, record 107, ent_num") for fault in told)


def test_a_repeated_id_is_a_fault_of_the_main_file(folder: Path) -> None:
    change(folder / "sdn.csv", b'106,"MORENO', b'105,"MORENO')
    (fault,) = faults("us_ofac_sdn", folder)
    assert fault.startswith("sdn.csv, record 105, ent_num: '105': a second record has this ID, in line 6")


def test_a_file_cut_in_a_record_is_refused(folder: Path) -> None:
    whole = (folder / "sdn.csv").read_bytes()
    (folder / "sdn.csv").write_bytes(whole[: whole.index(b"Tribe: Harbor")])
    told = faults("us_ofac_sdn", folder)
    assert any("the file is cut off here" in fault for fault in told)
    assert any(fault.startswith("alt.csv, record 107") for fault in told)


def test_a_file_cut_after_a_record_is_refused(folder: Path) -> None:
    whole = (folder / "alt.csv").read_bytes()
    (folder / "alt.csv").write_bytes(whole.removesuffix(b"\r\n\x1a"))
    (fault,) = faults("us_ofac_sdn", folder)
    assert fault.startswith("alt.csv, line 5")
    assert fault.endswith("the file is cut off here: no line end and no Ctrl-Z follows")


@pytest.mark.parametrize("name", ["sdn.csv", "alt.csv", "add.csv"])
def test_a_lost_ctrl_z_is_counted(folder: Path, name: str) -> None:
    change(folder / name, b"\x1a", b"")
    reader = read("us_ofac_sdn", folder)
    assert len(exhaust(reader)) == 7
    assert [notice.file for notice in reader.notices if "no Ctrl-Z" in notice.problem] == [name]


def test_line_ends_marks_and_blank_lines_do_not_matter(folder: Path, excerpt: Excerpt) -> None:
    for name in ("sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"):
        unix = (folder / name).read_bytes().replace(b"\r\n", b"\n")
        (folder / name).write_bytes(b"\xef\xbb\xbf" + unix + b"\n\n")
    changed, original = read("us_ofac_sdn", folder), read("us_ofac_sdn", excerpt("ofac_legacy"))
    assert [one.names for one in changed] == [one.names for one in original]
    assert changed.notices == original.notices


def test_bytes_that_are_no_text_name_their_file(folder: Path) -> None:
    change(folder / "sdn.csv", b"SEA LANTERN", b"SEA L\xe9NTERN")
    assert any(fault.startswith("sdn.csv,") and "not UTF-8" in fault for fault in faults("us_ofac_sdn", folder))


def test_another_csv_is_not_recognized(tmp_path: Path) -> None:
    (tmp_path / "sdn.csv").write_text("number,whatever\r\nA1,ACME\r\n", encoding="ascii")
    with pytest.raises(ListFormatError, match="a file that begins 'number,whatever'"):
        read("us_ofac_sdn", tmp_path / "sdn.csv")


# What is lost, and whether that refuses the list


def test_a_comment_whose_inner_quotes_are_not_doubled_is_read(folder: Path) -> None:
    """OFAC published such a file in March 2020; nothing of it is lost."""
    whole = (folder / "sdn_comments.csv").read_text(encoding="ascii")
    entry = whole.split(",", 1)[0]
    with (folder / "sdn_comments.csv").open("ab") as comments:
        comments.write(entry.encode() + b',"; said "to be" a.k.a. \'NEW MOON\'."\r\n')
    reader = read("us_ofac_sdn", folder)
    found = {one.id: one for one in reader}[entry]
    assert found.remarks.endswith("said \"to be\" a.k.a. 'NEW MOON'.")
    assert [notice.problem for notice in reader.notices if notice.file == "sdn_comments.csv"] == [
        "its inner quotes are not doubled; read to the last quote of the line"
    ]
    assert reader.losses == ()


@pytest.mark.parametrize(
    ("name", "row"),
    [("sdn_comments.csv", b'104,"Tribe: Harbor "quarter\r\n'), ("add.csv", b'104,9,"Pier 4,"Port\r\n\x1a')],
)
def test_a_lost_remark_or_address_is_counted_and_refuses_a_strict_reading(folder: Path, name: str, row: bytes) -> None:
    whole = (folder / name).read_bytes().removesuffix(b"\x1a")
    (folder / name).write_bytes(whole + row)
    reader = read("us_ofac_sdn", folder)
    assert len(exhaust(reader)) == 7
    (loss,) = reader.losses
    assert loss.file == name
    assert loss in reader.notices
    with pytest.raises(ListFormatError) as refused:
        exhaust(read("us_ofac_sdn", folder, strict=True))
    assert any(fault.startswith(f"{name}, line") for fault in refused.value.faults)


@pytest.mark.parametrize("stated", [b"a.k.a. 'NEW ", b"Passport A123456 ", b"IMO 9187629 "])
def test_a_lost_alias_or_identifier_refuses_the_list(folder: Path, stated: bytes) -> None:
    with (folder / "sdn_comments.csv").open("ab") as comments:
        comments.write(b'104,"; ' + stated + b'"quoted\r\n')
    (fault,) = faults("us_ofac_sdn", folder)
    assert fault.startswith("sdn_comments.csv, line")


def test_an_organizations_imo_number_is_the_companys(folder: Path) -> None:
    remark = b'"Identification Number IMO 5987860; Vessel Registration Identification IMO 9187629."'
    rows = (folder / "sdn.csv").read_bytes().split(b"\r\n")
    at = next(number for number, row in enumerate(rows) if b"NORTH STAR" in row)
    rows[at] = (
        rows[at].split(b'"NORTH STAR')[0] + b'"NORTH STAR SHIPPING S.A.",-0- ,"SDGT"' + b",-0- " * 7 + b"," + remark
    )
    (folder / "sdn.csv").write_bytes(b"\r\n".join(rows))
    found = next(one for one in read("us_ofac_sdn", folder) if one.name.startswith("NORTH STAR"))
    assert [(one.type.value, one.value) for one in found.identifiers] == [
        ("company imo", "5987860"),
        ("imo", "9187629"),
    ]


# The published editions


@pytest.fixture(scope="module")
def published(shared: Callable[[str], Path]) -> Callable[[str], tuple[ListReader, Mapping[str, Designation]]]:
    """An edition, read once."""
    editions: dict[str, tuple[ListReader, Mapping[str, Designation]]] = {}

    def edition(date: str) -> tuple[ListReader, Mapping[str, Designation]]:
        if date not in editions:
            reader = read("us_ofac_sdn", shared(f"lists/us_ofac_sdn/{date}"))
            editions[date] = (reader, {one.id: one for one in reader})
        return editions[date]

    return edition


Published = Callable[[str], tuple[ListReader, Mapping[str, Designation]]]


def count_names(listed: Mapping[str, Designation]) -> Counter[tuple[str, str]]:
    published = (name for one in listed.values() for name in names(one))
    return Counter((name.type.value, name.strength.value) for name in published)


def count_program(listed: Mapping[str, Designation], code: str) -> tuple[int, int]:
    under = [one for one in listed.values() if any(program.code == code for program in one.programs)]
    return sum(one.has_secondary_sanctions_risk for one in under), len(under)


def test_2021_counts(published: Published) -> None:
    reader, listed = published("2021-07-07")
    assert reader.edition.counts == {"person": 4_620, "organization": 3_673, "vessel": 406, "aircraft": 277}
    assert len(listed) == 8_976
    assert count_names(listed) == {
        ("primary", "strong"): 8_976,
        ("a.k.a.", "strong"): 11_523,
        ("f.k.a.", "strong"): 369,
        ("n.k.a.", "strong"): 18,
        ("a.k.a.", "weak"): 2_418,
        ("f.k.a.", "weak"): 24,
    }
    # Of 13,837 rows 2,397 state nothing.
    assert sum(len(one.addresses) for one in listed.values()) == 11_440
    assert [notice.record for notice in reader.notices] == ["6931", "7577", "8116", "11968"]


def test_2021_continued_remarks(published: Published) -> None:
    _, listed = published("2021-07-07")
    assert [one.id for one in listed.values() if len(one.remarks) > 1_000] == [
        "12300",
        "28263",
        "28264",
        "29703",
        "30518",
    ]
    assert names(listed["28263"])[-1].text.startswith("snowsjohn")
    assert "PROMO RAIZ S.A.S." in {tie.name for tie in listed["12300"].relations}
    assert listed["12300"].relations[-1].name == "R D I S.A."
    phones = [one.value for one in listed["28264"].identifiers if one.type is IdentifierType.PHONE]
    assert phones == ["8613314257947", "8618004121000"]
    assert listed["28264"].prohibitions
    wallets = [one for one in listed["30518"].identifiers if one.type is IdentifierType.WALLET]
    assert wallets[-1].value == "18M8bJWMzWHDBMxoLqjHHAffdRy4SrzkfB"
    assert wallets[-1].label == "Digital Currency Address - BCH"


def test_2023_counts(published: Published) -> None:
    reader, listed = published("2023-12-28")
    assert reader.edition.counts == {
        "person": 6_646,
        "organization": 6_033,
        "vessel": 764,
        "aircraft": 378,
    }
    assert len(listed) == 13_821
    counted = count_names(listed)
    assert counted["a.k.a.", "strong"] + counted["f.k.a.", "strong"] + counted["n.k.a.", "strong"] == 17_091
    assert (counted["a.k.a.", "weak"], counted["f.k.a.", "weak"], counted["n.k.a.", "weak"]) == (3_283, 86, 1)
    # Of 18,990 rows 2,652 state nothing.
    assert sum(len(one.addresses) for one in listed.values()) == 16_338


def test_2023_secondary_sanctions_are_the_entry_s(published: Published) -> None:
    _, listed = published("2023-12-28")
    assert count_program(listed, "NPWMD") == (826, 898)
    assert count_program(listed, "RUSSIA-EO14024") == (140, 3_523)
    assert sum(bool(one.prohibitions) for one in listed.values()) == 582


def test_2023_cut_remarks_are_counted(published: Published) -> None:
    reader, listed = published("2023-12-28")
    cut = [notice.record for notice in reader.notices if "stops at 1,000 characters" in notice.problem]
    assert len(cut) == 17
    assert [notice.record for notice in reader.notices if notice.record not in cut] == ["6931", "8116", "11968"]
    assert listed["27307"].unparsed[0].text == "a.k.a. 'WHOIS HACKIN"
    # Cut in mid-sentence, but a statement all the same.
    assert listed["45430"].has_secondary_sanctions_risk
    assert listed["44718"].prohibitions == ("Transactions Prohibited For Persons Owned or Controlled By U.S.",)


def test_2023_known_entries(published: Published) -> None:
    _, listed = published("2023-12-28")
    one = listed["22609"]
    assert [name.text for name in names(one)] == ["LI, Hong Ri", "RI, Hong-il", "LI, Hongri"]
    divided = [[(part.role, part.text) for part in name.parts] for name in names(one)]
    assert divided[1] == [("surname", "RI"), ("given", "Hong-il")]
    assert [(tie.type, tie.name) for tie in one.relations] == [("linked to", "RI, Song-hyok")]
    metals = listed["22603"]
    assert [program.code for program in metals.programs] == ["DPRK3"]
    assert metals.kind is Kind.ORGANIZATION
    assert [(program.code, program.detail) for program in listed["17018"].programs] == [
        ("UKRAINE-EO13662", "Directive 1"),
        ("RUSSIA-EO14024", "Directive 2, Directive 3"),
    ]


def test_2023_few_identifiers_are_of_no_known_sort(published: Published) -> None:
    _, listed = published("2023-12-28")
    sorts = Counter(one.type.value for found in listed.values() for one in found.identifiers)
    assert sorts["other"] == 353
    assert sorts["wallet"] == 264
    assert (sorts["imo"], sorts["company imo"]) == (764, 113)
    assert sorts["chinese commercial code"] == 12
    assert sorts["bic"] == 153
