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
    "notice-misread": Message(
        "通知 {notice} 有 {count} 处引文在条款里找不到，多半是这份通知读错了",
        "请检查 seeds/notices.yaml 中该通知的 file、lines、sectors、corrections，再对照 checklists notices show {notice}。",
    ),
    "notice-place-unknown": Message(
        "通知 {notice} 的地方「{place}」不在 rules/places.yaml 中，没有企业会被问到",
        "{hint}请照 places.yaml 写省、市或县的名称。",
    ),
    "notice-place-ambiguous": Message(
        "通知 {notice} 的地方「{place}」不止一处，分不清对谁有效",
        "请写只指一处的地名；区名重复的，写它的市。",
    ),
    "notice-place-issuer": Message(
        "通知 {notice} 在「{place}」有效，发文机关却是「{issuer}」",
        "请核对 place；若无误，把机关名称写全，使它带上地名。",
    ),
    "notice-year": Message(
        "通知 {notice} 的年份是 {year}，{what}里是 {other}",
        "请核对原文，改正不对的一处；年份决定哪一份是最新的。",
    ),
    "notice-lines-shared": Message(
        "通知 {notice} 的起止行与 {other} 的有重叠（{file}）", "请对照原件，改正 lines：一行只属于一份通知。"
    ),
    "notice-number-twice": Message(
        "通知 {notice} 的文号「{number}」与 {other} 的相同", "请核对原文；多半是照抄一段后忘了改。"
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
