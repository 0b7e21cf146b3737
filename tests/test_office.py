"""What an office prints of itself and of the occasion: from office.yaml, from the roster, from options, from all three."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.batch.manifest import made_line
from checklists.checklist.build import Order, checklist_for
from checklists.checklist.printed import printed
from checklists.documents.catalogue import usual_documents
from checklists.documents.fields import enterprise_of, enterprise_values, firm_text
from checklists.documents.filenames import asked_of, document_name
from checklists.documents.make import make, printing_of
from checklists.documents.plate import Plate, read_parts, stamp
from checklists.documents.properties import properties_of, with_properties
from checklists.models import Enterprise, Inspector, Office
from checklists.problems import Position, Refused
from checklists.roster.office import read_office
from checklists.roster.read import Entry
from checklists.rules.library import open_library
from tests.attacks.texts import FORMULAS, JINJA, PATHS
from tests.command import Told, command
from tests.rosters import DAY as TODAY
from tests.rosters import entries, small_press, told, write_xlsx
from tests.sample import TEMPLATES
from tests.small_rules import small_rules
from tests.tampering import Change, in_parts, replaced, zipped

DAY = "2026-11-22"
WORD, BOOK, KEPT = "现场检查表.docx", "企业自查工作簿.xlsx", "企业留存.docx"
FIELDS = {
    "检查单位": "agency",
    "检查人员一": "inspector_one",
    "证号一": "inspector_one_card",
    "检查人员二": "inspector_two",
    "证号二": "inspector_two_card",
    "文书编号": "document_number",
    "乡镇": "town",
    "用途": "purposes",
    "短名": "name_short",
}
"""What the templates below print before each field -> the field."""


BESIDE = 9
"""Column right of the form on the first sheet; under it the questions grow downward."""


def with_fields(folder: Path) -> Path:
    """The shipped templates with a line a field, as an office would add it."""
    folder.mkdir(parents=True, exist_ok=True)
    document = Document(str(TEMPLATES / WORD))
    book = openpyxl.load_workbook(TEMPLATES / BOOK, rich_text=True)
    guide = book["说明"]
    for row, (label, name) in enumerate(FIELDS.items(), start=1):
        document.paragraphs[0].insert_paragraph_before(f"{label}→{{{{ enterprise.{name} }}}}")
        guide.cell(row, BESIDE, f"{label}→{{{{ enterprise.{name} }}}}")
    document.save(str(folder / WORD))
    book.save(folder / BOOK)
    shutil.copy(TEMPLATES / KEPT, folder)
    return folder


@dataclass(frozen=True)
class House:
    """Small rules and templates with the fields."""

    folder: Path

    def run(self, *arguments: str | Path) -> Told:
        """A command with them."""
        where = (("--rules", "rules"), ("--seeds", "seeds"), ("--templates", "templates"))
        known = [
            part
            for name, at in where
            if name in _TAKES[str(arguments[0])]
            for part in (name, self.folder / at)
        ]
        return command(*arguments, *known)


_TAKES = {
    "generate": ("--rules", "--seeds", "--templates"),
    "papers": ("--rules", "--seeds", "--templates"),
    "batch": ("--rules", "--seeds", "--templates"),
    "verify": ("--rules", "--seeds", "--templates"),
    "roster": ("--rules",),
    "select": ("--rules", "--seeds"),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    folder = small_rules(tmp_path_factory.mktemp("house"))
    with_fields(folder / "templates")
    return House(folder)


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the commands are run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


WHO = ("--type", "涉粉企业", "--place", "阳城县", "--on", DAY)
FIRM = (*WHO, "--name", "某厂")
LIST = ("--document", "现场检查表")
"""The checklist alone: a workbook takes ten times as long."""


def printed_in(path: Path) -> dict[str, str]:
    """Texts of the fields by label, as a reader of the document finds them."""
    if path.suffix == ".docx":
        lines = [paragraph.text for paragraph in Document(str(path)).paragraphs]
    else:
        cells = openpyxl.load_workbook(path)["说明"].iter_rows(
            min_col=BESIDE, max_col=BESIDE, values_only=True
        )
        lines = [str(cell) for (cell,) in cells]
    told = [line.partition("→") for line in lines if "→" in line]
    return {label: text for label, _, text in told}


def both_print(folder: Path) -> dict[str, str]:
    """The fields of the one checklist in a folder, which the one workbook prints too."""
    (word,), (book,) = folder.rglob("*_现场检查表_*.docx"), folder.rglob("*.xlsx")
    assert printed_in(word) == printed_in(book)
    return printed_in(word)


def roster(path: Path, *rows: Mapping[str, str]) -> Path:
    """A CSV roster of firms that are asked something; the first row's columns are its head."""
    usual = {"单位名称": "某厂", "企业类型": "涉粉企业", "所在地": "阳城县"}
    with path.open("w", encoding="utf-8", newline="") as opened:
        lines = csv.DictWriter(opened, list({**usual, **rows[0]}))
        lines.writeheader()
        lines.writerows({**usual, **row} for row in rows)
    return path


