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
}
