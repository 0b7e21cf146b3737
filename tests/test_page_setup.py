"""How the page comes to a machine: run.py in a project of a few lines, the files to double-click, what is said when parts lack."""

from __future__ import annotations

import http.client
import os
import shutil
import site
import socket
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from checklists.cli.serving import NEEDED
from tests.small_wheels import project_of_wheels

ROOT = Path(__file__).parent.parent
WINDOWS = ROOT / "开始.cmd"
MAC = ROOT / "start.command"


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """run.py of a folder; no network is asked, as pip is told to."""
    told = {**os.environ, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, **environment}
    told.pop("PIP_FIND_LINKS", None)
    return subprocess.run(
        [sys.executable, "run.py", *arguments],
        cwd=folder,
        env=told,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


# ---------------------------------------------------------------- one environment


def test_one_environment_is_made_added_to_and_made_again(tmp_path: Path) -> None:
    folder = project_of_wheels(tmp_path / "张 三")
    shutil.copy(ROOT / "run.py", folder)
    inside = folder / ".venv" / ("Scripts" if os.name == "nt" else "bin")

    demo = run(folder, "demo")
    assert demo.returncode == 0, demo.stdout + demo.stderr
    assert "正在准备" in demo.stdout and "generate --type 餐饮用气单位" in demo.stdout
    assert not list(folder.glob(".venv/**/part_web.py"))

    page = run(folder, "page", "--port", "9")
    assert (page.returncode, "serve --port 9" in page.stdout, "正在准备" in page.stdout) == (0, True, True)
    assert list(folder.glob(".venv/**/part_web.py"))

    (inside / "kept").touch()
    again = run(folder, "demo")
    assert (again.returncode, "正在准备" in again.stdout, (inside / "kept").exists()) == (0, False, True)

    (folder / "wheels").rename(folder / "elsewhere")
    with (folder / "constraints.txt").open("a", encoding="utf-8") as pins:
        pins.write("other==1\n")
    changed = run(folder, "demo")
    assert "正在准备" in changed.stdout and not (inside / "kept").exists()
    assert changed.returncode == 1, "what the environment had it is to have again, and that cannot be got"
    assert "python3 run.py bundle" in changed.stderr and "Traceback" not in changed.stderr
    assert not (folder / ".venv" / ".installed").exists(), "so that the next run tries again"


def test_wrong_usage_and_a_bundle_without_tests_are_said(tmp_path: Path) -> None:
    shutil.copy(ROOT / "run.py", tmp_path)

    assert (run(tmp_path).returncode, "打开网页" in run(tmp_path).stdout) == (2, True)
    assert run(tmp_path, "demo", "more").returncode == 2
    assert "在代码库里做" in run(tmp_path, "test").stdout


# ---------------------------------------------------------------- files to double-click


def test_the_file_for_windows_is_readable_to_its_cmd_in_code_page_936() -> None:
    content = WINDOWS.read_bytes()

    assert content.startswith(b"@echo off\r\n") and content.count(b"\n") == content.count(b"\r\n")
    assert b"Python" in content and "这台电脑没有装".encode("gb2312") in content
    assert content.decode("gb2312").encode("cp936") == content, (
        "no second byte that cmd could take for a sign"
    )
    lines = content.split(b"\r\n")
    assert all(line.isascii() for line in lines[: lines.index(b"chcp 936 >nul")])
    labels = {line[1:] for line in lines if line.startswith(b":")}
    jumps = {line.split()[-1] for line in lines if b"goto " in line}
    assert jumps <= labels and b"pause" in lines


def test_the_file_for_macos_can_be_run_and_has_the_ends_of_lines_of_unix() -> None:
    content = MAC.read_bytes()

    assert content.startswith(b"#!/bin/sh\n") and b"\r" not in content and content.decode("utf-8")
    assert os.name == "nt" or MAC.stat().st_mode & stat.S_IXUSR
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "--stage", "start.command"], cwd=ROOT, capture_output=True, check=True
        ).stdout
        assert listed.startswith(b"100755 ")
    attributes = (ROOT / ".gitattributes").read_text("utf-8")
    assert attributes == "* -text\n", "git must not change ends of lines: of seeds neither"


