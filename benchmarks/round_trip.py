"""The shipped notices written as Word files, PDFs and web pages in several layouts, read again: are the clauses the same?

``python benchmarks/round_trip.py [FOLDER] [--notice ID …]`` makes the files in FOLDER (a temporary one without it), reads each
as ``checklists notices import`` would, and prints for every layout how many notices come back whole and what differs. PDFs and
the pages of an office program are made by LibreOffice, which has to be installed. Its web pages of lists that Word numbers are no
layout here: the numbers that it writes are others than those of the file.
"""

from __future__ import annotations

import argparse
import html
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from checklists.data import data_folder
from checklists.models import Notice
from checklists.notices.catalogue import load_notices
from checklists.notices.clauses import read_notice, seed_text
from checklists.notices.furniture import FOOT, HEAD
from checklists.notices.lines import is_wrapped, paragraphs, read_layout
from checklists.notices.marks import PART, POINT, SECTION, SUBPOINT, Stretch, stretch, value
from checklists.notices.source import text_of
from checklists.notices.table import is_table, table_stretches
from checklists.text import squeeze

LEVELS = (SECTION, PART, POINT, SUBPOINT)
WIDTHS = (12, 20, 82, 26, 14)
"""Millimetres of the columns of a table of tasks."""
Clauses = dict[str, str]


@dataclass(frozen=True)
class Printed:
    """A notice as it is printed: head, paragraphs with their numbers, sign-off; the rows of its table if it is one."""

    notice: Notice
    head: list[str]
    body: list[Stretch]
    foot: list[str]
    rows: list[list[str]] = field(default_factory=list)


def clauses_of(notice: Notice, text: str) -> Clauses:
    """Path and text of every clause, blanks aside."""
    return {one.path: squeeze(one.text) for one in read_notice(notice, text)[0].clauses}


def printed(notice: Notice, text: str) -> Printed:
    """The paragraphs of a notice as the parser sees them, and what stands round them."""
    layout, _ = read_layout(notice, text)
    head = [line.text for line in layout.furniture if line.aside == HEAD]
    foot = [line.text for line in layout.furniture if line.aside == FOOT]
    if is_table(layout.body):
        return Printed(notice, head, [], foot, list(_rows(table_stretches(layout.body)[0])))
    body = [stretch(one.text, one.first, one.last) for one in paragraphs(layout.body)]
    return Printed(notice, head or [notice.title], body, foot)


def _rows(stretches: Sequence[Stretch]) -> list[list[str]]:
    """The table of tasks: number and task as often as they are printed, content, who, until when."""
    rows: list[list[str]] = []
    number = task = ""
    content: list[str] = []
    for one in stretches:
        if one.level and one.level < SECTION:
            number, task = one.mark, one.text
            continue
        if one.level or one.text:  # a section printed again on the next page is the merged cell here
            content.append(one.mark + one.text)
        if one.departments:
            rows.append(
                [number, task, "\n".join(text for text in content if text), one.departments, one.deadline]
            )
            content = []
    if content:
        rows.append([number, task, "\n".join(content), "", ""])
    return rows


# ---------------------------------------------------------------- Word


def _document(margin: int = 28) -> Any:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(margin)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "FandolFang", Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "FandolFang")
    style.paragraph_format.space_after = Pt(0)
    return document


def _paragraph(document: Any, text: str, **how: Any) -> Any:
    paragraph = document.add_paragraph(text)
    for name, told in how.items():
        setattr(paragraph.paragraph_format, name, told)
    return paragraph


def _around(document: Any, one: Printed, inside: Callable[[], None]) -> None:
    for text in one.head:
        addressees = text.endswith(("：", ":"))
        _paragraph(document, text, alignment=None if addressees else WD_ALIGN_PARAGRAPH.CENTER)
    inside()
    for text in one.foot:
        _paragraph(document, text, alignment=WD_ALIGN_PARAGRAPH.RIGHT)


def official(one: Printed, path: Path) -> None:
    """Indented paragraphs, as offices print them; a table as a table."""
    document = _document()

    def inside() -> None:
        for part in one.body:
            _paragraph(document, part.mark + part.text, first_line_indent=Pt(32))
        if one.rows:
            _task_table(document, one.rows)

    _around(document, one, inside)
    document.save(str(path))


