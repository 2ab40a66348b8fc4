"""A calibration in, sentences about its choice and its limits out, for the terminal and the page."""

from __future__ import annotations

from collections.abc import Iterator

from screenkit.model.found import FULL_SCORE

from .calibration import Calibration
from .choosing import Choice, Reason, Wanted

_OWN = "It is the policy's own threshold"


def score(points: int) -> str:
    """Points as the score that a threshold is given as: "0.7000"."""
    return f"{points / FULL_SCORE:.4f}"


def choice(made: Calibration) -> str:
    """Why this threshold, and what it does."""
    line = made.line
    return (
        f"{_reason(made.choice, made.wanted, made.curve.floor)} At it {line.recall.percent()} of the matches are hit,"
        f" and {line.alerts.per_10_000()} of 10,000 ordinary names alert; in brackets are 95 % intervals by Wilson's"
        " method."
    )


def _reason(made: Choice, wanted: Wanted, floor: int) -> str:
    recall = "" if wanted.recall is None else f"a recall of {float(100 * wanted.recall):g} %"
    alerts = "" if wanted.alerts is None else f"at most {float(wanted.alerts):g} alerts per 10,000 ordinary names"
    both = " and ".join(filter(None, (recall, alerts)))
    match made.reason:
        case Reason.POLICY:
            return f"{_OWN}; no recall and no rate of alerts was asked for."
        case Reason.RECALL | Reason.BOTH if made.for_alerts is None or made.for_alerts == made.for_recall:
            return f"It is the highest threshold with {both}."
        case Reason.ALERTS:
            return f"It is the lowest threshold with {both}."
        case Reason.BOTH:
            return f"It is the lowest threshold with {both}; the highest one is {score(made.for_recall or 0)}."
        case Reason.RECALL_BEFORE_ALERTS:
            least = "none alerts" if made.for_alerts is None else f"only those from {score(made.for_alerts)} on alert"
            return (
                f"No threshold has both {both}: {least} so little. It is the highest one with the recall,"
                " because a missed designation is the worse error."
            )
        case _:
            return f"No threshold from the floor {score(floor)} to 1.0 has {recall or alerts}. {_OWN}."


def limits(made: Calibration) -> Iterator[str]:
    """What the figures can't tell, a sentence or two each."""
    line = made.line
    if all(edition.coverage != "full" for edition in made.editions):
        yield "Only the starter list was searched: a demonstration, from which nothing follows for whole lists."
    yield (
        f"The intervals tell what chance alone can do to samples of {line.recall.of:,} matches and"
        f" {line.alerts.of:,} ordinary names that were drawn independently, and nothing about samples that are not like"
        " your customers."
    )
    yield from _unsure(made)
    yield "Labels are taken as they are given: a wrong one counts as an error of the policy, or hides one."
    yield "An ordinary name counts as an alert also where somebody listed is really called so."
    by_name = made.labelled - made.looked_up
    if by_name:
        yield (
            f"{by_name:,} of {made.labelled:,} labelled rows give a listed name. They are scored against that name"
            " alone, as if somebody of it were listed; a row with an id is searched for in the editions, where each"
            " name of the designation can hit."
        )
    yield "A designation that is found by a weak name alone is suppressed, and counts here as not hit."
    yield "The figures are of these editions and this policy; a new edition adds names that ordinary ones resemble."


def _unsure(made: Calibration) -> Iterator[str]:
    """Where what was asked for is reached by the figure and not by its whole interval."""
    line, wanted, chosen = made.line, made.wanted, made.choice
    if chosen.reason not in (Reason.POLICY, Reason.OUT_OF_REACH):
        yield (
            "A threshold that was chosen on a sample looks better on it than it is. Confirm it on matches and names"
            " that had no part in the choice."
        )
    if not chosen.is_reached:
        return
    if wanted.recall is not None and line.recall.interval(1_000)[0] < 1_000 * wanted.recall:
        yield (
            "The recall asked for is reached on these matches, but the interval begins below it: more matches are"
            " needed to be sure of it."
        )
    if wanted.alerts is not None and line.alerts.interval(100_000)[1] > 10 * wanted.alerts:
        yield (
            "The rate of alerts asked for is kept on these names, but the interval ends above it: more names are needed"
            " to be sure of it."
        )
