"""Hazards of one enterprise over its months: each once, with what became of it.

A hazard is a row of a ledger, month after month under its key; or an answer 不符合 (疑似 of a situation) for which no
ledger has a row. A later 符合 makes it 待验收; only an acceptance closes it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from checklists.documents.excel.answers import CHECKED, CLOSED, DONE, FOUND, STATE, WHAT, WHERE
from checklists.documents.excel.sheets import FIT, UNFIT
from checklists.returns.checks import criterion_of
from checklists.returns.entries import DUE
from checklists.returns.merged import Returned, Source
from checklists.returns.returned import Answer, Entry, Told
from checklists.returns.words import BY_OFFICE, SUSPECTED, last_day, result_of
from checklists.text import squeeze

OPEN, WAITING, SHUT = "整改中", "待验收", CLOSED
MAJOR, SUSPECT = "重大", "疑似重大"
RECTIFIED = "已整改"
RECHECKED, LEVEL, CRITERION = "复查结果", "级别", "判定条款"

TEXTS = {
    "level": LEVEL,
    "where": WHERE,
    "what": WHAT,
    "kind": "隐患类别",
    "finder": "排查人",
    "measure": "措施",
    "department": "责任部门",
    "person": "责任人",
    "money": "资金",
    "plan": "预案／临时防范",
    "recheck": RECHECKED,
    "checker": "验收人",
    "photo": "照片编号",
}
"""Fields that are told as they were written, and the heads of their columns."""
REPORTS = {"to_office": "报部门日期", "to_congress": "报职代会日期", "posted": "公示日期"}


@dataclass(frozen=True, slots=True)
class Hazard:
    """One hazard as the ledger over all returns shows it; every text may be empty."""

    firm: str
    """Key of the enterprise."""
    key: str
    registered: bool
    """Whether the enterprise's ledger has it; else it is known from an answer alone."""
    source: str
    item: str
    level: str
    criterion: str
    where: str
    what: str
    kind: str
    finder: str
    found: datetime.date | None
    measure: str
    department: str
    person: str
    money: str
    due: datetime.date | None
    due_told: str
    plan: str
    to_office: Told
    to_congress: Told
    posted: Told
    done: datetime.date | None
    recheck: str
    checker: str
    checked: datetime.date | None
    photo: str
    state: str
    overdue: int
    """Days beyond its due day on the day of the ledger; 0 where it is none or rectified."""
    days: int | None
    """Days open, to its acceptance or the day of the ledger; None where nobody tells since when."""
    recurring: bool
    first_month: str
    last_month: str
    notes: tuple[str, ...]
    path: str
    sheet: str
    cell: str

    @property
    def is_open(self) -> bool:
        """Not closed by an acceptance."""
        return self.state != SHUT

    @property
    def reported_twice(self) -> bool:
        """双报告: to the authority and to the staff congress."""
        return all(isinstance(day, datetime.date) for day in (self.to_office, self.to_congress))


class Row(NamedTuple):
    """One row of a ledger in one file."""

    source: Source
    entry: Entry


@dataclass(eq=False)
class Track:
    """The rows that one hazard has had, in order of months."""

    rows: list[Row] = field(default_factory=list)

    @property
    def last(self) -> Row:
        """The latest; of several files of the latest month the one that claims least."""
        month = self.rows[-1].source.returned.month
        latest = [row for row in self.rows if row.source.returned.month == month]
        return min(latest, key=lambda row: (is_shut(row.entry.told), DONE in row.entry.told))

    def has(self, source: Source) -> bool:
        """Whether one of its rows is of this file."""
        return any(row.source is source for row in self.rows)

    @property
    def item(self) -> str:
        """Id of the item it comes from."""
        return next((row.entry.item for row in reversed(self.rows) if row.entry.item), "")


def day_told(told: Mapping[str, Told], head: str) -> datetime.date | None:
    """A day that was written and understood."""
    day = told.get(head)
    return day if isinstance(day, datetime.date) else None


def text_told(told: Mapping[str, Told], head: str) -> str:
    """What was written, as text."""
    return str(told.get(head, ""))


def is_shut(told: Mapping[str, Told]) -> bool:
    """Whether an acceptance closes it: a day of acceptance or the state says so, and the recheck does not deny it."""
    if result_of(text_told(told, RECHECKED)) == UNFIT:
        return False
    return told.get(STATE) == CLOSED or day_told(told, CHECKED) is not None


# ---------------------------------------------------------------- the rows that are one hazard


