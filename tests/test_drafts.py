"""A notice drafted beside the rules: what is said again, changed, new, the state's; what is missing; taken in when finished."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from command import Told, command
from small_rules import small_rules

from checklists.notices.duties import cut
from checklists.rules.drafts.bound import bound_by, says_of
from checklists.rules.drafts.model import Draft
from checklists.rules.drafts.propose import proposals
from checklists.rules.drafts.search import Earlier, firm
from checklists.rules.library import Library, open_library

NOTICE = """\
山西省人民政府关于做好2027年安全生产工作的通知
晋政发〔2027〕1号

各市、县人民政府：
现就有关事项通知如下。
一、压实责任
（一）企业责任。餐饮单位必须安装燃气报警装置。严禁在厨房存放醇基液体燃料桶。
（二）部门责任。各级各部门要抓好落实，县政府要开两次会议。
山西省人民政府
2027年1月20日
"""
AGAIN, NEW, STATE = "餐饮单位必须安装燃气报警装置", "严禁在厨房存放醇基液体燃料桶", "各级各部门要抓好落实"
FILLED = {
    "id": "gas-use-liquid-fuel",
    "industry": "gas-use",
    "title": "醇基燃料",
    "content": "厨房没有存放醇基液体燃料桶",
    "standard": "厨房逐处看：没有醇基液体燃料桶；有一桶即不符合",
    "where": "厨房",
    "how": ["看现场"],
    "evidence": "厨房照片",
    "rectify": "立即移出厨房",
    "category": "现场管理",
    "departments": ["应急"],
    "every": "shift",
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Small rules of one's own, with the notice of next year imported."""
    small_rules(tmp_path)
    (tmp_path / "2027.txt").write_text(NOTICE, "utf-8")
    places = ("--place", "山西省", "--seeds", tmp_path / "seeds", "--rules", tmp_path / "rules")
    ended = command("notices", "import", tmp_path / "2027.txt", "--id", "shanxi-2027", *places)
    assert ended.code == 0, ended.err
    return tmp_path


def run(house: Path, *words: str) -> Told:
    return command(*words, "--rules", house / "rules", "--seeds", house / "seeds")


def draft_file(house: Path) -> Path:
    return house / "rules" / "drafts" / "shanxi-2027.yaml"


def drafted(house: Path) -> Draft:
    ended = run(house, "rules", "draft", "shanxi-2027")
    assert ended.code == 0, ended.err
    return Draft.model_validate(yaml.safe_load(draft_file(house).read_text("utf-8")))


def rewrite(house: Path, change: dict[str, object] | None) -> None:
    """Fill the new item, or leave it as it is with None."""
    path = draft_file(house)
    told = yaml.safe_load(path.read_text("utf-8"))
    for duty in told["duties"]:
        for new in duty.get("new", []):
            new.update(change or {})
    path.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), "utf-8")


def test_every_sentence_has_its_kind(house: Path) -> None:
    by_sentence = {duty.sentence.rstrip("。"): duty for duty in drafted(house).duties}

    again = by_sentence[AGAIN]
    assert {one.item for one in again.again} == {"gas-use-alarm", "gas-use-paper"}
    assert (again.bound, again.again[0].says, again.again[0].quote) == ("企业", "requires", AGAIN)
    new = by_sentence[NEW]
    assert [(one.quote, one.says, one.id) for one in new.new] == [(NEW, "forbids", "")]
    state = next(duty for text, duty in by_sentence.items() if text.startswith(STATE))
    assert (state.bound, state.aside[0].status, state.again) == ("部门", "government-only", ())


def test_a_condition_on_a_number_is_drafted_as_it_is_read(house: Path) -> None:
    words = "涉粉企业必须每班清扫积尘"
    dust, seed = house / "rules" / "dust.yaml", house / "seeds" / "shanxi-2027.txt"
    told, text = dust.read_text("utf-8"), seed.read_text("utf-8")
    basis = f"quote: {words}, due: 2026-12-31"
    assert basis in told and NEW in text
    dust.write_text(told.replace(basis, f"{basis}, applies: {{dust-workers: {{at-least: 10}}}}"), "utf-8")
    seed.write_text(text.replace(NEW, f"{NEW}。{words}"), "utf-8")

    by_sentence = {duty.sentence.rstrip("。"): duty for duty in drafted(house).duties}

    again = by_sentence[words].again[0].model_dump(by_alias=True, exclude_none=True)
    assert again["applies"] == {"dust-workers": {"at-least": 10}}
    assert "yaml-no-value" not in run(house, "rules", "check").out


