"""The text of a web page, cut where a browser begins a new line, and what of it could not be carried over."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

from checklists.notices.encoding import cleaned, notice_characters, spaced
from checklists.notices.losses import FRAMES, HIDDEN, RAISED, RUBY, STRUCK, UNSHOWN, Losses
from checklists.problems import Position, Problem, Refused, problem
from checklists.text import squeeze

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "br",
    ]
)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_NEVER_SHOWN = frozenset(
    ["script", "style", "template", "title", "head", "noscript", "datalist", "select", "textarea"]
)
_WORDLESS = frozenset(["script", "style", "title"])
"""What holds no words of the page itself; the rest of what is never shown is told."""
_FRAMES = frozenset(["iframe", "frame", "embed", "object", "applet"])
_STRUCK = ("del", "s", "strike")
_CLOSED_BY = {
    "p": _BLOCKS - {"br", "body", "html"},
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "td": {"td", "th", "tr", "tbody", "thead", "tfoot"},
    "th": {"td", "th", "tr", "tbody", "thead", "tfoot"},
    "tr": {"tr", "tbody", "thead", "tfoot"},
    "option": {"option", "optgroup"},
    "title": _BLOCKS | {"meta", "link", "script", "style"},
    "head": _BLOCKS - {"html"},
}
"""Elements that may stay open, and the tags that close them."""
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([-\w.:]+)""", re.IGNORECASE)
_BIG5 = frozenset({"big5", "big5-hkscs", "cp950"})
MOST_BYTES, MOST_TAGS = 2_000_000, 200_000
"""A page of a government site has 500 kB and 10,000 tags, a long notice saved from Word a few times that."""
_MOST_OPEN_TAGS = 100
_MOST_DEPTH = 500
"""Browsers stop at about as many elements within one another."""


def html_text(content: bytes, path: Path) -> tuple[str, list[Problem]]:
    """Text of the page, one block, line or cell a line, and what is told of it.

    Raises Refused for bytes that cannot be read, or a page whose script has no end and swallows the rest.
    """
    if len(content) > MOST_BYTES:
        raise Refused([problem("import-too-big", Position(str(path)), what="网页", most="2 MB")])
    if content.count(b"<") > MOST_TAGS:
        raise Refused([problem("import-too-big", Position(str(path)), what="网页", most="20 万个标记")])
    page = _read(notice_characters(content, path, _charset(content)), path)
    text = cleaned(spaced(page.texts), path)
    problems = page.losses.problems(path, len(squeeze(text)))
    if page.tables:
        problems.append(problem("import-tables", Position(str(path)), count=page.tables))
    if page.numbered:
        begin = squeeze(page.numbered[0])[:15]
        position = Position(str(path))
        problems.append(problem("import-list-numbers", position, count=len(page.numbered), begin=begin))
    return text, problems


def _read(text: str, path: Path) -> _Page:
    page = _Page(path)
    why = _unfinished(text)
    try:
        if not why:
            page.feed(text)
            why = page.swallowing()
            page.close()
    except AssertionError:  # html.parser, of a marked section that HTML does not know
        why = "有看不懂的标记"
    if why:
        raise Refused([problem("import-damaged", Position(str(path)), why=why)])
    return page


def _unfinished(text: str) -> str:
    """What has no end and would swallow the rest of the page, as it does in a browser; '' when there is nothing."""
    if text.rfind("<!--") > text.rfind("-->"):
        return "<!-- 没有结束"
    return "标记没有结束" if text.count("<", text.rfind(">") + 1) > _MOST_OPEN_TAGS else ""


def _charset(content: bytes) -> str:
    """Big5 where the page says so; the others of Chinese pages are UTF-8 and GB18030, which the bytes tell."""
    found = _CHARSET.search(content[:4096])
    named = found[1].decode("ascii", "replace").lower() if found else ""
    return "big5hkscs" if named in _BIG5 else ""


class _Page(HTMLParser):
    """Collects the lines of the page, with the elements that are open at each place."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.texts = [""]
        self.losses = Losses()
        self.tables = 0
        self.numbered: list[str] = []
        self._open: list[tuple[str, bool]] = []
        """Tag, and whether it or one around it hides what is in it."""
        self._within: Counter[str] = Counter()
        self._item = False

    def swallowing(self) -> str:
        """The script, style or title that has not ended; '' when there is none."""
        return next((f"<{name}> 没有结束" for name, _ in self._open if name in _WORDLESS), "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._close_implied(tag)
        if tag in _BLOCKS:
            self._new_line()
        self.tables += tag == "table"
        if tag in _FRAMES:
            self.losses.add(FRAMES)
        if tag == "li":
            around = (name for name, _ in reversed(self._open) if name in ("ol", "ul", "menu", "dir"))
            self._item = next(around, "") == "ol"
        if tag not in _VOID:
            self._enter(tag, dict(attrs))

    def _enter(self, tag: str, attributes: dict[str, str | None]) -> None:
        if len(self._open) >= _MOST_DEPTH:
            raise Refused([problem("import-damaged", Position(str(self.path)), why="一层套一层，套得太深")])
        unseen = "hidden" in attributes or bool(_UNSEEN.search(attributes.get("style") or ""))
        self._open.append((tag, unseen or tag in _NEVER_SHOWN or self._hidden()))
        self._within[tag] += 1

    def _leave(self, index: int) -> None:
        """Close the element at ``index`` and all that are open in it."""
        self._within.subtract(name for name, _ in self._open[index:])
        del self._open[index:]

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._new_line()
        if self._within[tag] > 0:
            self._leave(max(index for index, (name, _) in enumerate(self._open) if name == tag))

    def _close_implied(self, tag: str) -> None:
        """Elements whose end tag may be left out end where the next of their kind begins."""
        for index in range(len(self._open) - 1, -1, -1):
            name = self._open[index][0]
            if tag in _CLOSED_BY.get(name, ()):
                self._leave(index)
            elif name in _BLOCKS:
                return

    def handle_data(self, data: str) -> None:
        if self._hidden():
            if not any(self._within[name] > 0 for name in _WORDLESS):
                self.losses.add(HIDDEN if "。" in data or "；" in data else UNSHOWN, data)
            return
        if self._within["rt"] > 0 or self._within["rp"] > 0:
            self.losses.add(RUBY, data)
            return
        if any(self._within[name] > 0 for name in _STRUCK):
            self.losses.add(STRUCK, data)
        if self._within["sup"] > 0 or self._within["sub"] > 0:
            self.losses.add(RAISED, data)
        if self._item and data.strip():
            self.numbered.append(data)
            self._item = False
        self._add(data)

    def _add(self, data: str) -> None:
        lines_stand = self._within["pre"] > 0
        first, *more = data.split("\n") if lines_stand else [data.replace("\n", " ")]
        self.texts[-1] += first
        self.texts += more

    def _new_line(self) -> None:
        if self.texts[-1]:
            self.texts.append("")

    def _hidden(self) -> bool:
        return bool(self._open) and self._open[-1][1]
