"""What the command line said, as the page says it: names of files as their visitor knows them, options as fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checklists.problems import LEVEL_NAMES, Level, Position, Problem, problem
from checklists.web.jobs import Run
from checklists.web.spoken import in_page_words

_TOLD = re.compile(
    rf"(?P<where>.*?): (?P<level>{'|'.join(LEVEL_NAMES.values())}) (?P<code>[a-z0-9-]+): (?P<message>.*)"
)
"""A problem as the command line prints it; its remedy follows on a line that is set in."""
_LEVELS: dict[str, Level] = {LEVEL_NAMES["error"]: "error", LEVEL_NAMES["warning"]: "warning"}


@dataclass(frozen=True)
class Said:
    """All problems of some runs, the first of them, and how many there are of each level."""

    shown: list[Problem]
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def more(self) -> int:
        """How many are not shown."""
        return sum(self.counts.values()) - len(self.shown)


def plain_name(text: str, folder: Path, names: Mapping[str, str]) -> str:
    """A text without the folders of a job: ``names`` says what is printed instead of a path that begins so."""
    text = text.replace(f"{folder}/", "").replace(f"{folder}\\", "").replace(str(folder), "")
    for path, name in names.items():
        text = text.replace(path, name).replace(path.replace("/", "\\"), name)
    return text


def problem_told(told: Mapping[str, Any], folder: Path, names: Mapping[str, str]) -> Problem:
    """A problem that a command wrote as JSON."""
    where = Position(plain_name(told["file"], folder, names), told["line"], told["sheet"], told["cell"])
    message = plain_name(told["message"], folder, names)
    remedy = in_page_words(plain_name(told["remedy"], folder, names))
    return Problem(where, told["code"], told["level"], in_page_words(message), remedy)


def complaints(run: Run, names: Mapping[str, str]) -> list[Problem]:
    """What a run printed on its error stream, and that it ended before its time."""
    found = [one for text in run.complaints.values() for one in _printed(text, run.folder, names)]
    return [*found, *_ending(run)]


def _printed(text: str, folder: Path, names: Mapping[str, str]) -> Iterable[Problem]:
    lines = text.splitlines()
    for number, line in enumerate(lines):
        found = _TOLD.fullmatch(line)
        if not found:
            continue
        after = lines[number + 1] if number + 1 < len(lines) else ""
        remedy = after.strip() if after.startswith("    ") else ""
        where = Position(plain_name(found["where"], folder, names))
        message, remedy = (
            in_page_words(plain_name(one, folder, names)) for one in (found["message"], remedy)
        )
        yield Problem(where, found["code"], _LEVELS[found["level"]], message, remedy)


def _ending(run: Run) -> Iterable[Problem]:
    if run.state == "late":
        yield problem("job-late", Position(run.title))
    if run.state == "broken" or any(code not in (0, 1, 2) for code in run.codes):
        yield problem("job-broken", Position(run.title))


def worst_first(problems: Iterable[Problem], most: int) -> Said:
    """The first ``most`` problems, errors before warnings, in their order."""
    every = sorted(problems, key=lambda found: found.level)
    counts = {level: sum(1 for found in every if found.level == level) for level in LEVEL_NAMES}
    return Said(every[:most], counts)
