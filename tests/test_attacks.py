"""A short run of the attacks, which finds nothing; and each family shown a fault, which it finds."""

from __future__ import annotations

import os
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from checklists.cli import main
from checklists.documents.catalogue import DOCUMENTS
from tests.attacks import ground, probing, trial
from tests.attacks.counts import Counts, as_json, table
from tests.attacks.families import FAMILIES, tried
from tests.attacks.trial import HANG, INTERNAL, LOST, MEMORY, OTHER, OVERWRITTEN, SILENT, TRACEBACK, Target

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the attacks fork a process for each run")

SEED = 7
SHORT = {
    "values": 6,
    "rosters": 1,
    "rules": 2,
    "effects": 2,
    "templates": 1,
    "faults": 1,
    "import": 2,
    "verify": 1,
    "fuzz": 2,
}
"""Cases of the short run; the long one is ``python -m tests.attacks``."""


@pytest.mark.parametrize("family", SHORT)
def test_a_short_run_of_every_family_finds_nothing(family: str) -> None:
    found = [
        (f"--case {family}:{SEED}:{index}", one.tried, one.faults)
        for index in range(SHORT[family])
        for one in [tried(family, SEED, index)]
        if one.faults
    ]

    assert found == []


def test_the_short_run_takes_every_family() -> None:
    assert set(SHORT) == set(FAMILIES)


def test_the_same_seed_and_index_try_the_same_thing() -> None:
    def silent() -> None:
        sys.exit(0)

    one, again = (tried("values", SEED, 3, silent).tried for _ in range(2))

    assert one == again


# ---------------------------------------------------------------- each family is shown a fault


def found(family: str, target: Target, kind: str, most: int = 12) -> str:
    """What is told of the first fault of the kind among the cases; fails when none is found."""
    for index in range(most):
        told = [fault.told for fault in tried(family, SEED, index, target).faults if fault.kind == kind]
        if told:
            return told[0]
    pytest.fail(f"{family} did not find {kind} in {most} cases")


def says(words: str, code: int = 0) -> Target:
    """A command line that says the same whatever it is asked."""

    def target() -> None:
        print(words)
        sys.exit(code)

    return target


def raises() -> None:
    raise ValueError("boom")


def test_a_traceback_is_found_and_so_is_an_internal_error() -> None:
    assert "ValueError: boom" in found("values", raises, TRACEBACK, 1)
    assert found("fuzz", says("程序: 错误 internal-error: 程序出错：KeyError", 1), INTERNAL, 1)


def test_a_refusal_without_words_is_found() -> None:
    assert "没有说明" in found("values", says("oops", 1), OTHER, 1)


def test_a_run_that_does_not_end_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    tried("fuzz", SEED, 0, says(""))  # makes the file that is spoiled, within the usual time
    monkeypatch.setattr(trial, "SECONDS", 1)

    def busy() -> None:
        while True:
            pass

    assert found("fuzz", busy, HANG, 1)


def test_a_run_that_waits_for_ever_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    tried("fuzz", SEED, 0, says(""))
    monkeypatch.setattr(trial, "PATIENCE", 0.5)

    assert found("fuzz", lambda: time.sleep(30), HANG, 1)


def test_too_much_memory_is_found() -> None:
    def hungry() -> None:
        held = b"x" * (600 << 20)
        sys.exit(len(held) == 0)

    assert "MB" in found("fuzz", hungry, MEMORY, 1)


def test_a_swallowed_row_is_found() -> None:
    def swallowing() -> None:
        """Drops the last firm of a roster before it is read."""
        path = Path(sys.argv[2 if sys.argv[1] == "batch" else 3])
        if path.suffix.lower() == ".xlsx":
            book = load_workbook(path)
            book.worksheets[0].delete_rows(book.worksheets[0].max_row)
            book.save(path)
        else:
            lines = path.read_bytes().rstrip().splitlines(keepends=True)
            path.write_bytes(b"".join(lines[: -1 if path.suffix.lower() == ".csv" else -4]))
        main()

    assert "没有生成，也没有说明" in found("rosters", swallowing, LOST)


