"""The page in a real browser: search, hit, clear, confirm, upload, by keyboard alone, and axe-core's checks."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from screenkit import Decisions

from .server import Server, serving

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (the extra [browser])")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed (the extra [browser])")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on the path")
BOOK = {"name": "book.csv", "mimeType": "text/csv", "buffer": "name\nАркадий Жуковский\n".encode()}
#: Notes how each step of a book's page is shown while it is the newest.
WATCH = """window.seen = []; new MutationObserver(found => found.forEach(one => one.addedNodes.forEach(node => {
    if (node.className === "step") seen.push(getComputedStyle(node).display);
}))).observe(document, {subtree: true, childList: true});"""
#: WCAG 2.2, levels A and AA.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def reviewed(house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    decisions = Decisions.open(tmp_path_factory.mktemp("page") / "decisions", create=True)
    with serving(house, "--decisions", str(decisions.path)) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        # Chromium has no sandbox of its own in a container that runs as root.
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any, reviewed: Server) -> Iterator[Any]:
    context = browser.new_context()
    made = context.new_page()
    complaints: list[str] = []
    made.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    made.goto(reviewed.base)
    yield made
    context.close()
    assert not complaints, "the browser complained, perhaps of the page's own policy"


def test_search_clear_and_confirm(page: Any) -> None:
    page.get_by_label("Names, one").fill("아르카디 주콥스키")
    page.get_by_text("Facts and threshold").click()
    page.get_by_label("Birth date").fill("1961-03-04")
    page.get_by_label("Customer number").fill("C-1")
    page.get_by_role("button", name="Screen", exact=True).click()
    hit = page.get_by_role("article")
    assert "Board order 7" in hit.inner_text()
    assert hit.get_by_text("agrees").count() == 1
    assert hit.locator("mark").first.inner_text()
    page.get_by_label("Reason").fill("another man")
    page.get_by_label("Reviewer").fill("Ann")
    page.get_by_role("button", name="Clear").click()
    assert page.get_by_role("status").inner_text() == "Cleared: house H1."
    page.get_by_text("1 suppressed", exact=True).click()
    assert "another man" in page.get_by_role("article").inner_text()
    page.get_by_label("Reason").fill("it is him")
    page.get_by_label("Reviewer").fill("Ben")
    page.get_by_role("button", name="Confirm").click()
    assert page.locator(".state").inner_text() == "1 hit"


def test_everything_is_done_by_keyboard(page: Any) -> None:
    assert page.evaluate("document.activeElement.id") == "names"
    page.keyboard.type("Arkady Zhukovsky")
    for _ in range(2):  # the facts, then the button
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "results", "the focus is where the news is"
    reached = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.tagName + (document.activeElement.id || '')"))
    assert "INPUTbook" in reached


def test_a_workbook_goes_up_and_its_result_comes_down(page: Any, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    made = openpyxl.Workbook()
    for name in ["name", "Аркадий Жуковский", *(f"Maria Gonzalez {at}" for at in range(2_000))]:
        made.worksheets[0].append([name])
    made.save(book)
    page.get_by_label("Excel, OpenDocument, CSV").set_input_files(book)
    page.add_init_script(WATCH)
    # The answer is complete only when the book is screened; what comes before is shown as it comes.
    page.get_by_role("button", name="Screen the book").click(no_wait_after=True)
    page.get_by_text("Customers with hits").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "H1"
    steps = page.locator("progress")
    assert steps.count() >= 1
    assert page.evaluate("seen") == ["block"] * steps.count(), "each step is shown when it comes"
    assert not any(steps.nth(at).is_visible() for at in range(steps.count())), "and hidden by what comes after it"
    shown = page.get_by_text("Customers with hits").locator("..").inner_text().split()
    assert shown == ["Customers", "with", "hits", "1"]
    with page.expect_download() as download:
        page.get_by_role("link", name="hits.csv", exact=True).click()
    assert "H1" in Path(download.value.path()).read_text(encoding="utf-8")
    with page.expect_download() as download:
        page.get_by_role("link", name="hits.xlsx", exact=True).click()
    result = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert sum("H1" in row for row in result["Hits"].iter_rows(values_only=True)) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_axe_finds_nothing(browser: Any, reviewed: Server, scheme: str, width: int) -> None:
    # The checks are a script, which the page's policy forbids.
    context = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(reviewed.base)
    page.get_by_text("Facts and threshold").click()
    found = axe.Axe().run(page, options=RULES).response
    assert len(found["passes"]) > 10
    assert found["violations"] == []
    page.get_by_label("Names, one").fill("شركة جوكوفسكي للشحن")
    page.get_by_label("Kind").select_option("person")
    page.get_by_label("Customer number").fill("C-7")
    page.get_by_role("button", name="Screen", exact=True).click()
    assert page.get_by_role("article").count() >= 1
    assert axe.Axe().run(page, options=RULES).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "nothing is cut off at the side"
    page.get_by_label("Excel, OpenDocument, CSV").set_input_files(BOOK)
    page.get_by_role("button", name="Screen the book").click()
    page.get_by_role("link", name="hits.csv", exact=True).wait_for()
    assert axe.Axe().run(page, options=RULES).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_names_run_in_their_own_direction(page: Any) -> None:
    page.get_by_label("Names, one").fill("شركة جوكوفسكي للشحن")
    assert page.evaluate("getComputedStyle(document.getElementById('names')).direction") == "rtl"
    page.get_by_role("button", name="Screen", exact=True).click()
    assert page.evaluate("getComputedStyle(document.querySelector('dl.names bdi')).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('.points td')).direction") == "ltr"
