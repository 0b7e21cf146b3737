"""Messages about drafts: what of a new notice is not yet rules."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    "draft-finished": Message(
        "通知 {notice} 的草稿已写完，还没有并入规则", "运行 checklists rules adopt {notice}，再检查一次。"
    ),
    "draft-notice": Message("草稿写的通知「{notice}」没有", "{hint}"),
    "draft-clause": Message("通知里没有「{clause}」这一条", "{hint}"),
    "draft-undecided": Message(
        "这一句还没有去处：「{sentence}」",
        "又说到的写 again，没有说过的写 new，对企业没有要求的写 aside，至少留一样。",
    ),
    "draft-item": Message("没有「{item}」这个检查项", "{hint}全部检查项见 checklists items。"),
    "draft-says": Message("says「{says}」不对", "可写：{known}。"),
    "draft-blank": Message(
        "新检查项「{quote}」还空着：{fields}",
        "填好这些栏（写法见 rules/README.md）；不必写成检查项的，删去这一条，对企业没有要求的写进 aside。",
    ),
    "draft-figure": Message(
        "检查项还写着「{was}」，通知说的是「{now}」（原检查项 {item}）",
        "请改检查内容和怎样算符合里的数字、期限；与这项无关的，删去 change 一行。",
    ),
    "draft-reason": Message("「{text}」不列入，还没有写理由", "在 reason 后面写一句为什么对企业没有要求。"),
    "draft-quote": Message(
        "条款 {clause} 里没有「{quote}」", "引文要一字不差；请用 checklists notices show 对照原文。"
    ),
    "draft-more": Message("通知 {notice} 的草稿还有 {count} 处没有写完", "先写好上面这些，再检查一次。"),
    "draft-none": Message("没有通知 {notice} 的草稿", "先运行 checklists rules draft {notice}。"),
    "draft-taken": Message("通知 {notice} 已经有草稿", "接着写；要从头来的，先把它移走或改名，再运行一次。"),
    "draft-cited": Message(
        "通知 {notice} 已经并入规则：有 {count} 处引用它", "个别改动直接写在规则文件里，不再起草。"
    ),
    "draft-installed": Message(
        "这是随软件安装的规则文件夹，不改动",
        "请用 --rules 写自己的文件夹；没有就由 checklists rules draft 新建。",
    ),
    "draft-folder": Message(
        "这个文件夹不是规则文件夹，也不是空的", "请另写一个文件夹，或写已有的规则文件夹。"
    ),
    "draft-file-taken": Message("这个文件已经有了，新检查项不能写在里面", "请把它移走或改名，再运行一次。"),
    "draft-basis-form": Message(
        "加不进依据：这一项的 basis 全写在一行里", "请把依据分行写，每条另起一行、以 - 开头，再运行一次。"
    ),
}
