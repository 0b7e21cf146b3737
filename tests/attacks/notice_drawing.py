"""Notices as files of every kind, with the constructs that hold or hide words, and traps in the folder they go to."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORDS = "甲项必须安装报警装置"
TITLE = "关于做好安全生产工作的通知"
LINES = (
    TITLE,
    "各有关单位：",
    "一、总体要求",
    "（一）企业必须安装报警装置。",
    "（二）不得封闭安全出口。",
    "二、工作安排",
    "限期完成整改。",
)


@dataclass
class Drawn:
    """A file, what it is in words, and words that do and do not stand in its print."""

    path: Path
    told: str
    printed: list[str] = field(default_factory=list)
    unprinted: list[str] = field(default_factory=list)


def draw(chance: random.Random, folder: Path) -> Drawn:
    """A notice of any kind."""
    return chance.choice([_text, _page, _word, _word, _plain_kinds])(chance, folder)


def _text(chance: random.Random, folder: Path) -> Drawn:
    end = chance.choice(["\n\n", "\n", "\r\n", "\r\n\r\n", "\r", "\n　　"])
    lines = list(LINES)
    tail = chance.choice(
        [
            [],
            ["某某市人民政府", "2027年1月23日"],
            ["某某市人民政府", "2027年1月23日", "附件：工作方案", "附件", "三、方案"],
            [f"附表\t{WORDS}"],
        ]
    )
    lines += tail
    odd = chance.choice(["", "", "\0", "\x0b", "\f", "\ufeff", "\u200b", "\u3000", "\x85", "\u2028"])
    if odd:
        lines[3] = f"（一）企业必{odd}须安装报警装置。"
    encoding = chance.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5", "utf-8"])
    path = folder / chance.choice(["通知.txt", "通知.TXT", "a b.txt"])
    path.write_bytes(end.join(lines).encode(encoding, "replace"))
    printed = [] if encoding == "big5" else ["限期完成整改", *[line for line in tail if "附件" not in line]]
    return Drawn(path, f"txt {encoding} {end!r} {odd!r} {tail}", printed)


PAGES: Mapping[str, tuple[str, bool]] = {
    "<p>{}</p>": (WORDS, True),
    "<h4>{}</h4>": (WORDS, True),
    "<table><tr><th>序号</th><td>{}</td></tr></table>": (WORDS, True),
    "<ol><li>{}</li><li>乙</li></ol>": (WORDS, True),
    "<section>{}</section><article>乙</article>": (WORDS, True),
    "<dl><dt>{}</dt><dd>乙</dd></dl>": (WORDS, True),
    "<pre>三、其他\n{}</pre>": (WORDS, True),
    "<blockquote>{}</blockquote>": (WORDS, True),
    "<p>{}<br>乙<br/>丙</p>": (WORDS, True),
    "<p style='display:none'>{}</p>": (WORDS, False),
    "<p hidden>{}</p>": (WORDS, False),
    "<script>var a='{}'</script>": (WORDS, False),
    "<style>/* {} */</style>": (WORDS, False),
    "<!-- {} -->": (WORDS, False),
    "<template>{}</template>": (WORDS, False),
    "<p>&#x7532;项必须安装报警装置</p>": (WORDS, True),
    "<p>甲项<b>必须</b>安装<font color=red>报警</font>装置</p>": (WORDS, True),
    "<p>甲项必须\n安装报警装置</p>": (WORDS, True),
}
BROKEN = (
    "", "<style>p{", "<script>if (a<b) {", "<![CDATA[ 甲", "<![<![<![", "<!DOCTYPE [", "<?php", "&#0;&#x110000;&bogus;", "<",
    "<!--", "<div>" * 20000, "<p title=\"", "<textarea>", "\0", "<meta charset=gb2312>", "<base href=http://x>", "</html>" * 100,
)  # fmt: skip


def _page(chance: random.Random, folder: Path) -> Drawn:
    form, (words, is_printed) = chance.choice(list(PAGES.items()))
    broken = chance.choice(BROKEN) if chance.random() < 0.3 else ""
    body = (
        "".join(f"<p>{line}</p>" for line in LINES[:-1]) + form.replace("{}", words) + f"<p>{LINES[-1]}</p>"
    )
    page = f"<html><head><meta charset=utf-8><title>{TITLE}</title></head><body>{body}{broken}</body></html>"
    path = folder / chance.choice(["通知.html", "通知.htm", "通知.HTML"])
    path.write_bytes(page.encode(chance.choice(["utf-8", "gb18030"]), "replace"))
    drawn = Drawn(path, f"html {form} {broken[:20]!r}")
    (drawn.printed if is_printed else drawn.unprinted).append(words)
    return drawn


RUN = f"<w:r><w:t>{WORDS}</w:t></w:r>"
_TABLE = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{}</w:tbl>"
_CELL = f"<w:tc><w:p>{RUN}</w:p></w:tc>"
INLINE: Mapping[str, tuple[str, bool]] = {
    "文字": (RUN, True),
    "插入": (f'<w:ins w:id="1" w:author="a">{RUN}</w:ins>', True),
    "移入": (f'<w:moveTo w:id="1" w:author="a">{RUN}</w:moveTo>', True),
    "删除": (f'<w:del w:id="1" w:author="a"><w:r><w:delText>{WORDS}</w:delText></w:r></w:del>', False),
    "移出": (f'<w:moveFrom w:id="1" w:author="a">{RUN}</w:moveFrom>', False),
    "内容控件": (f"<w:sdt><w:sdtContent>{RUN}</w:sdtContent></w:sdt>", True),
    "智能标记": (f'<w:smartTag w:uri="a" w:element="b">{RUN}</w:smartTag>', True),
    "自定义标记": (f'<w:customXml w:uri="a" w:element="b">{RUN}</w:customXml>', True),
    "域": (f'<w:fldSimple w:instr="REF a">{RUN}</w:fldSimple>', True),
    "超链接": (f'<w:hyperlink w:anchor="a">{RUN}</w:hyperlink>', True),
    "隐藏": (f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{WORDS}</w:t></w:r>", False),
    "文本框": (f'<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p>{RUN}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>', True),
    "注音": (f"<w:r><w:ruby><w:rt><w:r><w:t>jia</w:t></w:r></w:rt><w:rubyBase>{RUN}</w:rubyBase></w:ruby></w:r>", True),
    "公式": (f"<m:oMath><m:r><m:t>{WORDS}</m:t></m:r></m:oMath>", True),
    "方向": (f'<w:dir w:val="ltr">{RUN}</w:dir>', True),
    "两种内容": (f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:t>{WORDS}</w:t></mc:Choice><mc:Fallback><w:t>{WORDS}</w:t></mc:Fallback></mc:AlternateContent></w:r>', True),
    "软回车": (f"<w:r><w:t>前句。</w:t><w:br/><w:t>{WORDS}</w:t></w:r>", True),
    "不断行连字符": ("<w:r><w:t>甲项必须安装</w:t><w:softHyphen/><w:t>报警装置</w:t></w:r>", True),
}  # fmt: skip
BLOCKS: Mapping[str, tuple[str, bool]] = {
    "块内容控件": (f"<w:sdt><w:sdtContent><w:p>{RUN}</w:p></w:sdtContent></w:sdt>", True),
    "表格": (_TABLE.format(f"<w:tr>{_CELL}</w:tr>"), True),
    "表中表": (_TABLE.format(f"<w:tr><w:tc><w:p/>{_TABLE.format(f'<w:tr>{_CELL}</w:tr>')}<w:p/></w:tc></w:tr>"), True),
    "行内容控件": (_TABLE.format(f"<w:sdt><w:sdtContent><w:tr>{_CELL}</w:tr></w:sdtContent></w:sdt>"), True),
    "格内容控件": (_TABLE.format(f"<w:tr><w:sdt><w:sdtContent>{_CELL}</w:sdtContent></w:sdt></w:tr>"), True),
    "删除的行": (_TABLE.format(f'<w:tr><w:trPr><w:del w:id="1" w:author="a"/></w:trPr>{_CELL}</w:tr>'), False),
    "块自定义标记": (f'<w:customXml w:uri="a" w:element="b"><w:p>{RUN}</w:p></w:customXml>', True),
    "自动编号": (f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{RUN}</w:p>', True),
}  # fmt: skip


def _word(chance: random.Random, folder: Path) -> Drawn:
    from docx import Document
    from lxml import etree

    document = Document()
    for line in LINES:
        document.add_paragraph(line)
    named = {**{name: (f"<w:p>{xml}</w:p>", shown) for name, (xml, shown) in INLINE.items()}, **BLOCKS}
    name = chance.choice(sorted(named))
    xml, is_printed = named[name]
    spaces = f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    document.element.body.insert(4, etree.fromstring(f"<w:x {spaces}>{xml}</w:x>")[0])
    path = folder / chance.choice(["通知.docx", "通知.DOCX"])
    document.save(str(path))
    drawn = Drawn(path, f"docx {name}")
    (drawn.printed if is_printed else drawn.unprinted).append(WORDS)
    return drawn


def _plain_kinds(chance: random.Random, folder: Path) -> Drawn:
    """Files that are no notices at all."""
    kinds: Mapping[str, bytes] = {
        "空.txt": b"", "空白.txt": b" \r\n\t\n", "旧.doc": b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧.docx": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        "甲.pdf": b"%PDF-1.4", "甲.rtf": b"{\\rtf1", "文字.docx": "一、甲".encode(), "空.docx": b"", "甲.docx": b"PK\x05\x06" + b"\0" * 18,
        "无条款.txt": "随便写的一句话".encode(), "两遍.txt": "\n\n".join([*LINES, *LINES]).encode(), "乱.txt": bytes(range(256)),
        "空.html": b"", "标记.html": b"<html></html>", "甲": b"abc", "长.txt": "\n\n".join([*LINES, "必须" * 200_000]).encode(),
    }  # fmt: skip
    name = chance.choice(sorted(kinds))
    (folder / name).write_bytes(kinds[name])
    return Drawn(folder / name, name)


def set_trap(chance: random.Random, seeds: Path, folder: Path) -> str:
    """Now and then the folder is one that a person has, or that somebody prepared."""
    catalogue = seeds / "notices.yaml"
    text = catalogue.read_text("utf-8")
    kind = chance.choice(
        [""] * 8 + ["crlf", "bom", "unindented", "deeper", "tail", "comment", "link", "there", "case", "flow"]
    )
    if kind == "crlf":
        catalogue.write_bytes(text.replace("\n", "\r\n").encode())
    elif kind == "bom":
        catalogue.write_bytes(text.encode("utf-8-sig"))
    elif kind == "unindented":
        catalogue.write_text(
            "\n".join(line[2:] if line.startswith("  ") else line for line in text.split("\n")), "utf-8"
        )
    elif kind == "deeper":
        catalogue.write_text(
            "\n".join(f"  {line}" if line.startswith("  ") else line for line in text.split("\n")), "utf-8"
        )
    elif kind == "tail":
        catalogue.write_text(text.rstrip("\n"), "utf-8")
    elif kind == "comment":
        catalogue.write_text(f"{text}\n# 完\n", "utf-8")
    elif kind == "link":
        (folder / "别处.txt").write_text("原有的内容", "utf-8")
        (seeds / "jincheng-2027.txt").symlink_to(chance.choice([folder / "别处.txt", folder / "没有.txt"]))
    elif kind == "there":
        (seeds / "jincheng-2027.txt").write_text("原有的内容", "utf-8")
    elif kind == "case":
        (seeds / "JINCHENG-2027.txt").write_text("原有的内容", "utf-8")
    elif kind == "flow":
        lines = re.search(r"file: yangcheng-2022.txt\n    lines: (.*)", text)
        entry = f"id: b-2022, title: 甲, issuer: 乙, place: 阳城县, year: 2022, file: yangcheng-2022.txt, lines: {lines[1] if lines else ''}"
        catalogue.write_text(f"{text}  - {{{entry}}}\n", "utf-8")
    return kind
