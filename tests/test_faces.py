"""Which Chinese faces the PDFs are printed in: found, told in one line, and what to install when there is none."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader

from checklists.documents.faces import FACES, chinese_faces
from checklists.documents.font_files import families_in
from checklists.documents.pdf import find_office
from checklists.problems import Refused
from tests.command import Told, command
from tests.rosters import small_house
from tests.test_pdf import CONVERT, office, program

BY_FONTCONFIG = pytest.mark.skipif(
    sys.platform in ("win32", "darwin") or not shutil.which("fc-match") or not families_in([Path("/usr/share/fonts")]),
    reason="no fontconfig, or no font at all",
)  # fmt: skip
NOT_ON_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="shell scripts stand for other programs")


# ---------------------------------------------------------------- fonts in folders


def name_table(*families: str) -> bytes:
    """Table ``name`` with family names (OpenType 1.9, version 0), and before them a Macintosh one that is passed over."""
    texts = [b"Macintosh", *(family.encode("utf-16-be") for family in families)]
    records, at = b"", 0
    for number, text in enumerate(texts):
        platform = (1, 0, 0) if number == 0 else (3, 1, 0x804)
        records += struct.pack(">6H", *platform, 1, len(text), at)
        at += len(text)
    return struct.pack(">HHH", 0, len(texts), 6 + len(records)) + records + b"".join(texts)


def font(*families: str, at: int = 0) -> bytes:
    """A font of nothing but its names, as it stands at a place of a file."""
    head = struct.pack(">4sHHHH", b"\0\1\0\0", 1, 16, 0, 0)
    table = name_table(*families)
    return head + struct.pack(">4sIII", b"name", 0, at + len(head) + 16, len(table)) + table


def collection(*families: str) -> bytes:
    head = 12 + 4 * len(families)
    fonts: list[bytes] = []
    for family in families:
        fonts.append(font(family, at=head + len(b"".join(fonts))))
    starts = [head + len(b"".join(fonts[:number])) for number in range(len(fonts))]
    return struct.pack(f">4sHHI{len(fonts)}I", b"ttcf", 1, 0, len(fonts), *starts) + b"".join(fonts)


def test_fonts_are_found_by_the_names_within_their_files(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below/a.TTF").write_bytes(font("FangSong_GB2312", "仿宋_GB2312"))
    (tmp_path / "b.ttc").write_bytes(collection("SimSun", "宋体"))
    (tmp_path / "readme.txt").write_bytes(font("楷体"))

    assert families_in([tmp_path, tmp_path / "none"]) == {"FangSong_GB2312", "仿宋_GB2312", "SimSun", "宋体"}


def test_what_is_no_font_or_a_damaged_one_is_passed_over(tmp_path: Path) -> None:
    whole = collection("宋体", "黑体")
    for length in range(len(whole)):
        (tmp_path / f"{length}.ttc").write_bytes(whole[:length])
    (tmp_path / "many.ttc").write_bytes(b"ttcf" + b"\xff" * 40)
    (tmp_path / "wide.ttf").write_bytes(b"\0\1\0\0" + b"\xff" * 40)
    (tmp_path / "folder.ttf").mkdir()

    assert families_in([tmp_path]) == {"宋体"}


@BY_FONTCONFIG
def test_the_fonts_of_this_computer_are_those_that_fontconfig_finds() -> None:
    told = subprocess.run(
        ["fc-list", "--format=%{file}|%{family}\n"], capture_output=True, encoding="utf-8", check=True
    )
    lines = [line.partition("|") for line in told.stdout.splitlines()]
    expected = {
        name
        for file, _, names in lines
        for name in names.split(",")
        if file.startswith("/usr/share/fonts/") and file.endswith((".ttf", ".ttc", ".otf"))
    }

    assert expected and families_in([Path("/usr/share/fonts")]) >= expected


# ---------------------------------------------------------------- asking fontconfig


def fonts_called(path: Path, families: Sequence[str], folder: str = "/usr/share/fonts") -> str:
    """A configuration in which the fonts of a folder go by further names, as if fonts of these names were there."""
    named = "".join(f'<edit name="family" mode="append"><string>{one}</string></edit>' for one in families)
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{folder}</dir><cachedir>{path}.cache</cachedir>"
        f'<match target="scan">{named}</match></fontconfig>',
        "utf-8",
    )
    return str(path)


@BY_FONTCONFIG
@pytest.mark.parametrize("there", [FACES, FACES[:1], FACES[1:3]])
def test_a_face_that_is_there_prints_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: Sequence[str]
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", fonts_called(tmp_path / "fonts.conf", there))

    faces = chinese_faces()

    assert tuple(faces) == FACES
    assert [face for face, used in faces.items() if face == used] == list(there)
    assert {used for face, used in faces.items() if face not in there} <= families_in(
        [Path("/usr/share/fonts")]
    )


@BY_FONTCONFIG
def test_without_a_chinese_face_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", fonts_called(tmp_path / "fonts.conf", (), str(tmp_path)))

    with pytest.raises(Refused) as refused:
        chinese_faces()

    (found,) = refused.value.problems
    assert found.code == "pdf-no-face" and "没有中文字体" in found.message
    for wanted in ("apt-get install fonts-noto-cjk", "Fedora", "Windows", "macOS", "仿宋_GB2312"):
        assert wanted in found.remedy


@BY_FONTCONFIG
@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_libreoffice_takes_the_face_that_was_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", fonts_called(tmp_path / "fonts.conf", ()))
    rules = small_house(tmp_path / "house").rules

    told = command("papers", "make", "整改通知", "--type", "酒店", "--name", "甲", "--place", "阳城县", "--pdf", "--json",
                   "--out", tmp_path / "out", "--rules", rules)  # fmt: skip

    instead = told.json["faces"]["仿宋_GB2312"]
    asked = subprocess.run(
        ["fc-list", f":family={instead}", "file"], capture_output=True, text=True, check=True
    )
    files = {line.rstrip().removesuffix(":") for line in asked.stdout.splitlines()}
    query = ["fc-query", "--format=%{postscriptname}\n", *files]
    names = subprocess.run(query, capture_output=True, text=True, check=True).stdout.split()
    used = printed_in(tmp_path / "out" / Path(told.json["files"][1]).name)
    assert any(one.startswith(tuple(names)) for one in used), (used, instead)


def printed_in(path: Path) -> set[str]:
    """PostScript names of the fonts of a PDF, without the six letters that tell a subset."""
    fonts = [page["/Resources"]["/Font"] for page in PdfReader(path).pages]
    return {str(one.get_object()["/BaseFont"]).partition("+")[2] for some in fonts for one in some.values()}


# ---------------------------------------------------------------- telling


@pytest.fixture
def generate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Generate with PDFs that a script makes, by a configuration of fonts."""
    office(tmp_path, CONVERT)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    rules = small_house(tmp_path / "house").rules

    def run(configuration: str, *more: str) -> Told:
        monkeypatch.setenv("FONTCONFIG_FILE", configuration)
        options = ["--type", "酒店", "--name", "甲", "--place", "阳城县", "--on", "2026-11-22", "--pdf"]
        return command("generate", *options, "--rules", rules, "--out", tmp_path / "out", *more)

    return run


