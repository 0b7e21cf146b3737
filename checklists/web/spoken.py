"""How problems speak on the page: who sits before it has no command line, and knows it by its fields and buttons."""

from __future__ import annotations

import re

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
"""What to do about something chosen on the page, by code; the others fit as they are."""
_WORDS = (
    (re.compile(r"，见 checklists batch --help"), ""),
    (re.compile(r"用 checklists roster new 新建(名录)?"), "下载空白名录"),
    (re.compile(r"全部类型见 checklists types"), "全部类型见“做表”页"),
    (re.compile(r"要看原因：checklists explain [^。]*"), "可到“做表”页选同样的类型核对"),
    (re.compile(r"checklists papers make 出"), "“做表”页出"),
    (re.compile(r"用 --map 说明，如 --map (\S+?=[^；，。\s]+)"), r"在“列名对照”里写明，如 \1"),
    (re.compile(r"写 --map (\S+?=…)"), r"在“列名对照”里写 \1"),
    (re.compile(r"(用 |请照表头上的字写 )?--map"), "“列名对照”"),
    (re.compile(r"用 --type 写明(，如 --type \S+?)?(?=[；。，])"), "在“没有写企业类型的”里写明"),
    (re.compile(r"用 --place 写明"), "在“没有写所在地的”里写明"),
    (re.compile(r"用 --on 写明"), "在“日期”里写明"),
    (re.compile(r"用 --fact 再写一遍，如 --fact (\S+?=[^。]+)"), r"在“企业情况”里再写一遍，如 \1"),
    (re.compile(r"，如 --fact (\S+=[^。]+)"), r"，如 \1"),
    (re.compile(r"，如 --office (\S+=[^；。]+)"), r"，如 \1"),
    (re.compile(r"；或加 --mark，另存一份标出的"), "，或下载标出的工作簿"),
    (re.compile(r"，或加 --json"), ""),
    (re.compile(r"用 --template 指出那个模板文件"), "把那个模板文件一起上传"),
    (re.compile(r"用 --manifest 或重做比对"), "把发放时的 manifest.json 一起上传，或重做比对"),
    (re.compile(r"^请写存放交回文件的文件夹，或直接写文件名。"), "请上传交回的文件。"),
    (re.compile(r"--basis|--appendix|--sheets|--department|--papers|--document"), "选项"),
)
"""Remedies that speak of the command line, and what they are called on the page."""


def where(found: Problem) -> str:
    """Position of a problem; empty where it is the page itself."""
    position = str(found.position)
    return "" if position in NOWHERE else position


def message(found: Problem) -> str:
    """What is wrong."""
    return found.message if where(found) else MESSAGES.get(found.code, found.message)


def remedy(found: Problem) -> str:
    """What to do about it: on the page where something chosen there is wrong, else in the file that is named."""
    chosen = None if where(found) else REMEDIES.get(found.code)
    return chosen or in_page_words(found.remedy)


def in_page_words(text: str) -> str:
    """A remedy without what only somebody at a command line can do."""
    for pattern, instead in _WORDS:
        text = pattern.sub(instead, text)
    return text
