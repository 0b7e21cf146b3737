"""The one maker of documents: a kind of document, a checklist and a template in, a plate out.

A plate is the finished document but for the enterprise, which is stamped in. ``generate``, ``papers make``, ``batch`` and
``verify`` all make documents here.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from checklists.checklist.build import Checklist
from checklists.checklist.printed import PrintedChecklist, printed
from checklists.documents.catalogue import DOCUMENTS, EXCEL, WORKBOOK, Document, Names
from checklists.documents.claims import FINDINGS, OPTIONS, claims_of, list_options, with_claims
from checklists.documents.excel.carried import Carried
from checklists.documents.excel.fill import fill_workbook
from checklists.documents.fields import field_values
from checklists.documents.filenames import asked_of, document_name, identity_of, place_name
from checklists.documents.finding_papers import FINDING_VIEWS, chosen
from checklists.documents.finding_views import FindingLine
from checklists.documents.paper_views import RegisterEntry
from checklists.documents.papers import REGISTER, common_fields, register_of
from checklists.documents.plate import Plate, make_plate, stamp
from checklists.documents.views import list_view
from checklists.documents.word.fill import across, fill_word
from checklists.documents.word.reading import word_digest
from checklists.documents.word.rows import with_rows
from checklists.text import clean

NO_TEMPLATES: Mapping[str, Path] = MappingProxyType({})


@dataclass(frozen=True)
class Printing:
    """Everything that decides a document but the enterprise: equal ones give the same bytes.

    A template sees ``names`` and nothing else, so whatever it looks at, equal printings can share a plate.
    """

    document: Document
    template: Path
    names: tuple[tuple[str, Any], ...]
    claims: tuple[tuple[str, str], ...]
    """What the file will say of itself, its digest apart; the day that its properties tell is among them."""
    on: datetime.date
    of_one: bool = True
    """Whether it is one enterprise's, which the file then says of itself."""


def printing_of(document: Document, view: PrintedChecklist, template: Path) -> Printing:
    """What is to be printed of a checklist. Raises Refused when its template is missing."""
    return _printing(document, document.names(view), view.checklist, template)


def _printing(document: Document, names: Names, checklist: Checklist, template: Path) -> Printing:
    claims = claims_of(checklist, document.title, template)
    return Printing(document, template, tuple(names.items()), tuple(claims.items()), checklist.on)


def filled(printing: Printing) -> dict[str, bytes]:
    """Package parts by name, the enterprise left open as marks. Raises Refused for a damaged or wrong template."""
    document, names, claims = printing.document, dict(printing.names), dict(printing.claims)
    if document.ending == EXCEL:
        return fill_workbook(printing.template, names, claims, printing.on)
    parts = fill_word(printing.template, names, printing.on)
    if document.known_as:
        parts = with_rows(parts, names["checklist"].rows, names["checklist"].left_out)
        told = list_options(claims[OPTIONS], landscape=across(parts), appendix=document.appendix)
        claims |= {OPTIONS: told}
    return with_claims(parts, {**claims, **word_digest(parts)}, of_one=printing.of_one)


def make(printing: Printing) -> Plate:
    """A document with the enterprise left open, ready to be stamped. Raises Refused as :func:`filled` does."""
    return make_plate(filled(printing))


def template_for(folder: Path, document: Document, checklist: Checklist) -> Path:
    """``folder/<类型>/<file>`` when the enterprise is of one type that has its own, else ``folder/<file>``."""
    if len(checklist.profile.type_names) == 1:
        own = folder / checklist.profile.type_names[0] / document.file
        if own.exists():
            return own
    return folder / document.file


def finished_documents(
    wanted: Sequence[Document],
    checklist: Checklist,
    templates: Path,
    *,
    own: Mapping[str, Path] = NO_TEMPLATES,
) -> dict[str, bytes]:
    """Finished documents by file name.

    ``own``: templates of the user's by title of the document, instead of those in ``templates``.
    """
    values, view = field_values(checklist), printed(checklist)
    made = {}
    for document in wanted:
        template = own.get(document.title) or template_for(templates, document, checklist)
        made[file_name(checklist, document)] = stamp(make(printing_of(document, view, template)), values)
    return made


def carried_workbook(checklist: Checklist, template: Path, carried: Carried) -> bytes:
    """A finished workbook with what goes on from the one of before."""
    printing = printing_of(DOCUMENTS[WORKBOOK], printed(checklist), template)
    parts = fill_workbook(
        printing.template, dict(printing.names), dict(printing.claims), printing.on, carried
    )
    return stamp(make_plate(parts), field_values(checklist))


def finding_papers(
    wanted: Sequence[Document], checklist: Checklist, templates: Path, lines: Sequence[FindingLine]
) -> dict[str, bytes]:
    """Papers of one enterprise by file name, filled with its hazards; none where no hazard stands on it.

    ``wanted``: documents of ``FROM_FINDINGS``. Raises Refused when a template is missing or wrong.
    """
    values, view = field_values(checklist), printed(checklist)
    made = {}
    for document in wanted:
        show, choice = FINDING_VIEWS[document.name]
        if told := chosen(lines, choice):
            names = {
                "paper": show(common_fields(document.name, document.holder, view), view, told),
                "checklist": list_view(view),
            }
            printing = _printing(document, names, checklist, template_for(templates, document, checklist))
            printing = replace(printing, claims=(*printing.claims, (FINDINGS, str(len(told)))))
            made[file_name(checklist, document)] = stamp(make(printing), values)
    return made


def fill_register(
    template: Path, towns: Sequence[tuple[str, Sequence[RegisterEntry]]], checklist: Checklist
) -> dict[str, bytes]:
    """The register of a whole batch, each 乡镇 on pages of its own; ``checklist`` gives day, edition and notices."""
    document, view = DOCUMENTS[REGISTER], printed(checklist)
    names = {"paper": register_of(common_fields(document.name, document.holder, view), view, towns)}
    return filled(replace(_printing(document, names, checklist, template), of_one=False))


# ---------------------------------------------------------------- names of the files


def file_name(checklist: Checklist, document: Document) -> str:
    """某某饭店_晋城市阳城县_现场检查表_2026-11-22_3f9a2c.docx; the types stand in for a blank form's enterprise."""
    who = clean(checklist.enterprise.name) or "、".join(checklist.profile.type_names)
    place = place_name(checklist.profile.places)
    title = f"{document.title}{document.ending}"
    return document_name(who, place, title, checklist.on, asked_for(checklist))


def asked_for(checklist: Checklist) -> str:
    """12 hex digits of whom the checklist is for and what was asked for; see :mod:`checklists.documents.filenames`."""
    told = checklist.enterprise
    identity = identity_of(told, place_name(checklist.profile.places))
    types = () if clean(told.name) else told.types
    return asked_of(identity, checklist.department, types, told.office.document_number)
