"""Numbers as a checklist prints them: of sections, of rows."""

from __future__ import annotations

from collections.abc import Sequence

SECTION_NUMBERS = "一二三四五六七八九十"


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese: 一, 十一, 二十三."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{SECTION_NUMBERS[tens - 1]}十"
    return head + (SECTION_NUMBERS[ones - 1] if ones else "")


def number_ranges(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 -> 1—3、7."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]) for run in parts)
