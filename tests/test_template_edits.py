"""What a clerk does to the form in Word: it works, or one message says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from checklists.documents.templates import check_template_file
from checklists.problems import Problem, Refused
from tests.clerk import NOT_READ_BACK, TOLD, WORKS, Edit, paragraphs_of
from tests.sample import ROOT, sample_checklist
from tests.test_word_templates import opened

CHECKLIST = sample_checklist(30, asks=3, most=20)
FORM = ROOT / "templates" / "现场检查表.docx"


def edited(folder: Path, edit: Edit) -> Path:
    """The shipped form with one edit, which has to change it."""
    document = Document(str(FORM))
    parts = (document.element, document.sections[0].header._element, document.settings.element)
    before = [part.xml for part in parts] + [document.styles.element.xml]
    edit(document)
    path = folder / "某县检查表.docx"
    document.save(str(path))
    assert [part.xml for part in parts] + [document.styles.element.xml] != before
    return path


def found_in(path: Path) -> list[Problem]:
    try:
        return check_template_file(path, CHECKLIST)[1]
    except Refused as refused:
        return list(refused.problems)


def printed(path: Path) -> str:
    return "\n".join(paragraphs_of(opened(CHECKLIST, path).element))


@pytest.mark.parametrize("name", WORKS)
def test_it_may_be_done(tmp_path: Path, name: str) -> None:
    edit, words = WORKS[name]
    path = edited(tmp_path, edit)

    assert found_in(path) == []
    text = printed(path)
    assert words in text and "{" not in text
    assert [row.number for row in CHECKLIST.paper_rows if row.content not in text] == []


@pytest.mark.parametrize("name", NOT_READ_BACK)
def test_a_list_that_cannot_be_read_back_is_a_notice(tmp_path: Path, name: str) -> None:
    edit, why = NOT_READ_BACK[name]
    path = edited(tmp_path, edit)

    (notice,) = found_in(path)

    assert (notice.code, notice.level) == ("template-not-read-back", "warning")
    assert notice.message.startswith("此表不能读回：") and why in notice.message
    assert [row.number for row in CHECKLIST.paper_rows if row.content not in printed(path)] == []


@pytest.mark.parametrize("name", TOLD)
def test_one_slip_is_told_once(tmp_path: Path, name: str) -> None:
    edit, code, words = TOLD[name]

    (slip,) = found_in(edited(tmp_path, edit))

    assert (slip.code, slip.level) == (code, "error")
    assert words in slip.message + slip.remedy
    assert slip.remedy
