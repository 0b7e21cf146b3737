"""From folder to hands: what a batch makes beside the usual documents, PDFs, registers, files to be printed, and what it tells."""

from __future__ import annotations

import json
import os
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer.main
from docx import Document
from pypdf import PdfReader

from checklists.cli import app
from checklists.documents.pdf import SECONDS_A_FILE, find_office, make_many_pdfs
from checklists.documents.printfile import write_print_file
from checklists.problems import Refused
from tests.command import Told, command
from tests.small_rules import small_rules

DAY = "2026-11-22"
HEAD = "单位名称,企业类型,所在地,乡镇,联系人,电话,电子邮箱"
ROSTER = f"""{HEAD}
甲店,饭店,阳城县,凤城镇,王某,13800000001,wang@example.cn
乙厂,木器厂,阳城县,北留镇,,,
丙店,饭店,阳城县,凤城镇,,,
丁厂,木器厂,阳城县,,,,
"""
Run = Callable[..., Told]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_rules(tmp_path_factory.mktemp("house"))
    assert command("rules", "release", "--rules", folder / "rules", "--seeds", folder / "seeds").code == 0
    return folder


@pytest.fixture
def batch(house: Path, tmp_path: Path) -> Run:
    """A batch of ROSTER, or another text, into tmp_path/out."""

    def run(*more: str | Path, text: str = ROSTER, on: str = DAY) -> Told:
        (tmp_path / "名录.csv").write_text(text, "utf-8")
        where = ("--rules", house / "rules", "--seeds", house / "seeds", "--on", on)
        return command("batch", tmp_path / "名录.csv", "--out", tmp_path / "out", *where, "--json", *more)

    return run


def lines(out: Path) -> dict[str, dict[str, Any]]:
    """Lines of this batch in the manifest by name; what was given out earlier on the day stands below."""
    told = json.loads((out / "manifest.json").read_text("utf-8"))["enterprises"]
    return {one["name"]: one for one in told if one["result"] != "先前生成"}


def the(out: Path, pattern: str) -> Path:
    (found,) = out.glob(pattern)
    return found


# ---------------------------------------------------------------- options


WITHOUT_MEANING_FOR_MANY = {
    "--name": "every row has its own",
    "--code": "every row has its own",
    "--address": "every row has its own",
    "--person": "every row has its own",
    "--phone": "every row has its own",
}


def options(name: str) -> set[str]:
    group: Any = typer.main.get_command(app)
    return {word for one in group.commands[name].params for word in one.opts if word.startswith("--")}


def test_a_batch_takes_every_option_of_generate_that_means_something_for_many() -> None:
    assert options("generate") - options("batch") == set(WITHOUT_MEANING_FOR_MANY)


def test_answers_hold_where_the_row_has_none_and_nothing_says_otherwise(batch: Run, tmp_path: Path) -> None:
    text = "单位名称,企业类型,所在地,使用燃气\n甲,木器厂,阳城县,\n乙,木器厂,阳城县,否\n丙,饭店,阳城县,\n"

    batch(text=text)
    before = {name: line["items"] for name, line in lines(tmp_path / "out").items()}
    told = batch("--fact", "使用燃气=否", text=text)
    after = {name: line["items"] for name, line in lines(tmp_path / "out").items()}

    assert (told.code, told.json["problems"]) == (0, 0)
    assert after["甲"] == after["乙"] == before["乙"] < before["甲"]
    assert after["丙"] == before["丙"]  # a restaurant's type settles it


# ---------------------------------------------------------------- other papers


def test_papers_of_a_batch_are_those_of_generate(batch: Run, house: Path, tmp_path: Path) -> None:
    told = batch("--papers", "整改通知、现场检查方案", text=f"{HEAD}\n甲店,饭店,阳城县,,,,\n")
    line = lines(tmp_path / "out")["甲店"]
    where = ("--rules", house / "rules", "--seeds", house / "seeds", "--on", DAY, "--out", tmp_path / "one")
    who = ("--type", "饭店", "--name", "甲店", "--place", "阳城县")
    papers = ("--document", "整改通知", "--document", "现场检查方案")
    assert command("generate", *who, *papers, *where).code == 0

    assert (told.code, told.json["written"], list(line["papers"])) == (0, 5, ["整改通知", "现场检查方案"])
    for paper in line["papers"].values():
        made = (tmp_path / "out" / line["folder"] / paper["file"]).read_bytes()
        assert made == (tmp_path / "one" / paper["file"]).read_bytes()


