"""One change of the workbook's template."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.attacks import excel_tampering, payloads, texts
from tests.attacks.word_tampering import NOT_DONE, Parts

Spoiling = Callable[[random.Random, Parts], str]
_TAG = re.compile(rb"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def _sheets(parts: Parts) -> list[str]:
    return sorted(name for name in parts if re.fullmatch(r"xl/(worksheets/[^/]+|sharedStrings)\.xml", name))


def _tag(chance: random.Random, parts: Parts) -> str:
    """A slip in a tag."""
    places = [(name, found) for name in _sheets(parts) for found in _TAG.finditer(parts[name])]
    if not places:
        return NOT_DONE
    name, found = chance.choice(places)
    told = texts.slip(chance, found[0].decode())
    parts[name] = parts[name][: found.start()] + told.encode("utf-8", "replace") + parts[name][found.end() :]
    return f"{name} {found[0].decode()[:50]} → {told[:50]}"


def _payload(kinds: tuple[str, ...]) -> Spoiling:
    def made(chance: random.Random, parts: Parts) -> str:
        places = [
            (name, found)
            for name in _sheets(parts)
            for found in re.finditer(rb"<t[^>]*>([^<]+)</t>", parts[name])
        ]
        if not places:
            return NOT_DONE
        name, found = chance.choice(places)
        payload = chance.choice(kinds)
        told = payload.replace("&", "&amp;").replace("<", "&lt;").encode()
        parts[name] = parts[name][: found.start(1)] + told + parts[name][found.end(1) :]
        return f"{name} 写入 {payload}"

    return made


def _element(chance: random.Random, parts: Parts) -> str:
    """An element of a sheet gone or twice: row, cell, merge, rule, validation, protection, setting."""
    name = chance.choice([one for one in _sheets(parts) if "worksheets" in one])
    found = chance.choice(
        list(
            re.finditer(
                rb"<(row|c|mergeCell|conditionalFormatting|dataValidation|col)\b[^>]*?(/>|>.*?</\1>)",
                parts[name],
                re.DOTALL,
            )
        )
    )
    twice = chance.random() < 0.4
    parts[name] = parts[name][: found.start()] + found[0] * 2 * twice + parts[name][found.end() :]
    return f"{name} {'重复' if twice else '删去'} {found[0][:60].decode('utf-8', 'replace')}"


def _whole(chance: random.Random, parts: Parts) -> str:
    """A setting of the whole sheet or book gone."""
    name = chance.choice([*_sheets(parts), "xl/workbook.xml"])
    kinds = b"sheetProtection|mergeCells|dataValidations|pageSetup|headerFooter|drawing|definedNames|definedName|sheetViews|cols|calcPr"
    found = list(re.finditer(rb"<(" + kinds + rb")\b[^>]*?(/>|>.*?</\1>)", parts[name], re.DOTALL))
    if not found:
        return NOT_DONE
    one = chance.choice(found)
    parts[name] = parts[name][: one.start()] + parts[name][one.end() :]
    return f"{name} 删去 {one[1].decode()}"


def _danger(chance: random.Random, parts: Parts) -> str:
    name = chance.choice(
        [
            "xl/vbaProject.bin",
            "xl/externalLinks/externalLink1.xml",
            "xl/embeddings/oleObject1.bin",
            "xl/activeX/activeX1.xml",
            "xl/connections.xml",
            "xl/ctrlProps/ctrlProp1.xml",
            "customUI/customUI.xml",
        ]
    )
    parts[name] = b"<a/>"
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId990" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        + name.split("/")[1].split(".")[0].rstrip("s").encode() + b'" Target="' + name.removeprefix("xl/").encode() + b'"/></Relationships>',
    )  # fmt: skip
    return f"带 {name}"


def _formula(chance: random.Random, parts: Parts) -> str:
    name = chance.choice([one for one in _sheets(parts) if "worksheets" in one])
    found = list(re.finditer(rb'<c r="([A-Z]+[0-9]+)"([^>]*?)/>', parts[name]))
    if not found:
        return NOT_DONE
    one = chance.choice(found)
    formula = chance.choice(
        [
            "WEBSERVICE(&quot;http://x&quot;)",
            "'[1]x'!A1",
            "cmd|'/C calc'!A0",
            "HYPERLINK(&quot;http://x&quot;,1)",
            "INDIRECT(A1)",
            "NOW()",
            "{{ checklist.count }}",
            "RTD(1)",
        ]
    )
    parts[name] = (
        parts[name][: one.start()]
        + b'<c r="%s"%s><f>%s</f></c>' % (one[1], one[2], formula.encode())
        + parts[name][one.end() :]
    )
    return f"{name} {one[1].decode()} 公式 {formula}"


def _by_openpyxl(change: Callable[[random.Random, Any], str]) -> Spoiling:
    def made(chance: random.Random, parts: Parts) -> str:
        from tests.attacks import ground

        book = excel_tampering.opened(ground.packed(parts))
        told = change(chance, book)
        again = ground.parts_of(excel_tampering.saved(book))
        parts.clear()
        parts.update(again)
        return told

    return made


def _sheet(chance: random.Random, book: Any) -> str:
    sheet = chance.choice(book.worksheets)
    kind = chance.choice(["删", "改名", "藏", "加", "移"])
    if kind == "删":
        book.remove(sheet)
    elif kind == "改名":
        sheet.title = chance.choice(["甲", "Sheet1", f"{sheet.title} ", "{{ checklist.title }}"])
    elif kind == "藏":
        sheet.sheet_state = "veryHidden"
    elif kind == "加":
        book.create_sheet("甲")["A1"] = chance.choice(["甲", "{{ checklist.title }}", "{{ x }}"])
    else:
        book.move_sheet(sheet, 1)
    return f"工作表{kind}：{sheet.title}"


def _row_or_column(chance: random.Random, book: Any) -> str:
    sheet = chance.choice(book.worksheets)
    kind = chance.choice(["insert_rows", "delete_rows", "insert_cols", "delete_cols"])
    number = chance.randint(1, 9)
    getattr(sheet, kind)(number)
    return f"{sheet.title} {kind} {number}"


CHANGING: Mapping[str, Spoiling] = {
    "标记写错": _tag,
    "粗心": _payload(tuple(payloads.CARELESS)),
    "逃逸": _payload(tuple(payloads.ESCAPES)),
    "耗尽": _payload(tuple(payloads.HEAVY)),
    "元素": _element,
    "设置": _whole,
    "危险部件": _danger,
    "公式": _formula,
    "工作表": _by_openpyxl(_sheet),
    "行列": _by_openpyxl(_row_or_column),
}
KEEPING: Mapping[str, Spoiling] = {"openpyxl": _by_openpyxl(lambda chance, book: "openpyxl 另存")}
