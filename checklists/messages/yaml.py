"""Messages about YAML files: how they are written, and what stands in their fields."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    # the file
    "file-not-utf8": Message(
        "文件不是 UTF-8 编码（{what}）", "请用记事本打开，另存为，编码选 UTF-8；不要用 ANSI、GBK 或 Unicode。"
    ),
    "text-too-large": Message(
        "文件有 {count} 兆字节，超过 {most} 兆", "请核对是不是放错了文件；内容确实多的，分成几个文件。"
    ),
    "yaml-too-many": Message(
        "文件里的值太多，超过 {most} 个（用 * 引用的按展开后计）",
        "请分成几个文件；用 * 引用的，不要层层套用。",
    ),
    "yaml-too-deep": Message(
        "列表、字段套了 {most} 层以上", "请检查这一行的缩进和括号，写法见 rules/README.md。"
    ),
    "yaml-sign": Message(
        "第 {column} 个字是看不见的字符 {sign}",
        "请删去它：把前后几个字删掉重新打一遍，不要从网页或 Word 里粘贴。",
    ),
    "yaml-two-documents": Message(
        "文件里用 --- 分成了两份，后一份不会被读取", "一个文件只写一份：请删去 --- 这一行，或另建一个文件。"
    ),
    # signs that YAML reads in its own way
    "yaml-tag": Message(
        "「!{tag}」被当作 YAML 的标签，不是文字", "文字以 ! 开头的，整段加双引号；标签请删去。"
    ),
    "yaml-merge": Message("不支持用 << 合并", "请把要合并的各行直接写在这里。"),
    "yaml-key": Message(
        "冒号前面没有名称，或名称不是文字", "请写成“名称: 值”；名称里有 ? [ {{ * & 的，加双引号。"
    ),
    "yaml-no-value": Message(
        "「{name}」后面没有值",
        "请填写，或删去它；冒号要用半角，值以 # 开头的（不然会被当作注释）、花括号里有逗号的，整段加双引号。",
    ),
    "yaml-anchor-unused": Message(
        "「&{name}」被当作记号，不是文字，也没有别处用 *{name} 引用它",
        "文字以 & 开头的，整段加双引号；记号请删去。",
    ),
    "yaml-alias-unknown": Message(
        "「*{name}」被当作引用，前面没有记号 &{name}", "文字以 * 开头的，整段加双引号。"
    ),
    "yaml-alias-itself": Message("「*{name}」引用了自己所在的那一段", "请把要引用的内容直接写在这里。"),
    "yaml-wrapped": Message(
        "一段文字从第 {first} 行写到第 {last} 行：引号没有成对，或文字分成了几行",
        "请写在一行里：分成几行的，接起来中间会多出空格。",
    ),
    "yaml-duplicate-keys": Message(
        "{keys} 等 {count} 个字段写了两次（第一次从第 {first} 行起）",
        "多半是下一条的开头少了短横“- ”，或多粘贴了一段：请补上短横，或只保留一处。",
    ),
    # texts
    "text-cut": Message(
        "「{field}」的文字到「{given}」为止，后面的 # 和以后的字被当作注释",
        "是文字的，整段加双引号；是注释的，另起一行写，或在 # 前空两格、后空一格。",
    ),
    "text-break": Message(
        "「{field}」的文字里有换行或制表符：「{given}」", "请写成一行：不用 | 和 >，引号里不换行、不写 \\n。"
    ),
    "text-invisible": Message(
        "「{field}」的文字里有看不见的字符：「{given}」",
        "请删去它：把这一段重新打一遍，不要从网页或 Word 里粘贴。",
    ),
    "text-ends": Message("「{field}」的文字前后有空格：「{given}」", "请删去引号里前后的空格。"),
    "too-many-problems": Message(
        "这个文件的问题超过 {most} 处，只列出前面的", "多半是同一个缘故：请先改正前面几处，再检查一次。"
    ),
}

UNPAIRED = "引号没有成对"
SYNTAX_OTHER = "这里的写法读不懂"
SYNTAX: dict[str, str] = {
    "mapping values are not allowed in this context": "文字里多了一个“: ”，或上一行的冒号后面没有空格，或缩进不对",
    "did not find expected key": "缩进与上面各行不一致，或引号、括号后面还有字",
    "did not find expected '-' indicator": "列表里有一行没有以短横开头，或缩进不对，或引号、括号后面还有字",
    "did not find expected ',' or ']'": "方括号没有成对，或两个值之间没有逗号",
    "did not find expected ',' or '}'": "花括号没有成对，或两个值之间没有逗号，或文字里多了一个“: ”",
    "could not find expected ':'": "这一行没有冒号；冒号用半角，后面空一格",
    "found unexpected ':'": "冒号后面没有空格，或没有值",
    "found unexpected end of stream": UNPAIRED,
    "found character that cannot start any token": "行首用了制表符（Tab），或文字以 @ ` % 开头",
    "found a tab character that violates indentation": "行首用了制表符（Tab），请改为空格",
    "block sequence entries are not allowed in this context": "短横前面还有别的字，或缩进不对",
    "did not find expected node content": "该有值的地方是 ] } 或逗号",
    "did not find expected alphabetic or numeric character": "文字以 & 或 * 开头",
    "did not find expected whitespace or line break": "文字以 ! 开头",
    "did not find expected comment or line break": "文字以 | 或 > 开头",
    "found unknown escape character": "双引号里的反斜杠 \\ 后面的字不对；要打印反斜杠，写两个",
    "found invalid Unicode character escape code": "双引号里的 \\u 写法不对",
    "did not find expected <document start>": "缩进与上面各行不一致，或 ... 后面还有内容",
    "found unknown directive name": "行首的 % 被当作 YAML 的指令",
}
"""The parser's complaint -> the same in the reader's language."""

BOOL, WHOLE, NUMBER, WORDS, LIST, MAP = (
    "应为 true 或 false",
    "应为整数",
    "应为数字",
    "应为文字",
    "应为列表",
    "应为“名称: 值”的形式",
)
FIELD_WRONG: dict[str, tuple[str, str]] = {
    "bool_type": (BOOL, "请写 true 或 false，不加引号。"),
    "string_type": (
        WORDS,
        "是数字、true、false 的，加双引号；文字以 [ 或 {{ 开头、里面有“: ”的，整段加双引号。",
    ),
    "string_too_short": ("不能为空", "请填写；可以不写的字段，删去整行。"),
    "text_short": ("至少要有 {min_length} 个字", "请写全。"),
    "string_too_long": ("超过 {max_length} 个字", "请缩短。"),
    "id": (
        "不合编号的写法",
        "编号只用半角的英文小写字母、数字和短横，以字母或数字开头和结尾，如 gas-use-alarm。",
    ),
    "line_range": ("应为 [第一行, 最后一行]，从 1 起，前小后大", "请对照原件，改正这两个行号。"),
    "int_type": (WHOLE, "请写整数，不加引号。"),
    "float_type": (NUMBER, "请写数，不加引号，不写单位。"),
    "greater_than_equal": ("应不小于 {ge}", "请改正这个数。"),
    "less_than_equal": ("应不大于 {le}", "请改正这个数。"),
    "literal_error": ("只能是 {expected}", "{hint}请照写其中一个。"),
    "too_short": ("至少要有 {min_length} 个", "请补上。"),
    "too_long": ("至多 {max_length} 个", "请删去多的。"),
    "list_type": (LIST, "请写成一行一个、各以“- ”开头。"),
    "tuple_type": (LIST, "请写成 [甲, 乙]，或一行一个、各以“- ”开头。"),
    "dict_type": (MAP, "请写成“名称: 值”，一行一个，不以“- ”开头；没有内容写 {{}}。"),
    "model_type": (MAP, "请写成“名称: 值”，一行一个；写法见 rules/README.md。"),
    "inspector": (
        "应为检查人员的姓名和证号",
        "请写成 {{姓名: 张三, 证号: 甲001}}，或只写姓名；一行一个、各以“- ”开头。",
    ),
    "day": ("应为 2026-01-31 这样的日期", "请写年-月-日，月和日各两位，用半角数字，如 2026-01-31。"),
    "union": (
        "应为 true、false、一个数、一个词，或 {{at-least: 数}} 这样的比较",
        "写法见 rules/README.md 中的 applies。",
    ),
    "value": ("应为 true、false、一个数或一个词", "请写一个值，不写列表；写法见 rules/README.md。"),
    "other": ("不合要求", "写法见 rules/README.md。"),
}
"""Kind of finding -> what is wrong with the value, and the remedy that fits it."""
