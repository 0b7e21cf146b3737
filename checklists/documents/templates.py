"""Templates of the user's: what a file is a template for, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from checklists.checklist.build import Checklist
from checklists.documents.catalogue import CHECKLIST, DOCUMENTS, EXCEL, PAPERS, WORD, WORKBOOK, Document
from checklists.documents.fields import ENTERPRISE, EnterpriseFields
from checklists.documents.tried import tried
from checklists.documents.word.fill import word_problems
from checklists.documents.word.template import WordTemplate, open_word_template
from checklists.problems import Position, Problem, Refused, problem

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
        return DOCUMENTS[CHECKLIST]
    raise Refused([problem("template-no-fields", Position(str(path)))])


def _paper_of(template: WordTemplate, path: Path) -> str:
    """Name of the paper: what the file says of itself, else its name, else the table it alone has."""
    itself = _says_of_itself(template)
    if itself in PAPERS:
        return itself
    named = [name for name in PAPERS if name in path.stem]
    fitting = [paper.name for paper in PAPERS.values() if paper.prints[-1] in template.fields]
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


def check_template_file(path: Path, example: Checklist) -> tuple[Document, list[Problem]]:
    """What a file is a template for, and everything wrong with it; ``example`` is what it is tried on.

    Raises Refused when it cannot be opened or what it is for cannot be told.
    """
    document = document_of(path)
    try:
        found = [] if document.ending == EXCEL else template_problems(path, document)
        return document, found or tried(document, path, example)
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
    """Unknown, forbidden and missing fields of a Word template, judged without filling it."""
    template = open_word_template(path)
    unused = [name for name in document.prints if not _is_used(name, template.fields)]
    return [
        *word_problems(template, {**document.kinds, ENTERPRISE: EnterpriseFields}),
        *(
            problem("template-field-unused", Position(str(path)), kind=document.title, field=name)
            for name in unused
        ),
    ]


def _is_used(name: str, used: frozenset[str]) -> bool:
    """Whether a field is printed; a row's field under whatever name the loop gives the row."""
    owner, _, attribute = name.partition(".")
    if owner != "row":
        return name in used
    return any(
        one.endswith(f".{attribute}") and not one.startswith(("checklist.", "enterprise.")) for one in used
    )
