"""checklists generate, checklists papers …"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from checklists.cli.chinese import App
from checklists.cli.shared import (
    AddressOption,
    AppendixOption,
    BasisOption,
    CodeOption,
    DepartmentOption,
    DocumentOption,
    FactOption,
    FullOption,
    JsonOption,
    LandscapeOption,
    MostOption,
    NameOption,
    OfficeOption,
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
    SheetsOption,
    TemplatesOption,
    TypeOption,
    appendix_named,
    checklist_of,
    office_told,
    order_of,
    print_json,
    print_office,
    sound,
    warnings,
)
from checklists.cli.written import Written, write_made
from checklists.data import data_folder

if TYPE_CHECKING:
    from checklists.checklist.build import Checklist
    from checklists.documents.catalogue import Document
    from checklists.roster.office import OfficeTold

NamesArgument = Annotated[
    list[str], typer.Argument(help="文书名称，可写几个；全部 表示其他文书都要", metavar="名称...")
]
HOLDERS = {"agency": "检查方", "enterprise": "企业"}

papers = App(
    help="其他文书：检查方案、检查记录、备查资料清单、抽考、整改通知、复查、双报告、公示、销号、奖励、日查卡、告知卡、承诺书、发放回收登记。"
)


def generate_documents(
    kind: TypeOption,
    name: NameOption = "",
    place: PlaceOption = None,
    on: OnOption = None,
    fact: FactOption = None,
    code: CodeOption = "",
    address: AddressOption = "",
    person: PersonOption = "",
    phone: PhoneOption = "",
    office: OfficeOption = None,
    document: DocumentOption = None,
    out: OutOption = Path("out"),
    overwrite: OverwriteOption = False,
    most: MostOption = None,
    full: FullOption = False,
    landscape: LandscapeOption = False,
    sheets: SheetsOption = None,
    appendix: AppendixOption = "apart",
    department: DepartmentOption = None,
    basis: BasisOption = "standing",
    rules: RulesOption = None,
    templates: TemplatesOption = None,
    template: OwnTemplatesOption = None,
    pdf: PdfOption = False,
    seeds: SeedsOption = None,
    as_json: JsonOption = False,
) -> None:
    """为一个企业生成现场检查表（Word）和企业自查工作簿（Excel），或 --document 指定的文书。"""
    from checklists.documents.make import asked_for, finished_documents
    from checklists.documents.templates import own_templates

    wanted, told = _wanted(document, landscape, appendix), office_told(office, Path())
    library, own = sound(rules, seeds), own_templates(template or [], wanted)
    order = order_of(library, on, basis, department, 0 if full else most, landscape, sheets)
    firm = {"name": name, "code": code, "address": address, "person": person, "phone": phone}
    checklist = checklist_of(library, order, kind, place, fact, told.usual, **firm)
    made = finished_documents(wanted, checklist, templates or data_folder("templates"), own=own)
    written = write_made(made, out, whose=asked_for(checklist), overwrite=overwrite, pdf=pdf)
    _report(written, checklist, told, as_json=as_json, counted=not all(one.is_paper for one in wanted))


@papers.command("make")
def papers_make(
    document: NamesArgument,
    kind: TypeOption,
    name: NameOption = "",
    place: PlaceOption = None,
    on: OnOption = None,
    fact: FactOption = None,
    code: CodeOption = "",
    address: AddressOption = "",
    person: PersonOption = "",
    phone: PhoneOption = "",
    office: OfficeOption = None,
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
    """生成一种或几种文书；与同样选项的现场检查表同编号、同指纹、同项号。等于 generate --document。"""
    generate_documents(**locals())


def _report(
    written: Written, checklist: Checklist, told: OfficeTold, *, as_json: bool, counted: bool
) -> None:
    """What became of the files; ``counted``: and how many rows there are."""
    if as_json:
        print_json(
            {**written.as_json(), **_checklist_json(checklist), "office": told.path, "warnings": warnings()}
        )
    else:
        print_office(told)
        written.tell()
        if counted:
            print(_count_line(checklist))
    written.finish()


def _wanted(names: list[str] | None, landscape: bool, appendix: str) -> tuple[Document, ...]:
    from checklists.documents.catalogue import asked_documents

    return asked_documents(names or (), landscape=landscape, appendix=appendix_named(appendix))


def _checklist_json(checklist: Checklist) -> dict[str, Any]:
    return {
        "items": len(checklist.rows),
        "on_paper": checklist.on_paper,
        "serial": checklist.serial,
        "fingerprint": checklist.fingerprint,
        "edition": checklist.edition,
    }


def _count_line(checklist: Checklist) -> str:
    left = len(checklist.rows) - checklist.on_paper
    rest = f"，另 {left} 项在工作簿里" if left else ""
    return f"应查 {len(checklist.rows)} 项，检查表列 {checklist.on_paper} 项{rest}；本类型通知单列条款 {checklist.own_clauses} 条。"


@papers.command("list")
def papers_list(rules: RulesOption = None, as_json: JsonOption = False) -> None:
    """列出能生成的文书：名称、归谁用、做什么用。"""
    from checklists.documents.catalogue import PAPERS
    from checklists.rules.papers import load_papers

    if not as_json:
        for paper in PAPERS.values():
            print(f"{paper.name}\t{HOLDERS[paper.holder]}\t{paper.purpose}")
        return
    written, _ = load_papers(rules or data_folder("rules"))
    print_json(
        [
            {
                "name": paper.name,
                "holder": HOLDERS[paper.holder],
                "purpose": paper.purpose,
                "basis": [
                    basis.model_dump(include={"notice", "clause", "quote"})
                    for basis in written.words(paper.name).basis
                ],
            }
            for paper in PAPERS.values()
        ]
    )


def register(root: typer.Typer) -> None:
    """Commands that stand at the top level."""
    root.command("generate")(generate_documents)
