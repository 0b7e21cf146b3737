"""Documents read back: answers do not count, every other change does, and what cannot be made again is not vouched for."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook

from checklists import __version__
from checklists.checklist.build import Order, checklist_for
from checklists.checklist.identity import grouped
from checklists.cli import main
from checklists.data import data_folder
from checklists.documents.catalogue import PAPERS
from checklists.documents.plate import read_parts
from checklists.documents.verify.record import read_record
from checklists.documents.verify.verify import Verdict, verify
from checklists.documents.word.reading import printed_fingerprint
from checklists.problems import Refused
from tests.filling import FILLED_BLANK, FILLED_BOOK, FILLED_LIST
from tests.sample import finished
from tests.tampering import (
    ACROSS,
    BOOK,
    CUSTOM,
    DAY,
    DOCUMENT,
    FIRM,
    FOOTER,
    KEPT,
    LIST,
    ROOT,
    WITH,
    WITHOUT,
    Change,
    W,
    both,
    checklist,
    in_xml,
    installed,
    judged,
    made,
    replaced,
    zipped,
)
from tests.tampering_excel import TAMPERED_BOOK
from tests.tampering_kept import TAMPERED_KEPT, TAMPERED_MAP, WITHOUT_MAP
from tests.tampering_word import FIRST, NOT_TOLD, TAMPERED_LIST, letter, without_mark

LISTS = (LIST, ACROSS, WITH, WITHOUT)
EVERY = (*LISTS, KEPT, BOOK, *PAPERS)
FORMATS = ROOT / "tests" / "formats"


def codes(verdict: Verdict) -> list[str]:
    return [found.code for found in verdict.problems]


# ---------------------------------------------------------------- untouched and filled in


@pytest.mark.parametrize("firm", ["named", "blank"])
@pytest.mark.parametrize("document", EVERY)
def test_an_untouched_document_is_vouched_for(tmp_path: Path, document: str, firm: str) -> None:
    verdict = judged(tmp_path, made(document, firm), document)

    assert (verdict.answer, verdict.problems) == ("相符", ())
    assert verdict.compared.texts >= 15
    assert verdict.compared.rows >= 4
    assert verdict.claims.document == (LIST if document in LISTS else document)
    assert verdict.claims.name == (FIRM.name if firm == "named" else "")
    assert verdict.claims.code == (FIRM.code if firm == "named" else "")
    assert (verdict.claims.place, verdict.claims.on, verdict.claims.format) == ("阳城县", "2026-11-22", "3")


def test_the_verdict_tells_how_much_was_compared(tmp_path: Path) -> None:
    word, book = judged(tmp_path, made(LIST), LIST), judged(tmp_path, made(BOOK), BOOK)

    assert word.matches and 40 < word.rows < 100 < word.named
    assert (book.rows, book.named, book.matches) == (len(checklist(document=BOOK).rows), 0, True)
    assert judged(tmp_path, made(KEPT), KEPT).compared.tables == 6  # four in the body
    assert word.compared.tables == 7  # five in the body, one in the head, one in the foot
    assert book.compared.tables == 9
    assert book.compared.rows > book.rows + 99  # the rows and the bases at least


@pytest.mark.parametrize("document", [LIST, ACROSS])
@pytest.mark.parametrize("filling", FILLED_LIST)
def test_a_list_filled_in_is_vouched_for(tmp_path: Path, document: str, filling: str) -> None:
    verdict = judged(tmp_path, FILLED_LIST[filling](made(document)), document)

    assert (verdict.answer, codes(verdict)) == ("相符", [])


@pytest.mark.parametrize("filling", FILLED_BLANK)
def test_a_blank_list_with_the_enterprise_written_in_is_vouched_for(tmp_path: Path, filling: str) -> None:
    verdict = judged(tmp_path, FILLED_BLANK[filling](made(LIST, "blank")), LIST)

    assert (verdict.answer, codes(verdict)) == ("相符", [])


@pytest.mark.parametrize("filling", FILLED_BOOK)
def test_a_workbook_filled_in_is_vouched_for(tmp_path: Path, filling: str) -> None:
    verdict = judged(tmp_path, FILLED_BOOK[filling](made(BOOK)), BOOK)

    assert (verdict.answer, codes(verdict)) == ("相符", [])


@pytest.mark.parametrize("paper", [KEPT, *PAPERS])
@pytest.mark.parametrize(
    "filling",
    ["ticked √", "lines written over", "runs cut", "runs joined", "restyled", "saved by python-docx"],
)
def test_a_paper_filled_in_is_vouched_for(tmp_path: Path, paper: str, filling: str) -> None:
    try:
        content = FILLED_LIST[filling](made(paper))
    except AssertionError:
        pytest.skip("nothing of the kind on this paper")

    verdict = judged(tmp_path, content, paper)

    assert (verdict.answer, codes(verdict)) == ("相符", [])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_documents_saved_again_by_libreoffice_are_vouched_for(tmp_path: Path) -> None:
    again = tmp_path / "again"
    fillings = {
        "表.docx": (LIST, FILLED_LIST),
        "簿.xlsx": (BOOK, FILLED_BOOK),
        "卡.docx": ("班组日查卡", {}),
        "横.docx": (ACROSS, FILLED_LIST),
        "附.docx": (WITH, FILLED_LIST),
        "留存.docx": (KEPT, {}),
    }
    for name, (document, filled) in fillings.items():
        content = filled["all at once"](made(document)) if filled else made(document)
        (tmp_path / name).write_bytes(content)
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
        subprocess.run(
            [*command, "--convert-to", name[-4:], "--outdir", str(again), str(tmp_path / name)],
            check=True,
            capture_output=True,
            timeout=180,
        )

        verdict = verify(again / name, installed())

        assert (verdict.answer, codes(verdict)) == ("相符", []), name
        assert verdict.compared.results > 100 or document != BOOK


# ---------------------------------------------------------------- changed


@pytest.mark.parametrize("change", TAMPERED_LIST)
def test_a_list_that_says_something_else_is_not_vouched_for(tmp_path: Path, change: str) -> None:
    verdict = judged(tmp_path, TAMPERED_LIST[change](made(LIST)), LIST)

    assert verdict.answer == ("未能核验" if change in NOT_TOLD else "不符")
    assert verdict.problems != ()


@pytest.mark.parametrize("document", [KEPT, WITH])
@pytest.mark.parametrize("change", TAMPERED_KEPT)
def test_what_stays_with_the_enterprise_and_says_something_else_is_not_vouched_for(
    tmp_path: Path, change: str, document: str
) -> None:
    verdict = judged(tmp_path, TAMPERED_KEPT[change](made(document)), document)

    assert verdict.answer == ("未能核验" if change in NOT_TOLD else "不符")
    assert verdict.problems != ()


@pytest.mark.parametrize("document", [LIST, ACROSS, WITH])
@pytest.mark.parametrize("change", TAMPERED_MAP)
def test_a_list_whose_rows_are_told_to_be_others_is_wrong(tmp_path: Path, change: str, document: str) -> None:
    verdict = judged(tmp_path, TAMPERED_MAP[change](made(document)), document)

    assert verdict.answer == "不符"
    assert verdict.problems != ()


@pytest.mark.parametrize("document", [LIST, ACROSS, WITH])
@pytest.mark.parametrize("change", WITHOUT_MAP)
def test_a_list_whose_rows_cannot_be_told_is_not_vouched_for(
    tmp_path: Path, change: str, document: str
) -> None:
    verdict = judged(tmp_path, WITHOUT_MAP[change](made(document)), document)

    assert (verdict.answer, verdict.rows, verdict.named) == ("未能核验", 0, 0)
    assert codes(verdict) == ["verify-no-rows", "verify-digest-holds"]
    assert "文字都一样" in verdict.problems[0].message


def test_a_changed_list_whose_rows_cannot_be_told_says_how_much_differs(tmp_path: Path) -> None:
    change = both(WITHOUT_MAP["no map"], TAMPERED_LIST["disclaimer"])

    verdict = judged(tmp_path, change(made(LIST)), LIST)

    assert (verdict.answer, codes(verdict)) == ("未能核验", ["verify-no-rows", "verify-digest-broken"])
    assert "有 1 处不同" in verdict.problems[0].message


@pytest.mark.parametrize("change", TAMPERED_BOOK)
def test_a_workbook_that_says_something_else_is_not_vouched_for(tmp_path: Path, change: str) -> None:
    try:
        verdict = judged(tmp_path, TAMPERED_BOOK[change](made(BOOK)), BOOK)
    except Refused as refused:  # a change that no program would have written makes the file a damaged one
        assert [one.code for one in refused.problems] == ["verify-damaged"]
        return

    assert verdict.answer != "相符"
    assert verdict.problems != ()


def printed_runs(root: etree._Element) -> list[etree._Element]:
    """Texts of runs that print letters: neither boxes nor lines to write on, nor a number that Word counts."""
    counted = {text for one in root.iter(f"{W}fldChar") for text in one.getparent().getparent().iter(f"{W}t")}
    return [
        text
        for text in root.iter(f"{W}t")
        if re.search(r"[^\s□＿]", text.text or "") and not (text in counted and (text.text or "").isdecimal())
    ]


def letters_of(text: str) -> list[int]:
    return [at for at, char in enumerate(text) if not char.isspace() and char not in "□＿"]


@pytest.mark.parametrize("part", ["word/document", "word/header", "word/footer"])
@pytest.mark.parametrize("document", [ACROSS, KEPT, *PAPERS])
def test_a_letter_changed_anywhere_on_a_paper_is_found(tmp_path: Path, document: str, part: str) -> None:
    parts = read_parts(made(document))
    part = next(name for name in sorted(parts) if name.startswith(part))
    count = len(printed_runs(etree.fromstring(parts[part])))
    assert count

    for number in sorted({0, count - 1, *range(0, count, max(count // 6, 1))}):

        def change(root: etree._Element, number: int = number) -> None:
            text = printed_runs(root)[number]
            at = letters_of(text.text)[-1]
            text.text = f"{text.text[:at]}{'某' if text.text[at] != '某' else '何'}{text.text[at + 1 :]}"

        verdict = judged(tmp_path, in_xml(change, part)(made(document)), document)

        assert verdict.answer == "不符", number


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.sampled_from([LIST, ACROSS, KEPT, *PAPERS]),
    st.integers(0, 10_000),
    st.integers(0, 200),
    st.characters(codec="utf-8"),
)
def test_one_letter_changed_anywhere_outside_the_answers_is_found(
    tmp_path_factory: pytest.TempPathFactory, document: str, place: int, at: int, other: str
) -> None:
    def change(root: etree._Element) -> None:
        texts = printed_runs(root)
        text = texts[place % len(texts)]
        places = letters_of(text.text)
        where = places[at % len(places)]
        new = other if other.isprintable() and other != text.text[where] else "某"
        new = new if new != text.text[where] else "何"
        text.text = f"{text.text[:where]}{new}{text.text[where + 1 :]}"

    content = in_xml(change)(made(document))

    assert judged(tmp_path_factory.mktemp("letter"), content, document).answer == "不符"


def test_a_difference_is_told_with_its_place_what_stands_there_and_what_should(tmp_path: Path) -> None:
    (found,) = judged(tmp_path, replaced("须另行援引", "无须援引")(made(LIST)), LIST).problems

    assert found.code == "verify-text"
    assert re.search("正文第[0-9]+段", found.message)
    assert "无须援引" in found.message and "须另行援引" in found.message
    assert found.remedy


def test_a_difference_in_a_workbook_is_told_with_sheet_and_cell(tmp_path: Path) -> None:
    (found,) = judged(tmp_path, TAMPERED_BOOK["formula of a figure"](made(BOOK)), BOOK).problems

    assert (found.position.sheet, found.position.cell, found.code) == ("统计", "B6", "verify-formula")


def test_old_results_are_told_with_what_they_should_be(tmp_path: Path) -> None:
    (found,) = judged(tmp_path, TAMPERED_BOOK["results of before"](made(BOOK)), BOOK).problems

    assert (found.position.cell, found.code) == ("B8", "verify-stale")
    assert "「0」" in found.message and "「2」" in found.message


def test_a_paper_changed_all_over_is_told_in_forty_lines_and_a_count(tmp_path: Path) -> None:
    verdict = judged(tmp_path, TAMPERED_LIST["type in the data"](made(LIST)), LIST)

    assert len(verdict.problems) == 41
    assert codes(verdict)[-1] == "verify-more"


# ---------------------------------------------------------------- what cannot be vouched for


def changed_everywhere(document: str, change: Change) -> bytes:
    return change(made(document))


@pytest.mark.parametrize("document", [LIST, KEPT, BOOK])
def test_another_edition_is_not_vouched_for_and_its_digest_told(tmp_path: Path, document: str) -> None:
    path = tmp_path / "文件"
    path.write_bytes(made(document))
    later = replace(installed(), library=replace(installed().library, edition="2027.1.1"))

    verdict = verify(path, later)

    assert verdict.answer == "未能核验"
    assert codes(verdict) == ["verify-other-edition", "verify-digest-holds"]
    assert verdict.installed == "2027.1.1"


@pytest.mark.parametrize(
    ("document", "change"),
    [
        (
            LIST,
            both(FILLED_LIST["what was seen"], FILLED_LIST["ticked √"], FILLED_LIST["lines written over"]),
        ),
        (LIST, FILLED_LIST["runs cut"]),
        (BOOK, both(FILLED_BOOK["answered"], FILLED_BOOK["own rows"], FILLED_BOOK["own documents"])),
        (BOOK, FILLED_BOOK["bases sorted"]),
        ("现场检查方案", FILLED_LIST["lines written over"]),
    ],
)
def test_the_digest_holds_for_what_was_filled_in(tmp_path: Path, document: str, change: Change) -> None:
    path = tmp_path / "文件"
    path.write_bytes(change(made(document)))
    later = replace(installed(), library=replace(installed().library, edition="2027.1.1"))

    assert codes(verify(path, later)) == ["verify-other-edition", "verify-digest-holds"]


@pytest.mark.parametrize(
    ("document", "change"),
    [
        (KEPT, letter(FIRST.item.rectify)),
        (WITH, letter(FIRST.item.rectify)),
        (LIST, TAMPERED_LIST["disclaimer"]),
        (LIST, TAMPERED_LIST["foot of the page"]),
        (BOOK, TAMPERED_BOOK["quote"]),
        (BOOK, TAMPERED_BOOK["label of a figure"]),
    ],
)
def test_the_digest_tells_a_changed_word(tmp_path: Path, document: str, change: Change) -> None:
    path = tmp_path / "文件"
    path.write_bytes(change(made(document)))
    later = replace(installed(), library=replace(installed().library, edition="2027.1.1"))

    assert codes(verify(path, later)) == ["verify-other-edition", "verify-digest-broken"]


def test_a_changed_item_is_wrong_under_any_edition(tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    path.write_bytes(letter(FIRST.content)(made(LIST)))
    later = replace(installed(), library=replace(installed().library, edition="2027.1.1"))

    verdict = verify(path, later)

    assert (verdict.answer, verdict.matches) == ("不符", False)
    assert codes(verdict)[0] == "verify-mismatch"


def test_rules_that_were_changed_without_a_release_vouch_for_nothing(tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    path.write_bytes(made(LIST))

    verdict = verify(path, replace(installed(), released=False))

    assert (verdict.answer, codes(verdict)[0]) == ("未能核验", "verify-rules-changed")


def test_a_document_from_rules_never_released_is_not_vouched_for(tmp_path: Path) -> None:
    draft = replace(checklist(), edition="1.0.1（未发布）")
    path = tmp_path / "表.docx"
    path.write_bytes(next(iter(finished(draft).values())))
    here = replace(installed(), library=replace(installed().library, edition="1.0.1（未发布）"))

    verdict = verify(path, here)

    assert (verdict.answer, codes(verdict)[0]) == ("未能核验", "verify-unreleased")


@pytest.fixture
def own_template(tmp_path: Path) -> Path:
    """The shipped template of the list, its head darker: a restyled one that prints the same."""
    path = tmp_path / "本局检查表.docx"
    parts = read_parts((ROOT / "templates" / "现场检查表.docx").read_bytes())
    parts[DOCUMENT] = parts[DOCUMENT].replace(b'"EDEDED"', b'"E7E7E7"')
    path.write_bytes(zipped(parts))
    return path


def test_a_document_from_a_template_of_ones_own_needs_that_template(
    tmp_path: Path, own_template: Path
) -> None:
    path = tmp_path / "表.docx"
    own = {LIST: own_template}
    path.write_bytes(next(iter(finished(checklist(), own=own).values())))

    without, named = verify(path, installed()), verify(path, replace(installed(), own=own))

    assert (without.answer, codes(without)[0]) == ("未能核验", "verify-other-template")
    assert (named.answer, named.problems) == ("相符", ())


def test_a_change_is_found_in_a_document_from_a_template_of_ones_own(
    tmp_path: Path, own_template: Path
) -> None:
    path = tmp_path / "表.docx"
    own = {LIST: own_template}
    content = next(iter(finished(checklist(), own=own).values()))
    path.write_bytes(TAMPERED_LIST["disclaimer"](content))

    assert verify(path, replace(installed(), own=own)).answer == "不符"
    assert verify(path, installed()).answer == "未能核验"


def test_differences_to_another_version_of_the_program_are_no_forgery(tmp_path: Path) -> None:
    older = replaced(f">{__version__}<", ">0.0.9<", CUSTOM)

    same = judged(tmp_path, older(made(LIST)), LIST)
    other = judged(tmp_path, both(older, TAMPERED_LIST["disclaimer"])(made(LIST)), LIST)

    assert same.answer == "相符"
    assert (other.answer, codes(other)[0]) == ("未能核验", "verify-other-program")


def test_a_list_without_its_properties_is_held_against_its_fingerprint_and_the_rules(tmp_path: Path) -> None:
    gone = TAMPERED_LIST["no data"]
    untouched = judged(tmp_path, gone(made(LIST)), LIST)
    parts = read_parts(letter(FIRST.content)(made(LIST)))
    changed = printed_fingerprint(parts)
    same = {
        **parts,
        FOOTER: parts[FOOTER].replace(grouped(checklist().fingerprint).encode(), changed.encode()),
    }
    forged = judged(tmp_path, gone(zipped(same)), LIST)

    assert (untouched.answer, codes(untouched), untouched.matches) == (
        "未能核验",
        ["verify-properties-gone"],
        True,
    )
    assert "指纹相符" in untouched.problems[0].message
    assert (forged.answer, codes(forged)[:2]) == ("不符", ["verify-row-noted", "verify-wording"])


def test_a_workbook_without_its_properties_is_compared_by_its_first_sheet_and_not_vouched_for(
    tmp_path: Path,
) -> None:
    verdict = judged(tmp_path, TAMPERED_BOOK["no data"](made(BOOK)), BOOK)

    assert verdict.answer == "未能核验"
    assert codes(verdict) == ["verify-properties-gone", "verify-digest-holds"]
    assert "文字都一样" in verdict.problems[0].message
    assert verdict.claims.name == FIRM.name


# ---------------------------------------------------------------- documents of before


@pytest.mark.parametrize(
    "path", sorted(FORMATS.glob("1/*/*")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_documents_of_format_1_are_read_and_not_vouched_for(path: Path) -> None:
    verdict = verify(path, installed())

    assert (verdict.answer, verdict.claims.format) == ("未能核验", "1")
    assert codes(verdict) == ["verify-old-format"]
    assert verdict.claims.edition == "1.0.0"
    register = "登记" in path.name
    assert register or (verdict.claims.name, verdict.claims.serial) == ("某某饭店", "20261122-002bbc")
    holds_rows = path.name.startswith(("现场检查表", "企业自查工作簿"))
    assert verdict.rows + verdict.named == (140 if holds_rows else 0)
    assert verdict.matches is (True if holds_rows else None)


@pytest.mark.parametrize("name", ["现场检查表.docx", "企业自查工作簿.xlsx"])
def test_a_changed_item_of_format_1_is_wrong(tmp_path: Path, name: str) -> None:
    parts = read_parts((FORMATS / "1" / "filled" / name).read_bytes())
    path = tmp_path / name
    part = next(
        part for part, told in parts.items() if "各用气点的可燃气体报警装置试报警有效".encode() in told
    )
    parts[part] = parts[part].replace(
        "各用气点的可燃气体报警装置".encode(), "个别用气点的可燃气体报警装置".encode()
    )
    path.write_bytes(zipped(parts))

    verdict = verify(path, installed())

    assert (verdict.answer, codes(verdict)[0]) == ("不符", "verify-mismatch")


def test_words_beside_a_row_of_format_1_are_found_though_the_fingerprint_holds(tmp_path: Path) -> None:
    parts = read_parts((FORMATS / "1" / "empty" / "现场检查表.docx").read_bytes())
    wording = "各用气点的可燃气体报警装置试报警有效</w:t></w:r>".encode()
    assert wording in parts[DOCUMENT]
    parts[DOCUMENT] = parts[DOCUMENT].replace(wording, wording + "<w:r><w:t>（不查）</w:t></w:r>".encode())
    path = tmp_path / "表.docx"
    path.write_bytes(zipped(parts))

    verdict = verify(path, installed())

    assert (verdict.answer, verdict.matches) == ("不符", True)
    assert "（不查）" in verdict.problems[0].message


# ---------------------------------------------------------------- the bureau's record


def record_of(folder: Path, **changes: object) -> Path:
    """A manifest with the line of the firm's documents."""
    import hashlib

    told = checklist()
    line = {
        "row": 2,
        "name": FIRM.name,
        "code": FIRM.code,
        "place": FIRM.place,
        "serial": told.serial,
        "fingerprint": told.fingerprint,
        "edition": told.edition,
        "word_sha256": hashlib.sha256(made(LIST)).hexdigest(),
        **changes,
    }
    path = folder / "manifest.json"
    path.write_text(
        json.dumps({"on": "2026-11-22", "enterprises": [line, {"row": 3, "serial": ""}]}), "utf-8"
    )
    return path


