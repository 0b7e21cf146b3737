"""Nobody's file is overwritten, no two documents share a file, no link is written through, one run at a time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklists.batch.press import Press
from checklists.checklist.build import Order, checklist_for
from checklists.documents.catalogue import DOCUMENTS
from checklists.documents.filenames import asked_of, document_name, folder_name, identity_of
from checklists.documents.make import asked_for, file_name
from checklists.files.guard import Placed, look, put, write_guarded, write_new
from checklists.files.record import RECORD, Record, read_record, write_record
from checklists.files.writing import held_folder, moved_aside, safe_name, write_file
from checklists.models import Enterprise
from checklists.problems import Refused
from tests.command import Told, command
from tests.rosters import DAY, ROOT, small_press
from tests.sample import finished

PLACE = "晋城市阳城县"


def files(folder: Path) -> dict[str, bytes]:
    """Files that are meant for people, those in 旧件 included."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    return small_press(tmp_path_factory.mktemp("house"))


def generate(press: Press, out: Path, *more: str | Path) -> Told:
    """As a person does it."""
    options = ["--type", "餐饮用气单位", "--name", "甲", "--place", "阳城县", "--on", "2026-11-22"]
    return command("generate", *options, "--rules", press.folders.rules, "--out", out, "--json", *more)


def make(
    press: Press,
    out: Path,
    told: Enterprise,
    *,
    department: str | None = None,
    landscape: bool = False,
    overwrite: bool = False,
) -> list[Placed]:
    """The same without opening the rules each time."""
    checklist = checklist_for(press.library, told, Order(DAY, department=department))
    made = finished(checklist, press.folders.templates, landscape=landscape)
    return write_guarded(out, made, whose=asked_for(checklist), overwrite=overwrite)[0]


def restaurant(name: str = "甲", place: str = "阳城县", **told: Any) -> Enterprise:
    return Enterprise(name=name, place=place, types=("catering-gas-user",), **told)


def document(out: Path, ending: str) -> Path:
    (found,) = out.glob(f"*{ending}")
    return found


