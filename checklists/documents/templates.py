"""Templates of the user's: what a file is a template for, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from checklists.checklist.build import Checklist
from checklists.checklist.printed import PrintedRow
from checklists.documents.catalogue import (
    CHECKLIST,
    COMPARISON,
    DOCUMENTS,
    EXCEL,
    PAPERS,
    SAME_AS,
    WORD,
    WORKBOOK,
    Document,
    spoken,
)
from checklists.documents.fields import ENTERPRISE, EnterpriseFields
from checklists.documents.names import used_of
from checklists.documents.tried import tried
from checklists.documents.word.fill import word_problems
from checklists.documents.word.template import WordTemplate, open_word_template
from checklists.problems import Position, Problem, Refused, problem

_BESIDE_LISTS = frozenset(
    one.name for one in DOCUMENTS.values() if one.ending == WORD and not (one.is_paper or one.known_as)
)
"""Documents that are filled as lists are and are none."""
_DOCUMENT_PROPERTY = re.compile(r'name="文档"[^>]*>\s*<[^>]+>([^<]*)<')


# ---------------------------------------------------------------- what a file is a template for


def document_of(path: Path) -> Document:
    """The document a template file is for. Raises Refused when it cannot be told or opened."""
    if path.suffix.lower() == EXCEL:
        return DOCUMENTS[WORKBOOK]
    if path.suffix.lower() != WORD:
        raise Refused([problem("template-ending", Position(str(path)))])
    opened = open_word_template(path)
    if any(name.startswith("paper.") for name in opened.fields):
        return DOCUMENTS[_paper_of(opened, path)]
    if any(name.startswith("checklist.") for name in opened.fields):
        return DOCUMENTS[_named_by(opened, path, _BESIDE_LISTS) or CHECKLIST]
    if any(name.startswith("comparison.") for name in opened.fields):
        return COMPARISON
    raise Refused([problem("template-no-fields", Position(str(path)))])


def _paper_of(template: WordTemplate, path: Path) -> str:
    """Name of the paper: what the file says of itself, else its name, else the table it alone has."""
    fitting = [paper.name for paper in PAPERS.values() if paper.prints[-1] in template.fields]
    named = _named_by(template, path, PAPERS) or (fitting[0] if len(fitting) == 1 else "")
    if named:
        return named
    raise Refused(
        [problem("template-paper-unclear", Position(str(path)), choices="、".join(fitting or PAPERS))]
    )


def _named_by(template: WordTemplate, path: Path, kinds: Collection[str]) -> str:
    """Which of the documents the file says it is for, in its properties or by its own name; empty for none or several."""
    itself = _says_of_itself(template)
    named = [itself] if itself in kinds else [name for name in kinds if name in path.stem]
    return named[0] if len(named) == 1 else ""


def _says_of_itself(template: WordTemplate) -> str:
    """文档 of the custom properties; nothing when the program that saved the file dropped it."""
    for name, part in template.parts:
        if name == "docProps/custom.xml":
            source = part.decode() if isinstance(part, bytes) else part.source
            found = _DOCUMENT_PROPERTY.search(source)
            return found[1].strip() if found else ""
    return ""


# ---------------------------------------------------------------- judging


def check_template_file(path: Path, example: Checklist) -> tuple[Document, list[Problem]]:
    """What a file is a template for, and everything wrong with it; warnings are notices. ``example``: it is tried on it.

    Raises Refused when it cannot be opened or what it is for cannot be told.
    """
    document = document_of(path)
    try:
        found = [] if document.ending == EXCEL else template_problems(path, document)
        return document, found or (tried(document, path, example) if document is not COMPARISON else [])
    except Refused as refused:
        return document, list(refused.problems)


def own_templates(paths: Sequence[Path], made: Sequence[Document]) -> Mapping[str, Path]:
    """Templates of the user's by title of the document they are for, judged before anything is generated.

    ``made``: the documents that will be made. Raises Refused for a template that is wrong or not needed.
    """
    own: dict[str, Path] = {}
    problems: list[Problem] = []
    titles = [document.title for document in made]
    for path in paths:
        document, position = document_of(path), Position(str(path))
        title = document.title
        if title not in titles:
            problems.append(problem("template-not-made", position, kind=title, made="、".join(titles)))
        elif title in own:
            problems.append(problem("template-twice", position, kind=title, other=own[title]))
        elif document.ending == WORD:
            problems += template_problems(path, document)
        own.setdefault(title, path)
    if problems:
        raise Refused(problems)
    return own


def template_problems(path: Path, document: Document) -> list[Problem]:
    """Unknown and forbidden fields of a Word template, judged without filling it; else those it lacks."""
    template, kinds = open_word_template(path), {**document.kinds, ENTERPRISE: EnterpriseFields}
    if wrong := word_problems(template, kinds):
        return wrong
    rows = {f"row.{name}" for part in template.filled for name in used_of(part.tree, kinds, PrintedRow)}
    used = {name for name in template.fields if not name.startswith("row.")} | rows
    unused = [name for name in document.prints if used.isdisjoint((name, *SAME_AS.get(name, ())))]
    if not unused:
        return []
    position, fields = Position(str(path)), spoken(unused)
    return [problem("template-field-unused", position, kind=document.title, fields=fields)]
