"""From the text of a notice to its clauses.

A clause is what one printed number, run-in heading or sector label opens, up to the next one. Its path is made of
the printed marks: ``三/（十一）/6``, ``二/9/燃气``. The opening is ``前言``, a closing ``结尾``, an unlabelled tail
that names the remaining sectors ``其他``. A heading without text of its own is no clause, unless it says what somebody must do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from checklists.files.text import read_text
from checklists.models import Clause, Notice
from checklists.notices.departments import department_names, split_bracket
from checklists.notices.furniture import binds
from checklists.notices.lines import read_layout, unwrap
from checklists.notices.marks import AGAIN, ARTICLE, CHAPTER, Stretch, run_in_heading, sector_label, value
from checklists.notices.parts import BREAK, CELLS, Line, is_row
from checklists.notices.rows import DITTO
from checklists.notices.tree import Group, groups_of, stretches_of
from checklists.problems import Position, Problem, problem
from checklists.text import squeeze

MOST_BYTES = 8_000_000
"""Of the file of a notice; all eighteen of the province are 280 kB."""

OPENING, CLOSING, REST, OWN = "前言", "结尾", "其他", "本节"

_REST = re.compile(r"[^，。；：]{2,80}(?:行业|行业领域|行业和领域)(?:，?)(?:都要|也要)")
_CLOSING = re.compile(r"各[^。]{0,40}(?:本通知|本意见|本方案|实际)|特此通知|(?:本通知|本意见|本方案)自")
_SENTENCE = re.compile(r"[^。；;]*[。；;]+[”’）)]*|[^。；;]+$")
_LONGEST_HEADING = 30


@dataclass(frozen=True)
class Remainder:
    """What a notice prints outside its clauses: furniture, marks, headings and brackets of departments."""

    kind: str
    text: str
    line: int
    why: str = ""
    """For furniture: a key of :data:`checklists.notices.furniture.WHY`."""


@dataclass(frozen=True)
class Reading:
    """A whole notice accounted for: every character is in a clause or in the remainder."""

    clauses: tuple[Clause, ...]
    remainder: tuple[Remainder, ...]


@dataclass
class _Opening:
    """A clause in the making: its place, its heading, and the stretches that belong to it."""

    path: tuple[str, ...]
    title: Stretch | None = None
    heading: str = ""
    texts: list[Stretch] = field(default_factory=list)


def parse(notice: Notice, text: str) -> tuple[list[Clause], list[Problem]]:
    """The clauses of ``notice`` in ``text``, the whole text of its file, in the order of the print."""
    reading, problems = read_notice(notice, text)
    return list(reading.clauses), problems


def read_clauses(folder: Path, notices: Iterable[Notice]) -> tuple[dict[str, list[Clause]], list[Problem]]:
    """The clauses of every notice by its id; each file of ``folder`` is read once."""
    texts: dict[str, str] = {}
    clauses: dict[str, list[Clause]] = {}
    problems: list[Problem] = []
    for notice in notices:
        if notice.file not in texts:
            texts[notice.file], failed = seed_text(folder / notice.file)
            problems += failed
        clauses[notice.id], wrong = parse(notice, texts[notice.file]) if texts[notice.file] else ([], [])
        problems += wrong
    return clauses, problems


def seed_text(path: Path) -> tuple[str, list[Problem]]:
    """The text of a seed, each line ended by one character; '' with the problem when it cannot be read."""
    return read_text(path, MOST_BYTES)


def quote_stands(clause: Clause, quote: str) -> bool:
    """True when ``quote`` stands word for word in the clause, white space aside."""
    return bool(squeeze(quote)) and squeeze(quote) in squeeze(clause.text)


def sentences(clause: Clause) -> list[str]:
    """The clause's text cut after every 。 and ； (also printed ;), each with its mark; joined they are the text."""
    return _SENTENCE.findall(clause.text)


def is_tail(text: str) -> bool:
    """True for a paragraph that speaks of all the other sectors, or ends the notice."""
    return bool(_REST.match(text) or _CLOSING.match(text))


def is_heading_sentence(clause: Clause, sentence: str) -> bool:
    """True when the sentence is only the run-in heading, as 「煤矿。」 or 「强化部门监管责任。」."""
    return bool(clause.heading) and squeeze(sentence).rstrip("。") == squeeze(clause.heading)


