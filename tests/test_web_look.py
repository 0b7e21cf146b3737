"""Looking things up on the page: held against the files of rules and notices, read here without the program."""

from __future__ import annotations

import datetime
import io
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import docx
import lxml.html
import pytest
import yaml

from tests.command import command
from tests.small_rules import FILES, released, small_rules
from tests.web_server import Got, Site, serving

HOUSE = Path(__file__).parents[1]
RULES, KEPT = HOUSE / "rules", HOUSE / "tests"
NO_TOPICS = {
    "vocabulary", "types", "places", "papers", "glossary", "retired", "consents", "words"
}  # fmt: skip
DAY = "2026-11-22"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(above=tmp_path_factory.mktemp("visitors")) as running:
        yield running


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return small_rules(tmp_path / "house")


def written(name: str) -> Any:
    return yaml.safe_load((RULES / name).read_text("utf-8"))


@pytest.fixture(scope="module")
def items() -> list[dict[str, Any]]:
    """Every item as it is written, with its industry."""
    topics = (written(path.name) for path in sorted(RULES.glob("*.yaml")) if path.stem not in NO_TOPICS)
    return [{**item, "industry": topic["industry"]} for topic in topics for item in topic["items"]]


def bare(text: str) -> str:
    return "".join(text.split())


def links(got: Got) -> list[str]:
    return [str(one) for one in got.page.xpath("//main//a/@href")]


# ---------------------------------------------------------------- notices


@pytest.mark.parametrize("notice", ["shanxi-2026", "shanxi-2009", "lingchuan-2025", "yangcheng-2022"])
def test_a_notice_shows_its_clauses_under_their_paths(site: Site, notice: str) -> None:
    kept = [
        line.split(" | ") for line in (KEPT / "notices" / f"{notice}.txt").read_text("utf-8").splitlines()
    ]

    got = site.get(f"/notices/{notice}")

    sections = got.page.xpath("//section[@id]")
    shown = {one.get("id"): bare("".join(one.xpath("./div/p[1]//text()"))) for one in sections}
    assert list(shown) == [path for path, *_ in kept]
    for path, begins, ends in kept:
        assert shown[path].startswith(bare(begins)) and shown[path].endswith(bare(ends))


@pytest.mark.parametrize("slash", ["/", ""])
def test_a_clause_has_a_page_of_its_own(site: Site, slash: str) -> None:
    got = site.get(f"/notices/shanxi-2026/{quote('三/（十一）/8', safe=slash)}")

    assert "涉粉作业3人以上金属粉尘、木粉尘企业接入安全风险监测预警系统" in got.words
    assert "/items/dust-explosion-warning-online" in links(got)
    assert "三、（十一）7" in got.words  # the one before


def test_what_is_quoted_is_marked_and_leads_to_the_items(site: Site, items: list[dict[str, Any]]) -> None:
    quoted = [
        (basis["quote"], item["id"])
        for item in items
        for basis in item["basis"]
        if (basis["notice"], basis["clause"]) == ("shanxi-2026", "三/（十一）/6")
    ]
    got = site.get("/notices/shanxi-2026/" + quote("三/（十一）/6"))

    marked = bare("".join(got.page.xpath("//mark/text()")))
    assert quoted
    for words, item in quoted:
        assert bare(words) in marked
        assert f"/items/{item}" in links(got)


def test_sentences_that_nobody_asks_tell_why(site: Site) -> None:
    aside = written("dispositions/shanxi-2026.yaml")

    got = site.get("/notices/shanxi-2026")

    assert [one["reason"] for one in aside if bare(one["reason"]) not in bare(got.words)] == []


# ---------------------------------------------------------------- items, types, standards, terms


def test_an_item_shows_all_that_is_written_of_it(site: Site, items: list[dict[str, Any]]) -> None:
    for item in items[::83]:
        got = site.get(f"/items/{item['id']}")
        words = bare(got.words)
        for field in ("title", "content", "standard", "where", "evidence", "rectify"):
            assert bare(item[field]) in words, (item["id"], field)
        for basis in item["basis"]:
            assert bare(basis["quote"]) in words
            assert f"/notices/{basis['notice']}#{quote(basis['clause'], safe='')}" in links(got)
            assert all(f"{basis[day]}" in words for day in ("from", "until", "due") if day in basis)


