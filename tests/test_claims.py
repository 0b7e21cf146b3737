"""What a document carries as data of its own making."""

from __future__ import annotations

import datetime
import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from checklists.checklist.build import Order, checklist_for
from checklists.documents.catalogue import PAPERS
from checklists.documents.claims import Options, options_text, read_options
from checklists.documents.fields import enterprise_of, enterprise_values, firm_text
from checklists.documents.make import fill_register
from checklists.documents.paper_views import RegisterEntry
from checklists.documents.plate import make_plate, read_parts, stamp
from checklists.documents.properties import properties_of, with_properties
from checklists.documents.reading import packed, unpacked
from checklists.models import Enterprise
from tests.sample import finished
from tests.tampering import ACROSS, BOOK, CUSTOM, FIRM, LIST, MOST, ROOT, checklist, installed, made, zipped

PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
EVERY = (LIST, ACROSS, BOOK, *PAPERS)
TYPES_OF_PARTS = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


def carried(package: bytes) -> dict[str, str]:
    return properties_of(read_parts(package))


# ---------------------------------------------------------------- what it is


@pytest.mark.parametrize("document", EVERY)
def test_every_document_says_what_it_was_made_of(document: str) -> None:
    told = carried(made(document))

    assert told["文档"] == (LIST if document == ACROSS else document)
    assert (told["格式"], told["规则版"], told["基准日"]) == ("3", checklist().edition, "2026-11-22")
    assert told["企业类型"] == "catering-gas-user"
    assert re.fullmatch(r"20261122-[0-9a-f]{6}", told["编号"])
    assert re.fullmatch(r"([0-9a-f]{4}-){2}[0-9a-f]{4}", told["指纹"])
    assert re.fullmatch(r"[0-9a-f]{32}", told["文字摘要"])
    assert re.fullmatch(r"[0-9a-f]{16}", told["模板"])
    firm = json.loads(told["企业"])
    assert firm.pop("facts") == {"dormitory": True, "uses-gas": True}
    assert firm == {
        "name": "阳城县某某餐饮有限公司",
        "code": "91140522MA0K2XXT3E",
        "address": "凤城镇某某街12号",
        "place": "阳城县",
        "person": "张三",
        "phone": "13800000000",
    }


def test_a_document_says_with_which_options_it_was_made() -> None:
    order = Order(datetime.date(2026, 11, 22), 0, "消防", current=True, landscape=True)
    told = checklist_for(installed().library, FIRM, order)

    both = finished(told, landscape=True)

    word, book = (json.loads(carried(content)["选项"]) for content in both.values())
    assert word == {"department": "消防", "basis": "current", "max-items": 0, "landscape": True}
    assert book == {"department": "消防", "basis": "current", "max-items": 0}
    assert json.loads(carried(made(LIST))["选项"]) == {"max-items": MOST}


def test_the_workbook_shows_the_same_on_its_first_sheet_outside_of_what_is_printed() -> None:
    sheet = load_workbook(io.BytesIO(made(BOOK)))["说明"]
    first = next(cell.row for cell in sheet["A"] if cell.value == "核验数据")

    shown = {
        sheet.cell(row, 1).value: sheet.cell(row, 2).value for row in range(first + 1, sheet.max_row + 1)
    }

    told = carried(made(BOOK))
    assert shown == {name: told[name] for name in told if name not in ("程序", "企业摘要")}
    last_printed = int(re.findall(r"\d+", sheet.print_area)[-1])
    assert last_printed < first
    assert not any(sheet.column_dimensions[letter].hidden for letter in "AB")


