"""The reference of all commands as a page in Markdown, from the command line itself."""

from __future__ import annotations

from collections.abc import Iterator

import click

from screenkit.cli.app import main

_INTRODUCTION = "# Commands\n\n`screenkit COMMAND --help` prints the same in a terminal.\n"


def command_reference() -> str:
    """The page: each command with its usage, its description and its options."""
    return _INTRODUCTION + "\n".join(_sections(main, click.Context(main, info_name="screenkit")))


def _sections(command: click.Command, context: click.Context) -> Iterator[str]:
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    description = _paragraphs(command.help or "")
    yield f"\n## {context.command_path}\n\n{description}\n\n```text\n{usage}\n```\n\n{_options(command, context)}"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            under = command.get_command(context, name)
            if under is not None and not under.hidden:
                yield from _sections(under, click.Context(under, parent=context, info_name=name))


def _paragraphs(text: str) -> str:
    r"""A help text as Markdown. What follows a \b mark is laid out by hand, and stays so."""
    paragraphs = text.strip().split("\n\n")
    return "\n\n".join(
        "```text\n" + paragraph.removeprefix("\b\n") + "\n```"
        if paragraph.startswith("\b\n")
        else _plain(" ".join(paragraph.split()))
        for paragraph in paragraphs
    )


def _options(command: click.Command, context: click.Context) -> str:
    """A table of a command's options, as `--help` has them."""
    records = (parameter.get_help_record(context) for parameter in command.params)
    rows = [f"| `{option}` | {_plain(text)} |" for option, text in filter(None, records) if text]
    return "\n".join(["| option | what it does |", "|---|---|", *rows]) + "\n" if rows else ""


def _plain(text: str) -> str:
    """A text without a meaning in Markdown, but for what is in backticks."""
    parts = text.split("`")
    for place in range(0, len(parts), 2):
        for mark in "\\*_<>[]|":
            parts[place] = parts[place].replace(mark, "\\" + mark)
    return "`".join(parts)