def faces_line(told: Told) -> str:
    (line,) = [line for line in told.out.splitlines() if line.startswith("PDF 用的中文字体")]
    return line


@BY_FONTCONFIG
def test_one_line_tells_which_faces_are_there_and_what_stands_in(generate: object, tmp_path: Path) -> None:
    assert callable(generate)
    all_there = generate(fonts_called(tmp_path / "all.conf", FACES))
    some_there = generate(fonts_called(tmp_path / "some.conf", ["仿宋_GB2312", "宋体"]))
    as_json = generate(fonts_called(tmp_path / "some.conf", ["仿宋_GB2312", "宋体"]), "--json")

    assert all_there.code == some_there.code == 0
    assert faces_line(all_there) == "PDF 用的中文字体：仿宋_GB2312、黑体、方正小标宋简体、宋体"
    instead = as_json.json["faces"]["黑体"]
    assert (
        faces_line(some_there) == f"PDF 用的中文字体：仿宋_GB2312、{instead}、宋体"
        f"（没有黑体、方正小标宋简体，用 {instead} 代替，版面可能略有不同）"
    )


@BY_FONTCONFIG
def test_without_a_chinese_face_the_documents_stand_and_what_was_there_stays(
    generate: object, tmp_path: Path
) -> None:
    assert callable(generate)
    generate(fonts_called(tmp_path / "all.conf", FACES))
    before = {path: path.read_bytes() for path in (tmp_path / "out").glob("[!.]*")}
    for path in (tmp_path / "out").glob("*.docx"):
        path.unlink()

    told = generate(fonts_called(tmp_path / "none.conf", (), str(tmp_path / "house")))

    assert told.code == 1 and "pdf-no-face" in told.err and "没有中文字体" in told.err
    assert len(before) == 6 and {path: path.read_bytes() for path in before} == before


@NOT_ON_WINDOWS
def test_where_it_cannot_be_told_what_stands_in_it_is_not_told(generate: object, tmp_path: Path) -> None:
    assert callable(generate)
    program(tmp_path / "fc-list", "echo 楷体")
    program(tmp_path / "fc-match", "exit 1")

    told = generate(str(tmp_path / "none.conf"))

    assert told.code == 0
    assert (
        faces_line(told) == "PDF 用的中文字体：由 LibreOffice 挑选"
        "（没有仿宋_GB2312、黑体、方正小标宋简体、宋体，用别的中文字体代替，版面可能略有不同）"
    )
