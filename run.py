"""Set everything up on a fresh machine (Python >= 3.11 only) and do one of the two main jobs.

python3 run.py demo    make the documents of a few enterprises into out/
python3 run.py test    format, lint, types and all tests
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
STAMP = ENVIRONMENT / ".installed"
DEMO = (
    ("餐饮用气单位", "某某饭店", "阳城县", ("--fact", "供气方式=瓶装")),
    ("井工煤矿", "某某煤矿", "阳泉市", ()),
    ("大型商业综合体", "某某购物中心", "交城县", ()),
    ("加油站", "某某加油站", "交城县", ("--fact", "国有企业=是")),
)


def main() -> int:
    """Dispatch; the exit code is that of the first step that fails."""
    jobs = {"demo": demo, "test": test}
    if len(sys.argv) != 2 or sys.argv[1] not in jobs:
        print(__doc__)
        return 2
    set_up()
    return jobs[sys.argv[1]]()


def set_up() -> None:
    """Make the environment once, and again when what it is made from has changed."""
    wanted = (HERE / "pyproject.toml").read_text("utf-8") + (HERE / "constraints.txt").read_text("utf-8")
    if STAMP.exists() and STAMP.read_text("utf-8") == wanted:
        return
    if ENVIRONMENT.is_symlink():
        ENVIRONMENT.unlink()
    elif ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    print("正在准备运行环境（只在第一次或依赖变动时）……", flush=True)
    try:
        venv.create(ENVIRONMENT, with_pip=True)
    except (OSError, subprocess.CalledProcessError):
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        sys.exit(
            "建不了虚拟环境：这台电脑的 Python 缺少 venv 或 ensurepip。Debian、Ubuntu 请先运行 apt-get install python3-venv。"
        )
    install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-c",
        "constraints.txt",
        "-e",
        ".[test]",
    ]
    step("python", *install, check=True)
    STAMP.write_text(wanted, "utf-8")


def demo() -> int:
    """The documents of a few enterprises of different industries."""
    for kind, name, place, more in DEMO:
        code = step(
            "checklists", "generate", "--type", kind, "--name", name, "--place", place, "--out", "out", *more
        )
        if code:
            return code
    print(f"文件在 {HERE / 'out'}")
    return 0


def test() -> int:
    """Everything that has to hold before a change lands."""
    steps = (
        ("ruff", "format", "--check", "."),
        ("ruff", "check", "."),
        ("mypy",),
        ("checklists", "rules", "check"),
        ("pytest", "-q", "-n", "auto"),
    )
    for name, *arguments in steps:
        print(f"$ {name} {' '.join(arguments)}", flush=True)
        code = step(name, *arguments)
        if code:
            return code
    return 0


def step(name: str, *arguments: str, check: bool = False) -> int:
    """Run one program of the environment in the project's folder."""
    return subprocess.run([BIN / name, *arguments], cwd=HERE, check=check).returncode


if __name__ == "__main__":
    sys.exit(main())
