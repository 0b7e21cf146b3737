"""The text of a Word paragraph as a reader of the page sees it: what is hidden, filled in by Word or drawn, as signs.

How runs are cut, styles are named and properties are ordered does not matter; whether a run is seen does. Hidden is
what carries ``vanish``, is white or at most two points high, by itself or by its styles (ECMA-376 part 1, 17.3.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from checklists.documents.reading import (
    BOX,
    FIELD,
    HIDE,
    LINE,
    NOTE,
    NUMBERED,
    PICTURE,
    REMARK,
    REVISION,
    SHOW,
    SYMBOL,
    plain,
)
from checklists.documents.word.tags import TBL
from checklists.documents.word.template import MAIN, TC, TR, P, R, T
from checklists.files.package import parse_xml

Look = tuple[bool | None, bool | None, bool | None]
"""Vanish, white, tiny; None where nothing is said."""
NOTHING_SAID: Look = (None, None, None)
TINY = 4
"""Half points: nobody reads type of two points."""

_VAL = f"{{{MAIN}}}val"
_NAMES = """
    rPr pPr rStyle pStyle tblStyle vanish color sz u numPr numId style styleId basedOn themeColor docDefaults rPrDefault type
    ins del moveTo moveFrom fldSimple instr fldChar fldCharType instrText tab ptab br cr noBreakHyphen sym drawing pict
    object commentReference footnoteReference endnoteReference txbxContent altChunk pgNum sdtPr sdtEndPr rubyPr tblPr
    tblGrid trPr tcPr sectPr
"""
_W = {name: f"{{{MAIN}}}{name}" for name in _NAMES.split()}
_SKIPPED = frozenset(
    _W[name]
    for name in ("rPr", "pPr", "sdtPr", "sdtEndPr", "rubyPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr")
)
_SAY_OF_LOOKS = frozenset((_W["vanish"], _W["color"], _W["sz"]))
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_DRAWN = frozenset((_W["drawing"], _W["pict"], _W["object"], _ALTERNATE))
_LETTERS = {_W["tab"]: "\t", _W["ptab"]: "\t", _W["br"]: "\n", _W["cr"]: "\n", _W["noBreakHyphen"]: "-"}
_SIGNS = {
    _W["sym"]: SYMBOL,
    _W["commentReference"]: REMARK,
    _W["footnoteReference"]: NOTE,
    _W["endnoteReference"]: NOTE,
    _W["altChunk"]: BOX,
    _W["pgNum"]: f"{FIELD}PAGE",
}
_COUNTED_BY_WORD = ("PAGE", "NUMPAGES", "SECTIONPAGES")
"""Fields whose result Word puts anew on every page."""


@dataclass(frozen=True)
class Styles:
    """What the document's styles say about being seen and numbered, by style id."""

    looks: Mapping[str, Look] = field(default_factory=dict)
    numbered: frozenset[str] = frozenset()
    ruled: frozenset[str] = frozenset()
    """Styles that underline: blanks in them are a line to write on."""
    default: Look = NOTHING_SAID
    usual: Mapping[str, str] = field(default_factory=dict)
    """Kind (paragraph, table) -> id of its default style."""


def read_styles(content: bytes) -> Styles:
    """Raises lxml.etree.XMLSyntaxError for a damaged part."""
    root = parse_xml(content)
    found = {style.get(_W["styleId"], ""): style for style in root.iter(_W["style"])}
    default = root.find(f"{_W['docDefaults']}/{_W['rPrDefault']}/{_W['rPr']}")
    usual = {
        style.get(_W["type"], ""): name
        for name, style in found.items()
        if style.get(f"{{{MAIN}}}default") in ("1", "true", "on")
    }
    return Styles(
        looks={name: _inherited(found, name) for name in found},
        numbered=frozenset(name for name in found if _numbered_by_style(found, name)),
        ruled=frozenset(name for name in found if _ruled_by_style(found, name)),
        default=_look(default),
        usual=usual,
    )


def _ancestry(styles: Mapping[str, etree._Element], name: str) -> Iterator[etree._Element]:
    """The style and those it is based on, each once."""
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        yield styles[name]
        based = styles[name].find(_W["basedOn"])
        name = based.get(_VAL, "") if based is not None else ""