BLANK = dict.fromkeys(FIELDS, "") | {
    "用途": "□执法检查 □督导检查 □指导服务 □企业自查",
    "短名": "某厂",
}
WHOLE = {
    "检查单位": "阳城县应急管理局",
    "检查人员一": "张三",
    "证号一": "甲001",
    "检查人员二": "李四",
    "证号二": "甲002",
    "文书编号": "〔2026〕12号",
    "乡镇": "北留镇",
    "用途": "√执法检查 □督导检查 √指导服务 □企业自查",
    "短名": "某厂",
}
ROW = {
    "检查单位": "阳城县应急管理局",
    "检查人员": "张三、李四",
    "证号": "甲001、甲002",
    "文书编号": "〔2026〕12号",
    "乡镇／街道": "北留镇",
    "用途": "指导服务、执法检查",
}
OPTIONS = tuple(part for name, text in ROW.items() for part in ("--office", f"{name}={text}"))
YAML = """\
# 本局
检查单位: 阳城县应急管理局
检查人员:
  - {姓名: 张三, 证号: 甲001}
  - {姓名: 李四, 证号: 甲002}
用途: [指导服务, 执法检查]
乡镇: 北留镇
"""


# ---------------------------------------------------------------- each way alone, and over one another


def test_nothing_told_leaves_lines_to_write_on_and_boxes_to_tick(house: House, desk: Path) -> None:
    told = house.run("generate", *FIRM)

    assert told.code == 0 and "office" not in told.out
    assert both_print(desk / "out") == BLANK


def test_options_alone(house: House, desk: Path) -> None:
    assert house.run("generate", *FIRM, *OPTIONS).code == 0

    assert both_print(desk / "out") == WHOLE


def test_papers_make_takes_the_same_options(house: House, desk: Path) -> None:
    made = house.run("generate", *FIRM, *OPTIONS, "--document", "现场检查表", "--json").json
    again = house.run("papers", "make", "现场检查表", *FIRM, *OPTIONS, "--json")

    assert again.code == 0 and again.json["files"] == made["files"]


def test_the_file_alone(house: House, desk: Path) -> None:
    (desk / "office.yaml").write_text(YAML, "utf-8")

    told = house.run("generate", *FIRM)

    assert told.out.splitlines()[0] == "用了 office.yaml：乡镇／街道、检查单位、检查人员、用途"
    assert both_print(desk / "out") == {**WHOLE, "文书编号": ""}
    assert house.run("generate", *FIRM, "--json").json["office"] == "office.yaml"


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".yaml"])
def test_a_row_of_the_roster_alone(house: House, desk: Path, ending: str) -> None:
    row = {"单位名称": "某厂", "企业类型": "涉粉企业", "所在地": "阳城县", **ROW}
    path = desk / f"名录{ending}"
    if ending == ".csv":
        roster(path, ROW)
    elif ending == ".xlsx":
        write_xlsx(path, [list(row), list(row.values())])
    else:
        path.write_text("- " + "\n  ".join(f"{name}: {text}" for name, text in row.items()), "utf-8")

    assert house.run("batch", path, "--out", "发放", "--on", DAY).code == 0

    assert both_print(desk / "发放") == WHOLE


def test_a_row_stands_over_the_file_and_an_option_over_both(house: House, desk: Path) -> None:
    (desk / "office.yaml").write_text(YAML, "utf-8")
    path = roster(
        desk / "名录.csv",
        {
            "单位名称": "甲",
            "检查单位": "县消防大队",
            "检查人员": "王五",
            "证号": "",
            "用途": "",
            "乡镇": "凤城镇",
        },
        {"单位名称": "乙", "检查单位": "", "检查人员": "", "证号": "", "用途": "企业自查", "乡镇": "县城"},
    )

    told = house.run("batch", path, "--out", "发放", "--on", DAY, "--office", "乡镇＝东城街道")

    assert told.code == 0
    one, two = (next((desk / "发放").glob(f"*/{name}_*/*_现场检查表_*.docx")) for name in "甲乙")
    assert printed_in(one) == {
        "检查单位": "县消防大队",
        "检查人员一": "王五",
        "证号一": "",
        "检查人员二": "",
        "证号二": "",
        "文书编号": "",
        "乡镇": "东城街道",
        "用途": "√执法检查 □督导检查 √指导服务 □企业自查",
        "短名": "甲",
    }
    assert printed_in(two) == {
        "检查单位": "阳城县应急管理局",
        "检查人员一": "张三",
        "证号一": "甲001",
        "检查人员二": "李四",
        "证号二": "甲002",
        "文书编号": "",
        "乡镇": "东城街道",
        "用途": "□执法检查 □督导检查 □指导服务 √企业自查",
        "短名": "乙",
    }


