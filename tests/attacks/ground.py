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


@cache
def documents() -> Mapping[str, bytes]:
    """Name of the document -> its file, made by the command line as it is."""
    made: dict[str, bytes] = {}
    with scratch_folder() as folder:
        for command in (["generate"], ["papers", "make", "全部"], ["generate", "--landscape"]):
            out = folder / "-".join(command)
            ended = run([*command, *ASKED, *WHO, "--out", str(out)], folder)
            if ended.code:
                raise RuntimeError(ended.said)
            for path in sorted(out.glob("*.*")):
                kind = path.name.split("_")[1]
                made.setdefault(kind if "--landscape" not in command else f"{kind}横版", path.read_bytes())
    return {name + (".xlsx" if "工作簿" in name else ".docx"): content for name, content in made.items()}


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
