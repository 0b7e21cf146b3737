"""The text of a web page or a plain file: every line and encoding people have, and what of it is told."""

from __future__ import annotations

import codecs
import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.notices.losses import FURNITURE
from checklists.notices.source import source_of, text_of
from checklists.problems import Refused

CASES = Path(__file__).parent / "cases"
TEXT = "某某市人民政府通知\n一、压实责任\n1.企业必须公示。\n"


def page(folder: Path, body: str | bytes, head: str = "<meta charset='utf-8'>") -> Path:
    path = folder / "page.html"
    content = (
        body if isinstance(body, bytes) else f"<html><head>{head}</head><body>{body}</body></html>".encode()
    )
    path.write_bytes(content)
    return path


def lines_of(path: Path) -> list[str]:
    return text_of(path)[0].strip().split("\n\n")


def told(path: Path) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in text_of(path)[1]]


def refused(path: Path) -> tuple[str, int | None]:
    """Code and line of the one problem that a file is refused for."""
    with pytest.raises(Refused) as stopped:
        text_of(path)
    (problem,) = stopped.value.problems
    assert problem.remedy
    return problem.code, problem.position.line


# ---------------------------------------------------------------- web pages


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<h3>一、甲</h3><h4>（一）乙</h4><h6>丙</h6>丁", ["一、甲", "（一）乙", "### 丙", "丁"]),
        ("<p>1.企<b>业</b><span>必<i>须</i></span>公示。", ["1.企业必须公示。"]),
        ("甲<br>乙<br/>丙<hr>丁", ["甲", "乙", "丙", "丁"]),
        ("<table><tr><th>甲<td>乙<tr><td>丙</table>丁", ["｜甲｜乙｜", "｜丙｜｜", "丁"]),
        ("<table><tr><td rowspan=2>甲<td>乙<tr><td>丙</table>丁", ["｜甲｜乙｜", "｜〃｜丙｜", "丁"]),
        ("<table><tr><td colspan=2>甲<tr><td>乙<td>丙<br>丁</table>", ["｜甲｜｜", "｜乙｜丙⏎丁｜"]),
        ("<table><tr><td>甲</table>乙", ["甲", "乙"]),
        ("<p>一、甲</p><ol><li>乙<li>丙</ol>", ["一、甲", "1.乙", "2.丙"]),
        ("<p>1.甲</p><ol start=3><li>乙<li><p>丙</ol>", ["1.甲", "（3）乙", "（4）丙"]),
        ("<ol><li>甲<ol><li>乙<ol><li>丙</ol></ol><li>丁</ol>", ["一、甲", "（一）乙", "1.丙", "二、丁"]),
        ("<ol><li>（一）甲<li value=5>乙</ol>", ["（一）甲", "5.乙"]),
        ("<ol type=a><li>甲</ol><ol style='list-style:none'><li>乙</ol><ul><li>丙</ul>", ["甲", "乙", "丙"]),
        ("<dl><dt>甲<dd>乙</dl><ul><li>丙<li>丁</ul>", ["甲", "乙", "丙", "丁"]),
        ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
        ("甲&nbsp;&#20057;&lt;&amp;&ge;5", ["甲 乙<&≥5"]),
        ("<script>if(a<b){}</script>甲<style>p{}</style><!-- 暗 -->乙<template>丙</template>", ["甲乙"]),
        ("<pre>甲\n乙</pre>", ["甲", "乙"]),
        ("<p>一行\n折成两行</p>", ["一行 折成两行"]),
        ("<p>甲</body></html>乙", ["甲", "乙"]),
        ("<section><article><p>甲</article></section><footer>乙</footer>", ["甲"]),
        ("甲<wbr>乙<img alt='丙'><input value='丁'>", ["甲乙"]),
        ("<p>未完的 & 号<b", ["未完的 & 号"]),
        ("<ruby>拼<rt>pin</rt></ruby>音", ["拼音"]),
    ],
)  # fmt: skip
def test_a_page_is_cut_where_a_browser_begins_a_line(tmp_path: Path, body: str, wanted: list[str]) -> None:
    assert lines_of(page(tmp_path, body)) == wanted


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        ("<p>甲<ol><li>企业要<li>部门要</ol>", "import-list-numbers", "网页里有 2 条用了自动编号，已写成文字，从「企业要」开始"),
        ("<p>甲<table><tr><td>乙<td>丙<tr><td>丁</table>", "import-tables", "有 1 张表格，逐行读出，一行一行存放"),
        ("<p>甲<iframe src=x></iframe><embed src=y>", "import-text-left", "有内容没有导入：嵌在网页里的别的网页或文件 2 个"),
        ("<p>甲<noscript>请打开脚本</noscript>", "import-text-left", "有内容没有导入：不显示的文字 5 字（从「请打开脚本」开始）"),
        ("<p>甲<div hidden>菜单<b>一</b></div>乙", "import-text-left", "有内容没有导入：不显示的文字 3 字（从「菜单一」开始）"),
        ("<p>甲<p style='color:red;DISPLAY : none'>菜单<p>乙", "import-text-left", "有内容没有导入：不显示的文字 2 字（从「菜单」开始）"),
        ("<p>甲<select><option>链接<option>网站</select>", "import-text-left", "有内容没有导入：不显示的文字 4 字（从「链接网站」开始）"),
        ("<p>甲<div style='display:none'>企业必须公示。</div>", "import-text-lost", "正文里有读不出来的内容，没有导入：隐藏文字 7 字（从「企业必须公示。」开始）"),
        ("<p>甲<del>作废</del>", "import-marked", "带删除线的文字，照样读入 2 字（从「作废」开始）"),
        ("<p>10<sup>4</sup>", "import-marked", "上标、下标，按平常大小的字读入 1 字（从「4」开始）"),
    ],
)  # fmt: skip
def test_what_a_page_does_not_show_or_number_is_told(
    tmp_path: Path, body: str, code: str, message: str
) -> None:
    assert told(page(tmp_path, body)) == [(code, message)]


