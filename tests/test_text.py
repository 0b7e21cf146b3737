"""What a printed text must not hold, and when two names are one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.text import clean, numeral_value, same_form, shown, text_flaw


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("燃气报警装置", ""),
        ("每班2次、抽3处（含）；ＫＴＶ　a b", ""),
        ("𠮷野家", ""),
        ("甲 ", "text-ends"),
        ("\u00a0甲", "text-ends"),
        ("　甲", "text-ends"),
        ("甲\n乙", "text-break"),
        ("甲\t乙", "text-break"),
        ("甲\u200b", "text-invisible"),
        ("甲\u2028乙", "text-invisible"),
        ("甲\u202e乙", "text-invisible"),
        ("甲\ufeff", "text-invisible"),
        ("甲\ue000", "text-invisible"),
        ("甲\U000f0000", "text-invisible"),
        ("甲\ud800", "text-invisible"),
        ("甲\x00", "text-invisible"),
        ("甲\x85", "text-invisible"),
        ("甲\ufe0f", "text-invisible"),
        ("甲\u3164", "text-invisible"),
        ("甲\ufffd", "text-invisible"),
        ("甲\U000e0041", "text-invisible"),
    ],
)
def test_each_flaw_of_a_text_has_its_own_code(text: str, flaw: str) -> None:
    assert text_flaw(text) == flaw


@given(st.text(max_size=30))
def test_a_text_without_flaw_is_printed_as_it_stands(text: str) -> None:
    if text and not text_flaw(text):
        assert clean(text) == text


@pytest.mark.parametrize(("one", "other"), [("KTV", "ｋｔｖ"), ("饭店", " 饭　店"), ("Uses-Gas", "uses-gas")])
def test_width_case_and_blanks_make_no_other_name(one: str, other: str) -> None:
    assert same_form(one) == same_form(other)


def test_other_letters_make_another_name() -> None:
    assert same_form("加油站") != same_form("加气站")


@pytest.mark.parametrize(
    ("value", "words"),
    [(True, "true"), ({"a": 1}, "{a: …}"), ([1, [2]], "[1, …]"), ("甲\u200b\n", "甲〔U+200B〕⏎"), (3, "3")],
)
def test_a_value_is_shown_as_it_is_written(value: object, words: str) -> None:
    assert shown(value) == words


# ---------------------------------------------------------------- numerals


def numeral(number: int) -> str:
    """A number from 0 to 9999 as schools teach to write it: each digit with its unit, zeros drawn together."""
    digits = [
        f"{'零一二三四五六七八九'[int(digit)]}{unit}"
        for digit, unit in zip(f"{number:04}", "千百十个", strict=True)
    ]
    text = re.sub("零[千百十个]", "零", "".join(digits)).removesuffix("个")
    text = re.sub("零+", "零", text).strip("零")
    return re.sub("^一十", "十", text) or "零"


def test_numerals_are_written_here_as_people_write_them() -> None:
    written = {0: "零", 10: "十", 19: "十九", 20: "二十", 101: "一百零一", 110: "一百一十", 250: "二百五十"}
    written |= {1001: "一千零一", 1010: "一千零一十", 2006: "二千零六", 9999: "九千九百九十九"}
    assert {number: numeral(number) for number in written} == written


def test_every_numeral_up_to_9999_is_read() -> None:
    assert [number for number in range(10_000) if numeral_value(numeral(number)) != number] == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("两百", 200),
        ("两千零五十", 2050),
        ("〇", 0),
        ("一〇", 10),
        ("二〇二六", 2026),
        ("二零一〇", 2010),
        ("百", 100),
        ("一百十五", 115),
        ("一九九八", 1998),
        ("一十二", 12),
        ("二○○九", 2009),
    ],
)
def test_other_ways_to_write_a_number_are_read(text: str, number: int) -> None:
    assert numeral_value(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "三四",
        "十百",
        "百千",
        "十一二",
        "十十",
        "甲",
        "一百二百",
        "12",
        "二个",
        "二百五十零",
        "千百",
        "百五十五五",
        "一百二",
        "零十",
    ],
)
def test_what_is_no_number_is_not_read_as_one(text: str) -> None:
    with pytest.raises(ValueError, match="numeral"):
        numeral_value(text)
