"""What people call enterprises: each word means the one type, or is offered the general list, and none is guessed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.models import Enterprise
from checklists.problems import Position, Refused
from checklists.rules.vocabulary import load_vocabulary
from checklists.rules.words import find_type, related_types, types_named
from checklists.selection.profile import profile_of
from tests.rosters import ROOT, vocabulary
from tests.small_rules import small_rules

HERE = Position("命令行")
VOCABULARY = vocabulary()


def named(text: str) -> list[str]:
    return [find_type(VOCABULARY, one, HERE).name for one in types_named(VOCABULARY, text, HERE)]


def refused(text: str) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        types_named(VOCABULARY, text, HERE)
    (found,) = caught.value.problems
    return found.code, f"{found.message}{found.remedy}"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("餐饮用气单位", "火锅店 面馆 餐饮 学校食堂 羊汤馆 刀削面馆 早餐店 烧烤店 餐饮服务 餐饮业"),
        ("九小场所", "奶茶店 蛋糕店 药店 美容院 五金店 咖啡厅 理发店 便利店 服装店 手机店"),
        ("公共娱乐场所", "KTV 洗浴中心 洗浴 游泳馆 台球厅 足浴店 剧院 电影院 澡堂 蹦床公园 健身房"),
        ("机械与一般工贸", "水泥厂 玻璃厂 酿酒厂 食品厂 纺织厂 造纸厂 屠宰场 电镀厂 砖厂 搅拌站 印刷厂 水泥制造企业 食品加工企业"),
        ("粉尘涉爆企业", "木材加工厂 家具厂 面粉厂 饲料厂"),
        ("其他金属冶炼", "镁厂 铸造厂 铝厂"), ("钢铁企业", "铁厂 钢厂"), ("危险化学品生产企业", "化工厂 化肥厂 油漆厂"),
        ("医院", "诊所 口腔诊所 村卫生室"), ("养老机构", "敬老院 日间照料中心 福利院"),
        ("学校与幼儿园", "大学 职业学校 民办幼儿园 中学"), ("校外培训机构", "培训机构 托管班"),
        ("宾馆饭店", "宾馆 招待所 快捷酒店"), ("大型商业综合体", "商场 超市"), ("邮政快递", "快递网点 邮局"),
        ("新能源汽车充电站", "充电站 换电站"), ("液化石油气充装站（瓶装）", "液化气站"), ("加油站", "加气站 加油"),
        ("房屋市政工地", "装修工地 建筑工地 拆迁工地"), ("特种设备使用单位", "锅炉房"), ("仓储物流", "粮库 物流园"),
        ("文博与文物建筑", "博物馆 纪念馆"), ("水路运输与渔业船舶", "渔船"), ("旅游景区", "滑雪场 农家乐"),
        ("道路客运企业", "客运站"), ("井工煤矿", "煤矿"), ("金属非金属露天矿山", "采石场"), ("选（洗）煤厂", "洗煤厂"),
        ("污水处理厂", "污水处理厂 污水站"), ("货运企业", "搬家公司 货运公司"), ("物业", "小区物业"),
    ],
)  # fmt: skip
def test_everyday_words_mean_the_type_that_a_clerk_has_in_mind(kind: str, words: str) -> None:
    assert {word: named(word) for word in words.split()} == {word: [kind] for word in words.split()}


NO_TYPE = """汽修厂 汽车修理厂 电厂 光伏电站 风电场 变电站 垃圾焚烧厂 4S店 驾校 机场 农资店 办公楼 寺庙 教堂 体育馆 图书馆 月子中心
    殡仪馆 养殖场 养鸡场 制药厂 热力公司 自来水厂 垃圾填埋场 废品收购站 出租车公司 出租屋 停车场 洗车店 银行网点 合作社 建材市场"""


@pytest.mark.parametrize("word", NO_TYPE.split())
def test_a_word_that_has_no_type_is_offered_the_general_list_and_told_how_to_choose_it(word: str) -> None:
    code, told = refused(word)

    assert code == "type-offered"
    assert f"checklists generate --type 通用（{word}）" in told
    assert named(f"通用（{word}）") == [f"{word}（按通用清单）"]


def test_the_general_list_of_a_word_has_what_is_usual_there() -> None:
    told = Enterprise(types=types_named(VOCABULARY, "通用(寺庙)", HERE), place="晋城市阳城县")
    profile = profile_of(VOCABULARY, told)

    assert profile.type_names == ("寺庙（按通用清单）",)
    assert profile.industries >= {"general", "fire"} and "gas-use" in profile.industries  # 使用燃气 is asked
    assert profile.facts["crowded-place"] is True and profile.facts["makes-goods"] is False
    answered = profile_of(VOCABULARY, told.model_copy(update={"facts": {"crowded-place": False}}))
    assert answered.facts["crowded-place"] is False
    plant = Enterprise(types=types_named(VOCABULARY, "通用（电厂）", HERE), place="晋城市")
    assert {"power", "special-equipment", "confined-space"} <= profile_of(VOCABULARY, plant).industries


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("宾馆、餐饮", ["宾馆饭店", "餐饮用气单位"]), ("宾馆，餐饮", ["宾馆饭店", "餐饮用气单位"]),
        ("宾馆/餐饮", ["宾馆饭店", "餐饮用气单位"]), ("宾馆兼餐饮", ["宾馆饭店", "餐饮用气单位"]),
        ("加油站＋便利店", ["加油站", "九小场所"]), ("加油站及超市", ["加油站", "大型商业综合体"]),
        ("加油站（含便利店）", ["加油站", "九小场所"]), ("煤矿、机械厂", ["井工煤矿", "机械与一般工贸"]),
        ("1.加油站", ["加油站"]), ("ｋ ｔ ｖ", ["公共娱乐场所"]), ("「KTV」", ["公共娱乐场所"]), ("加油站、油站", ["加油站"]),
        ("密室逃脱与剧本娱乐", ["密室逃脱与剧本娱乐"]), ("水库水电站", ["水库水电站"]),
        ("农贸市场与商住混合体用气", ["农贸市场与商住混合体用气"]), ("通用（寺庙）、餐馆", ["寺庙（按通用清单）", "餐饮用气单位"]),
    ],
)  # fmt: skip
def test_several_types_in_one_text_are_read_and_a_name_that_joins_two_words_is_one(
    text: str, kinds: list[str]
) -> None:
    assert named(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "服装",
        "某某",
        "蹦迪",
        "通用（煤矿）",
        "通用（某某）",
        "餐馆、某某",
        "电加工",
        "小",
        "、",
        "（）",
        "加油站和某某",
    ],
)
def test_no_other_word_is_guessed_into_a_list(text: str) -> None:
    assert refused(text)[0] == "type-unknown"


def test_words_that_differ_by_what_they_sell_or_make_are_no_one_type() -> None:
    assert named("服装厂") == ["劳动密集型企业"] and named("服装店") == ["九小场所"]
    assert named("农药厂") == ["危险化学品生产企业"] and refused("农药店")[0] == "type-offered"
    assert named("煤矿机械厂") == ["机械与一般工贸"] and named("冷库") == ["冷库"]


@pytest.mark.parametrize(
    ("word", "hints"),
    [
        ("红星养猪场", ["通用（养猪场）"]), ("大昌煤矿机械厂", ["机械与一般工贸"]), ("加油战", ["加油站"]),
        ("餐饮用汽单位", ["餐饮用气单位"]), ("洗衣厂", ["九小场所"]), ("某某馆", []), ("fuel-staton", ["fuel-station"]),
    ],
)  # fmt: skip
def test_hints_are_of_one_meaning_and_never_a_mere_likeness(word: str, hints: list[str]) -> None:
    assert related_types(VOCABULARY, word)[:1] == hints


def test_the_name_of_a_group_hints_at_its_types() -> None:
    kinds = {kind.name for kind in VOCABULARY.types.values() if kind.group == "人员密集场所"}

    assert (
        set(related_types(VOCABULARY, "人员密集场所")) <= kinds
        and len(related_types(VOCABULARY, "人员密集场所")) > 2
    )


def test_every_word_of_the_table_means_what_it_stands_under() -> None:
    assert sum(len(words) for words in VOCABULARY.known.types.values()) > 1500
    for kind, words in VOCABULARY.known.types.items():
        assert {find_type(VOCABULARY, word, HERE).id for word in words} == {kind}
    assert VOCABULARY.known.fallback is not None
    for sort in VOCABULARY.known.fallback.sorts:
        for word in sort.words:
            assert refused(word)[0] == "type-offered"


@given(st.text(alphabet="煤矿机械加油站厂店馆寺庙通用（）()、兼及和小 1.", max_size=12))
def test_any_text_is_types_or_one_problem(text: str) -> None:
    try:
        ids = types_named(VOCABULARY, text, HERE)
    except Refused as caught:
        assert len(caught.problems) == 1
    else:
        assert ids and all(find_type(VOCABULARY, one, HERE).id == one for one in ids)


# ---------------------------------------------------------------- what is wrong with the file


SMALL = """\
types:
  restaurant: [面馆]
