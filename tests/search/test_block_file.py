"""The file of blocks: what is written comes back, and nothing else passes for it."""

from __future__ import annotations

import json
import os
import pickle
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy
from numpy.typing import NDArray

from screenkit import DamagedFileError
from screenkit.search.files.block_file import MAGIC, Blocks, Records, write_blocks

#: Lengths on, below and above a multiple of the alignment, and none at all.
SMALL: dict[str, NDArray[Any] | bytes] = {
    "rows": np.arange(11, dtype=np.int64),
    "nothing": np.empty(0, dtype=np.int32),
    "texts": "김정은 and others".encode(),
    "no text": b"",
    "full": bytes(range(64)),
    "flags": np.array([[True, False], [False, True]]),
}
META = {"schema": "1f", "policy": "плавная"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "list.skb"
    write_blocks(path, "test", META, SMALL)
    return path


def value(blocks: Blocks, name: str) -> object:
    """A block in a form that can be compared; taking it is its first use."""
    if isinstance(SMALL[name], bytes):
        return bytes(blocks.data(name))
    array = blocks.array(name)
    return array.dtype.str, array.tolist()


def write_plain(path: Path, table: object, blocks: bytes = b"", version: int = 1) -> None:
    """A file with checksums that hold, whatever its table says; the layout as its docstring tells it."""
    text = json.dumps(table).encode()
    text += b" " * (-(32 + len(text)) % 64)
    head = struct.pack("<8sIIQI", MAGIC, version, len(text), 32 + len(text) + len(blocks), crc32(text))
    path.write_bytes(head + struct.pack("<I", crc32(head)) + text + blocks)


arrays = st_numpy.arrays(
    st.sampled_from(["<i8", ">i8", "<i4", ">u2", "|u1", "|b1", ">f8", "<u8"]),
    st_numpy.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=9),
)


