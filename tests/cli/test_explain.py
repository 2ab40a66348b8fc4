"""`screenkit explain` on terminals of every kind: what is drawn is what is added up."""

from __future__ import annotations

import re

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, set_cell_size

from screenkit import Designation, ListedName, Policy, Subject, compare
from screenkit.cli import main
from screenkit.cli.output import explanation
from screenkit.cli.output.waterfall import Scale, running_totals
from screenkit.model import Strength
from screenkit.model.evidence import FULL_SCORE

PAIRS = [
    ("Korea Kwanson Banking Corp", "Korea Kwangsong Trading Corporation"),
    ("丹东至诚金属材料有限公司", "DANDONG ZHICHENG METALLIC MATERIAL CO., LTD."),
    ("김정은", "KIM, Jong Un"),
    ("محمد علي", "علي محمد الحسين"),
    ("Kim Il", "Barack Obama"),
    ("Joe Biden", "JOE BIDEN"),
]
LOSES = PAIRS[0]
#: Eighths of a cell that a character of a bar fills.
EIGHTHS = {"█": 8, "▒": 8, "▉": 7, "▊": 6, "▋": 5, "▌": 4, "▍": 3, "▎": 2, "▏": 1, "·": 0}
ARABIC = "[\u0600-\u06ff]"
STYLES = re.compile(r"\x1b\[[0-9;]*m")


@attrs.frozen
class Row:
    """A line of the table that has points."""

    reason: str
    points: int
    bar: str

    @property
    def start(self) -> int:
        """The first cell of the bar."""
        return len(self.bar) - len(self.bar.lstrip())

    @property
    def length(self) -> int:
        """What the bar fills, in eighths; an ASCII bar in cells."""
        return sum(EIGHTHS.get(character, 1) for character in self.bar.strip() if character != ".")


@attrs.frozen
class Printed:
    """What `explain` printed, taken apart by the cells in which it stands."""

    lines: list[str]
    cells: int
    evidence: list[Row]
    score: Row
    threshold: Row


def taken_apart(output: str) -> Printed:
    lines = STYLES.sub("", output).splitlines()
    head = next(line for line in lines if line.rstrip().endswith("10,000") and "points" in line)
    ends = re.search(r"0 +10,000$", head.rstrip())
    assert ends
    left = cell_len(head[: ends.start()])
    rows = []
    for line in lines[lines.index(head) + 1 :]:
        before = set_cell_size(line, left)
        assert line.startswith(before.rstrip()), f"a wide character stands across the edge of the bars: {line!r}"
        points = re.search(r"([+-]?[\d,]+) *\|?$", before.rstrip())
        bar = set_cell_size(line, max(cell_len(line), left))[len(before) :].rstrip()
        if points and not set(before) <= {"-", "+", " "}:
            rows.append(Row(before[: points.start()].strip(" |"), int(points[1].replace(",", "")), bar))
        else:
            assert not bar.strip("─-+"), f"a bar where no points are: {line!r}"
    return Printed(lines, len(ends[0]), rows[:-2], rows[-2], rows[-1])


def explained(query: str, listed: str, *, width: int = 80, charset: str = "utf-8", color: bool = False) -> str:
    environment = {"COLUMNS": str(width), "FORCE_COLOR": "1", "NO_COLOR": None if color else "1", "TERM": "xterm"}
    result = CliRunner(charset=charset).invoke(main, ["explain", query, listed], env=environment)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("width", [40, 60, 63, 64, 80, 100, 160])
@pytest.mark.parametrize("pair", PAIRS, ids=" / ".join)
def test_bars_and_points_add_up_on_every_width_and_no_line_is_wider(pair: tuple[str, str], width: int) -> None:
    found = compare(*pair)
    printed = taken_apart(explained(*pair, width=width))
    assert [row.points for row in printed.evidence] == [item.points for item in found.ranked()]
    assert sum(row.points for row in printed.evidence) == printed.score.points == found.points
    gained = sum(row.length for row in printed.evidence if row.points > 0)
    lost = sum(row.length for row in printed.evidence if row.points < 0)
    assert gained - lost == printed.score.length == found.points * printed.cells * 8 // FULL_SCORE
    assert all(cell_len(line.rstrip()) <= width for line in printed.lines)
    assert all(len(row.bar) <= printed.cells for row in (*printed.evidence, printed.score, printed.threshold))


def test_each_bar_starts_where_the_running_total_stands_and_losses_are_taken_back() -> None:
    printed = taken_apart(explained(*LOSES))
    assert min(row.points for row in printed.evidence) < 0, "a pair that loses points is what this is about"
    totals = running_totals(row.points for row in printed.evidence)
    for row, (before, after) in zip(printed.evidence, totals, strict=True):
        if row.points:
            assert row.start == min(before, after) * printed.cells // FULL_SCORE
            assert ("▒" in row.bar) <= (row.points < 0) <= ("█" not in row.bar)
        else:
            assert row.bar == ""


def test_the_threshold_is_marked_under_the_last_cell_that_it_fills() -> None:
    threshold = Policy().threshold_points()
    for pair in PAIRS:
        printed = taken_apart(explained(*pair))
        assert printed.threshold.points == threshold
        assert printed.threshold.bar.endswith("▲")
        assert (len(printed.score.bar) >= len(printed.threshold.bar)) == (printed.score.points >= threshold)


@pytest.mark.parametrize("charset", ["ascii", "latin-1", "cp437", "gbk"])
@pytest.mark.parametrize("pair", PAIRS, ids=" / ".join)
def test_encodings_without_eighths_have_bars_of_ascii(pair: tuple[str, str], charset: str) -> None:
    output = explained(*pair, charset=charset)
    printed = taken_apart(output)
    assert all(set(row.bar) <= set(" #-.") for row in (*printed.evidence, printed.score))
    signed = [row.length if row.points > 0 else -row.length for row in printed.evidence]
    assert sum(signed) == printed.score.length
    assert printed.threshold.bar.endswith("^")


