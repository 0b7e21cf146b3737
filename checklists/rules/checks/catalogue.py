"""The notices' catalogue agrees with itself: who issued a notice and where it holds, which year is its own.

A notice for the wrong place is asked of the wrong enterprises, and one of the wrong year is always or never the newest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from checklists.models import Notice
from checklists.notices.catalogue import CATALOGUE
from checklists.problems import Position, Problem, problem
from checklists.rules.library import Library
from checklists.yamlfile.reading import line_of, read_yaml

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_YEAR_IN_TITLE = re.compile(r"((?:19|20)[0-9]{2})年")
_SUFFIXES = "省市县区"

Finding = tuple[Notice, str, str, dict[str, object]]
"""Notice, field, code, details."""


def check(library: Library) -> list[Problem]:
    """Places that are not the issuer's, years that disagree, numbers that stand twice."""
    notices: list[Notice] = [*library.notices.values()]
    findings = [
        *(finding for notice in notices for finding in _place_findings(notice, library.vocabulary.nation)),
        *(finding for notice in notices for finding in _year_findings(notice)),
        *_number_findings(notices),
    ]
    if not findings:
        return []
    positions = _positions(library)
    return [
        problem(code, positions[notice.id, field], notice=notice.id, **told)
        for notice, field, code, told in findings
    ]


def _positions(library: Library) -> dict[tuple[str, str], Position]:
    """Position of every field of every notice; the catalogue is read again, as only a wrong one needs it."""
    path = library.seeds / CATALOGUE
    value, lines, _ = read_yaml(path)
    return {
        (entry["id"], field): Position(str(path), line_of(lines, ("notices", index, field)))
        for index, entry in enumerate(value["notices"])
        if isinstance(entry, dict) and "id" in entry
        for field in Notice.model_fields
    }


def _place_findings(notice: Notice, nation: str) -> Iterator[Finding]:
    """Whoever writes names the place it writes for: 山西省人民政府, 山西省应急管理厅, 国家矿山安全监察局山西局."""
    if notice.place == nation:  # whoever writes for the whole country names no place
        return
    if notice.place.rstrip(_SUFFIXES) not in notice.issuer + notice.title and not _names_parts(notice):
        yield notice, "place", "notice-issuer", {"name": notice.place, "issuer": notice.issuer}


def _names_parts(notice: Notice) -> bool:
    """晋城市城区: the issuer may call the district alone."""
    return any(notice.place.endswith(notice.issuer[:size]) for size in range(2, 5))


def _year_findings(notice: Notice) -> Iterator[Finding]:
    """The first place where another year stands than the notice's own."""
    by_id = {int(year) for year in _YEAR.findall(notice.id)}
    by_title = {int(year) for year in _YEAR_IN_TITLE.findall(notice.title)}
    by_number = {int(year) for year in _YEAR.findall(notice.number or "")}
    details = {"year": notice.year}
    if by_id and notice.year not in by_id:
        yield notice, "year", "notice-years", {**details, "what": "编号", "other": max(by_id)}
    elif by_number and not by_number & {notice.year - 1, notice.year}:
        yield notice, "number", "notice-years", {**details, "what": "文号", "other": max(by_number)}
    elif by_title and notice.year not in by_title:
        yield notice, "title", "notice-years", {**details, "what": "标题", "other": max(by_title)}


def _number_findings(notices: list[Notice]) -> Iterator[Finding]:
    for one, other in combinations(notices, 2):
        if one.number and (one.number, one.issuer) == (other.number, other.issuer):
            yield other, "number", "notice-number-twice", {"other": one.id, "number": one.number}
