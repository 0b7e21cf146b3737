"""One change of a printed Word document that a reader of the paper would see, made in its XML."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCUMENT, STYLES, CUSTOM = "word/document.xml", "word/styles.xml", "docProps/custom.xml"
OTHERS = "不可免无已未甲乙丙9Q"
NOT_DONE = ""
"""A tampering that found nothing to work on says so."""

Parts = dict[str, bytes]
Tampering = Callable[[random.Random, Parts], str]


def q(name: str) -> str:
    """w:t -> {…}t."""
    return f"{{{W}}}{name}"


def opened(parts: Mapping[str, bytes], name: str) -> Any:
    """Root of a part."""
    return etree.fromstring(parts[name])


def closed(parts: Parts, name: str, root: Any) -> None:
    """Put the part back."""
    parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def printed_parts(parts: Mapping[str, bytes]) -> list[str]:
    """Document, headers and footers that print something."""
    names = [
        name for name in parts if name.startswith(("word/header", "word/footer")) and name.endswith(".xml")
    ]
    return [DOCUMENT] * 6 + [name for name in sorted(names) if list(_worded(opened(parts, name)))]


def _worded(root: Any, least: int = 1) -> Iterable[Any]:
    """Texts with at least so many letters."""
    return [text for text in root.iter(q("t")) if sum(map(str.isalnum, text.text or "")) >= least]


def _in_text(change: Callable[[random.Random, Any], str], least: int = 1) -> Tampering:
    """A tampering of one text anywhere in print."""

    def made(chance: random.Random, parts: Parts) -> str:
        name = chance.choice(printed_parts(parts))
        root = opened(parts, name)
        found = list(_worded(root, least))
        if not found:
            return NOT_DONE
        text = chance.choice(found)
        before = text.text
        told = change(chance, text)
        closed(parts, name, root)
        return f"{name}：{told}（{before[:40]}）" if told else NOT_DONE

    return made


def _letter(chance: random.Random, text: Any) -> str:
    letters = list(text.text)
    at = chance.choice([number for number, letter in enumerate(letters) if letter.isalnum()])
    letters[at] = chance.choice([one for one in OTHERS if one != letters[at]])
    text.text = "".join(letters)
    return f"改一个字为「{letters[at]}」"


def _letter_gone(chance: random.Random, text: Any) -> str:
    at = chance.choice([number for number, letter in enumerate(text.text) if letter.isalnum()])
    text.text = text.text[:at] + text.text[at + 1 :]
    return "少一个字"


def _word_more(chance: random.Random, text: Any) -> str:
    at = chance.randrange(len(text.text) + 1)
    text.text = text.text[:at] + chance.choice(["不", "可不", "（免查）", "\u202e", "0"]) + text.text[at:]
    return "多几个字"


def _emptied(chance: random.Random, text: Any) -> str:
    text.text = ""
    return "整段字删去"


def _vanish(run: Any) -> None:
    properties = run.find(q("rPr"))
    if properties is None:
        properties = etree.Element(q("rPr"))
        run.insert(0, properties)
    etree.SubElement(properties, q("vanish"))


def _hidden(chance: random.Random, text: Any) -> str:
    _vanish(text.getparent())
    return "设为隐藏"


def _hidden_and_other(chance: random.Random, text: Any) -> str:
    run = text.getparent()
    other = copy.deepcopy(run)
    for one in other.iter(q("t")):
        one.text = "本项免查"
    _vanish(run)
    run.addnext(other)
    return "隐藏，旁边另写"


def _second_line(chance: random.Random, text: Any) -> str:
    run = text.getparent()
    etree.SubElement(run, q("br"))
    etree.SubElement(run, q("t")).text = "以上为参考，可不执行"
    return "下面加一行"


def _wrapped(opening: str, closing: str, words: str) -> Callable[[random.Random, Any], str]:
    """The run put inside other markup, by its XML."""

    def made(chance: random.Random, text: Any) -> str:
        run = text.getparent()
        inner = etree.tostring(run).decode()
        shown = etree.tostring(_said(run, "本项免查")).decode()
        told = f'<w:x xmlns:w="{W}" xmlns:mc="{MC}">{opening}{inner}{closing}</w:x>'.replace("SHOWN", shown)
        run.getparent().replace(run, etree.fromstring(told)[0])
        return words

    return made


def _said(run: Any, words: str) -> Any:
    other = copy.deepcopy(run)
    for one in other.iter(q("t")):
        one.text = words
    return other


def _deleted(chance: random.Random, text: Any) -> str:
    run = text.getparent()
    wrapper = etree.Element(q("del"), {q("id"): "901", q("author"): "x"})
    run.getparent().replace(run, wrapper)
    wrapper.append(run)
    for one in list(run.iter(q("t"))):
        one.tag = q("delText")
    return "修订：删除"


def _beside(xml: str, words: str) -> Callable[[random.Random, Any], str]:
    """Further markup behind the run."""

    def made(chance: random.Random, text: Any) -> str:
        wrapper = (
            f'<w:x xmlns:w="{W}" xmlns:mc="{MC}" xmlns:m="{MATH}" xmlns:v="urn:schemas-microsoft-com:vml">'
        )
        text.getparent().addnext(etree.fromstring(f"{wrapper}{xml}</w:x>")[0])
        return words

    return made


MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_RUN = "<w:r><w:t>本项免查</w:t></w:r>"
_TEXT_BOX = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>{_RUN}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
_BOUND = (
    '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/ns1:coreProperties[1]/ns0:title[1]" w:storeItemID="'
    '{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"/><w:text/></w:sdtPr><w:sdtContent>'
)


# ---------------------------------------------------------------- rows, tables, paragraphs


def _rows(root: Any) -> list[Any]:
    return [row for row in root.iter(q("tr")) if list(_worded(row, 4))]


def _in_document(change: Callable[[random.Random, Any], str]) -> Tampering:
    def made(chance: random.Random, parts: Parts) -> str:
        root = opened(parts, DOCUMENT)
        told = change(chance, root)
        closed(parts, DOCUMENT, root)
        return told

    return made


def _row_gone(chance: random.Random, root: Any) -> str:
    rows = _rows(root)
    if len(rows) < 2:
        return NOT_DONE
    row = chance.choice(rows)
    row.getparent().remove(row)
    return f"删一行（{''.join(row.itertext())[:40]}）"


def _row_twice(chance: random.Random, root: Any) -> str:
    if not (rows := _rows(root)):
        return NOT_DONE
    row = chance.choice(rows)
    row.addnext(copy.deepcopy(row))
    return f"多一行（{''.join(row.itertext())[:40]}）"


def _rows_swapped(chance: random.Random, root: Any) -> str:
    rows = _rows(root)
    pairs = [(one, two) for one, two in pairwise(rows) if one.getnext() is two]
    pairs = [(one, two) for one, two in pairs if "".join(one.itertext()) != "".join(two.itertext())]
    if not pairs:
        return NOT_DONE
    one, two = chance.choice(pairs)
    two.addnext(one)
    return f"两行对调（{''.join(one.itertext())[:30]}）"


def _table_gone(chance: random.Random, root: Any) -> str:
    tables = [table for table in root.iter(q("tbl")) if list(_worded(table))]
    if not tables:
        return NOT_DONE
    table = chance.choice(tables)
    table.getparent().replace(table, etree.Element(q("p")))
    return f"删一个表（{''.join(table.itertext())[:30]}）"


def _paragraph_more(chance: random.Random, root: Any) -> str:
    body = root.find(q("body"))
    paragraph = etree.fromstring(f'<w:p xmlns:w="{W}">{_RUN}</w:p>')
    body.insert(chance.randrange(len(body)), paragraph)
    return "加一段「本项免查」"


def _paragraph_gone(chance: random.Random, root: Any) -> str:
    found = [one for one in root.find(q("body")) if one.tag == q("p") and list(_worded(one))]
    if not found:
        return NOT_DONE
    paragraph = chance.choice(found)
    paragraph.getparent().remove(paragraph)
    return f"删一段（{''.join(paragraph.itertext())[:30]}）"


def _mark_gone(chance: random.Random, root: Any) -> str:
    marked = [text for text in root.iter(q("t")) if set(text.text or "") & set("★▲")]
    if not marked:
        return NOT_DONE
    text = chance.choice(marked)
    text.text = text.text.replace("★", "", 1) if "★" in text.text else text.text.replace("▲", "", 1)
    return "去掉一个 ★ 或 ▲"


def _header_gone(chance: random.Random, root: Any) -> str:
    found = [*root.iter(q("headerReference"), q("footerReference"))]
    for one in found:
        one.getparent().remove(one)
    return "页眉页脚不再引用" if found else NOT_DONE


def _style_hidden(chance: random.Random, parts: Parts) -> str:
    used = {one.get(q("val")) for one in opened(parts, DOCUMENT).iter(q("rStyle"))}
    root = opened(parts, STYLES)
    styles = [
        one
        for one in root.iter(q("style"))
        if one.get(q("styleId")) in used and one.find(f"{q('rPr')}/{q('vanish')}") is None
    ]
    if not styles:
        return NOT_DONE
    style = chance.choice(styles)
    properties = style.find(q("rPr"))
    if properties is None:
        properties = etree.SubElement(style, q("rPr"))
    etree.SubElement(properties, q("vanish"))
    closed(parts, STYLES, root)
    return f"字符样式 {style.get(q('styleId'))} 设为隐藏"


def _property(chance: random.Random, parts: Parts) -> str:
    if CUSTOM not in parts:
        return NOT_DONE
    root = opened(parts, CUSTOM)
    values = [
        value
        for one in root
        for value in one
        if one.get("name") != "程序" and any(map(str.isalnum, value.text or ""))
    ]
    if not values:
        return NOT_DONE
    value = chance.choice(values)
    told = f"资料「{value.getparent().get('name')}」改一个字"
    at = chance.choice([number for number, letter in enumerate(value.text) if letter.isalnum()])
    other = chance.choice([one for one in "0123456789abcdef甲" if one != value.text[at]])
    value.text = value.text[:at] + other + value.text[at + 1 :]
    closed(parts, CUSTOM, root)
    return told


def _properties_gone(chance: random.Random, parts: Parts) -> str:
    return "资料整个删去" if parts.pop(CUSTOM, None) and _forgotten(parts, CUSTOM) else NOT_DONE


def _forgotten(parts: Parts, name: str) -> bool:
    """Take a part out of what refers to it, so that office programs still open the file."""
    for holder in ("[Content_Types].xml", "_rels/.rels"):
        root = etree.fromstring(parts[holder])
        for one in list(root):
            if name in (one.get("PartName", "").lstrip("/"), one.get("Target", "").lstrip("/")):
                root.remove(one)
        closed(parts, holder, root)
    return True


def _map(parts: Mapping[str, bytes]) -> str:
    """The part that tells which item each row is; only lists have one."""
    return next((name for name, content in parts.items() if b"urn:checklists:rows" in content), "")


def _row_of_another_item(chance: random.Random, parts: Parts) -> str:
    if not (name := _map(parts)):
        return NOT_DONE
    root = opened(parts, name)
    one, two = chance.sample([row for row in root if row.get("bookmark")], 2)
    told = f"{one.get('bookmark')} 与 {two.get('bookmark')} 的检查项编号对调"
    before = one.get("item")
    one.set("item", two.get("item"))
    two.set("item", before)
    closed(parts, name, root)
    return told


def _row_told_no_more(chance: random.Random, parts: Parts) -> str:
    if not (name := _map(parts)):
        return NOT_DONE
    root = opened(parts, name)
    row = chance.choice(list(root))
    root.remove(row)
    closed(parts, name, root)
    return f"资料里去掉一项（{row.get('item')}）"


TAMPERINGS: Mapping[str, Tampering] = {
    "改字": _in_text(_letter),
    "少字": _in_text(_letter_gone),
    "多字": _in_text(_word_more, 2),
    "删字": _in_text(_emptied, 2),
    "隐藏": _in_text(_hidden, 4),
    "隐藏另写": _in_text(_hidden_and_other, 4),
    "加第二行": _in_text(_second_line, 6),
    "修订删除": _in_text(_deleted, 4),
    "修订插入": _in_text(_beside(f'<w:ins w:id="902" w:author="x">{_RUN}</w:ins>', "修订：插入"), 4),
    "域": _in_text(_beside(f'<w:fldSimple w:instr="QUOTE x">{_RUN}</w:fldSimple>', "加域"), 4),
    "文本框": _in_text(_beside(_TEXT_BOX, "加文本框"), 4),
    "公式": _in_text(_beside("<m:oMath><m:r><m:t>本项免查</m:t></m:r></m:oMath>", "加公式"), 4),
    "符号": _in_text(_beside('<w:r><w:sym w:font="SimSun" w:char="4E0D"/></w:r>', "加符号"), 4),
    "注音": _in_text(_beside(f"<w:r><w:ruby><w:rt>{_RUN}</w:rt><w:rubyBase>{_RUN}</w:rubyBase></w:ruby></w:r>", "加注音"), 4),
    "另一种内容": _in_text(
        _wrapped('<mc:AlternateContent><mc:Choice Requires="wps">SHOWN</mc:Choice><mc:Fallback>', "</mc:Fallback></mc:AlternateContent>", "旧程序看原文，新程序看别的"), 4
    ),
    "反向": _in_text(_wrapped('<w:bdo w:val="rtl">', "</w:bdo>", "反向排列"), 4),
    "绑定": _in_text(_wrapped(_BOUND, "</w:sdtContent></w:sdt>", "内容控件绑定到文档标题"), 4),
    "删行": _in_document(_row_gone),
    "加行": _in_document(_row_twice),
    "换行序": _in_document(_rows_swapped),
    "删表": _in_document(_table_gone),
    "加段": _in_document(_paragraph_more),
    "删段": _in_document(_paragraph_gone),
    "去标记": _in_document(_mark_gone),
    "去页眉": _in_document(_header_gone),
    "样式隐藏": _style_hidden,
    "改资料": _property,
    "删资料": _properties_gone,
    "换行资料": _row_of_another_item,
    "删行资料": _row_told_no_more,
}  # fmt: skip
"""Name -> the change; it says what it did, or nothing when there was nothing to change."""
