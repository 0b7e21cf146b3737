"""Is every sentence of every clause accounted for: cited by an item, or set aside with a reason?"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checklists.models import Clause, Disposition
from checklists.notices.clauses import is_heading_sentence, sentences
from checklists.problems import Position, Problem, problem
from checklists.rules.checks.dispositions import notice_problems
from checklists.rules.folder import DISPOSITIONS
from checklists.rules.library import Library
from checklists.text import squeeze

Span = tuple[int, int]
BINDING = re.compile("必须|严禁|不得|应当|一律|禁止|配备|安装")


@dataclass(frozen=True)
class Part:
    """One sentence of a clause: cited by items, set aside, its heading, or nothing of these (a gap)."""

    text: str
    status: str
    items: tuple[str, ...] = ()
    reason: str = ""
    marked: str = ""
    """The sentence with the cited stretches between 【】, for a person to read what is left over."""

    @property
    def status_word(self) -> str:
        """已问、政府职责…; ★未交代 for a gap."""
        return _STATUS[self.status]

    def as_json(self) -> dict[str, Any]:
        """Text, status, items, reason."""
        return {"text": self.text, "status": self.status, "items": list(self.items), "reason": self.reason}


_STATUS = {
    "cited": "已问",
    "government-only": "政府职责",
    "narrative": "叙述",
    "not-observable": "看不见",
    "heading": "标题",
    "gap": "★未交代",
}


def clause_parts(
    clause: Clause, citations: Sequence[tuple[str, str]], dispositions: Sequence[Disposition]
) -> list[Part]:
    """Sentence by sentence: what cites it and what sets it aside. ``citations`` are (item id, quote)."""
    parts: list[Part] = []
    text = squeeze(clause.text)
    quoted = [(name, span) for name, quote in citations for span in _spans(text, quote)]
    aside = [(one, span) for one in dispositions if one.text for span in _spans(text, one.text)]
    whole = next((one for one in dispositions if not one.text), None)
    start = 0
    for sentence in sentences(clause):
        end = start + len(squeeze(sentence))
        parts.append(_part(clause, sentence, (start, end), text, quoted, aside, whole))
        start = end
    return parts


def _part(
    clause: Clause,
    sentence: str,
    span: Span,
    text: str,
    quoted: Sequence[tuple[str, Span]],
    aside: Sequence[tuple[Disposition, Span]],
    whole: Disposition | None,
) -> Part:
    items = tuple(dict.fromkeys(name for name, cited in quoted if _overlap(cited, span)))
    set_aside = [one for one, stretch in aside if _overlap(stretch, span)] or ([whole] if whole else [])
    reason = "；".join(dict.fromkeys(one.reason for one in set_aside))
    if items:
        marked = _marked(text, span, [cited for _, cited in quoted])
        return Part(sentence, "cited", items, reason, marked)
    if set_aside:
        return Part(sentence, set_aside[0].status, (), reason, sentence)
    return Part(sentence, "heading" if _only_a_heading(clause, sentence) else "gap", marked=sentence)


def _only_a_heading(clause: Clause, sentence: str) -> bool:
    """A run-in heading that binds nobody; a clause of one short duty looks like a heading and is none."""
    return is_heading_sentence(clause, sentence) and not BINDING.search(sentence)


def _marked(text: str, span: Span, cited: Sequence[Span]) -> str:
    inside = [any(start <= index < end for start, end in cited) for index in range(*span)]
    out = ""
    for offset, index in enumerate(range(*span)):
        before = inside[offset - 1] if offset else False
        out += (
            "【" if inside[offset] and not before else "】" if before and not inside[offset] else ""
        ) + text[index]
    return out + ("】" if inside and inside[-1] else "")


def _spans(text: str, quote: str) -> list[Span]:
    wanted = squeeze(quote)
    found = [match.start() for match in re.finditer(re.escape(wanted), text)]
    return [(start, start + len(wanted)) for start in found]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def coverage(library: Library) -> dict[str, list[tuple[Clause, list[Part]]]]:
    """All notices: every clause with its parts."""
    cited: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for item in library.items:
        for basis in item.basis:
            cited.setdefault((basis.notice, basis.clause), []).append((item.id, basis.quote))
    return {
        notice: [
            (
                clause,
                clause_parts(
                    clause, cited.get((notice, path), ()), _set_aside(library, notice).get(path, ())
                ),
            )
            for path, clause in clauses.items()
        ]
        for notice, clauses in library.clauses.items()
    }


def _set_aside(library: Library, notice: str) -> Mapping[str, list[Disposition]]:
    by_path: dict[str, list[Disposition]] = {}
    for disposition, _ in library.dispositions.get(notice, ()):
        by_path.setdefault(disposition.clause, []).append(disposition)
    return by_path


def coverage_problems(library: Library, drafted: Container[str] = ()) -> list[Problem]:
    """What is wrong with dispositions, and the gaps of the notices whose dispositions are in order.

    With notices, items or dispositions lost every sentence of theirs would be a gap: then none is told. Nor is one of a
    notice that is ``drafted``: its draft says what is missing.
    """
    wrong = {
        notice: notice_problems(library, notice, entries) for notice, entries in library.dispositions.items()
    }
    found = [one for problems in wrong.values() for one in problems]
    if library.lost or any(one.code == "dispositions-notice" for one in found):
        return found
    gaps = {
        name: [(clause, part) for clause, parts in read for part in parts if part.status == "gap"]
        for name, read in coverage(library).items()
        if not wrong.get(name) and name not in drafted
    }
    return [*found, *_gap_problems(library, {name: here for name, here in gaps.items() if here})]


def _gap_problems(library: Library, gaps: Mapping[str, Sequence[tuple[Clause, Part]]]) -> list[Problem]:
    """Sentences that nothing accounts for; a notice that has no dispositions yet is one task, as are all together."""
    known, folder = library.dispositions, library.folder / DISPOSITIONS
    if len(gaps) > 1 and not known:
        details = {"notices": len(gaps), "count": sum(map(len, gaps.values()))}
        return [problem("dispositions-gone", Position(str(folder)), **details)]
    problems: list[Problem] = []
    for name, here in gaps.items():
        position = Position(str(folder / f"{name}.yaml"))
        if name not in known and len(here) > 1:
            problems.append(problem("dispositions-none", position, notice=name, count=len(here)))
            continue
        problems += [
            problem("sentence-unaccounted", position, notice=name, path=clause.path, sentence=part.text)
            for clause, part in here
        ]
    return problems
