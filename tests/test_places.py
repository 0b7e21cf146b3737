"""Places as people write them: the one county they can mean, or none; never one that merely looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.places import binds_at, chains_of, place_examples, place_text, places_named
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
