"""Odd surroundings of a run: closed streams, another locale, no temporary folder, no home, a failing LibreOffice."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.attacks import ground
from tests.attacks.standing import documents_of, judge_whole
from tests.attacks.trial import OTHER, Ended, Target, Trial, faults_of, run

COMMANDS = (
    ["types"], ["items"], ["notices", "list"], ["notices", "coverage"], ["rules", "check"], ["select", *ground.ASKED],
    ["generate", *ground.ASKED, "--name", "甲", "--out", "out"], ["batch", "名录.csv", "--out", "发放"], ["--help"], ["no"],
    ["roster", "check", "名录.csv"], ["generate", "--type", "加油暂"],
)  # fmt: skip


def _closed(chance: random.Random, folder: Path, target: Target, trial: Trial) -> None:
    """Standard streams closed, or a pipe whose reader has gone."""
    kind = chance.choice(["stdout", "stderr", "both", "pipe", "pipe", "stdin", "full"])
    asked = chance.choice(COMMANDS)

    def prepare() -> None:
        if kind in ("pipe", "full"):
            reading, writing = os.pipe()
            os.dup2(writing if kind == "pipe" else os.open("/dev/full", os.O_WRONLY), 1)
            os.close(reading)
            sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
            return
        for name, number in (("stdin", 0), ("stdout", 1), ("stderr", 2)):
            if kind == name or (kind == "both" and number):
                os.close(number)
                setattr(sys, name, None)

    trial.tried += f"：{kind} {asked}"
    ended = run(asked, folder, target, prepare)
    trial.faults += faults_of(ended, DUMB, may_be_dumb=True)
    judge_whole(trial, folder)


DUMB = (0, 1, 2, 74, 120, 141, -13)
"""Codes of a run whose words cannot be written: its own, and those of a broken pipe."""


def _locale(chance: random.Random, folder: Path, target: Target, trial: Trial) -> None:
    """Another locale, Chinese in its bytes: names and arguments come as that locale writes them."""
    del target  # an interpreter takes its locale when it begins
    environment = {
        **os.environ, "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": chance.choice(["0", "0", "1"]),
        "LC_ALL": chance.choice(["C", "POSIX", "zh_CN.GBK", "zh_CN.GB18030", "en_US.ISO-8859-1", "C.UTF-8", "xx"]),
        **chance.choice([{}, {}, {"PYTHONIOENCODING": "gbk"}, {"PYTHONIOENCODING": "ascii"}]),
    }  # fmt: skip
    coding = chance.choice(["utf-8", "gb18030"])
    named = chance.choice(
        [
            [b"roster", b"check", "名录.csv".encode(coding)],
            [
                b"generate",
                b"--type",
                "加油站".encode(coding),
                b"--name",
                "甲".encode(coding),
                b"--out",
                "出".encode(coding),
            ],
            [b"types"],
            [b"verify", "没有.docx".encode(coding)],
            [b"--help"],
            [b"generate", "--类型".encode(coding)],
        ]
    )
    (folder / "名录.csv").write_text("单位名称,企业类型\n甲,加油站\n", "utf-8")
    trial.tried += f"：{environment['LC_ALL']} UTF8={environment['PYTHONUTF8']} {coding} {named[:2]}"
    done = subprocess.run(
        [sys.executable, "-m", "checklists", *named],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
        timeout=90,
    )
    told = [text.decode("utf-8", "backslashreplace") for text in (done.stdout, done.stderr)]
    trial.faults += faults_of(Ended(done.returncode, *told, 0, 0), DUMB)


def _no_temporary(chance: random.Random, folder: Path, target: Target, trial: Trial) -> None:
    """No place for temporary files, no home, an odd mask, no folder to stand in."""
    kind = chance.choice(["tempdir", "home", "umask", "cwd", "files"])
    asked = chance.choice([one for one in COMMANDS if one[0] in ("generate", "batch", "rules", "roster")])

    def prepare() -> None:
        import resource
        import tempfile

        if kind == "tempdir":
            tempfile.tempdir = "/nonexistent"
            os.environ["TMPDIR"] = "/nonexistent"
        elif kind == "home":
            os.environ.pop("HOME", None)
        elif kind == "umask":
            os.umask(chance.choice([0o777, 0o077, 0]))
        elif kind == "files":
            resource.setrlimit(resource.RLIMIT_NOFILE, (12, 12))
        else:
            gone = folder / "没了"
            gone.mkdir()
            os.chdir(gone)
            shutil.rmtree(gone)

    trial.tried += f"：{kind} {asked}"
    ended = run(asked, folder, target, prepare)
    trial.faults += faults_of(ended)
    judge_whole(trial, folder)


OFFICES: Mapping[str, str] = {
    "没有": "",
    "出错": "exit 77",
    "什么也不做": "exit 0",
    "崩溃": "kill -SEGV $$",
    "半个文件": 'for a; do case "$a" in --outdir) next=1;; *) [ "$next" = 1 ] && { echo half > "$a/x.pdf"; next=; };; esac; done; exit 1',
    "说很多": "yes 错误 | head -c 2000000; exit 1",
}


def _office(chance: random.Random, folder: Path, target: Target, trial: Trial) -> None:
    """A LibreOffice that is not there or fails: the documents stay, a message says so."""
    kind = chance.choice(sorted(OFFICES))
    programs = folder / "bin"
    programs.mkdir()
    if OFFICES[kind]:
        for name in ("soffice", "libreoffice"):
            (programs / name).write_text(f"#!/bin/sh\n{OFFICES[kind]}\n", "utf-8")
            (programs / name).chmod(0o755)
    asked = ["generate", *ground.ASKED, "--name", "甲", "--out", "out", "--pdf"]

    def prepare() -> None:
        os.environ["PATH"] = f"{programs}:/usr/bin:/bin" if OFFICES[kind] else str(programs)

    trial.tried += f"：{kind}"
    ended = run(asked, folder, target, prepare)
    trial.faults += faults_of(ended)
    if ended.code != 1:
        trial.fault(OTHER, f"没有 PDF，退出码 {ended.code}：{ended.said[:200]}")
    if len(documents_of(folder / "out")) != 2:
        trial.fault(OTHER, f"文书应当还在：{sorted(documents_of(folder / 'out'))}")


KINDS: Mapping[str, Callable[[random.Random, Path, Target, Trial], None]] = {
    "关着的流": _closed,
    "区域设置": _locale,
    "缺这缺那": _no_temporary,
    "LibreOffice": _office,
}
