"""Documents held against a fresh making of them, and templates that somebody restyled: uploaded, judged, told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from checklists.documents.catalogue import DOCUMENTS
from checklists.files.writing import read_file
from checklists.problems import errors
from checklists.web.download import download
from checklists.web.jobs import Job, Run
from checklists.web.pages import Own, page
from checklists.web.telling import complaints, plain_name, problem_told
from checklists.web.uploads import Kept, sent_form
from checklists.web.working import Wanted, begin, start, to_job

router = APIRouter(include_in_schema=False)
FILES, TEMPLATES, RECORD = "文书", "模板", "记录"
"""Folders of a job: what is judged, the visitor's own templates, the manifest of the batch."""
ENDINGS = (".docx", ".xlsx")
VERIFY, CHECK = "verify", "check"
PART = "/verify"
NAMES = {f"{folder}/": "" for folder in (FILES, TEMPLATES, RECORD)}


@router.get(PART)
def verifying(request: Request) -> Response:
    """Where documents and templates are given."""
    return page(request, "verify.html", templates=list(DOCUMENTS.values()))


@router.get("/templates/{which}")
def template(which: int, own: Own) -> Response:
    """One of the templates, to be restyled."""
    documents = list(DOCUMENTS.values())
    if not 0 <= which < len(documents):
        raise HTTPException(404)
    found = documents[which]
    return download({found.file: read_file(own.templates / found.file)}, found.name)


@router.post(PART)
async def verify(request: Request, own: Own) -> Response:
    """Take documents in and verify them."""
    wanted = [
        Wanted("files", FILES, ENDINGS),
        Wanted("template", TEMPLATES, ENDINGS, needed=False),
        Wanted("manifest", RECORD, (".json",), needed=False),
    ]
    async with sent_form(request) as form:
        begun = await begin(request, form, wanted, lambda folder, kept: _job(folder, kept, "核验文书"))
    told: Mapping[str, Kept] = begun.job.asked["kept"]
    command = [
        "verify",
        *(f"{FILES}/{name}" for name in told[FILES].names),
        "--json",
        f"--templates={own.templates}",
    ]
    command += (
        [f"--template={TEMPLATES}/{name}" for name in told[TEMPLATES].names] if TEMPLATES in told else []
    )
    command += [f"--manifest={RECORD}/{told[RECORD].names[0]}"] if RECORD in told else []
    start(own, begun.job, VERIFY, [[*command, *own.options]], "核验")
    return to_job(begun)


@router.post("/templates/check")
async def check(request: Request, own: Own) -> Response:
    """Take templates in and check them."""
    async with sent_form(request) as form:
        begun = await begin(
            request,
            form,
            [Wanted("files", FILES, ENDINGS)],
            lambda folder, kept: _job(folder, kept, "检查模板"),
        )
    names = begun.job.asked["kept"][FILES].names
    commands = [["templates", "check", f"{FILES}/{name}", "--json", *own.options] for name in names]
    start(own, begun.job, CHECK, commands, "检查模板")
    return to_job(begun)


def _job(folder: Path, kept: dict[str, Kept], title: str) -> Job:
    return Job(folder, "verified.html", _shown, title, PART, {"kept": kept})


def _shown(job: Job) -> dict[str, Any]:
    kept: Mapping[str, Kept] = job.asked["kept"]
    (run,) = job.runs.values()
    answered = run.answers if not run.running else []
    is_verified = VERIFY in job.runs
    verdicts = _verdicts(job, answered) if is_verified else _checked(job, kept[FILES].names, answered)
    silent = not answered or any(answer is None for answer in answered)
    return {
        "done": run,
        "verified": is_verified,
        "verdicts": verdicts,
        "left": [found for one in kept.values() for found in one.problems],
        "trouble": complaints(run, NAMES) if silent and not run.running else _broken(run),
    }


def _broken(run: Run) -> list[Any]:
    return [] if run.running or run.well else complaints(run, NAMES)


def _verdicts(job: Job, answered: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            **one,
            "file": plain_name(one["file"], job.folder, NAMES),
            "problems": [problem_told(found, job.folder, NAMES) for found in one["problems"]],
        }
        for answer in answered
        for one in answer or ()
    ]


def _checked(job: Job, names: list[str], answered: list[Any]) -> list[dict[str, Any]]:
    """What was found of each template, in the shape of verdicts."""
    found = []
    for name, answer in zip(names, answered, strict=False):
        if answer is not None:
            problems = [problem_told(one, job.folder, NAMES) for one in answer]
            verdict = "不能用" if errors(problems) else "可以使用"
            found.append({"file": name, "verdict": verdict, "problems": problems})
    return found
