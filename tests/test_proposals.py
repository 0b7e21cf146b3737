"""What a notice says of itself: title, number, issuer, date, place, year."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.notices.proposals import Proposal, proposal
from tests.rosters import vocabulary

PLACES, NATION = vocabulary().places, vocabulary().nation
BODY = "各单位：\n一、必须检查。\n"


def read(text: str, **told: str) -> Proposal:
    return proposal(text, told, PLACES, NATION)


def day(year: int, month: int, day: int) -> datetime.date:
    return datetime.date(year, month, day)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            f"阳城县人民政府文件\n阳政发〔2027〕3号\n阳城县人民政府关于做好\n2027年安全生产工作的通知\n{BODY}阳城县人民政府\n2027年1月8日\n",
            ("阳城县人民政府关于做好2027年安全生产工作的通知", "阳政发〔2027〕3号", "阳城县人民政府", day(2027, 1, 8), "晋城市阳城县", 2027),
        ),
        (
            f"应急管理部文件\n应急〔2026〕20号\n应急管理部关于印发《某办法》的通知\n{BODY}应急管理部\n2026年4月2日\n",
            ("应急管理部关于印发《某办法》的通知", "应急〔2026〕20号", "应急管理部", day(2026, 4, 2), "全国", 2026),
        ),
        (
            f"关于加强有限空间作业管理的通告\n{BODY}太原市应急管理局  太原市公安局\n二〇二六年十月十八日\n",
            ("关于加强有限空间作业管理的通告", "", "太原市应急管理局", day(2026, 10, 18), "太原市", 2026),
        ),
        (
            "重庆市消防管理办法\n（2026年1月5日重庆市人民政府第1次常务会议通过）\n第一章 总则\n第一条 必须检查。\n",
            ("重庆市消防管理办法", "", "重庆市人民政府", day(2026, 1, 5), "重庆市", 2026),
        ),
        (
            f"晋安办发[2026] 第55号\n山西省安全生产委员会办公室关于\n做好冬季消防工作的通知\n{BODY}",
            ("山西省安全生产委员会办公室关于做好冬季消防工作的通知", "晋安办发〔2026〕55号", "山西省安全生产委员会办公室", None, "山西省", 2026),
        ),
        (
            f"标题：某某市人民政府关于做好工作的意见\n{BODY}某某市人民政府 2026年2月30日\n",
            ("某某市人民政府关于做好工作的意见", "", "某某市人民政府", None, "", None),
        ),
        (
            "应急管理部令\n第21号\n《某某安全办法》已经2027年3月10日应急管理部第8次部务会议审议通过，现予公布。\n部长 王某\n2027年3月20日\n",
            ("某某安全办法", "应急管理部令第21号", "应急管理部", day(2027, 3, 20), "全国", 2027),
        ),
        (
            "太原市人民政府令\n（第34号）\n《某某规定》已经2027年1月5日市政府七届第60次常务会议审议通过，现予公布。\n市长 王某\n2027年1月20日\n",
            ("某某规定", "太原市人民政府令第34号", "太原市人民政府", day(2027, 1, 20), "太原市", 2027),
        ),
        (
            f"晋城市人民政府关于进一步加强\n危险化学品、烟花爆竹和矿山\n安全生产工作的意见（晋市政发〔2027〕7号）\n{BODY}",
            ("晋城市人民政府关于进一步加强危险化学品、烟花爆竹和矿山安全生产工作的意见", "晋市政发〔2027〕7号", "晋城市人民政府", None, "晋城市", 2027),
        ),
        (
            f"阳城县人民政府办公室关于印发方案的通知\n{BODY}2027年4月26日\n阳城县人民政府办公室　2027年4月27日印发\n",
            ("阳城县人民政府办公室关于印发方案的通知", "", "阳城县人民政府办公室", day(2027, 4, 26), "晋城市阳城县", 2027),
        ),
        (
            f"关于加强供应站管理的通告\n{BODY}太原市应急管理局 太原市公安局\n太原市市场监督管理局\n2027年7月15日\n",
            ("关于加强供应站管理的通告", "", "太原市应急管理局", day(2027, 7, 15), "太原市", 2027),
        ),
        (
            "国务院安委会办公室文件\n安委办〔２０２７〕１号\n国务院安委会办公室关于\n印发《某某行动方案\n（2027—2029年）》子方案的通知\n"
            f"{BODY}国务院安委会办公室\n２０２７年１月２３日\n",
            ("国务院安委会办公室关于印发《某某行动方案（2027—2029年）》子方案的通知", "安委办〔2027〕1号", "国务院安委会办公室", day(2027, 1, 23), "全国", 2027),
        ),
        ("各单位：\n必须检查，见《意见》（国办发〔2024〕54号）。\n", ("", "", "", None, "", None)),
    ],
)  # fmt: skip
def test_a_notice_says_what_it_is(text: str, wanted: tuple[object, ...]) -> None:
    assert tuple(vars(read(text)).values()) == wanted


def test_what_the_page_says_stands_in_where_the_text_says_nothing() -> None:
    found = read(
        "必须检查。\n",
        title="某某通知",
        number="某政发〔2026〕1号",
        issuer="晋城市人民政府",
        date="2026年3月4日",
    )

    assert found == Proposal(
        "某某通知", "某政发〔2026〕1号", "晋城市人民政府", day(2026, 3, 4), "晋城市", 2026
    )


@given(
    st.text(max_size=300)
    | st.text(st.sampled_from("关于通知〔2026〕号年月日政府局：。\n 一、1."), max_size=200)
)
def test_any_text_is_looked_at_without_an_accident(text: str) -> None:
    found = read(text)

    assert found.title in "".join(text.split())
