"""Long work, done by the command line in a process of its own: it can be stopped, and what goes wrong there stays there.

A job has a folder: what was uploaded lies in it, what is made comes into it, and the temporary files of its processes lie
in it too, so that all of it vanishes together.
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
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

SECONDS = 1800.0
"""After which a run is stopped."""
AT_ONCE = 2
"""Runs at the same time; the others wait."""
GRACE = 4.0
"""Seconds that a process has to end in order: it stops the LibreOffice that it began."""
REMOVING = 10.0
"""Seconds within which a folder can be removed after what worked in it was told to end."""
COMPLAINTS = 400_000
"""Letters that are kept of what a run says beside its events."""
TEMPORARY = "tmp"
Commands = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Offered:
    """A file that its visitor may take, under a name to save it by."""

    path: Path
    name: str
    words: str = ""
    """What it is."""


@dataclass(eq=False)
class Run:
    """Command lines that wait, run one after the other, or have run."""

    folder: Path
    commands: Commands
    title: str
    offer: Callable[[Run], list[Offered]] = lambda run: []
    """What there is to take of it, worked out when it has ended; it may pack files."""
    seconds: float = SECONDS
    state: str = "waiting"
    """waiting, running, done, stopped, late (stopped as it took too long), broken (its process died)."""
    codes: list[int] = field(default_factory=list)
    """Exit codes of the commands that have ended."""
    done: int = 0
    expected: int = 0
    stage: str = ""
    """What is counted: row, pdf, ended."""
    complaints: dict[int, str] = field(default_factory=dict)
    """What was said on the error stream, by number of the command."""
    answers: list[Any] = field(default_factory=list)
    """What each command printed as JSON; None where it printed none."""
    files: list[Offered] = field(default_factory=list)
    group: int = 0
    """Number of its process, which leads the group of all that it began; 0 before it is started."""
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _future: Future[None] | None = field(default=None, repr=False)
    _stopping: bool = field(default=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def running(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ("waiting", "running")

    @property
    def well(self) -> bool:
        """Whether all its commands ended, with or without problems in what they read."""
        return self.state == "done" and all(code in (0, 1) for code in self.codes)

    def start(self, workers: ThreadPoolExecutor) -> None:
        """Begin as soon as there is room."""
        self._future = workers.submit(self._run)

    def stop(self, patience: float = 0.0) -> None:
        """End it with all processes that it began; nothing happens to one that has ended. Waits ``patience`` for its end."""
        with self._lock:
            self._stopping = True
            process = self._process
            if self._future is not None and self._future.cancel():
                self.state = "stopped"
        if process is not None:
            _end(process, GRACE)
        if self._future is not None and patience:
            wait([self._future], patience)

    def _run(self) -> None:
        try:
            state = self._worked()
            if state == "done":
                self.answers = [_answer(self.folder / f"answer-{n}.json") for n in range(len(self.codes))]
                self.files = self.offer(self)
        except Exception:  # whatever it was: nobody waits for a run that never ends
            state = "broken"
        self.state = "stopped" if self._stopping else state

    def _worked(self) -> str:
        """Run the process to its end; the state it ends with."""
        with self._lock:
            if self._stopping:
                return "stopped"
            self._process = process = _begun(self.folder)
            self.group, self.state = process.pid, "running"
        assert process.stdin is not None and process.stderr is not None
        listener = threading.Thread(target=self._listen, args=(process.stderr,), daemon=True)
        listener.start()
        late = False
        try:
            with suppress(OSError):  # it is gone already
                process.stdin.write(json.dumps(self.commands).encode() + b"\n")
                process.stdin.flush()
            process.wait(self.seconds)
        except subprocess.TimeoutExpired:
            late = True
        finally:
            _end(process, GRACE)
            with self._lock:
                self._process = None
            with suppress(OSError):
                process.stdin.close()
            listener.join(GRACE)
        if late:
            return "late"
        return "done" if len(self.codes) == len(self.commands) else "broken"

    def _listen(self, stream: IO[bytes]) -> None:
        """Take in what is said while it runs: events of how far it is, and complaints."""
        kept = 0
        with stream:
            for line in stream:
                text = line.decode("utf-8", "replace")
                event = _event(text)
                if event is not None:
                    self._take(event)
                elif kept < COMPLAINTS:
                    kept += len(text)
                    number = len(self.codes)
                    self.complaints[number] = self.complaints.get(number, "") + text

    def _take(self, event: Mapping[str, Any]) -> None:
        if event["event"] == "ended":
            self.codes.append(int(event["code"]))
            if len(self.commands) > 1:
                self.stage, self.done, self.expected = "ended", len(self.codes), len(self.commands)
        else:
            self.stage, self.done, self.expected = event["event"], event["done"], event["expected"]


def _begun(folder: Path) -> subprocess.Popen[bytes]:
    """A command line that waits for its commands."""
    temporary = folder / TEMPORARY
    temporary.mkdir(exist_ok=True)
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))
    modules = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONSAFEPATH": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "checklists.cli.for_page"],
        cwd=folder,
        env={**os.environ, **places, **modules, "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _event(line: str) -> dict[str, Any] | None:
    if not line.startswith('{"event"'):
        return None
    try:
        return dict(json.loads(line))
    except ValueError:
        return None


def _answer(path: Path) -> Any:
    """What a command printed as JSON; None for none."""
    try:
        with path.open(encoding="utf-8") as opened:
            return json.load(opened)
    except (OSError, ValueError):
        return None


def _end(process: subprocess.Popen[bytes], grace: float) -> None:
    """End a process and all of its group: told first, then killed. Also where the process is gone and its group is not."""
    if sys.platform == "win32":
        if process.poll() is None:
            tree = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
            subprocess.run(tree, capture_output=True, check=False)
        return
    with suppress(ProcessLookupError, PermissionError):  # the group is gone
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(grace)
        os.killpg(process.pid, signal.SIGKILL)


# ---------------------------------------------------------------- jobs


@dataclass(eq=False)
class Job:
    """What a visitor uploaded, and the runs over it by name."""

    folder: Path
    template: str
    """The page that shows it."""
    show: Callable[[Job], dict[str, Any]]
    """What that page prints."""
    title: str
    part: str
    """Address of the part of the page that it belongs to."""
    asked: dict[str, Any] = field(default_factory=dict)
    """What was wanted with the upload."""
    runs: dict[str, Run] = field(default_factory=dict)
    starting: threading.Lock = field(default_factory=threading.Lock, repr=False)
    """Held while a run is begun: of two that come at once one is refused."""

    @property
    def running(self) -> bool:
        """Whether one of its runs waits or runs."""
        return any(run.running for run in self.runs.values())

    @property
    def now(self) -> Run | None:
        """The run that is under way."""
        return next((run for run in self.runs.values() if run.running), None)

    def stop(self) -> None:
        """End what runs."""
        for run in list(self.runs.values()):
            run.stop()

    def discard(self) -> None:
        """End what runs, and remove its folder when it has ended."""
        for run in list(self.runs.values()):
            run.stop(REMOVING)
        removed(self.folder)


def job_folder(above: Path) -> Path:
    """A new folder for a job's files."""
    return Path(tempfile.mkdtemp(dir=above))


def removed(folder: Path) -> bool:
    """Remove a folder or a file; on Windows what is still open stands in the way for a while."""
    until = time.monotonic() + REMOVING
    while True:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            folder.unlink(missing_ok=True)
        if not folder.exists():
            return True
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
