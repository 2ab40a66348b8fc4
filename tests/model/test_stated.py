"""Facts as people and systems state them: what is understood, what means "not given", and what is refused."""

# Wrong and odd types are what half of this module is about.
# mypy: disable-error-code="arg-type, list-item"

from __future__ import annotations

import pytest

from screenkit import Designation, Identifier, InvalidSubjectError, ListedName, Screener, Subject
from screenkit.model.stated import LONGEST_IDENTIFIER
from screenkit.model.subject import MOST_IDENTIFIERS

pd = pytest.importorskip("pandas")

LISTED = [
    Identifier(value="D0001203", type="passport", country="af"),
    Identifier(value="9116412", type="imo"),
    Identifier(value="12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h", type="wallet"),
    Identifier(value="7704734000", type="tax"),
]
SCREENER = Screener(
    [
        Designation(id=str(at), kind="unknown", names=[ListedName(f"Nobody {word}")], identifiers=[identifier])
        for at, (word, identifier) in enumerate(zip(("Alpha", "Beta", "Gamma", "Delta"), LISTED, strict=True))
    ]
)


@pytest.mark.parametrize(
    ("stated", "id"),
    [
        ("passport:D0001203:af", "0"),
        ("Passport no: D0001203", "0"),
        ("passport D0001203", "0"),
        ("PASSPORT NUMBER: D0001203", "0"),
        ("D0001203", "0"),
        ({"passport": "D0001203"}, "0"),
        ({"Passport No.": ["D0001203", None]}, "0"),
        ({"passport": "D0001203:af"}, "0"),
        (Identifier(value="D0001203"), "0"),
        ("IMO 9116412", "1"),
        ("imo:9116412", "1"),
        ("Flag 12, IMO 9116412", "1"),
        ("IMO number 9116412", "1"),
        ("XBT 12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h", "2"),
        ("XBT: 12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h", "2"),
        ("bitcoin:12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h", "2"),
        ("INN 7704734000", "3"),
        ({"tax_id": 7704734000}, "3"),
    ],
)
def test_an_identifier_in_any_usual_form_is_found(stated: object, id: str) -> None:
    for identifiers in (stated, stated if isinstance(stated, dict) else [stated]):
        found = SCREENER.screen("Somebody Else", identifiers=identifiers)
        assert [hit.designation.id for hit in found] == [id], stated


@pytest.mark.parametrize(
    "stated",
    ["rank:D0001203", ["-"], [7704734000], {"rank": "D0001203"}, {7: "D0001203"}, {"passport": {"no": "D"}}, 7],
)
def test_an_identifier_that_cannot_be_read_is_refused_and_never_quoted(stated: object) -> None:
    with pytest.raises(InvalidSubjectError) as error:
        Subject("Somebody", identifiers=stated)
    assert "D0001203" not in str(error.value)


def test_identifiers_are_bounded_in_length_and_number() -> None:
    """Each costs time, and some rules more than in proportion to the length (A2)."""
    with pytest.raises(InvalidSubjectError, match="can't be read"):
        Subject("Somebody", identifiers=["IMO" + "-" * LONGEST_IDENTIFIER])
    with pytest.raises(InvalidSubjectError, match="can't be read"):
        Subject("Somebody", identifiers=[Identifier(value="IMO" + "-" * 16_000)])
    with pytest.raises(InvalidSubjectError, match=f"at most {MOST_IDENTIFIERS}"):
        Subject("Somebody", identifiers=[f"A{number}" for number in range(MOST_IDENTIFIERS + 1)])


@pytest.mark.parametrize("missing", ["", " ", None, float("nan"), pd.NA, pd.NaT], ids=repr)
def test_what_is_missing_means_not_given(missing: object) -> None:
    plain = Subject("Somebody")
    for field in ("kind", "birth_date", "countries", "gender", "identifiers", "customer"):
        assert Subject("Somebody", **{field: missing}) == plain, field
    assert Subject("Somebody", countries=["kp", missing], identifiers=["A-1", missing]) == Subject(
        "Somebody", countries=["kp"], identifiers=["A-1"]
    )


@pytest.mark.parametrize(
    ("stated", "codes"),
    [
        (["UK"], ("gb",)),
        ("uk", ("gb",)),
        (["GBR", "United Kingdom"], ("gb",)),
        (["North Korea", "Allemagne"], ("kp", "de")),
        (("cn", "XK"), ("cn", "xk")),
    ],
)
def test_countries_are_codes_or_the_usual_names(stated: object, codes: tuple[str, ...]) -> None:
    assert Subject("Somebody", countries=stated).countries == codes


@pytest.mark.parametrize("stated", [["ZZ"], ["Atlantis"], ["xx"], [7], 5])
def test_a_country_that_is_none_is_refused(stated: object) -> None:
    with pytest.raises(InvalidSubjectError, match="countr"):
        Subject("Somebody", countries=stated)


@pytest.mark.parametrize(
    ("stated", "kind"),
    [
        ("Person", "person"),
        ("individual", "person"),
        ("Company", "organization"),
        ("ENTITY", "organization"),
        ("ship", "vessel"),
        ("organisation", "organization"),
    ],
)
def test_kinds_are_understood_in_any_case(stated: object, kind: str) -> None:
    assert Subject("Somebody", kind=stated).kind == kind


def test_one_text_is_not_several_subjects() -> None:
    """`screen_many("Putin")` screened P, u, t, i and n, all clear."""
    for one in ("Putin", Subject("Putin")):
        with pytest.raises(InvalidSubjectError, match="several subjects"):
            SCREENER.screen_many(one)
    with pytest.raises(InvalidSubjectError, match="not dict"):
        SCREENER.screen({"name": "Putin"})


def test_screen_takes_facts_as_the_function_does() -> None:
    found = SCREENER.screen(
        ["Somebody Else", "Nobody Alpha"],
        kind="individual",
        birth_date="",
        countries=None,
        gender="M",
        identifiers={"passport": "D0001203"},
        customer="C-1",
    )
    assert (found.subject.names, found.subject.customer) == (("Somebody Else", "Nobody Alpha"), "C-1")
    with pytest.raises(InvalidSubjectError, match="not both"):
        SCREENER.screen(Subject("Somebody"), birth_date="1970")