def fill_book(path: Path) -> bytes:
    """Write into the first open cell of a workbook, as an enterprise does."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[1]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.protection.locked is False)
    cell.value = "√"
    book.save(path)
    return path.read_bytes()


def fill_paper(path: Path) -> bytes:
    paper = Document(str(path))
    paper.add_paragraph("现场情况：已整改")
    paper.save(str(path))
    return path.read_bytes()


# ---------------------------------------------------------------- names


def name_of(
    told: Enterprise, department: str | None = None, place: str = PLACE, on: str = "2026-11-22"
) -> str:
    asked = asked_of(identity_of(told, place), department)
    return document_name(told.name, place, "现场检查表.docx", DAY.fromisoformat(on), asked)


def firm(name: str = "甲", code: str = "", address: str = "") -> Enterprise:
    return Enterprise(name=name, code=code, address=address, types=("hotel",))


def test_a_name_tells_who_where_what_when_and_six_digits_of_who() -> None:
    assert name_of(firm()) == "甲_晋城市阳城县_现场检查表_2026-11-22_c93fa0.docx"
    assert name_of(firm(code="91140522MA0000000K")) == "甲_晋城市阳城县_现场检查表_2026-11-22_426b65.docx"


def test_what_tells_two_requests_apart_tells_their_files_apart() -> None:
    long = "阳城县某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某"
    names = [
        name_of(firm()),
        name_of(firm(address="北街")),
        name_of(firm(address="南街")),
        name_of(firm(code="91140522MA0000000K")),
        name_of(firm(code="91140522MA0000001H")),
        name_of(firm(), department="消防"),
        name_of(firm(), department="应急"),
        name_of(firm(), place="吕梁市交城县"),
        name_of(firm(), on="2026-11-23"),
        name_of(firm(f"{long}一厂")),
        name_of(firm(f"{long}二厂")),
        name_of(firm("abc")),
        name_of(firm("ABC")),
        name_of(firm("ＡＢＣ")),
    ]

    seen = {unicodedata.normalize("NFKC", name).casefold() for name in names}

    assert len(seen) == len(names)


def test_what_does_not_tell_an_enterprise_from_others_changes_no_name() -> None:
    spelled = [
        firm(code=code) for code in ("91140522MA0000000K", " 91140522ma0000000k", "９１140522MA0000000K")
    ]
    nothing = [firm(code=code) for code in ("", "无", "/", "-", "0", "000000000000000000", "暂未办理")]
    written = [firm("Café"), firm("Cafe\u0301"), firm(" Café　")]

    assert len({name_of(told) for told in spelled}) == 1
    assert len({name_of(told) for told in nothing}) == 1
    assert len({name_of(told) for told in written}) == 1
    assert folder_name("新名", PLACE, identity_of(firm("新名", "91140522MA0000000K"), PLACE)).endswith(
        "_426b65"
    )


@given(
    st.text(max_size=300),
    st.text(max_size=60),
    st.sampled_from(["承诺书（主要负责人）.docx", "现场检查表.docx"]),
)
def test_every_name_fits_every_system(name: str, place: str, paper: str) -> None:
    asked = identity_of(firm(name), place)

    made = document_name(name, place, paper, DAY, asked)

    assert len(made.encode()) <= 200 and made == unicodedata.normalize("NFC", made)
    assert not set(made) & set('<>:"/\\|?*\x00\n\r\t') and not made.startswith((" ", ".", "-", "="))
    assert made.endswith(f"_{paper[:-5]}_2026-11-22_{asked[:6]}.docx")
    folder = folder_name(name, place, asked).split("/")
    assert len(folder) == 2 and all(part == part.strip(" .") and len(part.encode()) < 200 for part in folder)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CON", "_CON"), ("con.店", "_con.店"), ("COM¹", "_COM¹"), ("..", "未命名"), ("甲...", "甲"), ("　 ", "未命名"),
        ("甲\u2028乙", "甲_乙"), ("烤鸭🦆" * 60, ("烤鸭🦆" * 20)[:53]), ("Cafe\u0301", "Café"), ("-甲", "_-甲"),
    ],
)  # fmt: skip
def test_hostile_names_become_names(text: str, name: str) -> None:
    assert safe_name(text) == name


# ---------------------------------------------------------------- generate and papers


def test_changed_facts_and_another_layout_replace_what_nobody_touched(press: Press, tmp_path: Path) -> None:
    make(press, tmp_path, restaurant())
    before = files(tmp_path)
    placed = make(press, tmp_path, restaurant(facts={"gas-supply": "瓶装"}), landscape=True)

    assert [one.outcome for one in placed] == ["written", "written"]
    after = files(tmp_path)
    assert after.keys() == before.keys() and all(after[name] != before[name] for name in before)


def test_another_edition_replaces_what_nobody_touched(press: Press, tmp_path: Path) -> None:
    make(press, tmp_path, restaurant())
    before = files(tmp_path)
    newer = Press(press.folders, press.order, replace(press.library, edition="9.9.9"))

    assert [one.outcome for one in make(newer, tmp_path, restaurant())] == ["written", "written"]
    assert files(tmp_path).keys() == before.keys() and files(tmp_path) != before


def test_the_same_again_leaves_the_same_files_alone(press: Press, tmp_path: Path) -> None:
    make(press, tmp_path, restaurant())
    times = {path: path.stat().st_mtime_ns for path in tmp_path.glob("[!.]*")}

    assert [one.outcome for one in make(press, tmp_path, restaurant())] == ["same", "same"]
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("[!.]*")} == times


def named(press: Press, told: Enterprise, department: str | None = None) -> str:
    """The name of the checklist that is made for it."""
    checklist = checklist_for(press.library, told, Order(DAY, department=department))
    return file_name(checklist, DOCUMENTS["现场检查表"])


def test_a_county_has_one_name_however_it_is_spelled(press: Press) -> None:
    names = {
        named(press, restaurant(place=place)) for place in ("阳城县", "晋城市阳城县", "山西省晋城市阳城县")
    }

    assert names == {"甲_晋城市阳城县_现场检查表_2026-11-22_c93fa0.docx"}


@pytest.mark.parametrize("kept", ["现场检查表", "企业留存", "企业自查工作簿"])
def test_a_filled_document_is_kept_and_named_and_the_others_are_made(
    press: Press, tmp_path: Path, kept: str
) -> None:
    assert generate(press, tmp_path).code == 0
    names = {one.name: one for one in tmp_path.glob("*_2026-11-22_*")}
    assert len(names) == 3
    (mine,) = (path for name, path in names.items() if f"_{kept}_" in name)
    empty = {name: path.read_bytes() for name, path in names.items()}
    filled = fill_book(mine) if mine.suffix == ".xlsx" else fill_paper(mine)

    told = generate(press, tmp_path, "--fact", "供气方式=瓶装")

    assert told.code == 1
    assert told.json["kept"] == [str(mine)]
    assert sorted(told.json["files"]) == sorted(str(path) for path in names.values() if path != mine)
    assert f"{mine}: 错误 file-kept" in told.err and "--overwrite" in told.err
    assert mine.read_bytes() == filled
    assert all(path.read_bytes() != empty[name] for name, path in names.items() if path != mine)
    assert not (tmp_path / "旧件").exists()


def test_a_filled_paper_is_kept_even_when_nothing_else_changed(press: Press, tmp_path: Path) -> None:
    make(press, tmp_path, restaurant())
    filled = fill_paper(document(tmp_path, ".docx"))

    assert [one.outcome for one in make(press, tmp_path, restaurant())] == ["kept", "same"]
    assert document(tmp_path, ".docx").read_bytes() == filled


def test_overwrite_moves_what_was_filled_aside_and_says_where(press: Press, tmp_path: Path) -> None:
    generate(press, tmp_path)
    book = document(tmp_path, ".xlsx")
    empty, filled = book.read_bytes(), fill_book(book)

    told = generate(press, tmp_path, "--overwrite")

    assert told.code == 0 and told.json["kept"] == [] and len(told.json["files"]) == 3
    (moved,) = told.json["moved"]
    assert moved["from"] == str(book) and Path(moved["to"]).read_bytes() == filled
    assert Path(moved["to"]).parent == tmp_path / "旧件" and Path(moved["to"]).name.startswith(book.stem)
    assert book.read_bytes() == empty


def test_overwriting_three_times_in_a_second_loses_nothing(tmp_path: Path) -> None:
    for turn in range(3):
        (tmp_path / "甲.docx").write_bytes(b"filled %d" % turn)
        assert write(tmp_path, overwrite=True).moved
    untouched = write(tmp_path, overwrite=True)

    assert sorted(files(tmp_path / "旧件").values()) == [b"filled 0", b"filled 1", b"filled 2"]
    assert (untouched.outcome, untouched.moved) == ("same", "")


def test_without_its_record_an_untouched_file_is_somebodys(press: Press, tmp_path: Path) -> None:
    make(press, tmp_path, restaurant())
    before = files(tmp_path)
    (tmp_path / RECORD).unlink()
    same = make(press, tmp_path, restaurant())
    (tmp_path / RECORD).unlink()
    changed = make(press, tmp_path, restaurant(facts={"gas-supply": "瓶装"}))

    assert [one.outcome for one in (*same, *changed)] == ["same", "same", "kept", "kept"]
    assert files(tmp_path) == before


def test_papers_are_guarded_alike(press: Press, tmp_path: Path) -> None:
    def papers(*more: str) -> Told:
        options = ["--type", "餐饮用气单位", "--place", "阳城县", "--on", "2026-11-22", "--name", "甲"]
        where = ["--rules", press.folders.rules, "--out", tmp_path, "--json"]
        return command("papers", "make", "现场检查方案", "承诺书（员工）", *options, *where, *more)

    assert papers().code == 0
    filled = fill_paper(document(tmp_path, "_现场检查方案_2026-11-22_c93fa0.docx"))
    kept, forced = papers(), papers("--overwrite")

    assert (kept.code, len(kept.json["files"]), len(kept.json["kept"])) == (1, 1, 1)
    assert (forced.code, len(forced.json["files"])) == (0, 2)
    assert list(files(tmp_path / "旧件").values()) == [filled]


def test_requests_that_are_told_apart_have_files_of_their_own(press: Press) -> None:
    names = [
        named(press, restaurant()),
        named(press, restaurant(), "消防"),
        named(press, restaurant(address="北街")),
        named(press, restaurant(code="91140522MA0000000K")),
        named(press, restaurant(place="交城县")),
        named(press, restaurant("甲" * 70 + "一店")),
        named(press, restaurant("甲" * 70 + "二店")),
        named(press, restaurant("abc店")),
        named(press, restaurant("ABC店")),
        named(press, restaurant("")),
        named(press, restaurant(" \x00")),
        named(press, Enterprise(types=("hotel",), place="阳城县")),
        named(press, Enterprise(types=("catering-gas-user", "hotel"), place="阳城县")),
    ]

    assert len({unicodedata.normalize("NFKC", name).casefold() for name in names}) == len(names) - 1
    assert names[9] == names[10]


def test_the_command_tells_one_departments_list_from_the_whole(press: Press, tmp_path: Path) -> None:
    assert generate(press, tmp_path).code == generate(press, tmp_path, "--department", "消防").code == 0

    assert len(files(tmp_path)) == 6


# ---------------------------------------------------------------- the guard


def write(folder: Path, content: bytes = b"new", name: str = "甲.docx", **more: object) -> Placed:
    placed, _ = write_guarded(folder, {name: content}, **more)  # type: ignore[arg-type]
    return placed[0]


def codes(placed: Placed) -> list[str]:
    return [found.code for found in placed.problems]


def test_a_file_written_for_another_is_not_ours_to_replace(tmp_path: Path) -> None:
    write(tmp_path, b"first", whose="aaaaaa111111")

    assert codes(write(tmp_path, b"second", whose="aaaaaa222222")) == ["file-kept"]
    assert write(tmp_path, b"third", whose="aaaaaa111111").outcome == "written"


def test_what_the_program_wrote_earlier_and_somebody_put_back_is_ours(tmp_path: Path) -> None:
    write(tmp_path, b"one")
    write(tmp_path, b"two")
    (tmp_path / "甲.docx").write_bytes(b"one")

    assert write(tmp_path, b"three").outcome == "written"


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("kind", ["link", "dangling", "folder", "pipe"])
def test_what_is_no_file_is_left_alone_and_told(tmp_path: Path, kind: str, overwrite: bool) -> None:
    out, target = tmp_path / "out", tmp_path / "victim"
    out.mkdir()
    target.write_bytes(b"theirs")
    path = out / "甲.docx"
    if kind in ("link", "dangling"):
        path.symlink_to(target if kind == "link" else tmp_path / "nothing")
    elif kind == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    before = os.lstat(path)

    placed = write(out, overwrite=overwrite)

    assert placed.outcome == "kept"
    assert codes(placed) == [{"folder": "target-folder", "pipe": "target-odd"}.get(kind, "target-link")]
    assert os.lstat(path) == before and target.read_bytes() == b"theirs"
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize("name", [RECORD, ".checklists.lock"])
@pytest.mark.parametrize("exists", [True, False])
def test_a_link_in_the_place_of_our_own_files_stops_before_anything_is_written(
    tmp_path: Path, name: str, exists: bool
) -> None:
    out, target = tmp_path / "out", tmp_path / "victim"
    out.mkdir()
    if exists:
        target.write_bytes(b"{}")
    (out / name).symlink_to(target)

    with pytest.raises(Refused) as refused:
        write(out)

    assert [found.code for found in refused.value.problems] == ["target-link"]
    assert target.exists() == exists and (not exists or target.read_bytes() == b"{}")
    assert not (out / "甲.docx").exists()


def test_a_link_in_the_place_of_the_folder_for_old_files_is_not_followed(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    out.mkdir()
    elsewhere.mkdir()
    (out / "旧件").symlink_to(elsewhere)
    (out / "甲.docx").write_bytes(b"theirs")

    placed = write(out, overwrite=True)

    assert codes(placed) == ["folder-link"] and (out / "甲.docx").read_bytes() == b"theirs"
    assert list(elsewhere.iterdir()) == []


def test_the_folder_that_the_user_names_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")

    assert write(tmp_path / "out").outcome == "written"
    assert (tmp_path / "real/甲.docx").read_bytes() == b"new"


def test_the_folder_may_be_the_one_that_the_command_runs_in(
    press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    generate(press, Path())
    filled = fill_book(document(tmp_path, ".xlsx"))
    told = generate(press, Path(), "--overwrite")

    assert told.code == 0 and list(files(tmp_path / "旧件").values()) == [filled]
    assert not list(Path("/").glob(".checklists*")) and not Path("/旧件").exists()
    assert command("roster", "new", "名录.xlsx").code == 0 and (tmp_path / "名录.xlsx").exists()


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"theirs")

    with pytest.raises(Refused) as refused:
        write(tmp_path / "out")

    assert (
        refused.value.problems[0].code == "file-unwritable" and (tmp_path / "out").read_bytes() == b"theirs"
    )


@pytest.mark.skipif(not Path("/sys/kernel").exists(), reason="needs a folder in which nobody can make a file")
def test_a_folder_that_nothing_can_be_written_to_is_told() -> None:
    with pytest.raises(Refused) as refused:
        write(Path("/sys/kernel"))

    assert refused.value.problems[0].code == "file-unwritable"


def test_a_read_only_file_is_kept_though_the_folder_could_be_written(tmp_path: Path) -> None:
    write(tmp_path, b"ours")
    (tmp_path / "甲.docx").chmod(0o444)

    assert codes(write(tmp_path, b"new")) == ["file-read-only"]
    assert (tmp_path / "甲.docx").read_bytes() == b"ours"
    assert write(tmp_path, b"new", overwrite=True).moved


def test_one_file_that_is_kept_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "二").write_bytes(b"theirs")

    placed, _ = write_guarded(tmp_path, {"一": b"1", "二": b"2", "三": b"3"})

    assert [one.outcome for one in placed] == ["written", "kept", "written"]
    assert files(tmp_path) == {"一": b"1", "二": b"theirs", "三": b"3"}


def test_a_huge_file_in_the_place_of_a_document_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, b"ours")
    with (tmp_path / "甲.docx").open("wb") as opened:
        opened.truncate(1 << 40)
    began = time.monotonic()

    assert codes(write(tmp_path)) == ["file-kept"]
    assert time.monotonic() - began < 5


def test_what_is_moved_aside_meets_nothing_that_stands_there(tmp_path: Path) -> None:
    kept = {}
    for turn in range(20):
        (tmp_path / "甲.docx").write_bytes(b"%d" % turn)
        kept[moved_aside(str(tmp_path / "甲.docx"))] = b"%d" % turn

    assert len(kept) == 20
    assert all(Path(path).read_bytes() == content for path, content in kept.items())


def test_a_name_of_255_bytes_can_be_moved_aside(tmp_path: Path) -> None:
    path = tmp_path / f"{'名' * 83}.xlsx"
    path.write_bytes(b"theirs")

    assert Path(moved_aside(str(path))).read_bytes() == b"theirs"


def test_a_run_that_was_killed_while_writing_leaves_nothing_to_the_next(tmp_path: Path) -> None:
    for name in (".checklists-1.part", ".checklists-99999-newest.part"):
        (tmp_path / name).write_bytes(b"half")
    (tmp_path / ".checklists-of-mine.txt").write_bytes(b"theirs")

    write(tmp_path)

    hidden = {path.name for path in tmp_path.glob(".*")}
    assert hidden == {RECORD, ".checklists.lock", ".checklists-of-mine.txt"}


def test_a_link_in_the_place_of_a_half_written_file_is_not_followed(tmp_path: Path) -> None:
    out, target = tmp_path / "out", tmp_path / "victim"
    out.mkdir()
    target.write_bytes(b"theirs")
    (out / f".checklists-{os.getpid()}.part").symlink_to(target)

    with pytest.raises(Refused) as refused:
        write(out)
    with pytest.raises(Refused):
        write_file(out / "甲", b"new")

    assert refused.value.problems[0].code == "target-link"
    assert target.read_bytes() == b"theirs" and (out / f".checklists-{os.getpid()}.part").is_symlink()


def test_a_new_roster_is_not_written_over_and_leaves_nothing_else(tmp_path: Path) -> None:
    new = command("roster", "new", tmp_path / "名录.xlsx")
    (tmp_path / "名录.xlsx").write_bytes(b"filled")
    refused = command("roster", "new", tmp_path / "名录.xlsx")
    (tmp_path / "链接.xlsx").symlink_to(tmp_path / "别处.xlsx")
    linked = command("roster", "new", tmp_path / "链接.xlsx")

    assert (new.code, refused.code, linked.code) == (0, 1, 1)
    assert "file-exists" in refused.err and "target-link" in linked.err
    assert (tmp_path / "名录.xlsx").read_bytes() == b"filled"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["名录.xlsx", "链接.xlsx"]
    assert write_new(tmp_path / "深/处.xlsx", b"new").outcome == "written"


def test_a_new_file_that_cannot_be_written_leaves_the_old_one_where_it_is(tmp_path: Path) -> None:
    path, part = tmp_path / "甲.docx", tmp_path / f".checklists-{os.getpid()}.part"
    path.write_bytes(b"theirs")
    part.mkdir()

    placed = put(str(path), b"new", look(str(path), b"new", ()), overwrite=True)

    assert placed.outcome == "failed" and placed.moved == "" and path.read_bytes() == b"theirs"
    assert not (tmp_path / "旧件").exists()


FULL = """
import resource, signal, sys
from pathlib import Path
from checklists.files.guard import write_guarded
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
files = {"小": b"1" * 1_000, "大": b"2" * 100_000, "中": b"3" * 2_000}
for one in write_guarded(Path(sys.argv[1]), files, overwrite=True)[0]:
    print(one.outcome, one.moved, *(found.code for found in one.problems))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on sizes stands for a full disk")
