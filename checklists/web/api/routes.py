"""The addresses of the JSON interface."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from checklists.checklist.printed import printed
from checklists.documents.catalogue import asked_documents
from checklists.documents.make import finished_documents
from checklists.files.writing import safe_name
from checklists.models import Item, Office
from checklists.roster.office import read_options
from checklists.rules.asked_facts import told_facts
from checklists.rules.words import types_asked
from checklists.selection.impact import impact, in_order
from checklists.web.api.answers import (
    CheckAnswer,
    CompareAnswer,
    DocumentsAsked,
    FactRow,
    ImpactAnswer,
    ListAnswer,
    Missing,
    NoticeAnswer,
    NoticeRow,
    SearchAnswer,
    Short,
    TypeRow,
    Wrong,
)
from checklists.web.api.asking import (
    REQUEST,
    BasisChoice,
    Day,
    Department,
    Facts,
    Most,
    NoticeId,
    NoticeQuery,
    Place,
    SomeTypes,
    Types,
    enterprise_of,
    enterprise_told,
    order_of,
)
from checklists.web.choice import listed
from checklists.web.download import KINDS, download
from checklists.web.look.index import KINDS as FOUND_KINDS
from checklists.web.look.index import find, parts_of, snippet
from checklists.web.look.notices import account
from checklists.web.look.shared import OwnShelf, missing
from checklists.web.making import PDF, as_pdf
from checklists.web.pages import Own
from checklists.web.served import Served

WRONG: dict[int | str, dict[str, Any]] = {
    422: {"model": Wrong, "description": "没有做成：哪里、为什么、怎么办"}
}
ABSENT: dict[int | str, dict[str, Any]] = {404: {"model": Missing, "description": "没有这个编号"}}
UNREAD: dict[int | str, dict[str, Any]] = {400: {"model": Missing, "description": "内容读不出来"}}
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "一份文书是它本身，几份是 zip",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in KINDS.values()},
    }
}
router = APIRouter(prefix="/api", responses=WRONG)
_NOTICE = ("id", "title", "number", "issuer", "place", "year", "date", "file")


@router.get("/types", summary="企业类型")
def types(shelf: OwnShelf) -> list[TypeRow]:
    """Every type with what it asks, supposes and settles, and its core."""
    kinds = shelf.library.vocabulary.types.values()
    return [
        TypeRow(**kind.model_dump(exclude={"group", "most"}), own_items=shelf.own[kind.id]) for kind in kinds
    ]


@router.get("/facts", summary="企业情况")
def facts(shelf: OwnShelf, type: SomeTypes = ()) -> list[FactRow]:
    """The facts that the types have to do with, and what they make of each."""
    vocabulary = shelf.library.vocabulary
    kinds = [vocabulary.types[one] for one in types_asked(vocabulary, type, REQUEST)[0]] if type else []
    return [FactRow.model_validate(one) for one in told_facts(vocabulary, kinds)]


@router.get("/list", summary="一种企业的清单", response_model_exclude_none=True)
def list_of(
    own: Own,
    type: Types,
    place: Place = "",
    on: Day = None,
    fact: Facts = (),
    department: Department = "",
    basis: BasisChoice = "standing",
    most: Most = None,
) -> ListAnswer:
    """Which items are asked and which are not, with reasons and bases, and the rows as they are printed."""
    library = own.library
    enterprise, odd = enterprise_of(library, type, place, fact)
    order, odd_order = order_of(library, on, department, basis, most)
    found = listed(library, enterprise, order)
    view = printed(found.checklist)
    return ListAnswer.model_validate(
        {
            **found.selection.as_json(),
            "warnings": [one.as_json() for one in (*odd, *odd_order)],
            "edition": view.edition,
            "fingerprint": view.fingerprint,
            "on_paper": found.checklist.on_paper,
            "rows": [*view.paper.rows, *view.left_out],
        }
    )


@router.get("/items", summary="检查项", response_model_exclude_none=True)
def items(
    shelf: OwnShelf, industry: Annotated[Short, Query(description="行业领域：编号或名称")] = ""
) -> list[Item]:
    """All items, or those of an industry; none for one that there is not."""
    names = shelf.library.vocabulary.industries
    return [
        item
        for item in shelf.library.items
        if not industry or industry in (item.industry, names[item.industry].name)
    ]


@router.get("/items/{item}", summary="一个检查项", response_model_exclude_none=True, responses=ABSENT)
def one_item(shelf: OwnShelf, item: Annotated[str, Path(description="检查项编号")]) -> Item:
    """An item by its id."""
    return shelf.items.get(item) or missing("检查项", item, shelf.items)


@router.get("/notices", summary="通知")
def notices(shelf: OwnShelf) -> list[NoticeRow]:
    """All notices."""
    library = shelf.library
    return [
        NoticeRow(**one.model_dump(include=set(_NOTICE)), clauses=len(library.clauses.get(one.id, ())))
        for one in library.notices.values()
    ]


@router.get("/notices/{notice}", summary="一份通知", responses=ABSENT)
def one_notice(shelf: OwnShelf, notice: NoticeId) -> NoticeAnswer:
    """A notice with its clauses, sentence by sentence with what becomes of them."""
    found = shelf.library.notices.get(notice) or missing("通知", notice, shelf.library.notices)
    clauses = [
        {**clause.model_dump(exclude={"notice"}), "parts": [part.as_json() for part in parts]}
        for clause, parts in shelf.coverage.get(notice, ())
    ]
    told = account(shelf, notice)
    aside = list(told.lines) if told else []
    fields = found.model_dump(include=set(_NOTICE))
    return NoticeAnswer.model_validate({**fields, "clauses": clauses, "aside": aside})


@router.get("/search", summary="搜索")
def search(
    shelf: OwnShelf,
    q: Annotated[str, Query(max_length=100, description="几个词都要有")],
    kind: Annotated[str, Query(max_length=20, description=f"只要一类：{'、'.join(FOUND_KINDS)}")] = "",
    start: Annotated[int, Query(ge=0, le=100_000)] = 0,
    most: Annotated[int, Query(ge=1, le=500)] = 60,
) -> SearchAnswer:
    """In notices, clauses, items, types, terms and criteria; the best first."""
    parts = parts_of(q)
    found = [entry for entry in find(shelf.entries, q) if kind in ("", entry.kind)]
    shown = [
        {
            "kind": entry.kind,
            "address": entry.address,
            "title": entry.title,
            "text": snippet(entry.text, parts),
            "note": entry.note,
        }
        for entry in found[start : start + most]
    ]
    return SearchAnswer.model_validate({"total": len(found), "found": shown})


@router.get("/compare", summary="两份通知对照", responses=ABSENT)
def compare(shelf: OwnShelf, before: NoticeQuery, after: NoticeQuery) -> CompareAnswer:
    """What became of each duty, from one notice (id) to the other."""
    for name in (before, after):
        if name not in shelf.library.notices:
            missing("通知", name, shelf.library.notices)
    changes = [change.as_json() for change in shelf.compared(before, after)]
    return CompareAnswer.model_validate({"before": before, "after": after, "changes": changes})


@router.get("/impact", summary="两个检查日对照")
def impact_of(
    own: Own,
    before: datetime.date,
    after: datetime.date,
    type: Types,
    place: Place = "",
    fact: Facts = (),
) -> ImpactAnswer:
    """What comes and goes on the list of a choice between two days, and why."""
    in_order(before, after, REQUEST)
    enterprise, _ = enterprise_of(own.library, type, place, fact)
    return ImpactAnswer.model_validate(impact(own.library, enterprise, before, after).as_json())


@router.get("/check", summary="规则检查")
def check(own: Own) -> CheckAnswer:
    """All problems of the rules and notices that are served, as they were when they were last read."""
    _, checked = own.checked
    problems = [found.as_json() for found in checked.problems]
    return CheckAnswer.model_validate({"items": checked.items, "problems": problems, "left": checked.left})


@router.post("/documents", summary="生成文书", responses=FILE | UNREAD, response_class=Response)
async def documents(own: Own, asked: DocumentsAsked) -> Response:
    """The finished documents; nothing of them is kept."""
    async with own.making:
        made = await run_in_threadpool(_made, own, asked)
        if asked.format == PDF:
            made = await as_pdf(own, made)
    return download(made, safe_name(asked.name[:60], "检查表"))


def _made(own: Served, asked: DocumentsAsked) -> dict[str, bytes]:
    office = Office(**read_options([f"{name}={text}" for name, text in asked.office.items()], of_many=False))
    enterprise = enterprise_told(own.library, asked, office)
    order, _ = order_of(own.library, asked.on, asked.department, asked.basis, asked.most)
    found = listed(own.library, enterprise, order)
    wanted = asked_documents(asked.documents, landscape=asked.landscape)
    return finished_documents(wanted, found.checklist, own.templates)
