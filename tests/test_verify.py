"""Documents read back: answers do not count, a changed word does."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from checklists.checklist import Checklist
from checklists.excel import fill_excel
from checklists.fields import field_values
from checklists.package import make_plate, read_parts, stamp
from checklists.papers import PAPERS, fill_paper
from checklists.problems import Refused
from checklists.verify import Verdict, verify
from checklists.word import fill_word
from checklists.word_context import grouped
from tests.sample import ROOT, sample_checklist

EDITION = "2026.11.22"
LIST = ROOT / "templates" / "现场检查表.docx"
ACROSS = ROOT / "templates" / "现场检查表（横版）.docx"
BOOK = ROOT / "templates" / "企业自查工作簿.xlsx"
MONTH = "厂矿月查"


def word(checklist: Checklist, template: Path = LIST) -> bytes:
    return stamp(make_plate(fill_word(template, checklist)), field_values(checklist))


def book(checklist: Checklist) -> bytes:
    return stamp(make_plate(fill_excel(BOOK, checklist)), field_values(checklist))


def saved(folder: Path, content: bytes, name: str = "表.docx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def judged(path: Path, checklist: Checklist, edition: str = EDITION) -> Verdict:
    return verify(path, {item.id: item for item in checklist.library.items}, edition)


def codes(verdict: Verdict) -> list[str]:
    return [found.code for found in verdict.problems]


def edited(package: bytes, change: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    """The package with one part changed; fails when the change changes nothing."""
    parts = read_parts(package)
    before = parts[part].decode()
    parts[part] = change(before).encode()
    assert parts[part] != before.encode()
    return stamp(make_plate(parts), {})


def with_workbook(package: bytes, change: Callable[[Workbook], None]) -> bytes:
    workbook = load_workbook(io.BytesIO(package))
    change(workbook)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def row_of(workbook: Workbook, item: str, sheet: str = MONTH) -> int:
    return next(cell.row for row in workbook[sheet].iter_rows() for cell in row if cell.value == item)


# ---------------------------------------------------------------- untouched and filled


@pytest.mark.parametrize("template", [LIST, ACROSS], ids=["portrait", "landscape"])
def test_an_untouched_checklist_says_who_it_is_and_matches(tmp_path: Path, template: Path) -> None:
    checklist = sample_checklist(30, most=12, asks=3)

    verdict = judged(saved(tmp_path, word(checklist, template)), checklist)

    assert verdict.problems == ()
    assert verdict.matches is True
    assert (verdict.rows, verdict.named) == (checklist.on_paper, 30 - checklist.on_paper)
    assert verdict.named > 0
    assert verdict.claims.document == "现场检查表"
    assert verdict.claims.name == checklist.enterprise.name
    assert verdict.claims.serial == checklist.serial
    assert verdict.claims.edition == EDITION
    assert verdict.claims.on == "2026-11-22"
    assert verdict.claims.fingerprint == grouped(checklist.fingerprint)


def test_an_untouched_workbook_says_who_it_is_and_matches(tmp_path: Path) -> None:
    checklist = sample_checklist(30, most=12, asks=3)

    verdict = judged(saved(tmp_path, book(checklist), "簿.xlsx"), checklist)

    assert verdict.problems == ()
    assert verdict.matches is True
    assert (verdict.rows, verdict.named) == (30, 0)
    assert verdict.claims.serial == checklist.serial
    assert verdict.claims.name == checklist.enterprise.name
    assert verdict.claims.on == "2026-11-22"


def test_a_blank_form_has_no_name_and_matches(tmp_path: Path) -> None:
    checklist = sample_checklist(5, name="")

    for name, content in (("表.docx", word(checklist)), ("簿.xlsx", book(checklist))):
        verdict = judged(saved(tmp_path, content, name), checklist)
        assert verdict.claims.name == ""
        assert verdict.matches is True


def test_ticks_and_notes_on_the_checklist_do_not_count(tmp_path: Path) -> None:
    checklist = sample_checklist(8)

    def fill(xml: str) -> str:
        ticked = xml.replace("□", "√")
        last = ticked.rindex("</w:tc></w:tr>", 0, ticked.index("检查发现的问题"))
        return f"{ticked[:last]}<w:p><w:r><w:t>二层东侧出口锁闭</w:t></w:r></w:p>{ticked[last:]}"

    verdict = judged(saved(tmp_path, edited(word(checklist), fill)), checklist)

    assert verdict.matches is True
    assert verdict.problems == ()


def test_answers_own_rows_and_another_order_in_the_workbook_do_not_count(tmp_path: Path) -> None:
    checklist = sample_checklist(10)

    def fill(workbook: Workbook) -> None:
        sheet = workbook[MONTH]
        for row in sheet.iter_rows(min_row=5):
            row[5].value, row[6].value = "不符合", "二层东侧出口锁闭"
        first, second = (
            row_of(workbook, checklist.rows[0].item.id),
            row_of(workbook, checklist.rows[1].item.id),
        )
        for column in range(1, sheet.max_column + 1):
            one, other = sheet.cell(first, column), sheet.cell(second, column)
            one.value, other.value = other.value, one.value

    verdict = judged(saved(tmp_path, with_workbook(book(checklist), fill), "簿.xlsx"), checklist)

    assert verdict.matches is True
    assert verdict.problems == ()


# ---------------------------------------------------------------- changed


def test_a_changed_word_is_found_and_named(tmp_path: Path) -> None:
    checklist = sample_checklist(8)
    item = checklist.rows[2].item

    changed = edited(
        word(checklist), lambda xml: xml.replace(item.content, item.content.replace("无", "少")[:-1], 1)
    )
    verdict = judged(saved(tmp_path, changed), checklist)

    assert verdict.matches is False
    assert codes(verdict)[0] == "verify-mismatch"
    assert any(found.code == "verify-wording" and item.id in found.message for found in verdict.problems)


def test_a_softened_standard_is_found(tmp_path: Path) -> None:
    checklist = sample_checklist(8)
    item = checklist.rows[0].item

    changed = edited(word(checklist), lambda xml: xml.replace(item.standard, f"{item.standard}，可放宽", 1))

    assert codes(judged(saved(tmp_path, changed), checklist)) == ["verify-mismatch", "verify-wording"]


def test_a_changed_code_of_the_basis_is_found(tmp_path: Path) -> None:
    checklist = sample_checklist(8)
    code = checklist.rows[0].code

    changed = edited(word(checklist), lambda xml: xml.replace(f">{code}<", ">晋99九(九)9<", 1))

    assert judged(saved(tmp_path, changed), checklist).matches is False


def test_swapped_rows_are_found(tmp_path: Path) -> None:
    checklist = sample_checklist(8)
    one, other = checklist.rows[3].item.id, checklist.rows[4].item.id

    def swap(xml: str) -> str:
        rows = re.findall(r"<w:tr>(?:(?!</w:tr>).)*</w:tr>|<w:tr [^>]*>(?:(?!</w:tr>).)*</w:tr>", xml)
        first = next(row for row in rows if f">{one}<" in row)
        second = next(row for row in rows if f">{other}<" in row)
        return xml.replace(first, "\0").replace(second, first).replace("\0", second)

    assert judged(saved(tmp_path, edited(word(checklist), swap)), checklist).matches is False


def test_a_row_taken_out_is_found_even_when_it_was_only_named(tmp_path: Path) -> None:
    checklist = sample_checklist(20, most=10)
    gone = checklist.left_out[4]

    changed = edited(word(checklist), lambda xml: xml.replace(gone.item.id, "").replace(gone.digest, ""))

    assert judged(saved(tmp_path, changed), checklist).matches is False


def test_words_added_beside_one_row_are_found_though_the_fingerprint_holds(tmp_path: Path) -> None:
    checklist = sample_checklist(8)
    standard = checklist.rows[1].item.standard

    def add(xml: str) -> str:
        end = xml.index("</w:r>", xml.index(standard)) + len("</w:r>")
        return f"{xml[:end]}<w:r><w:t>（本单位不查）</w:t></w:r>{xml[end:]}"

    verdict = judged(saved(tmp_path, edited(word(checklist), add)), checklist)

    assert verdict.matches is True
    assert codes(verdict) == ["verify-added"]
    assert "（本单位不查）" in verdict.problems[0].message


def test_a_fingerprint_changed_along_with_the_wording_does_not_help(tmp_path: Path) -> None:
    checklist = sample_checklist(8)
    item = checklist.rows[0].item
    softened = edited(word(checklist), lambda xml: xml.replace(item.standard, "看看即可", 1))
    recomputed = judged(saved(tmp_path, softened), checklist).recomputed
    forged = softened
    for part in ("word/header1.xml", "docProps/custom.xml"):
        forged = edited(forged, lambda xml: xml.replace(grouped(checklist.fingerprint), recomputed), part)

    verdict = judged(saved(tmp_path, forged), checklist)

    assert verdict.matches is True
    assert codes(verdict) == ["verify-wording"]
    assert item.standard in verdict.problems[0].remedy


def test_a_fingerprint_changed_on_the_page_alone_is_found_in_the_properties(tmp_path: Path) -> None:
    checklist = sample_checklist(5)

    changed = edited(
        word(checklist),
        lambda xml: xml.replace(grouped(checklist.fingerprint), "0000-0000-0000"),
        "word/header1.xml",
    )

    assert codes(judged(saved(tmp_path, changed), checklist)) == ["verify-mismatch", "verify-claims-differ"]


@pytest.mark.parametrize("column", [3, 4, 5], ids=["content", "standard", "code"])
def test_a_changed_cell_of_the_workbook_is_found(tmp_path: Path, column: int) -> None:
    checklist = sample_checklist(10)

    def change(workbook: Workbook) -> None:
        cell = workbook[MONTH].cell(row_of(workbook, checklist.rows[0].item.id), column)
        cell.value = f"{str(cell.value)[:-1]}改"

    verdict = judged(saved(tmp_path, with_workbook(book(checklist), change), "簿.xlsx"), checklist)

    assert verdict.matches is False


def test_a_word_changed_on_the_daily_sheet_alone_is_found(tmp_path: Path) -> None:
    checklist = sample_checklist(10)
    item = next(row.item.id for row in checklist.rows if row.item.every == "shift")

    def change(workbook: Workbook) -> None:
        workbook["班组日查"].cell(row_of(workbook, item, "班组日查"), 3).value = "随便看看"

    verdict = judged(saved(tmp_path, with_workbook(book(checklist), change), "簿.xlsx"), checklist)

    assert verdict.matches is True
    assert codes(verdict) == ["verify-sheets-differ"]
    assert "班组日查" in verdict.problems[0].message


def test_a_workbook_without_its_first_sheet_still_says_who_it_is(tmp_path: Path) -> None:
    checklist = sample_checklist(10)

    verdict = judged(
        saved(
            tmp_path,
            with_workbook(book(checklist), lambda workbook: workbook.remove(workbook["说明"])),
            "簿.xlsx",
        ),
        checklist,
    )

    assert verdict.matches is True
    assert verdict.claims.serial == checklist.serial
    assert verdict.claims.edition == EDITION


# ---------------------------------------------------------------- other editions, papers and files


def test_under_another_edition_rows_are_not_held_against_todays_rules(tmp_path: Path) -> None:
    checklist = sample_checklist(5)
    items = {item.id: item.model_copy(update={"standard": "新的写法"}) for item in checklist.library.items}

    verdict = verify(saved(tmp_path, word(checklist)), items, "2027.1.1")

    assert verdict.matches is True
    assert verdict.problems == ()
    assert (verdict.claims.edition, verdict.installed) == (EDITION, "2027.1.1")


def test_a_paper_of_few_rows_tells_its_claims_and_is_not_recomputed(tmp_path: Path) -> None:
    checklist = sample_checklist(5)
    paper = PAPERS["现场检查方案"]
    content = stamp(
        make_plate(fill_paper(ROOT / "templates" / paper.file, paper, checklist)), field_values(checklist)
    )

    verdict = judged(saved(tmp_path, content), checklist)

    assert verdict.matches is None
    assert verdict.claims.document == "现场检查方案"
    assert verdict.claims.fingerprint == grouped(checklist.fingerprint)


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
        (stamp(make_plate({"a.txt": b"x"}), {}), "verify-not-ours"),
        (stamp(make_plate({"word/document.xml": b"<not closed"}), {}), "verify-damaged"),
        (stamp(make_plate({"xl/workbook.xml": b"<not closed"}), {}), "verify-damaged"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_in_words(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        verify(saved(tmp_path, content), {}, EDITION)

    assert [found.code for found in refused.value.problems] == [code]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        verify(tmp_path / "没有.docx", {}, EDITION)

    assert refused.value.problems[0].code == "file-missing"


def test_the_command_prints_a_verdict_and_fails_on_a_changed_file(tmp_path: Path) -> None:
    checklist = sample_checklist(5)
    good = saved(tmp_path, word(checklist), "好.docx")
    item = checklist.rows[0].item
    bad = saved(
        tmp_path, edited(word(checklist), lambda xml: xml.replace(item.standard, "看看", 1)), "坏.docx"
    )

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "checklists", "verify", *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False
        )

    told = run(str(good), str(bad), str(tmp_path / "无.docx"), "--json")
    first, second, third = json.loads(told.stdout)

    assert told.returncode == 1
    assert (first["matches"], second["matches"]) == (True, False)
    assert first["serial"] == checklist.serial
    assert third["problems"][0]["code"] == "file-missing"
    assert "Traceback" not in told.stderr
    assert "不符" in run(str(bad)).stdout


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_documents_saved_again_by_libreoffice_still_match(tmp_path: Path) -> None:
    checklist = sample_checklist(30, most=12, asks=3)
    again = tmp_path / "again"
    saved(tmp_path, word(checklist), "表.docx")
    saved(tmp_path, book(checklist), "簿.xlsx")
    for name in ("表.docx", "簿.xlsx"):
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
        subprocess.run(
            [*command, "--convert-to", name[-4:], "--outdir", str(again), str(tmp_path / name)],
            check=True,
            capture_output=True,
            timeout=120,
        )

        verdict = judged(again / name, checklist)

        assert verdict.matches is True
        assert verdict.problems == ()
        assert verdict.claims.serial == checklist.serial
