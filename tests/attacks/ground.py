"""What the attacks stand on: rules, notices and templates as shipped, and documents made from them once."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from checklists.data import data_folder
from tests.attacks.trial import run, scratch_folder

DAY = "2026-11-22"
NAME = "阳城县某某饭店"
ASKED = ("--type", "餐饮用气单位", "--place", "阳城县", "--on", DAY)
WHO = ("--name", NAME, "--code", "91140522MA0XXXXX1X", "--address", "凤城镇新建路1号")


def rules() -> Path:
    """The rules as shipped."""
    return data_folder("rules")


def seeds() -> Path:
    """The notices as shipped."""
    return data_folder("seeds")


def templates() -> Path:
    """The templates as shipped."""
    return data_folder("templates")


def copied(folder: Path, to: Path) -> Path:
    """A copy to spoil; links stay links."""
    return Path(shutil.copytree(folder, to, symlinks=True))


NO_DOCUMENTS = {"隐患汇总台账", "修订对照表"}
"""Templates that are filled from what came back, or from two notices."""


@cache
def names() -> tuple[str, ...]:
    """File names of the documents there are: those of the templates."""
    paths = (path for path in templates().iterdir() if path.suffix in (".docx", ".xlsx"))
    return tuple(sorted(path.name for path in paths if path.stem not in NO_DOCUMENTS))


def command_of(name: str) -> list[str]:
    """The command that makes a document alone, without the enterprise.

    Of the two lists one has what stays with the enterprise behind it, so that both forms are attacked.
    """
    stem = Path(name).stem
    if stem == "现场检查表（横版）":
        return ["generate", "--document", stem, "--appendix", "with"]
    if stem in ("现场检查表", "企业留存", "企业自查工作簿"):
        return ["generate", "--document", stem]
    return ["papers", "make", stem]


@cache
def document(name: str) -> bytes:
    """The file, made by the command line as it is."""
    with scratch_folder() as folder:
        ended = run([*command_of(name), *ASKED, *WHO, "--out", "out"], folder)
        if ended.code:
            raise RuntimeError(ended.said)
        (made,) = [path for path in (folder / "out").iterdir() if path.suffix == Path(name).suffix]
        return made.read_bytes()


def parts_of(package: bytes) -> dict[str, bytes]:
    """Name -> content of a zip package, read by the standard library alone."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {entry.filename: opened.read(entry) for entry in opened.infolist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip package of the parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return written.getvalue()


def digests(folder: Path) -> dict[str, bytes]:
    """Path within the folder -> content, links told as such."""
    return {
        str(path.relative_to(folder)): f"-> {path.readlink()}".encode()
        if path.is_symlink()
        else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }
