"""The small rules a year on: a made-up notice of 2027 that repeats, tightens, adds and ends, taken in by the recipe."""

from __future__ import annotations

from pathlib import Path

from tests.small_rules import FILES, released, small_rules

NOTICE = "shanxi-2027"
DAY_BEFORE, SINCE = "2027-01-14", "2027-01-15"
CATALOGUE = f"""\
  - id: {NOTICE}
    title: 山西省人民政府关于做好2027年安全生产工作的通知
    number: 晋政发〔2027〕1号
    issuer: 山西省人民政府
    place: 山西省
    year: 2027
    date: {SINCE}
    file: {NOTICE}.txt
    lines: [1, 11]
"""
SEED = """\
山西省人民政府关于做好2027年安全生产工作的通知

2027年，全省要守住底线。

一、压实责任

1.餐饮单位必须安装燃气报警装置。

2.涉粉企业必须采用湿式清扫。

3.涉粉企业要在2027年6月底前更换防爆吸尘器。
"""
DISPOSITIONS = """\
- clause: 前言
  status: narrative
  reason: 目标
"""
ALARM = "      - {notice: shanxi-2026, clause: 一/2, says: requires, quote: 餐饮单位必须安装燃气报警装置}\n"
DIRECTOR = "quote: 高危行业企业必须配备安全总监}"
NEW_ITEMS = f"""\
  - id: dust-wet-cleaning
    title: 湿式清扫
    content: 积尘用湿式清扫，没有干扫
    standard: 看一次清扫：地面先洒水再扫；干扫即不符合
    where: 车间
    how: [看现场]
    evidence: 清扫记录
    rectify: 立即改用湿式清扫
    category: 现场管理
    departments: [应急]
    every: shift
    applies: {{dust-workers: {{at-least: 3}}}}
    replaces: [dust-cleaning]
    basis:
      - {{notice: {NOTICE}, clause: 一/2, says: requires, quote: 涉粉企业必须采用湿式清扫}}
  - id: dust-vacuum
    title: 防爆吸尘器
    content: 吸尘器已换为防爆型
    standard: 逐台看铭牌：有防爆标志；没有即不符合
    where: 车间
    how: [看现场]
    evidence: 铭牌照片
    rectify: 停用，换为防爆型
    category: 现场管理
    departments: [应急]
    every: month
    basis:
      - {{notice: {NOTICE}, clause: 一/3, says: requires, quote: 涉粉企业要在2027年6月底前更换防爆吸尘器, due: 2027-06-30}}
"""


def next_year(folder: Path) -> Path:
    """Write the small rules below ``folder`` and take the notice of next year in; what comes out is sound."""
    small_rules(folder)
    gas, dust = FILES["rules/gas-use.yaml"], FILES["rules/dust.yaml"]
    repeated = ALARM.replace("shanxi-2026, clause: 一/2", f"{NOTICE}, clause: 一/1") + ALARM
    ended = DIRECTOR.replace("}", f", until: {DAY_BEFORE}}}")
    changed = {
        "seeds/notices.yaml": FILES["seeds/notices.yaml"] + CATALOGUE,
        f"seeds/{NOTICE}.txt": SEED,
        f"rules/dispositions/{NOTICE}.yaml": DISPOSITIONS,
        "rules/gas-use.yaml": gas.replace(ALARM, repeated, 1),
        "rules/dust.yaml": dust.replace(DIRECTOR, ended) + NEW_ITEMS,
    }
    assert ALARM in gas and DIRECTOR in dust
    for name, text in changed.items():
        (folder / name).write_text(text, "utf-8")
    return released(folder)
