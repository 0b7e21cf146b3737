"""Two validators of Office files (ECMA-376), taken in from outside: what each has against a document.

``openxml-audit`` is installed with the tests. The validator of the Open XML SDK itself is a program of its own
(``ooxml-validator`` on the path; ``.ci/run`` installs it), which sees some faults of workbooks that the other misses.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from openxml_audit import OpenXmlValidator, ValidationSeverity

AUDIT, SDK = "openxml-audit", "Open XML SDK"
SDK_PROGRAM = shutil.which("ooxml-validator")
_NOT_ASKED = "officeDocument/2006/relationships/theme' is missing"
"""A document needs no theme (ECMA-376 part 1, 11.3 asks for at most one; the SDK asks for none)."""


@cache
def _audit() -> OpenXmlValidator:
    return OpenXmlValidator(max_errors=0)


def _audited(path: Path) -> list[str]:
    return [
        str(error)
        for error in _audit().validate(path).errors
        if error.severity == ValidationSeverity.ERROR and _NOT_ASKED not in error.description
    ]


def _judged_by_the_sdk(path: Path) -> list[str]:
    assert SDK_PROGRAM is not None
    told = subprocess.run(
        [SDK_PROGRAM, str(path)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert told.returncode in (0, 1), told.stderr
    judged = json.loads(told.stdout)
    assert judged["ok"] == (not judged["errors"])
    return [f"{error['path']} {error['xPath']}: {error['description']}" for error in judged["errors"]]


_VALIDATORS: dict[str, Callable[[Path], list[str]]] = {AUDIT: _audited, SDK: _judged_by_the_sdk}


def schema_faults(validator: str, package: bytes, ending: str) -> list[str]:
    """What a validator has against a document; ``ending`` is .docx or .xlsx. Empty for a valid one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"document{ending}")
        path.write_bytes(package)
        return _VALIDATORS[validator](path)
