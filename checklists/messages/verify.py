"""Messages about documents read back."""

from __future__ import annotations

from checklists.messages.message import Message

_AGAIN = "请用同样的选项重新生成一份对照；原件以发放单位存档的为准。"

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
        "找不到各行是哪一项：文件里记编号的资料不见了；{outcome}",
        "多半是内容被复制到别的文件，或转换格式时丢的；请用原文件核验。",
        "warning",
    ),
    "verify-no-fingerprint": Message(
        "文件上没有印指纹，无法比较", "请看页眉、页脚和“说明”表是否被删改；可重新生成一份比较。"
    ),
    "verify-mismatch": Message(
        "检查项的文字与生成时不一样：印着的指纹是 {printed}，按文件里的文字重算是 {found}",
        "检查内容、怎样算符合、依据、项目的增减或次序有改动；请用同样的选项重新生成一份对照。",
    ),
    "verify-claims-differ": Message(
        "{field}前后不一：印着 {printed}，文件里另记着 {hidden}",
        "页眉、页脚或文件属性被改过；请以来源可靠的一份为准。",
    ),
    "verify-row-noted": Message(
        "检查项 {item} 的文字没有改，文件里另记的摘要不是它的",
        "文件里记各行是哪一项的资料被改过；请以来源可靠的一份为准。",
    ),
    "verify-rows-altered": Message(
        "印着的文字没有改，文件里另记的各行是哪一项与应有的不同",
        "文件里记各行是哪一项的资料被改过；请以来源可靠的一份为准。",
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
    # what differs from the document made again
    "verify-text": Message("{where}的文字不对：是「{told}」，应为「{ruled}」", _AGAIN),
    "verify-line-missing": Message("{where}不见了：「{text}」", _AGAIN),
    "verify-line-added": Message(
        "{where}是多出来的：「{text}」", "生成时没有这些字；要写的请写在空格、横线和空行里。"
    ),
    "verify-part-missing": Message("{part}不见了", _AGAIN),
    "verify-part-added": Message("多出{part}，与应有的不同", "首页、奇偶页的页眉页脚都应与生成时一样。"),
    "verify-cell": Message("印着的文字不对：是「{told}」，应为「{ruled}」", _AGAIN),
    "verify-formula": Message(
        "公式不对：是「{told}」，应为「{ruled}」", "公式被改过，统计数不可信；请用原来的工作簿重新填。"
    ),
    "verify-row-missing": Message("少了一行：「{row}」", _AGAIN),
    "verify-row-added": Message("多了一行：「{row}」", "自己的检查项请写在自加项里，隐患写在台账里。"),
    "verify-row-hidden": Message("第 {row} 行被隐藏了", "请取消隐藏；筛选隐去的行不算。"),
    "verify-column-hidden": Message("{column} 列被隐藏了", "请取消隐藏。"),
    "verify-sheet-missing": Message("工作表「{sheet}」不见了", "请用没有删过表的工作簿。"),
    "verify-sheet-added": Message("多了工作表「{sheet}」", "请移到别的文件里，再核验。"),
    "verify-sheet-renamed": Message("工作表「{sheet}」被改名为「{other}」", "请改回原名。"),
    "verify-sheet-hidden": Message("工作表「{sheet}」被隐藏了", "请取消隐藏。"),
    "verify-sheets-moved": Message("工作表的次序变了", "应为：{order}。"),
    "verify-setting": Message(
        "{what}不对：是「{told}」，应为「{ruled}」", "填写不需要改它；请用没有改过的工作簿，删去加上的图形。"
    ),
    "verify-stale": Message(
        "公式结果是旧的：存着「{told}」，按填写的内容应为「{ruled}」",
        "请在 Excel 或 WPS 中打开、保存一次，再核验；仍这样的，结果被改过。",
    ),
    "verify-data-altered": Message(
        "文件属性里的{field}与按同样选项重新生成的不同", "文件属性被改过；请以来源可靠的一份为准。"
    ),
    "verify-more": Message("另有 {count} 处不同，没有逐一列出", "改动很多，请直接与重新生成的一份对照。"),
    # what cannot be vouched for
    "verify-findings": Message(
        "填着 {count} 条汇总的隐患，不能由规则重新生成比对",
        "请与汇总台账核对；空白的同一种文书可以核验。",
        "warning",
    ),
    "verify-old-format": Message(
        "旧格式的文件：没有记下生成时的选项，不能重做比对；{outcome}",
        "要完整核验，请用本版软件重新生成后使用。",
        "warning",
    ),
    "verify-properties-gone": Message(
        "文件属性里生成时的选项不见了，不能作数；{outcome}",
        "多半是转换格式或“删除个人信息”时丢的；请用原文件核验。",
        "warning",
    ),
    "verify-other-format": Message(
        "文件格式号是 {format}，本版软件不认识", "请用生成它的那一版软件核验。", "warning"
    ),
    "verify-other-edition": Message(
        "按规则版 {edition} 生成，已安装的是 {installed}，不能重做比对",
        "请装上那一版规则再核验，或用 --rules 指定。",
        "warning",
    ),
    "verify-unreleased": Message(
        "按没有发布的规则（{edition}）生成，不能重做比对", "正式使用的文件，请在规则发布后生成。", "warning"
    ),
    "verify-rules-changed": Message(
        "已安装的规则改过而没有发布，已不是规则版 {edition}，不能重做比对",
        "请用发布过的规则核验：checklists rules release，或用 --rules 指定。",
        "warning",
    ),
    "verify-claims-unusable": Message(
        "按文件里记的选项做不出这份文件：{why}", "文件属性被改过，或规则文件夹不是生成时的那一份。", "warning"
    ),
    "verify-other-template": Message(
        "不是用已安装的模板生成的，不能核验；按已安装的模板重做，{outcome}",
        "用自己的模板生成的，请用 --template 指出那个模板文件。",
        "warning",
    ),
    "verify-other-program": Message(
        "由另一版软件（{program}）生成，与本版重做的有不同，可能是软件改版所致；{outcome}",
        "请用生成它的那一版软件核验。",
        "warning",
    ),
    "verify-digest-holds": Message(
        "文字与生成时的摘要一致",
        "摘要能发现无意的改动，防不了有意伪造；要作数请用 --manifest 或重做比对。",
        "warning",
    ),
    "verify-digest-broken": Message(
        "文字与生成时的摘要不一致", "印着的文字有改动，或表格增减了行；请与存档的一份对照。", "warning"
    ),
    # the record
    "verify-record-unreadable": Message("读不出发放记录", "请给 batch 生成的 manifest.json。"),
    "verify-not-recorded": Message(
        "编号 {serial} 不在发放记录 {record} 里", "不是这一批发放的，或编号被改过。"
    ),
    "verify-record-differs": Message(
        "{field}与发放记录不同：文件上是「{told}」，记录是「{ruled}」", "以发放记录 {record} 为准。"
    ),
}
