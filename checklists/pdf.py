"""Documents as PDF, made by the LibreOffice of this computer where there is one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from checklists.files import read_file, write_file
from checklists.problems import Place, Refused, problem

START_SECONDS, SECONDS_A_FILE = 60, 30
"""A first start makes a profile; a workbook of 500 rows takes under ten seconds."""
OFFICE = Place("LibreOffice")


def make_pdfs(
    paths: Sequence[Path], office: str | None, *, start_seconds: float = START_SECONDS
) -> list[Path]:
    """A PDF beside every document, made by the program ``office``; returns their paths.

    LibreOffice works in a folder of its own, with a profile of its own, on copies; only whole PDFs are moved beside
    the documents. Raises Refused when there is no LibreOffice, or it fails or does not end.
    """
    if office is None:
        raise Refused([problem("pdf-no-office", OFFICE)])
    with tempfile.TemporaryDirectory(prefix="checklists-pdf-") as name:
        folder = Path(name)
        copies = _copies(paths, folder)
        told = _run(office, folder, copies, start_seconds + SECONDS_A_FILE * len(copies))
        for path, copy in zip(paths, copies, strict=True):
            made = folder / "out" / f"{copy.stem}.pdf"
            if not made.is_file():
                raise Refused([problem("pdf-failed", Place(str(path)), why=told or "没有说明原因")])
            write_file(path.with_suffix(".pdf"), read_file(made))
    return [path.with_suffix(".pdf") for path in paths]


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


def _copies(paths: Sequence[Path], folder: Path) -> list[Path]:
    """Copies under plain names: an enterprise may be called what no command line likes."""
    copies = []
    for number, path in enumerate(paths):
        copy = folder / f"{number}{path.suffix}"
        copy.write_bytes(read_file(path))
        copies.append(copy)
    return copies


def _run(office: str, folder: Path, copies: Sequence[Path], limit: float) -> str:
    """Convert the copies into ``folder/out``; returns what LibreOffice complained of."""
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder / "out"),
        *map(str, copies),
    ]
    try:
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
    except OSError as failure:
        raise Refused([problem("pdf-failed", OFFICE, why=failure.strerror)]) from failure
    try:
        _, told = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        _stop(process)
        raise Refused([problem("pdf-timeout", OFFICE, seconds=round(limit))]) from None
    return " ".join(told.decode("utf-8", "replace").split())[-200:]


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it started: its first process only waits for another."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.communicate()