def test_an_option_stands_over_the_file(house: House, desk: Path) -> None:
    (desk / "office.yaml").write_text(YAML, "utf-8")

    house.run("generate", *FIRM, *LIST, "--office", "检查人员=王五", "--office", "检查用途=督导检查")

    (paper,) = (desk / "out").glob("*.docx")
    told = printed_in(paper)
    assert (told["检查单位"], told["检查人员一"], told["证号一"], told["检查人员二"], told["用途"]) == (
        "阳城县应急管理局",
        "王五",
        "",
        "",
        "□执法检查 √督导检查 □指导服务 □企业自查",
    )


def test_the_file_beside_the_roster_comes_before_the_one_in_the_folder(house: House, desk: Path) -> None:
    (desk / "县").mkdir()
    (desk / "office.yaml").write_text("检查单位: 这里的\n", "utf-8")
    path = roster(desk / "县" / "名录.csv", {})

    here = house.run("batch", path, "--out", "一", "--on", DAY)
    (desk / "县" / "office.yaml").write_bytes("检查单位: 名录旁边的\n".encode("gb18030"))
    beside = house.run("batch", path, "--out", "二", "--on", DAY)
    told = house.run("batch", path, "--out", "二", "--on", DAY, "--json").json

    assert "用了 office.yaml：检查单位" in here.out
    assert f"用了 {desk / '县' / 'office.yaml'}：检查单位" in beside.out
    assert told["office"] == str(desk / "县" / "office.yaml")
    assert both_print(desk / "一")["检查单位"] == "这里的"
    assert both_print(desk / "二")["检查单位"] == "名录旁边的"


def test_the_example_of_the_guide_is_read(desk: Path) -> None:
    guide = Path(__file__).parent.parent / "docs" / "guide.md"
    (example,) = re.findall(r"```yaml\n(检查单位.*?)```", guide.read_text("utf-8"), re.DOTALL)
    (desk / "office.yaml").write_text(example, "utf-8")

    assert read_office(desk / "office.yaml") == {
        "agency": "阳城县应急管理局",
        "inspectors": (Inspector(name="张三", card="甲001"), Inspector(name="李四", card="甲002")),
        "purposes": ("执法检查",),
        "town": "北留镇",
    }


@pytest.mark.parametrize(
    ("text", "inspectors"),
    [
        ("检查人员: [张三, 李四]", (("张三", ""), ("李四", ""))),
        ("检查人员: [{姓名: 张　三, 证号: 14052200123}]", (("张　三", "14052200123"),)),
        ("检查人员: [{姓名: 张三, 证号: 007}]", (("张三", "007"),)),
        ("检查人员: []", ()),
    ],
)
def test_inspectors_may_be_written_short(
    desk: Path, text: str, inspectors: tuple[tuple[str, str], ...]
) -> None:
    (desk / "office.yaml").write_text(text, "utf-8")

    told = read_office(desk / "office.yaml")["inspectors"]

    assert tuple((one.name, one.card) for one in told) == inspectors


# ---------------------------------------------------------------- wrong input


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        ("", "yaml-empty", None, "文件是空的"),
        ("- 甲\n", "office-form", 1, "名称: 值"),
        ("检查单位: 甲\n检察人员: [张三]\n", "field-unknown", 2, "「检查人员」"),
        ("agency: 甲\n", "field-unknown", 1, "检查单位、检查人员、用途、乡镇"),
        ("检查单位: 甲\n文书编号: 1号\n", "office-number", 2, "每份文书都会印上同一个号"),
        ("\n用途: 执法检察\n", "field-wrong", 2, "「执法检查」"),
        ("用途: [执法检查,\n  督察]\n", "field-wrong", 2, "执法检查、督导检查、指导服务、企业自查"),
        ("用途: 执法检查、督察\n", "field-wrong", 1, "现为「督察」"),
        ("检查人员:\n  - 张三\n  - 李四\n  - 王五\n", "field-wrong", 1, "至多 2 个"),
        ("检查人员: 张三\n", "field-wrong", 1, "应为列表"),
        ("检查人员:\n  - 姓名: 张三\n  - 证号: 甲002\n", "field-wrong", 3, "姓名"),
        ("检查人员:\n  - 姓名: 张三\n    证件: 甲001\n", "field-unknown", 3, "「证号」"),
        ("检查人员: [{姓名: 张三, 证号: 1.5}]\n", "field-wrong", 1, "加双引号"),
        ("检查单位:\n", "yaml-no-value", 1, "「检查单位」"),
        ("检查单位: 5\n", "field-wrong", 1, "应为文字"),
        ("检查单位: 甲 #乙\n", "text-cut", 1, "被当作注释"),
        ('检查单位: "甲\\n乙"\n', "text-break", 1, "换行"),
        ("检查单位: 甲\u200b乙\n", "yaml-sign", 1, "U+200B"),
        (f"乡镇: {'镇' * 501}\n", "field-wrong", 1, "超过 500 个字"),
        ("检查单位: 甲\n乡镇: a\n检查单位: 乙\n", "yaml-duplicate-key", 3, "第 1 行"),
        ("检查单位：甲\n", "office-form", 1, "冒号用半角"),
        ("用途: 执法检查\n检查单位：甲\n", "yaml-syntax", 2, "冒号"),
    ],
)
def test_a_wrong_file_is_one_message_with_its_line_and_nothing_is_written(
    house: House, desk: Path, text: str, code: str, line: int | None, words: str
) -> None:
    (desk / "office.yaml").write_text(text, "utf-8")
    path = roster(desk / "名录.csv", {})

    told = house.run("generate", *FIRM)
    batch = house.run("batch", path, "--out", "发放", "--on", DAY)

    where = f"office.yaml:{line}" if line else "office.yaml"
    for one, place in ((told, where), (batch, str(desk / where))):
        assert (one.code, one.err.count("错误 ")) == (1, 1)
        assert one.err.startswith(f"{place}: 错误 {code}: ") and words in one.err
        assert "rules/" not in one.err
    assert sorted(path.name for path in desk.iterdir()) == ["office.yaml", "名录.csv"]


