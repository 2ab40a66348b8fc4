"""The command `screen`: names against lists, with decisions of reviewers and an audit log where they are asked for."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence

import click

from screenkit import Policy, Screener, Screening, StarterCoverageWarning, read
from screenkit.editions.store import Store
from screenkit.options import ScreeningOptions
from screenkit.sources.starter import starter_path

from .configuration import PolicyChoice, policy_options
from .decisions_file import DecisionsFile, decisions_options
from .exit_codes import CLEAR, CLEARED, CONTRADICTED, HIT, STARTER_ONLY, UNREAD
from .options import threshold_option
from .output import tables as show
from .output.console import print_json_text
from .records import RecordingOptions, recording_options
from .searching import ListChoice, searching_options
from .subjects import Facts, facts_options


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option(
    "--each", "is_each", is_flag=True, help="Each word is a name of its own; needed for several one-word names."
)
@click.option(
    "--alias", "aliases", multiple=True, metavar="NAME", help="A further name of the one NAME; may be repeated."
)
@searching_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per name and line.")
@threshold_option
@click.option("--limit", type=int, help="Most hits shown per name.")
@policy_options
@facts_options
@decisions_options
@recording_options
def screen(
    names: tuple[str, ...],
    is_each: bool,
    aliases: tuple[str, ...],
    choice: ListChoice,
    as_json: bool,
    threshold: float | None,
    limit: int | None,
    weighing: PolicyChoice,
    facts: Facts,
    reviews: DecisionsFile,
    recording: RecordingOptions,
) -> None:
    """Screen names against the lists.

    Each NAME is screened against the installed lists, or those given by --list. Quote a name of several words:
    screenkit screen "Jang Song Chol".

    If no list was ever installed, the starter list is searched, which is a demonstration.
    """
    _refuse_unclear(names, is_each=is_each)
    if facts.customer is not None and not facts.customer.strip():
        raise click.UsageError("--customer has no customer key; give one, or leave the option out")
    if len(names) > 1 and (facts.customer is not None or facts.identifiers or aliases):
        raise click.UsageError("--customer, --identifier and --alias are about one customer: give one NAME with them")
    subjects = [facts.subject((name, *aliases)) for name in names]
    if reviews.decisions is not None and facts.customer is None:
        raise click.UsageError("decisions are kept by customer: give --customer KEY with --decisions")
    options = ScreeningOptions(threshold=threshold, limit=limit, decisions=reviews.open())
    log = recording.open()
    outcomes = []
    with warnings.catch_warnings():
        # The table and the JSON say so themselves.
        warnings.simplefilter("ignore", StarterCoverageWarning)
        screener = _screener(choice, weighing.chosen())
        for subject in subjects:
            found = screener.screen_with(subject, options)
            log.keep(found)
            outcomes.append(_exit_code(found))
            if as_json:
                print_json_text(found.to_json(subject_key=log.subject_key))
            else:
                show.screening(found)
    sys.exit(_worst(outcomes))


def _refuse_unclear(names: Sequence[str], *, is_each: bool) -> None:
    """Refuse several arguments of one word: they are most likely one name without its quotation marks."""
    if is_each or len(names) < 2 or any(len(name.split()) > 1 for name in names):
        return
    raise click.UsageError(
        f"{len(names)} names of one word each are given. Quote a name of several words, as in"
        ' screenkit screen "Jang Song Chol". To screen each word as a name of its own, add --each.'
    )


def _screener(choice: ListChoice, policy: Policy) -> Screener:
    """What the options choose; the installed lists, or the starter list where none was ever installed."""
    if choice.is_stated or Store().is_expected:
        return choice.screener(policy)
    return Screener(read("starter", starter_path()), policy=policy)


def _exit_code(found: Screening) -> int:
    waiting = [hit for hit in found.suppressed if not hit.is_cleared]
    if found.total or not all(hit.is_set_aside for hit in waiting):
        return HIT
    if waiting:
        return CONTRADICTED
    if found.suppressed:
        return CLEARED
    if found.is_unread:
        return UNREAD
    return CLEAR if found.is_clear else STARTER_ONLY


def _worst(outcomes: Sequence[int]) -> int:
    return next(code for code in (HIT, CONTRADICTED, UNREAD, STARTER_ONLY, CLEARED, CLEAR) if code in outcomes)
