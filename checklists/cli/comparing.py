"""checklists notices diff"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    from checklists.rules.comparing import library_weights, notices_compared

    library, problems = opened(rules, seeds)
    if errors(problems):
        raise Refused(errors(problems))
    one, other = (library.notices[notice_id(library, name)] for name in (before, after))
    changes = notices_compared(library, one.id, other.id, library_weights(library))
    if as_json:
        told = [change.as_json() for change in changes]
        print_json({"before": one.id, "after": other.id, "changes": told})
    else:
        _print_changes(changes)
    if word is not None:
        written = _write_word(word, (one, other), changes, templates or data_folder("templates"), overwrite)
        if not as_json:
            written.tell()
        written.finish()


def _print_changes(changes: Sequence[Change]) -> None:
    from checklists.notices.comparing import summary

    for change in changes:
        if change.unchanged:
            continue
        figures = f"　{'，'.join(change.figure_words)}" if change.figures else ""
        print(f"\n{'、'.join(change.kinds)}{figures}")
        for sign, side in (("-", change.before), ("+", change.after)):
            for duty in side:
                print(f"  {sign} {duty.path}　{duty.text}")
    print(f"\n{summary(changes)}")


def _write_word(
    folder: Path,
    notices: tuple[CitedNotice, CitedNotice],
    changes: Sequence[Change],
    templates: Path,
    overwrite: bool,
) -> Written:
    """Write the table as a document."""
    from checklists.cli.written import write_made
    from checklists.documents.revision import comparison_of

    return write_made(comparison_of(*notices, changes, templates), folder, overwrite=overwrite)


def register(notices: typer.Typer) -> None:
    """Commands that stand beside those of the notices."""
    notices.command("diff")(notices_diff)
