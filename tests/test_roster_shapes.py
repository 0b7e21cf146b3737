"""Rosters of every office's own making: other heads, titles, two-row heads, feet, covers, what the file lacks."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.heads import COLUMNS
from checklists.models import Enterprise
from checklists.problems import Refused
from checklists.roster.given import NOTHING_GIVEN, Given, given_by
from checklists.roster.read import Entry, read_roster
from tests.rosters import vocabulary

Sheets = Sequence[tuple[str, list[list[str]], tuple[str, ...]]]


def book(path: Path, *sheets: tuple[str, list[list[str]], tuple[str, ...]]) -> Path:
    """A workbook of sheets with their rows and merged cells."""
    workbook = openpyxl.Workbook()
    for number, (name, rows, merged) in enumerate(sheets):
        sheet = workbook.create_sheet(name, number)
        for row in rows:
            sheet.append([text or None for text in row])
        for cells in merged:
            sheet.merge_cells(cells)
    workbook.remove(workbook.worksheets[-1])
    workbook.save(path)
    return path


def read(path: Path, told: Given = NOTHING_GIVEN) -> list[Entry]:
    return list(read_roster(path, vocabulary(), given=told).entries)


def firms(path: Path, told: Given = NOTHING_GIVEN) -> list[Enterprise]:
    return [entry.enterprise for entry in read(path, told) if entry.enterprise]


def lacking(path: Path, told: Given = NOTHING_GIVEN) -> list[str]:
    with pytest.raises(Refused) as caught:
        read(path, told)
    return [f"{found.code} {found.message}{found.remedy}" for found in caught.value.problems]


def options(types: Sequence[str] = (), place: str | None = None, columns: Sequence[str] = ()) -> Given:
    return given_by(vocabulary(), types, place, columns)


ROW = ["甲", "加油站", "阳城县"]


@pytest.mark.parametrize(
    "name",
    [
        "公司名称",
        "企业全称",
        "场所名称",
        "商户名称",
        "被检查单位",
        "企 业 名 称",
        "单位名称＊",
        "企业名称（必填）",
    ],
)
@pytest.mark.parametrize("kind", ["所属行业", "行业类别", "场所类型"])
@pytest.mark.parametrize("place", ["区县", "县（市、区）", "所属区域"])
def test_heads_by_their_everyday_names(tmp_path: Path, name: str, kind: str, place: str) -> None:
    rest = {
        "法人代表": "张三",
        "联系人": "李四",
        "手机号码": "138",
        "经营场所": "新建路1号",
        "乡镇": "北留镇",
        "邮箱": "a@b.cn",
    }
    path = book(tmp_path / "a.xlsx", ("表", [[name, kind, place, *rest], [*ROW, *rest.values()]], ()))

    (firm,) = firms(path)

    assert (firm.name, firm.types, firm.place) == ("甲", ("fuel-station",), "晋城市阳城县")
    assert (firm.person, firm.contact, firm.phone, firm.address) == ("张三", "李四", "138", "新建路1号")
    assert (firm.office.town, firm.email) == ("北留镇", "a@b.cn")


def test_title_rows_two_row_heads_merged_cells_feet_and_a_cover(tmp_path: Path) -> None:
    cover = [["阳城县2026年企业名录"], ["编制单位：应急管理局"]]
    rows = [
        ["阳城县重点企业一览表"],
        ["填报单位：阳城县应急管理局", "", "", "", "2026年11月"],
        ["序号", "企业名称", "类别", "属地", "负责人", "", "联系人", ""],
        ["", "", "", "", "姓名", "电话", "姓名", "职务"],
        ["一、加油站"],
        ["1", "甲站", "加油站", "阳城县", "张三", "0356-1", "李四", ""],
        ["2", "乙站", "加油站", "阳城县润城镇", "王五", "", "", ""],
        ["序号", "企业名称", "类别", "属地", "负责人", "", "联系人", ""],
        ["3", "合计酒店", "宾馆", "阳城县", "", "", "", ""],
        ["合计", "3家"],
        ["填表人：赵六", "", "审核人：钱七"],
        ["注：本表一式两份"],
    ]
    path = book(
        tmp_path / "a.xlsx",
        ("封面", cover, ()),
        ("明细", rows, ("A1:H1", "E3:F3", "G3:H3", "A3:A4", "B3:B4", "C3:C4")),
    )

    roster = read_roster(path, vocabulary())
    found = list(roster.entries)

    made = [one.enterprise for one in found if one.enterprise]
    assert [(one.name, one.person, one.phone, one.contact) for one in made] == [
        ("甲站", "张三", "0356-1", "李四"), ("乙站", "王五", "", ""), ("合计酒店", "", "", ""),
    ]  # fmt: skip
    noted = [(one.problems[0].code, one.problems[0].position.cell) for one in found if not one.enterprise]
    assert noted == [
        ("roster-heading", "A5"), ("roster-header-again", "A8"), ("roster-foot", "A10"), ("roster-foot", "A11"), ("roster-foot", "A12"),
    ]  # fmt: skip
    assert {one.position.sheet for one in found} == {"明细"}
    assert [one.code for one in roster.problems] == ["roster-sheet-unread", "roster-column-unknown"]


@pytest.mark.parametrize(
    "text",
    [
        "合计",
        "总  计",
        "合计：3家",
        "填表人：张三",
        "制表人：",
        "审核人：李四  日期：",
        "备注：无",
        "说明：一式两份",
        "小计",
    ],
)
def test_a_foot_is_no_enterprise_whatever_options_fill_in(tmp_path: Path, text: str) -> None:
    path = book(tmp_path / "a.xlsx", ("表", [["单位名称", "地址"], ["甲", "某路"], [text]], ()))

    entries = read(path, options(["加油站"], "阳城县"))

    assert [entry.enterprise.name if entry.enterprise else entry.problems[0].code for entry in entries] == [
        "甲",
        "roster-foot",
    ]


def test_a_firm_may_be_called_like_a_foot(tmp_path: Path) -> None:
    names = ["合计商贸行", "说明书印刷厂", "日期时光咖啡", "一、二、三火锅"]
    path = book(
        tmp_path / "a.xlsx",
        ("表", [["单位名称", "企业类型", "所在地"], *([name, "加油站", "阳城县"] for name in names)], ()),
    )

    assert [firm.name for firm in firms(path)] == names


# ---------------------------------------------------------------- places


@pytest.mark.parametrize(
    ("heads", "cells", "place"),
    [
        (["地市", "区县"], ["晋城市", "城区"], "晋城市城区"), (["地市", "区县"], ["晋城", "阳城"], "晋城市阳城县"),
        (["地市", "区县"], ["晋城市", ""], "晋城市"), (["所在地"], ["山西省晋城市阳城县润城镇上伏村"], "晋城市阳城县"),
        (["经营场所"], ["山西省晋城市阳城县北留镇新建路1号"], "晋城市阳城县"), (["市", "住所"], ["晋城市", "城区西街1号"], "晋城市城区"),
    ],
)  # fmt: skip
def test_a_place_is_read_from_its_columns_or_the_address(
    tmp_path: Path, heads: list[str], cells: list[str], place: str
) -> None:
    path = book(tmp_path / "a.xlsx", ("表", [["单位名称", "企业类型", *heads], ["甲", "加油站", *cells]], ()))

    assert [firm.place for firm in firms(path)] == [place]


def test_an_address_that_tells_no_county_stops_its_row_alone(tmp_path: Path) -> None:
    rows = [
        ["单位名称", "企业类型", "地址"],
        ["甲", "加油站", "新建路1号"],
        ["乙", "加油站", "阳城县新建路1号"],
    ]
    path = book(tmp_path / "a.xlsx", ("表", rows, ()))
    roster = read_roster(path, vocabulary())
    one, other = roster.entries

    assert [found.code for found in roster.problems] == ["roster-place-of-address"]
    assert one.enterprise is None
    assert [(found.code, found.position.cell) for found in one.problems] == [("place-unknown", "C2")]
    assert other.enterprise is not None and other.enterprise.place == "晋城市阳城县"


# ---------------------------------------------------------------- what the file lacks


def test_options_give_what_the_file_lacks_and_never_change_what_it_says(tmp_path: Path) -> None:
    rows = [
        ["户名", "行当", "在哪", "用气"],
        ["甲", "加油站", "沁水县", ""],
        ["乙", "", "", "是"],
        ["丙", "寺庙", "", ""],
    ]
    path = book(tmp_path / "a.xlsx", ("表", rows, ()))
    columns = ["户名=单位名称", "行当＝类型", "在哪=区县", "用气=使用燃气"]

    made = firms(path, options(["宾馆"], "阳城县", columns))
    general = firms(path, options(["通用"], "阳城县", columns))

    assert [(one.name, one.types, one.place) for one in made] == [
        ("甲", ("fuel-station",), "晋城市沁水县"), ("乙", ("hotel",), "晋城市阳城县"),
    ]  # fmt: skip
    assert made[1].facts == {"uses-gas": True}
    assert [one.types for one in general] == [
        ("fuel-station",),
        ("any-enterprise",),
        ("any-enterprise（寺庙）",),
    ]


def test_a_choice_in_the_file_takes_the_general_list(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        (
            "表",
            [["单位名称", "企业类型", "所在地"], ["甲", "通用（寺庙）", "阳城县"], ["乙", "寺庙", "阳城县"]],
            (),
        ),
    )

    one, other = read(path)

    assert one.enterprise is not None and one.enterprise.types == ("any-enterprise（寺庙）",)
    assert other.enterprise is None
    assert [(found.code, found.position.cell, found.level) for found in other.problems] == [
        ("type-offered", "B3", "error")
    ]


@pytest.mark.parametrize(
    ("heads", "code"),
    [
        (["户名", "行当"], "roster-no-header"), (["企业名称", "区县"], "roster-no-type-column"),
        (["企业名称", "类型", "员工"], "roster-no-place-column"),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_read_shows_its_heads_and_what_is_missing(
    tmp_path: Path, heads: list[str], code: str
) -> None:
    path = book(tmp_path / "a.xlsx", ("表", [["标题"], heads, ["甲", "乙", "丙"]], ()))
    told = next(found for found in lacking(path) if found.startswith(code))

    assert all(f"「{head}」" in told for head in heads)
    assert "--map" in told


@pytest.mark.parametrize(
    ("pair", "code"),
    [("户名", "map-form"), ("=单位名称", "map-form"), ("户名=", "map-form"), ("户名=没有的", "map-field")],
)
def test_a_wrong_map_is_one_message(pair: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        options(columns=[pair])

    assert [found.code for found in caught.value.problems] == [code] and caught.value.exit_code == 2


def test_a_map_of_a_head_that_is_not_there_shows_the_heads(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ("表", [["单位名称", "企业类型", "所在地"], ROW], ()))

    (told,) = lacking(path, options(columns=["户名=地址"]))

    assert told.startswith("map-head") and "「单位名称」" in told


# ---------------------------------------------------------------- any roster


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_in_any_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "a.csv"
    rows = [
        ["企业名录", "", "", ""],
        ["公司名称", "所属行业", "区县", "联系人"],
        [*ROW, "李四"],
        ["合计", "", "", ""],
    ]
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))

    assert [(firm.name, firm.contact) for firm in firms(path)] == [("甲", "李四")]


FIELDS = ("name", "types", "place", "person", "phone", "town")
_HEADS = st.fixed_dictionaries(
    {
        field: st.sampled_from(COLUMNS[field])
        for field in ("name", "types", "place", "person", "phone", "town")
    }
)
_NAMES = st.lists(st.text("甲乙丙丁戊", min_size=1, max_size=6), min_size=1, max_size=5, unique=True)


@settings(max_examples=40, deadline=None)
@given(
    _HEADS,
    _NAMES,
    st.permutations(range(6)),
    st.integers(0, 4),
    st.lists(st.sampled_from(["合计", "填表人：甲", "备注："]), max_size=2),
)
def test_every_firm_of_any_list_is_found_whatever_its_heads_order_titles_and_feet(
    heads: dict[str, str], names: list[str], order: list[int], titles: int, feet: list[str]
) -> None:
    rows = [[name, "加油站", "阳城县", f"人{name}", "138", "北留镇"] for name in names]
    table = [[row[index] for index in order] for row in ([heads[field] for field in FIELDS], *rows)]
    with tempfile.TemporaryDirectory() as folder:
        path = book(
            Path(folder) / "a.xlsx",
            (
                "表",
                [*([f"{number}月名录"] for number in range(titles)), *table, *([foot] for foot in feet)],
                (),
            ),
        )
        found = read(path)

    made = [entry.enterprise for entry in found if entry.enterprise]
    assert [(one.name, one.person, one.phone, one.office.town) for one in made] == [
        (name, f"人{name}", "138", "北留镇") for name in names
    ]
    assert len(found) == len(names) + len(feet)


_CELL = st.sampled_from(
    [
        "",
        "甲",
        "加油站",
        "阳城县",
        "企业名称",
        "类型",
        "区县",
        "合计",
        "姓名",
        "负责人",
        "电话",
        "通用（寺庙）",
        "一、",
        "=1",
        "注：",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_CELL, max_size=6), max_size=8), st.booleans())
def test_any_table_is_entries_or_problems_and_no_row_is_lost(rows: list[list[str]], helped: bool) -> None:
    told = options(["加油站"], "阳城县") if helped else NOTHING_GIVEN
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text("\n".join(",".join(row) for row in rows) + "\n", "utf-8")
        try:
            found = read(path, told)
        except Refused as refused:
            assert refused.problems
            return
    assert all(entry.enterprise or entry.problems for entry in found)
