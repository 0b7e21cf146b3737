"""The page in a real browser: from the first look to the Word file, with script and without, by hand and by keyboard."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, Locator, Page, Route, expect, sync_playwright
from pypdf import PdfReader

from tests.page_server import page_running
from tests.returned_books import MONTH, answer, rows_by_content

CHROMIUM = shutil.which("chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="these tests look through the browser chromium, which is not installed here"
)
PATIENCE = 60_000
"""Milliseconds: a machine that is busy with other tests is slow, not wrong."""
expect.set_options(timeout=PATIENCE)
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
FIRM = "阳城县老灶火锅店"
CATERING = {"type": "餐饮用气单位", "place": "阳城县"}
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with page_running(tmp_path_factory.mktemp("page")) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Opened]:
    """Open an address of the page in a window of its own. Whatever it asks for has to be of this machine."""
    contexts = []
    asked: set[str | None] = set()
    wrong: list[str] = []

    def opening(path: str = "/", *, script: bool = True, size: dict[str, int] = WIDE) -> Page:
        context = browser.new_context(viewport=size, java_script_enabled=script, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: asked.add(urlsplit(request.url).hostname))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
        page.goto(address + path)
        return page

    yield opening
    for context in contexts:
        context.close()
    assert asked - {""} == {"127.0.0.1"}
    assert wrong == []


class Hands:
    """Somebody before the page, whose actions are counted: a field filled, a thing clicked or chosen, a key pressed."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def fill(self, label: str, text: str) -> None:
        self.actions += 1
        self.page.get_by_label(label, exact=False).first.fill(text)

    def click(self, role: str, name: str) -> None:
        self.actions += 1
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]

    def download(self, button: str, to: Path) -> Path:
        self.actions += 1
        with self.page.expect_download() as coming:
            self.page.get_by_role("button", name=button, exact=True).click()
        path = to / coming.value.suggested_filename
        coming.value.save_as(path)
        return path


def words_of(path: Path) -> str:
    """All texts of a Word file."""
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def rows_of(page: Page) -> list[str]:
    return page.locator("#list .row .content").all_inner_texts()


# ---------------------------------------------------------------- the way to the Word file


@pytest.mark.parametrize("typed", ["火锅", "cyyq"])
def test_five_actions_lead_from_the_first_page_to_the_word_file(
    opened: Opened, tmp_path: Path, typed: str
) -> None:
    page = opened()
    hands = Hands(page)

    hands.fill("在哪个市、县", "阳城县")
    hands.fill("找企业类型", typed)
    hands.click("checkbox", "餐饮用气单位")
    expect(page.locator("#list h2")).to_have_text("餐饮用气单位")
    hands.fill("单位名称", FIRM)
    path = hands.download("检查表 Word", tmp_path)

    assert hands.actions <= 6
    assert path.suffix == ".docx"
    assert FIRM in path.name and FIRM in words_of(path)


def test_a_tick_stays_when_the_types_that_were_looked_for_come_late(opened: Opened, tmp_path: Path) -> None:
    page = opened()
    late: list[Route] = []
    page.route("**/preview/types?*", lambda route: route.continue_() if late else late.append(route))
    page.get_by_label("在哪个市、县").first.fill("阳城县")
    page.get_by_label("找企业类型").first.fill("火锅")
    page.get_by_role("checkbox", name="餐饮用气单位").first.click()
    expect(page.locator("#list h2")).to_have_text("餐饮用气单位")

    late[0].continue_()
    expect(page.get_by_role("checkbox", name="井工煤矿")).to_have_count(0)  # what was looked for is shown
    expect(page.get_by_role("checkbox", name="餐饮用气单位").first).to_be_checked()
    hands = Hands(page)
    hands.fill("单位名称", FIRM)
    assert FIRM in words_of(hands.download("检查表 Word", tmp_path))


def test_the_same_without_script(opened: Opened, tmp_path: Path) -> None:
    page = opened(script=False)
    hands = Hands(page)

    hands.fill("在哪个市、县", "阳城县")
    hands.fill("找企业类型", "火锅")
    hands.click("button", "找")
    hands.click("checkbox", "餐饮用气单位")
    page.get_by_role("button", name="看清单").last.click()
    hands.actions += 1
    assert len(rows_of(page)) == 40
    path = hands.download("检查表 Word", tmp_path)
    assert hands.actions <= 6
    assert "餐饮用气单位" in words_of(path)

    hands.fill("单位名称", FIRM)
    assert FIRM in words_of(hands.download("检查表 Word", tmp_path))
    page.get_by_role("button", name="去掉 餐饮用气单位").click()
    expect(page.locator("#list")).to_contain_text("先选市县和企业类型")


