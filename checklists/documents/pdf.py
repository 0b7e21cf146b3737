"""Documents as PDF, made by the LibreOffice of this computer where there is one."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import FrameType

from checklists.files.writing import why
from checklists.problems import Position, Problem, Refused, problem

START_SECONDS, SECONDS_A_FILE = 60, 30
"""A first start makes a profile; a workbook of 500 rows takes under ten seconds."""
GIVE_UP = 3
"""Documents that are tried alone before it is clear that no document is at fault."""
STOP_SECONDS = 5.0
"""How long the processes of LibreOffice may take to be gone once they have been killed."""
OFFICE = Position("LibreOffice")
_ENDING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
]


def make_pdfs(
    documents: Mapping[str, bytes], office: str | None, *, start_seconds: float = START_SECONDS
) -> tuple[dict[str, bytes], list[Problem]]:
    """PDFs by file name, made of ``documents`` by the program ``office``; and what could not be made, and why.

    LibreOffice works in a folder of its own, with a profile of its own, on copies under plain names: an enterprise may
    be called what no command line likes. Whatever happens, Ctrl-C and being told to end included, none of its
    processes and none of its files are left. Raises Refused when there is no LibreOffice, or it does not end.
    """
    made, complaints = _converted(documents, office, start_seconds)
    pdfs = {f"{Path(name).stem}.pdf": made[name] for name in documents if name in made}
    return pdfs, [_failed(name, complaints) for name in documents if name not in made]


def make_many_pdfs(
    documents: Mapping[str, bytes], office: str | None, *, start_seconds: float = START_SECONDS
) -> tuple[dict[str, bytes], list[Problem]]:
    """PDFs by the names of the documents, made in one call; a document that cannot be converted stops only itself.

    LibreOffice goes through them in order: where it breaks down at one, that one is tried alone and the rest again.
    Raises Refused when there is no LibreOffice, it cannot be started, or it makes nothing at all.
    """
    pdfs: dict[str, bytes] = {}
    problems: list[Problem] = []
    left = dict(documents)
    while left:
        if len(problems) == GIVE_UP and not pdfs:
            raise Refused([replace(problems[0], position=OFFICE)])
        made, complaints = _one_call(left, office, start_seconds)
        pdfs |= made
        missing = [name for name in left if name not in made]
        if missing and len(left) > 1:
            alone, complaints = _one_call({missing[0]: left[missing[0]]}, office, start_seconds)
            pdfs |= alone
        if missing and missing[0] not in pdfs:
            problems.append(_failed(missing[0], complaints))
        left = {name: documents[name] for name in missing[1:]}
    return pdfs, problems


def _one_call(
    documents: Mapping[str, bytes], office: str | None, start_seconds: float
) -> tuple[dict[str, bytes], str]:
    """What was converted, and the complaints; being too slow is one of them."""
    try:
        return _converted(documents, office, start_seconds)
    except Refused as refused:
        (found,) = refused.problems
        if found.code != "pdf-timeout":
            raise
        return {}, found.message


def _failed(name: str, complaints: str) -> Problem:
    return problem("pdf-failed", Position(name), why=complaints or "没有说明原因")


def _converted(
    documents: Mapping[str, bytes], office: str | None, start_seconds: float
) -> tuple[dict[str, bytes], str]:
    """PDFs by the names of the documents, and what LibreOffice complained of. Raises Refused as make_pdfs does.

    It has so long for its start and for each file; one that comes to a stop is ended, and what it made before is kept.
    """
    if office is None:
        raise Refused([problem("pdf-no-office", OFFICE)])
    try:
        with _ending_in_order() as told, tempfile.TemporaryDirectory(prefix="checklists-pdf-") as name:
            folder = Path(name)
            copies, out = _copies(documents, folder), folder / "out"
            try:
                complaints = _run(office, folder, copies, start_seconds + SECONDS_A_FILE, told)
            except Refused as refused:
                if not any(out.glob("*.pdf")):
                    raise
                complaints = refused.problems[0].message
            paths = {name: out / f"{number}.pdf" for number, name in enumerate(documents)}
            return {name: pdf.read_bytes() for name, pdf in paths.items() if pdf.is_file()}, complaints
    except OSError as failure:
        raise Refused([problem("pdf-failed", OFFICE, why=why(failure))]) from failure


def find_office() -> str | None:
    """The program of LibreOffice: on the path, or where its installers put it."""
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return found
    return next((str(path) for path in _usual_places() if path.is_file()), None)


def _usual_places() -> Iterator[Path]:
    if sys.platform == "win32":
        for variable in ("ProgramFiles", "ProgramFiles(x86)"):
            if os.environ.get(variable):
                yield Path(os.environ[variable], "LibreOffice", "program", "soffice.exe")
    yield Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
    yield Path("/usr/lib/libreoffice/program/soffice")
    yield from sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)


def _copies(documents: Mapping[str, bytes], folder: Path) -> list[Path]:
    copies = []
    for number, (name, content) in enumerate(documents.items()):
        copies.append(folder / f"{number}{Path(name).suffix}")
        copies[-1].write_bytes(content)
    return copies


def _run(office: str, folder: Path, copies: list[Path], limit: float, told: list[int]) -> str:
    """Convert the copies into ``folder/out``; returns what LibreOffice complained of.

    Raises Refused when no further file has come for ``limit`` seconds. Its complaints go to a file: a process that it leaves behind would keep a pipe open.
    """
    complaints, out, profile = folder / "complaints", folder / "out", (folder / "profile").as_uri()
    options = ["--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(out)]
    command = [office, f"-env:UserInstallation={profile}", *options, *map(str, copies)]
    until, made = time.monotonic() + limit, 0
    with complaints.open("wb") as errors:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env={**os.environ, "TMPDIR": str(folder)},
            start_new_session=True,
        )
        try:
            while process.poll() is None:
                if told:
                    raise KeyboardInterrupt
                if (count := len(list(out.glob("*.pdf")))) > made:
                    until, made = time.monotonic() + limit, count
                if time.monotonic() > until:
                    raise Refused([problem("pdf-timeout", OFFICE, seconds=round(limit))])
                time.sleep(0.05)
        finally:
            _stop(process)
            _remove_socket(profile)
    return " ".join(complaints.read_text("utf-8", "replace").split())[-200:]


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program and all that it started: its first process only waits for another."""
    if sys.platform == "win32":
        tree = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(tree, capture_output=True, check=False)
        return
    until = time.monotonic() + STOP_SECONDS
    with suppress(ProcessLookupError, PermissionError):  # the group is gone
        while time.monotonic() < until:
            os.killpg(process.pid, signal.SIGKILL)
            process.poll()
            time.sleep(0.01)
    process.poll()


def _remove_socket(profile: str) -> None:
    """A LibreOffice that is killed leaves a socket outside its folder, named after its profile."""
    if sys.platform == "win32":
        return
    digest = hashlib.md5(profile.encode("utf-16-le"), usedforsecurity=False).digest()
    name = f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in digest)}"
    for folder in ("/tmp", "/var/tmp"):
        with suppress(OSError):
            Path(folder, name).unlink()


@contextmanager
def _ending_in_order() -> Iterator[list[int]]:
    """While it lasts, signals to end are noted in the list; at the end they do what they always do.

    A Python that is told to end runs nothing any more, and Ctrl-C may come between starting a process and knowing it.
    """
    told: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        told.append(number)

    before = {}
    with suppress(ValueError):  # only the first thread is told
        for number in _ENDING:
            if signal.getsignal(number) not in (signal.SIG_IGN, None):
                before[number] = signal.signal(number, note)
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if told:
            signal.raise_signal(told[0])