def test_a_folder_of_the_files_name_is_told(house: House, desk: Path) -> None:
    (desk / "office.yaml").mkdir()

    told = house.run("generate", *FIRM)

    assert told.code == 1 and "office.yaml: 错误 file-unreadable" in told.err and not (desk / "out").exists()


def test_checking_a_roster_checks_the_file_beside_it(house: House, desk: Path) -> None:
    (desk / "县").mkdir()
    path = roster(desk / "县" / "名录.csv", {"用途": "执法检察"})
    file = desk / "县" / "office.yaml"
    file.write_text("用图: 执法检查\n", "utf-8")

    wrong = house.run("roster", "check", path)
    file.write_text("用途: 执法检查\n", "utf-8")
    right = house.run("roster", "check", path)

    assert wrong.code == 1 and "可用 1 行" in wrong.out and f"{file}:1: 错误 field-unknown" in wrong.err
    assert right.code == 0 and f"用了 {file}：用途" in right.out and "purpose-unknown" in right.out


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["用途=执法检察"], "purpose-unknown", "「执法检查」"),
        (["用途=执法检查、抽查"], "purpose-unknown", "「抽查」"),
        (["用途"], "office-option", "栏目=内容"),
        (["用途="], "office-option", "栏目=内容"),
        (["用途=\x01"], "office-option", "栏目=内容"),
        (["=执法检查"], "office-option-unknown", "可写的栏目"),
        (["用图=执法检查"], "office-option-unknown", "「用途」"),
        (["单位名称=甲"], "office-option-unknown", "可写的栏目"),
        (["用途=执法检查", "用途=督导检查"], "office-option-twice", "顿号"),
        (["检查人员=张三、李四，王五"], "inspectors-many", "3 名"),
        (["检查人员=张三、李四", "证号=甲001"], "cards-uneven", "2 名，证号 1 个"),
        (["证号=甲001"], "cards-alone", "检查人员"),
    ],
)
def test_a_wrong_option_is_one_message_and_nothing_is_written(
    house: House, desk: Path, options: list[str], code: str, words: str
) -> None:
    told = house.run("generate", *FIRM, *(part for one in options for part in ("--office", one)))

    assert (told.code, told.err.count("错误 ")) == (2, 1)
    assert told.err.startswith(f"命令行: 错误 {code}: ") and words in told.err
    assert list(desk.iterdir()) == []


def test_a_number_for_a_whole_roster_is_refused(house: House, desk: Path) -> None:
    path = roster(desk / "名录.csv", {})

    told = house.run("batch", path, "--out", "发放", "--on", DAY, "--office", "文书编号=1号")

    assert told.code == 2 and "office-number-many" in told.err and not (desk / "发放").exists()


WRONG_CELLS = [
    ({"用途": "执法检察"}, "用途", "purpose-unknown", BLANK["用途"], "用途"),
    ({"用途": "执法检查、抽查"}, "用途", "purpose-unknown", BLANK["用途"], "用途"),
    ({"检查人员": "赵、钱、孙"}, "检查人员", "inspectors-many", "", "检查人员一"),
    ({"检查人员": "赵、钱", "证号": "乙1"}, "证号", "cards-uneven", "", "证号一"),
    ({"检查人员": "赵、钱", "证号": "乙1"}, "证号", "cards-uneven", "钱", "检查人员二"),
    ({"检查人员": "", "证号": "许可〔1〕"}, "证号", "cards-alone", "张三", "检查人员一"),
]


