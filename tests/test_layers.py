"""The layout is the flow: a stage imports earlier stages only; only the command line prints or exits."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import checklists

PACKAGE = Path(checklists.__file__).parent
FLOW = (
    ("messages", "nearest", "data", "marks", "departments", "limits", "places", "text", "furniture"),
    ("problems",),
    ("models",),
    ("files",),
    ("yamlfile", "layout", "table", "textfile", "package_reading"),
    ("notices", "clauses", "vocabulary"),
    ("rules",),
    ("conditions", "profile"),
    ("selection",),
    ("editions",),
    ("workshop", "citation"),
    ("checks", "coverage", "explain", "checklist", "schema"),
    ("checking", "fields", "properties", "glossary", "names"),
    ("package", "templates", "workbook_reading"),
    ("claims", "reading", "word", "excel", "papers"),
    ("kinds",),
    ("generate", "verify", "pdf", "roster"),
    ("batch", "batch_manifest"),
    ("cli", "__main__"),
)


def module_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def rank(module: str) -> int:
    """Place in the flow; a helper module stands with the stage whose name it begins with (word_context: word)."""
    for index, stages in enumerate(FLOW):
        if module in stages or any(module.startswith(f"{stage}_") for stage in stages):
            return index
    raise AssertionError(f"{module}.py has no place in the flow")


SOURCES = [
    path for path in sorted(PACKAGE.rglob("*.py")) if path.name != "__init__.py" or path.parent != PACKAGE
]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_stage_imports_earlier_stages_only(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    imported = {
        node.module.split(".")[1]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("checklists.")
    }

    later = {name for name in imported if rank(name) > rank(module_of(path))}

    assert later == set()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_command_line_prints_or_exits(path: Path) -> None:
    if module_of(path) in ("cli", "__main__"):
        return
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    }

    assert calls & {"print", "sys.exit", "exit", "quit"} == set()


def longest_function(path: Path) -> int:
    lengths = [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    return max(lengths, default=0)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_functions_and_modules_stay_short(path: Path) -> None:
    limit = 60 if module_of(path) == "cli" else 40  # a command's options are its signature

    assert longest_function(path) <= limit
    assert len(path.read_text("utf-8").splitlines()) <= 400
