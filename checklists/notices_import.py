"""Next year's notice: from a .docx, .html or .txt file to a seed, its catalogue entry, and sentences to make items of.

What is imported is what the file says, paragraph by paragraph; reading it right stays a person's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

from checklists.clauses import parse, sentences
from checklists.files import read_file, write_file
from checklists.models import Clause, Notice
from checklists.notices import CATALOGUE, load_notices
from checklists.problems import Place, Problem, Refused, errors, problem

BINDING = re.compile(
    "必须|严禁|不得|应当|一律|禁止|安装|配备|督促|推动|着力解决|整治|严厉打击|全覆盖|年底前|月底前"
)


def text_of(path: Path) -> tuple[str, list[Problem]]:
    """Text of a notice, one paragraph a line with a blank line after each, and what could not be carried over.

    Raises Refused for another kind of file, or one that cannot be read.
    """
    readers = {".docx": _docx_text, ".html": _html_text, ".htm": _html_text, ".txt": _plain_text}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise Refused([problem("import-kind", Place(str(path)))])
    return reader(path)


def _docx_text(path: Path) -> tuple[str, list[Problem]]:
    from docx import Document
    from docx.table import Table

    content = read_file(path)
    try:
        document = Document(BytesIO(content))
    except Exception as failure:  # python-docx raises KeyError, ValueError and zipfile's own
        raise Refused(
            [problem("file-unreadable", Place(str(path)), why="不是 Word 文件，或已损坏")]
        ) from failure
    paragraphs: list[str] = []
    numbered = 0
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            paragraphs += ["\t".join(cell.text.strip() for cell in row.cells) for row in block.rows]
            continue
        numbered += block._p.pPr is not None and block._p.pPr.numPr is not None and bool(block.text.strip())
        paragraphs.append(block.text)
    problems = [problem("import-numbers", Place(str(path)), count=numbered)] if numbered else []
    return _spaced(paragraphs), problems


class _Paragraphs(HTMLParser):
    """Text of a page, cut where a browser would begin a new line; scripts and styles left out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = [""]
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.silent += tag in ("script", "style")
        if tag in ("p", "br", "div", "tr", "li", "h1", "h2", "h3", "td"):
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style") and self.silent > 0

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts[-1] += data


def _html_text(path: Path) -> tuple[str, list[Problem]]:
    page = _Paragraphs()
    page.feed(_decoded(path))
    return _spaced(page.texts), []


def _plain_text(path: Path) -> tuple[str, list[Problem]]:
    return _decoded(path), []


def _decoded(path: Path) -> str:
    content = read_file(path)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused([problem("file-unreadable", Place(str(path)), why="不是 UTF-8，也不是 GB18030 编码")])


def _spaced(paragraphs: list[str]) -> str:
    told = [" ".join(text.split()) for text in paragraphs]
    return "\n\n".join(text for text in told if text) + "\n"


def import_notice(
    seeds: Path, text: str, told: dict[str, object]
) -> tuple[Notice, list[Clause], list[Problem]]:
    """Add a seed file and its catalogue entry; returns the notice as the parser reads it.

    ``told`` holds id, title, number, issuer, place, year, date. Raises Refused when the id or file is taken.
    """
    notice = Notice.model_validate({**told, "file": f"{told['id']}.txt", "lines": (1, text.count("\n") + 1)})
    known, problems = load_notices(seeds)
    if errors(problems):
        raise Refused(problems)
    path = seeds / notice.file
    if path.exists() or any(one.id == notice.id for one in known):
        raise Refused([problem("import-taken", Place(str(path)), notice=notice.id)])
    clauses, problems = parse(notice, text)
    catalogue = seeds / CATALOGUE
    write_file(path, text.encode())
    write_file(catalogue, read_file(catalogue).rstrip() + b"\n\n" + catalogue_entry(notice).encode())
    return notice, clauses, problems


def catalogue_entry(notice: Notice) -> str:
    """The notice as it stands in ``notices.yaml``."""
    fields = {
        "id": notice.id,
        "title": notice.title,
        "number": notice.number,
        "issuer": notice.issuer,
        "place": notice.place,
        "year": notice.year,
        "date": notice.date,
        "file": notice.file,
        "lines": f"[{notice.lines[0]}, {notice.lines[1]}]",
    }
    lines = [f"    {name}: {value}" for name, value in fields.items() if value is not None]
    return "\n".join(lines).replace("    id:", "  - id:", 1) + "\n"


def draft(notice: Notice, clauses: list[Clause]) -> Iterator[str]:
    """YAML stubs of the sentences that seem to bind; a hint for a person, never a substitute for reading."""
    for clause in clauses:
        for sentence in sentences(clause):
            if BINDING.search(sentence):
                yield (
                    "  - id: \n    title: \n    content: \n    standard: \n    where: \n    how: []\n    evidence: \n    rectify: \n"
                    "    category: \n    departments: []\n    every: \n    applies: {}\n    basis:\n"
                    f'      - {{notice: {notice.id}, clause: {clause.path}, says: , quote: "{sentence}"}}\n'
                )
