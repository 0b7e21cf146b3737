"""What people do to a list, a paper or a workbook when they fill it in, and what programs do when they save it."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from docx import Document
from docx.shared import Mm
from lxml import etree
from openpyxl import Workbook
from openpyxl.formula.translate import Translator
from openpyxl.styles import Font
from openpyxl.worksheet.filters import FilterColumn, Filters
from openpyxl.worksheet.worksheet import Worksheet

from checklists.documents.plate import read_parts
from tests.tampering import (
    CUSTOM,
    HEADER,
    Change,
    W,
    both,
    in_book,
    in_xml,
    replaced,
    zipped,
)
from tests.tampering_excel import (
    DAY,
    DUE,
    FIRST,
    GUIDE,
    LEDGER,
    MONTH,
    MONTHLY,
    PAPERS,
    WEEK,
    in_row,
    on_sheet,
    with_results,
)
from tests.tampering_word import FIRST as FIRST_ROW
from tests.tampering_word import Root, about_of, paragraph_with, row_with, run_of, text_of, w

# ---------------------------------------------------------------- Word


def ticked(sign: str) -> Change:
    """Every box of the document ticked with this sign."""

    def edit(root: Root) -> None:
        for text in root.iter(f"{W}t"):
            text.text = (text.text or "").replace("□", sign)

    return in_xml(edit)


def lines_of(root: Root) -> list[Root]:
    """Texts of the lines to write on: underlined blanks, by their character style."""
    runs = (
        style.getparent().getparent()
        for style in root.iter(f"{W}rStyle")
        if style.get(f"{W}val") == "BlankLine"
    )
    return [text for run in runs for text in run.iter(f"{W}t") if text.text and text.text.isspace()]


def lines_written(words: str) -> Change:
    """Every line to write on written over."""

    def edit(root: Root) -> None:
        for text in lines_of(root):
            text.text = words

    return in_xml(edit)


def cells_of(root: Root) -> list[Root]:
    """The cells of the item rows in which what was seen is written: behind the three boxes."""
    rows = [list(row.iter(f"{W}tc")) for row in root.iter(f"{W}tr")]
    boxes = [[at for at, cell in enumerate(cells) if text_of(cell) == "□"] for cells in rows]
    return [cells[found[-1] + 1] for cells, found in zip(rows, boxes, strict=True) if len(found) == 3]


def written_on_site(root: Root) -> None:
    for number, cell in enumerate(cells_of(root)):
        cell.find(f"{W}p").append(run_of(f"二层东侧出口锁闭{number}处"))
        if number % 3 == 0:
            cell.append(w("p", run_of("另见照片3；当场改正。")))


def written_beside_the_lines(root: Root) -> None:
    for text in lines_of(root):
        text.text = f"{text.text}张三{text.text}"


def boxes_as_symbols(root: Root) -> None:
    """Boxes replaced by letters of a symbol face, as Word's own dialogue puts them."""
    for run in list(root.iter(f"{W}r")):
        text = run.find(f"{W}t")
        if text is not None and text.text == "□":
            run.replace(text, w("sym", font="Wingdings 2", char="F052"))


def box_as_control(root: Root) -> None:
    run = next(run for run in root.iter(f"{W}r") if text_of(run) == "□")
    control = w("sdt", w("sdtPr"), w("sdtContent"))
    run.addprevious(control)
    run.find(f"{W}t").text = "☒"
    control[1].append(run)


def struck_out(root: Root) -> None:
    for run in row_with(root, FIRST_ROW.content).iter(f"{W}r"):
        about_of(run).append(w("strike"))


def problem_rows(root: Root) -> list[Root]:
    return [row for row in root.iter(f"{W}tr") if "当场改" in text_of(row) and "问题描述" not in text_of(row)]


def more_problems(root: Root) -> None:
    """The table of problems filled, and two rows more put under it."""
    rows = problem_rows(root)
    for number, row in enumerate(rows):
        list(row.iter(f"{W}tc"))[2].find(f"{W}p").append(run_of(f"第{number}个问题"))
    for number in (1, 2):
        copy = deepcopy(rows[-1])
        next(copy.iter(f"{W}t")).text = str(len(rows) + number)
        rows[-1].addnext(copy)