def tracks_of(returned: Returned) -> list[Track]:
    """Hazards of the ledgers: rows of one key that tell of one thing, or of one thing under another key."""
    tracks: list[Track] = []
    by_key: dict[str, list[Track]] = {}
    by_thing: dict[tuple[str, str, str], Track] = {}
    for source in returned.sources:
        for entry in source.returned.entries:
            thing = _thing(entry)
            keyed = (one for one in by_key.get(entry.key, ()) if _goes_on(one, source, entry))
            track = next(keyed, None)
            if track is None and thing[2] and (other := by_thing.get(thing)) and not other.has(source):
                track = other
            if track is None:
                track = Track()
                tracks.append(track)
            track.rows.append(Row(source, entry))
            if track not in by_key.setdefault(entry.key, []):
                by_key[entry.key].append(track)
            by_thing.setdefault(thing, track)
    return tracks


def _thing(entry: Entry) -> tuple[str, str, str]:
    found = str(entry.told.get(FOUND, ""))
    return found, squeeze(text_told(entry.told, WHERE)), squeeze(text_told(entry.told, WHAT))


def _goes_on(track: Track, source: Source, entry: Entry) -> bool:
    """Whether a row of a key tells of the hazard that had it before: found on one day, or told in the same words.

    Never two rows of one book; of two files of one month only what is told in the same words.
    """
    last = track.rows[-1]
    mine, theirs = _thing(last.entry), _thing(entry)
    if track.has(source):
        return False
    if mine[2] == theirs[2]:
        return bool(mine[2]) or mine[0] == theirs[0]
    return mine[0] == theirs[0] and bool(mine[0]) and last.source.returned.month != source.returned.month


# ---------------------------------------------------------------- answers without a row


class Finding(NamedTuple):
    """An answer with its file, and the day it is reckoned from."""

    source: Source
    answer: Answer
    day: datetime.date


Findings = Mapping[str, Sequence[Finding]]


def findings(returned: Returned, results: Iterable[str], *, early: bool) -> dict[str, list[Finding]]:
    """Answers of these results by what they answer, in order of days.

    Of an undated answer the month alone is known: ``early`` takes its first day for it, else its last.
    """
    wanted = frozenset(results)
    found: dict[str, list[Finding]] = {}
    for source in returned.sources:
        for answer in source.returned.answers:
            if answer.result in wanted:
                day = answer.day or _day_of_month(source.returned.month or source.returned.on[:7], early)
                name = answer.item or answer.content or f"{answer.sheet}！{answer.cell}"
                found.setdefault(name, []).append(Finding(source, answer, day))
    return {name: sorted(group, key=lambda one: one.day) for name, group in found.items()}


def _day_of_month(month: str, early: bool) -> datetime.date:
    if len(month) != 7:
        return datetime.date.min
    return datetime.date(int(month[:4]), int(month[5:]), 1) if early else last_day(month)


# ---------------------------------------------------------------- hazards


def hazards_of(returned: Returned, on: datetime.date) -> list[Hazard]:
    """Every hazard of an enterprise as of a day, registered ones first."""
    tracks = tracks_of(returned)
    fits = findings(returned, (FIT,), early=True)
    unfit = findings(returned, (UNFIT, SUSPECTED), early=False)
    last_month = max((one.returned.month for one in returned.sources if one.returned.entries), default="")
    registered = [_registered(returned, track, fits, unfit, last_month, on) for track in tracks]
    groups = [(name, _uncovered(name, group, registered)) for name, group in unfit.items()]
    loose = [_unregistered(returned, group, fits.get(name, ()), on) for name, group in groups if group]
    return _with_recurring([*registered, *loose])


def _registered(
    returned: Returned, track: Track, fits: Findings, unfit: Findings, last_month: str, on: datetime.date
) -> Hazard:
    row = track.last
    told, shut = row.entry.told, is_shut(row.entry.told)
    found, due, done, checked = (day_told(told, head) for head in (FOUND, DUE, DONE, CHECKED))
    first_month = track.rows[0].source.returned.month
    later = None
    if not shut and track.item:
        since = found or _day_of_month(first_month, early=False)
        later = _fit_later(fits.get(track.item, ()), unfit.get(track.item, ()), since)
    waiting = done is not None or told.get(STATE) == RECTIFIED or later is not None
    end = checked if shut else on
    texts: dict[str, Any] = {name: text_told(told, head) for name, head in TEXTS.items()}
    texts |= {name: told.get(head, "") for name, head in REPORTS.items()}
    return Hazard(
        firm=returned.key,
        key=row.entry.key,
        registered=True,
        source=text_told(told, "来源") or row.source.returned.source,
        item=track.item,
        criterion=criterion_of(told.get(CRITERION)),
        found=found,
        due=due,
        done=done,
        checked=checked,
        due_told=text_told(told, DUE) if due is None else "",
        state=SHUT if shut else WAITING if waiting else OPEN,
        overdue=0 if shut or done or due is None else max(0, (on - due).days),
        days=max(0, (end - found).days) if end and found else None,
        recurring=False,
        first_month=first_month,
        last_month=row.source.returned.month,
        notes=tuple(_notes(returned, row, later, last_month)),
        path=row.source.path,
        sheet=row.entry.sheet,
        cell=row.entry.cell,
        **texts,
    )


