"""The text of a Word file: whatever wraps it is read in the order of the print, and what is not read is told."""

from __future__ import annotations

import inspect
import re
import sys
import zipfile
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from checklists.notices.source import text_of
from checklists.problems import Refused
from tests.notice_files import ADDRESS, OPENING, STRICT, TITLE, W, p, r, table, word_file

HEAD = [TITLE, ADDRESS, OPENING]
CASES = Path(__file__).parent / "cases"


def lines_of(path: Path) -> list[str]:
    return text_of(path)[0].split("\n\n")


def body_of(folder: Path, body: str, parts: dict[str, str] | None = None) -> list[str]:
    """Lines of the text behind the opening."""
    lines = "".join(text_of(word_file(folder, body, parts))[0]).strip().split("\n\n")
    assert lines[:3] == HEAD
    return lines[3:]


def told(folder: Path, body: str, parts: dict[str, str] | None = None) -> list[tuple[str, str, str]]:
    """Code, level and message of what is told of the file."""
    return [(one.code, one.level, one.message) for one in text_of(word_file(folder, body, parts))[1]]


BOX = f"<w:txbxContent>{p('框里的字。')}{p('第二段。')}</w:txbxContent>"
WRAPPED = {
    "insertion": (p(r("前"), f"<w:ins>{r('必须安装')}</w:ins>", r("后。")), ["前必须安装后。"]),
    "move": (p(r("前"), f"<w:moveTo>{r('必须')}</w:moveTo><w:moveFrom>{r('旧处')}</w:moveFrom>", r("后。")), ["前必须后。"]),
    "deletion": (p(r("前"), "<w:del><w:r><w:delText>不得</w:delText></w:r></w:del>", r("后。")), ["前后。"]),
    "deletion that holds plain text": (p(r("前"), f"<w:del>{r('不得')}</w:del>", r("后。")), ["前后。"]),
    "content control in a line": (p(r("前"), f"<w:sdt><w:sdtPr/><w:sdtContent>{r('必须')}</w:sdtContent></w:sdt>", r("后。")), ["前必须后。"]),
    "content control round paragraphs": (f"<w:sdt><w:sdtContent>{p('甲。')}{p('乙。')}</w:sdtContent></w:sdt>", ["甲。", "乙。"]),
    "content control round a cell": (
        f"<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc>{p('格。')}</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>",
        ["格。"],
    ),
    "smart tag": (p(r("前"), f"<w:smartTag><w:smartTagPr/>{r('晋城')}</w:smartTag>", r("后。")), ["前晋城后。"]),
    "custom XML": (f"<w:customXml>{p('甲。')}</w:customXml>" + p(r("前"), f"<w:customXml>{r('乙')}</w:customXml>"), ["甲。", "前乙"]),
    "link": (p(r("见"), f"<w:hyperlink>{r('附件一')}</w:hyperlink>"), ["见附件一"]),
    "simple field": (p(r("第"), f'<w:fldSimple w:instr=" SEQ x ">{r("3")}</w:fldSimple>', r("条")), ["第3条"]),
    "field": (
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>',
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            r("结果"),
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            r("。"),
        ),
        ["结果。"],
    ),
    "text box": (p(r("段落。"), f"<w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r>"), ["段落。", "框里的字。", "第二段。"]),
    "text box said twice": (
        p(
            r("段落。"),
            f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        ),
        ["段落。", "框里的字。", "第二段。"],
    ),
    "text box in the older way only": (
        p(
            f"<w:r><mc:AlternateContent><mc:Choice Requires='x'/><mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        ),
        ["框里的字。", "第二段。"],
    ),
    "text box in a text box": (
        p(f"<w:r><w:pict><w:txbxContent>{p(r('外。'), f'<w:r><w:pict>{BOX}</w:pict></w:r>')}</w:txbxContent></w:pict></w:r>"),
        ["外。", "框里的字。", "第二段。"],
    ),
    "drawing's own text": (p("<w:r><w:drawing><a:txBody><a:p><a:r><a:t>图里。</a:t></a:r></a:p></a:txBody></w:drawing></w:r>"), ["图里。"]),
    "word art": (p("<w:r><w:pict><v:shape><v:textpath string='艺术字'/></v:shape></w:pict></w:r>"), ["艺术字"]),
    "table": (table(["甲", "乙"], ["丙", "丁"]), ["｜甲｜乙｜", "｜丙｜丁｜"]),
    "table in a table": (f"<w:tbl><w:tr><w:tc>{table(['内一', '内二'])}{p('外')}</w:tc></w:tr></w:tbl>", ["内一", "内二", "外"]),
    "inserted row": (f"<w:tbl><w:tr><w:trPr><w:ins/></w:trPr><w:tc>{p('新行')}</w:tc></w:tr></w:tbl>", ["新行"]),
    "soft breaks": (p(r("一、甲") + "<w:r><w:br/></w:r>" + r("1.乙") + "<w:r><w:cr/></w:r>" + r("2.丙")), ["一、甲", "1.乙", "2.丙"]),
    "tab and hyphen": (p("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t></w:r>"), ["甲 乙-丙"]),
    "symbols": (
        p(r("浓度") + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + r("1%") + '<w:r><w:sym w:font="Wingdings" w:char="F081"/></w:r>'),
        ["浓度≥1%①"],
    ),
    "symbols kept as text": (p(r("\uf0a3", '<w:rFonts w:ascii="Symbol"/>') + r("5人")), ["≤5人"]),
    "ruby": (p("<w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r>" + r("音")), ["拼音"]),
    "formula": (p("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>" + r("以上")), ["1/2以上"]),
    "paragraph mark that was deleted": (p("甲", properties="<w:rPr><w:del/></w:rPr>") + p("乙。"), ["甲乙。"]),
    "paragraph wrapped in nobody knows what": (f"<w:block xmlns:x='x'><x:y>{p('甲。')}</x:y></w:block>", ["甲。"]),
}  # fmt: skip


