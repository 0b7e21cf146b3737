"""Plates and stamps: what comes out is an ordinary zip with exactly the text that went in."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import zipfile
import zlib
from functools import cache
from pathlib import Path
from xml.sax.saxutils import unescape

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.documents.fields import FIELD_NAMES, choice, enterprise_values, mark
from checklists.documents.plate import Plate, make_plate, read_parts, stamp
from checklists.models import Enterprise
from checklists.text import clean
from tests.sample import filled_parts, sample_checklist

TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ue000\ue001\ufffe\uffff"), max_size=80
)
STATIC = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\ue000\ue001"), max_size=300)
NAMES = sorted(FIELD_NAMES)


def expected(template: list[str], values: dict[str, str]) -> str:
    return "".join(values[piece] if index % 2 else piece for index, piece in enumerate(template))


def read(package: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        assert opened.testzip() is None
        return opened.read(name).decode()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(STATIC, min_size=1, max_size=8),
    st.lists(st.sampled_from(NAMES), min_size=8, max_size=8),
    st.fixed_dictionaries(dict.fromkeys(NAMES, TEXT)),
)
def test_any_text_between_any_stretches_reads_back_as_it_was(
    statics: list[str], fields: list[str], values: dict[str, str]
) -> None:
    pieces = [piece for pair in zip(statics, fields, strict=False) for piece in pair][: 2 * len(statics) - 1]
    content = "".join(mark(piece) if index % 2 else piece for index, piece in enumerate(pieces))

    package = stamp(make_plate({"a.xml": content.encode(), "b/c.xml": b"<fixed/>"}), values)

    stamped = read(package, "a.xml")
    assert unescape(stamped, {"&quot;": '"'}) == unescape(
        expected(pieces, values), {}
    ) or stamped == expected(pieces, {name: escaped(text) for name, text in values.items()})
    assert read(package, "b/c.xml") == "<fixed/>"


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


@pytest.mark.parametrize("length", [0, 1, 65_534, 65_535, 65_536, 200_000])
def test_long_and_empty_fields_read_back(length: int) -> None:
    values = dict.fromkeys(NAMES, "煤" * (length // 3) + "x" * (length % 3))

    package = stamp(make_plate({"a.xml": f"<a>{mark('name')}</a>".encode()}), values)

    assert read(package, "a.xml") == f"<a>{values['name']}</a>"


def test_a_part_that_begins_or_ends_with_a_field_or_is_empty() -> None:
    values = dict.fromkeys(NAMES, "甲")
    parts = {"a": mark("name").encode(), "b": b"", "c": f"{mark('name')}{mark('code')}".encode()}

    assert read_parts(stamp(make_plate(parts), values)) == {
        "a": "甲".encode(),
        "b": b"",
        "c": "甲甲".encode(),
    }


def test_a_choice_prints_one_of_two_numbers_by_whether_a_field_is_empty() -> None:
    plate = make_plate({"a.xml": f'<c s="{choice("name", 7, 12)}">{mark("name")}</c>'.encode()})

    assert read(stamp(plate, {"name": "甲"}), "a.xml") == '<c s="12">甲</c>'
    assert read(stamp(plate, {"name": ""}), "a.xml") == '<c s="7"></c>'


def test_a_picture_stays_as_it_is() -> None:
    picture = bytes(range(256)) * 50

    assert read_parts(stamp(make_plate({"image.png": picture}), {}))["image.png"] == picture


def test_same_plate_and_values_give_the_same_bytes() -> None:
    parts = {"a.xml": f"<a>{mark('name')}</a>".encode() * 20}
    values = dict.fromkeys(NAMES, "某某饭店")

    assert stamp(make_plate(parts), values) == stamp(make_plate(parts), values)


def test_unzip_finds_nothing_wrong(tmp_path: Path) -> None:
    program = shutil.which("unzip")
    assert program, "unzip belongs to the system; .ci/run installs it"
    path = tmp_path / "some.zip"
    path.write_bytes(
        stamp(make_plate({"文件.xml": f"<a>{mark('name')}</a>".encode()}), {"name": "𠮷野家 & <煤>"})
    )

    done = subprocess.run([program, "-t", path], capture_output=True, check=False)

    assert done.returncode == 0, done.stdout


def test_stretches_are_ordinary_deflate() -> None:
    package = stamp(make_plate({"a": f"{'煤矿' * 999}{mark('name')}{'尾' * 999}".encode()}), {"name": "甲"})
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        entry = opened.getinfo("a")
        start = entry.header_offset + 30 + len("a")
        raw = zlib.decompress(package[start : start + entry.compress_size], -zlib.MAX_WBITS)

    assert raw.decode() == "煤矿" * 999 + "甲" + "尾" * 999
    assert entry.compress_size < 400


@given(st.text())
def test_cleaned_text_is_one_line_that_xml_can_hold(text: str) -> None:
    cleaned = clean(text)

    assert cleaned == cleaned.strip()
    assert not any(ord(letter) < 32 or letter in "\ue000\ue001\ufffe\uffff" for letter in cleaned)
    assert not any(0xD800 <= ord(letter) <= 0xDFFF for letter in cleaned)


# ---------------------------------------------------------------- what others read


NASTY = [
    "甲",
    "",
    "𠮷野家𣲘煤矿",
    "烤鸭🦆店👨‍👩‍👧",
    "=cmd|' /C calc'!A0",
    "A&B <b>\"引\" 'x' &lt;",
    "]]><!-- {{ x }} %}",
    "{{ enterprise.name }}",
    "名" * 300,
    "上行\n下行\t尾",
    "עברית العربية",
    "１２３ ｶﾅ é é",
]
WORD_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


@cache
def plates() -> dict[str, Plate]:
    checklist = sample_checklist(4)
    return {
        "docx": make_plate(filled_parts("现场检查表", checklist)),
        "xlsx": make_plate(filled_parts("企业自查工作簿", checklist)),
    }


def values_of(name: str, address: str = "新建路1号") -> dict[str, str]:
    told = Enterprise(name=name, address=address, types=("catering-gas-user",), code="9", phone=name[:20])
    return dict(enterprise_values(told, "20261122-3f9a2c", ("山西省",)))


@settings(max_examples=40, deadline=None)
@given(st.one_of(TEXT, st.sampled_from(NASTY)), TEXT)
def test_python_docx_reads_any_text_as_it_was(name: str, address: str) -> None:
    values = values_of(name, address)

    document = docx.Document(io.BytesIO(stamp(plates()["docx"], values)))

    texts = [element.text or "" for element in document.element.iter(WORD_TEXT)]
    assert all(any(values[field] in text for text in texts) for field in ("name", "address", "phone"))
    header = document.sections[0].header._element
    assert values["serial"] in "".join(element.text or "" for element in header.iter(WORD_TEXT))


@settings(max_examples=25, deadline=None)
@given(st.one_of(TEXT, st.sampled_from(NASTY)))
def test_openpyxl_reads_any_text_as_it_was(name: str) -> None:
    values = values_of(name)

    book = openpyxl.load_workbook(io.BytesIO(stamp(plates()["xlsx"], values)))

    cells = [cell for row in book["说明"].iter_rows() for cell in row if cell.value is not None]
    assert any(values["name"] in str(cell.value) for cell in cells)
    assert all(cell.data_type != "f" for cell in cells if cell.value == values["name"])
    assert values["name"] in book.properties.title and values["serial"] in book.properties.keywords


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_documents_of_nasty_names_and_shows_them(tmp_path: Path) -> None:
    for ending, plate in plates().items():
        for number, name in enumerate(NASTY):
            (tmp_path / f"{number}.{ending}").write_bytes(stamp(plate, values_of(name)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    for ending, wanted in (
        ("docx", "txt:Text (encoded):UTF8"),
        ("xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1"),
    ):
        files = sorted(tmp_path.glob(f"*.{ending}"))
        command = ["soffice", profile, "--headless", "--convert-to", wanted, "--outdir", str(tmp_path)]
        subprocess.run([*command, *files], capture_output=True, check=True, timeout=300)

    for number, name in enumerate(NASTY):
        shown = values_of(name)["name"]
        assert shown in (tmp_path / f"{number}.txt").read_text("utf-8-sig")
        with (tmp_path / f"{number}.csv").open(encoding="utf-8", newline="") as opened:
            assert any(shown in cell for row in csv.reader(opened) for cell in row)
