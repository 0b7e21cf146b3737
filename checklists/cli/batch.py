"""checklists roster …, checklists batch"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated

import typer

from checklists.cli.batch_told import bar, report, row_events
from checklists.cli.chinese import App
from checklists.cli.shared import (
    COMMAND_LINE,
    AppendixOption,
    BasisOption,
    DepartmentOption,
    DocumentOption,
    FullOption,
    JsonOption,
    LandscapeOption,
    MostOption,
    OfficeOption,
    OnOption,
    OutOption,
    OverwriteOption,
    OwnTemplatesOption,
    RulesOption,
    SeedsOption,
    SheetsOption,
    TemplatesOption,
    appendix_named,
    closed_lists,
    day_of,
    facts_of,
    office_told,
    order_of,
    print_json,
    print_office,
    sound,
    tell,
    tell_edition,
)
from checklists.data import data_folder
from checklists.problems import Position, Refused, problem
from checklists.tally import Tally

if TYPE_CHECKING:
    from checklists.batch.press import Press
    from checklists.batch.summary import BatchSummary
    from checklists.documents.catalogue import Document
    from checklists.models import Enterprise
    from checklists.roster.given import Given
    from checklists.roster.office import OfficeTold
    from checklists.rules.library import Library

app = App(help="企业名录：新建、检查。")

RosterArgument = Annotated[Path, typer.Argument(help="企业名录：.xlsx、.csv 或 .yaml", metavar="名录")]
TypesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--type",
        metavar="类型",
        help="名录里没有写企业类型的各行按它处理；写 通用，没有单列类型的各行按通用清单",
        show_default=False,
    ),
]
PlacesOption = Annotated[
    str | None,
    typer.Option("--place", metavar="地方", help="名录里没有写所在地的各行按它处理", show_default=False),
]
MapOption = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="列名=字段",
        help="名录里的一列是什么，如 户名=单位名称、用气=使用燃气；可写多次",
        show_default=False,
    ),
]

GivenFactsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--fact",
        metavar="属性=值",
        help="名录里没有写这个属性的各行按它处理，如 使用燃气=是；可写多次",
        show_default=False,
    ),
]
PapersOption = Annotated[
    list[str] | None,
    typer.Option(
        "--papers",
        metavar="名称",
        help="另外再要哪些文书，顿号隔开，如 整改通知、现场检查记录；全部 表示其他文书都要；发放回收登记每个乡镇（县）一份",
        show_default=False,
    ),
]
PdfsOption = Annotated[
    bool,
    typer.Option(
        "--pdf",
        help="各家的 Word 文件同时生成 PDF（用本机的 LibreOffice），每个乡镇（县）合成一份打印件，前面是发放回收登记",
    ),
]
EventsOption = Annotated[
    bool,
    typer.Option("--events", help="进度逐行写到标准错误，每行一个 JSON，供程序读取"),
]
SinceOption = Annotated[
    str | None,
    typer.Option(
        "--changed-since",
        metavar="日期",
        help="只给检查项从那一天以来有增减的企业生成（哪些企业见 checklists impact）",
        show_default=False,
    ),
]


@app.command("new")
def roster_new(
    file: Annotated[Path, typer.Argument(help="新名录的文件名，如 名录.xlsx", metavar="文件")],
    rules: RulesOption = None,
    seeds: SeedsOption = None,
) -> None:
    """新建一份空名录：有下拉选项，有填写说明。"""
    from checklists.files.guard import write_new
    from checklists.roster.blank import new_roster

    if file.suffix.lower() != ".xlsx":
        raise Refused([problem("roster-new-ending", Position(str(file)))], exit_code=2)
    written = write_new(file, new_roster(closed_lists(rules, seeds)))
    if not written.stands:
        raise Refused(written.problems)
    print(f"已新建 {file}：填好后运行 checklists roster check {file}")


@app.command("check")
def roster_check(
    file: RosterArgument,
    kind: TypesOption = None,
    place: PlacesOption = None,
    columns: MapOption = None,
    rules: RulesOption = None,
    seeds: SeedsOption = None,
    as_json: JsonOption = False,
) -> None:
    """检查名录和旁边的 office.yaml：逐格指出问题，说明那一行会怎样处理；有行不能用时退出码为 1。"""
    from checklists.roster.given import given_by
    from checklists.roster.read import check_roster
    from checklists.rules.criteria import load_criteria
    from checklists.rules.items import load_rules
    from checklists.selection.profile import looked_at

    vocabulary, folder = closed_lists(rules, seeds), rules or data_folder("rules")
    items, (standards, _) = load_rules(folder, vocabulary)[0].items, load_criteria(folder)
    given = given_by(vocabulary, kind or [], place, columns or [])
    report = check_roster(file, vocabulary, looked_at(items, standards), given)
    if as_json:
        listed = [found.as_json() for found in report.problems]
        print_json({"usable": report.usable, "unusable": report.unusable, "problems": listed})
    else:
        tally = Tally()
        tally.add(report.problems)
        print("".join(f"{line}\n" for line in tally.lines()), end="")
        print(f"可用 {report.usable} 行，不能用 {report.unusable} 行；问题 {len(report.problems)} 处。")
    told = office_told(None, file.parent, Path(), of_many=True)
    if not as_json:
        print_office(told)
    raise typer.Exit(1 if report.unusable or not report.usable else 0)


def batch_documents(
    roster: RosterArgument,
    out: OutOption,
    kind: TypesOption = None,
    place: PlacesOption = None,
    columns: MapOption = None,
    fact: GivenFactsOption = None,
    document: DocumentOption = None,
    papers: PapersOption = None,
    on: OnOption = None,
    landscape: LandscapeOption = False,
    sheets: SheetsOption = None,
    appendix: AppendixOption = "apart",
    most: MostOption = None,
    full: FullOption = False,
    department: DepartmentOption = None,
    basis: BasisOption = "standing",
    office: OfficeOption = None,
    pdf: PdfsOption = False,
    zipped: Annotated[bool, typer.Option("--zip", help="完成后在旁边再打一个 zip 包")] = False,
    overwrite: OverwriteOption = False,
    since: SinceOption = None,
    rules: RulesOption = None,
    templates: TemplatesOption = None,
    template: OwnTemplatesOption = None,
    seeds: SeedsOption = None,
    as_json: JsonOption = False,
    events: EventsOption = False,
) -> None:
    """按名录为每家企业生成检查表、企业留存和工作簿；中断后再运行同一条命令，从停下的地方接着生成。"""
    began = time.monotonic()
    summary, told, day = _made(SimpleNamespace(**locals()))
    report(summary, told, out, day, time.monotonic() - began, as_json)
    raise typer.Exit(1 if summary.failed else 0)


def _made(asked: SimpleNamespace) -> tuple[BatchSummary, OfficeTold, str]:
    """Run the batch that the options ask for; with what the office tells, and the day."""
    from checklists.batch.finish import zip_beside
    from checklists.batch.run import run_batch

    told = office_told(asked.office, asked.roster.parent, Path(), of_many=True)
    if asked.zipped:
        zip_beside(asked.out)
    try:
        press = _press(asked)
        with row_events() if asked.events else bar() as progress:
            summary = run_batch(
                asked.roster,
                asked.out,
                press,
                progress=progress,
                overwrite=asked.overwrite,
                zipped=asked.zipped,
                pdf=asked.pdf,
                told=told,
                given=_given(press.library, asked),
                wanted=_changed(asked.since, press),
            )
    except KeyboardInterrupt:
        print("已中断。再运行同一条命令，会从停下的地方接着生成。", file=sys.stderr)
        raise typer.Exit(130) from None
    return summary, told, press.order.on.isoformat()


def _given(library: Library, asked: SimpleNamespace) -> Given:
    from checklists.roster.given import given_by

    facts = facts_of(library, asked.fact)
    return given_by(library.vocabulary, asked.kind or [], asked.place, asked.columns or [], facts)


def _names(
    document: list[str] | None, papers: list[str] | None, landscape: bool, appendix: str
) -> tuple[str, ...]:
    """Names of the documents that the options ask for; none for the usual ones alone. Raises Refused."""
    from checklists.documents.catalogue import asked_documents, documents_named
    from checklists.models import parted

    more = [name for given in papers or () for name in parted(given)]
    if not document and not more:
        return ()
    first = asked_documents(document or (), landscape=landscape, appendix=appendix_named(appendix))
    return tuple(dict.fromkeys(one.name for one in (*first, *documents_named(more))))


def _own(
    template: list[Path] | None, made: Sequence[Document], registered: bool
) -> tuple[tuple[str, Path], ...]:
    """The user's own templates by title of the document; ``registered``: the register is made too."""
    from checklists.documents.catalogue import DOCUMENTS
    from checklists.documents.papers import REGISTER
    from checklists.documents.templates import own_templates

    wanted = {one.title: one for one in (*made, *([DOCUMENTS[REGISTER]] if registered else []))}
    return tuple(own_templates(template or [], list(wanted.values())).items())


