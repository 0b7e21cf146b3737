"""One change of a template: what people do to it by hand, what office programs do, what attackers put in."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from tests.attacks import filling, payloads, texts
from tests.attacks.word_tampering import DOCUMENT, NOT_DONE, Parts, closed, opened, q

Spoiling = Callable[[random.Random, Parts], str]
_RELS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _filled_parts(parts: Mapping[str, bytes]) -> list[str]:
    return [DOCUMENT] * 4 + sorted(
        name for name in parts if name.startswith(("word/header", "word/footer")) and name.endswith(".xml")
    )


def _in(change: Callable[[random.Random, Any], str]) -> Spoiling:
    """A change of the document, a header or a footer."""

    def made(chance: random.Random, parts: Parts) -> str:
        name = chance.choice(_filled_parts(parts))
        root = opened(parts, name)
        told = change(chance, root)
        closed(parts, name, root)
        return f"{name}：{told}" if told else NOT_DONE

    return made


def _some(chance: random.Random, root: Any) -> Any:
    """A paragraph, row, cell, run or table, tags or not."""
    kinds = [
        q(name) for name in ("p", "tr", "tc", "r", "tbl", "t", "tblGrid", "pPr", "tcPr", "sectPr", "rPr")
    ]
    return chance.choice([one for one in root.iter(*kinds) if one.getparent() is not None])


def _named(element: Any) -> str:
    return f"{etree.QName(element).localname}（{''.join(element.itertext())[:40]}）"


def _gone(chance: random.Random, root: Any) -> str:
    element = _some(chance, root)
    element.getparent().remove(element)
    return f"删去 {_named(element)}"


def _twice(chance: random.Random, root: Any) -> str:
    element = _some(chance, root)
    element.addnext(copy.deepcopy(element))
    return f"重复 {_named(element)}"


def _moved(chance: random.Random, root: Any) -> str:
    element, to = _some(chance, root), _some(chance, root)
    if element is to or element in to.iterancestors() or to in element.iterancestors():
        return NOT_DONE
    to.addnext(element)
    return f"{_named(element)} 移到 {_named(to)} 后面"


def _swapped(chance: random.Random, root: Any) -> str:
    element = _some(chance, root)
    after = element.getnext()
    if after is None:
        return NOT_DONE
    after.addnext(element)
    return f"{_named(element)} 与后一个对调"


def _tagged(root: Any) -> list[Any]:
    return [text for text in root.iter(q("t")) if set(text.text or "") & set("{}%")]


def _tag_slip(chance: random.Random, root: Any) -> str:
    if not (found := _tagged(root)):
        return NOT_DONE
    text = chance.choice(found)
    before, text.text = text.text, texts.slip(chance, text.text)
    return f"标记 {before[:60]} → {text.text[:60]}"


def _tag_beside(chance: random.Random, root: Any) -> str:
    """Words in the paragraph of a tag, which a row's tag swallows."""
    if not (found := _tagged(root)):
        return NOT_DONE
    text = chance.choice(found)
    text.text = chance.choice(
        ["注意：{}", "{}（不可删）", "{} {{{{ checklist.disclaimer }}}}", "第{}条"]
    ).format(text.text)
    return f"标记旁写字：{text.text[:80]}"


def _tag_for_tag(chance: random.Random, root: Any) -> str:
    """One tag's words in another's place."""
    found = _tagged(root)
    if len(found) < 2:
        return NOT_DONE
    one, two = chance.sample(found, 2)
    told = f"{one.text[:50]} ⇄ {two.text[:50]}"
    one.text, two.text = two.text, one.text
    return told


def _payload(kinds: tuple[str, ...]) -> Callable[[random.Random, Any], str]:
    def made(chance: random.Random, root: Any) -> str:
        found = [text for text in root.iter(q("t")) if text.text]
        if not found:
            return NOT_DONE
        text, payload = chance.choice(found), chance.choice(kinds)
        text.text = chance.choice([payload, text.text + payload, payload + text.text])
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return f"写入 {payload}"

    return made


def _field(chance: random.Random, root: Any) -> str:
    found = [text for text in root.iter(q("t")) if text.text]
    if not found:
        return NOT_DONE
    instruction = chance.choice(payloads.FIELDS)
    simple = etree.Element(q("fldSimple"), {q("instr"): instruction})
    chance.choice(found).getparent().addnext(simple)
    return f"域 {instruction}"


# ---------------------------------------------------------------- the package


