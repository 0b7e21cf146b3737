"""checklists collect"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checklists.cli.shared import (
    COMMAND_LINE,
    JsonOption,
    OnOption,
    OverwriteOption,
    RulesOption,
    SeedsOption,
    TemplatesOption,
    day_of,
    opened,
    print_json,
    tell,
)
from checklists.cli.written import Written
from checklists.data import data_folder
from checklists.files.writing import unwritable
from checklists.problems import Problem, Refused, errors, problem

if TYPE_CHECKING:
    from checklists.documents.catalogue import Document
    from checklists.returns.collect import Collected

FilesArgument = Annotated[
    list[Path], typer.Argument(help="交回的文件，或放它们的文件夹", metavar="文件或文件夹...")
]
LedgerOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="文件", help="台账存成哪个文件，如 台账.xlsx", show_default=False),
]
MarkOption = Annotated[
    bool,
    typer.Option(
        "--mark", help="看不清的、不算的行，另存一份涂色、加批注的工作簿，放在台账旁边的“…待核”文件夹"
    ),
]
PapersOption = Annotated[
    str | None,
    typer.Option(
        "--papers",
        metavar="名称",
        help="用汇总的隐患填好文书，如 整改通知,复查表；全部 表示都要；放在台账旁边的“…文书草稿”文件夹",
        show_default=False,
    ),
]
DoubtsOption = Annotated[
    bool, typer.Option("--doubts", help="列出像是应付填写的地方，带单元格；只是要问的问题，不是结论")
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="只读、只报，什么都不写")]
SHOWN = 20
"""Problems that are shown; the ledger lists all of them."""


def collect_returns(
    files: FilesArgument,
    out: LedgerOption = None,
    on: OnOption = None,
    dry_run: DryRunOption = False,
    mark: MarkOption = False,
    papers: PapersOption = None,
    doubts: DoubtsOption = False,
    overwrite: OverwriteOption = False,
    rules: RulesOption = None,
    seeds: SeedsOption = None,
    templates: TemplatesOption = None,
    as_json: JsonOption = False,
) -> None:
    """汇总交回的自查工作簿和检查表：逐行归为 算、看不清、不算，理出全部隐患和它们的状态，生成汇总台账。"""
    from checklists.returns.collect import collect
    from checklists.returns.papers import papers_named
    from checklists.returns.remembered import memory_in

    _check_out(out, dry_run, papers)
    wanted = papers_named(papers) if papers is not None else []
    library, problems = opened(rules, seeds)
    tell(errors(problems))
    target = None if dry_run else out
    with memory_in(_folder_of(target)) as memory:
        collected = collect(files, library, day_of(on), memory)
    written = Written()
    if target is not None:
        _write(collected, target, templates or data_folder("templates"), overwrite, written)
        if mark:
            _mark(collected, target, overwrite, written)
        _draft(collected, wanted, target, templates, overwrite, written)
    _tell(collected, written, doubts, as_json)
    raise typer.Exit(1 if errors([*collected.problems, *written.problems]) else 0)


def _write(collected: Collected, out: Path, templates: Path, overwrite: bool, written: Written) -> None:
    """The ledger itself."""
    from checklists.files.guard import write_guarded
    from checklists.returns.ledger import ledger

    content = ledger(collected, templates)
    written.take(*write_guarded(out.parent, {out.name: content}, overwrite=overwrite))


def _tell(collected: Collected, written: Written, doubts: bool, as_json: bool) -> None:
    from checklists.returns.collect import as_json as collected_json
    from checklists.returns.doubts import doubts as find_doubts

    asked = find_doubts(collected) if doubts else []
    if as_json:
        told = {"doubts": [one._asdict() for one in asked]} if doubts else {}
        print_json({**collected_json(collected), **told, "written": written.as_json()})
    else:
        _report(collected)
        for one in asked:
            print(f"{one.firm} {one.month}：{one.question}（{one.file} {one.sheet}！{one.cells}）")
        written.tell()
    tell(written.problems)


def _folder_of(out: Path | None) -> Path | None:
    """The folder of the ledger, made where it is not there yet."""
    if out is None:
        return None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise unwritable(out, failure) from failure
    return out.parent


def _mark(collected: Collected, out: Path, overwrite: bool, written: Written) -> None:
    """Copies with the unclear cells coloured, in a folder beside the ledger."""
    from checklists.files.guard import write_guarded
    from checklists.returns.files import MARKED
    from checklists.returns.marking import marked_books

    made: dict[str, bytes] = {}
    for name, content in marked_books(collected):
        if isinstance(content, bytes):
            made[name] = content
        else:
            written.problems.append(content)
    if made:
        written.take(*write_guarded(out.parent / f"{out.stem}{MARKED}", made, overwrite=overwrite))


def _draft(
    collected: Collected,
    wanted: list[Document],
    out: Path,
    templates: Path | None,
    overwrite: bool,
    written: Written,
) -> None:
    """Papers filled with the hazards, in a folder beside the ledger."""
    from checklists.files.guard import write_guarded
    from checklists.returns.files import DRAFTS
    from checklists.returns.papers import papers_of

    made: dict[str, bytes] = {}
    for paper in papers_of(collected, wanted, templates or data_folder("templates")) if wanted else ():
        if isinstance(paper, Problem):
            written.problems.append(paper)
        else:
            made[paper[0]] = paper[1]
    if made:
        written.take(*write_guarded(out.parent / f"{out.stem}{DRAFTS}", made, overwrite=overwrite))


def _check_out(out: Path | None, dry_run: bool, papers: str | None) -> None:
    if out is None and papers is not None:
        raise Refused([problem("returns-papers-need-out", COMMAND_LINE)], exit_code=2)
    if out is None and not dry_run:
        raise Refused([problem("returns-out-missing", COMMAND_LINE)], exit_code=2)
    if out is not None and out.suffix.lower() != ".xlsx":
        raise Refused([problem("returns-out-ending", COMMAND_LINE)], exit_code=2)


def _report(collected: Collected) -> None:
    found = collected.problems
    tell(found[:SHOWN])
    if len(found) > SHOWN:
        tell([problem("returns-more", COMMAND_LINE, count=len(found) - SHOWN)])
    numbers, count = collected.numbers(), collected.count
    print(
        f"文件 {numbers['files']} 个：读了 {numbers['read']} 个，相同的 {numbers['same']} 个，"
        f"没有读的 {numbers['refused']} 个；企业 {len(collected.firms)} 家。"
    )
    print(
        f"共 {count.seen} 行：算 {count.accepted} 行（其中没有填的 {count.blank} 行），"
        f"看不清 {count.unclear} 行，不算 {count.rejected} 行。"
    )
    states: dict[str, int] = {}
    for hazard in collected.hazards:
        states[hazard.state] = states.get(hazard.state, 0) + 1
    told = "，".join(f"{state} {number}" for state, number in states.items()) or "没有"
    loose = sum(1 for hazard in collected.hazards if not hazard.registered)
    print(f"隐患 {len(collected.hazards)} 条：{told}；其中台账里没有登记的 {loose} 条。")


def register(root: typer.Typer) -> None:
    """Commands that stand at the top level."""
    root.command("collect")(collect_returns)