@pytest.mark.parametrize("name", WRAPPED)
def test_text_is_read_whatever_wraps_it(tmp_path: Path, name: str) -> None:
    body, wanted = WRAPPED[name]

    assert body_of(tmp_path, body) == wanted
    assert [one for one in told(tmp_path, body) if one[1] == "error"] == []


def test_a_file_in_the_strict_form_of_the_standard_is_read(tmp_path: Path) -> None:
    path = word_file(tmp_path, p(r("前"), f"<w:ins>{r('必须')}</w:ins>"))
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content.replace(W.encode(), STRICT.encode()))

    assert lines_of(path)[3].strip() == "前必须"


LOST = {
    "numbers in a form nobody knows": (
        p("甲。", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') * 2,
        {
            "numbering": "<w:numbering NAMES><w:abstractNum w:abstractNumId='7'><w:lvl w:ilvl='0'><w:numFmt w:val='hebrew1'/>"
            "<w:lvlText w:val='%1、'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num></w:numbering>"
        },
        "自动编号 2 段（从「甲。甲。」开始）",
    ),
    "enclosed number in a field": (
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> EQ \\o\\ac(○,1) </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
            r("甲。"),
        ),
        {},
        "域 12 字（从「EQ\\o\\ac(○,1)」开始）",
    ),
    "sign of a font nobody knows": (p(r("甲") + '<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>'), {}, "符号 12 字（从「WebdingsF021」开始）"),
    "another file inside": (p("甲。") + '<w:altChunk r:id="r9"/>', {}, "插入的其他文件 1 个"),
    "diagram": (
        p("甲。"),
        {"diagramData": "<a:dataModel NAMES><a:pt><a:t><a:p><a:r><a:t>先断电</a:t></a:r></a:p></a:t></a:pt></a:dataModel>"},
        "图形里的文字 3 字（从「先断电」开始）",
    ),
    "much that is hidden": (p("甲。" * 10, r("必须安装可燃气体报警装置。", "<w:vanish/>")), {}, "隐藏文字 13 字（从「必须安装可燃气体报警装置。」开始）"),
}  # fmt: skip


