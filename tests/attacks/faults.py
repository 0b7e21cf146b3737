"""What happens to a run, or around it: filled files, planted links, kills, full disks, other runs, odd surroundings.

Whatever happens, a file that somebody filled in stays as it is, and every file under its final name is whole.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.attacks import interruptions, surroundings
from tests.attacks.standing import ROSTER, WholeFolder, asked, filled, spoiled_standing
from tests.attacks.trial import OTHER, OVERWRITTEN, Target, Trial, faults_of, run

Fault = Callable[[random.Random, Path, Target, Trial], None]


def attack(chance: random.Random, folder: Path, target: Target) -> Trial:
    """One fault of one kind."""
    kind = chance.choice(sorted(KINDS))
    trial = Trial(kind)
    (folder / "名录.csv").write_text(ROSTER, "utf-8")
    KINDS[kind](chance, folder, target, trial)
    return trial


def _again(chance: random.Random, folder: Path, target: Target, trial: Trial) -> None:
    """Made, filled in, and made again with the same or other words: nobody's file is touched."""
    first = asked(chance)
    trial.faults += faults_of(run(first, folder, target))
    before = filled(chance, folder)
    again = list(first)
    if chance.random() < 0.6:
        again += chance.choice([
            ["--full"], ["--fact", "使用燃气=否"], ["--on", "2026-11-23"], ["--department", "消防"], ["--max-items", "5"],
            ["--basis", "current"], ["--overwrite"], ["--force"], ["--place", "交城县"], ["--code", "914403001922038216"],
        ])  # fmt: skip
    trial.tried += f"：{first}，填写 {len(before)} 个，再 {again}"
    ended = run(again, folder, target)
    trial.faults += faults_of(ended)
    moves = "--overwrite" in again
    spoiled_standing(trial, folder, before, may_move=moves)
    if ended.code == 0 and not moves and again == first and before:
        trial.fault(OTHER, "有填写过的文件，没有写新的，退出码却是 0")


def _two(chance: random.Random, folder: Path, target: Target, trial: Trial) -> None:
    """Two different requests of one name into one folder: both stand afterwards."""
    one = ["generate", "--type", "加油站", "--name", "甲", "--on", "2026-11-22", "--place", "阳城县"]
    other = chance.choice([
        ["--code", "914403001922038216"], ["--address", "乙路1号"], ["--place", "交城县"], ["--department", "消防"],
        ["--on", "2026-11-23"], ["--name", "甲 "], ["--name", "甲/乙"], ["--place", "晋城市"], ["--person", "张三"],
        ["--type", "酒店"], ["--basis", "current"], ["--full"], ["--fact", "国有企业=是"], ["--landscape"],
    ])  # fmt: skip
    if chance.random() < 0.3:
        one, other = [*one, "--name", "名" * 60 + "一"], ["--name", "名" * 60 + "二"]
    trial.tried += f"：{one}，又 {other}"
    trial.faults += faults_of(run([*one, "--out", "out"], folder, target))
    before = filled(chance, folder)
    ended = run([*one, *other, "--out", "out"], folder, target)
    trial.faults += faults_of(ended)
    spoiled_standing(trial, folder, before)
    new = [path for path in (folder / "out").rglob("*.*") if path.suffix in (".docx", ".xlsx")]
    differs = {"--code", "--address", "--place", "--department", "--on", "--name"} & set(other) and other != [
        "--name",
        "甲 ",
    ]
    if differs and (ended.code or len(new) < 6):
        trial.fault(
            OTHER,
            f"另一家、另一部门、另一地或另一天的，没有各成文件：{sorted(path.name for path in new)} {ended.err[:200]}",
        )


def _links(chance: random.Random, folder: Path, target: Target, trial: Trial) -> None:
    """Links planted where the program will write: what they point to stays as it is."""
    first = asked(chance)
    run(first, folder, target)
    away = folder / "别处"
    away.mkdir()
    names = [
        path
        for path in folder.rglob("*")
        if path.is_file() and away not in path.parents and path.name != "名录.csv"
    ]
    planted = []
    for number, path in enumerate(names):
        spots = [
            path,
            path.with_name(f".{path.name}.part"),
            path.with_name(f"{path.name}.tmp"),
            path.with_name(f".{path.name}"),
        ]
        spot = chance.choice(spots)
        theirs = away / f"{number}.txt"
        if chance.random() < 0.8:
            theirs.write_text("别人的文件", "utf-8")
        spot.unlink(missing_ok=True)
        if theirs.exists() and chance.random() < 0.3:
            spot.hardlink_to(theirs)
        else:
            spot.symlink_to(theirs)
        planted.append(spot.name)
    trial.tried += f"：{first}，{planted}"
    before = {path: path.read_bytes() for path in away.iterdir()}
    ended = run(first, folder, target)
    trial.faults += faults_of(ended)
    changed = [path.name for path in away.iterdir() if before.get(path) != path.read_bytes()]
    if changed or set(before) != set(away.iterdir()):
        trial.fault(OVERWRITTEN, f"跟着链接写到了别处：{changed or '新文件'}")


