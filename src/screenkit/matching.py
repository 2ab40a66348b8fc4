"""A subject and a designation in, their score out: the best of their names, then the facts.

`compare` is the oracle of the search: `Screener.screen` hits exactly the designations whose score here reaches the
threshold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

import attrs

from screenkit.errors import InvalidRecordError, InvalidSubjectError
from screenkit.facts import compare_facts, corroborates, equal_identifier, identifier_rule
from screenkit.model import Designation, Evidence, EvidenceKind, Identifier, ListedName, Name, Score, Subject
from screenkit.names import normalize
from screenkit.names.commercial_code import native_names
from screenkit.policy import Policy
from screenkit.score import NameScore, score_names


def compare(
    subject: Subject | str,
    listed: Designation | str,
    *,
    kind: str | None = None,
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
        listed = Designation(id="-", kind=kind, names=[ListedName(listed)])
    alerting, suppressed = compare_subject(subject, listed, policy)
    if alerting is not None:
        return alerting
    assert suppressed is not None  # a designation has a name, which is either strong or weak
    off = Evidence(kind=EvidenceKind.WEAK_NAME, points=-suppressed.points, listed=suppressed.matched_name.text)
    return attrs.evolve(suppressed, points=0, evidence=(*suppressed.evidence, off))


def as_subject(given: Subject | str, kind: str | None = None) -> Subject:
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
    for listed in searched_names(designation):
        for text in subject.names:
            found = score_names(normalize(text), normalize(listed.text), policy)
            yield ScoredName(text, listed, found.points, partial(_itself, found))


def _itself(found: NameScore) -> NameScore:
    return found


class ScoredName(NamedTuple):
    """A name of the subject and one of the designation with their points, and what makes the evidence of them."""

    query: str
    listed: ListedName
    points: int
    found: Callable[[], NameScore]


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
        if may_alert not in best or one.points > best[may_alert].points:
            best[may_alert] = one
    scores = {may_alert: _with_facts(name, facts, same, policy) for may_alert, name in best.items()}
    return scores.get(True), scores.get(False)


def normalized_name(designation: Designation, name: ListedName) -> Name:
    """Normalise a listed name; raises `InvalidRecordError`, with the designation's id, where that can't be done."""
    try:
        return normalize(name.text)
    except InvalidSubjectError as error:
        raise InvalidRecordError(f"designation {designation.id} has a name that can't be searched: {error}") from error


def searched_names(designation: Designation) -> tuple[ListedName, ...]:
    """The names of a designation, those included that its Chinese Commercial Codes stand for."""
    return (*designation.names, *native_names(designation))


def _is_suppressible(listed: ListedName, designation: Designation, policy: Policy) -> bool:
    return listed.is_weak and policy.suppress_weak and designation.source in policy.weak_sources


def _with_facts(
    best: ScoredName, facts: Iterable[Evidence], same: tuple[Identifier, Identifier] | None, policy: Policy
) -> Score:
    """Add the facts' evidence, each bounded by what the score allows."""
    found = best.found()
    evidence = list(found.evidence)
    points = found.points
    for fact in facts:
        if found.is_equal:
            # Nothing raises a full score, and no contradiction hides an exact hit.
            bounded = 0
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
        query=best.query,
        matched_name=best.listed,
        readings=found.readings,
    )
