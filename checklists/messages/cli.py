"""Messages about the command line."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    "day-wrong": Message("日期「{day}」不对", "请写成 2026-11-22 这样的年-月-日。"),
    "fact-form": Message("企业属性「{given}」的写法不对", "请写成 名称=值，如 --fact 使用燃气=是。"),
    "basis-wrong": Message(
        "--basis 不能是「{given}」",
        "请写 standing（历年要求仍有效的都列）或 current（只列各机关最新通知的）。",
    ),
    "usage-wrong": Message("{told}", "用法见 {command} --help。"),
    "internal-error": Message(
        "程序出错：{kind}：{told}", "这是软件的缺陷，不是您的错。请把命令和这两行告诉维护者。"
    ),
}