def test_an_unfinished_draft_says_what_is_missing(house: Path) -> None:
    drafted(house)

    ended = run(house, "rules", "check")

    assert ended.code == 1
    assert f"draft-blank: 新检查项「{NEW}」还空着：id（编号）" in ended.out
    assert "every（多久查一次）" in ended.out
    assert ended.out.count("错误 ") == 2  # the one slip, and the line that counts
    before = {path: path.read_bytes() for path in (house / "rules").rglob("*.yaml")}
    assert run(house, "rules", "adopt", "shanxi-2027").code == 1
    assert {path: path.read_bytes() for path in (house / "rules").rglob("*.yaml")} == before


@pytest.mark.parametrize(
    ("slip", "code"),
    [
        (("item: gas-use-alarm", "item: gas-use-alram"), "draft-item"),
        ((f"quote: {AGAIN}", "quote: 餐饮单位必须安装报警装置"), "draft-quote"),
        (("clause: 一/（一）", "clause: 一/（九）"), "draft-clause"),
        (("says: forbids", "says: 禁止"), "draft-says"),
        (("notice: shanxi-2027", "notice: shanxi-2072"), "draft-notice"),
    ],
)
def test_slips_in_a_draft_are_told(house: Path, slip: tuple[str, str], code: str) -> None:
    drafted(house)
    rewrite(house, FILLED)
    text = draft_file(house).read_text("utf-8")
    assert slip[0] in text
    draft_file(house).write_text(text.replace(slip[0], slip[1], 1), "utf-8")

    assert code in run(house, "rules", "check").out


def test_a_sentence_without_a_home_is_told(house: Path) -> None:
    drafted(house)
    told = yaml.safe_load(draft_file(house).read_text("utf-8"))
    told["duties"][-1].pop("aside")
    draft_file(house).write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")

    assert "draft-undecided" in run(house, "rules", "check").out


def test_a_finished_draft_becomes_rules_and_an_edition(house: Path) -> None:
    drafted(house)
    rewrite(house, FILLED)
    assert "draft-finished" in run(house, "rules", "check").out
    head = (house / "rules" / "gas-use.yaml").read_text("utf-8").splitlines()

    ended = run(house, "rules", "adopt", "shanxi-2027")

    assert ended.code == 0, ended.err
    assert not draft_file(house).exists()
    assert (house / "rules" / "旧件" / "shanxi-2027.yaml").exists()
    now = (house / "rules" / "gas-use.yaml").read_text("utf-8").splitlines()
    assert [line for line in now if "shanxi-2027" not in line] == head
    library, problems = open_library(house / "rules", house / "seeds")
    assert problems == []
    items = {item.id: item for item in library.items}
    assert [basis.notice for basis in items["gas-use-alarm"].basis] == ["shanxi-2027", "shanxi-2026"]
    assert items["gas-use-liquid-fuel"].basis[0].quote == NEW
    checked = run(house, "rules", "check")
    assert "sentence-unaccounted" not in checked.out
    assert "edition-stale" in checked.out
    assert run(house, "rules", "release").code == 0
    assert run(house, "rules", "check").code == 0


def test_a_draft_is_not_written_over_nor_made_twice(house: Path) -> None:
    drafted(house)
    kept = draft_file(house).read_bytes()

    assert "draft-taken" in run(house, "rules", "draft", "shanxi-2027").err
    assert draft_file(house).read_bytes() == kept
    assert "draft-cited" in run(house, "rules", "draft", "shanxi-2026").err


BASIS = "      - {notice: shanxi-2026, clause: 一/2, says: requires, quote: 餐饮单位必须安装燃气报警装置}\n"