def test_an_item_names_the_types_whose_core_it_is_and_the_criteria_that_name_it(site: Site) -> None:
    types = {name: one for name, one in written("types.yaml").items() if "core" in one}
    core = {row["id"]: (kind, row["why"]) for kind, one in types.items() for row in one["core"]}
    standard = written("criteria/city-gas-2023-4.yaml")
    named = {item: one["text"] for one in standard["criteria"] for item in one.get("items", ())}

    for item, (kind, why) in list(core.items())[::29]:
        got = site.get(f"/items/{item}")
        assert f"/types/{kind}" in links(got) and why in got.words
    for item, text in list(named.items())[::5]:
        assert bare(text) in bare(site.get(f"/items/{item}").words)


def test_a_retired_item_leads_to_what_follows_it(site: Site) -> None:
    retired = written("retired.yaml")

    for name, entry in list(retired.items())[::61]:
        got = site.get(f"/items/{name}")
        assert bare(entry["reason"]) in bare(got.words)
        assert {f"/items/{one}" for one in entry["into"]} <= set(links(got))


def test_items_are_listed_by_industry_and_words(site: Site, items: list[dict[str, Any]]) -> None:
    fire = {f"/items/{item['id']}" for item in items if item["industry"] == "fire"}
    meant = {
        f"/items/{item['id']}"
        for item in items
        if all(
            word in item["id"] + item["title"] + item["content"] + item["standard"] + item["where"]
            for word in ("电梯", "检验")
        )
    }

    assert {one for one in links(site.get("/items?industry=fire")) if "/items/" in one} == fire
    found = {one for one in links(site.get(f"/items?q={quote('检验 电梯')}")) if "/items/" in one}
    assert found == meant != set()
    everything = {one for one in links(site.get("/items?industry=all")) if "/items/" in one}
    assert everything == {f"/items/{item['id']}" for item in items}


@pytest.mark.parametrize("kind", ["fuel-station", "catering-gas-user", "any-enterprise"])
def test_a_type_tells_its_core_and_what_is_asked(site: Site, kind: str) -> None:
    own = written("types.yaml")[kind]
    facts = written("vocabulary.yaml")["facts"]

    got = site.get(f"/types/{kind}")

    words = bare(got.words)
    assert own["name"] in words and f"/?type={kind}" in links(got)
    for row in own.get("core", ()):
        assert f"/items/{row['id']}" in links(got) and bare(row["why"]) in words
    asked = {row.xpath("string(td[1])") for row in got.page.xpath("//tr[@class='ask']")}
    assert asked >= {facts[name]["name"] for name in own.get("facts", {}).get("asks", ())}


def test_standards_are_those_in_force_and_narrowed_to_the_types(site: Site) -> None:
    known = {
        path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (RULES / "criteria").glob("*.yaml")
    }
    day = datetime.date(2026, 11, 22)

    def holds(one: dict[str, Any]) -> bool:
        begins = one.get("from") or one.get("dated") or day
        return begins <= day <= one.get("until", day)

    in_force = {f"/criteria/{name}" for name, one in known.items() if holds(one)}
    whole = {one for one in links(site.get(f"/criteria?on={DAY}")) if one.startswith("/criteria/")}
    assert whole == in_force
    fuel = site.get(f"/criteria?on={DAY}&type=fuel-station&place={quote('阳城县')}")
    mine = {one for one in links(fuel) if one.startswith("/criteria/")}
    industries = {"hazchem", "fire", "general"}
    assert mine
    for address in mine:
        assert not industries.isdisjoint(known[address.rpartition("/")[2]]["binds"]["industries"])
    assert not any("coal" in one for one in mine)
    page = site.get("/criteria/city-gas-2023-4").page
    assert len(page.xpath("//ol/li[@id]")) == len(known["city-gas-2023-4"]["criteria"])