def test_a_full_disk_costs_only_the_file_that_does_not_fit(tmp_path: Path) -> None:
    (tmp_path / "大").write_bytes(b"theirs")

    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.stdout.split("\n")[:3] == ["written ", "failed  file-unwritable", "written "], done.stderr
    assert files(tmp_path) == {"大": b"theirs", "小": b"1" * 1_000, "中": b"3" * 2_000}
    assert {path.name for path in tmp_path.glob(".*")} == {RECORD, ".checklists.lock"}


# ---------------------------------------------------------------- the record


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\x00\xff", b"[]", b"{}", b'{"files": []}', b'{"files": {"a": 1}}', b"[" * 100_000,
        b'{"files": {"a": {"for": 1, "sha256": []}}}', b'{"files": {"a": {"for": "", "sha256": ["zz"]}}}',
        b'{"files": {"\xe7\x94\xb2.docx": {"for": "", "sha256": [[1]]}}}', b"notes of mine",
    ],
)  # fmt: skip
def test_a_record_that_is_not_ours_says_nothing_and_is_kept(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, b"ours")
    (tmp_path / RECORD).write_bytes(content)

    placed, problems = write_guarded(tmp_path, {"甲.docx": b"new", "乙.docx": b"other"})

    assert [one.outcome for one in placed] == ["kept", "written"]
    assert (tmp_path / "甲.docx").read_bytes() == b"ours"
    assert [found.code for found in problems] == ["record-damaged"]
    assert content in [path.read_bytes() for path in (tmp_path / "旧件").iterdir()]
    assert write(tmp_path, b"again", "乙.docx").outcome == "written"


@settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=60,
)
@given(
    st.recursive(
        st.none()
        | st.integers()
        | st.text(max_size=5)
        | st.sampled_from(["files", "for", "sha256", "0" * 64]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["files", "for", "sha256", "甲.docx"]), inner, max_size=3)
        ),
    )
)
def test_whatever_json_stands_in_a_record_loses_no_file(tmp_path: Path, told: object) -> None:
    (tmp_path / "甲.docx").write_bytes(b"theirs")
    (tmp_path / RECORD).write_text(json.dumps(told), "utf-8")

    assert write(tmp_path).outcome == "kept"
    assert (tmp_path / "甲.docx").read_bytes() == b"theirs"


def test_a_record_remembers_so_many_names_and_no_more(tmp_path: Path) -> None:
    record = Record()
    for number in range(20_010):
        record.add(f"{number}", "0" * 64)
    record.add("0", "1" * 64)
    for number in range(20):
        record.add("again", f"{number:064d}")

    with held_folder(tmp_path):
        write_record(tmp_path, record)
        read = read_record(tmp_path)

    assert len(read.files) == 20_000
    assert read.known("0") == ("0" * 64, "1" * 64) and read.known("5") == ()
    assert read.known("again") == tuple(f"{number:064d}" for number in range(12, 20))


