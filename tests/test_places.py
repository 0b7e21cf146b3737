"""Places as people write them: the one county they can mean, or none; never one that merely looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.places import binds_at, chains_of, place_examples, place_text, place_told, places_named
from checklists.problems import Position, Refused
from tests.rosters import vocabulary

PLACES = vocabulary().places


def read(text: str) -> list[str]:
    return [place_text(chain) for chain in places_named(PLACES, text)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("晋城市", "晋城市"), ("泽州县", "晋城市泽州县"), ("郊区", "阳泉市郊区"), ("小店区", "太原市小店区"),
        ("山西省太原市", "太原市"), ("长治", "长治市"), ("上党区", "长治市上党区"), ("古交市", "太原市古交市"),
        ("孝义市", "吕梁市孝义市"), ("大同市平城区", "大同市平城区"), ("晋城市城区", "晋城市城区"),
        ("盐湖", "运城市盐湖区"), ("交城", "吕梁市交城县"), ("吕梁", "吕梁市"), ("榆次区", "晋中市榆次区"),
        ("阳城县北留镇", "晋城市阳城县"), ("山西省晋城市阳城县北留镇新建路1号", "晋城市阳城县"),
        ("晋城阳城", "晋城市阳城县"), ("晋城市 阳城县", "晋城市阳城县"), ("山西/晋城/阳城", "晋城市阳城县"),
        ("晋城市（阳城县）", "晋城市阳城县"), ("\u3000阳城县\u200b", "晋城市阳城县"), ("盂县秀水镇", "阳泉市盂县"),
        ("晋城市城区西街12号", "晋城市城区"), ("山西省", "山西省"), ("山西", "山西省"),
        ("北京市", "北京市"), ("河南省", "河南省"), ("陕西", "陕西省"), ("内蒙古", "内蒙古自治区"), ("广西", "广西壮族自治区"),
        ("全国", "全国"),
    ],
)  # fmt: skip
def test_a_place_is_read_down_to_its_county(text: str, place: str) -> None:
    assert read(text) == [place]


@pytest.mark.parametrize(
    "text",
    ["北京市朝阳区", "河南省城区", "安徽省阳城县", "河北区", "山西转型综改区", "转型综改示范区", "晋中开发区", "大同县", "晋城市阳成县",
     "古县镇", "城区西街", "矿区北侧", "太原市小店街道", "阳城县泽州县", "阳城县、泽州县", "县", "市", "夏", "全省",
     "", " ", "　", "山", "阳", "晋城市晋"],
)  # fmt: skip
def test_what_is_no_place_or_could_be_another_is_not_read(text: str) -> None:
    assert read(text) == []


def test_a_name_of_two_places_gives_both() -> None:
    assert read("城区") == ["阳泉市城区", "晋城市城区"]


@given(
    st.sampled_from([chain for chain in chains_of(PLACES) if chain[0] == "山西省" and len(chain) > 1]),
    st.sampled_from(["", "山西", "山西省"]),
)
def test_every_place_reads_back_with_and_without_its_province(chain: tuple[str, ...], before: str) -> None:
    assert read(before + place_text(chain)) == [place_text(chain)]


@given(st.text(max_size=12), st.sampled_from(chains_of(PLACES)), st.text(max_size=12))
def test_whatever_is_read_stands_in_the_text(before: str, chain: tuple[str, ...], after: str) -> None:
    text = before + chain[-1] + after

    for found in places_named(PLACES, text):
        assert found[-1].rstrip("市县区省")[:2] in text


def test_examples_are_places_that_can_be_read() -> None:
    county, city, both = place_examples(PLACES)

    assert read(county) == read(both) == [both] and read(city) == [city]
    assert place_examples({"某省": {}}) == ("某省",)


# ---------------------------------------------------------------- as people tell them


def told(text: str) -> str:
    return place_text(place_told(vocabulary(), text, Position("命令行")))


def refused(text: str) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        told(text)
    (found,) = caught.value.problems
    return found.code, f"{found.message}{found.remedy}"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("山西省晋城市阳城县润城镇", "晋城市阳城县"), ("阳城北留镇", "晋城市阳城县"), ("晋城阳城北留镇", "晋城市阳城县"),
        ("大同县", "大同市云州区"), ("大同县倍加造镇", "大同市云州区"), ("长治市城区", "长治市潞州区"), ("长治县", "长治市上党区"),
        ("怀仁县", "朔州市怀仁市"), ("离石市", "吕梁市离石区"), ("潞城市", "长治市潞城区"), ("太谷县", "晋中市太谷区"),
        ("阳泉矿区", "阳泉市矿区"), ("阳泉市郊区", "阳泉市郊区"), ("晋城市城区", "晋城市城区"), ("中国山西省运城市", "运城市"),
        (" 山西　晋城　高平 ", "晋城市高平市"), ("山西省 高平市 北城街道", "晋城市高平市"), ("平遥古城", "晋中市平遥县"),
        ("洪洞县大槐树镇", "临汾市洪洞县"), ("长子", "长治市长子县"), ("大同", "大同市"), ("山西", "山西省"),
    ],
)  # fmt: skip
def test_a_place_is_read_as_people_tell_it(text: str, place: str) -> None:
    assert told(text) == place


@pytest.mark.parametrize(
    ("text", "code", "choices"),
    [
        ("城区", "place-ambiguous", ["阳泉市城区", "晋城市城区", "大同市平城区", "长治市潞州区"]),
        ("郊区", "place-ambiguous", ["阳泉市郊区", "长治市潞州区", "晋城市泽州县"]),
        ("矿区", "place-ambiguous", ["阳泉市矿区", "大同市云冈区"]),
        ("山西转型综改区", "place-ambiguous", ["太原市小店区", "晋中市榆次区"]),
        ("转型综改示范区", "place-ambiguous", ["太原市小店区", "晋中市榆次区"]),
        ("五台山", "place-ambiguous", ["忻州市五台县", "忻州市繁峙县"]),
        ("晋中开发区", "place-city-only", ["榆次区", "太谷区", "晋中市"]),
        ("太原市小店街道", "place-city-only", ["小店区", "迎泽区"]),
        ("晋城市区", "place-city-only", ["晋城市城区", "泽州县"]),
        ("北京市", "place-elsewhere", ["北京", "山西省"]),
        ("河南省", "place-elsewhere", ["河南"]), ("陕西省西安市雁塔区", "place-elsewhere", ["陕西"]),
    ],
)  # fmt: skip
def test_what_may_be_several_places_is_asked_back_and_what_lies_outside_is_told_as_such(
    text: str, code: str, choices: list[str]
) -> None:
    found, said = refused(text)

    assert found == code and all(choice in said for choice in choices)


@pytest.mark.parametrize(
    "text",
    [
        "古县镇",
        "平顺街道",
        "和顺路街道",
        "阳城县泽州县",
        "孝义市、汾阳市",
        "县",
        "市",
        "全省",
        "某某",
        "ＡＢＣ",
        " ",
    ],
)
def test_no_other_text_is_taken_for_a_place(text: str) -> None:
    assert refused(text)[0] == "place-unknown"


@given(
    st.sampled_from([chain for chain in chains_of(PLACES) if chain[0] == "山西省" and len(chain) > 1]),
    st.sampled_from(["", "山西省", "山西", "中国山西省"]),
    st.sampled_from(["", "北留镇", "新建路1号"]),
)
def test_every_place_is_told_by_its_full_name_with_an_address_behind_it(
    chain: tuple[str, ...], before: str, after: str
) -> None:
    if len(chain) == 3 or not after:
        assert told(before + place_text(chain) + after) == place_text(chain)


@given(st.text(alphabet="山西省晋城市阳县区大同郊镇乡 、北京", max_size=12))
def test_any_text_is_a_place_or_one_problem(text: str) -> None:
    try:
        assert told(text)
    except Refused as caught:
        assert len(caught.problems) == 1


OTHERS: dict[str, dict[str, tuple[str, ...]]] = {
    **PLACES,
    "安徽省": {"铜陵市": ("郊区", "枞阳县"), "滁州市": ("定远县",)},
    "北京市": {"市辖区": ("朝阳区",)},
}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("郊区", ["阳泉市郊区", "铜陵市郊区"]),
        ("安徽省郊区", ["铜陵市郊区"]),
        ("山西省郊区", ["阳泉市郊区"]),
        ("安徽铜陵郊区", ["铜陵市郊区"]),
        ("定远", ["滁州市定远县"]),
        ("安徽省阳城县", []),
        ("北京朝阳区", ["市辖区朝阳区"]),
    ],
)
def test_a_district_of_one_province_is_never_read_as_anothers(text: str, places: list[str]) -> None:
    assert [place_text(chain) for chain in places_named(OTHERS, text)] == places


@pytest.mark.parametrize(
    ("place", "chain", "binds"),
    [
        ("全国", ("安徽省", "铜陵市", "郊区"), True),
        ("安徽省", ("安徽省", "铜陵市", "郊区"), True),
        ("铜陵市郊区", ("安徽省", "铜陵市", "郊区"), True),
        ("阳泉市郊区", ("安徽省", "铜陵市", "郊区"), False),
        ("山西省", ("安徽省",), False),
        ("安徽省", ("山西省", "晋城市"), False),
        ("晋城市", ("山西省",), False),
    ],
)
def test_a_notice_binds_in_its_own_place_and_the_nations_everywhere(
    place: str, chain: tuple[str, ...], binds: bool
) -> None:
    assert binds_at(place, chain, "全国") is binds
