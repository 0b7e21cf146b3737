"""The command line as the page starts it: ``python -m checklists.cli.for_page``, in a folder of the page's making.

One line of JSON on standard input says what to do, a list of command lines, so that nothing that a visitor wrote stands
where other users of the machine see it. What the first prints goes to ``answer-0.json`` and so on; a line of JSON on the
error stream says how each ended. Standard input stays open as long as the page lives: when it ends, so does this process
with all that it began.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from checklists.cli import main

GRACE = 3.0
"""Seconds in which a process ends in order before it is killed."""


def work() -> None:
    """Do what standard input says, one command after the other."""
    commands = json.loads(_line())
    threading.Thread(target=_end_with_page, daemon=True).start()
    for number, arguments in enumerate(commands):
        code = _ended(arguments, Path(f"answer-{number}.json"))
        print(json.dumps({"event": "ended", "number": number, "code": code}), file=sys.stderr, flush=True)


def _ended(arguments: list[str], answer: Path) -> int:
    """Exit code of one command line, run in this process."""
    sys.argv = ["checklists", *arguments]
    before = sys.stdout
    with answer.open("w", encoding="utf-8") as sys.stdout:
        try:
            main()
        except SystemExit as ended:
            return ended.code if isinstance(ended.code, int) else 1
        finally:
            sys.stdout = before
    return 0


def _line() -> bytes:
    """The first line of standard input; read without Python's own stream, whose lock a forked process would inherit."""
    taken = bytearray()
    while not taken.endswith(b"\n") and (piece := os.read(0, 1 << 16)):
        taken += piece
    return bytes(taken)


def _end_with_page() -> None:
    with suppress(OSError):
        while os.read(0, 1 << 10):
            pass
    if sys.platform == "win32":
        tree = ["taskkill", "/T", "/F", "/PID", str(os.getpid())]
        subprocess.run(tree, capture_output=True, check=False)
        return
    if os.getpgrp() != os.getpid():  # somebody else's group: a shell's
        os._exit(1)
    for number in (signal.SIGTERM, signal.SIGKILL):
        os.kill(0, number)
        time.sleep(GRACE)  # for what ends in order


if __name__ == "__main__":
    work()
