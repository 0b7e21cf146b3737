"""Messages about the page."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    "most-wrong": Message("「{given}」不是项数", "请写 1 到 9999 的整数，或留空（通常的项数）。"),
    "page-missing": Message(
        "没有安装网页部分（缺少 {name}）",
        "请在程序的文件夹里运行：python3 run.py page（Windows：py run.py page，或双击“开始”）。",
    ),
    "port-taken": Message(
        "端口 {port} 已经有程序在用",
        "网页可能已经开着：看看 http://127.0.0.1:{port}/ ；要另开一个，换个端口：--port {other}。",
    ),
    "nothing-chosen": Message("没有选文书", "请至少选一种。"),
}
