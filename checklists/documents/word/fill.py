"""Fill a Word template: the checklist's words stand in it, the enterprise's fields as marks for the stamp."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from jinja2.exceptions import SecurityError, UndefinedError
from lxml import etree

from checklists import limits
from checklists.documents.core import CORE, dated_core
from checklists.documents.fields import ENTERPRISE, EnterpriseFields
from checklists.documents.names import Kinds, misuses
from checklists.documents.tags import STEPS, Steps
from checklists.documents.word.tags import BODY, MAIN, TBL, TC, TR, P, T
from checklists.documents.word.template import DOCUMENT, FilledPart, WordTemplate, open_word_template
from checklists.files.package import Damaged, parse_xml, xml_bytes
from checklists.problems import Position, Problem, Refused, problem

PPR, SECTION = f"{{{MAIN}}}pPr", f"{{{MAIN}}}sectPr"
HEADER, FOOTER = f"{{{MAIN}}}hdr", f"{{{MAIN}}}ftr"


def fill_word(template: Path, names: Mapping[str, object], on: datetime.date) -> dict[str, bytes]:
    """Package parts by name, the words of ``names`` in them, ready for :func:`checklists.documents.plate.make_plate`.

    ``names``: what the template sees, by first name; ``enterprise`` beside it may only be printed as it is. ``on``: the
    day that the file's properties tell as its time. The same template and names give the same bytes. Raises Refused for
    a template that is missing, damaged or wrong; the message names the place in the document.
    """
    seen = {**names, ENTERPRISE: EnterpriseFields()}
    kinds = tuple((name, type(value)) for name, value in seen.items())
    opened = _opened(template, _age(template), kinds)
    counted = {**seen, STEPS: Steps()}
    parts = {
        name: _filled(content, counted, opened.path) if isinstance(content, FilledPart) else content
        for name, content in opened.parts
    }
    return {**parts, CORE: dated_core(parts[CORE], on)} if CORE in parts else parts


def word_problems(template: WordTemplate, kinds: Kinds) -> list[Problem]:
    """Names that the template uses and may not, in the order of the document."""
    return [
        misuse.problem(Position(template.path), f"{tag.where}的标记「{tag.text}」")
        for part in template.filled
        for misuse in misuses(part.tree, kinds)
        for tag in (part.tag_at(misuse.line),)
    ]


def across(parts: Mapping[str, bytes]) -> bool:
    """Whether a filled document lies on its side."""
    return b'orient="landscape"' in parts[DOCUMENT]


def _age(path: Path) -> tuple[int, int]:
    """Time and size of a file; nothing for one that cannot be read, which opening will then report."""
    try:
        told = path.stat()
    except OSError:
        return (0, 0)
    return (told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=16)
def _opened(path: Path, age: tuple[int, int], kinds: tuple[tuple[str, type], ...]) -> WordTemplate:
    """A template compiled and checked: once in a batch, anew when the file has changed (``age``)."""
    opened = open_word_template(path)
    problems = word_problems(opened, dict(kinds))
    if problems:
        raise Refused(problems)
    return opened


def _filled(part: FilledPart, context: Mapping[str, object], path: str) -> bytes:
    try:
        xml = "".join(_not_too_long(part.template.generate(context)))
    except Exception as error:  # an expression of the template may raise what it likes
        raise Refused([_problem_of(error, part, path)]) from None
    try:
        root = parse_xml(xml.encode())
    except UnicodeEncodeError:
        why = "填出了不成字的符号"
        raise Refused([problem("word-filled-broken", Position(path), part=part.name, why=why)]) from None
    except Damaged as damage:
        raise Refused([damage.problem("word-filled-broken", Position(path), part=part.name)]) from None
    _complete(root)
    return xml_bytes(root)


def _not_too_long(pieces: Iterator[str]) -> Iterator[str]:
    letters = 0
    for piece in pieces:
        letters += len(piece)
        if letters > limits.FILLED_LETTERS:
            raise SecurityError(f"填出来的文档超过 {limits.FILLED_LETTERS} 字")
        yield piece


def _complete(root: etree._Element) -> None:
    """Word opens no file with a row without cells, a table without rows, a cell or head that does not end in a paragraph."""
    for whole, piece in ((TR, TC), (TBL, TR)):
        for element in list(root.iter(whole)):
            parent = element.getparent()
            if parent is not None and next(element.iter(piece), None) is None:
                parent.remove(element)
    for cell in root.iter(TC):
        if len(cell) == 0 or cell[-1].tag != P:
            etree.SubElement(cell, P)
    _end_with_section(root)
    if root.tag in (HEADER, FOOTER) and root.find(f".//{P}") is None:
        etree.SubElement(root, P)


def _end_with_section(root: etree._Element) -> None:
    """Where a condition left nothing in the last section, the one before it is the last: no empty page follows."""
    body = root.find(BODY)
    if body is None or len(body) < 2 or body[-1].tag != SECTION:
        return
    before, inner = body[-2], body[-2].find(f"{PPR}/{SECTION}")
    if before.tag == P and inner is not None:
        body.replace(body[-1], inner)
        if not "".join(before.itertext(T)).strip():
            body.remove(before)


def _problem_of(error: Exception, part: FilledPart, path: str) -> Problem:
    tag = part.tag_at(_line_of(error, part))
    position, what = Position(path), f"{tag.where}的标记「{tag.text}」"
    if isinstance(error, SecurityError):
        return problem("template-forbidden", position, tag=what, why=str(error))
    if isinstance(error, UndefinedError):
        return problem("template-field-unknown", position, tag=what, field=_missing(error), hint="")
    return problem("word-tag-failed", position, where=tag.where, tag=tag.text, why=str(error))


def _missing(error: Exception) -> str:
    """The field that Jinja complains about; every other complaint as it is."""
    missing = re.search(r"has no (?:attribute|element) '?(.+?)'?$|^'(.+)' is undefined$", str(error))
    return missing[1] or missing[2] if missing else str(error)


def _line_of(error: Exception, part: FilledPart) -> int | None:
    """Line of the template source in which it happened: the last frame of the traceback that is the template's."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == (part.template.filename or "<template>"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
