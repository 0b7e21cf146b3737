"""The kinds of document there are templates for, and which kind a file of the user's is: by its ending and fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from checklists.checklist.build import Checklist
from checklists.documents.excel.fill import fill_excel
from checklists.documents.fields import EnterpriseFields
from checklists.documents.papers import PAPERS, fill_paper
from checklists.documents.tried import tried_list, tried_paper, tried_workbook
from checklists.documents.word.check import check_names
from checklists.documents.word.context import WordContext
from checklists.documents.word.fields import unknown_row_fields, used_fields
from checklists.documents.word.fill import ENTERPRISE, fill_word
from checklists.documents.word.template import WordTemplate, open_template
from checklists.nearest import nearest
from checklists.problems import Position, Problem, Refused, problem

CHECKLIST, ACROSS, WORKBOOK = "现场检查表", "现场检查表（横版）", "企业自查工作簿"
WORD, EXCEL = ".docx", ".xlsx"

_DOCUMENT_PROPERTY = re.compile(r'name="文档"[^>]*>\s*<[^>]+>([^<]*)<')
_IDENTITY = ("enterprise.serial", "checklist.edition", "checklist.fingerprint")
_ROW = ("number", "id", "marks", "content", "standard", "code")


@dataclass(frozen=True)
class Kind:
    """A kind of document: its name, the file name of its template, what it is for."""

    name: str
    file: str
    purpose: str


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(CHECKLIST, f"{CHECKLIST}{WORD}", "检查人员现场用的检查表，竖版"),
        Kind(ACROSS, f"{ACROSS}{WORD}", "同上，横版（--landscape）"),
        Kind(WORKBOOK, f"{WORKBOOK}{EXCEL}", "企业自查和隐患台账，一个月一份"),
        *(Kind(paper.name, paper.file, paper.purpose) for paper in PAPERS.values()),
    )
}


def kinds_named(names: Sequence[str]) -> list[Kind]:
    """Kinds by name, with or without the ending. Raises Refused with the nearest names for one there is not."""
    bare = [name.removesuffix(WORD).removesuffix(EXCEL) for name in names]
    unknown = [name for name in bare if name not in KINDS]
    if unknown:
        place = Position("命令行")
        raise Refused(
            [problem("template-unknown", place, name=name, hint=nearest(name, KINDS)) for name in unknown],
            exit_code=2,
        )
    return [KINDS[name] for name in dict.fromkeys(bare)]


def kind_of(path: Path) -> Kind:
    """The kind of document a template file is for. Raises Refused when it cannot be told or opened."""
    if path.suffix.lower() == EXCEL:
        return KINDS[WORKBOOK]
    if path.suffix.lower() != WORD:
        raise Refused([problem("template-ending", Position(str(path)))])
    opened = open_template(path)
    used = used_fields(opened)
    if any(name.startswith("paper.") for name in used):
        return KINDS[_paper_of(opened, path)]
    if any(name.startswith("checklist.") for name in used):
        return KINDS[CHECKLIST]
    raise Refused([problem("template-no-fields", Position(str(path)))])


def _paper_of(template: WordTemplate, path: Path) -> str:
    """Name of the paper: what the file says of itself, else its name, else the table it alone has."""
    told = _says_of_itself(template)
    if told in PAPERS:
        return told
    named = [name for name in PAPERS if name in path.stem]
    used = used_fields(template)
    fitting = [paper.name for paper in PAPERS.values() if f"paper.{paper.table}" in used]
    if len(named) == 1 or len(fitting) == 1:
        return (named if len(named) == 1 else fitting)[0]
    raise Refused(
        [problem("template-paper-unclear", Position(str(path)), choices="、".join(fitting or PAPERS))]
    )


def _says_of_itself(template: WordTemplate) -> str:
    """文档 of the custom properties; nothing when the program that saved the file dropped it."""
    for name, part in template.parts:
        if name == "docProps/custom.xml":
            source = part.decode() if isinstance(part, bytes) else part.source
            found = _DOCUMENT_PROPERTY.search(source)
            return found[1].strip() if found else ""
    return ""


# ---------------------------------------------------------------- judging


def check_template_file(path: Path, example: Checklist) -> tuple[Kind, list[Problem]]:
    """The kind of a template file, and everything wrong with it; ``example`` is what it is tried on.

    Raises Refused when it cannot be opened or its kind cannot be told.
    """
    kind = kind_of(path)
    try:
        if kind.name == WORKBOOK:
            return kind, tried_workbook(fill_excel(path, example), example, Position(str(path)))
        found = _word_problems(path, kind) or _tried(path, kind, example)
    except Refused as refused:
        return kind, list(refused.problems)
    return kind, found


def own_templates(paths: Sequence[Path], made: Sequence[str]) -> Mapping[str, Path]:
    """Templates of the user's by the document they are for, judged before anything is generated.

    ``made``: names of the documents that will be made. Raises Refused for a template that is wrong or not needed.
    """
    own: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in paths:
        kind, place = kind_of(path), Position(str(path))
        if kind.name not in made:
            problems.append(problem("template-not-made", place, kind=kind.name, made="、".join(made)))
        elif kind.name in own:
            problems.append(problem("template-twice", place, kind=kind.name, other=own[kind.name]))
        elif kind.name != WORKBOOK:
            problems += _word_problems(path, kind)
        own.setdefault(kind.name, path)
    if problems:
        raise Refused(problems)
    return own


def _word_problems(path: Path, kind: Kind) -> list[Problem]:
    """Unknown and missing fields of a Word template."""
    template = open_template(path)
    known: dict[str, type] = {"checklist": WordContext, ENTERPRISE: EnterpriseFields}
    if kind.name in PAPERS:
        known["paper"] = PAPERS[kind.name].sees
    found = [*check_names(template, known), *unknown_row_fields(template, known)]
    used = used_fields(template)
    place = Position(str(path))
    missing = [name for name in _required(kind) if not _is_used(name, used)]
    return found + [problem("word-field-missing", place, kind=kind.name, field=name) for name in missing]


def _required(kind: Kind) -> tuple[str, ...]:
    """Fields without which a document does not say what it is, or cannot be verified."""
    if kind.name not in PAPERS:
        rows = tuple(f"row.{name}" for name in _ROW)
        return (*_IDENTITY, "checklist.disclaimer", "checklist.left_out", "row.digest", *rows)
    paper = PAPERS[kind.name]
    identity = ("paper.edition",) if paper.table == "pages" else _IDENTITY
    return (*identity, "paper.draft", "paper.disclaimer", "paper.bases", f"paper.{paper.table}")


def _is_used(name: str, used: frozenset[str]) -> bool:
    """Whether a field is printed; a row's field under whatever name the loop gives the row."""
    owner, _, attribute = name.partition(".")
    if owner != "row":
        return name in used
    return any(
        one.endswith(f".{attribute}") and not one.startswith(("checklist.", "enterprise.")) for one in used
    )


def _tried(path: Path, kind: Kind, example: Checklist) -> list[Problem]:
    """Problems that show when the template is filled."""
    if kind.name in PAPERS:
        paper = PAPERS[kind.name]
        return tried_paper(fill_paper(path, paper, example), paper, example, Position(str(path)))
    return tried_list(fill_word(path, example), example, Position(str(path)))