def test_only_the_documents_that_are_named(batch: Run, tmp_path: Path) -> None:
    told = batch("--document", "现场检查表", "--document", "整改通知")
    line = lines(tmp_path / "out")["甲店"]

    assert (told.code, told.json["written"]) == (0, 8)
    assert (
        line["word"] and not line["excel"] and not line["appendix"] and list(line["papers"]) == ["整改通知"]
    )


def test_a_paper_that_was_filled_in_is_kept_and_an_old_one_renewed_even_after_a_run_without(
    batch: Run, tmp_path: Path
) -> None:
    batch("--papers", "整改通知")
    filled, old = (the(tmp_path / "out", f"*/{name}_*/*_整改通知_*.docx") for name in ("甲店", "乙厂"))
    paper = Document(str(filled))
    paper.add_paragraph("已改")
    paper.save(str(filled))
    kept, before = filled.read_bytes(), old.read_bytes()

    batch()
    told = batch(
        "--papers", "整改通知", text=ROSTER.replace("乙厂,木器厂,阳城县,北留镇", "乙厂,木器厂,阳城县,润城镇")
    )

    assert told.code == 1 and told.json["kept"] == [str(filled)]
    assert filled.read_bytes() == kept and old.read_bytes() != before
    assert lines(tmp_path / "out")["甲店"]["result"] == "原有文件未动"


def test_own_templates_are_used_for_every_enterprise(batch: Run, tmp_path: Path) -> None:
    own = tmp_path / "整改通知.docx"
    paper = Document("templates/整改通知.docx")
    paper.add_paragraph("本县另加一行")
    paper.save(str(own))

    told = batch("--papers", "整改通知", "--template", own)
    unneeded = batch("--template", own)

    assert told.code == 0
    for made in (tmp_path / "out").glob("*/*/*_整改通知_*.docx"):
        assert Document(str(made)).paragraphs[-1].text == "本县另加一行"
    assert unneeded.code == 1 and "template-not-made" in unneeded.err


def test_the_register_alone_stands_as_word_one_a_township(batch: Run, tmp_path: Path) -> None:
    told = batch("--papers", "自查表发放回收登记")

    names = [Path(name).name for name in told.json["registers"]]
    assert told.code == 0 and told.json["prints"] == []
    assert [name[: name.index("_")] for name in names] == [
        "晋城市阳城县凤城镇",
        "晋城市阳城县北留镇",
        "晋城市阳城县",
    ]
    table = Document(told.json["registers"][0]).tables[0]
    rows = [[cell.text for cell in row.cells][:3] for row in table.rows][1:4]
    assert rows == [
        ["1", "甲店\n王某　13800000001　wang@example.cn", "餐饮用气单位"],
        ["2", "丙店", "餐饮用气单位"],
        ["3", "", ""],
    ]
    line = lines(tmp_path / "out")["甲店"]
    assert (line["town"], line["contact"], line["email"]) == ("凤城镇", "王某", "wang@example.cn")


# ---------------------------------------------------------------- PDFs and files to be printed


CONVERT = """
import pathlib, sys, zlib
from pypdf import PdfWriter
with open({calls!r}, "a") as calls:
    calls.write("call\\n")
at = sys.argv.index("--outdir")
out = pathlib.Path(sys.argv[at + 1])
out.mkdir(exist_ok=True)
for path in map(pathlib.Path, sys.argv[at + 2:]):
    content = path.read_bytes()
    if {spoilt!r} in content:
        sys.exit("broken down at a file")
    writer = PdfWriter()
    for _ in range(1 + zlib.crc32(content) % 2):
        writer.add_blank_page(width=100 + zlib.crc32(content) % 9973, height=50)
    writer.write(out / (path.stem + ".pdf"))
"""
"""A LibreOffice whose pages tell by their width which document they are of; one or two pages a document."""
SPOILT = "坏文件".encode()


def width_of(document: Path) -> int:
    return 100 + zlib.crc32(document.read_bytes()) % 9973


