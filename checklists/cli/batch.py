"""checklists roster …, checklists batch"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from checklists.cli.chinese import App
from checklists.cli.shared import (
    COMMAND_LINE,
    AppendixOption,
    BasisOption,
    DepartmentOption,
    FullOption,
    JsonOption,
    LandscapeOption,
    MostOption,
    OfficeOption,
    OnOption,
    OutOption,
    OverwriteOption,
    RulesOption,
    SeedsOption,
    TemplatesOption,
    closed_lists,
    day_of,
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

if TYPE_CHECKING:
    from checklists.batch.press import Folders, Press
    from checklists.batch.run import BatchSummary
    from checklists.models import Enterprise
    from checklists.roster.office import OfficeTold

app = App(help="企业名录：新建、检查。")

RosterArgument = Annotated[Path, typer.Argument(help="企业名录：.xlsx、.csv 或 .yaml", metavar="名录")]
SinceOption = Annotated[
    str | None,
    typer.Option(
        "--changed-since",
        metavar="日期",
        help="只给检查项从那一天以来有增减的企业生成（哪些企业见 checklists impact）",
        show_default=False,
    ),
]
SHOWN = 20
"""Problems that are shown; a batch lists all of them in its manifest."""


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
    file: RosterArgument, rules: RulesOption = None, seeds: SeedsOption = None, as_json: JsonOption = False
) -> None:
    """检查名录和旁边的 office.yaml：逐格指出问题，说明那一行会怎样处理；有行不能用时退出码为 1。"""
    from checklists.roster.read import check_roster
    from checklists.rules.criteria import load_criteria
    from checklists.rules.items import load_rules
    from checklists.selection.profile import looked_at

    vocabulary, folder = closed_lists(rules, seeds), rules or data_folder("rules")
    items, (standards, _) = load_rules(folder, vocabulary)[0].items, load_criteria(folder)
    report = check_roster(file, vocabulary, looked_at(items, standards))
    if as_json:
        listed = [found.as_json() for found in report.problems]
        print_json({"usable": report.usable, "unusable": report.unusable, "problems": listed})
    else:
        for found in report.problems:
            print(found)
        print(f"可用 {report.usable} 行，不能用 {report.unusable} 行；问题 {len(report.problems)} 处。")
    told = office_told(None, file.parent, Path(), of_many=True)
    if not as_json:
        print_office(told)
    raise typer.Exit(1 if report.unusable or not report.usable else 0)


def batch_documents(
    roster: RosterArgument,
    out: OutOption,
    on: OnOption = None,
    landscape: LandscapeOption = False,
    appendix: AppendixOption = "apart",
    most: MostOption = None,
    full: FullOption = False,
    department: DepartmentOption = None,
    basis: BasisOption = "standing",
    office: OfficeOption = None,
    zipped: Annotated[bool, typer.Option("--zip", help="完成后在旁边再打一个 zip 包")] = False,
    overwrite: OverwriteOption = False,
    since: SinceOption = None,
    rules: RulesOption = None,
    templates: TemplatesOption = None,
    seeds: SeedsOption = None,
    as_json: JsonOption = False,
) -> None:
    """按名录为每家企业生成检查表、企业留存和工作簿；中断后再运行同一条命令，从停下的地方接着生成。"""
    from checklists.batch.finish import zip_beside
    from checklists.batch.press import Folders
    from checklists.batch.run import run_batch

    began, told = time.monotonic(), office_told(office, roster.parent, Path(), of_many=True)
    where = ((rules, "rules"), (seeds, "seeds"), (templates, "templates"))
    folders = Folders(*(folder or data_folder(name) for folder, name in where))
    if zipped:
        zip_beside(out)
    try:
        day = on or _unfinished(out, roster, department)
        press = _press(folders, day, basis, department, 0 if full else most, landscape, appendix)
        with _progress() as progress:
            make = partial(run_batch, roster, out, press, progress=progress, wanted=_changed(since, press))
            summary = make(overwrite=overwrite, zipped=zipped, told=told)
    except KeyboardInterrupt:
        print("已中断。再运行同一条命令，会从停下的地方接着生成。", file=sys.stderr)
        raise typer.Exit(130) from None
    _report(summary, told, out, press.order.on.isoformat(), time.monotonic() - began, as_json)
    raise typer.Exit(1 if summary.failed else 0)


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


def _press(
    folders: Folders,
    on: str | None,
    basis: str,
    department: str | None,
    most: int | None,
    landscape: bool,
    appendix: str,
) -> Press:
    from checklists.batch.press import Press

    library = sound(folders.rules, folders.seeds)
    tell_edition(library)
    return Press(folders, order_of(library, on, basis, department, most, landscape, appendix), library)


@contextmanager
def _progress() -> Iterator[Callable[[BatchSummary], None]]:
    """A bar on a terminal that shows how far a batch is; nothing elsewhere."""
    hidden = not sys.stderr.isatty()
    with typer.progressbar(length=1, label="生成", show_pos=True, file=sys.stderr, hidden=hidden) as bar:

        def progress(summary: BatchSummary) -> None:
            rows = summary.made + summary.refused
            bar.length = max(summary.expected, rows)
            bar.update(rows - bar.pos)

        yield progress


def duration(seconds: float) -> str:
    """25 秒, 3 分 5 秒, 2 小时 5 分."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} 秒"
    if whole < 3600:
        return f"{whole // 60} 分 {whole % 60} 秒"
    return f"{whole // 3600} 小时 {whole % 3600 // 60} 分"


def _report(
    summary: BatchSummary, told: OfficeTold, out: Path, on: str, seconds: float, as_json: bool
) -> None:
    if as_json:
        print_json({**_as_json(summary, out, on, seconds), "office": told.path})
        return
    print_office(told)
    tell(summary.problems[:SHOWN])
    if summary.problem_count > SHOWN:
        print(f"……另有 {summary.problem_count - SHOWN} 处问题，全部列在 {summary.manifest}", file=sys.stderr)
    unchanged = f"，另有 {summary.unchanged} 个原已生成、没有变化" if summary.unchanged else ""
    print(
        f"检查日 {on}：{summary.made} 家的文件都已生成，新写 {summary.written} 个文件{unchanged}；"
        f"没有生成或没有全部生成 {summary.refused} 行；用时 {duration(seconds)}。"
    )
    if summary.kept:
        print(f"没有动的原有文件 {len(summary.kept)} 个。")
    for old, aside in summary.moved:
        print(f"原来的 {old} 已移到 {aside}")
    for old, new in summary.folders:
        print(f"文件夹没有动：{old}　{f'改名或迁址，现在是 {new}' if new else '不在这次的名录里'}")
    print(f"清单：{summary.manifest}")
    if summary.archive:
        print(f"压缩包：{summary.archive}")


def _as_json(summary: BatchSummary, out: Path, on: str, seconds: float) -> dict[str, Any]:
    return {
        "out": str(out),
        "on": on,
        "made": summary.made,
        "refused": summary.refused,
        "written": summary.written,
        "unchanged": summary.unchanged,
        "kept": summary.kept,
        "moved": [{"from": old, "to": aside} for old, aside in summary.moved],
        "folders": [{"old": old, "new": new} for old, new in summary.folders],
        "problems": summary.problem_count,
        "manifest": str(out / "manifest.json"),
        "zip": summary.archive or None,
        "seconds": round(seconds, 1),
    }


def register(root: typer.Typer) -> None:
    """Commands that stand at the top level."""
    root.command("batch")(batch_documents)
