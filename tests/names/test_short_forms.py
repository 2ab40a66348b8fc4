"""Names by their customary abbreviations: read where they stand for a name, and nowhere else."""

from __future__ import annotations

import pytest

from screenkit import compare
from screenkit.names import normalize


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Mohd Ali Hassan", ("mohammad", "ali", "hassan")),
        ("RAHMAN, Md. Karim", ("rahman", "mohammad", "karim")),
        ("Ma. Teresa Hdez. Ortega", ("maria", "teresa", "hernandez", "ortega")),
        ("Wm. Smith", ("william", "smith")),
        # Without a point these are other words, and a point at the end of a text is no sign.
        ("Ma Xiaohong", ("ma", "xiaohong")),
        ("Xiaohong Ma.", ("xiaohong", "ma")),
        ("Karim Rahman MD", ("karim", "rahman", "md")),
    ],
)
def test_a_customary_abbreviation_is_the_name_it_stands_for(name: str, keys: tuple[str, ...]) -> None:
    assert normalize(name).keys == keys


def test_a_firm_is_not_named_after_an_abbreviation() -> None:
    assert normalize("Geo. Trading Ltd.").keys[0] == "geo"


def test_an_abbreviation_is_quoted_as_it_was_given() -> None:
    found = compare("Mohd Ali Hassan", "ALI HASSAN, Muhammad")
    assert found.points >= 9_000
    assert ("Mohd", "Muhammad") in {(one.query, one.listed) for one in found.evidence}
