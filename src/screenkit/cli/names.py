"""The commands about names alone: `explain`, which scores two, and `normalize`, which shows how one is read."""

from __future__ import annotations

import click

from screenkit import Kind, Policy, compare, normalize
from screenkit.results.record import plain

from .options import kind_option
from .output import explanation
from .output import tables as show
from .output.console import print_json


@click.command()
@click.argument("query")
@click.argument("listed")
@kind_option
@click.option("--json", "as_json", is_flag=True, help="Print the score and its evidence as JSON.")
def explain(query: str, listed: str, kind: Kind | None, as_json: bool) -> None:
    """Score two names against each other.

    Shows each contribution to the score of the name QUERY against the name LISTED.
    """
    score = compare(query, listed, kind=kind)
    if as_json:
        evidence = [
            {
                "kind": item.kind.value,
                "points": item.points,
                "query": item.query,
                "listed": item.listed,
                "rule": item.rule,
            }
            for item in score.evidence
        ]
        print_json({"points": score.points, "score": score.value, "evidence": evidence})
    else:
        explanation.score(score, Policy().threshold_points())


@click.command("normalize")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print words, readings and steps as JSON.")
def normalize_name(name: str, as_json: bool) -> None:
    """Show how a name is read.

    Shows the cleaning steps of NAME, its words with their keys, and its readings in named systems.
    """
    read_as = normalize(name)
    if as_json:
        print_json(plain(read_as))
    else:
        show.name(read_as)