def runs_cut(root: Root) -> None:
    """Every run cut into single letters, as an editor with its traces does."""
    for run in list(root.iter(f"{W}r")):
        text = run.find(f"{W}t")
        others = [child for child in run if child is not text and child.tag != f"{W}rPr"]
        if text is None or others or len(text.text or "") < 2:
            continue
        for char in text.text or "":
            piece = deepcopy(run)
            piece.find(f"{W}t").text = char
            piece.find(f"{W}t").set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.addprevious(piece)
            run.addprevious(w("proofErr", type="spellStart"))
        run.getparent().remove(run)


def proofing_gone(root: Root) -> None:
    for mark in list(root.iter(f"{W}proofErr")):
        mark.getparent().remove(mark)


def runs_joined(root: Root) -> None:
    """Empty runs dropped, and neighbours with equal properties joined, as programs do that save a file."""
    for run in [
        run for run in root.iter(f"{W}r") if len(run) and run[-1].tag == f"{W}t" and not text_of(run)
    ]:
        run.getparent().remove(run)
    for run in list(root.iter(f"{W}r")):
        following = run.getnext()
        while following is not None and following.tag == f"{W}r" and len(run) == len(following):
            same = [etree.tostring(one) for one in run[:-1]] == [
                etree.tostring(one) for one in following[:-1]
            ]
            if not same or {one.tag for one in (*run[-1:], *following[-1:])} != {f"{W}t"}:
                break
            run[-1].text = (run[-1].text or "") + (following[-1].text or "")
            following.getparent().remove(following)
            following = run.getnext()


def restyled(root: Root) -> None:
    """Another face and size everywhere, wider rows, properties in another order, bookmarks, page breaks remembered."""
    for about in root.iter(f"{W}rPr"):
        about[:] = list(reversed(about))
        if about.find(f"{W}vanish") is None and about.find(f"{W}rStyle") is None:
            about.append(w("sz", val="22"))
    for height in root.iter(f"{W}trHeight"):
        height.set(f"{W}val", "900")
    for paragraph in list(root.iter(f"{W}p"))[:20]:
        paragraph.append(w("bookmarkStart", id="1"))
        paragraph.append(w("bookmarkEnd", id="1"))
        paragraph.append(w("r", w("lastRenderedPageBreak")))


def bookmarks_gone(root: Root) -> None:
    """As a program that knows no bookmarks saves it."""
    for mark in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        mark.getparent().remove(mark)


def bookmarks_renamed(root: Root) -> None:
    """As LibreOffice renames them where it finds one twice."""
    for mark in root.iter(f"{W}bookmarkStart"):
        mark.set(f"{W}name", f"{mark.get(f'{W}name')} Copy 1")


def identity_written(root: Root) -> None:
    """Name, code, address … of a blank form written in."""
    for label in ("单位名称", "地　　址"):
        for cell in list(row_with(root, label).iter(f"{W}tc"))[1::2]:
            if not text_of(cell):
                cell.find(f"{W}p").append(run_of("某某饭店"))


def with_photo(package: bytes) -> bytes:
    """A photograph where what was seen is written, by python-docx."""
    document = Document(io.BytesIO(package))
    cell = next(
        row.cells[at]
        for table in document.tables
        for at, head in enumerate(table.rows[0].cells)
        for row in table.rows[2:3]
        if "现场情况" in head.text
    )
    cell.paragraphs[0].add_run().add_picture(io.BytesIO(PIXEL), width=Mm(30))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def saved_by_docx(package: bytes) -> bytes:
    written = io.BytesIO()
    Document(io.BytesIO(package)).save(written)
    return written.getvalue()


def properties_reversed(root: Root) -> None:
    root[:] = list(reversed(root))


def packed_otherwise(package: bytes) -> bytes:
    """The parts in another order."""
    return zipped(dict(reversed(read_parts(package).items())))