@pytest.mark.parametrize(("row", "column", "code", "text", "label"), WRONG_CELLS)
def test_a_wrong_cell_is_told_and_not_used_and_the_row_is_made(
    house: House, desk: Path, row: Mapping[str, str], column: str, code: str, text: str, label: str
) -> None:
    """What the row says wrongly is left open: what the file says was not meant for it."""
    (desk / "office.yaml").write_text(YAML, "utf-8")
    path = roster(desk / "名录.csv", {**row, "乡镇": "凤城镇"})

    told = house.run("batch", path, "--out", "发放", "--on", DAY)

    assert told.code == 0
    assert told.err.count("提醒 ") == 1
    number = path.read_text("utf-8").splitlines()[0].split(",").index(column) + 1
    assert f"名录.csv:2 单元格 第{number}列: 提醒 {code}: " in told.err
    assert "本行照常生成，这一格没有使用" in told.err
    printed = both_print(desk / "发放")
    assert (printed[label], printed["乡镇"]) == (text, "凤城镇")


def test_heads_are_found_as_people_write_them_and_an_old_roster_is_read_as_before(tmp_path: Path) -> None:
    usual = ["单位名称", "企业类型", "所在地"]
    row = ["甲", "加油站", "阳城县"]
    new = write_xlsx(
        tmp_path / "a.xlsx",
        [
            [*usual, "乡镇（街道）", "检查机关", "检查人", "执法证号", "文书号", "检查用途（可多选）"],
            [*row, "北留镇", "县局", "张三", "甲1", "1号", "企业自查"],
        ],
    )
    old = write_xlsx(tmp_path / "b.xlsx", [[*usual, "电话"], [*row, "1"]])

    (entry,), (before,) = entries(new), entries(old)

    assert entry.enterprise is not None and before.enterprise is not None
    assert entry.problems == before.problems == ()
    assert entry.enterprise.office == Office(
        town="北留镇",
        agency="县局",
        inspectors=(Inspector(name="张三", card="甲1"),),
        document_number="1号",
        purposes=("企业自查",),
    )
    assert before.enterprise.office == Office()


def test_a_number_is_not_taken_from_a_merged_cell_above_and_a_town_is(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx",
        """
        | 单位名称 | 企业类型 | 所在地 | 文书编号 | 乡镇   |
        | 甲       | 加油站   | 阳城县 | 1号      | 北留镇 |
        | 乙       | 加油站   | 阳城县 |          |        |
        """,
        merged=["D2:D3", "E2:E3"],
    )

    one, two = entries(path)

    assert told(two) == ["E3 roster-cell-merged"]
    assert [
        (entry.enterprise.office.document_number, entry.enterprise.office.town)
        for entry in (one, two)
        if entry.enterprise
    ] == [("1号", "北留镇"), ("", "北留镇")]


# ---------------------------------------------------------------- it decides nothing else


def test_it_decides_no_item_and_enters_neither_serial_nor_fingerprint(house: House, desk: Path) -> None:
    plain = house.run("generate", *FIRM, *LIST, "--out", "一", "--json").json
    told = house.run("generate", *FIRM, *LIST, *OPTIONS, "--out", "二", "--json").json

    for name in ("items", "on_paper", "serial", "fingerprint", "edition"):
        assert told[name] == plain[name]
    assert "office" not in house.run("select", *WHO, "--json").json["enterprise"]


def test_enterprises_of_one_list_share_their_plates_whatever_the_office_says(tmp_path: Path) -> None:
    press = small_press(tmp_path / "house")
    firms = [
        Enterprise(
            name="甲", place="阳城县", types=("hotel",), office=Office(town=town, purposes=("执法检查",))
        )
        for town in ("北留镇", "凤城镇", "")
    ]

    plates = {id(press.plates_of(firm)) for firm in firms}

    assert (len(plates), len(press.plates)) == (1, 1)
    assert len({press.list_key(firm) for firm in firms}) == 1


def test_a_batch_makes_what_generate_makes(house: House, desk: Path) -> None:
    (desk / "office.yaml").write_text("检查单位: 阳城县应急管理局\n乡镇: 凤城镇\n", "utf-8")
    path = roster(desk / "名录.csv", {name: ROW[name] for name in ("检查人员", "证号", "文书编号")})
    same = ("--office", "用途=执法检查")
    numbers = [
        part for name in ("检查人员", "证号", "文书编号") for part in ("--office", f"{name}={ROW[name]}")
    ]

    assert house.run("batch", path, "--out", "发放", "--on", DAY, *same).code == 0
    assert house.run("generate", *FIRM, *same, *numbers).code == 0

    made, batch = (
        {one.name: one.read_bytes() for one in (desk / name).rglob("*.*x")} for name in ("out", "发放")
    )
    assert len(made) == 3 and made == batch


# ---------------------------------------------------------------- one number, one document


def numbered(number: str) -> tuple[str, str]:
    return ("--office", f"文书编号={number}")


def test_two_numbers_of_one_firm_and_day_are_two_documents(house: House, desk: Path) -> None:
    one = (*FIRM, *LIST, *numbered("1号"), "--json")
    first = house.run("generate", *one).json["files"]
    kept = [Path(name).read_bytes() for name in first]
    second = house.run("generate", *FIRM, *LIST, *numbered("2号"), "--json")
    none = house.run("generate", *FIRM, *LIST, "--json")

    assert (second.code, none.code) == (0, 0)
    assert len({*first, *second.json["files"], *none.json["files"]}) == 3
    assert [Path(name).read_bytes() for name in first] == kept
    again = house.run("generate", *one, "--office", "检查单位=县局").json
    assert again["files"] == first and [Path(name).read_bytes() for name in first] != kept


