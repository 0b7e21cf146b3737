"""Rosters with every mess a clerk's list can have: no firm may vanish, whatever else is wrong.

The attack knows which firms it wrote into which rows. Afterwards each of them is made, or refused, or its row is told.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.attacks import ground, texts
from tests.attacks.roster_drawing import WRITERS, Drawn
from tests.attacks.trial import LOST, OTHER, SILENT, Ended, Target, Trial, faults_of, run

TYPES = ("餐饮用气单位", "加油站", "酒店", "其他企业（通用部分）", "petrol-station")
PLACES = ("阳城县", "阳泉市", "山西省晋城市", "交城县", "晋城市城区")
WRONG_PLACES = ("城区", "阳成县", "北京市", "河南省", "x", "阳城县、沁水县", "0", "#N/A", "某镇")
WRONG_TYPES = ("餐饮用汽", "x", "12", "餐饮用气单位、x", "……", "是")


@dataclass(frozen=True)
class Firm:
    """A firm as it is written into the roster, and what has to become of it."""

    name: str
    types: str
    place: str
    code: str = ""
    right: bool = True
    """Whether its type and place can be read."""

    @property
    def cells(self) -> list[str]:
        """Under the heads below."""
        return [self.name, self.types, self.place, self.code]


HEADS = ["单位名称", "企业类型", "所在地", "统一社会信用代码"]


def _firm(chance: random.Random, number: int, usual: str) -> Firm:
    name = f"{number}号{texts.plain(chance)}"
    if chance.random() < 0.2:
        name = f"{number}号{texts.hostile(chance, 'blank', 'long', 'surrogate')}"
    types, place, right = usual, chance.choice(PLACES), True
    if chance.random() < 0.12:
        place, right = chance.choice(WRONG_PLACES), False
    if chance.random() < 0.12:
        types, right = chance.choice(WRONG_TYPES), False
    code = chance.choice(
        [
            "",
            "",
            "",
            "91140522MA0XXXXX1X",
            "12",
            "914403001922038216",
            texts.hostile(chance, "surrogate", "long"),
        ]
    )
    return Firm(name, types, place, code, right)


def attack(chance: random.Random, folder: Path, target: Target) -> Trial:
    """Write a roster, check it, make its documents, look for each firm."""
    usual = chance.sample(TYPES, 2)
    firms = [_firm(chance, number, chance.choice(usual)) for number in range(1, chance.randint(2, 9))]
    if chance.random() < 0.2:
        firms.append(chance.choice(firms))
    kind = chance.choice(sorted(WRITERS))
    drawn = WRITERS[kind](chance, folder, HEADS, [firm.cells for firm in firms])
    trial = Trial(f"{kind}（{'、'.join(drawn.messes) or '无'}）：{[firm.cells for firm in firms]}")
    checked = run(["roster", "check", str(drawn.path), "--json"], folder, target)
    made = run(["batch", str(drawn.path), "--out", "发放", "--on", ground.DAY], folder, target)
    trial.faults += [*faults_of(checked), *faults_of(made)]
    if not trial.faults:
        _judge(trial, firms, drawn, checked, made, folder / "发放")
    return trial


@dataclass
class _Seen:
    """What the program said became of the rows."""

    names: list[str] = field(default_factory=list)
    """Of firms that were made, bare."""
    places: dict[str, str] = field(default_factory=dict)
    told: set[int] = field(default_factory=set)
    """Numbers of rows of which something was said."""
    files: list[str] = field(default_factory=list)


def bare(text: str) -> str:
    """Letters and figures only: what may not be lost of a name."""
    return "".join(letter for letter in text if letter.isalnum())


def _judge(trial: Trial, firms: list[Firm], drawn: Drawn, checked: Ended, made: Ended, out: Path) -> None:
    seen = _seen(out)
    seen.told |= _numbers(made.said) | _rows_checked(checked)
    whole_refused = made.code != 0 and not seen.names
    for firm, rows in zip(firms, drawn.rows, strict=True):
        is_made = bare(firm.name) in seen.names
        if is_made and not firm.right:
            trial.fault(SILENT, f"第 {rows} 行的类型或地名读不出，却生成了：{firm.cells}")
        if not is_made and not whole_refused and not seen.told & set(rows):
            trial.fault(
                LOST, f"第 {rows} 行「{firm.name}」没有生成，也没有说明；提到的行 {sorted(seen.told)}"
            )
        if not is_made and made.code == 0:
            trial.fault(LOST, f"第 {rows} 行「{firm.name}」没有生成，退出码却是 0")
    extra = [name for name in seen.names if name not in {bare(firm.name) for firm in firms}]
    if extra:
        trial.fault(SILENT, f"名录里没有的单位：{extra}")
    gone = [name for name in seen.files if not (out / name).is_file()]
    if gone:
        trial.fault(LOST, f"清单列出、文件夹里没有的文件：{gone}")


def _manifests(out: Path) -> Iterable[dict[str, Any]]:
    for path in sorted(out.rglob("*.json")):
        told = json.loads(path.read_text("utf-8"))
        if isinstance(told, dict) and "enterprises" in told:
            yield told


def _seen(out: Path) -> _Seen:
    seen = _Seen()
    for manifest in _manifests(out):
        for line in manifest["enterprises"]:
            if line.get("result") == "已生成":
                seen.names.append(bare(line["name"]))
                seen.places[bare(line["name"])] = line["place"]
                seen.files += [f"{line['folder']}/{line[name]}" for name in ("word", "excel")]
            if line.get("problems") or line.get("result") != "已生成":
                seen.told |= {int(line["row"])} if str(line.get("row", "")).isdigit() else set()
            seen.told |= _numbers(json.dumps(line.get("problems", ""), ensure_ascii=False))
    return seen


def _rows_checked(checked: Ended) -> set[int]:
    try:
        problems = json.loads(checked.out)["problems"]
    except (ValueError, KeyError, TypeError):
        return _numbers(checked.said)
    cells = {int(digits) for found in problems if (digits := re.sub(r"\D", "", str(found.get("cell") or "")))}
    return cells | {int(found["line"]) for found in problems if found.get("line")} | _numbers(checked.said)


_ROW = re.compile(r"第\s*(\d+)\s*行|单元格 [A-Z]+(\d+)|\.(?:csv|yaml|yml):(\d+)|\b[A-Z]{1,3}(\d+)\b")
_ROWS = re.compile(r"第?\s*(\d+)\s*[—–~至到-]\s*(\d+)\s*行")


def _numbers(text: str) -> set[int]:
    """Numbers of rows that a text mentions."""
    found = {int(number) for match in _ROW.finditer(text) for number in match.groups() if number}
    for first, last in _ROWS.findall(text):
        found |= set(range(int(first), min(int(last), int(first) + 10_000) + 1))
    return found


__all__ = ["OTHER", "attack", "bare"]
