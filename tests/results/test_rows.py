"""A screening as flat rows: one for each hit, then one for each suppressed hit, every value a text."""

from __future__ import annotations

from screenkit import Designation, ListedName, Measure, PartialDate, Program, Screener
from screenkit.results.rows import COLUMNS, rows


def test_a_row_for_each_hit_then_for_each_suppressed_one() -> None:
    program = Program("DPRK3", measures=[Measure.BLOCK, Measure.TRAVEL])
    strong = Designation(
        id="1",
        kind="person",
        names=[ListedName("IVANOV, Pyotr"), ListedName("PETROV, Ivan", type="a.k.a.")],
        programs=[program, Program("NPWMD")],
        birth_dates=[PartialDate.parse("1961"), PartialDate.parse("1962-03")],
    )
    weak = Designation(id="2", names=[ListedName("SIDOROV, Oleg"), ListedName("PETROV, Ivan", strength="weak")])
    found = list(rows(Screener([weak, strong]).screen("Ivan Petrov")))
    assert [tuple(row) for row in found] == [COLUMNS, COLUMNS]
    assert [(row["id"], row["outcome"].partition(":")[0]) for row in found] == [("1", "hit"), ("2", "suppressed")]
    hit = found[0]
    assert (hit["query"], hit["name"], hit["matched_name"]) == ("Ivan Petrov", "IVANOV, Pyotr", "PETROV, Ivan")
    assert (hit["kind"], hit["points"], hit["source"]) == ("person", "10000", "")
    assert (hit["programs"], hit["measures"]) == ("DPRK3; NPWMD", "block; travel")
    assert hit["birth_dates"] == "1961; 1962-03"
    assert "PETROV, Ivan" in hit["explanation"]
