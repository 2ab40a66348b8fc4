"""Finds the links of built pages that lead nowhere, and whatever the pages would load from another host."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

#: Where an element names a file that a browser loads by itself.
_LOADED = {("img", "src"), ("script", "src"), ("link", "href"), ("source", "src"), ("iframe", "src")}
#: Links that say something about the page and load nothing.
_SAYING = {"canonical", "prev", "next", "alternate"}


class _Page(HTMLParser):
    """The anchors of a page and what it refers to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        stated = {name: value for name, value in attrs if value is not None}
        self.anchors.update(stated[name] for name in ("id", "name") if name in stated)
        for name, value in stated.items():
            if (tag, name) in _LOADED and stated.get("rel") not in _SAYING:
                self.loaded.append(value)
            elif (tag, name) == ("a", "href"):
                self.links.append(value)


def broken_links(folder: Path) -> list[str]:
    """One line for each link to a page, a file or an anchor that isn't there, and for each thing of another host."""
    pages = {path: _Page(path) for path in sorted(folder.rglob("*.html"))}
    broken: list[str] = []
    for path, page in pages.items():
        for link in dict.fromkeys(page.links + page.loaded):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                if link in page.loaded and parts.scheme != "data":
                    broken.append(f"{path.relative_to(folder)} loads {link}")
                continue
            place = unquote(parts.path)
            base = folder if place.startswith("/") else path.parent
            target = (base / place.lstrip("/")).resolve() if place else path
            target = target / "index.html" if target.is_dir() else target
            if not target.exists():
                broken.append(f"{path.relative_to(folder)} links to {link}: there is no such page")
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
                broken.append(f"{path.relative_to(folder)} links to {link}: there is no such anchor")
    return broken
