"""How problems speak on the page: who sits before it has no command line, and knows it by its fields and buttons."""

from __future__ import annotations

from checklists.problems import Problem

NOWHERE = frozenset({"命令行", "所选"})
"""Positions that say nothing where everything stands on one page."""
MESSAGES = {
    "place-missing": "没有填市、县，现在只列全省的要求",
    "basis-wrong": "依据范围只有两种",
}
REMEDIES = {
    "place-missing": "填上企业所在的市或县（市、区），当地通知的要求才会列入。",
    "list-empty": "请放宽部门、依据范围，或核对类型、市县和检查日。",
    "type-unknown": "请在“是什么企业”里换个说法找；没有合适的，选“通用”。",
    "type-offered": "请在“是什么企业”里找这个词，选“按通用清单”的那一个。",
    "basis-wrong": "请在“依据”里另选一种。",
    "code-wrong": "请核对统一社会信用代码；没有的就空着。",
}
"""What to do, in the page's own words, by code; the others fit as they are."""


def where(found: Problem) -> str:
    """Position of a problem; empty where it is the page itself."""
    position = str(found.position)
    return "" if position in NOWHERE else position


def message(found: Problem) -> str:
    """What is wrong."""
    return MESSAGES.get(found.code, found.message)


def remedy(found: Problem) -> str:
    """What to do about it."""
    return REMEDIES.get(found.code, found.remedy)
