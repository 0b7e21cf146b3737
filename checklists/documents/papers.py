"""What the templates of the other papers see as ``paper``: one view a paper, of the same printed checklist.

So the numbers, edition, serial and fingerprint of a paper are those of the checklist it goes with. Which notice asks for
a paper, and what it always prints, stands in ``rules/papers.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from checklists.checklist.build import Checklist
from checklists.checklist.printed import PrintedChecklist
from checklists.documents.fields import mark
from checklists.documents.paper_rows import (
    DAYS,
    cards,
    documents,
    exam_questions,
    own_lines,
    posters,
    register_pages,
    stops,
    ways,
)
from checklists.documents.paper_views import (
    CardsView,
    DocumentsView,
    ExamView,
    PlanView,
    PledgeView,
    PostersView,
    RecordView,
    RegisterEntry,
    RegisterView,
)
from checklists.documents.pledges import binds, pieces, promised, watched
from checklists.documents.views import day_words
from checklists.models import Basis, Holder
from checklists.problems import Refused, problem
from checklists.rules.citation import full_reference
from checklists.text import clean

REGISTER = "自查表发放回收登记"


# ---------------------------------------------------------------- what every paper prints


Common = Mapping[str, Any]
"""The fields of :class:`PaperView`."""


def common_fields(name: str, holder: Holder, printed: PrintedChecklist) -> Common:
    """Title, draft line, disclaimer and the notices behind a paper. Raises Refused for one that papers.yaml leaves out."""
    library = printed.checklist.library
    bases = binding(name, printed.checklist)
    return {
        "title": name,
        "draft": library.papers.draft(holder),
        "disclaimer": library.papers.disclaimer,
        "bases": tuple(clean(full_reference(basis, library.notices)) for basis in bases),
    }


def binding(name: str, checklist: Checklist) -> list[Basis]:
    """The notices' words that ask for the paper, newest first: those said to the enterprise at its place on the day."""
    return [basis for basis in checklist.library.papers.words(name).basis if binds(basis, checklist)]


def _text(name: str, word: str, printed: PrintedChecklist) -> str:
    papers = printed.checklist.library.papers
    found = papers.words(name).words.get(word)
    if found is None:
        position = papers.position("papers", name, "words", word)
        raise Refused([problem("paper-words", position, name=name, word=word)])
    return found


# ---------------------------------------------------------------- one view a paper


def plan_view(common: Common, printed: PrintedChecklist) -> PlanView:
    """现场检查方案."""
    rows = printed.checklist.paper_rows
    return PlanView(**common, ways=ways(rows), stops=stops(rows))


def record_view(common: Common, printed: PrintedChecklist) -> RecordView:
    """现场检查记录."""
    return RecordView(**common, stops=stops(printed.checklist.paper_rows))


def documents_view(common: Common, printed: PrintedChecklist) -> DocumentsView:
    """备查资料清单."""
    shown = documents(printed.checklist.paper_rows)
    return DocumentsView(
        **common,
        documents=shown,
        rest=len(documents(printed.checklist.rows)) - len(shown),
        own_lines=own_lines(shown),
    )


def exam_view(common: Common, printed: PrintedChecklist) -> ExamView:
    """现场抽考记录表."""
    return ExamView(**common, questions=exam_questions(printed.checklist))


def cards_view(common: Common, printed: PrintedChecklist) -> CardsView:
    """班组日查卡."""
    return CardsView(
        **common,
        days=tuple(range(1, DAYS + 1)),
        cards=cards(printed.checklist),
    )


def posters_view(common: Common, printed: PrintedChecklist) -> PostersView:
    """安全风险告知卡."""
    return PostersView(**common, posters=posters(printed.checklist.rows))


def owner_view(common: Common, printed: PrintedChecklist) -> PledgeView:
    """承诺书（主要负责人）, worded for the kind of enterprise."""
    name = common["title"]
    head = _text(name, "watched", printed)
    return PledgeView(
        **common,
        opening=pieces(_text(name, "opening", printed)),
        points=(*promised(name, printed.checklist), *watched(head, printed.checklist)),
        closing=_text(name, "closing", printed),
    )


def staff_view(common: Common, printed: PrintedChecklist) -> PledgeView:
    """承诺书（员工）: the post is written by hand."""
    name = common["title"]
    return PledgeView(
        **common,
        opening=pieces(_text(name, "opening", printed)),
        points=promised(name, printed.checklist),
        closing="",
    )


# ---------------------------------------------------------------- the register


def register_view(common: Common, printed: PrintedChecklist) -> RegisterView:
    """自查表发放回收登记 of one enterprise."""
    types, items = "、".join(printed.type_names), str(len(printed.whole.rows))
    return register_of(common, printed, [("", [RegisterEntry(mark("name"), types, items, mark("serial"))])])


def register_of(
    common: Common, printed: PrintedChecklist, towns: Sequence[tuple[str, Sequence[RegisterEntry]]]
) -> RegisterView:
    """The register of many enterprises, each 乡镇 on pages of its own; ``printed`` gives day, edition and notices."""
    return RegisterView(
        **common,
        on=day_words(printed),
        on_iso=printed.on.isoformat(),
        edition=printed.edition,
        pages=register_pages([(town, tuple(map(_cleaned, entries))) for town, entries in towns]),
    )


def _cleaned(entry: RegisterEntry) -> RegisterEntry:
    marks = (mark("name"), mark("serial"))
    texts = (entry.name, entry.types, entry.items, entry.serial, entry.contact)
    return RegisterEntry(*(text if text in marks else clean(text) for text in texts))