def test_no_property_is_longer_than_office_keeps() -> None:
    long = Enterprise(
        **{
            **FIRM.model_dump(),
            "name": "长" * 90,
            "address": "𠮷" * 200,
            "facts": {"dormitory": True, "uses-gas": True},
        }
    )
    told = checklist_for(installed().library, long, Order(datetime.date(2026, 11, 22)))

    for content in finished(told).values():
        root = etree.fromstring(read_parts(content)[CUSTOM])
        texts = ["".join(one.itertext()) for one in root.iter(PROPERTY)]
        assert max(len(text.encode("utf-16-le")) // 2 for text in texts) <= 255
        assert all(text == text.strip() for text in texts)
        numbers = [int(one.get("pid", "")) for one in root.iter(PROPERTY)]
        assert len(set(numbers)) == len(numbers) and min(numbers) == 2
        assert enterprise_of(carried(content)["企业"], long.types) == long


def test_the_properties_are_named_in_the_package() -> None:
    for document in EVERY:
        parts = read_parts(made(document))
        assert b'PartName="/docProps/custom.xml"' in parts["[Content_Types].xml"]
        assert parts["_rels/.rels"].count(b"docProps/custom.xml") == 1


def test_a_template_of_ones_own_carries_the_data_too_and_keeps_its_own_properties(tmp_path: Path) -> None:
    parts = read_parts((ROOT / "templates" / "现场检查表.docx").read_bytes())
    own = parts[CUSTOM].replace(b"</Properties>", _property("本局档号", "A-17") + b"</Properties>")
    with_own, without = tmp_path / "有.docx", tmp_path / "无.docx"
    with_own.write_bytes(zipped({**parts, CUSTOM: own}))
    for name in (CUSTOM,):
        parts.pop(name)
    parts["[Content_Types].xml"] = re.sub(
        rb'<Override PartName="/docProps/custom.xml"[^>]*/>', b"", parts["[Content_Types].xml"]
    )
    parts["_rels/.rels"] = re.sub(rb'<Relationship [^>]*custom.xml"/>', b"", parts["_rels/.rels"])
    without.write_bytes(zipped(parts))

    kept, added = (
        carried(next(iter(finished(checklist(), own={LIST: path}).values()))) for path in (with_own, without)
    )

    assert kept["本局档号"] == "A-17"
    assert {**kept, "模板": added["模板"]} == {**added, "本局档号": "A-17"}
    assert kept["模板"] != carried(made(LIST))["模板"] != added["模板"]


def _property(name: str, text: str) -> bytes:
    return (
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="44" name="{name}">'
        f"<vt:lpwstr>{text}</vt:lpwstr></property>"
    ).encode()


def test_a_register_of_many_enterprises_carries_none_of_them() -> None:
    paper = PAPERS["自查表发放回收登记"]
    entries = [RegisterEntry("甲店", "九小场所", "15", ""), RegisterEntry("乙店", "九小场所", "15", "")]

    package = stamp(
        make_plate(fill_register(ROOT / "templates" / paper.file, [("凤城镇", entries)], checklist())), {}
    )

    told = carried(package)
    assert (told["文档"], told["格式"]) == ("自查表发放回收登记", "3")
    assert not {"企业", "企业摘要", "编号"} & told.keys()


def test_what_two_enterprises_of_one_list_do_not_share_is_in_their_own_data_only() -> None:
    other = FIRM.model_copy(update={"name": "另一家", "code": "", "address": "", "phone": ""})
    told = checklist_for(installed().library, other, Order(datetime.date(2026, 11, 22), MOST))

    theirs, ours = carried(next(iter(finished(told).values()))), carried(made(LIST))

    assert {name for name in ours if ours[name] != theirs[name]} == {"编号", "企业", "企业摘要"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_openpyxl_and_python_docx_keep_the_data(tmp_path: Path) -> None:
    by_docx, by_openpyxl = io.BytesIO(), io.BytesIO()
    Document(io.BytesIO(made(LIST))).save(by_docx)
    load_workbook(io.BytesIO(made(BOOK))).save(by_openpyxl)
    for name, document in (("表.docx", LIST), ("簿.xlsx", BOOK)):
        (tmp_path / name).write_bytes(made(document))
        command = [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            name[-4:],
        ]
        subprocess.run(
            [*command, "--outdir", str(tmp_path / "again"), str(tmp_path / name)],
            check=True,
            capture_output=True,
            timeout=180,
        )
        assert carried((tmp_path / "again" / name).read_bytes()) == carried(made(document))

    assert carried(by_docx.getvalue()) == carried(made(LIST))
    assert carried(by_openpyxl.getvalue()) == carried(made(BOOK))


# ---------------------------------------------------------------- written and read back


TEXT = st.text(st.characters(exclude_categories=()), max_size=400)
FACTS = st.dictionaries(
    st.sampled_from(["dormitory", "uses-gas", "area"]),
    st.booleans() | st.integers(0, 10**9) | TEXT,
    max_size=3,
)


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT, FACTS)
def test_an_enterprise_is_read_back_to_the_letter(name: str, address: str, facts: dict[str, object]) -> None:
    told = Enterprise(name=name, address=address, types=("a", "b"), facts=facts)
    parts = {"[Content_Types].xml": TYPES_OF_PARTS, "_rels/.rels": RELATIONS}
    carrying = with_properties(parts, {"文档": "某"}, end="\ue000firm_xml\ue001")

    package = stamp(make_plate(carrying), enterprise_values(told, "20261122-000000", ("山西省",)))

    read = properties_of(read_parts(package))
    assert enterprise_of(read["企业"], ("a", "b")) == told
    assert read["企业"] == firm_text(told)
    assert not re.search(r"\s", read["企业"])


def test_properties_are_read_as_gnumeric_indents_them() -> None:
    parts = with_properties(
        {"[Content_Types].xml": TYPES_OF_PARTS, "_rels/.rels": RELATIONS},
        {"格式": "3", "企业类型": "fuel-station"},
    )
    indented = {
        name: content.replace(b"><vt:lpwstr>", b">\n    <vt:lpwstr>").replace(
            b"</vt:lpwstr><", b"</vt:lpwstr>\n  <"
        )
        for name, content in parts.items()
    }

    assert indented != parts
    assert properties_of(indented) == {"格式": "3", "企业类型": "fuel-station"}


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["甲", "乙", "丙"]),
        st.text(
            st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=900
        ),
    )
)
def test_properties_of_any_length_are_read_back(told: dict[str, str]) -> None:
    parts = with_properties({"[Content_Types].xml": TYPES_OF_PARTS, "_rels/.rels": RELATIONS}, told)

    assert properties_of(parts) == told
    assert properties_of(with_properties(parts, {"丁": "新"})) == {**told, "丁": "新"}


@given(st.lists(st.booleans(), min_size=1, max_size=3000))
def test_flags_are_read_back(flags: list[bool]) -> None:
    assert unpacked(packed(flags)) == flags


@pytest.mark.parametrize(
    "text", ["", "5", "5:", "5:!!", "5:eJw=", "9999999999:eJwDAAAAAAE=", "2:" + "A" * 40]
)
def test_flags_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        unpacked(text)


@pytest.mark.parametrize(
    "options",
    [
        Options(),
        Options("消防", True, 0, True),
        Options(None, False, 15, False),
        Options("应急", False, None, True),
    ],
)
def test_options_are_read_back(options: Options) -> None:
    assert read_options(options_text(options)) == options


@pytest.mark.parametrize(
    "text", ["", "[]", "5", '{"max-items":"all"}', '{"max-items":true}', '{"department":3}', '{"who":1}']
)
def test_options_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_options(text)


@pytest.mark.parametrize(
    "text", ["", "[]", "5", "{", '{"name":5}', '{"who":"甲"}', "[" * 5000, '{"facts":[]}']
)
def test_an_enterprise_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        enterprise_of(text, ("a",))
