"""Broken and hostile files: one clear message each, the others still read, within memory and time."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.command import command
from tests.damaged import parts_of, repacked, zipped
from tests.returned_books import MONTH, answer, blank, collected_in, ids, opened, saved

SECONDS, MEGABYTES = 10.0, 500


def sheet_part(title: str = MONTH) -> str:
    names = opened(blank()).sheetnames
    return f"xl/worksheets/sheet{names.index(title) + 1}.xml"


def in_sheet(change: Callable[[bytes], bytes]) -> bytes:
    return repacked(blank(), sheet_part(), change)


def with_rows(rows: bytes) -> bytes:
    return in_sheet(lambda content: content.replace(b"</sheetData>", rows + b"</sheetData>"))


def with_part(name: str, content: bytes) -> bytes:
    return zipped({**parts_of(blank()), name: content})


def entity(content: bytes) -> bytes:
    head, _, rest = content.partition(b"<worksheet")
    doctype = b'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return head + doctype + b"<worksheet" + rest.replace(b"<t>", b"<t>&x;", 1)


def laughs(content: bytes) -> bytes:
    head, _, rest = content.partition(b"<worksheet")
    lines = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    return (
        head
        + b'<!DOCTYPE w [<!ENTITY a0 "ha">'
        + lines
        + b"]><worksheet"
        + rest.replace(b"<t>", b"<t>&a9;", 1)
    )


def bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts_of(blank()).items():
            package.writestr(name, content)
        with package.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(b" " * (1 << 20))
    return written.getvalue()


def lying() -> bytes:
    """The directory says of a part that it is small."""
    content = bytearray(with_part("xl/sharedStrings.xml", b"<sst>" + b" " * 3_000_000 + b"</sst>"))
    at = content.rfind(b"xl/sharedStrings.xml") - 46
    content[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(content)


def another_product() -> bytes:
    book = opened(blank())
    for title in book.sheetnames[1:]:
        del book[title]
    sheet = book[book.sheetnames[0]]
    sheet.delete_rows(1, sheet.max_row)
    sheet.append(["姓名", "金额"])
    sheet.append(["张三", 3])
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    return saved(book)


LEGACY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5_000
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "断尾": (lambda: blank()[: len(blank()) // 2], "returns-damaged"),
    "断头": (lambda: b"PK" + blank()[4_000:], "returns-damaged"),
    "空文件": (lambda: b"", "returns-no-package"),
    "文本": (lambda: "序号,结果\n1,符合\n".encode("gb18030"), "returns-no-package"),
    "网页": (lambda: b"<html><table></table></html>", "returns-no-package"),
    "旧格式": (lambda: LEGACY, "returns-legacy"),
    "密码": (lambda: LEGACY + "EncryptedPackage".encode("utf-16-le"), "returns-locked"),
    "压缩炸弹": (bomb, "file-too-big"),
    "目录不符": (lying, "returns-damaged"),
    "外部实体": (lambda: in_sheet(entity), "returns-damaged"),
    "实体炸弹": (lambda: in_sheet(laughs), "returns-damaged"),
    "表里乱码": (lambda: in_sheet(lambda content: content[:3_000]), "returns-damaged"),
    "远处一格": (lambda: with_rows(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "file-too-big"),
    "别的软件": (another_product, "returns-not-ours"),
    "没有工作表": (lambda: zipped({"xl/other.xml": b"<a/>"}), "returns-damaged"),
    "UTF-16": (
        lambda: in_sheet(lambda content: content.decode().replace("UTF-8", "UTF-16").encode("utf-16")),
        "returns-damaged",
    ),
}


@cache
def refused(name: str) -> bytes:
    return REFUSED[name][0]()


def test_the_fault_is_there() -> None:
    """None of them is the sound book, and that one is read."""
    assert all(refused(name) != blank() for name in REFUSED)


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_file_gives_one_message_and_the_others_are_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "坏的.xlsx").write_bytes(refused(name))
    (tmp_path / "好的.xlsx").write_bytes(blank())
    began = time.process_time()

    files = collected_in(tmp_path).files

    assert time.process_time() - began < SECONDS
    broken, sound = sorted(files, key=lambda one: one.returned is not None)
    (found,) = broken.problems
    assert (found.code, found.level) == (REFUSED[name][1], "error")
    assert found.message and found.remedy and not found.message.isascii()
    assert broken.returned is None
    assert sound.returned and sound.returned.count.seen


def million_rows() -> bytes:
    rows = b"".join(b'<row r="%d" spans="1:18" ht="15"/>' % number for number in range(100, 1_000_000))
    return with_rows(rows)


def claimed() -> bytes:
    return in_sheet(
        lambda content: (
            content[: content.index(b"<dimension")]
            + b'<dimension ref="A1:XFD1048576"/>'
            + content[content.index(b"<sheetViews") :]
        )
    )


def another_edition() -> bytes:
    """Made by an edition that has an item which there is no more, and answered."""
    book = opened(blank())
    book.custom_doc_props["规则版"].value = "1.0.0"
    answer(book, next(iter(ids())), "符合")
    return saved(book)


def formatted_far_out() -> bytes:
    return with_rows(b'<row r="1048576"><c r="XFD1048576" s="1"/></row>')


READ: dict[str, tuple[Callable[[], bytes], list[str]]] = {
    "百万空行": (million_rows, []),
    "谎称的范围": (claimed, []),
    "远处的格式": (formatted_far_out, []),
    "别的规则版": (another_edition, ["returns-edition"]),
    "带宏": (lambda: with_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro"), ["returns-macros"]),
    "外部链接": (
        lambda: with_part("xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
        ["returns-links"],
    ),
}


@pytest.mark.parametrize("name", READ)
def test_what_is_only_odd_is_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "怪的.xlsx").write_bytes(READ[name][0]())
    began = time.process_time()

    (file,) = collected_in(tmp_path).files

    assert time.process_time() - began < SECONDS
    assert [one.code for one in file.problems] == READ[name][1]
    assert file.returned and file.returned.count.seen and not file.returned.count.unclear


PEAK = """
import pathlib, re, runpy
try:
    runpy.run_module("checklists", run_name="__main__")
