"""Names in; microseconds to normalise one out, cold and with the memo of words warm, beside Unidecode alone.

    python benchmarks/speed/normalizing.py

Cold: every word is new to its memos. Warm: the words were seen, the names were not. Reads ../shared (or
SCREENKIT_SHARED). Also prints what importing the package and loading all tables takes, each in a new interpreter.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from unidecode import unidecode

from screenkit.names import normalize
from screenkit.names.script import scripts_of

SHARED = Path(os.environ.get("SCREENKIT_SHARED", Path(__file__).parents[3] / "shared"))
COUNT = 2_000
#: Names that between them need every table.
TABLE_NAMES = ("Kim Jong Un", "金正恩", "김정은", "Владимир", "محمد", "Trading GmbH", "山田")


def names(script: str) -> list[str]:
    with (SHARED / "eval" / "ordinary_people_global.csv").open(encoding="utf-8", newline="") as stream:
        people = [row["query"] for row in csv.DictReader(stream)]
    with (SHARED / "eval" / "korean_persons.csv").open(encoding="utf-8", newline="") as stream:
        people += [row["hangul"] for row in csv.DictReader(stream)]
    with (SHARED / "eval" / "chinese_persons.csv").open(encoding="utf-8", newline="") as stream:
        people += [row["simplified"] for row in csv.DictReader(stream)]
    return [name for name in dict.fromkeys(people) if scripts_of(name) == (script,)][:COUNT]


def microseconds(call: Callable[[str], object], texts: list[str]) -> float:
    started = time.process_time()
    for text in texts:
        call(text)
    return 1_000_000 * (time.process_time() - started) / len(texts)


def milliseconds(script: str) -> float:
    """What a script takes in a new interpreter beyond starting it; the best of five."""
    code = f"import time; started = time.perf_counter(); {script}; print(time.perf_counter() - started)"
    runs = (subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(5))
    return 1_000 * min(float(run.stdout) for run in runs)


def main() -> None:
    print("| script | names | cold µs | words warm µs | unidecode µs | cold / unidecode |")
    print("|---|---|---|---|---|---|")
    for name in TABLE_NAMES:
        normalize(name)  # loads the tables, which are timed apart
    for script in ("Latin", "Han", "Hangul", "Cyrillic", "Arabic"):
        texts = names(script)
        cold = microseconds(normalize.__wrapped__, texts)
        warm = microseconds(normalize.__wrapped__, [f"{text} " for text in texts])
        peer = microseconds(unidecode, texts)
        print(f"| {script} | {len(texts):,} | {cold:.0f} | {warm:.0f} | {peer:.1f} | {cold / peer:.0f} |")
    print(f"import screenkit: {milliseconds('import screenkit'):.0f} ms")
    first = "from screenkit.names import normalize; started = time.perf_counter(); [normalize(name) for name in "
    loaded = milliseconds(f"{first}{TABLE_NAMES!r}]")
    print(f"first names of every script, all tables loaded: {loaded:.0f} ms")


if __name__ == "__main__":
    main()
