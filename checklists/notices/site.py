"""What a government's web site prints around a notice: menus, tables of particulars, buttons, feet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from checklists.notices.marks import has_mark
from checklists.text import squeeze

_TAGS = frozenset(["nav", "footer", "aside", "header", "form", "button"])
_WORDS = frozenset(
    [
        "nav",
        "navbar",
        "navigation",
        "navi",
        "menu",
        "submenu",
        "crumb",
        "crumbs",
        "breadcrumb",
        "breadcrumbs",
        "bread",
        "location",
        "position",
        "weizhi",
        "dqwz",
        "mbx",
        "foot",
        "footer",
        "share",
        "bdshare",
        "bshare",
        "sharebox",
        "toolbar",
        "tool",
        "tools",
        "sidebar",
        "print",
        "fontsize",
        "related",
        "relevant",
        "relevance",
        "xgwj",
        "xgjd",
        "xgxx",
        "relate",
        "recommend",
        "qrcode",
        "ewm",
        "erweima",
        "copyright",
        "copy",
        "search",
        "login",
        "banner",
        "logo",
        "topbar",
        "top",
        "header",
        "head",
        "links",
        "link",
        "friendlink",
        "pager",
        "prev",
        "next",
        "wza",
        "hot",
        "rank",
    ]
)
_WORD = re.compile("[A-Z]?[a-z]+|[A-Z]+")
_TITLE = re.compile(r"关于.{2,}|.{4,}(通知|意见|方案|办法|规定|通告|公告|决定|细则|要点)$")
_PARTICULARS = {
    "文号": "number", "发文字号": "number", "文件编号": "number", "发布文号": "number", "发文号": "number", "发文机关": "issuer", "发文单位": "issuer", "发布机构": "issuer",
    "发布机关": "issuer", "发布单位": "issuer", "颁布单位": "issuer", "颁布部门": "issuer", "制发机关": "issuer", "发文机构": "issuer", "成文日期": "date", "生成日期": "date", "发文日期": "date",
    "标题": "title", "文件名称": "title", "名称": "title",
}  # fmt: skip
_OTHERS = (
    "索引号|信息索引|发布日期|公开日期|印发日期|主题分类|主题词|分类|信息分类|服务对象分类|组配分类|所属分类|有效性|时效性|是否有效|效力状态|关键词|体裁|公开方式|公开时限|公开范围"
    "|信息来源|来源|稿源|发布时间|时间|日期|浏览次数|浏览量|阅读次数|点击数|点击量|访问量|字号|字体|责任编辑|编辑|作者|时效|有效性状态|法律效力|应用分类|专业属性|属性|备注|统一编号|颁布日期|颁布时间|失效时间|法规来源|失效日期|生效日期|实施日期|废止日期|当前位置|您的位置|您现在的位置|所在位置|分享|扫一扫"
)
_NAMES = rf"({'|'.join(_PARTICULARS)}|{_OTHERS})"
_PAIR = re.compile(
    rf"(?:\d{{1,2}}[.、．]\s*)?(?:[【\[]\s*)?{_NAMES}\s*(?:[】\]]\s*[：:]|[】\]]|[：:])\s*(.{{0,90}})$"
)
_KEY = re.compile(rf"{_NAMES}[：:]?$")
_LINE = re.compile(
    r"[【\[]?字[体号]?[：:]?\s*[大小].{0,20}$|(打印|关闭|收藏|分享|返回|下载|纠错|朗读|放大|缩小|复制链接|大|中|小|首页|上一[篇页条]|下一[篇页条])(本页|窗口|页面|文章|到.{0,20}|顶部|首页|[：:].*)?$"
    r"|.{0,60}(ICP备|公网安备|网站标识码|版权所有|技术支持|网站地图|联系我们|无障碍|扫一扫|微信公众号|浏览器).{0,120}$|(主办|承办|协办|运维)(单位)?[：:].{0,60}$"
    r"|扫描二维码.{0,20}$|(放大|缩小)字体.{0,90}$|核心提示[：:].{0,200}$|[-\s]*\d{2}px$|[-—=*]{2,}\s*(结束|完|END)\s*[-—=*]{2,}$"
    r"|([\[［]\s*.{2,8}?\s*[\]］]\s*){2,}$"
    r"|首页\s*[>＞»›/→].{0,80}$|[>＞»›|/·\s]+$|(相关(阅读|链接|文档|稿件|文件|政策|信息|解读|附件)|政策解读|解读链接|图解|责任编辑|分享到|微信|微博|QQ空间|【.{1,6}】)[：:]?.{0,20}$"
)


def is_furniture_element(tag: str, attributes: Mapping[str, str | None]) -> bool:
    """Whether an element is by its name, class or id a menu, a foot or the like."""
    told = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return tag in _TAGS or any(word.lower() in _WORDS for word in _WORD.findall(told))


def holds_text(lines: Sequence[str]) -> bool:
    """Whether lines of an element that looks like furniture may be text of a notice after all."""
    return any(
        "。" in line or "；" in line or (has_mark(line) and len(line) > 6) or _TITLE.search(line)
        for line in lines
    )


def is_site_line(line: str) -> bool:
    """True for a line that only web sites print: the way to the page, buttons, 发布时间, 备案号."""
    text = line.strip()
    return bool(_LINE.match(text) or (_PAIR.match(squeeze(text)) and "。" not in text))


def particulars(rows: Sequence[Sequence[str]]) -> dict[str, str] | None:
    """What a table of particulars (索引号, 发文机关, 文号 …) says; None for another table."""
    told: dict[str, str] = {}
    keys = cells = 0
    for row in rows:
        texts = [squeeze(cell) for cell in row]
        cells += sum(map(bool, texts))
        for index, text in enumerate(texts):
            pair = _PAIR.match(text)
            if _KEY.fullmatch(text):
                keys += 1
                take(told, text.rstrip("：:"), texts[index + 1] if index + 1 < len(texts) else "")
            elif pair:
                keys += 2
                take(told, pair[1], pair[2])
    return told if keys >= 2 and keys * 3 >= cells else None


def take(told: dict[str, str], key: str, text: str) -> None:
    """One particular, the first that is told of a kind."""
    field = _PARTICULARS.get(key)
    if field and text.strip() and not _KEY.fullmatch(text):
        told.setdefault(field, text.strip())


def pair_of(line: str) -> tuple[str, str]:
    """文号 and 某政发〔2027〕1号 of one line; two empty texts for a line that is no pair."""
    found = _PAIR.match(squeeze(line))
    return (found[1], found[2]) if found else ("", "")
