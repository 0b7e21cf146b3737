"""What a notice prints around its text: title block, sign-off, imprint, addresses of pages. Told by its form alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checklists.text import squeeze

HEAD, PAGE, FOOT, IMPRINT, TABLE, AFTER = "head", "page", "foot", "imprint", "table", "after"
WHY = {
    HEAD: "文首（标题、文号、称呼等）",
    PAGE: "网址、附件名、书签",
    FOOT: "落款、日期",
    IMPRINT: "版记（抄送、印发、公开方式等）",
    TABLE: "表头、完成时限",
    AFTER: "落款之后，没有读成条款",
}
"""Why a line is set aside, in the reader's words."""

_NOT_TEXT = re.compile(
    r"https?://\S+$|附件(?:\d{1,2}|[一二三四五六七八九十]{1,3})?[:：]|[（(](?:盖章|印章|公章|加盖公章)[）)]$|目\s*录$|[^。]{2,60}[.…·]{4,}\s*\d{1,3}$|[（(]此件.{0,12}公开.{0,10}[）)]$|\[bookmark: [^\]]{0,99}\]$"
)
_NUMERAL = "[一二三四五六七八九十]"
_DAY = rf"(?:\d{{4}}|[零〇○一二三四五六七八九]{{4}})年(?:\d{{1,2}}|{_NUMERAL}{{1,2}})月(?:\d{{1,2}}|{_NUMERAL}{{1,3}})日"
_DATE = re.compile(rf"{_DAY}(印发.*)?$")
_SIGNER = re.compile(
    r"[\u4e00-\u9fff（）()]{2,60}(?:政府|委员会|委|办公室|办|厅|局|部|署|会|院|公司|中心|处|总队|支队|大队|集团|盖章）)$"
)
_COPIES = re.compile(r"(抄\s{0,4}送|主\s{0,4}送|分\s{0,4}送)[：:]")
_MOST_COPY_LINES = 6
_ISSUED = re.compile(r".{0,60}印发$|" + _DAY + "印发")
_SITE = re.compile(
    r"[（(]?(信息公开|公开(方式|属性|类别|选项)|联系人|联系电话|联系方式|主题词|校对|共印|主办|承办|版权所有|技术支持|网站标识码|打印本页|关闭窗口"
    r"|上一篇|下一篇|返回顶部|分享到).{0,80}$|.{0,80}(ICP备|公网安备).{0,80}$|[-—－–]?\s*\d{1,4}\s*[-—－–]?$"
)
_RECIPIENT_ENDS = (
    "院",
    "团体",
    "单位",
    "部门",
    "室",
    "局",
    "厅",
    "委",
    "会",
    "府",
    "企业",
    "公司",
    "部队",
    "学校",
)
_LONGEST_RECIPIENT = 25
_MODAL = re.compile("必须|严禁|不得|应当|一律|禁止|安装|配备")
_TITLE_END = (
    "通知",
    "意见",
    "方案",
    "办法",
    "规定",
    "通告",
    "公告",
    "决定",
    "清单",
    "细则",
    "要点",
    "的",
    "函",
)


def not_text(line: str) -> bool:
    """True for a line that is no text wherever it stands: an address, 附件：…, （此件公开发布）."""
    return _NOT_TEXT.match(line) is not None


def is_date(line: str) -> bool:
    """True for a date alone on its line, blanks inside it aside."""
    return _DATE.match(squeeze(line)) is not None


def is_signature(line: str, issuer: str) -> bool:
    """True for the issuer alone on its line, or with the date behind it."""
    text, name = squeeze(line), squeeze(issuer)
    return text.startswith(name) and (text == name or is_date(text[len(name) :]))


def is_signer(line: str) -> bool:
    """True for the name of a body alone on its line, as it stands over a date."""
    return _SIGNER.match(squeeze(line)) is not None


def imprint(lines: Sequence[str], issuer: str) -> list[bool]:
    """Which of the lines after a sign-off belong to the imprint: 抄送, 印发, 公开方式, the foot of a web page."""
    found: list[bool] = []
    copies = 0
    for line in lines:
        if _COPIES.match(line):
            copies = _MOST_COPY_LINES
        alone = not_text(line) or is_date(line) or is_signature(line, issuer)
        form = alone or _ISSUED.match(squeeze(line)) or _SITE.match(line) or _names_recipients(line)
        found.append(not binds(line) and bool(form or copies))
        copies = 0 if line.endswith("。") or _ISSUED.match(line) else max(copies - 1, 0)
    return found


def opens_imprint(line: str) -> bool:
    """True for a line that begins an imprint by its form: 抄送, 印发, 公开方式, （此件公开发布）, a page number."""
    form = _COPIES.match(line) or _ISSUED.match(squeeze(line)) or _SITE.match(line)
    return not binds(line) and (not_text(line) or bool(form))


def _names_recipients(line: str) -> bool:
    """The second line of 抄送 stands alone where a page broke: 「县检察院，各人民团体，新闻单位。」."""
    parts = [part for part in re.split("[，、。]", line) if part]
    return bool(parts) and all(
        len(part) <= _LONGEST_RECIPIENT and part.endswith(_RECIPIENT_ENDS) for part in parts
    )


def binds(line: str) -> bool:
    """True for words that bind: such a line names nobody, hands on nothing and ends no notice."""
    return _MODAL.search(line) is not None


def is_doubtful(why: str, line: str) -> bool:
    """True for a line set aside that may be text: behind the sign-off, or a sentence or duty where none belongs."""
    return why == AFTER or (why in (HEAD, PAGE, FOOT) and _looks_like_text(line))


def _looks_like_text(line: str) -> bool:
    if "。" in line or "；" in line:
        return True
    return binds(line) and not line.endswith(_TITLE_END) and "关于" not in line
