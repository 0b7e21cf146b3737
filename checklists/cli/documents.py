"""checklists generate"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from checklists.cli.shared import (
    AddressOption,
    BasisOption,
    CodeOption,
    DepartmentOption,
    FactOption,
    FullOption,
    JsonOption,
    LandscapeOption,
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
    out: OutOption = Path("out"),
    overwrite: OverwriteOption = False,
    most: MostOption = None,
    full: FullOption = False,
    landscape: LandscapeOption = False,
    department: DepartmentOption = None,
    basis: BasisOption = "standing",
    rules: RulesOption = None,
    templates: TemplatesOption = None,
    template: OwnTemplatesOption = None,
    pdf: PdfOption = False,
    seeds: SeedsOption = None,
    as_json: JsonOption = False,
) -> None:
    """为一个企业生成现场检查表（Word）和企业自查工作簿（Excel）。"""
    from checklists.documents.catalogue import own_templates
    from checklists.documents.make import EXCEL, WORD, asked_for, documents, stem_of

    own = own_templates(template or [], [stem_of(WORD), stem_of(EXCEL)])
    library = sound(rules, seeds)
    order = order_of(library, on, basis, department, 0 if full else most, landscape)
    told = {"name": name, "code": code, "address": address, "person": person, "phone": phone}
    checklist = checklist_of(library, order, kind, place, fact, **told)
    made = documents(
        checklist,
        templates or data_folder("templates"),
        landscape=landscape,
        own=own,
        department=department,
    )
    whose = asked_for(checklist, department)
    written = write_made(made, out, whose=whose, overwrite=overwrite, pdf=pdf)
    if as_json:
        print_json({**written.as_json(), **_checklist_json(checklist)})
    else:
        written.tell()
        print(_count_line(checklist))
    written.finish()


def _checklist_json(checklist: Any) -> dict[str, Any]:
    return {
        "items": len(checklist.rows),
        "on_paper": checklist.on_paper,
        "serial": checklist.serial,
        "fingerprint": checklist.fingerprint,
        "edition": checklist.edition,
    }


def _count_line(checklist: Any) -> str:
    left = len(checklist.rows) - checklist.on_paper
    rest = f"，另 {left} 项列在附录，并在工作簿中" if left else ""
    return f"应查 {len(checklist.rows)} 项，检查表列 {checklist.on_paper} 项{rest}；本类型通知单列条款 {checklist.own_clauses} 条。"


def register(root: typer.Typer) -> None:
    """Commands that stand at the top level."""
    root.command("generate")(generate_documents)
