"""What the templates of the other papers see as ``paper``: plain frozen texts, worded as they are printed.

Beside it every template sees ``checklist`` (see views) and ``enterprise`` (see fields). docs/papers.md tells
template authors the same.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PaperView:
    """What every paper prints."""

    title: str
    draft: str
    """工作用稿，正式执法文书以本机关格式为准."""
    disclaimer: str
    """What the paper is made from and what it is not; printed once in full."""
    bases: tuple[str, ...]
    """Number, clause, says and words of the notices that ask for the paper and bind here on the day."""


@dataclass(frozen=True)
class PlanStop:
    """One stop of the walk."""

    where: str
    numbers: str
    """1—15、33."""
    count: int
    stars: int
    points: str
    """Titles of the ★ items."""


@dataclass(frozen=True)
class PlanView(PaperView):
    """现场检查方案."""

    ways: str
    """看现场29项、查资料28项."""
    stops: tuple[PlanStop, ...]


@dataclass(frozen=True)
class RecordView(PaperView):
    """现场检查记录."""

    stops: tuple[PlanStop, ...]


@dataclass(frozen=True)
class DocumentLine:
    """Documents that one item or several look at."""

    number: int
    name: str
    numbers: str


@dataclass(frozen=True)
class DocumentsView(PaperView):
    """备查资料清单."""

    documents: tuple[DocumentLine, ...]
    rest: int
    """Documents of the items that the checklist leaves out; they stand in the workbook."""
    own_lines: tuple[int, ...]
    """Numbers of the empty lines for what the list does not name: as many as the page still holds."""


@dataclass(frozen=True)
class ExamQuestion:
    """A question to put to people, and what a right answer is."""

    number: int
    text: str
    answer: str
    item: int
    """Number of the item."""


@dataclass(frozen=True)
class ExamView(PaperView):
    """现场抽考记录表."""

    questions: tuple[ExamQuestion, ...]


@dataclass(frozen=True)
class CardRow:
    """A line of a card; empty for the shift to write."""

    number: str = ""
    text: str = ""
    """Marks and content; what hangs on an unknown fact says so."""


@dataclass(frozen=True)
class Card:
    """One 部位 on one page."""

    where: str
    rows: tuple[CardRow, ...]
    left: int
    """Daily items of the 部位 beyond the most a card holds; they are on the weekly sheet."""


@dataclass(frozen=True)
class CardsView(PaperView):
    """班组日查卡."""

    days: tuple[int, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Risk:
    """A line of a poster."""

    title: str = ""
    must: str = ""
    """What has to be so."""
    remedy: str = ""
    """What to do at once when it is not."""


@dataclass(frozen=True)
class Poster:
    """One 部位 on one page; ``where`` is empty for a blank one."""

    where: str
    risks: tuple[Risk, ...]


@dataclass(frozen=True)
class PostersView(PaperView):
    """安全风险告知卡."""

    posters: tuple[Poster, ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, and the line to write on that follows it."""

    words: str
    blank: str
    """Full-width spaces, to be underlined; none where nothing is to be written."""


@dataclass(frozen=True)
class PledgeView(PaperView):
    """承诺书."""

    opening: tuple[Piece, ...]
    points: tuple[tuple[Piece, ...], ...]
    closing: str


@dataclass(frozen=True)
class RegisterEntry:
    """One enterprise that got its self-check papers."""

    name: str = ""
    types: str = ""
    items: str = ""
    serial: str = ""
    contact: str = ""
    """联系人, telephone and e-mail in one line."""


@dataclass(frozen=True)
class RegisterPage:
    """A page of one 乡镇; ``town`` is empty for a line to write on."""

    town: str
    entries: tuple[tuple[int, RegisterEntry], ...]
    """With running numbers; empty entries are lines to write on."""


@dataclass(frozen=True)
class RegisterView(PaperView):
    """自查表发放回收登记: of many enterprises, so it prints no field of one."""

    on: str
    on_iso: str
    edition: str
    pages: tuple[RegisterPage, ...]