def test_an_ordinary_page_has_nothing_to_tell(tmp_path: Path) -> None:
    assert (
        told(page(tmp_path, "<h1>通知</h1><ul><li>甲</ul><p>乙<img src=x></p>", "<title>网站</title>")) == []
    )


@pytest.mark.parametrize(
    "body",
    [
        "<script>乙",
        "<style>乙",
        "<title>乙",
        "<!-- 乙",
        "<" * 200,
        "<!--" * 200_000,
        "<!" * 190_000,
        "</x" * 190_000,
        "<a b='" * 190_000,
    ],
)
def test_a_page_that_swallows_its_rest_is_refused_at_once(tmp_path: Path, body: str) -> None:
    started = time.process_time()

    assert refused(page(tmp_path, f"<p>甲</p><span>{body}".encode())) in (
        ("import-damaged", None),
        ("import-too-big", None),
    )
    assert time.process_time() - started < 5


def test_a_mark_that_no_page_has_is_passed_over_or_refused(tmp_path: Path) -> None:
    path = page(tmp_path, "<p>甲<![if !supportLists]>乙<![endif]></p><p>丙")
    assert lines_of(path) == ["甲乙", "丙"]
    try:
        assert lines_of(page(tmp_path, "<p>甲</p><![nobody[x]]><p>丙")) == ["甲", "丙"]
    except Refused as stopped:  # what the parser of older Pythons stumbles over
        assert stopped.problems[0].code == "import-damaged"


def test_a_page_nested_beyond_reason_is_refused_at_once(tmp_path: Path) -> None:
    assert refused(page(tmp_path, "<div>" * 100_000 + "甲")) == ("import-damaged", None)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("gb18030", "gb2312"),
        ("gb18030", "GBK"),
        ("gb18030", "utf-8"),
        ("utf-8", "gb2312"),
        ("gb18030", "iso-8859-1"),
        ("utf-8", "x-nobody-knows"),
        ("gb18030", "rot13"),
        ("big5", "big5"),
        ("utf-16", ""),
        ("utf-8-sig", "gbk"),
    ],
)
def test_a_pages_encoding_is_what_its_bytes_are(tmp_path: Path, encoding: str, declared: str) -> None:
    body = f"<html><head><meta charset={declared}></head><p>某縣人民政府通知，企業要公示。</html>"

    assert lines_of(page(tmp_path, body.encode(encoding))) == ["某縣人民政府通知，企業要公示。"]


