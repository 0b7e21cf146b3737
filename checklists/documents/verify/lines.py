"""Compare the lines of a Word document, found and made again, one behind the other.

Lines keep their order on paper. Where one does not fit, the next that does is looked for on either side, so that an
added row is told as one added row and not as everything behind it changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from checklists.documents.reading import Line, Part
from checklists.documents.verify.text import agrees, is_open, is_wording, shortened
from checklists.problems import Position, Problem, problem
from checklists.text import squeeze

AHEAD = 60
"""Lines that are looked at on either side for the next that fits."""
Pair = tuple[Line | None, Line | None]
"""The line made again, and the one found in its place."""


def compare_lines(made: Part, found: Part, position: Position) -> Iterator[Problem]:
    """What differs between a part as it should be and as it is."""
    expected, told = _without_blank(_with_closed_cells(made.lines)), _without_blank(found.lines)
    before: Line | None = None
    for one, other in _aligned(expected, told):
        if one is not None and other is not None:
            if not lines_agree(one, other):
                yield from _changes(made.name, one, other, position)
        elif one is not None:
            yield problem("verify-line-missing", position, where=f"{made.name}{one.at}", text=_words(one))
        elif other is not None and not _may_be_added(other, before, _behind(expected, before)):
            yield problem("verify-line-added", position, where=f"{found.name}{other.at}", text=_words(other))
        before = one or before


def lines_agree(made: Line, found: Line) -> bool:
    """Whether a line says what it should: as many cells, each as made or filled in."""
    return len(made.texts) == len(found.texts) and all(
        agrees(text, found.texts[place]) and not (place in made.closed and found.texts[place].strip())
        for place, text in made.texts.items()
    )


def _with_closed_cells(lines: Sequence[Line]) -> list[Line]:
    """The lines; a cell that is empty only because the last row of a table was not full is no room to write in.

    It stands in a table with column heads, in a row with wording, under cells most of which are printed full.
    """
    told: list[Line] = []
    for _, table in groupby(
        lines, key=lambda line: line.at.partition("个表格")[0] if "个表格" in line.at else ""
    ):
        rows = list(table)
        full = [line for line in rows if _tells(line) and not line.head]
        for line in rows:
            like = [one for one in full if rows[0].head and len(one.texts) == len(line.texts)]
            closed = {
                place
                for place, text in line.texts.items()
                if line in full
                and is_open(text)
                and 2 * sum(not is_open(one.texts[place]) for one in like) > len(like)
            }
            told.append(replace(line, closed=frozenset(closed)) if closed else line)
    return told


def _without_blank(lines: Sequence[Line]) -> list[Line]:
    """The lines without empty paragraphs between tables and texts: people and programs put some there."""
    return [
        line for line in lines if len(line.texts) > 1 or any(text.strip() for text in line.texts.values())
    ]


def _aligned(made: Sequence[Line], found: Sequence[Line]) -> Iterator[Pair]:
    first = second = 0
    while first < len(made) and second < len(found):
        if lines_agree(made[first], found[second]):
            yield made[first], found[second]
            first, second = first + 1, second + 1
            continue
        added = _ahead(made[first], found[second : second + AHEAD])
        missing = _behind_by(made[first : first + AHEAD], found[second])
        if added and (not missing or added <= missing):
            yield from ((None, line) for line in found[second : second + added])
            second += added
        elif missing:
            yield from ((line, None) for line in made[first : first + missing])
            first += missing
        else:
            yield made[first], found[second]
            first, second = first + 1, second + 1
    yield from ((line, None) for line in made[first:])
    yield from ((None, line) for line in found[second:])


def _ahead(line: Line, found: Sequence[Line]) -> int:
    """How many lines ahead the line stands in the file; 0 for nowhere. One of mere room fits anywhere and tells nothing."""
    if not _tells(line):
        return 0
    return next((ahead for ahead in range(1, len(found)) if lines_agree(line, found[ahead])), 0)


def _behind_by(made: Sequence[Line], line: Line) -> int:
    """How many lines that should stand before this one of the file are missing; 0 for none."""
    return next(
        (ahead for ahead in range(1, len(made)) if _tells(made[ahead]) and lines_agree(made[ahead], line)), 0
    )


def _tells(line: Line) -> bool:
    return any(is_wording(text) for text in line.texts.values())


def _is_room(line: Line | None) -> bool:
    """Whether a row of a table is left to whoever writes: no wording in it, and several empty places."""
    return line is not None and not _tells(line) and sum(is_open(text) for text in line.texts.values()) > 1


def _behind(lines: Sequence[Line], line: Line | None) -> Line | None:
    at = next((number for number, one in enumerate(lines) if one is line), -1) + 1
    return lines[at] if at < len(lines) else None


def _may_be_added(added: Line, before: Line | None, behind: Line | None) -> bool:
    """Whether a row has been put among rows that are left to people, as long as the others of the table."""
    return any(
        _is_room(line) and line is not None and len(line.texts) == len(added.texts)
        for line in (before, behind)
    )


def _changes(part: str, made: Line, found: Line, position: Position) -> Iterator[Problem]:
    if len(made.texts) != len(found.texts):
        yield problem(
            "verify-text",
            position,
            where=f"{part}{made.at}",
            told=shortened(_words(found)),
            ruled=shortened(_words(made)),
        )
        return
    for number, text in made.texts.items():
        other = found.texts[number]
        if not agrees(text, other) or (number in made.closed and other.strip()):
            where = f"{part}{made.at}" + (f"第{number}格" if len(made.texts) > 1 else "")
            told, ruled = apart(text, other)
            yield problem("verify-text", position, where=where, told=told, ruled=ruled)


def apart(made: str, found: str) -> tuple[str, str]:
    """Both texts from a little before where they part."""
    one, other = squeeze(made), squeeze(found)
    same = next(
        (at for at, (char, second) in enumerate(zip(one, other, strict=False)) if char != second),
        min(len(one), len(other)),
    )
    begin = max(same - 8, 0)
    return shortened(other[begin:], begin > 0), shortened(one[begin:], begin > 0)


def _words(line: Line) -> str:
    return "｜".join(text for text in map(squeeze, line.texts.values()) if text)
