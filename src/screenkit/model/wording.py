"""The sentences that explain a result. Nothing is decided here, and no other module writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

_PHRASES = {
    "word": "“{query}” is in both names",
    "similar word": "“{query}” resembles “{listed}” ({rule})",
    "joined words": "“{query}” is “{listed}” with other word breaks ({rule})",
    "initial": "“{query}” and “{listed}” are a word and its initial",
    "surname reading": "“{query}” has the surname of “{listed}”, read as {rule}",
    "given name reading": "the given name sounds the same or nearly so",
    "reading cap": "deducted because the reading is possible, not certain, or because the sounds differ",
    "clash": "“{query}” where the list has “{listed}”",
    "single name": "“{query}” is all that is given, and is the surname of the listed person",
    "father and son": "deducted because “{query}” is a father's name in only one of the names",
    "common words": "deducted because “{query}” alone is not distinctive enough and the rest differs",
    "weakest word": "deducted because “{query}” and “{listed}”, the least similar pair, differ",
    "party": "“{query}” is one of the names in the text screened ({rule})",
    "cut off": "deducted because a payment field cut the name off, and how it went on is not known",
    "ceiling": "names that are not equal score 0.99 at most",
    "birth date": "birth date {query} {rule} the listed {listed}",
    "country": "country {query} {rule} the listed {listed}",
    "gender": "gender {query} {rule} the listed {listed}",
    "kind": "screened as {query}, listed as {listed}",
    "weak name": "“{listed}” is a weak alias, which alerts only if a birth date or identifier agrees",
    "identifier": "identifier {query} is the listed {listed} ({rule})",
}


def evidence_sentence(kind: str, points: int, query: str, listed: str, rule: str) -> str:
    """One piece of evidence as a phrase, with its points at the end."""
    if kind == "unmatched word":
        phrase = (
            f"“{query}” is not in the listed name" if query else f"the list's “{listed}” is not in the name screened"
        )
    elif kind == "kind" and rule == "legal form":
        phrase = f"“{query}” is a company's legal form; the entry is listed as {listed}"
    else:
        phrase = _PHRASES[kind].format(query=query, listed=listed, rule=rule)
    if kind == "word" and query.casefold() != listed.casefold():
        phrase = f"“{query}” is “{listed}”"
    return f"{phrase} ({points:+,})"


def score_paragraph(query: str, listed: str, points: int, sentences: Sequence[str]) -> str:
    """A score as a sentence: what was compared, the result, then each reason."""
    reasons = "; ".join(sentences) or "nothing agrees"
    return f"“{query}” against “{listed}” scores {points / 10_000:.4f}: {reasons}."


def caution_sentence(kind: str, number: int, count: int, details: Sequence[str]) -> str:
    """A caution about one of the names screened, which it doesn't quote."""
    name = "The name" if count == 1 else f"Name {number}"
    if kind == "unread":
        what = f"letters of {' and '.join(details)}" if details != ["symbols"] else "symbols"
        return (
            f"{name} has {what}, which can't be read dependably; that nothing is found doesn't mean that it is clear."
        )
    if kind == "divided":
        return (
            f"{name} holds several names, or more than a name ({', '.join(details)}); each was compared by itself too."
        )
    return f"{name} may hold several parties; it was compared as one name."


#: Begins the reason of a hit that is suppressed because facts contradict.
CONTRADICTED = "contradicted"
_LAPSES = {
    "expired": "it has expired",
    "subject": "the customer's names or facts have changed",
    "designation": "the list entry has changed",
    "name": "another listed name matches now",
    "identifier": "an identifier matches now that did not before",
    "reviewers": "more reviewers have to clear it",
}


def decision_phrase(outcome: str, reviewer: str, decided: dt.date, until: dt.date | None, reason: str) -> str:
    """A decision as a phrase: what was decided, by whom, when, until when, and why."""
    end = f" until {until}" if until else ""
    return f"{outcome} by {_on_one_line(reviewer)} on {decided}{end}: {_on_one_line(reason)}"


def review_sentence(
    outcome: str, reviewer: str, decided: dt.date, until: dt.date | None, reason: str, lapses: Sequence[str]
) -> str:
    """A decision as a sentence, with the reasons why it no longer holds, if there are any."""
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
    alias: tuple[str, str] | None,
    list_title: str,
    published: str | None,
    programs: Sequence[tuple[str, str]],
    measures: Sequence[str],
    secondary: Sequence[str],
) -> str:
    """What the target is, on which list, under which programs, and what the listing entails.

    `alias` is the listed name that matched and its type, where it is not the main name.
    """
    what = f"{name} ({kind}, id {id})"
    if alias is not None:
        text, type = alias
        what = f"“{text}” is an {type} of {what}, {'who' if kind == 'person' else 'which'}"
    where = f"is on {list_title}" if list_title else "is listed"
    when = f" of {published[:10]}" if published else ""
    under = "; ".join(f"{code} ({title})" if title else code for code, title in programs)
    parts = [f"{what} {where}{when}" + (f" under {under}" if under else "") + "."]
    if measures:
        parts.append(f"Measure: {', '.join(measures)}.")
    if secondary:
        parts.append(f"The entry states: {'; '.join(secondary)}.")
    return " ".join(parts)


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun in the singular or plural: "1 row", "1,000 rows", "2 entries"."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