def test_a_record_knows_a_name_as_systems_that_fold_case_see_it(tmp_path: Path) -> None:
    record = Record()
    record.add("CAFÉ.docx", "0" * 64)

    assert record.known("cafe\u0301.docx") == ("0" * 64,)


def test_runs_at_once_lose_nothing_of_each_other(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from checklists.files.guard import write_guarded\n"
        "for n in range(8): write_guarded(Path(sys.argv[1]), {f'{sys.argv[2]}-{n}.docx': b'ours'})\n"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path), str(number)], cwd=ROOT)
        for number in range(6)
    ]

    assert [one.wait(60) for one in started] == [0] * 6
    recorded = json.loads((tmp_path / RECORD).read_text("utf-8"))["files"]
    assert len(recorded) == 48 and len(list(tmp_path.glob("*.docx"))) == 48


# ---------------------------------------------------------------- one at a time


INSIDE = """
import os, random, sys, time
from contextlib import nullcontext
from pathlib import Path
from checklists.files.writing import held_folder
folder, marker = Path(sys.argv[1]), Path(sys.argv[1]) / "inside"
met = 0
for _ in range(12):
    with held_folder(folder, patience=60) if sys.argv[2] == "held" else nullcontext():
        try:
            handle = os.open(marker, os.O_CREAT | os.O_EXCL)
        except FileExistsError:
            met += 1
            continue
        time.sleep(random.uniform(0, 0.01))
        os.close(handle)
        marker.unlink()
sys.exit(met)
"""


