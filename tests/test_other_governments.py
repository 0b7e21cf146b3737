"""Notices as other provinces, ministries and counties print them: what of them was once read wrongly, in small."""

from __future__ import annotations

from pathlib import Path

import pytest

from checklists.models import Notice
from checklists.notices.clauses import Reading, read_notice
from checklists.notices.losses import FURNITURE
from checklists.notices.pdf_columns import Columns, by_columns
from checklists.notices.pdf_lines import Printed
from checklists.notices.source import source_of


def read(*lines: str) -> Reading:
    text = "\n".join(lines) + "\n"
    notice = Notice(
        id="some-2027",
        title="某通知",
        issuer="某县人民政府办公室",
        place="阳城县",
        year=2027,
        file="some-2027.txt",
        lines=(1, len(lines)),
        wrapped=False,
    )
    return read_notice(notice, text)[0]


def paths(*lines: str) -> list[str]:
    return [one.path for one in read(*lines).clauses]


def page(folder: Path, body: str) -> tuple[list[str], dict[str, str], str]:
    """Lines of a page, what it says of the notice, and what was left as the site's own."""
    path = folder / "page.html"
    path.write_text(f"<html><head><meta charset=utf-8></head><body>{body}</body></html>", "utf-8")
    source = source_of(path)
    return source.text.strip().split("\n\n"), source.told, "".join(source.losses.texts.get(FURNITURE, ()))


# ---------------------------------------------------------------- parts and numbers


def test_several_plans_that_a_letter_hands_on_are_read_apart_without_a_number_of_their_own() -> None:
    found = paths(
        "关于印发《某县排查方案》《某县宣传方案》的通知",
        "各乡镇人民政府：",
        "现将《某县排查方案》《某县宣传方案》印发给你们。",
        "某县人民政府办公室",
        "2027年4月26日",
        "某县排查方案",
        "为做好排查，制定本方案。",
        "一、排查加油站。",
        "二、排查餐馆。",
        "某县宣传方案",
        "一、宣传到户。",
    )

    assert found == ["前言", "某县排查方案", "某县排查方案/一", "某县排查方案/二", "某县宣传方案/一"]


def test_one_plan_is_read_with_its_letter_and_a_name_in_the_text_begins_none() -> None:
    found = paths(
        "关于印发《某县排查方案》的通知",
        "各乡镇人民政府：",
        "现将《某县排查方案》印发给你们，同时废止《某县宣传方案》。",
        "某县人民政府办公室",
        "2027年4月26日",
        "某县排查方案",
        "一、排查加油站。",
        "二、落实《某县宣传方案》。",
    )

    assert found == ["前言", "一", "二"]


def test_whole_numbers_without_a_point_stand_over_those_with_one() -> None:
    found = paths(
        "某市矿山事故应急预案",
        "1 总则",
        "1.1 编制目的",
        "做好救援。",
        "1.2 适用范围",
        "下列情形适用本预案：",
        "1.死亡三人以上；",
        "2.需要市里处置。",
        "2 组织指挥",
        "2.1 指挥部",
        "市长任总指挥。",
    )

    assert found == ["1/1.1", "1/1.2", "1/1.2/1", "1/1.2/2", "2/2.1"]


def test_points_stand_where_they_stood_when_nothing_dotted_is_above_them() -> None:
    assert paths("某市通知", "一、甲", "1.做甲。", "2.做乙。", "二、乙", "1.做丙。") == [
        "一/1",
        "一/2",
        "二/1",
    ]
    assert paths("某市通知", "1.甲", "1.1必须做甲。", "2.必须做乙。") == ["1/1.1", "2"]


def test_a_paragraph_of_firstly_and_secondly_is_two_clauses() -> None:
    reading = read("某市通知", "一、整治标准", "一是通道畅通。门不上锁。二是器材齐全；三是有人值守。")

    assert [(one.path, one.text) for one in reading.clauses] == [
        ("一/一是", "通道畅通。门不上锁。"),
        ("一/二是", "器材齐全；"),
        ("一/三是", "有人值守。"),
    ]
    (whole,) = read("某市通知", "一、一是通道畅通，只此一是。").clauses
    assert whole.text.endswith("只此一是。")


