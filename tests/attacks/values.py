"""Every option of every command with careless and hostile values: a message with its remedy, or what was asked for."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.attacks import ground, texts
from tests.attacks.trial import LOST, OTHER, SILENT, Ended, Target, Trial, faults_of, run

RIGHT: Mapping[str, Sequence[str]] = {
    "--type": ("餐饮用气单位", "加油站", "医院", "petrol-station", "井工煤矿", "其他企业（通用部分）"),
    "--name": texts.PLAIN,
    "--place": ("阳城县", "山西省", "阳泉市", "晋城市城区", "山西省晋城市阳城县"),
    "--on": ("2026-11-22", "2019-06-01", "2026-01-01"),
    "--fact": ("使用燃气=是", "供气方式=瓶装", "涉粉作业人数=5", "国有企业=否", "small-unit=是"),
    "--code": ("91140522MA0XXXXX1X", "914403001922038216", ""),
    "--address": texts.PLAIN,
    "--person": ("张三", "欧阳 娜娜"),
    "--phone": ("13800000000", "0356-1234567转8"),
    "--office": (
        "检查单位=阳城县应急管理局",
        "用途=执法检查、指导服务",
        "检查人员=张三、李四",
        "文书编号=〔2026〕1号",
    ),
    "--out": ("out", "甲/乙", "a b"),
    "--max-items": ("1", "15", "40", "1000"),
    "--department": ("消防", "应急", "住建"),
    "--basis": ("standing", "current"),
    "--appendix": ("apart", "with", "none"),
    "--industry": ("gas-use", "消防"),
    "--rules": ("RULES",),
    "--seeds": ("SEEDS",),
    "--templates": ("TEMPLATES",),
    "--template": ("TEMPLATES/现场检查表.docx", "TEMPLATES/企业自查工作簿.xlsx", "TEMPLATES/企业留存.docx"),
}
FLAGS = (
    "--full",
    "--landscape",
    "--json",
    "--zip",
    "--overwrite",
    "--no-such-option",
    "-h",
    "--version",
    "--pdf=是",
)
WHO = (
    "--name",
    "--place",
    "--on",
    "--fact",
    "--code",
    "--address",
    "--person",
    "--phone",
    "--office",
    "--out",
    "--max-items",
    "--department",
    "--basis",
)
COMMANDS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("generate",): ("--type", *WHO, "--appendix", "--rules", "--seeds", "--templates", "--template"),
    ("papers", "make", "检查方案"): ("--type", *WHO, "--templates", "--template"),
    ("papers", "make", "VALUE"): ("--type", *WHO),
    ("select",): ("--type", "--place", "--on", "--fact", "--department", "--basis", "--rules", "--seeds"),
    ("explain", "VALUE"): ("--type", "--place", "--on", "--fact", "--department", "--basis"),
    ("items",): ("--industry", "--rules", "--seeds"),
    ("types",): ("--rules", "--seeds"),
    ("notices", "list"): ("--seeds", "--rules"),
    ("notices", "show", "VALUE"): ("--seeds",),
    ("notices", "coverage", "VALUE"): ("--seeds", "--rules"),
    ("rules", "check"): ("--rules", "--seeds"),
    ("rules", "release"): ("--on", "--rules"),
    ("templates", "list"): ("--templates",),
    ("templates", "copy", "VALUE"): ("--out", "--templates"),
    ("templates", "check", "VALUE"): ("--rules", "--seeds"),
    ("roster", "new", "VALUE"): ("--rules",),
    ("roster", "check", "VALUE"): ("--rules",),
    ("batch", "VALUE"): ("--out", "--on", "--max-items", "--department", "--basis", "--office", "--appendix"),
    ("verify", "VALUE"): ("--rules", "--seeds"),
    ("VALUE",): ("--type",),
}
"""Command, VALUE where it takes an argument of the user's, and its options."""
FOLDERS = ("--rules", "--seeds", "--templates", "--out", "--template")
_WRITES_RULES = ("rules", "release")


