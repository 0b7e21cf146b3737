"""Adding next year's notice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement

from checklists.clauses import read_clauses
from checklists.data import data_folder
from checklists.notices import load_notices
from checklists.notices_import import draft, import_notice, text_of
from checklists.problems import Refused

PARAGRAPHS = (
    "某市人民政府关于做好2027年安全生产工作的通知",
    "2027年，全市要守住底线。",
    "一、压实责任",
    "1.压实企业责任。企业必须公示承诺书；市政府要开会。",
    "2.煤矿。严禁超层越界。",
)
TOLD = {"id": "some-2027", "title": PARAGRAPHS[0], "issuer": "某市人民政府", "place": "晋城市", "year": 2027}


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return Path(shutil.copytree(data_folder("seeds"), tmp_path / "seeds"))


def word_file(folder: Path, numbered: bool = False) -> Path:
    document = Document()
    for text in PARAGRAPHS:
        paragraph = document.add_paragraph(text)
        if numbered:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:numPr"))
    path = folder / "notice.docx"
    document.save(str(path))
    return path


def files(folder: Path) -> list[Path]:
    (folder / "notice.txt").write_text("\n\n".join(PARAGRAPHS) + "\n", "utf-8")
    (folder / "gbk.txt").write_bytes(("\n\n".join(PARAGRAPHS) + "\n").encode("gb18030"))
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    (folder / "notice.html").write_text(
        f"<style>p {{}}</style><body>{body}<script>x=1</script></body>", "utf-8"
    )
    return [word_file(folder), *(folder / name for name in ("notice.txt", "gbk.txt", "notice.html"))]


def test_every_kind_of_file_gives_the_same_text(tmp_path: Path) -> None:
    texts = {text_of(path)[0] for path in files(tmp_path)}

    assert texts == {"\n\n".join(PARAGRAPHS) + "\n"}


def test_an_imported_notice_is_read_back_with_its_clauses(seeds: Path, tmp_path: Path) -> None:
    notice, clauses, problems = import_notice(seeds, text_of(word_file(tmp_path))[0], TOLD)

    notices, wrong = load_notices(seeds)
    read, _ = read_clauses(seeds, notices)
    assert problems == wrong == []
    assert (
        [clause.path for clause in read["some-2027"]]
        == [clause.path for clause in clauses]
        == ["前言", "一/1", "一/2"]
    )
    assert len(notices) == 23
    assert [stub.partition("quote: ")[2].strip()[1:7] for stub in draft(notice, clauses)] == [
        "企业必须公示",
        "严禁超层越界",
    ]


def test_automatic_numbers_that_are_lost_are_said(tmp_path: Path) -> None:
    assert [found.code for found in text_of(word_file(tmp_path, numbered=True))[1]] == ["import-numbers"]


def test_a_taken_id_or_a_wrong_file_is_refused_and_changes_nothing(seeds: Path, tmp_path: Path) -> None:
    before = (seeds / "notices.yaml").read_bytes()
    (tmp_path / "bad.docx").write_bytes(b"PK")

    for act in (
        lambda: import_notice(seeds, "x\n", {**TOLD, "id": "shanxi-2026"}),
        lambda: text_of(tmp_path / "bad.docx"),
        lambda: text_of(tmp_path / "notice.pdf"),
        lambda: text_of(tmp_path / "none.txt"),
    ):
        with pytest.raises(Refused):
            act()

    assert (seeds / "notices.yaml").read_bytes() == before