def spaced_out(one: Printed, path: Path) -> None:
    """Paragraphs without indent, parted by space, in a smaller size and a ragged edge."""
    document = _document(margin=20)
    document.styles["Normal"].font.size = Pt(11)

    def inside() -> None:
        for part in one.body:
            _paragraph(document, part.mark + part.text, space_after=Pt(8))
        if one.rows:
            _task_table(document, one.rows)

    _around(document, one, inside)
    document.save(str(path))


def broken(one: Printed, path: Path) -> None:
    """A whole section in one paragraph, its lines broken by hand."""
    document = _document()

    def inside() -> None:
        run = None
        for part in one.body:
            if run is None or part.level == SECTION:
                run = _paragraph(document, "").add_run(part.mark + part.text)
            else:
                run.add_break()
                run.add_text(part.mark + part.text)
        if one.rows:
            _task_table(document, one.rows)

    _around(document, one, inside)
    document.save(str(path))


def tabled(one: Printed, path: Path) -> None:
    """A table of tasks: a section a row."""
    document = _document()
    rows: list[list[str]] = []
    before: list[str] = []
    for part in one.body:
        if part.level == SECTION:
            title = part.text if "。" not in part.text else ""
            rows.append([part.mark.rstrip("、．."), title, "" if title else part.text, "", ""])
        elif rows:
            rows[-1][2] += ("\n" if rows[-1][2] else "") + part.mark + part.text
        else:
            before.append(part.mark + part.text)

    def inside() -> None:
        for text in before:
            _paragraph(document, text, first_line_indent=Pt(32))
        _task_table(document, one.rows or rows)

    _around(document, one, inside)
    document.save(str(path))


def _task_table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=5, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(width)
    for cell, text in zip(
        table.rows[0].cells, ("序号", "任务", "主要内容", "责任单位", "完成时限"), strict=True
    ):
        cell.text = text
    above: Sequence[str] = ()
    for row in rows:
        cells = table.add_row().cells
        for index, (cell, text) in enumerate(zip(cells, row, strict=True)):
            cell.width = Mm(WIDTHS[index])
            if index < 2 and above and row[:2] == above[:2]:
                _merge_up(cell)
                continue
            if index < 2:
                _merge_begins(cell)
            lines = text.split("\n")
            cell.text = lines[0]
            for line in lines[1:]:
                cell.add_paragraph(line)
        above = row
    for paragraph in (one for row in table.rows for cell in row.cells for one in cell.paragraphs):
        for run in paragraph.runs:
            run.font.size = Pt(10)


def _merge_begins(cell: Any) -> None:
    merge = OxmlElement("w:vMerge")
    merge.set(qn("w:val"), "restart")
    cell._tc.get_or_add_tcPr().append(merge)


def _merge_up(cell: Any) -> None:
    cell._tc.get_or_add_tcPr().append(OxmlElement("w:vMerge"))


_NUMBERS = (
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
)


def numbered(one: Printed, path: Path) -> None:
    """Numbers that Word counts by itself, in one list of four levels."""
    document = _document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(_NUMBERS)
    )
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        ),
    )
    count = 700

    def num(overrides: str = "") -> int:
        nonlocal count
        count += 1
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{count}"><w:abstractNumId w:val="77"/>{overrides}</w:num>'
            )
        )
        return count

    current = num()

    def inside() -> None:
        before: dict[int, int] = {}
        for part in one.body:
            if part.level not in LEVELS:
                _paragraph(document, part.mark + part.text, first_line_indent=Pt(32))
                continue
            wanted, number = value(part.name), current
            before = {at: last for at, last in before.items() if at <= part.level}
            if wanted != before.get(part.level, 0) + 1:  # a number that does not count on
                at = LEVELS.index(part.level)
                number = num(
                    f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{wanted}"/></w:lvlOverride>'
                )
            before[part.level] = wanted
            paragraph = _paragraph(document, part.text)
            properties = paragraph._p.get_or_add_pPr()
            properties.append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{LEVELS.index(part.level)}"/><w:numId w:val="{number}"/></w:numPr>'
                )
            )
        if one.rows:
            _task_table(document, one.rows)

    _around(document, one, inside)
    document.save(str(path))


