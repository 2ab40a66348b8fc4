"""The command `mcp`: screening as tools for language models."""

from __future__ import annotations

import click

from screenkit import ServiceError
from screenkit.cli.configuration import PolicyChoice, policy_options
from screenkit.cli.searching import ListChoice, searching_options
from screenkit.service.searched.lists import SearchedLists

from .searched import list_source


@click.command("mcp")
@searching_options
@policy_options
def mcp_tools(choice: ListChoice, weighing: PolicyChoice) -> None:
    """Offer screening to language models, over the Model Context Protocol on standard input and output.

    The tools screen, explain and lists only read. Each answer states the editions that it rests on.
    """
    try:
        from screenkit.service.mcp_tools import serve_tools
    except ModuleNotFoundError as error:  # of an extra; imported here because it takes longer than other commands run
        raise ServiceError(f"mcp needs {error.name}. Run `pip install 'screenkit[mcp]'`.") from error
    serve_tools(SearchedLists(list_source(choice, weighing.chosen())))
