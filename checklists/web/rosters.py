"""Many enterprises at once: a roster in, what is wrong with it cell by cell, everything made of it out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from checklists.batch.manifest import CSV_NAME, JSON_NAME
from checklists.documents.catalogue import CHECKLIST, PAPERS, WORKBOOK
from checklists.documents.pdf import find_office
from checklists.heads import COLUMNS, NUMBER
from checklists.places import chains_of, place_text
from checklists.problems import Position, Problem, Refused, problem
from checklists.roster.blank import new_roster
from checklists.rules.vocabulary import load_vocabulary
from checklists.web.choice import OFFICE_FIELDS
from checklists.web.download import download
from checklists.web.jobs import Job, Offered, Run
from checklists.web.pages import Own, page
from checklists.web.served import Served
from checklists.web.telling import complaints, problem_told, worst_first
from checklists.web.uploads import Kept, sent_form
from checklists.web.working import OwnJob, Wanted, begin, start, to_job

router = APIRouter(include_in_schema=False)
ROSTER, TEMPLATES, OUT = "名录", "模板", "发放"
"""Folders of a job: the roster, the visitor's own templates, what is made."""
ENDINGS = (".xlsx", ".csv", ".yaml", ".yml")
MOST_SHOWN = 300
"""Problems on the page; the table of the batch has all."""
OFFICE = tuple(name for name in OFFICE_FIELDS if name != COLUMNS[NUMBER][0])
"""Of every enterprise of a roster: a 文书编号 is one enterprise's."""
"""What may be told of every enterprise of a roster."""
SINGLE = ("place", "on", "since", "department", "basis", "most", "appendix", "sheets", "map", "fact")
MANY = ("type", "document", "papers")
TICKS = ("landscape", "pdf")
CHECK, BATCH = "check", "batch"
LONGEST = 4000
"""Letters of one field."""


@router.get("/rosters")
def rosters(request: Request, own: Own) -> Response:
    """Where a roster is given."""
    return page(request, "rosters.html", **form_of(own, {}))


@router.get("/rosters/blank.xlsx")
def blank(own: Own) -> Response:
    """An empty roster with its drop-down lists."""
    vocabulary, _ = load_vocabulary(own.rules, own.seeds)
    return download({"名录.xlsx": new_roster(vocabulary or own.library.vocabulary)}, "名录")


@router.post("/rosters")
async def upload(request: Request, own: Own) -> Response:
    """Take a roster in and check it."""
    wanted = (
        Wanted("roster", ROSTER, ENDINGS),
        Wanted("template", TEMPLATES, (".docx", ".xlsx"), needed=False),
    )
    async with sent_form(request) as form:
        asked = asked_in(form)

        def made(folder: Path, kept: dict[str, Kept]) -> Job:
            names = {which: kept[which].names for which in kept}
            return Job(
                folder, "roster.html", lambda job: _shown(own, job), "名录", "/rosters", {**asked, **names}
            )

        begun = await begin(request, form, wanted, made)
    _check(own, begun.job)
    return to_job(begun)


@router.post("/jobs/{number}/check")
async def check_again(request: Request, number: str, job: OwnJob, own: Own) -> Response:
    """Check the roster again, read in another way."""
    await _ask(request, job)
    await run_in_threadpool(_check, own, job)
    return RedirectResponse(f"/jobs/{number}", 303)


@router.post("/jobs/{number}/batch")
async def batch(request: Request, number: str, job: OwnJob, own: Own) -> Response:
    """Make everything."""
    await _ask(request, job)
    await run_in_threadpool(_batch, own, job)
    return RedirectResponse(f"/jobs/{number}", 303)


async def _ask(request: Request, job: Job) -> None:
    async with sent_form(request) as form:
        job.asked.update(asked_in(form))


# ---------------------------------------------------------------- what is asked


def asked_in(form: FormData) -> dict[str, Any]:
    """The options of a form: texts, lists of texts, ticks, and what is told of the office."""

    def text(name: str) -> str:
        return str(form.get(name, ""))[:LONGEST].strip()

    asked: dict[str, Any] = {name: text(name) for name in SINGLE}
    asked |= {name: [str(one)[:LONGEST] for one in form.getlist(name) if one] for name in MANY}
    asked |= {name: form.get(name) == "1" for name in TICKS}
    asked["office"] = {name: text(f"office.{name}") for name in OFFICE}
    return asked


