"""Records of screenings: the options to keep them, and the commands `replay` and `audit verify` that check them."""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

import attrs
import click
from rich.markup import escape

from screenkit import ScreenkitError, StarterCoverageWarning
from screenkit.audit import AuditLog, Head, verify
from screenkit.audit.replay import Replay, Replayer, records
from screenkit.books.output.records import hashed
from screenkit.errors import AuditError
from screenkit.model.wording import counted
from screenkit.results import Screening

from .decisions_file import DecisionsFile, decisions_options
from .exit_codes import DIFFERENT, DONE
from .options import PATH, Command, collected, read_key
from .output.console import open_console, print_json
from .output.wording import editions
from .subjects import Facts, facts_options


@attrs.frozen(kw_only=True)
class RecordingOptions:
    """How screenings are recorded."""

    #: The audit log; None for no log.
    audit: Path | None
    #: A file with the key of the log's chain.
    audit_key: Path | None
    #: A file with the key under which records have no names.
    subject_key: Path | None

    def open(self) -> Recording:
        """Open the log and read the keys."""
        if self.audit is None and self.audit_key is not None:
            raise click.UsageError("--audit-key is the key of a log: give --audit LOG too")
        log = None if self.audit is None else AuditLog(self.audit, key=read_key(self.audit_key))
        return Recording(log=log, subject_key=read_key(self.subject_key))


@attrs.frozen(kw_only=True)
class Recording:
    """Where screenings are recorded, and under which key."""

    #: The audit log; None for no log.
    log: AuditLog | None
    #: The key that records have in place of the customer's names; None where they have the names.
    subject_key: bytes | None

    def keep_batch(self, summary: Mapping[str, Any], files: Iterable[Path], *, is_repeated: bool) -> None:
        """Append the summary of a book to the log, with the hashes of its files; once, also where that is repeated."""
        if self.log is None:
            return
        folder = self.log.path.parent
        record = {"batch": {**summary, "files": {_relative(path, folder): hashed(path) for path in files}}}
        if not (is_repeated and self.log.has(record)):
            self.log.append(record)

    def keep(self, found: Screening) -> None:
        """Append a screening to the log, where there is one."""
        if self.log is not None:
            self.log.append(found.to_dict(subject_key=self.subject_key))


def _relative(path: Path, folder: Path) -> str:
    """A path from a folder; the path as it is where there is no way from the one to the other."""
    with suppress(ValueError):  # two drives on Windows
        path = Path(os.path.relpath(path.resolve(), folder))
    return path.as_posix()


_RECORDING = (
    click.option("--audit", metavar="LOG", type=PATH, help="Append each screening to this audit log."),
    click.option("--audit-key", metavar="FILE", type=PATH, help="A file with the key of the log's chain."),
    click.option("--subject-key", metavar="FILE", type=PATH, help="A file with the key to replace names in records."),
)


def recording_options(command: Command) -> Command:
    """Give a command the options for how screenings are recorded, as its argument `recording`."""
    return collected(command, _RECORDING, "recording", RecordingOptions)


@click.command()
@click.argument("record", type=click.File("r", encoding="utf-8"))
@click.option("--name", "names", multiple=True, help="The name that was screened, if the record has no names.")
@facts_options
@click.option("--subject-key", metavar="FILE", type=PATH, help="A file with the key of a record without names.")
@decisions_options
@click.option("--line", "wanted", type=click.IntRange(1), help="Repeat only the record on this line.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per record and line.")
def replay(
    record: TextIO,
    names: tuple[str, ...],
    facts: Facts,
    subject_key: Path | None,
    reviews: DecisionsFile,
    wanted: int | None,
    as_json: bool,
) -> None:
    """Repeat recorded screenings and show what differs.

    The screenings in RECORD are repeated with the lists in the store. RECORD is a file with one record (`screenkit
    screen --json`) or one on each line, or an audit log; "-" is standard input. For a record without names, state the
    name, facts and customer as they were screened.

    Exit codes: 0 all are identical, 1 some differ, 2 error.
    """
    subject = facts.subject(names) if names else None
    key = read_key(subject_key)
    decisions = reviews.open()
    replayer = Replayer()
    is_identical, count = True, 0
    with warnings.catch_warnings():
        # What is printed says so itself.
        warnings.simplefilter("ignore", StarterCoverageWarning)
        for line, stated in records(_text(record)):
            if wanted not in (None, line):
                continue
            try:
                repeated = replayer.replay(stated, subject=subject, subject_key=key, decisions=decisions)
            except ScreenkitError as error:
                raise AuditError(f"{record.name}, line {line:,}: {error}") from error
            count += 1
            is_identical &= repeated.is_identical
            if as_json:
                print_json(_plain(line, repeated))
            else:
                _print(line, repeated)
    if not count:
        where = f" on line {wanted:,}" if wanted else ""
        raise AuditError(f"{record.name}: has no record of a screening{where}")
    sys.exit(DONE if is_identical else DIFFERENT)


