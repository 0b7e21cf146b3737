"""Messages about carrying a self-check workbook into the next month."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    "carry-not-workbook": Message(
        "不是企业自查工作簿", "请给企业填过的 .xlsx 工作簿；检查表、其他文书不用换月。"
    ),
    "carry-type-missing": Message(
        "看不出企业类型：工作簿里记的是「{given}」", "请用 --type 写明，如 --type 餐饮用气单位。"
    ),
    "carry-facts-missing": Message(
        "旧格式（格式 {format}）的工作簿没有记下企业属性，按类型的通常情况生成",
        "生成时说明过的属性，请用 --fact 再写一遍，如 --fact 供气方式=瓶装。",
        "warning",
    ),
    "carry-period-missing": Message(
        "“检查期间”没有写，当作 {period}",
        "不对的，在原工作簿的说明页写上再换月，或用 --on 写明新的月份。",
        "warning",
    ),
    "carry-odd-result": Message(
        "{count} 项的结果不是清单里的词（{words}），没有算作结果",
        "它们是第 {numbers} 项；请核对原工作簿。",
        "warning",
    ),
    "carry-clash": Message(
        "{count} 项填了结果，而说明页选了“无”", "它们是第 {numbers} 项；请在新工作簿里改其中一处。", "warning"
    ),
    "carry-unregistered": Message(
        "{count} 项不符合没有登记进隐患台账，不作为隐患接着走，只写在新工作簿那一项的“上期”里",
        "它们是第 {numbers} 项；没有改好的，请登记进新工作簿的隐患台账。",
        "warning",
    ),
    "carry-key-doubled": Message(
        "台账里编号 {key} 不止一行；都带过来了，第一行留着这个编号，别的另编",
        "是同一条隐患的，请删去多的一行。",
        "warning",
    ),
    "carry-retired": Message("原第 {number} 项“{content}”不再问了：{reason}", "{into}", "warning"),
    "carry-dropped": Message(
        "原第 {number} 项“{content}”现在不问这家企业",
        "属性或通知变了；要看原因：checklists explain --type … {item}。",
        "warning",
    ),
    "carry-own-left": Message(
        "“{sheet}”的自加项有 {count} 项放不下，没有带过来",
        "请在新工作簿里另想办法写下：“{content}”等。",
        "warning",
    ),
    "carry-ledger-full": Message(
        "没有销号的隐患比台账预备的行多 {count} 条，都写在预备行下面，没有自动带出的格",
        "统计照样数；打印前请把打印区域拉到最后一行。",
        "warning",
    ),
    "carry-months-left": Message(
        "原工作簿没有十二个月的数", "新工作簿“统计”右边的前几个月空着，需要的请照存档补上。", "warning"
    ),
}
