"""Messages about notices and their import."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    "notice-unknown": Message("没有编号为「{notice}」的通知", "{hint}"),
    "notice-lines-outside": Message(
        "通知 {notice} 的起止行 {first}—{last} 超出文件（共 {count} 行）",
        "请改正 seeds/notices.yaml 中的 lines。",
    ),
    "correction-not-found": Message(
        "通知 {notice} 的更正找不到原文「{received}」", "请按收到的原文改正 corrections 中的 received。"
    ),
    "sectors-count": Message(
        "通知 {notice} 的 sectors「{section}」写了 {named} 个名称，这一节没有标签的段落有 {found} 段",
        "请对照原文，按段落顺序一段写一个名称；属于该节本身的段落写“本节”。",
    ),
    "number-gap": Message(
        "通知 {notice} 的编号「{mark}」接在「{before}」之后，中间似有缺漏或错排",
        "请对照原文；如是收到的文本损坏，在 seeds/notices.yaml 的 corrections 中记下更正。",
        "warning",
    ),
    "clause-twice": Message(
        "通知 {notice} 有两个条款都叫「{path}」",
        "请对照原文；如是收到的文本损坏，在 seeds/notices.yaml 的 corrections 中记下更正。",
    ),
    "notice-empty": Message(
        "通知 {notice} 的起止行里没有读到条款", "请检查 seeds/notices.yaml 中的 file 和 lines。"
    ),
    "clause-not-found": Message(
        "检查项 {item} 引用了 {notice} 的条款「{clause}」，该通知没有这一条",
        "{hint}请改正条款号，或检查 seeds/notices.yaml 中该通知的起止位置。",
    ),
    "quote-not-found": Message(
        "检查项 {item} 的引文不在 {notice}「{clause}」中：「{quote}」",
        "{hint}引文须与条款原文逐字一致（空白除外）。",
    ),
    "import-kind": Message(
        "通知只能是 .docx、.html 或 .txt 文件", "请另存为其中一种；PDF 请先转为 Word 或文本，并核对原文。"
    ),
    "import-taken": Message("编号 {notice} 或同名文件已经有了", "请换一个编号，如 jincheng-2027；原件不改。"),
    "import-numbers": Message(
        "有 {count} 段用了 Word 自动编号，编号不是文字，没有带过来",
        "请在 Word 中把自动编号转为文字（全选后 Ctrl+Shift+F9 或另存为文本），再导入。",
        "warning",
    ),
}
