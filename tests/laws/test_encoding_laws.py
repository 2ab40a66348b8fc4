"""The laws of encoding: each is headed by the sentence it proves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import attrs
from hypothesis import example, given
from hypothesis import strategies as st

from screenkit import DamagedFileError, Designation, ListedName, normalize
from screenkit.errors import InvalidSubjectError
from screenkit.model import Name, PartialDate
from screenkit.search.files.record_codec import Decoder, Encoder

# Every character there is, surrogates that stand alone among them.
texts = st.text(st.characters(exclude_categories=()), max_size=6)
stated = texts.filter(str.strip)
dates = st.lists(st.dates(), min_size=2, max_size=2).map(sorted)
partial_dates = st.builds(
    lambda text, days, circa: PartialDate(text=text, earliest=days[0], latest=days[1], circa=circa),
    texts,
    dates,
    st.booleans(),
)


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a field of this type, told by the type alone: a field added to the model is tried as well."""
    arguments = get_args(hint)
    if hint is PartialDate:
        return partial_dates
    if attrs.has(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, **{field.alias: field_values(field, hints) for field in attrs.fields(hint)})
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    if get_origin(hint) is tuple and arguments[-1] is ...:
        return st.lists(st.deferred(lambda: values(arguments[0])), max_size=2).map(tuple)
    if get_origin(hint) is tuple:
        return st.tuples(*map(values, arguments))
    if isinstance(get_origin(hint), type) and issubclass(get_origin(hint), Mapping):
        return st.dictionaries(values(arguments[0]), values(arguments[1]), max_size=2)
    if NoneType in arguments:
        return st.none() | st.one_of(*(values(argument) for argument in arguments if argument is not NoneType))
    plain: dict[object, st.SearchStrategy[Any]] = {
        str: texts, int: st.integers(), bool: st.booleans(), dt.date: st.dates()
    }  # fmt: skip
    return plain[hint]


def field_values(field: attrs.Attribute[Any], hints: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if field.validator is not None:
        return stated
    if field.name == "names":
        return st.lists(values(ListedName), min_size=1, max_size=2).map(tuple)
    return values(hints[field.name])


def decoder_of(encoder: Encoder) -> Decoder:
    return Decoder(
        tokens=encoder.tokens.encoded(), programs=encoder.programs.encoded(), editions=encoder.editions.encoded()
    )


# Representations are compared too: they tell a member from its text, and show the counts that equality leaves out.


@given(st.lists(values(Name), max_size=3))
def test_decoding_an_encoded_name_gives_the_name(names: list[Name]) -> None:
    encoder = Encoder()
    encoded = [encoder.name(name) for name in names]
    decoder = decoder_of(encoder)
    decoded = [decoder.name(data) for data in encoded]
    assert decoded == names
    assert repr(decoded) == repr(names)


@given(st.text(min_size=1, max_size=40))
@example("김정은")
@example("KIM, Jong Un (a.k.a. 金正恩)")
def test_decoding_an_encoded_normalized_string_gives_the_name(text: str) -> None:
    try:
        name = normalize(text)
    except InvalidSubjectError:
        return
    encoder = Encoder()
    data = encoder.name(name)
    assert decoder_of(encoder).name(data) == name


@given(st.lists(values(Designation), max_size=2))
def test_decoding_an_encoded_designation_gives_the_designation(designations: list[Designation]) -> None:
    encoder = Encoder()
    encoded = [encoder.designation(designation) for designation in designations]
    decoder = decoder_of(encoder)
    decoded = [decoder.designation(data) for data in encoded]
    assert decoded == designations
    assert repr(decoded) == repr(designations)


@given(values(Designation), st.data())
def test_damaged_bytes_give_a_designation_or_a_refusal_and_no_other_error(
    designation: Designation, data: st.DataObject
) -> None:
    encoder = Encoder()
    sound = encoder.designation(designation)
    at = data.draw(st.integers(0, len(sound) - 1))
    damaged = sound[:at] + data.draw(st.binary(max_size=2)) + sound[at + 1 :]
    try:
        found = decoder_of(encoder).designation(damaged)
    except DamagedFileError:
        return
    assert isinstance(found, Designation)
