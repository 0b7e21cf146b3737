"""The numbers that Word prints before paragraphs by itself, counted as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checklists.notices.word_parts import Element, Looks, attribute, child, is_on

_ONES = "零一二三四五六七八九"
_FORMAL = dict(zip("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟", strict=True))
_CHINESE = frozenset(
    [
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
        "japaneseDigitalTenThousand",
        "taiwaneseDigital",
    ]
)
_PLAIN = frozenset(
    ["decimal", "decimalHalfWidth", "decimalFullWidth", "decimalFullWidth2", "ordinal", "cardinalText"]
)
_CIRCLED = ("decimalEnclosedCircle", "decimalEnclosedCircleChinese")
_PLACE = re.compile(r"%([1-9])")


class Numbering:
    """Counts the numbered paragraphs of one document."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, properties: Element | None) -> str | None:
        """What Word prints before a paragraph with these properties: '' for nothing or a bullet, None for what is not known."""
        number, level = self._looks.number(properties)
        if number is None:
            return None
        definition = self._looks.level(number, str(level))
        if number == "0" or definition is None:
            return ""
        form = attribute(child(definition, "numFmt"), "val") or "decimal"
        self._count(number, level)
        if form == "bullet":
            return ""
        return self._text(number, level, definition)

    def _count(self, number: str, level: int) -> None:
        counts = self._counts.setdefault(self._looks.abstract_of(number), {})
        start = self._looks.start_override(number, str(level))
        if start is not None and (number, level) not in self._begun:
            counts[level] = start
        else:
            counts[level] = counts[level] + 1 if level in counts else self._start(number, level)
        self._begun.add((number, level))
        for deeper in [one for one in counts if one > level]:
            definition = self._looks.level(number, str(deeper))
            if attribute(child(definition, "lvlRestart"), "val") != "0":
                del counts[deeper]

    def _start(self, number: str, level: int) -> int:
        told = attribute(child(self._looks.level(number, str(level)), "start"), "val") or "1"
        return int(told) if told.isdigit() else 1

    def _text(self, number: str, level: int, definition: Element) -> str | None:
        counts = self._counts[self._looks.abstract_of(number)]
        legal = is_on(child(definition, "isLgl"))
        text = attribute(child(definition, "lvlText"), "val") or ""
        told = text
        for place in sorted(set(_PLACE.findall(text))):
            at = int(place) - 1
            other = self._looks.level(number, str(at))
            form = attribute(child(other, "numFmt"), "val") or "decimal"
            printed = formatted(counts.setdefault(at, self._start(number, at)), "decimal" if legal else form)
            if printed is None:
                return None
            told = told.replace(f"%{place}", printed)
        return _finished(told) if any(map(str.isalnum, told)) else ""


def _finished(label: str) -> str:
    """A number that nothing ends is parted from the words behind it."""
    if label[-1:].isascii() and label[-1:].isalnum():
        return label + (" " if "." in label else ".")
    if label[-1:] in _ONES + "十":
        return label + "、"
    return label if label.endswith(("、", "）", ")", ".", "．", "：")) else label + " "


def formatted(number: int, form: str) -> str | None:
    """A number in one of the forms of Word; None for a form that is not known."""
    if form in _PLAIN or number > 9999:
        return str(number)
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{number:02d}"
    if form in _CHINESE:
        return chinese(number)
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return "".join(_FORMAL[sign] for sign in chinese(number))
    if form in _CIRCLED:
        return chr(ord("①") + number - 1) if 1 <= number <= 20 else str(number)
    if form == "decimalEnclosedParen":
        return f"（{number}）"
    if form == "decimalEnclosedFullstop":
        return f"{number}."
    return _letters(number, form)


def _letters(number: int, form: str) -> str | None:
    if form in ("upperLetter", "lowerLetter"):
        first = "A" if form == "upperLetter" else "a"
        return chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1)
    if form in ("upperRoman", "lowerRoman"):
        roman = "".join(_roman(number))
        return roman if form == "upperRoman" else roman.lower()
    if form in ("ideographTraditional", "ideographZodiac"):
        signs = "甲乙丙丁戊己庚辛壬癸" if form == "ideographTraditional" else "子丑寅卯辰巳午未申酉戌亥"
        return signs[(number - 1) % len(signs)]
    return None


def _roman(number: int) -> Iterator[str]:
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    signs = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
    for worth, sign in zip(values, signs, strict=True):
        times, number = divmod(number, worth)
        yield sign * times


def chinese(number: int) -> str:
    """二十一 for 21, up to 9999."""
    told, gap = "", False
    for worth, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // worth % 10
        if digit:
            told += ("零" if gap and told else "") + _ONES[digit] + sign
        gap = not digit
    told = told.removeprefix("一") if told.startswith("一十") else told
    return told or "零"
