"""Messages about the page."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    "most-wrong": Message("「{given}」不是项数", "请写 1 到 9999 的整数，或留空（通常的项数）。"),
    "page-missing": Message(
        "没有安装网页部分（缺少 {name}）", "请运行：python3 run.py page，或 pip install 'checklists[web]'。"
    ),
    "port-taken": Message("端口 {port} 已被别的程序占用", "请换一个：checklists serve --port {other}。"),
    "no-type": Message("没有选企业类型", "请在“是什么企业”里至少选一种。"),
    "nothing-chosen": Message("没有选文书", "请在“其他文书”里至少勾选一种。"),
    "nothing-for-pdf": Message(
        "选中的里面没有 Word 文书，转不成 PDF", "请至少选一种 Word 文书；Excel 的请直接下载。"
    ),
}
