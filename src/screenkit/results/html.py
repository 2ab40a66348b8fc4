"""A screening as a small HTML table, which notebooks show. Like its `repr`, it doesn't quote the customer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

from screenkit.model import wording
from screenkit.model.visible import in_html

if TYPE_CHECKING:
    from .screening import Hit, Screening

_HEADS = ("score", "name", "matched name", "list and id", "programs", "measures", "contradicted by", "outcome")


def table(found: Screening) -> str:
    """The verdict, a row for each hit and suppressed hit, and what was searched."""
    rows = [*_rows(found.hits, "hit"), *_rows(found.suppressed, "suppressed")]
    parts = [f"<p>{_text(_verdict(found))}</p>"]
    if rows:
        heads = "".join(f"<th>{_text(head)}</th>" for head in _HEADS)
        cells = ("".join(f"<td>{_text(cell)}</td>" for cell in row) for row in rows)
        body = "".join(f"<tr>{row}</tr>" for row in cells)
        parts.append(f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>")
    parts.extend(f"<p>{_text(caution.text)}</p>" for caution in found.cautions)
    lists = "; ".join(
        f"{one.source or 'unnamed'} of {(one.published or 'unknown date')[:10]}" for one in found.editions
    )
    parts.append(f"<p>Searched: {_text(lists)}. Coverage: {_text(found.coverage)}.</p>")
    return f"<div>{''.join(parts)}</div>"


def _verdict(found: Screening) -> str:
    if found.is_clear:
        return "Clear"
    cut = f", {len(found.hits):,} shown" if found.truncated else ""
    return f"{wording.counted(found.total, 'hit')}{cut}, {len(found.suppressed):,} suppressed"


def _rows(hits: Iterable[Hit], outcome: str) -> Iterator[tuple[str, ...]]:
    for hit in hits:
        designation = hit.designation
        yield (
            f"{hit.score:.4f}",
            designation.name,
            hit.matched_name.text,
            " ".join(filter(None, (designation.source, designation.id))),
            ", ".join(program.code for program in hit.programs),
            ", ".join(hit.measures),
            ", ".join(hit.contradictions),
            ", ".join(filter(None, (outcome, hit.review_state))),
        )


def _text(text: str) -> str:
    """A text that can't affect the page. Names are in every script; each keeps its direction to itself."""
    return f"<bdi>{escape(in_html(text), quote=True)}</bdi>"
