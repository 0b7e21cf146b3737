"""checklists templates …"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from checklists.cli.chinese import App
from checklists.cli.shared import (
    JsonOption,
    OverwriteOption,
    RulesOption,
    SeedsOption,
    TemplatesOption,
    finish,
    order_of,
    print_json,
    sound,
)
from checklists.cli.written import write_made
from checklists.data import data_folder
from checklists.problems import Problem, Refused, errors

EXAMPLE_TYPE = "餐饮用气单位"
EXAMPLE_DAY = "2026-11-22"

app = App(help="模板：列出、复制出来改、改完检查。")


@app.command("list")
def templates_list(templates: TemplatesOption = None, as_json: JsonOption = False) -> None:
    """列出模板；文件夹里各类型自己的模板也列出。"""
    from checklists.documents.catalogue import DOCUMENTS

    folder = templates or data_folder("templates")
    rows = [
        {
            "name": document.name,
            "file": str(path),
            "type": "" if path.parent == folder else path.parent.name,
            "purpose": document.purpose,
        }
        for document in DOCUMENTS.values()
        for path in sorted([*folder.glob(document.file), *folder.glob(f"*/{document.file}")])
    ]
    if as_json:
        print_json(rows)
        return
    print(f"模板文件夹：{folder}")
    for row in rows:
        own = f"（只用于{row['type']}）" if row["type"] else ""
        print(f"{Path(row['file']).name}{own}\t{row['purpose']}")


@app.command("copy")
def templates_copy(
    names: Annotated[list[str], typer.Argument(help="模板名称，如 现场检查表", metavar="名称...")],
    out: Annotated[Path, typer.Option("--out", help="复制到哪个文件夹")] = Path("my-templates"),
    overwrite: OverwriteOption = False,
    templates: TemplatesOption = None,
) -> None:
    """复制模板出来改；改完用 templates check 检查，用 generate --template 使用。"""
    from checklists.documents.catalogue import documents_named
    from checklists.files.writing import read_file

    folder = templates or data_folder("templates")
    copies = {one.file: read_file(folder / one.file) for one in documents_named(names)}
    written = write_made(copies, out, overwrite=overwrite)
    written.tell()
    written.finish()


@app.command("check")
def templates_check(
    files: Annotated[list[Path], typer.Argument(help="改过的模板文件", metavar="文件...")],
    rules: RulesOption = None,
    seeds: SeedsOption = None,
    as_json: JsonOption = False,
) -> None:
    """检查模板：不认识的字段、缺少的字段、写错的标记，各在文档什么地方。"""
    from checklists.checklist.build import checklist_for
    from checklists.documents.templates import check_template_file
    from checklists.models import Enterprise

    library = sound(rules, seeds)
    types = library.vocabulary.types
    kind_id = next((name for name, kind in types.items() if kind.name == EXAMPLE_TYPE), next(iter(types)))
    order = order_of(library, EXAMPLE_DAY, "standing", None)
    example = checklist_for(library, Enterprise(name="某某单位", types=(kind_id,)), order)
    found: list[Problem] = []
    for path in files:
        try:
            document, problems = check_template_file(path, example)
        except Refused as refused:
            problems = list(refused.problems)
        else:
            if not errors(problems) and not as_json:
                print(f"{path}：“{document.title}”的模板，可以使用")
        found += problems
    if as_json:
        print_json([one.as_json() for one in found])
    finish(found)
