"""Messages about rosters."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    "roster-ending": Message(
        "名录只能是 .xlsx、.csv 或 .yaml 文件",
        "请用 Excel 或 WPS 另存为 .xlsx，或用 checklists roster new 新建。",
    ),
    "roster-no-header": Message(
        "前{rows}行里找不到表头：没有一行既有单位名称、又有别的认得的列；最像表头的一行是：{heads}",
        "表头须有“单位名称”一列，叫法不同的，用 --map 说明，如 --map 户名=单位名称；或用 checklists roster new 新建名录，把数据贴进去。",
    ),
    "roster-no-type-column": Message(
        "名录里没有“企业类型”一列，一行也没有生成；表头有：{heads}",
        "叫法不同的，用 --map 说明，如 --map 列名=企业类型；全是一种的，用 --type 写明；否则请加一列“企业类型”。",
    ),
    "roster-column-spare": Message(
        "列「{column}」与「{used}」说的是一回事，用了「{used}」",
        "要用这一列的，写 --map {column}=…，见 checklists batch --help。",
        "warning",
    ),
    "roster-place-of-address": Message(
        "名录里没有“所在地”一列，从「{column}」里读市、县",
        "读不出的行会逐行说明；都在一个县的，用 --place 写明。",
        "warning",
    ),
    "roster-foot": Message("这一行是表尾或说明（{text}），没有当作企业", "不必处理。", "warning"),
    "roster-heading": Message(
        "这一行是小标题（{text}），没有当作企业", "不必处理；是企业的，请补齐各列。", "warning"
    ),
    "map-form": Message("--map「{given}」的写法不对", "请写成 列名=字段，如 --map 户名=单位名称。"),
    "map-field": Message("--map 里没有名为「{field}」的字段", "{hint}可写：{fields}，或企业属性的名称。"),
    "map-twice": Message("--map 里，列「{head}」写了两次，字段不同", "请只写一次。"),
    "map-head": Message("名录里没有名为「{head}」的列；表头有：{heads}", "请照表头上的字写 --map。"),
    "roster-empty": Message("名录里没有企业", "请在表头下面填写，一行一家企业。"),
    "roster-sheet-unread": Message(
        "工作表「{sheet}」没有读取，只读了「{read}」",
        "封面、说明不必处理；里面有企业的，请把企业都放进「{read}」。",
        "warning",
    ),
    "roster-header-again": Message("这一行是重复的表头，已跳过", "不必处理；也可以删去这一行。", "warning"),
    "roster-column-twice": Message("列「{column}」出现了两次", "请删去或改名其中一列。"),
    "roster-column-unknown": Message(
        "不认识的列「{column}」，没有使用", "{hint}属性列请用 rules/vocabulary.yaml 中的名称。", "warning"
    ),
    "roster-no-name": Message("缺少单位名称；本行不生成", "请填写单位名称；若是公式，请粘贴为数值。"),
    "roster-no-type": Message(
        "缺少企业类型；本行不生成", "请填写企业类型，几种之间用顿号隔开；全部类型见 checklists types。"
    ),
    "roster-no-place": Message(
        "缺少所在地；本行不生成",
        "请填写市或县（市、区），确是全省性的填“{province}”；若是合并单元格，请取消合并后逐行填写。",
    ),
    "roster-no-place-column": Message(
        "名录里没有“所在地”一列，也没有地址，一行也没有生成；表头有：{heads}",
        "叫法不同的，用 --map 说明，如 --map 列名=所在地；都在一个县的，用 --place 写明；否则请加一列“所在地”，逐行填写市或县（市、区），"
        "确是全省性的填“{province}”。不知道在哪里，市、县的要求就会漏掉。",
    ),
    "roster-code-wrong": Message(
        "统一社会信用代码「{given}」不对（应为 18 位，末位是校验码）；本行照常生成",
        "请核对营业执照。",
        "warning",
    ),
    "roster-code-twice": Message(
        "统一社会信用代码与第 {first} 行的相同，是同一家企业；本行不生成",
        "请合并为一行，企业类型用顿号隔开；是分店、分厂的，代码请留空，写清各自的名称和地址。",
    ),
    "roster-firm-twice": Message(
        "名称、所在地、地址都与第 {first} 行的相同，又没有能区分的信用代码；本行不生成",
        "同一家的，请合并为一行，企业类型用顿号隔开；确是两家的，请写上各自的信用代码或地址。",
    ),
    "roster-row-again": Message("与第 {first} 行完全相同；只生成一份", "请删去多写的一行。", "warning"),
    "roster-number-long": Message(
        "这一格是数字格式，十五位以后的数字可能已经丢失；本行照常生成",
        "请把该列设为文本格式，重新填写。",
        "warning",
    ),
    "roster-cell-error": Message("这一格是错误值 {value}，按空白处理", "请改正公式或填写内容。", "warning"),
    "roster-cell-outside": Message(
        "这一行有表格里不会有的单元格（{cell}）；本行不生成", "请在 Excel 或 WPS 中打开名录，另存一次再试。"
    ),
    "roster-row-hidden": Message("这一行是隐藏行；照常生成", "不需要的行请删除，不要隐藏。", "warning"),
    "roster-cell-merged": Message(
        "合并单元格只有左上角有内容；这一格按「{value}」处理", "请核对；最好取消合并，逐行填写。", "warning"
    ),
    "roster-formula-empty": Message(
        "这一格是公式，文件里没有存下结果，按空白处理",
        "请在 Excel 或 WPS 中打开后重新保存，或把公式粘贴为数值。",
        "warning",
    ),
    "roster-row-longer": Message(
        "这一格在表头之外，内容「{text}」没有使用；本行照常生成",
        "请补上表头或删去内容；CSV 中地址等含逗号的，整格用双引号括起，否则后面各列会错位。",
        "warning",
    ),
    "roster-name-long": Message(
        "单位名称有 {count} 字；文件里照印，文件夹和文件名只取前面一段",
        "请核对是否把别的内容也填进了名称。",
        "warning",
    ),
    "roster-csv-quote": Message(
        "这一行的双引号不成对；本行不生成，下面各行照常读",
        "内容里的双引号写成两个，整格再用一对双引号括起；或改用 .xlsx。",
    ),
    "roster-csv-quote-alone": Message(
        "这一行有单独一个双引号，按内容照印；本行照常生成", "请核对；不是内容的，请删去。", "warning"
    ),
    "roster-csv-lines": Message(
        "第 {first} 行到第 {last} 行读作一行（引号里有换行）",
        "请核对：若是几家，请补齐或删去引号，一家一行；若是一家，不必处理。",
        "warning",
    ),
    "roster-csv-lost": Message(
        "这一行读不出（有损坏的字节，或超过 {most} 字、上万列）；本行不生成",
        "请对照原来的名录改正这一行，或重新导出。",
    ),
    "roster-yaml-row": Message(
        "这一项不是“名称: 值”；本项不生成", "写法：- 单位名称: 某某饭店，换行写 企业类型: 餐饮用气单位。"
    ),
    "roster-yaml-form": Message(
        "名录须是一列企业，每个企业是“名称: 值”",
        "写法：- 单位名称: 某某饭店，换行写 企业类型: 餐饮用气单位。",
    ),
    "roster-new-ending": Message("新名录只能是 .xlsx 文件", "请把文件名写成 名录.xlsx 这样。"),
    "file-exists": Message("文件已经存在", "为免盖掉已填的内容，请换一个文件名，或先移走它。"),
}