def read_notice(notice: Notice, text: str) -> tuple[Reading, list[Problem]]:
    """Clauses and remainder of ``notice``: together they hold every character of its corrected lines."""
    layout, problems = read_layout(notice, text)
    stretches, aside = stretches_of(notice, layout.body)
    groups = groups_of(stretches)
    openings = _openings(notice, groups)
    parents = {one.path[:depth] for one in openings for depth in range(len(one.path))}
    bare = [_is_bare(one, under=one.path in parents) for one in openings]
    clauses = [_clause(notice, one) for one, nothing in zip(openings, bare, strict=True) if not nothing]
    furniture = sorted((*layout.furniture, *aside), key=lambda line: line.number)
    remainder = [Remainder("furniture", line.text, line.number, line.aside) for line in furniture]
    remainder += [Remainder("cells", text, line) for line, text in _partings(layout.body, stretches)]
    for one, nothing in zip(openings, bare, strict=True):
        remainder += [rest for rest in _remainder(one, nothing) if rest.text]
    problems += _doubts(notice, groups, clauses)
    return Reading(tuple(clauses), tuple(sorted(remainder, key=lambda rest: rest.line))), problems


# ---------------------------------------------------------------- openings


def _openings(notice: Notice, groups: Sequence[Group]) -> list[_Opening]:
    openings: list[_Opening] = []
    last = {
        id(group)
        for group, after in zip(groups, [*groups[1:], None], strict=True)
        if _ends_part(group, after)
    }
    for group in groups:
        names = _sector_names(group, notice.sectors.get("/".join(group.path), []))
        if id(group) in last and group.followers and _CLOSING.match(group.followers[-1].text):
            names[-1] = CLOSING
        openings += _group_openings(group, names)
    return _told_once(openings)


def _told_once(openings: list[_Opening]) -> list[_Opening]:
    """A label or heading that is printed twice in one place: the second is 煤矿·2, so that every path is one clause's."""
    seen: Counter[tuple[str, ...]] = Counter()
    for one in openings:
        if not one.texts and one.title is None:
            continue
        seen[one.path] += 1
        if seen[one.path] > 1:
            one.path = (*one.path[:-1], f"{one.path[-1]}{AGAIN}{seen[one.path]}")
    return openings


def _ends_part(group: Group, after: Group | None) -> bool:
    return after is None or after.part != group.part


def _group_openings(group: Group, names: Sequence[str]) -> list[_Opening]:
    """The numbered clause itself, then one for each follower that has a name; the others belong to the one above."""
    openings = [_head_opening(group)]
    for one, name in zip(group.followers, names, strict=True):
        if name == OWN:
            openings[-1].texts.append(one)
        else:
            path = _path_of(name, group, alone=len(openings) == 1)
            openings.append(_Opening(path, heading="" if name in (REST, CLOSING) else name, texts=[one]))
    return openings


def _head_opening(group: Group) -> _Opening:
    if group.head is None:
        return _Opening(group.path or (OPENING,), texts=[])
    if group.head.is_title and binds(group.head.text):  # a duty that wants its full stop
        return _Opening(group.path, texts=[group.head])
    if group.head.is_title:
        return _Opening(group.path, title=group.head, heading=group.head.text)
    return _Opening(group.path, heading=_heading(group.head.text), texts=[group.head])


def _path_of(name: str, group: Group, alone: bool) -> tuple[str, ...]:
    path = group.path
    if name == CLOSING:
        return (group.part, CLOSING) if group.part else (CLOSING,)
    if name == REST and alone:
        # the sectors before it are numbered: it stands beside them, not under the last
        return (*path[:-1], REST)
    return (*path, name)


def _heading(text: str) -> str:
    """The run-in heading: a first sentence short enough to be one."""
    first, stop, _ = text.partition("。")
    return first if stop and len(first) <= _LONGEST_HEADING else ""


# ---------------------------------------------------------------- sectors


def _sector_names(group: Group, hints: Sequence[str]) -> list[str]:
    """The name each follower opens a clause with, OWN for those that open none."""
    if group.head is None:
        return [OWN] * len(group.followers)
    labels = [sector_label(one.text) for one in group.followers]
    if not any(labels):
        labels = _run_in_headings(group.followers)
    if hints:
        return _hinted(labels, hints)
    under = any(labels) or len(group.path) > 1
    return [label or _rest(one.text, under) for one, label in zip(group.followers, labels, strict=True)]


def _run_in_headings(followers: Sequence[Stretch]) -> list[str]:
    """「煤矿」 of 「煤矿。…」, if all paragraphs begin so, a tail (其他) aside: one short sentence alone is no heading."""
    found = [run_in_heading(one.text) for one in followers]
    labelled = [name or _REST.match(one.text) for one, name in zip(followers, found, strict=True)]
    consistent = all(labelled) and sum(map(bool, found)) > 1
    return found if consistent else [""] * len(found)


def _rest(text: str, allowed: bool) -> str:
    return REST if allowed and _REST.match(text) else OWN


def _hinted(labels: Sequence[str], hints: Sequence[str]) -> list[str]:
    names = iter(hints)
    return [label or next(names, OWN) for label in labels]


# ---------------------------------------------------------------- doubts


