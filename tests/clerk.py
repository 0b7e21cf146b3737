"""What a clerk does to the form in Word, as the XML that Word writes: each to the shipped 现场检查表 opened with python-docx."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable, Iterator
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from lxml import etree

from tests.filling import PIXEL

Opened = Any
Edit = Callable[[Opened], object]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACES = (
    f'{nsdecls("w", "r")} xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


# ---------------------------------------------------------------- finding and putting


def made(xml: str) -> Any:
    """An element; its name spaces need not be written."""
    head, end, rest = xml.partition("/>" if "/>" in xml.partition(">")[0] + ">" else ">")
    return parse_xml(f"{head} {SPACES}{end}{rest}")


def text_of(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def holding(document: Opened, kind: str, words: str) -> Any:
    """The first paragraph (p), run (r), text (t) or innermost cell (tc), row (tr), table (tbl) with these words."""
    text = next(one for one in document.element.body.iter(f"{W}p") if words in text_of(one))
    if kind in ("r", "t"):
        return next(one for one in text.iter(f"{W}{kind}") if words in text_of(one))
    return text if kind == "p" else next(text.iterancestors(f"{W}{kind}"))


def typed(old: str, new: str) -> Edit:
    """Other letters typed, where the old ones stand first."""

    def edit(document: Opened) -> None:
        text = holding(document, "t", old)
        text.text = text.text.replace(old, new)

    return edit


def behind_title(xml: str) -> Edit:
    """Something put at the end of the title's paragraph."""
    return lambda document: holding(document, "p", "{{ checklist.title }}").append(made(xml))


def before_title(xml: str) -> Edit:
    return lambda document: holding(document, "p", "{{ checklist.title }}").addprevious(made(xml))


def controlled(kind: str, words: str) -> Edit:
    """A content control around a run, paragraph, cell or row."""

    def edit(document: Opened) -> None:
        wrapped = holding(document, kind, words)
        control = made(
            '<w:sdt><w:sdtPr><w:alias w:val="控件"/><w:id w:val="11"/></w:sdtPr><w:sdtContent/></w:sdt>'
        )
        wrapped.addprevious(control)
        control[1].append(wrapped)

    return edit


def without(kind: str, words: str) -> Edit:
    """A paragraph, cell, row or table taken out."""

    def edit(document: Opened) -> None:
        gone = holding(document, kind, words)
        gone.getparent().remove(gone)

    return edit


def both(*edits: Edit) -> Edit:
    return lambda document: [edit(document) for edit in edits]


# ---------------------------------------------------------------- what Word leaves behind


def cut(document: Opened) -> None:
    """A tag in three runs with revision ids, spelling marks and a bookmark between."""
    run = holding(document, "r", "{{ row.content }}")
    for text, trace in (
        ("{", '<w:proofErr w:type="spellStart"/>'),
        ("{ row.con", '<w:bookmarkStart w:id="9" w:name="_GoBack"/>'),
        ("tent }", '<w:bookmarkEnd w:id="9"/>'),
    ):
        piece = copy.deepcopy(run)
        piece.find(f"{W}t").text = text
        piece.set(f"{W}rsidR", "00AB12CD")
        run.addprevious(piece)
        run.addprevious(made(trace))
    run.find(f"{W}t").text = "}"


def smart_tag(document: Opened) -> None:
    """The beginning of a condition within a smart tag, its end outside."""
    run = holding(document, "r", "{% if checklist.has_old %}")
    before, tag, behind = run.find(f"{W}t").text.partition("{% if checklist.has_old %}")
    rest = copy.deepcopy(run)
    run.find(f"{W}t").text, rest.find(f"{W}t").text = before, behind
    wrapped = made(
        f'<w:smartTag w:uri="u" w:element="date"><w:smartTagPr/><w:r><w:t>{tag}</w:t></w:r></w:smartTag>'
    )
    run.addnext(wrapped)
    wrapped.addnext(rest)


