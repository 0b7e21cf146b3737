"""The notices' catalogue agrees with itself: where a notice holds, of which year it is, which lines are its own.

A notice whose place nobody is in asks nothing of anybody, and one with a wrong year is never or always the newest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from checklists.models import Notice
from checklists.nearest import nearest
from checklists.notices import CATALOGUE
from checklists.problems import Place, Problem, problem
from checklists.workshop import Workshop
from checklists.yamlfile import line_of, read_yaml

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_YEAR_IN_TITLE = re.compile(r"((?:19|20)[0-9]{2})年")
_SUFFIXES = "省市县区"

Finding = tuple[Notice, str, str, dict[str, object]]
"""Notice, field, code, details."""


def check(workshop: Workshop) -> list[Problem]:
    """Places that are none or several, years that disagree, notices that stand twice."""
    found = [
        *_place_findings(workshop),
        *(finding for notice in workshop.notices.values() for finding in _year_findings(notice)),
        *_pair_findings(list(workshop.notices.values())),
    ]
    if not found:
        return []
    places = _places(workshop)
    return [
        problem(code, places[notice.id, field], notice=notice.id, **told)
        for notice, field, code, told in found
    ]


def _places(workshop: Workshop) -> dict[tuple[str, str], Place]:
    """Place of every field of every notice; the catalogue is read again, as only a wrong one needs it."""
    path = workshop.seeds / CATALOGUE
    value, lines, _ = read_yaml(path)
    entries = value["notices"] if value else []
    return {
        (entry.get("id", ""), field): Place(str(path), line_of(lines, ("notices", index, field)))
        for index, entry in enumerate(entries)
        for field in Notice.model_fields
    }


def _place_findings(workshop: Workshop) -> Iterator[Finding]:
    known = [
        name
        for province, cities in workshop.vocabulary.places.items()
        for name in (province, *cities, *(county for counties in cities.values() for county in counties))
    ]
    for notice in workshop.notices.values():
        if notice.place not in known:
            hint = nearest(notice.place, known)
            yield notice, "place", "notice-place-unknown", {"place": notice.place, "hint": hint}
        elif known.count(notice.place) > 1:
            yield notice, "place", "notice-place-ambiguous", {"place": notice.place}
        elif notice.place.rstrip(_SUFFIXES) not in notice.issuer + notice.title:
            yield notice, "place", "notice-place-issuer", {"place": notice.place, "issuer": notice.issuer}


def _year_findings(notice: Notice) -> Iterator[Finding]:
    """The first place where another year stands than the notice's own."""
    by_id = {int(year) for year in _YEAR.findall(notice.id)}
    by_title = {int(year) for year in _YEAR_IN_TITLE.findall(notice.title)}
    by_number = {int(year) for year in _YEAR.findall(notice.number or "")}
    before = {notice.year - 1, notice.year}
    told = {"year": notice.year}
    if by_id and notice.year not in by_id:
        yield notice, "year", "notice-year", {**told, "what": "编号", "other": max(by_id)}
    elif notice.date and notice.date.year not in before:
        yield notice, "date", "notice-year", {**told, "what": "成文日期", "other": notice.date.year}
    elif by_number and not by_number & before:
        yield notice, "number", "notice-year", {**told, "what": "文号", "other": max(by_number)}
    elif by_title and notice.year not in by_title:
        yield notice, "title", "notice-year", {**told, "what": "标题", "other": max(by_title)}


def _pair_findings(notices: list[Notice]) -> Iterator[Finding]:
    for one, other in combinations(notices, 2):
        same_lines = one.file == other.file and not (
            one.lines[1] < other.lines[0] or other.lines[1] < one.lines[0]
        )
        if same_lines:
            yield other, "lines", "notice-lines-shared", {"other": one.id, "file": one.file}
        elif one.number and (one.number, one.issuer) == (other.number, other.issuer):
            yield other, "number", "notice-number-twice", {"other": one.id, "number": one.number}
