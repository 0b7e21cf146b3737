"""Drafts beside the rules: read, and what of them is still to be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from checklists.models import SAYS_NAMES, Item
from checklists.nearest import nearest
from checklists.notices.clauses import quote_stands
from checklists.problems import Position, Problem, problem
from checklists.rules.drafts.model import Draft, DraftedDuty, NewItem
from checklists.rules.folder import DRAFTS, unread_files, yaml_files
from checklists.rules.library import Library
from checklists.yamlfile.entries import MOST_PROBLEMS, load_model
from checklists.yamlfile.reading import Lines, line_of

_FIELDS: Mapping[str, str] = {
    "id": "编号",
    "industry": "行业领域",
    "title": "标题",
    "content": "检查内容",
    "standard": "怎样算符合",
    "where": "部位",
    "how": "怎么查",
    "evidence": "资料或照片",
    "rectify": "整改要求",
    "category": "类别",
    "departments": "部门",
    "every": "多久查一次",
    "says": "怎样要求",
}


@dataclass(frozen=True)
class Written:
    """A draft as it stands in its file."""

    draft: Draft
    path: Path
    lines: Lines

    def position(self, *inside: str | int) -> Position:
        """Where a part of it stands."""
        return Position(str(self.path), line_of(self.lines, inside))


def drafts_of(folder: Path) -> tuple[list[Written], list[Problem]]:
    """The drafts of a folder of rules; a file that cannot be read is reported."""
    inside = folder / DRAFTS
    found: list[Written] = []
    problems = unread_files(inside, subfolder=True) if inside.is_dir() else []
    for path in yaml_files(inside):
        draft, lines, wrong = load_model(Draft, path)
        problems += wrong
        if draft:
            found.append(Written(draft, path, lines))
    return found, problems


def draft_problems(library: Library) -> tuple[list[Problem], set[str]]:
    """What keeps drafts from being rules, and of which notices there are drafts."""
    written, problems = drafts_of(library.folder)
    names = {path.stem for path in yaml_files(library.folder / DRAFTS)}
    for one in written:
        problems += unfinished(one, library) or [
            problem("draft-finished", one.position(), notice=one.draft.notice)
        ]
    return problems, names


def unfinished(one: Written, library: Library) -> list[Problem]:
    """What a person still has to write or mend in a draft; after the first twenty it is said how many more."""
    notice = one.draft.notice
    if notice not in library.notices:
        hint = nearest(notice, library.notices) or "全部通知见 checklists notices list。"
        return [problem("draft-notice", one.position("notice"), notice=notice, hint=hint)]
    items = {item.id: item for item in library.items}
    found = [
        told
        for number, duty in enumerate(one.draft.duties)
        for told in _duty_problems(one, number, duty, library, items)
    ]
    if len(found) <= MOST_PROBLEMS:
        return found
    more = problem("draft-more", one.position(), notice=notice, count=len(found) - MOST_PROBLEMS)
    return [*found[:MOST_PROBLEMS], more]


def _duty_problems(
    one: Written, number: int, duty: DraftedDuty, library: Library, items: Mapping[str, Item]
) -> Iterator[Problem]:
    at = ("duties", number)
    clause = library.clauses[one.draft.notice].get(duty.clause)
    if clause is None:
        hint = nearest(duty.clause, library.clauses[one.draft.notice])
        yield problem("draft-clause", one.position(*at, "clause"), clause=duty.clause, hint=hint)
        return
    if not (duty.again or duty.new or duty.aside):
        yield problem("draft-undecided", one.position(*at), sentence=duty.sentence)
    for index, again in enumerate(duty.again):
        if again.item not in items:
            hint = nearest(again.item, items)
            yield problem("draft-item", one.position(*at, "again", index), item=again.item, hint=hint)
        if again.says not in SAYS_NAMES:
            yield _wrong_says(one, again.says, *at, "again", index)
    for index, new in enumerate(duty.new):
        yield from _new_problems(one, new, *at, "new", index)
    for index, aside in enumerate(duty.aside):
        if not aside.reason:
            yield problem("draft-reason", one.position(*at, "aside", index), text=aside.text)
    stretches = [
        *(("again", index, again.quote) for index, again in enumerate(duty.again)),
        *(("new", index, new.quote) for index, new in enumerate(duty.new)),
        *(("aside", index, aside.text) for index, aside in enumerate(duty.aside)),
    ]
    for kind, index, quote in stretches:
        if not quote_stands(clause, quote):
            yield problem("draft-quote", one.position(*at, kind, index), quote=quote, clause=duty.clause)


def _new_problems(one: Written, new: NewItem, *at: str | int) -> Iterator[Problem]:
    blank = [f"{name}（{word}）" for name, word in _FIELDS.items() if not getattr(new, name)]
    if blank:
        yield problem("draft-blank", one.position(*at), quote=new.quote, fields="、".join(blank))
    elif new.says not in SAYS_NAMES:
        yield _wrong_says(one, new.says, *at)
    if new.change and (kept := [was for was in new.change.was if was in f"{new.content}{new.standard}"]):
        told = {"item": new.change.item, "was": "、".join(kept), "now": "、".join(new.change.now)}
        yield problem("draft-figure", one.position(*at), **told)


def _wrong_says(one: Written, says: str, *at: str | int) -> Problem:
    known = "、".join(f"{name}（{word}）" for name, word in SAYS_NAMES.items())
    return problem("draft-says", one.position(*at), says=says, known=known)
