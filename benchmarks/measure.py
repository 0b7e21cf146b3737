"""Whole processes, timed from outside: wall clock, and the memory of all their processes together."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Run:
    """One process with its children: seconds, and megabytes at the peak."""

    seconds: float
    memory: float
    """Sum of the proportional set sizes, in which a page that several share counts once; 0 where unknown."""
    largest: float
    """Resident set of the largest single process."""


def timed(command: Sequence[str | Path], folder: Path | None = None, *, watch: bool = False) -> Run:
    """Run to the end; what is still to be written from before is written first. Raises when it fails."""
    os.sync()
    began = time.perf_counter()
    with subprocess.Popen([str(part) for part in command], cwd=folder, stdout=subprocess.DEVNULL) as started:
        watcher = _Watcher(started.pid)
        if watch:
            watcher.start()
        _, status, used = os.wait4(started.pid, 0)
        seconds = time.perf_counter() - began
        started.returncode = os.waitstatus_to_exitcode(status)
    if watch:
        watcher.over.set()
        watcher.join()
    if started.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}: exit code {started.returncode}")
    scale = 1 if sys.platform == "darwin" else 1024
    return Run(seconds, watcher.peak / 1e6, used.ru_maxrss * scale / 1e6)


class _Watcher(threading.Thread):
    """Adds up the memory of a process and its descendants ten times a second (Linux)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak = 0.0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.1):
            self.peak = max(self.peak, sum(_proportional(pid) for pid in _family(self.pid)))


def _family(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        try:
            found += map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split())
        except OSError:
            continue
    return found


def _proportional(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return float(line.split()[1]) * 1024
    except OSError:
        pass
    return 0.0


def median(runs: Sequence[Run]) -> Run:
    """The middle of each measure."""
    return Run(
        statistics.median(run.seconds for run in runs),
        max(run.memory for run in runs),
        max(run.largest for run in runs),
    )


def emptied(folder: Path) -> Path:
    """The folder, made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def machine() -> str:
    """Kind of the machine: processor, cores, system, Python."""
    name = "unknown processor"
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        name = next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{name}, {cores} cores, {sys.platform}, Python {sys.version.split()[0]}"
