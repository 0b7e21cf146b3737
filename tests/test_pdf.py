"""PDFs beside the documents: guarded like every file, and of LibreOffice nothing is left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from pypdf import PdfReader

from checklists.documents.pdf import SECONDS_A_FILE, find_office, make_pdfs
from checklists.problems import Refused
from tests.command import Told, command
from tests.rosters import ROOT, small_house

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shell scripts stand for LibreOffice")

CONVERT = """
while [ "$1" != --outdir ]; do shift; done
out=$2; shift 2; mkdir -p "$out"
for file in "$@"; do name=$(basename "$file"); echo "$$ $(cat "$file" | wc -c)" > "$out/${name%.*}.pdf"; done
"""
LEAVE_CHILD = "sleep 300 &\necho $! >> {pids}\n"


def office(folder: Path, script: str) -> str:
    return program(folder / "soffice", script.replace("{pids}", str(folder / "pids")))


def program(path: Path, script: str) -> str:
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


def runs(pid: int) -> bool:
    """Whether a process runs; one that is dead and not yet buried does not."""
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"


def left(folder: Path) -> list[int]:
    """Processes that an office started and that still run."""
    pids = [int(pid) for pid in (folder / "pids").read_text().split()]
    assert pids, "the office started none"
    until = time.monotonic() + 5
    while any(map(runs, pids)) and time.monotonic() < until:
        time.sleep(0.02)
    return [pid for pid in pids if runs(pid)]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


# ---------------------------------------------------------------- nothing is left


def test_without_libreoffice_the_message_says_how_to_install_it() -> None:
    with pytest.raises(Refused) as refused:
        make_pdfs({"表.docx": b"x"}, None)

    assert refused.value.problems[0].code == "pdf-no-office"
    assert (
        "apt-get install libreoffice-writer libreoffice-calc fonts-noto-cjk"
        in refused.value.problems[0].remedy
    )


def test_what_a_libreoffice_leaves_running_is_ended_though_it_did_its_work(
    tmp_path: Path, temporary: Path
) -> None:
    began = time.monotonic()
    pdfs, problems = make_pdfs({"表.docx": b"x", "册.xlsx": b"yy"}, office(tmp_path, LEAVE_CHILD + CONVERT))

    assert sorted(pdfs) == ["册.pdf", "表.pdf"] and problems == []
    assert left(tmp_path) == [] and list(temporary.iterdir()) == []
    assert time.monotonic() - began < 20


def test_a_libreoffice_that_makes_nothing_is_reported_and_leaves_nothing(
    tmp_path: Path, temporary: Path
) -> None:
    script = LEAVE_CHILD + "echo 'source file could not be loaded' >&2\nexit 1\n"

    pdfs, problems = make_pdfs({"表.docx": b"x"}, office(tmp_path, script))

    assert pdfs == {} and [found.code for found in problems] == ["pdf-failed"]
    assert "could not be loaded" in problems[0].message and problems[0].position.file == "表.docx"
    assert left(tmp_path) == [] and list(temporary.iterdir()) == []


def test_a_libreoffice_that_does_not_end_is_ended_with_its_children(tmp_path: Path, temporary: Path) -> None:
    script = office(tmp_path, LEAVE_CHILD + "echo $$ >> {pids}\nsleep 300\n")

    with pytest.raises(Refused) as refused:
        make_pdfs({"表.docx": b"x"}, script, start_seconds=1 - SECONDS_A_FILE)

    assert refused.value.problems[0].code == "pdf-timeout"
    assert left(tmp_path) == [] and list(temporary.iterdir()) == []


def test_a_program_that_cannot_be_started_is_told(tmp_path: Path, temporary: Path) -> None:
    (tmp_path / "soffice").write_bytes(b"\x7fELF no program")
    (tmp_path / "soffice").chmod(0o755)

    with pytest.raises(Refused) as refused:
        make_pdfs({"表.docx": b"x"}, str(tmp_path / "soffice"))

    assert refused.value.problems[0].code == "pdf-failed" and list(temporary.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_command_that_is_told_to_end_takes_libreoffice_with_it(
    tmp_path: Path, temporary: Path, number: signal.Signals
) -> None:
    script = office(tmp_path, LEAVE_CHILD + "echo $$ >> {pids}\nsleep 300\n")
    run = f"from checklists.documents.pdf import make_pdfs; make_pdfs({{'a.docx': b'x'}}, {script!r})"
    started = subprocess.Popen([sys.executable, "-c", run], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 30
    while not (tmp_path / "pids").exists() or len((tmp_path / "pids").read_text().split()) < 2:
        assert time.monotonic() < until
        time.sleep(0.02)
    assert list(temporary.iterdir()) != [] and left_now(tmp_path) == 2, "this test sees nothing"
    started.send_signal(number)
    told = started.communicate(timeout=30)[1]

    assert started.returncode == -number and ("KeyboardInterrupt" in told) == (number == signal.SIGINT)
    assert left(tmp_path) == [] and list(temporary.iterdir()) == []


def left_now(folder: Path) -> int:
    return sum(runs(int(pid)) for pid in (folder / "pids").read_text().split())


# ---------------------------------------------------------------- guarded


@pytest.fixture
def generate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Generate with PDFs that a script makes, each time with other bytes, whatever fonts there are."""
    office(tmp_path, CONVERT)
    for name in ("fc-list", "fc-match"):
        program(tmp_path / name, "echo 仿宋_GB2312")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    rules = small_house(tmp_path / "house").rules

    def run(*more: str) -> Told:
        options = ["--type", "酒店", "--name", "甲", "--place", "阳城县", "--on", "2026-11-22", "--pdf"]
        return command("generate", *options, "--rules", rules, "--out", tmp_path / "out", "--json", *more)

    return run