def script(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    path.chmod(0o755)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program; it notes its calls in the file ``calls``."""
    if sys.platform == "win32":
        pytest.skip("scripts stand for LibreOffice")
    folder = tmp_path / "programs"
    folder.mkdir()
    text = CONVERT.format(calls=str(tmp_path / "calls"), spoilt=SPOILT)
    script(folder / "soffice", f"#!{sys.executable}\n{text}")
    for name in ("fc-list", "fc-match"):
        script(folder / name, "#!/bin/sh\necho 仿宋_GB2312\n")
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder / "soffice"


def calls(tmp_path: Path) -> int:
    return (tmp_path / "calls").read_text().count("call")


def documents_of(out: Path, name: str) -> list[Path]:
    """Word documents of an enterprise in the order in which they are printed."""
    titles = ("现场检查表", "企业留存", "整改通知")
    return [path for title in titles for path in out.glob(f"*/{name}_*/*_{title}_*.docx")]


def expected_widths(documents: list[Path]) -> list[int]:
    """Of the pages of a file to be printed, each document on sheets of its own."""
    return [width_of(path) for path in documents for _ in range(2)]


def widths(printed: str | Path) -> list[int]:
    return [int(page.mediabox.width) for page in PdfReader(printed).pages]


def test_a_township_is_one_file_in_the_rosters_order_behind_its_register(
    batch: Run, office: Path, tmp_path: Path
) -> None:
    told = batch("--pdf", "--papers", "整改通知", "--zip")
    out = tmp_path / "out"

    assert told.code == 0, told
    assert [Path(name).name.partition("_")[0] for name in told.json["prints"]] == [
        "晋城市阳城县凤城镇", "晋城市阳城县北留镇", "晋城市阳城县"
    ]  # fmt: skip
    cover = the(out, "打印/晋城市阳城县凤城镇_自查表发放回收登记_*.docx")
    documents = [cover, *documents_of(out, "甲店"), *documents_of(out, "丙店")]
    assert len(documents) == 7
    assert widths(told.json["prints"][0]) == expected_widths(documents)
    reader = PdfReader(told.json["prints"][0])
    marks = [(one.title, reader.get_destination_page_number(one)) for one in reader.outline]
    assert marks == [("自查表发放回收登记", 0), ("甲店", 2), ("丙店", 8)]
    assert calls(tmp_path) == 1
    assert told.json["faces"] and told.json["zip"]
    with zipfile.ZipFile(told.json["zip"]) as zipped:
        inside = set(zipped.namelist())
    assert {path.relative_to(out).as_posix() for path in out.rglob("*.pdf")} <= inside


def test_a_second_run_converts_and_merges_only_what_is_other(
    batch: Run, office: Path, tmp_path: Path
) -> None:
    first = batch("--pdf")
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.pdf")}

    batch("--pdf")
    unchanged = calls(tmp_path)
    changed = batch("--pdf", text=ROSTER.replace("丁厂,木器厂", "丁厂,饭店"))

    assert unchanged == 1 and calls(tmp_path) == 2 and first.code == changed.code == 0
    other = {path.name.partition("_")[0] for path in before if path.read_bytes() != before[path]}
    assert other == {"丁厂", "晋城市阳城县"}
    cover = the(tmp_path / "out", "打印/晋城市阳城县_自查表发放回收登记_*.docx")
    assert widths(changed.json["prints"][2]) == expected_widths(
        [cover, *documents_of(tmp_path / "out", "丁厂")]
    )


def test_what_somebody_filled_in_or_annotated_is_kept_and_lacking_in_print_and_told(
    batch: Run, office: Path, tmp_path: Path
) -> None:
    first = batch("--pdf")
    out = tmp_path / "out"
    annotated = the(out, "*/甲店_*/*_企业留存_*.pdf")
    filled = the(out, "*/丙店_*/*_现场检查表_*.docx")
    printed = Path(first.json["prints"][1])
    for path in (annotated, filled, printed):
        path.write_bytes(b"somebody's")

    told = batch("--pdf")

    assert told.code == 1 and set(told.json["kept"]) == {str(path) for path in (annotated, filled, printed)}
    assert {path.read_bytes() for path in (annotated, filled, printed)} == {b"somebody's"}
    (lacks,) = [one for one in told.json["problem_kinds"] if one["code"] == "print-lacks"]
    assert "缺 2 份" in lacks["message"] and annotated.with_suffix(".docx").name in lacks["message"]
    assert filled.name in lacks["message"]
    cover = the(out, "打印/晋城市阳城县凤城镇_自查表发放回收登记_*.docx")
    rest = [the(out, "*/甲店_*/*_现场检查表_*.docx"), the(out, "*/丙店_*/*_企业留存_*.docx")]
    assert widths(told.json["prints"][0]) == expected_widths([cover, *rest])
    forced = batch("--pdf", "--overwrite")
    assert forced.code == 0 and len(forced.json["moved"]) == 3


def test_without_libreoffice_the_documents_and_registers_stand_and_one_message_says_so(
    batch: Run, office: Path, tmp_path: Path
) -> None:
    script(office, "#!/bin/sh\nexit 3\n")

    told = batch("--pdf")

    assert told.code == 1 and told.json["made"] == 4 and len(told.json["registers"]) == 3
    assert told.json["prints"] == [] and not list((tmp_path / "out").rglob("*.pdf"))
    assert [one["code"] for one in told.json["problem_kinds"]] == ["pdf-failed"]


def test_a_file_at_which_libreoffice_breaks_down_stops_only_itself(office: Path, tmp_path: Path) -> None:
    documents = {f"{number}.docx": bytes([number]) for number in range(6)}
    documents["2.docx"] = documents["4.docx"] = SPOILT

    pdfs, problems = make_many_pdfs(documents, str(office))

    assert sorted(pdfs) == ["0.docx", "1.docx", "3.docx", "5.docx"]
    assert [(one.code, one.position.file) for one in problems] == [
        ("pdf-failed", "2.docx"),
        ("pdf-failed", "4.docx"),
    ]
    assert "broken down" in problems[0].message
    assert calls(tmp_path) <= 5


def test_what_was_made_before_libreoffice_came_to_a_stop_is_taken(office: Path, tmp_path: Path) -> None:
    text = office.read_text("utf-8").replace(
        'sys.exit("broken down at a file")', "__import__('time').sleep(300)"
    )
    script(office, text)
    documents = {"0.docx": b"0", "1.docx": SPOILT, "2.docx": b"2"}

    pdfs, problems = make_many_pdfs(documents, str(office), start_seconds=3 - SECONDS_A_FILE)

    assert sorted(pdfs) == ["0.docx", "2.docx"]
    assert [one.position.file for one in problems] == ["1.docx"]


def test_interrupted_while_pdfs_are_made_the_same_command_goes_on(
    batch: Run, office: Path, tmp_path: Path
) -> None:
    whole = office.read_text("utf-8")
    interrupt = "import os, signal, time\nos.kill(os.getppid(), signal.SIGINT)\ntime.sleep(60)\n"
    script(office, f"#!{sys.executable}\n{interrupt}")
    interrupted = batch("--pdf")
    left = [path for path in (tmp_path / "out").rglob("*") if path.suffix in (".pdf", ".part")]
    script(office, whole)

    told = batch("--pdf")

    assert (interrupted.code, left) == (130, []) and "从停下的地方接着" in interrupted.err
    assert (told.code, told.json["written"], len(told.json["prints"])) == (0, 0, 3)
    assert not list((tmp_path / "out").glob(".checklists-unfinished*"))


def test_a_damaged_pdf_is_told_and_no_print_file_is_made(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no pdf")

    with pytest.raises(Refused) as refused:
        write_print_file(tmp_path / "part", "题", [("甲", [tmp_path / "a.pdf"])])

    assert [one.code for one in refused.value.problems] == ["pdf-unread"]


@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_a_print_file_of_the_real_libreoffice_can_be_read(batch: Run) -> None:
    told = batch(
        "--pdf",
        "--appendix",
        "none",
        text=f"{HEAD}\n甲店,饭店,阳城县,凤城镇,,,\n乙厂,木器厂,阳城县,凤城镇,,,\n",
    )

    (printed,) = told.json["prints"]
    texts = ["".join(page.extract_text().split()) for page in PdfReader(printed).pages]
    assert told.code == 0 and len(texts) % 2 == 0
    assert "自查表发放回收登记" in texts[0] and "甲店" in texts[0] and "乙厂" in texts[0]
    begins = [next(at for at, text in enumerate(texts[2:]) if name in text) for name in ("甲店", "乙厂")]
    assert begins[0] == 0 < begins[1] and begins[1] % 2 == 0


# ---------------------------------------------------------------- progress


def test_progress_is_a_line_of_json_a_row_and_while_pdfs_are_made(batch: Run, office: Path) -> None:
    text = ROSTER.replace("丁厂,木器厂", "丁厂,没有的类型")

    told = batch("--pdf", "--events", text=text)

    events = [json.loads(line) for line in told.err.splitlines() if line.startswith("{")]
    rows = [one for one in events if one["event"] == "row"]
    pdfs = [one for one in events if one["event"] == "pdf"]
    assert told.json["made"] == 3 and events == [*rows, *pdfs]
    assert [(one["done"], one["expected"], one["line"]["name"], one["line"]["result"]) for one in rows] == [
        (1, 4, "甲店", "已生成"), (2, 4, "乙厂", "已生成"), (3, 4, "丙店", "已生成"), (4, 4, "", "没有生成")
    ]  # fmt: skip
    assert [(one["done"], one["expected"]) for one in pdfs] == [(0, 8), (8, 8)]
    assert not [line for line in batch().err.splitlines() if line.startswith("{")]
