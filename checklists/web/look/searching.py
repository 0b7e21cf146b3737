"""Look for words in everything."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from checklists.web.look.index import KINDS, Entry, Segments, find, marked, parts_of, snippet
from checklists.web.look.shared import OwnShelf
from checklists.web.pages import page

router = APIRouter()
MOST = 60
"""Shown at once."""
LONGEST = 100


@dataclass(frozen=True)
class Hit:
    """Something found, what was looked for apart."""

    entry: Entry
    title: Segments
    text: Segments
    note: Segments


@router.get("/search")
def search(request: Request, shelf: OwnShelf, q: str = "", kind: str = "", start: str = "0") -> HTMLResponse:
    """What is found, the best first; of one kind where one is chosen."""
    typed = q[:LONGEST].strip()
    found = find(shelf.entries, typed)
    counts = Counter(entry.kind for entry in found)
    wanted = [entry for entry in found if kind in ("", entry.kind)]
    at = min(int(start[:5]), len(wanted)) if start.isascii() and start.isdigit() else 0
    return page(
        request,
        "look/search.html",
        typed=typed,
        kinds=KINDS,
        counts=counts,
        kind=kind,
        start=at,
        most=MOST,
        total=len(wanted),
        hits=[hit(entry, typed) for entry in wanted[at : at + MOST]],
    )


def hit(entry: Entry, query: str) -> Hit:
    """An entry as it is shown for a query."""
    parts = parts_of(query)
    return Hit(
        entry,
        marked(entry.title, parts),
        marked(snippet(entry.text, parts), parts),
        marked(entry.note, parts),
    )
