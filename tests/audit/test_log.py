"""The audit log: every altered, missing, repeated or moved line is found, and nothing committed is lost."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import filelock
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from screenkit import AuditError
from screenkit.audit import AuditLog, Head, verify
from screenkit.audit.verification import Verification
from screenkit.cli import main

KEY, OTHER_KEY = b"0123456789abcdef", b"another key of enough bytes"
#: Kills of a writer. The long form: `SCREENKIT_KILLS=100 python -m pytest tests/audit/test_log.py -k killed`.
KILLS = int(os.environ.get("SCREENKIT_KILLS", "2"))


@pytest.fixture(scope="module", params=[None, KEY], ids=["plain", "keyed"])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes | None]:
    """The bytes of a log of seven lines, and the key of its chain."""
    path = tmp_path_factory.mktemp("audit") / "log"
    log = AuditLog(path, key=request.param)
    for at in range(3):
        log.append({"number": at, "name": "Ünïcode 金正恩"}, {"same": True})
    log.append({"last": [None, 1.5, ""]})
    return path.read_bytes(), request.param


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("altered") / "log"


def checked(path: Path, data: bytes, key: bytes | None, head: Head | None = None) -> Verification:
    path.write_bytes(data)
    try:
        return verify(path, key=key, head=head)
    except AuditError as error:
        pytest.fail(f"it could not be checked: {error}")


def head_of(data: bytes) -> Head:
    lines = data.splitlines()
    return Head(hash=json.loads(lines[-1])["hash"], count=len(lines))


def test_what_was_written_is_intact_and_prints_its_head(written: tuple[bytes, bytes | None], scratch: Path) -> None:
    data, key = written
    found = checked(scratch, data, key, head_of(data))
    assert (found.is_intact, found.head, found.is_keyed) == (True, head_of(data), key is not None)
    assert Head.parse(f"{found.head}\n") == found.head
    records = [json.loads(line)["record"] for line in data.splitlines()]
    assert records[::2] == [*({"number": at, "name": "Ünïcode 金正恩"} for at in range(3)), {"last": [None, 1.5, ""]}]


@given(st.data())
def test_any_altered_byte_is_found_in_its_line(
    written: tuple[bytes, bytes | None], scratch: Path, data: st.DataObject
) -> None:
    log, key = written
    at = data.draw(st.integers(0, len(log) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda one: one != log[at]))
    found = checked(scratch, log[:at] + bytes([value]) + log[at + 1 :], key)
    assert not found.is_intact
    assert found.faults[0].line == log.count(b"\n", 0, at) + 1


@given(st.data())
def test_any_byte_added_or_removed_is_found(
    written: tuple[bytes, bytes | None], scratch: Path, data: st.DataObject
) -> None:
    log, key = written
    at = data.draw(st.integers(0, len(log) - 1))
    inserted = bytes([data.draw(st.integers(0, 255))])
    for altered in (log[:at] + log[at + 1 :], log[:at] + inserted + log[at:]):
        if altered != log:
            found = checked(scratch, altered, key, head_of(log))
            assert not found.is_intact
            # One byte off the end tears the last line; elsewhere the line itself is named.
            assert found.faults[0].line in {log.count(b"\n", 0, at) + 1, log.count(b"\n", 0, max(at - 1, 0)) + 1}


@given(st.data())
def test_lines_removed_repeated_or_moved_are_found(
    written: tuple[bytes, bytes | None], scratch: Path, data: st.DataObject
) -> None:
    log, key = written
    lines = log.splitlines(keepends=True)
    altered = data.draw(st.lists(st.sampled_from(lines), max_size=9).filter(lambda some: some != lines))
    found = checked(scratch, b"".join(altered), key, head_of(log))
    assert not found.is_intact
    first = next(at for at in range(8) if altered[at : at + 1] != lines[at : at + 1])
    # The first line that isn't in its place; at the end of the log, the line that is the last one now.
    assert found.faults[0].line == (first + 1 if first < len(altered) else len(altered))


def test_a_log_that_goes_on_holds_an_earlier_head(written: tuple[bytes, bytes | None], scratch: Path) -> None:
    log, key = written
    lines = log.splitlines(keepends=True)
    early = head_of(b"".join(lines[:3]))
    assert checked(scratch, log, key, early).is_intact
    assert "its end was cut off" in str(checked(scratch, b"".join(lines[:2]), key, early).faults[0])
    # Without a head, a log whose last lines are gone is a log with fewer lines.
    assert checked(scratch, b"".join(lines[:2]), key).is_intact


def forged(lines: list[bytes], at: int) -> list[bytes]:
    """A log without a key whose line was rewritten with all hashes after it, as whoever can write the file may do."""
    made: list[bytes] = []
    for number, line in enumerate(lines):
        values = json.loads(line)
        del values["hash"]
        if number == at:
            values["record"] = {"forged": True}
        if number:
            values["previous"] = json.loads(made[-1])["hash"]
        body = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()[:-1]
        made.append(body + b',"hash":"' + hashlib.sha256(body).hexdigest().encode() + b'"}\n')
    return made


def test_a_chain_made_again_is_found_by_its_head_or_by_the_key(
    written: tuple[bytes, bytes | None], scratch: Path
) -> None:
    log, key = written
    remade = b"".join(forged(log.splitlines(), 2))
    if key is None:
        assert checked(scratch, remade, None).is_intact
        assert "written again" in str(checked(scratch, remade, None, head_of(log)).faults[0])
        return
    assert [fault.line for fault in checked(scratch, remade, key).faults][:2] == [1, 2]
    assert [fault.line for fault in checked(scratch, remade.replace(b"hmac-sha256", b"sha256"), key).faults][:1] == [1]


def test_a_line_replaced_with_its_own_hash_breaks_the_chain_at_the_next(scratch: Path, tmp_path: Path) -> None:
    log = AuditLog(tmp_path / "log")
    log.append(*({"at": at} for at in range(5)))
    lines = (tmp_path / "log").read_bytes().splitlines(keepends=True)
    found = checked(scratch, b"".join([*lines[:2], forged(lines, 2)[2], *lines[3:]]), None)
    assert [str(fault) for fault in found.faults] == ["line 4: does not follow line 3: one of them was replaced"]


def test_a_key_is_needed_and_has_to_be_the_right_one(written: tuple[bytes, bytes | None], scratch: Path) -> None:
    log, key = written
    scratch.write_bytes(log)
    assert not verify(scratch, key=OTHER_KEY).is_intact
    with pytest.raises(AuditError, match="last line was altered"):
        AuditLog(scratch, key=OTHER_KEY).append({})
    if key is not None:
        with pytest.raises(AuditError, match="give the key"):
            verify(scratch)
        with pytest.raises(AuditError, match="give the key"):
            AuditLog(scratch).append({})
    assert scratch.read_bytes() == log
    with pytest.raises(AuditError, match="at least 16"):
        AuditLog(scratch, key=b"short")


@pytest.mark.parametrize("text", ["", "x/1", "0" * 64, "0" * 64 + "/0", "0" * 63 + "/1", "0" * 64 + "/1/1"])
def test_a_head_is_a_hash_and_a_count(text: str) -> None:
    with pytest.raises(AuditError, match="HASH/COUNT"):
        Head.parse(text)


@given(st.data())
def test_a_torn_last_line_is_found_then_quoted_by_the_next_writer(
    written: tuple[bytes, bytes | None], scratch: Path, data: st.DataObject
) -> None:
    log, key = written
    start = log.rindex(b"\n", 0, -1) + 1
    cut = data.draw(st.integers(start + 1, len(log) - 2))
    found = checked(scratch, log[:cut], key)
    assert [(fault.line, "incomplete" in fault.problem) for fault in found.faults] == [(7, True)]
    head = AuditLog(scratch, key=key).append({"after": True})
    again = verify(scratch, key=key, head=head)
    assert (again.is_intact, [fault.line for fault in again.torn], head.count) == (True, [7], 8)
    note = json.loads(scratch.read_bytes().splitlines()[6])["record"]
    assert note["text"] == log[start:cut].decode("utf-8", "backslashreplace")


def test_a_log_of_nothing_but_a_torn_line_begins_with_its_note(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b'{"line":1')
    assert AuditLog(path).append({"a": 1}).count == 2
    assert verify(path).is_intact


def test_lines_longer_than_what_is_read_at_once(tmp_path: Path) -> None:
    log = AuditLog(tmp_path / "log")
    for length in (10, 65_400, 65_536, 200_000, 1):
        log.append({"long": "x" * length})
    assert verify(tmp_path / "log").head == log.append()
    assert verify(tmp_path / "log").is_intact


def test_what_is_no_json_is_refused_without_a_word_of_it(tmp_path: Path) -> None:
    log = AuditLog(tmp_path / "log")
    head = log.append({"a": 1})
    circle: dict[str, object] = {}
    circle["Marker Name"] = circle
    for record in ({"Marker Name": object()}, {"Marker Name": float("nan")}, circle, ["Marker Name"]):
        with pytest.raises(AuditError, match="can't be written as JSON") as caught:
            log.append({"fine": True}, record)  # type: ignore[arg-type]  # one of them is a list
        assert "Marker" not in str(caught.value)
    assert verify(tmp_path / "log").head == head


def test_no_record_however_deep_makes_a_log_that_can_not_go_on(tmp_path: Path) -> None:
    log = AuditLog(tmp_path / "log")
    recorded = 0
    for depth in range(900, 1_010):
        nested: dict[str, object] = {}
        for _ in range(depth):
            nested = {"in": nested}
        with suppress(AuditError):
            log.append(nested)
            recorded += 1
    assert recorded
    assert log.append({"a": 1}).count == recorded + 1
    assert verify(log.path).is_intact


def test_a_log_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="can't be written"):
        AuditLog(tmp_path / "no folder" / "log").append({"a": 1})
    (tmp_path / "folder").mkdir()
    with pytest.raises(AuditError, match="can't be written"):
        AuditLog(tmp_path / "folder").append({"a": 1})
    with pytest.raises(AuditError, match="can't be read"):
        verify(tmp_path / "none")


def test_a_writer_that_waits_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screenkit.audit.log.LONGEST_WAIT", 0.05)
    log = AuditLog(tmp_path / "log")
    log.append({"a": 1})
    with filelock.FileLock(tmp_path / "log.lock"), pytest.raises(AuditError, match="another process is writing"):
        log.append({"b": 2})
    assert log.append({"c": 3}).count == 2


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX's")
def test_a_log_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    AuditLog(tmp_path / "log").append({"a": 1})
    assert (tmp_path / "log").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_leaves_the_log_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = AuditLog(tmp_path / "log")
    head = log.append({"a": 1})
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        # A limit on the size of files fails a write half-way, as a full disk does.
        resource.setrlimit(resource.RLIMIT_FSIZE, ((tmp_path / "log").stat().st_size + 100, hard))
        with pytest.raises(AuditError, match="Nothing was recorded"):
            log.append({"long": "x" * 1_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert verify(tmp_path / "log").head == head
    assert log.append({"b": 2}).count == 2


#: Appends forty records to a log, as the writer of that number.
_APPENDER = """
import sys
from screenkit.audit import AuditLog
log = AuditLog(sys.argv[1], key=bytes.fromhex(sys.argv[2]))
for at in range(40):
    log.append({"writer": int(sys.argv[3]), "at": at})
