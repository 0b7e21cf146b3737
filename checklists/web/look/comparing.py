"""What changed: from one notice to another, and on the list of an enterprise from one day to another."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from checklists.days import day_written, today
from checklists.documents.revision import comparison_of
from checklists.models import CitedNotice
from checklists.notices.comparing import KINDS, summary
from checklists.problems import Position, Problem, Refused
from checklists.selection.impact import Impact, impact, in_order
from checklists.web.choice import Choice, choice_of, enterprise_chosen
from checklists.web.download import download
from checklists.web.look.shared import OwnShelf, missing, somewhere
from checklists.web.look.shelf import Shelf
from checklists.web.pages import Own, page
from checklists.web.served import Served

router = APIRouter()
_UNCHANGED = "不变"


@router.get("/compare")
def compare(
    request: Request, shelf: OwnShelf, before: str = "", after: str = "", kind: str = ""
) -> HTMLResponse:
    """Two notices side by side, duty by duty; the province's last two are offered."""
    notices = sorted(shelf.library.notices.values(), key=lambda one: one.since, reverse=True)
    values: dict[str, Any] = {"notices": notices, "kind": kind, "kinds": [*KINDS], "changes": None}
    if not (before and after):
        own = [one.id for one in notices if one.place == shelf.library.vocabulary.province]
        offered = (own[1] if len(own) > 1 else "", own[0] if own else "")
        return page(request, "look/compare.html", before=offered[0], after=offered[1], **values)
    one, other = _pair(shelf, before, after)
    changes = shelf.compared(one.id, other.id)
    shown = [
        change for change in changes if (kind in change.kinds if kind in KINDS else not change.unchanged)
    ]
    values |= {"changes": shown, "summary": summary(changes), "one": one, "other": other}
    return page(request, "look/compare.html", before=before, after=after, **values)


@router.get("/compare/word")
async def compare_word(own: Own, before: str, after: str) -> Response:
    """The same as a Word document."""
    shelf = await run_in_threadpool(lambda: own.shelf)
    async with own.making:
        return download(await run_in_threadpool(revision, own, shelf, before, after), "修订对照表")


def revision(own: Served, shelf: Shelf, before: str, after: str) -> dict[str, bytes]:
    """The 修订对照表 by its file name. Raises Refused for its template."""
    one, other = _pair(shelf, before, after)
    return comparison_of(one, other, shelf.compared(one.id, other.id), own.templates)


def _pair(shelf: Shelf, before: str, after: str) -> tuple[CitedNotice, CitedNotice]:
    notices = shelf.library.notices
    one, other = (notices.get(name) or missing("通知", name, notices) for name in (before, after))
    return one, other


@router.get("/compare/days")
def compare_days(request: Request, shelf: OwnShelf) -> HTMLResponse:
    """How the list of a choice changes between two days, which the query gives as ``from`` and ``to``."""
    choice = choice_of(request.query_params)
    first, second = (request.query_params.get(name, "")[:20] for name in ("from", "to"))
    found: Impact | None = None
    problems: list[Problem] = []
    if choice.types:
        try:
            found, problems = moved(shelf, choice, first, second)
        except Refused as refused:
            problems = list(refused.problems)
    year = today().year
    return page(
        request,
        "look/days.html",
        choice=choice,
        first=first or f"{year - 1}-12-31",
        second=second or today(),
        found=found,
        problems=problems,
        types=shelf.library.vocabulary.types,
    )


def moved(shelf: Shelf, choice: Choice, first: str, second: str) -> tuple[Impact, list[Problem]]:
    """What comes and goes on the list, and what is odd about the choice. Raises Refused."""
    days = (
        day_written(first or None, Position("原来的日期")),
        day_written(second or None, Position("后来的日期")),
    )
    in_order(*days, Position("两个日期"))
    enterprise, odd = enterprise_chosen(shelf.library, somewhere(shelf.library.vocabulary, choice))
    return impact(shelf.library, enterprise, *days), odd
