"""The catalogue of messages: every text that reports a problem stands here, once.

A message says what is wrong; its remedy says what to do. Both are format strings; the names in braces are
the details given to :func:`checklists.problems.problem`.
"""

from __future__ import annotations

from typing import Literal, NamedTuple


class Message(NamedTuple):
    """What is wrong, what to do, and whether work can go on."""

    text: str
    remedy: str
    level: Literal["error", "warning"] = "error"


MESSAGES: dict[str, Message] = {
    # files
    "file-missing": Message("找不到文件", "请检查路径是否写对；命令在哪个文件夹运行，相对路径就从哪里算起。"),
    "file-unreadable": Message("文件无法读取（{why}）", "请检查文件是否完好、是否有读取权限。"),
    "file-unwritable": Message(
        "无法写入（{why}）",
        "请检查该文件夹是否存在、是否有写入权限、磁盘是否已满、文件是否正被其他程序打开。",
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
    # notices
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
    # vocabulary
    "place-unknown": Message(
        "不认识的地名「{name}」", "{hint}请写山西省内的市或县（市、区），如 阳城县、晋城市、晋城市城区。"
    ),
    "place-ambiguous": Message("地名「{name}」不止一处", "请连市名一起写：{choices}。"),
    "type-unknown": Message("不认识的企业类型「{type}」", "{hint}全部类型见 checklists types。"),
    "fact-unknown": Message("不认识的企业属性「{fact}」", "{hint}全部属性见 rules/vocabulary.yaml。"),
    "fact-value": Message("企业属性「{fact}」的值「{value}」不对", "{hint}"),
    "fact-settled": Message(
        "企业属性「{fact}」填的是“{given}”，但类型“{type}”已定为“{value}”，按类型处理",
        "若确实不是，请改选企业类型。",
        "warning",
    ),
    "word-unknown": Message("{field}「{word}」不在词表中", "{hint}可用的词见 rules/vocabulary.yaml。"),
    # items
    "item-duplicate": Message(
        "编号「{item}」重复（另一处：{other}）", "编号永久唯一，请改用新编号；已停用的编号也不能再用。"
    ),
    "item-unknown": Message("没有编号为「{item}」的检查项", "{hint}"),
    # checks
    "text-too-long": Message(
        "检查项 {item} 的 {field} 有 {count} 字，超过 {limit} 字", "请缩短：一行放不下，检查表就要多印几页。"
    ),
    "slogan": Message("检查项 {item} 用了口号“{word}”", "请写看得见的状态：什么东西、在哪里、是什么样子。"),
    "two-facts": Message("检查项 {item} 的 content 用“{word}”连了两个事实", "请拆成两项，引同一句原文。"),
    "double-negation": Message("检查项 {item} 双重否定：“{words}”", "请改成肯定句，让“符合”一眼看懂。"),
    "qualifier-dropped": Message(
        "检查项 {item} 的依据只对“{word}”说，applies 没有写出",
        "请在 applies 中加上 {facts}，或引用对所有企业说的依据。",
    ),
    "figure-not-quoted": Message(
        "检查项 {item} 的数字“{figure}”不在任何一条引文里",
        "有约束力的数字须出自原文；抽样数请写成“抽3…”“任选3…”“近7天…”。",
    ),
    "punctuation": Message(
        "检查项 {item} 的 {field} 标点不合规范：“{mark}”", "中文用全角标点，文号用〔〕，句末不加句号。"
    ),
    "basis-order": Message("检查项 {item} 的依据没有按新旧排列", "请把最新的通知放在最前。"),
    "basis-twice": Message("检查项 {item} 的同一条依据写了两次", "请删去一条。"),
    "items-alike": Message("检查项 {item} 与 {other} 问的是同一件事", "请合并为一项，依据放在一起。"),
    "item-unreachable": Message(
        "没有一种企业类型会被问到检查项 {item}",
        "请检查 applies；属性须由某个类型 fixed、asks 或 default（rules/types.yaml）。",
    ),
    "quote-set-aside": Message(
        "检查项 {item} 引用的「{quote}」已说明是政府职责（{reason}）",
        "请改引对企业说的语句，或改正处置说明。",
    ),
    "term-quote": Message(
        "术语「{term}」的出处不对：{notice}「{clause}」中没有「{quote}」",
        "请按条款原文改正；通知没有写明的，不要写 meaning。",
    ),
    "disposition-clause": Message("处置说明引用了 {notice} 的条款「{clause}」，该通知没有这一条", "{hint}"),
    "disposition-stale": Message(
        "处置说明的文字不在 {notice}「{clause}」中：「{text}」", "请按条款原文改正。"
    ),
    "sentence-unaccounted": Message(
        "{notice}「{path}」有一句没有交代：「{sentence}」",
        "请写成检查项，或在 rules/dispositions/{notice}.yaml 说明理由。",
    ),
    # roster
    "roster-ending": Message(
        "名录只能是 .xlsx、.csv 或 .yaml 文件",
        "请用 Excel 或 WPS 另存为 .xlsx，或用 checklists roster new 新建。",
    ),
    "roster-no-header": Message(
        "前{rows}行里找不到表头",
        "表头须有“单位名称”和“企业类型”两列；可用 checklists roster new 新建名录，把数据贴进去。",
    ),
    "roster-empty": Message("名录里没有企业", "请在表头下面填写，一行一家企业。"),
    "roster-sheet-unread": Message(
        "工作表「{sheet}」没有读取，只读了「{read}」",
        "一个名录只用一张表：请把企业都放进「{read}」。",
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
        "缺少所在地；本行按山西省处理，只列省级要求",
        "请填写市或县（市、区）；若是合并单元格，请取消合并后逐行填写。",
        "warning",
    ),
    "roster-code-wrong": Message(
        "统一社会信用代码「{given}」不对（应为 18 位，末位是校验码）；本行照常生成",
        "请核对营业执照。",
        "warning",
    ),
    "roster-code-twice": Message(
        "统一社会信用代码「{given}」与 {other} 的重复；两行都生成",
        "若是同一企业，请合并为一行，企业类型用顿号隔开。",
        "warning",
    ),
    "roster-number-long": Message(
        "这一格是数字格式，十五位以后的数字可能已经丢失；本行照常生成",
        "请把该列设为文本格式，重新填写。",
        "warning",
    ),
    "roster-cell-error": Message("这一格是错误值 {value}，按空白处理", "请改正公式或填写内容。", "warning"),
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
        "这一行的双引号不成对；本行不生成", "内容里的双引号写成两个，整格再用一对双引号括起；或改用 .xlsx。"
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
    # batch
    "batch-running": Message(
        "另一个程序正在往这个文件夹生成文件", "请等它结束再运行，或换一个 --out 文件夹。"
    ),
    "batch-worker-died": Message(
        "一个工作进程意外终止（多半是内存不足或被系统结束）", "再运行同一条命令，会从停下的地方接着生成。"
    ),
    # editions
    "edition-unreadable": Message(
        "版本快照无法读取", "请从版本库恢复该文件；它由 checklists rules release 写成，不手改。"
    ),
    "edition-stale": Message(
        "规则有改动，版本号 {version} 没有跟上，应为 {wanted}", "请运行 checklists rules release。"
    ),
    "item-vanished": Message(
        "检查项 {item} 不见了", "编号是永久的：请恢复该项，或在 rules/retired.yaml 写明“{item}: 停用理由”。"
    ),
    "item-returned": Message("已停用的编号 {item} 又被使用", "停用的编号不再使用，请换一个新编号。"),
    # command line
    "day-wrong": Message("日期「{day}」不对", "请写成 2026-11-22 这样的年-月-日。"),
    "fact-form": Message("企业属性「{given}」的写法不对", "请写成 名称=值，如 --fact 使用燃气=是。"),
    "basis-wrong": Message(
        "--basis 不能是「{given}」",
        "请写 standing（历年要求仍有效的都列）或 current（只列各机关最新通知的）。",
    ),
    "usage-wrong": Message("{told}", "用法见 {command} --help。"),
    "internal-error": Message(
        "程序出错：{kind}：{told}", "这是软件的缺陷，不是您的错。请把命令和这两行告诉维护者。"
    ),
    # documents read back
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
    # PDF
    "pdf-no-office": Message(
        "这台电脑上没有找到 LibreOffice，PDF 没有生成；Word、Excel 文件已经生成",
        "请安装 LibreOffice（Debian、Ubuntu：apt-get install libreoffice-writer libreoffice-calc fonts-noto-cjk），"
        "或在 Word、WPS 中另存为 PDF。",
    ),
    "pdf-failed": Message("没有转成 PDF（{why}）", "请在 LibreOffice、Word 或 WPS 中打开文件，另存为 PDF。"),
    "pdf-timeout": Message(
        "LibreOffice 转 PDF 超过 {seconds} 秒没有结束，已停止", "请关闭其他程序后再试，或一次少转几份。"
    ),
    # other papers
    "paper-unknown": Message("没有名为「{name}」的文书", "{hint}全部文书见 checklists papers list。"),
    # templates
    "template-unknown": Message("没有名为「{name}」的模板", "{hint}全部模板见 checklists templates list。"),
    "template-exists": Message("同名文件已经在那里，没有覆盖", "请换一个文件夹；确要覆盖，加 --force。"),
    "template-ending": Message(
        "模板只能是 .docx 或 .xlsx 文件", "请在 Word、Excel 或 WPS 中另存为 .docx 或 .xlsx。"
    ),
    "template-no-fields": Message(
        "看不出是哪种文书的模板：里面没有 {{{{ checklist.… }}}} 或 {{{{ paper.… }}}} 字段",
        "请用 checklists templates copy 取一份原件，在上面改。",
    ),
    "template-paper-unclear": Message(
        "看不出是哪种文书的模板，可能是：{choices}",
        "请把文书名称写进文件名，如 现场检查方案（某某局）.docx。",
    ),
    "template-not-made": Message(
        "这是“{kind}”的模板，这次不生成它", "这次生成的是：{made}。其他文书用 checklists papers make 生成。"
    ),
    "template-twice": Message("“{kind}”给了两个模板（另一个：{other}）", "请只留一个。"),
    "word-field-missing": Message(
        "“{kind}”的模板没有用到字段「{field}」",
        "请对照原件补上；没有它，文书就说不清来历、缺了内容，或无法核验。",
    ),
    "template-damaged": Message(
        "模板打不开：不是完好的 {format} 文件（{why}）",
        "请在 Word、Excel 或 WPS 中打开看看，另存为 {format}；打不开的，换回 templates/ 里的原件。",
    ),
    "template-syntax": Message(
        "模板里的花括号写法有误：{why}", "字段写成 {{{{ checklist.title }}}} 这样，两个花括号成对。"
    ),
    "template-field-unknown": Message("模板里有不认识的字段「{field}」", "{hint}请改正或删去。"),
    "template-enterprise-not-bare": Message(
        "模板对企业信息做了单独打印以外的事",
        "企业信息在模板填好之后才盖上去，只能写成 {{{{ enterprise.name }}}} 这样，不能判断、加工或循环；可用的有：{fields}。",
    ),
    "template-would-lose": Message(
        "模板里有{what}，生成文件时会丢失", "请从模板中删去，或改用单元格、边框和底色来表示。"
    ),
    # Word templates
    "word-not-word": Message("模板不是 Word 文档：{why}", "请在 Word 或 WPS 中另存为“Word 文档（*.docx）”。"),
    "word-tag-syntax": Message(
        "{where}的标记「{tag}」写法有误：{why}",
        "请对照 docs/templates.md 改正；语句要成对：for 配 endfor，if 配 endif。",
    ),
    "word-tag-misplaced": Message(
        "{where}的标记「{tag}」放错了位置",
        "{{%tr 要写在表格的行里，{{%tc 写在单元格里，{{%p 写在段落里；见 docs/templates.md。",
    ),
    "word-field-unknown": Message(
        "{where}的标记「{tag}」用了没有的字段：{why}", "{hint}全部字段见 docs/templates.md。"
    ),
    "word-enterprise-not-bare": Message(
        "{where}的标记「{tag}」对企业信息做了单独打印以外的事",
        "企业信息在模板填好之后才盖上去，只能写成 {{{{ enterprise.name }}}} 这样，不能判断、加工或循环。",
    ),
    "word-tag-forbidden": Message(
        "{where}的标记「{tag}」做了模板不许做的事：{why}", "模板里只能打印字段、循环和判断。"
    ),
    "word-tag-failed": Message("{where}的标记「{tag}」填写时出错：{why}", "请对照 docs/templates.md 改正。"),
    "word-filled-broken": Message(
        "模板填写后不是完整的文档（{part}：{why}）",
        "多半是 for 或 if 的开头和收尾不在同一层：按行循环的两个标记各占一行，按段循环的各占一段。",
    ),
    # workbook templates
    "template-sheet-missing": Message(
        "模板缺少工作表「{sheet}」", "请从 templates/ 的原件把这张表复制过来，表名不要改。"
    ),
    "template-field-missing": Message(
        "模板没有打印「{field}」",
        "请在这张表里补上 {{{{ {field} }}}}；没有它，工作簿说不清来历，收回后也读不回来。",
    ),
    "template-model-row-missing": Message(
        "表格没有样板行",
        "请在表格最后一行写上 {{{{ row.{field} }}}} 这样的字段；生成时照这一行往下写，它的格式就是各行的格式。",
    ),
    "template-model-row-not-last": Message(
        "样板行（第 {row} 行）不是最后一行",
        "生成时从样板行往下写，会盖住下面的内容；请把下面的内容移到样板行之上。",
    ),
    "template-model-rows-several": Message(
        "{{{{ row.… }}}} 字段写在了不止一行（第 {rows} 行）", "请只在最后一行写，各列写在同一行里。"
    ),
    "template-field-in-formula": Message(
        "公式里写了花括号字段", "公式请引用单元格或定义的名称；要打印字段，另用一个单元格。"
    ),
    "template-field-cut": Message(
        "花括号字段被分成了几种字体", "请把 {{{{ 到 }}}} 之间设成同一种字体、颜色和字号。"
    ),
    "template-header-field": Message(
        "页眉或页脚里打印了「{field}」",
        "名称里的 & 会被 Excel 当作页眉代码；页眉页脚里只能打印 enterprise.serial 和 checklist 的字段，名称请打印在每页重复的顶端标题行里。",
    ),
    "template-refers-to-absent": Message(
        "公式引用了可能不生成的工作表「{sheet}」", "请改为引用本表的单元格，或把这个公式移到「{sheet}」里。"
    ),
}
