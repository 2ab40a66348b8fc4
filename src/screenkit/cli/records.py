"""Records of screenings and logs of them in, whether they hold on the terminal out: `replay` and `audit verify`."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

import click
from rich.markup import escape

from screenkit import Kind, ScreenkitError, StarterCoverageWarning, Subject
from screenkit.audit import AuditLog, Head, verify
from screenkit.decisions import Decisions
from screenkit.errors import AuditError
from screenkit.model import Edition, Screening
from screenkit.replay import Replay, Replayer, records

from .terminal import open_console

#: Exit codes.
HOLDS, DIFFERS = 0, 1


def read_key(path: Path | None) -> bytes | None:
    """The secret key that a file holds, its line end left out; None for no file."""
    if path is None:
        return None
    try:
        return path.read_bytes().rstrip(b"\r\n")
    except OSError as error:
        raise AuditError(f"{path}: the key can't be read: {error.strerror or error}. Check the path.") from error


class Recording:
    """What the options of `screen` say about keeping its screenings: in which log, under which keys."""

    def __init__(self, log: Path | None, log_key: Path | None, subject_key: Path | None) -> None:
        if log is None and log_key is not None:
            raise click.UsageError("--audit-key is the key of a log: give --audit LOG too")
        self._log = AuditLog(log, key=read_key(log_key)) if log is not None else None
        #: The key under which records hold their subject, None where they hold its names.
        self.subject_key = read_key(subject_key)

    def keep(self, found: Screening) -> None:
        """Append a screening to the log, where there is one."""
        if self._log is not None:
            self._log.append(found.to_dict(subject_key=self.subject_key))


@click.command()
@click.argument("record", type=click.File("r", encoding="utf-8"))
@click.option("--name", "names", multiple=True, help="The name as it was screened, of a record that keeps none.")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="What was screened.")
@click.option("--birth-date", help="The birth date as it was screened.")
@click.option("--country", "countries", multiple=True, help="A country as it was screened; may be repeated.")
@click.option("--customer", help="The customer key as it was screened, of a record that keeps no names.")
@click.option("--subject-key", type=click.Path(path_type=Path), help="A file with the key of a record without names.")
@click.option("--decisions", "decided", type=click.Path(path_type=Path), help="The decisions file that was gone by.")
@click.option("--decisions-key", type=click.Path(path_type=Path), help="A file with that file's key.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per record and line.")
def replay(
    record: TextIO,
    names: tuple[str, ...],
    kind: str | None,
    birth_date: str | None,
    countries: tuple[str, ...],
    customer: str | None,
    subject_key: Path | None,
    decided: Path | None,
    decisions_key: Path | None,
    as_json: bool,
) -> None:
    """Repeat the screenings in RECORD from the store, and show what differs.

    RECORD is a file with one record (`screenkit screen --json`), one a line, or an audit log; "-" is standard input.
    Exit codes: 0 all identical, 1 some differ, 2 error.
    """
    subject = None
    if names:
        subject = Subject(names, kind=kind, birth_date=birth_date, countries=countries, customer=customer)
    key = read_key(subject_key)
    decisions = None if decided is None else Decisions.open(decided, key=read_key(decisions_key))
    replayer = Replayer()
    is_identical, count = True, 0
    with warnings.catch_warnings():
        # What is printed says so itself.
        warnings.simplefilter("ignore", StarterCoverageWarning)
        for line, stated in records(_text(record)):
            try:
                repeated = replayer.replay(stated, subject=subject, subject_key=key, decisions=decisions)
            except ScreenkitError as error:
                raise AuditError(f"{record.name}, line {line:,}: {error}") from error
            count += 1
            is_identical &= repeated.is_identical
            if as_json:
                click.echo(json.dumps(_plain(line, repeated), ensure_ascii=False))
            else:
                _print(line, repeated)
    if not count:
        raise AuditError(f"{record.name}: holds no record of a screening")
    sys.exit(HOLDS if is_identical else DIFFERS)


def _text(stream: TextIO) -> Iterable[str]:
    try:
        yield from stream
    except UnicodeDecodeError as error:
        raise AuditError(f"{stream.name}: is no UTF-8 text; give a record as JSON") from error


def _plain(line: int, repeated: Replay) -> dict[str, object]:
    stated = {
        what: [{"place": one.place, "recorded": one.recorded, "repeated": one.repeated} for one in found]
        for what, found in (("differences", repeated.differences), ("versions", repeated.versions))
    }
    return {"line": line, "identical": repeated.is_identical, **stated}


def _print(line: int, repeated: Replay) -> None:
    console = open_console()
    found = repeated.screening
    told = f"{_count(found.total, 'hit')}, {len(found.suppressed):,} suppressed; searched {_searched(found.editions)}"
    if repeated.is_identical:
        console.print(f"record in line {line:,}: [green]identical[/]: {escape(told)}", soft_wrap=True)
    else:
        count = _count(len(repeated.differences), "difference")
        console.print(f"record in line {line:,}: [bold red]{count}[/]: now {escape(told)}", soft_wrap=True)
    for difference in repeated.differences:
        console.print(f"  {escape(str(difference))}", soft_wrap=True)
    for version in repeated.versions:
        console.print(f"  [yellow]made by another version:[/] {escape(str(version))}", soft_wrap=True)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("s" if number != 1 else "")


def _searched(editions: Sequence[Edition]) -> str:
    return ", ".join(f"{edition.source} of {(edition.published or 'no date')[:10]}" for edition in editions)


@click.group()
def audit() -> None:
    """Check audit logs, which `screenkit screen --audit LOG` appends to."""


@audit.command("verify")
@click.argument("log", type=click.Path(path_type=Path))
@click.option("--head", "noted", help="HASH/COUNT noted earlier: tells whether the end was cut off since.")
@click.option("--key", "key_file", type=click.Path(path_type=Path), help="A file with the key of a keyed chain.")
def verify_log(log: Path, noted: str | None, key_file: Path | None) -> None:
    """Find any line of LOG that was altered, removed, added, repeated or moved.

    Prints the head, to be kept where those who can write the log can't. Exit codes: 0 intact, 1 not, 2 error.
    """
    found = verify(log, key=read_key(key_file), head=None if noted is None else Head.parse(noted))
    console = open_console()
    for fault in (*found.faults, *found.torn):
        console.print(escape(str(fault)), soft_wrap=True)
    lines = found.head.count if found.head else 0
    chain = "a keyed chain" if found.is_keyed else "a chain without a key"
    if found.is_intact:
        console.print(f"[green]intact[/]: {_count(lines, 'line')}, {chain}")
        console.print(f"head {found.head}" if found.head else "no head: the log is empty", soft_wrap=True)
    else:
        console.print(f"[bold red]not intact[/]: {_count(len(found.faults), 'fault')} in {_count(lines, 'line')}")
    sys.exit(HOLDS if found.is_intact else DIFFERS)
