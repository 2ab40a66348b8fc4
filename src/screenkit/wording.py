"""Evidence in, sentences out: the only place that writes prose about a result. It decides nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

_PHRASES = {
    "word": "“{query}” stands in both names",
    "similar word": "“{query}” resembles “{listed}” ({rule})",
    "joined words": "“{query}” is “{listed}” written with other word breaks ({rule})",
    "initial": "“{query}” and “{listed}” agree as a word and its initial",
    "surname reading": "“{query}” has the surname of “{listed}”, read as {rule}",
    "given name reading": "and the given name sounds the same or nearly so",
    "reading cap": "off for a reading that is possible, not certain, and for what sounds less alike",
    "clash": "“{query}” stands where the list has “{listed}”",
    "father and son": "off because “{query}” is a father's name on one side only, and another word on the other",
    "common words": "off because “{query}” stands in many names and the rest differs",
    "weakest word": "off because the least similar pair is “{query}” and “{listed}”",
    "ceiling": "names that are not equal reach 0.99 at most",
    "birth date": "birth date {query} {rule} the listed {listed}",
    "country": "country {query} {rule} the listed {listed}",
    "gender": "gender {query} {rule} the listed {listed}",
    "kind": "screened as {query}, listed as {listed}",
    "weak name": "“{listed}” is a weak alias, which alerts only where a birth date or identifier agrees",
    "identifier": "identifier {query} is the listed {listed} ({rule})",
}


def evidence_sentence(kind: str, points: int, query: str, listed: str, rule: str) -> str:
    """Say one piece of evidence, its contribution in points at the end."""
    if kind == "unmatched word":
        phrase = (
            f"“{query}” is not in the listed name" if query else f"the list's “{listed}” is not in the name screened"
        )
    else:
        phrase = _PHRASES[kind].format(query=query, listed=listed, rule=rule)
    if kind == "word" and query.casefold() != listed.casefold():
        phrase = f"“{query}” is “{listed}”"
    return f"{phrase} ({points:+,})"


def score_paragraph(query: str, listed: str, points: int, sentences: Sequence[str]) -> str:
    """Say a score: what was compared, the result, then each reason."""
    reasons = "; ".join(sentences) or "nothing agrees"
    return f"“{query}” against “{listed}” scores {points / 10_000:.4f}: {reasons}."


_LAPSES = {
    "expired": "it has expired",
    "subject": "the customer is screened by other names or facts",
    "designation": "the list states something else about the target",
    "name": "another listed name matches",
    "identifier": "an identifier is equal that was not then",
}


def decision_phrase(outcome: str, reviewer: str, decided: dt.date, until: dt.date | None, reason: str) -> str:
    """Say who decided what, when, until when, and why."""
    end = f" until {until}" if until else ""
    return f"{outcome} by {_on_one_line(reviewer)} on {decided}{end}: {_on_one_line(reason)}"


def review_sentence(
    outcome: str, reviewer: str, decided: dt.date, until: dt.date | None, reason: str, lapses: Sequence[str]
) -> str:
    """Say a decision, and why it no longer holds where it doesn't."""
    phrase = decision_phrase(outcome, reviewer, decided, until, reason).rstrip(".")
    lapsed = f"; to be reviewed again because {' and '.join(_LAPSES[lapse] for lapse in lapses)}" if lapses else ""
    return f"{phrase[:1].upper()}{phrase[1:]}{lapsed}."


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def listing_sentence(
    *,
    name: str,
    kind: str,
    id: str,
    list_title: str,
    published: str | None,
    programs: Sequence[tuple[str, str]],
    measures: Sequence[str],
    secondary: Sequence[str],
) -> str:
    """Say what the target is, on which list, under which programs, and what the listing entails."""
    what = f"{name} ({kind}, id {id})"
    where = f"is on {list_title}" if list_title else "is listed"
    when = f" of {published[:10]}" if published else ""
    under = "; ".join(f"{code} ({title})" if title else code for code, title in programs)
    parts = [f"{what} {where}{when}" + (f" under {under}" if under else "") + "."]
    if measures:
        parts.append(f"Measure: {', '.join(measures)}.")
    if secondary:
        parts.append(f"The entry states: {'; '.join(secondary)}.")
    return " ".join(parts)
