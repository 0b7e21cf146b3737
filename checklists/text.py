"""What no text of the rules may hold, what no document can print, and when two names are the same name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
    "]"
)
"""Control, zero-width and direction signs, fillers, private use, lone surrogates, what stands for damaged letters."""
_SEEMS_PRINTABLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc\ufffd"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
    + "".join(map(chr, range(0xE0100, 0xE01F0)))
)
"""Those of them that Unicode counts among what is printed."""
_BREAK = re.compile("[\n\r\t]")


class CutText(str):
    """A text with a 「 #」 behind it on its line of the file: what follows was perhaps meant as text, and is not read."""

    __slots__ = ()


def plain_text(text: str) -> bool:
    """Whether the text is one line of letters that are seen, without a blank at either end: the usual case, quickly."""
    printable = text.isprintable() and _SEEMS_PRINTABLE.isdisjoint(text)
    return printable and text[:1] != " " and text[-1:] != " "


def text_flaw(text: str) -> str:
    """Code of what is wrong with a text (text-break, text-invisible, text-ends), or nothing.

    A document prints none of these as they stand, so that it would not agree with the rules when it is read back.
    """
    if plain_text(text):
        return ""
    if _BREAK.search(text):
        return "text-break"
    if INVISIBLE.search(text):
        return "text-invisible"
    return "text-ends" if text != text.strip() else ""


def squeeze(text: str) -> str:
    """The text with all white space removed: the form in which texts are compared."""
    return "".join(text.split())


_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {"〇": 0, "○": 0, "两": 2}
_DIGIT = "[一二三四五六七八九两]"
_NUMERAL = re.compile(
    rf"(?:({_DIGIT})千)?(?:零?({_DIGIT})百)?(?:零?({_DIGIT})十|(十))?(?:零({_DIGIT})|(?:^|(?<=十))({_DIGIT}))?"
)
_LENGTH_OF_A_YEAR = 4


def numeral_value(text: str) -> int:
    """250 for 二百五十, 2026 for 二〇二六; up to 9999.

    Raises ValueError for anything else, also where people differ: 一百二 is 102 or 120, 三四 is three or four.
    """
    digits = [_DIGITS[sign] for sign in text if sign in _DIGITS]
    if len(digits) == len(text) and (len(text) in (1, _LENGTH_OF_A_YEAR) or 0 in digits):
        return int("".join(map(str, digits)))
    found = _NUMERAL.fullmatch(f"一{text}" if text[:1] in ("千", "百") else text)
    if not text or found is None:
        raise ValueError(f"no numeral: {text}")
    thousands, hundreds, tens, ten, *ones = found.groups()
    signs = (thousands, hundreds, tens or (ten and "一"), ones[0] or ones[1])
    return sum(_DIGITS[sign] * 10**power for power, sign in zip((3, 2, 1, 0), signs, strict=True) if sign)


@lru_cache(maxsize=4096)
def same_form(name: str) -> str:
    """The form in which names are compared: width, case and blanks aside. 「ＫＴＶ 」 and 「ktv」 are one name."""
    if name.isascii() and name.islower():
        return name.replace(" ", "")
    return squeeze(unicodedata.normalize("NFKC", name).casefold())


_NOT_PRINTED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\ue000\ue001]+")
"""What XML 1.0 cannot hold, and two letters that mark the fields of an enterprise in a document."""


def clean(text: str) -> str:
    """One line of text that XML can hold: runs of control characters become one blank, ends are trimmed."""
    if text.isprintable():  # nearly every text: nothing in it that is forbidden
        return text.strip()
    return _NOT_PRINTED.sub(" ", text).strip()


MOST_SHOWN = 40
"""Letters of a value that a message shows."""


def shown(value: object) -> str:
    """A value as a message shows it: as YAML writes it, shortened; a letter that cannot be seen as its number."""
    text = _BREAK.sub("⏎", _written(value))
    return INVISIBLE.sub(lambda sign: f"〔U+{ord(sign[0]):04X}〕", text)[:MOST_SHOWN]


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: …' for key in list(value)[:3])}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join('…' if isinstance(one, (list, dict)) else str(one)[:MOST_SHOWN] for one in value[:3])}]"
    return str(value)[: MOST_SHOWN * 2]
