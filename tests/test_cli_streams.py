"""The command line in bad company: closed and full outputs, pipes nobody reads, odd locales, odd bytes, odd files."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rosters import ROOT, write_xlsx

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shells of Unix")

TYPES = "-m checklists types"


def shell(script: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of sh in which ``$C`` is the command line; a hang ends the test."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "C": f"{sys.executable} -m checklists", **environment}
    return subprocess.run(
        ["bash", "-c", script], capture_output=True, cwd=cwd, env=env, timeout=60, check=False
    )


def clean(done: subprocess.CompletedProcess[bytes]) -> str:
    """What was told, which may be no error of the program's own."""
    told = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert "internal-error" not in told and "Traceback" not in told and "Exception" not in told, told
    return told


# ---------------------------------------------------------------- outputs


def test_a_pipe_that_nobody_reads_to_the_end_is_nobodys_fault(tmp_path: Path) -> None:
    done = shell(
        "$C types | head -1; echo ${PIPESTATUS[0]}; $C types 2>&1 | true; echo ${PIPESTATUS[0]}", tmp_path
    )

    assert clean(done).splitlines()[1:] == ["0", "0"] and done.stderr == b""


def test_a_command_whose_reader_is_gone_ends_what_it_began(tmp_path: Path) -> None:
    done = shell("$C templates copy 现场检查表 企业自查工作簿 --out mine | true", tmp_path)

    assert clean(done) == ""
    assert sorted(path.name for path in (tmp_path / "mine").glob("[!.]*")) == [
        "企业自查工作簿.xlsx",
        "现场检查表.docx",
    ]


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_closed_streams_change_nothing_and_land_in_no_file(tmp_path: Path, closed: str) -> None:
    done = shell(f"$C templates copy 现场检查表 --out mine {closed}", tmp_path)

    clean(done)
    shipped = (ROOT / "templates/现场检查表.docx").read_bytes()
    assert done.returncode == 0 and (tmp_path / "mine/现场检查表.docx").read_bytes() == shipped


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_an_output_that_is_full_is_told_once(tmp_path: Path) -> None:
    done = shell("$C types > /dev/full", tmp_path)

    assert done.returncode == 1 and clean(done).count("output-unwritable") == 1 and "磁盘已满" in clean(done)


# ---------------------------------------------------------------- locales and bytes


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"},
        {"LANG": "zh_CN.GBK", "LC_ALL": "zh_CN.GBK"},
        {"PYTHONIOENCODING": "latin-1:strict"},
    ],
)
def test_no_locale_keeps_the_words_from_being_read_and_written(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    done = shell("$C templates copy 现场检查表 --out 我的; $C select --type 加油战", tmp_path, **environment)

    assert "已生成 我的/现场检查表.docx" in clean(done) and "意思相近的：「加油站」" in clean(done)
    assert (tmp_path / "我的/现场检查表.docx").exists()


def test_an_encoding_that_was_asked_for_is_used_where_it_knows_chinese(tmp_path: Path) -> None:
    done = shell("$C select --type 加油战", tmp_path, PYTHONIOENCODING="gbk")

    assert "意思相近的：「加油站」" in done.stderr.decode("gbk")


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("$C select --type $'\\xbc\\xd3'", "argument-not-text"),
        ("$C generate --type 加油站 --name $'\\xbc\\xd3'", "argument-not-text"),
        ("$C explain $'\\xbc\\xd3' --type 加油站", "argument-not-text"),
        ("$C $'\\xbc\\xd3'", "usage-wrong"),
        ("$C verify $'\\xbc\\xd3.docx'", "file-missing"),
        ("$C types --rules $'\\xbc\\xd3'", "rules-none"),
    ],
)
def test_bytes_of_another_encoding_are_told(tmp_path: Path, script: str, code: str) -> None:
    assert code in clean(shell(script, tmp_path))


def test_a_file_whose_name_is_of_another_encoding_is_read(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", [["单位名称", "企业类型", "所在地"], ["甲", "加油站", "阳城县"]])
    (tmp_path / "a.xlsx").rename(os.fsdecode(os.fsencode(tmp_path) + b"/\xc3\xfb\xc2\xbc.xlsx"))

    done = shell("$C roster check $'\\xc3\\xfb\\xc2\\xbc.xlsx' --json", tmp_path)

    clean(done)
    assert json.loads(done.stdout)["usable"] == 1


# ---------------------------------------------------------------- what is no file


ODD = ["pipe", "zero", "nothing", "memory", "folder", "loop", "名" * 300, "file.docx/below"]


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A folder of names that are no plain files, with every ending."""
    for ending in (".xlsx", ".docx", ".yaml"):
        os.mkfifo(tmp_path / f"pipe{ending}")
        (tmp_path / f"folder{ending}").mkdir()
        (tmp_path / f"file{ending}").write_text("x")
        targets = {
            "loop": f"loop{ending}",
            "zero": "/dev/zero",
            "nothing": "/dev/null",
            "memory": "/proc/self/mem",
        }
        for name, target in targets.items():
            (tmp_path / f"{name}{ending}").symlink_to(target)
    return tmp_path


@pytest.mark.parametrize("command", ["verify", "templates check"])
def test_what_is_no_plain_file_is_told_at_once(odd: Path, command: str) -> None:
    names = [f"{name}.docx" for name in ODD]

    done = shell(f"$C {command} {' '.join(names)}", odd)

    assert done.returncode == 1 and clean(done).count("错误 file-") == len(names)


@pytest.mark.parametrize("name", ["pipe.xlsx", "zero.xlsx", "folder.xlsx", "名" * 300 + ".xlsx", "pipe.yaml"])
def test_a_roster_that_is_no_plain_file_is_told_at_once(odd: Path, name: str) -> None:
    done = shell(f"$C roster check {name}", odd)

    assert done.returncode == 1 and clean(done).count("错误 file-") == 1


@pytest.mark.parametrize("name", ["file.docx", "nowhere", "名" * 300, "loop.docx"])
def test_a_folder_of_rules_that_is_none_is_told_at_once(odd: Path, name: str) -> None:
    done = shell(f"$C types --rules {name}", odd)

    assert done.returncode == 1 and re.search("错误 (rules-none|system-trouble)", clean(done))