def test_whom_to_call_stands_beside_the_notice() -> None:
    reading = read(
        "某通知",
        "各乡镇：",
        "一、必须检查。",
        "某县人民政府办公室",
        "2027年1月3日",
        "（联系人：李某，电话：0755-83780000）",
        "主题词：安全　通知",
        "抄 送：总办、各部门",
        "某某公司工程部2027年1月3日",
        "（共印120份）",
    )

    assert [one.path for one in reading.clauses] == ["一"]


# ---------------------------------------------------------------- pages


def test_what_portals_of_laws_print_around_a_notice_is_theirs(tmp_path: Path) -> None:
    lines, told, left = page(
        tmp_path,
        "<p>扫描二维码 分享好友和朋友圈</p><p>放大字体  缩小字体 2027-02-08 来源:某委 浏览次数:494</p><p>核心提示:某要点。</p>"
        "<table><tr><td>发布单位<td>某省安全生产委员会<tr><td>发布文号<td>某安〔2027〕1号<tr><td>有效性状态<td><td>废止日期<td>暂无</table>"
        "<p>4. 【失效时间】</p><p>5. 【颁布单位】某市政府</p>"
        "<p>一、必须检查。</p><p>[ 加入收藏 ] [ 打印本文 ]</p><p>--结束--</p><p>- 12px</p>",
    )

    assert lines == ["一、必须检查。"]
    assert (told["issuer"], told["number"]) == ("某省安全生产委员会", "某安〔2027〕1号")
    assert "颁布单位" in left and "打印本文" in left


def test_a_page_that_is_one_line_is_cut_at_the_blanks_of_its_paragraphs(tmp_path: Path) -> None:
    duty = "每周检查一次，查出的隐患当天登记、当天报告、限期整改，整改不了的停止作业。" * 3
    lines, _, _ = page(
        tmp_path, f"<div>某厅通知　　各市：　　一、{duty}　　二、{duty}　　某厅　　2027年11月15日</div>"
    )

    assert lines == ["某厅通知", "各市：", f"一、{duty}", f"二、{duty}", "某厅", "2027年11月15日"]
    assert page(tmp_path, "<p>甲局　　乙局　　丙局　　丁局</p>")[0] == ["甲局 乙局 丙局 丁局"]


# ---------------------------------------------------------------- letters of a PDF


def pdf(folder: Path, *lines: list[tuple[str, str]]) -> Path:
    """A PDF whose lines are runs of a font (F1 high, F2 low on its line) and a text, every letter a square of 16 points."""
    shown = "".join(
        f"BT 1 0 0 1 60 {750 - 24 * at} Tm "
        + "".join(f"/{font} 16 Tf <{text.encode('utf-16-be').hex()}> Tj " for font, text in runs)
        + "ET\n"
        for at, runs in enumerate(lines)
    )
    fonts = [
        f"<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
        f"/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor<</Type"
        f"/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 {low} 1000 {high}]/Ascent {high}/Descent {low}>>>>]>>"
        for high, low in ((880, -120), (150, -850))
    ]
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>>>",
        f"<</Length {len(shown)}>>\nstream\n{shown}endstream",
        *fonts,
    ]
    written = "%PDF-1.4\n"
    for number, one in enumerate(objects, start=1):
        written += f"{number} 0 obj\n{one}\nendobj\n"
    path = folder / "notice.pdf"
    path.write_text(f"{written}trailer\n<</Root 1 0 R>>\n", "ascii")
    return path


def test_marks_of_a_font_of_another_height_stay_in_their_line(tmp_path: Path) -> None:
    path = pdf(
        tmp_path,
        [("F1", "一"), ("F2", "、"), ("F1", "落实"), ("F2", "《"), ("F1", "某方案"), ("F2", "》,")],
        [("F1", "每月检查"), ("F2", "."), ("F1", "共"), ("F2", "３"), ("F1", "项"), ("F2", ";")],
    )

    assert "".join(source_of(path).text.split()) == "一、落实《某方案》，每月检查。共3项；"


