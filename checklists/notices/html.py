"""The text of a web page, cut where a browser begins a new line, and what of it could not be carried over."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from checklists.notices.encoding import cleaned, notice_characters, spaced
from checklists.notices.headings import Headings, table_lines, without_titles
from checklists.notices.html_lists import ITEM, Lists
from checklists.notices.html_tags import BLOCKS, CLOSED_BY, FRAMES, NEVER_SHOWN, STRUCK, VOID, WORDLESS
from checklists.notices.losses import FRAMES as FRAMES_LOST
from checklists.notices.losses import FURNITURE, HIDDEN, RAISED, RUBY, UNSHOWN, Losses, Source
from checklists.notices.losses import STRUCK as STRUCK_READ
from checklists.notices.marks import NONE, stretch
from checklists.notices.parts import is_row
from checklists.notices.rows import DITTO
from checklists.notices.site import holds_text, is_furniture_element, is_site_line, pair_of, particulars, take
from checklists.problems import Position, Refused, problem
from checklists.text import squeeze

_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([-\w.:]+)""", re.IGNORECASE)
_BIG5 = frozenset({"big5", "big5-hkscs", "cp950"})
MOST_BYTES, MOST_TAGS = 2_000_000, 200_000
"""A page of a government site has 500 kB and 10,000 tags, a long notice saved from Word a few times that."""
_MOST_OPEN_TAGS = 100
_MOST_CELLS = 60
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_META = {"articletitle": "title", "pubdate": "published", "contentsource": "source"}
_LINK = "\x01"
"""Begins a line that is all links, until it is told what becomes of it."""
_LONGEST_LINK = 40
_FIRST_LINE = re.compile("[\u3000\xa0]{2,}")
_LONGEST_PARAGRAPH, _FEW_PARTS = 200, 3
_KEPT_LINK = re.compile("附件|附表|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]")
_MOST_DEPTH = 500
"""Browsers stop at about as many elements within one another."""


def html_page(content: bytes, path: Path) -> Source:
    """Text of the page, what is told of it, and what the page itself says of the notice.

    Raises Refused for bytes that cannot be read, or a page whose script has no end and swallows the rest.
    """
    if len(content) > MOST_BYTES:
        raise Refused([problem("import-too-big", Position(str(path)), what="网页", most="2 MB")])
    if content.count(b"<") > MOST_TAGS:
        raise Refused([problem("import-too-big", Position(str(path)), what="网页", most="20 万个标记")])
    page = _read(notice_characters(content, path, _charset(content)), path)
    printed = [part for line in page.finish() for part in _paragraphs(line)]
    lines = without_titles(page.lists.with_numbers(_without_furniture(page, printed)))
    text = cleaned(spaced(lines), path)
    problems = page.losses.problems(path, len(squeeze(text)))
    if page.tables:
        problems.append(problem("import-tables", Position(str(path)), count=page.tables))
    if page.numbered:
        begin = squeeze(page.numbered[0])[:15]
        position = Position(str(path))
        problems.append(problem("import-list-numbers", position, count=len(page.numbered), begin=begin))
    return Source(text, problems, page.losses, page.told)


def _paragraphs(line: str) -> list[str]:
    """A line that holds a whole text, its paragraphs parted by the blank of their first lines, cut there."""
    parts = _FIRST_LINE.split(line) if len(line) > _LONGEST_PARAGRAPH else [line]
    return parts if len(parts) > _FEW_PARTS else [line]


def _without_furniture(page: _Page, lines: list[str]) -> list[str]:
    """The lines but those that only web sites print, which are told; pairs among them say what the notice is."""
    kept = []
    for line in lines:
        plain = line.lstrip(_LINK)
        link = line.startswith(_LINK) and not _KEPT_LINK.match(plain.strip())
        if plain.strip() and (link or is_site_line(plain.lstrip("# "))):
            key, text = pair_of(plain)
            take(page.told, key, text)
            page.losses.add(FURNITURE, plain)
        else:
            kept.append(plain)
    return kept


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


@dataclass
class _Element:
    """An open element, and what is gathered in it."""

    tag: str
    unseen: bool
    """Whether it or one around it hides what is in it."""
    kind: str = ""
    """cell, table or furniture: its lines are gathered apart; heading: its line is told to be one."""
    outer: list[str] = field(default_factory=list)
    """The lines before it, where its own are gathered apart."""
    begin: int = 0
    attributes: dict[str, str | None] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)
    below: dict[int, int] = field(default_factory=dict)
    """Of a table: columns whose cell reaches down, and how many rows more."""
    count: int = 0
    form: int = 0
    """Of a numbered list: its last number, and which of ``_FORMS`` it is printed in."""


