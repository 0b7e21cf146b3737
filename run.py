"""Set everything up on a fresh machine (Python >= 3.11 only) and do one of the main jobs.

python3 run.py page    the page, opened in the browser of this machine
python3 run.py demo    make the documents of a few enterprises into out/
python3 run.py test    format, lint, types and all tests
python3 run.py bundle  pack the project with all it needs for machines without network
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
WHEELS = "wheels"
"""Folder of packages that a bundle brings along; where it is, no network is asked."""
PINS = "constraints.txt"
EXTRAS = ("", "web", "test")
"""What can be installed beside the program itself; each has all that stands before it."""
OLDEST = (3, 11)
ENDED = (0, 130, -2, -15, 0xC000013A)
"""Exit codes of a page that was ended: by Ctrl-C, by a signal, on Windows by closing its window."""
USAGE = """python3 run.py page     打开网页（可加 serve 的选项，如 --port 8766）
python3 run.py demo     生成四个企业的检查表和工作簿，放在 out/
python3 run.py test     检查格式、类型、规则，运行全部测试
python3 run.py bundle   打一个包，给不能上网的电脑用"""
TOO_OLD = "这台电脑的 Python 是 {}.{}，太旧了：要 3.11 或更新的。装好新的以后再运行。"
NO_VENV = "建不了虚拟环境：这台电脑的 Python 缺少 venv 或 ensurepip。Debian、Ubuntu 请先运行 apt-get install python3-venv。"
NOT_WRITABLE = "写不进文件夹 {}：{}。请把整个文件夹放到自己能写的地方（如桌面、文档），再运行。"
NOT_INSTALLED = """没有装好，原因见上面几行英文的最后一行。
不能上网的电脑：请在能上网的电脑上运行 python3 run.py bundle，把做出来的包拿过来解开，再运行。
能上网的：看看网络和磁盘空间，再运行一次。"""
NOT_IN_BUNDLE = """没有装好，原因见上面几行英文的最后一行。
这个包里的安装文件只合 64 位的 Windows、Linux 和 Python 3.11 到 3.13；这台电脑的是 Python {}.{}。
能上网的话，把文件夹 wheels 改个名字，再运行一次，就从网上装。"""
NOT_A_CHECKOUT = "这是打好的包，没有测试；测试和打包要在代码库里做。"
TROUBLE = "\n没有做成，原因见上面。改好以后再运行一次就行。"


def main() -> int:
    """Dispatch; the exit code is that of the first step that fails."""
    jobs = {"page": page, "demo": demo, "test": test, "bundle": bundle}
    job, *more = sys.argv[1:] or [""]
    if job not in jobs or (more and job != "page"):
        print(USAGE)
        return 2
    if job in ("test", "bundle") and not (HERE / "tests").is_dir():
        print(NOT_A_CHECKOUT)
        return 2
    if sys.version_info < OLDEST:
        print(TOO_OLD.format(*sys.version_info[:2]))
        return 1
    set_up({"page": "web", "demo": ""}.get(job, "test"))
    return jobs[job]()


# ---------------------------------------------------------------- the environment


def set_up(extra: str) -> None:
    """Have an environment with ``extra``: made once, added to, made again when what it is made from has changed."""
    held, made_from = read_stamp()
    now = basis()
    if made_from == now and EXTRAS.index(extra) <= EXTRAS.index(held):
        return
    print("正在准备运行环境（只在第一次或有变动时，约一两分钟）……", flush=True)
    extra = max(held, extra, key=EXTRAS.index)
    try:
        if made_from != now:
            make_environment()
        STAMP.unlink(missing_ok=True)
        install(extra)
        STAMP.write_text(f"{extra}\n{now}", "utf-8")
    except OSError as failure:
        sys.exit(NOT_WRITABLE.format(HERE, failure.strerror or failure))


def read_stamp() -> tuple[str, str]:
    """The extra that the environment has, and from what it was made; empty where none was finished."""
    try:
        held, _, made_from = STAMP.read_text("utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return "", ""
    return (held, made_from) if held in EXTRAS else ("", "")


def basis() -> str:
    """All that an environment depends on: Python, the folder (programs in it know where they lie), requirements."""
    texts = [(HERE / name).read_text("utf-8") for name in ("pyproject.toml", PINS)]
    return "\n".join([sys.base_prefix, "{}.{}".format(*sys.version_info[:2]), str(HERE), *texts])


def make_environment() -> None:
    """An empty one, in place of what there was."""
    if ENVIRONMENT.is_symlink():
        ENVIRONMENT.unlink()
    elif ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    try:
        venv.create(ENVIRONMENT, with_pip=True)
    except subprocess.CalledProcessError:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        sys.exit(NO_VENV)


def install(extra: str) -> None:
    """The project and what it needs, as pinned, from the bundle's wheels where there are any."""
    offline = (HERE / WHEELS).is_dir()
    command = [BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if offline:
        command += ["--no-index", "--find-links", WHEELS]
    pinned = {**os.environ, "PIP_CONSTRAINT": PINS, "PIP_BUILD_CONSTRAINT": PINS}
    done = subprocess.run(
        [*command, "-e", f".[{extra}]" if extra else "."], cwd=HERE, env=pinned, check=False
    )
    if done.returncode:
        sys.exit((NOT_IN_BUNDLE if offline else NOT_INSTALLED).format(*sys.version_info[:2]))


# ---------------------------------------------------------------- the jobs


def page() -> int:
    """The page, until it is ended with Ctrl-C."""
    code = step("checklists", "serve", *sys.argv[2:])
    if code in ENDED:
        return 0
    print(TROUBLE, flush=True)
    return code


def demo() -> int:
    """The documents of a few enterprises of different industries."""
    asked = (
        ("餐饮用气单位", "某某饭店", "阳城县", ("--fact", "供气方式=瓶装")),
        ("井工煤矿", "某某煤矿", "阳泉市", ()),
        ("大型商业综合体", "某某购物中心", "交城县", ()),
        ("加油站", "某某加油站", "交城县", ("--fact", "国有企业=是")),
    )
    for kind, name, place, more in asked:
        firm = ("--type", kind, "--name", name, "--place", place)
        if code := step("checklists", "generate", *firm, "--out", "out", *more):
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
        if code := step(name, *arguments):
            return code
    return 0


def bundle() -> int:
    """The project and all packages for Windows and Linux, as one zip in dist/."""
    return step("python", "scripts/bundle.py")


def step(name: str, *arguments: str) -> int:
    """Run one program of the environment in the project's folder."""
    with subprocess.Popen([BIN / name, *arguments], cwd=HERE) as running:
        while True:
            try:
                return running.wait()
            except KeyboardInterrupt:
                continue


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    sys.exit(main())
