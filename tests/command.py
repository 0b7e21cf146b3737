"""The command line run in this process, as a person meets it."""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checklists.cli import main


@dataclass(frozen=True)
class Told:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed as JSON."""
        return json.loads(self.out)


def command(*arguments: str | Path) -> Told:
    """Run it; no traceback and no internal error is ever right."""
    out, err, before = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = ["checklists", *map(str, arguments)]
    code: object = 0
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as ended:
        code = ended.code
    finally:
        sys.argv = before
    told = Told(int(str(code or 0)), out.getvalue(), err.getvalue())
    assert "Traceback" not in told.out + told.err and "internal-error" not in told.out + told.err, told
    return told
