"""Make a document again from what it says of itself: the same enterprise, day and options, the installed rules."""

from __future__ import annotations

import datetime
import io
import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from openpyxl import load_workbook

from checklists.checklist.build import Checklist, Order, checklist_for
from checklists.checklist.printed import printed
from checklists.documents.catalogue import CHECKLIST, DOCUMENTS, EXCEL, Document, list_document
from checklists.documents.claims import (
    BETWEEN,
    DAY,
    DOCUMENT,
    OPTIONS,
    TYPES,
    Options,
    read_options,
    template_digest,
)
from checklists.documents.excel import reading as excel_reading
from checklists.documents.excel.template import open_workbook_template
from checklists.documents.fields import (
    FIRM,
    FIRM_PROPERTY,
    FIRM_XML,
    MARK,
    OPEN,
    enterprise_of,
    field_values,
    mark,
)
from checklists.documents.make import filled, printing_of, template_for
from checklists.documents.plate import make_plate, read_parts, stamp
from checklists.documents.properties import properties_of, properties_parts
from checklists.documents.reading import LINE, Line, Printed
from checklists.documents.word import reading as word_reading
from checklists.models import Fact, FactValue
from checklists.rules.library import Library
from checklists.rules.vocabulary import fact_named
from checklists.selection.profile import COMMAND_LINE

_AS_THEY_ARE = (FIRM, FIRM_XML)
KEPT = 16
"""Documents kept open: a clerk's folder holds those of a few lists."""


@dataclass(frozen=True)
class OpenDocument:
    """A document of one list made again, the enterprise's fields in it still marks."""

    printed: Printed
    first_rows: Mapping[str, int]
    """For a workbook: number of the first row of each sheet's table."""
    properties: Mapping[str, bytes]
    """The parts that hold the file's properties."""
    template: str
    """Digest of the template it was filled from."""


@dataclass(frozen=True)
class Installed:
    """What a document is held against: rules, templates, and whether the rules are those of their edition."""

    library: Library
    templates: Path
    own: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    """Templates of the user's by name of the document."""
    released: bool = True
    open_documents: dict[Hashable, OpenDocument] = field(default_factory=dict, repr=False, compare=False)
    """Those made last: what comes back from one batch is made of few lists."""


@dataclass(frozen=True)
class Remade:
    """A document made again for one enterprise."""

    printed: Printed
    claims: Mapping[str, str]
    first_rows: Mapping[str, int]
    template: str
    items: tuple[str, ...]
    """Ids of the rows in the order of their numbers, those that the paper leaves out too."""


def ordered(claims: Mapping[str, str], library: Library) -> tuple[Checklist, Options]:
    """The checklist that the claims describe. Raises Refused for what the rules do not know, ValueError for nonsense."""
    options = read_options(claims.get(OPTIONS, ""))
    types = tuple(name for name in claims.get(TYPES, "").split(BETWEEN) if name)
    enterprise = enterprise_of(claims.get(FIRM_PROPERTY, ""), types)
    for name, value in enterprise.facts.items():
        known = library.vocabulary.facts[fact_named(library.vocabulary, name, COMMAND_LINE)]
        if not _is_value(known, value):
            raise ValueError(name)
    on = datetime.date.fromisoformat(claims.get(DAY, ""))
    order = Order(
        on,
        options.most,
        options.department,
        options.current,
        options.landscape,
        options.sheets,
        options.appendix,
    )
    return checklist_for(library, enterprise, order), options


def _is_value(fact: Fact, value: FactValue) -> bool:
    """Whether a value of the data is one that the fact can have: selection compares it without asking."""
    if fact.kind == "yes-no":
        return isinstance(value, bool)
    if fact.kind == "choice":
        return value in fact.choices
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < math.inf


def remake(claims: Mapping[str, str], installed: Installed) -> Remade:
    """The document that the claims describe. Raises Refused or ValueError when it cannot be made."""
    checklist, options = ordered(claims, installed.library)
    document = _document(claims.get(DOCUMENT, ""), options)
    template = installed.own.get(document.title) or template_for(installed.templates, document, checklist)
    made = _open_document(document, template, checklist, installed)
    values = field_values(checklist)
    properties = properties_of(read_parts(stamp(make_plate(made.properties), values)))
    shown = {name: text if text or name in _AS_THEY_ARE else LINE for name, text in values.items()}
    items = tuple(row.item.id for row in checklist.rows)
    return Remade(_with_fields(made.printed, shown), properties, made.first_rows, made.template, items)


def _with_fields(printed: Printed, values: Mapping[str, str]) -> Printed:
    """Everything printed, the enterprise's fields in place of their marks."""

    def told(line: Line) -> Line:
        if not any(OPEN in text for text in line.texts.values()):
            return line
        texts = {
            place: MARK.sub(lambda found: values[found[1]], text) if OPEN in text else text
            for place, text in line.texts.items()
        }
        return replace(line, texts=texts)

    parts = tuple(replace(part, lines=tuple(map(told, part.lines))) for part in printed.parts)
    return Printed(parts, printed.settings)


def _open_document(
    document: Document, template: Path, checklist: Checklist, installed: Installed
) -> OpenDocument:
    """The document with its enterprise open, made once for all that share it."""
    enterprise, told = checklist.enterprise, checklist
    asked = (told.on, told.edition, told.most, told.department, told.current, told.sheets, told.fingerprint)
    facts = tuple(sorted(enterprise.facts.items()))
    key = (
        document.name,
        document.appendix,
        template,
        enterprise.types,
        checklist.profile.places,
        facts,
        asked,
    )
    kept = installed.open_documents
    if key not in kept:
        if len(kept) >= KEPT:
            kept.clear()
        kept[key] = _made(document, template, checklist)
    return kept[key]


def _document(title: str, options: Options) -> Document:
    """The kind of document that a file says it is. Raises ValueError for one that there is not."""
    if title == CHECKLIST:
        return list_document(landscape=options.landscape, appendix=options.appendix)
    if title not in DOCUMENTS:
        raise ValueError(title)
    return DOCUMENTS[title]


def _made(document: Document, template: Path, checklist: Checklist) -> OpenDocument:
    parts = filled(printing_of(document, printed(checklist), template))
    package = stamp(make_plate(parts), {name: mark(name) for name in field_values(checklist)})
    stamped, first_rows = read_parts(package), {}
    if document.ending == EXCEL:
        first_rows = dict(open_workbook_template(template).model_rows)
        found = excel_reading.read_printed(load_workbook(io.BytesIO(package)), first_rows, stamped)
    else:
        found = word_reading.read_printed(stamped)
    return OpenDocument(found, first_rows, properties_parts(parts), template_digest(template))
