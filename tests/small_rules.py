"""A whole folder of rules with its seeds, small enough to be checked in milliseconds, to be spoiled one slip at a time."""

from __future__ import annotations

import datetime
from pathlib import Path

from checklists.rules.editions import release
from checklists.rules.library import open_library

DAY = datetime.date(2026, 11, 22)

FILES: dict[str, str] = {
    "seeds/notices.yaml": """\
# 目录
notices:
  - id: shanxi-2026
    title: 山西省人民政府关于做好2026年安全生产工作的通知
    number: 晋政发〔2026〕1号
    issuer: 山西省人民政府
    place: 山西省
    year: 2026
    date: 2026-01-23
    file: shanxi-2026.txt
    lines: [1, 13]
  - id: yangcheng-2025
    title: 阳城县2025年安全生产工作文件
    issuer: 阳城县人民政府
    place: 阳城县
    year: 2025
    file: yangcheng-2025.txt
    lines: [1, 7]
""",
    "seeds/shanxi-2026.txt": """\
山西省人民政府关于做好2026年安全生产工作的通知

2026年，全省要守住底线。

一、压实责任

1.高危行业企业必须配备安全总监。

2.餐饮单位必须安装燃气报警装置，严格执行“五落实”要求。

3.涉粉企业必须每班清扫积尘，县政府要组织检查。

二、附则。各级各部门要抓好落实，县政府要开两次会议。
""",
    "seeds/yangcheng-2025.txt": """\
阳城县2025年安全生产工作文件

2025年，全县要守住底线。

一、压实责任

1.使用瓶装气的必须登记换瓶，不得使用黑气瓶。
""",
    "rules/vocabulary.yaml": """\
# 词表
industries:
  general: {name: 通用, role: everyone}
  gas-use: {name: 燃气使用}
  dust: {name: 粉尘涉爆}
facts:
  uses-gas: {name: 使用燃气, kind: yes-no, question: 使用燃气, brings: [gas-use], core: [{id: gas-use-alarm, why: 漏气没人知}]}
  gas-supply: {name: 供气方式, kind: choice, choices: [管道, 瓶装], question: 供气方式}
  dust-workers: {name: 涉粉作业人数, kind: number, unit: 人, question: 涉粉作业几人}
  high-hazard: {name: 高危行业, kind: yes-no, question: 属高危行业, qualifier: [高危行业]}
papers: 资料
where:
  - 资料
  - 厨房
  - 车间
departments:
  - 应急
  - 住建
""",
    "rules/types.yaml": """\
# 类型
restaurant:
  name: 餐饮用气单位
  group: 城镇燃气
  aliases: [饭店, KTV]
  industries: [general, gas-use]
  particulars: [经营面积, 供气单位]
  note: 通知单列条款不多。
  most: 15
  facts:
    fixed: {uses-gas: true}
    asks: [gas-supply]
    default: {high-hazard: false}
  core:
    - {id: gas-use-alarm, why: 漏气没人知}
  short: 通知只说到报警装置
dust-plant:
  name: 涉粉企业
  aliases: [木器厂]
  industries: [general, dust]
  facts:
    fixed: {high-hazard: true}
    asks: [uses-gas]
    default: {dust-workers: 3, gas-supply: 管道}
  core:
    - {id: dust-cleaning, why: 积尘二次爆炸}
  short: 通知只说到清扫
""",
    "rules/places.yaml": """\
# 地方
山西省:
  short: 晋
  cities:
    阳泉市: [城区, 盂县]
    晋城市: [城区, 阳城县]
""",
    "rules/papers.yaml": """\
drafts:
  agency: 工作用稿，正式文书以本机关格式为准
  enterprise: 工作用稿，有统一格式的，以其格式为准
disclaimer: 本稿供检查提示和企业自查
papers:
  现场检查方案: {basis: []}
  现场检查记录: {basis: []}
  备查资料清单: {basis: []}
  现场抽考记录表: {basis: []}
  整改通知: {basis: []}
  复查表: {basis: []}
  重大事故隐患双报告: {basis: []}
  隐患公示单: {basis: []}
  隐患验收销号单: {basis: []}
  隐患报告奖励登记: {basis: []}
  班组日查卡: {basis: []}
  安全风险告知卡: {basis: []}
  承诺书（主要负责人）:
    words: {opening: 本人承诺, watched: 盯住, closing: 请监督}
    kinds: {用气: {uses-gas: true}, 其他: {}}
    points:
      - text: 落实“五落实”
        kinds: [用气]
        basis: [{notice: shanxi-2026, clause: 一/2, says: requires, quote: 严格执行“五落实”要求}]
      - text: 不用黑气瓶
        basis: [{notice: yangcheng-2025, clause: 一/1, says: forbids, quote: 不得使用黑气瓶, applies: {uses-gas: true}}]
  承诺书（员工）:
    words: {opening: 我承诺}
    points:
      - {text: 不用黑气瓶, basis: [{notice: yangcheng-2025, clause: 一/1, says: forbids, quote: 不得使用黑气瓶}]}
  自查表发放回收登记: {basis: []}
""",
    "rules/glossary.yaml": """\
# 术语
- term: 五落实
  meaning: 整改措施、责任、资金、时限、预案都落实
  notice: shanxi-2026
  clause: 一/2
  quote: 严格执行“五落实”要求
- term: 黑气瓶
  notice: yangcheng-2025
  clause: 一/1
  quote: 不得使用黑气瓶
""",
    "rules/retired.yaml": """\
gas-use-old: {reason: 已并入 gas-use-alarm, into: [gas-use-alarm]}
""",
    "rules/gas-use.yaml": """\
industry: gas-use
items:
  - id: gas-use-alarm
    title: 燃气报警装置
    content: 各用气点的报警装置在位有效
    standard: 厨房逐处看：装置在位、通电；一处没有即不符合
    where: 厨房
    how: [看现场, 测试]
    evidence: 装置照片
    rectify: 停止用气，修复后再用
    support: 明确专人巡检
    category: 现场管理
    departments: [住建, 应急]
    every: shift
    applies: {uses-gas: true}
    replaces: [gas-use-paper]
    basis:
      - {notice: shanxi-2026, clause: 一/2, says: requires, quote: 餐饮单位必须安装燃气报警装置}
  - id: gas-use-log
    title: 换瓶登记
    content: 每次换瓶有登记
    standard: 登记本与配送单一致；对不上即不符合
    where: 资料
    how: [查资料]
    evidence: 登记本
    rectify: 补建登记本
    category: 基础管理
    departments: [住建]
    every: week
    applies: {gas-supply: 瓶装}
    basis:
      - {notice: yangcheng-2025, clause: 一/1, says: requires, quote: 使用瓶装气的必须登记换瓶, until: 2026-12-31}
  - id: gas-use-paper
    title: 报警装置台账
    content: 报警装置逐处有编号
    standard: 逐处看编号；缺一处即不符合
    where: 资料
    how: [查资料]
    evidence: 台账
    rectify: 补建台账
    category: 基础管理
    departments: [住建]
    every: month
    basis:
      - {notice: shanxi-2026, clause: 一/2, says: requires, quote: 餐饮单位必须安装燃气报警装置}
      - {notice: yangcheng-2025, clause: 一/1, says: forbids, quote: 不得使用黑气瓶}
""",
    "rules/dust.yaml": """\
industry: dust
items:
  - id: dust-cleaning
    title: 粉尘清扫
    content: 作业场所没有积尘
    standard: 车间任选一处看：台面、地面没有积尘
    where: 车间
    how: [看现场]
    evidence: 清扫记录
    rectify: 立即清扫
    category: 现场管理
    departments: [应急]
    every: shift
    applies: {dust-workers: {at-least: 3}}
    basis:
      - {notice: shanxi-2026, clause: 一/3, says: requires, quote: 涉粉企业必须每班清扫积尘, due: 2026-12-31}
  - id: dust-director
    title: 安全总监
    content: 配备了安全总监
    standard: 看任命文件：有姓名、有签发日期
    where: 资料
    how: [查资料]
    evidence: 任命文件
    rectify: 限期配备
    category: 基础管理
    departments: [应急]
    every: quarter
    applies: {high-hazard: true}
    basis:
      - {notice: shanxi-2026, clause: 一/1, says: requires, quote: 高危行业企业必须配备安全总监}
""",
    "rules/dispositions/shanxi-2026.yaml": """\
- clause: 前言
  status: narrative
  reason: 目标
- clause: 一/3
  text: 县政府要组织检查
  status: government-only
  reason: 政府检查
- clause: 二
  text: 各级各部门要抓好落实
  status: government-only
  reason: 部门责任
- clause: 二
  text: 县政府要开两次会议
  status: government-only
  reason: 政府会议
- clause: 二
  status: narrative
  reason: 标题
""",
    "rules/dispositions/yangcheng-2025.yaml": """\
- clause: 前言
  status: narrative
  reason: 目标
""",
}


def small_rules(folder: Path) -> Path:
    """Write the files below ``folder`` and release them; ``folder/rules`` and ``folder/seeds`` are sound."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return released(folder)


def released(folder: Path) -> Path:
    """Release the rules as they are now."""
    library, problems = open_library(folder / "rules", folder / "seeds")
    assert problems == [], [str(found) for found in problems]
    release(folder / "rules", library.record, DAY, library.retired)
    return folder