def text_box(text: str) -> str:
    """A text box as Word writes it: once for new programs, once for old ones."""
    inside = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp>'
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def linked(document: Opened) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    to = document.part.relate_to("http://example.com/", kind, is_external=True)
    behind_title(f'<w:hyperlink r:id="{to}"><w:r><w:t>某县{{{{ checklist.on }}}}</w:t></w:r></w:hyperlink>')(
        document
    )


def table_within(document: Opened) -> None:
    holding(document, "tc", "{{ checklist.known").insert(
        1,
        made(
            '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid><w:tr><w:tc><w:tcPr>'
            '<w:tcW w:w="900" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>格内{{ checklist.count }}</w:t></w:r></w:p></w:tc>'
            "</w:tr></w:tbl>"
        ),
    )


def second_table(document: Opened) -> None:
    before_title("<w:p/>")(document)
    holding(document, "p", "{{ checklist.title }}").addprevious(copy.deepcopy(document.tables[0]._tbl))


def logo(document: Opened) -> None:
    """A picture in the head of the pages and one in the body."""
    for paragraph in (document.sections[0].header.paragraphs[0], document.paragraphs[0]):
        paragraph.add_run().add_picture(io.BytesIO(PIXEL), width=Mm(20))


def list_rows(document: Opened) -> Iterator[Any]:
    """The head and the model row of the list's table."""
    for row in holding(document, "tbl", "{{ row.content }}").iter(f"{W}tr"):
        if not text_of(row).startswith("{%") and "section.title" not in text_of(row):
            yield row


def column_more(document: Opened) -> None:
    """A column 「部门」 behind the last."""
    for row in list_rows(document):
        cell = copy.deepcopy(row[-1])
        first, *rest = cell.iter(f"{W}p")
        for paragraph in rest:
            cell.remove(paragraph)
        for run in first.findall(f"{W}r"):
            first.remove(run)
        told = "{{ row.departments }}" if "{{ row.content }}" in text_of(row) else "部门"
        first.append(made(f"<w:r><w:t>{told}</w:t></w:r>"))
        row.append(cell)
    holding(document, "tbl", "{{ row.content }}").find(f"{W}tblGrid").append(made('<w:gridCol w:w="900"/>'))


def boxes_left(count: int) -> Edit:
    """Columns with boxes deleted but for so many."""

    def edit(document: Opened) -> None:
        cells = [one for one in holding(document, "tr", "{{ row.content }}") if "□" in text_of(one)]
        for cell in cells[count:]:
            cell.getparent().remove(cell)

    return edit


def boxes_written(xml: str) -> Edit:
    """Other boxes in the place of □."""

    def edit(document: Opened) -> None:
        for text in list(holding(document, "tr", "{{ row.content }}").iter(f"{W}t")):
            if text.text == "□":
                text.getparent().replace(text, made(xml))

    return edit


def style_lost(document: Opened) -> None:
    about = holding(document, "r", "{{ row.content }}").find(f"{W}rPr")
    about.remove(about.find(f"{W}rStyle"))


def merged_upwards(document: Opened) -> None:
    """The number's cell merged with the row above, which holds a tag and gives way."""
    above = holding(document, "tc", "{%tr for row in section.rows %}")
    above.get_or_add_tcPr().append(made('<w:vMerge w:val="restart"/>'))
    holding(document, "tc", "{{ row.number }}").get_or_add_tcPr().append(made("<w:vMerge/>"))


def hidden_head(document: Opened) -> None:
    for run in document.sections[0].header._element.iter(f"{W}r"):
        run.get_or_add_rPr().append(made("<w:vanish/>"))


def row_deleted_with_tracking(document: Opened) -> None:
    row = holding(document, "tr", "{%tr for row in section.rows %}")
    row.find(f"{W}trPr").append(made('<w:del w:id="1" w:author="李"/>'))
    for run in list(row.iter(f"{W}r")):
        gone = made('<w:del w:id="2" w:author="李"/>')
        run.addprevious(gone)
        gone.append(run)
        run.find(f"{W}t").tag = f"{W}delText"