def _in_the_way(chance: random.Random, folder: Path, target: Target, trial: Trial) -> None:
    """A folder, a foreign file, or a file by another case of the name stands where one is to be written."""
    first = asked(chance)
    run(first, folder, target)
    made = [
        path
        for path in folder.rglob("*")
        if path.is_file() and path.name != "名录.csv" and not path.name.startswith(".")
    ]
    if not made:
        return
    before = {}
    for path in chance.sample(made, min(len(made), 2)):
        path.unlink()
        kind = chance.choice(["folder", "text", "empty", "case"])
        if kind == "folder":
            path.mkdir()
            path = path / "里面.txt"
        elif kind == "case":
            path = path.with_name(path.name.upper())
        path.write_text("" if kind == "empty" else "别人的文件", "utf-8")
        before[path] = path.read_bytes()
    trial.tried += f"：{first}，挡着 {[str(path.relative_to(folder)) for path in before]}"
    trial.faults += faults_of(run(first, folder, target))
    spoiled_standing(trial, folder, before)


def _roster_changed(chance: random.Random, folder: Path, target: Target, trial: Trial) -> None:
    """Firms gone, renamed, moved, with a code now, in another order: what they filled in stays."""
    first = ["batch", "名录.csv", "--out", "发放", "--on", "2026-11-22"]
    trial.faults += faults_of(run(first, folder, target))
    before = filled(chance, folder)
    lines = ROSTER.strip().split("\n")
    at = chance.randrange(1, len(lines))
    cells = lines[at].split(",")
    change = chance.choice(["gone", "renamed", "moved", "code", "order", "type"])
    if change == "gone":
        del lines[at]
    elif change == "order":
        lines = [lines[0], *reversed(lines[1:])]
    else:
        place = {"renamed": 0, "type": 1, "moved": 2, "code": 3}[change]
        cells[place] = {
            "renamed": "改名饭店",
            "type": "加油站",
            "moved": "交城县",
            "code": "91440300192203821L",
        }[change]
        lines[at] = ",".join(cells)
    (folder / "名录.csv").write_text("\n".join(lines) + "\n", "utf-8")
    trial.tried += f"：{change} 第 {at} 家"
    ended = run(first, folder, target)
    trial.faults += faults_of(ended)
    spoiled_standing(trial, folder, before)
    if (
        change in ("gone", "renamed", "moved")
        and cells[0] not in ended.said
        and ROSTER.split("\n")[at].split(",")[0] not in ended.said
    ):
        trial.fault(OTHER, f"名录里没有了的文件夹没有报告（{change}）：{ended.said[:300]}")


def _midnight(chance: random.Random, folder: Path, target: Target, trial: Trial) -> None:
    """The day before's papers stay when the next day's are made."""
    run(["batch", "名录.csv", "--out", "发放", "--on", "2026-11-22"], folder, target)
    before = filled(chance, folder)
    untouched = WholeFolder(folder / "发放")
    ended = run(["batch", "名录.csv", "--out", "发放", "--on", "2026-11-23"], folder, target)
    trial.faults += faults_of(ended)
    spoiled_standing(trial, folder, before)
    untouched.judge(trial, "前一天的")
    new = [path for path in (folder / "发放").rglob("*2026-11-23*") if path.suffix == ".docx"]
    if len(new) != 2 * (ROSTER.count("\n") - 1):
        trial.fault(OTHER, f"后一天的检查表和企业留存 {len(new)} 份：{ended.said[:300]}")


KINDS: Mapping[str, Fault] = {
    "再做一遍": _again,
    "再做一遍·二": _again,
    "同名两份": _two,
    "链接": _links,
    "挡路": _in_the_way,
    "名录变了": _roster_changed,
    "午夜": _midnight,
    **interruptions.KINDS,
    **surroundings.KINDS,
}