fallback:
  type: restaurant
  name: "{word}（按通用清单）"
  sorts:
    - {words: [寺庙], facts: {uses-gas: false}, industries: [dust], rather: {涉粉的: dust-plant}}
"""


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        ("", "", ""),
        ("[面馆]", "[面馆, 面 馆]", "name-twice"),
        ("[面馆]", "[面馆, 木器厂]", "name-twice"),
        ("[面馆]", "[面馆, 寺庙]", "name-twice"),
        ("[面馆]", "[面馆, 涉粉企业]", "name-twice"),
        ("restaurant: [", "restaurnt: [", "words-type"),
        ("type: restaurant", "type: restaurnt", "words-type"),
        ("涉粉的: dust-plant", "涉粉的: dust", "words-type"),
        ("uses-gas: false", "use-gas: false", "fact-unknown"),
        ("uses-gas: false", "uses-gas: 3", "fact-value"),
        ("[dust]", "[dusty]", "word-unknown"),
        ("sorts:", "sort:", "field-unknown"),
    ],
)
def test_one_slip_in_the_table_is_one_message_with_its_line(
    tmp_path: Path, was: str, now: str, code: str
) -> None:
    house = small_rules(tmp_path)
    path = house / "rules" / "words.yaml"
    path.write_text(SMALL.replace(was, now) if was else SMALL, "utf-8")

    _, problems = load_vocabulary(house / "rules")

    assert [found.code for found in problems] == ([code] if code else [])
    assert all(found.position.file == str(path) and found.position.line for found in problems)


def test_a_folder_of_rules_may_do_without_the_table(tmp_path: Path) -> None:
    for name in ("vocabulary.yaml", "types.yaml", "places.yaml"):
        shutil.copy(ROOT / "rules" / name, tmp_path)

    found, problems = load_vocabulary(tmp_path)

    assert found is not None and not problems
    assert find_type(found, "火锅店", HERE).id == "catering-gas-user"
    with pytest.raises(Refused, match="type-unknown"):
        find_type(found, "寺庙", HERE)
