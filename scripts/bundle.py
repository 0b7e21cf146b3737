"""Pack the project for machines without network: its files, and the wheels it needs on Windows and Linux.

Run by ``python3 run.py bundle`` in a checkout; asks the package index that pip is set up with. What is needed is read from
the wheels themselves, with the conditions judged for the machine they are for (pip judges them for the one it runs on);
which release is taken, constraints.txt says.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
PYTHONS = ("3.11", "3.12", "3.13")
EDITABLE = "editables"
"""What hatchling asks for when the project is installed in place."""
WITHOUT = ("tests/", "benchmarks/", "scripts/", ".")
"""Beginnings of the paths that only the work on the project needs."""


@dataclass(frozen=True)
class Target:
    """A kind of machine: its Python, the tags of wheels that fit, what conditions of requirements are judged by."""

    python: str
    tags: tuple[str, ...]
    system: tuple[tuple[str, str], ...]

    def holds(self, requirement: Requirement) -> bool:
        """Whether it is required there; not what only an extra asks for."""
        version = {"python_version": self.python, "python_full_version": f"{self.python}.0", "extra": ""}
        return requirement.marker is None or requirement.marker.evaluate({**version, **dict(self.system)})


WINDOWS = (("sys_platform", "win32"), ("os_name", "nt"), ("platform_system", "Windows"))
LINUX = (("sys_platform", "linux"), ("os_name", "posix"), ("platform_system", "Linux"))
GLIBC = ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64")
TARGETS = tuple(
    Target(python, tags, system)
    for tags, system in ((("win_amd64",), WINDOWS), (GLIBC, LINUX))
    for python in PYTHONS
)


def main() -> None:
    """Fetch the wheels, pack all, say where it is and how large."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    pins = pins_of((ROOT / "constraints.txt").read_text("utf-8"))
    packed = DIST / f"checklists-{project['project']['version']}.zip"
    DIST.mkdir(exist_ok=True)
    wheels: dict[str, Path] = {}
    with tempfile.TemporaryDirectory(dir=DIST) as above:
        for number, target in enumerate(TARGETS):
            found = closure(needed(project), pins, target, Path(above, str(number)))
            print(f"Python {target.python}，{target.tags[0]}：{len(found)} 个安装文件", flush=True)
            wheels |= {path.name: path for path in found}
        pack(packed, tracked(ROOT), wheels.values())
    print(f"{packed}：{packed.stat().st_size / 1e6:.0f} MB，安装文件共 {len(wheels)} 个")


def needed(project: Mapping[str, Any]) -> list[Requirement]:
    """What the page and the installing of the project ask for."""
    told = project["project"]
    asked = [*told["dependencies"], *told["optional-dependencies"]["web"]]
    return [Requirement(text) for text in (*asked, *project["build-system"]["requires"], EDITABLE)]


def pins_of(text: str) -> dict[str, str]:
    """Versions by name, from lines ``name==version``."""
    pairs = (line.split("==") for line in text.split())
    return {canonicalize_name(name): version for name, version in pairs}


def closure(
    asked: Iterable[Requirement], pins: Mapping[str, str], target: Target, folder: Path
) -> list[Path]:
    """Wheels of all that is asked for on the machine and of what those ask for in turn, laid into ``folder``.

    Ends with a message where a requirement has no pin or one that does not do, or where there is no such wheel.
    """
    todo, done = list(asked), set[str]()
    while todo:
        names = {pinned(one, pins, target) for one in todo if target.holds(one)} - done
        download([f"{name}=={pins[name]}" for name in sorted(names)], target, folder)
        done |= names
        new = [path for path in folder.glob("*.whl") if parse_wheel_filename(path.name)[0] in names]
        todo = [one for path in new for one in requirements(path)]
    return sorted(folder.glob("*.whl"))


def pinned(one: Requirement, pins: Mapping[str, str], target: Target) -> str:
    """Its name, when the pins have a release of it that does."""
    name = canonicalize_name(one.name)
    if one.extras or name not in pins or not one.specifier.contains(pins[name], prereleases=True):
        where = f"{target.tags[0]}、Python {target.python}"
        sys.exit(f"constraints.txt：{where} 上要用 {one}，没有钉住合适的版本（现在是 {pins.get(name)}）。")
    return name


def download(releases: Sequence[str], target: Target, folder: Path) -> None:
    """Lay the wheels of the releases that fit the machine into the folder."""
    if not releases:
        return
    tags = [part for tag in target.tags for part in ("--platform", tag)]
    fitting = ["--only-binary=:all:", "--no-deps", "--python-version", target.python, *tags]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*command, *fitting, "--dest", folder, *releases], check=False).returncode:
        sys.exit("有的安装文件没有取到，原因见上面；没有打包。")


def requirements(wheel: Path) -> Iterator[Requirement]:
    """What a wheel says that it requires."""
    with zipfile.ZipFile(wheel) as opened:
        name = next(name for name in opened.namelist() if name.endswith(".dist-info/METADATA"))
        told = HeaderParser().parsestr(opened.read(name).decode("utf-8"))
    return (Requirement(text) for text in told.get_all("Requires-Dist", []))


def tracked(root: Path) -> list[Path]:
    """The project's files that a user needs, as they lie there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, check=True, capture_output=True).stdout
    names = listed.decode("utf-8").split("\0")
    return [root / name for name in names if name and not name.startswith(WITHOUT)]


def pack(packed: Path, files: Iterable[Path], wheels: Iterable[Path]) -> None:
    """One zip with one folder in it; moved into place whole."""
    half = packed.with_suffix(".part")
    with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            archive.write(path, f"{packed.stem}/{path.relative_to(ROOT).as_posix()}")
        for path in wheels:
            archive.write(path, f"{packed.stem}/wheels/{path.name}", zipfile.ZIP_STORED)
    half.replace(packed)


if __name__ == "__main__":
    main()
