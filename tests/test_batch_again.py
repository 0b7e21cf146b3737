"""A batch into a folder that has been used: whose folder is which, what was filled in, which day, what is planted."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklists.batch.earlier import Passed, left_over, read_earlier
from checklists.batch.journal import batch_digits, unfinished_day
from checklists.batch.manifest import earlier_line
from checklists.batch.press import Press
from checklists.batch.run import run_batch
from checklists.batch.summary import BatchSummary
from checklists.checklist.build import Order
from checklists.documents.filenames import folder_name, identity_of
from checklists.models import Enterprise
from checklists.problems import Refused
from tests.command import Told, command
from tests.rosters import DAY, small_press

HEAD = ["单位名称", "统一社会信用代码", "地址", "所在地", "企业类型", "电话"]
CODE, OTHER_CODE = "91140522MA0000000K", "91140522MA0000001H"
NEXT_DAY = DAY.replace(day=23)


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    return small_press(tmp_path_factory.mktemp("house"))


Batch = Callable[..., BatchSummary]


@pytest.fixture
def batch(press: Press, tmp_path: Path) -> Batch:
    """Run a batch of rows (name, code, address, place) into tmp_path/out."""

    def run(
        *rows: tuple[str, ...],
        roster: str = "名录.csv",
        phone: str = "",
        kind: str = "酒店",
        to: Press = press,
        **more: Any,
    ) -> BatchSummary:
        path = roster_of(tmp_path / roster, *rows, phone=phone, kind=kind)
        return run_batch(path, tmp_path / "out", to, **more)

    return run


def roster_of(path: Path, *rows: tuple[str, ...], phone: str = "", kind: str = "酒店") -> Path:
    filled = ((*row, "", "", "阳城县")[:4] if len(row) < 4 else row for row in rows)
    table = [[name, code, address, place or "阳城县", kind, phone] for name, code, address, place in filled]
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([HEAD, *table])
    return path


def firm(name: str, code: str = "", address: str = "", place: str = "阳城县") -> tuple[str, ...]:
    return name, code, address, place


def on(press: Press, **order: Any) -> Press:
    """The same press for another day or department."""
    return Press(press.folders, Order(**{"on": DAY, **order}), press.library)


def tree(folder: Path) -> dict[str, bytes]:
    """Files that are meant for people."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def documents(folder: Path) -> dict[str, bytes]:
    """What is given out: neither manifests nor the table of problems."""
    beside = ("manifest", "问题清单")
    return {name: content for name, content in tree(folder).items() if not name.startswith(beside)}


def hidden(folder: Path) -> set[str]:
    """Names of the batch's own files, without the digits that tell batches of one folder apart."""
    return {re.sub("(done)_[0-9a-f]{6}", r"\1", path.name) for path in folder.rglob(".*")}


def lines(out: Path, name: str = "manifest.json") -> list[dict[str, Any]]:
    return list(json.loads((out / name).read_text("utf-8"))["enterprises"])


def folders(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.glob("*/*_*") if path.is_dir()}


def document_of(out: Path, title: str, name: str = "甲") -> Path:
    (found,) = out.glob(f"*/{name}_*/*_{title}_*")
    return found


def book_of(out: Path, name: str = "甲") -> Path:
    return document_of(out, "企业自查工作簿", name)


def fill(path: Path) -> bytes:
    """Write into the first open cell, as an enterprise does; a line at the end of a paper."""
    if path.suffix == ".docx":
        paper = Document(str(path))
        paper.add_paragraph("已阅，某某")
        paper.save(str(path))
        return path.read_bytes()
    book = openpyxl.load_workbook(path)
    cell = next(
        cell for row in book.worksheets[1].iter_rows() for cell in row if cell.protection.locked is False
    )
    cell.value = "√"
    book.save(path)
    return path.read_bytes()


KINDS = ("word", "excel", "appendix")
EVERY_DOCUMENT = pytest.mark.parametrize(
    ("kind", "title"), list(zip(KINDS, ("现场检查表", "企业自查工作簿", "企业留存"), strict=True))
)
"""What the manifest calls a document, and what its file is called."""


# ---------------------------------------------------------------- what was filled in


