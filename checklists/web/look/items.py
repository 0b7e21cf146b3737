"""The items: what is asked, on which words, of whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from checklists.models import EVERY_NAMES, Basis, CitedNotice, Item
from checklists.rules.checks.reach import reaches
from checklists.rules.citation import says_word
from checklists.selection.select import since
from checklists.web.look.index import parts_of, plain
from checklists.web.look.shared import OwnShelf, conditions_told, missing
from checklists.web.look.shelf import Shelf, clause_address
from checklists.web.pages import page

router = APIRouter()
ALL = "all"


@dataclass(frozen=True)
class ShownBasis:
    """Words that an item rests on: where they stand, and when, where and to whom they hold."""

    basis: Basis
    notice: CitedNotice
    address: str
    says: str
    holds: str


@router.get("/items")
def items(request: Request, shelf: OwnShelf, industry: str = "", q: str = "") -> HTMLResponse:
    """The items of an industry, or those in whose texts all words stand."""
    names = shelf.library.vocabulary.industries
    counts = Counter(item.industry for item in shelf.library.items)
    chosen = next((name for name, one in names.items() if industry in (name, one.name)), "")
    asked = bool(chosen or industry == ALL or q.strip())
    found = [item for item in shelf.library.items if asked and _fits(item, chosen, q)]
    groups: dict[str, list[Item]] = {}
    for item in found:
        groups.setdefault(names[item.industry].name, []).append(item)
    return page(
        request,
        "look/items.html",
        groups=groups,
        counts=counts,
        industries=names,
        chosen=chosen,
        q=q[:100],
        asked=asked,
        found=len(found),
        shelf=shelf,
    )


def _fits(item: Item, industry: str, typed: str) -> bool:
    text = plain("\n".join((item.id, item.title, item.content, item.standard, item.where)))
    return (not industry or item.industry == industry) and all(part in text for part in parts_of(typed))


@router.get("/items/{name}")
def one_item(request: Request, shelf: OwnShelf, name: str) -> HTMLResponse:
    """An item with everything that is known of it; one that is no longer used with what follows it."""
    library = shelf.library
    if name in library.retired and name not in shelf.items:
        entry = library.retired[name][0]
        return page(request, "look/retired.html", retired=name, entry=entry, items=shelf.items)
    item = shelf.items.get(name) or missing("检查项", name, [*shelf.items, *library.retired])
    return page(
        request,
        "look/item.html",
        item=item,
        industry=library.vocabulary.industries[item.industry],
        every=EVERY_NAMES[item.every],
        conditions=conditions_told(library.vocabulary, item.applies),
        bases=[shown_basis(shelf, basis) for basis in item.basis],
        types=[reach.kind for reach in shelf.reaches if reaches(reach, item)],
        shelf=shelf,
    )


def shown_basis(shelf: Shelf, basis: Basis) -> ShownBasis:
    """A basis in words."""
    library = shelf.library
    notice = library.notices[basis.notice]
    told = [f"{notice.place}，自 {since(basis, library.notices)} 起"]
    told += [f"到 {basis.until} 止"] if basis.until else []
    told += [f"应于 {basis.due} 前完成"] if basis.due else []
    if basis.applies:
        told.append(f"只对：{'；'.join(conditions_told(library.vocabulary, basis.applies))}")
    address = clause_address(notice.id, basis.clause)
    return ShownBasis(basis, notice, address, says_word(basis), "，".join(told))
