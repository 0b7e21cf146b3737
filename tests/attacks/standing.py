"""Files that stand in a folder: filling them in, and seeing afterwards that they are as they were and whole."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.attacks.trial import OTHER, OVERWRITTEN, Trial

ROSTER = (
    "单位名称,企业类型,所在地,统一社会信用代码\n"
    "甲饭店,餐饮用气单位,阳城县,\n"
    "乙饭店,餐饮用气单位,阳城县,914403001922038216\n"
    "甲饭店,餐饮用气单位,阳泉市,\n"
    "丙油站,加油站,阳城县,\n"
)
KEPT_BY_US = ("manifest", "清单")
TEMPORARY = (".part", ".tmp", ".writing")


def asked(chance: random.Random) -> list[str]:
    """A command that writes documents."""
    one = ["--type", "加油站", "--name", "甲油站", "--place", "阳城县", "--on", "2026-11-22", "--out", "out"]
    return chance.choice([
        ["generate", *one],
        ["generate", *one],
        ["papers", "make", "现场检查方案", "班组日查卡", *one],
        ["batch", "名录.csv", "--out", "发放", "--on", "2026-11-22"],
        ["batch", "名录.csv", "--out", "发放", "--on", "2026-11-22"],
        ["batch", "名录.csv", "--out", "发放", "--on", "2026-11-22", "--zip"],
        ["templates", "copy", "现场检查表", "企业自查工作簿", "企业留存", "--out", "out"],
        ["roster", "new", "新名录.xlsx"],
    ])  # fmt: skip


def is_document(path: Path) -> bool:
    """Whether somebody may have filled it in: no list of ours, no temporary file."""
    return path.suffix in (".docx", ".xlsx") and not path.name.startswith(".")


def filled(chance: random.Random, folder: Path) -> dict[Path, bytes]:
    """Some of the documents in the folder changed as by a pen; what they hold now."""
    made = [path for path in sorted(folder.rglob("*")) if path.is_file() and is_document(path)]
    before = {}
    for path in chance.sample(made, min(len(made), chance.choice([1, 2, 99]))):
        with zipfile.ZipFile(path, "a") as opened:
            opened.writestr("填写.txt", str(chance.random()))
        before[path] = path.read_bytes()
    return before


def spoiled_standing(
    trial: Trial, folder: Path, before: Mapping[Path, bytes], may_move: bool = False
) -> None:
    """A fault for every file that is not as it was; ``may_move``: it may stand elsewhere in the folder instead."""
    everywhere = {path.read_bytes() for path in folder.rglob("*") if path.is_file()} if may_move else set()
    for path, content in before.items():
        same = path.is_file() and path.read_bytes() == content
        if not same and content not in everywhere:
            trial.fault(OVERWRITTEN, f"{path.relative_to(folder)} 被覆盖或删去")


def broken(folder: Path) -> list[str]:
    """Documents under their final names that are not whole."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in (".docx", ".xlsx", ".zip") and not path.name.startswith("."):
            try:
                with zipfile.ZipFile(path) as opened:
                    found += [str(path)] if opened.testzip() else []
            except (zipfile.BadZipFile, OSError):
                found.append(str(path))
    return found


def judge_whole(trial: Trial, folder: Path) -> None:
    """A fault when a half file stands under a final name."""
    if half := broken(folder):
        trial.fault(OTHER, f"半个文件：{[Path(name).name for name in half]}")


def judge_tidy(trial: Trial, folder: Path) -> None:
    """A fault when temporary files are left after a run that ended well."""
    left = [path.name for path in folder.rglob("*") if any(mark in path.name for mark in TEMPORARY)]
    if left:
        trial.fault(OTHER, f"留下了临时文件：{left}")


class WholeFolder:
    """Documents of a folder as they are now, to be compared with later."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.before = documents_of(folder)

    def judge(self, trial: Trial, whose: str) -> None:
        """A fault for every document that changed or went."""
        now = documents_of(self.folder)
        changed = [name for name, content in self.before.items() if now.get(name) != content]
        if changed:
            trial.fault(OVERWRITTEN, f"{whose}文件变了：{changed}")


def documents_of(folder: Path) -> dict[str, bytes]:
    """Path -> content of the documents in a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and is_document(path)
    }