@pytest.mark.parametrize("name", LOST)
def test_words_of_the_body_that_cannot_be_read_stop_the_import(tmp_path: Path, name: str) -> None:
    body, parts, wanted = LOST[name]

    assert told(tmp_path, body, parts) == [
        ("import-text-lost", "error", f"正文里有读不出来的内容，没有导入：{wanted}")
    ]


LONG = p("甲。" * 200)
LEFT = {
    "header": (LONG, {"header": f"<w:hdr NAMES>{p('内部资料')}</w:hdr>"}, "页眉页脚 4 字（从「内部资料」开始）"),
    "footnote": (LONG, {"footnotes": f"<w:footnotes NAMES><w:footnote>{p('指煤矿。')}</w:footnote></w:footnotes>"}, "脚注尾注 4 字（从「指煤矿。」开始）"),
    "comment": (LONG, {"comments": f"<w:comments NAMES><w:comment>{p('要改')}</w:comment></w:comments>"}, "批注 2 字（从「要改」开始）"),
    "chart": (LONG, {"chart": "<a:chart NAMES><a:t>事故数</a:t></a:chart>"}, "图表里的文字 3 字（从「事故数」开始）"),
    "ruby": (p("甲。" * 9, "<w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase/></w:ruby></w:r>"), {}, "注音 3 字（从「pin」开始）"),
    "a little that is hidden": (p("甲。" * 200, r("暗", "<w:vanish/>")), {}, "隐藏文字 1 字（从「暗」开始）"),
    "hidden by a style": (
        p("甲。" * 200, r("暗", '<w:rStyle w:val="dark"/>')),
        {"styles": "<w:styles NAMES><w:style w:styleId='dark'><w:rPr><w:vanish/></w:rPr></w:style></w:styles>"},
        "隐藏文字 1 字（从「暗」开始）",
    ),
    "covered by a merged cell": (
        LONG + f"<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>{p('显')}</w:tc></w:tr>"
        f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{p('盖住')}</w:tc></w:tr></w:tbl>",
        {},
        "隐藏文字 2 字（从「盖住」开始）",
    ),
    "pictures": (p("甲。", "<w:r><w:drawing><a:blip/></w:drawing></w:r>" * 2), {}, "图片 2 张"),
    "object": (p("甲。", "<w:r><w:object><o:OLEObject/></w:object></w:r>"), {}, "嵌入的对象 1 个"),
}  # fmt: skip


@pytest.mark.parametrize("name", LEFT)
def test_what_stands_beside_the_text_is_told_and_stops_nothing(tmp_path: Path, name: str) -> None:
    body, parts, wanted = LEFT[name]

    assert ("import-text-left", "warning", f"有内容没有导入：{wanted}") in told(tmp_path, body, parts)
    assert [one for one in told(tmp_path, body, parts) if one[1] == "error"] == []


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (p("前", f"<w:ins>{r('必须')}</w:ins>"), "修订插入的文字，已读入 2 字（从「必须」开始）"),
        (p("前", "<w:del><w:r><w:delText>不得</w:delText></w:r></w:del>"), "修订删去的文字，没有读 2 字（从「不得」开始）"),
        (p("前", r("作废", "<w:strike/>")), "带删除线的文字，照样读入 2 字（从「作废」开始）"),
        (p("10", r("4", '<w:vertAlign w:val="superscript"/>')), "上标、下标，按平常大小的字读入 1 字（从「4」开始）"),
        (p(["甲", "m:oMath/>"][0], "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"), "公式，只读了其中的字 1 处"),
        (
            f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('删行')}</w:tc></w:tr></w:tbl>" + p("甲"),
            "修订删去的文字，没有读 2 字（从「删行」开始）",
        ),
    ],
)  # fmt: skip
def test_revisions_and_letters_that_mean_more_than_they_say_are_told(
    tmp_path: Path, body: str, wanted: str
) -> None:
    assert ("import-marked", "warning", wanted) in told(tmp_path, body)


