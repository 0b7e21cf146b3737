"""A roster in, a folder out: the documents of generate, whichever way and however often the batch is run."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
import zipfile
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pytest

from checklists.batch.archive import zip_files
from checklists.batch.press import Folders, Press
from checklists.batch.run import run_batch
from checklists.checklist.build import Appendix, Order, checklist_for
from checklists.cli.batch_told import duration
from checklists.documents.catalogue import usual_documents
from checklists.documents.fields import enterprise_values
from checklists.documents.make import finished_documents
from checklists.documents.plate import read_parts, stamp
from checklists.files.writing import held_folder, safe_name
from checklists.models import Enterprise
from checklists.problems import Refused
from tests.rosters import DAY, ROOT, entries, small_house, small_press, write_xlsx
from tests.wordxml import body

HEAD = ["单位名称", "企业类型", "所在地", "使用燃气", "供气方式", "电话"]
TYPES = ["餐饮用气单位", "加油站", "酒店", "井工煤矿", "农贸市场与商住混合体用气"]
KILLS = int(os.environ.get("KILLS", "2"))
"""How often the batch is killed: KILLS=50 pytest tests/test_batch.py -k killed."""


def roster(path: Path, count: int = 12, *, lists: int = 20) -> Path:
    """Enterprises of five types in the order in which clerks have them, none; with ``lists=5`` a list a type."""
    told = range(count) if lists > len(TYPES) else [1] * count
    rows = [
        [
            f"某某{n}号",
            TYPES[n % len(TYPES)],
            "阳城县" if m % 3 else "阳泉市",
            "是" if m % 4 == 0 else "",
            "瓶装" if m % 4 == 0 else "",
            f"1380013{n:04d}",
        ]
        for n, m in enumerate(told)
    ]
    return write_xlsx(path, [HEAD, *rows])


def test_enterprises_of_one_list_print_each_its_own_place(press: Press) -> None:
    """Counties without a notice of their own share a plate: what their documents print is the same."""
    one, other = (
        Enterprise(name="某店", place=place, types=("catering-gas-user",)) for place in ("襄垣县", "平顺县")
    )
    assert press.list_key(one) != press.list_key(other)
    assert press.plates_of(one).plates[0] is press.plates_of(other).plates[0]

    for told, printed in ((one, "山西省长治市襄垣县"), (other, "山西省长治市平顺县")):
        values = enterprise_values(told, "20261122-3f9a2c", press.places_of(told))
        assert printed in body(stamp(press.plates_of(told).plates[0], values))


def tree(folder: Path) -> dict[str, bytes]:
    """Content of all files that are meant for people."""
    return {name: content for name, content in whole_tree(folder).items() if "/." not in f"/{name}"}


def whole_tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    return small_press(tmp_path_factory.mktemp("house"))


# ---------------------------------------------------------------- the same documents


@pytest.mark.parametrize(("appendix", "count", "files"), [("apart", 6, 3), ("with", 1, 2), ("none", 1, 2)])
def test_the_documents_are_part_by_part_those_of_generate(
    tmp_path: Path, press: Press, appendix: Appendix, count: int, files: int
) -> None:
    press = Press(press.folders, Order(DAY, appendix=appendix), press.library)
    path = roster(tmp_path / "名录.xlsx", count)
    run_batch(path, tmp_path / "out", press)

    for entry in entries(path):
        told = entry.enterprise
        assert told is not None
        made = finished_documents(
            usual_documents(appendix=appendix),
            checklist_for(press.library, told, press.order),
            press.folders.templates,
        )
        (folder,) = (tmp_path / "out" / told.place).glob(f"{told.name}_*")
        assert len(made) == files and sorted(made) == sorted(file.name for file in folder.iterdir())
        for name, content in made.items():
            assert read_parts((folder / name).read_bytes()) == read_parts(content)


def test_order_of_the_roster_and_number_of_processes_change_no_document(tmp_path: Path, press: Press) -> None:
    path = roster(tmp_path / "a.xlsx", 6)
    rows = _as_csv(path, tmp_path / "a.csv")
    with (tmp_path / "b.csv").open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([rows[0], *reversed(rows[1:])])

    run_batch(tmp_path / "a.csv", tmp_path / "forward", press)
    run_batch(tmp_path / "b.csv", tmp_path / "backward", press)
    with ThreadPoolExecutor(1) as executor:
        run_batch(tmp_path / "a.csv", tmp_path / "threads", press, executor=executor)
    with ProcessPoolExecutor(1) as executor:
        run_batch(tmp_path / "a.csv", tmp_path / "processes", press, executor=executor)

    wanted = tree(tmp_path / "forward")
    assert len(wanted) == 3 * 6 + 4
    assert tree(tmp_path / "threads") == tree(tmp_path / "processes") == wanted
    assert _documents(tree(tmp_path / "backward")) == _documents(wanted)


def _as_csv(path: Path, target: Path) -> list[tuple[object, ...]]:
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    with target.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(rows)
    return rows


def _documents(found: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in found.items() if not name.startswith("manifest")}


def test_enterprises_with_other_facts_get_another_list(tmp_path: Path, press: Press) -> None:
    told = [["甲", "餐饮用气单位", "阳城县", "是", gas, ""] for gas in ("瓶装", "管道", "")]
    path = write_xlsx(tmp_path / "a.xlsx", [HEAD, *([f"{n}", *row[1:]] for n, row in enumerate(told))])

    run_batch(path, tmp_path / "out", press)

    prints = [line["fingerprint"] for line in manifest(tmp_path / "out")]
    assert len(set(prints)) == 3


# ---------------------------------------------------------------- folders and names


def test_hostile_names_become_folders_every_system_takes(tmp_path: Path, press: Press) -> None:
    names = [
        'A/B\\C:D*E?"F"', "上行\n下行", "𠮷野家𣲘", "烤鸭🦆店", "=cmd|' /C calc'!A0", "名" * 300, "CON", "..", "-甲.",
        "甲", "甲 ", "ＡBC", "abc", "ABC", "Café", "Cafe\u0301s",
    ]  # fmt: skip
    head = [*HEAD, "地址"]
    rows = [[name, "酒店", "阳城县", "", "", "", f"北街{n}号"] for n, name in enumerate(names)]
    path = write_xlsx(tmp_path / "a.xlsx", [head, *rows])

    tally = run_batch(path, tmp_path / "out", press)

    folders = [str(line["folder"]) for line in manifest(tmp_path / "out")]
    seen = {unicodedata.normalize("NFKD", folder).casefold() for folder in folders}
    assert tally.made == len(names) and len(seen) == len(names)
    for folder in folders:
        place, name = folder.split("/")
        assert place == "晋城市阳城县" and len(list((tmp_path / "out" / place / name).iterdir())) == 3
        assert not set('<>:"\\|?*\n') & set(name) and name == name.strip(" .") and len(name.encode()) < 200
    names_shown = [folder.removeprefix("晋城市阳城县/")[:-7] for folder in folders]
    assert names_shown[9:14] == ["甲", "甲", "ＡBC", "abc", "ABC"]
    assert names_shown[2:4] == ["𠮷野家𣲘", "烤鸭🦆店"]


@pytest.mark.parametrize("text", ["", " ", "...", "/", "\x00", "\u200b", "???"])
def test_a_name_of_nothing_gets_a_name(text: str) -> None:
    assert safe_name(text) == "未命名"


# ---------------------------------------------------------------- the manifest


def manifest(out: Path) -> list[dict[str, object]]:
    told = json.loads((out / "manifest.json").read_text("utf-8"))
    return list(told["enterprises"])


def test_the_manifest_lists_every_row_with_its_files_and_problems(tmp_path: Path, press: Press) -> None:
    rows = [
        ["=甲", "餐饮用气单位", "阳城县", "是", "瓶装", "1"],
        ["乙", "没有的类型", "阳城县", "", "", ""],
        ["丙", "酒店", "阳城县", "大概", "也许", ""],
    ]
    path = write_xlsx(tmp_path / "名录.xlsx", [[*HEAD, "颜色"], *rows])

    tally = run_batch(path, tmp_path / "out", press)

    told = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))
    note, first, second, third = told["enterprises"]
    assert (told["roster"], told["on"]) == ("名录.xlsx", "2026-11-22")
    assert note["problems"][0]["code"] == "roster-column-unknown"
    assert (first["row"], first["types"], first["items"] > 0, first["result"]) == (
        2,
        ["餐饮用气单位"],
        True,
        "已生成",
    )
    assert (second["result"], second["folder"]) == ("没有生成", "")
    assert [found["cell"] for found in third["problems"]] == ["D4", "E4"]
    with (tmp_path / "out/manifest.csv").open(encoding="utf-8-sig", newline="") as opened:
        lines = list(csv.DictReader(opened))
    assert [line["单位名称"] for line in lines] == ["", "'=甲", "", "丙"]
    assert "类型" in lines[2]["问题"] and (tally.made, tally.refused) == (2, 1)
    for line in (first, third):
        for kind in ("word", "excel", "appendix"):
            document = tmp_path / "out" / line["folder"] / line[kind]
            assert hashlib.sha256(document.read_bytes()).hexdigest() == line[f"{kind}_sha256"]


def test_a_folder_that_cannot_be_written_costs_its_own_row_only(tmp_path: Path, press: Press) -> None:
    path = roster(tmp_path / "a.xlsx", 6)
    run_batch(path, tmp_path / "first", press)
    (folder,) = (tmp_path / "first/晋城市阳城县").glob("某某1号_*")
    (tmp_path / "out/晋城市阳城县").mkdir(parents=True)
    (tmp_path / "out/晋城市阳城县" / folder.name).write_text("挡路")

    tally = run_batch(path, tmp_path / "out", press)

    assert (tally.made, tally.refused) == (5, 1)
    assert [line["result"] for line in manifest(tmp_path / "out")].count("没有生成") == 1
    assert (tmp_path / "out/晋城市阳城县" / folder.name).read_text() == "挡路"


@pytest.mark.parametrize("file", ["现场检查表.docx", "企业留存.docx"])
def test_a_template_that_fails_for_one_type_costs_the_rows_of_that_type(tmp_path: Path, file: str) -> None:
    house = small_house(tmp_path / "house")
    shutil.copytree(house.templates, tmp_path / "templates")
    own = tmp_path / "templates/加油站"
    own.mkdir()
    (own / file).write_bytes(b"no package")
    broken = Press(Folders(house.rules, house.seeds, tmp_path / "templates"), Order(DAY))

    tally = run_batch(roster(tmp_path / "a.xlsx", 12), tmp_path / "out", broken)

    refused = [line for line in manifest(tmp_path / "out") if line["result"] == "没有生成"]
    assert (tally.made, tally.refused, len(refused)) == (9, 3, 3)
    assert all("template-damaged" in str(line["problems"]) for line in refused)


@pytest.mark.parametrize("file", ["现场检查表.docx", "企业留存.docx"])
def test_a_missing_template_stops_the_batch_before_anything_is_written(tmp_path: Path, file: str) -> None:
    house = small_house(tmp_path / "house")
    shutil.copytree(house.templates, tmp_path / "templates")
    (tmp_path / "templates" / file).unlink()
    broken = Press(Folders(house.rules, house.seeds, tmp_path / "templates"), Order(DAY))

    with pytest.raises(Refused) as refused:
        run_batch(roster(tmp_path / "a.xlsx"), tmp_path / "out", broken)

    assert refused.value.problems[0].code == "file-missing" and not (tmp_path / "out").exists()


def test_a_roster_without_enterprises_leaves_no_folder(tmp_path: Path, press: Press) -> None:
    with pytest.raises(Refused) as refused:
        run_batch(write_xlsx(tmp_path / "a.xlsx", [HEAD]), tmp_path / "out", press)

    assert refused.value.problems[-1].code == "roster-empty" and not (tmp_path / "out").exists()


# ---------------------------------------------------------------- again, and interrupted


def test_a_row_on_whose_list_nothing_would_stand_is_not_made(tmp_path: Path) -> None:
    press = Press(small_house(tmp_path / "house"), Order(DAY, department="教育"))
    path = write_xlsx(tmp_path / "a.xlsx", [HEAD, ["甲", "酒店", "阳城县", "", "", ""]])

    tally = run_batch(path, tmp_path / "out", press)

    assert (tally.made, tally.refused) == (0, 1)
    assert [found.code for found in tally.errors] == ["list-empty"]


def test_a_second_run_writes_only_what_changed(tmp_path: Path, press: Press) -> None:
    first = run_batch(roster(tmp_path / "a.xlsx"), tmp_path / "out", press)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.??cx")}
    again = run_batch(roster(tmp_path / "a.xlsx"), tmp_path / "out", press)
    book = [["某某1号", "加油站", "阳城县", "", "", "新电话"]]
    changed = run_batch(write_xlsx(tmp_path / "b.xlsx", [HEAD, *book]), tmp_path / "out", press)

    assert (first.written, again.written, again.unchanged, changed.written) == (36, 0, 36, 3)
    after = {path: path.stat().st_mtime_ns for path in before}
    assert {path.parent.name[:-7] for path in before if before[path] != after[path]} == {"某某1号"}


def test_two_batches_do_not_write_into_one_folder_at_once(tmp_path: Path) -> None:
    with held_folder(tmp_path), pytest.raises(Refused) as refused, held_folder(tmp_path, patience=0.1):
        pass

    assert refused.value.problems[0].code == "batch-running"
    with held_folder(tmp_path, patience=0.1):
        pass


def command(house: Path, path: Path, out: Path, *more: str) -> list[str]:
    told = {"--rules": house / "rules", "--on": DAY.isoformat(), "--out": out}
    options = [str(word) for pair in told.items() for word in pair]
    return [sys.executable, "-m", "checklists", "batch", str(path), *options, *more]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_batch_killed_at_any_moment_leaves_no_half_file_and_goes_on(tmp_path: Path) -> None:
    small_house(tmp_path)
    path = roster(tmp_path / "a.xlsx", 120, lists=3)
    began = time.monotonic()
    assert run(*command(tmp_path, path, tmp_path / "whole")).returncode == 0
    whole = time.monotonic() - began
    wanted = tree(tmp_path / "whole")
    moments = random.Random(5)

    for _ in range(KILLS):
        out = tmp_path / "out"
        if moments.random() < 0.5 and out.exists():
            shutil.rmtree(out)
        killed_after(command(tmp_path, path, out), moments.uniform(0.1, whole))
        for name, content in tree(out).items() if out.exists() else ():
            assert content == wanted[name]
    done = run(*command(tmp_path, path, tmp_path / "out", "--json"))

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["made"] == 120
    assert tree(tmp_path / "out") == wanted
    hidden = set(whole_tree(tmp_path / "out")) - set(wanted)
    (note,) = (path.name for path in (tmp_path / "out").glob(".checklists-done_*.json"))
    assert hidden == {note, ".checklists-record.json", ".checklists.lock"}


def killed_after(arguments: list[str], seconds: float) -> None:
    """Start it and kill its first process; its workers have to end of themselves."""
    started = subprocess.Popen(
        arguments, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        started.wait(seconds)
    except subprocess.TimeoutExpired:
        started.kill()
        started.wait()
    until = time.monotonic() + 10
    while _group_lives(started.pid):
        assert time.monotonic() < until, "workers outlive the batch"
        time.sleep(0.02)


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_ctrl_c_says_that_the_same_command_goes_on(tmp_path: Path) -> None:
    small_house(tmp_path)
    path = roster(tmp_path / "a.xlsx", 3000, lists=5)
    started = subprocess.Popen(
        command(tmp_path, path, tmp_path / "out"),
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not any((tmp_path / "out").glob("*/*/*.docx")):
        assert started.poll() is None, started.communicate()[1]
        time.sleep(0.01)
    os.killpg(started.pid, signal.SIGINT)
    told = started.communicate(timeout=30)[1]

    assert started.returncode == 130
    assert told.splitlines()[-1] == "已中断。再运行同一条命令，会从停下的地方接着生成。"
    assert not list((tmp_path / "out").glob("manifest*")) and not list((tmp_path / "out").glob("*.part"))


# ---------------------------------------------------------------- zip


def test_the_zip_holds_the_folder_and_has_the_same_bytes_each_time(tmp_path: Path, press: Press) -> None:
    for name in ("one", "two"):
        run_batch(roster(tmp_path / "a.xlsx"), tmp_path / name, press, zipped=True)

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as opened:
        assert opened.testzip() is None
        packed = {name: opened.read(name) for name in opened.namelist()}
    made = tree(tmp_path / "one")
    assert packed == {name: made[name] for name in made if not name.startswith("manifest_")}
    assert not list(tmp_path.glob(".*"))


def test_the_zip_has_each_enterprises_papers_in_the_order_in_which_they_are_printed(
    tmp_path: Path, press: Press
) -> None:
    run_batch(roster(tmp_path / "a.xlsx", 3), tmp_path / "out", press, zipped=True)

    with zipfile.ZipFile(tmp_path / "out.zip") as opened:
        names = [Path(name).name for name in opened.namelist()]
    told = [(name.split("_")[0], name.split("_")[2]) for name in names if not name.startswith("manifest")]
    assert told == [
        (f"某某{number}号", title)
        for number in range(3)
        for title in ("现场检查表", "企业留存", "企业自查工作簿")
    ]


def test_every_name_in_the_zip_says_that_it_is_utf_8(tmp_path: Path, press: Press) -> None:
    run_batch(roster(tmp_path / "a.xlsx", 2), tmp_path / "out", press, zipped=True)

    with zipfile.ZipFile(tmp_path / "out.zip") as opened:
        told = {entry.filename: entry for entry in opened.infolist()}
    content = (tmp_path / "out.zip").read_bytes()
    assert "manifest.csv" in told and any("阳泉市" in name for name in told)
    for entry in told.values():
        assert entry.flag_bits & 0x800 and entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert entry.compress_type == zipfile.ZIP_STORED and entry.create_system == 3
        flags = int.from_bytes(content[entry.header_offset + 6 : entry.header_offset + 8], "little")
        assert flags & 0x800, f"{entry.filename}: the entry's own head says otherwise"


UNPACKERS = {
    "unzip": ["unzip", "-q", "{zip}", "-d", "{folder}"],
    "7z": ["7z", "x", "-bd", "-y", "-o{folder}", "{zip}"],
    "bsdtar": ["bsdtar", "-xf", "{zip}", "-C", "{folder}"],
    "python": [sys.executable, "-m", "zipfile", "-e", "{zip}", "{folder}"],
}


@pytest.mark.parametrize("name", UNPACKERS)
def test_the_zip_unpacks_with_its_names_as_they_are(tmp_path: Path, press: Press, name: str) -> None:
    if not shutil.which(UNPACKERS[name][0]):
        pytest.skip(f"{name} is not installed")
    rows = [["烤鸭🦆店", "酒店", "阳城县", "", "", ""], ["Café", "酒店", "阳泉市", "", "", ""]]
    run_batch(write_xlsx(tmp_path / "a.xlsx", [HEAD, *rows]), tmp_path / "发放", press, zipped=True)
    (tmp_path / "unpacked").mkdir()

    told = {"zip": str(tmp_path / "发放.zip"), "folder": str(tmp_path / "unpacked")}
    command = [word.format(**told) for word in UNPACKERS[name]]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})

    assert done.returncode == 0, done.stderr
    made = tree(tmp_path / "发放")
    assert tree(tmp_path / "unpacked") == {
        name: made[name] for name in made if not name.startswith("manifest_")
    }


def test_a_zip_of_more_files_than_the_old_format_counts_reads_back(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_bytes(b"1")

    zip_files(tmp_path, (("甲.txt", f"{n}.txt") for n in range(65_600)), tmp_path / "a.zip")

    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        assert len(opened.infolist()) == 65_600 and opened.infolist()[-1].filename == "65599.txt"
    program = shutil.which("unzip")
    assert (
        program
        and subprocess.run([program, "-tq", tmp_path / "a.zip"], capture_output=True, check=False).returncode
        == 0
    )


# ---------------------------------------------------------------- the command line


def test_the_command_is_quiet_in_a_pipe_and_says_at_the_end_what_it_made(tmp_path: Path) -> None:
    small_house(tmp_path)
    path = write_xlsx(
        tmp_path / "a.xlsx", [HEAD, ["甲", "酒店", "阳城县", "", "", ""], ["乙", "?", "阳城县", "", "", ""]]
    )

    done = run(*command(tmp_path, path, tmp_path / "out", "--zip"))

    assert done.returncode == 1
    assert "1 家的文件都已生成，新写 3 个文件；没有生成或没有全部生成 1 行" in done.stdout
    assert "清单：" in done.stdout
    assert (tmp_path / "out.zip").is_file() and "B3" in done.stderr and "\r" not in done.stderr


def test_why_rows_were_not_made_is_told_before_what_was_only_odd(tmp_path: Path) -> None:
    small_house(tmp_path)
    odd = [[f"甲{n}", "酒店", "阳城县", "", "也许", ""] for n in range(30)]
    path = write_xlsx(tmp_path / "a.xlsx", [HEAD, *odd, ["乙", "?", "阳城县", "", "", ""]])

    done = run(*command(tmp_path, path, tmp_path / "out"))

    told = [line for line in done.stderr.splitlines() if "a.xlsx" in line]
    assert told[0].count("B32") == 1 and "type-unknown" in told[0]
    assert len(told) == 2 and "共 30 处" in told[1]


def test_progress_is_shown_on_a_terminal(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    small_house(tmp_path)
    path = roster(tmp_path / "a.xlsx", 1500, lists=5)
    ours, theirs = pty.openpty()
    started = subprocess.Popen(
        command(tmp_path, path, tmp_path / "out"), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=theirs
    )
    os.close(theirs)
    told = b""
    while True:
        try:
            read = os.read(ours, 4096)
        except OSError:  # how Linux says that the terminal has been closed
            break
        if not read:
            break
        told += read
    os.close(ours)

    assert started.wait() == 0
    assert "750/1500" in told.decode() and "1500/1500" in told.decode()


def test_a_duration_is_told_in_the_two_units_that_matter() -> None:
    assert [duration(seconds) for seconds in (0, 65, 7500)] == ["0 秒", "1 分 5 秒", "2 小时 5 分"]


def test_roster_commands_check_and_make_a_roster(tmp_path: Path) -> None:
    base = [sys.executable, "-m", "checklists", "roster"]
    new = run(*base, "new", str(tmp_path / "名录.xlsx"))
    filled = openpyxl.load_workbook(tmp_path / "名录.xlsx")
    filled.worksheets[0]["A5"] = "甲"
    filled.save(tmp_path / "名录.xlsx")
    before = (tmp_path / "名录.xlsx").read_bytes()
    twice = run(*base, "new", str(tmp_path / "名录.xlsx"))
    wrong = write_xlsx(tmp_path / "a.xlsx", [HEAD, ["甲", "加油战", "阳城县", "", "", ""]])
    checked = run(*base, "check", str(wrong))
    as_json = json.loads(run(*base, "check", str(wrong), "--json").stdout)
    right = run(*base, "check", str(roster(tmp_path / "b.xlsx")))

    assert (new.returncode, twice.returncode, checked.returncode, right.returncode) == (0, 1, 1, 0)
    assert "file-exists" in twice.stderr and (tmp_path / "名录.xlsx").read_bytes() == before
    assert "B2" in checked.stdout and "「加油站」" in checked.stdout and "不能用 1 行" in checked.stdout
    assert (as_json["usable"], as_json["unusable"], as_json["problems"][0]["cell"]) == (0, 1, "B2")