def _changed(since: str | None, press: Press) -> Callable[[Enterprise], bool]:
    """Whether items came to or went from an enterprise's list between the day and that of the batch; all without a day."""
    from checklists.batch.firms import everybody
    from checklists.selection.impact import impact

    if since is None:
        return everybody
    day = day_of(since)
    if day >= press.order.on:
        told = {"before": day, "after": press.order.on}
        raise Refused([problem("days-order", COMMAND_LINE, **told)], exit_code=2)
    return lambda enterprise: impact(press.library, enterprise, day, press.order.on).changes_list


def _unfinished(out: Path, roster: Path, department: str | None) -> str | None:
    """The day of the batch that this one goes on with; None: today."""
    from checklists.batch.journal import unfinished_day

    day = unfinished_day(out, roster.name, department)
    if day is None:
        return None
    tell([problem("batch-continues", Position(str(out)), on=day.isoformat())])
    return day.isoformat()


def _press(asked: SimpleNamespace) -> Press:
    from checklists.batch.press import Folders, Press
    from checklists.documents.catalogue import asked_documents

    names = _names(asked.document, asked.papers, asked.landscape, asked.appendix)
    made = asked_documents(names, landscape=asked.landscape, appendix=appendix_named(asked.appendix))
    folders = Folders(
        asked.rules or data_folder("rules"),
        asked.seeds or data_folder("seeds"),
        asked.templates or data_folder("templates"),
        names,
        _own(asked.template, made, asked.pdf),
    )
    day = asked.on or _unfinished(asked.out, asked.roster, asked.department)
    library = sound(folders.rules, folders.seeds)
    tell_edition(library)
    most = 0 if asked.full else asked.most
    order = order_of(
        library, day, asked.basis, asked.department, most, asked.landscape, asked.sheets, asked.appendix
    )
    return Press(folders, order, library)


def register(root: typer.Typer) -> None:
    """Commands that stand at the top level."""
    root.command("batch")(batch_documents)