def _inherited(styles: Mapping[str, etree._Element], name: str) -> Look:
    look = NOTHING_SAID
    for style in _ancestry(styles, name):
        look = _over(look, _look(style.find(_W["rPr"])))
    return look


def _numbered_by_style(styles: Mapping[str, etree._Element], name: str) -> bool:
    return any(_numbered(style.find(_W["pPr"])) for style in _ancestry(styles, name))


def _ruled_by_style(styles: Mapping[str, etree._Element], name: str) -> bool:
    looks = (style.find(f"{_W['rPr']}/{_W['u']}") for style in _ancestry(styles, name))
    first = next((look for look in looks if look is not None), None)
    return first is not None and bool(first.get(_VAL, "single") != "none")


def is_line(run: etree._Element, styles: Styles) -> bool:
    """Whether a run is a line to write on: underlined blanks."""
    text = "".join(run.itertext(T))
    if not text or text.strip():
        return False
    about = run.find(_W["rPr"])
    line, style = (about.find(_W[name]) if about is not None else None for name in ("u", "rStyle"))
    if line is not None:
        return bool(line.get(_VAL, "single") != "none")
    return style is not None and style.get(_VAL, "") in styles.ruled


def _numbered(about: etree._Element | None) -> bool | None:
    """Whether paragraph properties put a number before the line; None when they do not speak of it."""
    number = about.find(f"{_W['numPr']}/{_W['numId']}") if about is not None else None
    return None if number is None else number.get(_VAL, "0") != "0"


def _look(about: etree._Element | None) -> Look:
    vanish = white = tiny = None
    for one in about if about is not None else ():
        if one.tag == _W["vanish"]:
            vanish = is_on(one)
        elif one.tag == _W["color"]:
            white = one.get(_VAL, "").upper() == "FFFFFF" or one.get(_W["themeColor"]) == "background1"
        elif one.tag == _W["sz"]:
            size = one.get(_VAL, "")
            tiny = size.isdecimal() and int(size) <= TINY
    return vanish, white, tiny


@lru_cache(maxsize=1024)
def _over(upper: Look, lower: Look) -> Look:
    one, two, three = (high if high is not None else low for high, low in zip(upper, lower, strict=True))
    return one, two, three


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch element (vanish, hidden, titlePg) is there and not switched off."""
    return element is not None and element.get(_VAL, "true") not in ("0", "false", "off")


# ---------------------------------------------------------------- texts


class TextReader:
    """Reads paragraphs and cells of one document by its styles."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.under: dict[tuple[str, str], Look] = {}

    def block(self, element: etree._Element, table_style: str = "") -> str:
        """Text of a paragraph, or of everything in a cell, a line a paragraph."""
        if element.tag == P:
            return _joined(self._paragraph(element, table_style))
        paragraphs = (_joined(self._paragraph(one, table_style)) for one in own_paragraphs(element))
        return "\n".join(paragraphs)

    def _paragraph(self, paragraph: etree._Element, table_style: str) -> list[str]:
        about = paragraph.find(_W["pPr"])
        named = about.find(_W["pStyle"]) if about is not None else None
        usual = self.styles.usual
        style = named.get(_VAL, "") if named is not None else usual.get("paragraph", "")
        said = _numbered(about)
        out = [NUMBERED] if (style in self.styles.numbered if said is None else said) else []
        self._walk(paragraph, self._look_under(style, table_style or usual.get("table", "")), out, _Fields())
        return out

    def _look_under(self, style: str, table_style: str) -> Look:
        """What a paragraph's and a table's style say together."""
        if (style, table_style) not in self.under:
            looks = self.styles.looks
            beneath = _over(looks.get(table_style, NOTHING_SAID), self.styles.default)
            self.under[style, table_style] = _over(looks.get(style, NOTHING_SAID), beneath)
        return self.under[style, table_style]

    def _walk(self, element: etree._Element, look: Look, out: list[str], fields: _Fields) -> None:
        for child in element:
            tag = child.tag
            if tag == R:
                self._run(child, look, out, fields)
            elif tag in (_W["ins"], _W["moveTo"]):
                out.append(REVISION)
                self._walk(child, look, out, fields)
            elif tag in (_W["del"], _W["moveFrom"]):
                out.append(REVISION)
            elif tag == _W["fldSimple"]:
                self._simple_field(child, look, out, fields)
            elif tag == _MATH:
                out.append(plain(child.text or ""))
            elif tag in _DRAWN:
                out.append(_drawn(child))
            elif tag not in _SKIPPED and isinstance(tag, str):
                self._walk(child, look, out, fields)

    def _simple_field(self, child: etree._Element, look: Look, out: list[str], fields: _Fields) -> None:
        name = _field_name(child.get(_W["instr"], ""))
        out.append(f"{FIELD}{name}")
        if name not in _COUNTED_BY_WORD:
            self._walk(child, look, out, fields)

    def _run(self, run: etree._Element, look: Look, out: list[str], fields: _Fields) -> None:
        piece: list[str] = []
        for child in run:
            if child.tag == _W["rPr"]:
                look = self._run_look(child, look)
            elif child.tag == T and not fields.begun:
                piece.append(plain(child.text or ""))
            else:
                self._in_run(child, look, piece, fields)
        told = LINE if is_line(run, self.styles) else "".join(piece)
        out.append(f"{HIDE}{told}{SHOW}" if told and True in look else told)

    def _run_look(self, about: etree._Element, look: Look) -> Look:
        direct, style = NOTHING_SAID, NOTHING_SAID
        for one in about:
            if one.tag in _SAY_OF_LOOKS:
                direct = _look(about)
            elif one.tag == _W["rStyle"]:
                style = self.styles.looks.get(one.get(_VAL, ""), NOTHING_SAID)
        return _over(direct, _over(style, look))

    def _in_run(self, child: etree._Element, look: Look, piece: list[str], fields: _Fields) -> None:
        tag = child.tag
        if tag == _W["fldChar"]:
            piece.append(fields.turn(child.get(_W["fldCharType"], "")))
        elif tag == _W["instrText"]:
            fields.instruct(child.text or "")
        elif fields.silent:
            return
        elif tag == T:
            piece.append(plain(child.text or ""))
        elif tag in _LETTERS:
            piece.append(_LETTERS[tag])
        elif tag in _SIGNS:
            piece.append(_SIGNS[tag])
        elif tag in _DRAWN:
            piece.append(_drawn(child))
        elif tag not in _SKIPPED and isinstance(tag, str):
            self._walk(child, look, piece, fields)