def test_the_page_of_a_government_site_keeps_its_levels_and_says_what_is_its_own() -> None:
    read = source_of(CASES / "site.html")

    assert read.text.strip().split("\n\n") == [
        "某某县人民政府关于做好2027年安全生产工作的通知",
        "各乡（镇）人民政府，县直各单位：",
        "现就有关事项通知如下。",
        "一、压实责任",
        "（一）压实企业责任",
        "1.企业主要负责人必须每季度带队检查。",
        "（1）加油站必须在卸油口安装视频监控。",
        "（2）餐饮用气单位一律安装报警装置。",
        "某某县人民政府",
        "2027年1月5日",
    ]
    assert read.told["number"] == "某政发〔2027〕1号"
    assert (read.told["issuer"], read.told["date"]) == ("某某县人民政府", "2027年01月05日")
    assert [one.code for one in read.problems] == ["import-list-numbers"]
    assert "网站的导航" in read.losses.account()[0]


SITE = """<body><div class='topNav'><a>首页</a><a>政务公开</a></div><div>您现在的位置：<a>首页</a> &gt; <a>公文</a></div>
<ul class='info'><li><b>索 引 号：</b>K1/2026-1</li><li><b>文　　号：</b>某政办〔2026〕12号</li></ul>
<div>发布时间：2026-05-01　浏览次数：12 【字体：<a>大</a> <a>中</a> <a>小</a>】</div>
<div id='Zoom'><p>各单位：</p><p>必须检查。</p><p><a>附件：方案.docx</a></p></div>
<div class='share'>分享到：<a>微信</a></div><h3>相关文件</h3><ul><li><a>关于另一件事的通知</a></li></ul>
<div class='foot'><p>主办：某某办公室</p><p>某ICP备00000000号</p></div></body>"""


def test_what_is_a_sites_own_is_left_out_and_what_it_says_of_the_notice_is_kept(tmp_path: Path) -> None:
    read = source_of(page(tmp_path, SITE))

    assert read.text.strip().split("\n\n") == ["各单位：", "必须检查。", "附件：方案.docx"]
    assert read.told == {"number": "某政办〔2026〕12号"}


@pytest.mark.parametrize("name", ["header", "footer", "nav", "aside"])
def test_text_of_a_notice_is_text_in_whatever_element_it_stands(tmp_path: Path, name: str) -> None:
    body = f"<{name}><p>一、企业必须公示承诺书。</p></{name}><div class='share-content'><p>二、严禁超期。</p></div>"

    assert lines_of(page(tmp_path, body)) == ["一、企业必须公示承诺书。", "二、严禁超期。"]


SHOWN = st.text(st.sampled_from("甲乙必须严禁，。；12 <&\n"), max_size=6).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
)
PIECES = st.recursive(
    SHOWN,
    lambda inner: st.builds(
        lambda tag, parts: (
            f"<{tag}>{''.join(parts)}</{tag}>" if tag not in ("br", "hr") else f"{''.join(parts)}<{tag}>"
        ),
        st.sampled_from(
            [
                "p",
                "div",
                "b",
                "span",
                "h5",
                "li",
                "ul",
                "table",
                "tr",
                "td",
                "br",
                "hr",
                "section",
                "em",
                "pre",
                "a",
            ]
        ),
        st.lists(inner, max_size=3),
    ),
    max_leaves=10,
)


