"""Templates in, pages out: every text is escaped, and nothing in one can turn its line around."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from screenkit.model.visible import in_html, quoted_parts

#: The page runs no script and loads nothing but its own style sheet.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HERE = Path(__file__).parent
#: The style sheet and the icon.
STYLE, ICON = (_HERE / "style.css").read_bytes(), (_HERE / "icon.svg").read_bytes()


def visible(text: object) -> str:
    """A text whose controls and marks of direction show as numbers, because they could disguise a name."""
    return in_html(str(text))


_templates = Environment(
    loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
_templates.filters["visible"] = visible
_templates.filters["quoted_parts"] = quoted_parts


#: Where a page is cut in two.
_CUT = "\0"


def text(template: str, **values: Any) -> str:
    """A piece of a page."""
    return _templates.get_template(template).render(**values)


def parts(template: str, **values: Any) -> tuple[bytes, bytes]:
    """A page that is sent in parts: what is before and after the place where the template has `cut`."""
    before, _, after = text(template, cut=_CUT, **values).partition(_CUT)
    return before.encode("utf-8", "replace"), after.encode("utf-8", "replace")


def page(template: str, status: int = 200, **values: Any) -> Response:
    """A page as a response."""
    headers = {"Content-Security-Policy": POLICY}
    return Response(text(template, **values).encode("utf-8", "replace"), status, headers, "text/html; charset=utf-8")
