"""Messages about files that came back."""

from __future__ import annotations

from checklists.messages.message import Message

_AGAIN = "其余文件照常读。"

MESSAGES: dict[str, Message] = {
    # files that are not read
    "returns-locked": Message(
        "加了打开密码，没有读", f"请企业去掉密码（文件 → 信息 → 保护工作簿）另存后再交；{_AGAIN}"
    ),
    "returns-legacy": Message(
        "是旧格式（.xls 或 .doc），没有读", f"请用 Excel、Word 或 WPS 打开，另存为 .xlsx 或 .docx；{_AGAIN}"
    ),
    "returns-no-package": Message(
        "不是 Excel 或 Word 文件：内容{kind}，没有读", f"请核对是不是改过扩展名；请企业交原来的文件。{_AGAIN}"
    ),
    "returns-damaged": Message(
        "打不开：{why}；没有读", f"多半是传输或拷贝中断；能用 Excel、WPS 打开的，另存一次再交。{_AGAIN}"
    ),
    "returns-ending": Message(
        "只读 .xlsx、.xlsm 和 .docx，这个文件没有读", f"是拍照或扫描的，请另行录入。{_AGAIN}"
    ),
    "returns-not-ours": Message(
        "不是本软件的自查工作簿或检查表（{document}），没有读", f"请核对是不是交错了文件。{_AGAIN}"
    ),
    "returns-others": Message(
        "另有 {count} 个文件不是 Excel 或 Word 文件，没有读：{names}",
        "照片、扫描件、压缩包里的内容请另行录入或解开。",
        "warning",
    ),
    "returns-folder-unread": Message("文件夹打不开，里面的没有读", "请检查权限。"),
    "returns-other-document": Message(
        "是本软件的{document}，里面没有要读的结果，没有读",
        "检查结果写在现场检查表或自查工作簿里。",
        "warning",
    ),
    "returns-own-folder": Message(
        "这个文件夹是待核的副本、文书草稿或旧件，没有读",
        "里面有企业改好交回的，请移到别的文件夹。",
        "warning",
    ),
    "returns-own-ledger": Message(
        "是汇总台账自己，没有读", "台账由企业交回的文件生成，随时可以重新生成。", "warning"
    ),
    "returns-nothing": Message(
        "这里没有可读的文件（.xlsx、.docx）", "请写存放交回文件的文件夹，或直接写文件名。"
    ),
    "returns-none-read": Message(
        "没有一个文件读得出，台账没有写", "请按上面逐个说的原因换文件；这里已有的台账没有动。"
    ),
    "returns-link": Message(
        "文件夹里的链接没有跟进去", "请把链接指的文件放进文件夹，或直接写它的路径。", "warning"
    ),
    # files that are read, and are odd
    "returns-same": Message("与 {other} 完全相同（一个字节不差），只算一份", "不必处理。", "warning"),
    "returns-no-period": Message(
        "“检查期间”没有写明哪个月（写的是“{given}”），按基准日算作 {month}",
        "请核对；不对的，请在“说明”表写上当月任何一天。",
        "warning",
    ),
    "returns-no-day": Message(
        "“检查时间”没有写明哪天（写的是“{given}”），按基准日 {day} 算", "请在检查表上写明年月日。", "warning"
    ),
    "returns-no-serial": Message(
        "文件里没有编号，多半是改了格式或删了“说明”表；照读，各行按表头认",
        "请核对是哪家企业、哪个月。",
        "warning",
    ),
    "returns-no-firm": Message(
        "没有写单位名称，也没有统一社会信用代码；暂按文件名分开列",
        "请在“说明”表补上，再汇总一次。",
        "warning",
    ),
    "returns-firm-differs": Message(
        "{field}前后不一：表上写着“{given}”，生成时是“{told}”；按生成时的算",
        "多半是借用了别家的工作簿；是的，请用本单位的工作簿重填。",
        "warning",
    ),
    "returns-newer": Message(
        "是更新的格式（{format}），本软件可能读不全", "请升级本软件后再汇总一次。", "warning"
    ),
    "returns-macros": Message("带宏；没有运行，照读", "自查工作簿本来没有宏，请问清企业。", "warning"),
    "returns-links": Message(
        "有连到别的文件的链接；没有打开，照读", "自查工作簿本来没有链接，请问清企业。", "warning"
    ),
    "returns-heads-twice": Message(
        "表头“{heads}”有两列，只读了左边的一列", "请企业删去多出的列。", "warning"
    ),
    "returns-sheets-missing": Message("没有“{sheets}”表", "请核对是不是删掉了；其余的表照读。", "warning"),
    "returns-edition": Message(
        "是规则版 {edition} 的，现在是 {now}；{gone} 项现在没有了，照原文列", "不必处理。", "warning"
    ),
    "returns-rows": Message(
        "{unclear} 行看不清，{rejected} 行没有算（共 {seen} 行）",
        "见台账的“待核”表；或加 --mark，另存一份标出的。",
        "warning",
    ),
    "returns-disagree": Message(
        "{firm} {month} 的{document}有 {files} 份（另有 {others}），{count} 处不一致；都列出来，没有替谁作主",
        "见台账的“两份不一致”表，请问清以哪份为准，把另一份移出文件夹再汇总一次。",
        "warning",
    ),
    "returns-agree": Message(
        "{firm} {month} 的{document}有 {files} 份（另有 {others}），没有不一致的，合起来算",
        "不必处理。",
        "warning",
    ),
    "returns-more": Message(
        "另有 {count} 处问题没有在这里列出", "见台账的“文件”和“待核”两张表，或加 --json。", "warning"
    ),
    "returns-out-missing": Message("没有写台账存到哪里", "请加 --out 台账.xlsx；只看不存的，加 --dry-run。"),
    "returns-out-ending": Message("台账只能存成 .xlsx", "请把 --out 写成 台账.xlsx 这样的文件名。"),
    "returns-template": Message(
        "台账的模板用不了：{why}", "请用随软件安装的 templates/隐患汇总台账.xlsx，或照它改。"
    ),
    # lists on paper that are typed in
    "enter-no-list": Message(
        "不是本软件的现场检查表，或里面没有逐行的数据", "请写发出的那份检查表 .docx，或放着它的文件夹。"
    ),
    "enter-code": Message("“{given}”看不出是哪一项的什么结果", "{why}，如 5x 灭火器过期；这张表没有生成。"),
    "enter-range": Message("“{given}”不是从小到大的项号", "写成 5-9 这样；这张表没有生成。"),
    "enter-day": Message("“{given}”看不懂是哪一天", "写成 2026-11-25 这样；这张表没有生成。"),
    "enter-number": Message("检查表上没有第 {number} 项（共 {count} 项）", "请核对项号；这张表没有生成。"),
    "enter-twice": Message(
        "第 {number} 项写了两次：第 {line} 行是{one}，这一行是{other}或说明不同",
        "请留下对的一行；这张表没有生成。",
    ),
    "enter-which": Message(
        "没有写编号，检查表又不止一份", "每张表的第一行写编号，如 20261122-91d61f 2026-11-25 张三。"
    ),
    "enter-serial": Message(
        "找不到编号 {serial} 的检查表", "请核对编号；检查表或它的 manifest.json 应在写的文件夹里。"
    ),
    "enter-nothing": Message("没有要录入的检查表", "请写检查表 .docx，或放着它们的文件夹。"),
    "enter-no-fact": Message(
        "第 {numbers} 项不符合，没有写事实", "补上部位、数量、事实更好；照样生成了。", "warning"
    ),
    "enter-no-day": Message("没有写检查日期", "写在编号后面，或填在表里；照样生成了。", "warning"),
    "returns-paper-unknown": Message("没有能由隐患填好的文书「{name}」", "{hint}"),
    "returns-paper-no-type": Message(
        "看不出 {firm} 是哪种类型的企业，没有做它的文书",
        "用软件生成的工作簿交回的才有；或用 checklists papers make 出一份空白的。",
    ),
    "returns-paper-failed": Message("没有做 {firm} 的文书：{why}", "请核对企业的所在地和类型。"),
    "returns-papers-need-out": Message(
        "写了 --papers，没有写 --out", "文书放在台账旁边；请加 --out 台账.xlsx。"
    ),
    "returns-mark-word": Message("只在 Excel 里标，Word 的没有标", "请看“待核”表。", "warning"),
    "returns-mark-failed": Message("标不了：{why}", "请看“待核”表。", "warning"),
}