def test_a_document_filled_in_under_its_number_is_kept(house: House, desk: Path) -> None:
    path = roster(desk / "名录.csv", {"文书编号": "1号"})
    assert house.run("batch", path, "--out", "发放", "--on", DAY).code == 0
    (word,) = (desk / "发放").rglob("*_现场检查表_*.docx")
    word.write_bytes(b"filled in")

    roster(path, {"文书编号": "1号", "检查单位": "县局"})
    again = house.run("batch", path, "--out", "发放", "--on", DAY)
    roster(path, {"文书编号": "2号", "检查单位": "县局"})
    other = house.run("batch", path, "--out", "发放", "--on", DAY)

    assert again.code == 1 and "file-kept" in again.err
    assert other.code == 0
    assert word.read_bytes() == b"filled in"
    assert len(list((desk / "发放").rglob("*_现场检查表_*.docx"))) == 2


def test_another_roster_with_another_number_says_nothing_of_the_first(house: House, desk: Path) -> None:
    first = roster(desk / "一.csv", {"文书编号": "1号"})
    second = roster(desk / "二.csv", {"文书编号": "2号"})
    third = roster(desk / "三.csv", {"文书编号": "2号", "检查单位": "县局"})

    told = [house.run("batch", path, "--out", "发放", "--on", DAY) for path in (first, second, third)]

    assert [one.err.count("batch-other-roster") for one in told] == [0, 0, 1]


def test_two_rows_that_differ_in_the_number_are_not_called_the_same(house: House, desk: Path) -> None:
    path = roster(desk / "名录.csv", {"文书编号": "1号"}, {"文书编号": "2号"}, {"文书编号": "1号"})

    told = house.run("batch", path, "--out", "发放", "--on", DAY)

    assert told.code == 1
    assert [line.partition(": ")[2].split(":")[0] for line in told.err.splitlines() if "第 2 行" in line] == [
        "错误 roster-firm-twice",
        "提醒 roster-row-again",
    ]


def test_the_manifest_tells_town_and_number(house: House, desk: Path) -> None:
    path = roster(desk / "名录.csv", {"文书编号": "=1号", "乡镇": "北留镇"})
    house.run("batch", path, "--out", "发放", "--on", DAY)

    (line,) = json.loads((desk / "发放" / "manifest.json").read_text("utf-8"))["enterprises"]
    (row,) = csv.DictReader(io.StringIO((desk / "发放" / "manifest.csv").read_text("utf-8-sig"), newline=""))

    assert (line["town"], line["document_number"]) == ("北留镇", "=1号")
    assert (row["乡镇／街道"], row["文书编号"]) == ("北留镇", "'=1号")


# ---------------------------------------------------------------- read back


def changed(path: Path, change: Change) -> Path:
    other = path.with_name(f"改_{path.name}")
    other.write_bytes(change(path.read_bytes()))
    return other


@pytest.fixture(scope="module")
def given_out(house: House, tmp_path_factory: pytest.TempPathFactory) -> Sequence[Path]:
    """A checklist and a workbook with every field."""
    out = tmp_path_factory.mktemp("out")
    return [
        Path(name) for name in house.run("generate", *FIRM, *OPTIONS, "--out", out, "--json").json["files"]
    ]


def test_documents_with_these_fields_are_vouched_for(house: House, given_out: Sequence[Path]) -> None:
    told = house.run("verify", *given_out, "--json")

    assert (told.code, [one["verdict"] for one in told.json]) == (0, ["相符"] * 3)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("阳城县应急管理局", "阳城县消防大队"),
        ("→张三", "→王五"),
        ("→甲001", "→甲009"),
        ("→李四", "→"),
        ("→甲002", "→甲0022"),
        ("→〔2026〕12号", "→〔2026〕13号"),
        ("→北留镇", "→凤城镇"),
        ("√执法检查", "□执法检查"),
        ("√指导服务", "×指导服务"),
        ("短名→某厂", "短名→某某厂"),
    ],
)
def test_a_field_that_was_changed_is_found(
    house: House, given_out: Sequence[Path], old: str, new: str
) -> None:
    told = house.run("verify", changed(given_out[0], replaced(old, new)), "--json")

    assert (told.code, told.json[0]["verdict"]) == (1, "不符")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"town":"北留镇"', '"town":"凤城镇"'),
        ('"document_number":"〔2026〕12号",', ""),
        ('["执法检查","指导服务"]', '["指导服务","执法检查"]'),
        ('"town":"北留镇"', '"town":"北留镇","agent":"甲"'),
        ('"card":"甲002"', '"card":"甲002","name":"李四"'),
    ],
)
def test_what_the_file_says_of_itself_is_found_changed(
    house: House, given_out: Sequence[Path], old: str, new: str
) -> None:
    def change(parts: dict[str, bytes]) -> None:
        firm = properties_of(parts)["企业"]
        assert old in firm
        parts.update(with_properties(parts, {"企业": firm.replace(old, new)}))

    told = house.run("verify", changed(given_out[0], in_parts(change)), "--json")

    assert told.code == 1 and told.json[0]["verdict"] != "相符"