@EVERY_DOCUMENT
def test_a_filled_document_is_kept_and_named_and_all_others_are_renewed(
    batch: Batch, tmp_path: Path, kind: str, title: str
) -> None:
    out = tmp_path / "out"
    batch(firm("甲"), firm("乙"))
    first = {line["name"]: line for line in lines(out)}
    before, book = documents(out), document_of(out, title)
    filled = fill(book)

    tally = batch(firm("甲"), firm("乙"), phone="新电话")

    name = book.relative_to(out).as_posix()
    after = documents(out)
    assert (tally.made, tally.refused, tally.written) == (1, 1, 5)
    assert tally.kept == [str(book)] and [found.code for found in tally.errors] == ["file-kept"]
    assert after[name] == filled and all(after[one] != before[one] for one in before if one != name)
    line = lines(out)[0]
    assert line["result"] == "原有文件未动" and line[kind] == book.name
    assert {one for one in KINDS if line[f"{one}_sha256"] == first["甲"][f"{one}_sha256"]} == {kind}


@EVERY_DOCUMENT
def test_a_filled_document_is_moved_aside_whole_where_that_is_asked(
    batch: Batch, tmp_path: Path, kind: str, title: str
) -> None:
    out = tmp_path / "out"
    batch(firm("甲"))
    path = document_of(out, title)
    made, filled = path.read_bytes(), fill(path)

    tally = batch(firm("甲"), overwrite=True)

    assert (tally.written, tally.unchanged, tally.failed) == (1, 2, False)
    assert [(old, Path(aside).read_bytes()) for old, aside in tally.moved] == [(str(path), filled)]
    assert path.read_bytes() == made and lines(out)[0][kind] == path.name


def test_the_command_ends_with_1_and_says_which_file_it_kept(press: Press, tmp_path: Path) -> None:
    path, out = roster_of(tmp_path / "名录.csv", firm("甲"), firm("乙")), tmp_path / "out"
    run = ["batch", path, "--out", out, "--rules", press.folders.rules, "--on", "2026-11-22"]
    assert command(*run).code == 0
    filled = fill(book_of(out))
    kept, told = command(*run), command(*run, "--json")
    forced = command(*run, "--overwrite")

    assert kept.code == 1 and f"{book_of(out)}: 错误 file-kept" in kept.err and "原有文件 1 个" in kept.out
    assert (
        told.json["kept"] == [str(book_of(out))]
        and told.json["moved"] == []
        and told.json["on"] == "2026-11-22"
    )
    aside = list(book_of(out).parent.glob("旧件/*"))
    assert forced.code == 0 and [path.read_bytes() for path in aside] == [filled]
    assert f"已移到 {aside[0]}" in forced.out


