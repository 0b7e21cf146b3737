"""Messages about the command line."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    "day-wrong": Message("日期「{day}」不对", "请写成 2026-11-22 这样的年-月-日。"),
    "fact-form": Message("企业属性「{given}」的写法不对", "请写成 名称=值，如 --fact 使用燃气=是。"),
    "fact-twice": Message("企业属性「{fact}」写了两次，值不一样（「{one}」「{other}」）", "请只写一次。"),
    "item-number": Message(
        "这张表没有第 {number} 项，只有 {last} 项",
        "请照表上的项号写；类型、所在地、检查日、属性、部门要与那张表一样。",
    ),
    "type-twice": Message("企业类型「{type}」写了两次，只算一次", "请删去一个。", "warning"),
    "place-missing": Message(
        "没有写所在地，按{province}处理，市、县的要求没有列入",
        "请加上企业所在的市或县（市、区），如 --place {example}；确是全省性的，写 --place {province}。",
        "warning",
    ),
    "code-wrong": Message(
        "统一社会信用代码「{given}」不对（应为 18 位，末位是校验码），照样使用", "请核对营业执照。", "warning"
    ),
    "day-early": Message("检查日 {day} 早于最早的通知（{first}），没有一项有依据", "请核对日期。"),
    "day-far": Message(
        "检查日 {day} 比最新的通知（{newest}）晚两年以上，规则可能已经过时",
        "请核对日期；有了新的通知，请先导入，补上规则再用。",
        "warning",
    ),
    "list-empty": Message(
        "没有一项要查：{types}，所在地 {where}，检查日 {day}。各项没有列入的理由：{why}",
        "请放宽部门、依据范围，或核对类型、所在地和日期；逐项的理由见 checklists explain。",
    ),
    "basis-wrong": Message(
        "--basis 不能是「{given}」",
        "请写 standing（历年要求仍有效的都列）或 current（只列各机关最新通知的）。",
    ),
    "appendix-wrong": Message(
        "--appendix 不能是「{given}」", "请写 apart（另成一个文件）、with（附在检查表后面）或 none（不要）。"
    ),
    "argument-empty": Message("「{name}」的值是空的", "请写上内容；不要这一项，就连选项的名称一起去掉。"),
    "argument-not-text": Message(
        "「{name}」的值「{given}」里有认不出的字节，多半是 GBK 编码",
        "请把终端的编码设为 UTF-8 再输入；写在脚本里的，把脚本另存为 UTF-8。",
    ),
    "output-unwritable": Message(
        "输出没有写完（{why}）", "请检查磁盘是否已满、输出到的文件能不能写，再运行一次。"
    ),
    "temporary-unwritable": Message(
        "临时文件写不了（{why}）", "请腾出空间，或把环境变量 TMPDIR 设为一个能写的文件夹，再运行一次。"
    ),
    "system-trouble": Message(
        "系统没有让程序做完（{why}）", "请检查这个文件或文件夹和磁盘空间，再运行一次。"
    ),
    "memory-short": Message("内存不够", "请关闭其他程序再试；或把名录分成几份，一份一份做。"),
    "usage-wrong": Message("{told}", "用法见 {command} --help。"),
    "internal-error": Message(
        "程序出错：{kind}：{told}", "这是软件的缺陷，不是您的错。请把命令和这两行告诉维护者。"
    ),
    "sheet-unknown": Message("工作簿没有「{sheet}」这张表", "{hint}"),
    "days-order": Message("原来的日期 {before} 不早于后来的 {after}", "先写早的，再写晚的。"),
}
