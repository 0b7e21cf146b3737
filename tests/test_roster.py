"""Rosters as people really have them: every row is used or reported with its cell, none is lost or guessed at."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklists.data import data_folder
from checklists.heads import COLUMNS
from checklists.problems import Refused
from checklists.roster.blank import common_facts, new_roster, place_names
from checklists.roster.read import check_roster, code_is_valid, read_roster
from checklists.rules.items import load_rules
from checklists.selection.profile import looked_at
from tests.rosters import entries, opened, told, vocabulary, write_xlsx

HEAD = ["单位名称", "企业类型", "所在地"]


def names(path: Path) -> list[str]:
    return [entry.enterprise.name for entry in entries(path) if entry.enterprise]


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        list(opened(path).entries)
    return refused.value.problems[0].code


# ---------------------------------------------------------------- three formats, one meaning


TABLE = """
| 单位名称 | 统一社会信用代码   | 企业类型             | 所在地     | 地址    | 主要负责人 | 电话        | 使用燃气 | 供气方式 |
| 某某饭店 | 91140522MA0000000K | 餐饮用气单位、加油站 | 阳城县     | 新建路1号 | 张三      | 13800138000 | 是       | 瓶装     |
| 某某煤矿 |                    | 煤矿                 | 晋城市城区 |         |           |             |          |          |
"""


def as_csv(table: str) -> str:
    return "\r\n".join(
        ",".join(cell.strip() for cell in line.strip("|").split("|")) for line in table.strip().splitlines()
    )


def as_yaml(table: str) -> str:
    head, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()
    ]
    return "\n".join(
        "- " + "\n  ".join(f"{name}: {text}" for name, text in zip(head, row, strict=True) if text)
        for row in rows
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["a.csv", "a.yaml"])
def test_a_roster_is_read_in_every_encoding_that_windows_saves(
    name: str, encoding: str, tmp_path: Path
) -> None:
    text = as_csv(TABLE) if name == "a.csv" else as_yaml(TABLE)
    (tmp_path / name).write_text(text, encoding=encoding)

    first, second = [entry.enterprise for entry in entries(tmp_path / name)]

    assert first is not None and first.types == ("catering-gas-user", "fuel-station")
    assert second is not None and second.place == "晋城市城区"


def test_a_yaml_roster_whose_utf8_is_damaged_is_not_taken_for_another_encoding(tmp_path: Path) -> None:
    content = as_yaml(TABLE).encode()
    (tmp_path / "a.yaml").write_bytes(content[:40] + content[41:])

    with pytest.raises(Refused) as refused:
        list(entries(tmp_path / "a.yaml"))

    assert refused.value.problems[0].code == "file-not-utf8"
    assert "坏了" in refused.value.problems[0].message


def test_excel_csv_in_two_encodings_and_yaml_say_the_same(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", TABLE)
    (tmp_path / "b.csv").write_text(as_csv(TABLE), encoding="utf-8-sig")
    (tmp_path / "c.csv").write_text(as_csv(TABLE), encoding="gb18030")
    (tmp_path / "d.yaml").write_text(as_yaml(TABLE), encoding="utf-8")

    read = [[entry.enterprise for entry in entries(path)] for path in sorted(tmp_path.iterdir())]

    assert read[0] == read[1] == read[2] == read[3]
    first, second = read[0]
    assert first is not None and second is not None
    assert first.types == ("catering-gas-user", "fuel-station")
    assert first.facts == {"uses-gas": True, "gas-supply": "瓶装"}
    assert (first.place, second.place) == ("晋城市阳城县", "晋城市城区")
    assert second.facts == {}


def test_columns_may_stand_in_any_order_under_a_title_and_be_marked_as_required(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx",
        """
        | 阳城县企业名录 |              |               |            |
        | 县（市、区）   | 涉粉作业人数（人） | 企业类型（必填） | 单位\\n名称* |
        | 阳城县         | 30           | 加油站        | 甲站       |
        """,
    )

    found = entries(path)[0].enterprise

    assert found is not None
    assert (found.name, found.place, found.facts) == ("甲站", "晋城市阳城县", {"dust-workers": 30})


def test_every_type_can_be_written_with_its_own_name_and_every_alias(tmp_path: Path) -> None:
    wanted = [(word, kind.id) for kind in vocabulary().types.values() for word in (kind.name, *kind.aliases)]
    path = write_xlsx(tmp_path / "a.xlsx", [HEAD, *([word, word, "山西省"] for word, _ in wanted)])

    read = [entry.enterprise.types if entry.enterprise else () for entry in entries(path)]

    assert [types[:1] for types in read] == [(kind,) for _, kind in wanted]
    assert all(len(types) == 1 for types in read)


@pytest.mark.parametrize("between", ["、", "，", ",", "；", "/", "\n", " ", " 、 "])
def test_types_are_parted_by_what_people_put_between_them(tmp_path: Path, between: str) -> None:
    text = f"加油站{between}多合一（三合一、下店上宅）场所"
    path = write_xlsx(tmp_path / "a.xlsx", [HEAD, ["甲", text, "阳城县"]])

    found = entries(path)[0].enterprise

    assert found is not None and found.types[0] == "fuel-station" and len(found.types) == 2


# ---------------------------------------------------------------- hostile names


HOSTILE = [
    'A/B\\C:D*E?"F"<G>|H',
    "上行\n下行",
    "𠮷野家𣲘煤矿",
    "烤鸭🦆店👨‍👩‍👧",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(A1)",
    "-甲",
    "名" * 300,
    "CON",
    "..",
    "'单引号'",
    "&lt;b&gt;<b>",
    "{{ enterprise.name }}{% for %}",
    "甲_x000D_乙",
    "\u202e反写",
]


def test_a_hostile_name_is_taken_as_it_stands(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEAD, *([name, "加油站", "阳城县"] for name in HOSTILE)])

    wanted = [name.replace("\n", " ").replace("_x000D_", " ") for name in HOSTILE]
    assert names(path) == wanted


def test_blanks_around_a_text_are_no_part_of_it(tmp_path: Path) -> None:
    row = ["␣", "\u3000甲 站\u00a0", " 加油站\u200b ", "\t阳城县 "]
    path = write_xlsx(tmp_path / "a.xlsx", [["", *HEAD], [cell.strip("␣") for cell in row]])

    found = entries(path)[0]

    assert found.enterprise is not None and found.enterprise.name == "甲 站" and found.problems == ()


def test_a_very_long_name_is_told_and_used(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEAD, ["名" * 300, "加油站", "阳城县"]])

    entry = entries(path)[0]

    assert entry.enterprise is not None and told(entry) == ["A2 roster-name-long"]


# ---------------------------------------------------------------- what is wrong with a row, and what becomes of it


@pytest.mark.parametrize(
    ("row", "problem", "used"),
    [
        (["", "加油站", "阳城县"], "A2 roster-no-name", False),
        (["甲", "", "阳城县"], "B2 roster-no-type", False),
        (["甲", "加油戦", "阳城县"], "B2 type-unknown", False),
        (["甲", "加油站、加油戦", "阳城县"], "B2 type-unknown", False),
        (["甲", "加油站", ""], "C2 roster-no-place", False),
        (["甲", "加油站", "阳城线"], "C2 place-unknown", False),
        (["甲", "加油站", "城区"], "C2 place-ambiguous", False),
        (["甲", "加油站", "河南省"], "C2 place-elsewhere", False),
        (["甲", "加油站", "晋城市阳成县"], "C2 place-city-only", False),
        (["甲", "加油站", "洛阳市"], "C2 place-elsewhere", False),
        (["甲", "加油站", "阳城县", "三十"], "D2 fact-value", True),
        (["甲", "加油站", "阳城县", "-1"], "D2 fact-value", True),
        (["甲", "加油站", "阳城县", "1e400"], "D2 fact-value", True),
        (["甲", "加油站", "阳城县", "", "也许"], "E2 fact-value", True),
        (["甲", "加油站", "阳城县", "", "", "气罐"], "F2 fact-value", True),
        (["甲", "加油站", "阳城县", "", "", "", "9114"], "G2 roster-code-wrong", True),
        (["甲", "加油站", "阳城县", "", "", "", "91140522MA0000000L"], "G2 roster-code-wrong", True),
        (["甲", "加油站", "阳城县", "", "", "", 911405220000000000], "G2 roster-number-long", True),
        (["甲", "加油站", "阳城县", "{=A1}"], "D2 roster-formula-empty", True),
        (["{=A1}", "加油站", "阳城县"], "A2 roster-formula-empty", False),
        (["甲", "加油站", "阳城县", "", "", "", "", "多出来的"], "H2 roster-row-longer", True),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_and_the_row_used_where_it_can_be(
    tmp_path: Path, row: list[object], problem: str, used: bool
) -> None:
    head = [*HEAD, "涉粉作业人数", "使用燃气", "供气方式", "统一社会信用代码"]
    path = write_xlsx(tmp_path / "a.xlsx", [head, row, ["乙", "加油站", "阳城县"]])

    wrong, right = entries(path)

    assert problem in told(wrong)
    assert (wrong.enterprise is not None) is used
    assert right.enterprise is not None and right.problems == ()
    outcome = ("本行", "这一格", "这一行", "本属性")
    assert all(any(words in found.message for words in outcome) for found in wrong.problems)


def test_an_unknown_type_is_told_with_the_nearest_name_each_time_it_stands(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEAD, *([f"甲{n}", "加油战", "阳城县"] for n in range(3))])

    found = [entry.problems[0] for entry in entries(path)]

    assert [one.position.cell for one in found] == ["B2", "B3", "B4"]
    assert all("「加油站」" in one.remedy and one.level == "error" for one in found)


def test_an_impossible_fact_stays_unknown(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [[*HEAD, "使用燃气"], ["甲", "加油站", "阳城县", "大概"]])

    found = entries(path)[0].enterprise

    assert found is not None and found.facts == {}


def test_an_answer_that_the_type_settles_otherwise_is_told_at_its_cell(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [[*HEAD, "使用燃气"], ["甲", "餐饮用气单位", "阳城县", "否"]])

    entry = entries(path)[0]

    assert entry.enterprise is not None
    assert [(found.code, found.level, found.position.cell) for found in entry.problems] == [
        ("fact-settled", "warning", "D2")
    ]


def test_the_second_row_of_an_enterprise_is_not_used_and_told_which_the_first_is(tmp_path: Path) -> None:
    code = "91140522MA0000000K"
    rows = [
        ["甲", "加油站", "阳城县", code, ""],
        ["乙", "加油站", "阳城县", f" {code.lower()} ", ""],
        ["丙", "加油站", "晋城市阳城县", "", "北街"],
        ["丙", "酒店", "阳城县", "无", "北街"],
        ["丙", "加油站", "阳城县", "", "南街"],
        ["丙", "加油站", "阳城县", "", "南街"],
    ]
    path = write_xlsx(tmp_path / "a.xlsx", [[*HEAD, "信用代码", "地址"], *rows])

    report = check_roster(path, vocabulary())

    told = {found.position.cell: found for found in report.problems if found.code != "roster-code-wrong"}
    assert {cell: (found.code, found.level) for cell, found in told.items()} == {
        "A3": ("roster-code-twice", "error"),
        "A5": ("roster-firm-twice", "error"),
        "A7": ("roster-row-again", "warning"),
    }
    assert [
        "第 2 行" in told["A3"].message,
        "第 4 行" in told["A5"].message,
        "第 6 行" in told["A7"].message,
    ] == [True] * 3
    assert (report.usable, report.unusable) == (3, 2)


def test_numbers_as_texts_and_texts_as_numbers_are_read_alike(tmp_path: Path) -> None:
    rows = [
        ["甲", "加油站", "阳城县", value, 13800138000] for value in (30, "30", "30人", 30.0, "３０", " 30 ")
    ]
    path = write_xlsx(tmp_path / "a.xlsx", [[*HEAD, "涉粉作业人数", "电话"], *rows])

    found = [entry.enterprise for entry in entries(path)]

    assert all(one is not None and one.facts == {"dust-workers": 30} for one in found)
    assert all(one is not None and one.phone == "13800138000" for one in found)


def test_a_date_where_a_number_belongs_is_told_as_the_date_it_shows(tmp_path: Path) -> None:
    day = datetime.datetime(2026, 3, 1)
    path = write_xlsx(
        tmp_path / "a.xlsx", [[*HEAD, "涉粉作业人数", "主要负责人"], ["甲", "加油站", "阳城县", day, day]]
    )

    entry = entries(path)[0]

    assert told(entry) == ["D2 fact-value"] and "2026-03-01" in entry.problems[0].message
    assert entry.enterprise is not None and entry.enterprise.person == "2026-03-01"


def test_a_cell_with_an_error_value_counts_as_empty_and_is_told(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [[*HEAD, "涉粉作业人数"], ["甲", "加油站", "阳城县", "x"]])
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["D2"].value = "#N/A"
    book.worksheets[0]["D2"].data_type = "e"
    book.save(path)

    entry = entries(path)[0]

    assert told(entry) == ["D2 roster-cell-error"] and entry.enterprise is not None


# ---------------------------------------------------------------- the sheet's own traps


def test_a_merged_place_holds_for_the_rows_it_covers_and_is_told(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx",
        """
        | 单位名称 | 企业类型 | 所在地 |
        | 甲       | 加油站   | 阳城县 |
        | 乙       | 加油站   |        |
        | 丙       | 加油站   |        |
        | 丁       | 加油站   |        |
        """,
        merged=["C2:C4"],
    )

    found = entries(path)

    assert [entry.enterprise and entry.enterprise.place for entry in found] == ["晋城市阳城县"] * 3 + [None]
    assert [told(entry) for entry in found] == [
        [],
        ["C3 roster-cell-merged"],
        ["C4 roster-cell-merged"],
        ["C5 roster-no-place"],
    ]


def test_a_merged_name_makes_no_second_enterprise(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx", [HEAD, ["甲", "加油站", "阳城县"], ["", "酒店", "阳城县"]], merged=["A2:A3"]
    )

    assert [told(entry) for entry in entries(path)] == [[], ["A3 roster-no-name"]]


def test_a_hidden_row_is_used_and_told(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx", [HEAD, ["甲", "加油站", "阳城县"], ["乙", "加油站", "阳城县"]], hidden=[2]
    )

    first, second = entries(path)

    assert told(first) == ["A2 roster-row-hidden"] and first.enterprise is not None and second.problems == ()


def test_a_head_row_printed_again_is_passed_over_and_told(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx", [HEAD, ["甲", "加油站", "阳城县"], HEAD, ["乙", "加油站", "阳城县"]]
    )

    found = entries(path)

    assert names(path) == ["甲", "乙"]
    assert told(found[1]) == ["A3 roster-header-again"] and found[1].problems[0].level == "warning"


def test_a_head_of_two_rows_gives_the_facts_below_the_common_head(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx",
        """
        | 单位名称 | 企业类型 | 所在地 | 企业属性 |      |
        |          |          |        | 使用燃气 | 电梯 |
        | 甲       | 酒店     | 阳城县 | 是       | 否   |
        """,
        merged=["A1:A2", "B1:B2", "C1:C2", "D1:E1"],
    )

    roster = opened(path)
    found = [entry.enterprise for entry in roster.entries]

    assert roster.problems == ()
    assert [one.facts for one in found if one] == [{"uses-gas": True, "lifts": False}]


def test_thousands_of_empty_rows_after_the_last_are_nothing(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEAD, ["甲", "加油站", "阳城县"]])
    book = openpyxl.load_workbook(path)
    for row in range(3, 8000):
        for column in range(1, 4):
            book.worksheets[0].cell(row, column).number_format = "@"
    book.worksheets[0].cell(9000, 1).value = "   "
    book.save(path)

    roster = opened(path)

    assert len(list(roster.entries)) == 1 and roster.count <= 2


def test_empty_rows_between_others_are_passed_over(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx", [HEAD, [], ["甲", "加油站", "阳城县"], [], [], ["乙", "加油站", "阳城县"]]
    )

    assert [entry.position.cell for entry in entries(path)] == ["A3", "A6"]


def test_a_sheet_that_is_not_read_is_told(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEAD, ["甲", "加油站", "阳城县"]], title="城关镇")
    book = openpyxl.load_workbook(path)
    book.create_sheet("北留镇")
    book.save(path)

    assert [(one.code, one.position.sheet) for one in opened(path).problems] == [
        ("roster-sheet-unread", "北留镇")
    ]


def test_a_column_that_means_nothing_is_told_with_the_nearest_head(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx", [["序号", *HEAD, "使用然气"], ["1", "甲", "加油站", "阳城县", "是"]]
    )

    (found,) = opened(path).problems

    assert found.position.cell == "E1" and "「使用燃气」" in found.remedy


def test_a_workbook_of_another_program_is_read(tmp_path: Path) -> None:
    """Prefixed names, no references on rows and cells, shared rich texts with their pronunciation, a boolean."""
    texts = ["单位名称", "企业类型", "所在地", "使用燃气", "加油站", "阳城县"]
    shared = "".join(f"<x:si><x:t>{text}</x:t></x:si>" for text in texts)
    shared += "<x:si><x:r><x:t>甲</x:t></x:r><x:r><x:t>站</x:t></x:r><x:rPh><x:t>jia</x:t></x:rPh></x:si>"
    cells = "".join(f'<x:c t="s"><x:v>{number}</x:v></x:c>' for number in (6, 4, 5))
    head = "".join(f'<x:c t="s"><x:v>{number}</x:v></x:c>' for number in range(4))
    rows = f'<x:row>{head}</x:row><x:row>{cells}<x:c t="b"><x:v>1</x:v></x:c></x:row>'
    main = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    bound = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{bound}"><Relationship Id="a" Type="{office}/officeDocument" '
        'Target="/xl/book.xml"/></Relationships>',
        "xl/book.xml": f'<x:workbook {main} xmlns:r="{office}"><x:sheets><x:sheet name="表" r:id="b"/></x:sheets>'
        "</x:workbook>",
        "xl/_rels/book.xml.rels": f'<Relationships xmlns="{bound}"><Relationship Id="b" Type="{office}/worksheet" '
        f'Target="one.xml"/><Relationship Id="c" Type="{office}/sharedStrings" Target="words.xml"/></Relationships>',
        "xl/one.xml": f"<x:worksheet {main}><x:sheetData>{rows}</x:sheetData></x:worksheet>",
        "xl/words.xml": f"<x:sst {main}>{shared}</x:sst>",
    }
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)

    (entry,) = entries(tmp_path / "a.xlsx")

    assert entry.enterprise is not None and entry.problems == ()
    assert (entry.enterprise.name, entry.enterprise.facts) == ("甲站", {"uses-gas": True})
    assert entry.position.cell == "A2"


def repacked(path: Path, part: str, old: bytes, new: bytes) -> bytes:
    target = path.with_suffix(".new")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            content = source.read(name)
            assert name != part or old in content
            made.writestr(name, content.replace(old, new) if name == part else content)
    return target.read_bytes()


# ---------------------------------------------------------------- sheets that lie or have no end


def with_rows(path: Path, xml: str, *, before: str = "</sheetData>") -> Path:
    """The roster with XML put in before the end of its rows, or before what ``before`` says."""
    path.write_bytes(repacked(path, "xl/worksheets/sheet1.xml", before.encode(), (xml + before).encode()))
    return path


def text_row(number: int, *texts: str, first: str = "A") -> str:
    cells = "".join(
        f'<c r="{chr(ord(first) + at)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for at, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}</row>'


@pytest.fixture
def one_firm(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "a.xlsx", [HEAD, ["甲", "加油站", "阳城县"]])


@pytest.mark.parametrize("cell", ["ZZZZZZ2", "XFE2", "A1048577", "A99999999999999999999", "A0", "甲2"])
def test_a_cell_that_no_sheet_has_costs_its_own_row(one_firm: Path, cell: str) -> None:
    number = "".join(filter(str.isdigit, cell)) if cell[0] == "A" else "3"
    odd = f'<row r="{number}"><c r="{cell}"><v>1</v></c></row>'
    path = with_rows(one_firm, odd + text_row(4, "乙", "加油站", "阳城县"))

    first, wrong, last = entries(path)

    assert (first.enterprise and first.enterprise.name, last.enterprise and last.enterprise.name) == (
        "甲",
        "乙",
    )
    assert [found.code for found in wrong.problems] == ["roster-cell-outside"] and wrong.enterprise is None


def test_a_cell_in_the_last_corner_is_read_at_once(one_firm: Path) -> None:
    path = with_rows(one_firm, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')

    first, far = entries(path)

    assert first.enterprise is not None and "XFD1048576 roster-row-longer" in told(far)


def test_a_hundred_thousand_formatted_rows_hide_no_firm_below_them(one_firm: Path) -> None:
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(3, 100_003))
    path = with_rows(
        one_firm, empty + text_row(200_000, "乙", "加油站", "阳城县") + empty.replace('r="', 'r="9')
    )

    roster = opened(path)

    assert [entry.position.cell for entry in roster.entries] == ["A2", "A200000"]
    assert roster.count <= 3


@pytest.mark.parametrize(
    "xml",
    [
        "<!-- <row><c><v>1</v></c></row> -->",
        "<?note <row>?>",
        '<row><c t="inlineStr"><is><t><![CDATA[<row></row><v>]]></t></is></c></row>',
        '<row spans="1:3" ht="20"/>',
    ],
)
def test_marks_within_comments_and_texts_hide_no_row(one_firm: Path, xml: str) -> None:
    assert "乙" in names(with_rows(one_firm, xml + text_row(9, "乙", "加油站", "阳城县")))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</sheetData>", ""),
        ("</worksheet>", ""),
        ("</worksheet>", "</worksheet><x/>"),
        ("</sheetData>", "</sheetData><x>"),
        ("<sheetData>", "<!DOCTYPE x [<!ENTITY e 'y'>]><sheetData>"),
    ],
)
def test_a_sheet_that_ends_wrong_is_refused(one_firm: Path, old: str, new: str) -> None:
    one_firm.write_bytes(repacked(one_firm, "xl/worksheets/sheet1.xml", old.encode(), new.encode()))

    assert refusal(one_firm) == "file-unreadable"


def test_a_definition_of_entities_is_refused(one_firm: Path) -> None:
    dtd = "<!DOCTYPE worksheet [<!ENTITY e 'y'>]><worksheet "
    one_firm.write_bytes(repacked(one_firm, "xl/worksheets/sheet1.xml", b"<worksheet ", dtd.encode()))

    assert refusal(one_firm) == "file-unreadable"


@pytest.mark.parametrize(
    ("xml", "before"),
    [
        ("<x/>" * 400_000, "<sheetData>"),
        ("<x/>" * 400_000, "</sheetData>"),
        ("<c><v>1</v></c>" * 100_000, "</row>"),
        ("x" * (17 << 20), "</worksheet>"),
    ],
)
def test_what_stands_between_rows_may_not_grow_without_end(one_firm: Path, xml: str, before: str) -> None:
    assert refusal(with_rows(one_firm, xml, before=before)) == "file-too-big"


def test_a_million_merged_cells_are_too_many(one_firm: Path) -> None:
    merged = "".join(f'<mergeCell ref="A{n}:A{n + 1}"/>' for n in range(1, 300_000, 2))

    assert (
        refusal(with_rows(one_firm, f"<mergeCells>{merged}</mergeCells>", before="</worksheet>"))
        == "file-too-big"
    )


def test_a_text_number_that_is_not_there_is_damage_and_none_of_another_row(tmp_path: Path) -> None:
    for number in ("-1", "99999", "x"):
        path = write_xlsx(tmp_path / "a.xlsx", [HEAD, ["甲", "加油站", "阳城县"]])
        with_rows(path, f'<row r="3"><c r="A3" t="s"><v>{number}</v></c></row>')

        assert refusal(path) == "file-unreadable"


def test_a_number_that_is_none_is_told_at_its_cell(one_firm: Path) -> None:
    path = with_rows(
        one_firm, text_row(3, "乙", "加油站", "阳城县").replace("</row>", '<c r="D3"><v>abc</v></c></row>')
    )

    assert told(entries(path)[1]) == ["D3 roster-cell-error"]


# ---------------------------------------------------------------- places and facts are never swallowed


def test_a_roster_without_places_is_stopped_as_a_whole(tmp_path: Path) -> None:
    for path in (
        write_xlsx(tmp_path / "a.xlsx", [["单位名称", "企业类型"], ["甲", "加油站"]]),
        tmp_path / "b.csv",
    ):
        if path.suffix == ".csv":
            path.write_text("单位名称,企业类型\n甲,加油站\n", encoding="utf-8")

        assert refusal(path) == "roster-no-place-column"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("阳城", "晋城市阳城县"),
        ("阳城县北留镇", "晋城市阳城县"),
        ("山西省晋城市阳城县某村", "晋城市阳城县"),
        ("山西省", "山西省"),
    ],
)
def test_a_place_is_read_as_people_write_it(tmp_path: Path, text: str, place: str) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEAD, ["甲", "加油站", text]])

    (entry,) = entries(path)

    assert entry.problems == () and entry.enterprise is not None and entry.enterprise.place == place


def test_a_fact_that_no_item_of_the_types_asks_is_told_once_for_each_types(tmp_path: Path) -> None:
    looking = looked_at(load_rules(data_folder("rules"), vocabulary())[0].items, ())
    rows = [
        [f"甲{n}", kind, "阳城县", "800", "是"]
        for n, kind in enumerate(["加油站", "加油站", "井工煤矿", "酒店"])
    ]
    path = write_xlsx(tmp_path / "a.xlsx", [[*HEAD, "采深", "使用燃气"], *rows])

    found = [told(entry) for entry in read_roster(path, vocabulary(), looking).entries]

    assert found == [["D2 fact-unused"], [], [], ["D5 fact-unused"]]


# ---------------------------------------------------------------- files that are no roster


def test_a_file_that_is_no_roster_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "locked.xlsx").write_bytes(b"\xd0\xcf\x11\xe0" * 200)
    (tmp_path / "torn.csv").write_bytes(b"\x81\x20\xff\xff")
    (tmp_path / "text.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    (tmp_path / "map.yaml").write_text("单位名称: 甲\n", encoding="utf-8")

    codes = {path.name: refusal(path) for path in sorted(tmp_path.iterdir())}

    assert codes == {
        "locked.xlsx": "file-unreadable",
        "map.yaml": "roster-yaml-form",
        "old.xls": "roster-ending",
        "text.csv": "roster-no-header",
        "torn.csv": "file-unreadable",
    }
    assert refusal(tmp_path / "none.xlsx") == "file-missing"


def test_a_workbook_that_breaks_off_is_refused_when_the_break_is_reached(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEAD, *([f"甲{n}", "加油站", "阳城县"] for n in range(50))])
    path.write_bytes(repacked(path, "xl/worksheets/sheet1.xml", b"</sheetData>", b"</sheet"))

    assert refusal(path) == "file-unreadable"


def test_the_same_head_twice_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [[*HEAD, HEAD[0]], ["甲", "加油站", "阳城县", "乙"]])

    assert refusal(path) == "roster-column-twice"


def test_of_two_heads_that_mean_one_field_the_usual_one_is_taken_and_the_other_told(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["公司名称", *HEAD], ["乙", "甲", "加油站", "阳城县"]])

    roster = opened(path)
    (entry,) = roster.entries

    assert [(found.code, found.position.cell) for found in roster.problems] == [("roster-column-spare", "A1")]
    assert entry.enterprise is not None and entry.enterprise.name == "甲"


# ---------------------------------------------------------------- CSV and YAML


def test_a_quote_that_does_not_match_costs_its_own_line_only(tmp_path: Path) -> None:
    lines = [
        "单位名称,企业类型,所在地",
        '"老字号"饭店,加油站,阳城县',
        "甲,加油站,阳城县",
        '"未完,加油站,阳城县',
    ]
    lines += [f"乙{n},加油站,阳城县" for n in range(100)]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")

    found = entries(tmp_path / "a.csv")

    assert [told(entry) for entry in found if not entry.enterprise] == [
        ["2 roster-csv-quote"],
        ["4 roster-csv-quote"],
    ]
    assert len(found) == 103 and [entry.position.line for entry in found] == list(range(2, 105))


def test_a_quoted_line_break_in_csv_keeps_the_lines_counted(tmp_path: Path) -> None:
    text = '单位名称,企业类型,所在地\n"甲\n店",加油站,阳城县\n\n乙,加油站,阳城县\n'
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")

    found = entries(tmp_path / "a.csv")

    assert [(entry.position.line, entry.enterprise.name) for entry in found if entry.enterprise] == [
        (2, "甲 店"),
        (5, "乙"),
    ]


def test_a_csv_may_be_parted_by_tabs_and_hold_nothing_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("单位名称\t企业类型\t所在地\n甲\0,乙\t加油站\t阳城县\n", encoding="utf-8")

    assert names(tmp_path / "a.csv") == ["甲,乙"]


def test_an_entry_of_yaml_that_is_no_enterprise_costs_itself_only(tmp_path: Path) -> None:
    text = "- 单位名称: 甲\n  企业类型: [加油站, 酒店]\n  所在地: 阳城县\n- 乙\n"
    text += "- 单位名称: 丙\n  企业类型: 加油站\n  所在地: 阳城县\n  使用燃气: true\n"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")

    first, second, third = entries(tmp_path / "a.yaml")

    assert first.enterprise is not None and len(first.enterprise.types) == 2
    assert second.enterprise is None and told(second) == ["4 roster-yaml-row"]
    assert third.enterprise is not None and third.enterprise.facts == {"uses-gas": True}


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.text(max_size=200), st.sampled_from(["a.csv", "b.yaml"]))
def test_no_text_makes_reading_fail_in_another_way_than_refusing(
    tmp_path: Path, text: str, name: str
) -> None:
    path = tmp_path / name
    path.write_text("单位名称,企业类型\n" + text, encoding="utf-8", errors="replace", newline="")

    try:
        found = entries(path)
    except Refused as refused:
        assert refused.problems
    else:
        assert all(entry.enterprise or entry.problems for entry in found)


# ---------------------------------------------------------------- codes


def test_the_check_letter_of_a_code_is_reckoned_by_the_standard() -> None:
    assert code_is_valid("91350100M000100Y43")  # the example of GB 32100-2015, appendix
    assert not code_is_valid("91350100M000100Y44")
    assert not code_is_valid("91350100M000100YO3")
    assert not code_is_valid("91350100M000100Y4")


# ---------------------------------------------------------------- the empty roster and the report


def test_a_new_roster_reads_back_with_all_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(new_roster(vocabulary()))
    book = openpyxl.load_workbook(path)
    sheet = book["企业名录"]
    heads = [cell.value for cell in sheet[1]]
    sheet.append(["甲", "加油站", "阳城县", "91140522MA0000000K"])
    book.save(path)

    roster = opened(path)
    (entry,) = roster.entries

    assert roster.problems == () and entry.problems == () and entry.enterprise is not None
    facts = [vocabulary().facts[name].name for name in common_facts(vocabulary())]
    assert (
        heads
        == [
            names[0]
            for names in (
                COLUMNS[key] for key in ("name", "types", "place", "code", "address", "person", "phone")
            )
        ]
        + ["乡镇／街道", "检查单位", "检查人员", "证号", "文书编号", "用途"]
        + facts
    )


def test_the_drop_downs_of_a_new_roster_offer_what_the_reader_takes(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(new_roster(vocabulary()))
    book = openpyxl.load_workbook(path)
    rules = {
        min(one.min_col for one in rule.sqref.ranges): rule
        for rule in book["企业名录"].data_validations.dataValidation
    }
    options = book["选项"]

    def offered(column: int) -> list[str]:
        last = int(rules[column].formula1.rpartition("$")[2])
        return [options.cell(row, column).value for row in range(2, last + 1)]

    assert book["选项"].sheet_state == "hidden"
    assert offered(2) == [kind.name for kind in vocabulary().types.values()]
    assert offered(3) == list(place_names(vocabulary()))
    rows = [["甲", "加油站", place] for place in place_names(vocabulary())]
    assert all(entry.problems == () for entry in entries(write_xlsx(tmp_path / "b.xlsx", [HEAD, *rows])))
    assert offered(13) == ["执法检查", "督导检查", "指导服务", "企业自查"]
    for column in range(14, 14 + len(common_facts(vocabulary()))):
        fact = vocabulary().facts[common_facts(vocabulary())[column - 14]]
        assert fact.kind == "number" or offered(column) == list(fact.choices or ("是", "否"))


def test_a_report_counts_what_can_be_used_and_what_cannot(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx",
        [HEAD, ["甲", "加油站", "阳城县"], HEAD, ["", "加油站", ""], ["乙", "?", "阳城县"]],
    )

    report = check_roster(path, vocabulary())

    assert (report.usable, report.unusable) == (1, 2)


def test_a_roster_without_enterprises_is_told(tmp_path: Path) -> None:
    report = check_roster(write_xlsx(tmp_path / "a.xlsx", [HEAD]), vocabulary())

    assert [found.code for found in report.problems] == ["roster-empty"]
