"""What a person may write between braces in a template, for Word and Excel alike, and what it may cost.

Tags are Jinja. A template prints fields, repeats and decides; what defines, captures, includes or switches escaping off
is refused by name before anything is filled. Filling counts its steps, so that no template runs for ever.
"""

from __future__ import annotations

import datetime
import re
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.filters import FILTERS, do_batch
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS

from checklists import limits
from checklists.documents.fields import FIELD_NAMES, MARK

TAG = re.compile(r"\{\{(?!\{)(?:(?!\{[{%#]).)*?\}\}|\{%(?:(?!\{[{%#]).)*?%\}|\{#.*?#\}", re.DOTALL)
"""A whole tag. None reaches over the opening of the next: a tag that is not closed is a half tag of its own."""
STRUCTURE = re.compile(r"\{%(?:tr|tc|p|r)(?=\s)")
STATEMENT = re.compile(r"\{%[-+]?\s*(?:(?:tr|tc|p|r)\s+)?(\w+)")
_REFUSED = frozenset((
    "set", "endset", "macro", "endmacro", "call", "endcall", "filter", "endfilter", "raw", "endraw",
    "include", "import", "from", "extends", "block", "endblock", "autoescape", "endautoescape", "with",
    "endwith", "do", "trans", "endtrans", "pluralize", "debug", "break", "continue",
))  # fmt: skip

FILTER_NAMES = (
    "abs", "batch", "capitalize", "count", "d", "default", "e", "escape", "first", "float", "int", "join",
    "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse",
    "round", "select", "selectattr", "sort", "string", "sum", "title", "trim", "truncate", "unique",
    "upper", "wordcount",
)  # fmt: skip
"""Filters a template may use. Not among them: what turns text into markup (safe), what is not the same twice (random),
what pads or repeats without bound (center, indent, format)."""
_LOOP_CALLS = frozenset(("cycle", "changed"))

STEPS = "\ue002steps"
"""Name under which the context of a filling carries its :class:`Steps`; no template can write it."""


class Steps:
    """How many steps a filling may still take, and until when (processor time)."""

    def __init__(self) -> None:
        self.left = limits.STEPS
        self.until = time.process_time() + limits.FILLING_SECONDS

    def take(self, count: int) -> None:
        """Raises SecurityError when there are not so many left."""
        before = self.left
        self.left -= count
        if self.left < 0:
            raise SecurityError(f"循环太多，超过 {limits.STEPS // 10_000} 万步，没有做完")
        if before >> 6 != self.left >> 6 and time.process_time() > self.until:
            raise SecurityError(f"填写超过 {limits.FILLING_SECONDS:g} 秒，没有做完")


def environment(*, autoescape: bool) -> ImmutableSandboxedEnvironment:
    """Jinja as templates get it: sandboxed, counted, an unknown field is an error. ``autoescape`` for XML."""
    made = _Environment(
        autoescape=autoescape, undefined=StrictUndefined, finalize=printable, keep_trailing_newline=True
    )
    made.globals = {"range": _range}
    made.filters = {name: FILTERS[name] for name in FILTER_NAMES} | {
        "batch": _batch,
        "replace": _replace,
        STEPS: _counted,
    }
    return made


class _Environment(ImmutableSandboxedEnvironment):
    """Every loop and filter takes its steps; ``*``, ``%`` and ``**`` are for numbers."""

    intercepted_binops = frozenset(("*", "%", "**"))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not (_is_number(left) and _is_number(right)):
            raise SecurityError(f"“{operator}”只能用于数字" if operator != "**" else "不能用“**”")
        return super().call_binop(context, operator, left, right)

    def _generate(self, source: nodes.Template, *arguments: Any, **options: Any) -> str:
        for loop in list(source.find_all(nodes.For)):
            loop.iter = _counting(loop.iter)
        for used in list(source.find_all(nodes.Filter)):
            if used.node is not None and used.name != STEPS:
                used.node = _counting(used.node)
        return super()._generate(source, *arguments, **options)


def parsed(source: str, *, autoescape: bool) -> nodes.Template:
    """The tree of a source. Raises jinja2.TemplateSyntaxError, also for what is nested too deep to be read."""
    try:
        return _parser(autoescape).parse(source)
    except (RecursionError, ValueError, ArithmeticError, MemoryError):
        raise TemplateSyntaxError("嵌套太深，或数字太长", 1) from None


@lru_cache(maxsize=2)
def _parser(autoescape: bool) -> ImmutableSandboxedEnvironment:
    return environment(autoescape=autoescape)


