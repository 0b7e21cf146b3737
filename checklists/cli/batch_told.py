"""What ``checklists batch`` tells: how far it is, and what became of everything."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from checklists.cli.shared import print_json, print_office, warnings
from checklists.cli.written import faces_line

if TYPE_CHECKING:
    from checklists.batch.summary import BatchSummary
    from checklists.roster.office import OfficeTold


@contextmanager
def bar() -> Iterator[Callable[[BatchSummary], None]]:
    """A bar on a terminal that shows how far a batch is; nothing elsewhere."""
    hidden = not sys.stderr.isatty()
    with typer.progressbar(length=1, label="生成", show_pos=True, file=sys.stderr, hidden=hidden) as bar:

        def progress(summary: BatchSummary) -> None:
            rows = summary.made + summary.refused
            converted, to_convert = summary.pdfs
            bar.length = max(summary.expected, rows) + to_convert
            bar.update(rows + converted - bar.pos)

        yield progress


@contextmanager
def row_events() -> Iterator[Callable[[BatchSummary], None]]:
    """A line of JSON on the error stream for every row of the roster, and while PDFs are made."""
    told = (0, 0)

    def progress(summary: BatchSummary) -> None:
        nonlocal told
        rows, (converted, to_convert) = summary.rows, summary.pdfs
        if summary.pdfs != told:
            told = summary.pdfs
            line = f'{{"event": "pdf", "done": {converted}, "expected": {to_convert}}}'
        else:
            counts = f'"done": {rows}, "expected": {max(summary.expected, rows)}'
            line = f'{{"event": "row", {counts}, "line": {summary.line}}}'
        print(line, file=sys.stderr, flush=True)

    yield progress


def duration(seconds: float) -> str:
    """25 秒, 3 分 5 秒, 2 小时 5 分."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} 秒"
    if whole < 3600:
        return f"{whole // 60} 分 {whole % 60} 秒"
    return f"{whole // 3600} 小时 {whole % 3600 // 60} 分"


def report(
    summary: BatchSummary, told: OfficeTold, out: Path, on: str, seconds: float, as_json: bool
) -> None:
    if as_json:
        print_json({**_as_json(summary, out, on, seconds), "office": told.path, "warnings": warnings()})
        return
    print_office(told)
    for line in summary.tally.lines():
        print(line, file=sys.stderr)
    unchanged = f"，另有 {summary.unchanged} 个原已生成、没有变化" if summary.unchanged else ""
    print(
        f"检查日 {on}：{summary.made} 家的文件都已生成，新写 {summary.written} 个文件{unchanged}；"
        f"没有生成或没有全部生成 {summary.refused} 行；用时 {duration(seconds)}。"
    )
    _report_changes(summary)
    if summary.kept:
        print(f"没有动的原有文件 {len(summary.kept)} 个。")
    for old, aside in summary.moved:
        print(f"原来的 {old} 已移到 {aside}")
    for old, new in summary.folders:
        print(f"文件夹没有动：{old}　{f'改名或迁址，现在是 {new}' if new else '不在这次的名录里'}")
    print(f"清单：{summary.manifest}")
    if summary.report:
        print(f"问题 {summary.problem_count} 处，全部列在 {summary.report}")
    for register in summary.registers:
        print(f"发放回收登记：{register}")
    for printed in summary.prints:
        print(f"打印件：{printed}")
    if summary.faces:
        print(faces_line(summary.faces))
    if summary.archive:
        print(f"压缩包：{summary.archive}")


_MOST_CHANGES = 20


def _report_changes(summary: BatchSummary) -> None:
    """What is other than in the manifest of before."""
    if summary.new or summary.changed:
        print(
            f"与上次的清单 {summary.since} 比：新增 {summary.new} 家，情况或检查项有变 {len(summary.changed)} 家。"
        )
    for folder in summary.changed[:_MOST_CHANGES]:
        print(f"有变动：{folder}")
    if len(summary.changed) > _MOST_CHANGES:
        print(f"有变动的另有 {len(summary.changed) - _MOST_CHANGES} 家，--json 的 changed 全部列出。")


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
        "since": summary.since or None,
        "new": summary.new,
        "changed": summary.changed,
        "problems": summary.problem_count,
        "problem_kinds": [one.as_json() for one in summary.tally.told()],
        "report": summary.report or None,
        "manifest": str(out / "manifest.json"),
        "registers": summary.registers,
        "prints": summary.prints,
        "faces": summary.faces,
        "zip": summary.archive or None,
        "seconds": round(seconds, 1),
    }
