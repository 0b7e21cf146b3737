"""Characters of symbol fonts: Word keeps a place in the font, the reader sees a sign. Source: the fonts' own tables."""

from __future__ import annotations

_CIRCLED = {0x80 + number: chr(0x2460 + number - 1) for number in range(1, 11)} | {0x80: "⓪"}
_SYMBOL = {
    **{code: chr(code) for code in b" !#%&()+,./0123456789:;<=>?[]_{|}"},
    0x2D: "−",
    0x44: "Δ",
    0x57: "Ω",
    0x61: "α",
    0x62: "β",
    0x6D: "μ",
    0xA3: "≤",
    0xA5: "∞",
    0xAE: "→",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xD7: "·",
}
_WINGDINGS = {
    **_CIRCLED,
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x75: "◆",
    0x76: "❖",
    0x9F: "•",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "□",
    0xD8: "➢",
    0xE8: "➔",
    0xFB: "×",
    0xFC: "√",
    0xFD: "☒",
    0xFE: "☑",
}
_FONTS = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": {0x4F: "×", 0x50: "√", 0x52: "☑", 0x53: "☒", 0xA3: "□"},
}
_PRIVATE = 0xF000


def is_symbol_font(font: str) -> bool:
    """True for a font whose characters are not what their codes say."""
    return font.lower() in (*_FONTS, "wingdings 3", "webdings")


def symbol(font: str, code: int) -> str:
    """What the reader sees for a code of the font; '' when it is not known."""
    if not is_symbol_font(font):
        return chr(code) if 0x20 <= code < 0xD800 else ""
    return _FONTS.get(font.lower(), {}).get(code - _PRIVATE if code >= _PRIVATE else code, "")
