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
from checklists.checklist.build import Checklist
from checklists.documents.claims import claims_of, with_claims
from checklists.documents.core import CORE, dated_core
from checklists.documents.fields import EnterpriseFields
from checklists.documents.tags import STEPS, Steps
from checklists.documents.word.check import check_names
from checklists.documents.word.context import word_context
from checklists.documents.word.reading import word_digest
from checklists.documents.word.tags import MAIN, TBL, TC, TR, P
from checklists.documents.word.template import DOCUMENT, FilledPart, WordTemplate, open_template
from checklists.files.package import Damaged, parse_xml
from checklists.problems import Position, Problem, Refused, problem

ENTERPRISE = "enterprise"
HEADER, FOOTER = f"{{{MAIN}}}hdr", f"{{{MAIN}}}ftr"
FIELD_LIST = "现场检查表"
"""Name of the document, upright or across."""


def fill_word(template: Path, checklist: Checklist) -> dict[str, bytes]:
    """Package parts by name, ready for :func:`checklists.documents.plate.make_plate`.

    The same template and checklist give the same bytes. Raises Refused for a template that is missing, damaged or
    wrong; the message names the place in the document.
    """
    context = {"checklist": word_context(checklist), ENTERPRISE: EnterpriseFields()}
    parts = fill_parts(template, context, checklist.on)
    across = b'orient="landscape"' in parts[DOCUMENT]
    return with_claims(parts, word_claims(parts, checklist, FIELD_LIST, template, landscape=across))


def word_claims(
    parts: Mapping[str, bytes],
    checklist: Checklist,
    document: str,
    template: Path,
    *,
    landscape: bool = False,
) -> dict[str, str]:
    """What a filled document says of itself as data, the digest over its text among it."""
    return {**claims_of(checklist, document, template, landscape=landscape), **word_digest(parts)}


def fill_parts(template: Path, context: Mapping[str, object], on: datetime.date) -> dict[str, bytes]:
    """Fill any Word template from ``context``; ``enterprise`` in it may only be printed as it is.

    ``on``: the day that the file's properties tell as its time.
    """
    known = tuple((name, type(value)) for name, value in context.items())
    opened = _opened(template, _age(template), known)
    counted = {**context, STEPS: Steps()}
    parts = {
        name: _filled(content, counted, opened.path) if isinstance(content, FilledPart) else content
        for name, content in opened.parts
    }
    return {**parts, CORE: dated_core(parts[CORE], on)} if CORE in parts else parts


def check_template(template: Path, context: Mapping[str, object], on: datetime.date) -> list[Problem]:
    """What is wrong with a template; an empty list when it can be filled."""
    try:
        fill_parts(template, context, on)
    except Refused as refused:
        return list(refused.problems)
    return []


def _age(path: Path) -> tuple[int, int]:
    """Time and size of a file; nothing for one that cannot be read, which opening will then report."""
    try:
        told = path.stat()
    except OSError:
        return (0, 0)
    return (told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=16)
def _opened(path: Path, age: tuple[int, int], known: tuple[tuple[str, type], ...]) -> WordTemplate:
    """A template compiled and checked: once in a batch, anew when the file has changed (``age``)."""
    opened = open_template(path)
    problems = check_names(opened, dict(known))
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
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


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
    if root.tag in (HEADER, FOOTER) and root.find(f".//{P}") is None:
        etree.SubElement(root, P)


def _problem_of(error: Exception, part: FilledPart, path: str) -> Problem:
    tag = part.tag_at(_line_of(error, part))
    code = "word-tag-failed"
    if isinstance(error, SecurityError):
        code = "word-tag-forbidden"
    elif isinstance(error, UndefinedError):
        code = "word-field-unknown"
    return problem(code, Position(path), where=tag.where, tag=tag.text, why=_words(error), hint="")


def _words(error: Exception) -> str:
    """Jinja's complaint about a field in our words; every other complaint as it is."""
    missing = re.search(r"has no (?:attribute|element) '?(.+?)'?$|^'(.+)' is undefined$", str(error))
    return f"没有「{missing[1] or missing[2]}」" if missing else str(error)


def _line_of(error: Exception, part: FilledPart) -> int | None:
    """Line of the template source in which it happened: the last frame of the traceback that is the template's."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == (part.template.filename or "<template>"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