def test_a_choice_that_cannot_be_is_told_on_the_page(site: Site) -> None:
    got = site.get(f"/criteria?type={quote('没有这种')}")

    assert got.status == 200 and "没有这种" in got.words and got.page.xpath("//*[@role='alert']")


def test_terms_stand_with_their_words(site: Site) -> None:
    terms = written("glossary.yaml")

    got = site.get("/glossary")

    ids = [one.get("id") for one in got.page.xpath("//dt")]
    assert sorted(ids) == sorted(f"{one['term']}@{one['notice']}" for one in terms)
    assert len(set(ids)) == len(ids)
    assert all(bare(one["quote"]) in bare(got.words) for one in terms)


# ---------------------------------------------------------------- what changed


def test_two_notices_are_compared_on_the_page_in_json_and_in_word(site: Site) -> None:
    by_hand = yaml.safe_load((KEPT / "changes" / "shanxi-2025-2026.yaml").read_text("utf-8"))["same"]
    pair = "before=shanxi-2025&after=shanxi-2026"

    got = site.get(f"/compare?{pair}")
    changes = [one for one in site.get(f"/api/compare?{pair}").json["changes"] if one["kinds"] != ["不变"]]
    word = site.get(f"/compare/word?{pair}")

    rows = got.page.xpath("//table[@class='changes']/tbody/tr")
    assert len(rows) == len(changes)
    texts = [[bare(cell.text_content()) for cell in row.xpath("td")] for row in rows]
    seen = [
        any(bare(one["before"]) in old and bare(one["after"]) in new for _, old, new in texts)
        for one in by_hand
    ]
    assert sum(seen) >= 0.8 * len(by_hand)
    table = max(docx.Document(io.BytesIO(word.content)).tables, key=lambda table: len(table.rows))
    printed = bare("".join(cell.text for row in table.rows for cell in row.cells))
    assert all(bare(duty["text"]) in printed for one in changes for duty in (*one["before"], *one["after"]))
    assert unquote(word.headers["content-disposition"]).endswith("修订对照表_shanxi-2025_shanxi-2026.docx")


def test_what_comes_and_goes_between_two_days(site: Site) -> None:
    query = "type=fuel-station&from=2026-01-22&to=2026-01-24"  # the notice of 2026 is of the 23rd
    got = site.get(f"/compare/days?{query}")
    told = command("rules", "diff", "2026-01-22", "2026-01-24", "--type", "fuel-station", "--json").json[0]

    rows = got.page.xpath("//table[@class='changes']/tbody/tr")
    moved = {(one["what"], f"/items/{one['item']}") for one in told["moved"]}
    assert {(row.xpath("string(td[1])"), row.xpath("string(.//a/@href)")) for row in rows} == moved
    assert all("晋26" in row.text_content() for row in rows if row.xpath("string(td[1])") == "新增")
    assert "不早于" in site.get("/compare/days?type=fuel-station&from=2026-02-01&to=2026-01-01").words


# ---------------------------------------------------------------- search


def test_all_parts_stand_in_what_is_found(site: Site, items: list[dict[str, Any]]) -> None:
    industries = written("vocabulary.yaml")["industries"]

    def text(item: dict[str, Any]) -> str:
        quotes = [basis["quote"] for basis in item["basis"]]
        fields = (
            item[name] for name in ("id", "title", "content", "standard", "evidence", "rectify", "where")
        )
        return "\n".join([*fields, industries[item["industry"]]["name"], *quotes])

    for query in ("燃气 报警", "安全总监", "ｄｕｓｔ"):
        parts = query.replace("ｄｕｓｔ", "dust").split()
        wanted = {f"/items/{item['id']}" for item in items if all(part in text(item) for part in parts)}
        found = site.get(f"/api/search?q={quote(query)}&kind={quote('检查项')}&most=500").json
        assert {one["address"] for one in found["found"]} == wanted != set()
    assert site.get(f"/api/search?q={quote('燃气 没有这回事')}").json == {"total": 0, "found": []}


