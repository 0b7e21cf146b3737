"""One enterprise: from rules and templates to its documents. A batch is this, many times."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from checklists.checklist.build import Checklist, build_checklist
from checklists.documents.excel.fill import fill_excel
from checklists.documents.fields import clean, field_values
from checklists.documents.filenames import asked_of, document_name, identity_of, place_name
from checklists.documents.papers import Paper, fill_paper
from checklists.documents.plate import make_plate, stamp
from checklists.documents.templates import template_for
from checklists.documents.word.fill import fill_word
from checklists.models import Enterprise
from checklists.rules.library import Library
from checklists.selection.select import select

WORD, WORD_LANDSCAPE, EXCEL = "现场检查表.docx", "现场检查表（横版）.docx", "企业自查工作簿.xlsx"
NO_TEMPLATES: Mapping[str, Path] = MappingProxyType({})


@dataclass(frozen=True)
class Order:
    """What is wanted beside the enterprise itself."""

    on: datetime.date
    most: int | None = None
    department: str | None = None
    current: bool = False
    landscape: bool = False


def checklist_for(library: Library, enterprise: Enterprise, order: Order) -> Checklist:
    """The enterprise's checklist on the day. Raises Refused for unknown types, places, facts."""
    selection = select(library, enterprise, order.on, department=order.department, current=order.current)
    terms = [term for term, _ in library.terms]
    return build_checklist(library, selection, edition=library.edition, terms=terms, most=order.most)


def documents(
    checklist: Checklist,
    templates: Path,
    *,
    landscape: bool = False,
    own: Mapping[str, Path] = NO_TEMPLATES,
    department: str | None = None,
) -> dict[str, bytes]:
    """Finished documents by file name: the inspector's checklist and the enterprise's workbook.

    ``own``: templates of the user's by name of the document, instead of those in ``templates``; ``department``: the
    one whose items only were asked for, which tells the file from that of the whole list.
    """
    values = field_values(checklist)
    shipped = template_for(templates, WORD_LANDSCAPE if landscape else WORD, checklist)
    word = own.get(stem_of(WORD)) or shipped
    excel = own.get(stem_of(EXCEL)) or template_for(templates, EXCEL, checklist)
    filled = {
        file_name(checklist, WORD, department): fill_word(word, checklist),
        file_name(checklist, EXCEL, department): fill_excel(excel, checklist),
    }
    return {name: stamp(make_plate(parts), values) for name, parts in filled.items()}


def paper_documents(
    checklist: Checklist,
    templates: Path,
    papers: Sequence[Paper],
    own: Mapping[str, Path] = NO_TEMPLATES,
    department: str | None = None,
) -> dict[str, bytes]:
    """Finished other papers by file name; ``own`` and ``department`` as for :func:`documents`."""
    values = field_values(checklist)
    made = {}
    for paper in papers:
        template = own.get(paper.name) or template_for(templates, paper.file, checklist)
        made[file_name(checklist, paper.file, department)] = stamp(
            make_plate(fill_paper(template, paper, checklist)), values
        )
    return made


def file_name(checklist: Checklist, document: str, department: str | None = None) -> str:
    """某某饭店_晋城市阳城县_现场检查表_2026-11-22_3f9a2c.docx; the types stand in for a blank form's enterprise."""
    who = clean(checklist.enterprise.name) or "、".join(checklist.profile.type_names)
    place = place_name(checklist.profile.places)
    return document_name(who, place, document, checklist.on, asked_for(checklist, department))


def asked_for(checklist: Checklist, department: str | None = None) -> str:
    """12 hex digits of whom the checklist is for and what was asked for; see :mod:`checklists.documents.filenames`."""
    told = checklist.enterprise
    identity = identity_of(told, place_name(checklist.profile.places))
    return asked_of(identity, department, () if clean(told.name) else told.types)


def stem_of(document: str) -> str:
    """现场检查表.docx -> 现场检查表."""
    return document.rpartition(".")[0]
