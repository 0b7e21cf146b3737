"""What came back: filled books and lists in, every row accounted for, the ledger, papers and next month's books out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from checklists.documents.catalogue import ACROSS, CHECKLIST, FROM_FINDINGS, WORKBOOK
from checklists.problems import Position, Problem, Refused, problem
from checklists.returns.files import DRAFTS, MARKED, READ
from checklists.web.drawing import chart
from checklists.web.jobs import Job, Offered, Run
from checklists.web.ledger import (
    ABOUT,
    ON_PAGE,
    OVERDUE,
    STATES,
    Ledger,
    counted,
    filter_in,
    ledger_of,
)
from checklists.web.pages import Own, page
from checklists.web.served import Served
from checklists.web.telling import complaints
from checklists.web.uploads import ZIP, Kept, sent_form
from checklists.web.working import PRIVATE, OwnJob, Wanted, begin, packed, start, to_job

router = APIRouter(include_in_schema=False)
BACK, OUT, NEXT, LISTS, ENTERED = "交回", "汇总", "换月", "检查表", "录入"
"""Folders of a job: what came back, the ledger, next month's books, lists that were sent out, what was typed in."""
LEDGER, CODES = "台账.xlsx", "短码.txt"
COLLECT, PAPERS, CARRY, ENTER = "collect", "papers", "carry", "enter"
PART = "/returns"
NAMES = {f"{folder}/": "" for folder in (BACK, OUT, NEXT, LISTS, ENTERED)} | {CODES: "短码"}
CHART_HEADERS = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'", **PRIVATE}
"""A chart holds its own styles, and nothing else."""


@router.get(PART)
def returns(request: Request) -> Response:
    """Where what came back is given."""
    return page(request, "returns.html")


@router.post(PART)
async def upload(request: Request, own: Own) -> Response:
    """Take files in and collect them."""
    async with sent_form(request) as form:
        asked = {"on": _text(form, "on")}

        def made(folder: Path, kept: dict[str, Kept]) -> Job:
            told = {**asked, "problems": kept[BACK].problems}
            return Job(folder, "collected.html", lambda job: _shown(own, job), "收表汇总", PART, told)

        begun = await begin(request, form, [Wanted("files", BACK, (*READ, ZIP))], made)
    _collect(own, begun.job)
    return to_job(begun)


@router.post("/jobs/{number}/papers")
async def papers(request: Request, number: str, job: OwnJob, own: Own) -> Response:
    """Fill papers with the hazards. Raises Refused when none is chosen."""
    _ledger(job)
    async with sent_form(request) as form:
        wanted = [name for name in map(str, form.getlist("paper")) if name in FROM_FINDINGS]
    if not wanted:
        raise Refused([problem("nothing-chosen", Position("由隐患填好的文书"))])
    await run_in_threadpool(_papers, own, job, wanted)
    return RedirectResponse(f"/jobs/{number}", 303)


@router.post("/jobs/{number}/carry")
async def carry(request: Request, number: str, job: OwnJob, own: Own) -> Response:
    """Make next month's books of those that came back."""
    _ledger(job)
    async with sent_form(request) as form:
        on = _text(form, "on")
    await run_in_threadpool(_carry, own, job, on)
    return RedirectResponse(f"/jobs/{number}", 303)


@router.post("/entries")
async def enter(request: Request, own: Own) -> Response:
    """Type in lists that were filled on paper; without codes, make the forms to type into."""
    wanted = [Wanted("lists", LISTS, (".docx", ".json", ZIP))]
    async with sent_form(request) as form:
        codes = str(form.get("codes", "")).strip()

        def made(folder: Path, kept: dict[str, Kept]) -> Job:
            (folder / CODES).write_text(codes, "utf-8")
            told = {"problems": kept[LISTS].problems}
            return Job(folder, "entered.html", _entered, "录入纸上填的检查表", PART, told)

        begun = await begin(request, form, wanted, made)
    typed = [f"--codes={CODES}"] if codes else []
    command = ["enter", LISTS, *typed, f"--out={ENTERED}", "--json"]
    start(
        own,
        begun.job,
        ENTER,
        [command],
        "录入",
        lambda run: _zip_of(run, ENTERED, "录入表.zip", "交回汇总时上传"),
    )
    return to_job(begun)


def _text(form: FormData, name: str) -> str:
    return str(form.get(name, ""))[:100].strip()


# ---------------------------------------------------------------- runs


def _folders(own: Served) -> list[str]:
    return [*own.options, f"--templates={own.templates}"]


def _collecting(own: Served, job: Job) -> list[str]:
    on = [f"--on={job.asked['on']}"] if job.asked["on"] else []
    return ["collect", BACK, f"--out={OUT}/{LEDGER}", "--json", *on, *_folders(own)]


def _collect(own: Served, job: Job) -> None:
    def offer(run: Run) -> list[Offered]:
        if not run.answers[0]:
            return []
        job.asked["ledger"] = ledger_of(run, own.library, NAMES)
        run.answers = []
        book = Offered(run.folder / OUT / LEDGER, LEDGER, "汇总台账")
        marked = _zip_of(
            run, f"{OUT}/{Path(LEDGER).stem}{MARKED}", "标出的工作簿.zip", "看不清的、不算的行涂了色"
        )
        return [one for one in (book, *marked) if one.path.is_file()]

    start(own, job, COLLECT, [[*_collecting(own, job), "--mark", "--doubts"]], "读文件，理隐患", offer)


