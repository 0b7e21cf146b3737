"""Whether a text of the file is the one that should stand there, filled in or not.

What people write in is answer: a box □ may hold a tick or a cross, a line ＿＿ any words, an empty place anything.
White space does not count: office programs change it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from checklists.documents.reading import BOX, HIDE, NOTE, REMARK, SYMBOL, worded
from checklists.text import squeeze

_TICKS = "□☐☑☒■▣▇◼●○◯⊙◎√✓✔✅×✕✖✗✘╳xXvV/／〇" + SYMBOL + "\uf020-\uf0ff"
"""What stands in a box that has been ticked or crossed; the last are the letters of symbol faces."""
_TICKED = f"[{_TICKS}]{{1,3}}?"
_BEHIND = "[√✓✔×✗✘■☑☒]{0,2}"
"""Some tick the word behind the box."""
_LINES = re.compile("＿+")
_UNWELCOME = (HIDE, BOX, REMARK, NOTE)
"""Signs that no answer brings with it: hidden text, a box over the page, a remark."""


def agrees(expected: str, found: str) -> bool:
    """Whether ``found`` is ``expected`` with no more done to it than filling in."""
    wanted, told = squeeze(expected), squeeze(found)
    if wanted == told:
        return True
    if any(told.count(sign) > wanted.count(sign) for sign in _UNWELCOME):
        return False
    if is_open(expected):
        return True
    return ("□" in wanted or "＿" in wanted) and _fills(wanted, told)


def is_open(expected: str) -> bool:
    """Whether a place prints nothing but room: empty, boxes alone, a line alone."""
    return not squeeze(expected).strip("□＿")


MANY_LETTERS = 8
"""Letters beside a box or line that are more than what is ticked or measured: 当场改, 限期, 电子."""


def is_wording(expected: str) -> bool:
    """Whether a text says something of its own: not a number, nor a few letters beside boxes and lines."""
    told = squeeze(expected)
    letters = told.translate(_NO_LETTERS)
    return len(letters) >= MANY_LETTERS if letters != told else bool(told) and not told.isdecimal()


_NO_LETTERS = str.maketrans("", "", "□＿")


def _fills(wanted: str, told: str) -> bool:
    """Whether the stretches between the lines stand in the text one behind the other, the first and last at its ends."""
    *before, last = _stretches(wanted)
    at = 0
    for number, stretch in enumerate(before):
        found = stretch.search(told, at) if number else stretch.match(told)
        if found is None:
            return False
        at = found.end()
    return (last.search(told, at) if before else last.match(told)) is not None


@lru_cache(maxsize=4096)
def _stretches(wanted: str) -> tuple[re.Pattern[str], ...]:
    """What stands between the lines, the last to be found at the very end."""
    *before, last = (_with_boxes(stretch) for stretch in _LINES.split(wanted))
    return (*(re.compile(stretch) for stretch in before), re.compile(f"(?:{last})\\Z"))


def shortened(text: str, cut: bool = False, most: int = 40) -> str:
    """The text in words, short enough for a message; ``cut``: it is the rest of a longer one."""
    told = worded(text)
    return f"{'…' if cut else ''}{told[:most]}{'…' if len(told) > most else ''}" or "（空）"


def _with_boxes(stretch: str) -> str:
    first, *rest = (re.escape(piece) for piece in stretch.split("□"))
    return first + "".join(f"{_TICKED}{piece}{_BEHIND}" for piece in rest)