class _Page(HTMLParser):
    """Collects the lines of the page, with the elements that are open at each place."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.texts = [""]
        self.losses = Losses()
        self.tables = 0
        self.numbered: list[str] = []
        self.told: dict[str, str] = {}
        """What a table of particulars, or the head of the page, says of the notice."""
        self.headings = Headings()
        self._open: list[_Element] = []
        self._within: Counter[str] = Counter()
        self.lists = Lists()
        self._label = ""
        self._linked = 0

    def swallowing(self) -> str:
        """The script, style or title that has not ended; '' when there is none."""
        return next((f"<{one.tag}> 没有结束" for one in self._open if one.tag in WORDLESS), "")

    def finish(self) -> list[str]:
        """All lines, when the page has ended."""
        self._leave(0)
        self._new_line()
        return self.texts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self._close_implied(tag)
        if tag in BLOCKS:
            self._new_line()
        if tag in FRAMES:
            self.losses.add(FRAMES_LOST)
        if tag == "meta":
            field_name = _META.get((attributes.get("name") or "").lower())
            if field_name and attributes.get("content"):
                self.told.setdefault(field_name, (attributes["content"] or "").strip())
        if tag == "li":
            self._begin_item(attributes)
        if tag == "tr" and (table := self._nearest("table")):
            table.rows.append([])
            self._reach_down(table)
        if tag not in VOID:
            self._enter(tag, attributes)

    def _enter(self, tag: str, attributes: dict[str, str | None]) -> None:
        if len(self._open) >= _MOST_DEPTH:
            raise Refused([problem("import-damaged", Position(str(self.path)), why="一层套一层，套得太深")])
        unseen = "hidden" in attributes or bool(_UNSEEN.search(attributes.get("style") or ""))
        one = _Element(tag, unseen or tag in NEVER_SHOWN or self._hidden(), attributes=attributes)
        if tag == "ol":
            self._begin_list(one)
        if tag == "table":
            one.kind = "table"
        elif tag in ("td", "th") and self._nearest("table"):
            one.kind = "cell"
        elif tag in _HEADINGS:
            one.kind, one.begin = "heading", len(self.texts) - 1
        elif (
            tag in BLOCKS - {"html", "body"}
            and is_furniture_element(tag, attributes)
            and not self._within["table"]
        ):
            one.kind = "furniture"
        if one.kind in ("table", "cell", "furniture"):
            self._new_line()
            one.outer, self.texts = self.texts, [""]
        self._open.append(one)
        self._within[tag] += 1

    def _leave(self, index: int) -> None:
        """Close the element at ``index`` and all that are open in it."""
        while len(self._open) > index:
            one = self._open.pop()
            self._within[one.tag] -= 1
            self._ended(one)

    def _ended(self, one: _Element) -> None:
        if one.kind == "heading":
            for at in range(one.begin, len(self.texts)):
                if self.texts[at].strip():
                    self.texts[at] = self.headings.told(self.texts[at].strip().lstrip(_LINK), int(one.tag[1]))
        if not one.outer:
            return
        self._new_line()
        lines = [line for line in self.texts if line.strip(_LINK).strip()]
        self.texts = one.outer
        if one.kind == "cell":
            self._end_cell(one, lines)
        elif one.kind == "table":
            self._end_table(one, lines)
        else:
            self._end_furniture(lines)

    def _end_cell(self, one: _Element, lines: list[str]) -> None:
        table = self._nearest("table")
        if table is None:
            self._append(lines)
            return
        if not table.rows:
            table.rows.append([])
        row = table.rows[-1]
        across, down = (_whole(one.attributes.get(name)) for name in ("colspan", "rowspan"))
        at = len(row)
        row += ["\n".join(line.lstrip(_LINK) for line in lines), *[""] * (across - 1)]
        if down > 1:
            table.below.update(dict.fromkeys(range(at, at + across), down - 1))
        self._reach_down(table)

    def _reach_down(self, table: _Element) -> None:
        """Cells of the rows above that stand in this row too."""
        row = table.rows[-1]
        while table.below.get(len(row), 0) > 0:
            table.below[len(row)] -= 1
            row.append(DITTO)

    def _end_table(self, one: _Element, lines: list[str]) -> None:
        self._append(lines)
        told = particulars(one.rows)
        if told is not None:
            for name, text in told.items():
                self.told.setdefault(name, text)
            self.losses.add(FURNITURE, "".join(cell for row in one.rows for cell in row if cell != DITTO))
            return
        rows = table_lines(one.rows)
        self.tables += any(map(is_row, rows))
        self._append(rows)

    def _end_furniture(self, lines: list[str]) -> None:
        plain = [line.lstrip(_LINK) for line in lines]
        if holds_text([line for line in lines if not line.startswith(_LINK)]):
            self._append(lines)
        else:
            self.losses.add(FURNITURE, "".join(plain))

    def _append(self, lines: list[str]) -> None:
        self._new_line()
        self.texts[-1:] = [*lines, ""]

    def _nearest(self, tag: str) -> _Element | None:
        return (
            next((one for one in reversed(self._open) if one.tag == tag), None)
            if self._within[tag] > 0
            else None
        )

    # ------------------------------------------------------------ numbered lists

    def _begin_list(self, one: _Element) -> None:
        around = self._nearest("ol")
        before = next((line for line in reversed(self.texts) if line.strip()), "").lstrip(_LINK)
        one.count = _whole(one.attributes.get("start")) - 1
        one.form = self.lists.form(one.attributes, around.form if around else None, before)

    def _begin_item(self, attributes: dict[str, str | None]) -> None:
        around = next((one for one in reversed(self._open) if one.tag in ("ol", "ul", "menu", "dir")), None)
        self._label = ""
        if around is None or around.tag != "ol" or self._hidden():
            return
        told = attributes.get("value")
        around.count = _whole(told) if told else around.count + 1
        if around.form >= 0:
            depth = sum(one.tag == "ol" for one in self._open)
            self._label = self.lists.label(depth, around.count, around.form)

    # ------------------------------------------------------------ tags and words

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._new_line()
        if self._within[tag] > 0:
            self._leave(max(index for index, one in enumerate(self._open) if one.tag == tag))

    def _close_implied(self, tag: str) -> None:
        """Elements whose end tag may be left out end where the next of their kind begins."""
        for index in range(len(self._open) - 1, -1, -1):
            name = self._open[index].tag
            if tag in CLOSED_BY.get(name, ()):
                self._leave(index)
            elif name in BLOCKS:
                return

    def handle_data(self, data: str) -> None:
        if self._within["title"] > 0:
            self.told["page"] = self.told.get("page", "") + data.strip()
        if self._hidden():
            if not any(self._within[name] > 0 for name in WORDLESS):
                self.losses.add(HIDDEN if "。" in data or "；" in data else UNSHOWN, data)
            return
        if self._within["rt"] > 0 or self._within["rp"] > 0:
            self.losses.add(RUBY, data)
            return
        if any(self._within[name] > 0 for name in STRUCK):
            self.losses.add(STRUCK_READ, data)
        if self._within["sup"] > 0 or self._within["sub"] > 0:
            self.losses.add(RAISED, data)
        if self._label and data.strip():
            if stretch(data.strip(), 0, 0).level == NONE:
                data = self._label + data.lstrip()
                self.numbered.append(data.rpartition(ITEM)[2])
            self._label = ""
        self._add(data)

    def _add(self, data: str) -> None:
        lines_stand = self._within["pre"] > 0
        first, *more = data.split("\n") if lines_stand else [data.replace("\n", " ")]
        self.texts[-1] += first
        self._linked += len(squeeze(first)) if self._within["a"] > 0 else 0
        self.texts += more

    def _new_line(self) -> None:
        """End the line; one that is all links is told to be one."""
        size = len(squeeze(self.texts[-1]))
        if size and self._linked * 5 >= size * 4 and size <= _LONGEST_LINK:
            self.texts[-1] = _LINK + self.texts[-1].strip()
        self._linked = 0
        if self.texts[-1]:
            self.texts.append("")

    def _hidden(self) -> bool:
        return bool(self._open) and self._open[-1].unseen


def _whole(text: str | None) -> int:
    """A small whole number of an attribute, else 1."""
    return min(int(text), _MOST_CELLS) if text and text.strip().isdecimal() and len(text) < 6 else 1
