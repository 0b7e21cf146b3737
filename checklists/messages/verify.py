"""Messages about documents read back."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    "verify-legacy": Message(
        "旧格式（.doc、.xls）或加了打开密码，读不了",
        "请在 Word、Excel 或 WPS 中另存为 .docx 或 .xlsx，去掉打开密码。",
    ),
    "verify-damaged": Message(
        "文件打不开：不是完好的 .docx 或 .xlsx",
        "请核对是不是传输中断的文件；能在 Word、Excel 或 WPS 中打开的，另存一次再试。",
    ),
    "verify-not-ours": Message(
        "看不出是本软件生成的文件：没有编号和指纹",
        "请给现场检查表、企业自查工作簿或其他文书的 .docx、.xlsx 文件。",
    ),
    "verify-no-rows": Message(
        "找不到检查项：隐藏的检查项编号或“检查内容”的样式不见了",
        "内容多半被复制到了别的文件里；请用原文件核对，或用同样的选项重新生成一份比较。",
    ),
    "verify-no-fingerprint": Message(
        "文件上没有印指纹，无法比较", "请看页眉和“说明”表是否被删改；可重新生成一份比较。"
    ),
    "verify-mismatch": Message(
        "文字与生成时不一样：印着的指纹是 {printed}，按文件里的文字重算是 {found}",
        "检查内容、怎样算符合、依据、项目的增减或次序有改动；请用同样的选项重新生成一份对照。",
    ),
    "verify-claims-differ": Message(
        "{field}前后不一：印着 {printed}，文件里另记着 {hidden}",
        "页眉或文件属性被改过；请以来源可靠的一份为准。",
    ),
    "verify-added": Message(
        "检查项 {item} 的文字旁加了「{text}」", "生成时没有这些字；现场情况请写在右边一栏。"
    ),
    "verify-item-unknown": Message(
        "有一项编号「{item}」不在已安装的规则里", "同一规则版不应有此项；请重新生成一份对照。"
    ),
    "verify-wording": Message(
        "检查项 {item} 的{field}与规则不一致：印着「{told}」", "规则版原文：「{ruled}」。"
    ),
    "verify-sheets-differ": Message(
        "检查项 {item} 在“{sheet}”表的文字与“{other}”表不同", "请用同样的选项重新生成一份对照。"
    ),
    "verify-column-missing": Message(
        "工作表「{sheet}」缺少列“{column}”", "列名不要改；没有这一列就无法核对文字。"
    ),
}
