"""Messages about templates."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    # templates
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
    "template-field-unused": Message(
        "“{kind}”的模板没有用到字段{fields}",
        "请写上，带两层花括号，如 {{{{ enterprise.serial }}}}；没有这些，文书说不清来历，或缺了内容。",
    ),
    "template-field-unprinted": Message(
        "填一份试试，字段{fields}没有完整印出来",
        "多半写在不成立的判断（if）里、经过了加工、设成了隐藏，或勾了“首页不同”、首页的页眉页脚里没有；"
        "请原样打印在第一页总会印出的地方。",
    ),
    "template-rows-unprinted": Message(
        "填一份试试，{count} 项检查内容有 {lost} 项没有印全（如第 {first} 项）",
        "每一项的项号、标记、检查内容（row.number、row.marks、row.content）都要原样打印，不能截短、替换、隐藏、漏项，也不要与上面的行合并单元格。",
    ),
    "template-not-read-back": Message(
        "此表不能读回：{why}",
        "可以照用，核验时给出这份模板；只是填好的结果不能由程序读出，规则换版后也认不出措辞。要能读回：每项一行，行里有三个 □；"
        "检查内容、怎样算符合、依据代号各用同名的字符样式，检查内容单独占一段。",
        "warning",
    ),
    "template-rows-unreadable": Message(
        "填一份试试，{count} 项检查内容只有 {read} 项核验时认得出来",
        "检查项编号、检查内容、怎样算符合、依据代号要原样打印：措辞不能截短、替换、漏印。",
    ),
    "template-damaged": Message(
        "模板打不开：不是完好的 {format} 文件（{why}）",
        "请在 Word、Excel 或 WPS 中打开看看，另存为 {format}；打不开的，换回 templates/ 里的原件。",
    ),
    "template-syntax": Message(
        "模板里的花括号写法有误：{why}", "字段写成 {{{{ checklist.title }}}} 这样，两个花括号成对。"
    ),
    "template-stray": Message(
        "模板里的「{text}」{why}", "字段写成 {{{{ checklist.title }}}} 这样：花括号用半角、两个连写，成对。"
    ),
    "template-forbidden": Message(
        "{tag}做了模板不许做的事：{why}", "模板里只能打印字段、循环（for）和判断（if）。"
    ),
    "template-field-outside": Message(
        "部件 {part} 里写了「{text}」，这里不会填写",
        "字段只能写在单元格、页眉和页脚里；批注、图表、提示语、链接、工作表名称里的请删去。",
    ),
    "template-remote-formula": Message(
        "公式会去别的文件或网上取内容：{formula}", "请改成只用本工作簿的公式，或删去。"
    ),
    "template-sheet-hidden": Message(
        "这张工作表藏得在“取消隐藏”里也看不到", "请删去它，或在 Excel 的宏编辑器里改为可见后再存盘。"
    ),
    "template-field-unknown": Message(
        "{tag}用了没有的字段「{field}」",
        "{hint}全部字段见 docs/templates.md 和 docs/workbook-templates.md。",
    ),
    "template-enterprise-not-bare": Message(
        "{tag}对企业信息做了单独打印以外的事",
        "企业信息在模板填好之后才盖上去，只能写成 {{{{ enterprise.name }}}} 这样，不能判断、加工或循环；可用的有：{fields}。",
    ),
    "template-legacy": Message("模板是旧格式 {old}", "请在 Word、Excel 或 WPS 中打开，另存为 {form}。"),
    "template-locked": Message("模板加了打开密码", "请去掉密码后另存。"),
    "template-form": Message(
        "模板是{what}，不是普通的 {form}", "请在 Word、Excel 或 WPS 中打开，另存为普通的 {form}。"
    ),
    "template-carries": Message("模板里有{what}，会跟着每一份文书发出去", "请从模板中删去，再存盘。"),
    "template-remote": Message(
        "模板连着外面的{what}：{target}", "请删去，或改成存在文件里的内容；文书打开时不能去别处取东西。"
    ),
    "template-would-lose": Message(
        "模板里有{what}，生成文件时会丢失", "请从模板中删去，或改用单元格、边框和底色来表示。"
    ),
    # Word templates
    "word-tag-syntax": Message(
        "{where}的标记「{tag}」写法有误：{why}",
        "请对照 docs/templates.md 改正；括号、引号、竖线都用半角。",
    ),
    "word-tag-misplaced": Message(
        "{where}的标记「{tag}」放错了位置",
        "{{%tr 要写在表格的行里，{{%tc 写在单元格里，{{%p 写在段落里；见 docs/templates.md。",
    ),
    "word-tag-stray": Message(
        "{where}的「{text}」{why}",
        "标记写成 {{{{ checklist.title }}}} 这样：花括号、百分号用半角、连着写，开头和收尾在同一段文字里。",
    ),
    "word-tag-cut": Message(
        "{where}的标记「{tag}」中间夹着换行、制表符或图形", "请把标记里的换行、制表符删去，整个标记连着写。"
    ),
    "word-tag-pair": Message(
        "{where}的标记「{tag}」{why}",
        "for 配 endfor，if 配 endif，成对写在同一层：按行的两个标记在同一个表格里各占一行，按段的各占一段，文字里的在同一段里。",
    ),
    "word-tag-swallows": Message(
        "{where}的标记「{tag}」会把同一{unit}里的「{text}」一起抹去",
        "请让标记单独占一{unit}，其余内容移到别的{unit}里。",
    ),
    "word-tag-outside": Message(
        "部件 {part} 里写了花括号标记，这里不会填写",
        "标记只能写在正文、页眉、页脚、脚注、文本框和文档属性里；链接地址、图表、批注里的请删去。",
    ),
    "word-tracked": Message(
        "{where}有没定下来的修订（{text}）", "请在“审阅”里接受或拒绝全部修订，关掉修订再存盘。"
    ),
    "word-field-code": Message(
        "{where}有模板不许用的域「{field}」",
        "页码（PAGE、NUMPAGES）等可以用；取外部内容、引用书签的域请改成普通文字。",
    ),
    "word-bound": Message(
        "{where}的内容控件绑定了别处的数据，打开时会盖掉「{text}」",
        "请删去这个内容控件（保留文字），再写标记。",
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
        "公式直接引用了可能不生成的工作表「{sheet}」",
        "请给那里的单元格定义一个名称，公式引用名称；或把这个公式移到「{sheet}」里。",
    ),
    "template-list-words": Message(
        "下拉清单里的词不是程序认得的：是「{told}」，应为「{ruled}」",
        "统计、变红和收回后的读取都按这些词数，请改回来；别的说法写在表头或说明里。",
    ),
}