def test_what_was_left_open_may_be_filled_in(house: House, desk: Path) -> None:
    paper = Path(house.run("generate", *FIRM, *LIST, "--json").json["files"][0])
    filled = changed(paper, lambda content: _filled_in(content))

    told = house.run("verify", filled, "--json")

    assert (told.code, told.json[0]["verdict"]) == (0, "相符")


def _filled_in(content: bytes) -> bytes:
    """Written and ticked by hand, as an inspector does."""
    document = Document(io.BytesIO(content))
    for paragraph in document.paragraphs:
        label = paragraph.text.rstrip("→")
        if label in FIELDS and label != "短名":
            paragraph.add_run("张三手写")
        elif paragraph.text.startswith("用途→"):
            paragraph.runs[0].text = paragraph.text.replace("□督导检查", "√督导检查")
    written = io.BytesIO()
    document.save(written)
    assert written.getvalue() != content
    return written.getvalue()


def test_a_number_that_was_not_given_out_is_found_by_the_manifest(house: House, desk: Path) -> None:
    path = roster(desk / "名录.csv", {"文书编号": "1号"})
    house.run("batch", path, "--out", "发放", "--on", DAY)
    forged, honest = (
        house.run("generate", *FIRM, *LIST, *numbered(number), "--json").json["files"][0]
        for number in ("9号", "1号")
    )
    record = ("--manifest", desk / "发放" / "manifest.json")

    told, right = (house.run("verify", one, *record) for one in (forged, honest))

    assert told.code == 1 and "文书编号与发放记录不同：文件上是「9号」，记录是「1号」" in told.err
    assert right.code == 0


def test_a_document_without_them_says_nothing_of_an_office(house: House, desk: Path) -> None:
    made = house.run("generate", *FIRM, "--json").json["files"]

    for name in made:
        firm = json.loads(properties_of(read_parts(Path(name).read_bytes()))["企业"])
        assert firm.keys() == {"name", "code", "address", "place", "person", "phone", "facts"}


LONG = "阳城县某某某某某某某某某某某某某某某某某商贸有限公司"


@pytest.mark.parametrize(
    ("name", "short"),
    [(LONG[:24], LONG[:24]), (LONG, f"{LONG[:24]}…"), (f"{'甲' * 23} 乙丙", f"{'甲' * 23}…"), ("", "")],
)
def test_a_long_name_is_cut_for_the_heads(house: House, desk: Path, name: str, short: str) -> None:
    assert len(LONG) > 24
    made = house.run("generate", *WHO, *LIST, "--name", name, "--json").json["files"]

    assert printed_in(Path(made[0]))["短名"] == short
    assert house.run("verify", *made).code == 0


def test_a_head_with_the_short_name_agrees_with_the_file(house: House, desk: Path) -> None:
    """Of a document that cannot be made again: what its head says is held against what the file says."""
    template = desk / "现场检查表.docx"
    parts = read_parts((house.folder / "templates" / WORD).read_bytes())
    heads = [name for name in parts if name.startswith(("word/header", "word/footer"))]
    for head in heads:
        text = parts[head].decode().replace("enterprise.name_or_line", "enterprise.name_short")
        parts[head] = text.replace("enterprise.name ", "enterprise.name_short ").encode()
    template.write_bytes(zipped(parts))
    made = house.run(*("generate", *WHO, *LIST, "--name", LONG, "--template", template, "--json")).json[
        "files"
    ]

    def aged(content: bytes) -> bytes:
        inside = read_parts(content)
        custom = inside["docProps/custom.xml"].decode()
        edition = properties_of(inside)["规则版"]
        inside["docProps/custom.xml"] = custom.replace(f">{edition}<", ">9.9.9<").encode()
        for head in heads:
            inside[head] = inside[head].decode().replace(f"规则版 {edition}", "规则版 9.9.9").encode()
        return zipped(inside)

    old = changed(Path(made[0]), aged)
    wrong = changed(old, replaced(f"{LONG[:24]}…", f"{LONG[:23]}…", heads[0]))

    assert "verify-claims-differ" not in house.run("verify", old).err
    assert "verify-claims-differ" in house.run("verify", wrong).err


# ---------------------------------------------------------------- hostile texts


@pytest.fixture(scope="module")
def plates(house: House) -> Sequence[Plate]:
    """The checklist and the workbook of one list, filled once."""
    library, _ = open_library(house.folder / "rules", house.folder / "seeds")
    kind = next(iter(library.vocabulary.types))
    view = printed(checklist_for(library, Enterprise(types=(kind,), place="阳城县"), Order(TODAY)))
    return [
        make(printing_of(one, view, house.folder / "templates" / one.file)) for one in usual_documents()[:2]
    ]