def against(folder: Path, content: bytes, **changes: object) -> Verdict:
    path = folder / "表.docx"
    path.write_bytes(content)
    return verify(path, installed(), read_record(record_of(folder, **changes)))


def test_a_file_as_it_was_given_out_is_vouched_for_by_the_record_alone(tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    path.write_bytes(made(LIST))
    later = replace(installed(), library=replace(installed().library, edition="2027.1.1"))

    verdict = verify(path, later, read_record(record_of(tmp_path)))

    assert (verdict.answer, verdict.compared.to_the_byte) == ("相符", True)


def test_a_file_filled_in_since_is_compared_and_held_against_the_record(tmp_path: Path) -> None:
    verdict = against(tmp_path, FILLED_LIST["ticked √"](made(LIST)))

    assert (verdict.answer, verdict.compared.to_the_byte) == ("相符", False)
    assert verdict.compared.texts > 400


def test_a_serial_that_was_not_given_out_is_wrong_however_well_the_file_agrees(tmp_path: Path) -> None:
    verdict = against(tmp_path, FILLED_LIST["ticked √"](made(LIST)), serial="20261122-abcdef")

    assert (verdict.answer, codes(verdict)) == ("不符", ["verify-not-recorded"])


@pytest.mark.parametrize(
    ("key", "value", "name"),
    [
        ("name", "另一家", "单位名称"),
        ("code", "91140522MA0K2XXT3F", "统一社会信用代码"),
        ("place", "泽州县", "所在地"),
        ("edition", "2025.1.1", "规则版"),
        ("fingerprint", "0" * 12, "指纹"),
    ],
)
def test_what_the_record_says_otherwise_is_wrong(tmp_path: Path, key: str, value: str, name: str) -> None:
    verdict = against(tmp_path, FILLED_LIST["ticked √"](made(LIST)), **{key: value})

    assert (verdict.answer, codes(verdict)) == ("不符", ["verify-record-differs"])
    assert name in verdict.problems[0].message


def test_a_record_of_before_digests_were_kept_serves_too(tmp_path: Path) -> None:
    path = record_of(tmp_path)
    told = json.loads(path.read_text("utf-8"))
    del told["enterprises"][0]["word_sha256"]
    path.write_text(json.dumps(told), "utf-8")
    (tmp_path / "表.docx").write_bytes(made(LIST))

    verdict = verify(tmp_path / "表.docx", installed(), read_record(path))

    assert (verdict.answer, verdict.compared.to_the_byte) == ("相符", False)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"enterprises": 5}',
        '{"enterprises": [5]}',
        '{"enterprises": [{"name": "甲"}]}',
        "[" * 9999,
    ],
)
def test_a_record_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(content, "utf-8")

    with pytest.raises(Refused) as refused:
        read_record(path)

    assert [found.code for found in refused.value.problems] == ["verify-record-unreadable"]