def _doubts(notice: Notice, groups: Sequence[Group], clauses: Sequence[Clause]) -> list[Problem]:
    """What looks as if the text were damaged or its entry in the catalogue wrong."""
    if not clauses:
        return [problem("notice-empty", Position(notice.file, notice.lines[0]), notice=notice.id)]
    return [*_gaps(notice, groups), *_twice(notice, clauses), *_miscounted(notice, groups)]


def _gaps(notice: Notice, groups: Sequence[Group]) -> Iterator[Problem]:
    """Printed numbers run on over the notice or begin anew at 1."""
    before: dict[tuple[str, int], Stretch] = {}
    for head in (group.head for group in groups if group.head):
        if not head.mark or CHAPTER <= head.level < ARTICLE:
            continue
        above = before.get((head.part, head.level))
        if head.table and above and head.table != above.table:
            above = None
        if value(head.name) not in (0, 1, value(above.name) + 1 if above else 1):
            position = Position(notice.file, head.first)
            mark = above.mark if above else "（文首）"
            yield problem("number-gap", position, notice=notice.id, mark=head.mark, before=mark)
        before[head.part, head.level] = head


def _twice(notice: Notice, clauses: Sequence[Clause]) -> Iterator[Problem]:
    """Numbers that are printed twice under one heading, told once each where the second stands."""
    told: set[str] = set()
    for one in clauses:
        parts = one.path.split("/")
        for depth, name in enumerate(parts, start=1):
            path = "/".join(parts[:depth])
            if AGAIN in name and path not in told:
                told.add(path)
                position = Position(notice.file, one.lines[0])
                first = path.rpartition(AGAIN)[0]
                yield problem("clause-twice", position, notice=notice.id, path=first, second=path)


def _miscounted(notice: Notice, groups: Sequence[Group]) -> Iterator[Problem]:
    """Sections whose hints do not fit: too many or too few names, or no such section."""
    followers = {"/".join(group.path): group.followers for group in groups}
    for section, names in notice.sectors.items():
        found = sum(not sector_label(one.text) for one in followers.get(section, ()))
        if found != len(names):
            position = Position(notice.file, notice.lines[0])
            details = {"section": section, "named": len(names), "found": found}
            yield problem("sectors-count", position, notice=notice.id, **details)


# ---------------------------------------------------------------- making clauses


def _is_bare(opening: _Opening, *, under: bool) -> bool:
    """A heading with clauses ``under`` it and no text of its own."""
    own = "".join(one.text for one in opening.texts)
    title = opening.title
    nothing = not own and (title is None or not title.text or CHAPTER <= title.level < ARTICLE)
    return nothing or (under and own.removesuffix("。") in ("", opening.heading) and not binds(own))


def _clause(notice: Notice, opening: _Opening) -> Clause:
    printed = _printed(opening)
    text, bracket = split_bracket(_own_text(opening))
    responsible = [bracket, *dict.fromkeys(one.also or one.departments for one in printed)]
    return Clause(
        notice=notice.id,
        path="/".join(opening.path),
        heading=opening.heading,
        text=text,
        departments=tuple(name for names in responsible for name in department_names(names)),
        deadline=next((one.deadline for one in printed if one.deadline), ""),
        lines=(printed[0].first, printed[-1].last),
    )


def _own_text(opening: _Opening) -> str:
    texts = [one.text for one in opening.texts]
    return unwrap(texts) if texts or opening.title is None else opening.title.text


def _remainder(opening: _Opening, bare: bool) -> Iterator[Remainder]:
    """What of an opening does not stand in its clause."""
    for one in opening.texts:
        yield Remainder("mark", one.mark, one.first)
        yield Remainder("departments", one.departments, one.last)
        if bare:
            yield Remainder("heading", one.text, one.first)
    if opening.title:
        yield Remainder("mark", opening.title.mark, opening.title.first)
        yield Remainder("departments", opening.title.departments, opening.title.last)
        if bare or opening.texts:
            yield Remainder("heading", opening.title.text, opening.title.first)
    if not bare:
        last = max(one.last for one in _printed(opening))
        yield Remainder("departments", split_bracket(_own_text(opening))[1], last)


def _partings(lines: Sequence[Line], stretches: Sequence[Stretch]) -> Iterator[tuple[int, str]]:
    """What parts the cells of rows, but where a clause is a whole row."""
    kept: Counter[int] = Counter()
    for one in stretches:
        kept[one.first] += one.text.count(CELLS) + one.mark.count(CELLS)
    for line in lines:
        if is_row(line.text):
            cells = line.text[1:-1].split(CELLS)
            parting = CELLS * (line.text.count(CELLS) - kept[line.number]) + BREAK * line.text.count(BREAK)
            yield line.number, parting + DITTO * sum(cell.strip() == DITTO for cell in cells)


def _printed(opening: _Opening) -> list[Stretch]:
    return [one for one in (opening.title, *opening.texts) if one and one.text]