def attack(chance: random.Random, folder: Path, target: Target) -> Trial:
    """One command with some right, some careless and some hostile values."""
    command, options = chance.choice(list(COMMANDS.items()))
    given = _given(chance, options, command)
    arguments = [texts.hostile(chance) if word == "VALUE" else word for word in command]
    for name, value in given:
        arguments += [f"{name}={value}"] if chance.random() < 0.3 else [name, value]
    if command == _WRITES_RULES:
        arguments += ["--rules", str(ground.copied(ground.rules(), folder / "rules"))]
    if chance.random() < 0.2:
        arguments.append(chance.choice(FLAGS))
    arguments = [_real(word.replace("\0", "")) for word in arguments]
    (folder / "甲.docx").write_bytes(b"")
    trial = Trial(" ".join(map(repr, arguments)))
    before = ground.digests(folder)
    ended = run(arguments, folder, target)
    trial.faults += faults_of(ended)
    if ended.code == 2 and ground.digests(folder) != before:
        trial.fault(OTHER, "用法不对，却写了文件")
    if ended.code and "错误" in ended.err and not _has_remedy(ended):
        trial.fault(OTHER, f"没有说怎样改：{ended.err[:300]}")
    if ended.code == 0 and "-h" not in arguments and command[0] in ("generate", "papers"):
        _judge_made(trial, dict(given), folder, ended)
    return trial


def _given(
    chance: random.Random, options: tuple[str, ...], command: tuple[str, ...]
) -> list[tuple[str, str]]:
    given: list[tuple[str, str]] = []
    for name in options:
        if name == "--type" or chance.random() < 0.4:
            odd = chance.random() < (
                0.5 if name in ("--name", "--address", "--person", "--phone", "--code") else 0.15
            )
            value = texts.hostile(chance) if odd else chance.choice(RIGHT[name])
            if odd and name in RIGHT and chance.random() < 0.4:
                value = texts.slip(chance, chance.choice(RIGHT[name]))
            given.append((name, value))
    if not any(name == "--out" for name, _ in given) and "--out" in options:
        given.append(("--out", "out"))
    return given


def _real(word: str) -> str:
    """RULES, SEEDS and TEMPLATES stand for the folders as shipped, so that a case reads the same everywhere."""
    for name, folder in (("RULES", ground.rules), ("SEEDS", ground.seeds), ("TEMPLATES", ground.templates)):
        if word.startswith(name):
            return word.replace(name, str(folder()), 1)
        if f"={name}" in word:
            return word.replace(f"={name}", f"={folder()}", 1)
    return word


def _has_remedy(ended: Ended) -> bool:
    return bool(re.search(r"错误 [a-z-]+:.*\n {4}\S", ended.err))


def _judge_made(trial: Trial, given: Mapping[str, str], folder: Path, ended: Ended) -> None:
    """The files are there, open with other programs, and hold what was typed."""
    if _letters(given["--place"]) == "" if "--place" in given else False:
        trial.fault(SILENT, "空白的地名收下了")
    made = [path for path in folder.rglob("*.*") if path.suffix in (".docx", ".xlsx") and path.stat().st_size]
    if not made:
        trial.fault(LOST, f"说生成了，找不到文件：{ended.said[:200]}")
    for path in made:
        told = _opened(trial, path)
        missing = [
            name
            for name in ("--name",)
            if _letters(given.get(name, "")) and _letters(given[name]) not in told
        ]
        if missing:
            trial.fault(LOST, f"{path.name} 里没有 {missing} 的原文")


def _letters(text: str) -> str:
    """Letters and figures of a text; what cannot be printed and blanks may be tidied."""
    return "".join(letter for letter in text if unicodedata.category(letter)[0] in "LNPSM")


def _opened(trial: Trial, path: Path) -> str:
    """All the text of a file by the programs that others use, or a fault."""
    try:
        if path.suffix == ".docx":
            from docx import Document

            document = Document(str(path))
            parts = [document.element, *(one.header._element for one in document.sections)]
            parts += [one.first_page_header._element for one in document.sections]
            return _letters("".join("".join(part.itertext()) for part in parts))
        from openpyxl import load_workbook

        book = load_workbook(path)
        return _letters(
            "".join(
                str(value)
                for sheet in book
                for row in sheet.iter_rows(values_only=True)
                for value in row
                if value
            )
        )
    except Exception as failure:
        trial.fault(OTHER, f"{path.name} 打不开：{failure!r}")
        return ""