def _counting(node: Any) -> nodes.Expr:
    made = nodes.Filter(node, STEPS, [], [], None, None, lineno=node.lineno)
    made.environment = node.environment
    return made


@pass_context
def _counted(context: Context, value: Any) -> Any:
    steps: Steps = context[STEPS]
    if isinstance(value, Undefined):
        return value
    if hasattr(value, "__len__"):
        steps.take(len(value) + 1)
        return value
    return _one_by_one(value, steps) if hasattr(value, "__iter__") else value


def _one_by_one(values: Iterable[Any], steps: Steps) -> Iterator[Any]:
    for value in values:
        steps.take(1)
        yield value


def _range(*arguments: int) -> range:
    made = range(*arguments)
    if len(made) > limits.RANGE:
        raise SecurityError(f"range 至多 {limits.RANGE} 个")
    return made


def _batch(values: Any, linecount: int, fill_with: Any = None) -> Iterator[list[Any]]:
    if not 0 < linecount <= limits.BATCH:
        raise SecurityError(f"batch 一行 1 到 {limits.BATCH} 个")
    return do_batch(values, linecount, fill_with)


@pass_context
def _replace(context: Context, text: Any, old: Any, new: Any) -> str:
    """As Jinja's, the length of what comes out taken as steps before it is made."""
    told, wanted, instead = str(text), str(old), str(new)
    context[STEPS].take((told.count(wanted) + 1) * len(instead))
    return told.replace(wanted, instead)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and abs(value) < limits.NUMBER


def printable(value: Any) -> Any:
    """A text, number or day as it is; a list, a row or yes-or-no is for loops and conditions.

    Raises TemplateRuntimeError for what cannot be printed.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float, datetime.date, Undefined)):
        raise TemplateRuntimeError("不是文字或数字，不能打印：一组东西用 for 逐个打印，是否用在 if 里")
    if isinstance(value, str) and _UNPRINTABLE.search(value):
        known = MARK.fullmatch(value)
        if not known or known[1] not in FIELD_NAMES:
            raise TemplateRuntimeError("含有不能写进文件的字符")
    return value


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\ue000-\ue002\ue010-\ue012]")


# ---------------------------------------------------------------- judging


def refused_statement(tag: str) -> str:
    """Why a tag may not stand in a template whatever it says; empty for one that may."""
    if tag.startswith("{#"):
        return "注释里的字不会打印出来"
    found = STATEMENT.match(tag)
    return f"不能用「{found[1]}」" if found and found[1] in _REFUSED else ""


def refused_uses(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Line of the source and reason of every call and loop that a template may not make."""
    for call in tree.find_all(nodes.Call):
        if not _is_allowed(call.node):
            yield call.lineno, "不能调用函数"
    for loop in tree.find_all(nodes.For):
        if loop.recursive:
            yield loop.lineno, "不能用「recursive」"


def _is_allowed(called: nodes.Expr) -> bool:
    if isinstance(called, nodes.Name):
        return called.name == "range"
    if isinstance(called, nodes.Getattr) and isinstance(called.node, nodes.Name):
        return called.node.name == "loop" and called.attr in _LOOP_CALLS
    return False


_SYNTAX: tuple[tuple[str, str], ...] = (
    ("Unexpected end of template", "有 for 或 if 没有收尾（缺 endfor 或 endif）"),
    ("Encountered unknown tag", "不认识这个语句（tr、tc、p 要紧跟在 {% 后面，用小写）"),
    ("No filter named", "没有这个过滤器，或模板里不能用它"),
    ("No test named", "没有这个判断"),
    ("Expected an expression", "花括号里少了要打印的字段"),
    ("unexpected", "有多余、错位或全角的符号"),
    ("expected token", "缺少符号，或有多余的"),
    ("can't assign", "for 后面要先写一个自己的名字"),
    ("嵌套", "嵌套太深，或数字太长"),
)


def syntax_words(told: str) -> str:
    """What Jinja's words mean, with what they quote: 没有这个过滤器，或模板里不能用它：「safe」."""
    meaning = next((words for start, words in _SYNTAX if told.startswith(start)), "不合写法")
    quoted = [one for one in re.findall(r"(?<!\w)'([^']+)'", told) if not one.startswith("end of ")]
    if not quoted:
        return meaning
    return f"{meaning}：「{quoted[-1] if 'got' in told else quoted[0]}」"


