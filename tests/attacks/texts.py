"""Careless and hostile texts, by chance: what people paste, what machines send, what attackers write."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

BLANKS: Sequence[str] = (
    "",
    " ",
    "  ",
    "\t",
    "\u3000",
    "\u00a0",
    "\n",
    "\r\n",
    " \u3000 ",
    "\u200b",
    "\ufeff",
)
CONTROLS: Sequence[str] = (
    *"\x01\x07\x08\x0b\x0c\x1b\x1f\x7f\x85\x9b\ufffe\uffff\ufffd",
    *"\u2028\u2029\u00ad\u200b\u200d\ufeff\ue000\ue001\U000e0001\U0010ffff",
)
BIDI: Sequence[str] = tuple("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SURROGATES: Sequence[str] = ("\udc80", "\udcff", "\udcc9\udcbd", "\udcb0\udca1")
"""How Python hands on arguments and names that are not UTF-8 (GBK bytes in a UTF-8 locale)."""
EMOJI: Sequence[str] = (
    "😀",
    "👨\u200d👩\u200d👧",
    "🇨🇳",
    "☎\ufe0f",
    "𠮷",
    "㋿",
    "e\u0301",
    "ﷺ",
    "𝟛",
    "①",
    "ǅ",
)
FORMULAS: Sequence[str] = (
    "=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x","甲")', "=cmd|' /C calc'!A0", "\t=1+1", "＝1+1", "'=1",
    "=WEBSERVICE(A1)", '","=1+1', "-", "--", "--help", "-h", "--out",
)  # fmt: skip
PATHS: Sequence[str] = (
    "..", ".", "/", "../../甲", "/etc/passwd", "C:\\甲", "\\\\server\\share", "~", "~/甲", "甲/乙", "甲\\乙", "甲:乙",
    "file:///etc/passwd", "甲*?", '"<>|', "甲.", "甲 ", ".甲", "$HOME", "%TEMP%", "`id`", "$(id)", "甲;id", "甲\n乙",
)  # fmt: skip
DEVICES: Sequence[str] = (
    "con", "CON", "nul.docx", "aux", "COM1", "lpt9.", "com¹", "prn", "NUL ", "CLOCK$", "conin$", "con.甲",
)  # fmt: skip
NUMBERS: Sequence[str] = (
    "0", "-1", "1.5", "1e308", "1e309", "nan", "inf", "-0", "007", "１２", "一", "½", "0x10", "1_000", "1,000",
    "9" * 400, "NaN", "1e-400", "٣", "12人", "约12", "12-15", "2026.0",
)  # fmt: skip
DATES: Sequence[str] = (
    "2026-02-30", "2026-13-01", "0000-00-00", "0001-01-01", "9999-12-31", "2026-1-1", "20261122", "2026-W48-7",
    "2026/11/22", "2026年11月22日", "二〇二六年", "2026-11-22T00:00", "2026-11-22 ", "２０２６-１１-２２", "45000",
    "1900-02-29", "2008-12-31", "2062-01-01", "明天", "2026-326",
)  # fmt: skip
QUOTES: Sequence[str] = (
    '"',
    "'",
    '""',
    '"甲',
    "甲'乙",
    "“甲”",
    "「」",
    "\\",
    "\\n",
    "甲\\",
    '\\"',
    "`",
    "´",
    "''",
)
JINJA: Sequence[str] = (
    "{{ 7*7 }}", "{% for x in y %}", "{{ ''.__class__.__mro__ }}", "{# 甲", "{%", "}}", "{{", "{% endraw %}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}", "{%tr for a in b %}", "${甲}", "#{1}", "%(name)s", "%s",
    "{0.__class__}", "{name}",
)  # fmt: skip
XML: Sequence[str] = (
    "<甲>", "&", "&amp;", "&#0;", "&lt;w:t&gt;", "<![CDATA[", "]]>", "<!--", "-->", "<?xml?>", "<w:p/>", "</w:t>",
    "_x0041_", "_x000D_", "_x005F_x0041_", "<b onclick=x>", '<!DOCTYPE a [<!ENTITY b "c">]>&b;', "&nbsp;", "&lol9;",
)  # fmt: skip
YAML: Sequence[str] = (
    "甲: 乙", "甲 # 乙", "- 甲", "[甲]", "{甲}", "&a 甲", "*a", "!!str", "|", ">", "%a", "@a", "? 甲", "甲:", "null", "~",
    "true", "yes", "on", "---", "...", "12:30", "<<", "!甲", "甲\n  - id: x-1", "0o17", "#", ",", "2026-11-22", "1.0",
)  # fmt: skip
PLAIN: Sequence[str] = (
    "阳城县某某饭店", "某某钢铁有限公司", "张三", "凤城镇新建路1号", "13800000000", "甲", "A", "某某（集团）有限公司",
    "第一分公司、第二分公司", "甲，乙；丙", "O'Neill & 子", "重庆 火锅", "3M中国", "㐂寿司", "龍鳳樓",
)  # fmt: skip


def _long(chance: random.Random) -> str:
    return chance.choice(["名", "a", "ab", "𠮷", "é", "。", " 甲"]) * chance.choice([61, 100, 255, 300, 5000])


def _mixed(chance: random.Random) -> str:
    kinds = (PLAIN, CONTROLS, BIDI, EMOJI, QUOTES, XML, YAML, PLAIN)
    return "".join(chance.choice(chance.choice(kinds)) for _ in range(chance.randint(2, 5)))


def _of(texts: Sequence[str]) -> Callable[[random.Random], str]:
    return lambda chance: chance.choice(texts)


def _inside(texts: Sequence[str]) -> Callable[[random.Random], str]:
    """One of the texts before, within or behind a plain one."""

    def made(chance: random.Random) -> str:
        plain, odd = chance.choice(PLAIN), chance.choice(texts)
        at = chance.choice([0, len(plain) // 2, len(plain)])
        return plain[:at] + odd + plain[at:]

    return made


HOSTILE: Mapping[str, Callable[[random.Random], str]] = {
    "blank": _of(BLANKS),
    "long": _long,
    "emoji": _inside(EMOJI),
    "control": _inside(CONTROLS),
    "bidi": _inside(BIDI),
    "surrogate": _inside(SURROGATES),
    "formula": _of(FORMULAS),
    "path": _of(PATHS),
    "device": _of(DEVICES),
    "number": _of(NUMBERS),
    "date": _of(DATES),
    "quote": _inside(QUOTES),
    "jinja": _inside(JINJA),
    "xml": _inside(XML),
    "yaml": _inside(YAML),
    "mixed": _mixed,
}
"""Kind -> a text of it."""


def hostile(chance: random.Random, *without: str) -> str:
    """A careless or hostile text of any kind but those named."""
    return HOSTILE[chance.choice([kind for kind in HOSTILE if kind not in without])](chance)


def plain(chance: random.Random) -> str:
    """A text as it ought to be."""
    return chance.choice(PLAIN)


def slip(chance: random.Random, text: str) -> str:
    """The text with one slip of the hand or the keyboard in it."""
    at = chance.randrange(len(text) + 1)
    kinds = [
        lambda: text[:at] + text[at + 1 :],
        lambda: text[:at] + chance.choice(text or "甲") + text[at:],
        lambda: text[:at] + chance.choice("的一人工 x0.、") + text[at + 1 :],
        lambda: text + chance.choice([" ", "。", "\t", "\u3000", "\u200b", "了", "s"]),
        lambda: chance.choice([" ", "\ufeff", "\u3000"]) + text,
        lambda: text.swapcase() if text.swapcase() != text else text[::-1],
        lambda: text.translate(str.maketrans("abcABC012（），：", "ａｂｃＡＢＣ０１２(),:")),
    ]
    return chance.choice(kinds)()
