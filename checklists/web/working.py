"""The page of a job: how far it is, what came of it, its files; for its own visitor only."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from checklists.problems import Position, Refused, problem
from checklists.web.download import KINDS, attached
from checklists.web.jobs import Commands, Job, Offered, Run, job_folder, removed
from checklists.web.pages import page, served_of
from checklists.web.served import Served
from checklists.web.uploads import Kept, files_sent, keep
from checklists.web.visitors import Visitor

router = APIRouter(include_in_schema=False)
COOKIE = "visitor"
PRIVATE = {"cache-control": "no-store"}
"""Nothing of a visitor's is kept by his browser."""
KINDS_OF_LISTS = {**KINDS, ".csv": "text/csv; charset=utf-8", ".json": "application/json"}


class Begun(NamedTuple):
    """A job that an upload began."""

    number: str
    job: Job
    word: str
    """The visitor's."""


def visitor_of(request: Request) -> Visitor | None:
    """Who asks; None for somebody who has not uploaded anything."""
    return served_of(request).visitors.known(request.cookies.get(COOKIE))


def job_of(request: Request, number: str) -> Job:
    """The visitor's own job of that number. Raises 404 for every other."""
    visitor = visitor_of(request)
    job = visitor.jobs.get(number) if visitor else None
    if job is None:
        raise HTTPException(404)
    return job


OwnJob = Annotated[Job, Depends(job_of)]


class Wanted(NamedTuple):
    """A field of files: its name in the form, the folder they go to, and the endings that are taken."""

    field: str
    folder: str
    endings: Collection[str]
    needed: bool = True


async def begin(
    request: Request, form: FormData, wanted: Iterable[Wanted], make: Callable[[Path, dict[str, Kept]], Job]
) -> Begun:
    """Keep what was sent in a new folder of the visitor's, and make its job. Raises Refused, and then nothing is kept."""
    visitors = served_of(request).visitors
    known = visitor_of(request)
    word, visitor = (request.cookies[COOKIE], known) if known else await run_in_threadpool(visitors.welcome)
    folder = job_folder(visitor.folder)

    def kept() -> dict[str, Kept]:
        return {
            one.folder: keep(files_sent(form, one.field), folder / one.folder, one.endings)
            for one in wanted
            if one.needed or files_sent(form, one.field)
        }

    try:
        found = await run_in_threadpool(kept)
        number, job = await run_in_threadpool(visitors.new_job, visitor, lambda: make(folder, found))
    except BaseException:
        await run_in_threadpool(removed, folder)
        if known is None:
            await run_in_threadpool(visitors.dismiss, word)
        raise
    return Begun(number, job, word)


def to_job(begun: Begun) -> Response:
    """Send the browser to the page of a job, with the word by which its visitor is known."""
    answer = RedirectResponse(f"/jobs/{begun.number}", 303)
    answer.set_cookie(COOKIE, begun.word, path="/", httponly=True, samesite="strict")
    return answer


def start(
    own: Served,
    job: Job,
    name: str,
    commands: Commands,
    title: str,
    offer: Callable[[Run], list[Offered]] = lambda run: [],
    fresh: Iterable[str] = (),
) -> Run:
    """Begin a run of a job under its name, in the place of an earlier one. Raises Refused while another is under way.

    ``fresh``: what is removed from the job's folder before, as an earlier run made it.
    """
    with job.starting:
        if job.running:
            raise Refused([problem("job-busy", Position(job.title))])
        for left in fresh:
            removed(job.folder / left)
        job.runs[name] = run = Run(job.folder, commands, title, offer, own.job_seconds)
        run.start(own.visitors.workers)
    return run


# ---------------------------------------------------------------- pages


@router.get("/jobs/{number}")
def job_page(request: Request, number: str, job: OwnJob) -> Response:
    """The whole page of a job."""
    values = job.show(job)
    shown = page(request, job.template, number=number, job=job, run=job.now, at=job.part, **values)
    shown.headers.update(PRIVATE)
    return shown


@router.get("/jobs/{number}/state")
def job_state(request: Request, number: str, job: OwnJob) -> Response:
    """How far it is, alone."""
    shown = page(request, "progress.html", number=number, job=job, run=job.now)
    shown.headers.update(PRIVATE)
    return shown


@router.post("/jobs/{number}/stop")
def stop(number: str, job: OwnJob) -> Response:
    """End what runs; what was made before stays."""
    job.stop()
    return RedirectResponse(f"/jobs/{number}", 303)


@router.post("/jobs/{number}/discard")
def discard(request: Request, number: str, job: OwnJob) -> Response:
    """Remove a job and all its files."""
    visitor = visitor_of(request)
    if visitor is not None:
        visitor.jobs.pop(number, None)
    job.discard()
    return RedirectResponse(job.part, 303)


@router.get("/jobs/{number}/files/{run}/{which}")
def file(number: str, run: str, which: int, job: OwnJob) -> Response:
    """One of the files that a run of the job offers, by its number."""
    found = job.runs.get(run)
    if found is None or found.running or not 0 <= which < len(found.files):
        raise HTTPException(404)
    offered = found.files[which]
    if not offered.path.is_file():
        raise HTTPException(404)
    kind = KINDS_OF_LISTS.get(offered.path.suffix.lower(), "application/octet-stream")
    return FileResponse(offered.path, media_type=kind, headers=attached(offered.name))


def packed(folder: Path, files: Iterable[Path], name: str) -> Path:
    """A zip of files in a folder, made beside it under ``name``; laid side by side, as they are packed already."""
    made = folder.with_name(name)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            archive.write(path, path.relative_to(folder).as_posix())
    return made
