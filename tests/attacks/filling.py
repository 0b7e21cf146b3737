"""What people and office programs rightly do with a document: fill it in, save it again. It stays what it is."""

from __future__ import annotations

import copy
import random
import shutil
import subprocess
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from tests.attacks import excel_tampering, ground
from tests.attacks.word_tampering import DOCUMENT, NOT_DONE, Parts, closed, opened, q

ANSWERS = (
    "二层东侧出口锁闭",
    "已整改",
    "张三",
    "2026年11月22日",
    "√",
    "见附件",
    "不涉及",
    "12",
    "=1+1",
    "<甲>&",
)


def _in_document(change: Callable[[random.Random, Any], str]) -> Callable[[random.Random, Parts], str]:
    def made(chance: random.Random, parts: Parts) -> str:
        root = opened(parts, DOCUMENT)
        told = change(chance, root)
        closed(parts, DOCUMENT, root)
        return told

    return made


def _ticked(chance: random.Random, root: Any) -> str:
    boxes = [text for text in root.iter(q("t")) if "□" in (text.text or "")]
    for text in boxes:
        if chance.random() < 0.5:
            text.text = text.text.replace("□", chance.choice("√☑✓■×"), 1)
    return f"打勾 {len(boxes)} 处" if boxes else NOT_DONE


def _written(chance: random.Random, root: Any) -> str:
    empty = [cell for cell in root.iter(q("tc")) if not "".join(cell.itertext()).strip()]
    if not empty:
        return NOT_DONE
    for cell in chance.sample(empty, min(len(empty), 5)):
        run = etree.SubElement(cell.find(q("p")), q("r"))
        etree.SubElement(run, q("t")).text = chance.choice(ANSWERS)
    return "空格里填写"


def _joined_runs(chance: random.Random, root: Any) -> str:
    """Neighbouring runs of equal properties joined, as office programs do on saving."""
    joined = 0
    for run in list(root.iter(q("r"))):
        after = run.getnext()
        if after is None or after.tag != q("r") or _look(run) != _look(after):
            continue
        if [one.tag for one in run][-1:] == [q("t")] and all(one.tag in (q("rPr"), q("t")) for one in after):
            for text in after.findall(q("t")):
                run.append(text)
            after.getparent().remove(after)
            joined += 1
    return f"合并 {joined} 处相同字体的文字" if joined else NOT_DONE


def _look(run: Any) -> bytes:
    properties = run.find(q("rPr"))
    return b"" if properties is None else etree.tostring(properties, method="c14n")


def _split_run(chance: random.Random, root: Any) -> str:
    texts = [text for text in root.iter(q("t")) if len(text.text or "") > 3]
    for text in chance.sample(texts, min(len(texts), 20)):
        run = text.getparent()
        if len(run.findall(q("t"))) > 1 or run[-1] is not text:
            continue
        other = copy.deepcopy(run)
        at = chance.randrange(1, len(text.text))
        other[-1].text, text.text = text.text[at:], text.text[:at]
        for one in (other[-1], text):
            one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.addnext(other)
        run.addnext(etree.Element(q("proofErr"), {q("type"): chance.choice(["spellStart", "spellEnd"])}))
    return "文字拆成几截，中间有拼写标记"


def _traces(chance: random.Random, root: Any) -> str:
    """What Word leaves behind: revision numbers, page breaks as last seen, bookmarks, languages."""
    for run in root.iter(q("r")):
        run.set(q("rsidR"), "00AB12CD")
        if chance.random() < 0.02:
            run.insert(1 if run.find(q("rPr")) is not None else 0, etree.Element(q("lastRenderedPageBreak")))
    for paragraph in root.iter(q("p")):
        if chance.random() < 0.05:
            paragraph.append(etree.Element(q("bookmarkStart"), {q("id"): "77", q("name"): "_GoBack"}))
            paragraph.append(etree.Element(q("bookmarkEnd"), {q("id"): "77"}))
    return "Word 存盘的痕迹"


