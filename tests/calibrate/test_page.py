"""The page and the plot: whole, inert, accessible, the same to the byte."""

from __future__ import annotations

import hashlib
import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from screenkit import Designation, ListedName, Policy, Screener
from screenkit.calibrate import Calibration, Wanted, calibrate, page, svg
from screenkit.calibrate.drawing import ACCENT, HEIGHT, WIDTH
from screenkit.calibrate.png import png

from .conftest import EDITION, LISTED, TIME

ATTACK = (
    "<script>alert(1)</script><img src=x onerror='alert(2)'>\" onload=\"alert(3) &lt;b&gt; \u202egnp.exe\u2066 ]]> -->"
)
#: What may stand in the page.
TAGS = frozenset(
    {
        "html", "head", "meta", "title", "style", "body", "main", "section", "h1", "h2", "p", "strong", "code", "ul",
        "li", "table", "caption", "thead", "tbody", "tr", "th", "td", "bdi", "svg", "desc", "rect", "polyline",
        "circle", "text", "div",
    }
)  # fmt: skip
ATTRIBUTES = frozenset(
    {
        "lang", "charset", "http-equiv", "content", "name", "scope", "class", "xmlns", "viewbox", "width", "height",
        "font-family", "role", "aria-labeledby", "id", "fill", "stroke", "stroke-width", "points", "cx", "cy", "r",
        "x", "y", "text-anchor", "font-size", "dir",
    }
)  # fmt: skip


class _Seen(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def attacked(folder: Path, attack: str) -> Calibration:
    """A calibration whose names, headings and edition are an attack."""
    matches, ordinary = folder / f"{abs(hash(attack))}.csv", folder / "ordinary.csv"
    quoted = attack.replace('"', '""')
    matches.write_text(f'name,id,label,"{quoted}"\n"{quoted}",1,yes,x\n', encoding="utf-8", newline="")
    ordinary.write_text(f'name\n"{quoted}"\n"Maria"\n', encoding="utf-8", newline="")
    listed = Designation(id="1", names=[ListedName(attack)], edition=EDITION)
    return calibrate(Screener([listed]), matches, ordinary, at=TIME)


def test_an_attack_in_names_and_headings_is_inert(tmp_path: Path) -> None:
    text = page(attacked(tmp_path, ATTACK))
    seen = _Seen(text)
    assert set(seen.tags) <= TAGS
    assert seen.attributes <= ATTRIBUTES
    assert seen.open == []
    # It is shown all the same, what would turn the line around by its number.
    assert "<script>alert(1)</script>" in seen.text
    assert "[U+202E]gnp.exe[U+2066]" in seen.text
    assert "\u202e" not in text


@settings(max_examples=15)
@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30).map(
        lambda text: f"A{text}<B"
    )
)
def test_no_name_whatever_makes_an_element(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    """The elements of a page do not depend on what the names are."""
    made = attacked(tmp_path_factory.mktemp("page"), name)
    seen = _Seen(page(made))
    assert set(seen.tags) <= TAGS
    assert seen.attributes <= ATTRIBUTES


def test_the_page_rests_on_nothing_outside_it(made: Calibration) -> None:
    text = page(made)
    addresses = set(re.findall(r"[a-z]+://[^\"'<> ]+", text))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"url\(|@import|\b(src|href)\s*=", text)
    assert "default-src 'none'" in text


def test_every_table_has_a_caption_and_heads_of_columns_and_rows(made: Calibration) -> None:
    tables = re.findall(r"<table>.*?</table>", page(made), re.DOTALL)
    assert len(tables) >= 8
    for table in tables:
        assert table.count("<caption>") == 1
        heads = table.count('<th scope="col">')
        rows = re.findall(r"<tr[^>]*>(?!<th scope=\"col\">).*?</tr>", table)
        assert heads >= 2
        assert rows
        for row in rows:
            assert row.count('<th scope="row">') == 1
            assert row.count("<td") == heads - 1


