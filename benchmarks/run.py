"""Measure ours against the other tools, in one run, on the same work.

    python benchmarks/run.py              everything (about half an hour), results to standard output
    python benchmarks/run.py --write      the same, and into benchmarks/README.md
    python benchmarks/run.py --only batch one part: table, length, batch, rosters, start

Contenders are run in turn, each in a process of its own, three times over; medians are told. Needs the project and
``benchmarks/requirements.txt``; the tools for node are installed into a temporary folder when npm can reach them.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import work
from measure import HERE, Run, emptied, machine, median, timed

WORD = ("docxtpl", "python_docx", "docxtemplater", "carbone_docx", "word_plate", "word_zipfile", "word_bytes")
EXCEL = (
    "openpyxl_from_template",
    "xlsxwriter",
    "exceljs",
    "carbone_xlsx",
    "excel_plate",
    "excel_zipfile",
    "excel_bytes",
)
SHIPPED = ("shipped_docxtpl", "shipped_openpyxl")
NODE = {
    "docxtemplater": "docxtemplater",
    "carbone_docx": "carbone",
    "carbone_xlsx": "carbone",
    "exceljs": "exceljs",
}
QUICK = frozenset({"word_plate", "word_bytes", "word_zipfile", "excel_plate", "excel_bytes", "excel_zipfile"})
"""Made 2 000 at a time; of the others a sample of 40 is enough."""
ITEMS = 60
SAMPLE, MANY = 40, 2_000
COUNTS = (200, 2_000, 20_000)
START, END = "<!-- results -->", "<!-- end of results -->"


class Bench:
    """The folders all is done in, how often, and the lines of the report."""

    def __init__(self, folders: dict[Path, str], times: int) -> None:
        self.folders = folders
        self.folder = next(iter(folders))
        self.times = times
        self.lines: list[str] = []
        self.node = self._install_node()
        self.per_document: dict[str, float] = {}

    def use(self, folder: Path) -> None:
        """Write below this folder from now on."""
        self.folder = folder

    def say(self, *lines: str) -> None:
        """Add to the report, and show it."""
        self.lines += lines
        print(*lines, sep="\n", flush=True)

    def _install_node(self) -> Path | None:
        if not (shutil.which("node") and shutil.which("npm")):
            return None
        folder = emptied(self.folder / "node")
        shutil.copytree(HERE / "node", folder, dirs_exist_ok=True)
        install = ["npm", "install", "--no-audit", "--no-fund", "--silent"]
        try:
            done = subprocess.run(install, cwd=folder, capture_output=True, check=False, timeout=300)
        except subprocess.TimeoutExpired:
            return None
        return folder if done.returncode == 0 else None

    def documents(self, name: str, count: int, items: int, lists: int = work.TYPES) -> Run:
        """One contender, so many documents of so many lists."""
        out = emptied(self.folder / "out")
        if name not in NODE:
            return timed(
                [sys.executable, __file__, "--maker", name, *map(str, (count, items, out, lists))], watch=True
            )
        assert self.node
        ending = "xlsx" if name in ("exceljs", "carbone_xlsx") else "docx"
        plain = work.plain_xlsx if ending == "xlsx" else work.plain_docx
        style = {"docxtemplater": "docxtemplater", "exceljs": "copy"}.get(name, "carbone")
        template = plain(self.folder / f"template.{ending}", style)
        data = self.folder / "data.json"
        data.write_text(json.dumps(work.values_for_node(work.made_up_library(items), count)), "utf-8")
        return timed(["node", "make.js", NODE[name], template, data, out], self.node, watch=True)

    def batch(self, count: int, facts: str = "none", ending: str = ".csv", only: str = "") -> Run:
        """Our whole batch: roster read and checked, both documents of each enterprise, manifest."""
        roster = work.write_roster(self.folder / f"roster{ending}", count, facts)
        out = emptied(self.folder / "out")
        out.rmdir()
        told = [str(roster), str(out), facts, only]
        return timed([sys.executable, __file__, "--batch", *told], watch=True)

    def bare(self) -> Run:
        """Writing as many bytes into the same files as the batch just made."""
        sizes = self.folder / "sizes.json"
        out = self.folder / "out"
        told = [
            (str(path.relative_to(out)), path.stat().st_size) for path in out.rglob("*") if path.is_file()
        ]
        sizes.write_text(json.dumps(told), "utf-8")
        return timed([sys.executable, __file__, "--bare", str(sizes), str(emptied(self.folder / "bare"))])


# ---------------------------------------------------------------- what the processes do


def make(name: str, count: str, items: str, out: str, lists: str) -> None:
    """One contender."""
    import contenders

    work.LISTS = int(lists)
    contenders.MAKERS[name](Path(out), int(count), int(items))


def batch(roster: str, out: str, facts: str, only: str) -> None:
    """Our batch with made-up rules in place of the shipped ones, which are opened and checked all the same."""
    from checklists.batch import press
    from checklists.batch.run import run_batch
    from checklists.checklist.build import Order
    from checklists.documents.make import Printing, filled
    from checklists.rules.checks import check_all
    from checklists.rules.library import open_library

    house = press.Folders(work.ROOT / "rules", work.ROOT / "seeds", work.ROOT / "templates")
    shipped, _ = open_library(house.rules, house.seeds)
    check_all(shipped)
    library = work.made_up_library(ITEMS, with_facts=facts != "none", shipped=shipped)
    kept = {"word": ".docx", "excel": ".xlsx"}.get(only)

    def only_one(printing: Printing) -> dict[str, bytes]:
        return filled(printing) if printing.document.ending == kept else {}

    if kept:
        setattr(press, "filled", only_one)  # noqa: B010 -- the other document is left empty
    tally = run_batch(Path(roster), Path(out), press.Press(house, Order(work.DAY, most=0), library))
    assert not tally.refused, tally.problems[:3]


def bare(sizes: str, out: str) -> None:
    """As many bytes, nothing reckoned."""
    told = json.loads(Path(sizes).read_text("utf-8"))
    content = os.urandom(max(size for _, size in told))
    folders: set[str] = set()
    for name, size in told:
        path = f"{out}/{name}"
        folder = os.path.dirname(path)  # noqa: PTH120 -- the least work there can be
        if folder not in folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            folders.add(folder)
        with open(path, "wb", buffering=0) as opened:  # noqa: PTH123
            opened.write(content[:size])


# ---------------------------------------------------------------- parts of the report


def tables(bench: Bench) -> None:
    """60 items, a plain table, all tools; and the shipped templates with the two tools that can fill them."""
    for title, names, first in (
        ("Word, a table of eight columns", WORD, "docxtpl"),
        ("Excel, a table of eight columns", EXCEL, "openpyxl_from_template"),
        ("The shipped templates", SHIPPED, ""),
    ):
        present = [name for name in names if name not in NODE or bench.node]
        runs = _interleaved(bench, present)
        bench.say("", f"### {title}: {ITEMS} items, per document", "")
        bench.say("| | ms a document | × | memory, MB |", "|---|---:|---:|---:|")
        for name in present:
            cost, memory = runs[name]
            times = f"{runs[first][0] / cost:.1f}" if first else ""
            bench.say(f"| {name} | {1000 * cost:.2f} | {times} | {memory:.0f} |")
        if missing := [name for name in names if name not in present]:
            bench.say("", f"Not measured, since node or npm could not be used: {', '.join(missing)}.")


def _interleaved(bench: Bench, names: list[str]) -> dict[str, tuple[float, float]]:
    """Seconds a document, without what the process needs before the first; megabytes at the peak."""
    runs: dict[str, list[Run]] = {name: [] for name in names}
    starts: dict[str, list[Run]] = {name: [] for name in names}
    for _ in range(bench.times):
        for name in names:
            starts[name].append(bench.documents(name, 1, ITEMS))
            runs[name].append(bench.documents(name, _count(name), ITEMS))
    costs = {}
    for name in names:
        spent = median(runs[name]).seconds - median(starts[name]).seconds
        costs[name] = (max(spent, 1e-6) / (_count(name) - 1), median(runs[name]).memory)
        bench.per_document[name] = costs[name][0]
    return costs


def _count(name: str) -> int:
    return MANY if name in QUICK else SAMPLE


def lengths(bench: Bench) -> None:
    """Longer lists, all enterprises with the same one."""
    bench.say(
        "", "### Longer lists, ms a document", "", "| items | docxtpl | ours | × | openpyxl | ours | × |"
    )
    bench.say("|---:|---:|---:|---:|---:|---:|---:|")
    for items, few, many in ((60, 100, 4000), (600, 20, 2000), (6000, 3, 600)):
        cells = []
        for slow, quick in (("docxtpl", "word_plate"), ("openpyxl_from_template", "excel_plate")):
            other, ours = (
                _marginal(bench, name, count, items) for name, count in ((slow, few), (quick, many))
            )
            cells += [f"{1000 * other:.1f}", f"{1000 * ours:.3f}", f"{other / ours:.0f}"]
        bench.say(f"| {items} | {' | '.join(cells)} |")


def _marginal(bench: Bench, name: str, count: int, items: int) -> float:
    """Seconds a document beyond the first."""
    one, all_of_them = [], []
    for _ in range(bench.times):
        one.append(bench.documents(name, 1, items, lists=1))
        all_of_them.append(bench.documents(name, count, items, lists=1))
    return max(median(all_of_them).seconds - median(one).seconds, 1e-6) / (count - 1)


def batches(bench: Bench) -> None:
    """Whole batches of both documents with the shipped templates, from the start of the process to its end."""
    _interleaved(bench, [name for name in SHIPPED if name not in bench.per_document])
    bench.say(
        "",
        f"### Whole batches: both documents, {ITEMS} items, {work.TYPES} lists, two processes, plates included",
        "",
    )
    bench.say(
        "Roster read and checked, lists selected, plates made, both documents of each enterprise written, manifest.",
        "“Word ×” and “Excel ×” set one document of the other tool against the time of both of ours; “both ×” sets both",
        "against both. “Word only” and “Excel only” are batches whose other document was left empty.",
        "",
    )
    for folder in bench.folders:
        bench.use(folder)
        _batches_in(bench)


def _batches_in(bench: Bench) -> None:
    word, excel = (bench.per_document[name] for name in SHIPPED)
    bench.say("", f"Files written to {bench.folders[bench.folder]}:", "")
    bench.say(
        "| enterprises | s | bare writing, s | × bare | ms each | Word × | Excel × | both × | memory, MB |"
    )
    bench.say("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    whole: dict[int, float] = {}
    for count in COUNTS:
        runs, bares = [], []
        for _ in range(bench.times):
            runs.append(bench.batch(count))
            bares.append(bench.bare())
        run, least = median(runs), median(bares).seconds
        whole[count] = run.seconds
        ratios = [f"{cost * count / run.seconds:.1f}" for cost in (word, excel, word + excel)]
        told = [
            f"{run.seconds:.2f}",
            f"{least:.2f}",
            f"{run.seconds / least:.2f}",
            f"{1000 * run.seconds / count:.3f}",
        ]
        bench.say(f"| {count} | {' | '.join([*told, *ratios])} | {run.memory:.0f} |")
    bench.say(
        "", f"Ten times 2 000 would be {10 * whole[2_000]:.1f} s; 20 000 took {whole[20_000]:.1f} s.", ""
    )
    bench.say("| only | enterprises | s | × the other tool |", "|---|---:|---:|---:|")
    for only, cost in (("word", word), ("excel", excel)):
        for count in (COUNTS[0], COUNTS[-1]):
            run = median([bench.batch(count, only=only) for _ in range(bench.times)])
            bench.say(f"| {only} | {count} | {run.seconds:.2f} | {cost * count / run.seconds:.1f} |")


def rosters(bench: Bench) -> None:
    """Rosters that are not the best case."""
    bench.say(
        "",
        "### Other rosters",
        "",
        "| roster | enterprises | s | ms each | memory, MB |",
        "|---|---:|---:|---:|---:|",
    )
    for title, count, facts, ending in (
        ("ten lists, .csv", 2_000, "none", ".csv"),
        ("ten lists, .xlsx", 2_000, "none", ".xlsx"),
        ("half the facts filled in", 200, "half", ".csv"),
        ("no two share a list", 200, "own", ".csv"),
    ):
        run = median([bench.batch(count, facts=facts, ending=ending) for _ in range(bench.times)])
        cost = f"{1000 * run.seconds / count:.2f}"
        bench.say(f"| {title} | {count} | {run.seconds:.2f} | {cost} | {run.memory:.0f} |")


def start(bench: Bench) -> None:
    """What a command costs before it does anything."""
    bench.say("", "### Start-up, s", "", "| | s |", "|---|---:|")
    for title, more in (
        ("python -c pass", ["-c", "pass"]),
        ("checklists --help", ["-m", "checklists", "--help"]),
        ("checklists roster check of one row", ["-m", "checklists", "roster", "check", "one.csv"]),
    ):
        work.write_roster(bench.folder / "one.csv", 1)
        (bench.folder / "one.csv").write_text("单位名称,企业类型,所在地\n甲,加油站,阳城县\n", "utf-8")
        runs = [timed([sys.executable, *more], bench.folder) for _ in range(2 * bench.times + 1)]
        bench.say(f"| {title} | {median(runs).seconds:.2f} |")


PARTS: dict[str, Callable[[Bench], None]] = {
    "table": tables, "length": lengths, "batch": batches, "rosters": rosters, "start": start,
}  # fmt: skip


def _places() -> list[tuple[str | None, str]]:
    """Where files are written: memory first where the system has such a folder, since it is steadier, then the disk."""
    memory = [("/dev/shm", "memory")] if Path("/dev/shm").is_dir() else []
    return [*memory, (None, "disk")]


def main() -> None:
    """Read the command line and measure."""
    for mode, does in (("--maker", make), ("--batch", batch), ("--bare", bare)):
        if sys.argv[1:2] == [mode]:
            does(*sys.argv[2:])
            return
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    told = parser.parse_args()
    with ExitStack() as opened:
        folders = {
            Path(opened.enter_context(tempfile.TemporaryDirectory(dir=place))): name
            for place, name in _places()
        }
        bench = Bench(folders, told.times)
        today = datetime.datetime.now().astimezone().date()
        bench.say(f"{today}, {machine()}; medians of {told.times}.")
        for name in told.only or PARTS:
            bench.use(next(iter(folders)))
            PARTS[name](bench)
    if told.write:
        page = HERE / "README.md"
        before, _, rest = page.read_text("utf-8").partition(START)
        after = rest.partition(END)[2]
        page.write_text(f"{before}{START}\n\n" + "\n".join(bench.lines) + f"\n\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
