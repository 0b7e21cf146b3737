"""重大事故隐患判定标准: which are in force on a day, and which bind the chosen types."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from checklists.days import day_written
from checklists.problems import Position, Problem, Refused
from checklists.rules.criteria import WrittenStandard, standard_words
from checklists.selection.criteria import BoundStandard, bound_standards, in_force
from checklists.selection.profile import profile_of
from checklists.web.choice import Choice, choice_of, enterprise_chosen
from checklists.web.look.shared import OwnShelf, conditions_told, missing, somewhere
from checklists.web.look.shelf import Shelf
from checklists.web.pages import Own, page

router = APIRouter()


@router.get("/criteria")
def criteria(request: Request, own: Own, shelf: OwnShelf) -> HTMLResponse:
    """The standards of a day; with types in the query those that bind, each with the criteria that can concern them."""
    choice = choice_of(request.query_params)
    problems: Sequence[Problem] = ()
    found: list[tuple[WrittenStandard, BoundStandard]] = []
    try:
        found, problems = _found(shelf, choice)
    except Refused as refused:
        problems = refused.problems
    day = choice.on or ""
    kinds = shelf.library.vocabulary.types
    return page(
        request,
        "look/criteria.html",
        found=found,
        problems=problems,
        choice=choice,
        day=day,
        types=kinds,
        words=standard_words,
        items=shelf.items,
    )


def _found(shelf: Shelf, choice: Choice) -> tuple[list[tuple[WrittenStandard, BoundStandard]], list[Problem]]:
    """Standards with their criteria, and what is odd about the choice. Raises Refused."""
    library = shelf.library
    day = day_written(choice.on or None, Position("日期"))
    if not choice.types:
        known = [one for one in library.standards if in_force(one.standard, day)]
        return [(one, BoundStandard(one.standard, one.standard.criteria)) for one in known], []
    enterprise, odd = enterprise_chosen(library, somewhere(library.vocabulary, choice))
    written = {id(one.standard): one for one in library.standards}
    bound = bound_standards(library, profile_of(library.vocabulary, enterprise), day)
    return [(written[id(one.standard)], one) for one in bound], odd


@router.get("/criteria/{name}")
def one_standard(request: Request, shelf: OwnShelf, name: str) -> HTMLResponse:
    """A standard with all its criteria."""
    known = {one.name: one for one in shelf.library.standards}
    found = known.get(name) or missing("判定标准", name, known)
    vocabulary = shelf.library.vocabulary
    whom = [vocabulary.industries[one].name for one in found.standard.binds.industries]
    whom += conditions_told(vocabulary, found.standard.binds.facts)
    conditions = [conditions_told(vocabulary, one.applies) for one in found.standard.criteria]
    return page(
        request,
        "look/standard.html",
        one=found,
        words=standard_words(found.standard),
        whom=whom,
        conditions=conditions,
        items=shelf.items,
        industries=vocabulary.industries,
    )