def _notes(returned: Returned, row: Row, later: Finding | None, last_month: str) -> Iterator[str]:
    """What whoever reads the ledger should know of a hazard."""
    told, month = row.entry.told, row.source.returned.month
    shut = is_shut(told)
    if later:
        yield _later_words(later)
    if not shut and month < last_month and row.source.returned.source != BY_OFFICE:
        yield f"{last_month} 的台账里没有了，没有验收记录"
    if any(one.about.startswith(f"{row.entry.key} ") for one in returned.disagreements):
        yield "两份文件不一致，按进度慢的算"
    if not shut and (told.get(STATE) == CLOSED or day_told(told, CHECKED)):
        yield "复查不合格，不算销号"


def _later_words(later: Finding) -> str:
    month, answer = later.source.returned.month, later.answer
    return f"{month} 查为符合（{answer.sheet} {answer.cell}），待验收"


def _fit_later(fits: Sequence[Finding], unfit: Sequence[Finding], since: datetime.date) -> Finding | None:
    """The first 符合 behind the day a hazard was found and behind the last 不符合."""
    last = max([since, *(one.day for one in unfit)])
    return next((one for one in fits if one.day > last), None)


def _uncovered(name: str, group: Sequence[Finding], registered: Sequence[Hazard]) -> list[Finding]:
    """The answers for which no ledger has a row that was still open then, or was written later."""
    covering = [one for one in registered if name in (one.item, one.criterion)]
    return [
        finding for finding in group if not any(one.is_open or _end(one) >= finding.day for one in covering)
    ]


def _end(hazard: Hazard) -> datetime.date:
    """Day on which a closed hazard was accepted; of one that does not tell it, the last of the month that says it is closed."""
    return hazard.checked or _day_of_month(hazard.last_month, early=False)


def _unregistered(
    returned: Returned, group: Sequence[Finding], fits: Sequence[Finding], on: datetime.date
) -> Hazard:
    """A hazard that answers alone tell of: found with the first of them."""
    first, last = group[0], group[-1]
    later = _fit_later(fits, group, first.day)
    judged = last.answer.result == SUSPECTED
    notes = ["台账里没有登记"]
    notes += [f"共 {len(group)} 次查为{last.answer.result}"] if len(group) > 1 else []
    notes += [_later_words(later)] if later else []
    texts: dict[str, Any] = dict.fromkeys((*TEXTS, *REPORTS), "") | {
        "level": SUSPECT if judged else "",
        "what": last.answer.fact or last.answer.content,
        "finder": first.answer.by,
    }
    return Hazard(
        firm=returned.key,
        key="",
        registered=False,
        source=first.source.returned.source,
        item=first.answer.item,
        criterion=first.answer.content if judged else "",
        found=first.answer.day,
        due=None,
        done=None,
        checked=None,
        due_told="",
        state=WAITING if later else OPEN,
        overdue=0,
        days=max(0, (on - first.day).days),
        recurring=False,
        first_month=first.source.returned.month,
        last_month=last.source.returned.month,
        notes=tuple(notes),
        path=last.source.path,
        sheet=last.answer.sheet,
        cell=last.answer.cell,
        **texts,
    )


def _with_recurring(hazards: Sequence[Hazard]) -> list[Hazard]:
    """Those marked whose item had a hazard before that was rectified or closed when they were found."""
    by_item: dict[str, list[Hazard]] = {}
    for one in hazards:
        by_item.setdefault(one.item, []).append(one)
    return [
        replace(one, recurring=bool(one.item) and any(_before(other, one) for other in by_item[one.item]))
        for one in hazards
    ]


def _before(earlier: Hazard, later: Hazard) -> bool:
    if earlier is later or later.found is None:
        return False
    end = earlier.checked or earlier.done
    return end is not None and end <= later.found and (earlier.found or datetime.date.min) < later.found
