"""Conditions on the facts of an enterprise: whether they hold, and how they and values are printed."""

from __future__ import annotations

from checklists.models import Comparison, Condition, FactValue


def holds(condition: Condition, value: FactValue) -> bool:
    """Whether a fact meets a condition. 以上 (at-least) includes the number, 超过 (more-than) does not."""
    if not isinstance(condition, Comparison):
        return value == condition
    if condition.any_of is not None:
        return value in condition.any_of
    if isinstance(value, (bool, str)):
        return False
    return (
        (condition.at_least is None or value >= condition.at_least)
        and (condition.more_than is None or value > condition.more_than)
        and (condition.at_most is None or value <= condition.at_most)
        and (condition.less_than is None or value < condition.less_than)
    )


def value_words(value: FactValue, unit: str = "") -> str:
    """A fact's value as it is printed."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return value
    return f"{value:g}{unit}"


def condition_words(condition: Condition, unit: str = "") -> str:
    """A condition as it is printed: 3人以上, 超过3年, 金属粉尘或木粉尘."""
    if not isinstance(condition, Comparison):
        return value_words(condition, unit)
    if condition.any_of is not None:
        return "或".join(condition.any_of)
    words = []
    if condition.at_least is not None:
        words.append(f"{condition.at_least:g}{unit}及以上")
    if condition.more_than is not None:
        words.append(f"超过{condition.more_than:g}{unit}")
    if condition.at_most is not None:
        words.append(f"{condition.at_most:g}{unit}及以下")
    if condition.less_than is not None:
        words.append(f"不足{condition.less_than:g}{unit}")
    return "、".join(words)