def _papers(own: Served, job: Job, wanted: Sequence[str]) -> None:
    drafts = f"{OUT}/{Path(LEDGER).stem}{DRAFTS}"

    def offer(run: Run) -> list[Offered]:
        run.answers = []
        return _zip_of(run, drafts, "文书草稿.zip", "、".join(wanted))

    command = [*_collecting(own, job), f"--papers={'、'.join(wanted)}"]
    start(own, job, PAPERS, [command], "填文书", offer, (drafts,))


def _carry(own: Served, job: Job, on: str) -> None:
    """Of every enterprise its latest workbook."""
    wanted, odd = _latest(_ledger(job))
    if not wanted:
        raise Refused([problem("carry-none", Position(BACK))])
    day = [f"--on={on}"] if on else []
    commands = [
        ["carry", f"{BACK}/{name}", f"--out={NEXT}", "--json", *day, *_folders(own)] for name in wanted
    ]

    def offer(run: Run) -> list[Offered]:
        return _zip_of(run, NEXT, "下月工作簿.zip", "发给企业接着填")

    start(own, job, CARRY, commands, "换月", offer, (NEXT,))
    job.asked["several"] = odd


def _latest(ledger: Ledger) -> tuple[list[str], list[Problem]]:
    """The workbook of the latest month of every enterprise, and where there are several of that month."""
    books: dict[str, dict[str, list[str]]] = {}
    for one in ledger.files:
        firm = one.told["enterprise"]
        if one.told["document"] == WORKBOOK and firm:
            months = books.setdefault(firm["code"] or firm["name"] or one.file, {})
            months.setdefault(one.told["month"] or "", []).append(one.file)
    latest = [months[max(months)] for months in books.values()]
    odd = [
        problem("carry-several", Position(files[0]), others="、".join(files[1:]))
        for files in latest
        if len(files) > 1
    ]
    return [files[0] for files in latest], odd


def _zip_of(run: Run, folder: str, name: str, words: str) -> list[Offered]:
    """What stands in a folder, one file as it is, several in a zip."""
    made = sorted(_plain_files(run.folder / folder))
    if len(made) < 2:
        return [Offered(one, one.name, words) for one in made]
    return [Offered(packed(run.folder / folder, made, name), name, f"{len(made)} 个文件，{words}")]


def _plain_files(folder: Path) -> Iterable[Path]:
    """Files that a person wants: not those that the command line keeps for itself."""
    return (one for one in folder.rglob("*") if one.is_file() and not one.name.startswith("."))


# ---------------------------------------------------------------- pages


def _ledger(job: Job) -> Ledger:
    """What was collected. Raises 404 for a job without."""
    found = job.asked.get("ledger")
    if not isinstance(found, Ledger):
        raise HTTPException(404)
    return found


def _shown(own: Served, job: Job) -> dict[str, Any]:
    return {
        "collect": job.runs[COLLECT],
        "ledger": job.asked.get("ledger"),
        "left": job.asked["problems"],
        "several": job.asked.get("several", []),
        "trouble": {name: _trouble(run) for name, run in job.runs.items()},
        "papers": list(FROM_FINDINGS.values()),
        "lists": (CHECKLIST, ACROSS),
        "workbook": WORKBOOK,
    }


def _entered(job: Job) -> dict[str, Any]:
    run = job.runs[ENTER]
    told: Mapping[str, Any] = (run.answers[0] if run.answers else None) or {}
    return {"enter": run, "told": told, "left": job.asked["problems"], "trouble": _trouble(run)}


def _trouble(run: Run) -> list[Problem]:
    return [] if run.running else complaints(run, NAMES)


@router.get("/jobs/{number}/ledger")
def ledger_page(request: Request, number: str, job: OwnJob) -> Response:
    """The ledger, as its filter says."""
    ledger, asked = _ledger(job), filter_in(request.query_params)
    lines = [line for line in ledger.lines if asked.fits(line)]
    text = request.query_params.get("page", "1")
    pages = max(-(-len(lines) // ON_PAGE), 1)
    which = min(max(int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1, 1), pages)
    shown = page(
        request,
        "ledger.html",
        at=PART,
        number=number,
        job=job,
        ledger=ledger,
        asked=asked,
        lines=lines[(which - 1) * ON_PAGE : which * ON_PAGE],
        count=len(lines),
        which=which,
        pages=pages,
        figures={about: (words, counted(lines, about)) for about, (words, _) in ABOUT.items()},
        states=STATES,
        levels=list(dict.fromkeys(line.level for line in ledger.lines)),
        industries=sorted({line.industry for line in ledger.lines}),
        overdue=OVERDUE,
    )
    shown.headers.update(PRIVATE)
    return shown


@router.get("/jobs/{number}/charts/{about}.svg")
def chart_of(request: Request, about: str, job: OwnJob) -> Response:
    """One chart of the ledger, as the same filter says."""
    if about not in ABOUT:
        raise HTTPException(404)
    asked = filter_in(request.query_params)
    figures = counted([line for line in _ledger(job).lines if asked.fits(line)], about)
    return Response(chart(figures, ABOUT[about][0]), media_type="image/svg+xml", headers=CHART_HEADERS)