# ---------------------------------------------------------------- other files


def _foreign_word() -> bytes:
    from docx import Document

    written = io.BytesIO()
    Document().save(written)
    return written.getvalue()


def _foreign_workbook() -> bytes:
    written = io.BytesIO()
    Workbook().save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (_foreign_word(), "verify-not-ours"),
        (_foreign_workbook(), "verify-not-ours"),
        (b"", "verify-damaged"),
        (b"not a package", "verify-damaged"),
        (b"\xd0\xcf\x11\xe0 old", "verify-legacy"),
        (_foreign_word()[:2000], "verify-damaged"),
        (zipped({"a.txt": b"x"}), "verify-not-ours"),
        (zipped({"word/document.xml": b"<not closed"}), "verify-damaged"),
        (zipped({"xl/workbook.xml": b"<not closed"}), "verify-damaged"),
        (zipped({"_rels/.rels": b"\xff", "word/document.xml": b"<a/>"}), "verify-damaged"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_in_words(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "文件.docx"
    path.write_bytes(content)

    with pytest.raises(Refused) as refused:
        verify(path, installed())

    assert [found.code for found in refused.value.problems] == [code]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        verify(tmp_path / "没有.docx", installed())

    assert refused.value.problems[0].code == "file-missing"


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.sampled_from([LIST, KEPT, "现场检查方案"]),
    st.integers(0, 10**9),
    st.integers(0, 200),
    st.binary(max_size=12),
)
def test_a_damaged_document_is_refused_or_judged_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, document: str, at: int, length: int, instead: bytes
) -> None:
    parts = read_parts(made(document))
    name = sorted(parts)[at % len(parts)]
    content = parts[name]
    begin = at % max(len(content), 1)
    spoiled = zipped({**parts, name: content[:begin] + instead + content[begin + length :]})

    try:
        verdict = judged(tmp_path_factory.mktemp("damaged"), spoiled, document)
    except Refused as refused:
        assert refused.problems
    else:
        assert verdict.answer in ("相符", "不符", "未能核验")


