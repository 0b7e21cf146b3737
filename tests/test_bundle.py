"""The bundle for machines without network: what each kind of machine needs, the project's files, the pins."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

from tests.small_wheels import wheel

ROOT = Path(__file__).parent.parent


def loaded() -> ModuleType:
    """scripts/bundle.py, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("bundle", ROOT / "scripts" / "bundle.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["bundle"] = module
    spec.loader.exec_module(module)
    return module


bundle = loaded()
WINDOWS, LINUX = bundle.TARGETS[0], bundle.TARGETS[-1]
PINS = {"page": "2.0", "colour": "1", "older": "3", "fast": "1", "never": "1"}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of a few wheels that lies on this machine."""
    house = tmp_path / "house"
    house.mkdir()
    needs = [
        "colour; sys_platform == 'win32'",
        "older<4; python_version < '3.12'",
        "fast",
        "never; extra == 'x'",
    ]
    wheel(house, "page", "2.0", needs)
    wheel(house, "colour", "1")
    wheel(house, "older", "3")
    wheel(house, "never", "1")
    for tag in ("cp311-cp311-win_amd64", "cp313-cp313-manylinux_2_17_x86_64", "cp313-cp313-win_amd64"):
        wheel(house, "fast", "1", tag=tag)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(house))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    return house


def test_what_a_machine_needs_is_judged_for_that_machine(house: Path, tmp_path: Path) -> None:
    asked = [Requirement("page>=1")]

    windows = bundle.closure(asked, PINS, WINDOWS, tmp_path / "w")
    linux = bundle.closure(asked, PINS, LINUX, tmp_path / "l")

    assert (WINDOWS.python, LINUX.python) == ("3.11", "3.13")
    assert [path.name.rpartition("-py3")[0] or path.name for path in windows] == [
        "colour-1",
        "fast-1-cp311-cp311-win_amd64.whl",
        "older-3",
        "page-2.0",
    ]
    assert [path.name for path in linux] == [
        "fast-1-cp313-cp313-manylinux_2_17_x86_64.whl",
        "page-2.0-py3-none-any.whl",
    ]


@pytest.mark.parametrize("pins", [{"page": "2.0"}, {**PINS, "older": "4"}])
def test_a_requirement_without_a_pin_that_does_ends_it(
    house: Path, tmp_path: Path, pins: dict[str, str]
) -> None:
    with pytest.raises(SystemExit, match=r"^constraints.txt：win_amd64、Python 3.11 上要用 "):
        bundle.closure([Requirement("page")], pins, WINDOWS, tmp_path / "w")


def test_a_wheel_that_there_is_not_ends_it(house: Path, tmp_path: Path) -> None:
    (house / "colour-1-py3-none-any.whl").unlink()

    with pytest.raises(SystemExit, match="没有打包"):
        bundle.closure([Requirement("page")], PINS, WINDOWS, tmp_path / "w")


def test_the_zip_has_what_a_user_needs_and_wheels_and_nothing_of_the_work_on_it(tmp_path: Path) -> None:
    files = bundle.tracked(ROOT)
    packed = tmp_path / "checklists-9.zip"

    bundle.pack(packed, files, [wheel(tmp_path, "page", "2.0")])

    with zipfile.ZipFile(packed) as opened:
        names = set(opened.namelist())
        mode = opened.getinfo("checklists-9/start.command").external_attr >> 16
    wanted = (
        "run.py",
        "开始.cmd",
        "constraints.txt",
        "README.md",
        "LICENSE",
        "wheels/page-2.0-py3-none-any.whl",
    )
    assert {f"checklists-9/{name}" for name in wanted} <= names
    assert mode & 0o100
    tops = {name.split("/")[1] for name in names}
    assert tops >= {"checklists", "rules", "seeds", "templates", "docs"}
    assert not tops & {"tests", "benchmarks", "scripts", ".ci", ".gitattributes", ".venv"}
    assert not list(tmp_path.glob("*.part"))


def test_every_requirement_of_the_project_is_pinned_once_and_so_are_the_builders() -> None:
    text = (ROOT / "constraints.txt").read_text("utf-8")
    pins = bundle.pins_of(text)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = [*bundle.needed(project), *map(Requirement, project["project"]["optional-dependencies"]["test"])]

    assert len(pins) == len(text.split())
    for target in bundle.TARGETS:
        for one in asked:
            assert one.name == "checklists" or bundle.pinned(one, pins, target)