def tracked(kind: str, text: str = "{{ checklist.", letters: str = "t") -> Edit:
    return behind_title(
        f'<w:{kind} w:id="1" w:author="李"><w:r><w:{letters}>{text}</w:{letters}></w:r></w:{kind}>'
    )


def format_tracked(document: Opened) -> None:
    about = holding(document, "r", "{{ checklist.title }}").get_or_add_rPr()
    about.append(made('<w:rPrChange w:id="1" w:author="李"><w:rPr/></w:rPrChange>'))


def broken_over_lines(document: Opened) -> None:
    run = holding(document, "r", "{{ checklist.title }}")
    run.find(f"{W}t").text = "{{ checklist"
    run.append(made("<w:br/>"))
    run.append(made("<w:t>.title }}</w:t>"))


def broken_over_paragraphs(document: Opened) -> None:
    paragraph = holding(document, "p", "{{ checklist.title }}")
    next(paragraph.iter(f"{W}t")).text = "{{ checklist."
    paragraph.addnext(made("<w:p><w:r><w:t>title }}</w:t></w:r></w:p>"))


def row_tags_in_paragraphs(document: Opened) -> None:
    for tag in ("{%tr endfor %}", "{%tr for row in checklist.rows %}"):
        holding(document, "p", "{{ checklist.title }}").addnext(
            made(f"<w:p><w:r><w:t>{tag}</w:t></w:r></w:p>")
        )


def loop_taken_away(document: Opened) -> None:
    """The two rows with the tags deleted, the model row left."""
    model = holding(document, "tr", "{{ row.content }}")
    for tag in (model.getprevious(), model.getnext()):
        tag.getparent().remove(tag)


def appendix_gone(document: Opened) -> None:
    """Everything behind the list taken out."""
    rest = list(holding(document, "tbl", "{{ row.content }}").itersiblings())
    for block in rest:
        if block.tag != f"{W}sectPr":
            block.getparent().remove(block)


def restyled(document: Opened) -> None:
    """Every style with another face and size."""
    for about in document.styles.element.iter(f"{W}rPr"):
        for kind in ("rFonts", "sz", "szCs"):
            for old in about.findall(f"{W}{kind}"):
                about.remove(old)
        about.insert(0, made('<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="宋体"/>'))
        about.append(made('<w:sz w:val="26"/>'))


TITLE = "{{ checklist.title }}"
FIELD = '<w:fldSimple w:instr=" {} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
CONTENTS = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
CHECK_BOX = (
    '<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"/></w:sdtPr>'
    "<w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
)

WORKS: dict[str, tuple[Edit, str]] = {
    "runs cut, spelling marks, bookmarks": (cut, ""),
    "a smart tag": (smart_tag, ""),
    "a control around a field": (controlled("r", "{{ enterprise.name }}"), "某某饭店"),
    "a control around a cell": (controlled("tc", "{{ row.content }}"), ""),
    "a control around a row": (controlled("tr", "{{ row.content }}"), ""),
    "a control around a paragraph": (controlled("p", TITLE), "安全生产现场检查表"),
    "a page number": (behind_title(FIELD.format("PAGE")), ""),
    "a date": (behind_title(FIELD.format("DATE \\@ yyyy")), ""),
    "a link": (linked, "某县2026年11月22日"),
    "a link within the file": (behind_title('<w:hyperlink w:anchor="_Top"><w:r><w:t>顶部</w:t></w:r></w:hyperlink>'), "顶部"),
    "a text box": (behind_title(text_box("框内{{ checklist.count }}")), "框内18"),
    "a bookmark": (behind_title('<w:bookmarkStart w:id="7" w:name="题"/>'), ""),
    "a table in a cell": (table_within, "格内18"),
    "a second table": (second_table, ""),
    "a page break": (before_title('<w:p><w:r><w:br w:type="page"/></w:r></w:p>'), ""),
    "a section break": (before_title('<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr></w:p>'), ""),
    "other heads on even pages": (lambda document: setattr(document.settings, "odd_and_even_pages_header_footer", True), ""),
    "full-width blanks": (typed("{{ row.content }}", "{{　row.content　}}"), ""),
    "full-width blanks in a row tag": (typed("{%tr for row in section.rows %}", "{%tr　for　row　in　section.rows　%}"), ""),
    "blanks that do not break": (typed("{{ row.content }}", "{{\u00a0row.content\u00a0}}"), ""),
    "letters that nobody sees": (typed("{{ row.content }}", "{{ row.\u200bcontent }}"), ""),
    "curled quotes": (typed("'未提供，以现场核实为准'", "‘未提供’"), ""),
    "other heads": (typed("检查内容／怎样算符合（标准与方法）", "查什么"), "查什么"),
    "a logo": (logo, ""),
    "a column more": (column_more, "应急、消防"),
    "tracking switched off again": (lambda document: document.settings.element.append(made('<w:trackRevisions w:val="0"/>')), ""),
    "without the appendix": (appendix_gone, ""),
    "other faces and sizes": (restyled, ""),
}  # fmt: skip
"""What may be done -> and words that are printed then."""

