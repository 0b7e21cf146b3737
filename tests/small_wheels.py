"""Wheels of a few lines and a project that needs them, for tests of installing that ask no network."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

BACKEND = '''"""Builds the project's wheel without any further package."""
import sys
sys.path.insert(0, ".")
from small_wheels import wheel

PROGRAM = "import sys\\ndef main():\\n    print(*sys.argv[1:])\\n"


def get_requires_for_build_editable(config_settings=None):
    return []


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    needs = ["part-web==1; extra == 'web'"]
    return wheel(wheel_directory, "checklists", "1", needs, module=PROGRAM, script=True, extras=["web"]).name
'''
PYPROJECT = """[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "checklists"
version = "1"
"""


def wheel(
    folder: Path | str,
    name: str,
    version: str,
    needs: Sequence[str] = (),
    *,
    tag: str = "py3-none-any",
    module: str = "",
    script: bool = False,
    extras: Sequence[str] = (),
) -> Path:
    """A wheel of one module, laid into the folder."""
    plain = name.replace("-", "_")
    info = f"{plain}-{version}.dist-info"
    told = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    told += [f"Requires-Dist: {need}" for need in needs] + [f"Provides-Extra: {extra}" for extra in extras]
    files = {
        f"{plain}.py": module,
        f"{info}/METADATA": "\n".join(told) + "\n",
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    if script:
        files[f"{info}/entry_points.txt"] = f"[console_scripts]\n{plain} = {plain}:main\n"
    record = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    path = Path(folder, f"{plain}-{version}-{tag}.whl")
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in {**files, f"{info}/RECORD": record}.items():
            archive.writestr(inside, text)
    return path


def project_of_wheels(folder: Path) -> Path:
    """A project whose program prints its arguments and whose extra ``web`` is one wheel of its folder ``wheels``."""
    (folder / "wheels").mkdir(parents=True)
    wheel(folder / "wheels", "part-web", "1")
    (folder / "backend.py").write_text(BACKEND, "utf-8")
    (folder / "small_wheels.py").write_text(Path(__file__).read_text("utf-8"), "utf-8")
    (folder / "pyproject.toml").write_text(PYPROJECT, "utf-8")
    (folder / "constraints.txt").write_text("part-web==1\n", "utf-8")
    return folder
