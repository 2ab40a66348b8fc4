"""Policies read from files."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import attrs
import pytest

from screenkit import Policy
from screenkit.calibrate.policies import differences, read_policy
from screenkit.errors import InvalidPolicyError
from screenkit.results.record import plain


def test_a_policy_is_read_from_toml_and_json_and_the_rest_is_the_defaults(tmp_path: Path) -> None:
    toml, as_json = tmp_path / "p.toml", tmp_path / "p.json"
    toml.write_text('threshold = 0.8\nclash_share = 90\nsuppress_weak = false\nweak_sources = ["house"]\n')
    as_json.write_text(
        '{"threshold": 0.8, "clash_share": 90, "suppress_weak": false, "weak_sources": ["house"], "max_age": 60}'
    )
    expected = Policy(threshold=0.8, clash_share=90, suppress_weak=False, weak_sources=("house",))
    assert read_policy(toml) == expected
    assert read_policy(as_json) == attrs.evolve(expected, max_age=dt.timedelta(minutes=1))
    assert read_policy("default") == Policy()


def test_every_policy_comes_back_from_the_record_of_a_screening(tmp_path: Path) -> None:
    policy = Policy(threshold=0.75, gender_loss=1, max_age=None)
    path = tmp_path / "policy.json"
    stated = {"fingerprint": policy.fingerprint, **plain(policy)}
    path.write_text(json.dumps(stated))
    assert read_policy(path) == policy
    path.write_text(json.dumps({**stated, "gender_loss": 2}))
    with pytest.raises(InvalidPolicyError, match="fingerprint does not match its values"):
        read_policy(path)


def test_differences_name_each_field_with_both_values() -> None:
    policy = Policy(threshold=0.8, weak_sources=())
    default = list(Policy().weak_sources)
    assert differences(policy) == (("threshold", 0.6, 0.8), ("weak_sources", default, []))
    assert differences(policy, policy) == ()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("p.yaml", "", "a .toml or .json file"),
        ("p.toml", "threshold = ", "is not TOML"),
        ("p.json", "[1]", "not a list"),
        ("p.json", "\udcff", "is not JSON in UTF-8"),
        ("p.toml", "treshold = 0.8", "treshold is not a field"),
        ("p.toml", "clash_share = 1.5", "clash_share must be a whole number"),
        ("p.toml", "clash_share = true", "clash_share must be a whole number"),
        ("p.toml", "suppress_weak = 1", "suppress_weak must be true or false"),
        ("p.toml", "weak_sources = [1]", "weak_sources must be a list of texts"),
        ("p.toml", 'weak_sources = "house"', "weak_sources must be a list of texts"),
        ("p.toml", "threshold = 7", "7"),
        ("p.toml", "threshold = nan", "nan"),
        ("p.json", '{"max_age": Infinity}', "p.json: "),
        ("p.json", '{"max_age": "day"}', "max_age must be"),
        ("p.toml", "floor = 0.1", "floor must be between 0.40 and 1.00, not 0.1"),
    ],
)
def test_a_file_that_is_no_policy_is_refused_with_its_path(tmp_path: Path, name: str, text: str, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(InvalidPolicyError) as raised:
        read_policy(path)
    assert said in str(raised.value)
    assert name in str(raised.value)


def test_all_unfit_fields_are_told_together(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text("a = 1\nb = 2\nedit_share = '3'\n")
    with pytest.raises(InvalidPolicyError) as raised:
        read_policy(path)
    assert str(raised.value).count("\n  - ") == 3


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidPolicyError, match="can't be read"):
        read_policy(tmp_path / "p.toml")
