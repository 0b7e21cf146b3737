"""What somebody might do to a printed list or paper in Word so that it says something else."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from checklists.checklist.rows import Row
from checklists.documents.plate import read_parts
from tests.tampering import (
    CUSTOM,
    DOCUMENT,
    FIRM,
    FOOTER,
    HEADER,
    MOST,
    STYLES,
    Change,
    W,
    both,
    checklist,
    in_parts,
    in_xml,
    replaced,
    zipped,
)

Root = etree._Element


def w(name: str, *children: Root, text: str | None = None, **attributes: str) -> Root:
    element = etree.Element(f"{W}{name}")
    for key, value in attributes.items():
        element.set(f"{W}{key}", value)
    element.extend(children)
    element.text = text
    return element


def run_of(text: str, *about: Root) -> Root:
    return w("r", w("rPr", *about), w("t", text=text))


def text_of(element: Root) -> str:
    return "".join(element.itertext(f"{W}t"))


def about_of(run: Root) -> Root:
    """The properties of a run, added where it has none."""
    about = run.find(f"{W}rPr")
    if about is None:
        about = w("rPr")
        run.insert(0, about)
    return about


def row_with(root: Root, words: str) -> Root:
    return next(row for row in root.iter(f"{W}tr") if words in text_of(row))


def run_with(root: Root, words: str) -> Root:
    return next(run for run in root.iter(f"{W}r") if words in text_of(run))


def paragraph_with(root: Root, words: str) -> Root:
    return next(paragraph for paragraph in root.iter(f"{W}p") if words in text_of(paragraph))


ROWS = checklist().rows
FIRST, SECOND, LEFT = ROWS[0], ROWS[1], checklist().left_out[3]
PLAIN = next(row for row in checklist().paper_rows if not row.marks)
OLD = next(row for row in checklist().paper_rows if row.old)
QUOTE = FIRST.basis[0].quote
SECTION = checklist().sections[1].title.split("\u3000")[1]
QUESTION = checklist().questions[0]
STARRED = next(row for row in ROWS if row.marks == "★")
SERIAL = checklist().serial


def letter(words: str, part: str = DOCUMENT) -> Change:
    """One letter in the middle of these words changed."""
    at = len(words) // 2
    return replaced(words, f"{words[:at]}某{words[at + 1 :]}", part)


def drop_row(words: str) -> Change:
    return in_xml(lambda root: (row := row_with(root, words)).getparent().remove(row))


def copied_row(root: Root) -> None:
    row = row_with(root, FIRST.content)
    copy = deepcopy(row)
    run_with(copy, FIRST.content).find(f"{W}t").text = "员工食堂每日晨检"
    row.addnext(copy)


def swapped_rows(root: Root) -> None:
    one, other = row_with(root, FIRST.content), row_with(root, SECOND.content)
    other.addnext(one)


def without_mark(words: str, mark: str) -> Change:
    def edit(root: Root) -> None:
        row = row_with(root, words)
        run = next(run for run in row.iter(f"{W}r") if mark in text_of(run))
        run.find(f"{W}t").text = text_of(run).replace(mark, "")

    return in_xml(edit)


def second_paragraph(root: Root) -> None:
    paragraph = paragraph_with(root, FIRST.standard)
    paragraph.addnext(w("p", run_of("小微企业可以不查")))


def second_line(root: Root) -> None:
    run_with(root, FIRST.standard).extend([w("br"), w("t", text="小微企业可以不查")])


def hidden_with_others_beside(root: Root) -> None:
    run = run_with(root, FIRST.standard)
    run.addnext(run_of("现场问一下即可"))
    run.find(f"{W}rPr").append(w("vanish"))


def with_property(words: str, *about: Root) -> Change:
    """Runs with these words get further properties."""

    def edit(root: Root) -> None:
        about_of(run_with(root, words)).extend(about)

    return in_xml(edit)


def style_hides(name: str) -> Change:
    def edit(root: Root) -> None:
        style = next(
            style for style in root.iter(f"{W}style") if style.find(f"{W}name").get(f"{W}val") == name
        )
        style.find(f"{W}rPr").append(w("vanish"))

    return in_xml(edit, STYLES)


def row_property(words: str, *about: Root) -> Change:
    def edit(root: Root) -> None:
        told = row_with(root, words).find(f"{W}trPr")
        for one in about:
            for old in told.findall(one.tag):
                told.remove(old)
            told.append(one)

    return in_xml(edit)


def cell_carries_on(root: Root) -> None:
    cell = next(cell for cell in root.iter(f"{W}tc") if FIRST.content in text_of(cell))
    cell.find(f"{W}tcPr").append(w("vMerge", val="continue"))


TEXT_BOX = etree.fromstring(
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">'
    "<w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>本表作废</w:t></w:r></w:p></w:txbxContent></v:textbox>"
    "</v:shape></w:pict></w:r>"
)
EMPTY_SHAPE = etree.fromstring(
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">'
    '<w:pict><v:rect fillcolor="white" style="position:absolute;width:400pt;height:90pt"/></w:pict></w:r>'
)


def appended_to(words: str, *elements: Root, part: str = DOCUMENT) -> Change:
    return in_xml(lambda root: paragraph_with(root, words).extend(deepcopy(list(elements))), part)


def commented(package: bytes) -> bytes:
    import io

    from docx import Document

    document = Document(io.BytesIO(package))
    table = next(table for table in document.tables if table.rows[0].cells[1].text.startswith("检查内容"))
    document.add_comment(
        table.rows[2].cells[1].paragraphs[0].runs, text="本项可以不查", author="某人", initials="某"
    )
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def other_first_page(root: Root) -> None:
    root.find(f"{W}body/{W}sectPr").append(w("titlePg"))


def numbered(root: Root) -> None:
    about = paragraph_with(root, FIRST.content).find(f"{W}pPr")
    about.append(w("numPr", w("ilvl", val="0"), w("numId", val="7")))


def at_the_end(root: Root) -> None:
    root.find(f"{W}body/{W}sectPr").addprevious(w("p", run_of("附：本表最终解释权归被检查单位。")))


def pointing_elsewhere(parts: dict[str, bytes]) -> None:
    """The package names another part as the document; the untouched one lies beside it."""
    other = parts[DOCUMENT].decode().replace(FIRST.standard, "看看即可")
    assert other.encode() != parts[DOCUMENT]
    parts["word/other.xml"] = other.encode()
    parts["word/_rels/other.xml.rels"] = parts["word/_rels/document.xml.rels"]
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"word/document.xml", b"word/other.xml")
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"/word/document.xml", b"/word/other.xml"
    )


def renamed_everywhere(package: bytes) -> bytes:
    """The enterprise's name changed wherever it stands, in the data of the file too."""
    parts = read_parts(package)
    return zipped({name: told.replace(FIRM.name.encode(), "另一家".encode()) for name, told in parts.items()})