finally:
    print(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])
"""
"""A command, and behind what it prints the most memory it had, in kilobytes; what it was started from does not count."""


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="only Linux tells a process's own peak there"
)
def test_all_of_them_together_stay_small(tmp_path: Path) -> None:
    for name in REFUSED:
        (tmp_path / f"{name}.xlsx").write_bytes(refused(name))
    for name, (made, _) in READ.items():
        (tmp_path / f"{name}.xlsx").write_bytes(made())

    command = [sys.executable, "-c", PEAK, "collect", str(tmp_path), "--dry-run"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    told, _, peak = done.stdout.strip().rpartition("\n")
    assert "共" in told
    assert 20 < int(peak) / 1024 < MEGABYTES


def test_where_nothing_can_be_read_the_ledger_that_stands_there_stays(tmp_path: Path) -> None:
    back, ledger = tmp_path / "交回", tmp_path / "台账.xlsx"
    back.mkdir()
    (back / "好的.xlsx").write_bytes(blank())
    assert command("collect", back, "--out", ledger).code == 0
    before = ledger.read_bytes()
    (back / "好的.xlsx").write_bytes(b"abc")

    told = command("collect", back, "--out", ledger)

    assert told.code == 1 and "returns-none-read" in told.err
    assert ledger.read_bytes() == before


def test_other_endings_are_named_once_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "好的.xlsx").write_bytes(blank())
    (tmp_path / "表.csv").write_text("1,符合", "utf-8")
    (tmp_path / "照片.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "~$好的.xlsx").write_bytes(b"lock")

    told = collected_in(tmp_path)

    assert [Path(one.path).name for one in told.files] == ["好的.xlsx"]
    assert [one.code for one in told.problems] == ["returns-others"]


def test_a_link_in_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "交回"
    folder.mkdir()
    (folder / "好的.xlsx").write_bytes(blank())
    (tmp_path / "别处.xlsx").write_bytes(saved(opened(blank())))
    (folder / "连过去.xlsx").symlink_to(tmp_path / "别处.xlsx")

    told = collected_in(folder)

    assert len(told.files) == 1
    assert [one.code for one in told.problems] == ["returns-link"]


def test_nothing_to_read_and_a_path_that_is_not_there(tmp_path: Path) -> None:
    assert "returns-nothing" in command("collect", tmp_path, "--dry-run").err
    assert "file-missing" in command("collect", tmp_path / "没有", "--dry-run").err
    assert command("collect", tmp_path).code == 2
