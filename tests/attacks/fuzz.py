"""Bytes damaged by chance in every kind of file the program reads: told as damage or read, never worse."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.attacks import ground
from tests.attacks.trial import Target, Trial, faults_of, run

Damage = Callable[[random.Random, bytes], bytes]


def _flipped(chance: random.Random, content: bytes) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.choice([1, 1, 3, 20, 200])):
        if damaged:
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def _cut(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] if chance.random() < 0.7 else content[at:]


def _holed(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content) + 1)
    end = min(len(content), start + chance.choice([1, 4, 64, 4096]))
    filling = chance.choice([b"", b"\0" * (end - start), b"\xff" * (end - start), bytes(end - start)[::-1]])
    return content[:start] + filling + content[end:]


def _doubled(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content) + 1)
    piece = content[start : start + chance.choice([1, 16, 1024, 1 << 20])]
    return content[:start] + piece * chance.choice([1, 2, 50]) + content[start:]


def _sprinkled(chance: random.Random, content: bytes) -> bytes:
    odd = [
        b"\0",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xed\xa0\x80",
        b"\r",
        b"\n",
        b'"',
        b"\t",
        b"\x1a",
        b"<",
        b"&",
        b"\xc0",
    ]
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.choice(odd) * chance.choice([1, 2, 100]) + content[at:]


def _recoded(chance: random.Random, content: bytes) -> bytes:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return content[::-1]
    return text.encode(
        chance.choice(["gb18030", "utf-16", "utf-16-le", "big5", "utf-7", "utf-32"]), "replace"
    )


def _inner(chance: random.Random, content: bytes) -> bytes:
    """One part of a package damaged and the package made whole again, so that the zip itself is sound."""
    if not content.startswith(b"PK"):
        return _flipped(chance, content)
    parts = ground.parts_of(content)
    name = chance.choice(sorted(parts))
    kind = chance.choice([_flipped, _cut, _holed, _doubled, _sprinkled, _recoded])
    parts[name] = kind(chance, parts[name])
    if chance.random() < 0.15:
        parts.pop(name)
    return ground.packed(parts)


DAMAGES: tuple[Damage, ...] = (_flipped, _cut, _holed, _doubled, _sprinkled, _recoded, _inner, _inner, _inner)


def _roster(folder: Path, ending: str) -> bytes:
    head = "单位名称,企业类型,所在地,统一社会信用代码,涉粉作业人数\n"
    rows = "".join(f"某某{number}号饭店,餐饮用气单位,阳城县,,{number}\n" for number in range(1, 6))
    if ending == "csv":
        return (head + rows).encode()
    if ending == "yaml":
        return "".join(
            f"- {{单位名称: 甲{n}, 企业类型: [加油站], 所在地: 阳城县}}\n" for n in range(5)
        ).encode()
    from openpyxl import Workbook

    book = Workbook()
    for line in (head + rows).splitlines():
        book.active.append(line.split(","))
    path = folder / "whole.xlsx"
    book.save(path)
    return path.read_bytes()


def _notice(folder: Path, ending: str) -> bytes:
    lines = [
        "关于做好安全生产工作的通知",
        "一、总体要求",
        "（一）必须安装报警装置。",
        "（二）不得封闭安全出口。",
    ]
    if ending == "docx":
        from docx import Document

        document = Document()
        for line in lines:
            document.add_paragraph(line)
        document.add_table(2, 2)
        document.save(str(folder / "whole.docx"))
        return (folder / "whole.docx").read_bytes()
    if ending == "html":
        return ("<html><meta charset=utf-8><body>" + "".join(f"<p>{line}</p>" for line in lines)).encode()
    return "\n\n".join(lines).encode()


IMPORT = ("--id", "jincheng-2027", "--title", "甲", "--issuer", "乙", "--place", "晋城市", "--year", "2027")


def _in_folder(kind: str, chance: random.Random, folder: Path) -> tuple[list[str], str, Path]:
    """A copy of the rules or notices with one file damaged: options, name and path of the file."""
    copy = ground.copied(ground.rules() if kind == "rules" else ground.seeds(), folder / kind)
    path = chance.choice(sorted(one for one in copy.rglob("*") if one.is_file()))
    return [f"--{kind}", str(copy)], path.name, path


def _rules_case(kind: str) -> Callable[[random.Random, Path, Damage], list[str]]:
    def made(chance: random.Random, folder: Path, damage: Damage) -> list[str]:
        options, _, path = _in_folder(kind, chance, folder)
        path.write_bytes(damage(chance, path.read_bytes()))
        asked = [["rules", "check"], ["types"], ["select", *ground.ASKED], ["notices", "coverage"], ["items"]]
        return [*chance.choice(asked), *options]

    return made


def _file_case(
    ending: str, made: Callable[[Path, str], bytes], command: list[str], *after: str
) -> Callable[[random.Random, Path, Damage], list[str]]:
    def case(chance: random.Random, folder: Path, damage: Damage) -> list[str]:
        path = folder / f"fuzzed.{ending}"
        path.write_bytes(damage(chance, made(folder, ending)))
        told = [
            str(ground.copied(ground.seeds(), folder / "seeds")) if one == "SEEDS" else one for one in after
        ]
        return [*command, str(path), *told]

    return case


def _template_case(chance: random.Random, folder: Path, damage: Damage) -> list[str]:
    whole = ground.templates() / chance.choice(ground.names())
    path = folder / whole.name
    path.write_bytes(damage(chance, whole.read_bytes()))
    if chance.random() < 0.5:
        return ["templates", "check", str(path)]
    return ["generate", *ground.ASKED, "--template", str(path), "--out", str(folder / "out")]


def _document_case(chance: random.Random, folder: Path, damage: Damage) -> list[str]:
    name = chance.choice(ground.names())
    path = folder / name
    path.write_bytes(damage(chance, ground.document(name)))
    return ["verify", str(path)]


def _folder_case(chance: random.Random, folder: Path, damage: Damage) -> list[str]:
    """What the program itself keeps in an output folder, damaged before the next run."""
    roster = folder / "名录.csv"
    roster.write_bytes(_roster(folder, "csv"))
    asked = ["batch", str(roster), "--out", str(folder / "out"), "--on", ground.DAY]
    run(asked, folder)
    kept = [
        one
        for one in sorted((folder / "out").rglob("*"))
        if one.is_file() and one.suffix not in (".docx", ".xlsx")
    ]
    if kept:
        path = chance.choice(kept)
        path.write_bytes(damage(chance, path.read_bytes()))
    return asked


CASES: Mapping[str, Callable[[random.Random, Path, Damage], list[str]]] = {
    "名录xlsx": _file_case("xlsx", _roster, ["roster", "check"]),
    "名录csv": _file_case("csv", _roster, ["roster", "check"]),
    "名录yaml": _file_case("yaml", _roster, ["roster", "check"]),
    "规则": _rules_case("rules"),
    "通知目录": _rules_case("seeds"),
    "模板": _template_case,
    "文书": _document_case,
    "通知docx": _file_case("docx", _notice, ["notices", "import"], *IMPORT, "--seeds", "SEEDS"),
    "通知html": _file_case("html", _notice, ["notices", "import"], *IMPORT, "--seeds", "SEEDS"),
    "通知txt": _file_case("txt", _notice, ["notices", "import"], *IMPORT, "--seeds", "SEEDS"),
    "发放文件夹": _folder_case,
}


def attack(chance: random.Random, folder: Path, target: Target) -> Trial:
    """Damage one file and run the command that reads it."""
    kind = chance.choice(sorted(CASES))
    damage = chance.choice(DAMAGES)
    arguments = CASES[kind](chance, folder, damage)
    trial = Trial(f"{kind} {damage.__name__.strip('_')}：{' '.join(arguments)}")
    trial.faults += faults_of(run(arguments, folder, target))
    return trial