@given(st.lists(PIECES, max_size=5))
@settings(max_examples=200, deadline=None)
def test_every_letter_of_a_page_is_read(tmp_path_factory: pytest.TempPathFactory, pieces: list[str]) -> None:
    body = "".join(pieces)
    path = page(tmp_path_factory.mktemp("page"), f"<p>始</p>{body}")
    bare, inside = "", False
    for char in body:
        inside = (inside or char == "<") and char != ">"
        bare += "" if inside or char == ">" else char
    bare = bare.replace("&lt;", "<").replace("&amp;", "&")

    read = source_of(path)
    left = "".join(read.losses.texts.get(FURNITURE, ()))
    signs = str.maketrans("", "", "｜⏎# \n\t\u3000\xa0")
    assert sorted((read.text + left).translate(signs)) == sorted(
        ("始" + "".join(bare.split())).translate(signs)
    )


# ---------------------------------------------------------------- plain text


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("\n", "\x0c").encode(),
        TEXT.replace("\n", "\u2028").encode(),
        TEXT.strip().encode(),
        (TEXT + "\x1a").encode("gb18030"),
        TEXT.replace("企业", "企\u200b业\u00ad").encode(),
    ],
)
def test_every_encoding_and_line_end_gives_the_same_text(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(content)

    assert text_of(tmp_path / "a.txt") == (TEXT, [])


LONG = "某某市人民政府关于安全生产工作的通知，企业必须公示。\n" * 3


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (LONG.encode() + b"\xff\xfe" + TEXT.encode(), ("import-encoding", 4)),
        (LONG.encode()[:-30] + LONG.encode(), ("import-encoding", 3)),
        (b"\x80\x81\xff\xff\xff", ("import-encoding", 1)),
        (TEXT.encode() + b"\x00", ("import-encoding", 4)),
        (TEXT.encode("utf-16-le"), ("import-encoding", 2)),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", ("import-encoding", 1)),
        ((TEXT + "a\x07b").encode(), ("import-char", 4)),
        ((TEXT + "a\ufffdb").encode(), ("import-char", 4)),
        ((TEXT + "\n\ue000x\ue001").encode(), ("import-char", 5)),
        (b"", ("import-empty", None)),
        (b" \n\t\r\n", ("import-empty", None)),
        ("\ufeff\u200b".encode(), ("import-empty", None)),
        (b"%PDF-1.4", ("import-other-kind", None)),
        (b"PK\x03\x04", ("import-other-kind", None)),
        (b"<html><p>x", ("import-other-kind", None)),
        (b"{\\rtf1 x}", ("import-other-kind", None)),
        ("长".encode() * 300_001, ("import-too-big", None)),
        (b"a\n" * 20_001, ("import-too-big", None)),
    ],
)
def test_a_text_that_cannot_be_read_right_is_refused_with_its_place(
    tmp_path: Path, content: bytes, wanted: tuple[str, int | None]
) -> None:
    (tmp_path / "a.txt").write_bytes(content)

    assert refused(tmp_path / "a.txt") == wanted


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.png", "a.xlsx", "a", "a.DOCM"])
def test_another_kind_of_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")

    assert refused(tmp_path / name) == ("import-kind", None)


def test_endings_may_be_in_capitals(tmp_path: Path) -> None:
    (tmp_path / "A.TXT").write_text(TEXT, "utf-8")

    assert text_of(tmp_path / "A.TXT")[0] == TEXT


def test_what_is_no_file_is_refused_and_waited_for_by_nobody(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "circle.txt").symlink_to("circle.txt")

    assert refused(tmp_path / "none.txt") == ("file-missing", None)
    assert refused(tmp_path / "circle.txt")[0] in ("file-missing", "file-unreadable")
    for name in ("pipe.txt", "folder.txt", "zero.txt"):
        assert refused(tmp_path / name) == ("file-unreadable", None)


def test_a_file_of_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as opened:
        opened.write(b"x")
        opened.truncate(3_000_000_000)
    started = time.process_time()

    assert refused(tmp_path / "huge.txt") == ("import-too-big", None)
    assert time.process_time() - started < 1


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    for name in ("a.txt", "a.html", "a.docx"):
        (folder / name).write_bytes(content)
        try:
            text, _ = text_of(folder / name)
        except Refused as stopped:
            assert stopped.problems
        else:
            assert text.strip() and text == text.encode().decode()