@pytest.mark.parametrize("family", ["rules", "effects"])
def test_rules_that_are_never_refused_are_found(family: str) -> None:
    assert found(family, says("检查项 1673 个；错误 0 处，提醒 0 处。"), OTHER)


@pytest.mark.parametrize(
    ("careless", "told"), [(True, "收下了，清单变了"), (False, "没有说「未发布」，清单变了")]
)
def test_a_changed_list_of_which_nothing_is_said_is_found(tmp_path: Path, careless: bool, told: str) -> None:
    rules = ground.copied(ground.rules(), tmp_path / "rules")
    path = rules / "gas-use.yaml"
    path.write_text(
        path.read_text("utf-8").replace("applies: {uses-gas: true}", "applies: {uses-gas: false}", 1), "utf-8"
    )
    one = trial.Trial("uses-gas")

    probing.judge(
        one, rules, ground.seeds(), says("错误 0 处，提醒 0 处。"), spoiled="gas-use.yaml", careless=careless
    )

    assert [(fault.kind, fault.told.partition("：")[0]) for fault in one.faults] == [(SILENT, told)]


def test_a_document_that_has_lost_its_wording_is_found() -> None:
    def careless() -> None:
        """Takes any template, and makes a document without items of it."""
        if sys.argv[1] in ("generate", "papers"):
            name = Path(sys.argv[sys.argv.index("--template") + 1]).name
            out = Path(sys.argv[sys.argv.index("--out") + 1])
            out.mkdir()
            with zipfile.ZipFile(out / name, "w") as opened:
                opened.writestr("word/document.xml", "<w:t>某某单位</w:t>")
        sys.exit(0)

    assert "文书少了" in found("templates", careless, SILENT, 3)


def test_a_filled_file_that_is_overwritten_is_found() -> None:
    def overwriting() -> None:
        """Writes the same two files over and over."""
        for name in ("甲_现场检查表.docx", "甲_企业自查工作簿.xlsx"):
            with zipfile.ZipFile(name, "w") as opened:
                opened.writestr("a", "b")
        sys.exit(0)

    assert "被覆盖或删去" in found("faults", overwriting, OVERWRITTEN, 40)


def test_a_refused_import_that_leaves_something_behind_is_found() -> None:
    def leaving() -> None:
        folder = Path(sys.argv[sys.argv.index("--seeds") + 1])
        (folder / "left.txt").write_text("x", "utf-8")
        print("没有导入")
        sys.exit(1)

    def outside() -> None:
        Path("elsewhere.txt").write_text("x", "utf-8")
        print("没有导入")
        sys.exit(1)

    assert "文件夹却变了" in found("import", leaving, OTHER, 1)
    assert "之外" in found("import", outside, OVERWRITTEN, 1)


def test_a_verify_that_vouches_for_everything_is_found() -> None:
    assert "没有发现" in found("verify", says("相符"), SILENT)


def test_a_verify_that_vouches_for_nothing_is_found() -> None:
    assert "填写后核验不过" in found("verify", says("不符", 1), OTHER)


# ---------------------------------------------------------------- the table


@pytest.mark.parametrize("make", [as_json, lambda counts: table(counts, 7, 2)])
def test_the_counts_are_those_of_the_faults(make: Callable[[dict[str, Counts]], str]) -> None:
    counts = Counts()
    for faults in ([], [LOST, LOST, SILENT], [LOST]):
        one = trial.Trial("x")
        for kind in faults:
            one.fault(kind, "")
        counts.add(one)

    told = make({"rosters": counts})

    assert ('"tried": 3' in told and '"lost": 2' in told and '"silent": 1' in told) or (
        "| 名录 | 3 | 0 | 0 | 0 | 1 | 2 | 0 | 0 | 0 |" in told
    )


def test_every_document_can_be_made_to_tamper_with() -> None:
    assert {Path(name).stem for name in ground.names()} == set(DOCUMENTS)
