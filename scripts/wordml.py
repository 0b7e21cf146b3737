"""Words to draw a WordprocessingML document with: runs, paragraphs, cells, rows, tables, and the package around them.

Word reads the children of a properties element only in the order of ECMA-376 part 1; :func:`properties` sorts
them, so that a caller cannot get it wrong. Lengths are millimetres, sizes of type are points.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SYMBOLS = re.compile("([□★▲√×]+)")
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
FIXED_TIME = (1980, 1, 1, 0, 0, 0)

BODY, HEAD, TITLE, LATIN = "仿宋_GB2312", "黑体", "方正小标宋简体", "Times New Roman"
XIAO_ER, SI, XIAO_SI, WU, XIAO_WU, EIGHT = 18.0, 14.0, 12.0, 10.5, 9.0, 8.0
"""小二, 四号, 小四, 五号, 小五 and 8 points."""

Element = etree._Element
Value = str | int | float | bool | Element | Mapping[str, str | int]

ORDER: dict[str, list[str]] = {
    kind: names.split()
    for kind, names in {
        "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof"
        " snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText"
        " vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
        "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd"
        " tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi"
        " adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection"
        " textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
        "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
        "trPr": "cnfStyle gridBefore gridAfter cantSplit trHeight tblHeader jc hidden",
        "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc"
        " tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    }.items()
}


def twips(millimetres: float) -> int:
    """Twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def w(name: str, /, *children: Element, **attributes: str | int) -> Element:
    """An element of the main namespace; attribute names are local names of the same namespace."""
    made = etree.Element(f"{{{W}}}{name}")
    for key, value in attributes.items():
        made.set(f"{{{W}}}{key}", str(value))
    made.extend(children)
    return made


def properties(kind: str, values: Mapping[str, Value | None]) -> Element:
    """``rPr``, ``pPr``, ``tcPr`` … with its children in the order the standard prescribes.

    A value is a mapping of attributes, a plain value for ``w:val``, True for a bare element, or a made element;
    None and False leave it out. Raises ValueError for a name the standard does not know there.
    """
    order = ORDER[kind]
    made = w(kind)
    for name in sorted(values, key=order.index):
        value = values[name]
        if value is None or value is False:
            continue
        made.append(_property(name, value))
    return made


def _property(name: str, value: Value) -> Element:
    if isinstance(value, etree._Element):
        return value
    if value is True:
        return w(name)
    if isinstance(value, Mapping):
        return w(name, **value)
    return w(name, val=str(value))


# ---------------------------------------------------------------- text


@dataclass(frozen=True)
class Style:
    """A named style of the template: what a restyler changes once for the whole paper."""

    id: str
    name: str
    font: str
    size: float
    hidden: bool = False


PARAGRAPH_STYLES: dict[str, Style] = {
    style.id: style
    for style in (
        Style("FormTitle", "表题", TITLE, XIAO_ER),
        Style("FormHeading", "附页标题", HEAD, SI),
        Style("PlaceLine", "部位", HEAD, WU),
        Style("GridLabel", "表头栏目", BODY, WU),
        Style("GridValue", "表头内容", BODY, WU),
        Style("TableHead", "列名", HEAD, XIAO_WU),
        Style("TableText", "表内文字", BODY, WU),
        Style("TableSmall", "表内小字", BODY, XIAO_WU),
        Style("TableCode", "表内代号", BODY, EIGHT),
        Style("Box", "方框", BODY, XIAO_SI),
        Style("Note", "说明文字", BODY, XIAO_WU),
        Style("PageEdge", "页眉页脚", BODY, XIAO_WU),
    )
}
PAPER_STYLES: dict[str, Style] = {
    style.id: style
    for style in (
        Style("LetterText", "信文", BODY, SI),
        Style("PosterPlace", "告知部位", HEAD, 26),
        Style("PosterHead", "告知栏目", HEAD, 15),
        Style("PosterText", "告知内容", BODY, 15),
    )
}
"""What only the other papers use: letters and posters are read from further away."""
CHARACTER_STYLES: dict[str, Style] = {
    style.id: style
    for style in (
        Style("ItemNumber", "项号", BODY, WU),
        Style("ItemId", "检查项编号（隐藏）", BODY, 1, hidden=True),
        Style("ItemMarks", "标记", BODY, WU),
        Style("ItemContent", "检查内容", BODY, WU),
        Style("ItemProgress", "时限提示", BODY, XIAO_WU),
        Style("ItemStandard", "怎样算符合", BODY, XIAO_WU),
        Style("ItemCode", "依据代号", BODY, EIGHT),
        Style("ItemDigest", "检查项摘要（隐藏）", BODY, 1, hidden=True),
        Style("Strong", "强调", HEAD, XIAO_WU),
        Style("StrongSmall", "小字强调", HEAD, EIGHT),
    )
}
"""Verification finds the wording of a printed row by these names, wherever a restyler has moved its columns."""