def met(folder: Path, how: str) -> int:
    """How often one of six processes found another inside."""
    started = [subprocess.Popen([sys.executable, "-c", INSIDE, str(folder), how], cwd=ROOT) for _ in range(6)]
    return sum(one.wait(120) for one in started)


def test_of_six_processes_only_one_is_in_a_folder(tmp_path: Path) -> None:
    assert met(tmp_path, "free") > 0, "this test sees nothing"
    assert met(tmp_path, "held") == 0


def test_a_third_run_does_not_get_in_beside_one_that_waited(tmp_path: Path) -> None:
    inside, leave = threading.Event(), threading.Event()

    def wait_for_it() -> None:
        with held_folder(tmp_path, patience=20):
            inside.set()
            leave.wait(20)

    with held_folder(tmp_path):
        second = threading.Thread(target=wait_for_it)
        second.start()
        time.sleep(0.3)
    assert inside.wait(20)
    with pytest.raises(Refused) as refused, held_folder(tmp_path, patience=0.3):
        pass
    leave.set()
    second.join()

    assert refused.value.problems[0].code == "batch-running"


def test_a_killed_run_keeps_nobody_out(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from checklists.files.writing import held_folder\n"
        "with held_folder(Path(sys.argv[1])): print('in', flush=True); time.sleep(60)\n"
    )
    started = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert started.stdout is not None and started.stdout.readline() == "in\n"
    with pytest.raises(Refused), held_folder(tmp_path, patience=0.2):
        pass
    started.kill()
    started.communicate()

    with held_folder(tmp_path, patience=5):
        pass


def test_the_packages_own_copy_is_no_folder_of_ours(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")

    told = command(
        "templates",
        "copy",
        "现场检查表",
        "--templates",
        tmp_path / "templates",
        "--out",
        tmp_path / "templates",
    )

    assert told.code == 0 and "没有变化" in told.out