def test_gains_are_green_losses_red_and_a_pipe_has_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = explained(*LOSES, color=True).splitlines()
    assert any("\x1b[32m" in line and "+" in STYLES.sub("", line) for line in lines)
    assert any("\x1b[31m" in line and "-" in STYLES.sub("", line) for line in lines)
    for variable in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(variable, raising=False)
    piped = CliRunner().invoke(main, ["explain", *LOSES]).output
    assert "\x1b" not in piped
    assert all(line == line.rstrip() for line in piped.splitlines())
    assert taken_apart(piped).score.points == compare(*LOSES).points


def test_a_comparison_with_no_common_word_lists_every_word_and_draws_nothing() -> None:
    printed = taken_apart(explained("Kim Il", "Barack Obama"))
    assert {row.bar for row in (*printed.evidence, printed.score)} == {""}
    assert sum("unmatched word" in row.reason for row in printed.evidence) == 4


def test_both_names_the_score_and_the_verdict_stand_above_the_table() -> None:
    head = explained(*LOSES).split("\n\n")[0]
    for part in (*LOSES, f"{compare(*LOSES).value:.4f}", f"no hit at {Policy().threshold:.2f}"):
        assert part in head


def test_a_reading_is_said_once() -> None:
    output = explained("김정은", "KIM, Jong Un", width=160)
    assert output.count("Gim Jeong-eun / Kim Jong-un (ko: hangul / customary)") == 1


def test_no_word_is_cut_off_however_narrow_its_column() -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitän"
    lines = taken_apart(explained(long, "Acme", width=64)).lines
    head = next(line for line in lines if line.startswith("reason"))
    column = slice(head.index("query"), head.index("listed"))
    assert len(long) > column.stop - column.start, "a column so wide says nothing"
    rows = lines[lines.index(head) + 2 :]
    assert "".join(row[column].strip(" ─") for row in rows).startswith(long)


def test_a_narrow_terminal_has_the_words_whole_one_above_the_other() -> None:
    output = explained(*LOSES, width=40)
    for part in ("query: Kwanson ", "listed: Kwangsong ", "rule: 2 edits ", "weakest word "):
        assert part in STYLES.sub("", output)


def test_a_name_steers_no_terminal() -> None:
    output = explained("Ac\x1b[2Jme \u202eTrading", "Acme\x07 Trading")
    assert not set("\x07\u202e") & set(output)
    assert "\x1b[2J" not in output
    assert "Ac?[2Jme ?Trading" in output


def test_text_written_to_the_left_does_not_draw_the_next_column_into_its_run() -> None:
    """Between a right-to-left letter and what the next column has, a terminal's ordering needs a mark."""
    for width in (40, 64, 80, 120):
        output = STYLES.sub("", explained("محمد علي", "علي محمد الحسين", width=width))
        assert re.search(f"{ARABIC}\u200e *\n", output)
        assert not re.search(f"{ARABIC} ( |\n)", output), "a run goes on over the gap"
        assert not re.search(f"\n *{ARABIC}", output), "a line is taken for one that runs to the left"
        assert not re.search(f"{ARABIC}[^\n\u200e]*[A-Za-z0-9]", output), "letters or digits are taken into a run"


def test_a_designations_weak_name_is_said_to_be_weak_and_its_points_are_taken_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    policy = Policy()
    assert "" in policy.weak_sources  # designations made by hand
    names = [ListedName("BIG BOSS HERMOSILLO", strength=Strength.WEAK)]
    designation = Designation(id="X1", kind="person", names=names)
    found = compare(Subject("Big Boss Hermosillo"), designation, policy=policy)
    explanation.score(found, policy.threshold_points())
    output = capsys.readouterr().out
    printed = taken_apart(output)
    assert printed.evidence[-1].reason.startswith("weak name")
    assert printed.evidence[-1].length == printed.cells * 8
    assert (printed.score.points, printed.score.bar) == (0, "")
    assert "a weak name" in output.split("\n\n")[0]


CONTRIBUTIONS = st.lists(st.integers(-FULL_SCORE, FULL_SCORE), max_size=20)


@given(CONTRIBUTIONS, st.integers(2, 12), st.booleans())
def test_no_bar_leaves_the_scale_and_lengths_add_up(wanted: list[int], quarter: int, has_blocks: bool) -> None:
    """Whatever the contributions, the bars' lengths, signed, are the length of the total's bar."""
    scale = Scale(quarter * 4, has_blocks)
    contributions, total = [], 0
    for points in wanted:
        bounded = min(max(points, -total), FULL_SCORE - total)
        contributions.append(bounded)
        total += bounded
    length = 0
    for before, after in running_totals(contributions):
        bar = scale.bar(before, after)
        assert len(bar) <= scale.cells
        assert (bar == "") == (before == after)
        length += Row("", 0, bar).length * (1 if after > before else -1)
    assert length == Row("", 0, scale.bar(0, total)).length


@given(st.integers(0, FULL_SCORE), st.integers(2, 12), st.booleans())
def test_a_near_miss_never_looks_like_a_hit(points: int, quarter: int, has_blocks: bool) -> None:
    """A bar fills the cells up to the mark of a threshold at a quarter exactly where the points reach it."""
    scale = Scale(quarter * 4, has_blocks)
    parts = 8 if has_blocks else 1
    for threshold in (2_500, 5_000, 7_500, 10_000):
        marked = len(scale.mark(threshold)) * parts
        assert (Row("", 0, scale.bar(0, points)).length >= marked) == (points >= threshold)
