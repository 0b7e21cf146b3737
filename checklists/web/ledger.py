"""What came back as the page shows it: files with their rows, hazards to filter, figures to draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from starlette.datastructures import QueryParams

from checklists.problems import Problem
from checklists.returns.hazards import MAJOR, OPEN, SHUT, WAITING
from checklists.rules.library import Library
from checklists.web.jobs import Run
from checklists.web.telling import plain_name, problem_told

NO_NAME = "（没有写）"
ON_PAGE = 200
"""Hazards on one page."""
MOST_BARS = 20
"""Of one chart; the table beside it has as many."""
STATES = (OPEN, WAITING, SHUT)
OVERDUE = "1"


@dataclass(frozen=True, slots=True)
class Line:
    """One hazard."""

    firm: int
    """Number of its enterprise among those of the ledger."""
    name: str
    industry: str
    state: str
    level: str
    key: str
    title: str
    where: str
    what: str
    found: str
    due: str
    overdue: int
    month: str
    notes: str
    file: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file: what it is, what became of its rows, which of them have to be looked at."""

    file: str
    told: Mapping[str, Any]
    problems: list[Problem]
    asides: list[Mapping[str, str]]


@dataclass(frozen=True)
class Ledger:
    """All that came back."""

    on: str
    counts: Mapping[str, Any]
    files: list[FileLine]
    firms: list[str]
    lines: list[Line]
    doubts: list[Mapping[str, str]]
    apart: list[Mapping[str, Any]]
    beside: list[Problem]


def ledger_of(run: Run, library: Library, names: Mapping[str, str]) -> Ledger:
    """What ``collect --json`` answered, without the answers that were well. ``names`` as for :func:`plain_name`."""
    told = run.answers[0]

    def plain(text: str) -> str:
        return plain_name(text, run.folder, names)

    problems = [problem_told(one, run.folder, names) for one in told["problems"]]
    keys = list(dict.fromkeys(one["firm"] for one in told["hazards"]))
    whose = {one["firm"]: one["name"] or PurePath(one["path"]).name for one in told["hazards"]}
    titles = {item.id: item.title for item in library.items}
    lines = _lines(told, library, titles, keys, whose, plain)
    return Ledger(
        told["on"],
        told["counts"],
        [_file(one, run, names) for one in told["files"]],
        [whose[key] for key in keys],
        lines,
        [{**one, "file": plain(one["file"])} for one in told.get("doubts", ())],
        [_apart(one, titles, plain) for one in told["disagreements"]],
        problems,
    )


def _file(told: Mapping[str, Any], run: Run, names: Mapping[str, str]) -> FileLine:
    kept = ("read", "same_as", "document", "month", "rows", "enterprise")
    return FileLine(
        plain_name(told["file"], run.folder, names),
        {name: told.get(name) for name in kept},
        [problem_told(one, run.folder, names) for one in told["problems"]],
        told.get("asides", []),
    )


def _apart(
    told: Mapping[str, Any], titles: Mapping[str, str], plain: Callable[[str], str]
) -> Mapping[str, Any]:
    about = titles.get(told["about"], told["about"])
    return {**told, "about": about, "said": [{**one, "path": plain(one["path"])} for one in told["said"]]}


def _lines(
    told: Mapping[str, Any],
    library: Library,
    titles: Mapping[str, str],
    keys: Sequence[str],
    whose: Mapping[str, str],
    plain: Callable[[str], str],
) -> list[Line]:
    """Every hazard: the open, major, overdue and old ones first."""
    types = {one["file"]: one["enterprise"]["types"] for one in told["files"] if one["read"]}
    numbers = {key: number for number, key in enumerate(keys)}
    kinds = library.vocabulary.types
    found = []
    for one in told["hazards"]:
        group = next((kinds[name].group for name in types.get(one["path"], ()) if name in kinds), "")
        found.append(
            Line(
                numbers[one["firm"]],
                whose[one["firm"]],
                group or NO_NAME,
                one["state"],
                one["level"] or NO_NAME,
                one["key"],
                titles.get(one["item"], one["item"]),
                one["where"],
                one["what"],
                one["found"] or "",
                one["due"] or one["due_told"],
                one["overdue"],
                (one["found"] or one["first_month"] or "")[:7] or NO_NAME,
                "；".join(one["notes"]),
                plain(one["path"]),
                one["sheet"],
                one["cell"],
            )
        )
    return sorted(found, key=_urgency)


def _urgency(line: Line) -> tuple[object, ...]:
    return line.state == SHUT, line.level != MAJOR, -line.overdue, line.found or "9", line.firm


# ---------------------------------------------------------------- filters


@dataclass(frozen=True)
class Filter:
    """Which hazards are asked for; empty texts for all. Enterprises by number, so that no name stands in an address."""

    state: str = ""
    level: str = ""
    industry: str = ""
    firm: str = ""
    overdue: str = ""

    def fits(self, line: Line) -> bool:
        """Whether a hazard is meant."""
        return (
            self.state in ("", line.state)
            and self.level in ("", line.level)
            and self.industry in ("", line.industry)
            and self.firm in ("", str(line.firm))
            and (not self.overdue or line.overdue > 0)
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """As a query of an address."""
        names = ("state", "level", "industry", "firm", "overdue")
        return [(name, getattr(self, name)) for name in names if getattr(self, name)]


def filter_in(query: QueryParams) -> Filter:
    """The filter of an address."""
    names = ("state", "level", "industry", "firm", "overdue")
    return Filter(**{name: query.get(name, "")[:100] for name in names})


# ---------------------------------------------------------------- figures

ABOUT: dict[str, tuple[str, Callable[[Line], str]]] = {
    "state": ("按状态", lambda line: line.state),
    "level": ("按级别", lambda line: line.level),
    "month": ("按发现的月份", lambda line: line.month),
    "firm": ("按企业", lambda line: line.name),
    "industry": ("按行业", lambda line: line.industry),
}
"""What a chart is about, by the name in its address."""


def counted(lines: Sequence[Line], about: str) -> list[tuple[str, int]]:
    """How many hazards there are of each: months in their order, the rest the most first."""
    name = ABOUT[about][1]
    if about == "firm":  # two of one name are two
        of_firm = Counter((line.firm, line.name) for line in lines)
        return [(name, count) for (_, name), count in of_firm.most_common(MOST_BARS)]
    found = Counter(map(name, lines))
    return sorted(found.items()) if about == "month" else found.most_common(MOST_BARS)
