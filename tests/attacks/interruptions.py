"""Runs that are killed, run out of disk, or run beside one another."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.attacks import ground
from tests.attacks.standing import ROSTER, documents_of, filled, judge_tidy, judge_whole, spoiled_standing
from tests.attacks.trial import LOST, OTHER, Target, Trial, faults_of, run, scratch_folder, start

BATCH = ["batch", "名录.csv", "--out", "发放", "--on", ground.DAY]
IMPORT = ["--title", "甲", "--issuer", "乙", "--place", "晋城市", "--year", "2027"]
NOTICE = "通知\n\n一、总体要求\n\n（一）必须安装报警装置。\n\n二、其他\n\n限期完成。\n"


@cache
def _as_without() -> tuple[dict[str, bytes], float]:
    """What a batch that nothing happens to ends with, and the seconds it takes."""
    with scratch_folder() as folder:
        (folder / "名录.csv").write_text(ROSTER, "utf-8")
        began = time.monotonic()
        ended = run(BATCH, folder)
        if ended.code:
            raise RuntimeError(ended.said)
        return documents_of(folder / "发放"), time.monotonic() - began


def _killed_batch(chance: random.Random, folder: Path, target: Target, trial: Trial) -> None:
    """Killed at any moment, once or twice; the same command then ends with the same bytes."""
    wanted, seconds = _as_without()
    for _ in range(chance.choice([1, 1, 2])):
        number = chance.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
        after = chance.uniform(0, seconds * 1.1)
        started = start(BATCH, folder, target)
        time.sleep(after)
        started.kill(number)
        ended = started.wait()
        trial.tried += f"：{after:.2f} 秒后 {number.name}"
        trial.faults += faults_of(ended, (0, 1, 2, 130, 143, -number))
        judge_whole(trial, folder)
    again = run(BATCH, folder, target)
    trial.faults += faults_of(again)
    if again.code:
        trial.fault(OTHER, f"接着做没有做完：{again.said[:300]}")
    elif documents_of(folder / "发放") != wanted:
        now = documents_of(folder / "发放")
        trial.fault(
            LOST,
            f"与没有中断的不同：{[name for name in wanted.keys() | now.keys() if wanted.get(name) != now.get(name)]}",
        )
    judge_tidy(trial, folder)


def _killed_import(chance: random.Random, folder: Path, target: Target, trial: Trial) -> None:
    """Killed while it writes: the folder is as before, or as after."""
    seeds = ground.copied(ground.seeds(), folder / "seeds")
    (folder / "n.txt").write_text(NOTICE, "utf-8")
    before = ground.digests(seeds)
    asked = ["notices", "import", "n.txt", "--id", "jincheng-2027", *IMPORT, "--seeds", str(seeds)]
    started = start(asked, folder, target)
    time.sleep(chance.uniform(0, 1.5))
    started.kill(signal.SIGKILL)
    started.wait()
    listed = run(["notices", "list", "--seeds", str(seeds)], folder, target)
    trial.faults += faults_of(listed)
    if listed.code:
        trial.fault(OTHER, f"中断后目录读不出：{listed.said[:300]}")
    if ground.digests(seeds) == before or "jincheng-2027" not in listed.out:
        again = run(asked, folder, target)
        if again.code:
            trial.fault(OTHER, f"中断后再导入不成：{again.said[:300]}")


def _killed_release(chance: random.Random, folder: Path, target: Target, trial: Trial) -> None:
    """Killed while it releases: done again, it ends well and the rules are sound."""
    rules = ground.copied(ground.rules(), folder / "rules")
    path = rules / "water.yaml"
    path.write_text(path.read_text("utf-8").replace("    rectify: 限期", "    rectify: 立即", 1), "utf-8")
    asked = ["rules", "release", "--on", ground.DAY, "--rules", str(rules)]
    started = start(asked, folder, target)
    time.sleep(chance.uniform(0, 1.5))
    started.kill(chance.choice([signal.SIGKILL, signal.SIGINT]))
    started.wait()
    trial.faults += faults_of(run(asked, folder, target))
    checked = run(["rules", "check", "--rules", str(rules)], folder, target)
    if checked.code:
        trial.fault(OTHER, f"中断后再发布，检查不过：{checked.said[:300]}")


def _full_disk(chance: random.Random, folder: Path, target: Target, trial: Trial) -> None:
    """No room for all: a message, no half file, what is filled in stays; with room again it is done."""
    run(["generate", "--type", "加油站", "--name", "旧", "--on", ground.DAY, "--out", "发放"], folder, target)
    before = filled(chance, folder)
    most = chance.choice([0, 1, 100, 5_000, 20_000, 60_000, 150_000])
    commands = [
        BATCH,
        [*BATCH, "--zip"],
        ["generate", *ground.ASKED, "--out", "发放"],
        ["papers", "make", "全部", *ground.ASKED, "--out", "发放"],
        ["roster", "new", "发放/新.xlsx"],
        ["templates", "copy", "现场检查表", "--out", "发放"],
    ]
    asked = chance.choice(commands)
    with _little_room(folder, most) as (prepare, how):
        trial.tried += f"：{how} {asked}"
        ended = run(asked, folder, target, prepare)
    trial.faults += faults_of(ended, may_be_dumb=most < 5_000)  # what it says goes to files, too
    judge_whole(trial, folder)
    spoiled_standing(trial, folder, before)


@contextmanager
def _little_room(folder: Path, most: int) -> Iterator[tuple[Callable[[], None], str]]:
    """A file may have ``most`` bytes; where mounting is allowed the folder is a small disk of its own now and then."""
    small = folder / "发放"
    size = max(
        sum(path.stat().st_size for path in small.rglob("*") if path.is_file()) // 1024 + most // 1024 + 16,
        16,
    )
    kept = {path.name: path.read_bytes() for path in small.iterdir() if path.is_file()}
    mounted = (
        most % 3 == 0
        and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(small)],
            capture_output=True,
            check=False,
        ).returncode
        == 0
    )
    if not mounted:
        yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)), f"每个文件至多 {most} 字节"
        return
    try:
        for name, content in kept.items():
            (small / name).write_bytes(content)
        yield lambda: None, f"磁盘 {size} KB"
    finally:
        subprocess.run(["umount", str(small)], capture_output=True, check=False)


def _at_once(chance: random.Random, folder: Path, target: Target, trial: Trial) -> None:
    """Two or five batches into one folder: one at a time, or the others say so; the end is as of one."""
    wanted, _ = _as_without()
    count = chance.choice([2, 3, 5])
    runs = []
    for _ in range(count):
        runs.append(start(BATCH, folder, target))
        time.sleep(chance.choice([0, 0, 0.1, 0.5]))
    ends = [one.wait() for one in runs]
    trial.tried += f"：{count} 个，退出码 {[one.code for one in ends]}"
    for one in ends:
        trial.faults += faults_of(one)
    if all(one.code for one in ends):
        trial.fault(OTHER, f"一个也没有做完：{ends[0].said[:300]}")
    elif documents_of(folder / "发放") != wanted:
        trial.fault(OTHER, "与一个人做的不同")
    judge_whole(trial, folder)
    judge_tidy(trial, folder)


def _imports_at_once(chance: random.Random, folder: Path, target: Target, trial: Trial) -> None:
    """Several imports into one folder: every one that says it is done is in the catalogue."""
    seeds = ground.copied(ground.seeds(), folder / "seeds")
    (folder / "n.txt").write_text(NOTICE, "utf-8")
    names = [f"jincheng-{year}" for year in range(2027, 2027 + chance.choice([2, 3, 5]))]
    runs = [
        start(
            ["notices", "import", "n.txt", "--id", name, *IMPORT[:-1], name[-4:], "--seeds", str(seeds)],
            folder,
            target,
        )
        for name in names
    ]
    ends = [one.wait() for one in runs]
    for one in ends:
        trial.faults += faults_of(one)
    listed = run(["notices", "list", "--seeds", str(seeds)], folder, target)
    lost = [name for name, one in zip(names, ends, strict=True) if one.code == 0 and name not in listed.out]
    if listed.code or lost:
        trial.fault(LOST, f"说导入了，目录里没有：{lost} {listed.err[:200]}")


def _generates_at_once(chance: random.Random, folder: Path, target: Target, trial: Trial) -> None:
    """The same command several times at once: whole files, one set of them."""
    asked = ["generate", *ground.ASKED, "--name", "甲", "--out", "out"]
    runs = [start(asked, folder, target) for _ in range(chance.choice([2, 4]))]
    ends = [one.wait() for one in runs]
    trial.tried += f"：退出码 {[one.code for one in ends]}"
    for one in ends:
        trial.faults += faults_of(one)
    judge_whole(trial, folder)
    judge_tidy(trial, folder)
    if len(documents_of(folder / "out")) != 3:
        trial.fault(OTHER, f"应有三个文件：{sorted(documents_of(folder / 'out'))}")


def _read_only(chance: random.Random, folder: Path, target: Target, trial: Trial) -> None:
    """A folder that nobody may write to: a message, exit 1."""
    closed = folder / "关着"
    closed.mkdir()
    root = os.geteuid() == 0
    if root:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(closed)], capture_output=True, check=False
        )
        if mounted.returncode:
            trial.inputs = 0  # the superuser writes everywhere, and mounting is not allowed here
            return
    else:
        closed.chmod(0o500)
    try:
        asked = chance.choice(
            [
                ["generate", *ground.ASKED, "--out", str(closed)],
                ["batch", "名录.csv", "--out", str(closed)],
                ["batch", "名录.csv", "--out", str(closed / "甲")],
                ["roster", "new", str(closed / "新.xlsx")],
                ["templates", "copy", "现场检查表", "--out", str(closed)],
            ]
        )
        ended = run(asked, folder, target)
        trial.faults += faults_of(ended)
        if ended.code != 1 or "错误" not in ended.err:
            trial.fault(OTHER, f"写不进去，退出码 {ended.code}：{ended.said[:200]}")
    finally:
        if root:
            subprocess.run(["umount", str(closed)], capture_output=True, check=False)


KINDS: Mapping[str, Callable[[random.Random, Path, Target, Trial], None]] = {
    "中断批量": _killed_batch,
    "中断批量·二": _killed_batch,
    "中断导入": _killed_import,
    "中断发布": _killed_release,
    "满盘": _full_disk,
    "同时批量": _at_once,
    "同时导入": _imports_at_once,
    "同时生成": _generates_at_once,
    "只读": _read_only,
}
