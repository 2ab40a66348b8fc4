"""The house list: every column in every form, spreadsheets' habits, and what is refused with which words."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit import Screener
from screenkit.editions.store import Incoming, Store
from screenkit.errors import ListFormatError, UnknownSourceError
from screenkit.model import (
    Address,
    Designation,
    Identifier,
    IdentifierType,
    Kind,
    ListedName,
    Measure,
    NamePart,
    NameType,
    Place,
    Program,
    Relation,
    Strength,
    Unparsed,
)
from screenkit.sources import ListReader, is_source, read
from screenkit.sources.house.record import COLUMNS, canonical, split_cell
from screenkit.sources.manifest import lists_folder

from .reading import JSON, by_id, places, published, read_all

Excerpt = Callable[[str], Path]
README = lists_folder() / "house" / "README.md"


def texts(designation: Designation) -> list[str]:
    return [name.text for name in published(designation)]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str | bytes], Path]:
    def to_file(content: str | bytes) -> Path:
        path = tmp_path / "own.txt"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return to_file


Write = Callable[[str | bytes], Path]


def refused(path: Path) -> ListFormatError:
    with pytest.raises(ListFormatError) as caught:
        list(read("house", path))
    return caught.value


def csv_records(excerpt: Excerpt) -> dict[str, Designation]:
    return by_id("house", excerpt("house/own_list.csv"))


def test_csv_reads_names_with_their_sorts(excerpt: Excerpt) -> None:
    found = csv_records(excerpt)["H-1"]
    assert [(name.text, name.type, name.strength) for name in published(found)] == [
        ("Example Trading Co., Ltd.", NameType.PRIMARY, Strength.STRONG),
        ("Example Metals", NameType.AKA, Strength.STRONG),
        ("Beispielhandel GmbH", NameType.AKA, Strength.STRONG),
        ("EXM", NameType.AKA, Strength.WEAK),
        ("Old Example Ltd.", NameType.FKA, Strength.STRONG),
        ("Pre|Example", NameType.FKA, Strength.STRONG),
    ]


def test_csv_reads_kinds_and_the_words_for_them_that_lists_use(excerpt: Excerpt) -> None:
    kinds = {id: found.kind for id, found in csv_records(excerpt).items()}
    assert kinds == {"H-1": Kind.ORGANIZATION, "H-2": Kind.PERSON, "H-3": Kind.VESSEL}


def test_csv_programs_with_a_title_or_an_authority_are_known_and_bare_codes_are_looked_up(excerpt: Excerpt) -> None:
    found = csv_records(excerpt)
    assert found["H-1"].programs == (
        Program("EXIT-24", title="Terminated customers", authority="Board resolution 7/2024"),
        Program("AML", title="Open case"),
    )
    assert found["H-1"].measures == (Measure.REJECT, Measure.EXPORT)
    assert found["H-2"].programs == (Program("EXIT-24", is_known=False),)


def test_csv_reads_what_identifies_a_party(excerpt: Excerpt) -> None:
    found = csv_records(excerpt)
    assert found["H-1"].identifiers == (
        Identifier(type=IdentifierType.REGISTRATION, value="0012345", country="cy"),
        Identifier(type=IdentifierType.LEI, value="00EXAMPLE00EXAMPLE00"),
        Identifier(type=IdentifierType.WEBSITE, value="https://example.org"),
    )
    assert found["H-2"].identifiers == (
        Identifier(type=IdentifierType.PASSPORT, value="X123", country="ir"),
        Identifier(type=IdentifierType.OTHER, value="H-77"),
        Identifier(type=IdentifierType.IMO, value="9110236"),
        Identifier(type=IdentifierType.OTHER, value="AA:BB"),
    )
    assert found["H-3"].identifiers == (Identifier(type=IdentifierType.CALL_SIGN, value="5BXX9"),)


def test_csv_reads_dates_places_and_gender(excerpt: Excerpt) -> None:
    found = csv_records(excerpt)["H-2"]
    assert [(date.text, date.earliest, date.latest, date.circa) for date in found.birth_dates] == [
        ("1971-12-15", dt.date(1971, 12, 15), dt.date(1971, 12, 15), False),
        ("circa 1972", dt.date(1972, 1, 1), dt.date(1972, 12, 31), True),
        ("15 Dec 1973", dt.date(1973, 12, 15), dt.date(1973, 12, 15), False),
    ]
    assert found.birth_places == (Place(text="Springfield, Nowhere"),)
    assert found.nationalities == (Place(text="Cyprus", country="cy"), Place(text="Atlantis"))
    assert found.citizenships == (Place(text="IR", country="ir"),)
    assert found.gender == "male"
    assert found.unparsed == ()


def test_csv_reads_the_remaining_columns_and_keeps_its_own_as_facts(excerpt: Excerpt) -> None:
    found = csv_records(excerpt)["H-1"]
    assert found.addresses == (
        Address(text="1 Example Street, Limassol, Cyprus", country="cy"),
        Address(text="P.O. Box 7, Nowhere"),
    )
    assert found.relations == (Relation(type="owned by", name="DOE, John"),)
    assert found.secondary_sanctions == ("Listed elsewhere; ask compliance",)
    assert found.prohibitions == ("No new accounts",)
    assert found.listed_on == "2024-05-17"
    assert found.remarks == "First line\nsecond line"
    assert found.facts == (
        ("as_of", "2024-05-31"),
        ("source_url", "https://example.org/exit/1"),
        ("Branch", "Limassol"),
    )
    other = csv_records(excerpt)["H-2"]
    assert other.titles == ("Director", "Owner of the shop")
    assert [(relation.type, relation.name) for relation in other.relations] == [
        ("linked to", "Example Trading Co., Ltd."),
        ("director of", "Other Ltd."),
    ]


def test_a_column_that_is_not_documented_is_noticed_once(excerpt: Excerpt) -> None:
    reader = read("house", excerpt("house/own_list.csv"))
    list(reader)
    assert [(notice.field, notice.problem) for notice in reader.notices] == [
        ("Branch", "not a documented column; its values are kept as facts")
    ]
    assert reader.edition.published is None
    assert reader.edition.counts == {"person": 1, "organization": 1, "vessel": 1}


def test_tsv_is_told_from_csv_by_its_header(excerpt: Excerpt) -> None:
    one, other = read("house", excerpt("house/own_list.tsv"))
    assert (one.id, texts(one)) == ("T-1", ["ΠΑΡΑΔΕΙΓΜΑ, Α.Ε.", "Paradigma; not split by a tab"])
    assert other.birth_dates[0].latest == dt.date(1980, 1, 31)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_spreadsheets_habits_change_nothing(delimiter: str, line_end: str, excerpt: Excerpt, write: Write) -> None:
    text = excerpt("house/own_list.csv").read_text(encoding="utf-8")
    rows = [*csv.reader(io.StringIO(text)), [""] * 26]
    changed = io.StringIO()
    # The standard library doesn't quote the one line end that it isn't told of.
    quoting: Literal[0, 1] = 1 if line_end == "\r" else 0
    writer = csv.writer(changed, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    writer.writerows([*row, "", ""] for row in rows)
    path = write(b"\xef\xbb\xbf" + changed.getvalue().encode() + b"\x1a")
    as_read = [attributes(found) for found in read("house", path)]
    assert as_read == [attributes(found) for found in csv_records(excerpt).values()]
    assert len(as_read) == 3


def attributes(found: Designation) -> tuple[object, ...]:
    names = [slot for slot in found.__slots__ if slot not in ("edition", "__weakref__")]  # type: ignore[attr-defined]
    return tuple(getattr(found, name) for name in names)


def json_records(excerpt: Excerpt) -> tuple[ListReader, dict[str, Designation]]:
    return read_all("house", excerpt("house/own_list.jsonl"))


def test_json_lines_describe_their_list(excerpt: Excerpt) -> None:
    reader, found = json_records(excerpt)
    assert (reader.edition.title, reader.edition.publisher) == ("Example Bank exit list", "Example Bank")
    assert reader.edition.published == "2024-05-31"
    assert {one.edition.published for one in found.values() if one.edition} == {"2024-05-31"}


def test_json_lines_read_objects_in_full(excerpt: Excerpt) -> None:
    found = json_records(excerpt)[1]["J-1"]
    assert published(found) == [
        ListedName("DOE, John", parts=(NamePart(role="surname", text="DOE"), NamePart(role="given", text="John"))),
        ListedName("ДОУ", type=NameType.AKA, strength=Strength.WEAK, language="ru", script="Cyrillic"),
        ListedName("Johnny", type=NameType.AKA),
        ListedName("ROE, John", type=NameType.FKA),
    ]
    assert found.programs == (
        Program(
            "EXIT-24",
            title="Terminated customers",
            authority="Board resolution 7/2024",
            measures=(Measure.REJECT,),
            detail="Annex 1",
        ),
        Program("AML", detail="Case 9", is_known=False),
        Program("KYC", is_known=False),
    )
    assert found.measures == (Measure.REJECT,)
    assert found.identifiers == (
        Identifier(type=IdentifierType.PASSPORT, value="X123", country="ir", label="Passport No.", note="expires 2019"),
    )
    assert found.addresses == (Address(text="1 Example Street, Limassol", city="Limassol", country="cy"),)
    assert found.birth_places == (Place(text="Limassol", country="cy"),)
    assert found.relations == (Relation(type="director of", name="Example Trading Co., Ltd.", id="J-2"),)
    assert found.remarks == "One.\nTwo."
    assert found.facts == (("note", "Checked twice"), ("Risk", '{"score": "7"}'))
    assert found.unparsed == ()


def test_what_cannot_be_read_is_kept_and_counted(excerpt: Excerpt) -> None:
    reader, records = json_records(excerpt)
    found = records["2"]
    assert set(found.unparsed) == {
        Unparsed(field="names.quality", text="low"),
        Unparsed(field="names.type", text="nickname"),
        Unparsed(field="names.strength", text="feeble"),
        Unparsed(field="kind", text="trust"),
        Unparsed(field="program_title", text='["One", "Two"]'),
        Unparsed(field="programs", text='{"title": "No code"}'),
        Unparsed(field="measures", text="frown"),
        Unparsed(field="birth_dates", text="in the spring"),
        Unparsed(field="nationalities.country", text="zz"),
        Unparsed(field="gender", text="unstated"),
        Unparsed(field="identifiers.type", text="library card"),
        Unparsed(field="identifiers", text='{"type": "lei"}'),
        Unparsed(field="addresses.street", text="Nowhere"),
        Unparsed(field="addresses", text='{"street": "Nowhere"}'),
        Unparsed(field="relations", text='{"type": "owned by"}'),
        Unparsed(field="titles", text="true"),
        Unparsed(field="listed_on", text="May 2024"),
    }
    noticed = {(notice.field, notice.value) for notice in reader.notices if notice.record == "2"}
    assert noticed == {(one.field, one.text) for one in found.unparsed}
    # The name in the odd object is still a name.
    assert texts(found) == ["Example Trading Co., Ltd.", "Example", "EXM"]
    assert found.measures == (Measure.REJECT,)
    assert found.kind is Kind.UNKNOWN


def test_all_faults_of_a_table_are_told_together(excerpt: Excerpt) -> None:
    faults = refused(excerpt("house/damaged.csv")).faults
    assert places("house", excerpt("house/damaged.csv")) == [
        "line 3, id",
        "X-3, name",
        "line 5",
        "line 6",
        "X-6, aliases",
        "X-1, id",
        "line 9",
    ]
    assert "expected 3 fields, found 4" in faults[2]
    assert "expected 3 fields, found 1" in faults[3]
    assert "separated by |" in faults[4]
    assert "a second record has this ID" in faults[5]
    # A quote that is never closed must not swallow the rest of the list.
    assert "unexpected end of data" in faults[6]


def test_all_faults_of_json_lines_are_told_together(excerpt: Excerpt) -> None:
    assert places("house", excerpt("house/damaged.jsonl")) == [
        "line 1, list.published",
        "line 3, id",
        "J-3, name",
        "line 5, aliases",
        "J-5, name",
        "J-6, name",
        "J-7, aliases",
        "J-8, names",
        "line 10",
        "line 11",
        "line 12",
    ]


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("id,nom,kind", "found no column name in: id, nom, kind"),
        ("nr;name", "found no column id in: nr; name"),
        ("kind\taliases", "found no column id and no column name in: kind, aliases"),
        ("id,name,Alias,aliases", "found aliases more than once in: id, name, Alias, aliases"),
        ("id,name,ID", "found id more than once in: id, name, ID"),
        ("id,name,Own,Own", "found Own more than once in: id, name, Own, Own"),
    ],
)
def test_a_header_that_does_not_serve_is_quoted(header: str, found: str, write: Write) -> None:
    message = str(refused(write(f"{header}\n1{',' * header.count(',')}\n")))
    assert found.replace(";", ",") in message
    assert "expected" in message


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('[\n {"id": "1", "name": "A"}\n]\n', "one whole object a line; found first: '['"),
        ('[{"id": "1", "name": "A"}]', "one whole object a line"),
        ('{\n "id": "1",\n "name": "A"\n}\n', "one whole object a line; found first: '{'"),
        ("id,name\n", "has no records"),
        ("Date,Amount\n1,2\n", "expected House list as a house list: CSV, TSV or JSON lines"),
        ("<list/>", "XML with the root <list>"),
        ('{"id": "Q1", "schema": "Person", "properties": {"name": ["A"]}}\n', "found: own.txt is"),
        ("id,name\n1,Caf\xe9\n".encode("latin-1"), "expected UTF-8; found a byte that isn't (0xe9)"),
        ("id,name,\n1,A,stray\n", "a value in a column that has no name"),
        ('id,name\n1,"A"B\n', "can't read the row"),
        ('{"id": "1", "name": "A"}\n{}\n', "the object is empty"),
        ('{"list": "ours"}\n{"id": "1", "name": "A"}\n', "expected nothing but an object of title, publisher"),
        ('{"id": "1", "name": "A", "x": ' + "[" * 9_000 + "]" * 9_000 + "}\n", "nested more than"),
    ],
)
def test_what_is_no_house_list_is_refused_with_what_was_found(content: str | bytes, found: str, write: Write) -> None:
    with pytest.raises(ListFormatError, match=re.escape(found)):
        list(read("house", write(content)))


def test_what_a_list_says_of_itself_beside_the_documented_is_noticed(write: Write) -> None:
    reader = read("house", write('{"list": {"title": "Ours", "owner": "Desk 3"}}\n{"id": "1", "name": "A"}\n'))
    assert [found.id for found in reader] == ["1"]
    assert reader.edition.title == "Ours"
    assert [(notice.field, notice.value) for notice in reader.notices] == [("list.owner", "Desk 3")]


@pytest.mark.parametrize("value", ["", "  ", ["Ours"], None, True])
def test_what_a_list_says_of_itself_is_text(value: object, write: Write) -> None:
    content = json.dumps({"list": {"publisher": value}}) + '\n{"id": "1", "name": "A"}\n'
    assert "list.publisher" in refused(write(content)).faults[0]


def test_a_key_that_stands_twice_loses_none_of_its_values(write: Write) -> None:
    (found,) = read("house", write('{"id": "1", "name": "A", "aliases": "B", "aliases": ["C"]}\n'))
    assert texts(found) == ["A", "B", "C"]


def test_a_record_may_have_a_column_called_list(write: Write) -> None:
    (found,) = read("house", write('{"id": "1", "name": "A", "list": "watch"}\n'))
    assert found.facts == (("list", "watch"),)


def test_parts_of_a_name_that_say_no_role_are_kept(write: Write) -> None:
    parts = ["DOE", {"role": "given"}, {"role": "given", "text": "Jo"}]
    (found,) = read("house", write(json.dumps({"id": "1", "names": [{"text": "DOE, Jo", "parts": parts}]})))
    assert found.names[0].parts == (NamePart(role="given", text="Jo"),)
    assert [one.text for one in found.unparsed] == ["DOE", '{"role": "given"}']


def test_two_files_are_not_one_list(excerpt: Excerpt) -> None:
    paths = [excerpt("house/own_list.csv"), excerpt("house/own_list.tsv")]
    with pytest.raises(ListFormatError, match=r"expected one file; found 2: own_list\.csv, own_list\.tsv"):
        list(read("house", paths))


def test_a_name_may_come_from_names_alone_and_its_primary_stands_first(write: Write) -> None:
    names = [{"text": "Second", "type": "a.k.a."}, {"text": "First", "type": "primary"}]
    (found,) = read("house", write(json.dumps({"id": "1", "names": names})))
    assert texts(found) == ["First", "Second"]


def test_titles_that_go_with_no_program_are_kept(write: Write) -> None:
    (found,) = read("house", write("id,name,program,program_title\n1,A,X,One|Two\n"))
    assert found.programs == (Program("X", is_known=False),)
    assert found.unparsed == (Unparsed(field="program_title", text="One|Two"),)


def test_bare_identifiers_with_a_colon_stay_whole_and_are_noticed(write: Write) -> None:
    reader = read("house", write("id,name,identifiers\n1,A,HE: 12345|phone:+357 1:\n"))
    (found,) = reader
    assert found.identifiers == (
        Identifier(value="HE: 12345"),
        Identifier(type=IdentifierType.PHONE, value="+357 1"),
    )
    assert [notice.value for notice in reader.notices] == ["HE: 12345"]


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("a|b", ("a", "b")),
        (r"a\|b", ("a|b",)),
        (r"a\\|b", ("a\\", "b")),
        (r"C:\dir | d", ("C:\\dir", "d")),
        ("a||b|", ("a", "", "b", "")),
        (r"x\;y", ("x;y",)),
    ],
)
def test_cells_split_at_bars(cell: str, values: tuple[str, ...]) -> None:
    assert split_cell(cell).values == values
    assert not split_cell(cell).has_semicolon


def test_only_a_bare_semicolon_counts() -> None:
    assert split_cell(r"a\;b;c").has_semicolon


@given(st.lists(st.text(alphabet="ab\\|; ,", min_size=1).map(str.strip), min_size=1, max_size=4))
def test_escaped_values_come_back_from_a_cell(values: list[str]) -> None:
    """What is written by the documented rule is read as it was."""
    cell = "|".join(re.sub(r"([\\|;])", r"\\\1", value) for value in values)
    assert list(split_cell(cell).values) == values


@pytest.mark.parametrize("label", ["Birth Date", "birth-dates", " BIRTH_DATES "])
def test_column_names_are_read_in_any_dress(label: str) -> None:
    assert canonical(label) == "birth_dates"


OWN_COLUMNS = st.text(st.characters(codec="utf-8"), max_size=8)
HEADERS = st.lists(
    st.sampled_from(sorted(COLUMNS.keys() - {"id", "name"})) | OWN_COLUMNS,
    max_size=6,
    unique_by=lambda column: canonical(column) or column.strip(),
)
CELLS = st.text(st.characters(codec="utf-8"), max_size=20)
CELLS_IN_FORM = st.sampled_from(
    ["1971-12-15", "circa 1970|May 1960", "31/02/1971", "0000-00-00", "passport:1:ir", "a|b", "::", "|", "\\", "reject"]
)


@given(HEADERS, st.data(), st.sampled_from([",", ";", "\t"]))
def test_any_table_with_a_valid_header_is_read_or_refused(own: list[str], data: st.DataObject, delimiter: str) -> None:
    """Any table of texts gives designations or a `ListFormatError`, nothing else."""
    header = ["id", "name", *own]
    cells = st.lists(CELLS | CELLS_IN_FORM, min_size=len(header), max_size=len(header))
    table = io.StringIO()
    csv.writer(table, delimiter=delimiter).writerows([header, *data.draw(st.lists(cells, max_size=4))])
    check_read_or_refused(table.getvalue().encode())


@given(st.lists(st.dictionaries(st.sampled_from(sorted(COLUMNS)) | CELLS, JSON, max_size=8), min_size=1, max_size=3))
def test_any_json_lines_are_read_or_refused(records: list[dict[str, object]]) -> None:
    """Any JSON objects, a line each, give designations or a `ListFormatError`, nothing else."""
    check_read_or_refused("\n".join(json.dumps({"id": "1", "name": "A"} | record) for record in records).encode())


@given(st.binary(max_size=60))
def test_any_bytes_after_a_header_are_read_or_refused(content: bytes) -> None:
    """Any bytes whatever give designations or a `ListFormatError`, nothing else."""
    check_read_or_refused(b"id,name,aliases\n" + content)


def check_read_or_refused(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "own.csv")
        path.write_bytes(content)
        try:
            found = list(read("house", path))
        except ListFormatError:
            return
    assert found
    assert all(one.id.strip() and one.names for one in found)


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)


def test_the_documented_examples_read_without_a_notice(write: Write) -> None:
    (table,), (lines,) = blocks("csv"), blocks("jsonl")
    reader = read("house", write(table))
    assert [(one.id, texts(one)) for one in reader] == [
        ("H-1", ["Example Trading Co., Ltd.", "Example Metals", "EXM Trading"]),
        ("H-2", ["DOE, John Example"]),
    ]
    assert reader.notices == ()
    reader = read("house", write(lines))
    one, other = reader
    assert (texts(one), one.names[1].is_weak) == (["Example Trading Co., Ltd.", "ПРИМЕР"], True)
    assert other.relations == (Relation(type="director of", name="Example Trading Co., Ltd.", id="H-1"),)
    assert reader.notices == ()
    assert reader.edition.published == "2024-05-31"


def test_the_documentation_names_every_column_measure_and_identifier() -> None:
    said = set(re.findall(r"`([^`\n]+)`", README.read_text(encoding="utf-8")))
    assert not set(COLUMNS) - said
    assert not {measure.value for measure in Measure} - said
    assert not {type.value for type in IdentifierType} - said


def test_several_lists_of_a_house_have_editions_of_their_own(write: Write, tmp_path: Path) -> None:
    now = dt.datetime.now(dt.UTC)
    store = Store(tmp_path / "store")
    for source, name in (("house:exits", "Example Exit"), ("house:pep", "Example Person")):
        path = write(f"id,name,kind,weak_aliases\n1,{name},person,{name.split()[1]}\n")
        store.install(source, [Incoming(path=path)], retrieved=now)
    assert store.sources() == ("house:exits", "house:pep")
    screener = Screener.open(store=store.path)
    assert [edition.title for edition in screener.editions] == ["House list (exits)", "House list (pep)"]
    (hit,) = screener.screen("Example Person")
    assert (hit.designation.source, hit.designation.id) == ("house:pep", "1")
    # Weak aliases of each of them are weak.
    assert not screener.screen("Person")


@pytest.mark.parametrize("source", ["house:", "house:Exits", "house:a/b", "house:..", "un_sc:a", "house:" + "a" * 41])
def test_a_name_that_no_list_of_a_house_has(source: str, write: Write) -> None:
    assert not is_source(source)
    with pytest.raises(UnknownSourceError, match="house:NAME"):
        read(source, write("id,name\n1,A\n"))
