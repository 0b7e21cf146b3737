"""What a printed text must not hold, and when two names are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.text import clean, same_form, shown, text_flaw


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
