"""The notices, their clauses sentence by sentence with what asks them, and the words they use."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from checklists.models import Clause, Item
from checklists.notices.account import Account, account_of
from checklists.notices.clauses import read_notice, seed_text
from checklists.rules.coverage import Part
from checklists.web.look.index import Segments
from checklists.web.look.shared import OwnShelf, missing
from checklists.web.look.shelf import Shelf
from checklists.web.pages import page

router = APIRouter()
_MARKED = re.compile("[【】]")


@dataclass(frozen=True)
class Sentence:
    """A sentence with what becomes of it."""

    part: Part
    pieces: Segments
    """The words, those that items quote apart."""
    items: tuple[Item, ...]


@dataclass(frozen=True)
class ShownClause:
    """A clause with its sentences."""

    clause: Clause
    sentences: tuple[Sentence, ...]


@router.get("/library")
def library(request: Request, shelf: OwnShelf) -> HTMLResponse:
    """Ways in, with how much there is."""
    known = shelf.library
    criteria = sum(len(one.standard.criteria) for one in known.standards)
    return page(request, "look/library.html", shelf=shelf, library=known, criteria=criteria)


@router.get("/notices")
def notices(request: Request, shelf: OwnShelf) -> HTMLResponse:
    """All notices, the newest first."""
    known = sorted(shelf.library.notices.values(), key=lambda one: one.since, reverse=True)
    counts = {notice.id: counted(shelf, notice.id) for notice in known}
    return page(request, "look/notices.html", notices=known, counts=counts)


@router.get("/notices/{notice}")
def one_notice(request: Request, shelf: OwnShelf, notice: str) -> HTMLResponse:
    """A notice with all its clauses."""
    found = shelf.library.notices.get(notice) or missing("通知", notice, shelf.library.notices)
    clauses = [shown_clause(shelf, clause, parts) for clause, parts in shelf.coverage.get(notice, ())]
    return page(
        request,
        "look/notice.html",
        notice=found,
        clauses=clauses,
        counts=counted(shelf, notice),
        account=account(shelf, notice),
    )


@router.get("/notices/{notice}/{path:path}")
def one_clause(request: Request, shelf: OwnShelf, notice: str, path: str) -> HTMLResponse:
    """A clause on a page of its own."""
    found = shelf.library.notices.get(notice) or missing("通知", notice, shelf.library.notices)
    clauses = shelf.coverage.get(notice, [])
    paths = [clause.path for clause, _ in clauses]
    if path not in paths:
        missing(f"{found.code} 的条款", path, paths)
    at = paths.index(path)
    before, after = (paths[at - 1] if at else None), (paths[at + 1] if at + 1 < len(paths) else None)
    shown = shown_clause(shelf, *clauses[at])
    return page(request, "look/clause.html", notice=found, one=shown, before=before, after=after)


@router.get("/glossary")
def glossary(request: Request, shelf: OwnShelf) -> HTMLResponse:
    """Words of the notices, those that are spelled out first."""
    terms = sorted((term for term, _ in shelf.library.terms), key=lambda term: not term.meaning)
    return page(request, "look/glossary.html", terms=terms, notices=shelf.library.notices)


def counted(shelf: Shelf, notice: str) -> Counter[str]:
    """Sentences of a notice by what becomes of them: cited, gap, heading, and aside for all set aside."""
    known = {"cited", "gap", "heading"}
    return Counter(
        part.status if part.status in known else "aside"
        for _, parts in shelf.coverage.get(notice, ())
        for part in parts
    )


def shown_clause(shelf: Shelf, clause: Clause, parts: list[Part]) -> ShownClause:
    """The clause as the page shows it."""
    sentences = (
        Sentence(part, _pieces(part), tuple(shelf.items[name] for name in part.items)) for part in parts
    )
    return ShownClause(clause, tuple(sentences))


def _pieces(part: Part) -> Segments:
    """Quoted words apart; a sentence that has such brackets itself is shown as it is."""
    if part.status != "cited" or _MARKED.search(part.text):
        return [(part.text, False)]
    pieces = _MARKED.split(part.marked)
    return [(text, number % 2 == 1) for number, text in enumerate(pieces) if text]


def account(shelf: Shelf, notice: str) -> Account | None:
    """Where every character of the notice went; None for one that could not be cut into clauses."""
    found = shelf.library.notices[notice]
    if not shelf.library.clauses.get(notice):
        return None
    return account_of(read_notice(found, seed_text(shelf.library.seeds / found.file)[0])[0])
