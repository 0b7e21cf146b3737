"""The page's long work through a real server: rosters, what came back, uploads that must not hurt, nothing left over."""

from __future__ import annotations

import io
import json
import os
import re
import secrets
import signal
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from filelock import FileLock
from openpyxl import Workbook, load_workbook
from starlette.datastructures import UploadFile

import checklists.messages
from checklists import limits
from checklists.checklist.build import Order, checklist_for
from checklists.documents.catalogue import CHECKLIST, WORKBOOK, asked_documents
from checklists.documents.make import finished_documents
from checklists.models import Enterprise
from checklists.problems import Refused
from checklists.rules.kept import library_for_lists
from checklists.web.app import web_app
from checklists.web.jobs import Job, Run, _begun, job_folder
from checklists.web.served import Served
from checklists.web.spoken import in_page_words
from checklists.web.telling import problem_told
from checklists.web.uploads import ZIP, Kept, keep
from checklists.web.visitors import LOCK, MOST_JOBS, PREFIX, Visitor, Visitors
from checklists.web.working import start
from tests.page_server import running
from tests.returned_books import MONTH, answer, opened, rows_by_content, saved
from tests.sample import ROOT
from tests.small_rules import DAY, small_rules
from tests.web_visitor import Browser, Got

MOST = 3_000_000
"""Bytes of one request to the server of these tests."""
ITEM = "各用气点的报警装置在位有效"
ROWS = [
    ("单位名称", "企业类型", "所在地"),
    ("甲饭店", "餐饮用气单位", "阳城县"),
    ("乙饭店", "没有这种", "阳城县"),
    ("丙饭店", "饭店", "阳城县"),
]
LONG = [["batch", "名录/长.csv", "--out=发放", "--json", "--events"]]
"""A command line that takes a while: thousands of enterprises."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_rules(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def above(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("above")


@pytest.fixture(scope="module")
def port(house: Path, above: Path) -> Iterator[int]:
    served = _served(house, Visitors(above))
    with running(web_app(served)) as address:
        yield int(address.rpartition(":")[2])
    assert list(above.iterdir()) == []


def _served(house: Path, visitors: Visitors, most: int = MOST) -> Served:
    return Served(house / "rules", house / "seeds", ROOT / "templates", visitors, upload_bytes=most)


def book_of(rows: list[tuple[str, ...]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def files_in(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def links(page: str, run: str) -> list[str]:
    return re.findall(rf'href="(/jobs/[\w-]+/files/{run}/\d+)"', page)


# ---------------------------------------------------------------- rosters


@dataclass
class Dropped:
    """A roster with a wrong row: who dropped it, the address of its job, its page when checked, and when all is made."""

    browser: Browser
    job: str
    checked: Got
    made: Got


@pytest.fixture(scope="module")
def roster(port: int) -> Dropped:
    browser, day = Browser(port), ("on", DAY.isoformat())
    got = browser.post("/rosters", [day], [("roster", "..\\..\\甲/我的名录.xlsx", book_of(ROWS))])
    assert got.status == 303, got.words
    checked = browser.done(got.place)
    register = ("papers", "自查表发放回收登记")
    assert browser.post(f"{got.place}/batch", [day, register]).status == 303
    return Dropped(browser, got.place, checked, browser.done(got.place))


def test_a_roster_is_checked_cell_by_cell(roster: Dropped) -> None:
    assert "可用 2 行" in roster.checked.words and "不能用 1 行" in roster.checked.words
    assert re.search(r"<b>B3</b>.*?错误.*?没有这种", roster.checked.text, re.S)


def test_everything_is_made_as_a_zip(roster: Dropped, above: Path) -> None:
    browser = roster.browser
    assert "做好了：2 家" in roster.made.words
    whole, register, *_ = links(roster.made.text, "batch")
    names = files_in(browser.get(whole).content)
    assert {"甲饭店", "丙饭店"} <= {part[:3] for name in names for part in name.split("/")}
    assert not any("乙饭店" in name for name in names)
    assert browser.get(register).content[:2] == b"PK"
    assert "no-store" in browser.get(whole).headers["cache-control"]
    told = "".join(got.text for got in browser.seen if got.headers.get_content_type() == "text/html")
    assert "我的名录.xlsx" in told and str(above) not in told and PREFIX not in told


def test_only_what_has_changed_is_made(port: int) -> None:
    browser = Browser(port)
    got = browser.post("/rosters", [], [("roster", "名录.xlsx", book_of(ROWS))])
    assert "可用 2 行" in browser.done(got.place).words
    asked = [("on", DAY.isoformat()), ("since", "2026-11-20")]
    assert browser.post(f"{got.place}/batch", asked).status == 303
    assert "做好了：0 家" in browser.done(got.place).words


def test_a_roster_that_is_too_long_for_the_page_is_checked_and_not_made(house: Path, tmp_path: Path) -> None:
    served = replace(_served(house, Visitors(tmp_path)), roster_firms=1)
    with running(web_app(served)) as address:
        browser = Browser(int(address.rpartition(":")[2]))
        job = browser.post("/rosters", [], [("roster", "名录.xlsx", book_of(ROWS))]).place
        assert "可用 2 行" in browser.done(job).words
        refused = browser.post(f"{job}/batch", [("on", DAY.isoformat())])
        one = browser.post("/rosters", [], [("roster", "名录.xlsx", book_of(ROWS[:2]))]).place
        assert "可用 1 行" in browser.done(one).words
        taken = browser.post(f"{one}/batch", [("on", DAY.isoformat())])
        browser.done(one)

    assert refused.status == 422 and "有 2 家，网页上一次最多做 1 家" in refused.words
    assert taken.status == 303


def test_another_visitor_reaches_nothing_of_a_job(roster: Dropped, port: int) -> None:
    browser, job = roster.browser, roster.job
    file = links(roster.made.text, "batch")[0]
    assert [browser.get(path).status for path in (job, f"{job}/state", file)] == [200, 200, 200]

    other = Browser(port)
    assert other.post("/rosters", [], [("roster", "x.csv", b"a,b\n")]).status == 303
    assert other.cookie and other.cookie != browser.cookie
    for stranger in (other, Browser(port), Browser(port, f"visitor={secrets.token_urlsafe(32)}")):
        for path in (job, f"{job}/state", file, f"{job}/ledger", f"{job}/charts/state.svg"):
            assert stranger.get(path).status == 404, path
        for path in ("stop", "discard", "check", "batch", "papers", "carry"):
            assert stranger.post(f"{job}/{path}").status == 404, path
    assert browser.get(file).status == 200


def test_only_files_that_a_job_lists_are_given(roster: Dropped) -> None:
    browser, job = roster.browser, roster.job
    assert browser.get(f"{job}/files/batch/0").status == 200
    for which in ("99", "-1", "0/../../x", "..%2f..%2fserver.lock", "%2e%2e", "0x1"):
        assert browser.get(f"{job}/files/batch/{which}").status in (404, 422), which
    assert browser.get(f"{job}/files/other/0").status == 404


def test_the_cookie_is_for_this_page_alone(port: int) -> None:
    got = Browser(port).post("/rosters", [], [("roster", "x.csv", b"a,b\n")])
    told = {part.strip().lower() for part in got.headers["set-cookie"].split(";")}
    assert {"httponly", "samesite=strict", "path=/"} <= told


def test_a_value_is_never_taken_for_an_option(port: int, above: Path) -> None:
    browser = Browser(port)
    job = browser.post("/rosters", [("place", "--rules=/")], [("roster", "--help.csv", b"a,b\n")]).place
    page = browser.done(job)
    assert "读不了这份名录" in page.words and "「--rules=/」" in page.words


def test_the_blank_roster_can_be_filled(port: int) -> None:
    book = load_workbook(io.BytesIO(Browser(port).get("/rosters/blank.xlsx").content))
    assert "单位名称" in [cell.value for cell in book.worksheets[0][1]]


# ---------------------------------------------------------------- what came back


@pytest.fixture(scope="module")
def filled(house: Path) -> bytes:
    """A workbook in which one thing is not as it should be, and one answer cannot be read."""
    made = _made(house, "甲饭店", WORKBOOK)
    book = opened(made)
    answer(book, ITEM, "不符合", "报警器没电")
    answer(book, "每次换瓶有登记", "好像行")
    return saved(book)


def _made(house: Path, name: str, document: str) -> bytes:
    library = library_for_lists(house / "rules", house / "seeds")
    enterprise = Enterprise(name=name, types=("restaurant",), place="晋城市阳城县")
    checklist = checklist_for(library, enterprise, Order(DAY))
    return next(iter(finished_documents(asked_documents([document]), checklist, ROOT / "templates").values()))


def zip_of(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


@pytest.fixture(scope="module")
def returned(port: int, filled: bytes) -> tuple[Browser, str]:
    browser = Browser(port)
    sent = [
        ("files", "一包.zip", zip_of({"阳城/甲饭店.xlsx": filled})),
        ("files", "坏的.xlsx", b"PK no"),
        ("files", "照片.jpg", b"x"),
    ]
    got = browser.post("/returns", [("on", "2026-12-01")], sent)
    assert got.status == 303, got.words
    return browser, got.place


def test_every_row_that_came_back_is_accounted_for(returned: tuple[Browser, str], filled: bytes) -> None:
    browser, job = returned
    page = browser.done(job)
    rows = rows_by_content(opened(filled)[MONTH])
    assert "隐患 1 条" in page.words and "看不清 1 行" in page.words
    assert re.search(rf"<b>{MONTH} [A-Z]+{rows['每次换瓶有登记']}</b> 看不清", page.text)
    assert "没有读的 1 个" in page.words and "照片.jpg" in page.words
    assert "交回/" not in page.text

    ledger, marked = (browser.get(path) for path in links(page.text, "collect"))
    assert "隐患" in load_workbook(io.BytesIO(ledger.content)).sheetnames
    assert load_workbook(io.BytesIO(marked.content))[MONTH]


def test_the_ledger_shows_what_its_filter_asks(returned: tuple[Browser, str], filled: bytes) -> None:
    browser, job = returned
    browser.done(job)
    cell = rf"{MONTH} [A-Z]+{rows_by_content(opened(filled)[MONTH])[ITEM]}"
    for query, count in (
        ("", 1),
        ("?state=整改中", 1),
        ("?state=待验收", 0),
        ("?firm=0", 1),
        ("?firm=1", 0),
        ("?overdue=1", 0),
    ):
        page = browser.get(f"{job}/ledger" + quote(query, safe="?=&"))
        assert f"<h2>{count} 条" in page.text, query
        assert ("报警器没电" in page.words) == bool(count), query
        assert bool(re.search(cell, page.text)) == bool(count), query
    pages = [got.text for got in browser.seen if got.headers.get_content_type() == "text/html"]
    addresses = [path for page in pages for path in re.findall(r'(?:href|src|action)="([^"]*)"', page)]
    assert named(["/x?firm=甲", "/x?firm=%E7%94%B2", "/x?firm=0"]) == ["/x?firm=甲", "/x?firm=%E7%94%B2"]
    assert named(addresses) == []


def named(addresses: Iterable[str]) -> list[str]:
    """Addresses that name the enterprise."""
    return [path for path in addresses if "甲" in unquote(path)]


def test_charts_are_drawn_without_a_script(returned: tuple[Browser, str]) -> None:
    browser, job = returned
    browser.done(job)
    page = browser.get(f"{job}/ledger").text
    charts = re.findall(r'<img src="([^"]+)"', page)
    assert len(charts) == 5 and page.count("<table") == 6
    for path in charts:
        drawn = browser.get(path)
        assert drawn.headers.get_content_type() == "image/svg+xml" and b"<script" not in drawn.content
    assert "甲饭店" in browser.get(f"{job}/charts/firm.svg").text


def test_papers_and_next_months_books_come_of_what_came_back(returned: tuple[Browser, str]) -> None:
    browser, job = returned
    browser.done(job)
    assert browser.post(f"{job}/papers").status == 422
    assert browser.post(f"{job}/papers", [("paper", "整改通知"), ("paper", "复查表")]).status == 303
    (papers,) = links(browser.done(job).text, "papers")
    names = files_in(browser.get(papers).content)
    assert sorted(kind for name in names for kind in ("整改通知", "复查表") if kind in name) == [
        "复查表",
        "整改通知",
    ]

    assert browser.post(f"{job}/carry").status == 303
    (book,) = links(browser.done(job).text, "carry")
    carried = opened(browser.get(book).content)
    assert any(
        "报警器没电" in str(cell.value) for row in carried["隐患台账"].iter_rows() for cell in row
    ) or ITEM in rows_by_content(carried[MONTH])


def test_a_list_filled_on_paper_is_typed_in(port: int, house: Path) -> None:
    browser = Browser(port)
    sent = [("lists", "甲饭店.docx", _made(house, "甲饭店", CHECKLIST))]
    job = browser.post("/entries", [("codes", "1x 报警器没电")], sent).place
    page = browser.done(job)
    assert "录好了" in page.words, page.words
    (entered,) = links(page.text, "enter")
    cells = [
        str(cell.value)
        for sheet in opened(browser.get(entered).content)
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert "报警器没电" in cells

    job = browser.post("/entries", [("codes", "99x 没有这一项")], sent).place
    assert "没有第 99 项" in browser.done(job).words and "没有录成" in browser.get(job).words


def test_documents_and_templates_are_judged(port: int, house: Path) -> None:
    browser = Browser(port)
    document = _made(house, "甲饭店", CHECKLIST)
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace("在位、通电".encode(), "在位".encode())
    files = [("files", "表.docx", document), ("files", "改过.docx", zip_of(parts))]
    page = browser.done(browser.post("/verify", [], files).place)
    assert "表.docx： 相符" in page.words and "改过.docx： 不符" in page.words, page.words

    (at,) = re.findall(r'href="(/templates/\d+)">整改通知.docx', browser.get("/verify").text)
    template = browser.get(at).content
    assert template == (ROOT / "templates" / "整改通知.docx").read_bytes()
    files = [("files", "通知.docx", template), ("files", "坏.docx", b"PK no")]
    page = browser.done(browser.post("/templates/check", [], files).place)
    assert "通知.docx： 可以使用" in page.words and "坏.docx： 不能用" in page.words, page.words


# ---------------------------------------------------------------- uploads


def sent(**files: bytes) -> list[UploadFile]:
    return [
        UploadFile(io.BytesIO(content), filename=name, size=len(content)) for name, content in files.items()
    ]


def kept_of(folder: Path, files: dict[str, bytes], *endings: str) -> Kept:
    return keep(sent(**files), folder / "交回", endings or (".xlsx", ".docx", ZIP))


@pytest.mark.parametrize(
    ("name", "stands"),
    [
        ("../../etc/甲.xlsx", "甲.xlsx"),
        ("C:\\用户\\甲.xlsx", "甲.xlsx"),
        ("/etc/passwd.xlsx", "passwd.xlsx"),
        ("con.xlsx", "_con.xlsx"),
        ("甲\x00\n:乙.XLSX", "甲_乙.xlsx"),
        ("-rf.xlsx", "_-rf.xlsx"),
        ("a" * 300 + ".xlsx", "a" * 60 + ".xlsx"),
    ],
)
def test_a_name_is_never_a_path(tmp_path: Path, name: str, stands: str) -> None:
    assert kept_of(tmp_path, {name: b"x"}).names == [stands]
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()] == [
        f"交回/{stands}"
    ]


def test_two_files_of_one_name_are_two(tmp_path: Path) -> None:
    both = [*sent(**{"A.xlsx": b"1"}), *sent(**{"x/a.xlsx": b"2"}), *sent(**{"y/A.xlsx": b"3"})]
    kept = keep(both, tmp_path / "交回", (".xlsx",))
    assert kept.names == ["A.xlsx", "a（2）.xlsx", "A（3）.xlsx"]
    assert [(tmp_path / "交回" / name).read_bytes() for name in kept.names] == [b"1", b"2", b"3"]


def test_empty_and_wrong_files_are_refused_in_words(tmp_path: Path, port: int) -> None:
    kept = kept_of(tmp_path, {"好.xlsx": b"x", "空.xlsx": b"", "照片.jpg": b"x", "~$好.xlsx": b"x"})
    assert kept.names == ["好.xlsx"]
    assert [(str(one.position), one.code) for one in kept.problems] == [
        ("空.xlsx", "upload-empty"),
        ("照片.jpg", "upload-ending"),
    ]

    browser = Browser(port)
    for files in ([], [("files", "", b"")], [("files", "照片.jpg", b"x")], [("files", "空.xlsx", b"")]):
        got = browser.post("/returns", [], files)
        assert got.status == 422 and "没有" in got.words, got.words
    assert not browser.cookie


def _bomb() -> bytes:
    return zip_of({"甲.xlsx": b"\0" * (limits.RATIO_FREE_BYTES + 1)})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zip_of({"甲/乙.xlsx": b"x"}), ""),
        (zip_of({"../乙.xlsx": b"x"}), "upload-zip"),
        (zip_of({"/etc/乙.xlsx": b"x"}), "upload-zip"),
        (b"PK no zip", "upload-zip"),
        (zip_of({"好.xlsx": b"x"})[:-30], "upload-zip"),
        (_bomb(), "file-too-big"),
        (zip_of({"里面.zip": zip_of({"乙.xlsx": b"x"})}), "upload-zip-others"),
        (zip_of({"照片.jpg": b"x", "b.png": b"x"}), "upload-zip-others"),
        (zip_of({f"{'a/' * limits.SENT_DEPTH}乙.xlsx": b"x"}), "upload-zip-many"),
        (zip_of({f"{number}.xlsx": b"x" for number in range(limits.SENT_FILES + 1)}), "upload-zip-many"),
    ],
    ids=["good", "up", "root", "text", "cut", "bomb", "zip-in-zip", "other", "deep", "many"],
)
def test_a_zip_is_unpacked_within_limits(tmp_path: Path, content: bytes, code: str) -> None:
    kept = kept_of(tmp_path, {"也在.xlsx": b"x", "包.zip": content})
    assert [one.code for one in kept.problems][:1] == ([code] if code else [])
    inside = [] if code in ("upload-zip", "file-too-big", "upload-zip-others") else kept.names[1:]
    assert kept.names[0] == "也在.xlsx" and kept.names[1:] == inside
    assert all(path.is_relative_to(tmp_path / "交回") for path in tmp_path.rglob("*") if path.is_file())
    assert not list(tmp_path.rglob(".zip")) and len(list(tmp_path.rglob("*.xlsx"))) == len(kept.names)
    if not code:
        assert kept.names[1:] == ["甲/乙.xlsx"]


def test_names_in_a_zip_of_windows_are_read(tmp_path: Path) -> None:
    content = zip_of({"aaaa.xlsx": b"x"}, zipfile.ZIP_STORED).replace(b"aaaa", "饭店".encode("gbk"))
    assert kept_of(tmp_path, {"包.zip": content}).names == ["饭店.xlsx"]


def test_a_zip_bomb_is_told_on_the_page(port: int) -> None:
    got = Browser(port).post("/returns", [], [("files", "包.zip", _bomb())])
    assert got.status == 422 and "文件太大" in got.words


def test_too_large_an_upload_is_not_taken_in(port: int, above: Path) -> None:
    browser = Browser(port)
    head = b'--e\r\ncontent-disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'
    sent = {"content-type": "multipart/form-data; boundary=e"}

    def status(size: int, *, told: bool) -> int:
        """Of an upload of so many bytes, their number told before or not."""
        body = head + (size - len(head) - 9) * b"x" + b"\r\n--e--\r\n"
        pieces = (body[at : at + 100_000] for at in range(0, len(body), 100_000))
        more = {"content-length": str(len(body))} if told else {}
        try:
            return browser.ask("POST", "/returns", pieces, {**sent, **more}).status
        except (BrokenPipeError, ConnectionResetError):
            return 413  # it was refused while we still sent

    assert [status(MOST, told=told) for told in (True, False)] == [422, 422]  # of a kind that is not taken
    assert [status(MOST + 200_000, told=told) for told in (True, False)] == [413, 413]
    assert not [path for path in above.rglob("*") if path.is_file() and path.stat().st_size > MOST // 2]


def test_spooled_uploads_vanish(port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    Browser(port).post("/returns", [], [("files", "甲.jpg", 2_000_000 * b"x")])
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- runs


@pytest.fixture
def folder(tmp_path: Path, house: Path) -> Path:
    """A job's folder with a roster that takes a while."""
    (tmp_path / "名录").mkdir()
    rows = "".join(f"饭店{number},饭店,阳城县\n" for number in range(3_000))
    (tmp_path / "名录" / "长.csv").write_text("单位名称,企业类型,所在地\n" + rows, "utf-8")
    return tmp_path