def _looks(chance: random.Random, root: Any) -> str:
    for run in list(root.iter(q("r")))[:: chance.choice([1, 5])]:
        if run.find(q("rPr")) is not None:
            size = run.find(f"{q('rPr')}/{q('sz')}")
            if size is not None:
                size.set(q("val"), chance.choice(["18", "24"]))
    for height in root.iter(q("trHeight")):
        height.set(q("val"), "900")
    return "字号、行高"


def _python_docx(chance: random.Random, package: bytes) -> tuple[bytes, str]:
    from docx import Document

    written = BytesIO()
    Document(BytesIO(package)).save(written)
    return written.getvalue(), "python-docx 另存"


def _openpyxl(chance: random.Random, package: bytes) -> tuple[bytes, str]:
    return excel_tampering.saved(excel_tampering.opened(package)), "openpyxl 另存"


def _filled(chance: random.Random, package: bytes) -> tuple[bytes, str]:
    book = excel_tampering.opened(package)
    cells = [
        cell
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if type(cell).__name__ == "Cell" and not cell.protection.locked and cell.value is None
    ]
    for cell in chance.sample(cells, min(len(cells), chance.choice([1, 10, 200]))):
        cell.value = chance.choice([*ANSWERS[:-2], 3, True, "符合", "不符合"])
    for sheet in book.worksheets:
        sheet.row_dimensions[chance.randint(5, 12)].height = 60
    return excel_tampering.saved(book), f"白格填写 {len(cells)} 格中的一些"


def _repacked(chance: random.Random, package: bytes) -> tuple[bytes, str]:
    parts = ground.parts_of(package)
    names = sorted(parts, key=lambda name: (name != "[Content_Types].xml", chance.random()))
    return ground.packed({name: parts[name] for name in names}), "重新打包"


def _office(chance: random.Random, package: bytes) -> tuple[bytes, str]:
    """Opened and saved by LibreOffice, where there is one."""
    office = shutil.which("soffice")
    if office is None:
        return package, NOT_DONE
    ending = "xlsx" if b"xl/workbook.xml" in package else "docx"
    from tests.attacks.trial import scratch_folder

    with scratch_folder() as folder:
        (folder / f"a.{ending}").write_bytes(package)
        command = [office, f"-env:UserInstallation=file://{folder}/lo", "--headless", "--convert-to", ending]
        subprocess.run(
            [*command, "--outdir", str(folder / "b"), str(folder / f"a.{ending}")],
            check=False, capture_output=True, timeout=120,
        )  # fmt: skip
        saved = folder / "b" / f"a.{ending}"
        return (saved.read_bytes(), "LibreOffice 另存") if saved.exists() else (package, NOT_DONE)


def _in_parts(
    change: Callable[[random.Random, Parts], str],
) -> Callable[[random.Random, bytes], tuple[bytes, str]]:
    def made(chance: random.Random, package: bytes) -> tuple[bytes, str]:
        parts = ground.parts_of(package)
        told = change(chance, parts)
        return ground.packed(parts), told

    return made


Filling = Callable[[random.Random, bytes], tuple[bytes, str]]

WORD: Mapping[str, Filling] = {
    "打勾": _in_parts(_in_document(_ticked)),
    "填写": _in_parts(_in_document(_written)),
    "合并文字": _in_parts(_in_document(_joined_runs)),
    "拆开文字": _in_parts(_in_document(_split_run)),
    "痕迹": _in_parts(_in_document(_traces)),
    "样子": _in_parts(_in_document(_looks)),
    "python-docx": _python_docx,
    "重新打包": _repacked,
}
EXCEL: Mapping[str, Filling] = {"openpyxl": _openpyxl, "填写": _filled, "重新打包": _repacked}
OFFICE: Filling = _office


def renamed(folder: Path, name: str) -> Path:
    """A file name as a firm gives it."""
    return folder / f"副本 {name}"