@pytest.mark.parametrize(
    "body",
    [
        p("甲。", properties='<w:numPr><w:numId w:val="0"/></w:numPr>'),
        p("甲。", properties='<w:numPr><w:numId w:val="9"/></w:numPr>'),
        p("", properties="<w:numPr/>"),
        p(r("甲。", '<w:vanish w:val="0"/>')),
        p(r("甲。", '<w:strike w:val="false"/>')),
    ],
)
def test_what_only_looks_like_a_loss_is_not_told(tmp_path: Path, body: str) -> None:
    assert told(tmp_path, body) == []


def test_bullets_and_page_numbers_are_no_loss(tmp_path: Path) -> None:
    bullets = (
        "<w:numbering NAMES><w:abstractNum w:abstractNumId='7'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='l'/>"
        "</w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num></w:numbering>"
    )
    listed = p("甲。", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')

    assert (
        told(tmp_path, listed, {"numbering": bullets, "footer": f"<w:ftr NAMES>{p('— 4 —')}</w:ftr>"}) == []
    )


def test_lists_of_python_docx_have_their_numbers(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("通知")
    document.add_paragraph("第一件事。", style="List Number")
    document.add_paragraph("第二件事。", style="List Number")
    document.save(str(tmp_path / "list.docx"))

    text, problems = text_of(tmp_path / "list.docx")
    assert text.strip().split("\n\n") == ["通知", "1.第一件事。", "2.第二件事。"]
    assert [one.code for one in problems] == ["import-numbers-read"]


# ---------------------------------------------------------------- numbers that Word prints by itself


def numbering(*levels: tuple[str, str], overrides: str = "", more: str = "") -> dict[str, str]:
    """Definitions of one list with these forms and texts, and a second number of it with ``overrides``."""
    told = "".join(
        f"<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/>{more}</w:lvl>"
        for at, (form, text) in enumerate(levels)
    )
    return {
        "numbering": f"<w:numbering NAMES><w:abstractNum w:abstractNumId='7'>{told}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='7'/>"
        f"</w:num><w:num w:numId='2'><w:abstractNumId w:val='7'/>{overrides}</w:num></w:numbering>"
    }


def item(text: str, level: int = 0, number: int = 1) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


LEVELS = (
    ("chineseCounting", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimalEnclosedCircle", "%4"),
)


@pytest.mark.parametrize(
    ("body", "parts", "wanted"),
    [
        (
            [item("甲"), item("子", 1), item("丑", 1), item("一", 2), item("乙"), item("寅", 1), item("圈", 3)],
            numbering(*LEVELS),
            ["一、甲", "（一）子", "（二）丑", "1.一", "二、乙", "（一）寅", "① 圈"],
        ),
        ([item("总则")] + [item("条", 1)] * 11, numbering(("chineseCounting", "第%1章"), ("chineseCounting", "第%2条")),
         ["第一章 总则", *(f"第{one}条 条" for one in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一"))]),
        ([item("甲"), p("间"), item("乙")], numbering(*LEVELS), ["一、甲", "间", "二、乙"]),
        ([item("甲"), item("乙", number=2)], numbering(*LEVELS), ["一、甲", "二、乙"]),
        (
            [item("甲"), item("乙", number=2), item("丙", number=2)],
            numbering(*LEVELS, overrides="<w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride>"),
            ["一、甲", "五、乙", "六、丙"],
        ),
        ([item("甲"), item("乙", 1)], numbering(("chineseCounting", "%1、"), ("decimal", "%1.%2"), more="<w:isLgl/>"), ["1、甲", "1.1 乙"]),
        ([item("甲"), item("乙", 1)], numbering(("upperLetter", "%1."), ("lowerRoman", "%2)")), ["A.甲", "i)乙"]),
        ([item(""), item("乙")], numbering(*LEVELS), ["二、乙"]),
        ([item("甲"), item("点", 1), item("乙")], numbering(("decimal", "%1"), ("bullet", "l")), ["1.甲", "点", "2.乙"]),
        (
            [p(f"<w:del>{r('删')}</w:del>", properties='<w:rPr><w:del/></w:rPr><w:numPr><w:numId w:val="1"/></w:numPr>'), item("乙")],
            numbering(*LEVELS),
            ["一、乙"],
        ),
    ],
)  # fmt: skip
def test_a_number_is_what_word_prints(
    tmp_path: Path, body: list[str], parts: dict[str, str], wanted: list[str]
) -> None:
    assert body_of(tmp_path, "".join(body), parts) == wanted


def test_a_style_brings_its_number_and_a_definition_its_level(tmp_path: Path) -> None:
    parts = {
        "styles": "<w:styles NAMES><w:style w:styleId='top'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
        "<w:style w:styleId='child'><w:basedOn w:val='top'/></w:style>"
        "<w:style w:styleId='deep'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style></w:styles>",
        "numbering": "<w:numbering NAMES><w:abstractNum w:abstractNumId='7'><w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/><w:lvlText w:val='第%1条'/></w:lvl>"
        "<w:lvl w:ilvl='1'><w:numFmt w:val='chineseCounting'/><w:pStyle w:val='deep'/><w:lvlText w:val='（%2）'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num></w:numbering>",
    }
    body = p("甲。", properties='<w:pStyle w:val="child"/>') + p(
        "乙。", properties='<w:pStyle w:val="deep"/>'
    )

    assert body_of(tmp_path, body, parts) == ["第1条 甲。", "（一）乙。"]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_numbers_count_on_within_their_level_and_begin_anew_below_a_higher_one(
    tmp_path_factory: pytest.TempPathFactory, levels: list[int]
) -> None:
    forms = tuple(("decimal", f"%{at + 1}.") for at in range(4))
    path = word_file(
        tmp_path_factory.mktemp("word"), "".join(item("项", level) for level in levels), numbering(*forms)
    )

    counts = [0, 0, 0, 0]
    wanted = []
    for level in levels:
        counts[level] += 1
        counts[level + 1 :] = [0] * (3 - level)
        wanted.append(f"{counts[level]}.项")
    assert text_of(path)[0].strip().split("\n\n")[3:] == wanted


def test_headings_without_a_number_are_told_and_the_title_is_none(tmp_path: Path) -> None:
    styles = (
        "<w:styles NAMES>"
        + "".join(
            f"<w:style w:type='paragraph' w:styleId='h{at}'><w:pPr><w:outlineLvl w:val='{at}'/></w:pPr></w:style>"
            for at in range(3)
        )
        + "</w:styles>"
    )

    def heading(text: str, at: int) -> str:
        return p(text, properties=f'<w:pStyle w:val="h{at}"/>')

    body = (
        heading("工作目标", 0)
        + p("不出事故。")
        + heading("企业", 1)
        + heading("一、责任", 0)
        + heading("部门", 1)
    )
    assert body_of(tmp_path, body, {"styles": styles}) == [
        "# 工作目标",
        "不出事故。",
        "## 企业",
        "一、责任",
        "## 部门",
    ]


def test_merged_cells_are_told_as_one_with_those_above_and_cells_over_columns_leave_room(
    tmp_path: Path,
) -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    rows = [
        cell("序号") + cell("责任单位", '<w:gridSpan w:val="2"/>'),
        cell("1", '<w:vMerge w:val="restart"/>') + cell("甲局") + cell("乙局"),
        cell("", "<w:vMerge/>") + cell("丙局") + cell("丁局"),
    ]
    body = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"

    assert body_of(tmp_path, body) == ["｜序号｜责任单位｜｜", "｜1｜甲局｜乙局｜", "｜〃｜丙局｜丁局｜"]


# ---------------------------------------------------------------- an independent count


def counted(path: Path) -> str:
    """Every letter of the document that Word shows, found by another way than the reader's."""
    root = etree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
    mc = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
    shown = []
    for one in root.iter(f"{{{W}}}t"):
        above = [etree.QName(parent).localname for parent in one.iterancestors()]
        if not {"del", "moveFrom"} & set(above) and f"{mc}Fallback" not in [
            parent.tag for parent in one.iterancestors()
        ]:
            shown.append(one.text or "")
    return "".join("".join(shown).split())


TEXTS = st.text(st.sampled_from("甲乙必须严禁，。；12 "), min_size=1, max_size=5)
RUNS = st.recursive(
    st.builds(r, TEXTS) | st.just("<w:r><w:br/></w:r>") | st.just("<w:r><w:tab/></w:r>"),
    lambda inner: st.builds(
        lambda wrap, runs: wrap.replace("…", "".join(runs)),
        st.sampled_from(
            [
                "<w:ins>…</w:ins>",
                "<w:del>…</w:del>",
                "<w:sdt><w:sdtContent>…</w:sdtContent></w:sdt>",
                "<w:smartTag>…</w:smartTag>",
                "<w:hyperlink>…</w:hyperlink>",
                '<w:fldSimple w:instr="REF x">…</w:fldSimple>',
                "<w:moveTo>…</w:moveTo>",
                "<w:moveFrom>…</w:moveFrom>",
                "<w:unknown>…</w:unknown>",
                "<w:r><w:pict><w:txbxContent><w:p>…</w:p></w:txbxContent></w:pict></w:r>",
            ]
        ),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)
BLOCKS = st.recursive(
    st.builds(lambda runs: p(*runs), st.lists(RUNS, min_size=1, max_size=4)),
    lambda inner: st.builds(
        lambda wrap, blocks: wrap.replace("…", "".join(blocks)),
        st.sampled_from(
            [
                "<w:sdt><w:sdtContent>…</w:sdtContent></w:sdt>",
                "<w:customXml>…</w:customXml>",
                "<w:tbl><w:tr><w:tc>…</w:tc></w:tr></w:tbl>",
                "<w:ins>…</w:ins>",
            ]
        ),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)


@given(st.lists(BLOCKS, max_size=4))
@settings(max_examples=150, deadline=None)
def test_what_is_read_is_every_letter_that_is_neither_deleted_nor_moved_away(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[str]
) -> None:
    path = word_file(tmp_path_factory.mktemp("word"), "".join(blocks))
    text, problems = text_of(path)

    assert sorted("".join(text.split())) == sorted(counted(path))
    assert [one for one in problems if one.level == "error"] == []


# ---------------------------------------------------------------- files that are none


def refused(path: Path) -> str:
    with pytest.raises(Refused) as stopped:
        text_of(path)
    assert len(stopped.value.problems) == 1
    return f"{stopped.value.problems[0].code}: {stopped.value.problems[0].message}"


def test_files_that_are_no_word_files_say_what_they_are(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    contents = {
        "加了密码的文件": ole + "EncryptedPackage".encode("utf-16-le"),
        "旧版 Word 文件（.doc）": ole + "WordDocument".encode("utf-16-le"),
        "旧版 Office 文件": ole,
        "PDF": b"%PDF-1.7\n",
        "图片": b"\x89PNG\r\n\x1a\n",
        "RTF 文件": b"{\\rtf1",
        "网页": b"\xef\xbb\xbf<!DOCTYPE html><p>",
        "别的东西": "通知".encode(),
    }
    for kind, content in contents.items():
        (tmp_path / "x.docx").write_bytes(content)
        assert refused(tmp_path / "x.docx") == f"import-other-kind: 扩展名是 .docx，内容却是{kind}"


def test_a_damaged_word_file_is_called_damaged(tmp_path: Path) -> None:
    whole = word_file(tmp_path, p("甲。")).read_bytes()
    path = tmp_path / "x.docx"
    for cut in (30, len(whole) // 2, len(whole) - 10):
        path.write_bytes(whole[:cut])
        assert refused(path).startswith("import-damaged")
    for position in range(0, len(whole), 37):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 0xFF]) + whole[position + 1 :])
        try:
            text_of(path)
        except Refused as stopped:
            assert stopped.problems[0].code in ("import-damaged", "import-other-kind")


@pytest.mark.parametrize(
    "document",
    [
        "<w:document",
        "<!DOCTYPE x [<!ENTITY a 'b'>]><w:document xmlns:w='w'><w:body>&a;</w:body></w:document>",
        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><w:document xmlns:w='w'>&a;</w:document>",
        "<w:document xmlns:w='w'>" + "<w:p>" * 3000 + "</w:p>" * 3000 + "</w:document>",
    ],
)
def test_broken_defining_or_too_deep_xml_is_called_damaged(tmp_path: Path, document: str) -> None:
    path = word_file(tmp_path, "")
    with zipfile.ZipFile(path, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("word/document.xml", document)

    assert refused(path).startswith("import-damaged")


def test_a_file_nested_deeper_than_the_reader_follows_is_called_damaged(
    tmp_path: Path,
) -> None:
    path = word_file(tmp_path, "<w:sdt>" * 200 + p("甲。") + "</w:sdt>" * 200)
    assert body_of(tmp_path, "<w:sdt>" * 200 + p("甲。") + "</w:sdt>" * 200) == ["甲。"]
    limit = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(len(inspect.stack()) + 300)
        assert refused(path) == "import-damaged: 文件坏了，读不全（一层套一层，套得太深）"
    finally:
        sys.setrecursionlimit(limit)


def test_other_packages_say_what_they_are(tmp_path: Path) -> None:
    for root, kind in (("workbook", "Excel 工作簿"), ("presentation", "演示文稿")):
        path = word_file(tmp_path, "")
        with zipfile.ZipFile(path, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("word/document.xml", f"<w:{root} xmlns:w='w'/>")
        assert refused(path) == f"import-other-kind: 扩展名是 .docx，内容却是{kind}"


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    assert refused(word_file(tmp_path, "<w:p/>" * 600_000)).startswith("import-too-big: 文件太大（内容")
    assert refused(word_file(tmp_path, " " * 21_000_000)).startswith("import-too-big: 文件太大（解开后")


def test_a_locked_part_is_told(tmp_path: Path) -> None:
    path = word_file(tmp_path, p("甲。"))
    content = bytearray(path.read_bytes())
    for found in re.finditer(rb"PK\x01\x02", bytes(content)):
        content[found.start() + 8] |= 1
    path.write_bytes(content)

    assert refused(path) == "import-damaged: 文件坏了，读不全（加了密码）"


# ---------------------------------------------------------------- the small cases


def test_lines_broken_by_hand_are_lines() -> None:
    assert lines_of(CASES / "soft.docx")[3:7] == [
        "一、压实责任",
        "（一）压实企业责任",
        "1.企业主要负责人必须每季度带队检查。",
        "2.加油站必须在卸油口安装视频监控。",
    ]


def test_a_tracked_insertion_is_read_and_said() -> None:
    text, problems = text_of(CASES / "track.docx")

    assert text.rstrip().endswith("1.加油站必须在卸油口安装视频监控，保存不少于90天。")
    assert [one.code for one in problems] == ["import-marked"]


def test_the_rows_of_a_table_are_lines_and_the_table_is_said() -> None:
    text, problems = text_of(CASES / "table.docx")

    assert text.strip().split("\n\n")[3:] == [
        "｜序号｜任务｜主要内容｜责任单位｜完成时限｜",
        "｜1｜压实责任｜1.企业主要负责人必须每季度带队检查。⏎2.加油站必须在卸油口安装视频监控。｜县应急局｜全年｜",
        "｜2｜〃｜3.餐饮用气单位一律安装报警装置。｜县住建局｜6月底前｜",
    ]
    assert [one.code for one in problems] == ["import-tables"]
