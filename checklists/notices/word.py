"""The text of a Word file in the order of the print, and what of it could not be carried over.

Everything inside the document is walked, whatever wraps it (content controls, insertions, links, fields, smart tags,
text boxes, tables in tables), so that a wrapper nobody thought of loses no text; only what is named here is passed
over, and told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from checklists.notices.encoding import cleaned, spaced
from checklists.notices.headings import Headings, table_lines, without_titles
from checklists.notices.losses import (
    CHUNKS,
    CONTENTS,
    DELETED,
    FIELDS,
    FORMULAS,
    HIDDEN,
    INSERTED,
    NUMBERS,
    OBJECTS,
    PICTURES,
    RAISED,
    RUBY,
    STRUCK,
    SYMBOLS,
    Losses,
    Source,
)
from checklists.notices.numbering import Numbering
from checklists.notices.parts import is_row
from checklists.notices.rows import DITTO
from checklists.notices.symbols import is_symbol_font, symbol
from checklists.notices.word_parts import Element, Looks, attribute, child, is_on, local, open_word
from checklists.notices.word_runs import (
    BESIDE,
    FIELDS_WITHOUT_RESULT,
    NO_TEXT,
    Field,
    Run,
    letters,
    text_within,
)
from checklists.problems import Position, Refused, problem
from checklists.text import squeeze

_MOST_COLUMNS = 60


def word_source(path: Path) -> Source:
    """Text of the document, one paragraph, line or row a line, and what is told of it.

    Raises Refused for a file that is damaged, too large, locked, or no Word document.
    """
    word = open_word(path)
    looks = Looks(word)
    reader = _Reader(looks, Numbering(looks))
    try:
        reader.walk(word.document)
    except RecursionError:
        raise Refused([problem("import-damaged", Position(str(path)), why="一层套一层，套得太深")]) from None
    reader.end_line()
    for kind, roots in word.beside.items():
        for root in roots:
            reader.losses.add(BESIDE[kind], letters(root))
    text = cleaned(spaced(without_titles(reader.lines)), path)
    problems = reader.losses.problems(path, len(squeeze(text)))
    if reader.tables:
        problems.append(problem("import-tables", Position(str(path)), count=reader.tables))
    if reader.numbers:
        problems.append(problem("import-numbers-read", Position(str(path)), count=reader.numbers))
    return Source(text, problems, reader.losses)


@dataclass
class _Reader:
    """Walks the document and collects its lines, what is lost and what is doubtful."""

    looks: Looks
    numbering: Numbering
    headings: Headings = field(default_factory=Headings)
    numbers: int = 0
    """Paragraphs whose number Word prints by itself."""
    lines: list[str] = field(default_factory=list)
    losses: Losses = field(default_factory=Losses)
    tables: int = 0
    _line: str = ""
    _run: Run = field(default_factory=Run)
    _style_hides: bool = False
    _inserted: int = 0
    _inside: int = 0
    _boxes: list[Element] = field(default_factory=list)
    _rows: list[list[str]] = field(default_factory=list)
    _fields: list[Field] = field(default_factory=list)

    def walk(self, element: Element) -> None:
        """Read the element, then whatever is in it."""
        name = local(element)
        if name in NO_TEXT:
            return
        read = _READ.get(name)
        if read:
            read(self, element)
        else:
            self.walk_into(element)

    def walk_into(self, element: Element) -> None:
        for one in element:
            self.walk(one)

    def end_line(self) -> None:
        self.lines.append(self._line)
        self._line = ""

    def add(self, text: str) -> None:
        """Letters of the document, to the line or to what is told."""
        if self._run.hidden:
            self.losses.add(HIDDEN, text)
            return
        self._line += text.replace("\n", " ").replace("\r", " ")
        for one in self._fields:
            one.printed = one.printed or bool(text)
        if self._inserted:
            self.losses.add(INSERTED, text)
        if self._run.struck:
            self.losses.add(STRUCK, text)
        if self._run.raised:
            self.losses.add(RAISED, text)

    # ------------------------------------------------------------ paragraphs and tables

    def paragraph(self, element: Element) -> None:
        properties = child(element, "pPr")
        mark = child(properties, "rPr")
        outer, self._style_hides = (
            self._style_hides,
            self.looks.hides(attribute(child(properties, "pStyle"), "val")),
        )
        begin, first = len(self._line), len(self.lines)
        self._inside += 1
        self.walk_into(element)
        self._inside -= 1
        self._style_hides = outer
        text = "".join([*self.lines[first:], self._line])[begin:]
        goes_on = child(mark, "del") is not None or child(mark, "moveFrom") is not None
        if text.strip() or not goes_on:
            self._number(properties, text, first, begin)
        if text.strip():
            self._head(properties, first, begin)
        if not goes_on:
            self.end_line()
        if not self._inside:
            self._read_boxes()

    def _number(self, properties: Element | None, text: str, first: int, begin: int) -> None:
        """Word's own number before the paragraph that began in line ``first`` at ``begin``."""
        label = self.numbering.label(properties)
        if label is None and text.strip():
            self.losses.add(NUMBERS, text)
        elif label and text.strip():
            self.numbers += 1
            self._change(first, lambda line: line[:begin] + label + line[begin:].lstrip())

    def _head(self, properties: Element | None, first: int, begin: int) -> None:
        depth = self.looks.outline(properties)
        if self.looks.is_contents(properties):
            self.losses.add(CONTENTS, "".join([*self.lines[first:], self._line]))
            del self.lines[first:]
            self._line = ""
        elif depth is not None and not begin and len(self.lines) == first:
            self._change(first, lambda line: self.headings.told(line, depth))

    def _change(self, first: int, changed: Callable[[str], str]) -> None:
        if len(self.lines) > first:
            self.lines[first] = changed(self.lines[first])
        else:
            self._line = changed(self._line)

    def _read_boxes(self) -> None:
        """Text boxes stand after the paragraph that they are anchored in."""
        self._inside += 1
        while self._boxes:
            self.end_line()
            self.walk_into(self._boxes.pop(0))
            self.end_line()
        self._inside -= 1

    def box(self, element: Element) -> None:
        self._boxes.append(element)
        if not self._inside:
            self._read_boxes()

    def table(self, element: Element) -> None:
        self.end_line()
        outer, self._rows = self._rows, []
        self.walk_into(element)
        told, self._rows = table_lines(self._rows), outer
        self.tables += any(map(is_row, told))
        self.lines += told

    def row(self, element: Element) -> None:
        if child(element, "trPr", "del") is not None:
            self.deleted(element)
            return
        before = attribute(child(element, "trPr", "gridBefore"), "val") or "0"
        self._rows.append([""] * (min(int(before), _MOST_COLUMNS) if before.isdigit() else 0))
        self.walk_into(element)

    def cell(self, element: Element) -> None:
        properties = child(element, "tcPr")
        merged = child(properties, "vMerge")
        if child(properties, "cellDel") is not None:
            self.deleted(element)
            return
        if not self._rows:
            self._rows.append([])
        if merged is not None and attribute(merged, "val") != "restart":
            self.losses.add(HIDDEN, text_within(element))
            text = DITTO
        else:
            text = self._cell_text(element)
        span = attribute(child(properties, "gridSpan"), "val") or "1"
        more = min(int(span), _MOST_COLUMNS) - 1 if span.isdigit() else 0
        self._rows[-1] += [text, *[""] * more]

    def _cell_text(self, element: Element) -> str:
        """Lines of a cell, taken out of those of the document."""
        self.end_line()
        begin = len(self.lines)
        self.walk_into(element)
        self.end_line()
        told = self.lines[begin:]
        del self.lines[begin:]
        return "\n".join(line for line in told if line.strip())

    # ------------------------------------------------------------ runs

    def run(self, element: Element) -> None:
        outer, self._run = self._run, self._look(child(element, "rPr"))
        self.walk_into(element)
        self._run = outer

    def _look(self, properties: Element | None) -> Run:
        vanish = child(properties, "vanish")
        style = attribute(child(properties, "rStyle"), "val")
        hidden = is_on(vanish) if vanish is not None else self._style_hides or self.looks.hides(style)
        fonts = child(properties, "rFonts")
        return Run(
            hidden=hidden,
            struck=is_on(child(properties, "strike")) or is_on(child(properties, "dstrike")),
            raised=attribute(child(properties, "vertAlign"), "val") in ("superscript", "subscript"),
            font=attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or "",
        )

    def text(self, element: Element) -> None:
        text = element.text or ""
        if is_symbol_font(self._run.font) and any("\uf000" <= char <= "\uf0ff" for char in text):
            for char in text:
                self._symbol(self._run.font, ord(char))
        else:
            self.add(text)

    def symbol(self, element: Element) -> None:
        try:
            code = int(attribute(element, "char") or "", 16)
        except ValueError:
            code = 0
        self._symbol(attribute(element, "font") or "", code)

    def _symbol(self, font: str, code: int) -> None:
        sign = symbol(font, code)
        if sign:
            self.add(sign)
        else:
            self.losses.add(SYMBOLS, f"{font} {code:X}")

    def blank(self, element: Element) -> None:
        self.add(" ")

    def hyphen(self, element: Element) -> None:
        self.add("-")

    def line_break(self, element: Element) -> None:
        self.end_line()

    def ruby(self, element: Element) -> None:
        self.losses.add(RUBY, text_within(element))

    # ------------------------------------------------------------ revisions, fields, drawings

    def inserted(self, element: Element) -> None:
        self._inserted += 1
        self.walk_into(element)
        self._inserted -= 1

    def deleted(self, element: Element) -> None:
        self.losses.add(DELETED, text_within(element))

    def field_mark(self, element: Element) -> None:
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append(Field())
        elif kind == "end" and self._fields:
            self._end_field()

    def field_code(self, element: Element) -> None:
        if self._fields:
            self._fields[-1].code += element.text or ""

    def simple_field(self, element: Element) -> None:
        self._fields.append(Field(attribute(element, "instr") or ""))
        self.walk_into(element)
        self._end_field()

    def _end_field(self) -> None:
        """A field that prints what stands in its own code prints nothing here."""
        ended = self._fields.pop()
        words = ended.code.split()
        if not ended.printed and words and words[0].upper() in FIELDS_WITHOUT_RESULT:
            self.losses.add(FIELDS, ended.code.strip())

    def alternatives(self, element: Element) -> None:
        """One drawing, said twice for newer and older programs."""
        ways = [one for one in element if local(one) in ("Choice", "Fallback")]
        with_text = [one for one in ways if text_within(one).strip()]
        if ways:
            self.walk_into((with_text or ways)[0])

    def word_art(self, element: Element) -> None:
        art = attribute(element, "string")
        if art:
            self.add(art)

    def picture(self, element: Element) -> None:
        self.losses.add(PICTURES)

    def embedded(self, element: Element) -> None:
        self.losses.add(OBJECTS)

    def chunk(self, element: Element) -> None:
        self.losses.add(CHUNKS)

    def formula(self, element: Element) -> None:
        self.losses.add(FORMULAS)
        self.walk_into(element)

    def fraction(self, element: Element) -> None:
        for number, part in enumerate(one for one in element if local(one) in ("num", "den")):
            self.add("/" if number else "")
            self.walk_into(part)