def test_a_pdf_that_somebody_annotated_is_kept_and_an_untouched_one_renewed(
    generate: object, tmp_path: Path
) -> None:
    assert callable(generate)
    first = generate()
    assert first.code == 0 and [Path(name).suffix for name in first.json["files"]] == [
        ".docx",
        ".xlsx",
        ".docx",
        ".pdf",
        ".pdf",
        ".pdf",
    ]
    (paper,), (book,) = (
        (tmp_path / "out").glob(f"*_{name}_*.pdf") for name in ("现场检查表", "企业自查工作簿")
    )
    before = book.read_bytes()
    paper.write_bytes(b"annotated")

    again = generate()
    forced = generate("--overwrite")

    assert again.code == 1 and again.json["kept"] == [str(paper)] and len(again.json["files"]) == 5
    assert book.read_bytes() != before
    assert forced.code == 0 and Path(forced.json["moved"][0]["to"]).read_bytes() == b"annotated"


def test_no_pdf_is_made_of_a_document_that_was_kept(generate: object, tmp_path: Path) -> None:
    assert callable(generate)
    generate()
    (paper,) = (tmp_path / "out").glob("*_现场检查表_*.docx")
    paper.write_bytes(b"filled")
    for path in (tmp_path / "out").glob("*.pdf"):
        path.unlink()

    told = generate()

    assert told.code == 1 and told.json["kept"] == [str(paper)]
    assert sorted(path.name[:-11] for path in (tmp_path / "out").glob("*.pdf")) == [
        "甲_晋城市阳城县_企业留存_2026-11-22",
        "甲_晋城市阳城县_企业自查工作簿_2026-11-22",
    ]


def test_without_pdfs_the_documents_stand_and_are_told(generate: object, tmp_path: Path) -> None:
    assert callable(generate)
    office(tmp_path, "exit 3\n")

    told = generate()

    assert told.code == 1 and len(told.json["files"]) == 3
    assert [found["code"] for found in told.json["problems"]] == ["pdf-failed"] * 3


# ---------------------------------------------------------------- the real one


@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_a_pdf_stands_beside_every_document_whatever_the_enterprise_is_called(
    tmp_path: Path, temporary: Path
) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "checklists", "papers", "make", "承诺书（员工）", "现场检查方案", "--type", "九小场所",
         "--name", "某 店,“一号”&🔥", "--on", "2026-11-22", "--pdf", "--json", "--out", str(tmp_path / "out")],
        capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False,
    )  # fmt: skip

    files = [Path(name) for name in json.loads(told.stdout)["files"]]

    assert [path.suffix for path in files] == [".docx", ".docx", ".pdf", ".pdf"]
    assert [len(PdfReader(path).pages) for path in files[2:]] == [
        1,
        2,
    ]  # the places to see have a page of their own
    assert sorted((tmp_path / "out").glob("[!.]*")) == sorted(files)
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_a_libreoffice_that_is_ended_leaves_no_socket(temporary: Path) -> None:
    content = (ROOT / "tests/formats/1/empty/企业自查工作簿.xlsx").read_bytes()
    before = set(Path("/tmp").glob("OSL_PIPE_*"))

    with pytest.raises(Refused):
        make_pdfs({"册.xlsx": content}, find_office(), start_seconds=1.2 - SECONDS_A_FILE)

    until = time.monotonic() + 30
    while set(Path("/tmp").glob("OSL_PIPE_*")) - before and time.monotonic() < until:
        time.sleep(0.1)  # another LibreOffice may be at work, which takes its own away
    assert set(Path("/tmp").glob("OSL_PIPE_*")) - before == set() and list(temporary.iterdir()) == []