@pytest.fixture
def workers() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as workers:
        yield workers


def long_run(folder: Path, house: Path, **more: Any) -> Run:
    options = [
        f"--rules={house / 'rules'}",
        f"--seeds={house / 'seeds'}",
        f"--templates={ROOT / 'templates'}",
    ]
    return Run(folder, [[*LONG[0], *options]], "长", **more)


def waited(until: Callable[[], Any], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_there(group: int) -> bool:
    """Whether a process of the group is alive; those that have ended and nobody has asked for are not."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of = stat.read_text().rpartition(") ")[2].split()[:3]
        except OSError:
            continue
        if int(of) == group and state != "Z":
            return True
    return False


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")


@needs_proc
def test_stopping_ends_all_processes(folder: Path, house: Path, workers: ThreadPoolExecutor) -> None:
    run = long_run(folder, house)
    run.start(workers)
    waited(lambda: run.done > 5)
    assert run.running and is_there(run.group)

    run.stop(20)

    assert run.state == "stopped" and not is_there(run.group)
    run.stop(1)  # nothing more happens
    assert run.state == "stopped"


@needs_proc
def test_stopping_before_the_start_keeps_it_from_starting(
    folder: Path, house: Path, workers: ThreadPoolExecutor
) -> None:
    first, second = long_run(folder, house), long_run(folder, house)
    first.start(workers)
    second.start(workers)
    waited(lambda: first.group)
    second.stop(1)
    assert (second.state, second.group) == ("stopped", 0)
    first.stop(20)
    assert first.state == "stopped" and not is_there(first.group)


def test_of_runs_that_are_begun_at_once_all_but_one_are_refused(
    folder: Path, house: Path, tmp_path: Path
) -> None:
    own = _served(house, Visitors(tmp_path))
    job, commands = Job(folder, "", lambda job: {}, "", ""), long_run(folder, house).commands

    def slowly() -> Iterator[str]:
        time.sleep(0.2)  # while one clears the way, the others come
        yield "早先的"

    def begun() -> int:
        try:
            start(own, job, secrets.token_hex(4), commands, "长", fresh=slowly())
        except Refused:
            return 0
        return 1

    try:
        with ThreadPoolExecutor(8) as at_once:
            assert sum(one.result() for one in [at_once.submit(begun) for _ in range(8)]) == 1
        assert len(job.runs) == 1
    finally:
        job.stop()
        own.close()


@needs_proc
def test_a_process_that_dies_is_told(folder: Path, house: Path, workers: ThreadPoolExecutor) -> None:
    run = long_run(folder, house)
    run.start(workers)
    waited(lambda: run.group)
    os.kill(run.group, signal.SIGKILL)
    waited(lambda: not run.running)
    assert run.state == "broken" and not is_there(run.group)


@needs_proc
def test_what_takes_too_long_is_stopped(folder: Path, house: Path, workers: ThreadPoolExecutor) -> None:
    run = long_run(folder, house, seconds=1.0)
    run.start(workers)
    waited(lambda: not run.running)
    assert run.state == "late" and not is_there(run.group)


@needs_proc
def test_a_process_ends_with_the_page(folder: Path, house: Path) -> None:
    process = _begun(folder)
    assert process.stdin and process.stderr
    process.stdin.write(json.dumps(long_run(folder, house).commands).encode() + b"\n")
    process.stdin.flush()
    assert is_there(process.pid)
    process.stdin.close()
    assert process.wait(10) != 0
    waited(lambda: not is_there(process.pid), 10)
    process.stderr.close()


@needs_proc
def test_nothing_of_a_visitor_stands_on_a_command_line(
    folder: Path, house: Path, workers: ThreadPoolExecutor
) -> None:
    run = long_run(folder, house)
    run.start(workers)
    waited(lambda: run.group)
    lines = [path.read_bytes() for path in Path("/proc").glob(f"{run.group}/cmdline")]
    run.stop(20)
    assert any(b"for_page" in line for line in lines) and not any("名录".encode() in line for line in lines)


@needs_proc
def test_the_page_stops_a_job_and_removes_it(port: int, above: Path) -> None:
    browser = Browser(port)
    rows = "".join(f"饭店{number},饭店,阳城县\n" for number in range(3_000))
    job = browser.post(
        "/rosters", [], [("roster", "长.csv", ("单位名称,企业类型,所在地\n" + rows).encode())]
    ).place
    browser.done(job)
    before = {path for path in above.rglob("名录") if path.is_dir()}
    assert browser.post(f"{job}/batch", [("on", DAY.isoformat())]).status == 303
    waited(lambda: "做到第" in browser.get(f"{job}/state").words)
    assert 'http-equiv="refresh"' in browser.get(job).text
    assert browser.post(f"{job}/batch").status == 422  # one after the other

    assert browser.post(f"{job}/stop").status == 303
    assert "停下了，没有做完" in browser.done(job).words
    assert browser.post(f"{job}/discard").place == "/rosters"
    assert browser.get(job).status == 404
    assert len(before) - len({path for path in above.rglob("名录") if path.is_dir()}) == 1


def test_no_folder_of_ours_is_told(tmp_path: Path) -> None:
    told = {
        "file": f"{tmp_path}/名录/甲.xlsx",
        "line": None,
        "sheet": "表",
        "cell": "B3",
        "code": "x",
        "level": "error",
    }
    told |= {
        "message": f"与 名录/乙.xlsx 相同，见 {tmp_path}",
        "remedy": "叫法不同的，用 --map 说明，如 --map 户名=单位名称；或再试。",
    }
    found = problem_told(told, tmp_path, {"名录/": ""})
    assert str(found.position) == "甲.xlsx 工作表「表」 单元格 B3" and found.message == "与 乙.xlsx 相同，见 "
    assert found.remedy == "叫法不同的，在“列名对照”里写明，如 户名=单位名称；或再试。"


OPTION = re.compile(r"--[a-z]")
OF_THE_PAGE = ("roster", "returns", "carry")


def test_no_option_of_the_command_line_is_told() -> None:
    by_module = {name: getattr(checklists.messages, name).MESSAGES for name in OF_THE_PAGE}
    remedies = [one.remedy for messages in by_module.values() for one in messages.values()]
    assert [one for one in remedies if OPTION.search(one)]
    not_met = ("--overwrite", "--out", "--dry-run")  # of files that stand in the way: a job's folder is new
    left = [in_page_words(one) for one in remedies if not any(word in one for word in not_met)]
    assert [one for one in left if OPTION.search(one)] == []


# ---------------------------------------------------------------- visitors


def job_in(visitor: Visitor) -> Job:
    return Job(job_folder(visitor.folder), "", lambda job: {}, "", "")


def test_files_go_after_their_time_but_not_while_something_runs(tmp_path: Path) -> None:
    visitors = Visitors(tmp_path, kept=100.0)
    try:
        word, idle = visitors.welcome()
        other, busy = visitors.welcome()
        _, job = visitors.new_job(busy, lambda: job_in(busy))
        job.runs["x"] = Run(job.folder, [], "", state="running")
        visitors.tidy(idle.seen + 99)
        assert visitors.known(word) is idle and idle.folder.is_dir()
        visitors.tidy(time.monotonic() + 101)
        assert visitors.known(word) is None and not idle.folder.exists()
        assert visitors.known(other) is busy and job.folder.is_dir()
        job.runs["x"].state = "done"
    finally:
        visitors.close()
    assert list(tmp_path.iterdir()) == []
    visitors.close()
    with pytest.raises(Refused):
        visitors.welcome()


def test_tidying_goes_on_in_the_background(tmp_path: Path) -> None:
    visitors = Visitors(tmp_path, kept=0.1, look=0.05)
    try:
        _, visitor = visitors.welcome()
        waited(lambda: not visitor.folder.exists(), 5)
    finally:
        visitors.close()


def test_the_oldest_job_goes_for_a_new_one_unless_it_runs(tmp_path: Path) -> None:
    visitors = Visitors(tmp_path)
    try:
        _, visitor = visitors.welcome()
        jobs = [visitors.new_job(visitor, lambda: job_in(visitor))[1] for _ in range(MOST_JOBS)]
        for job in jobs[:-1]:
            job.runs["x"] = Run(job.folder, [], "", state="running")
        visitors.new_job(visitor, lambda: job_in(visitor))
        assert len(visitor.jobs) == MOST_JOBS and jobs[0].folder.is_dir() and not jobs[-1].folder.exists()
        for job in visitor.jobs.values():
            job.runs["x"] = Run(job.folder, [], "", state="running")
        with pytest.raises(Refused):
            visitors.new_job(visitor, lambda: job_in(visitor))
        for job in visitor.jobs.values():
            job.runs.clear()
    finally:
        visitors.close()


def test_a_dead_servers_folder_is_swept_and_a_living_ones_is_not(tmp_path: Path) -> None:
    dead, linked = tmp_path / f"{PREFIX}dead", tmp_path / "elsewhere"
    (dead / "甲").mkdir(parents=True)
    (dead / LOCK).touch()
    linked.mkdir()
    (tmp_path / f"{PREFIX}link").symlink_to(linked)
    living = Visitors(tmp_path)
    assert not dead.exists() and linked.is_dir()
    later = Visitors(tmp_path)
    try:
        assert living.folder.is_dir() and living.folder != later.folder
        with pytest.raises(TimeoutError), FileLock(living.folder / LOCK, timeout=0):
            pass
    finally:
        later.close()
        living.close()
    assert not living.folder.exists() and not later.folder.exists()
