"""The types of enterprises: what they are called, what is looked at first, what is asked about them."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from checklists.days import today
from checklists.models import Enterprise, EnterpriseType
from checklists.rules.asked_facts import told_facts
from checklists.selection.core import core_of
from checklists.selection.select import select
from checklists.web.finding import NO_GROUP
from checklists.web.look.shared import OwnShelf, missing
from checklists.web.pages import page

router = APIRouter()


@router.get("/types")
def types(request: Request, shelf: OwnShelf) -> HTMLResponse:
    """All types in their groups."""
    groups: dict[str, list[EnterpriseType]] = {}
    for kind in shelf.library.vocabulary.types.values():
        groups.setdefault(kind.group or NO_GROUP, []).append(kind)
    return page(request, "look/types.html", groups=groups, own=shelf.own)


@router.get("/types/{name}")
def one_type(request: Request, shelf: OwnShelf, name: str) -> HTMLResponse:
    """A type with its core, its facts, and how many items it is asked today in the province."""
    vocabulary = shelf.library.vocabulary
    kind = vocabulary.types.get(name) or missing("类型", name, vocabulary.types)
    found = select(shelf.library, Enterprise(types=(kind.id,), place=vocabulary.province), today())
    return page(
        request,
        "look/type.html",
        kind=kind,
        words=[*kind.aliases, *vocabulary.known.types.get(kind.id, ())],
        industries=[(one, vocabulary.industries[one].name) for one in kind.industries],
        facts=list(told_facts(vocabulary, [kind])),
        items=shelf.items,
        own=shelf.own[kind.id],
        asked=len(found.asked),
        asked_core=core_of(vocabulary, found),
        province=vocabulary.province,
    )