_READ: dict[str, Callable[[_Reader, Element], None]] = {
    "p": _Reader.paragraph,
    "tbl": _Reader.table,
    "tr": _Reader.row,
    "tc": _Reader.cell,
    "r": _Reader.run,
    "t": _Reader.text,
    "sym": _Reader.symbol,
    "tab": _Reader.blank,
    "ptab": _Reader.blank,
    "noBreakHyphen": _Reader.hyphen,
    "br": _Reader.line_break,
    "cr": _Reader.line_break,
    "rt": _Reader.ruby,
    "ins": _Reader.inserted,
    "moveTo": _Reader.inserted,
    "del": _Reader.deleted,
    "moveFrom": _Reader.deleted,
    "fldChar": _Reader.field_mark,
    "instrText": _Reader.field_code,
    "fldSimple": _Reader.simple_field,
    "txbxContent": _Reader.box,
    "txBody": _Reader.box,
    "AlternateContent": _Reader.alternatives,
    "textpath": _Reader.word_art,
    "blip": _Reader.picture,
    "imagedata": _Reader.picture,
    "OLEObject": _Reader.embedded,
    "altChunk": _Reader.chunk,
    "subDoc": _Reader.chunk,
    "oMath": _Reader.formula,
    "f": _Reader.fraction,
}