# ---------------------------------------------------------------- the command


class Told:
    """What a command printed and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def checklists(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    def run(*arguments: str) -> Told:
        monkeypatch.setattr(sys, "argv", ["checklists", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return Told(int(ended.value.code or 0), printed.out, printed.err)

    return run


def test_the_command_prints_a_verdict_and_fails_on_a_changed_file(
    checklists: Callable[..., Told], tmp_path: Path
) -> None:
    good, bad = tmp_path / "好.docx", tmp_path / "坏.docx"
    good.write_bytes(made(LIST))
    bad.write_bytes(TAMPERED_LIST["disclaimer"](made(LIST)))

    told = checklists("verify", str(good), str(bad), str(tmp_path / "无.docx"), "--json")
    first, second, third = json.loads(told.out)
    printed = checklists("verify", str(good))
    failed = checklists("verify", str(bad))

    assert told.code == 1
    assert [one["verdict"] for one in (first, second, third)] == ["相符", "不符", "未能核验"]
    assert (first["name"], first["code"], first["place"]) == (FIRM.name, FIRM.code, "阳城县")
    assert first["serial"] == checklist().serial
    assert (first["matches"], first["same_edition"], first["format"]) == (True, True, "3")
    assert first["compared"]["texts"] > 400
    assert third["problems"][0]["code"] == "file-missing"
    assert printed.code == 0
    for words in ("相符", FIRM.name, FIRM.code, "阳城县", "处文字", "行", "7 张表"):
        assert words in printed.out
    assert failed.code == 1
    assert "不符" in failed.out and "无须援引" in failed.err


def test_the_command_takes_the_record_of_a_batch(checklists: Callable[..., Told], tmp_path: Path) -> None:
    roster = tmp_path / "名录.csv"
    roster.write_text("单位名称,企业类型,所在地\n某某饭店,餐饮用气单位,阳城县\n", "utf-8")
    out = tmp_path / "发放"
    assert checklists("batch", str(roster), "--out", str(out), "--on", "2026-11-22").code == 0
    given = sorted(path for path in out.rglob("*.*") if path.suffix in (".docx", ".xlsx"))
    record = out / "manifest.json"
    stranger = tmp_path / "另一家.docx"
    stranger.write_bytes(made(LIST))

    known = checklists("verify", *map(str, given), "--manifest", str(record), "--json")
    unknown = checklists("verify", str(stranger), "--manifest", str(record), "--json")

    assert known.code == 0
    assert [one["verdict"] for one in json.loads(known.out)] == ["相符"] * 3
    assert [one["verdict"] for one in json.loads(unknown.out)] == ["不符"]


def test_rules_changed_on_the_spot_are_noticed_by_the_command(
    checklists: Callable[..., Told], tmp_path: Path
) -> None:
    rules = Path(shutil.copytree(data_folder("rules"), tmp_path / "rules"))
    path = rules / "gas-use.yaml"
    path.write_text(path.read_text("utf-8").replace("试报警有效", "能响", 1), "utf-8")
    (tmp_path / "表.docx").write_bytes(made(LIST))

    told = checklists("verify", str(tmp_path / "表.docx"), "--rules", str(rules), "--json")

    assert told.code == 1
    assert json.loads(told.out)[0]["verdict"] == "未能核验"


def test_the_command_takes_a_template_of_ones_own(
    checklists: Callable[..., Told], tmp_path: Path, own_template: Path
) -> None:
    path = tmp_path / "表.docx"
    path.write_bytes(next(iter(finished(checklist(), own={LIST: own_template}).values())))

    without = checklists("verify", str(path), "--json")
    named = checklists("verify", str(path), "--template", str(own_template), "--json")

    assert (without.code, json.loads(without.out)[0]["verdict"]) == (1, "未能核验")
    assert (named.code, json.loads(named.out)[0]["verdict"]) == (0, "相符")


def test_a_triangle_taken_away_is_told(tmp_path: Path) -> None:
    """▲ comes from a standard, and a restaurant's standards judge none of its rows."""
    station = FIRM.model_copy(update={"types": ("fuel-station",), "facts": {}})
    checklist = checklist_for(installed().library, station, Order(DAY))
    content = next(content for name, content in finished(checklist).items() if name.endswith(".docx"))
    marked = next(row for row in checklist.paper_rows if row.marks == "▲")

    assert judged(tmp_path, content, LIST).answer == "相符"
    assert judged(tmp_path, without_mark(marked.content, "▲")(content), LIST).answer == "不符"
