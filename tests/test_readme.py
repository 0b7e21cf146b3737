"""The first pages people read: their commands run, in their order; their links lead somewhere; their pictures are small."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest
from openpyxl import load_workbook

from checklists import __version__
from tests.command import Told, command
from tests.returned_books import hazard

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.zh-CN.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
COMMANDS = [
    line.split()[1:] for block in BLOCKS for line in block.splitlines() if line.startswith("checklists")
]
PAGES = ("README.md", "README.zh-CN.md", "docs/page.md", "docs/intranet.md", "docs/reliability.md")


def fill_roster() -> None:
    """What a clerk does between the commands: two enterprises into the empty roster."""
    book = load_workbook("名录.xlsx")
    sheet = book.worksheets[0]
    heads = {str(cell.value): cell.column for row in sheet.iter_rows(max_row=3) for cell in row if cell.value}
    (head_row,) = {cell.row for row in sheet.iter_rows(max_row=3) for cell in row if cell.value == "单位名称"}
    for row, told in enumerate((("甲饭店", "餐饮用气单位"), ("乙加油站", "加油站")), head_row + 1):
        for head, text in zip(("单位名称", "企业类型", "所在地"), (*told, "阳城县"), strict=True):
            sheet.cell(row, heads[head], text)
    book.save("名录.xlsx")


def send_back() -> None:
    """The enterprises return their workbooks, one with a hazard."""
    Path("交回").mkdir()
    for path in Path("发放").rglob("*工作簿*.xlsx"):
        shutil.copy(path, "交回")
    path = next(Path("交回").glob("甲饭店*"))
    book = load_workbook(path)
    hazard(book, 0, 隐患描述="厨房燃气报警器断电")
    book.save(path)


def test_the_commands_of_the_readme_do_what_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told: list[Told] = []
    for one in COMMANDS:
        told.append(command(*one))
        if one[:2] == ["roster", "new"]:
            fill_roster()
        if one[0] == "batch":
            send_back()

    ended = "\n".join(
        f"{' '.join(one)}\n{end.code} {end.out}{end.err}" for one, end in zip(COMMANDS, told, strict=True)
    )
    assert [one.code for one in told] == [0] * 10, ended
    assert len(list(tmp_path.glob("out/某某饭店*.docx"))) == 2 and list(tmp_path.glob("out/*整改通知*"))
    assert {path.name[:2] for path in tmp_path.joinpath("发放").rglob("*.docx")} == {"甲饭", "乙加"}
    assert Path("汇总/台账.xlsx").is_file()
    assert list(Path("汇总").rglob("甲饭店*整改通知*.docx")), ended


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_to_files_and_headings(name: str) -> None:
    page = ROOT / name
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", page.read_text("utf-8")):
        path, _, heading = link.partition("#")
        target = (page.parent / path) if path else page
        assert target.exists(), link
        heads = re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.MULTILINE) if heading else []
        anchors = {re.sub(r"[^\w-]", "", head.replace(" ", "-")).lower() for head in heads}
        assert not heading or heading in anchors, link


def test_every_guide_and_picture_is_linked_and_pictures_are_small() -> None:
    guides = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/*.md")}
    assert {guide for guide in guides if f"]({guide}" not in README} == set()
    everywhere = README + "".join(path.read_text("utf-8") for path in ROOT.glob("docs/*.md"))
    for picture in ROOT.glob("docs/pictures/*"):
        assert picture.stat().st_size < 200_000 and f"pictures/{picture.name}" in everywhere, picture


def test_the_release_is_called_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")

    assert project["version"] == __version__
    assert re.findall(r"^## (\d\S*)", changes, re.MULTILINE)[0] == __version__
    assert f"checklists-{__version__}.zip" in (ROOT / "docs/page.md").read_text("utf-8")
