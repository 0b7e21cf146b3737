"""checklists enter"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from checklists.cli.shared import JsonOption, print_json
from checklists.cli.written import Written
from checklists.problems import Position, Refused, problem

ListsArgument = Annotated[
    list[Path],
    typer.Argument(
        help="发出的现场检查表 .docx、放着它们的文件夹，或批量生成的 manifest.json",
        metavar="检查表或文件夹...",
    ),
]
CodesOption = Annotated[
    str | None,
    typer.Option(
        "--codes",
        metavar="文件",
        help="短码写在哪个文本文件里；- 表示从键盘或管道读；不写的，出空白录入表",
        show_default=False,
    ),
]
FolderOption = Annotated[Path, typer.Option("--out", metavar="文件夹", help="录入表存到哪个文件夹")]
KEYBOARD, SPOKEN = "-", "短码"
"""What a text that was not read from a file is called in messages."""


def enter_lists(
    lists: ListsArgument,
    codes: CodesOption = None,
    out: FolderOption = Path("录入"),
    as_json: JsonOption = False,
) -> None:
    """录入纸上填的检查表：用短码（5x 灭火器过期、6-9√），或出一张 Excel 录入表；collect 照读。"""
    from checklists.files.guard import write_guarded
    from checklists.returns.entering import blank_forms, entered_lists

    if codes is None:
        entered = blank_forms(lists)
    else:
        entered = entered_lists(lists, _typed(codes), SPOKEN if codes == KEYBOARD else codes)
    written = Written(problems=entered.problems)
    if entered.files:
        written.take(*write_guarded(out, entered.files))
    if as_json:
        print_json({**written.as_json(), "entered": entered.lines})
    else:
        for line in entered.lines:
            print(line)
        written.tell()
    written.finish()


def _typed(codes: str) -> str:
    """The text of the codes. Raises Refused for a file that cannot be read."""
    from checklists import limits
    from checklists.files.text import decoded, read_text

    if codes == KEYBOARD:
        try:
            return decoded(sys.stdin.buffer.read(limits.CODES_BYTES))
        except UnicodeDecodeError as failure:
            raise Refused([problem("file-not-utf8", Position(SPOKEN), what="多半是别的编码")]) from failure
    text, problems = read_text(Path(codes), limits.CODES_BYTES, any_encoding=True)
    if problems:
        raise Refused(problems)
    return text


def register(root: typer.Typer) -> None:
    """Commands that stand at the top level."""
    root.command("enter")(enter_lists)
