"""What a batch makes of every enterprise, and under which key its manifest and its journals tell each document."""

from __future__ import annotations

from collections.abc import Sequence

from checklists.checklist.build import Order
from checklists.documents.catalogue import CHECKLIST, WORKBOOK, Document, asked_documents
from checklists.documents.papers import REGISTER
from checklists.documents.views import APPENDIX

KINDS = ("word", "excel", "appendix")
"""Checklist, workbook and what stays with the enterprise, in the order of ``usual_documents``."""
_KIND_OF = {CHECKLIST: "word", WORKBOOK: "excel", APPENDIX: "appendix"}


def kind_of(document: Document) -> str:
    """Key of a document in the manifest: its own columns for the usual ones, the title of another paper."""
    return _KIND_OF.get(document.title, document.title)


def documents_of_each(names: Sequence[str], order: Order) -> tuple[Document, ...]:
    """The documents made of every enterprise, the usual ones where none is named; the register is made of many at once."""
    asked = asked_documents(names, landscape=order.landscape, appendix=order.appendix)
    return tuple(one for one in asked if one.name != REGISTER)