NOT_READ_BACK: dict[str, tuple[Edit, str]] = {
    "no boxes": (boxes_left(0), "三个方框"),
    "one column of boxes": (boxes_left(1), "三个方框"),
    "boxes of a symbol face": (boxes_written('<w:sym w:font="Wingdings" w:char="F0A8"/>'), "三个方框"),
    "boxes to click on": (boxes_written(CHECK_BOX), "三个方框"),
    "a style lost": (style_lost, "没有用字符样式「检查内容」"),
    "no standards": (without("p", "{{ row.standard }}"), "没有用字符样式「怎样算符合」"),
    "a standard cut off": (typed("{{ row.standard }}", "{{ row.standard|truncate(9) }}"), "措辞有截短"),
    "neither boxes nor style": (both(boxes_left(2), style_lost), "（符合、不符合、不涉及）；没有用字符样式「检查内容」"),
}  # fmt: skip
"""What prints well and cannot be read back -> and why."""

TOLD: dict[str, tuple[Edit, str, str]] = {
    "a row tag in a control": (controlled("tr", "{%tr for row in section.rows %}"), "word-tag-pair", "正文第3个表格第4行"),
    "contents": (before_title(CONTENTS), "word-field-code", "TOC"),
    "a field of a mail merge": (behind_title(FIELD.format("MERGEFIELD 名称")), "word-field-code", "MERGEFIELD"),
    "a slip in a text box": (behind_title(text_box("编号｛｛ enterprise.serial ｝｝")), "word-tag-stray", "正文的文本框"),
    "an insertion": (tracked("ins"), "word-tracked", "正文表格外第1段"),
    "a deletion": (tracked("del", "{%tr for x %}{{ y", "delText"), "word-tracked", "正文表格外第1段"),
    "words moved": (tracked("moveFrom"), "word-tracked", "正文表格外第1段"),
    "deletions in two places": (both(tracked("del", letters="delText"), row_deleted_with_tracking), "word-tracked", "正文表格外第1段"),
    "a row deleted": (row_deleted_with_tracking, "word-tracked", "正文第3个表格第4行"),
    "a change of format": (format_tracked, "word-tracked", "正文表格外第1段"),
    "tracking switched on": (lambda document: document.settings.element.append(made("<w:trackRevisions/>")), "word-tracked", "修订"),
    "a comment": (lambda document: document.add_comment(document.paragraphs[0].runs, text="改成{{ x }}", author="李"), "template-carries", "批注"),
    "a cell merged upwards": (merged_upwards, "template-rows-unprinted", "没有印全"),
    "another first page": (lambda document: setattr(document.sections[0], "different_first_page_header_footer", True), "template-field-unprinted", "编号 enterprise.serial"),
    "a hidden head": (hidden_head, "template-field-unprinted", "编号 enterprise.serial"),
    "a capital letter": (typed(TITLE, "{{ Checklist.title }}"), "template-field-unknown", "「Checklist」"),
    "wide letters": (typed(TITLE, "{{ ｃｈｅｃｋｌｉｓｔ.title }}"), "template-field-unknown", "「ｃｈｅｃｋｌｉｓｔ」"),
    "a wide dot": (typed(TITLE, "{{ checklist．title }}"), "word-tag-syntax", "「．」"),
    "a wide line": (typed(TITLE, "{{ checklist.title｜upper }}"), "word-tag-syntax", "「｜」"),
    "wide braces": (typed(TITLE, "｛｛ checklist.title ｝｝"), "word-tag-stray", "｛｛ checklist.title ｝｝"),
    "braces apart": (typed(TITLE, "{ { checklist.title } }"), "word-tag-stray", "{ { checklist.title } }"),
    "a wide brace before a percent": (typed("{%tr for row in section.rows %}", "｛%tr for row in section.rows %｝"), "word-tag-stray", "｛%tr"),
    "a wide percent": (typed("{%tr for row in section.rows %}", "{％tr for row in section.rows ％}"), "word-tag-stray", "{％tr"),
    "one brace": (typed(TITLE, "{checklist.title}"), "word-tag-stray", "只有一层花括号"),
    "three braces": (typed(TITLE, "{{{ checklist.title }}}"), "word-tag-stray", "多了一层花括号"),
    "no braces": (typed(TITLE, "checklist.title"), "word-tag-stray", "没有写在花括号里"),
    "a field not closed": (typed("{{ checklist.on }}）：{{ checklist.key }}", "{{ checklist.on ）：{{ checklist.key }}"), "word-tag-stray", "「{{ checklist.on"),
    "a condition not closed": (typed("{% if checklist.has_old %}〔历年〕：依据都在三年以前。{% endif %}", "{% if checklist.has_old %}〔历年〕"), "word-tag-pair", "「{% if checklist.has_old %}」没有收尾"),
    "a blank before tr": (typed("{%tr for row in section.rows %}", "{% tr for row in section.rows %}"), "word-tag-syntax", "tr、tc、p 要紧跟在 {% 后面"),
    "tr left out": (typed("{%tr for row in section.rows %}", "{% for row in section.rows %}"), "word-tag-pair", "「{% for row in section.rows %}」没有收尾"),
    "a beginning deleted": (without("tr", "{%tr for row in section.rows %}"), "word-tag-pair", "没有开头"),
    "an end deleted": (without("tr", "{%tr endfor %}"), "word-tag-pair", "没有收尾"),
    "a loop deleted": (loop_taken_away, "template-field-unknown", "row 只能写在"),
    "text beside a row tag": (typed("{%tr for row in section.rows %}", "{%tr for row in section.rows %}合计"), "word-tag-swallows", "「合计」"),
    "row tags in paragraphs": (row_tags_in_paragraphs, "word-tag-misplaced", "{%tr for row in checklist.rows %}"),
    "a line break in a tag": (broken_over_lines, "word-tag-cut", "换行"),
    "a tag over two paragraphs": (broken_over_paragraphs, "word-tag-stray", "{{ checklist."),
    "a field misspelt": (typed("{{ row.content }}", "{{ row.contnet }}"), "template-field-unknown", "row.contnet"),
    "a content cut off": (typed("{{ row.content }}", "{{ row.content|truncate(5) }}"), "template-rows-unprinted", "检查内容"),
    "only some rows": (typed("{%tr for row in section.rows %}", "{%tr for row in section.rows if row.key %}"), "template-rows-unprinted", "没有印全"),
    "a disclaimer cut off": (typed("{{ checklist.disclaimer }}", "{{ checklist.disclaimer|truncate(9) }}"), "template-field-unprinted", "用途声明 checklist.disclaimer"),
    "no disclaimer": (typed("{{ checklist.disclaimer }}", "随便查查"), "template-field-unused", "用途声明 checklist.disclaimer"),
}  # fmt: skip
"""What cannot be -> the code of the one message, and words of it."""


def paragraphs_of(root: etree._Element) -> Iterator[str]:
    """The text of every paragraph."""
    return (text_of(one) for one in root.iter(f"{W}p"))
