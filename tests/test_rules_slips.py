"""One slip in one file of the rules: one message, with its line and the remedy, and no list is made from it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from checklists.problems import Problem, Refused
from checklists.rules.checking import check_rules
from checklists.rules.checks import sound_library
from tests.small_rules import FILES, small_rules

VOCABULARY, TYPES, PLACES = "rules/vocabulary.yaml", "rules/types.yaml", "rules/places.yaml"
GLOSSARY, RETIRED, GAS, DUST = (
    "rules/glossary.yaml",
    "rules/retired.yaml",
    "rules/gas-use.yaml",
    "rules/dust.yaml",
)
NOTICES, SET_ASIDE = "seeds/notices.yaml", "rules/dispositions/shanxi-2026.yaml"

CORE_OF_A_RESTAURANT = "  core:\n    - {id: gas-use-alarm, why: 漏气没人知}\n"

Slip = tuple[str, str, str, str]
"""File, what stands there, what is written instead, code of the message."""

FACTS_OF_TYPES: list[Slip] = [
    (TYPES, "{uses-gas: true}", "{uses-gas: yes}", "fact-value"),
    (TYPES, "{uses-gas: true}", '{uses-gas: "true"}', "fact-value"),
    (TYPES, "{uses-gas: true}", "{uses-gas: True}", "fact-value"),
    (TYPES, "{uses-gas: true}", "{uses-gas: 是}", "fact-value"),
    (TYPES, "{uses-gas: true}", "{uses-gas: 1}", "fact-value"),
    (TYPES, "{uses-gas: true}", "{uses-gas: []}", "field-wrong"),
    (TYPES, "{uses-gas: true}", "{uses-gas: {at-least: 1}}", "field-wrong"),
    (TYPES, "{uses-gas: true}", "{uses-gas: }", "yaml-no-value"),
    (TYPES, "{uses-gas: true}", "{uses-gass: true}", "fact-unknown"),
    (TYPES, "{uses-gas: true}", "{使用燃气: true}", "fact-unknown"),
    (TYPES, "{uses-gas: true}", "[uses-gas]", "field-wrong"),
    (TYPES, "gas-supply: 管道}", "gas-supply: 管道气}", "fact-value"),
    (TYPES, "gas-supply: 管道}", "gas-supply: true}", "fact-value"),
    (TYPES, "dust-workers: 3", 'dust-workers: "3"', "fact-value"),
    (TYPES, "dust-workers: 3", "dust-workers: 3人", "fact-value"),
    (TYPES, "dust-workers: 3", "dust-workers: true", "fact-value"),
    (TYPES, "dust-workers: 3", "dust-workers: -3", "fact-value"),
    (TYPES, "dust-workers: 3", "dust-workers: 3e2", "fact-value"),
    (TYPES, "dust-workers: 3", "dust-workers: .inf", "fact-value"),
    (TYPES, "dust-workers: 3", "dust-workers: .nan", "fact-value"),
    (TYPES, "dust-workers: 3", f"dust-workers: {10**15}", "fact-value"),
    (TYPES, "dust-workers: 3", f"dust-workers: {'9' * 6000}", "fact-value"),
    (TYPES, "asks: [gas-supply]", "asks: [gas-suply]", "fact-unknown"),
    (TYPES, "asks: [gas-supply]", "asks: [gas-supply, gas-supply]", "word-twice"),
    (TYPES, "asks: [gas-supply]", "asks: [gas-supply, uses-gas]", "fact-both"),
    (TYPES, "asks: [gas-supply]", "asks: [gas-supply, high-hazard]", "fact-both"),
    (TYPES, "default: {high-hazard: false}", "default: {uses-gas: false}", "fact-both"),
    (TYPES, "asks: [gas-supply]", "asks: gas-supply", "field-wrong"),
    (TYPES, "    fixed: {uses-gas", "    fix: {uses-gas", "field-unknown"),
    (VOCABULARY, "brings: [gas-use]", "brings: [gas-us]", "word-unknown"),
    (VOCABULARY, "brings: [gas-use]", "brings: gas-use", "field-wrong"),
    (VOCABULARY, "brings: [gas-use]", "brings: [gas-use, gas-use]", "word-twice"),
    (VOCABULARY, "brings: [gas-use]", "bring: [gas-use]", "field-unknown"),
    (VOCABULARY, "question: 供气方式}", "question: 供气方式, brings: [gas-use]}", "fact-part"),
    (VOCABULARY, "question: 涉粉作业几人}", "question: 涉粉作业几人, brings: [dust]}", "fact-part"),
    (VOCABULARY, "question: 涉粉作业几人}", "question: 涉粉作业几人, choices: [甲]}", "fact-part"),
    (VOCABULARY, "kind: yes-no, question: 属", "kind: yes-no, unit: 人, question: 属", "fact-part"),
    (VOCABULARY, "使用燃气, kind: yes-no", "使用燃气, kind: number", "fact-part"),
    (VOCABULARY, "高危行业, kind: yes-no", "高危行业, kind: choice", "fact-no-choices"),
    (VOCABULARY, "kind: number", "kind: integer", "field-wrong"),
    (VOCABULARY, "choices: [管道, 瓶装], ", "", "fact-no-choices"),
    (VOCABULARY, "[管道, 瓶装]", "[管道, 瓶装, 瓶 装]", "word-twice"),
    (VOCABULARY, "[管道, 瓶装]", "[管道, 5]", "field-wrong"),
]
NAMES: list[Slip] = [
    (TYPES, "[木器厂]", "[木器厂, 餐饮用气单位]", "name-twice"),
    (TYPES, "[木器厂]", "[木器厂, 饭 店]", "name-twice"),
    (TYPES, "[木器厂]", "[木器厂, ｋｔｖ]", "name-twice"),
    (TYPES, "[木器厂]", "[木器厂, restaurant]", "name-twice"),
    (TYPES, "[木器厂]", "[木器厂, 木器厂]", "name-twice"),
    (TYPES, "name: 涉粉企业", "name: 饭店", "name-twice"),
    (TYPES, "name: 涉粉企业", "name: 2026", "field-wrong"),
    (TYPES, "name: 涉粉企业", "name: 涉粉企业 #2", "text-cut"),
    (TYPES, "  name: 涉粉企业", "  id: dust\n  name: 涉粉企业", "field-unknown"),
    (TYPES, "dust-plant:", "restaurant:", "yaml-duplicate-key"),
    (TYPES, "dust-plant:", "Dust-Plant:", "field-wrong"),
    (TYPES, "industries: [general, dust]", "industries: [general, dusts]", "word-unknown"),
    (TYPES, "industries: [general, dust]", "industries: [general, dust, dust]", "word-twice"),
    (TYPES, "industries: [general, dust]", "industries: []", "field-wrong"),
    (TYPES, "industries: [general, dust]", "industries: general", "field-wrong"),
    (TYPES, "[经营面积, 供气单位]", "[经营面积, 经营面积]", "word-twice"),
    (TYPES, "most: 15", "most: 0", "type-most"),
    (TYPES, "most: 15", "most: -1", "type-most"),
    (TYPES, "most: 15", 'most: "15"', "field-wrong"),
    (TYPES, "most: 15", "most: 1000", "type-most"),
    (TYPES, "most: 15", "most: true", "field-wrong"),
    (TYPES, "most: 15", "most:", "yaml-no-value"),
    (TYPES, "  group: 城镇燃气", "  grop: 城镇燃气", "field-unknown"),
    (VOCABULARY, "name: 高危行业", "name: 供 气方式", "name-twice"),
    (VOCABULARY, "name: 高危行业", "name: uses-gas", "name-twice"),
    (VOCABULARY, "name: 使用燃气", "name: 地址", "name-reserved"),
    (VOCABULARY, "name: 使用燃气", "name: 使用=燃气", "name-sign"),
    (VOCABULARY, "name: 燃气使用}", "name: 通 用}", "name-twice"),
    (VOCABULARY, "  gas-use: {name: 燃气使用}", "  gas-use: 燃气使用", "field-wrong"),
    (VOCABULARY, "  high-hazard: {", "  high_hazard: {", "field-wrong"),
    (VOCABULARY, "  - 车间", "  - 车间\n  - 厨房", "word-twice"),
    (VOCABULARY, "role: everyone", "role: everybody", "field-wrong"),
    (VOCABULARY, "{name: 燃气使用}", "{name: 燃气使用, role: everyone}", "role-twice"),
    (VOCABULARY, "question: 属高危行业", "question: 属高危行业, role: everyone", "field-wrong"),
    (VOCABULARY, "question: 供气方式}", "question: 供气方式, role: small}", "fact-part"),
    (VOCABULARY, "question: 供气方式}", "question: 供气方式, qualifier: [瓶装气]}", "fact-part"),
    (VOCABULARY, "[高危行业]", "[高危行业, 高危行业]", "word-twice"),
    (VOCABULARY, "papers: 资料", "papers: 资聊", "word-unknown"),
    (VOCABULARY, "  - 住建", "  - 住建\n  - 应 急", "word-twice"),
    (VOCABULARY, "where:", "wher:", "field-unknown"),
    (VOCABULARY, "where:", "types: {}\nwhere:", "field-unknown"),
    (PLACES, "[城区, 盂县]", "[城区, 盂县, 盂县]", "word-twice"),
    (PLACES, "[城区, 盂县]", "[城区, 晋城市]", "name-twice"),
    (PLACES, "  晋城市:", "  阳泉市:", "yaml-duplicate-key"),
    (PLACES, "[城区, 盂县]", "城区", "field-wrong"),
    (PLACES, "  short: 晋", "  short: 山西省的简称", "field-wrong"),
    (PLACES, "  short: 晋", "  short: 晋城市", "name-twice"),
    (PLACES, "  short: 晋", "  shrt: 晋", "field-unknown"),
    (PLACES, "[城区, 盂县]", "[城区, 5]", "field-wrong"),
]
CONDITIONS: list[Slip] = [
    (GAS, "{uses-gas: true}", "{uses-gas: yes}", "fact-value"),
    (GAS, "{uses-gas: true}", "{uses-gas: {at-least: 1}}", "fact-value"),
    (GAS, "{uses-gas: true}", "{uses-gas: {}}", "fact-value"),
    (GAS, "{uses-gas: true}", "{uses-gas: [true]}", "field-wrong"),
    (GAS, "{uses-gas: true}", "{uses-gas: true, uses-gas: false}", "yaml-duplicate-key"),
    (GAS, "{uses-gas: true}", "{use-gas: true}", "fact-unknown"),
    (GAS, "applies: {uses-gas: true}", "applies: uses-gas", "field-wrong"),
    (GAS, "applies: {uses-gas: true}", "applies:", "yaml-no-value"),
    (GAS, "{gas-supply: 瓶装}", "{gas-supply: 罐装}", "fact-value"),
    (GAS, "登记换瓶, until", "登记换瓶, applies: {use-gas: true}, until", "fact-unknown"),
    (GAS, "登记换瓶, until", "登记换瓶, applies: {gas-supply: 管道}, until", "basis-condition-twice"),
    (GAS, "says: requires, quote: 使用瓶装气", "says: wishes, quote: 使用瓶装气", "field-wrong"),
    (VOCABULARY, "question: 供气方式}", "question: 供气方式, parent: use-gas}", "fact-parent"),
    (VOCABULARY, "question: 供气方式}", "question: 供气方式, parent: high-hazard}", "fact-parent"),
    (VOCABULARY, "question: 供气方式}", "question: 供气方式, excludes: [uses-gas]}", "fact-part"),
    (VOCABULARY, "question: 属高危行业, ", "question: 属高危行业, excludes: [high-hazrd], ", "fact-excludes"),
    (
        VOCABULARY,
        "question: 属高危行业, ",
        "question: 属高危行业, excludes: [dust-workers], ",
        "fact-excludes",
    ),
    (
        VOCABULARY,
        "question: 属高危行业, ",
        "question: 属高危行业, excludes: [high-hazard], ",
        "fact-excludes",
    ),
    (GAS, "{gas-supply: 瓶装}", "{gas-supply: true}", "fact-value"),
    (GAS, "{gas-supply: 瓶装}", "{gas-supply: {any-of: [瓶装, 罐装]}}", "fact-value"),
    (GAS, "{gas-supply: 瓶装}", "{gas-supply: {any-of: [瓶装, 瓶装]}}", "fact-value"),
    (GAS, "{gas-supply: 瓶装}", "{gas-supply: {any-of: []}}", "fact-value"),
    (GAS, "{gas-supply: 瓶装}", "{gas-supply: {any-of: [瓶装], at-least: 1}}", "fact-value"),
    (GAS, "{gas-supply: 瓶装}", "{gas-supply: {any-of: 瓶装}}", "field-wrong"),
    (DUST, "{at-least: 3}", "{}", "fact-value"),
    (DUST, "{at-least: 3}", "3", "fact-value"),
    (DUST, "{at-least: 3}", "{at-least: -3}", "fact-value"),
    (DUST, "{at-least: 3}", "{at-least: 5, at-most: 3}", "fact-value"),
    (DUST, "{at-least: 3}", "{more-than: 3, at-most: 3}", "fact-value"),
    (DUST, "{at-least: 3}", "{at-least: 3, more-than: 3}", "fact-value"),
    (DUST, "{at-least: 3}", "{less-than: 0}", "fact-value"),
    (DUST, "{at-least: 3}", f"{{at-least: {10**14}}}", "fact-value"),
    (DUST, "{at-least: 3}", "{any-of: [三]}", "fact-value"),
    (DUST, "{at-least: 3}", '{at-least: "3"}', "field-wrong"),
    (DUST, "{at-least: 3}", "{at-least: true}", "field-wrong"),
    (DUST, "{at-least: 3}", "{at-least: .nan}", "field-wrong"),
    (DUST, "{at-least: 3}", "{at-leest: 3}", "field-unknown"),
]
ITEMS: list[Slip] = [
    (GAS, "id: gas-use-log", "id: Gas-use-log", "field-wrong"),
    (GAS, "id: gas-use-log", "id: gas-use-log１", "field-wrong"),
    (GAS, "id: gas-use-log", "id: gas-use-lоg", "field-wrong"),
    (GAS, "id: gas-use-log", "id: log", "field-wrong"),
    (GAS, "id: gas-use-log", "id: 2026", "field-wrong"),
    (GAS, "    title: 换瓶登记", "    industry: dust\n    title: 换瓶登记", "field-unknown"),
    (GAS, "industry: gas-use", "industry: gas-us", "word-unknown"),
    (GAS, "industry: gas-use", "industri: gas-use", "field-unknown"),
    (GAS, "industry: gas-use", "industry: gas-use\nnote: 甲", "field-unknown"),
    (GAS, "    title: 换瓶登记", "    titel: 换瓶登记", "field-unknown"),
    (GAS, "    title: 换瓶登记", "    title: 换瓶登记\n    title: 换瓶", "yaml-duplicate-key"),
    (GAS, "    title: 换瓶登记", "    title: 换瓶登记\n    note: 甲", "field-unknown"),
    (GAS, "    title: 换瓶登记", "    major: true\n    title: 换瓶登记", "field-gone"),
    (GAS, "    title: 换瓶登记", "    weight: key\n    title: 换瓶登记", "field-gone"),
    (GAS, "    title: 换瓶登记", "    weight: Key\n    title: 换瓶登记", "field-gone"),
    (GAS, "every: week", "every: 周", "field-wrong"),
    (GAS, "how: [查资料]", "how: [查材料]", "field-wrong"),
    (GAS, "how: [查资料]", "how: [查资料, 查资料]", "word-twice"),
    (GAS, "how: [查资料]", "how: 查资料", "field-wrong"),
    (GAS, "departments: [住建]", "departments: [住建局]", "word-unknown"),
    (GAS, "departments: [住建]", "departments: [住建, 住建]", "word-twice"),
    (GAS, "where: 资料", "where: 资 料", "word-unknown"),
    (GAS, "replaces: [gas-use-paper]", "replaces: [gas-use-alarm]", "replaces-itself"),
    (GAS, "replaces: [gas-use-paper]", "replaces: [gas-use-papr]", "item-unknown"),
    (GAS, "replaces: [gas-use-paper]", "replaces: [gas-use-old]", "replaces-retired"),
    (GAS, "replaces: [gas-use-paper]", "replaces: [gas-use-paper, gas-use-paper]", "word-twice"),
    (
        GAS,
        "    every: month\n",
        "    every: month\n    replaces: [gas-use-alarm]\n",
        "replaces-ring",
    ),
    (RETIRED, "{reason: 已并入 gas-use-alarm, into: [gas-use-alarm]}", "", "yaml-no-value"),
    (RETIRED, "{reason: 已并入 gas-use-alarm, into: [gas-use-alarm]}", "5", "field-wrong"),
    (
        RETIRED,
        "{reason: 已并入 gas-use-alarm, into: [gas-use-alarm]}",
        "已并入 gas-use-alarm",
        "retired-form",
    ),
    (RETIRED, ", into: [gas-use-alarm]", "", "field-missing"),
    (RETIRED, "into: [gas-use-alarm]", "into: [gas-use-alrm]", "retired-into-nothing"),
    (RETIRED, "into: [gas-use-alarm]", "into: [gas-use-old]", "retired-into-retired"),
    (RETIRED, "gas-use-old: ", "Gas-Use-Old: ", "field-wrong"),
    (RETIRED, "gas-use-old: ", "- gas-use-old: ", "field-wrong"),
    (
        RETIRED,
        "gas-use-old: ",
        "gas-use-log: {reason: 甲, into: [gas-use-alarm]}\ngas-use-old: ",
        "item-returned",
    ),
]
BASES: list[Slip] = [
    (GAS, "until: 2026-12-31", "until: 2016-12-31", "basis-day-early"),
    (GAS, "until: 2026-12-31", "until: 2062-12-31", "basis-day-late"),
    (GAS, "until: 2026-12-31", "until: 2026", "field-wrong"),
    (GAS, "until: 2026-12-31", "until: 0", "field-wrong"),
    (GAS, "until: 2026-12-31", "until: 20261231", "field-wrong"),
    (GAS, "until: 2026-12-31", "until: 2026/12/31", "field-wrong"),
    (GAS, "until: 2026-12-31", "until: 2026-W50-1", "field-wrong"),
    (GAS, "until: 2026-12-31", "until: 2026-02-30", "field-wrong"),
    (GAS, "until: 2026-12-31", "until: ２０２６-12-31", "field-wrong"),
    (GAS, "until: 2026-12-31", "until: 年底", "field-wrong"),
    (GAS, "until: 2026-12-31", "until: ", "yaml-no-value"),
    (GAS, "until: 2026-12-31", "from: 2062-01-01", "basis-day-late"),
    (GAS, "until: 2026-12-31", "from: 2024-12-31", "basis-day-early"),
    (GAS, "until: 2026-12-31", "from: 2026-06-01, until: 2026-05-31", "basis-day-early"),
    (DUST, "due: 2026-12-31", "due: 2016-12-31", "basis-day-early"),
    (DUST, "due: 2026-12-31", "due: 2062-12-31", "basis-day-late"),
    (DUST, "due: 2026-12-31", "dew: 2026-12-31", "field-unknown"),
    (GAS, "says: forbids", "says: forbid", "field-wrong"),
    (GAS, "says: forbids", "say: forbids", "field-unknown"),
    (GAS, "quote: 不得使用黑气瓶", "quote: 瓶", "quote-short"),
    (GAS, "quote: 不得使用黑气瓶", "quote: 县", "quote-short"),
    (GAS, "quote: 不得使用黑气瓶", 'quote: "，"', "quote-short"),
    (GAS, "quote: 不得使用黑气瓶", 'quote: ""', "field-wrong"),
    (GAS, "quote: 不得使用黑气瓶", "quote: 不得用黑气瓶", "quote-not-found"),
    (GAS, "quote: 不得使用黑气瓶", "quote: 不得,使用黑气瓶", "yaml-no-value"),
    (GAS, "clause: 一/1, says: forbids", "clause: 一/11, says: forbids", "clause-not-found"),
    (GAS, "clause: 一/1, says: forbids", "clause: 1, says: forbids", "field-wrong"),
    (
        GAS,
        "yangcheng-2025, clause: 一/1, says: forbids",
        "yangcheng-2052, clause: 一/1, says: forbids",
        "notice-unknown",
    ),
    (
        GAS,
        "{notice: yangcheng-2025, clause: 一/1, says: forbids, quote: 不得使用黑气瓶}",
        "{notice: shanxi-2026, clause: 一/2, says: urges, quote: 餐饮单位 必须安装燃气报警装置}",
        "basis-twice",
    ),
]
TEXTS: list[Slip] = [
    (GAS, "title: 换瓶登记", "title: 2026", "field-wrong"),
    (GAS, "title: 换瓶登记", "title: true", "field-wrong"),
    (GAS, "title: 换瓶登记", "title: [换瓶登记]", "field-wrong"),
    (GAS, "title: 换瓶登记", 'title: "  "', "field-wrong"),
    (GAS, "title: 换瓶登记", 'title: "换瓶登记 "', "text-ends"),
    (GAS, "title: 换瓶登记", 'title: "　换瓶登记"', "text-ends"),
    (GAS, "title: 换瓶登记", 'title: "换瓶\\n登记"', "text-break"),
    (GAS, "title: 换瓶登记", "title: 换瓶\t登记", "text-break"),
    (GAS, "title: 换瓶登记", "title: |\n      换瓶登记", "text-break"),
    (GAS, "title: 换瓶登记", "title: 换瓶\n      登记", "yaml-wrapped"),
    (GAS, "title: 换瓶登记", 'title: "换瓶登记', "yaml-syntax"),
    (GAS, "title: 换瓶登记", 'title: "换瓶\\u200b登记"', "text-invisible"),
    (GAS, "title: 换瓶登记", 'title: "换瓶\\ue000登记"', "text-invisible"),
    (GAS, "title: 换瓶登记", "title: 换瓶\u200b登记", "yaml-sign"),
    (GAS, "title: 换瓶登记", "title: 换瓶\ue000登记", "yaml-sign"),
    (GAS, "title: 换瓶登记", "title: 换瓶\u2028登记", "yaml-sign"),
    (GAS, "title: 换瓶登记", "title: 换瓶\x07登记", "yaml-sign"),
    (GAS, "title: 换瓶登记", "title: 换瓶 #登记", "text-cut"),
    (GAS, "title: 换瓶登记", "title: 换瓶 # 登记", "text-cut"),
    (GAS, "title: 换瓶登记", "title: # 换瓶登记", "yaml-no-value"),
    (GAS, "title: 换瓶登记", "title: 换瓶: 登记", "yaml-syntax"),
    (GAS, "title: 换瓶登记", "title: !换 登记", "yaml-syntax"),
    (GAS, "title: 换瓶登记", "title: !a 登记", "yaml-tag"),
    (GAS, "title: 换瓶登记", "title: &a 登记", "yaml-anchor-unused"),
    (GAS, "title: 换瓶登记", "title: *a", "yaml-alias-unknown"),
    (GAS, "title: 换瓶登记", "title: @登记", "yaml-syntax"),
    (GAS, "content: 每次换瓶有登记", "content: 每次换瓶 有登记", "punctuation"),
    (GLOSSARY, "meaning: 整改", "meaning: 整改 #", "text-cut"),
    (TYPES, "note: 通知", "note: 通知 #", "text-cut"),
    (VOCABULARY, "question: 属高危行业", "question: 5", "field-wrong"),
    (GAS, "    title: 换瓶登记", "\ttitle: 换瓶登记", "yaml-syntax"),
    (GAS, "    title: 换瓶登记", "   title: 换瓶登记", "yaml-syntax"),
    (GAS, "    title: 换瓶登记", "    <<: {every: week}\n    title: 换瓶登记", "yaml-merge"),
    (GAS, "    title: 换瓶登记", "    ? [a]\n    : b\n    title: 换瓶登记", "yaml-key"),
    (GAS, "  - id: gas-use-log", "    id: gas-use-log", "yaml-duplicate-keys"),
    (GAS, "  - id: gas-use-log", "  -\n  - id: gas-use-log", "yaml-no-value"),
    (GAS, "  - id: gas-use-log", "  - 甲\n  - id: gas-use-log", "field-wrong"),
    (GAS, "  - id: gas-use-log", "---\n  - id: gas-use-log", "yaml-two-documents"),
]
OTHER_FILES: list[Slip] = [
    (GLOSSARY, "term: 五落实", "term: 黑气瓶", "term-twice"),
    (GLOSSARY, "term: 五落实", "term: 六落实", "term-not-in-quote"),
    (GLOSSARY, "term: 五落实", "term: 五", "field-wrong"),
    (GLOSSARY, "notice: shanxi-2026", "notice: shanxi-2062", "notice-unknown"),
    (GLOSSARY, "clause: 一/2", "clause: 一/22", "term-quote"),
    (GLOSSARY, "quote: 严格执行", "quote: 严格落实", "term-quote"),
    (GLOSSARY, "  meaning: 整改", "  meening: 整改", "field-unknown"),
    (GLOSSARY, "  meaning: 整改措施、责任、资金、时限、预案都落实", "  meaning:", "yaml-no-value"),
    (SET_ASIDE, "clause: 一/3", "clause: 一/33", "disposition-clause"),
    (SET_ASIDE, "text: 县政府要组织检查", "text: 县政府要组织两次检查", "disposition-stale"),
    (SET_ASIDE, "text: 县政府要组织检查", "text: 县", "disposition-short"),
    (SET_ASIDE, "text: 县政府要组织检查", 'text: ""', "field-wrong"),
    (SET_ASIDE, "text: 县政府要组织检查", "text:", "yaml-no-value"),
    (SET_ASIDE, "status: narrative", "status: narative", "field-wrong"),
    (SET_ASIDE, "text: 县政府要开两次会议", "text: 各级各部门要抓好落实", "disposition-twice"),
    (SET_ASIDE, "text: 县政府要开两次会议", "text: 抓好落实，县政府要开两次会议", "disposition-overlaps"),
    (NOTICES, "year: 2025", "year: 2024", "notice-years"),
    (NOTICES, "year: 2026", 'year: "2026"', "field-wrong"),
    (NOTICES, "晋政发〔2026〕1号", "晋政发〔2062〕1号", "notice-years"),
    (NOTICES, "做好2026年", "做好2062年", "notice-years"),
    (NOTICES, "place: 山西省", "place: 晋城市", "notice-issuer"),
    (NOTICES, "title: 山西省人民政府关于", "title: 山西省人民政府 #关于", "text-cut"),
    (NOTICES, "date: 2026-01-23", "date: 20260123", "field-wrong"),
    (NOTICES, "lines: [1, 13]", "lines: [13, 1]", "field-wrong"),
    (NOTICES, "lines: [1, 13]", 'lines: ["1", 13]', "field-wrong"),
    (NOTICES, "    issuer: 山西", "    isuer: 山西", "field-unknown"),
]
CORE: list[Slip] = [
    (TYPES, CORE_OF_A_RESTAURANT, "  core: gas-use-alarm\n", "field-wrong"),
    (TYPES, CORE_OF_A_RESTAURANT, "  core: [gas-use-alarm]\n", "field-wrong"),
    (
        TYPES,
        "why: 漏气没人知}\n  short",
        "why: 漏气没人知，一打火就爆炸起火死伤一片}\n  short",
        "field-wrong",
    ),
    (TYPES, ", why: 漏气没人知}\n  short", "}\n  short", "field-missing"),
    (TYPES, "id: gas-use-alarm", "id: gas-use-alrm", "core-unknown"),
    (TYPES, "id: gas-use-alarm", "id: gas-use-old", "core-unknown"),
    (TYPES, "id: gas-use-alarm", "id: dust-cleaning", "core-unreachable"),
    (TYPES, "id: dust-cleaning, why: 积尘二次爆炸", "id: gas-use-alarm, why: 漏气没人知", "core-borrowed"),
    (
        TYPES,
        "    - {id: gas-use-alarm, why: 漏气没人知}\n",
        "    - {id: gas-use-alarm, why: 漏气没人知}\n" * 2,
        "core-twice",
    ),
    (VOCABULARY, "core: [{id: gas-use-alarm", "core: [{id: gas-use-alrm", "core-unknown"),
    (VOCABULARY, "core: [{id: gas-use-alarm", "core: [{id: dust-cleaning", "core-other-fact"),
    (
        VOCABULARY,
        "question: 供气方式}",
        "question: 供气方式, core: [{id: gas-use-log, why: 甲}]}",
        "fact-part",
    ),
    (TYPES, "most: 15", "most: 20", "type-most"),
    (TYPES, "most: 15", "most: 10", "type-most"),
    (TYPES, "most: 15", "most: 15\n  own: [gas-use]", "type-own"),
    (TYPES, "most: 15", "most: 15\n  own: [fire]", "type-own"),
]
SLIPS = [*FACTS_OF_TYPES, *CORE, *NAMES, *CONDITIONS, *ITEMS, *BASES, *TEXTS, *OTHER_FILES]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_rules(tmp_path_factory.mktemp("sound"))


@pytest.fixture
def house(sound: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(sound, tmp_path / "house"))


def told(house: Path) -> list[Problem]:
    return list(check_rules(house / "rules", house / "seeds").problems)


def refused(house: Path) -> bool:
    """Whether no documents can be made."""
    try:
        sound_library(house / "rules", house / "seeds")
    except Refused:
        return True
    return False


def spoil(house: Path, file: str, old: str, new: str) -> int:
    """Write ``new`` for the first ``old``; returns the line of the first letter that differs."""
    text = FILES[file]
    assert old in text
    spoiled = text.replace(old, new, 1)
    (house / file).write_text(spoiled, "utf-8")
    first = next(
        index for index, (a, b) in enumerate(zip(spoiled + "\0", text + "\0", strict=False)) if a != b
    )
    return spoiled.count("\n", 0, first) + 1


def test_the_unspoiled_rules_have_no_problem(house: Path) -> None:
    assert told(house) == []
    assert not refused(house)


@pytest.mark.parametrize(("file", "old", "new", "code"), SLIPS)
def test_one_slip_is_one_message_at_its_line_and_stops_what_is_made(
    house: Path, file: str, old: str, new: str, code: str
) -> None:
    line = spoil(house, file, old, new)

    found = told(house)

    assert [one.code for one in found] == [code], [str(one) for one in found]
    assert Path(found[0].position.file) == house / file
    assert found[0].remedy
    if not code.startswith("disposition"):  # these decide no list
        assert refused(house)
    if code not in FIRST_LINE_OF_ENTRY:
        assert found[0].position.line == line


FIRST_LINE_OF_ENTRY = frozenset(
    {"term-twice", "term-not-in-quote", "term-quote", "notice-unknown", "replaces-ring"}
    | {"disposition-clause", "disposition-stale", "disposition-short", "disposition-twice"}
    | {"disposition-overlaps", "yaml-wrapped"}
)
"""What is told at the line its entry begins with, or where it ends, not where it differs."""
