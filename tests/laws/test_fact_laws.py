"""The laws of facts: each is headed by the sentence it proves."""

from __future__ import annotations

import attrs
from hypothesis import assume, example, given
from hypothesis import strategies as st

from screenkit import Designation, Identifier, ListedName, PartialDate, Place, Policy, Subject
from screenkit.comparison.facts import compare_facts, equal_identifier
from screenkit.comparison.facts.identifiers import identifier_rule, identifiers_agree, identifies, lookup_keys
from screenkit.model import IdentifierType, Kind

POLICY = Policy()

_VALUES = (
    "OA296623", "Afghan passport number OA296623", "oa 296-623", "DCBKKPPY", "DCBKKPPYXXX", "DCBKKPPYBR1", "dcbk kppy",
    "9187629", "IMO 9187629", "5342883", "EP-MNA", "epmna", "1Df883c96LVauVsx9FEgnsourD8DELwCUQ", "58593 (Jalisco)",
    "0x7Db418b5D567A4e0E8c59Ad71BE1FcE48f3E6107", "0x7db418b5d567a4e0e8c59ad71be1fce48f3e6107", "58593 (Uraba)",
    "58593", "1df883c96lvauvsx9fegnsourd8delwcuq", "bc1q9lvynkfpaw330uhqmunzdz6gmafsvapv7y3zty", "Unknown", "12",
    "---", "№",
    "7704734000/ 770301001", "7704734000", "INN: 7704734000", "a@b.com and c@d.com", "c@d.com", "http://www.d.com/",
    "d.com", "+963 11 2218602", "0096311 2218602", "OGRN 7704734000", "Jordan 286062", "286062",
)  # fmt: skip
_values = st.sampled_from(_VALUES) | st.text(min_size=1, max_size=30).filter(lambda text: bool(text.strip()))
identifiers = st.builds(
    Identifier,
    type=st.sampled_from(IdentifierType),
    value=_values,
    country=st.sampled_from([None, "ru", "kp"]),
    label=st.sampled_from(["", "Company Number", "Vessel Registration Identification"]),
)
#: Two of which about half agree: the second is the first with parts of it changed.
pairs = st.builds(
    lambda one, other, keep: (one, attrs.evolve(one, **{field: getattr(other, field) for field in keep})),
    identifiers,
    identifiers,
    st.sets(st.sampled_from(["type", "value", "country", "label"])),
)

_days = st.dates(min_value=PartialDate.of(1930).earliest, max_value=PartialDate.of(1999).latest)
_exact = _days.map(lambda day: PartialDate.of(day.year, day.month, day.day))
_years = st.builds(PartialDate.of, st.integers(1930, 1999), circa=st.booleans())
_ranges = st.tuples(st.integers(1930, 1999), st.integers(0, 30)).map(
    lambda span: PartialDate.between(PartialDate.of(span[0]), PartialDate.of(sum(span)), text="a span")
)
dates = _exact | _years | _ranges

subjects = st.builds(
    Subject,
    st.just("Kim"),
    kind=st.sampled_from(Kind),
    birth_date=st.none() | dates,
    countries=st.lists(st.sampled_from(["kp", "cn", "ru"]), max_size=2),
    gender=st.sampled_from([None, "male", "female"]),
)
designations = st.builds(
    Designation,
    id=st.just("1"),
    names=st.just([ListedName("KIM")]),
    kind=st.sampled_from(Kind),
    birth_dates=st.lists(dates, max_size=3),
    nationalities=st.lists(
        st.builds(Place, text=st.just("x"), country=st.sampled_from([None, "kp", "cn"])), max_size=2
    ),
    gender=st.sampled_from([None, "male", "female"]),
)


@given(identifiers)
def test_an_identifier_agrees_with_itself(one: Identifier) -> None:
    assert lookup_keys(one)
    assert identifiers_agree(one, one)


@given(pairs)
@example((Identifier(value="DCBKKPPY"), Identifier(type="bic", value="DCBKKPPYBR1")))
def test_identifiers_agree_either_way_and_share_a_key(pair: tuple[Identifier, Identifier]) -> None:
    one, other = pair
    assert identifiers_agree(one, other) == identifiers_agree(other, one)
    assert identifies(one, other) == identifies(other, one)
    assert identifier_rule(one, other) == identifier_rule(other, one)
    if identifiers_agree(one, other):
        assert set(lookup_keys(one)) & set(lookup_keys(other))
    if identifies(one, other):
        assert identifiers_agree(one, other)


@given(_values, st.sampled_from(IdentifierType))
def test_a_plain_text_is_an_identifier_of_any_sort(value: str, type: IdentifierType) -> None:
    assume(not value.startswith("IMO"))  # which says its sort
    assert identifiers_agree(Identifier(value=value), Identifier(type=type, value=value))


@given(pairs)
def test_an_equal_identifier_is_found_among_others(pair: tuple[Identifier, Identifier]) -> None:
    one, other = pair
    noise = Identifier(type="account", value="8127391823")
    subject = Subject("Kim", identifiers=[noise, one])
    listed = Designation(id="1", names=[ListedName("LEE")], identifiers=[other])
    assert (equal_identifier(subject, listed) is not None) == (identifies(one, other) or identifies(noise, other))


@given(subjects, designations)
def test_facts_are_bounded_by_the_policy(subject: Subject, listed: Designation) -> None:
    found = list(compare_facts(subject, listed, POLICY))
    assert sum(max(fact.points, 0) for fact in found) <= POLICY.largest_gain
    most = POLICY.birth_date_loss + POLICY.country_loss + POLICY.gender_loss + POLICY.kind_loss
    assert -most <= sum(min(fact.points, 0) for fact in found)
    assert len({fact.kind for fact in found}) == len(found)


@given(subjects, designations)
def test_a_fact_that_either_side_lacks_is_no_evidence(subject: Subject, listed: Designation) -> None:
    bare = Designation(id="1", names=listed.names)
    assert list(compare_facts(subject, bare, POLICY)) == []
    assert list(compare_facts(Subject("Kim"), listed, POLICY)) == []


@given(subjects, designations, dates)
def test_a_further_listed_birth_date_never_lowers(subject: Subject, listed: Designation, more: PartialDate) -> None:
    def points(of: Designation) -> int:
        return sum(fact.points for fact in compare_facts(subject, of, POLICY) if fact.kind == "birth date")

    if listed.birth_dates:
        assert points(attrs.evolve(listed, birth_dates=(*listed.birth_dates, more))) >= points(listed)


@given(dates, dates)
def test_birth_dates_weigh_alike_whichever_side_states_them(one: PartialDate, other: PartialDate) -> None:
    def weighed(asked: PartialDate, listed: PartialDate) -> list[tuple[int, str]]:
        designation = Designation(id="1", names=[ListedName("KIM")], birth_dates=[listed])
        found = compare_facts(Subject("Kim", birth_date=asked), designation, POLICY)
        return [(fact.points, fact.rule) for fact in found]

    assert weighed(one, other) == weighed(other, one)


@given(_exact)
def test_a_birth_date_never_contradicts_itself_its_month_its_year_or_its_swap(day: PartialDate) -> None:
    date = day.earliest
    weaker = [day, PartialDate.of(date.year), PartialDate.of(date.year, date.month), PartialDate.of(date.year, 1, 1)]
    if date.day <= 12:
        weaker.append(PartialDate.of(date.year, date.day, date.month))
    for stated in weaker:
        listed = Designation(id="1", names=[ListedName("KIM")], birth_dates=[stated])
        (found,) = compare_facts(Subject("Kim", birth_date=day), listed, POLICY)
        assert found.points > 0
