"""The shipped templates are the truth; an outline of each is kept, so that a change to one reviews as a diff.

``ACCEPT=1 pytest tests/test_template_outlines.py`` accepts what is there now; read the diff before committing it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from openpyxl.styles import Border, Font, Side
from outlines import outline

from checklists.data import data_folder

KEPT = Path(__file__).parent / "outlines_kept"
TEMPLATES = sorted(path for path in data_folder("templates").rglob("*") if path.suffix in (".docx", ".xlsx"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_looks_as_it_was_accepted(path: Path) -> None:
    kept = KEPT / f"{path.name}.txt"
    now = outline(path)
    if os.environ.get("ACCEPT"):
        kept.write_text(now, "utf-8")

    assert kept.exists(), (
        f"no {kept.name}; look at the template, then ACCEPT=1 pytest tests/test_template_outlines.py"
    )
    assert now == kept.read_text("utf-8"), (
        "the template looks different; read the diff, then ACCEPT=1 pytest tests/test_template_outlines.py"
    )


def test_every_outline_belongs_to_a_template() -> None:
    assert {kept.name for kept in KEPT.iterdir()} == {f"{path.name}.txt" for path in TEMPLATES}


# ---------------------------------------------------------------- what an outline must show


def wider_column(document: Any) -> None:
    document.tables[0]._tbl.tblGrid.gridCol_lst[0].w = 720000


def wider_cell(document: Any) -> None:
    document.tables[0].rows[0].cells[0].width = 720000


def other_face(document: Any) -> None:
    document.tables[0].rows[0].cells[0].paragraphs[0].runs[0].font.name = "Arial"


def other_style(document: Any) -> None:
    document.paragraphs[0].style = document.styles["Normal"]


def restyled(document: Any) -> None:
    document.paragraphs[0].style.font.size = 123456


def no_border(document: Any) -> None:
    borders = document.element.body.find(f".//{W}tblBorders")
    borders.remove(borders[0])


def lost_field(document: Any) -> None:
    run = next(run for run in document.paragraphs[0].runs if "{{" in run.text)
    run.text = run.text.replace("{{", "").replace("}}", "")


def lost_paragraph(document: Any) -> None:
    document.element.body.remove(document.paragraphs[-1]._p)


def other_margin(document: Any) -> None:
    document.sections[0].left_margin = 100000


def other_foot(document: Any) -> None:
    document.sections[0].footer.paragraphs[0].add_run("x")


def higher_row(document: Any) -> None:
    document.tables[0].rows[0].height = 900000


WORD_CHANGES = (
    wider_column,
    wider_cell,
    other_face,
    other_style,
    restyled,
    no_border,
    lost_field,
    lost_paragraph,
    other_margin,
    other_foot,
    higher_row,
)


@pytest.mark.parametrize("change", WORD_CHANGES, ids=lambda change: change.__name__)
def test_a_changed_word_template_has_another_outline(change: Callable[[Any], None], tmp_path: Path) -> None:
    document = Document(str(data_folder("templates") / "现场检查表.docx"))
    saved, changed = tmp_path / "saved.docx", tmp_path / "changed.docx"
    document.save(str(saved))
    change(document)
    document.save(str(changed))

    assert outline(saved) != outline(changed)


def wide(sheet: Any) -> None:
    sheet.column_dimensions["A"].width = 99


def face(sheet: Any) -> None:
    sheet["A1"].font = Font(name="Arial", size=7)


def edge(sheet: Any) -> None:
    sheet["A2"].border = Border(left=Side("double"))


def field(sheet: Any) -> None:
    sheet["A1"].value = "x"


def formula(sheet: Any) -> None:
    sheet["G1"].value = "=1"


def unlocked(sheet: Any) -> None:
    sheet["A1"].protection = sheet["A1"].protection.copy(locked=False)


def rule(sheet: Any) -> None:
    sheet.data_validations.dataValidation.pop()


def merged(sheet: Any) -> None:
    sheet.unmerge_cells(str(next(iter(sheet.merged_cells.ranges))))


def hidden(sheet: Any) -> None:
    sheet.row_dimensions[5].hidden = True


def unprotected(sheet: Any) -> None:
    sheet.protection.sheet = False


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "change",
    (wide, face, edge, field, formula, unlocked, rule, merged, hidden, unprotected),
    ids=lambda change: change.__name__,
)
def test_a_changed_workbook_template_has_another_outline(
    change: Callable[[Any], None], tmp_path: Path
) -> None:
    workbook = load_workbook(data_folder("templates") / "企业自查工作簿.xlsx", rich_text=True)
    saved, changed = tmp_path / "saved.xlsx", tmp_path / "changed.xlsx"
    workbook.save(saved)
    change(workbook["说明"])
    workbook.save(changed)

    assert outline(saved) != outline(changed)


def test_what_an_editor_leaves_behind_changes_no_outline(tmp_path: Path) -> None:
    """Runs cut in two, revision ids and the language of a run are traces of editing, not of the form."""
    path = data_folder("templates") / "现场检查表.docx"
    document = Document(str(path))
    paragraph = next(one for one in document.paragraphs if len(one.text) > 8 and "{" not in one.text)
    first = paragraph.runs[0]
    text, look = first.text, first._r.rPr
    second = paragraph.add_run(text[4:])
    first.text = text[:4]
    first._r.addnext(second._r)
    if look is not None:
        second._r.insert(0, look.__copy__())
    paragraph._p.set(f"{W}rsidR", "00A1B2C3")
    document.save(str(tmp_path / "edited.docx"))

    assert outline(tmp_path / "edited.docx") == outline(path)