def test_the_keyboard_alone_leads_there(opened: Opened, tmp_path: Path) -> None:
    page = opened()

    def tab_to(name: str) -> None:
        for _ in range(150):
            page.keyboard.press("Tab")
            if page.evaluate(
                "name => [...(document.activeElement.labels ?? [])].some((one) => one.innerText.includes(name))"
                " || document.activeElement.innerText === name",
                name,
            ):
                return
        raise AssertionError(f"the keyboard does not come to {name}")

    tab_to("在哪个市、县")
    page.keyboard.type("阳城县")
    tab_to("找企业类型")
    page.keyboard.type("火锅")
    page.keyboard.press("Enter")
    expect(page.locator("#list h2")).to_have_text("餐饮用气单位")
    tab_to("单位名称")
    page.keyboard.type(FIRM)
    with page.expect_download() as coming:
        tab_to("检查表 Word")
        page.keyboard.press("Enter")
    coming.value.save_as(tmp_path / "made.docx")

    assert FIRM in words_of(tmp_path / "made.docx")


def test_a_paper_is_of_what_is_chosen_now_not_of_the_list_that_is_still_shown(
    opened: Opened, tmp_path: Path
) -> None:
    page = opened("/?" + urlencode(CATERING))
    page.route("**/preview?*", lambda route: None)  # the list is never drawn again

    page.get_by_label("供气方式").select_option("管道")
    page.get_by_label("在哪个市、县").fill("泽州县")
    text = words_of(Hands(page).download("检查表 Word", tmp_path))

    assert "泽州县" in text and "阳城县" not in text
    assert "在商住混合体内" in text and "供气方式为“瓶装”" not in text


def test_several_papers_come_in_one_zip_and_none_is_refused_in_words(opened: Opened, tmp_path: Path) -> None:
    page = opened("/?" + urlencode(CATERING))
    page.get_by_label("单位名称").fill(FIRM)
    page.get_by_text("做其他文书").click()

    page.get_by_role("button", name="生成勾选的").click()
    expect(page.locator("main")).to_contain_text("没有选文书")
    page.go_back()
    assert page.get_by_label("单位名称").input_value() == FIRM

    page.get_by_text("做其他文书").click()
    page.get_by_label("现场检查记录").check()
    page.get_by_label("整改通知").check()
    path = Hands(page).download("生成勾选的", tmp_path)
    assert path.name == f"{FIRM}.zip"
    shutil.unpack_archive(path, tmp_path / "out")
    made = sorted((tmp_path / "out").iterdir())
    assert len(made) == 2 and all(FIRM in words_of(one) for one in made)


# ---------------------------------------------------------------- the list changes with the choice


def test_an_answer_changes_the_list(opened: Opened) -> None:
    page = opened("/?" + urlencode(CATERING))
    question = page.locator("#list .ask", has_text="供气方式")
    expect(question).to_have_count(1)
    before = rows_of(page)

    page.get_by_label("供气方式").select_option("管道")
    expect(question).to_have_count(0)

    assert rows_of(page) != before
    assert "fact.gas-supply" in page.url


def test_a_row_unfolds_to_the_words_of_a_notice(opened: Opened) -> None:
    page = opened("/?" + urlencode(CATERING))
    row = page.locator("#list .row").first
    expect(row.locator("blockquote").first).to_be_hidden()

    row.locator("summary").click()

    quote = row.locator("blockquote").first
    expect(quote).to_be_visible()
    words = quote.inner_text().splitlines()[0]
    texts = [path.read_text("utf-8") for path in Path("seeds").glob("*.txt")]
    assert any("".join(words.split()) in "".join(text.split()) for text in texts)

    quote.locator("a").click()
    page.wait_for_url("**/notices/*")
    clause = page.locator(":target")
    expect(clause).to_be_in_viewport()
    assert "".join(words.split()) in "".join(clause.inner_text().split())


def test_what_the_paper_has_no_room_for_is_a_page_of_its_own(opened: Opened) -> None:
    page = opened("/?" + urlencode(CATERING), script=False)
    shown = rows_of(page)
    page.get_by_role("link", name="检查表没有列的").click()
    page.wait_for_load_state()

    rest = page.locator(".row .content").all_inner_texts()
    assert len(shown) == 40 and rest and not set(shown) & set(rest)
    expect(page.locator("h1")).to_have_text(f"检查表没有列的 {len(rest)} 项")
    page.get_by_role("link", name="回到清单").click()
    expect(page.locator("#list h2")).to_have_text("餐饮用气单位")


