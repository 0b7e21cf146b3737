"""Messages about notices and their import."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    "notice-unknown": Message("没有编号为「{notice}」的通知", "{hint}"),
    "notice-lines-outside": Message(
        "通知 {notice} 的起止行 {first}—{last} 超出文件（共 {count} 行）",
        "请改正 notices.yaml 中的 lines。",
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
        "请对照原文；如是收到的文本损坏，在 notices.yaml 的 corrections 中记下更正。",
        "warning",
    ),
    "clause-twice": Message(
        "通知 {notice} 里编号「{path}」印了不止一次，后一次记作「{second}」",
        "请对照原文；如是收到的文本损坏，在 notices.yaml 的 corrections 中记下更正。",
        "warning",
    ),
    "notice-empty": Message(
        "通知 {notice} 的起止行里没有读到条款", "请检查 notices.yaml 中的 file 和 lines。"
    ),
    "clause-not-found": Message(
        "检查项 {item} 引用了 {notice} 的条款「{clause}」，该通知没有这一条",
        "{hint}请改正条款号，或检查 notices.yaml 中该通知的起止位置。",
    ),
    "quote-not-found": Message(
        "检查项 {item} 的引文不在 {notice}「{clause}」中：「{quote}」",
        "{hint}引文须与条款原文逐字一致（空白除外）。",
    ),
    # the catalogue
    "notice-id": Message(
        "编号「{notice}」不合写法",
        "编号也是文件名：只用小写英文字母、数字和短横，以字母开头，不超过 60 个字符，如 jincheng-2027；不能用 con、nul、yes、no 等电脑另有用处的词。",
    ),
    "notice-file": Message(
        "file「{name}」不是本文件夹里的文件名", "请只写文件名，如 jincheng-2027.txt；不写文件夹、盘符和 ..。"
    ),
    "notice-text-empty": Message("{field}是空的", "请写上；没有文号的，整个不写。"),
    "notice-text-long": Message("{field}有 {count} 字，超过 {most} 字", "请只写{field}本身。"),
    "notice-text-blank": Message("{field}的首尾有空格", "请删去首尾的空格。"),
    "notice-text-char": Message(
        "{field}的第 {number} 个字符看不见、印不出（{char}）",
        "请删去它重新输入；从网页或文件粘贴的，先粘到记事本里再复制。",
    ),
    "notice-year-range": Message("年份 {year} 不对", "请写 {first} 到 {last} 之间的四位年份。"),
    "notice-place": Message(
        "地方「{name}」要写成「{wanted}」", "请改成「{wanted}」：检查项按这个名称判断在哪里有效。"
    ),
    # what stands outside the clauses
    "text-set-aside": Message(
        "通知 {notice} 有 {count} 字（占 {share}%）像是正文，却排在称呼之前或混在网址、附件名里，没有读成条款，从「{begin}」开始",
        "请对照原文：正文前只留标题、文号和称呼（各市、县……：），附件名单独一行，再导入；确实不是正文的，加 --accept。",
    ),
    "import-text-aside": Message(
        "有 {count} 字没有读成条款，从「{begin}」开始：在落款之后，或像是正文却排在称呼之前、附件名里",
        "请对照原文；其中如有对企业的要求，请把它移到落款之前或称呼之后，再导入。",
        "warning",
    ),
    # import: what is told, and where to
    "import-date-year": Message(
        "成文日期 {date} 不在年份 {year} 里", "年份按成文日期写，请改正其中一个；原文没有印日期的，不写日期。"
    ),
    "import-installed": Message(
        "这是软件自带的通知文件夹，更新软件时会整个换掉，不能往里加",
        "请用 --seeds 写自己的文件夹，如 --seeds 我的通知：没有这个文件夹就新建，并把自带的通知抄一份进去；以后各条命令都加 --seeds 我的通知。",
    ),
    "import-no-catalogue": Message(
        "这个文件夹里没有 notices.yaml，不是通知文件夹",
        "请写已有的通知文件夹；要新建，写一个还没有的文件夹名，或一个空文件夹。",
    ),
    "import-catalogue-form": Message(
        "新的一条加不进目录：加上以后，目录读出来不对（{why}）",
        "请把 notices 写成一条一条以“- ”开头的样子，放在文件最后，再导入；写法见随软件安装的 notices.yaml。",
    ),
    "import-catalogue-changed": Message("目录刚刚被改动过", "请等另一个程序改完，再运行一次。"),
    "import-taken": Message(
        "编号 {notice} 或同名文件已经有了", "请换一个编号，如 jincheng-2027；原来的通知和文件不动。"
    ),
    "import-same-text": Message(
        "这份通知已经有了：与 {notice} 的条款完全相同",
        "不必再导入；看它的条款：checklists notices show {notice}。",
    ),
    "import-same-words": Message(
        "条款与 {notice} 完全相同，发文机关或文号不同：照另一份通知导入",
        "请核对：是转发的，就照这样；是同一份，请移出：checklists notices remove。",
        "warning",
    ),
    # import: what from
    "import-kind": Message("不能导入「{ending}」文件", "通知只能是 .docx、.html 或 .txt 文件。{hint}"),
    "import-other-kind": Message("扩展名是 {ending}，内容却是{kind}", "{hint}"),
    "import-empty": Message(
        "没有读到文字",
        "请打开文件看看是不是空的，或只有图片；扫描件要先做文字识别，核对后另存为 .docx 或 .txt。",
    ),
    "import-scanned": Message(
        "PDF 里只有图片，没有文字，是扫描件",
        "请先做文字识别（OCR），与原件核对后存为 .docx 或 .txt 再导入；能找到电子版原文的，用电子版。",
    ),
    "import-locked": Message("文件加了密码，打不开", "请用原来的程序打开，取消密码，另存一份再导入。"),
    "import-too-big": Message(
        "文件太大（{what}超过 {most}），不像一份通知",
        "请只留这份通知的文字，图片和别的内容删去，另存后再导入。",
    ),
    "import-encoding": Message(
        "有读不出的字（第 {byte} 个字节）",
        "文件坏了，或不是 UTF-8、GB18030、UTF-16 编码：请用记事本打开，看字对不对，另存为 UTF-8 后再导入。",
    ),
    "import-char": Message(
        "有印不出的字符（{char}，在「{before}」后面）", "请对照原文，在文件里把它改成正确的字或删去，再导入。"
    ),
    "import-damaged": Message(
        "文件坏了，读不全（{why}）", "请用 Word、WPS 或浏览器打开看是否完整，另存一份再导入。"
    ),
    "import-text-lost": Message(
        "正文里有读不出来的内容，没有导入：{parts}",
        "{hint}",
    ),
    "import-text-left": Message(
        "有内容没有导入：{parts}", "请对照原文；其中如有正文，请移到正文里再导入。", "warning"
    ),
    "import-marked": Message(
        "{parts}",
        "请对照原文核对这些地方；最好在 Word 里改定（接受或拒绝全部修订，改正删除线和上下标）后再导入。",
        "warning",
    ),
    "import-tables": Message(
        "有 {count} 张表格，逐行读出，一行一行存放",
        "请用 checklists notices show 对照原文，看任务、责任单位和时限有没有错位。",
        "warning",
    ),
    "import-numbers-read": Message(
        "有 {count} 段的编号是自动编号，已按文件的编号规则写成文字",
        "请用 checklists notices show 对照原文的编号。",
        "warning",
    ),
    "import-list-numbers": Message(
        "网页里有 {count} 条用了自动编号，已写成文字，从「{begin}」开始",
        "请用 checklists notices show 对照网页的编号。",
        "warning",
    ),
    # import: what was read
    "import-no-clauses": Message(
        "没有读到条款（共 {count} 字，从「{begin}」开始）",
        "请打开文件看看是不是通知的正文，标题和称呼之后有没有文字。",
    ),
    "import-no-notice": Message(
        "不像一份通知：没有标题、文号、落款和编号，也没有要求谁做什么（从「{begin}」开始）",
        "请打开文件看看是不是拿错了；确实是通知的，加 --accept。",
    ),
    "import-much-left": Message(
        "脚注、隐藏文字、图表里有 {count} 字（占 {share}%）没有导入",
        "请对照原文，把其中的正文移到正文里再导入；确实不是正文的，加 --accept。",
    ),
    "import-number-again": Message(
        "{issuer}的「{number}」已经有了（{notice}），文字却不同",
        "请核对是不是同一份通知的另一稿：是，就用原来的，或先 checklists notices remove {notice}；文号确实重了的，加 --accept。",
    ),
    "import-number-taken": Message(
        "文号「{number}」已经是{issuer}的（{notice}），这份的发文机关却是{here}",
        "请核对文号和发文机关；两个机关的代字确实相同的，加 --accept，表上会把机关写在文号旁边。",
    ),
    "import-told-otherwise": Message(
        "{field}写的是「{told}」，文件里像是「{found}」",
        "照写的登记了；请核对，写错了的先 checklists notices remove 再导入。",
        "warning",
    ),
    "import-not-told": Message("文件里看不出{field}", "请用 --{option} 写上。"),
    # removal
    "remove-cited": Message(
        "通知 {notice} 还有 {count} 处引用它（{first}），不能移出",
        "请先在规则里改用别的依据，删去有关的处置说明，再移出；只想重新导入的，换一个编号。",
    ),
    "remove-form": Message(
        "目录里的 {notice} 删不下来：删去以后，别的通知读出来不一样",
        "请用编辑软件在 notices.yaml 里删去这一条，文本文件可以留着。",
    ),
    "import-code-moved": Message(
        "{notice} 在表上的代号由「{before}」变成「{now}」：同地同年的通知按日期先后排，本通知在它前面",
        "两份通知的代号不会相同；以前印好的表照它自己的“依据代号”一行看。日期不对的，删去这份通知重新导入。",
        "warning",
    ),
}
