"""Long work, done by the command line in a process of its own: it can be stopped, and what goes wrong there stays there.

A job has a folder: what was uploaded lies in it, what is made comes into it. Only names of that folder's making stand on
the command line.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECONDS = 1800
"""After which a job is stopped."""
AT_ONCE = threading.BoundedSemaphore(2)
"""Jobs that run at the same time; the others wait."""
_COMPLAINT = 4000
"""Letters that are kept of what a job says beside its events."""


@dataclass
class Job:
    """One command line that runs, has run, or waits to."""

    folder: Path
    """Its working folder, removed with it."""
    arguments: tuple[str, ...]
    title: str
    state: str = "waiting"
    """waiting, running, done, stopped."""
    code: int | None = None
    done: int = 0
    expected: int = 0
    answer: Any = None
    """What it wrote as JSON; None where it wrote none."""
    complaint: str = ""
    _process: subprocess.Popen[str] | None = field(default=None, repr=False)
    _stopping: bool = field(default=False, repr=False)

    @property
    def running(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ("waiting", "running")

    def stop(self) -> None:
        """End it with all processes that it began; nothing happens to one that has ended."""
        self._stopping = True
        if self._process and self._process.poll() is None:
            _kill(self._process)

    def discard(self) -> None:
        """Stop it and remove its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def job_folder(above: Path) -> Path:
    """A new folder for a job's files."""
    return Path(tempfile.mkdtemp(dir=above))


def begin(folder: Path, arguments: Sequence[str], title: str) -> Job:
    """A job that starts as soon as there is room."""
    job = Job(folder, tuple(arguments), title)
    threading.Thread(target=_run, args=(job,), daemon=True).start()
    return job


def _run(job: Job) -> None:
    with AT_ONCE:
        if not job._stopping:
            _work(job)
    job.state = "stopped" if job._stopping else "done"


def _work(job: Job) -> None:
    job.state = "running"
    environment = {**os.environ, "PYTHONUTF8": "1"}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "checklists", *job.arguments],
            cwd=job.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=os.name != "nt",
        )
        job._process = process
        limit = threading.Timer(SECONDS, job.stop)
        limit.start()
        try:
            _listen(job, process)
            job.code = process.wait()
        finally:
            limit.cancel()
        output.seek(0)
        with suppress(ValueError):
            job.answer = json.load(output)


def _listen(job: Job, process: subprocess.Popen[str]) -> None:
    """Take in what the job says while it runs: events of how far it is, and complaints."""
    assert process.stderr is not None
    for line in process.stderr:
        event = _event(line)
        if event:
            job.done, job.expected = event["done"], event["expected"]
        elif len(job.complaint) < _COMPLAINT:
            job.complaint += line
    process.stderr.close()


def _event(line: str) -> dict[str, Any] | None:
    if not line.startswith('{"event"'):
        return None
    try:
        return dict(json.loads(line))
    except ValueError:
        return None


def _kill(process: subprocess.Popen[str]) -> None:
    with suppress(OSError):
        if os.name == "nt":
            subprocess.run(
                ["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False
            )
        else:
            os.killpg(process.pid, signal.SIGKILL)
