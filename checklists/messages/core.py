"""Messages about cores, the size of papers, and the fields of items that are gone."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    "core-none": Message(
        "企业类型「{type}」没有 core：不知道表上哪几项是★必查",
        "请按危险次序写出行家头几眼要看的检查项，至多 {most} 项，如 core: [{{id: gas-use-alarm, why: 漏气没人知}}]；"
        "写法见 rules/README.md。",
    ),
    "core-short": Message(
        "企业类型「{type}」的 core 只有 {count} 项，没有写 short",
        "请补到 {most} 项；通知说得少、不该凑数的，用 short 写一句为什么。",
    ),
    "core-long": Message("「{name}」的 core 有 {count} 项，超过 {most} 项", "请留下最要命的 {most} 项。"),
    "core-twice": Message("「{name}」的 core 里，{item} 写了两次", "请删去一处。"),
    "core-unknown": Message(
        "「{name}」的 core 里，{item} 不是检查项的编号", "{hint}请改正；已停用的，换成代替它的一项，或删去。"
    ),
    "core-unreachable": Message(
        "「{name}」的 core 里，{item} 怎么回答也问不到",
        "请看它的 applies 和行业领域：该问的，改正它们或类型的属性；不该问的，从 core 删去。",
    ),
    "core-encouraged": Message(
        "「{name}」的 core 里，{item} 只是鼓励的（encourages）",
        "鼓励的不算必查：请从 core 删去；依据里有要求的，改 says。",
    ),
    "core-named": Message(
        "「{name}」的 core 里，{item} 的依据只点到本领域（names）",
        "通知没有具体要求的不算必查：请从 core 删去；有一条依据提了要求的，改它的 says。",
    ),
    "core-other-fact": Message(
        "企业属性「{fact}」的 core 里，{item} 与这个属性无关",
        "只写它带来的行业领域（brings）里的，或 applies 里写着它的检查项：请改正，或移到类型的 core。",
    ),
    "core-borrowed": Message(
        "企业类型「{type}」的 core 与「{other}」的一样，两个类型不在一组",
        "请写这个行业自己头几眼要看的；确是同一行业的，写成同一个 group。",
    ),
    "fact-small": Message(
        "applies 里写了「{fact}」：要查的一项，不因为单位小就不问",
        "请从 applies 删去；纸面放不下的，由程序挑，小微单位通用的项只占两行。",
    ),
    "type-most": Message(
        "企业类型「{type}」的 most 是 {most}，纸面没有这样的行数",
        "只能写 {small}（小场所）、{usual}（可以不写），或为了正好排满一页，各少至多 {fewer} 行。",
    ),
    "type-own": Message(
        "企业类型「{type}」的 own 里，「{industry}」不是各类企业都有的行业领域，或不是它的",
        "own 只写本类型的行业领域中，词表里有 role 的（如 fire）；别的本来就是自己的，请删去。",
    ),
    "field-gone": Message(
        "{count} 项还写着 {field}，这个字段已经取消",
        "{instead}请运行 checklists rules upgrade --rules 规则文件夹，它删去这些行，原来的文件移到旁边的“旧件”。",
    ),
    "upgrade-uneven": Message(
        "删不掉这个文件里的 {field}：写法特别", "请自己删去这些字段，再运行 checklists rules check。"
    ),
}
GONE: dict[str, str] = {
    "weight": "★必查现在由 types.yaml、vocabulary.yaml 的 core 决定。",
    "major": "▲现在由 criteria 文件夹里的判定标准决定。",
}
"""Fields that items had -> what decides it now."""