def fonts(east_asia: str = BODY, latin: str = LATIN) -> Element:
    """Numerals and Latin letters in Times New Roman; quotes follow the Chinese face (``hint``)."""
    return w("rFonts", hint="eastAsia", ascii=latin, hAnsi=latin, eastAsia=east_asia)


def look_of(style: Style) -> Element:
    """Run properties that a style carries."""
    half_points = round(style.size * 2)
    return properties(
        "rPr", {"rFonts": fonts(style.font), "vanish": style.hidden, "sz": half_points, "szCs": half_points}
    )


def run(text: str, style: str = "", font: str = BODY, *, symbols: bool = False) -> Element:
    """A run of text. Every run names its faces itself; its size comes from its style or its paragraph's.

    ``symbols``: □ ★ ▲ in the Chinese face whatever a program takes them for.
    """
    words = w("t")
    words.text = text
    words.set(XML_SPACE, "preserve")
    return w("r", _run_properties(style, font, BODY if symbols else LATIN), words)


def runs(text: str, font: str = BODY) -> list[Element]:
    """Runs of a text, its symbols apart."""
    pieces = [piece for piece in SYMBOLS.split(text) if piece] or [""]
    return [run(piece, font=font, symbols=SYMBOLS.fullmatch(piece) is not None) for piece in pieces]


def tab() -> Element:
    """A run that jumps to the next tab stop."""
    return w("r", _run_properties("", BODY), w("tab"))


def _run_properties(style: str, font: str, latin: str = LATIN) -> Element:
    own = CHARACTER_STYLES.get(style)
    return properties(
        "rPr",
        {
            "rStyle": style or None,
            "rFonts": fonts(own.font if own else font, latin),
            "vanish": bool(own and own.hidden),
        },
    )