def test_answers_and_focus_stay_when_a_type_comes_in(opened: Opened) -> None:
    page = opened("/?" + urlencode(CATERING))
    basement = page.get_by_role("radiogroup", name="在地下、半地下用气")
    basement.get_by_label("否").check()
    page.wait_for_url(re.compile("fact.basement"))
    supply = page.get_by_label("供气方式")
    supply.select_option("管道")

    box = page.get_by_role("checkbox", name="加油站", exact=True)
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator("#list h2")).to_have_text("加油站、餐饮用气单位")

    expect(box).to_be_focused()
    expect(basement.get_by_label("否")).to_be_checked()
    expect(supply).to_have_value("管道")


def test_the_field_somebody_types_in_is_not_taken_from_him(opened: Opened) -> None:
    page = opened("/?" + urlencode({"type": "井工煤矿", "place": "阳泉市"}))
    depth = page.get_by_label("采深多少米")
    depth.press_sequentially("80")
    page.wait_for_url(re.compile("mine-depth=80$"))
    depth.press_sequentially("0")
    page.wait_for_url(re.compile("mine-depth=800$"))

    expect(depth).to_be_focused()
    expect(depth).to_have_value("800")


def test_a_chosen_type_is_taken_away_by_its_chip(opened: Opened) -> None:
    page = opened("/?" + urlencode([("type", "餐饮用气单位"), ("type", "加油站")]))
    page.get_by_label("找企业类型").fill("火锅")
    expect(page.get_by_role("checkbox", name="井工煤矿")).to_have_count(0)

    page.get_by_role("button", name="去掉 加油站").click()
    expect(page.locator("#list h2")).to_have_text("餐饮用气单位")

    expect(page.locator(".chip")).to_have_count(1)


@pytest.mark.parametrize("script", [True, False])
def test_a_word_without_a_type_offers_the_general_list(opened: Opened, script: bool) -> None:
    page = opened("/?" + urlencode({"place": "五台县"}), script=script)
    page.get_by_label("找企业类型").fill("寺庙")
    if not script:
        page.get_by_role("button", name="找", exact=True).click()
    page.get_by_role("checkbox", name="寺庙").first.check()
    if not script:
        page.get_by_role("button", name="看清单").last.click()

    expect(page.locator("#list h2")).to_have_text("寺庙（按通用清单）")
    expect(page.locator("#types")).to_contain_text("是文物建筑的")


def test_a_slip_of_the_pen_is_asked_back(opened: Opened) -> None:
    page = opened()
    page.get_by_label("找企业类型").fill("加油战")

    expect(page.locator("#types .none")).to_contain_text("没有叫“加油战”的类型")
    expect(page.locator("#types .group").first).to_contain_text("是不是")
    expect(page.locator("#types .group").first).to_contain_text("加油站")


def test_pinyin_that_is_still_becoming_a_word_is_not_looked_for(opened: Opened) -> None:
    page = opened()
    page.get_by_label("找企业类型").focus()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    keyboard = page.context.new_cdp_session(page)

    keyboard.send("Input.imeSetComposition", {"text": "huo'guo", "selectionStart": 7, "selectionEnd": 7})
    page.wait_for_timeout(200)
    assert page.get_by_label("找企业类型").input_value() == "huo'guo"
    assert asked == []
    keyboard.send("Input.insertText", {"text": "火锅"})

    expect(page.locator("#types label").first).to_have_text("餐饮用气单位")


