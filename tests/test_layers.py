"""The layout is the flow: a folder imports folders above it only, without circles; only the command line prints or exits."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

import checklists

PACKAGE = Path(checklists.__file__).parent
STREET = (
    "ground",
    "notices",
    "rules",
    "selection",
    "checklist",
    "documents",
    "roster",
    "batch",
    "returns",
    "web",
    "cli",
)
"""The folders in the order of the flow; what lies beside them is the ground, on which all of them stand."""
GROUND = frozenset(
    {
        "messages",
        "files",
        "yamlfile",
        "data",
        "days",
        "heads",
        "limits",
        "models",
        "nearest",
        "places",
        "problems",
        "tally",
        "text",
    }
)
DOORS = frozenset({"__init__", "__main__"})
"""The package itself, which only names things, and ``python -m checklists``."""

SOURCES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
"""Path of every module by its dotted name."""


# ---------------------------------------------------------------- what a source imports and calls


def imports(source: str, module: str, modules: Sequence[str]) -> set[str]:
    """Modules of the package that a source imports, in whatever form, at its head or within a function.

    ``module`` is its own dotted name, to which ``from . import x`` is relative.
    """
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {_module(alias.name, modules) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            whole = _absolute(node, module, modules)
            found |= {_module(f"{whole}.{alias.name}", modules) for alias in node.names}
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in (
            "import_module",
            "importlib.import_module",
            "__import__",
        ):
            name = node.args[0] if node.args else None
            whole = name.value if isinstance(name, ast.Constant) else "checklists.unknown"
            found.add(_module(str(whole), modules))
    return found - {""}


def _absolute(node: ast.ImportFrom, module: str, modules: Sequence[str]) -> str:
    if not node.level:
        return node.module or ""
    is_folder = any(other.startswith(f"{module}.") for other in modules)
    parts = module.split(".")
    above = parts[: len(parts) - node.level + is_folder]
    return ".".join([*above, *([node.module] if node.module else [])])


def _module(name: str, modules: Sequence[str]) -> str:
    """The longest module that ``name`` begins with; empty for what is not of this package."""
    if name.split(".")[0] != "checklists":
        return ""
    while name not in modules and "." in name:
        name = name.rpartition(".")[0]
    return name


WAYS_OUT = ("print", "exit", "quit", "sys.exit", "os._exit", "typer.echo", "click.echo", "secho")
ENDS_ITSELF = {"checklists.batch.workers": {"os._exit"}}
"""A process of a batch whose parent is gone ends itself; nobody is there to hear why."""
STREAMS = ("stdout", "stderr", "__stdout__", "__stderr__")


def ways_out(source: str) -> set[str]:
    """Ways to print or to end the program that a source holds: calls, streams, raised exits, under any name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name for name in names if name in WAYS_OUT or name.startswith("sys.std")}
            found |= {name for name in names if name.split(".")[0] in ("typer", "click", "rich")}
        elif isinstance(node, ast.Import):
            found |= {
                alias.name for alias in node.names if alias.name in ("typer", "click", "rich", "builtins")
            }
        elif (
            isinstance(node, ast.Attribute) and node.attr in STREAMS and ast.unparse(node.value) == "sys"
        ) or (isinstance(node, ast.Attribute) and ast.unparse(node) in WAYS_OUT):
            found.add(ast.unparse(node))
        elif isinstance(node, ast.Name) and node.id in ("print", "exit", "quit", "SystemExit"):
            found.add(node.id)
    return found


def folder(module: str) -> str:
    """The folder of the street a module lies in, or the ground."""
    first = [*module.split("."), "__init__"][1]
    if first in GROUND:
        return "ground"
    assert first in STREET or first in DOORS, f"{first} has no place in the street"
    return first


# ---------------------------------------------------------------- the street


MODULES = tuple(SOURCES)


@pytest.mark.parametrize("module", [name for name in MODULES if folder(name) not in DOORS])
def test_a_folder_imports_folders_above_it_only(module: str) -> None:
    found = imports(SOURCES[module].read_text("utf-8"), module, MODULES)

    later = {
        other
        for other in found - {"checklists"}
        if STREET.index(folder(other)) > STREET.index(folder(module))
    }

    assert later == set()


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """One circle of imports, or nothing."""
    done: set[str] = set()

    def walk(name: str, road: tuple[str, ...]) -> list[str]:
        if name in road:
            return [*road[road.index(name) :], name]
        if name in done:
            return []
        for other in sorted(graph.get(name, set())):
            if found := walk(other, (*road, name)):
                return found
        done.add(name)
        return []

    return next((found for name in graph if (found := walk(name, ()))), [])


def test_there_is_no_circle() -> None:
    graph = {name: imports(path.read_text("utf-8"), name, MODULES) - {name} for name, path in SOURCES.items()}

    assert circle(graph) == []


@pytest.mark.parametrize("module", MODULES)
def test_only_the_command_line_prints_or_exits(module: str) -> None:
    if folder(module) in ("cli", "__main__"):
        return

    assert ways_out(SOURCES[module].read_text("utf-8")) - ENDS_ITSELF.get(module, set()) == set()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("module", MODULES)
def test_functions_and_modules_stay_short(module: str) -> None:
    path = SOURCES[module]
    assert [(name, length) for name, length in functions(path) if length > 40] == []
    assert len(path.read_text("utf-8").splitlines()) <= 400


# ---------------------------------------------------------------- the judges see what they must see


@pytest.mark.parametrize(
    "source",
    [
        "from checklists.batch.run import make",
        "from checklists.batch import run",
        "from checklists import batch",
        "import checklists.batch.run",
        "import checklists.batch.run as quietly",
        "from ..batch import run",
        "from ..batch.run import make",
        "from .. import batch",
        "def late():\n    from checklists.batch.run import make",
        "def late():\n    import checklists.batch.run",
        "import importlib\nimportlib.import_module('checklists.batch.run')",
        "if True:\n    from checklists import (\n        batch,\n    )",
    ],
)
def test_every_form_of_import_is_seen(source: str) -> None:
    found = imports(source, "checklists.rules.items", MODULES)

    assert any(name.startswith("checklists.batch") for name in found)


def test_what_is_relative_within_a_folder_stays_there() -> None:
    assert imports("from . import items", "checklists.rules.library", MODULES) == {"checklists.rules.items"}
    assert imports("from . import items", "checklists.rules", MODULES) == {"checklists.rules.items"}
    assert imports("import re\nfrom pathlib import Path", "checklists.rules.items", MODULES) == set()


@pytest.mark.parametrize(
    "source",
    [
        "print('x')",
        "say = print\nsay('x')",
        "import sys\nsys.exit(1)",
        "import sys\nsys.stdout.write('x')",
        "import sys\nout = sys.stderr",
        "from sys import exit",
        "from sys import stdout",
        "raise SystemExit(1)",
        "import os\nos._exit(1)",
        "import typer\ntyper.echo('x')",
        "from typer import echo",
        "from rich.console import Console",
        "def late():\n    quit()",
    ],
)
def test_every_way_to_print_or_exit_is_seen(source: str) -> None:
    assert ways_out(source)


def test_a_circle_is_seen() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
