"""checklists collect"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

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
from checklists.problems import Position, Problem, Refused, errors, problem

if TYPE_CHECKING:
    from checklists.documents.catalogue import Document
    from checklists.returns.collect import Collected
    from checklists.returns.remembered import Memory

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
    wanted, day = papers_named(papers) if papers is not None else [], day_of(on)
    house = House(
        rules or data_folder("rules"), seeds or data_folder("seeds"), templates or data_folder("templates")
    )
    target = None if dry_run else out
    only_ledger = not (mark or wanted or doubts or as_json or overwrite)
    with memory_in(_folder_of(target)) as memory:
        state = house.state(files, day) if target and only_ledger else ""
        _tell_again(memory, target, state)
        library, problems = opened(rules, seeds)
        tell(errors(problems))
        collected = collect(files, library, day, memory)
        written = Written()
        if (target := _with_something(collected, target, written)) is not None:
            _write(collected, target, house.templates, overwrite, written)
            _mark(collected, target, overwrite, written, wanted=mark)
            _draft(collected, wanted, target, house.templates, overwrite, written)
        code = _tell(collected, written, doubts, as_json)
        _remember(memory, target, state, collected, written)
    raise typer.Exit(code)


class House(NamedTuple):
    """The folders that a ledger depends on beside what came back."""

    rules: Path
    seeds: Path
    templates: Path

    def state(self, files: list[Path], day: datetime.date) -> str:
        """As one digest, with the files and the day."""
        from checklists.returns.ledger import TEMPLATE
        from checklists.returns.unchanged import state_of

        return state_of(files, (self.rules, self.seeds, self.templates / TEMPLATE), day)


def _with_something(collected: Collected, out: Path | None, written: Written) -> Path | None:
    """Where to write; nowhere when no file could be read: an empty ledger would take the place of a full one."""
    if out is None or any(one.returned for one in collected.files):
        return out
    written.problems.append(problem("returns-none-read", Position(str(out))))
    return None


def _tell_again(memory: Memory, out: Path | None, state: str) -> None:
    """Where nothing has changed and the ledger stands as it was made: say the same again, and end."""
    from checklists.files.guard import digest_of
    from checklists.returns.unchanged import problem_from

    said = memory.run(str(out), state)
    try:
        if out is None or not said or digest_of(str(out)) != said["ledger"]:
            return
        lines, code = [*said["lines"], f"没有变化 {out}"], int(said["code"])
        found = [problem_from(one) for one in said["problems"]]
    except (OSError, KeyError, TypeError, ValueError):
        return
    tell(found)
    for line in lines:
        print(line)
    raise typer.Exit(code)


def _remember(memory: Memory, out: Path | None, state: str, collected: Collected, written: Written) -> None:
    from checklists.files.guard import digest_of

    if out is None or not state or written.problems or not all(one.stands for one in written.placed):
        return
    said = {
        "lines": _lines(collected),
        "problems": [one.as_json() for one in _shown(collected)],
        "code": 1 if errors(collected.problems) else 0,
        "ledger": digest_of(str(out)),
    }
    memory.keep_run(str(out), state, said)


def _write(collected: Collected, out: Path, templates: Path, overwrite: bool, written: Written) -> None:
    """The ledger itself."""
    from checklists.files.guard import write_guarded
    from checklists.returns.ledger import ledger

    content = ledger(collected, templates)
    written.take(*write_guarded(out.parent, {out.name: content}, overwrite=overwrite))


def _tell(collected: Collected, written: Written, doubts: bool, as_json: bool) -> int:
    """Say everything; the exit code."""
    from checklists.returns.collect import as_json as collected_json
    from checklists.returns.doubts import doubts as find_doubts

    asked = find_doubts(collected) if doubts else []
    if as_json:
        told = {"doubts": [one._asdict() for one in asked]} if doubts else {}
        print_json({**collected_json(collected), **told, "written": written.as_json()})
    else:
        tell(_shown(collected))
        for line in _lines(collected):
            print(line)
        for one in asked:
            print(f"{one.firm} {one.month}：{one.question}（{one.file} {one.sheet}！{one.cells}）")
        written.tell()
    tell(written.problems)
    return 1 if errors([*collected.problems, *written.problems]) else 0


def _folder_of(out: Path | None) -> Path | None:
    """The folder of the ledger, made where it is not there yet."""
    if out is None:
        return None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise unwritable(out, failure) from failure
    return out.parent


def _mark(collected: Collected, out: Path, overwrite: bool, written: Written, *, wanted: bool) -> None:
    """Copies with the unclear cells coloured, in a folder beside the ledger."""
    from checklists.files.guard import write_guarded
    from checklists.returns.files import MARKED
    from checklists.returns.marking import marked_books

    made: dict[str, bytes] = {}
    for name, content in marked_books(collected) if wanted else ():
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
    templates: Path,
    overwrite: bool,
    written: Written,
) -> None:
    """Papers filled with the hazards, in a folder beside the ledger."""
    from checklists.files.guard import write_guarded
    from checklists.returns.files import DRAFTS
    from checklists.returns.papers import papers_of

    made: dict[str, bytes] = {}
    for paper in papers_of(collected, wanted, templates) if wanted else ():
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


def _shown(collected: Collected) -> list[Problem]:
    """The first problems, and how many more there are."""
    found = collected.problems
    if len(found) <= SHOWN:
        return found
    return [*found[:SHOWN], problem("returns-more", COMMAND_LINE, count=len(found) - SHOWN)]


def _lines(collected: Collected) -> list[str]:
    numbers, count = collected.numbers(), collected.count
    states: dict[str, int] = {}
    for hazard in collected.hazards:
        states[hazard.state] = states.get(hazard.state, 0) + 1
    told = "，".join(f"{state} {number}" for state, number in states.items()) or "没有"
    loose = sum(1 for hazard in collected.hazards if not hazard.registered)
    return [
        f"文件 {numbers['files']} 个：读了 {numbers['read']} 个，相同的 {numbers['same']} 个，"
        f"没有读的 {numbers['refused']} 个；企业 {len(collected.firms)} 家。",
        f"共 {count.seen} 行：算 {count.accepted} 行（其中没有填的 {count.blank} 行），"
        f"看不清 {count.unclear} 行，不算 {count.rejected} 行。",
        f"隐患 {len(collected.hazards)} 条：{told}；其中台账里没有登记的 {loose} 条。",
    ]


def register(root: typer.Typer) -> None:
    """Commands that stand at the top level."""
    root.command("collect")(collect_returns)