FILLED_LIST: dict[str, Change] = {
    **{f"ticked {sign}": ticked(sign) for sign in ("√", "×", "■", "☑", "☒", "✓", "✔", "●", "／", "√□")},
    "ticked behind the words": replaced("当场改", "当场改√", count=3),
    "ticked with symbols": in_xml(boxes_as_symbols),
    "ticked in a control": in_xml(box_as_control),
    "lines written over": lines_written("2026年11月"),
    "lines written beside": in_xml(written_beside_the_lines),
    "what was seen": in_xml(written_on_site),
    "photograph": with_photo,
    "row struck out": in_xml(struck_out),
    "more problems than rows": in_xml(more_problems),
    "signed in the foot": in_xml(
        lambda root: list(root.iter(f"{W}tc"))[1].find(f"{W}p").append(run_of("李四")), "word/footer1.xml"
    ),
    "empty paragraphs between": in_xml(lambda root: paragraph_with(root, "检查发现的问题").addnext(w("p"))),
    "runs cut": in_xml(runs_cut),
    "runs joined": in_xml(runs_joined),
    "runs cut and joined": both(in_xml(runs_cut), in_xml(proofing_gone), in_xml(runs_joined)),
    "restyled": in_xml(restyled),
    "bookmarks gone": in_xml(bookmarks_gone),
    "bookmarks renamed": in_xml(bookmarks_renamed),
    "page numbers counted": in_xml(
        lambda root: [setattr(one, "text", "7") for one in root.iter(f"{W}t") if one.text == "1"],
        "word/footer1.xml",
    ),
    "saved by python-docx": saved_by_docx,
    "properties in another order": in_xml(properties_reversed, CUSTOM),
    "another property": in_xml(
        lambda root: root.append(
            etree.fromstring(
                '<property xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
                'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes" '
                'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="99" name="KSOProductBuildVer"><vt:lpwstr>2052-12</vt:lpwstr></property>'
            )
        ),
        CUSTOM,
    ),
    "parts in another order": packed_otherwise,
    "all at once": both(
        in_xml(more_problems), in_xml(written_on_site), ticked("√"), lines_written("某某"), saved_by_docx
    ),
}
FILLED_BLANK: dict[str, Change] = {
    "identity written": in_xml(identity_written),
    "name in the head": in_xml(
        lambda root: paragraph_with(root, "单位名称：").append(run_of("某某饭店")), HEADER
    ),
    "person written": in_xml(
        lambda root: (
            list(row_with(root, "主要负责人").iter(f"{W}tc"))[1]
            .find(f"{W}p")
            .append(run_of("张三 13800000000"))
        )
    ),
}

# ---------------------------------------------------------------- Excel


def answered(book: Workbook) -> None:
    """Month, week, day, ledger, documents filled as people fill them."""
    month, results = book[MONTH], ("符合", "不符合", "不涉及", None, "√", "合格")
    for row in range(FIRST, FIRST + MONTHLY):
        month.cell(row, 8).value = results[row % len(results)]
        month.cell(row, 9).value = "东门锁闭1处" if row % 2 else None
        month.cell(row, 10).value = datetime.date(2026, 11, row % 28 + 1)
        month.cell(row, 11).value = "张三"
    for row in range(FIRST, FIRST + 5):
        for column in range(4, 35):
            book[DAY].cell(row, column).value = ("√", "×", "／", None)[column % 4]
        for column in range(5, 10):
            book[WEEK].cell(row, column).value = results[column % 4]
    for row in range(FIRST, FIRST + 20):
        hazard(book[LEDGER], row, month.cell(row, 1).value)
    for row in range(FIRST, FIRST + 12):
        book[PAPERS].cell(row, 3).value, book[PAPERS].cell(row, 4).value = "有", "档案室"
    book[GUIDE]["B8"], book[GUIDE]["D8"] = datetime.date(2026, 11, 15), "赵六"
    book[GUIDE]["B7"] = str(book[GUIDE]["B7"].value).replace("＿＿＿＿＿＿", "300平方米", 1)


def hazard(ledger: Worksheet, row: int, number: Any) -> None:
    told = {2: "企业自查", 3: number, 8: datetime.date(2026, 11, 3), 11: f"隐患{row}", 13: "重大", 15: "换锁", 17: "王五", 18: 200,
            19: datetime.date(2026, 12, 1), 28: "整改中"}  # fmt: skip
    for column, value in told.items():
        ledger.cell(row, column).value = value


def own_rows(book: Workbook) -> None:
    for row in range(FIRST + MONTHLY, FIRST + MONTHLY + 6):
        for column, value in {
            2: "二车间",
            3: "★皮带防护罩齐全",
            4: "逐台看",
            5: "公司制度",
            8: "符合",
        }.items():
            book[MONTH].cell(row, column).value = value


def own_papers(book: Workbook) -> None:
    sheet = book[PAPERS]
    for row in range(sheet.max_row - 9, sheet.max_row - 3):
        sheet.cell(row, 1).value, sheet.cell(row, 3).value = f"本单位资料{row}", "有"


