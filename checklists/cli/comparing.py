"""checklists notices diff, rules diff"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from checklists.cli.notices import notice_id
from checklists.cli.shared import (
    JsonOption,
    OverwriteOption,
    RulesOption,
    SeedsOption,
    TemplatesOption,
    opened,
    print_json,
)
from checklists.data import data_folder
from checklists.problems import Refused, errors

if TYPE_CHECKING:
    from checklists.cli.written import Written
    from checklists.models import CitedNotice
    from checklists.notices.comparing import Change

_UNCHANGED = "不变"


def notices_diff(
    before: Annotated[str, typer.Argument(metavar="原编号", help="先前的通知，如 shanxi-2025")],
    after: Annotated[str, typer.Argument(metavar="现编号", help="后来的通知，如 shanxi-2026")],
    word: Annotated[
        Path | None,
        typer.Option("--word", metavar="文件夹", help="另存一份 Word 修订对照表", show_default=False),
    ] = None,
    templates: TemplatesOption = None,
    overwrite: OverwriteOption = False,
    rules: RulesOption = None,
    seeds: SeedsOption = None,
    as_json: JsonOption = False,
) -> None:
    """两份通知逐句对照：新增、取消、加严、放宽、改述、移动、拆分、合并；数字、期限并排列出。"""
    from checklists.notices.comparing import compared
    from checklists.notices.duties import duties_of
    from checklists.notices.likeness import weights_of

    library, problems = opened(rules, seeds)
    if errors(problems):
        raise Refused(errors(problems))
    one, other = (library.notices[notice_id(library, name)] for name in (before, after))
    weights = weights_of(
        duty.text for clauses in library.clauses.values() for duty in duties_of(clauses.values())
    )
    changes = compared(library.clauses[one.id].values(), library.clauses[other.id].values(), weights)
    if as_json:
        print_json({"before": one.id, "after": other.id, "changes": [_as_json(change) for change in changes]})
    else:
        _print_changes(changes)
    if word is not None:
        written = _write_word(word, one, other, changes, templates or data_folder("templates"), overwrite)
        if not as_json:
            written.tell()
        written.finish()


def _as_json(change: Change) -> dict[str, Any]:
    def side(duties: Sequence[Any]) -> list[dict[str, str]]:
        return [{"clause": duty.path, "text": duty.text} for duty in duties]

    return {
        "kinds": list(change.kinds),
        "before": side(change.before),
        "after": side(change.after),
        "figures": [{"before": was, "after": now} for was, now in change.figures],
        "likeness": change.likeness,
    }


def _print_changes(changes: Sequence[Change]) -> None:
    for change in changes:
        if change.kinds == (_UNCHANGED,):
            continue
        print(f"\n{'、'.join(change.kinds)}{_figures(change, '　')}")
        for sign, side in (("-", change.before), ("+", change.after)):
            for duty in side:
                print(f"  {sign} {duty.path}　{duty.text}")
    print(f"\n{_summary(changes)}")


def _figures(change: Change, lead: str) -> str:
    shown = "，".join(_figure_lines(change))
    return f"{lead}{shown}" if shown else ""


def _figure_lines(change: Change) -> list[str]:
    return [f"{was or '（无）'}→{now or '（无）'}" for was, now in change.figures]


def _summary(changes: Sequence[Change]) -> str:
    from checklists.notices.comparing import KINDS

    counted = Counter(kind for change in changes for kind in change.kinds)
    return "，".join(f"{kind} {counted[kind]} 处" for kind in KINDS if counted[kind]) + "。"


def _write_word(
    folder: Path,
    before: CitedNotice,
    after: CitedNotice,
    changes: Sequence[Change],
    templates: Path,
    overwrite: bool,
) -> Written:
    """Write the table as a document."""
    from checklists.cli.written import write_made
    from checklists.documents.catalogue import COMPARISON
    from checklists.documents.comparison import comparison_document, comparison_view
    from checklists.rules.citation import clause_words, notice_reference

    def side(duties: Sequence[Any]) -> list[tuple[str, str]]:
        return [(clause_words(duty.path), duty.text) for duty in duties]

    rows = [
        ("、".join(change.kinds), side(change.before), side(change.after), _figure_lines(change))
        for change in changes
        if change.kinds != (_UNCHANGED,)
    ]
    one, other = (
        f"{notice.title}（{notice_reference(notice)}）" if notice.number else notice.title
        for notice in (before, after)
    )
    view = comparison_view(one, other, _summary(changes), rows)
    content = comparison_document(templates / COMPARISON.file, view, after.since)
    name = f"修订对照表_{before.id}_{after.id}.docx"
    return write_made({name: content}, folder, overwrite=overwrite)


def register(notices: typer.Typer) -> None:
    """Commands that stand beside those of the notices."""
    notices.command("diff")(notices_diff)