# ---------------------------------------------------------------- web pages


def _row(cells: Sequence[str], tag: str = "td") -> str:
    told = ("<br>".join(html.escape(line) for line in cell.split("\n")) for cell in cells)
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in told)}</tr>"


def _page(one: Printed, body: str) -> str:
    head = "".join(f"<p align='center'>{html.escape(text)}</p>" for text in one.head)
    foot = "".join(f"<p style='text-align:right'>{html.escape(text)}</p>" for text in one.foot)
    name = html.escape(one.notice.title)
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{name}_政务公开_某某人民政府</title><style>p{{margin:0}}</style></head>"
        "<body><div class='top-nav'><ul><li><a href='/'>首页</a></li><li><a href='/a'>政务公开</a></li><li><a href='/b'>政务服务</a></li></ul></div>"
        "<div class='crumbs'>当前位置：<a href='/'>首页</a> &gt; <a href='/c'>政府文件</a></div>"
        f"<table class='xxgk'><tr><td>索 引 号：</td><td>000000/2026-00001</td><td>发文机关：</td><td>{html.escape(one.notice.issuer)}</td></tr>"
        f"<tr><td>标题：</td><td colspan='3'>{name}</td></tr></table>"
        "<div class='info'><span>发布时间：2026-01-06</span> <span>来源：办公室</span> 【字体：<a>大</a> <a>中</a> <a>小</a>】 <a>打印</a></div>"
        f"<div id='zoom' class='TRS_Editor'>{head}{body}{foot}</div>"
        "<div class='share'><span>分享到：</span><a>微信</a><a>微博</a></div><div class='page-tools'><a>打印本页</a><a>关闭窗口</a></div>"
        "<footer><p>主办：某某人民政府办公室</p><p>晋ICP备00000000号　网站标识码：0000000000</p></footer></body></html>"
    )


def web_headings(one: Printed, path: Path) -> None:
    """h3 and h4 for headings, p for the rest, a table as a table, the furniture of a site around it."""
    parts = []
    for part in one.body:
        tag = {SECTION: "h3", PART: "h4"}.get(part.level, "p") if "。" not in part.text else "p"
        parts.append(f"<{tag}>{html.escape(part.mark + part.text)}</{tag}>")
    parts.append(_web_table(one.rows))
    path.write_text(_page(one, "\n".join(parts)), "utf-8")


def web_lines(one: Printed, path: Path) -> None:
    """One block, its lines parted by <br> and begun with two blanks."""
    lines = "<br/>\n".join(f"　　{html.escape(part.mark + part.text)}" for part in one.body)
    path.write_text(_page(one, f"<div><span>{lines}</span></div>{_web_table(one.rows)}"), "gb18030")