LETTERS = st.characters(exclude_categories=())
TEXT = (
    st.text(LETTERS, max_size=600)
    | st.sampled_from(
        [*FORMULAS, *JINJA, *PATHS, "<&>\"'", "]]>", "甲" * 500, "\x00\x1b甲\ufffe", "\ue000town\ue001"]
    )
    | st.tuples(st.sampled_from("=+-@\t\r"), st.text(LETTERS, max_size=30)).map("".join)
)
NOT_PRINTED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\ue000\ue001\\s]")
"""What XML cannot hold or a program may tidy: control characters, halves of letters, blanks, our own marks."""


def letters(text: str) -> str:
    return NOT_PRINTED.sub("", text)


@settings(max_examples=25, deadline=None)
@given(TEXT, TEXT, TEXT, TEXT, TEXT)
def test_hostile_texts_are_harmless_in_word_excel_names_and_csv(
    plates: Sequence[Plate], agency: str, name: str, card: str, number: str, town: str
) -> None:
    office = Office(
        agency=agency, inspectors=(Inspector(name=name, card=card),), document_number=number, town=town
    )
    firm = Enterprise(name="某厂", types=("a",), office=office)
    wanted = {"检查单位": agency, "检查人员一": name, "证号一": card, "文书编号": number, "乡镇": town}

    word, book = (stamp(plate, enterprise_values(firm, "20261122-000000", ("山西省",))) for plate in plates)

    lines = [paragraph.text for paragraph in Document(io.BytesIO(word)).paragraphs]
    guide = openpyxl.load_workbook(io.BytesIO(book))["说明"]
    cells = [cell for (cell,) in guide.iter_rows(min_col=BESIDE, max_col=BESIDE) if "→" in str(cell.value)]
    for label, text in wanted.items():
        assert f"{label}→{letters(text)}" in map(letters, lines)
        assert f"{label}→{letters(text)}" in [letters(str(cell.value)) for cell in cells]
    assert all(cell.data_type in "sn" for cell in guide["I"])
    for content in (word, book):
        assert enterprise_of(properties_of(read_parts(content))["企业"], ("a",)) == firm
        assert firm_text(firm) == properties_of(read_parts(content))["企业"]
    asked = asked_of("0" * 12, None, number=number)
    assert (
        document_name("某厂", "阳城县", WORD, TODAY, asked)
        == f"某厂_阳城县_现场检查表_{DAY}_{asked[:6]}.docx"
    )
    assert re.fullmatch("[0-9a-f]{12}", asked)


CELL = st.text(st.characters(exclude_categories=("Cs",)), max_size=60) | st.sampled_from(FORMULAS)


@settings(max_examples=40, deadline=None)
@given(CELL, CELL)
def test_a_hostile_cell_of_the_roster_is_harmless_in_the_manifest(number: str, town: str) -> None:
    firm = Enterprise(
        name="某厂", types=("a",), office=Office(document_number=number.strip(), town=town.strip())
    )

    line = made_line(Entry(Position("名录.csv", 2), firm), firm, {}, ())

    (row,) = csv.reader(io.StringIO(line.table, newline=""))
    assert not [cell for cell in row if cell[:1] in "=+-@＝＋－＠" and cell]
    told = json.loads(line.entry)
    assert (told["document_number"], told["town"]) == (number.strip(), town.strip())


def test_hostile_texts_go_the_whole_road(house: House, desk: Path) -> None:
    texts = ["=cmd|' /C calc'!A0", "甲" * 500, "<b>&amp", "{{ enterprise.name }}", "../.."]
    columns = ("检查单位", "检查人员", "证号", "文书编号", "乡镇")
    path = roster(
        desk / "名录.csv",
        *({"单位名称": f"{number}厂", **dict.fromkeys(columns, text)} for number, text in enumerate(texts)),
    )

    batch = house.run("batch", path, "--out", "发放", "--on", DAY)

    assert batch.code == 0, batch.err
    for number, text in enumerate(texts):
        told = both_print(next((desk / "发放").glob(f"*/{number}厂_*")))
        assert {told[name] for name in ("检查单位", "检查人员一", "证号一", "文书编号", "乡镇")} == {text}
        assert not any(text in one.name for one in (desk / "发放").rglob("*"))
    assert house.run("verify", *(desk / "发放").rglob("*.docx")).code == 0
    assert house.run("verify", next((desk / "发放").rglob("0厂_*.xlsx"))).code == 0


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_of_the_file_fails_in_another_way_than_refusing(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("file") / "office.yaml"
    path.write_text(f"检查单位: {text}\n", "utf-8", errors="replace", newline="")

    try:
        assert read_office(path).keys() <= {"agency", "inspectors", "purposes", "town"}
    except Refused as refused:
        assert refused.problems