def test_that_the_program_is_gone_is_said(opened: Opened) -> None:
    page = opened("/?" + urlencode(CATERING))
    page.route("**/preview?*", lambda route: route.abort())

    page.get_by_label("供气方式").select_option("管道")

    expect(page.get_by_role("status").filter(has_text="没有回应")).to_be_visible()


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"type": "餐饮用气单位"}, "没有填市、县"),
        ({"type": "餐饮用气单位", "place": "火星"}, "火星"),
        ({"type": "abc"}, "abc"),
        ({"type": "寺庙"}, "寺庙"),
        ({"type": "餐饮用气单位", "on": "1999-01-01"}, "1999-01-01"),
        ({"type": "餐饮用气单位", "on": "明天"}, "明天"),
        ({"type": "餐饮用气单位", "most": "-3"}, "-3"),
        ({"type": "餐饮用气单位", "basis": "x"}, "依据"),
        ({"type": "餐饮用气单位", "department": "没有的局"}, "没有的局"),
        ({"type": "餐饮用气单位", "department": "煤监"}, "煤监"),
        ({"type": "餐饮用气单位", "fact.uses-gas": "否"}, "使用燃气"),
        ({"type": "井工煤矿", "fact.mine-depth": "很深"}, "很深"),
        ({"type": "井工煤矿", "fact.none": "是"}, "none"),
    ],
)
def test_problems_are_told_in_the_words_of_the_page(
    opened: Opened, choice: dict[str, str], said: str
) -> None:
    told = opened("/?" + urlencode(choice), script=False).locator(".problems").all_inner_texts()

    assert said in "".join(told)
    assert "--" not in "".join(told) and "checklists " not in "".join(told) and "命令行" not in "".join(told)


# ---------------------------------------------------------------- for everybody, and on paper

PAGES = {
    "start": "/",
    "list": "/?" + urlencode([*CATERING.items(), ("fact.basement", "是"), ("most", "8")]),
    "left out": "/left-out?" + urlencode({"type": "焰火燃放单位", "place": "阳城县", "most": "150"}),
    "search": "/?" + urlencode({"find": "没有的词"}),
    "problem": "/?" + urlencode({"type": "abc", "place": "火星"}),
    "missing": "/nowhere",
    "rosters": "/rosters",
    "returns": "/returns",
    "library": "/library",
    "notices": "/notices",
    "notice": "/notices/yangcheng-2022",
    "items": "/items",
    "item": "/items/fire-exits-open",
    "types": "/types",
    "type": "/types/fuel-station",
    "standard": "/criteria/city-gas-2023-4",
    "glossary": "/glossary",
    "compare": "/compare",
    "found": "/search?" + urlencode({"q": "电梯"}),
    "about": "/about",
}


UNFOLDED = (
    "document.querySelectorAll('form details, .row:nth-of-type(1)').forEach((one) => { one.open = true; })"
)