def _text(stream: TextIO) -> Iterable[str]:
    try:
        yield from stream
    except UnicodeDecodeError as error:
        raise AuditError(f"{stream.name}: is not UTF-8 text; give a record as JSON") from error


def _plain(line: int, repeated: Replay) -> dict[str, object]:
    stated = {
        what: [{"place": one.place, "recorded": one.recorded, "repeated": one.repeated} for one in found]
        for what, found in (("differences", repeated.differences), ("versions", repeated.versions))
    }
    return {"line": line, "identical": repeated.is_identical, **stated}


def _print(line: int, repeated: Replay) -> None:
    console = open_console()
    found = repeated.screening
    told = f"{counted(found.total, 'hit')}, {len(found.suppressed):,} suppressed; searched {editions(found.editions)}"
    if repeated.is_identical:
        console.print(f"record on line {line:,}: [green]identical[/]: {escape(told)}", soft_wrap=True)
    else:
        count = counted(len(repeated.differences), "difference")
        console.print(f"record on line {line:,}: [bold red]{count}[/]: now {escape(told)}", soft_wrap=True)
    for difference in repeated.differences:
        console.print(f"  {escape(str(difference))}", soft_wrap=True)
    for version in repeated.versions:
        console.print(f"  [yellow]made with another version:[/] {escape(str(version))}", soft_wrap=True)


@click.group()
def audit() -> None:
    """Check audit logs.

    `screenkit screen --audit LOG` and `screenkit batch --audit LOG` append to them.
    """


@audit.command("verify")
@click.argument("log", type=PATH)
@click.option(
    "--head",
    "noted",
    metavar="HASH/COUNT",
    help="A head noted earlier; shows if the end was cut off since.",
)
@click.option("--key", "key_file", metavar="FILE", type=PATH, help="A file with the key of a keyed chain.")
@click.option("--files", "with_files", is_flag=True, help="Also check the files of the recorded batches.")
def verify_log(log: Path, noted: str | None, key_file: Path | None, with_files: bool) -> None:
    """Find any line of LOG that was altered, removed, added, repeated or moved.

    Prints the head of the log. Keep it where those who can write the log can't change it.

    Exit codes: 0 intact, 1 not intact, 2 error.
    """
    found = verify(log, key=read_key(key_file), head=None if noted is None else Head.parse(noted))
    console = open_console()
    for fault in (*found.faults, *found.torn):
        console.print(escape(str(fault)), soft_wrap=True)
    lines = found.head.count if found.head else 0
    chain = "a keyed chain" if found.is_keyed else "a chain without a key"
    if found.is_intact:
        console.print(f"[green]intact[/]: {counted(lines, 'line')}, {chain}")
        console.print(f"head {found.head}" if found.head else "no head: the log is empty", soft_wrap=True)
    else:
        console.print(f"[bold red]not intact[/]: {counted(len(found.faults), 'fault')} in {counted(lines, 'line')}")
    files = [_is_as_recorded(log.parent / name, sha256) for name, sha256 in _files(log)] if with_files else []
    sys.exit(DONE if found.is_intact and all(files) else DIFFERENT)


def _files(log: Path) -> Iterator[tuple[str, str]]:
    """The files of the batches in a log, from its folder, with their hashes."""
    with log.open(encoding="utf-8") as file:
        for line in file:
            with suppress(ValueError, LookupError, TypeError, AttributeError):  # the chain says what is wrong with it
                yield from json.loads(line)["record"]["batch"]["files"].items()


def _is_as_recorded(path: Path, sha256: str) -> bool:
    is_same = path.exists() and hashed(path) == sha256
    said = "as recorded" if is_same else "was altered, or replaced by another run" if path.exists() else "is missing"
    open_console().print(f"{path.name}: {said}", markup=False, soft_wrap=True)
    return is_same
