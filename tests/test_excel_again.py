"""Workbooks made one after the other in a process: what was made before changes no byte of the next."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from checklists.checklist.build import checklist_for
from checklists.checklist.printed import printed
from checklists.documents.catalogue import DOCUMENTS, WORKBOOK
from checklists.documents.make import filled, printing_of
from checklists.models import Enterprise
from checklists.problems import Position
from checklists.rules.words import find_type
from tests.rosters import ROOT, small_press

TYPES = ("加油站", "酒店", "餐饮用气单位", "井工煤矿")
TEMPLATE = ROOT / "templates" / DOCUMENTS[WORKBOOK].file


def digests(folder: Path, types: tuple[str, ...]) -> list[str]:
    """Of the workbook of each type, in this order."""
    press = small_press(folder)
    made = []
    for name in types:
        kind = find_type(press.library.vocabulary, name, Position("test"))
        checklist = checklist_for(
            press.library, Enterprise(name="甲", types=(kind.id,), place="阳城县"), press.order
        )
        parts = filled(printing_of(DOCUMENTS[WORKBOOK], printed(checklist), TEMPLATE))
        made.append(hashlib.sha256(repr(sorted(parts.items())).encode()).hexdigest())
    return made


ALONE = """
import sys
from pathlib import Path
from tests.test_excel_again import digests
print(*digests(Path(sys.argv[1]), tuple(sys.argv[2:])))
"""


def test_what_was_made_before_changes_nothing(tmp_path: Path) -> None:
    one, other, *rest = digests(tmp_path / "here", (*TYPES, *TYPES))
    assert [one, other, *rest][: len(TYPES)] == [one, other, *rest][len(TYPES) :]
    assert len({one, other, *rest}) == len(TYPES)
    told = [sys.executable, "-c", ALONE, str(tmp_path / "there"), *reversed(TYPES)]
    done = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.split()[::-1] == [one, other, *rest][: len(TYPES)], done.stderr
