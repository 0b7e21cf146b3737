"""Choose an enterprise, see its list, take its documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from checklists.documents.catalogue import PAPERS, asked_documents
from checklists.documents.make import finished_documents
from checklists.documents.pdf import find_office, make_pdfs
from checklists.files.writing import safe_name
from checklists.models import Fact, FactValue, Office
from checklists.places import chains_of
from checklists.problems import Position, Refused
from checklists.roster.office import read_options
from checklists.rules.conditions import value_words
from checklists.rules.library import Library
from checklists.rules.words import find_type
from checklists.selection.core import core_of
from checklists.web.choice import (
    Choice,
    choice_of,
    enterprise_chosen,
    list_chosen,
    listed,
    order_chosen,
)
from checklists.web.download import download
from checklists.web.finding import TypeFound
from checklists.web.pages import page, served_of, today
from checklists.web.served import Served

router = APIRouter(include_in_schema=False)
Own = Annotated[Served, Depends(served_of)]
"""What the server has."""
FIRM = ("name", "code", "address", "person", "phone")
OFFICE = ("检查单位", "检查人员", "证号", "乡镇／街道", "用途", "文书编号")
PDF = "pdf"


@dataclass(frozen=True)
class FactField:
    """A fact as the form asks it."""

    id: str
    fact: Fact
    state: str
    """要问清, 通常：有, 已定：有."""
    fixed: bool
    answer: str


@router.get("/")
def make(request: Request, own: Own) -> HTMLResponse:
    """The whole page: choice at the left, list at the right."""
    choice = choice_of(request.query_params)
    return page(request, "make.html", **_form(own, choice), **_list(own.library, choice))


@router.get("/preview")
def preview(request: Request, own: Own) -> HTMLResponse:
    """The parts that change with the choice: facts to answer, and the list."""
    choice = choice_of(request.query_params)
    return page(
        request,
        "preview.html",
        choice=choice,
        facts=facts_of(own.library, choice),
        **_list(own.library, choice),
    )


def _form(own: Served, choice: Choice) -> dict[str, Any]:
    vocabulary = own.library.vocabulary
    groups: dict[str, list[TypeFound]] = {}
    for found in own.types:
        groups.setdefault(found.group, []).append(found)
    return {
        "choice": choice,
        "groups": groups,
        "places": ["".join(chain[1:]) or chain[0] for chain in chains_of(vocabulary.places)],
        "departments": vocabulary.departments,
        "facts": facts_of(own.library, choice),
        "today": today(),
        "papers": list(PAPERS.values()),
        "office_fields": OFFICE,
        "pdf": find_office() is not None,
    }


def _list(library: Library, choice: Choice) -> dict[str, Any]:
    """The list of the choice, or what keeps it from being made; nothing before a type is chosen."""
    empty: dict[str, Any] = {"list": None, "problems": [], "odd": [], "reasons": {}, "core": {}}
    if not choice.types:
        return empty
    try:
        found, odd = list_chosen(library, choice)
    except Refused as refused:
        return {**empty, "problems": refused.problems}
    core = core_of(library.vocabulary, found.selection)
    reasons = {decision.item.id: decision.reason for decision in found.selection.decisions}
    bases = {row.item.id: row.basis for row in found.checklist.rows}
    return {**empty, "list": found, "odd": odd, "reasons": reasons, "core": core, "bases": bases}


def facts_of(library: Library, choice: Choice) -> list[FactField]:
    """Facts that the chosen types ask, suppose or settle, in that order; none for types that there are not."""
    try:
        kinds = [find_type(library.vocabulary, name, Position("所选")) for name in choice.types]
    except Refused:
        return []
    told, answers = library.vocabulary.facts, dict(choice.facts)
    fields: dict[str, FactField] = {}

    def add(name: str, state: str, *, fixed: bool = False) -> None:
        fields.setdefault(name, FactField(name, told[name], state, fixed, answers.get(name, "")))

    for kind in kinds:
        for name in kind.facts.asks:
            add(name, "要问清")
    for word, fixed in (("通常", False), ("已定", True)):
        for kind in kinds:
            values: Mapping[str, FactValue] = kind.facts.fixed if fixed else kind.facts.default
            for name, value in values.items():
                add(name, f"{word}：{value_words(value, told[name].unit)}", fixed=fixed)
    for name in answers:
        if name in told:
            add(name, "另外说明")
    return list(fields.values())


# ---------------------------------------------------------------- documents


@router.post("/documents")
async def documents(request: Request, own: Own) -> Response:
    """The documents of the choice, one as it is, several in a zip."""
    form = await request.form(max_files=0)
    async with own.making:
        made = await run_in_threadpool(_made, own, form)
        if form.get("format") == PDF:
            made = await run_in_threadpool(as_pdf, own, made)
    return download(made, safe_name(str(form.get("name", ""))[:60], "检查表"))


def _made(own: Served, form: FormData) -> dict[str, bytes]:
    """Finished documents by file name. Raises Refused."""
    library, choice = own.library, choice_of(form)
    told = {name: str(form.get(name, ""))[:200].strip() for name in FIRM}
    enterprise, _ = enterprise_chosen(library, choice, _office(form), **told)
    order, _ = order_chosen(library, choice)
    found = listed(library, enterprise, order)
    wanted = [str(name) for name in form.getlist("document")]
    landscape = form.get("landscape") == "1"
    return finished_documents(asked_documents(wanted, landscape=landscape), found.checklist, own.templates)


def _office(form: FormData) -> Office:
    pairs = [
        f"{name}={text}" for name in OFFICE if (text := str(form.get(f"office.{name}", ""))[:200].strip())
    ]
    return Office(**read_options(pairs, of_many=False))


def as_pdf(own: Served, made: Mapping[str, bytes]) -> dict[str, bytes]:
    """The Word documents as PDF, made by the LibreOffice of this machine. Raises Refused when that cannot be done."""
    pdfs, problems = own.converter.submit(make_pdfs, dict(made), find_office()).result()
    if problems:
        raise Refused(problems)
    return pdfs
