"""Papers filled with the hazards that came back: per enterprise, as of the day of the ledger."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

from checklists.checklist.build import Order, checklist_for
from checklists.documents.catalogue import ALL, FROM_FINDINGS, Document
from checklists.documents.finding_views import FindingLine
from checklists.documents.make import finding_papers
from checklists.models import Enterprise
from checklists.nearest import nearest
from checklists.problems import Position, Problem, Refused, problem
from checklists.returns.collect import Collected
from checklists.returns.hazards import MAJOR, SUSPECT, WAITING
from checklists.returns.lines import HazardLine, hazard_lines
from checklists.returns.marking import free_name
from checklists.returns.merged import Returned


def papers_named(text: str) -> list[Document]:
    """Papers by their names, with 、 or a comma between them; 全部: all of them.

    Raises Refused with the nearest names for one that hazards do not fill.
    """
    names = [
        name for part in text.replace("，", "、").replace(",", "、").split("、") if (name := part.strip())
    ]
    wanted = [one for name in names for one in (FROM_FINDINGS if name == ALL else (name,))]
    unknown = [name for name in wanted if name not in FROM_FINDINGS]
    if unknown or not wanted:
        listed = f"可用：{'、'.join(FROM_FINDINGS)}、{ALL}。"
        hints = [(name, nearest(name, FROM_FINDINGS) or listed) for name in unknown or [text]]
        raise Refused(
            [
                problem("returns-paper-unknown", Position("命令行"), name=name, hint=hint)
                for name, hint in hints
            ],
            exit_code=2,
        )
    return [FROM_FINDINGS[name] for name in dict.fromkeys(wanted)]


def papers_of(
    collected: Collected, wanted: Sequence[Document], templates: Path
) -> Iterator[tuple[str, bytes] | Problem]:
    """Name and bytes of every paper, or why an enterprise gets none. Raises Refused for a wrong template."""
    lines: dict[str, list[HazardLine]] = {}
    keys = {(hazard.path, hazard.sheet, hazard.cell): hazard.firm for hazard in collected.hazards}
    for line in hazard_lines(collected):
        lines.setdefault(keys[line.file, line.sheet, line.cell], []).append(line)
    taken: set[str] = set()
    for firm in collected.firms:
        told = [finding_of(line) for line in lines.get(firm.key, ())]
        for made in _of_firm(firm, collected, wanted, templates, told) if told else ():
            yield made if isinstance(made, Problem) else (free_name(Path(made[0]), taken), made[1])


def _of_firm(
    firm: Returned,
    collected: Collected,
    wanted: Sequence[Document],
    templates: Path,
    told: Sequence[FindingLine],
) -> Iterator[tuple[str, bytes] | Problem]:
    position, library = Position(firm.sources[-1].path), collected.known.library
    types = tuple(name for name in firm.firm.types if name in library.vocabulary.types)
    if not types:
        yield problem("returns-paper-no-type", position, firm=firm.firm.name or firm.key)
        return
    names = ("code", "address", "place", "person", "phone")
    fields = {name: getattr(firm.firm, name) for name in names}
    name = firm.firm.name or Path(firm.sources[-1].path).stem
    try:
        checklist = checklist_for(library, Enterprise(name=name, types=types, **fields), Order(collected.on))
    except Refused as refused:
        why = "；".join(found.message for found in refused.problems)
        yield problem("returns-paper-failed", position, firm=name, why=why)
        return
    yield from finding_papers(wanted, checklist, templates, told).items()


# ---------------------------------------------------------------- hazards as papers print them


def finding_of(line: HazardLine) -> FindingLine:
    """A line of the ledger as a line of a paper."""
    return FindingLine(
        key=line.key,
        mark="▲" if line.level in (MAJOR, SUSPECT) else "",
        what="：".join(text for text in (line.where, line.what) if text) or line.title,
        item=line.title if line.what and line.title != line.item else "",
        level=line.level,
        criterion=line.criterion,
        source=line.source,
        finder=line.finder,
        found=_words(line.found),
        measure=line.measure,
        person="　".join(text for text in (line.department, line.person) if text),
        money=_words(line.money),
        due=_words(line.due),
        plan=line.plan,
        state=line.state,
        progress=_progress(line),
        done=_words(line.done),
    )


def _words(told: object) -> str:
    if told is None:
        return ""
    if isinstance(told, datetime.date):
        return told.isoformat()
    return f"{told:g}" if isinstance(told, float) else str(told)


def _progress(line: HazardLine) -> str:
    if line.state == WAITING and line.done:
        return f"{line.state}（{line.done} 完成）"
    return f"{line.state}，逾期 {line.overdue} 天" if line.overdue else line.state