@given(st.dictionaries(st.text(max_size=5), arrays | st.binary(max_size=200), max_size=6))
def test_what_is_written_comes_back_in_this_machine_s_order_of_bytes(
    stored: Mapping[str, NDArray[Any] | bytes],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_blocks(Path(folder, "file"), "any", {}, stored)
        blocks = Blocks.open(Path(folder, "file"), "any")
        blocks.verify()
        assert blocks.names == tuple(stored)
        for name, block in stored.items():
            if isinstance(block, bytes):
                assert bytes(blocks.data(name)) == block
            else:
                found = blocks.array(name)
                assert (found.dtype, found.shape) == (block.dtype.newbyteorder("<"), block.shape)
                np.testing.assert_array_equal(found, block)


def test_meta_comes_back_and_the_same_blocks_give_the_same_bytes(path: Path, tmp_path: Path) -> None:
    assert Blocks.open(path, "test").meta == META
    write_blocks(tmp_path / "again", "test", META, SMALL)
    assert (tmp_path / "again").read_bytes() == path.read_bytes()


def test_an_array_is_a_view_that_cannot_be_written_and_starts_where_its_items_may(path: Path) -> None:
    rows = Blocks.open(path, "test").array("rows")
    assert not rows.flags.owndata
    assert rows.ctypes.data % 64 == 0
    with pytest.raises(ValueError, match="read-only"):
        rows[0] = 1
    with pytest.raises(TypeError, match="read-only"):
        Blocks.open(path, "test").data("texts")[0] = 1


def test_an_array_outlives_the_name_of_its_file_and_the_blocks_it_came_from(path: Path) -> None:
    rows = Blocks.open(path, "test").array("rows")
    write_blocks(path, "test", META, {"rows": np.zeros(11, dtype=np.int64)})
    assert rows.tolist() == list(range(11))
    assert Blocks.open(path, "test").array("rows").tolist() == [0] * 11


def test_any_byte_flipped_is_noticed_before_it_is_used(path: Path) -> None:
    sound = path.read_bytes()
    expected = {name: value(Blocks.open(path, "test"), name) for name in SMALL}
    for at in range(len(sound)):
        for flipped in (1 << at % 8, 0xFF):
            path.write_bytes(sound[:at] + bytes([sound[at] ^ flipped]) + sound[at + 1 :])
            noticed = 0
            try:
                blocks = Blocks.open(path, "test")
            except DamagedFileError:
                continue
            for name, whole in expected.items():
                try:
                    assert value(blocks, name) == whole, f"byte {at} reached block {name}"
                except DamagedFileError as error:
                    noticed += 1
                    assert repr(name) in str(error)
                    assert path.name in str(error)
            assert noticed == 1, f"byte {at} belongs to no block's checksum, or to several"
            with pytest.raises(DamagedFileError):
                blocks.verify()


def test_a_block_is_read_through_once_and_only_when_it_is_used(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = Blocks.open(path, "test")
    read: list[int] = []

    def counted(data: bytes | memoryview) -> int:
        read.append(len(data))
        return crc32(data)

    monkeypatch.setattr("screenkit.search.files.block_file.crc32", counted)
    for _ in range(3):
        assert blocks.array("rows").sum() == 55
    assert read == [128]


def test_a_file_cut_at_any_length_or_longer_than_written_is_refused(path: Path) -> None:
    sound = path.read_bytes()
    for length in range(len(sound)):
        path.write_bytes(sound[:length])
        with pytest.raises(DamagedFileError, match=r"list\.skb"):
            Blocks.open(path, "test")
    path.write_bytes(sound + b"\0")
    with pytest.raises(DamagedFileError, match=f"{len(sound) + 1:,} bytes, where {len(sound):,} were written"):
        Blocks.open(path, "test")


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n" + bytes(99), b"ent_num,SDN_Name\n" * 9, b"PK\3\4" * 20], ids=["png", "csv", "zip"]
)
def test_a_foreign_file_is_called_foreign(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "foreign").write_bytes(content)
    with pytest.raises(DamagedFileError, match="screenkit did not save it"):
        Blocks.open(tmp_path / "foreign", "test")


def test_a_copy_whose_line_ends_were_converted_is_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
    with pytest.raises(DamagedFileError, match="screenkit did not save it"):
        Blocks.open(path, "test")


def test_what_is_no_file_is_refused_with_its_path(tmp_path: Path) -> None:
    for missing in (tmp_path / "missing", tmp_path):
        with pytest.raises(DamagedFileError, match=missing.name):
            Blocks.open(missing, "test")


def test_another_layout_is_refused_before_anything_else_of_it_is_read(tmp_path: Path) -> None:
    write_plain(tmp_path / "newer", {"whatever": 1}, version=2)
    with pytest.raises(DamagedFileError, match="of layout 2, where this version reads 1"):
        Blocks.open(tmp_path / "newer", "test")


def test_another_kind_or_other_meta_than_required_is_refused(path: Path) -> None:
    Blocks.open(path, "test", {"schema": "1f"})
    with pytest.raises(DamagedFileError, match="holds 'test', where 'screener' is expected"):
        Blocks.open(path, "screener")
    for required in ({"schema": "20"}, {"absent": "1f"}):
        with pytest.raises(DamagedFileError, match="Make it again"):
            Blocks.open(path, "test", required)


ROW = {"dtype": "<i8", "shape": [8], "offset": 0, "length": 64, "checksum": crc32(bytes(64))}


@pytest.mark.parametrize(
    "wrong",
    [
        {"length": 192, "shape": [24]},
        {"offset": 128},
        {"offset": -64},
        {"offset": 8, "length": 8, "shape": [1]},
        {"shape": [9]},
        {"shape": [-8]},
        {"shape": [-2, -4]},
        {"length": -64, "shape": [-8]},
        {"dtype": "|O"},
        {"dtype": "<U2"},
        {"dtype": "no type"},
        {"dtype": None, "shape": "8"},
        {"length": "64"},
    ],
)
def test_a_table_whose_checksum_holds_cannot_point_outside_the_file(wrong: dict[str, object], tmp_path: Path) -> None:
    table = {"kind": "test", "meta": {}, "blocks": {"rows": ROW}}
    write_plain(tmp_path / "file", table, bytes(128))
    assert Blocks.open(tmp_path / "file", "test").array("rows").tolist() == [0] * 8
    write_plain(tmp_path / "file", {**table, "blocks": {"rows": ROW | wrong}}, bytes(128))
    with pytest.raises(DamagedFileError, match="its table of blocks can't be read"):
        Blocks.open(tmp_path / "file", "test")


@pytest.mark.parametrize("table", [[], {}, {"kind": "test"}, {"kind": "test", "meta": 1, "blocks": {}}, None, "text"])
def test_a_table_of_another_form_is_refused(table: object, tmp_path: Path) -> None:
    write_plain(tmp_path / "file", table)
    with pytest.raises(DamagedFileError, match="its table of blocks can't be read"):
        Blocks.open(tmp_path / "file", "test")


def test_a_block_is_asked_for_as_what_it_is(path: Path) -> None:
    blocks = Blocks.open(path, "test")
    for wrong in (lambda: blocks.array("texts"), lambda: blocks.data("rows"), lambda: blocks.data("absent")):
        with pytest.raises(KeyError):
            wrong()


@pytest.mark.parametrize("array", [np.array(["text"]), np.array([object()]), np.array([1j])])
def test_an_array_that_means_nothing_elsewhere_is_not_written(array: NDArray[Any], tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="block 'odd'"):
        write_blocks(tmp_path / "file", "test", {}, {"odd": array})
    assert not list(tmp_path.iterdir())


def test_threads_that_use_a_block_first_together_all_get_it_or_are_all_refused(path: Path) -> None:
    large = np.arange(500_000, dtype=np.int64)
    write_blocks(path, "test", META, {"large": large})
    damaged = path.with_name("damaged")
    damaged.write_bytes(path.read_bytes()[:-100] + b"!" + path.read_bytes()[-99:])
    for file, expected in ((path, [int(large.sum())] * 8), (damaged, ["refused"] * 8)):
        blocks = Blocks.open(file, "test")
        start = threading.Barrier(8)
        found: list[object] = []

        def use(blocks: Blocks = blocks, start: threading.Barrier = start, found: list[object] = found) -> None:
            start.wait()
            try:
                found.append(int(blocks.array("large").sum()))
            except DamagedFileError:
                found.append("refused")

        threads = [threading.Thread(target=use) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == expected


def run(script: str, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", script, *arguments], input=given, capture_output=True, check=False)


UNPICKLE = "import pickle, sys; print(pickle.load(sys.stdin.buffer).array('rows').sum())"


def test_pickled_to_another_process_it_opens_the_same_file_and_no_other(path: Path) -> None:
    blocks = Blocks.open(path, "test")
    pickled = pickle.dumps(blocks)
    assert len(pickled) < 1_000
    assert run(UNPICKLE, given=pickled).stdout.strip() == b"55"
    write_blocks(path, "test", META, SMALL | {"rows": np.zeros(11, dtype=np.int64)})
    assert b"replaced since it was opened" in run(UNPICKLE, given=pickled).stderr
    assert blocks.array("rows").sum() == 55


def test_pickled_from_a_relative_path_it_is_found_from_elsewhere(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    pickled = pickle.dumps(Blocks.open(path.name, "test"))
    monkeypatch.chdir(Path(path.anchor))
    assert pickle.loads(pickled).array("rows").sum() == 55


FORK = """
import os, sys
from screenkit.search.files.block_file import Blocks
blocks = Blocks.open(sys.argv[1], "test")
child = os.fork()
if not child:
    os._exit(int(blocks.array("rows").sum()))
print(blocks.array("rows").sum(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_parent_and_child_of_a_fork_read_alike(path: Path) -> None:
    assert run(FORK, str(path)).stdout.split() == [b"55", b"55"]


@pytest.mark.parametrize("trouble", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_an_interrupted_write_leaves_the_old_file_and_nothing_beside_it(
    trouble: BaseException, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()

    def fail(_: int) -> None:
        raise trouble

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(type(trouble)):
        write_blocks(path, "test", {}, {"rows": np.zeros(3)})
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


KILLED = """
import os, signal, sys
import numpy
from screenkit.search.files.block_file import write_blocks
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
write_blocks(sys.argv[1], "test", {}, {"rows": numpy.zeros(300_000)})
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
def test_a_writer_that_is_killed_leaves_the_old_file(path: Path) -> None:
    before = path.read_bytes()
    assert run(KILLED, str(path)).returncode == -signal.SIGKILL
    assert path.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_link_to_the_file_stays_a_link(path: Path) -> None:
    link = path.with_name("current")
    link.symlink_to(path)
    write_blocks(link, "test", {}, {"rows": np.zeros(3)})
    assert link.is_symlink()
    assert Blocks.open(path, "test").array("rows").tolist() == [0, 0, 0]


@given(st.lists(st.binary(max_size=20)))
def test_records_come_back_one_by_one(items: list[bytes]) -> None:
    records = Records(*Records.pack(items))
    assert len(records) == len(items)
    assert [records[at] for at in range(len(items))] == list(records) == items
    for outside in (-1, len(items)):
        with pytest.raises(IndexError):
            records[outside]


@pytest.mark.parametrize("offsets", [[], [0], [1, 4], [0, 3], [0, 5], [0, 3, 2, 4], [0, 9, 4], [0, -1, 4]])
def test_offsets_that_do_not_divide_the_data_are_refused(offsets: list[int]) -> None:
    with pytest.raises(DamagedFileError, match="do not divide"):
        Records(b"four", np.array(offsets, dtype=np.int64))