def test_the_best_come_first_and_words_are_marked(site: Site) -> None:
    first = site.get(f"/api/search?q={quote('加油站')}").json["found"][0]
    got = site.get(f"/search?q={quote('加油站')}")

    assert (first["kind"], first["address"]) == ("类型", "/types/fuel-station")
    assert set(got.page.xpath("//mark/text()")) == {"加油站"}
    assert site.get("/search?q=cyyq").text.find("catering-gas-user") > 0  # 餐饮用气


def test_a_search_is_quick(site: Site) -> None:
    site.get("/search?q=x")  # the library is read

    def seconds(address: str) -> float:
        begun = time.perf_counter()
        site.get(address)
        return time.perf_counter() - begun

    for query in ("企业", "燃气 报警", "a"):
        assert min(seconds(f"/search?q={quote(query)}") for _ in range(5)) < 0.2


# ---------------------------------------------------------------- addresses


def test_links_lead_somewhere(site: Site) -> None:
    """From one page of each sort, every address and the place in the page that it names."""
    starts = [
        "/library", "/notices", "/notices/shanxi-2026", "/items", "/items/gas-use-alarm-device", "/types",
        "/types/fuel-station", f"/criteria?type=fuel-station&on={DAY}", "/glossary", "/about",
        f"/search?q={quote('燃气')}", f"/?type=fuel-station&place={quote('交城县')}",
    ]  # fmt: skip
    found: dict[str, str] = {}
    for start in starts:
        got = site.get(start)
        for link in got.page.xpath("//a/@href"):
            found.setdefault(str(link) if not link.startswith("#") else start + link, start)
    pages: dict[str, Got] = {}
    built = re.compile(r"/(rosters|returns)\b")  # parts of the page that others bring
    chosen = [one for one in found if not built.match(one)]
    for link in [*chosen[:40], *chosen[40::11]]:
        parts = urlsplit(link)
        got = pages.setdefault(parts._replace(fragment="").geturl(), site.get(link))
        assert got.status == 200, (found[link], link)
        if parts.fragment and parts.fragment != "main":
            ids = {str(one) for one in got.page.xpath("//@id")}
            assert unquote(parts.fragment) in ids, (found[link], link)


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("/items/dust-explosion-warning-onlin", "dust-explosion-warning-online"),
        ("/notices/shanxi-2062", "shanxi-20"),
        ("/types/fuel-statio", "fuel-station"),
        ("/notices/shanxi-2026/九", ""),
        ("/criteria/none", ""),
        ("/items/%00%ff", ""),
        ("/compare?before=a&after=b", ""),
    ],
)
def test_what_there_is_not_is_said_with_what_was_meant(site: Site, address: str, hint: str) -> None:
    got = site.get(quote(address, safe="/?&=%"))

    assert got.status == 404 and "没有" in got.words and hint in got.words


# ---------------------------------------------------------------- JSON


def test_the_list_is_that_of_the_command_line_and_of_the_paper(site: Site) -> None:
    asked = "--type", "加油站", "--place", "交城县", "--on", DAY
    told = command("select", *asked, "--json").json
    (kept,) = (KEPT / "golden").glob("fuel-station_交城县_*")
    rows = [line.split("\t") for line in kept.read_text("utf-8").splitlines() if re.match(r"\d+\t", line)]

    got = site.get(f"/api/list?type={quote('加油站')}&place={quote('交城县')}&on={DAY}").json

    assert {name: got[name] for name in told} == told and told["warnings"] == []
    shown = {row["number"]: row for row in got["rows"]}
    assert [row["number"] for row in got["rows"]] == list(range(1, len(shown) + 1))
    for number, content, code, item in (row[:4] for row in rows[: got["on_paper"]]):
        row = shown[int(number)]
        assert (row["marks"] + row["content"], row["code"], row["id"]) == (content, code, item)


@pytest.mark.parametrize(
    ("address", "arguments"),
    [
        ("/api/types", ["types"]),
        ("/api/facts?type=fuel-station", ["facts", "--type", "fuel-station"]),
        ("/api/items?industry=fire", ["items", "--industry", "fire"]),
        ("/api/notices", ["notices", "list"]),
        (
            "/api/compare?before=shanxi-2010&after=shanxi-2011",
            ["notices", "diff", "shanxi-2010", "shanxi-2011"],
        ),
    ],
)
def test_answers_have_the_fields_of_the_command_line(site: Site, address: str, arguments: list[str]) -> None:
    assert site.get(address).json == command(*arguments, "--json").json


