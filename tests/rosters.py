"""Rosters drawn as tables, and a small house of rules to make their documents from."""

from __future__ import annotations

import datetime
import re
import tempfile
from collections.abc import Iterable
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import openpyxl
import yaml

from checklists.batch.press import Folders, Press
from checklists.checklist.build import Order
from checklists.models import Vocabulary
from checklists.roster.read import Entry, Roster, read_roster
from checklists.rules.editions import snapshot
from checklists.rules.library import open_library
from checklists.rules.vocabulary import load_vocabulary

ROOT = Path(__file__).resolve().parent.parent
DAY = datetime.date(2026, 11, 22)
SMALL_RULES = (
    "vocabulary.yaml",
    "types.yaml",
    "places.yaml",
    "glossary.yaml",
    "papers.yaml",
    "gas-use.yaml",
    "fire-management.yaml",
    "postal.yaml",
    "consents.yaml",
)


@cache
def vocabulary() -> Vocabulary:
    found, problems = load_vocabulary(ROOT / "rules")
    assert found is not None and not problems
    return found


_CORE = re.compile(r"^ +core:\n(?: +- \{id: .*\}\n)+", re.MULTILINE)
_NAME = re.compile(r"^  name: .*\n", re.MULTILINE)
_SHORT = re.compile(r"^  short: .*\n", re.MULTILINE)


def _copy_small(name: str, folder: Path) -> None:
    """A file of the small rules; lists whose core would name items that are not among these get cores of those that are.

    No two types may have the same core, so each has another pair of items that everyone is asked.
    """
    text = (ROOT / "rules" / name).read_text("utf-8")
    if name == "consents.yaml":
        kept = {one: read for one, read in yaml.safe_load(text).items() if one in _small_items()}
        text = yaml.safe_dump(kept, allow_unicode=True, width=float("inf"))
    if name in ("types.yaml", "vocabulary.yaml"):
        text = _CORE.sub("", text)
    if name == "types.yaml":
        pairs = combinations(_asked_of_all(), 2)
        text = _NAME.sub(lambda found: f"{found[0]}{_core_of(*next(pairs))}", _SHORT.sub("", text))
    (folder / name).write_text(text, "utf-8")


@cache
def _small_items() -> frozenset[str]:
    """Ids of the items of the small rules."""
    topics = [
        yaml.safe_load((ROOT / "rules" / name).read_text("utf-8")) for name in SMALL_RULES if "-" in name
    ]
    topics.append(yaml.safe_load((ROOT / "rules/postal.yaml").read_text("utf-8")))
    return frozenset(item["id"] for topic in topics for item in topic["items"])


def _core_of(one: str, other: str) -> str:
    return f"  short: 试用\n  core: [{{id: {one}, why: 试}}, {{id: {other}, why: 用}}]\n"


@cache
def _asked_of_all() -> tuple[str, ...]:
    """Ids of the items of fire-management.yaml that hang on no fact and are more than encouraged or named."""
    read = yaml.safe_load((ROOT / "rules/fire-management.yaml").read_text("utf-8"))
    return tuple(
        item["id"]
        for item in read["items"]
        if not item["applies"] and not {basis["says"] for basis in item["basis"]} <= {"encourages", "names"}
    )


@cache
def _small_edition() -> tuple[str, str]:
    """The small rules as an edition of their own, so that what is made of them is not called 未发布."""
    with tempfile.TemporaryDirectory() as folder:
        for name in SMALL_RULES:
            _copy_small(name, Path(folder))
        library, _ = open_library(Path(folder), ROOT / "seeds")
    version = (ROOT / "rules/VERSION").read_text("utf-8").strip()
    return version, snapshot(version, library.record)


def small_house(folder: Path) -> Folders:
    """The closed lists as shipped with the items of two topics only, so that plates are quick to make."""
    rules = folder / "rules"
    rules.mkdir(parents=True, exist_ok=True)
    for name in SMALL_RULES:
        _copy_small(name, rules)
    version, record = _small_edition()
    (rules / "VERSION").write_text(f"{version}\n", "utf-8")
    (rules / "edition.json").write_text(record, "utf-8")
    return Folders(rules, ROOT / "seeds", ROOT / "templates")


def small_press(folder: Path) -> Press:
    return Press(small_house(folder), Order(DAY))


def drawn(table: str) -> list[list[str]]:
    """Cells of a table drawn with bars; \\n in a cell is a line break, ␣ a blank that counts."""
    return [
        [cell.strip().replace("\\n", "\n").replace("␣", " ") for cell in line.strip().strip("|").split("|")]
        for line in table.strip().splitlines()
    ]


def write_xlsx(
    path: Path,
    table: str | list[list[Any]],
    *,
    hidden: Iterable[int] = (),
    merged: Iterable[str] = (),
    title: str = "企业名录",
) -> Path:
    """A workbook with the table in it. ``{=A1}`` is a formula without a stored result, ``#30`` a number."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for number, row in enumerate(drawn(table) if isinstance(table, str) else table, start=1):
        for column, value in enumerate(row, start=1):
            put(sheet.cell(number, column), value)
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    for reference in merged:
        sheet.merge_cells(reference)
    book.save(path)
    return path


def put(cell: Any, value: Any) -> None:
    if isinstance(value, str) and value.startswith("{="):
        cell.value = value[1:-1]
    elif isinstance(value, str) and value.startswith("#") and value[1:].isdigit():
        cell.value = int(value[1:])
    elif value not in ("", None):
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # a text stays one even when it begins with =


def opened(path: Path) -> Roster:
    return read_roster(path, vocabulary())


def entries(path: Path) -> list[Entry]:
    return list(opened(path).entries)


def told(entry: Entry) -> list[str]:
    """Cell and code of each problem: ["B2 place-unknown"]."""
    return [
        f"{found.position.cell or found.position.line or ''} {found.code}".strip() for found in entry.problems
    ]
