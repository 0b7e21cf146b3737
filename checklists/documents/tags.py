"""What a person may write between braces in a template, for Word and Excel alike, and what it may cost.

Tags are Jinja. A template prints fields, repeats and decides; what defines, captures, includes or switches escaping off
is refused by name before anything is filled. Filling counts its steps, so that no template runs for ever.
"""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.filters import FILTERS, do_batch
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from checklists import limits
from checklists.documents.fields import FIELD_NAMES, MARK

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
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
    ("Encountered unknown tag", "不认识的语句，或收尾与开头对不上；tr、tc、p 要紧跟在 {% 后面"),
    ("No filter named", "没有这个过滤器，或模板里不能用它"),
    ("No test named", "没有这个判断"),
    ("unexpected", "有多余、错位或全角的符号"),
    ("expected token", "缺少符号或写错位置"),
)


def syntax_words(told: str) -> str:
    """Jinja's own words, with what they mean before them."""
    meaning = next((words for start, words in _SYNTAX if told.startswith(start)), "不合 Jinja 写法")
    return f"{meaning}；{told.rstrip('.')}"


# ---------------------------------------------------------------- what would be printed literally

_OPEN, _CLOSE, _MARK, _GAP = "[{｛﹛]", "[}｝﹜]", "[%％﹪#＃]", "[\\s\u200b-\u200f\ufeff\u00ad]*"
_BRACES = re.compile(
    f"(?P<open>{_OPEN}{_GAP}(?:{_OPEN}|{_MARK}))|(?P<close>(?:{_CLOSE}|{_MARK}){_GAP}{_CLOSE})"
)
_BARE = re.compile(r"(?<![\w.@/])(?:checklist|enterprise|paper|row)\s*[.．]\s*[a-z_]+")
_HALVES = ("{{", "{%", "{#", "}}", "%}", "#}")
_GONE = "\ue012"
_LONGEST = 40


@dataclass(frozen=True)
class Stray:
    """A piece of text that was meant to be a tag and is none."""

    text: str
    why: str
    closes: bool
    """Only the end of a tag: its beginning stands, and is told, further up."""
    opens: bool


def stray(text: str) -> Stray | None:
    """What of a text would be printed literally though it was meant to be filled: the first to the last of it.

    Half tags, braces of another kind or apart (as Chinese input methods write them), fields without braces.
    """
    rest = TAG.sub(_GONE, text)
    braces = list(_BRACES.finditer(rest))
    found = sorted([*braces, *_BARE.finditer(rest)], key=lambda one: one.start())
    if not found:
        return None
    told = rest[found[0].start() : max(found[-1].end(), found[0].start() + 16)][:_LONGEST]
    opens, closes = (any(one[side] for one in braces) for side in ("open", "close"))
    return Stray(told.replace(_GONE, "…").strip(), _why(braces), closes and not opens, opens and not closes)


def _why(braces: Sequence[re.Match[str]]) -> str:
    if not braces:
        return "没有写在花括号里，会照原样印出来"
    if any(one[0] not in _HALVES for one in braces):
        return "的花括号是全角的或中间隔开了，会照原样印出来"
    return "是半个标记：开头和收尾不在同一段、同一格里" if braces[0]["open"] else "只有收尾，没有开头"