def test_a_notice_in_json_is_the_one_that_is_shown(site: Site) -> None:
    told = command("notices", "show", "shanxi-2026", "--json").json
    covered = command("notices", "coverage", "shanxi-2026", "--json").json

    got = site.get("/api/notices/shanxi-2026").json

    assert [clause.pop("parts") for clause in got["clauses"]] == [one["parts"] for one in covered]
    assert got == told


def test_documents_are_made(site: Site) -> None:
    asked = {
        "types": ["加油站"], "place": "交城县", "on": DAY, "name": "某站", "documents": ["现场检查表"],
        "facts": {"state-owned": False}, "office": {"检查单位": "交城县应急管理局"},
    }  # fmt: skip

    got = site.post("/api/documents", asked)

    document = docx.Document(io.BytesIO(got.content))
    words = "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert got.status == 200 and "某站" in words and "交城县应急管理局" in words
    assert got.headers["cache-control"] == "no-store"
    both = site.post("/api/documents", {"types": ["加油站"], "on": DAY})
    assert both.headers["content-type"] == "application/zip"


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"types": []},
        {"types": ["没有这种"]},
        {"types": ["加油站"], "facts": {"没有": True}},
        {"types": ["加油站"], "facts": {"state-owned": "也许"}},
        {"types": ["加油站"], "on": "昨天"},
        {"types": ["加油站"], "most": -1},
        {"types": ["加油站"], "documents": ["没有这种"]},
        {"types": ["加油站"], "place": "北京"},
        {"types": ["加油站"], "office": {"没有": "x"}},
        {"types": ["加油站"], "更多": 1},
    ],
)
def test_what_cannot_be_made_is_told_as_problems(site: Site, asked: dict[str, Any]) -> None:
    got = site.post("/api/documents", asked)

    assert got.status == 422
    assert all(one["message"] and one["remedy"] and one["code"] for one in got.json["problems"])


def test_what_is_no_json_is_told(site: Site) -> None:
    got = site.ask("POST", "/api/documents", b"\xffw", {"content-type": "application/json"})

    assert got.status == 400 and "读不懂" in got.json["detail"]


@pytest.mark.parametrize("number", ["1e999", "-1", "NaN"])
def test_a_number_that_is_none_is_told(site: Site, number: str) -> None:
    body = f'{{"types": ["粉尘涉爆企业"], "facts": {{"dust-workers": {number}}}}}'.encode()
    got = site.ask("POST", "/api/documents", body, {"content-type": "application/json"})

    assert got.status == 422 and {one["code"] for one in got.json["problems"]} <= {
        "fact-value",
        "request-wrong",
    }


def test_the_interface_describes_itself(site: Site) -> None:
    described = site.get("/api/openapi.json").json
    about = site.get("/about").words

    for path, methods in described["paths"].items():
        assert path.startswith("/api/")
        for method, one in methods.items():
            assert f"{method.upper()} {path}" in about
            needs = [field for field in one.get("parameters", ()) if field.get("required")]
            if method == "get" and not needs:
                assert site.get(path).status == 200
    assert "Apache-2.0" in about and "fastapi" in about


# ---------------------------------------------------------------- one's own rules


