"""checklists papers …"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from checklists.cli.chinese import App
from checklists.cli.shared import (
    AddressOption,
    BasisOption,
    CodeOption,
    DepartmentOption,
    FactOption,
    FullOption,
    JsonOption,
    MostOption,
    NameOption,
    OnOption,
    OutOption,
    OverwriteOption,
    OwnTemplatesOption,
    PdfOption,
    PersonOption,
    PhoneOption,
    PlaceOption,
    RulesOption,
    SeedsOption,
    TemplatesOption,
    TypeOption,
    checklist_of,
    order_of,
    print_json,
    sound,
)
from checklists.cli.written import write_made
from checklists.data import data_folder

NamesArgument = Annotated[
    list[str], typer.Argument(help="文书名称，可写几个；全部 表示九种都要", metavar="名称...")
]
HOLDERS = {"agency": "检查方", "enterprise": "企业"}

app = App(help="其他文书：检查方案、检查记录、备查资料清单、抽考、日查卡、告知卡、承诺书、发放回收登记。")


@app.command("list")
def papers_list(as_json: JsonOption = False) -> None:
    """列出能生成的文书：名称、归谁用、做什么用。"""
    from checklists.documents.papers import PAPERS

    if as_json:
        print_json([_paper_json(paper) for paper in PAPERS.values()])
        return
    for paper in PAPERS.values():
        print(f"{paper.name}\t{HOLDERS[paper.holder]}\t{paper.purpose}")


def _paper_json(paper: Any) -> dict[str, Any]:
    from checklists.documents.papers_bases import ASKED_BY

    asked = [basis.model_dump(include={"notice", "clause", "quote"}) for basis in ASKED_BY[paper.name]]
    return {"name": paper.name, "holder": HOLDERS[paper.holder], "purpose": paper.purpose, "basis": asked}


@app.command("make")
def papers_make(
    names: NamesArgument,
    kind: TypeOption,
    name: NameOption = "",
    place: PlaceOption = None,
    on: OnOption = None,
    fact: FactOption = None,
    code: CodeOption = "",
    address: AddressOption = "",
    person: PersonOption = "",
    phone: PhoneOption = "",
    out: OutOption = Path("out"),
    overwrite: OverwriteOption = False,
    most: MostOption = None,
    full: FullOption = False,
    department: DepartmentOption = None,
    basis: BasisOption = "standing",
    rules: RulesOption = None,
    templates: TemplatesOption = None,
    template: OwnTemplatesOption = None,
    pdf: PdfOption = False,
    seeds: SeedsOption = None,
    as_json: JsonOption = False,
) -> None:
    """生成一种或几种文书；与同样选项的现场检查表同编号、同指纹、同项号。"""
    from checklists.documents.catalogue import own_templates
    from checklists.documents.make import asked_for, paper_documents
    from checklists.documents.papers import papers_named

    chosen = papers_named(names)
    own = own_templates(template or [], [paper.name for paper in chosen])
    library = sound(rules, seeds)
    order = order_of(library, on, basis, department, 0 if full else most)
    told = {"name": name, "code": code, "address": address, "person": person, "phone": phone}
    checklist = checklist_of(library, order, kind, place, fact, **told)
    made = paper_documents(checklist, templates or data_folder("templates"), chosen, own, department)
    whose = asked_for(checklist, department)
    written = write_made(made, out, whose=whose, overwrite=overwrite, pdf=pdf)
    if as_json:
        print_json({**written.as_json(), "serial": checklist.serial})
    else:
        written.tell()
    written.finish()
