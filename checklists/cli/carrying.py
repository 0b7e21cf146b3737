"""checklists carry"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checklists.cli.shared import (
    FactOption,
    JsonOption,
    OnOption,
    OwnTemplatesOption,
    PlaceOption,
    RulesOption,
    SeedsOption,
    TemplatesOption,
    day_of,
    facts_of,
    print_json,
    sound,
    tell_edition,
)
from checklists.cli.written import Written
from checklists.data import data_folder
from checklists.problems import Position

if TYPE_CHECKING:
    from checklists.documents.carry import NextMonth

BookArgument = Annotated[Path, typer.Argument(help="企业填过的自查工作簿 .xlsx", metavar="工作簿")]
TypesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--type", metavar="类型", help="企业类型（默认照工作簿；旧格式看不出时写）", show_default=False
    ),
]
FolderOption = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="文件夹", help="存到哪个文件夹（默认与原工作簿同一处）", show_default=False
    ),
]


def carry_workbook(
    book: BookArgument,
    on: OnOption = None,
    kind: TypesOption = None,
    place: PlaceOption = None,
    fact: FactOption = None,
    out: FolderOption = None,
    rules: RulesOption = None,
    seeds: SeedsOption = None,
    templates: TemplatesOption = None,
    template: OwnTemplatesOption = None,
    as_json: JsonOption = False,
) -> None:
    """换月：由填过的自查工作簿生成下个月的，没有改完的隐患带着编号接着走。原文件不动。"""
    from checklists.documents.carry import Asked, carry
    from checklists.documents.catalogue import DOCUMENTS, WORKBOOK
    from checklists.documents.templates import own_templates
    from checklists.files.guard import write_new
    from checklists.rules.words import find_type

    library = sound(rules, seeds)
    tell_edition(library)
    types = tuple(find_type(library.vocabulary, name, Position("命令行")).id for name in kind or ())
    day = day_of(on) if on else None
    asked = Asked(day, types, place or "", facts_of(library, fact))
    own = own_templates(template or [], [DOCUMENTS[WORKBOOK]])
    made = carry(book, library, templates or data_folder("templates"), own, asked)
    written = Written()
    written.take([write_new((out or book.parent) / made.name, made.content)], made.problems)
    if as_json:
        told = {"on": made.checklist.on, "edition": made.checklist.edition, "answers": dict(made.status)}
        print_json({**written.as_json(), **told, "hazards": made.hazards, "closed": made.closed})
    else:
        written.tell()
        _report(made)
    written.finish()


def _report(made: NextMonth) -> None:
    told = "、".join(
        f"{word} {count}" for word, count in sorted(made.status.items(), key=lambda one: -one[1])
    )
    print(f"上期：{told or '没有检查项'}。")
    print(f"隐患：没有销号的 {made.hazards} 条接着走，已销号的 {made.closed} 条留在原工作簿。")


def register(root: typer.Typer) -> None:
    """Commands that stand at the top level."""
    root.command("carry")(carry_workbook)
