"""Single names of foreigners in six scripts in, the share found by their Latin spelling out, beside WRatio in one run.

    python benchmarks/accuracy/foreign_names.py [--wrong 100000] [--misses SCRIPT]

A pair is a row of eval/foreign_single_names.csv: a given name or surname as Chinese, Korean, Japanese, Hebrew, Arabic
or Russian writes it, and its Latin spelling. Wrong pairs are drawn with a fixed seed: the native name of one row, the
Latin name of another row of the same script. The score is the library's own, `score_names` with the default policy.
Some rows are no pair of spellings (류조 and Hiraki are given name and surname of one person); nothing finds those.
Reads ../shared, or the folder that SCREENKIT_SHARED names.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

from measure import head, rows, show
from pairs import POLICY, SHARES, Pair, found, peer_score, screenkit_score, wrong_scores


def pairs_by_script() -> dict[str, list[Pair]]:
    """The rows of the file by script."""
    pairs: dict[str, list[Pair]] = {}
    for row in rows("foreign_single_names.csv"):
        pairs.setdefault(row["script"], []).append((row["native"], (row["latin"],)))
    return pairs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", type=int, default=100_000, help="wrong pairs drawn for each script")
    parser.add_argument("--misses", metavar="SCRIPT", help="print the pairs of a script that 0.1%% wrong pairs exceed")
    arguments = parser.parse_args()
    shares = [f"at {share:.2%}" for share in SHARES]
    head("script", "pairs", *shares, f"at {POLICY.threshold:.2f}", "wrong pairs there", "WRatio at 0.10%")
    for script, pairs in pairs_by_script().items():
        if arguments.misses and arguments.misses != script:
            continue
        true = [screenkit_score(native, latin) for native, (latin,) in pairs]
        wrong = wrong_scores(pairs, screenkit_score, arguments.wrong)
        alerts, wrong_alerts = (
            sum(score >= POLICY.threshold_points() for score in scores) / len(scores) for scores in (true, wrong)
        )
        peer_true = [peer_score(native, latin) for native, (latin,) in pairs]
        peer = found(peer_true, wrong_scores(pairs, peer_score, arguments.wrong), 0.001)
        shown = [f"{found(true, wrong, share):.1%}" for share in SHARES]
        show(script, len(pairs), *shown, f"{alerts:.1%}", f"{wrong_alerts:.3%}", f"{peer:.1%}")
        if arguments.misses:
            limit = wrong[int(len(wrong) * 0.001)]
            print(f"  at most {limit:.0f} points")
            for (native, (latin,)), score in zip(pairs, true, strict=True):
                if score <= limit:
                    print(f"  {score:6} {native} | {latin}")


if __name__ == "__main__":
    main()
