"""Messages about files and YAML."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    # files
    "file-missing": Message("找不到文件", "请检查路径是否写对；命令在哪个文件夹运行，相对路径就从哪里算起。"),
    "file-unreadable": Message("文件无法读取（{why}）", "请检查文件是否完好、是否有读取权限。"),
    "file-unwritable": Message(
        "无法写入（{why}）",
        "请检查该文件夹是否存在、是否有写入权限、磁盘是否已满、文件是否正被其他程序打开。",
    ),
    "file-too-big": Message(
        "文件太大，没有读（{why}）",
        "请核对是不是这个文件；多半是表格里有大片空行、空列或空格：删去它们（选中整行整列删除）另存，再试。",
    ),
    "file-not-plain": Message(
        "这不是普通文件，是管道或设备", "请给磁盘上的文件；内容从别的程序来的，请先存成文件。"
    ),
    # files that stand where one is to be written
    "file-kept": Message(
        "这里已有一个文件，不是本软件上次写下的样子（可能有人填写、改过，或是从别处来的）：没有动它，新的没有写",
        "要留着它，请换一个 --out 文件夹；要新的，请加 --overwrite：原来的先移到旁边的“旧件”文件夹，不会删除。",
    ),
    "file-kept-unread": Message(
        "这里已有一个文件，读不了（{why}），不知道是谁的：没有动它，新的没有写",
        "请关闭打开它的程序或改正权限后再运行；加 --overwrite，会先把它移到旁边的“旧件”文件夹。",
    ),
    "file-read-only": Message(
        "这里已有一个只读的文件：没有动它，新的没有写",
        "要换新的，请去掉只读；或加 --overwrite，会先把它移到旁边的“旧件”文件夹。",
    ),
    "target-link": Message(
        "这里是一个链接，不是文件：没有动它，也没有往它指的地方写", "请移走这个链接，或换一个 --out 文件夹。"
    ),
    "target-folder": Message(
        "这里是一个同名的文件夹：没有动它，新的没有写", "请移走这个文件夹，或换一个 --out 文件夹。"
    ),
    "target-odd": Message(
        "这里是管道、设备之类，不是文件：没有动它，新的没有写", "请移走它，或换一个 --out 文件夹。"
    ),
    "folder-link": Message(
        "输出文件夹里的这一层是一个链接：没有往它指的地方写",
        "请把链接换成真的文件夹；要写到链接指的地方，请直接用 --out 写出那个地方。",
    ),
    "record-damaged": Message(
        "记着写过哪些文件的记录读不懂，已移到 {aside}；以前生成的文件，这次都按别人的文件对待",
        "有文件因此没有换成新的，请核对后加 --overwrite。",
        "warning",
    ),
    # YAML
    "yaml-syntax": Message(
        "YAML 写法有误：{why}",
        "请检查这一行附近的缩进、冒号后的空格和引号；文字里有“: ”或以特殊符号开头时，整段用双引号括起。",
    ),
    "yaml-duplicate-key": Message("「{key}」写了两次（第一次在第 {first} 行）", "请只保留一处。"),
    "yaml-empty": Message("文件是空的", "请写入内容，或删去该文件。"),
    "field-unknown": Message("不认识的字段「{field}」", "{hint}"),
    "field-missing": Message("缺少字段「{field}」", "请补上；写法见 rules/README.md。"),
    "field-wrong": Message("字段「{field}」的值不对：{why}", "请改正；写法见 rules/README.md。"),
}
