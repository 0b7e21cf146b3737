"""What a document says of itself as data, in the file's properties: enough to make its printed view again.

What all enterprises of one list share stands in the plate; the serial and the enterprise are stamped into it.
docs/decisions/0013-documents-carry-their-making.md tells which property says what.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from checklists import __version__
from checklists.checklist.build import Appendix, Checklist
from checklists.checklist.identity import grouped
from checklists.documents.fields import FIRM, FIRM_DIGEST, FIRM_PROPERTY, FIRM_XML, mark
from checklists.documents.properties import with_properties
from checklists.documents.views import APPENDIX_LINES
from checklists.files.writing import read_file
from checklists.text import clean

FORMAT = "3"
EARLIER_FORMATS = ("1", "2")
"""Formats whose rows are still read, but whose documents cannot be made again."""
DOCUMENT, FORMAT_NUMBER, PROGRAM, EDITION, DAY = "文档", "格式", "程序", "规则版", "基准日"
TYPES, OPTIONS, TEMPLATE, SERIAL, FINGERPRINT = "企业类型", "选项", "模板", "编号", "指纹"
ROWS_LEFT_OUT = "未列项数"
"""How many of the items a workbook has no sheet for; a whole one does not say it."""
FINDINGS = "隐患条数"
"""How many hazards a paper was filled with: it cannot be made again from the rules. A blank form does not say it."""
DIGEST, LEFT_OUT = "文字摘要", "摘要不计"
BETWEEN = "、"
WORKBOOK_ENDING = ".xlsx"
_OPTION_NAMES = {"department", "basis", "max-items", "landscape", "sheets", "appendix"}


@dataclass(frozen=True)
class Options:
    """What was asked for beside the enterprise and the day; ``most``: None the usual number of rows, 0 all."""

    department: str | None = None
    current: bool = False
    most: int | None = None
    landscape: bool = False
    sheets: tuple[str, ...] | None = None
    appendix: Appendix = "apart"


def claims_of(checklist: Checklist, document: str, template: Path) -> dict[str, str]:
    """Property by name, without serial, enterprise and digest. Raises Refused when the template is gone."""
    sheets = checklist.sheets if template.suffix == WORKBOOK_ENDING else None
    options = Options(checklist.department, checklist.current, checklist.most, sheets=sheets)
    return {
        DOCUMENT: document,
        FORMAT_NUMBER: FORMAT,
        PROGRAM: __version__,
        EDITION: clean(checklist.edition),
        DAY: checklist.on.isoformat(),
        FINGERPRINT: grouped(checklist.fingerprint),
        TYPES: BETWEEN.join(kind.id for kind in checklist.profile.types),
        OPTIONS: options_text(options),
        TEMPLATE: template_digest(template),
    }


def with_claims(
    parts: Mapping[str, bytes], claims: Mapping[str, str], *, of_one: bool = True
) -> dict[str, bytes]:
    """The parts of a plate with the claims among their properties; ``of_one``: of an enterprise, which is stamped in."""
    if not of_one:
        return with_properties(parts, claims, also=(SERIAL, FINGERPRINT, FIRM_PROPERTY, FIRM_DIGEST))
    shared = {**claims, SERIAL: mark("serial")}
    return with_properties(parts, shared, also=(FIRM_PROPERTY, FIRM_DIGEST), end=mark(FIRM_XML))


def cell_claims(claims: Mapping[str, str]) -> dict[str, str]:
    """The claims as the workbook's first sheet shows them: label and text. The digest and the enterprise are marks."""
    shown = {name: text for name, text in claims.items() if name != PROGRAM}
    return {**shown, SERIAL: mark("serial"), **{name: mark(field) for name, field in PLATE_MARKS.items()},
            FIRM_PROPERTY: mark(FIRM)}  # fmt: skip


PLATE_MARKS = {DIGEST: "digest", LEFT_OUT: "left_out"}
"""What is known only when the rest of a workbook stands: put in place of its mark before the plate is made."""


def options_text(options: Options) -> str:
    """JSON without blanks; what was not asked for is left out."""
    told: dict[str, Any] = {
        "department": options.department,
        "basis": "current" if options.current else None,
        "max-items": options.most,
        "landscape": options.landscape or None,
        "sheets": options.sheets,
        "appendix": options.appendix if options.appendix != "apart" else None,
    }
    kept = {name: value for name, value in told.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def list_options(text: str, *, landscape: bool, appendix: Appendix) -> str:
    """The same options for a checklist that lies on its side or has another appendix."""
    return options_text(replace(read_options(text), landscape=landscape, appendix=appendix))


def read_options(text: str) -> Options:
    """What :func:`options_text` wrote. Raises ValueError for a text that says something else."""
    told = json.loads(text)
    if not isinstance(told, dict) or not told.keys() <= _OPTION_NAMES:
        raise ValueError(text)
    department, most, appendix = told.get("department"), told.get("max-items"), told.get("appendix", "apart")
    if not isinstance(department, str | None) or not isinstance(most, int | None) or isinstance(most, bool):
        raise ValueError(text)
    if appendix not in APPENDIX_LINES:
        raise ValueError(text)
    current, landscape = told.get("basis") == "current", told.get("landscape") is True
    return Options(department, current, most, landscape, _sheets(told.get("sheets")), appendix)


def _sheets(told: object) -> tuple[str, ...] | None:
    if told is None:
        return None
    if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
        raise ValueError(told)
    return tuple(told)


def template_digest(path: Path) -> str:
    """First 16 hex digits of the file's SHA-256: which template a document was filled from. Raises Refused."""
    return hashlib.sha256(read_file(path)).hexdigest()[:16]
