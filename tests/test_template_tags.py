"""Tags that would swallow, tear, capture or print literally: refused with their place and their words, in Word files."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as OpenedDocument
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from checklists.documents.plate import read_parts
from checklists.documents.tags import FILTER_NAMES
from checklists.problems import Refused
from tests.sample import ROOT, filled_parts, sample_checklist
from tests.test_word_templates import opened, own_template, refusal

LOOP = ("{%tr for row in checklist.rows %}", "{{ row.content }}", "{%tr endfor %}")


def written(folder: Path, write: Callable[[OpenedDocument], None]) -> Path:
    """A template whose XML a test writes itself."""
    document = Document()
    write(document)
    path = folder / "自制.docx"
    document.save(str(path))
    return path


def codes(path: Path) -> list[str]:
    with pytest.raises(Refused) as refused:
        filled_parts("现场检查表", sample_checklist(3), path)
    return [found.code for found in refused.value.problems]


def texts(path: Path) -> list[str]:
    return [one.text for one in opened(sample_checklist(3), path).paragraphs]


# ---------------------------------------------------------------- what would vanish


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (("{%tr for row in checklist.rows %}合计 3 项", "{{ row.content }}", "{%tr endfor %}"), "合计 3 项"),
        (("{%tr for row in checklist.rows %}", "{{ row.content }}", "{%tr endfor %}{{ checklist.count }}"), "{{ checklist.count }}"),
        (("{%tr for row in checklist.rows %}{%p if row.key %}", "{{ row.content }}", "{%p endif %}{%tr endfor %}"), ""),
    ],
)  # fmt: skip
def test_text_that_shares_a_row_with_a_row_tag_is_named(
    tmp_path: Path, rows: tuple[str, ...], text: str
) -> None:
    told = refusal(own_template(tmp_path, "好", table=rows))

    assert "word-tag-swallows" in told or (not text and "word-tag-pair" in told)
    assert text in told and "正文第1个表格第" in told


def test_text_in_another_cell_of_the_row_is_named_too(tmp_path: Path) -> None:
    def write(document: OpenedDocument) -> None:
        rows = document.add_table(3, 2).rows
        for row, text in zip(rows, LOOP, strict=True):
            row.cells[0].text = text
        rows[0].cells[1].text = "小计"

    told = refusal(written(tmp_path, write))

    assert "会把同一行里的「小计」一起抹去" in told and "正文第1个表格第1行" in told


@pytest.mark.parametrize("before", ["提示：", "", "  "])
@pytest.mark.parametrize("after", ["本段文字", ""])
def test_a_paragraph_tag_stands_alone(tmp_path: Path, before: str, after: str) -> None:
    path = own_template(tmp_path, f"{before}{{%p if checklist.count %}}{after}", "留下", "{%p endif %}")

    if (before + after).strip():
        told = refusal(path)
        assert f"会把同一段里的「{(before + after).strip()}」一起抹去" in told
    else:
        assert texts(path) == ["留下"]


@pytest.mark.parametrize(
    ("xml", "what"),
    [
        (f"<w:r {nsdecls('w')}><w:drawing/></w:r>", "图片或图形"),
        (f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"/>', "域"),
        (f'<w:r {nsdecls("w")}><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', "符号"),
        (f'<w:r {nsdecls("w")}><w:footnoteReference w:id="1"/></w:r>', "脚注"),
    ],
)
def test_what_is_no_text_is_named_as_well(tmp_path: Path, xml: str, what: str) -> None:
    def write(document: OpenedDocument) -> None:
        paragraph = document.add_paragraph("{%p if checklist.count %}")
        paragraph._p.append(parse_xml(xml))
        document.add_paragraph("{%p endif %}")

    assert f"「{what}」一起抹去" in refusal(written(tmp_path, write))


def test_a_page_break_in_a_paragraph_that_gives_way_is_handed_to_the_next(tmp_path: Path) -> None:
    def write(document: OpenedDocument) -> None:
        paragraph = document.add_paragraph("{%p if checklist.count %}")
        paragraph.add_run().add_break(WD_BREAK.PAGE)
        document.add_paragraph("新的一页")
        document.add_paragraph("{%p endif %}")

    document = opened(sample_checklist(3), written(tmp_path, write))

    assert [one.text for one in document.paragraphs] == ["新的一页"]
    assert document.paragraphs[0].paragraph_format.page_break_before


@pytest.mark.parametrize("shown", [True, False])
def test_a_paragraph_that_gives_way_leaves_its_section_break_behind(tmp_path: Path, shown: bool) -> None:
    """LibreOffice drops an empty paragraph that ends a section, and ends it with the paragraph above."""

    def write(document: OpenedDocument) -> None:
        document.add_paragraph(f"{{%p if checklist.count {'>' if shown else '<'} 0 %}}")
        document.add_paragraph("有时")
        last = document.add_paragraph("{%p endif %}")
        last._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:sectPr {nsdecls("w")}><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
            )
        )
        document.add_paragraph("后面")

    document = opened(sample_checklist(3), written(tmp_path, write))

    assert [one.text for one in document.paragraphs] == [*(["有时"] if shown else []), "", "后面"]
    assert [section.page_width > section.page_height for section in document.sections] == [True, False]


def test_a_page_break_with_no_paragraph_to_take_it_is_named(tmp_path: Path) -> None:
    def write(document: OpenedDocument) -> None:
        paragraph = document.add_paragraph("{%p if checklist.count %}")
        paragraph.add_run().add_break(WD_BREAK.PAGE)
        document.add_table(1, 1)
        document.add_paragraph("{%p endif %}")

    assert "「分页符」一起抹去" in refusal(written(tmp_path, write))


def test_the_old_run_tag_keeps_the_text_beside_it(tmp_path: Path) -> None:
    path = own_template(
        tmp_path,
        "依据：{%r for row in checklist.rows %}{{ row.number }}、{%r endfor %}共{{ checklist.count }}项",
    )

    assert texts(path) == ["依据：1、2、3、共3项"]


# ---------------------------------------------------------------- pairs


@pytest.mark.parametrize(
    ("paragraphs", "table"),
    [
        (("{% if checklist.count == 9 %}甲", "乙", "丙{% endif %}"), ()),
        (("{%p if checklist.count %}", "甲{% endif %}"), ()),
        (("{% for row in checklist.rows %}", "{%p endfor %}"), ()),
        (("{%p for row in checklist.rows %}",), ("{%p endfor %}",)),
        ((), ("{% if checklist.count == 9 %}", "乙", "{% endif %}")),
        ((), ("{%tr for row in checklist.rows %}", "{% endfor %}")),
        ((), ("{%tr if checklist.count %}", "{%p else %}", "{%tr endif %}")),
        ((), ("{%tr if checklist.count %}", "甲", "{%tr endfor %}")),
    ],
)
def test_a_pair_that_does_not_stand_on_one_level_is_told_with_both_places(
    tmp_path: Path, paragraphs: tuple[str, ...], table: tuple[str, ...]
) -> None:
    told = refusal(own_template(tmp_path, *paragraphs, table=table))

    assert told.count("错误") == 1
    assert "word-tag-pair" in told and "开头是正文" in told


def test_a_loop_over_rows_of_two_tables_is_refused(tmp_path: Path) -> None:
    def write(document: OpenedDocument) -> None:
        for text in ("{%tr for row in checklist.rows %}", "{%tr endfor %}"):
            document.add_table(1, 1).rows[0].cells[0].text = text
            document.add_paragraph("之间")

    assert "不在同一层" in refusal(written(tmp_path, write))


def test_loops_within_loops_of_other_levels_work(tmp_path: Path) -> None:
    path = own_template(
        tmp_path,
        "{%p for section in checklist.sections %}",
        "{% if section.rows %}{{ section.title }}：{% for row in section.rows %}{{ row.number }} {% endfor %}{% else %}无{% endif %}",
        "{%p endfor %}",
    )

    assert len(texts(path)) == len(sample_checklist(3).sections)


# ---------------------------------------------------------------- what may not be done


@pytest.mark.parametrize(
    "text",
    [
        "{% filter upper %}{{ enterprise.name }}{% endfilter %}",
        "{% set x %}{{ enterprise.name }}{% endset %}{{ x|length }}",
        "{% set x = 1 %}",
        "{% macro m() %}{{ enterprise.name }}{% endmacro %}{{ m()|length }}",
        "{% call m() %}{{ enterprise.name }}{% endcall %}",
        "{% autoescape false %}{{ checklist.title }}{% endautoescape %}",
        "{% raw %}{{ checklist.title }}{% endraw %}",
        "{% include 'a' %}",
        "{% import 'a' as b %}",
        "{% from 'a' import b %}",
        "{% extends 'a' %}",
        "{% block a %}{{ checklist.disclaimer }}{% endblock %}",
        "{% with a = 1 %}{% endwith %}",
        "{%- filter upper %}x{% endfilter %}",
        "{%p set x = 1 %}",
        "{# {{ checklist.disclaimer }} #}",
        "{# 本表不代替现场检查记录 #}",
        "{{ ''.join(['a']) }}",
        "{{ checklist.title.upper() }}",
        "{% for row in checklist.rows recursive %}{{ row.number }}{% endfor %}",
    ],
)
def test_what_captures_defines_includes_or_hides_is_refused_once(tmp_path: Path, text: str) -> None:
    told = refusal(own_template(tmp_path, "好", text))

    assert told.count("错误") == 1
    assert "template-forbidden" in told and "正文表格外第2段" in told


@pytest.mark.parametrize(
    "text",
    [
        "{{ checklist.title|safe }}",
        "{{ '<w:br/>'|safe }}",
        "{{ checklist.rows|random }}",
        "{{ 'a'|center(9) }}",
    ],
)
def test_filters_that_make_markup_or_chance_are_not_there(tmp_path: Path, text: str) -> None:
    assert "没有这个过滤器，或模板里不能用它" in refusal(own_template(tmp_path, text))


def test_a_text_with_markup_stays_a_text(tmp_path: Path) -> None:
    assert texts(own_template(tmp_path, "{{ '<w:br/>' ~ checklist.count }}")) == ["<w:br/>3"]


@pytest.mark.parametrize(
    "text", ["{{ checklist.rows }}", "{{ checklist.has_old }}", "{{ checklist }}", "{{ checklist.rows[0] }}"]
)
def test_what_is_no_text_is_not_printed(tmp_path: Path, text: str) -> None:
    assert "不是文字或数字" in refusal(own_template(tmp_path, text))


@pytest.mark.parametrize("text", [r'{{ "\x07" }}', r'{{ "\ue000nothing\ue001" }}', r'{{ "\ud800" }}'])
def test_letters_that_no_file_can_hold_are_not_printed(tmp_path: Path, text: str) -> None:
    assert "不能写进文件的字符" in refusal(own_template(tmp_path, text))


ENDLESS = [
    "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}",
    "{% for a in range(90000) %}{{ range(90000)|sum }}{% endfor %}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 'a' * 999999999 }}",
    "{{ [1] * 999999999 }}",
    "{{ '%999999999d' % 1 }}",
    "{{ checklist.rows|batch(999999999, '')|list|length }}",
    "{{ 'aaaaaaaaaa'" + "|replace('a', 'aaaaaaaaaa')" * 9 + " }}",
    "{% for a in range(90000) %}{{ range(90000)|join }}{% endfor %}",
    "{{ range(999999999)|list|length }}",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "{{ " + "9" * 9000 + " }}",
    "{% for a in [1] %}" * 30 + "{% endfor %}" * 30,
]


@pytest.mark.parametrize("text", ENDLESS, ids=[text[:40] for text in ENDLESS])
def test_no_template_runs_for_ever(tmp_path: Path, text: str) -> None:
    began = time.monotonic()

    told = refusal(own_template(tmp_path, text))

    assert "正文表格外第1段的标记「" in told
    assert time.monotonic() - began < 8


# ---------------------------------------------------------------- what would be printed literally


@pytest.mark.parametrize(
    "text",
    [
        "｛｛ checklist.title ｝｝",
        "{ { checklist.title } }",
        "{{ checklist.title } }",
        "{ % if checklist.title %}",
        "{％ if checklist.title ％}",
        "｛% if x %｝",
        "{\u200b{ checklist.title }}",
        "{　{ checklist.title }　}",
        "{{ checklist.title }",
        "{{ checklist.title",
        "checklist.title }}",
        "{% if checklist.title }",
        "{{ checklist.count }} 项 }}",
        "{checklist.title}",
        "单位：enterprise.name",
        "{# 注",
    ],
)
def test_half_tags_and_look_alikes_are_told_by_their_words(tmp_path: Path, text: str) -> None:
    told = refusal(own_template(tmp_path, "好", f"见：{text}"))

    assert told.count("错误") == 1
    assert "word-tag-stray" in told and "正文表格外第2段的「" in told
    assert (text.split("：")[-1].split("项 ")[-1].strip("{")[:8]) in told


def test_a_tag_broken_over_paragraphs_or_cells_is_told_once(tmp_path: Path) -> None:
    apart = own_template(tmp_path, "一", "{{ checklist.", "title }}")
    told = refusal(apart)
    assert told.count("错误") == 1
    assert "正文表格外第2段的「{{ checklist.」是半个标记" in told

    cells = own_template(tmp_path, "一", table=("{{ checklist.", "title }}"))
    assert "正文第1个表格第1行的「{{ checklist.」" in refusal(cells)


@pytest.mark.parametrize("text", ["甲{乙}丙", "｛甲｝", "100%", "{1}", "《{}》", "C#", "a.b@enterprise.com"])
def test_ordinary_braces_and_percents_are_printed(tmp_path: Path, text: str) -> None:
    assert texts(own_template(tmp_path, text)) == [text]


def test_a_wide_sign_in_a_tag_is_told(tmp_path: Path) -> None:
    assert "全角" in refusal(own_template(tmp_path, "{{ checklist．title }}"))


@pytest.mark.parametrize("cut", ["br", "tab", "noBreakHyphen", "softHyphen"])
def test_a_line_break_or_tab_within_a_tag_is_told(tmp_path: Path, cut: str) -> None:
    def write(document: OpenedDocument) -> None:
        paragraph = document.add_paragraph("{{ checklist.count ")
        paragraph.add_run()._r.append(OxmlElement(f"w:{cut}"))
        paragraph.add_run("}}")

    told = refusal(written(tmp_path, write))

    assert "word-tag-cut" in told and "正文表格外第1段" in told


# ---------------------------------------------------------------- where tags may stand


def test_tags_work_in_headers_footnotes_text_boxes_and_controls(tmp_path: Path) -> None:
    box = (
        f'<w:r {nsdecls("w")}><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent>'
        "<w:p><w:r><w:t>框{{ check</w:t></w:r><w:r><w:t>list.count }}</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    control = (
        f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>控{{{{ checklist.count }}}}</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )

    def write(document: OpenedDocument) -> None:
        document.add_paragraph("见图")._p.append(parse_xml(box))
        document.element.body.insert(0, parse_xml(control))
        document.sections[0].header.paragraphs[0].text = "眉{{ checklist.count }}"

    document = opened(sample_checklist(3), written(tmp_path, write))

    whole = etree.tostring(document.element, encoding="unicode")
    assert "框3" in "".join(etree.fromstring(whole).itertext())
    assert "控3" in whole
    assert document.sections[0].header.paragraphs[0].text == "眉3"


def test_a_wrong_tag_in_a_text_box_or_header_says_where(tmp_path: Path) -> None:
    box = (
        f'<w:r {nsdecls("w")}><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent>'
        "<w:p><w:r><w:t>{{ checklist.titel }}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )

    def write(document: OpenedDocument) -> None:
        document.add_paragraph("见图")._p.append(parse_xml(box))
        document.sections[0].footer.paragraphs[0].text = "{{ enterprise.nmae }}"

    told = refusal(written(tmp_path, write))

    assert "正文的文本框的标记「{{ checklist.titel }}」" in told
    assert "页脚的标记「{{ enterprise.nmae }}」" in told


@pytest.mark.parametrize("kind", ["del", "ins", "moveFrom"])
def test_tracked_changes_are_to_be_settled_first(tmp_path: Path, kind: str) -> None:
    text = "delText" if kind == "del" else "t"

    def write(document: OpenedDocument) -> None:
        paragraph = document.add_paragraph("第{{ checklist.count }}项")
        xml = f'<w:{kind} {nsdecls("w")} w:id="1" w:author="a"><w:r><w:{text}>{{{{ enterprise.name }}}}</w:{text}></w:r></w:{kind}>'
        paragraph._p.append(parse_xml(xml))

    told = refusal(written(tmp_path, write))

    assert "word-tracked" in told and "{{ enterprise.name }}" in told


FIELDS = [
    "DDEAUTO c:\\\\windows\\\\cmd.exe",
    "DDE a b",
    "INCLUDEPICTURE http://x/y.png",
    "INCLUDETEXT x",
    "LINK Excel.Sheet x",
    "REF a",
]


@pytest.mark.parametrize("code", FIELDS)
@pytest.mark.parametrize("simple", [True, False], ids=["simple", "complex"])
def test_fields_that_fetch_or_break_are_refused(tmp_path: Path, code: str, simple: bool) -> None:
    def write(document: OpenedDocument) -> None:
        paragraph = document.add_paragraph("{{ checklist.count }}")
        if simple:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), f" {code} ")
            paragraph._p.append(field)
            return
        pieces = "".join(f"<w:r><w:instrText>{letter}</w:instrText></w:r>" for letter in f" {code} ")
        ends = ['<w:r><w:fldChar w:fldCharType="' + kind + '"/></w:r>' for kind in ("begin", "end")]
        inside = parse_xml(f"<w:p {nsdecls('w')}>{ends[0]}{pieces}{ends[1]}</w:p>")
        paragraph._p.extend(list(inside))

    told = refusal(written(tmp_path, write))

    assert "word-field-code" in told and code.split()[0] in told


def test_a_field_whose_name_another_field_makes_is_refused(tmp_path: Path) -> None:
    begin, end = ('<w:r><w:fldChar w:fldCharType="' + kind + '"/></w:r>' for kind in ("begin", "end"))
    inner = f"{begin}<w:r><w:instrText> QUOTE 68 68 69 </w:instrText></w:r>{end}"

    def write(document: OpenedDocument) -> None:
        inside = parse_xml(
            f"<w:p {nsdecls('w')}>{begin}{inner}<w:r><w:instrText> cmd </w:instrText></w:r>{end}</w:p>"
        )
        document.add_paragraph("{{ checklist.count }}")._p.extend(list(inside))

    assert "word-field-code" in codes(written(tmp_path, write))


def test_a_control_bound_to_other_data_may_hold_no_tag(tmp_path: Path) -> None:
    xml = (
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:dataBinding w:xpath="/x" w:storeItemID="{{1}}"/></w:sdtPr><w:sdtContent><w:p>'
        "<w:r><w:t>{{ enterprise.name }}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )

    def write(document: OpenedDocument) -> None:
        document.element.body.insert(0, parse_xml(xml))

    assert "word-bound" in codes(written(tmp_path, write))


def test_a_table_whose_every_row_gives_way_is_not_left_without_rows(tmp_path: Path) -> None:
    path = own_template(
        tmp_path, "前", table=("{%tr for row in checklist.left_out %}", "{{ row.title }}", "{%tr endfor %}")
    )

    document = opened(sample_checklist(3), path)

    assert document.tables == [] and document.paragraphs[0].text == "前"


def test_the_page_for_authors_names_every_filter_and_no_run_tag() -> None:
    page = (ROOT / "docs" / "templates.md").read_text("utf-8")

    assert [name for name in FILTER_NAMES if name not in ("d", "e", "escape") and name not in page] == []
    assert "{%r" not in page
    for path in (ROOT / "templates").glob("*.docx"):
        assert not any(b"{%r" in content for content in read_parts(path.read_bytes()).values()), path.name