def other_edition_everywhere(package: bytes) -> bytes:
    edition = checklist().edition
    parts = read_parts(package)
    return zipped(
        {
            name: told.replace(
                f"规则版 {edition}".encode(), b"\xe8\xa7\x84\xe5\x88\x99\xe7\x89\x88 9.9.9"
            ).replace(f">{edition}<".encode(), b">9.9.9<")
            for name, told in parts.items()
        }
    )


def code_of(row: Row, old: str, new: str) -> Change:
    """The code of a row, which stands in lines of its own, changed."""

    def edit(root: Root) -> None:
        cell = next(cell for cell in row_with(root, row.content).iter(f"{W}tc") if old in text_of(cell))
        text = next(text for text in cell.iter(f"{W}t") if old in (text.text or ""))
        text.text = text.text.replace(old, new)

    return in_xml(edit)


def option(text: str) -> Change:
    """One option more in the data."""
    return replaced(f'"max-items":{MOST}', f'"max-items":{MOST},{text}', CUSTOM)


def custom(name: str, text: str) -> Change:
    """A property of the file given another text."""

    def edit(root: Root) -> None:
        next(one for one in root if one.get("name") == name)[0].text = text

    return in_xml(edit, CUSTOM)


TAMPERED_LIST: dict[str, Change] = {
    "title": letter("安全生产现场检查表"),
    "disclaimer": replaced("作出行政处罚须另行援引", "作出行政处罚无须援引"),
    "disclaimer cut": replaced("本表不代替现场检查记录。", ""),
    "legend": replaced("内，空白为未查。", "内，空白为符合。"),
    "sign in the legend": in_xml(
        lambda root: run_with(paragraph_with(root, "本次必查"), "√").find(f"{W}t").__setattr__("text", "×")
    ),
    "key of codes": replaced("晋25＝晋政发〔2025〕1号", "晋25＝晋政发〔2015〕1号"),
    "clauses of its own": replaced("本类型通知单列条款", "本类型通知单列条款9"),
    "known facts": replaced("人员密集场所：是", "人员密集场所：否"),
    "question": letter(QUESTION.text),
    "numbers of the question": replaced("否则划去第", "否则划去第1—"),
    "section": letter(SECTION),
    "row number": in_xml(
        lambda root: run_with(row_with(root, FIRST.content), "1").find(f"{W}t").__setattr__("text", "7")
    ),
    "star taken away": without_mark(STARRED.content, "★"),
    "star added": replaced(PLAIN.content, f"★{PLAIN.content}"),
    "content": letter(FIRST.content),
    "standard": replaced(FIRST.standard, f"{FIRST.standard[:-4]}符合"),
    "standard longer": replaced(FIRST.standard, f"{FIRST.standard}，可放宽"),
    "code": code_of(FIRST, "晋25", "晋99"),
    "clause in the code": code_of(FIRST, "四(十一)", "四(十二)"),
    "head of a column": replaced("检查内容／怎样算符合（标准与方法）", "检查内容／参考做法"),
    "label of the grid": replaced(">统一社会<", ">税务登记<"),
    "name": replaced(f">{FIRM.name}<", ">另一家餐饮有限公司<"),
    "code of the firm": replaced(FIRM.code, FIRM.code[:-1] + "Z"),
    "address": replaced(FIRM.address, "凤城镇某某街21号"),
    "person": replaced("张三", "李四"),
    "type": replaced(">餐饮用气单位<", ">农贸市场用气<"),
    "number of items": replaced(f"应查 {len(checklist().paper_rows)} 项", "应查 9 项"),
    "age of a row": replaced("〔历年〕", "〔现行〕"),
    "basis of a row": code_of(OLD, "七消防", "四消防"),
    "box taken away": in_xml(
        lambda root: (one := run_with(paragraph_with(root, "执法检查"), "□")).getparent().remove(one)
    ),
    "word beside a box": replaced("督导检查", "友情走访"),
    "row deleted": drop_row(FIRST.content),
    "section heading deleted": drop_row(SECTION),
    "row added": in_xml(copied_row),
    "rows swapped": in_xml(swapped_rows),
    "second paragraph under the wording": in_xml(second_paragraph),
    "second line under the wording": in_xml(second_line),
    "words beside the wording": in_xml(
        lambda root: run_with(root, FIRST.standard).addnext(run_of("（本单位不查）"))
    ),
    "wording hidden with others beside": in_xml(hidden_with_others_beside),
    "wording hidden": with_property(FIRST.standard, w("vanish")),
    "wording hidden by its style": style_hides("怎样算符合"),
    "wording white": with_property(FIRST.standard, w("color", val="FFFFFF")),
    "wording of one point": with_property(FIRST.standard, w("sz", val="2")),
    "hidden words added": appended_to(FIRST.standard, run_of("不查", w("vanish"))),
    "hidden words in an open cell": in_xml(
        lambda root: (
            list(row_with(root, FIRST.content).iter(f"{W}tc"))[-1]
            .find(f"{W}p")
            .append(run_of("作废", w("vanish")))
        )
    ),
    "row hidden": row_property(FIRST.content, w("hidden")),
    "row without height": row_property(FIRST.content, w("trHeight", val="1", hRule="exact")),
    "cell carried on from above": in_xml(cell_carries_on),
    "text box in the body": appended_to("检查发现的问题", TEXT_BOX),
    "text box in the head": appended_to("单位名称：", TEXT_BOX, part=HEADER),
    "white shape over the words": appended_to(FIRST.standard, EMPTY_SHAPE),
    "comment": commented,
    "footnote": appended_to(FIRST.standard, w("r", w("footnoteReference", id="2"))),
    "tracked deletion": appended_to(FIRST.standard, w("del", w("r", w("delText", text="不查")))),
    "tracked insertion": appended_to(FIRST.standard, w("ins", run_of("不查"))),
    "row inserted with its trace": row_property(FIRST.content, w("ins", author="某人")),
    "automatic number": in_xml(numbered),
    "paragraph at the end": in_xml(at_the_end),
    "paragraph before the list": in_xml(
        lambda root: paragraph_with(root, "★ 本次必查").addprevious(w("p", run_of("本单位已整改完毕。")))
    ),
    "embedded file": in_xml(lambda root: root.find(f"{W}body/{W}sectPr").addprevious(w("altChunk"))),
    "heading of the problem page": replaced("检查发现的问题", "检查发现的亮点"),
    "column of the problem page": replaced("法律法规条款", "建议参考的条款"),
    "label of the signatures": replaced("被检查单位现场", "被检查单位值班"),
    "refusal": replaced("拒绝签名，原因", "同意免签，原因"),
    "serial on the page": replaced(SERIAL, SERIAL[:-1] + ("0" if SERIAL[-1] != "0" else "1"), HEADER),
    "edition on the page": replaced("规则版 ", "规则版 9.", FOOTER),
    "fingerprint on the page": replaced("指纹 ", "指纹 0000-", FOOTER),
    "name on the page": replaced(FIRM.name, "另一家", HEADER),
    "foot of the page": replaced("检查提示用，不作处罚依据", "可作处罚依据", FOOTER),
    "label in the foot": replaced("被检查单位（签名）", "无须签名", FOOTER),
    "page number typed": in_xml(
        lambda root: [one.getparent().remove(one) for one in list(root.iter(f"{W}instrText", f"{W}fldChar"))],
        FOOTER,
    ),
    "no head on the first page": in_xml(other_first_page),
    "no head at all": in_xml(
        lambda root: (one := root.find(f".//{W}headerReference")).getparent().remove(one)
    ),
    "another part is the document": in_parts(pointing_elsewhere),
    "name changed everywhere": renamed_everywhere,
    "edition changed everywhere": other_edition_everywhere,
    "facts in the data": replaced('"dormitory":true', '"dormitory":false', CUSTOM),
    "fact nobody knows in the data": replaced('"dormitory":true', '"swimming":true', CUSTOM),
    "type in the data": replaced(">catering-gas-user<", ">hospital<", CUSTOM),
    "type nobody knows in the data": replaced(">catering-gas-user<", ">moon-base<", CUSTOM),
    "place in the data": replaced('"place":"阳城县"', '"place":"泽州县"', CUSTOM),
    "place nobody knows in the data": replaced('"place":"阳城县"', '"place":"某某县"', CUSTOM),
    "day in the data": replaced(">2026-11-22<", ">2025-11-22<", CUSTOM),
    "no day in the data": replaced(">2026-11-22<", ">明天<", CUSTOM),
    "options in the data": replaced(f'"max-items":{MOST}', '"max-items":20', CUSTOM),
    "nonsense in the data": replaced(f'"max-items":{MOST}', '"max-items":"all"', CUSTOM),
    "cut data": replaced(f'"max-items":{MOST}}}', f'"max-items":{MOST}', CUSTOM),
    "another appendix in the data": option('"appendix":"with"'),
    "lying in the data": option('"landscape":true'),
    "appendix nobody knows in the data": option('"appendix":"some"'),
    "another document in the data": custom("文档", "企业留存"),
    "line that names the other half": replaced("见《企业留存》，编号相同", "见《企业留存》，编号不同"),
    "serial in the data": replaced(SERIAL, "20261122-000000", CUSTOM),
    "fingerprint in the data": custom("指纹", "0000-0000-0000"),
    "digest in the data": custom("文字摘要", "0" * 32),
    "data of another format": custom("格式", "4"),
    "no data": in_parts(lambda parts: parts.pop(CUSTOM)),
    "content and fingerprint together": both(letter(FIRST.content), replaced("指纹 ", "指纹 1", FOOTER)),
}
"""By what is done: the change; every one must be seen."""
NOT_TOLD = {
    "edition changed everywhere",
    "fact nobody knows in the data",
    "type nobody knows in the data",
    "place nobody knows in the data",
    "no day in the data",
    "nonsense in the data",
    "cut data",
    "appendix nobody knows in the data",
    "document nobody knows in the data",
    "no data",
    "data of another format",
    "lying in the data",
    "another document in the data",
}
"""Changes after which nobody can tell what a file was made of; the last two name one of another template."""