def started(tmp_path: Path, **pythons: str) -> subprocess.CompletedProcess[str]:
    """start.command run on a machine whose only programs are a few of the system's and these pythons."""
    bin_folder, folder = tmp_path / "bin", tmp_path / "张 三"
    bin_folder.mkdir()
    folder.mkdir()
    for name in ("sh", "dirname"):
        (bin_folder / name).symlink_to(str(shutil.which(name)))
    for name, script in pythons.items():
        path = bin_folder / name.replace("_", ".")
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(0o755)
    text = MAC.read_text("utf-8").replace("/usr/local/bin/python3 /opt/homebrew/bin/python3", "")
    (folder / "start.command").write_text(text, "utf-8")
    return subprocess.run(
        ["sh", folder / "start.command"],
        env={"PATH": str(bin_folder)},
        input="\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


OLD = 'case "$2" in *version_info*) exit 1;; esac; [ "$1" = --version ] && echo Python 3.8.10; exit 0'
FIT = '[ "$1" = run.py ] && echo "$PWD $*"; exit 0'
FAILING = '[ "$1" = run.py ] && exit 1; exit 0'


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
@pytest.mark.parametrize(
    ("pythons", "code", "words"),
    [
        ({}, 1, "没有装 Python"),
        ({"python3": OLD}, 1, "太旧了，要 3.11 或更新的。现在的是：\nPython 3.8.10"),
        ({"python3": OLD, "python3_12": FIT}, 0, "张 三 run.py page"),
        ({"python3": FAILING}, 1, "没有开成"),
    ],
)
def test_the_file_for_macos_finds_python_or_says_what_to_do(
    tmp_path: Path, pythons: dict[str, str], code: int, words: str
) -> None:
    told = started(tmp_path, **pythons)

    assert (told.returncode, words in told.stdout) == (code, True), told


# ---------------------------------------------------------------- checklists serve


def serve_without(gone: str, packages: Path, port: int) -> subprocess.CompletedProcess[str]:
    """``checklists serve`` in a Python whose packages are all but one."""
    packages.mkdir()
    for path in Path(site.getsitepackages()[0]).iterdir():
        if path.name not in (gone, "__pycache__") and path.suffix != ".pth":
            (packages / path.name).symlink_to(path)
    return subprocess.run(
        [sys.executable, "-S", "-m", "checklists", "serve", "--no-browser", "--port", str(port)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(packages)])},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.mark.skipif(os.name == "nt", reason="packages are linked")
def test_a_missing_part_of_the_page_is_told_with_the_command_that_installs_it(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        whole = serve_without("", tmp_path / "whole", port)
        told = {name: serve_without(name, tmp_path / name, port) for name in NEEDED}

    assert whole.returncode == 1 and f"端口 {port} 已经有程序在用" in whole.stderr, (
        "with all of it, it goes on"
    )
    for name, one in told.items():
        assert one.returncode == 1 and f"缺少 {name}" in one.stderr, one
        assert "python3 run.py page" in one.stderr and "Traceback" not in one.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows frees a port at once")
def test_the_page_can_be_opened_again_as_soon_as_it_was_ended() -> None:
    """A connection that the server closed keeps its port busy for a minute; that is no other program."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "checklists", "serve", "--no-browser", "--port", str(port)]
    for _ in range(2):
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as browser:
                assert answers(browser, running), "another program is said to have the port"
                running.terminate()
                running.wait(30)
        finally:
            running.kill()
            running.wait(30)


def answers(browser: http.client.HTTPConnection, running: subprocess.Popen[bytes]) -> bool:
    """Whether the page comes, as long as the server runs; the connection stays open."""
    while running.poll() is None:
        try:
            browser.connect()
        except OSError:
            time.sleep(0.1)
            continue
        browser.request("GET", "/")
        answer = browser.getresponse()
        return bool(answer.read()) and answer.status == 200
    return False
