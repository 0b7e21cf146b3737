"""Choose an enterprise, see its list, take its documents."""

from __future__ import annotations

from asyncio import wrap_future
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from checklists.checklist.build import checklist_for
from checklists.checklist.printed import printed
from checklists.days import today
from checklists.documents.catalogue import PAPERS, WORD, asked_documents
from checklists.documents.make import finished_documents
from checklists.documents.pdf import find_office, make_pdfs
from checklists.files.writing import safe_name
from checklists.models import Fact, FactValue, Office
from checklists.places import chains_of, place_text
from checklists.problems import Position, Refused, problem
from checklists.roster.office import read_options
from checklists.rules.conditions import value_words
from checklists.rules.library import Library
from checklists.rules.words import find_type
from checklists.selection.core import core_of
from checklists.web.choice import (
    FIRM,
    OFFICE_FIELDS,
    Choice,
    choice_of,
    enterprise_chosen,
    list_chosen,
    order_chosen,
)
from checklists.web.download import download
from checklists.web.finding import chosen_offers, offers
from checklists.web.pages import Own, page
from checklists.web.served import Served

router = APIRouter(include_in_schema=False)
PDF, TICKED = "pdf", "ticked"
LONGEST_WORD = 40
"""Letters that are looked for among the types."""


@dataclass(frozen=True)
class FactField:
    """A fact as the form asks it."""

    id: str
    fact: Fact
    state: Literal["asked", "usual", "settled", "told"]
    """To be asked, supposed by a type, settled by one, or told beside what the types ask."""
    value: str
    """What is supposed or settled: 是, 瓶装, 1个."""
    answer: str


@router.get("/")
def make(request: Request, own: Own) -> HTMLResponse:
    """The whole page: choice at the left, list at the right."""
    return page(request, "make.html", **_form(request, own), **_shown(request, own))


@router.get("/preview")
def preview(request: Request, own: Own) -> HTMLResponse:
    """The parts that change with the choice: what is chosen, facts to answer, the list."""
    return page(request, "preview.html", **_shown(request, own))


@router.get("/left-out")
def left_out(request: Request, own: Own) -> HTMLResponse:
    """The rows that the paper has no room for."""
    choice = choice_of(request.query_params)
    shown = _list(own.library, choice)
    rows = printed(shown["list"].checklist).left_out if shown["list"] else ()
    return page(request, "left_out.html", choice=choice, rows=rows, **shown)


@router.get("/preview/types")
def types(request: Request, own: Own) -> HTMLResponse:
    """The types for what was typed."""
    vocabulary, typed = own.library.vocabulary, _typed(request)
    chosen = chosen_offers(vocabulary, choice_of(request.query_params).types)
    shown = offers(vocabulary, own.types, typed)
    return page(request, "types.html", offers=shown, chosen=chosen, find=typed)


def _typed(request: Request) -> str:
    """What is looked for among the types."""
    return request.query_params.get("find", "")[:LONGEST_WORD]


def _form(request: Request, own: Served) -> dict[str, Any]:
    """What stays as it is while somebody chooses."""
    vocabulary, typed = own.library.vocabulary, _typed(request)
    return {
        "offers": offers(vocabulary, own.types, typed),
        "find": typed,
        "places": [place_text(chain) for chain in chains_of(vocabulary.places)],
        "departments": vocabulary.departments,
        "today": today(),
        "papers": list(PAPERS.values()),
        "office_fields": OFFICE_FIELDS,
        "pdf": find_office() is not None,
    }


def _shown(request: Request, own: Served) -> dict[str, Any]:
    """What changes with every choice."""
    choice, library = choice_of(request.query_params), own.library
    return {
        "choice": choice,
        "chosen": chosen_offers(library.vocabulary, choice.types),
        "facts": facts_of(library, choice),
        **_list(library, choice),
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
    vocabulary, answers = library.vocabulary, dict(choice.facts)
    try:
        kinds = [find_type(vocabulary, name, Position("所选")) for name in choice.types]
    except Refused:
        return []
    fixed, usual = (
        _values([kind.facts.fixed for kind in kinds]),
        _values([kind.facts.default for kind in kinds]),
    )
    asked = dict.fromkeys(name for kind in kinds for name in kind.facts.asks if name not in fixed)

    def field(
        name: str, state: Literal["asked", "usual", "settled", "told"], values: Sequence[FactValue]
    ) -> FactField:
        fact = vocabulary.facts[name]
        words = "或".join(value_words(value, fact.unit) for value in values)
        return FactField(name, fact, state, words, answers.get(name, ""))

    fields = [field(name, "asked", ()) for name in asked]
    fields += [field(name, "usual", usual[name]) for name in usual if name not in asked and name not in fixed]
    fields += [field(name, "settled", fixed[name]) for name in fixed]
    told = {one.id for one in fields}
    return fields + [
        field(name, "told", ()) for name in answers if name in vocabulary.facts and name not in told
    ]


def _values(told: Iterable[Mapping[str, FactValue]]) -> dict[str, tuple[FactValue, ...]]:
    """Every fact with the values that several types give it, each once."""
    found: dict[str, dict[FactValue, None]] = {}
    for values in told:
        for name, value in values.items():
            found.setdefault(name, {})[value] = None
    return {name: tuple(values) for name, values in found.items()}


# ---------------------------------------------------------------- documents


@router.post("/documents")
async def documents(request: Request, own: Own) -> Response:
    """The documents of the choice, one as it is, several in a zip."""
    form = await request.form(max_files=0)
    async with own.making:
        made = await run_in_threadpool(_made, own, form)
    if PDF in form:
        made = await as_pdf(own, made)
    return download(made, safe_name(str(form.get("name", ""))[:60], "检查表"))


def _made(own: Served, form: FormData) -> dict[str, bytes]:
    """Finished documents by file name. Raises Refused."""
    library, choice = own.library, choice_of(form)
    told = {name: str(form.get(name, ""))[:200].strip() for name in FIRM}
    enterprise, _ = enterprise_chosen(library, choice, _office(form), **told)
    order, _ = order_chosen(library, choice)
    wanted = asked_documents(_wanted(form), landscape=form.get("landscape") == "1")
    return finished_documents(wanted, checklist_for(library, enterprise, order), own.templates)


def _wanted(form: FormData) -> list[str]:
    """Names of documents: of the button that was pressed, or those that were ticked; none for the usual ones."""
    if TICKED not in (*form, form.get(PDF)):
        return [str(name) for name in (*form.getlist("document"), *form.getlist(PDF)) if name]
    wanted = [str(name) for name in form.getlist("paper")]
    if not wanted:
        raise Refused([problem("nothing-chosen", Position("其他文书"))])
    return wanted


def _office(form: FormData) -> Office:
    pairs = [
        f"{name}={text}"
        for name in OFFICE_FIELDS
        if (text := str(form.get(f"office.{name}", ""))[:200].strip())
    ]
    return Office(**read_options(pairs, of_many=False))


async def as_pdf(own: Served, made: Mapping[str, bytes]) -> dict[str, bytes]:
    """The Word documents as PDF, made by the LibreOffice of this machine. Raises Refused when that cannot be done."""
    in_word = {name: content for name, content in made.items() if name.endswith(WORD)}
    if not in_word:
        raise Refused([problem("nothing-for-pdf", Position("PDF"))])
    pdfs, problems = await wrap_future(own.converter.submit(make_pdfs, in_word, find_office()))
    if problems:
        raise Refused(problems)
    return pdfs