"""


def test_several_processes_append_to_one_chain(tmp_path: Path) -> None:
    path = tmp_path / "log"
    command = [sys.executable, "-c", _APPENDER, str(path), KEY.hex()]
    writers = [subprocess.Popen([*command, str(writer)]) for writer in range(4)]
    assert [process.wait() for process in writers] == [0] * 4
    found = verify(path, key=KEY)
    assert found.is_intact
    records = [json.loads(line)["record"] for line in path.read_bytes().splitlines()]
    for writer in range(4):
        assert [one["at"] for one in records if one["writer"] == writer] == list(range(40))


_WRITER = """
import sys
from screenkit.audit.log import AuditLog
log = AuditLog(sys.argv[1])
at = 0
while True:
    head = log.append({"at": at, "filling": "x" * 5_000})
    print(head, flush=True)
    at += 1
"""


@pytest.mark.proofs
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_writer_killed_at_any_moment_loses_nothing_that_it_committed(tmp_path: Path) -> None:
    path = tmp_path / "log"
    chance = random.Random(20260101)
    told = ""
    for _ in range(KILLS):
        with subprocess.Popen([sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            told = process.stdout.readline().strip() or told
            time.sleep(chance.uniform(0, 0.05))
            process.kill()
            told = ([told, *process.stdout.read().split("\n")[:-1]])[-1]
        found = verify(path, head=Head.parse(told))
        assert not [fault for fault in found.faults if "incomplete" not in fault.problem]
    # And the next writer goes on.
    head = AuditLog(path).append({"end": True})
    assert verify(path, head=head).is_intact


# The commands.


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, env={"COLUMNS": "120"})


@pytest.fixture
def keys(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def file(name: str, key: bytes) -> Path:
        (tmp_path / name).write_bytes(key + b"\n")
        return tmp_path / name

    return file


def test_screenings_are_logged_and_the_log_verified(tmp_path: Path, keys: Callable[[str, bytes], Path]) -> None:
    log, key = tmp_path / "log", keys("key", KEY)
    assert run("screen", "Chi Yupeng", "Maria Gonzalez Ortega", "--audit", str(log)).exit_code == 3
    done = run("audit", "verify", str(log))
    assert done.exit_code == 0
    assert "intact: 3 lines" in done.output
    head = done.output.split("head ")[1].strip()
    first = json.loads(log.read_text(encoding="utf-8").splitlines()[1])["record"]
    assert first["subject"]["names"] == ["Chi Yupeng"]
    assert [hit["designation"]["id"] for hit in first["hits"]] == ["22612"]
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:2]))
    assert run("audit", "verify", str(log)).exit_code == 0
    cut = run("audit", "verify", str(log), "--head", head)
    assert (cut.exit_code, "line 2: the log ends here" in cut.output) == (1, True)
    log.write_bytes(log.read_bytes().replace(b"Chi", b"Xhi"))
    altered = run("audit", "verify", str(log))
    assert (altered.exit_code, "line 2: was altered" in altered.output) == (1, True)
    assert "Yupeng" not in altered.output
    assert run("audit", "verify", str(log), "--head", "x").exit_code == 2
    assert run("audit", "verify", str(tmp_path / "none")).exit_code == 2
    assert run("screen", "Chi Yupeng", "--audit", str(log)).exit_code == 2
    assert run("screen", "Chi Yupeng", "--audit-key", str(key)).exit_code == 2


def test_a_log_under_keys_holds_no_name(tmp_path: Path, keys: Callable[[str, bytes], Path]) -> None:
    log, chain, subject = tmp_path / "log", keys("chain", KEY), keys("subject", OTHER_KEY)
    options = ["--audit", str(log), "--audit-key", str(chain), "--subject-key", str(subject), "--json"]
    result = run("screen", "Qwertz Nobodyson", *options)
    assert result.exit_code == 4
    for text in (result.stdout, log.read_text(encoding="utf-8")):
        assert "hmac-sha256" in text
        assert "Qwertz" not in text
    assert run("audit", "verify", str(log), "--key", str(chain)).exit_code == 0
    assert run("audit", "verify", str(log)).exit_code == 2
    assert run("audit", "verify", str(log), "--key", str(subject)).exit_code == 1
    assert run("audit", "verify", str(log), "--key", str(tmp_path / "none")).exit_code == 2