def test_the_page_states_what_a_validation_has_to_know(
    files: tuple[Path, Path], strict: Policy, made: Calibration
) -> None:
    text = page(calibrate(Screener(LISTED, policy=strict), *files, at=TIME))
    for path in files:
        assert path.name in text
        assert hashlib.sha256(path.read_bytes()).hexdigest() in text
    for part in (
        EDITION.sha256,
        "A list &lt;written&gt; by hand",
        strict.fingerprint,
        "edit_share",
        "200",
        "2026-01-31T08:15:00.000Z",
        made.version,
        dict(made.components)["unicode"],
        dict(made.tables)["matching"],
        made.line.recall.percent().split()[0],
        "Hala Hussein",
        "no recall or rate of alerts was asked for",
    ):
        assert part in text
    assert "It is the default policy" in page(made)


def test_equal_input_gives_equal_bytes(screener: Screener, files: tuple[Path, Path], made: Calibration) -> None:
    again = calibrate(screener, *files, at=TIME, nearest=3)
    assert page(again) == page(made)
    assert svg(again) == svg(made)
    assert png(again) == png(made)


def test_the_plot_is_svg_that_names_itself_and_keeps_inside_its_frame(made: Calibration) -> None:
    root = ElementTree.fromstring(svg(made))
    assert root.attrib["role"] == "img"
    space = "{http://www.w3.org/2000/svg}"
    assert [child.tag for child in root][:2] == [f"{space}title", f"{space}desc"]
    assert made.line.recall.percent() in (root[1].text or "")
    for line in root.iter(f"{space}polyline"):
        for pair in line.attrib["points"].split():
            x, y = map(float, pair.split(","))
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT
    assert f">{made.choice.threshold / 10_000:.4f}<" in svg(made)


@pytest.mark.parametrize("ordinary", ["Maria", "Mikhail Pisklin", "Maria\nMikhail Pisklin\nKim Jong Un"])
@pytest.mark.parametrize("match", ["Mikhail Pisklin", "Maria"])
def test_a_plot_is_drawn_where_all_or_none_alert(screener: Screener, tmp_path: Path, ordinary: str, match: str) -> None:
    (tmp_path / "m.csv").write_text(f"name,id\n{match},3\n", encoding="utf-8")
    (tmp_path / "o.csv").write_text(f"name\n{ordinary}\n", encoding="utf-8")
    made = calibrate(screener, tmp_path / "m.csv", tmp_path / "o.csv", at=TIME, wanted=Wanted())
    assert "nan" not in svg(made)
    assert png(made)


def test_the_png_shows_the_line(made: Calibration) -> None:
    image = Image.open(BytesIO(png(made))).convert("RGB")
    assert image.size == (2 * WIDTH, 2 * HEIGHT)
    accent = tuple(bytes.fromhex(ACCENT[1:]))
    colors = {color for _, color in image.getcolors(1 << 24) or ()}
    assert accent in colors


def test_no_word_is_broken_but_a_digest(tmp_path: Path) -> None:
    """Words were broken ("sc/or/e"), because columns were made as narrow as their letters (U10)."""
    text = page(attacked(tmp_path, "Maria"))
    breaking = [rule for rule in re.findall(r"[^{}]+\{[^{}]*\}", text) if "anywhere" in rule or "break-all" in rule]
    assert [rule.split("{")[0].strip() for rule in breaking] == ["td.digest"]
    assert re.search(r'<td class="figures"><bdi>1 of 1</bdi>', text)
    assert "prefers-color-scheme: dark" in text


def test_an_explanation_runs_from_left_to_right_and_each_name_in_its_own_direction(tmp_path: Path) -> None:
    """A sentence that began with an Arabic name was turned around, and its figures stood beside other names."""
    text = page(attacked(tmp_path, "مايكل جونز"))
    assert re.search(r'<td class="long" dir="ltr">“<bdi>مايكل جونز</bdi>” against “<bdi>', text)


def test_the_plot_can_be_read_on_a_phone_and_in_the_dark(tmp_path: Path) -> None:
    """It was as narrow as the page, with letters of 6 pixels, and a white area on a dark page."""
    text = page(attacked(tmp_path, "Maria"))
    assert '<div class="curve">\n<svg' in text
    assert re.search(r"\.curve svg \{ width: \d+rem; max-width: none;", text)
    assert re.search(r"dark\) \{ \.curve svg \{ filter:", text)
