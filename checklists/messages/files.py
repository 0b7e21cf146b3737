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