def form_of(own: Served, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What the options' fields offer and hold."""
    vocabulary = own.library.vocabulary
    return {
        "asked": {**dict.fromkeys(SINGLE, ""), **dict.fromkeys(MANY, ()), **dict.fromkeys(TICKS, False)}
        | {"office": {}}
        | dict(asked),
        "types": own.types,
        "places": [place_text(chain) for chain in chains_of(vocabulary.places)],
        "departments": vocabulary.departments,
        "documents": (CHECKLIST, WORKBOOK),
        "papers": list(PAPERS.values()),
        "office": OFFICE,
        "pdf": find_office() is not None,
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _reading(own: Served, asked: Mapping[str, Any]) -> list[str]:
    """Options of how the roster is read. Each is one argument, so that no value is taken for another option."""
    return [
        *(f"--type={name}" for name in asked["type"]),
        *([f"--place={asked['place']}"] if asked["place"] else []),
        *(f"--map={pair}" for pair in _lines(asked["map"])),
        *own.options,
    ]


def _making(own: Served, asked: Mapping[str, Any]) -> list[str]:
    """Options of what is made."""
    options = {"on": "on", "since": "changed-since", "department": "department", "basis": "basis"}
    options |= {"appendix": "appendix", "sheets": "sheets"}
    given = [f"--{option}={asked[name]}" for name, option in options.items() if asked[name]]
    most = asked["most"]
    given += ["--full"] if most == "all" else [f"--max-items={most}"] if most else []
    given += [f"--{name}" for name in TICKS if asked[name]]
    given += [f"--fact={pair}" for pair in _lines(asked["fact"])]
    given += [f"--document={name}" for name in asked["document"]]
    given += [f"--papers={name}" for name in asked["papers"]]
    given += [f"--office={name}={text}" for name, text in asked["office"].items() if text]
    given += [f"--template={TEMPLATES}/{name}" for name in asked.get(TEMPLATES, ())]
    return [*given, f"--templates={own.templates}"]


def _check(own: Served, job: Job) -> None:
    roster = f"{ROSTER}/{job.asked[ROSTER][0]}"
    start(
        own,
        job,
        CHECK,
        [["roster", "check", roster, "--json", *_reading(own, job.asked)]],
        "检查名录",
        _reported,
    )
    job.runs.pop(BATCH, None)


def _batch(own: Served, job: Job) -> None:
    told = _told(job.runs[CHECK])
    if told and told["usable"] > own.roster_firms:
        about = {"count": told["usable"], "most": own.roster_firms}
        raise Refused([problem("roster-long", Position(job.asked[ROSTER][0]), **about)])
    roster = f"{ROSTER}/{job.asked[ROSTER][0]}"
    options = [*_reading(own, job.asked), *_making(own, job.asked)]
    command = ["batch", roster, f"--out={OUT}", "--json", "--events", "--zip", *options]
    start(own, job, BATCH, [command], "按名录生成", _offered, (OUT, f"{OUT}.zip"))


# ---------------------------------------------------------------- what came of it


def _reported(run: Run) -> list[Offered]:
    """Keep of the report what the page shows: a roster may have a hundred thousand problems."""
    if told := run.answers[0]:
        found = (problem_told(one, run.folder, NAMES) for one in told["problems"])
        said = worst_first([*found, *complaints(run, NAMES)], MOST_SHOWN)
        run.answers = [{"usable": told["usable"], "unusable": told["unusable"], "said": said}]
    return []


def _offered(run: Run) -> list[Offered]:
    """The zip, what is to be printed, and the lists; not every document of every enterprise."""
    told = run.answers[0] if run.answers else None
    if told is None:
        return []
    out = run.folder / told["out"]
    every = [(told["zip"], f"检查表_{told['on']}.zip", "全部文件")]
    every += [(path, Path(path).name, "打印件") for path in told["prints"]]
    every += [(path, Path(path).name, "发放回收登记") for path in told["registers"]]
    every += [(told["report"], "问题清单.csv", "每一处问题")]
    every += [
        (out / name, name, words)
        for name, words in ((CSV_NAME, "清单，一家一行"), (JSON_NAME, "清单，录入、核验用"))
    ]
    found = [Offered(run.folder / path, name, words) for path, name, words in every if path]
    return [one for one in found if one.path.is_file()]


NAMES = {f"{ROSTER}/": "", f"{TEMPLATES}/": ""}


def _shown(own: Served, job: Job) -> dict[str, Any]:
    """What the page of a roster prints."""
    check, made = job.runs[CHECK], job.runs.get(BATCH)
    report, summary = _told(check), _told(made)
    return {
        **form_of(own, job.asked),
        "roster": job.asked[ROSTER][0],
        "check": check,
        "report": report,
        "said": report["said"] if report else worst_first(complaints(check, NAMES), MOST_SHOWN),
        "batch": made,
        "summary": summary,
        "kinds": _kinds(job, summary),
        "trouble": complaints(made, NAMES) if made and not made.running and summary is None else [],
    }


def _told(run: Run | None) -> dict[str, Any] | None:
    """What a run that has ended answered."""
    return run.answers[0] if run and not run.running and run.answers else None


def _kinds(job: Job, summary: Mapping[str, Any] | None) -> list[tuple[Problem, int]]:
    """Problems of a batch, the same ones once, with how many there are."""
    told = summary["problem_kinds"] if summary else ()
    return [(problem_told(one, job.folder, NAMES), one["count"]) for one in told]
