"""Messages about vocabulary, items, checks and editions."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    # vocabulary
    "place-unknown": Message(
        "不认识的地名「{name}」", "{hint}请写山西省内的市或县（市、区），如 阳城县、晋城市、晋城市城区。"
    ),
    "place-ambiguous": Message("地名「{name}」不止一处", "请连市名一起写：{choices}。"),
    "type-unknown": Message("不认识的企业类型「{type}」", "{hint}全部类型见 checklists types。"),
    "fact-unknown": Message("不认识的企业属性「{fact}」", "{hint}全部属性见 rules/vocabulary.yaml。"),
    "fact-value": Message("企业属性「{fact}」的值「{value}」不对", "{hint}"),
    "fact-settled": Message(
        "企业属性「{fact}」填的是“{given}”，但类型“{type}”已定为“{value}”，按类型处理",
        "若确实不是，请改选企业类型。",
        "warning",
    ),
    "fact-unused": Message(
        "企业属性「{fact}」没有用到：所选类型（{types}）没有一个检查项问它",
        "请核对属性和企业类型；确实无关的，可以删去。",
        "warning",
    ),
    "word-unknown": Message("{field}「{word}」不在词表中", "{hint}可用的词见 rules/vocabulary.yaml。"),
    # items
    "item-duplicate": Message(
        "编号「{item}」重复（另一处：{other}）", "编号永久唯一，请改用新编号；已停用的编号也不能再用。"
    ),
    "item-unknown": Message("没有编号为「{item}」的检查项", "{hint}"),
    # checks
    "text-too-long": Message(
        "检查项 {item} 的 {field} 有 {count} 字，超过 {limit} 字", "请缩短：一行放不下，检查表就要多印几页。"
    ),
    "slogan": Message("检查项 {item} 用了口号“{word}”", "请写看得见的状态：什么东西、在哪里、是什么样子。"),
    "two-facts": Message("检查项 {item} 的 content 用“{word}”连了两个事实", "请拆成两项，引同一句原文。"),
    "double-negation": Message("检查项 {item} 双重否定：“{words}”", "请改成肯定句，让“符合”一眼看懂。"),
    "qualifier-dropped": Message(
        "检查项 {item} 的依据只对“{word}”说，applies 没有写出",
        "请在 applies 中加上 {facts}，或引用对所有企业说的依据。",
    ),
    "figure-not-quoted": Message(
        "检查项 {item} 的数字“{figure}”不在任何一条引文里",
        "有约束力的数字须出自原文；抽样数请写成“抽3…”“任选3…”“近7天…”。",
    ),
    "punctuation": Message(
        "检查项 {item} 的 {field} 标点不合规范：“{mark}”", "中文用全角标点，文号用〔〕，句末不加句号。"
    ),
    "basis-order": Message("检查项 {item} 的依据没有按新旧排列", "请把最新的通知放在最前。"),
    "basis-twice": Message("检查项 {item} 的同一条依据写了两次", "请删去一条。"),
    "items-alike": Message("检查项 {item} 与 {other} 问的是同一件事", "请合并为一项，依据放在一起。"),
    "item-unreachable": Message(
        "没有一种企业类型会被问到检查项 {item}",
        "请检查 applies；属性须由某个类型 fixed、asks 或 default（rules/types.yaml）。",
    ),
    "quote-set-aside": Message(
        "检查项 {item} 引用的「{quote}」已说明是政府职责（{reason}）",
        "请改引对企业说的语句，或改正处置说明。",
    ),
    "term-quote": Message(
        "术语「{term}」的出处不对：{notice}「{clause}」中没有「{quote}」",
        "请按条款原文改正；通知没有写明的，不要写 meaning。",
    ),
    "disposition-clause": Message("处置说明引用了 {notice} 的条款「{clause}」，该通知没有这一条", "{hint}"),
    "disposition-stale": Message(
        "处置说明的文字不在 {notice}「{clause}」中：「{text}」", "请按条款原文改正。"
    ),
    "sentence-unaccounted": Message(
        "{notice}「{path}」有一句没有交代：「{sentence}」",
        "请写成检查项，或在 rules/dispositions/{notice}.yaml 说明理由。",
    ),
    # editions
    "edition-unreadable": Message(
        "版本快照无法读取", "请从版本库恢复该文件；它由 checklists rules release 写成，不手改。"
    ),
    "edition-stale": Message(
        "规则有改动，版本号 {version} 没有跟上，应为 {wanted}", "请运行 checklists rules release。"
    ),
    "item-vanished": Message(
        "检查项 {item} 不见了", "编号是永久的：请恢复该项，或在 rules/retired.yaml 写明“{item}: 停用理由”。"
    ),
    "item-returned": Message("已停用的编号 {item} 又被使用", "停用的编号不再使用，请换一个新编号。"),
}
