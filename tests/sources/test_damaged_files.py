"""Every format's excerpt, damaged in the ways files are damaged: read whole, or refused with expected and found."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from screenkit import ListFormatError, SourceError, UnknownSourceError, read
from screenkit.sources import manifest

XML = [
    ("us_ofac_sdn", "ofac_simple"),
    ("us_ofac_sdn", "ofac_advanced"),
    ("us_ofac_sdn", "ofac_enhanced"),
    ("un_sc", "un_sc"),
    ("eu_fsf", "eu_fsf"),
    ("uk_fcdo", "uk_xml"),
    ("ca_sema", "ca_sema"),
    ("ch_seco", "ch_seco"),
]
TEXT = [
    ("uk_fcdo", "uk_csv"),
    ("us_csl", "csl_csv"),
    ("us_csl", "csl_json"),
    ("ftm", "ftm"),
    ("opensanctions", "opensanctions_targets"),
    ("senzing", "senzing"),
]
ALL = XML + TEXT


@pytest.fixture
def published(excerpt: Callable[[str], Path], request: pytest.FixtureRequest) -> tuple[str, Path]:
    """A source id and its format's whole excerpt: the first file of the folder that reads."""
    source, folder = request.param
    for path in sorted(excerpt(folder).iterdir()):
        try:
            if path.is_file() and list(read(source, path)):
                return source, path
        except SourceError:
            continue
    pytest.fail(f"no file in {folder} reads as {source}")


def count(source: str, path: Path) -> int:
    return len(list(read(source, path)))


def rewritten(path: Path, folder: Path, content: bytes) -> Path:
    (folder / path.name).write_bytes(content)
    return folder / path.name


@pytest.mark.parametrize("published", ALL, indirect=True, ids=str)
def test_byte_order_mark_and_crlf_change_nothing(published: tuple[str, Path], tmp_path: Path) -> None:
    source, path = published
    content = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    windows = content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    assert count(source, rewritten(path, tmp_path, b"\xef\xbb\xbf" + windows)) == count(source, path)


@pytest.mark.parametrize("published", ALL, indirect=True, ids=str)
@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (lambda content: b"", "empty"),
        (lambda content: b" \r\n ", "empty"),
        (gzip.compress, "gzip"),
        (lambda content: content.decode("utf-8-sig").encode("utf-16"), "UTF-16"),
        (lambda content: b"<!DOCTYPE html><html><body>503 Service Unavailable</body></html>", "HTML"),
        (lambda content: b"Access denied\n", "Access denied"),
    ],
    ids=["empty", "blank", "gzip", "utf-16", "html", "text"],
)
def test_a_file_of_another_kind_is_refused_with_what_was_expected_and_found(
    published: tuple[str, Path], damage: Callable[[bytes], bytes], found: str, tmp_path: Path
) -> None:
    source, path = published
    with pytest.raises(ListFormatError, match=rf"(?s)expected.*found.*{found}"):
        count(source, rewritten(path, tmp_path, damage(path.read_bytes())))


@pytest.mark.parametrize("published", XML, indirect=True, ids=str)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.97])
def test_truncated_xml_is_refused_with_its_place(published: tuple[str, Path], share: float, tmp_path: Path) -> None:
    source, path = published
    content = path.read_bytes()
    with pytest.raises(ListFormatError, match=r"expected.*found"):
        count(source, rewritten(path, tmp_path, content[: int(len(content) * share)]))


@pytest.mark.parametrize("published", XML, indirect=True, ids=str)
@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY % outside SYSTEM "http://127.0.0.1:9/x.dtd"> %outside;]>',
        "<!DOCTYPE x ["
        + "".join(f'<!ENTITY e{level + 1} "{f"&e{level};" * 10}">' for level in range(10))
        + '<!ENTITY e0 "lol">]>',
    ],
    ids=["entity", "external", "parameter", "bomb"],
)
def test_a_document_type_is_refused_before_anything_is_read(
    published: tuple[str, Path], doctype: str, tmp_path: Path
) -> None:
    source, path = published
    text = path.read_text(encoding="utf-8-sig")
    start = text.index("?>") + 2 if text.startswith("<?xml") else 0
    hostile = f"{text[:start]}\n{doctype}\n{text[start:]}"
    with pytest.raises(ListFormatError, match="document type definition"):
        next(read(source, rewritten(path, tmp_path, hostile.encode())))


@pytest.mark.parametrize("published", ALL, indirect=True, ids=str)
def test_a_list_of_another_source_is_refused_and_named(published: tuple[str, Path]) -> None:
    _, path = published
    for other, title in (("eu_fsf", "EU"), ("un_sc", "UN")):
        if other not in str(path):
            with pytest.raises(ListFormatError, match=rf"(?is)expected.*{title}.*found"):
                count(other, path)


def test_missing_files_and_sources_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"nowhere\.xml"):
        read("un_sc", tmp_path / "nowhere.xml")
    with pytest.raises(SourceError, match="no file to read"):
        read("un_sc", tmp_path)
    with pytest.raises(UnknownSourceError, match="un_sc"):
        read("un", tmp_path)


@pytest.mark.parametrize("published", XML, indirect=True, ids=str)
def test_a_record_under_an_unknown_element_is_a_fault(published: tuple[str, Path], tmp_path: Path) -> None:
    source, path = published
    text = path.read_text(encoding="utf-8-sig")
    record = re.search(
        r"<(?:sdnEntry|entity|DistinctParty|INDIVIDUAL|sanctionEntity|Designation|record|target)[ >]", text
    )
    assert record is not None
    newcomer = "<newcomer><name>Acme</name></newcomer>"
    with pytest.raises(ListFormatError, match=r"newcomer.*would be missed"):
        count(source, rewritten(path, tmp_path, text.replace(record[0], newcomer + record[0], 1).encode()))


@pytest.mark.parametrize(
    ("name", "problem"),
    [("Acme \\ud800 Trading", "half of a surrogate pair"), ("x" * 4_097, "4,097 characters"), ("\u200b", "invisible")],
    ids=["surrogate", "long", "invisible"],
)
def test_a_listed_name_that_cannot_be_searched_is_a_fault_with_its_place(
    name: str, problem: str, tmp_path: Path
) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text('{"id": "H1", "name": "Acme"}\n{"id": "H2", "name": "' + name + '"}\n', encoding="utf-8")
    with pytest.raises(ListFormatError) as caught:
        list(read("house", path))
    (fault,) = caught.value.faults
    assert problem in fault
    assert "own.jsonl" in fault
    assert "H2" in fault


def test_a_file_cut_between_two_records_shows_as_a_shortfall(excerpt: Callable[[str], Path]) -> None:
    reader = read("un_sc", excerpt("un_sc/consolidated.xml"))
    kinds = Counter(designation.kind.value for designation in reader)
    least = manifest("un_sc").minimum_counts
    assert reader.shortfalls == {kind: (kinds[kind], least[kind]) for kind in ("person", "organization")}


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("us_ofac_cons", "lists/us_ofac_cons/2025-03-28"),
        ("un_sc", "lists/un_sc/2025-11-20"),
        ("eu_fsf", "lists/eu_fsf/2021-03-02"),
        ("ca_sema", "lists/ca_sema/2025-03-20"),
    ],
)
def test_a_published_file_has_no_shortfall(source: str, path: str, shared: Callable[[str], Path]) -> None:
    reader = read(source, shared(path))
    assert sum(1 for _ in reader) > 400
    assert not reader.shortfalls
