"""Which notices there are: ``seeds/notices.yaml``, read into :class:`checklists.models.Notice`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checklists.models import Notice
from checklists.problems import Place, Problem, problem
from checklists.yamlfile import Lines, line_of, read_yaml, validated

CATALOGUE = "notices.yaml"


def load_notices(folder: Path) -> tuple[list[Notice], list[Problem]]:
    """The notices of ``folder`` in the order of its catalogue, and what is wrong with the catalogue.

    A notice that is wrong is left out and reported; the others are returned.
    """
    path = folder / CATALOGUE
    value, lines, problems = read_yaml(path)
    if problems:
        return [], problems
    entries = value.get("notices") if isinstance(value, dict) else None
    if not isinstance(entries, list):
        return [], [problem("field-missing", Place(str(path), 1), field="notices")]
    return _notices(entries, lines, path)


def _notices(entries: list[Any], lines: Lines, path: Path) -> tuple[list[Notice], list[Problem]]:
    found: dict[str, Notice] = {}
    problems: list[Problem] = []
    for index, entry in enumerate(entries):
        notice, wrong = validated(Notice, entry, lines, path, ("notices", index))
        problems += wrong
        if notice and notice.id in found:
            place = Place(str(path), line_of(lines, ("notices", index, "id")))
            problems.append(problem("field-wrong", place, field="id", why=f"「{notice.id}」写了两次"))
        elif notice:
            found[notice.id] = notice
    return list(found.values()), problems
