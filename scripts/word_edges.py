"""Head and foot of every page: whose paper it is, who signed, which page of how many."""

from __future__ import annotations

from word_form import Form
from wordml import Element, cell, field, paragraph, part, row, table

IDENTITY = "编号 {{ enterprise.serial }}　规则版 {{ checklist.edition }}　指纹 {{ checklist.fingerprint }}"
IDENTITY_WIDTH = 98.0
SIGNATURES = (27, 32, 4, 32, 30)
"""Label, line, gap, line, label; the last line takes what is left of 176 mm portrait."""


def page_head(form: Form) -> bytes:
    """Enterprise on the left, serial, edition and fingerprint on the right, over a rule."""
    left = form.width - IDENTITY_WIDTH
    heads = row(
        _edge(left, "单位名称：{{ enterprise.name_or_line }}", ruled=True),
        _edge(IDENTITY_WIDTH, IDENTITY, ruled=True, align="right"),
    )
    return _edge_part("hdr", (left, IDENTITY_WIDTH), heads, gap=4)


def page_foot(form: Form) -> bytes:
    """Lines for both sides to sign, then what the paper is not, and the page."""
    first = [round(width * form.width / 176, 1) for width in SIGNATURES]
    widths = (*first, form.width - sum(first))
    said = ("检查人员（签名）", "", "", "", "被检查单位（签名）", "")
    signed = row(
        *(
            _edge(width, text, ruled=index in (1, 3, 5))
            for index, (width, text) in enumerate(zip(widths, said, strict=True))
        ),
        height=6.5 if form.landscape else 7.5,
    )
    half = sum(widths[:3])
    pages = ["第 ", *field("PAGE"), " 页　共 ", *field("NUMPAGES"), " 页"]
    told = row(
        _edge(half, "检查提示用，不作处罚依据", span=3),
        _edge(form.width - half, *pages, span=3, align="right"),
        height=4.6,
    )
    return _edge_part("ftr", widths, signed, told, gap=1)


def _edge(
    width: float, *content: Element | str, span: int = 1, ruled: bool = False, align: str | None = None
) -> Element:
    """A cell of head or foot; ``ruled`` with a line beneath."""
    words = paragraph(*content, style="PageEdge", line=11.5, align=align, tight=True)
    return cell(width, words, span=span, valign="bottom", borders={"bottom": "single"} if ruled else None)


def _edge_part(root: str, widths: tuple[float, ...], *rows: Element, gap: float) -> bytes:
    after = paragraph("", style="PageEdge", line=gap)
    return part(root, table(widths, *rows, lined=False, padding=0.5), after)