def _related(parts: Parts, kind: str, target: str, mode: str = "External") -> None:
    root = opened(parts, _RELS)
    etree.SubElement(
        root,
        f"{{{etree.QName(root).namespace}}}Relationship",
        {
            "Id": "rId990",
            "Type": f"{_OFFICE}/{kind}",
            "Target": target,
            **({"TargetMode": mode} if mode else {}),
        },
    )
    closed(parts, _RELS, root)


def _macros(chance: random.Random, parts: Parts) -> str:
    parts["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0" + b"\0" * 600
    root = opened(parts, _RELS)
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    etree.SubElement(
        root,
        f"{{{etree.QName(root).namespace}}}Relationship",
        {"Id": "rId991", "Type": kind, "Target": "vbaProject.bin"},
    )
    closed(parts, _RELS, root)
    parts[_TYPES] = parts[_TYPES].replace(
        b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    )
    return "带宏"


def _remote(chance: random.Random, parts: Parts) -> str:
    kind = chance.choice(
        ["attachedTemplate", "image", "oleObject", "aFChunk", "frame", "subDocument", "externalLink"]
    )
    _related(
        parts, kind, chance.choice(["http://x.example/y", "file:///etc/passwd", "\\\\server\\share\\a.dotm"])
    )
    return f"外部引用 {kind}"


def _part_gone(chance: random.Random, parts: Parts) -> str:
    name = chance.choice(sorted(parts))
    del parts[name]
    return f"缺部件 {name}"


def _part_odd(chance: random.Random, parts: Parts) -> str:
    name = chance.choice(
        [
            "../../evil.xml",
            "/abs.xml",
            "word\\document.xml",
            "WORD/DOCUMENT.XML",
            "word/../word/x.xml",
            "word/" + "a" * 300,
            "甲.xml",
            "con",
        ]
    )
    parts[name] = b"<a/>"
    return f"多部件 {name[:40]}"


def _part_wrong(chance: random.Random, parts: Parts) -> str:
    name = chance.choice(sorted(parts))
    content = parts[name]
    kind = chance.choice(["empty", "text", "doctype", "utf16", "bomb", "cut", "other"])
    bomb = (
        b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1) if n else b"&a;") * 10) for n in range(9))
        + b"]>"
    )
    body = content.partition(b"?>")[2]
    parts[name] = {
        "empty": b"", "text": b"abc", "doctype": b'<!DOCTYPE a SYSTEM "file:///etc/passwd">' + body,
        "utf16": content.decode("utf-8", "replace").replace("UTF-8", "UTF-16").encode("utf-16"), "bomb": bomb + body.replace(b"<w:t>", b"<w:t>&a8;", 1),
        "cut": content[: len(content) // 2], "other": parts[sorted(parts)[0]],
    }[kind]  # fmt: skip
    return f"部件 {name} 写坏：{kind}"


def _blanks(chance: random.Random, parts: Parts) -> str:
    parts[DOCUMENT] = parts[DOCUMENT].replace(
        b"</w:body>", b" " * (chance.choice([1, 50, 400]) << 20) + b"</w:body>"
    )
    return "几百兆空白"


def _properties(chance: random.Random, parts: Parts) -> str:
    name = chance.choice(["docProps/core.xml", "docProps/custom.xml", "docProps/app.xml"])
    if name not in parts:
        return NOT_DONE
    root = opened(parts, name)
    told = chance.choice([one for one in root.iter() if isinstance(one.tag, str) and len(one) == 0] or [root])
    told.text = chance.choice([*payloads.CARELESS, *payloads.ESCAPES, "", "甲", "检查方案"])
    closed(parts, name, root)
    return f"{name} {etree.QName(told).localname}：{told.text}"


KEEPING: Mapping[str, Spoiling] = {
    "合并文字": _in(filling._joined_runs),
    "拆开文字": _in(filling._split_run),
    "痕迹": _in(filling._traces),
    "样子": _in(filling._looks),
}
"""After these the document says all it says from the template as shipped."""
CHANGING: Mapping[str, Spoiling] = {
    "删": _in(_gone),
    "重复": _in(_twice),
    "移": _in(_moved),
    "对调": _in(_swapped),
    "标记写错": _in(_tag_slip),
    "标记旁写字": _in(_tag_beside),
    "标记对调": _in(_tag_for_tag),
    "粗心": _in(_payload(tuple(payloads.CARELESS))),
    "逃逸": _in(_payload(tuple(payloads.ESCAPES))),
    "耗尽": _in(_payload(tuple(payloads.HEAVY))),
    "域": _in(_field),
    "宏": _macros,
    "外部": _remote,
    "缺部件": _part_gone,
    "多部件": _part_odd,
    "坏部件": _part_wrong,
    "空白": _blanks,
    "属性": _properties,
}
"""After these it is refused, or says all that it must."""