class _Fields:
    """Fields that a paragraph has begun and not ended, the innermost last: instruction, and whether its result comes."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, bool]] = []

    def turn(self, kind: str) -> str:
        """Take in begin, separate or end; the sign of a field whose instruction is complete."""
        if kind == "begin":
            self.begun.append(("", False))
        elif self.begun:
            told, has_result = self.begun.pop()
            if kind == "separate":
                self.begun.append((told, True))
            if not has_result:
                return f"{FIELD}{_field_name(told)}"
        return ""

    def instruct(self, text: str) -> None:
        if self.begun and not self.begun[-1][1]:
            self.begun[-1] = (self.begun[-1][0] + text, False)

    @property
    def silent(self) -> bool:
        """Whether what comes is no text of ours: an instruction, or the result of a field that Word counts."""
        return any(not result or _field_name(told) in _COUNTED_BY_WORD for told, result in self.begun)


def _field_name(instruction: str) -> str:
    """PAGE of ``PAGE \\* MERGEFORMAT``; of any other field the whole instruction, for it may hold text."""
    words = plain(instruction).split()
    name = words[0].upper() if words else ""
    return name if name in _COUNTED_BY_WORD else " ".join(words)


def _drawn(element: etree._Element) -> str:
    """A picture, or a box with the text in it."""
    names = {one.tag.rpartition("}")[2] for one in element.iter(etree.Element)}
    if names & {"txbxContent", "wsp", "textbox", "textpath", "rect", "oval", "roundrect", "line"}:
        return BOX + plain("".join(text.text or "" for text in element.iter(T)))
    return PICTURE if names & {"pic", "imagedata"} else BOX


def own_paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs in a cell, those of tables within it too, those of text boxes not."""
    for child in element:
        if child.tag == P:
            yield child
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            yield from own_paragraphs(child)


def _joined(pieces: list[str]) -> str:
    return "".join(pieces).replace(SHOW + HIDE, "")


__all__ = ["TBL", "TC", "TR", "Styles", "TextReader", "is_line", "is_on", "own_paragraphs", "read_styles"]