def faults(page: Page) -> list[str]:
    """What axe finds serious or critical."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("name", PAGES)
def test_nothing_serious_keeps_anybody_out(opened: Opened, name: str) -> None:
    page = opened(PAGES[name])
    page.evaluate(UNFOLDED)

    assert faults(page) == []
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_the_judges_see_what_they_must_see(opened: Opened) -> None:
    page = opened(PAGES["missing"], size=NARROW)
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=/assets/style.css><input name=x>')"
    )
    assert {one.split(":")[0] for one in faults(page)} == {"image-alt", "label"}

    page.evaluate("document.querySelector('h1').textContent = 'x'.repeat(200)")
    assert page.evaluate("document.documentElement.scrollWidth") > NARROW["width"]


def test_the_list_is_printed_without_what_is_for_the_screen(opened: Opened, tmp_path: Path) -> None:
    page = opened("/?" + urlencode(CATERING))
    page.emulate_media(media="print")

    assert [row.is_visible() for row in page.locator("#list .row summary").all()] == [True] * 40
    for gone in ("header.top", "#choice", "#paper", "#tally", "body > footer"):
        expect(page.locator(gone)).to_be_hidden()

    page.pdf(path=tmp_path / "list.pdf", format="A4", prefer_css_page_size=True)
    sheets = PdfReader(tmp_path / "list.pdf").pages
    assert 2 <= len(sheets) <= 4


# ---------------------------------------------------------------- files that are taken in


def book_of(rows: Sequence[Sequence[str]], to: Path) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(to)
    return to


def judged(page: Page) -> None:
    """Nothing keeps anybody out of the page as it stands, wide or narrow."""
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def made(page: Page, run: str) -> Locator:
    """The first file that a run of the job gives."""
    return page.locator(f'a[href*="/files/{run}/"]').first


def saved(page: Page, run: str, to: Path) -> Path:
    """That file, downloaded."""
    with page.expect_download() as coming:
        made(page, run).click()
    coming.value.save_as(to / coming.value.suggested_filename)
    return to / coming.value.suggested_filename


@pytest.mark.parametrize("script", [True, False])
def test_a_roster_with_a_bad_row_becomes_the_papers_of_the_others(
    opened: Opened, tmp_path: Path, script: bool
) -> None:
    heads = ("单位名称", "企业类型", "所在地")
    rows = [
        heads,
        (FIRM, "餐饮用气单位", "阳城县"),
        ("乙", "没有这种厂", "阳城县"),
        ("丙加油站", "加油站", "交城县"),
    ]
    page = opened("/rosters", script=script)
    page.get_by_label("名录").first.set_input_files(book_of(rows, tmp_path / "我的名录.xlsx"))
    page.get_by_role("button", name="上传并检查").click()
    wrong = page.locator("tr.error")
    expect(wrong).to_have_count(1)
    assert "B3" in wrong.inner_text() and "没有这种厂" in wrong.inner_text()
    if script:
        judged(page)
    page.get_by_role("button", name="全部做出来").click()
    expect(page.get_by_role("heading", name="做好了：2 家")).to_be_visible()
    if script:
        judged(page)

    with zipfile.ZipFile(saved(page, "batch", tmp_path)) as whole:
        lists = [name for name in whole.namelist() if "现场检查表" in name and FIRM in name]
        (tmp_path / "list.docx").write_bytes(whole.read(lists[0]))
        assert not any("乙" in name for name in whole.namelist())
    assert FIRM in words_of(tmp_path / "list.docx")


def test_three_actions_lead_from_a_filled_book_to_its_findings(opened: Opened, tmp_path: Path) -> None:
    page = opened("/?" + urlencode(CATERING))
    hands = Hands(page)
    hands.fill("单位名称", FIRM)
    path = hands.download("工作簿 Excel", tmp_path)
    book = load_workbook(path)
    answer(book, next(iter(rows_by_content(book[MONTH]))), "不符合", "灶台没有报警器")
    book.save(path)
    page.goto(page.url.partition("?")[0] + "returns")

    page.get_by_label("文件").first.set_input_files(path)  # the first
    page.get_by_role("button", name="上传并汇总").click()  # the second
    expect(page.get_by_role("heading", name="隐患 1 条")).to_be_visible()
    judged(page)
    job = page.url
    page.get_by_role("link", name="看台账和图").click()  # the third
    expect(page.get_by_text("灶台没有报警器")).to_be_visible()
    judged(page)
    page.goto(job)
    ledger = load_workbook(saved(page, "collect", tmp_path), read_only=True)
    cells = [cell for row in ledger["隐患"].iter_rows(values_only=True) for cell in row]
    assert any("灶台没有报警器" in str(cell) for cell in cells)

    page.get_by_label("整改通知").check()
    page.get_by_role("button", name="填好选中的").click()
    expect(made(page, "papers")).to_be_visible()
    judged(page)
    assert "灶台没有报警器" in words_of(only_file(saved(page, "papers", tmp_path), tmp_path, ".docx"))
    page.get_by_role("button", name="换月").click()
    expect(made(page, "carry")).to_be_visible()
    expect(page.get_by_text("没有登记进隐患台账")).to_be_visible()
    carried = load_workbook(only_file(saved(page, "carry", tmp_path), tmp_path, ".xlsx"))
    cells = [cell for row in carried[MONTH].iter_rows(values_only=True) for cell in row]
    assert "上期：不符合（灶台没有报警器）" in cells


def only_file(path: Path, to: Path, ending: str) -> Path:
    """The file, or the only one of a zip with the ending."""
    if path.suffix == ending:
        return path
    with zipfile.ZipFile(path) as whole:
        (name,) = [name for name in whole.namelist() if name.endswith(ending)]
        (to / f"only{ending}").write_bytes(whole.read(name))
    return to / f"only{ending}"


def test_two_batches_do_not_meet_and_one_survives_that_the_others_window_closes(
    opened: Opened, tmp_path: Path
) -> None:
    pages = [opened("/rosters"), opened("/rosters")]
    names = ("甲饭店", "乙饭店")
    for page, name in zip(pages, names, strict=True):
        rows = [("单位名称", "企业类型", "所在地"), (name, "餐饮用气单位", "阳城县")]
        page.get_by_label("名录").first.set_input_files(book_of(rows, tmp_path / f"{name}.xlsx"))
        page.get_by_role("button", name="上传并检查").click()
    for page in pages:
        page.get_by_role("button", name="全部做出来").click()
    pages[0].close()

    expect(pages[1].get_by_role("heading", name="做好了：1 家")).to_be_visible()
    with zipfile.ZipFile(saved(pages[1], "batch", tmp_path)) as whole:
        found = {name for name in names if any(name in one for one in whole.namelist())}
    assert found == {"乙饭店"}