@pytest.mark.parametrize("year", [2027, 2025])
@pytest.mark.parametrize(
    "form",
    [
        BASIS.replace("{", "{\n          "),
        BASIS.replace("{", "").replace("}", "").replace(", ", "\n        "),
        BASIS.replace("      - ", "    - ") + "      # 与上一条同一件事\n\n",
        f"      # 逐台看过\n{BASIS}\n",
    ],
    ids=["flow", "block", "no deeper", "remarks"],
)
def test_a_further_basis_stands_above_older_and_behind_newer_ones(house: Path, form: str, year: int) -> None:
    path, catalogue = house / "rules" / "gas-use.yaml", house / "seeds" / "notices.yaml"
    catalogue.write_text(
        catalogue.read_text("utf-8").replace("2027-01", f"{year}-01").replace("year: 2027", f"year: {year}"),
        "utf-8",
    )
    text = path.read_text("utf-8")
    assert BASIS in text
    path.write_text(text.replace(BASIS, form, 1), "utf-8")
    head = path.read_text("utf-8").splitlines()
    drafted(house)
    rewrite(house, FILLED)

    ended = run(house, "rules", "adopt", "shanxi-2027")

    assert ended.code == 0, ended.err
    assert [line for line in path.read_text("utf-8").splitlines() if "shanxi-2027" not in line] == head
    items = {item.id: item for item in open_library(house / "rules", house / "seeds")[0].items}
    wanted = ["shanxi-2027", "shanxi-2026"] if year == 2027 else ["shanxi-2026", "shanxi-2027"]
    assert [basis.notice for basis in items["gas-use-alarm"].basis] == wanted


def test_bases_all_in_one_line_change_nothing(house: Path) -> None:
    drafted(house)
    rewrite(house, FILLED)
    path = house / "rules" / "gas-use.yaml"
    text = path.read_text("utf-8")
    one_line = f"    basis: [{BASIS.strip().removeprefix('- ')}]\n"
    path.write_text(text.replace(f"    basis:\n{BASIS}", one_line, 1), "utf-8")
    assert one_line in path.read_text("utf-8")
    before = path.read_bytes()

    assert "draft-basis-form" in run(house, "rules", "adopt", "shanxi-2027").err
    assert path.read_bytes() == before
    assert draft_file(house).exists()


def test_an_editor_can_check_a_draft(house: Path) -> None:
    drafted(house)
    text, schema = draft_file(house).read_text("utf-8"), draft_file(house).with_name("schema.json")

    assert text.startswith("# yaml-language-server: $schema=schema.json\n")
    told = json.loads(schema.read_text("utf-8"))
    assert set(told["$defs"]["NewItem"]["properties"]) >= {*FILLED, "standard-small", "near", "change"}
    assert told["$defs"]["DraftedDuty"]["additionalProperties"] is False
    assert "schema.json" not in run(house, "rules", "check").out


def twice_a_shift(house: Path, sentence: str) -> None:
    """The dust item asks for two cleanings; the notice of next year says ``sentence``."""
    path = house / "rules" / "dust.yaml"
    path.write_text(path.read_text("utf-8").replace("作业场所没有积尘", "每班清扫积尘2次"), "utf-8")
    seed = house / "seeds" / "shanxi-2026.txt"
    seed.write_text(seed.read_text("utf-8").replace("每班清扫积尘，", "每班清扫积尘2次，"), "utf-8")
    path.write_text(
        path.read_text("utf-8").replace(
            "quote: 涉粉企业必须每班清扫积尘,", "quote: 涉粉企业必须每班清扫积尘2次,"
        ),
        "utf-8",
    )
    source = house / "seeds" / "shanxi-2027.txt"
    source.write_text(source.read_text("utf-8").replace(NEW, sentence), "utf-8")


def test_another_figure_is_a_change_of_the_item(house: Path) -> None:
    twice_a_shift(house, "涉粉企业必须每班清扫积尘3次")

    duty = next(duty for duty in drafted(house).duties if "积尘" in duty.sentence)

    assert duty.again == ()
    (new,) = duty.new
    assert new.change is not None
    assert (new.change.item, new.change.was, new.change.now) == ("dust-cleaning", ("2次",), ("3次",))
    assert (new.replaces, new.id, new.where) == (("dust-cleaning",), "", "车间")
    rewrite(house, {"id": "dust-cleaning-thrice"})
    assert "draft-figure" in run(house, "rules", "check").out


