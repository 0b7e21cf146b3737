"""Measures and cells that the other papers share, and the head and foot of their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from word_form import LANDSCAPE, PORTRAIT, WHERE, Form, blanks, label, where
from wordml import Element, cell, field, paragraph, part, row, table

WHEN = f"{blanks(3)}年{blanks(2)}月{blanks(2)}日{blanks(2)}时{blanks(2)}分至{blanks(2)}日{blanks(2)}时{blanks(2)}分"
DAY = f"{blanks(3)}年{blanks(2)}月{blanks(2)}日"
GRID = (24.0, 64.0, 24.0, 64.0)
"""Label, value, label, value: the head of a portrait paper, 176 mm."""
IDENTITY = "编号 {{ enterprise.serial }}　规则版 {{ checklist.edition }}　指纹 {{ checklist.fingerprint }}"
IDENTITY_WIDTH = 98.0
APART = "{% for basis in paper.bases[:1] %}所依通知：{{ basis }}。{% endfor %}"

__all__ = ["LANDSCAPE", "PORTRAIT", "Form"]


@dataclass(frozen=True)
class Sheet:
    """One template: its name, orientation, body, and what stands in the foot."""

    name: str
    form: Form
    body: Sequence[Element]
    signed: bool = False
    """Both sides sign in the foot of every page."""
    apart: bool = False
    """Its pages are handed out one by one: each says in its foot which notice asks for it."""
    of_one: bool = True
    """Of one enterprise; a register is of many."""


# ---------------------------------------------------------------- head of the first page


def title(*, new_page: bool = False, text: str = "{{ paper.title }}") -> Element:
    return paragraph(text, style="FormTitle", line=26, align="center", after=2, new_page=new_page)


def value(width: float, *texts: str, span: int = 1) -> Element:
    """A value cell, one paragraph a text, clear of its rules."""
    lines = [paragraph(text, style="GridValue", line=13, before=0.8, after=0.8) for text in texts]
    return cell(width, *lines, span=span)


def two(*texts: str, height: float = 8.5) -> Element:
    """A line of the grid: label, value, label, value."""
    a, b, c, d = GRID
    return row(label(a, texts[0]), value(b, texts[1]), label(c, texts[2]), value(d, texts[3]), height=height)


def wide(name: str, *texts: str, height: float = 8.5) -> Element:
    """A line of the grid with one label."""
    return row(label(GRID[0], name), value(sum(GRID[1:]), *texts, span=3), height=height)


def whose() -> list[Element]:
    """Who is visited: the same two lines on every paper of the agency."""
    return [
        two("被检查单位", "{{ enterprise.name }}", "统一社会\n信用代码", "{{ enterprise.code }}"),
        row(
            label(GRID[0], WHERE),
            where(GRID[1]),
            label(GRID[2], "企业类型"),
            value(GRID[3], "{{ checklist.type_names }}"),
            height=8.5,
        ),
    ]


def grid(*rows: Element) -> Element:
    return table(GRID, *rows)


# ---------------------------------------------------------------- what every paper says


def reasons() -> list[Element]:
    """Draft, disclaimer and the notices that ask for the paper, in small type."""
    return [
        note("{{ paper.draft }}。{{ paper.disclaimer }}", before=3),
        paragraph("{%p for basis in paper.bases %}", style="Note"),
        note("所依通知：{{ basis }}。"),
        paragraph("{%p endfor %}", style="Note"),
    ]


def note(*texts: str | Element, before: float = 0, keep: bool = False) -> Element:
    return paragraph(*texts, style="Note", line=12, before=before, keep=keep)


def gap(points: float = 4) -> Element:
    """A low line between two tables, or Word makes one of them."""
    return paragraph("", style="Note", line=points)


def centred(width: float, text: str = "", *, style: str = "TableText", span: int = 1) -> Element:
    return cell(width, paragraph(text, style=style, align="center"), span=span)


def plain(width: float, text: str = "", *, style: str = "TableText", span: int = 1) -> Element:
    return cell(width, paragraph(text, style=style), span=span)


def box(width: float, text: str = "□") -> Element:
    return cell(width, paragraph(text, style="Box", line=14, align="center"))


# ---------------------------------------------------------------- head and foot of every page


def page_head(sheet: Sheet) -> bytes:
    """Enterprise on the left, what it was made from on the right, over a rule."""
    left = sheet.form.width - IDENTITY_WIDTH
    whose_it_is = "单位名称：{{ enterprise.name_or_line }}" if sheet.of_one else f"填报单位：{blanks(12)}"
    identity = IDENTITY if sheet.of_one else "规则版 {{ paper.edition }}　基准日 {{ paper.on }}"
    heads = row(
        _edge(left, whose_it_is, ruled=True), _edge(IDENTITY_WIDTH, identity, ruled=True, align="right")
    )
    return _edge_part("hdr", (left, IDENTITY_WIDTH), heads, gap_after=4)


def page_foot(sheet: Sheet) -> bytes:
    """Lines to sign where both sides sign every page, then what the paper is not, and the page."""
    scale = sheet.form.width / 176
    first = [round(width * scale, 1) for width in (27, 32, 4, 32, 30)]
    widths = (*first, sheet.form.width - sum(first))
    most = sum(widths[:5])
    pages = ["第 ", *field("PAGE"), " 页　共 ", *field("NUMPAGES"), " 页"]
    rows = [
        row(
            _edge(most, "{{ paper.draft }}；检查提示用，不作处罚依据", span=5),
            _edge(sheet.form.width - most, *pages, align="right"),
            height=4.6,
        )
    ]
    if sheet.apart:
        rows.insert(0, row(_edge(sheet.form.width, APART, span=6), height=4.6))
    if sheet.signed:
        rows.insert(0, _signed(widths))
    return _edge_part("ftr", widths, *rows, gap_after=1)


def _signed(widths: Sequence[float]) -> Element:
    said = ("检查人员（签名）", "", "", "", "被检查单位（签名）", "")
    cells = (
        _edge(width, text, ruled=index in (1, 3, 5))
        for index, (width, text) in enumerate(zip(widths, said, strict=True))
    )
    return row(*cells, height=7.5)


def _edge(
    width: float, *content: Element | str, span: int = 1, ruled: bool = False, align: str | None = None
) -> Element:
    words = paragraph(*content, style="PageEdge", line=11.5, align=align, tight=True)
    return cell(width, words, span=span, valign="bottom", borders={"bottom": "single"} if ruled else None)


def _edge_part(root: str, widths: Sequence[float], *rows: Element, gap_after: float) -> bytes:
    after = paragraph("", style="PageEdge", line=gap_after)
    return part(root, table(widths, *rows, lined=False, padding=0.5), after)