_WITHIN = {
    "for": "%s{% endfor %}",
    "if": "%s{% endif %}",
    "elif": "{% if 1 %}%s{% endif %}",
    "else": "{% if 1 %}%s{% endif %}",
    "endif": "{% if 1 %}%s",
    "endfor": "{% for a in () %}%s",
}
"""What makes a whole of a tag, by its statement."""


@lru_cache(maxsize=2000)
def tag_fault(tag: str) -> str:
    """Why a tag is not well formed, judged by itself so that no other tag is blamed; empty when it is."""
    found = STATEMENT.match(tag)
    whole = _WITHIN.get(found[1], "%s") if found else "%s"
    try:
        tree = parsed(whole.replace("%s", STRUCTURE.sub("{%", tag)), autoescape=True)
    except TemplateSyntaxError as failure:
        return syntax_words(failure.message or "")
    used = (
        f"No filter named '{one.name}'" for one in tree.find_all(nodes.Filter) if one.name not in FILTER_NAMES
    )
    asked = (f"No test named '{one.name}'" for one in tree.find_all(nodes.Test) if one.name not in TESTS)
    return next((syntax_words(told) for told in (*used, *asked)), "")


# ---------------------------------------------------------------- what would be printed literally

_OPEN, _CLOSE, _MARK, _GAP = "[{｛﹛]", "[}｝﹜]", "[%％﹪#＃]", "[\\s\u200b-\u200f\ufeff\u00ad]*"
_BARE = r"(?<![\w.@/])(?:checklist|enterprise|paper|row)\s*[.．]\s*[a-z_]+"
_PIECES = re.compile(
    f"(?P<open>{_OPEN}{_GAP}(?:{_OPEN}|{_MARK}))|(?P<close>(?:{_CLOSE}|{_MARK}){_GAP}{_CLOSE})"
    f"|(?P<bare>{_BARE})|(?P<extra>\\{{?\ue012\\}}|\\{{\ue012)|(?P<tag>\ue012)"
)
_HALVES = ("{{", "{%", "{#", "}}", "%}", "#}")
_GONE = "\ue012"
_SHOWN = 40
_FEW = 24
"""Letters of what follows a half tag that are told with it."""


@dataclass(frozen=True)
class Stray:
    """A piece of text that was meant to be a tag and is none."""

    text: str
    why: str
    opens: bool = False
    """Only the beginning of a tag: its end may stand further down."""
    closes: bool = False
    """Only the end of a tag: its beginning stands, and is told, further up."""


def stray(text: str) -> Stray | None:
    """The first of :func:`strays`."""
    return next(strays(text), None)


def strays(text: str) -> Iterator[Stray]:
    """What of a text would be printed literally though it was meant to be filled, each slip once.

    Half tags, braces of another kind or apart (as Chinese input methods write them), fields without braces.
    """
    rest = TAG.sub(_GONE, text)
    pieces = deque(_PIECES.finditer(rest))
    while pieces:
        first = pieces.popleft()
        if first["tag"]:
            continue
        while first["open"] and pieces and pieces[0]["bare"]:
            pieces.popleft()
        last = pieces.popleft() if not first["close"] and pieces and pieces[0]["close"] else first
        yield _slip(rest, first, last, pieces[0].start() if pieces else len(rest))


def _slip(text: str, first: re.Match[str], last: re.Match[str], until: int) -> Stray:
    """The slip that begins with one piece and ends with another, or the same; the next piece stands at ``until``."""
    whole, wide = first is not last, _wide(first, last)
    if first["extra"]:
        return Stray(first[0].replace(_GONE, "{{ … }}"), "多了一层花括号，会照原样印出来")
    end = last.end() if whole or first["bare"] else min(until, first.end() + _FEW)
    told = text[first.start() : min(end, first.start() + _SHOWN)].strip()
    if first["open"] and whole:
        return Stray(told, wide or "的开头和收尾不是一对：{{ 配 }}，{% 配 %}")
    if first["open"]:
        why = "是半个标记，没有收尾：开头和收尾要在同一段、同一格里"
        return Stray(told, wide or why, opens=True)
    if last["close"]:
        return Stray(told, wide or "只有收尾，没有开头", closes=True)
    single = text[: first.start()].rstrip()[-1:] in ("{", "｛")
    return Stray(told, f"{'只有一层花括号' if single else '没有写在花括号里'}，会照原样印出来")


def _wide(*pieces: re.Match[str]) -> str:
    if all(one["bare"] or one[0] in _HALVES for one in pieces):
        return ""
    return "的花括号、百分号是全角的或中间隔开了，会照原样印出来"
