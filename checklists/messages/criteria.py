"""Messages about the standards by which a hazard is a major one."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    "standard-days": Message(
        "标准「{standard}」的 until 是 {until}，早于开始的 {begins}，没有一天有效",
        "from 是施行日（没有见到的，写 dated 发布日），until 是最后一天：请核对原文，改正年、月、日。",
    ),
    "standard-twice": Message(
        "标准「{standard}」在 {day} 有两份：另一份在 {other}",
        "一个标准同一天只有一版：旧版写 until（新版施行的前一天），或删去重复的文件。",
    ),
    "standard-no-criteria": Message(
        "标准「{standard}」写的是 held: {held}，没有一条 criteria",
        "请写出收录的条文；条文没有收录的，写 held: none。",
    ),
    "standard-not-held": Message(
        "标准「{standard}」写的是 held: none，却有 {count} 条 criteria",
        "收录了全文的写 held: whole，收录了几条的写 held: partial；条文不在手里的，不凭记忆写，请删去。",
    ),
    "standard-unreachable": Message(
        "没有一种企业类型受标准「{standard}」约束",
        "请检查 binds 的 industries 和 facts；属性须由某个类型 fixed、asks 或 default（rules/types.yaml）。",
    ),
    "criterion-unreachable": Message(
        "没有一种企业类型会遇到「{article}」这一条：{text}",
        "请检查 applies、industries，并对照标准的 binds；属性须由某个类型 fixed、asks 或 default（rules/types.yaml）。",
    ),
    "criterion-excluded": Message(
        "「{article}」的属性「{fact}」要“{condition}”，标准的 binds 要“{bound}”，不能同时成立",
        "请改正其中一处，或删去 applies 里的这个属性。",
    ),
    "criterion-long": Message(
        "「{article}」的 {field} 有 {count} 字，超过 {limit} 字", "请缩短，保留起决定作用的数字；或分成两条。"
    ),
    "criterion-twice": Message(
        "「{article}」的同一情形写了两次（第一次在第 {line} 行）：{text}", "请删去一条。"
    ),
    "criterion-no-item": Message(
        "「{article}」没有写问同一事实的检查项，也没有说明为什么没有：{text}",
        "请写 items: [检查项编号]；没有这样的检查项，写 no-item: 理由。",
    ),
    "criterion-both": Message(
        "「{article}」写了 items，又写了 no-item：{text}",
        "有问同一事实的检查项，删去 no-item；没有，删去 items。",
    ),
    "criterion-retired": Message(
        "「{article}」写的检查项 {item} 已经停用",
        "请改写现用的、问同一事实的检查项；没有的，写 no-item: 理由。",
    ),
    "criteria-no-type": Message(
        "没有写企业类型", "请写 --type 类型，可写多次；看各标准收录多少，用 checklists criteria coverage。"
    ),
}
