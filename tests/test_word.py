"""The printed field checklist: filled from the shipped templates, opened again as Word would."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as OpenedDocument
from lxml import etree

from checklists.checklist.build import Appendix, Checklist
from checklists.checklist.printed import printed
from checklists.documents.catalogue import list_document
from checklists.documents.fields import field_values
from checklists.documents.make import filled, printing_of
from checklists.documents.plate import make_plate, read_parts, stamp
from checklists.documents.properties import properties_of
from checklists.documents.word.reading import printed_fingerprint, printed_rows
from checklists.models import Term
from checklists.rules.citation import code_lines, notice_reference
from tests.sample import ROOT, filled_parts, sample_checklist
from tests.wordxml import W, body, text_of, word_parts

PORTRAIT = ROOT / "templates" / "现场检查表.docx"
LANDSCAPE = ROOT / "templates" / "现场检查表（横版）.docx"
BOTH = pytest.mark.parametrize("template", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])

A_TERM = Term(term="台账", notice="shanxi-2017", clause="四", quote="台账", meaning="逐条登记的本子")


def made(checklist: Checklist, template: Path = PORTRAIT) -> bytes:
    return stamp(make_plate(filled_parts("现场检查表", checklist, template)), field_values(checklist))


def opened(checklist: Checklist, template: Path = PORTRAIT) -> OpenedDocument:
    return Document(io.BytesIO(made(checklist, template)))


def kept_by_the_firm(checklist: Checklist) -> str:
    """Text of what stays with the enterprise."""
    return body(stamp(make_plate(filled_parts("企业留存", checklist)), field_values(checklist)))


def table_with(document: OpenedDocument, words: str) -> etree._Element:
    return next(table._tbl for table in document.tables if words in text_of(table._tbl))


def list_of(document: OpenedDocument) -> etree._Element:
    return table_with(document, "怎样算符合")


def attribute(element: etree._Element, path: str, name: str = "val") -> str | None:
    found = element.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + name)


# ---------------------------------------------------------------- the form


@BOTH
def test_every_row_asked_stands_in_the_list_with_its_number_and_three_boxes(template: Path) -> None:
    checklist = sample_checklist(12)

    rows = [row for row in list_of(opened(checklist, template)).iter(f"{W}tr") if "□" in text_of(row)]

    assert len(rows) == 12
    for number, (row, asked) in enumerate(zip(rows, checklist.rows, strict=True), start=1):
        cells = [text_of(cell) for cell in row.iter(f"{W}tc")]
        assert cells[0] == str(number)
        assert [cell for cell in cells if cell == "□"] == ["□"] * 3
        assert f"{asked.marks}{asked.content}" in text_of(row)
        assert asked.standard in text_of(row)
        assert asked.code in text_of(row)


@BOTH
def test_head_rows_repeat_and_no_row_breaks_across_pages(template: Path) -> None:
    document = opened(sample_checklist(30, most=20), template)

    for table in document.element.body.iter(f"{W}tbl"):
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.iter(f"{W}tr"))
    repeating = [
        text_of(row)
        for row in document.element.body.iter(f"{W}tr")
        if row.find(f"{W}trPr/{W}tblHeader") is not None
    ]
    assert len(repeating) == 3  # the list, the problems, 重大事故隐患判定
    assert any("现场情况" in text for text in repeating)


@BOTH
def test_item_rows_are_at_least_twelve_millimetres_high(template: Path) -> None:
    for row in list_of(opened(sample_checklist(5), template)).iter(f"{W}tr"):
        if "□" in text_of(row):
            assert attribute(row, "trPr/trHeight", "hRule") == "atLeast"
            assert int(attribute(row, "trPr/trHeight") or 0) * 25.4 / 1440 == pytest.approx(12, abs=0.02)


@pytest.mark.parametrize(
    ("template", "millimetres"),
    [(PORTRAIT, [8, 80, 17, 9, 9, 9, 44]), (LANDSCAPE, [8, 54, 72, 17, 10, 10, 10, 50, 34])],
    ids=["portrait", "landscape"],
)
def test_columns_are_as_wide_as_the_form_says(template: Path, millimetres: list[float]) -> None:
    grid = list_of(opened(sample_checklist(5), template)).iter(f"{W}gridCol")

    assert [round(int(column.get(f"{W}w") or 0) * 25.4 / 1440, 1) for column in grid] == millimetres


@BOTH
def test_cells_are_as_wide_as_the_grid_columns_they_span(template: Path) -> None:
    for root in word_parts(made(sample_checklist(20, asks=3, most=14), template)).values():
        for table in root.iter(f"{W}tbl"):
            grid = [int(column.get(f"{W}w") or 0) for column in table.iter(f"{W}gridCol")]
            for row in table.iter(f"{W}tr"):
                at = 0
                for cell in row.iterchildren(f"{W}tc"):
                    span = int(attribute(cell, "tcPr/gridSpan") or 1)
                    width = int(attribute(cell, "tcPr/tcW", "w") or 0)
                    assert width == pytest.approx(sum(grid[at : at + span]), abs=2)
                    at += span
                assert at == len(grid)


LOOKS = ("rPr/rFonts", "rPr/sz", "rPr/color", "pPr/spacing")
"""What stands in a style, and nowhere else."""


@pytest.mark.parametrize("template", sorted((ROOT / "templates").glob("*.docx")), ids=lambda path: path.stem)
def test_faces_sizes_and_line_spacing_stand_in_styles_alone(template: Path) -> None:
    parts = read_parts(template.read_bytes())
    roots = [
        etree.fromstring(parts[name])
        for name in parts
        if re.search("(document|header|footer).*[.]xml$", name)
    ]

    elements = [one for root in roots for one in root.iter(f"{W}p", f"{W}r")]
    faces = {one.get(f"{W}eastAsia") for one in etree.fromstring(parts["word/styles.xml"]).iter(f"{W}rFonts")}

    assert len(elements) > 20
    assert not [text_of(one) for one in elements for look in LOOKS if attribute(one, look) is not None]
    assert faces <= {"仿宋_GB2312", "黑体", "方正小标宋简体"}


@BOTH
def test_shading_is_at_most_a_tenth_grey(template: Path) -> None:
    fills = {cell.get(f"{W}fill") for cell in opened(sample_checklist(5), template).element.iter(f"{W}shd")}

    assert fills
    assert all(int((fill or "00")[:2], 16) >= 0.9 * 255 for fill in fills)


@BOTH
def test_only_marks_that_chinese_fonts_have_are_printed(template: Path) -> None:
    printed = body(made(sample_checklist(20), template))

    assert set(re.findall("[\u2190-\u2bff]", printed)) <= set("□√×★▲")


def test_a_section_line_stays_with_its_first_row() -> None:
    document = opened(sample_checklist(20))

    lines = [row for row in list_of(document).iter(f"{W}tr") if attribute(row, "tc/tcPr/gridSpan") == "7"]

    assert [text_of(line)[:2] for line in lines[:3]] == ["一　", "二　", "三　"]
    assert all(line.find(f".//{W}keepNext") is not None for line in lines)


def test_the_heads_of_the_boxes_stand_upright() -> None:
    head = next(list_of(opened(sample_checklist(5))).iter(f"{W}tr"))

    upright = [
        text_of(cell) for cell in head.iter(f"{W}tc") if attribute(cell, "tcPr/textDirection") == "tbRlV"
    ]

    assert upright == ["符合", "不符合", "不涉及"]


# ---------------------------------------------------------------- page one and the other pages


def test_page_one_says_who_what_and_on_which_ground() -> None:
    checklist = sample_checklist(
        20, code="91140522MA0XXXXX1X", address="某某街12号", person="张三", phone="13800000000"
    )

    printed = body(made(checklist))

    assert "安全生产现场检查表（餐饮用气单位）" in printed
    for told in ("某某饭店", "91140522MA0XXXXX1X", "某某街12号", "张三", "餐饮用气单位", checklist.key):
        assert told in printed
    assert "□执法检查 □督导检查 □指导服务 □企业自查" in printed
    assert "应查 20 项" in printed
    assert printed.count("作出行政处罚须另行援引法律、法规、规章条款") == 1
    assert "2026年11月22日" in printed


@BOTH
@pytest.mark.parametrize(
    ("place", "printed"),
    [
        ("阳城县", "山西省晋城市阳城县"),
        ("晋城市城区", "山西省晋城市城区"),
        ("晋城市", "山西省晋城市（未写县，县级要求未列入）"),
        ("山西省", "山西省（未写市、县，市县要求未列入）"),
    ],
)
def test_page_one_says_where_and_what_was_left_out_for_want_of_a_place(
    template: Path, place: str, printed: str
) -> None:
    document = opened(sample_checklist(5, place=place, address="某街12号"), template)

    cells = [text_of(cell) for cell in table_with(document, "单位名称").iter(f"{W}tc")]
    assert f"{printed}　某街12号" in cells


def test_the_types_own_columns_stand_on_page_one() -> None:
    for count in range(1, 8):
        names = tuple(f"栏目{number}" for number in range(count))

        printed = body(made(replace(sample_checklist(3), particulars=names)))

        assert [printed.count(name) for name in names] == [1] * count


def test_each_unknown_fact_is_asked_first_on_page_one() -> None:
    checklist = sample_checklist(12, asks=3)

    printed = body(made(checklist))

    assert len(checklist.questions) == 1
    assert f"1. {checklist.questions[0].line}" in printed


def test_without_unknown_facts_nothing_is_asked_first() -> None:
    assert "先　　问" not in body(made(sample_checklist(12)))


def test_few_clauses_of_its_own_are_admitted() -> None:
    few, many = (body(made(replace(sample_checklist(5), own_clauses=count))) for count in (2, 24))

    assert "本类型通知单列条款2条；通知对本类型说得少" in few
    assert "本类型通知单列条款24条。" in many


def test_many_types_shorten_the_title_and_stand_in_the_grid() -> None:
    types = ("大型商业综合体", "餐饮用气单位", "养老机构")

    printed = body(made(sample_checklist(5, types=types)))

    assert "安全生产现场检查表（大型商业综合体等3类）" in printed
    assert "大型商业综合体、餐饮用气单位、养老机构" in printed


@BOTH
def test_every_page_names_the_enterprise_the_serial_the_edition_and_the_fingerprint(template: Path) -> None:
    checklist = sample_checklist(5)

    parts = word_parts(made(checklist, template))
    head, foot = (text_of(parts[f"word/{edge}1.xml"]) for edge in ("header", "footer"))

    fingerprint = printed(checklist).fingerprint
    assert re.fullmatch("[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}", fingerprint)
    assert checklist.enterprise.name in head
    assert checklist.serial in head
    assert checklist.edition in foot
    assert fingerprint in foot


@BOTH
def test_every_page_is_signed_by_both_sides_and_counted(template: Path) -> None:
    foot = word_parts(made(sample_checklist(5), template))["word/footer1.xml"]

    fields = ["".join(code.itertext()).strip() for code in foot.iter(f"{W}instrText")]
    assert fields == ["PAGE", "NUMPAGES"]
    for told in ("检查人员（签名）", "被检查单位（签名）", "检查提示用，不作处罚依据"):
        assert told in text_of(foot)


def test_a_blank_form_has_lines_to_write_on() -> None:
    parts = word_parts(made(sample_checklist(5, name="")))

    cell = next(
        cell for cell in parts["word/header1.xml"].iter(f"{W}tc") if text_of(cell).strip() == "单位名称："
    )
    assert cell.find(f"{W}tcPr/{W}tcBorders/{W}bottom").get(f"{W}val") == "single"
    assert "\ue000" not in "".join(text_of(part) for part in parts.values())


@pytest.mark.parametrize(("rows", "problems"), [(20, 6), (15, 3)])
def test_a_long_list_has_more_room_for_problems(rows: int, problems: int) -> None:
    document = opened(sample_checklist(rows))

    table = table_with(document, "问题描述")
    lines = [text_of(row) for row in table.iter(f"{W}tr") if "□当场改□限　期" in text_of(row)]
    assert len(lines) == problems
    assert all(word in text_of(table) for word in ("整改措施", "整改责任人", "法律法规条款"))


def test_a_list_of_one_sheet_goes_on_to_the_problems_on_the_same_page() -> None:
    document = opened(sample_checklist(15))

    headings = [one for one in document.paragraphs if one.text == "检查发现的问题"]
    assert [bool(one.paragraph_format.page_break_before) for one in headings] == [False]


def test_the_appendix_says_what_to_do_and_names_every_basis() -> None:
    checklist = sample_checklist(8)

    appendix = kept_by_the_firm(checklist)

    for row in checklist.rows:
        assert f"{row.item.rectify}{row.item.support}" in appendix
    alarm = next(row for row in checklist.rows if row.item.id == "gas-use-alarm")
    assert len(alarm.basis) == 3
    remedies, _, sources = appendix.partition("二　依据原文")
    codes = ("晋26三(十一)6", "晋22二9燃气", "阳城22二8燃气")
    clauses = ("三、（十一）6", "二、9、燃气", "二、8、燃气")
    for says, code, clause, basis in zip(("推动", "要求", "要求"), codes, clauses, alarm.basis, strict=True):
        told = re.search(rf"{re.escape(code)}（{says}，原文([0-9]+)）", remedies)
        assert told
        assert (
            f"{told[1]}{notice_reference(checklist.library.notices[basis.notice])} {clause}{basis.quote}"
            in sources
        )


def test_words_that_several_rows_rest_on_are_printed_once() -> None:
    checklist = sample_checklist(8)
    quotes = {(basis.notice, basis.clause, basis.quote) for row in checklist.rows for basis in row.basis}

    sources = kept_by_the_firm(checklist).partition("二　依据原文")[2]

    assert [sources.count(quote) >= 1 for _, _, quote in quotes] == [True] * len(quotes)
    numbers = [source.number for source in printed(checklist).sources]
    assert numbers == list(range(1, len(quotes) + 1))


def test_terms_stand_in_the_appendix_only_when_the_paper_prints_them() -> None:
    with_term = sample_checklist(8, terms=(A_TERM,))

    assert "三　术语" in kept_by_the_firm(with_term)
    assert "逐条登记的本子" in kept_by_the_firm(with_term)
    assert "术语" not in kept_by_the_firm(sample_checklist(8))


def test_rows_left_out_are_told_by_their_place() -> None:
    checklist = sample_checklist(20, most=12)

    appendix = kept_by_the_firm(checklist).partition("未列入检查表的项")[2]

    assert len(checklist.left_out) >= 8
    assert "企业自查工作簿" in appendix
    told = {number for run in re.findall(r"\d+—\d+|\d+", appendix) for number in numbers_of(run)}
    assert {row.number for row in checklist.left_out} <= told
    assert all(row.where in appendix for row in checklist.left_out)


def numbers_of(run: str) -> range:
    first, _, last = run.partition("—")
    return range(int(first), int(last or first) + 1)


@pytest.mark.parametrize("appendix", ["apart", "with", "none"])
def test_what_stays_with_the_enterprise_is_where_it_was_asked_for(appendix: Appendix) -> None:
    checklist = sample_checklist(20, most=12)

    document = list_document(landscape=False, appendix=appendix)
    parts = filled(printing_of(document, printed(checklist), PORTRAIT))
    text = text_of(etree.fromstring(parts["word/document.xml"]))
    sections = etree.fromstring(parts["word/document.xml"]).findall(f".//{W}sectPr")

    assert ("不符合项整改要求" + "项号" in text) == (appendix == "with")
    assert ("见《企业留存》，编号相同" in text) == (appendix == "apart")
    assert len(sections) == (2 if appendix == "with" else 1)
    foot = sections[0].find(f"{W}footerReference").attrib.values()
    assert "rIdFoot2" not in foot


# ---------------------------------------------------------------- names of all kinds


@pytest.mark.parametrize(
    "name",
    [
        "<&>\"'",
        "{{ checklist.title }}",
        "{% for x in y %}",
        "]]></w:t>",
        "阳城县" + "某" * 57,
        "𠮷野家",
        "a\tb\nc\x00d",
    ],
)
@BOTH
def test_a_name_is_printed_as_it_was_given(template: Path, name: str) -> None:
    checklist = sample_checklist(5, name=name)

    document = opened(checklist, template)

    cells = [text_of(cell) for cell in table_with(document, "单位名称").iter(f"{W}tc")]
    assert cells[1] == field_values(checklist)["name"]
    assert cells[1].split() == name.replace("\x00", " ").split()
    assert cells[2].startswith("统一社会")


def test_words_of_the_checklist_cannot_become_tags_or_markup() -> None:
    checklist = replace(
        sample_checklist(5), known="<w:p/>{{ checklist.title }}&amp;\x07", notes=("{% endfor %}",)
    )

    printed = body(made(checklist))

    assert "<w:p/>{{ checklist.title }}&amp;" in printed
    assert "{% endfor %}" in printed


# ---------------------------------------------------------------- the file


@BOTH
def test_the_same_checklist_gives_the_same_bytes(template: Path, tmp_path: Path) -> None:
    checklist = sample_checklist(20, asks=2, most=15)
    copied = Path(shutil.copy(template, tmp_path / template.name))

    assert made(checklist, template) == made(checklist, copied)


def test_enterprises_that_share_a_checklist_share_the_plate() -> None:
    one, other = sample_checklist(20), sample_checklist(20, name="另一家", address="别处")

    assert filled_parts("现场检查表", one) == filled_parts("现场检查表", other)


ORDERS = {
    "rPr": "rStyle rFonts b bCs i vanish color spacing w kern position sz szCs highlight u lang",
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl pBdr shd tabs autoSpaceDE autoSpaceDN spacing ind jc"
    " textDirection outlineLvl rPr",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection vAlign",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tblBorders": "top left bottom right insideH insideV",
    "tcBorders": "top left bottom right",
    "sectPr": "headerReference footerReference pgSz pgMar cols docGrid",
    "style": "name basedOn qFormat pPr rPr",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "r": "rPr t tab fldChar instrText",
}


@BOTH
def test_elements_stand_in_the_order_word_insists_on(template: Path) -> None:
    for root in word_parts(made(sample_checklist(20, asks=2, most=15), template)).values():
        for kind, order in ORDERS.items():
            for element in root.iter(W + kind):
                places = [order.split().index(str(child.tag).removeprefix(W)) for child in element]
                assert places == sorted(places)


@BOTH
def test_every_cell_ends_in_a_paragraph(template: Path) -> None:
    for cell in opened(sample_checklist(20, most=15), template).element.iter(f"{W}tc"):
        assert cell[-1].tag == f"{W}p"


@BOTH
def test_no_two_tables_touch_or_word_would_make_them_one(template: Path) -> None:
    kinds = [element.tag for element in opened(sample_checklist(20, most=15), template).element.body]

    assert (f"{W}tbl", f"{W}tbl") not in list(pairwise(kinds))


@BOTH
def test_a_shipped_template_is_slim(template: Path) -> None:
    assert template.stat().st_size < 40_000


# ---------------------------------------------------------------- reading back


@BOTH
def test_the_fingerprint_can_be_recomputed_from_the_printed_wording(template: Path) -> None:
    checklist = sample_checklist(20, most=15)
    parts = read_parts(made(checklist, template))

    assert [row.id for row in printed_rows(parts)] == [row.item.id for row in checklist.rows]
    assert printed_rows(parts)[0].content == checklist.rows[0].content
    assert printed_fingerprint(parts) == properties_of(parts)["指纹"] == printed(checklist).fingerprint
    assert properties_of(parts)["编号"] == checklist.serial


@pytest.mark.parametrize("changed", ["content", "standard", "code"])
def test_a_changed_wording_changes_the_recomputed_fingerprint(changed: str) -> None:
    parts = read_parts(made(sample_checklist(8)))
    wording = getattr(printed_rows(parts)[2], changed)

    parts["word/document.xml"] = parts["word/document.xml"].replace(wording.encode(), b"other")

    assert printed_fingerprint(parts) != properties_of(parts)["指纹"]


def test_rows_are_found_again_after_columns_were_moved() -> None:
    checklist = sample_checklist(8)
    document = opened(checklist)
    for row in list_of(document).iter(f"{W}tr"):
        row.append(row.find(f"{W}tc"))
    saved = io.BytesIO()
    document.save(saved)

    assert printed_fingerprint(read_parts(saved.getvalue())) == printed(checklist).fingerprint


@BOTH
def test_no_id_and_no_digest_stands_in_the_text(template: Path) -> None:
    checklist = sample_checklist(20, most=15)
    parts = word_parts(made(checklist, template))

    text = "".join(text_of(part) for part in parts.values())

    assert checklist.rows[0].content in text
    for row in checklist.rows:
        assert row.item.id not in text
        assert row.digest not in text


def test_a_row_is_known_by_its_wording_when_the_bookmarks_are_gone() -> None:
    checklist = sample_checklist(20, most=15)
    parts = read_parts(made(checklist))
    parts["word/document.xml"] = re.sub(rb"<w:bookmark(Start|End)[^>]*/>", b"", parts["word/document.xml"])

    assert [row.id for row in printed_rows(parts)] == [row.item.id for row in checklist.rows]
    assert printed_fingerprint(parts) == printed(checklist).fingerprint


def test_without_its_map_no_row_is_guessed() -> None:
    parts = read_parts(made(sample_checklist(20, most=15)))
    kept = {name: part for name, part in parts.items() if not name.startswith("customXml/item1.xml")}

    assert len(kept) < len(parts)
    assert printed_rows(kept) == ()


def test_a_row_that_was_taken_out_is_missed() -> None:
    checklist = sample_checklist(20, most=15)
    document = opened(checklist)
    rows = [row for row in list_of(document).iter(f"{W}tr") if "□" in text_of(row)]
    rows[3].getparent().remove(rows[3])
    saved = io.BytesIO()
    document.save(saved)

    read = printed_rows(read_parts(saved.getvalue()))

    assert [row.id for row in read] == [row.item.id for row in checklist.rows if row.number != 4]


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("晋26三(十一)7等4", ("晋26", "三(十一)7", "等4")),
        ("晋22二9危险化学品等2", ("晋22二9", "危险化学品", "等2")),
        ("晋22一5等7", ("晋22一5", "等7")),
        ("交城25四11煤矿方面", ("交城25", "四11", "煤矿方面")),
        ("晋19一(二)道路交通", ("晋19", "一(二)", "道路交通")),
    ],
)
def test_a_code_is_set_in_lines_that_break_no_bracket(code: str, lines: tuple[str, ...]) -> None:
    assert code_lines(code, 5.3) == lines


# ---------------------------------------------------------------- on paper


def rows_by_page(checklist: Checklist, folder: Path) -> list[int]:
    """Rows of the list on each page, as LibreOffice lays them out; those of the standards behind it not counted."""
    (folder / "paper.docx").write_bytes(made(checklist))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "paper.docx")], check=True, capture_output=True, timeout=180)
    shown = subprocess.run(
        ["pdftotext", "-layout", str(folder / "paper.pdf"), "-"],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return [
        len(re.findall(r"□ +□ +□", page))
        for page in shown.stdout.partition("（摘要，以官方文本为准）")[0].split("\f")
    ]


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice and poppler"
)
def test_forty_rows_are_on_three_pages_and_seventeen_on_a_full_one(tmp_path: Path) -> None:
    checklist = sample_checklist(40, types=("尾矿库",))
    short = tuple(replace(row, content=row.content.partition("（第")[0]) for row in checklist.rows)

    pages = rows_by_page(replace(checklist, rows=short), tmp_path)

    assert sum(pages) == 40
    assert pages[1] >= 17
    assert all(pages[:3])
    assert not any(pages[3:])
