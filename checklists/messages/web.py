"""Messages about the page."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    "most-wrong": Message("「{given}」不是项数", "请写 1 到 9999 的整数，或留空（通常的项数）。"),
    "page-missing": Message(
        "没有安装网页部分（缺少 {name}）", "请运行：python3 run.py page，或 pip install 'checklists[web]'。"
    ),
    "port-taken": Message("端口 {port} 已被别的程序占用", "请换一个：checklists serve --port {other}。"),
    "request-wrong": Message(
        "「{field}」没有写，或者写法不对", "请照接口说明（/about）写：有没有、是数还是日期、多长、哪几种。"
    ),
    "nothing-chosen": Message("没有选文书", "请至少选一种。"),
}
