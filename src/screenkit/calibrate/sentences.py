"""Sentences about the choice of a threshold and the limits of the figures, for the terminal and the page."""

from __future__ import annotations

from collections.abc import Iterator

from screenkit.model.evidence import FULL_SCORE
from screenkit.model.wording import counted

from .calibration import Calibration
from .choosing import Choice, Reason, Wanted

_OWN = "It is the policy's own threshold"


def score(points: int) -> str:
    """Points in the form in which a threshold is given: "0.6000"."""
    return f"{points / FULL_SCORE:.4f}"


def choice(made: Calibration) -> str:
    """Why this threshold was chosen, and what it finds and costs."""
    line = made.line
    return (
        f"{_reason(made.choice, made.wanted, made.curve.floor)} At this threshold, {line.recall.percent()} of the"
        f" matches are hits, and {line.alerts.per_10_000()} of 10,000 ordinary names alert. Brackets have 95%"
        " intervals by Wilson's method."
    )


def _reason(made: Choice, wanted: Wanted, floor: int) -> str:
    recall = "" if wanted.recall is None else f"a recall of {float(100 * wanted.recall):g}%"
    alerts = "" if wanted.alerts is None else f"at most {float(wanted.alerts):g} alerts per 10,000 ordinary names"
    both = " and ".join(filter(None, (recall, alerts)))
    match made.reason:
        case Reason.POLICY:
            return f"{_OWN}, because no recall or rate of alerts was asked for."
        case Reason.RECALL | Reason.BOTH if made.for_alerts is None or made.for_alerts == made.for_recall:
            return f"It is the highest threshold with {both}."
        case Reason.ALERTS:
            return f"It is the lowest threshold with {both}."
        case Reason.BOTH:
            return f"It is the lowest threshold with {both}; the highest one is {score(made.for_recall or 0)}."
        case Reason.RECALL_BEFORE_ALERTS:
            few = "none is" if made.for_alerts is None else f"only those from {score(made.for_alerts)} on are"
            return (
                f"No threshold has both {both}; {few} within these alerts. It is the highest threshold with the recall,"
                " because a missed designation is the worse error."
            )
        case _:
            return f"No threshold from the floor {score(floor)} to 1.0 has {recall or alerts}. {_OWN}."


def limits(made: Calibration) -> Iterator[str]:
    """What the figures can't show, in a sentence or two each."""
    line = made.line
    if all(edition.coverage != "full" for edition in made.editions):
        yield "Only the starter list was searched. It is a demonstration; the figures say nothing about whole lists."
    yield (
        f"The intervals show the effect of chance on samples of {counted(line.recall.of, 'match', 'matches')} and"
        f" {counted(line.alerts.of, 'ordinary name')} that were drawn independently. They show nothing about samples"
        " that differ from your customers."
    )
    yield from _unsure(made)
    yield "Labels are taken as given. A wrong label counts as an error of the policy, or hides one."
    yield "An ordinary name also counts as an alert if somebody on the list really has that name."
    by_name = made.labeled - made.looked_up
    if by_name:
        yield (
            f"{by_name:,} of {counted(made.labeled, 'labeled row')} give a listed name. They are scored against that"
            " name only, as if somebody with that name were listed. A row with an id is searched for in the editions,"
            " where each name of the designation can be a hit."
        )
    yield "A designation that is found only by a weak name is suppressed, and does not count as a hit here."
    yield "The figures apply to these editions and this policy. A new edition adds names that ordinary names resemble."


def _unsure(made: Calibration) -> Iterator[str]:
    """Whether what was asked for is achieved by the figure, but not by its whole interval."""
    line, wanted, chosen = made.line, made.wanted, made.choice
    if chosen.reason not in (Reason.POLICY, Reason.OUT_OF_REACH):
        yield (
            "A threshold looks better on the sample on which it was chosen than it is. Confirm it on other matches and"
            " names."
        )
    if not chosen.is_reached:
        return
    if wanted.recall is not None and line.recall.interval(1_000)[0] < 1_000 * wanted.recall:
        yield (
            "These matches reach the recall asked for, but its interval begins below that. More matches are needed to"
            " be sure."
        )
    if wanted.alerts is not None and line.alerts.interval(100_000)[1] > 10 * wanted.alerts:
        yield (
            "These names stay within the alerts asked for, but the interval ends above that. More names are needed to"
            " be sure."
        )
