"""Lists filled in on paper, typed in: the files that ``collect`` reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from checklists.problems import Position, Problem, Refused, errors, problem
from checklists.returns.codes import Typed, checked_codes, in_words, read_codes
from checklists.returns.entry_form import form, lacking
from checklists.returns.sent import Sent, lists_in, read_sent, with_serials


@dataclass
class Entered:
    """Files by name, what they hold in words, and everything wrong."""

    files: dict[str, bytes] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def blank_forms(paths: Sequence[Path]) -> Entered:
    """A form for every list. Raises Refused for a path that is not there, and where there is no list."""
    entered = Entered()
    lists = lists_in(paths)
    if not lists:
        raise Refused([problem("enter-nothing", Position(str(paths[0])))])
    for path in lists:
        try:
            _add(entered, read_sent(path), None)
        except Refused as refused:
            if len(lists) == 1:
                raise
            entered.problems += [one for one in refused.problems if one.code != "enter-no-list"]
    return entered


def entered_lists(paths: Sequence[Path], text: str, file: str) -> Entered:
    """What was typed, each list by itself: one with a slip in it is not made. Raises Refused as :func:`blank_forms`."""
    typed, problems = read_codes(text, file)
    entered = Entered(problems=list(problems))
    wrong = {one.position.line for one in errors(problems)}
    lists = _lists(paths, typed, file, entered.problems)
    ends = [*(one.line for one in typed[1:]), len(text.splitlines()) + 1]
    for one, end in zip(typed, ends, strict=True):
        path = lists.get(one.serial)
        if path is None:
            continue
        try:
            sent = read_sent(path)
        except Refused as refused:
            entered.problems += refused.problems
            continue
        found = checked_codes(one, {row.number: row for row in sent.rows}, file)
        entered.problems += found
        if not found and not any(line is not None and one.line <= line < end for line in wrong):
            entered.problems += _remarks(one, file)
            _add(entered, sent, one)
    return entered


def _lists(
    paths: Sequence[Path], typed: Sequence[Typed], file: str, problems: list[Problem]
) -> dict[str, Path]:
    serials = [one.serial for one in typed if one.serial]
    found = with_serials(paths, serials)
    for one in typed:
        if one.serial and one.serial not in found:
            problems.append(problem("enter-serial", Position(file, one.line), serial=one.serial))
        elif not one.serial:
            lists = lists_in(paths)
            if len(lists) == 1:
                found[""] = lists[0]
            else:
                problems.append(problem("enter-which", Position(file, one.line)))
    return found


def _remarks(typed: Typed, file: str) -> Iterator[Problem]:
    position = Position(file, typed.line)
    if numbers := lacking(typed):
        yield problem("enter-no-fact", position, numbers="、".join(numbers))
    if typed.day is None:
        yield problem("enter-no-day", position)


def _add(entered: Entered, sent: Sent, typed: Typed | None) -> None:
    """One file more; a second of one serial gets a number."""
    stem = f"{sent.path.stem}_录入"
    name, number = f"{stem}.xlsx", 1
    while name in entered.files:
        number += 1
        name = f"{stem}（{number}）.xlsx"
    entered.files[name] = form(sent, typed)
    if typed is not None:
        told = {code.number for code in typed.codes}
        rest = len(sent.rows) - len(told)
        entered.lines.append(f"{sent.serial}：{in_words(typed.codes) or '没有结果'}，没有录的 {rest} 项")
