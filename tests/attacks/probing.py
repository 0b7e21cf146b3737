"""Judges a spoiled copy of rules and notices: refused with file and line, or the lists of ten types are as before."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.attacks import ground
from tests.attacks.trial import OTHER, SILENT, Ended, Target, Trial, faults_of, run

TYPES = (
    "井工煤矿", "加油站", "医院", "餐饮用气单位", "钢铁企业", "酒店", "危险化学品生产企业", "水库水电站", "涉氨制冷企业",
    "其他企业（通用部分）",
)  # fmt: skip
PLACES = ("阳城县", "阳泉市")
MOST_MESSAGES = 5
"""One slip gives one message; a slip in a list that many look into may give a few."""
_ERROR = re.compile(r"^(?P<file>.*?)(?::(?P<line>\d+))?: 错误 (?P<code>[a-z0-9-]+):", re.MULTILINE)
_EDITION = ("edition-stale", "edition-unreleased")
"""Not a refusal of what was written, only that it has not been released yet."""


def lists(rules: Path, seeds: Path) -> Target:
    """A target that prints the items of ten types at two places, as :func:`checklists.selection.select.select` gives them."""

    def target() -> None:
        from checklists.models import Enterprise
        from checklists.problems import Position, Refused
        from checklists.rules.checks import sound_library
        from checklists.rules.words import find_type
        from checklists.selection.select import select

        day = datetime.date.fromisoformat(ground.DAY)
        told: dict[str, list[str] | str] = {}
        try:
            library = sound_library(rules, seeds)
        except Refused as refused:
            print(*refused.problems, sep="\n")
            raise SystemExit(1) from None
        for kind in TYPES:
            for place in PLACES:
                try:
                    known = find_type(library.vocabulary, kind, Position("")).id
                    chosen = select(library, Enterprise(types=(known,), place=place), day).asked
                    told[f"{kind} {place}"] = [decision.item.id for decision in chosen]
                except Refused as refused:
                    told[f"{kind} {place}"] = str(refused.problems[0])
        print(json.dumps(told, ensure_ascii=False))

    return target


@cache
def as_shipped() -> str:
    """The lists of the rules as shipped."""
    ended = run([], Path.cwd(), lists(ground.rules(), ground.seeds()))
    if ended.code:
        raise RuntimeError(ended.said)
    return ended.out


def judge(
    trial: Trial,
    rules: Path,
    seeds: Path,
    target: Target,
    *,
    spoiled: str,
    careless: bool,
    most: int = MOST_MESSAGES,
) -> bool:
    """Check the copy and compare its lists; True when it was accepted.

    ``careless``: nobody can have meant it, so that a changed list is a fault even when 「未发布」 is told.
    ``spoiled``: name of the file that was spoiled.
    """
    folder = rules.parent
    checked = run(["rules", "check", "--rules", str(rules), "--seeds", str(seeds)], folder, target)
    trial.faults += faults_of(checked)
    errors = [found for found in _ERROR.finditer(checked.said) if found["code"] not in _EDITION]
    if checked.code and errors:
        _judge_messages(trial, errors, spoiled if careless else "", most)
        return False
    after = run([], folder, lists(rules, seeds))
    trial.faults += [fault for fault in faults_of(after) if fault.kind != OTHER]
    if after.code:
        trial.fault(OTHER, f"rules check 收下，生成时不收：{after.said[:300]}")
    if after.code or after.out == as_shipped():
        return after.code == 0
    changed = _difference(json.loads(as_shipped()), json.loads(after.out))
    if careless:
        trial.fault(SILENT, f"收下了，清单变了：{changed}")
    elif not _says_unreleased(rules, seeds, folder, target):
        trial.fault(SILENT, f"没有说「未发布」，清单变了：{changed}")
    return True


def _judge_messages(trial: Trial, errors: list[re.Match[str]], spoiled: str, most: int) -> None:
    if not any(found["line"] or spoiled in found["file"] for found in errors):
        trial.fault(
            OTHER, f"没有指出哪个文件第几行（{spoiled}）：{[found[0][-120:] for found in errors[:3]]}"
        )
    if len(errors) > most:
        trial.fault(OTHER, f"一处改动，{len(errors)} 条意见：{[found[0][-90:] for found in errors[:4]]}")


def _difference(before: dict[str, list[str]], after: dict[str, list[str]]) -> str:
    changed = [
        f"{name} {len(before[name])}→{len(after[name])}" for name in before if before[name] != after[name]
    ]
    return "；".join(changed[:3])


def _says_unreleased(rules: Path, seeds: Path, folder: Path, target: Target) -> bool:
    asked = [
        "generate",
        *ground.ASKED,
        "--rules",
        str(rules),
        "--seeds",
        str(seeds),
        "--out",
        str(folder / "out"),
    ]
    ended = run(asked, folder, target)
    return ended.code != 0 or "未发布" in ended.said


def document_holds(trial: Trial, rules: Path, seeds: Path, target: Target, *options: str) -> None:
    """What is made from accepted rules opens, and passes its own check or says why it cannot be vouched for."""
    folder = rules.parent
    where = ["--rules", str(rules), "--seeds", str(seeds)]
    out = folder / "文书"
    made = run(["generate", *(options or ground.ASKED), *where, "--out", str(out)], folder, target)
    trial.faults += faults_of(made)
    if made.code or not out.is_dir():
        return
    files = [str(path) for path in sorted(out.iterdir()) if path.suffix in (".docx", ".xlsx")]
    read = run(["verify", *files, *where], folder, target)
    trial.faults += faults_of(read)
    if _says_changed(read):
        trial.fault(OTHER, f"没有改动的文书核验不符：{read.said[:400]}")


def _says_changed(read: Ended) -> bool:
    codes = {found["code"] for found in _ERROR.finditer(read.said)}
    return (
        bool(codes - {"verify-unreleased", "verify-rules-changed", "verify-other-edition"}) and read.code != 0
    )


Spoil = Callable[[Path], str]
