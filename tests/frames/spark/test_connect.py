"""Spark Connect, where it is installed: the file of the lists travels as an artifact."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pyspark = pytest.importorskip("pyspark", reason="the Spark adapter needs the extra [spark]")
pytest.importorskip("grpc_status", reason="Spark Connect needs pyspark[connect]")
#: A client of Connect and a Spark of the older kind can't be in one process.
PROGRAM = """
import sys
from pyspark.sql import SparkSession
from screenkit import Screener, read
from screenkit.books import Columns
from screenkit.frames.spark import screen
session = SparkSession.builder.remote("local[1]").getOrCreate()
screener = Screener(read("un_sc", sys.argv[1]))
name = screener.designations[0].names[0].text
rows = session.createDataFrame([("C1", name), ("C2", None)], "key string, client string")
for _ in range(2):
    found = screen(rows, Columns("client", id="key"), screener=screener).orderBy("customer").collect()
    assert [(row["customer"], row["points"]) for row in found] == [("C1", 10_000), ("C2", None)], found
print(type(session).__module__)
"""


@pytest.mark.skipif(int(pyspark.__version__.split(".")[0]) < 4, reason="Spark 3.5 fetches Connect's server by itself")
def test_a_session_of_spark_connect_screens_too(tmp_path: Path) -> None:
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs a Java runtime")
    listed = Path(__file__).parents[2] / "excerpts" / "un_sc" / "consolidated.xml"
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(listed)],
        env={**os.environ, "PYSPARK_PYTHON": sys.executable, "XDG_DATA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    assert done.stdout.split() == ["pyspark.sql.connect.session"]