def test_the_figure_of_another_trade_changes_nothing(house: Path) -> None:
    twice_a_shift(house, "燃气使用单位必须每班清扫积尘3次")

    duty = next(duty for duty in drafted(house).duties if "积尘" in duty.sentence)

    assert "dust-cleaning" not in [name for one in duty.new for name in one.replaces]
    assert "dust-cleaning" in [*duty.near, *(name for one in duty.new for name in one.near)]


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("餐饮企业必须安装报警装置。", "企业"),
        ("各级各部门要加强监管，督促企业落实责任。", "部门"),
        ("县级应急管理部门会同相关部门制定清单。", "部门"),
        ("从业人员未经培训合格不得上岗。", "企业"),
    ],
)
def test_who_is_bound_by_the_words_alone(sentence: str, bound: str) -> None:
    assert bound_by(sentence) == bound


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("严禁超员", "forbids"),
        ("必须配备安全总监", "requires"),
        ("推动安装报警器", "urges"),
        ("着力解决违规停放问题", "targets"),
        ("鼓励使用数字技术", "encourages"),
        ("农机、军工等行业领域也要结合实际开展专项整治", "names"),
    ],
)
def test_how_words_bind(words: str, says: str) -> None:
    assert says_of(words) == says


# ---------------------------------------------------------------- a notice of the province taken away


def taken_away(library: Library, notice: str) -> Library:
    items = [
        item.model_copy(update={"basis": kept})
        for item in library.items
        if (kept := tuple(basis for basis in item.basis if basis.notice != notice))
    ]
    others = {name: entries for name, entries in library.dispositions.items() if name != notice}
    return replace(library, items=tuple(items), dispositions=others)


def test_the_notice_of_2026_finds_its_items_again(shipped: Library) -> None:
    without = taken_away(shipped, "shanxi-2026")
    left = {item.id for item in without.items}
    wanted = {
        (item.id, basis.quote)
        for item in shipped.items
        for basis in item.basis
        if basis.notice == "shanxi-2026" and item.id in left
    }
    meant = [
        (one.duty.sentence, {again.item for again in one.duty.again})
        for one in proposals(without, "shanxi-2026")
    ]

    found = {
        quote for sentence, items in meant for item, quote in wanted if quote in sentence and item in items
    }
    right = sum(
        len({item for item, quote in wanted if quote in sentence} & items) for sentence, items in meant
    )

    assert len(found) / len({quote for _, quote in wanted}) >= 0.75
    assert right / sum(len(items) for _, items in meant) >= 0.65


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("县政府每季度召开一次防范重特大事故工作会议，研究解决监管中的突出问题。", True),
        ("各级财政要将应急救援队伍建设经费纳入预算。", True),
        ("餐饮企业必须定期清洗排油烟管道。", False),
        (
            "餐饮单位严禁在厨房存放醇基液体燃料桶。",
            False,
        ),  # like nothing that was said: nothing speaks for the state
    ],
)
def test_the_side_that_a_sentence_binds(earlier: Earlier, sentence: str, state: bool) -> None:
    assert (earlier.like(sentence).state >= 0.5) == state


def test_what_a_sentence_of_the_state_asks_of_enterprises_is_split_off(shipped: Library) -> None:
    drafted = proposals(taken_away(shipped, "jiaocheng-2025"), "jiaocheng-2025")

    duty = next(one.duty for one in drafted if "出具虚假报告" in one.duty.sentence)

    (new,) = duty.new
    assert "出具虚假报告等违法行为" in new.quote
    assert duty.aside[0].text.startswith("加强对特种设备检验检测的督导检查")
    assert all(one.text in duty.sentence and new.quote not in one.text for one in duty.aside)


def test_a_member_of_an_enumeration_is_said_again_and_its_neighbour_is_new(earlier: Earlier) -> None:
    found = earlier.like("加快推进文化广场提档升级、病险水库除险加固。")

    assert [(one.item, one.covered) for one in firm(found)] == [("water-reinforced", {1})]


@pytest.fixture(scope="module")
def shipped() -> Library:
    root = Path(__file__).parent.parent
    return open_library(root / "rules", root / "seeds")[0]


@pytest.fixture(scope="module")
def earlier(shipped: Library) -> Earlier:
    return Earlier(shipped, "")


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("必须安装报警器，定期检查。", ["必须安装报警器，", "定期检查。"]),
        ("推进老旧管网更新改造、水库除险加固。", ["推进老旧管网更新改造、", "水库除险加固。"]),
        ("整治矿山、化工、燃气等行业。", ["整治矿山、化工、燃气等行业。"]),
        ("整治（危险化学品仓库、工业气体充装站）企业。", ["整治（危险化学品仓库、工业气体充装站）企业。"]),
    ],
)
def test_a_sentence_is_cut_where_each_part_may_be_a_duty(sentence: str, parts: list[str]) -> None:
    made = cut(sentence)

    assert list(made.parts) == parts
    assert (0, len(parts)) in made.stretches