def sorted_rows(name: str, reverse: Callable[[tuple[Any, ...]], Any]) -> Change:
    """The rows of a sheet's table sorted, formulas with them, as Excel sorts."""

    def edit(book: Workbook) -> None:
        sheet = book[name]
        rows = [[(cell.value, cell.coordinate) for cell in row] for row in sheet.iter_rows(min_row=FIRST)]
        rows.sort(key=lambda row: reverse(tuple(value for value, _ in row)), reverse=True)
        for number, row in enumerate(rows, start=FIRST):
            for column, (value, origin) in enumerate(row, start=1):
                if isinstance(value, str) and value.startswith("="):
                    value = Translator(value, origin=origin).translate_formula(
                        sheet.cell(number, column).coordinate
                    )
                sheet.cell(number, column).value = value

    return in_book(edit)


def filtered(sheet: Worksheet) -> None:
    sheet.auto_filter.filterColumn.append(FilterColumn(colId=7, filters=Filters(filter=["不符合"])))
    for row in range(FIRST, FIRST + 9):
        sheet.row_dimensions[row].hidden = True


def long_ledger(book: Workbook) -> None:
    """The ledger used up, and written on below its prepared rows."""
    for row in range(FIRST, FIRST + 260):
        hazard(book[LEDGER], row, None)
        book[LEDGER].cell(row, 1).value = row


def row_between(sheet: Worksheet) -> None:
    """A row put in, the formulas below moved along with their rows as Excel does."""
    sheet.insert_rows(9)
    for row in sheet.iter_rows(min_row=10):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                origin = f"{cell.column_letter}{cell.row - 1}"
                cell.value = Translator(cell.value, origin=origin).translate_formula(cell.coordinate)


def with_right_results(package: bytes) -> bytes:
    """Two rows that fail, and the figures that follow from them as Excel stores them."""
    filled = in_book(lambda book: [setattr(book[MONTH][at], "value", "不符合") for at in ("H5", "H6")])(
        package
    )
    results = {
        ("统计", "B5"): str(DUE),
        ("统计", "B8"): "2",
        ("统计", "B10"): str(DUE - 2),
        ("统计", "C8"): repr(2 / DUE),
    }
    return with_results(filled, results)


FILLED_BOOK: dict[str, Change] = {
    "answered": in_book(answered),
    "own rows": in_book(own_rows),
    "own documents": in_book(own_papers),
    "sorted by number": sorted_rows(MONTH, lambda row: (str(row[0]), str(row[16]))),
    "sorted by place": sorted_rows(MONTH, lambda row: (str(row[1]), str(row[16]))),
    "bases sorted": sorted_rows("依据", lambda row: (str(row[3]), str(row[0]))),
    "documents sorted": sorted_rows(PAPERS, lambda row: str(row[0])),
    "filtered": on_sheet(MONTH, filtered),
    "ledger used up": in_book(long_ledger),
    "ledger with a row between": on_sheet(LEDGER, row_between),
    "ledger emptied": on_sheet(LEDGER, lambda sheet: sheet.delete_rows(FIRST + 100, 100)),
    "higher rows": in_row(MONTH, lambda row: setattr(row, "height", 90)),
    "wider columns": on_sheet(MONTH, lambda sheet: setattr(sheet.column_dimensions["I"], "width", 60)),
    "bold answers": on_sheet(
        MONTH, lambda sheet: [setattr(sheet[at], "font", Font(bold=True)) for at in ("H5", "C6")]
    ),
    "answers pasted over the drop-downs": on_sheet(
        MONTH, lambda sheet: sheet.data_validations.dataValidation.pop(1)
    ),
    "line ends of another program": in_book(
        lambda book: setattr(
            book[GUIDE]["B27"], "value", str(book[GUIDE]["B27"].value).replace("\n", "_x000D_\n")
        )
    ),
    "computed answer": on_sheet(LEDGER, lambda sheet: setattr(sheet["R5"], "value", "=200+30")),
    "figures computed": with_right_results,
    "saved by openpyxl": in_book(lambda book: book.active),
    "parts in another order": packed_otherwise,
    "all at once": both(
        in_book(answered), in_book(own_rows), in_book(own_papers), sorted_rows(MONTH, lambda row: str(row[2]))
    ),
}