def test_a_workbook_filled_between_two_runs_is_kept_by_every_process(batch: Batch, tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch(firm("甲"), firm("乙"))
    filled = fill(book_of(out))

    with ProcessPoolExecutor(1) as executor:
        kept = batch(firm("甲"), firm("乙"), phone="1", executor=executor)
        forced = batch(firm("甲"), firm("乙"), phone="2", executor=executor, overwrite=True)

    assert (kept.written, kept.refused, forced.written, forced.refused) == (5, 1, 6, 0)
    assert [Path(aside).read_bytes() for _, aside in forced.moved] == [filled]
    assert hidden(out) == {".checklists-done.json", ".checklists-record.json", ".checklists.lock"}


def test_what_stays_behind_is_left_and_known_when_it_is_not_asked_for(
    batch: Batch, press: Press, tmp_path: Path
) -> None:
    """Without it, with it behind the list, and apart again, all on one day."""
    out = tmp_path / "out"
    batch(firm("甲"))
    apart = document_of(out, "企业留存")
    made = apart.read_bytes()
    for appendix in ("none", "with"):
        other = batch(firm("甲"), to=on(press, appendix=appendix), zipped=True)
        with zipfile.ZipFile(tmp_path / "out.zip") as opened:
            assert not [name for name in opened.namelist() if "企业留存" in name]
        assert (other.written, other.kept, lines(out)[0]["appendix"]) == (1, [], "")
    assert apart.read_bytes() == made

    again = batch(firm("甲"), phone="新电话")
    assert (again.written, again.kept) == (3, []) and apart.read_bytes() != made
    filled = fill(apart)
    batch(firm("甲"), to=on(press, appendix="none"))
    kept = batch(firm("甲"), phone="更新的电话")
    assert (kept.written, kept.kept) == (2, [str(apart)]) and apart.read_bytes() == filled


def test_another_edition_replaces_what_nobody_touched(batch: Batch, press: Press, tmp_path: Path) -> None:
    batch(firm("甲"))
    before = documents(tmp_path / "out")
    newer = Press(press.folders, press.order, replace(press.library, edition="9.9.9"))

    tally = batch(firm("甲"), to=newer)

    after = documents(tmp_path / "out")
    assert (tally.written, tally.failed) == (3, False)
    assert after.keys() == before.keys() and all(after[name] != before[name] for name in before)


def test_without_its_manifests_every_document_is_somebodys(batch: Batch, tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch(firm("甲"))
    before = documents(out)
    for path in out.glob("manifest*"):
        path.unlink()

    tally = batch(firm("甲"), phone="新电话")

    assert (tally.refused, len(tally.kept)) == (1, 3) and documents(out) == before


def test_a_row_that_cannot_be_made_today_forgets_nothing(batch: Batch, press: Press, tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch(firm("甲"), firm("乙"))
    shutil.copytree(press.folders.templates, tmp_path / "templates")
    (tmp_path / "templates/现场检查表.docx").write_bytes(b"damaged")
    broken = Press(replace(press.folders, templates=tmp_path / "templates"), press.order, press.library)
    refused = batch(firm("甲"), firm("乙"), to=broken)
    gone = batch(firm("甲"))
    again = batch(firm("甲"), firm("乙"), phone="新电话")

    assert (refused.refused, gone.folders[0][0], again.written, again.kept) == (
        2,
        next(iter(sorted(folders(out)))),
        6,
        [],
    )


# ---------------------------------------------------------------- whose folder is which


def test_a_folder_depends_on_nobody_elses_row(batch: Batch, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = (
        firm("甲", address="北街"),
        firm("甲", address="南街"),
        firm("乙", CODE),
        firm("丙", place="交城县"),
    )
    batch(*first)
    before = folders(out)
    batch(firm("甲", address="东街"), *reversed(first), firm("丁"))

    assert len(before) == 4 and before < folders(out) and len(folders(out)) == 6
    assert "晋城市阳城县/乙_426b65" in before
    assert folder_name("甲", "晋城市阳城县", identity_of(enterprise("甲", "北街"), "晋城市阳城县")) in before


def enterprise(name: str, address: str) -> Enterprise:
    return Enterprise(name=name, address=address, types=("hotel",))


@pytest.mark.parametrize("days", [(DAY, DAY, DAY), (DAY, NEXT_DAY, NEXT_DAY.replace(day=24))])
def test_an_enterprise_that_gains_a_code_keeps_folder_and_digits(
    batch: Batch, press: Press, tmp_path: Path, days: tuple[Any, ...]
) -> None:
    out = tmp_path / "out"
    first, second, third = (on(press, on=day) for day in days)
    batch(firm("甲", "", "北街"), to=first)
    (before,) = folders(out)
    gained = batch(firm("甲", CODE, "北街"), firm("乙"), to=second)
    assert gained.folders == [] and sum(name.startswith("晋城市阳城县/甲") for name in folders(out)) == 1
    moved = batch(firm("甲改", CODE, "南街"), firm("乙"), to=third)

    digits = before[-6:]
    assert moved.folders == [(before, f"晋城市阳城县/甲改_{digits}")]
    assert {Path(name).stem[-6:] for name in documents(out) if "甲" in name} == {digits}


def test_a_folder_that_an_enterprise_with_another_code_took_over_is_not_taken_again(
    batch: Batch, press: Press, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    batch(firm("甲"))
    batch(firm("甲", CODE), to=on(press, on=NEXT_DAY))
    batch(firm("甲", CODE), firm("甲", OTHER_CODE), to=on(press, on=NEXT_DAY))

    identities = [line["identity"] for line in lines(out)]
    assert len(set(identities)) == 2 and len(folders(out)) == 2


def test_two_rows_of_one_enterprise_are_never_made_over_each_other(batch: Batch, tmp_path: Path) -> None:
    out = tmp_path / "out"
    tally = batch(firm("甲", CODE), firm("乙", CODE), firm("丙", address="街"), firm("丙", address="街"))

    assert (tally.made, tally.refused) == (2, 1)
    assert [(line["name"], line["result"], line["folder"] != "") for line in lines(out)] == [
        ("甲", "已生成", True),
        ("乙", "没有生成", False),
        ("丙", "已生成", True),
        ("丙", "提醒", False),
    ]
    assert "第 2 行" in tally.errors[0].message and "第 4 行" in tally.warnings[-1].message


def test_a_code_gained_by_one_of_two_rows_of_one_name_is_asked_back(batch: Batch, tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch(firm("甲"))
    tally = batch(firm("甲", CODE), firm("甲"))

    assert (tally.made, tally.refused, len(folders(out))) == (1, 1, 1)


def same_digits() -> Iterator[str]:
    """Two addresses for which the enterprise 甲 has the same six digits."""
    met: dict[str, str] = {}
    for number in count():
        address = f"北街{number}号"
        told = hashlib.sha256(f"甲\0晋城市阳城县\0{address}\0".encode()).hexdigest()[:6]
        if told in met:
            yield from (met[told], address)
            return
        met[told] = address


@pytest.mark.parametrize("apart", [False, True])
def test_enterprises_with_the_same_six_digits_do_not_overwrite_each_other(
    batch: Batch, tmp_path: Path, apart: bool
) -> None:
    one, other = (firm("甲", address=address) for address in same_digits())
    tally = batch(one) if apart else batch(one, other)
    first = documents(tmp_path / "out")
    if apart:
        tally = batch(other)

    assert (tally.refused, len(tally.kept), len(first)) == (1, 3, 3)
    assert documents(tmp_path / "out") == first


# ---------------------------------------------------------------- gone, renamed, moved


def test_renamed_and_moved_enterprises_are_told_with_both_folders(batch: Batch, tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch(firm("甲", CODE), firm("乙", OTHER_CODE))
    before = documents(out)
    tally = batch(firm("甲改", CODE), firm("乙", OTHER_CODE, place="交城县"))

    assert [(old[:-7], new[:-7]) for old, new in tally.folders] == [
        ("晋城市阳城县/甲", "晋城市阳城县/甲改"),
        ("晋城市阳城县/乙", "吕梁市交城县/乙"),
    ]
    assert before.items() <= documents(out).items()
    made = [line for line in lines(out) if line["result"] == "已生成"]
    assert all("batch-firm-moved" in [found["code"] for found in line["problems"]] for line in made)
    assert len(made) == 2
    assert batch(firm("甲改", CODE), firm("乙", OTHER_CODE, place="交城县")).folders == []


def test_an_enterprise_gone_from_the_roster_is_told_with_its_folder(batch: Batch, tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch(firm("甲"), firm("乙"), firm("丙"))
    before = documents(out)
    tally = batch(firm("丙"))

    assert [(old[:-7], new) for old, new in tally.folders] == [
        ("晋城市阳城县/甲", ""),
        ("晋城市阳城县/乙", ""),
    ]
    assert before.items() <= documents(out).items() and not tally.failed
    gone = [line for line in lines(out) if line["result"] == "不在名录"]
    assert [line["folder"] for line in gone] == [old for old, _ in tally.folders]
    with (out / "manifest.csv").open(encoding="utf-8-sig", newline="") as opened:
        assert [row["结果"] for row in csv.DictReader(opened)] == ["已生成", "不在名录", "不在名录"]
    shutil.rmtree(out / tally.folders[0][0])
    assert len(batch(firm("丙")).folders) == 1


def test_the_command_prints_old_and_new_folders(press: Press, batch: Batch, tmp_path: Path) -> None:
    batch(firm("甲", CODE), firm("乙"))
    path = roster_of(tmp_path / "名录.csv", firm("甲改", CODE))
    told = command(
        "batch", path, "--out", tmp_path / "out", "--rules", press.folders.rules, "--on", "2026-11-23"
    )

    shown = [line for line in told.out.splitlines() if line.startswith("文件夹没有动")]
    assert told.code == 0 and len(shown) == 2
    assert "甲_426b65" in shown[0] and "现在是 晋城市阳城县/甲改_426b65" in shown[0]
    assert "乙_" in shown[1] and "不在这次的名录里" in shown[1]


def test_rosters_of_other_enterprises_do_not_miss_each_others(
    batch: Batch, press: Press, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert batch(firm("甲"), firm("乙"), roster="北留.csv").folders == []
    assert batch(firm("丙"), firm("乙"), roster="凤城.csv").folders == []
    assert batch(firm("甲"), firm("乙"), to=on(press, department="消防"), roster="北留.csv").folders == []

    north, phoenix, fire = sorted(
        out.glob("manifest_2026-11-22_*.json"), key=lambda path: path.stat().st_mtime
    )
    assert [line["name"] for line in lines(out, north.name)] == ["甲", "乙"]
    assert [line["name"] for line in lines(out, phoenix.name)] == ["丙", "乙"]
    assert fire.read_bytes() == (out / "manifest.json").read_bytes()
    assert json.loads(fire.read_text("utf-8"))["department"] == "消防"
    for manifest in (north, phoenix, fire):
        for line in lines(out, manifest.name):
            content = (out / line["folder"] / line["word"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == line["word_sha256"]


def test_a_document_that_another_rosters_manifest_vouched_for_is_told(batch: Batch, tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch(firm("甲"), firm("乙"), roster="县.csv", phone="一")
    same = batch(firm("甲"), roster="乡.csv", phone="一")
    other = batch(firm("甲"), firm("丙"), roster="乡.csv", phone="二")
    again = batch(firm("甲"), firm("丙"), roster="乡.csv", phone="三")

    assert [found.code for found in same.problems] == []
    for tally in (other, again):
        assert [found.code for found in tally.problems] == ["batch-other-roster"] and not tally.failed
    assert lines(out)[0]["problems"][0]["code"] == "batch-other-roster"


def test_a_roster_that_was_given_another_name_is_known_by_its_enterprises(batch: Batch, press: Press) -> None:
    batch(firm("甲"), firm("乙"), firm("丙"), roster="十月.csv")
    tally = batch(firm("甲"), firm("乙"), firm("丁"), roster="十一月.csv", to=on(press, on=NEXT_DAY))

    assert [(old[:-7], new) for old, new in tally.folders] == [("晋城市阳城县/丙", "")]


# ---------------------------------------------------------------- manifests by day


def test_manifests_are_kept_by_day_and_the_newest_is_found_under_its_old_name(
    batch: Batch, press: Press, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    batch(firm("甲"))
    before = tree(out)
    batch(firm("甲"), firm("乙"), to=on(press, on=NEXT_DAY))

    day, next_day = sorted(path.name for path in out.glob("manifest_*.json"))
    assert day.startswith("manifest_2026-11-22_名录_") and next_day.startswith("manifest_2026-11-23_名录_")
    after = tree(out)
    assert {name: after[name] for name in before if name not in ("manifest.csv", "manifest.json")} == {
        name: before[name] for name in before if name not in ("manifest.csv", "manifest.json")
    }
    assert (
        after["manifest.json"] == after[next_day] and after["manifest.csv"] == after[next_day[:-5] + ".csv"]
    )
    batch(firm("甲"))
    assert tree(out)[day] == before[day] and tree(out)["manifest.json"] == before[day]


@pytest.mark.parametrize("name", ["manifest.csv", "manifest_*.csv", "manifest.json", "manifest_*.json"])
def test_a_manifest_with_notes_in_it_is_kept(batch: Batch, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    batch(firm("甲"))
    (path,) = out.glob(name)
    path.write_bytes(path.read_bytes() + "备注：已发\n".encode())
    noted = path.read_bytes()

    kept = batch(firm("甲"), firm("乙"))
    assert path.read_bytes() == noted and kept.kept == [str(path)] and kept.failed
    newer = batch(firm("甲"), firm("乙"), phone="新电话")
    assert (newer.written, newer.kept) == (6, [str(path)])
    forced = batch(firm("甲"), firm("乙"), overwrite=True)
    assert [aside.read_bytes() for aside in (out / "旧件").iterdir()] == [noted] and not forced.failed
    assert b"\xe4\xb9\x99" in path.read_bytes()


def test_a_damaged_manifest_knows_nothing_and_breaks_nothing(batch: Batch, tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch(firm("甲"), firm("乙"))
    (path,) = out.glob("manifest_*.json")
    text = path.read_text("utf-8")
    for damaged in (
        text[: len(text) // 2],
        text.replace('"identity": "', '"identity": 7, "x": "'),
        "[" * 100_000,
        "",
    ):
        path.write_text(damaged, "utf-8")
        tally = batch(firm("甲"), firm("乙"))
        assert tally.kept == [str(path)] and tally.unchanged == 6


def test_the_days_manifest_keeps_the_record_of_what_was_given_out_earlier(
    batch: Batch, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    batch(firm("甲"), firm("乙"))
    first = lines(out)[0]
    batch(firm("甲", address=""), firm("乙"), kind="加油站")
    batch(firm("甲"), firm("乙"), kind="加油站")
    batch(firm("乙"), kind="宾馆饭店", zipped=True)

    told = [(line["name"], line["serial"], line["word_sha256"], line["result"]) for line in lines(out)]
    assert ("甲", first["serial"], first["word_sha256"], "先前生成") in told
    assert sorted((name, result) for name, _, _, result in told) == [
        ("乙", "先前生成"),
        ("乙", "已生成"),
        ("甲", "不在名录"),
        ("甲", "先前生成"),
    ]
    assert len(set(told)) == 4
    assert batch(firm("甲"), firm("乙")).unchanged == 3, "乙 as it stands, 甲 renewed"


# ---------------------------------------------------------------- interrupted


def interrupt(batch: Batch, *rows: tuple[str, ...], after: int, **more: Any) -> None:
    def stop(tally: BatchSummary) -> None:
        if tally.made == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch(*rows, progress=stop, **more)


def test_what_an_interrupted_batch_wrote_is_known_to_the_next(batch: Batch, tmp_path: Path) -> None:
    out, rows = tmp_path / "out", [firm(f"甲{number}") for number in range(6)]
    interrupt(batch, *rows, after=4)
    assert len(documents(out)) == 12 and not list(out.glob("manifest*"))
    interrupt(batch, *rows, after=2, phone="新电话")

    tally = batch(*rows, phone="更新的电话")

    assert (tally.written, tally.failed) == (18, False)
    assert hidden(out) == {".checklists-done.json", ".checklists-record.json", ".checklists.lock"}


@EVERY_DOCUMENT
def test_a_document_that_was_filled_while_a_batch_was_interrupted_is_kept(
    batch: Batch, tmp_path: Path, kind: str, title: str
) -> None:
    interrupt(batch, firm("甲"), firm("乙"), after=1)
    path = document_of(tmp_path / "out", title)
    filled = fill(path)

    tally = batch(firm("甲"), firm("乙"))

    assert path.read_bytes() == filled and tally.kept == [str(path)]
    assert lines(tmp_path / "out")[0][f"{kind}_sha256"] not in ("", hashlib.sha256(filled).hexdigest())


def test_a_torn_or_foreign_journal_knows_what_it_can(batch: Batch, tmp_path: Path) -> None:
    out = tmp_path / "out"
    interrupt(batch, firm("甲"), firm("乙"), after=2)
    (journal,) = out.glob(".checklists-written_*")
    whole = journal.read_bytes()
    journal.write_bytes(b'\xff\xfe\n[1]\n{"a": 1}\n' + whole[:-20])

    tally = batch(firm("甲"), firm("乙"), phone="新电话")

    assert (tally.written, len(tally.kept)) == (5, 1)


def test_a_batch_resumed_on_another_day_goes_on_with_its_own(
    batch: Batch, press: Press, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    interrupt(batch, firm("甲"), firm("乙"), after=1)
    run = ["batch", tmp_path / "名录.csv", "--out", out, "--rules", press.folders.rules]
    other = command(*run, "--department", "消防", "--json")
    resumed = command(*run, "--json")
    anew = command(*run, "--json")

    assert resumed.code == 0 and resumed.json["on"] == "2026-11-22"
    assert "接着 2026-11-22 未完成的批次" in resumed.err and "--on" in resumed.err
    assert other.json["on"] == anew.json["on"] != "2026-11-22" and "未完成" not in other.err + anew.err
    assert len([name for name in documents(out) if "2026-11-22" in name]) == 6


def test_a_day_that_is_told_is_the_day(batch: Batch, press: Press, tmp_path: Path) -> None:
    interrupt(batch, firm("甲"), after=1)
    run = ["batch", tmp_path / "名录.csv", "--out", tmp_path / "out", "--rules", press.folders.rules]

    told = command(*run, "--on", "2026-11-25", "--json")

    assert told.json["on"] == "2026-11-25" and "未完成" not in told.err


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"on": 7}', b'{"on": "soon"}', b"\xff", b"[" * 5000]
)
def test_a_damaged_note_of_an_unfinished_batch_says_nothing(
    batch: Batch, tmp_path: Path, content: bytes
) -> None:
    interrupt(batch, firm("甲"), after=1)
    out = tmp_path / "out"
    assert unfinished_day(out, "名录.csv", None) == DAY
    (note,) = out.glob(".checklists-unfinished_*")
    note.write_bytes(content)

    assert unfinished_day(out, "名录.csv", None) is None
    assert batch(firm("甲")).made == 1 and not note.exists()


LINE = st.dictionaries(
    st.sampled_from(["row", "identity", "folder", "code", "word_sha256", "result", "types", "name"]),
    st.one_of(
        st.none(), st.integers(), st.text(max_size=8), st.sampled_from(["0" * 12, "甲/乙", "../..", "./.", "甲/\ud800", "f" * 64]), st.lists(st.text(max_size=3))
    ),
)  # fmt: skip


@settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=60,
)
@given(st.lists(LINE, max_size=5), st.binary(max_size=200), st.binary(max_size=200))
def test_whatever_stands_in_old_manifests_and_journals_breaks_nothing(
    tmp_path: Path, told: list[dict[str, Any]], journal: bytes, note: bytes
) -> None:
    head = '{"roster": "名录.csv", "on": "2026-11-22", "digits": "000000",\n"enterprises": [\n'
    text = ",\n".join(json.dumps({"row": 1, **line}) for line in told)
    (tmp_path / "manifest_2026-11-22_x_000000.json").write_text(f"{head}{text}\n]}}\n", "utf-8")
    (tmp_path / "manifest_2026-11-23_x_000000.json").write_bytes(note)
    (tmp_path / ".checklists-written_2026-11-22_000000_1").write_bytes(journal)
    (tmp_path / f".checklists-unfinished_{batch_digits('名录.csv', None)}.json").write_bytes(note)

    earlier = read_earlier(tmp_path, DAY, "manifest_2026-11-22_x_000000")
    own = "manifest_2026-11-22_x_000000"
    missed = [name for name, _ in left_over(tmp_path, "名录.csv", own, earlier, Passed()) if name]

    assert unfinished_day(tmp_path, "名录.csv", None) is None or b"on" in note
    for _, line in left_over(tmp_path, "名录.csv", own, earlier, Passed()):
        assert earlier_line(line).entry.encode()
    assert missed == [] and earlier.identity(Enterprise(name="甲", types=("hotel",)))


# ---------------------------------------------------------------- what is planted


def planted(out: Path, name: str, target: Path) -> Path:
    """A link of this name in a folder like the one that a batch has just made."""
    path = out / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)
    return path


def theirs(folder: Path) -> Path:
    folder.mkdir()
    (folder / "file").write_bytes(b"theirs")
    return folder


def names_made(batch: Batch, tmp_path: Path) -> tuple[str, str]:
    """Folder and workbook of the enterprise 甲, in a folder that is taken away again."""
    batch(firm("甲"))
    book = book_of(tmp_path / "out").relative_to(tmp_path / "out").as_posix()
    shutil.rmtree(tmp_path / "out")
    return str(Path(book).parent), book


@pytest.mark.parametrize("level", [0, 1])
def test_a_link_in_the_place_of_a_folder_is_not_followed(batch: Batch, tmp_path: Path, level: int) -> None:
    folder, _ = names_made(batch, tmp_path)
    target = theirs(tmp_path / "elsewhere")
    planted(tmp_path / "out", folder.split("/")[0] if level == 0 else folder, target)

    tally = batch(firm("甲"), firm("乙", place="交城县"), overwrite=True)

    assert (tally.made, tally.refused) == (1, 1) and tally.errors[0].code == "folder-link"
    assert [path.name for path in target.iterdir()] == ["file"]


@pytest.mark.parametrize("part", [False, True])
def test_a_link_in_the_place_of_a_document_is_not_followed(batch: Batch, tmp_path: Path, part: bool) -> None:
    folder, book = names_made(batch, tmp_path)
    target = theirs(tmp_path / "elsewhere") / "file"
    link = planted(tmp_path / "out", f"{folder}/.checklists-{os.getpid()}.part" if part else book, target)

    tally = batch(firm("甲"), overwrite=True)

    assert tally.refused == 1 and tally.errors[0].code == "target-link"
    assert target.read_bytes() == b"theirs" and link.is_symlink()


@pytest.mark.parametrize("name", ["manifest.csv", "manifest.json", "day.csv", "day.json"])
def test_a_link_in_the_place_of_a_manifest_is_not_followed(batch: Batch, tmp_path: Path, name: str) -> None:
    batch(firm("甲"))
    (day,) = (tmp_path / "out").glob("manifest_*.json")
    path = tmp_path / "out" / name.replace("day", day.stem)
    target = theirs(tmp_path / "elsewhere") / "file"
    path.unlink()
    path.symlink_to(target)

    tally = batch(firm("甲"), overwrite=True)

    assert tally.failed and tally.kept == [str(path)] and tally.made == 1
    assert target.read_bytes() == b"theirs" and path.is_symlink()


@pytest.mark.parametrize("name", [".checklists-unfinished_*", ".checklists-record.json", ".checklists.lock"])
def test_a_link_in_the_place_of_the_batchs_own_files_stops_it(
    batch: Batch, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "out"
    batch(firm("乙"))
    interrupt(batch, firm("甲"), after=1)
    (path,) = out.glob(name)
    target = theirs(tmp_path / "elsewhere") / "file"
    path.unlink()
    path.symlink_to(target)
    before = tree(out)

    with pytest.raises(Refused) as refused:
        batch(firm("甲"))

    assert refused.value.problems[0].code == "target-link"
    assert target.read_bytes() == b"theirs" and tree(out) == before


def test_a_link_in_the_place_of_a_journal_costs_the_rows_and_is_not_followed(
    batch: Batch, tmp_path: Path
) -> None:
    interrupt(batch, firm("甲"), after=1)
    (path,) = (tmp_path / "out").glob(".checklists-written_*")
    target = theirs(tmp_path / "elsewhere") / "file"
    path.unlink()
    path.symlink_to(target)

    tally = batch(firm("甲"), firm("乙"))

    assert tally.refused == 1 and tally.errors[0].code == "file-unwritable"
    assert target.read_bytes() == b"theirs"


def test_the_folder_that_the_user_names_may_be_a_link(press: Press, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")

    tally = run_batch(roster_of(tmp_path / "名录.csv", firm("甲")), tmp_path / "out", press)

    assert tally.made == 1 and len(documents(tmp_path / "real")) == 3


def test_a_folder_in_the_place_of_a_document_is_told(batch: Batch, tmp_path: Path) -> None:
    _, book = names_made(batch, tmp_path)
    (tmp_path / "out" / book).mkdir(parents=True)

    tally = batch(firm("甲"), overwrite=True)

    assert (tally.refused, tally.written, tally.errors[0].code) == (1, 2, "target-folder")


# ---------------------------------------------------------------- the zip


def test_our_own_zip_is_renewed_and_somebodys_is_kept(batch: Batch, tmp_path: Path) -> None:
    archive = tmp_path / "out.zip"
    batch(firm("甲"), zipped=True)
    first = archive.read_bytes()
    assert batch(firm("甲"), zipped=True).archive == str(archive) and archive.read_bytes() == first
    batch(firm("甲"), phone="新电话", zipped=True)
    second = archive.read_bytes()
    archive.write_bytes(b"theirs")
    kept = batch(firm("甲"), phone="新电话", zipped=True)

    assert first != second and archive.read_bytes() == b"theirs"
    assert kept.failed and kept.kept == [str(archive)] and kept.archive == ""
    forced = batch(firm("甲"), phone="新电话", zipped=True, overwrite=True)
    assert archive.read_bytes() == second and Path(forced.moved[0][1]).read_bytes() == b"theirs"
    assert {path.name for path in tmp_path.iterdir()} == {"out", "out.zip", "名录.csv", "旧件"}


def test_a_link_in_the_place_of_the_zip_is_not_followed(batch: Batch, tmp_path: Path) -> None:
    target = theirs(tmp_path / "elsewhere") / "file"
    (tmp_path / "out.zip").symlink_to(target)

    tally = batch(firm("甲"), zipped=True, overwrite=True)

    assert tally.made == 1 and tally.failed and tally.errors[0].code == "target-link"
    assert target.read_bytes() == b"theirs"


@EVERY_DOCUMENT
def test_a_file_that_was_kept_is_not_in_the_zip(batch: Batch, tmp_path: Path, kind: str, title: str) -> None:
    batch(firm("甲"), firm("乙"))
    fill(document_of(tmp_path / "out", title))
    batch(firm("甲"), firm("乙"), zipped=True)

    names = shutil.unpack_archive(tmp_path / "out.zip", tmp_path / "unpacked") or documents(
        tmp_path / "unpacked"
    )
    assert len(names) == 5 and [name for name in names if "甲" in name and f"_{title}_" in name] == []


def test_a_zip_beside_the_top_of_a_drive_is_refused_before_anything_is_made(
    press: Press, tmp_path: Path
) -> None:
    path = roster_of(tmp_path / "名录.csv", firm("甲"))
    told: Told = command("batch", path, "--out", Path(path.anchor), "--rules", press.folders.rules, "--zip")

    assert told.code == 2 and "batch-zip-root" in told.err
