"""A subject and a designation in, their score out: the best of their names, then the facts.

`compare` is the oracle of the search: `Screener.screen` hits exactly the designations whose score here reaches the
threshold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import attrs

from screenkit.comparison.compared_name import AskedName, ComparedName, asked_names, searched_names
from screenkit.comparison.cut_names import cut_off
from screenkit.comparison.deductions import Contribution
from screenkit.comparison.facts import compare_facts, corroborates, equal_identifier, identifier_rule
from screenkit.comparison.score import NameScore, score_compared
from screenkit.comparison.weighing import Weighing
from screenkit.errors import InvalidSubjectError
from screenkit.model import Designation, Evidence, EvidenceKind, Identifier, Kind, ListedName, Score, Subject, TokenKind
from screenkit.model.stated import KindName
from screenkit.names import normalize
from screenkit.names.parties import Party
from screenkit.names.quote import as_given
from screenkit.policy import Policy


def compare(
    subject: Subject | str,
    listed: Designation | str,
    *,
    kind: Kind | KindName | None = None,
    policy: Policy | None = None,
) -> Score:
    """Score a subject against a designation, or one name against another.

    Of a designation's names the one that explains best is reported. A name its publisher calls weak counts
    only where a birth date or identifier agrees; `Screener.screen` hits exactly the designations whose score
    here reaches the threshold.
    """
    policy = policy or Policy()
    subject = as_subject(subject, kind)
    if isinstance(listed, str):
        listed = Designation(id="-", kind=Subject("-", kind=kind).kind, names=[ListedName(listed)])
    alerting, suppressed = compare_subject(subject, listed, policy)
    if alerting is not None:
        return alerting
    assert suppressed is not None  # a designation has a name, which is either strong or weak
    off = Evidence(kind=EvidenceKind.WEAK_NAME, points=-suppressed.points, listed=suppressed.matched_name.text)
    return attrs.evolve(suppressed, points=0, evidence=(*suppressed.evidence, off))


def as_subject(given: Subject | str, kind: Kind | KindName | None = None) -> Subject:
    """A subject as it is, or a name made one; raises `InvalidSubjectError` for anything else."""
    if isinstance(given, Subject):
        return given
    if not isinstance(given, str):
        raise InvalidSubjectError(f"what is screened has to be a str or a Subject, not {type(given).__name__}")
    return Subject(given, kind=kind)


def compare_subject(subject: Subject, designation: Designation, policy: Policy) -> tuple[Score | None, Score | None]:
    """The best score by a name that may alert, and by one that may not; None where there is no such name."""
    return best_scores(subject, designation, _all_scores(subject, designation, policy), policy)


def _all_scores(subject: Subject, designation: Designation, policy: Policy) -> Iterator[ScoredName]:
    asked = asked_names(subject, policy)
    for listed in searched_names(designation):
        name = ComparedName.of(normalize(listed.text), policy)
        for one in asked:
            yield ScoredName(listed, score_compared(one.query, name, policy), one.party)
            cut = score_cut_off(one, listed.text, policy)
            if cut is not None:
                yield ScoredName(listed, cut)


def score_cut_off(asked: AskedName, listed: str, policy: Policy) -> NameScore | None:
    """Score a customer's name against what a payment field left of a listed one; None where it is no such beginning.

    A party of a name doesn't fill the field.
    """
    query = asked.query
    cut = cut_off(query.text, listed) if asked.party is None else ""
    if not cut:
        return None
    found = score_compared(query, ComparedName.of(normalize(cut), policy), policy)
    points, contributions, _ = found.by_words
    off = min(policy.cut_off_loss, points)
    words = Weighing(points - off, [*contributions, Contribution(EvidenceKind.CUT_OFF, -off)], False)
    return found._replace(points=words.points, by_words=words, by_reading=None)


class ScoredName(NamedTuple):
    """A listed name with its score."""

    listed: ListedName
    score: NameScore
    #: What shows that a part of the customer's name was compared; None where it was the name as given.
    party: Party | None = None


def best_scores(
    subject: Subject, designation: Designation, scored: Iterable[ScoredName], policy: Policy
) -> tuple[Score | None, Score | None]:
    """The best of some scores of names, with the facts: by a name that may alert, and by one that may not."""
    facts = tuple(compare_facts(subject, designation, policy))
    same = equal_identifier(subject, designation)
    corroborated = same is not None or any(map(corroborates, facts))
    best: dict[bool, ScoredName] = {}
    for one in scored:
        may_alert = corroborated or not _is_suppressible(one.listed, designation, policy)
        if may_alert not in best or one.score.points > best[may_alert].score.points:
            best[may_alert] = one
    scores = {
        may_alert: _with_facts(name, (*facts, *_kind_by_form(subject, designation, name.score, policy)), same, policy)
        for may_alert, name in best.items()
    }
    return scores.get(True), scores.get(False)


def _is_suppressible(listed: ListedName, designation: Designation, policy: Policy) -> bool:
    # "house:exits" is one of several house lists.
    source = designation.source.partition(":")[0]
    return listed.is_weak and policy.suppress_weak and source in policy.weak_sources


#: What no legal form belongs to.
_NO_COMPANY = frozenset({Kind.PERSON, Kind.VESSEL, Kind.AIRCRAFT})


def _kind_by_form(subject: Subject, designation: Designation, found: NameScore, policy: Policy) -> Iterator[Evidence]:
    """What a customer's legal form says against a listed person, vessel or aircraft: Victor Green Limited, Viktor Grin.

    Only where the customer's kind is not stated, and the listed name has no legal form itself.
    """
    if subject.kind is not Kind.UNKNOWN or designation.kind not in _NO_COMPANY:
        return
    tokens = found.query.name.tokens
    at = next((at for at, token in enumerate(tokens) if token.kind is TokenKind.LEGAL_FORM), None)
    if at is None or TokenKind.LEGAL_FORM in found.listed.words.kinds:
        return
    form = as_given(found.query.text, tokens)[at]
    yield Evidence(
        kind=EvidenceKind.KIND, points=-policy.kind_loss, query=form, listed=designation.kind, rule="legal form"
    )


def _with_facts(
    best: ScoredName, facts: Iterable[Evidence], same: tuple[Identifier, Identifier] | None, policy: Policy
) -> Score:
    """Add the facts' evidence, each bounded by what the score allows."""
    found = best.score
    evidence = list(found.evidence)
    if best.party is not None:
        evidence.append(Evidence(kind=EvidenceKind.PARTY, points=0, query=best.party.text, rule=best.party.rule))
    points = found.points
    for fact in facts:
        if found.is_equal:
            # Nothing raises a full score, and no contradiction hides an exact hit unless the policy says so.
            is_against = fact.kind is EvidenceKind.BIRTH_DATE and fact.contradicts
            bounded = max(-policy.equal_birth_date_loss, -points) if is_against else 0
        elif fact.points > 0:
            bounded = max(min(fact.points, policy.ceiling - points), 0)
        else:
            bounded = max(fact.points, -points)
        points += bounded
        evidence.append(attrs.evolve(fact, points=bounded))
    if same is not None:
        query, listed = same
        gain = max(policy.identifier_points - points, 0)
        points += gain
        label = f"{listed.label or listed.type} {listed.value}"
        evidence.append(
            Evidence(
                kind=EvidenceKind.IDENTIFIER,
                points=gain,
                query=query.value,
                listed=label,
                rule=identifier_rule(query, listed),
            )
        )
    return Score(
        points=points,
        evidence=tuple(evidence),
        query=found.query.text,
        matched_name=best.listed,
        readings=found.readings,
    )