# ---------------------------------------------------------------- columns of a PDF


def line(top: float, *pieces: tuple[float, str]) -> Printed:
    """A line of letters ten points wide on a page of 600."""
    told = tuple(
        Printed(text, 0, left, left + 10 * len(text), top, top + 10, width=600) for left, text in pieces
    )
    text = " ".join(text for _, text in pieces)
    return Printed(text, 0, told[0].left, told[-1].right, top, top + 10, width=600, pieces=told)


def rows(*lines: Printed, above: Columns | None = None) -> list[list[str]]:
    found, _ = by_columns(lines, above or Columns())
    return [row for one in found for row in one.rows]


HEAD = line(0, (50, "序号"), (100, "检查内容"), (400, "责任单位"))


def test_a_table_without_rules_is_read_row_by_row() -> None:
    wide = "疏散通道不得堆放货物，安全出口一推就开不上锁"
    found = rows(
        HEAD,
        line(20, (50, "1"), (100, wide), (400, "消防大队")),
        line(35, (100, "不遮挡。")),
        line(50, (50, "2"), (100, "配电箱门上有责任人姓名。"), (400, "供电公司")),
        line(65, (400, "营业所")),
    )

    assert found == [
        ["序号", "检查内容", "责任单位"],
        ["1", wide + "不遮挡。", "消防大队"],
        ["2", "配电箱门上有责任人姓名。", "供电公司营业所"],
    ]


def test_rows_whose_cells_are_centred_are_told_by_the_middle() -> None:
    first, second = (
        "疏散通道不得堆放货物，安全出口一推就开不上锁",
        "动火作业前签票，清走十米以内的可燃物品和油料",
    )
    found = rows(
        HEAD,
        line(20, (100, first)),
        line(27, (50, "1"), (400, "消防大队")),
        line(35, (100, "不遮挡。")),
        line(50, (100, second)),
        line(57, (50, "2"), (400, "应急局")),
        line(65, (100, "并看护。")),
    )

    assert found[1:] == [["1", first + "不遮挡。", "消防大队"], ["2", second + "并看护。", "应急局"]]


def test_a_table_without_rules_goes_on_over_the_page_and_ends_where_a_line_crosses_it() -> None:
    before, columns = by_columns([HEAD, line(20, (50, "1"), (100, "查门。"), (400, "消防"))], Columns())
    after = [
        line(0, (50, "2"), (100, "查灯。"), (400, "供电")),
        line(20, (50, "以上各项每月检查一次，结果报县应急管理局备案存查，逾期不报的通报。")),
    ]
    found, left = by_columns(after, columns)

    assert [row for one in before for row in one.rows][1:] == [["1", "查门。", "消防"]]
    assert found[0].rows == [["2", "查灯。", "供电"]]
    assert [one.text for one in found[1:]] == [after[1].text] and left == Columns()


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = "左栏一行文字有二十个字那么长才算满行啊呀", "右栏一行文字有二十个字那么长才算满行啊呀"
    title = line(0, (150, "横跨两栏的标题在上面居中地印着一共三十个字左右啊"))
    found, _ = by_columns(
        [title, *(line(20 + 15 * at, (60, left), (320, right)) for at in range(6))], Columns()
    )

    assert [one.text for one in found] == [title.text, *[left] * 6, *[right] * 6]
    assert [one.left for one in found[1:]] == [60] * 12


@pytest.mark.parametrize(
    "lines",
    [
        [
            line(15 * at, (60, "只有一栏的文字，这一行从左边一直印到右边，中间没有空白，也没有别的。"))
            for at in range(8)
        ],
        [line(15 * at, (60, "姓名"), (320, "单位")) for at in range(8)],
    ],
    ids=["one column", "short cells"],
)
def test_other_pages_stay_as_they_stand(lines: list[Printed]) -> None:
    assert by_columns(lines, Columns()) == (lines, Columns())