def test_a_folder_that_was_changed_is_read_again_and_judged(house: Path, tmp_path: Path) -> None:
    topic = house / "rules" / "gas-use.yaml"
    sound = topic.read_text("utf-8")
    with serving(house / "rules", house / "seeds", above=tmp_path) as site:
        assert "没有错误" in site.get("/check").words
        topic.write_text(
            sound.replace("quote: 使用瓶装气的必须登记换瓶", "quote: 使用瓶装气的不用登记换瓶"), "utf-8"
        )
        assert "没有错误" in site.get("/check").words  # as it was when it was read

        answer = site.post("/check")
        wrong = site.get("/check")

        line = next(
            number
            for number, text in enumerate(topic.read_text("utf-8").splitlines(), 1)
            if "不用登记" in text
        )
        assert (answer.status, answer.headers["location"]) == (303, "/check")
        assert f"{topic}:{line}" in wrong.words and "错误 1 处" in wrong.words
        assert "没有交代的语句" not in wrong.words  # a sentence that is quoted wrongly is no gap
        listed = site.get("/")
        assert listed.status == 422 and "/check" in links(
            listed
        )  # no list is made from rules that are not sound
        assert str(topic) in site.get("/api/list?type=restaurant").text

        topic.write_text(sound, "utf-8")
        site.post("/check")
        assert "没有错误" in site.get("/check").words
        assert site.get("/items/gas-use-log").status == 200


def test_a_sentence_that_nothing_accounts_for_is_told(house: Path, tmp_path: Path) -> None:
    path = house / "rules" / "dispositions" / "shanxi-2026.yaml"
    with serving(house / "rules", house / "seeds", above=tmp_path) as site:
        assert "没有交代 0" in site.get("/notices/shanxi-2026").words
        text = path.read_text("utf-8")
        path.write_text(text[text.index("- clause: 一/3") :], "utf-8")  # without that of the opening
        site.post("/check")

        told = site.get("/check").words

        assert "没有交代的语句 1 句" in told and "全省要守住底线" in told
        gap = site.get("/notices/shanxi-2026/" + quote("前言"))
        assert gap.page.xpath("//div[contains(@class, 'gap')]") and "全省要守住底线" in gap.words


def test_no_other_page_may_have_the_rules_read_again(site: Site) -> None:
    assert site.post("/check", origin="http://elsewhere.example").status == 403


# ---------------------------------------------------------------- nothing of a text becomes part of a page

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def intruders(page: lxml.html.HtmlElement) -> list[Any]:
    """What is there and was not made by the page: scripts of others, pictures, handlers of events."""
    return [
        *page.xpath("//script[not(@src='/assets/page.js')]"),
        *page.xpath("//main//img"),
        *page.xpath("//@*[starts-with(name(), 'on')]"),
    ]


def test_texts_of_ones_own_stay_texts(house: Path, tmp_path: Path) -> None:
    changed = {
        "seeds/shanxi-2026.txt": ("餐饮单位必须安装燃气报警装置", f"餐饮单位必须安装燃气报警装置{HOSTILE}"),
        "rules/gas-use.yaml": ("title: 燃气报警装置", "title: <img src=x>"),
        "rules/types.yaml": ("note: 通知单列条款不多。", f"note: '{HOSTILE}'"),
        "rules/glossary.yaml": ("meaning: 整改措施", f"meaning: '{HOSTILE}'\n  # 整改措施"),
    }
    for name, (old, new) in changed.items():
        text = FILES[name]
        assert old in text
        (house / name).write_text(text.replace(old, new), "utf-8")
    gas = house / "rules" / "gas-use.yaml"
    gas.write_text(
        gas.read_text("utf-8").replace(
            "quote: 餐饮单位必须安装燃气报警装置}", f'quote: "餐饮单位必须安装燃气报警装置{HOSTILE}"}}'
        ),
        "utf-8",
    )
    released(house)
    addresses = [
        "/notices/shanxi-2026", "/notices/shanxi-2026/" + quote("一/2"), "/items?industry=all",
        "/items/gas-use-alarm", "/types/restaurant", "/glossary", "/search?q=script", "/?type=restaurant",
        f"/search?q={quote(HOSTILE)}",
    ]  # fmt: skip
    with serving(house / "rules", house / "seeds", above=tmp_path) as site:
        for address in addresses:
            got = site.get(address)
            assert got.status == 200, got.words
            assert "<script>" in got.words or "<img" in got.words, address
            assert intruders(got.page) == [], address
            raw = got.text.replace("&lt;", "<").replace("&gt;", ">")
            assert intruders(lxml.html.document_fromstring(raw)), (
                address
            )  # it would be seen if it were not escaped
