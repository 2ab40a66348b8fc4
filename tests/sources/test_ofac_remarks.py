"""OFAC's remarks: each form of clause, and the law that a cut between two files loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from screenkit.model import Designation, IdentifierType, Kind, ListedName
from screenkit.sources import read
from screenkit.sources.ofac.labels import identifier_type, read_identifier, split_label
from screenkit.sources.ofac.remarks import RemarkFacts, name_parts, read_remark

SECONDARY = [
    "Additional Sanctions Information - Subject to Secondary Sanctions",
    "Additional Sanctions Information - Subject to Secondary Sanctions Pursuant to the Hizballah "
    "Financial Sanctions Regulations",
    "Secondary sanctions risk: North Korea Sanctions Regulations, sections 510.201 and 510.210",
    "Secondary sanctions risk: section 1(b) of Executive Order 13224, as amended by Executive Order 13886",
    "Secondary sanctions risk: Ukraine-/Russia-Related Sanctions Regulations, 31 CFR 589.201",
    "Secondary sanctions risk: Ukraine-/Russia-Related Sanctions Regulations, 31 CFR 589.201 and/or 589.209",
    "Secondary sanctions risk: pursuant to the Hong Kong Autonomy Act of 2020 - Public Law 116-149",
    "Secondary sanctions risk: See Section 11 of Executive Order 14024, as amended by Executive Order 14114",
]


@pytest.mark.parametrize("wording", SECONDARY)
def test_every_wording_on_secondary_sanctions(wording: str) -> None:
    assert read_remark(f"Gender Male; {wording}; a.k.a. 'X'.").secondary_sanctions == [wording]
    assert read_remark(f"alt. {wording}.").secondary_sanctions == [wording]
    assert read_remark(wording, is_cut=True).secondary_sanctions == [wording]


def test_a_party_named_for_sanctions_states_none() -> None:
    found = read_remark("Linked To: SECONDARY SANCTIONS LLC; a.k.a. 'SECONDARY SANCTIONS'.")
    assert found.secondary_sanctions == []
    assert found.relations[0].name == "SECONDARY SANCTIONS LLC"
    assert found.names[0].text == "SECONDARY SANCTIONS"


@pytest.mark.parametrize(
    ("clause", "text", "type"),
    [
        ("a.k.a. 'ABU 'ALI'", "ABU 'ALI", "a.k.a."),
        ("a.k.a. 'COMRADE 'LONG' RI'", "COMRADE 'LONG' RI", "a.k.a."),
        ("a.k.a. ''ABD AL-HAMID'", "'ABD AL-HAMID", "a.k.a."),
        ("f.k.a. 'ANA I'", "ANA I", "f.k.a."),
        ("n.k.a. 'ANA II'", "ANA II", "n.k.a."),
        ("d.b.a. 'PIER STORES'", "PIER STORES", "a.k.a."),
        ("alt. a.k.a. 'CHAFFORI, Petit'", "CHAFFORI, Petit", "a.k.a."),
    ],
)
def test_weak_names(clause: str, text: str, type: str) -> None:
    for remark in (clause, f"{clause}.", f"Gender Male; {clause}; Gender Male."):
        (name,) = read_remark(remark).names
        assert (name.text, name.type.value, name.is_weak) == (text, type, True)


def test_weak_names_of_persons_are_divided() -> None:
    (name,) = read_remark("a.k.a. 'CHAFFORI, Petit'.", kind=Kind.PERSON).names
    assert [(part.role, part.text) for part in name.parts] == [("surname", "CHAFFORI"), ("given", "Petit")]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("RI, Hong-il", [("surname", "RI"), ("given", "Hong-il")]),
        ("DELOS, Ana, Jr.", [("surname", "DELOS"), ("given", "Ana"), ("suffix", "Jr.")]),
        ("VEGA, JR., Ana", [("surname", "VEGA"), ("given", "Ana"), ("suffix", "JR.")]),
        ("VEGA, III", [("surname", "VEGA"), ("suffix", "III")]),
        ("ABU TARIQ", []),
    ],
)
def test_name_parts(name: str, parts: list[tuple[str, str]]) -> None:
    assert [(part.role, part.text) for part in name_parts(name, Kind.PERSON)] == parts
    assert name_parts(name, Kind.ORGANIZATION) == ()


@pytest.mark.parametrize(
    ("clause", "earliest", "latest", "circa"),
    [
        ("DOB 10 Dec 1948", "1948-12-10", "1948-12-10", False),
        ("DOB Jan 1959", "1959-01-01", "1959-01-31", False),
        ("DOB circa 1951", "1951-01-01", "1951-12-31", True),
        ("DOB circa 1979-1982", "1979-01-01", "1982-12-31", True),
        ("alt. DOB 1955 to 1957", "1955-01-01", "1957-12-31", False),
        ("DOB 01 Jan 1961 to 31 Dec 1963", "1961-01-01", "1963-12-31", False),
        ("DOB Mar 1962 to Feb 1963", "1962-03-01", "1963-02-28", False),
        ("DOB 21 Mar 1950 to 20 Mar 1951", "1950-03-21", "1951-03-20", False),
        ("Alt. DOB: 10 October 1969", "1969-10-10", "1969-10-10", False),
    ],
)
def test_birth_dates(clause: str, earliest: str, latest: str, circa: bool) -> None:
    (date,) = read_remark(f"{clause}.").birth_dates
    assert (date.earliest.isoformat(), date.latest.isoformat(), date.circa) == (earliest, latest, circa)


def test_places_end_in_their_country() -> None:
    found = read_remark(
        "POB al-Dur, Iraq; alt. POB Nampo, Korea, North; nationality Congo, Democratic Republic of the; "
        "alt. nationality Palestinian; citizen Iran; alt. citizen United Arab Emirates; POB Washington, D.C."
    )
    assert [(place.text, place.country) for place in found.birth_places] == [
        ("al-Dur, Iraq", "iq"),
        ("Nampo, Korea, North", "kp"),
        ("Washington, D.C.", None),
    ]
    assert [place.country for place in found.nationalities] == ["cd", "ps"]
    assert [place.country for place in found.citizenships] == ["ir", "ae"]


def test_a_second_passport_s_data_in_parentheses() -> None:
    found = read_remark(
        "(Following data derived from a passport issued under the name of Ana Vega: Alt. DOB: 10 October 1969; "
        "Alt. POB: Keren, Eritrea; nationality: Eritrean; Passport No.: 0310857, Eritrea, Issue Date 2006)."
    )
    assert found.birth_dates[0].text == "10 October 1969"
    assert found.birth_places[0].country == "er"
    assert found.nationalities[0].country == "er"
    passport = found.identifiers[0]
    assert (passport.value, passport.country) == ("0310857", "er")
    assert passport.note.startswith("Eritrea, Issue Date 2006")


@pytest.mark.parametrize(
    ("clause", "type", "value", "country", "note"),
    [
        ("Passport 1084010 (Egypt)", "passport", "1084010", "eg", "(Egypt)"),
        ("Passport RL 1622378 (Lebanon)", "passport", "RL 1622378", "lb", "(Lebanon)"),
        (
            "Passport K1 expires 15 Aug 2023 to 15 Aug 2024",
            "passport",
            "K1",
            None,
            "expires 15 Aug 2023 to 15 Aug 2024",
        ),
        ("Passport D000483, Diplomatic (Syria)", "passport", "D000483", "sy", "Diplomatic (Syria)"),
        ("Diplomatic Passport 008827 (Iran) issued 1999", "passport", "008827", "ir", "(Iran) issued 1999"),
        ("alt. Passport Booklet: A5199819 (Pakistan)", "passport", "A5199819", "pk", "(Pakistan)"),
        ("National ID No. D489833(9) (Hong Kong)", "national id", "D489833(9)", "hk", "(Hong Kong)"),
        ("Cedula No. 16247821 (Colombia)", "national id", "16247821", "co", "(Colombia)"),
        ("C.U.R.P. FOSA801119HMNLLD09 (Mexico)", "national id", "FOSA801119HMNLLD09", "mx", "(Mexico)"),
        ("NIT # 800146749-7 (Colombia)", "tax", "800146749-7", "co", "(Colombia)"),
        ("R.F.C. DIB-771110-HQ1 (Mexico)", "tax", "DIB-771110-HQ1", "mx", "(Mexico)"),
        ("V.A.T. Number BE 454,419,759", "tax", "BE 454,419,759", None, ""),
        ("Italian Fiscal Code: KMMMHD68D03Z352N", "tax", "KMMMHD68D03Z352N", None, ""),
        ("Matricula Mercantil No 818178-2 (Cali)", "registration", "818178-2", None, "(Cali)"),
        ("Legal Entity Number 851683897 (Netherlands)", "registration", "851683897", "nl", "(Netherlands)"),
        ("Legal Entity Number 485100GBI2SE0KIX8T70", "lei", "485100GBI2SE0KIX8T70", None, ""),
        ("SWIFT/BIC HAVIGB2L", "bic", "HAVIGB2L", None, ""),
        ("SWIFT/BIC ABCDEFGH", "bic", "ABCDEFGH", None, ""),
        ("D-U-N-S Number 85-244-5670", "duns", "85-244-5670", None, ""),
        ("Vessel Registration Identification IMO 9187629", "imo", "9187629", None, ""),
        ("Vessel Registration Identification 12-345 (Togo)", "registration", "12-345", "tg", "(Togo)"),
        ("Identification Number IMO 5342883", "imo", "5342883", None, ""),
        ("International Maritime Organization No. (5777731)", "imo", "5777731", None, ""),
        ("MMSI 572469210", "mmsi", "572469210", None, ""),
        ("Chinese Commercial Code 6774 1639 5478", "chinese commercial code", "6774 1639 5478", None, ""),
        ("Digital Currency Address - XBT 1Kuf2Rd8", "wallet", "1Kuf2Rd8", None, ""),
        ("alt. Digital Currency Address - USDT TXabc", "wallet", "TXabc", None, ""),
        ("Telephone (98)(21)(66153220)", "phone", "(98)(21)(66153220)", None, ""),
        ("Telephone No. (1234567) 8", "phone", "(1234567) 8", None, ""),
        ("Alt. Fax: 9221227700019", "phone", "9221227700019", None, ""),
        ("Email:a@harbor.example", "email", "a@harbor.example", None, ""),
        ("alt. Website http://harbor.example", "website", "http://harbor.example", None, ""),
        ("http://www.harbor.example (website)", "website", "http://www.harbor.example", None, ""),
        (
            "Website www.harbor.example. Pier Society Offices Worldwide",
            "website",
            "www.harbor.example",
            None,
            "Pier Society Offices Worldwide",
        ),
        ("Aircraft Serial Identification 258512", "serial number", "258512", None, ""),
        ("Aircraft Mode S Transponder Code 140AE7", "other", "140AE7", None, ""),
        ("UAE Identification 784-1968-9720837-5", "national id", "784-1968-9720837-5", None, ""),
        ("Driver's License No. 180839 (Mexico)", "other", "180839", "mx", "(Mexico)"),
        ("Birth Certificate Number 9444 (Iran)", "other", "9444", "ir", "(Iran)"),
        ("Pier Access Card 77-A (Malta)", "other", "77-A", "mt", "(Malta)"),
    ],
)
def test_identifiers(clause: str, type: str, value: str, country: str | None, note: str) -> None:
    for remark in (f"{clause}; Gender Male", f"{clause}."):
        (one,) = read_remark(remark).identifiers
        assert (one.type.value, one.value, one.country, one.note) == (type, value, country, note)
        assert one.label in clause
        assert not one.label.startswith("alt.")


@pytest.mark.parametrize(
    ("clause", "label"),
    [
        ("Passport issued in Sarajevo, Bosnia-Herzegovina", "Passport"),
        ("U.S.A. Passport issued 21 Jun 1992 in Amman, Jordan", "U.S.A. Passport"),
        ("NIT # Provisional (Colombia)", "NIT #"),
    ],
)
def test_a_label_without_its_number_is_kept(clause: str, label: str) -> None:
    found = read_remark(clause)
    assert found.identifiers == []
    assert [(one.field, one.text) for one in found.unparsed] == [(label, clause)]


@pytest.mark.parametrize(
    ("clause", "fact"),
    [
        ("Organization Established Date 17 Dec 2016", ("Organization Established Date", "17 Dec 2016")),
        ("alt. Organization Type: Real estate activities", ("Organization Type", "Real estate activities")),
        ("Target Type State-Owned Enterprise", ("Target Type", "State-Owned Enterprise")),
        ("IFCA Determination - Port Operator", ("IFCA Determination", "Port Operator")),
        (
            "alt. Executive Order 13846 information: FOREIGN EXCHANGE.  Sec. 5(a)(ii)",
            ("Executive Order 13846 information", "FOREIGN EXCHANGE.  Sec. 5(a)(ii)"),
        ),
        (
            "CAATSA Section 235 Information: EXPORT SANCTIONS Sec. 235(a)(2)",
            ("CAATSA Section 235 Information", "EXPORT SANCTIONS Sec. 235(a)(2)"),
        ),
        (
            "Executive Order 13662 Directive Determination - Subject to Directive 1",
            ("Executive Order 13662 Directive Determination", "Subject to Directive 1"),
        ),
        ("Listing Date (EO 14024 Directive 2): 24 Feb 2022", ("Listing Date (EO 14024 Directive 2)", "24 Feb 2022")),
        ("Nationality of Registration Korea, North", ("Nationality of Registration", "Korea, North")),
    ],
)
def test_facts(clause: str, fact: tuple[str, str]) -> None:
    assert read_remark(f"{clause}.").facts == [fact]


@pytest.mark.parametrize(
    "clause", ["ICTY indictee", "all offices worldwide", "Major General", "arrested 23 Apr 2002", "Licensed in 1999"]
)
def test_free_text_is_no_identifier(clause: str) -> None:
    found = read_remark(f"{clause}.")
    assert found.plain == [clause]
    assert found == RemarkFacts(plain=[clause])


def test_the_last_period_is_the_remark_s_unless_a_listed_name_has_it() -> None:
    dotted = frozenset({"ACME CO., LTD."})
    assert read_remark("Linked To: ACME CO., LTD.", dotted_names=dotted).relations[0].name == "ACME CO., LTD."
    assert read_remark("Linked To: ACME CO., LTD.").relations[0].name == "ACME CO., LTD"
    assert read_remark("Linked To: ACME S.A.; Gender Male.").relations[0].name == "ACME S.A."


def test_a_cut_leaves_whole_clauses_whole() -> None:
    found = read_remark("Gender Male; Digital Currency Address - XBT 1Kuf2;", is_cut=True)
    assert [one.value for one in found.identifiers] == ["1Kuf2"]
    assert found.unparsed == []
    torn = read_remark("Gender Male; Digital Currency Address - XBT 1Kuf2", is_cut=True)
    assert torn.identifiers == []
    assert torn.unparsed[0].text == "Digital Currency Address - XBT 1Kuf2"


def test_labels_have_one_type_each() -> None:
    assert identifier_type("Passport") is IdentifierType.PASSPORT
    assert identifier_type("Digital Currency Address - ETH") is IdentifierType.WALLET
    assert identifier_type("Pier Access Card") is None
    # The longest label wins.
    assert split_label("Passport No.: 12") == ("Passport No.", "12")
    assert split_label("Licensed in 1999") is None
    assert read_identifier("Passport", "") is None


# The law of the cut

_CLAUSES = st.sampled_from(
    [
        *SECONDARY,
        "DOB circa 1961",
        "POB Nampo, Korea, North",
        "nationality Iran",
        "Gender Female",
        "Passport 1084010 (Egypt) expires 12 Jan 2020",
        "Digital Currency Address - XBT 1Kuf2Rd8mDyAViwBozGTNYnvWL8uYFrkVo",
        "a.k.a. 'COMRADE 'LONG' RI'",
        "f.k.a. 'RI, Chol'",
        "Linked To: HARBOR LIGHT TRADING CO., LTD.",
        "Organization Type: Non-specialized wholesale trade",
        "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions: North Korea "
        "Sanctions Regulations section 510.214",
        "Executive Order 13846 information: FOREIGN EXCHANGE.  Sec. 5(a)(ii)",
        "all offices worldwide",
    ]
)  # fmt: skip


def stated(one: Designation) -> dict[str, list[object]]:
    """What the designation states out of its remark."""
    return {
        "names": [name for name in one.names[1:] if name.derived_from is None],
        "secondary": list(one.secondary_sanctions),
        "prohibitions": list(one.prohibitions),
        "dates": list(one.birth_dates),
        "places": [*one.birth_places, *one.nationalities, *one.citizenships],
        "gender": [one.gender],
        "identifiers": list(one.identifiers),
        "relations": list(one.relations),
        "facts": list(one.facts),
    }


def expected(facts: RemarkFacts) -> dict[str, list[object]]:
    return {
        "names": list(facts.names),
        "secondary": list(facts.secondary_sanctions),
        "prohibitions": list(facts.prohibitions),
        "dates": list(facts.birth_dates),
        "places": [*facts.birth_places, *facts.nationalities, *facts.citizenships],
        "gender": [facts.gender],
        "identifiers": list(facts.identifiers),
        "relations": list(facts.relations),
        "facts": list(facts.facts),
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(clauses=st.lists(_CLAUSES, min_size=12, max_size=40))
def test_a_remark_split_at_1000_characters_states_what_it_states_unsplit(clauses: list[str], tmp_path: Path) -> None:
    """Wherever the 1,000th character falls, the two files state the facts of the unsplit remark."""
    remark = "; ".join(clauses).removesuffix(".") + "."
    assume(len(remark) > 1_000)
    null = "-0- "
    row = ["7", '"VEGA, Ana"', '"individual"', '"SDGT"', *[null] * 7, f'"{remark[:1_000]}"']
    (tmp_path / "sdn.csv").write_text(",".join(row) + "\r\n\x1a", encoding="ascii", newline="")
    (tmp_path / "alt.csv").write_text('7,1,"aka","VEGA",-0- \r\n\x1a', encoding="ascii", newline="")
    (tmp_path / "add.csv").write_text(f"7,1,{null},{null},{null},{null}\r\n\x1a", encoding="ascii", newline="")
    (tmp_path / "sdn_comments.csv").write_text(f'7,"{remark[1_000:]}"\r\n', encoding="ascii", newline="")
    reader = read("us_ofac_sdn", tmp_path)
    (one,) = reader
    assert one.remarks == remark
    told = stated(one)
    alias = told["names"].pop(0)
    assert isinstance(alias, ListedName)
    assert alias.text == "VEGA"
    # What a remark states twice, a designation has once; names stay as published.
    facts = expected(read_remark(remark, kind=Kind.PERSON))
    once = {field: list(dict.fromkeys(values)) for field, values in facts.items() if field != "names"}
    assert told == {**once, "names": facts["names"]}
    assert reader.notices == ()