def _web_table(rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    told = [_row(["序号", "任务", "主要内容", "责任单位", "完成时限"], "th")]
    index = 0
    while index < len(rows):
        size = (
            next((at for at in range(index, len(rows)) if rows[at][:2] != rows[index][:2]), len(rows)) - index
        )
        for at in range(index, index + size):
            cells = _row(rows[at][2:]).removeprefix("<tr>")
            first = (
                f"<td rowspan={size}>{rows[at][0]}</td><td rowspan={size}>{html.escape(rows[at][1])}</td>"
                if at == index
                else ""
            )
            told.append(f"<tr>{first}{cells}")
        index += size
    return f"<table border=1>{''.join(told)}</table>"


# ---------------------------------------------------------------- the round


WRITTEN: dict[str, tuple[Callable[[Printed, Path], None], str]] = {
    "Word, indented": (official, ".docx"),
    "Word, spaced": (spaced_out, ".docx"),
    "Word, soft breaks": (broken, ".docx"),
    "Word, table of tasks": (tabled, ".docx"),
    "Word, automatic numbers": (numbered, ".docx"),
    "web, headings": (web_headings, ".html"),
    "web, one block": (web_lines, ".html"),
}
CONVERTED = {
    "PDF of indented": ("Word, indented", "pdf"),
    "PDF of spaced": ("Word, spaced", "pdf"),
    "PDF of table of tasks": ("Word, table of tasks", "pdf"),
    "PDF of automatic numbers": ("Word, automatic numbers", "pdf"),
    "web page of LibreOffice": ("Word, indented", "html"),
    "web page of table of tasks": ("Word, table of tasks", "html"),
    "Word saved by LibreOffice": ("Word, automatic numbers", "docx"),
}


def convert(files: Sequence[Path], kind: str, folder: Path) -> None:
    """All files at once by LibreOffice, with a profile of its own."""
    profile = folder / "profile"
    command = ["soffice", "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True, timeout=1800
    )


def read_again(notice: Notice, path: Path) -> Clauses:
    """The clauses of the file as an import would read them."""
    text, _ = text_of(path)
    told = notice.model_copy(
        update={"lines": (1, text.count("\n") + 1), "wrapped": is_wrapped(text), "corrections": ()}
    )
    return clauses_of(told, text)


def differences(wanted: Clauses, found: Clauses) -> list[str]:
    """What is missing, too many or otherwise, a line each."""
    told = [f"- {path}" for path in wanted if path not in found]
    told += [f"+ {path}　{found[path][:30]}" for path in found if path not in wanted]
    return told + [
        f"≠ {path}　{_where(text, found[path])}"
        for path, text in wanted.items()
        if path in found and found[path] != text
    ]


def _where(one: str, other: str) -> str:
    at = next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return f"「{one[max(at - 8, 0) : at + 8]}」→「{other[max(at - 8, 0) : at + 8]}」"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", nargs="?", type=Path)
    options.add_argument("--notice", action="append", default=[])
    options.add_argument("--layout", action="append", default=[])
    options.add_argument("--show", type=int, default=5, help="differences of a file that are printed")
    told = options.parse_args()
    folder = told.folder or Path(tempfile.mkdtemp(prefix="round-trip-"))
    seeds = data_folder("seeds")
    notices = [one for one in load_notices(seeds)[0] if not told.notice or one.id in told.notice]
    texts = {one.id: seed_text(seeds / one.file)[0] for one in notices}
    wanted = {one.id: clauses_of(one, texts[one.id]) for one in notices}
    whole = total = 0
    for name, files in made(folder, [printed(one, texts[one.id]) for one in notices], told.layout):
        started, right, lines = time.perf_counter(), 0, []
        for notice, path in zip(notices, files, strict=True):
            found = (
                differences(wanted[notice.id], read_again(notice, path)) if path.exists() else ["- no file"]
            )
            right += not found
            lines += (
                [f"    {notice.id}: {len(found)}", *(f"      {one}" for one in found[: told.show])]
                if found
                else []
            )
        whole, total = whole + right, total + len(files)
        print(
            f"{name}: {right} of {len(files)} whole, {time.perf_counter() - started:.1f} s",
            *lines,
            sep="\n",
            flush=True,
        )
    print(f"all layouts: {whole} of {total}")
    sys.exit(whole < total)


def made(folder: Path, notices: Sequence[Printed], layouts: Sequence[str]) -> Any:
    """Layout by layout the files of all notices."""
    written: dict[str, list[Path]] = {}
    for name, (write, ending) in WRITTEN.items():
        place = folder / name.replace(", ", "-").replace(" ", "-")
        place.mkdir(parents=True, exist_ok=True)
        written[name] = [place / f"{one.notice.id}{ending}" for one in notices]
        for one, path in zip(notices, written[name], strict=True):
            if not path.exists():
                write(one, path)
        if not layouts or name in layouts:
            yield name, written[name]
    for name, (source, kind) in CONVERTED.items():
        if layouts and name not in layouts:
            continue
        place = folder / name.replace(" ", "-")
        place.mkdir(parents=True, exist_ok=True)
        files = [place / f"{path.stem}.{kind}" for path in written[source]]
        missing = [path for path, file in zip(written[source], files, strict=True) if not file.exists()]
        if missing:
            convert(missing, kind, place)
        yield name, files


if __name__ == "__main__":
    main()
