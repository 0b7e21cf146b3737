"""Make a document again from what it says of itself: the same enterprise, day and options, the installed rules."""

from __future__ import annotations

import datetime
import io
import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from openpyxl import load_workbook

from checklists import excel_reading, word_reading
from checklists.checklist import Checklist
from checklists.claims import BETWEEN, DAY, DOCUMENT, OPTIONS, TYPES, Options, read_options, template_digest
from checklists.excel import WORKBOOK, fill_excel
from checklists.excel_template import open_template
from checklists.fields import FIRM, FIRM_PROPERTY, FIRM_XML, enterprise_of, field_values
from checklists.generate import WORD, WORD_LANDSCAPE, Order, checklist_for
from checklists.kinds import CHECKLIST, KINDS
from checklists.models import Fact, FactValue
from checklists.package import make_plate, read_parts, stamp
from checklists.papers import PAPERS, fill_paper
from checklists.profile import COMMAND_LINE
from checklists.properties import properties_of
from checklists.reading import Printed
from checklists.templates import template_for
from checklists.vocabulary import fact_named
from checklists.word import fill_word
from checklists.workshop import Workshop

_AS_THEY_ARE = (FIRM, FIRM_XML)
PLATES_KEPT = 16
LINE = "＿"
"""Stands for a field of the enterprise that is empty: room to write in."""


@dataclass(frozen=True)
class Installed:
    """What a document is held against: rules, templates, and whether the rules are those of their edition."""

    workshop: Workshop
    templates: Path
    own: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    """Templates of the user's by name of the document."""
    released: bool = True
    plates: dict[Hashable, dict[str, bytes]] = field(default_factory=dict, repr=False, compare=False)
    """Documents filled last, the enterprise open: those of one list are verified one behind the other."""


@dataclass(frozen=True)
class Remade:
    """A document made again."""

    printed: Printed
    claims: Mapping[str, str]
    checklist: Checklist
    first_rows: Mapping[str, int]
    """For a workbook: number of the first row of each sheet's table."""
    template: str
    """Digest of the template it was filled from."""


def ordered(claims: Mapping[str, str], workshop: Workshop) -> tuple[Checklist, Options]:
    """The checklist that the claims describe. Raises Refused for what the rules do not know, ValueError for nonsense."""
    options = read_options(claims.get(OPTIONS, ""))
    types = tuple(name for name in claims.get(TYPES, "").split(BETWEEN) if name)
    enterprise = enterprise_of(claims.get(FIRM_PROPERTY, ""), types)
    for name, value in enterprise.facts.items():
        known = workshop.vocabulary.facts[fact_named(workshop.vocabulary, name, COMMAND_LINE)]
        if not _is_value(known, value):
            raise ValueError(name)
    on = datetime.date.fromisoformat(claims.get(DAY, ""))
    order = Order(on, options.most, options.department, options.current, options.landscape)
    return checklist_for(workshop, enterprise, order), options


def _is_value(fact: Fact, value: FactValue) -> bool:
    """Whether a value of the data is one that the fact can have: selection compares it without asking."""
    if fact.kind == "yes-no":
        return isinstance(value, bool)
    if fact.kind == "choice":
        return value in fact.choices
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < math.inf


def remake(claims: Mapping[str, str], installed: Installed) -> Remade:
    """The document that the claims describe. Raises Refused or ValueError when it cannot be made."""
    checklist, options = ordered(claims, installed.workshop)
    document = claims.get(DOCUMENT, "")
    if document not in KINDS:
        raise ValueError(document)
    template = installed.own.get(document) or template_for(
        installed.templates, _file_of(document, options.landscape), checklist
    )
    values = {
        name: text if text or name in _AS_THEY_ARE else LINE for name, text in field_values(checklist).items()
    }
    package = stamp(make_plate(_plate(document, template, checklist, installed)), values)
    parts, first_rows = read_parts(package), {}
    if document == WORKBOOK:
        first_rows = dict(open_template(template).model_rows)
        printed = excel_reading.read_printed(load_workbook(io.BytesIO(package)), first_rows, parts)
    else:
        printed = word_reading.read_printed(parts)
    return Remade(printed, properties_of(parts), checklist, first_rows, template_digest(template))


def _file_of(document: str, landscape: bool) -> str:
    if document == CHECKLIST:
        return WORD_LANDSCAPE if landscape else WORD
    return KINDS[document].file


def _plate(document: str, template: Path, checklist: Checklist, installed: Installed) -> dict[str, bytes]:
    """The filled document, made once for what all its enterprises share."""
    told, profile = checklist, checklist.profile
    facts = tuple(sorted(profile.enterprise.facts.items()))
    asked = (told.on, told.edition, told.most, told.department, told.current, told.fingerprint)
    key = (document, template, profile.enterprise.types, profile.places, facts, asked)
    if key not in installed.plates:
        if len(installed.plates) >= PLATES_KEPT:
            installed.plates.clear()
        installed.plates[key] = _filled(document, template, checklist)
    return installed.plates[key]


def _filled(document: str, template: Path, checklist: Checklist) -> dict[str, bytes]:
    if document == WORKBOOK:
        return fill_excel(template, checklist)
    if document in PAPERS:
        return fill_paper(template, PAPERS[document], checklist)
    return fill_word(template, checklist)
