"""What stands around the rows of a sheet: settings before them, and behind them all that reaches over cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape

from lxml import etree
from openpyxl.worksheet.cell_range import MultiCellRange

from checklists.documents.excel.cells import MAIN, bare_xml
from checklists.documents.excel.reach import Reach, over_runs, stretched
from checklists.documents.excel.text import has_field

_ORDER = (
    "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks",
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties",
    "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "picture",
    "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
"""Elements behind the rows, as ECMA-376 part 1, 18.3.1.99 orders them."""
_AREA = re.compile(r'(<[^>]*?\b(?:sqref|ref)=")([^"]*)(.*)', re.DOTALL)
_DIMENSION = re.compile(r'(<dimension ref=")[^"]*')
_OUTLINE = re.compile(r' outlineLevelRow="[0-9]+"')


@dataclass(frozen=True)
class Area:
    """An element that reaches over cells, cut where it says over which."""

    start: str
    cells: str
    end: str
    offers: str = ""
    """What a drop-down takes its words from."""

    def over(self, cells: str) -> str:
        """The same over other cells."""
        return f"{self.start}{cells}{self.end}"


@dataclass(frozen=True)
class Head:
    """A head or foot of the pages: its element before and behind the text, and the text."""

    start: str
    text: str
    end: str


@dataclass(frozen=True)
class Around:
    """Before the rows, and by its element what stands behind them."""

    before: str
    still: tuple[tuple[str, str], ...]
    """Element and XML of what no list changes."""
    filter: Area | None
    merged: tuple[str, ...]
    formats: tuple[Area, ...]
    lists: tuple[Area, ...]
    lists_start: str
    links: tuple[str, ...]
    breaks: tuple[str, ...]
    heads_start: str
    heads: tuple[Head, ...]


@dataclass(frozen=True)
class Added:
    """What the rows of a list bring to the sheet around them."""

    dimension: str
    reach: Reach | None
    levels: int = 0
    """How deep rows are folded away."""
    merged: Sequence[str] = ()
    links: Sequence[tuple[str, str]] = ()
    """Cell and the place it leads to."""
    breaks: Sequence[int] = ()
    """Rows behind which a page ends."""


def around(root: etree._Element, content: bytes) -> Around:
    """Take apart what openpyxl wrote of a sheet."""
    found: dict[str, list[etree._Element]] = {}
    data = root.find(f"{{{MAIN}}}sheetData")
    for element in data.itersiblings() if data is not None else ():
        found.setdefault(_name(element), []).append(element)
    taken = ("autoFilter", "mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks", "rowBreaks",
             "headerFooter")  # fmt: skip
    filters = [_area(element) for element in found.get("autoFilter", ())]
    lists = found.get("dataValidations", [])
    heads = found.get("headerFooter", [])
    return Around(
        before=content.decode().partition("<sheetData")[0],
        still=tuple(
            (name, bare_xml(element)) for name, some in found.items() if name not in taken for element in some
        ),
        filter=filters[0] if filters else None,
        merged=tuple(_children(found.get("mergeCells", ()))),
        formats=tuple(map(_area, found.get("conditionalFormatting", ()))),
        lists=tuple(_area(rule) for element in lists for rule in element),
        lists_start=_start_of(lists[0], "count") if lists else "",
        links=tuple(_children(found.get("hyperlinks", ()))),
        breaks=tuple(_children(found.get("rowBreaks", ()))),
        heads_start=_start_of(heads[0]) if heads else "",
        heads=tuple(_head(one) for element in heads for one in element),
    )


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(elements: Iterable[etree._Element]) -> Iterator[str]:
    return (bare_xml(child) for element in elements for child in element)


def _area(element: etree._Element) -> Area:
    found = _AREA.match(bare_xml(element))
    if not found:
        return Area(bare_xml(element), "", "")
    offers = element.findtext(f"{{{MAIN}}}formula1") or ""
    return Area(found[1], found[2], found[3], offers)


def _start_of(element: etree._Element, *without: str) -> str:
    """Its start tag, open: without its end and without the attributes named."""
    told = "".join(
        f' {name}="{escape(text)}"' for name, text in element.attrib.items() if name not in without
    )
    return f"<{_name(element)}{told}"


def _head(element: etree._Element) -> Head:
    text, name = element.text or "", _name(element)
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    return Head(f"<{name}{kept}>", text, f"</{name}>")


# ---------------------------------------------------------------- put around rows again


def before_rows(plan: Around, added: Added) -> str:
    """From the start of the part to its rows."""
    told = _DIMENSION.sub(rf"\g<1>{added.dimension}", plan.before, count=1)
    return _OUTLINE.sub(f' outlineLevelRow="{added.levels}"', told, count=1) if added.levels else told


def behind_rows(
    plan: Around, added: Added, fill: Callable[[str], str], is_offered: Callable[[str], bool]
) -> str:
    """From the rows to the end of the part.

    ``fill`` fills the text of a head; ``is_offered`` tells whether the words a drop-down takes are there.
    """
    told = {
        "autoFilter": _filter(plan, added.reach),
        "mergeCells": _merged([*plan.merged, *(f'<mergeCell ref="{cells}"/>' for cells in added.merged)]),
        "conditionalFormatting": "".join(area.over(_over(area.cells, added.reach)) for area in plan.formats),
        "dataValidations": _lists(plan, added.reach, is_offered),
        "hyperlinks": _links(plan, added.links),
        "headerFooter": _heads(plan, fill),
        "rowBreaks": _breaks(plan, added.breaks),
    }
    pieces = [*plan.still, *((name, xml) for name, xml in told.items() if xml)]
    pieces.sort(key=lambda piece: _ORDER.index(piece[0]) if piece[0] in _ORDER else len(_ORDER))
    return "".join(xml for _, xml in pieces)


def _filter(plan: Around, reach: Reach | None) -> str:
    if plan.filter is None:
        return ""
    cells = plan.filter.cells
    return plan.filter.over(stretched(cells, reach.model_row, reach.end) if reach else cells)


def _over(cells: str, reach: Reach | None) -> str:
    return _in_order(over_runs(cells, reach.runs)) if reach else cells


@lru_cache(maxsize=4096)
def _in_order(cells: str) -> str:
    return str(MultiCellRange(cells))


def _merged(cells: Sequence[str]) -> str:
    return f'<mergeCells count="{len(cells)}">{"".join(sorted(cells))}</mergeCells>' if cells else ""


def _lists(plan: Around, reach: Reach | None, is_offered: Callable[[str], bool]) -> str:
    kept = [area.over(_over(area.cells, reach)) for area in plan.lists if is_offered(area.offers)]
    return f'{plan.lists_start} count="{len(kept)}">{"".join(kept)}</dataValidations>' if kept else ""


def _links(plan: Around, added: Sequence[tuple[str, str]]) -> str:
    ours = [f'<hyperlink ref="{cell}" location="{place}"/>' for cell, place in added]
    told = "".join((*plan.links, *ours))
    return f"<hyperlinks>{told}</hyperlinks>" if told else ""


def _heads(plan: Around, fill: Callable[[str], str]) -> str:
    if not plan.heads_start:
        return ""
    told = (
        f"{head.start}{escape(fill(head.text) if has_field(head.text) else head.text)}{head.end}"
        for head in plan.heads
    )
    return f"{plan.heads_start}>{''.join(told)}</headerFooter>"


def _breaks(plan: Around, added: Sequence[int]) -> str:
    told = [*plan.breaks, *(f'<brk id="{row}" min="0" max="16383" man="1"/>' for row in added)]
    count = len(told)
    return (
        f'<rowBreaks count="{count}" manualBreakCount="{count}">{"".join(told)}</rowBreaks>' if told else ""
    )