def field(instruction: str) -> list[Element]:
    """A field such as PAGE, as five runs: begin, instruction, separator, last result, end."""
    code = w("instrText")
    code.text = f" {instruction} "
    code.set(XML_SPACE, "preserve")

    def plain(child: Element) -> Element:
        return w("r", _run_properties("", BODY), child)

    begin, separate, end = (w("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
    return [plain(begin), plain(code), plain(separate), run("1"), plain(end)]


def paragraph(
    *content: Element | str,
    style: str = "TableText",
    line: float | None = 13,
    before: float = 0,
    after: float = 0,
    align: str | None = None,
    keep: bool = False,
    new_page: bool = False,
    tight: bool = False,
    right_tab: float | None = None,
) -> Element:
    """A paragraph of runs; a text becomes a run in the style's face.

    ``line`` exact line height in points; ``keep`` with the next; ``tight`` without blanks between Chinese and Latin;
    ``right_tab`` where the text after a :func:`tab` ends.
    """
    spacing: dict[str, str | int] = {"before": round(before * 20), "after": round(after * 20)}
    if line is not None:
        spacing |= {"line": round(line * 20), "lineRule": "exact"}
    font = (PARAGRAPH_STYLES.get(style) or PAPER_STYLES[style]).font
    about = properties(
        "pPr",
        {
            "pStyle": style,
            "keepNext": keep,
            "pageBreakBefore": new_page,
            "tabs": w("tabs", w("tab", val="right", pos=twips(right_tab))) if right_tab else None,
            "autoSpaceDE": 0 if tight else None,
            "autoSpaceDN": 0 if tight else None,
            "spacing": spacing,
            "jc": align,
        },
    )
    made = w("p", about)
    for one in content:
        made.extend(runs(one, font) if isinstance(one, str) else [one])
    return made


# ---------------------------------------------------------------- tables


def cell(
    width: float,
    *paragraphs: Element,
    span: int = 1,
    grey: bool = False,
    upright: bool = False,
    valign: str = "center",
    merge: str | None = None,
    borders: Mapping[str, str] | None = None,
) -> Element:
    """A cell ``width`` wide. ``upright`` sets its text from top to bottom; ``borders`` by side: single or nil.

    ``merge`` joins it with the cells above and below: restart or continue.
    """
    sides = w("tcBorders") if borders is not None else None
    for side in ("top", "left", "bottom", "right"):
        if sides is not None and borders is not None and side in borders:
            sides.append(w(side, val=borders[side], sz=4, space=0, color="auto"))
    about = properties(
        "tcPr",
        {
            "tcW": {"w": twips(width), "type": "dxa"},
            "gridSpan": span if span > 1 else None,
            "vMerge": {"val": merge} if merge else None,
            "tcBorders": sides,
            "shd": {"val": "clear", "color": "auto", "fill": "EDEDED"} if grey else None,
            "textDirection": "tbRlV" if upright else None,
            "vAlign": valign,
        },
    )
    return w("tc", about, *(paragraphs or (paragraph(),)))


def row(*cells: Element, height: float = 0, head: bool = False) -> Element:
    """A row that no page break cuts, at least ``height`` high; ``head`` rows come again on every page."""
    about = properties(
        "trPr",
        {
            "cantSplit": True,
            "trHeight": {"val": twips(height), "hRule": "atLeast"} if height else None,
            "tblHeader": head,
        },
    )
    return w("tr", about, *cells)


def tag_row(tag: str, columns: int, width: float) -> Element:
    """A row that holds only a ``{%tr … %}`` tag and vanishes when the template is filled."""
    return row(cell(width, paragraph(tag, style="TableSmall"), span=columns))


def table(widths: Iterable[float], *rows: Element, lined: bool = True, padding: float = 1.0) -> Element:
    """A table of fixed columns; ``w:gridCol`` and ``w:tcW`` say the same, or LibreOffice goes its own way."""
    columns = list(widths)
    borders = w("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(w(side, val="single" if lined else "nil", sz=4, space=0, color="auto"))
    margins = w("tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        margins.append(w(side, w=twips(padding) if side in ("left", "right") else 0, type="dxa"))
    about = properties(
        "tblPr",
        {
            "tblW": {"w": sum(map(twips, columns)), "type": "dxa"},
            "tblInd": {"w": 0, "type": "dxa"},
            "tblBorders": borders,
            "tblLayout": {"type": "fixed"},
            "tblCellMar": margins,
        },
    )
    grid = w("tblGrid", *(w("gridCol", w=twips(column)) for column in columns))
    return w("tbl", about, grid, *rows)


# ---------------------------------------------------------------- the package


def section(*, landscape: bool, margins: Mapping[str, float], references: Mapping[str, str]) -> Element:
    """A4; margins in millimetres by name (top, right, bottom, left, header, footer)."""
    made = w("sectPr")
    for kind, relation in references.items():
        reference = w(kind, type="default")
        reference.set(f"{{{R}}}id", relation)
        made.append(reference)
    width, height = (twips(297), twips(210)) if landscape else (twips(210), twips(297))
    size: dict[str, str | int] = {"w": width, "h": height}
    if landscape:
        size["orient"] = "landscape"
    made.append(w("pgSz", **size))
    names = ("top", "right", "bottom", "left", "header", "footer")
    made.append(w("pgMar", **{name: twips(margins[name]) for name in names}, gutter=0))
    return made


def part(root: str, *children: Element) -> bytes:
    """A part whose root is ``w:root``."""
    made = etree.Element(f"{{{W}}}{root}", nsmap={"w": W, "r": R})
    made.extend(children)
    return etree.tostring(made, xml_declaration=True, encoding="UTF-8", standalone=True)


def write_package(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write a zip of the parts in order, with fixed times, so that drawing twice gives the same file."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written.getvalue())
