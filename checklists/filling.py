"""Jinja as templates get it: sandboxed, and bounded in what it may do and print.

The sandbox of Jinja keeps a template from the machine; it does not keep it from looping for ever or from making a text
of a billion letters. Here every turn of a loop, every call, filter and calculation is counted, its texts are weighed
before they are made, and what only wastes time or differs from run to run (random, wordwrap …) is not there.
"""

from __future__ import annotations

import datetime
import functools
import re
import string
import time
from collections.abc import Callable, Iterator, Mapping, Sequence, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import BuiltinMethodType, GeneratorType, MethodType, ModuleType
from typing import Any

from jinja2 import StrictUndefined, nodes, pass_eval_context
from jinja2.exceptions import SecurityError, TemplateError, TemplateRuntimeError, TemplateSyntaxError
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from checklists import limits

_WITHOUT = ("random", "wordwrap", "indent", "pprint", "urlize", "xmlattr")
_TAKES_ALL = frozenset(
    ("length", "count", "first", "last", "list", "sort", "reverse", "unique", "select", "reject", "selectattr",
     "rejectattr", "map", "groupby", "batch", "slice", "min", "max", "sum", "join", "dictsort", "items", "attr",
     "default", "d")
)  # fmt: skip
"""Filters that may be given lists and the program's own rows; all others make a text of what they get."""
_TEXT_METHODS = frozenset(
    ("upper", "lower", "title", "capitalize", "swapcase", "strip", "lstrip", "rstrip", "split", "rsplit", "splitlines",
     "startswith", "endswith", "replace", "join", "format", "format_map", "find", "rfind", "index", "count",
     "removeprefix", "removesuffix", "partition", "rpartition", "zfill", "center", "ljust", "rjust",
     "isdigit", "isalpha", "isalnum", "isspace", "isupper", "islower", "isnumeric", "isdecimal",
     "get", "items", "keys", "values", "isoformat", "weekday", "isoweekday", "strftime")
)  # fmt: skip
"""Methods of texts, numbers, lists, days that a template may call."""
_WIDE = re.compile(r"%(?:\([^)]*\))?[-+ #0]*(?:\*|\d{5,}|\d*\.(?:\*|\d{5,}))")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_JINJAS_OWN = ("_loop_vars", "_block_vars", "caller")
_PLAIN = (str, int, float, datetime.date, type(None), Undefined)


class Exceeded(TemplateRuntimeError):  # noqa: N818 -- reads as what it is, like Refused
    """A template that does or prints more than any real one."""


@dataclass
class _Budget:
    """What filling one document may still do."""

    steps: int = limits.STEPS
    letters: int = limits.FILLED_LETTERS
    until: float = field(default_factory=lambda: time.process_time() + limits.FILLING_SECONDS)

    def spend(self, steps: int, letters: int = 0) -> None:
        """Raises Exceeded when nothing is left."""
        before = self.steps >> 4
        self.steps -= steps
        self.letters -= letters
        if self.steps < 0:
            raise Exceeded(f"循环和计算超过 {limits.STEPS // 10_000} 万步，没有做完")
        if self.letters < 0:
            raise Exceeded(f"印出的文字超过 {limits.FILLED_LETTERS >> 20} 兆字")
        if self.steps >> 4 != before and time.process_time() > self.until:
            raise Exceeded(f"填写超过 {limits.FILLING_SECONDS:g} 秒，没有做完")


_budget: ContextVar[_Budget | None] = ContextVar("budget", default=None)


@contextmanager
def bounded() -> Iterator[None]:
    """Filling one document: all templates rendered inside share its limits; they raise Exceeded beyond them."""
    if _budget.get() is not None:
        yield
        return
    token = _budget.set(_Budget())
    try:
        yield
    finally:
        _budget.reset(token)


def _spend(steps: int, letters: int = 0) -> str:
    budget = _budget.get()
    if budget is not None:
        budget.spend(steps, letters)
    return ""


def complaint(failure: Exception) -> str:
    """Why filling a template failed, in the reader's words where there are any."""
    if isinstance(failure, RecursionError):
        return "宏或循环自己调用自己，没有完"
    if isinstance(failure, ZeroDivisionError):
        return "除以零"
    if "no loader" in str(failure):
        return "模板里不能用 include、import、extends"
    return (failure.message if isinstance(failure, TemplateError) else str(failure)) or type(failure).__name__


# ---------------------------------------------------------------- weighing


def _weight(value: Any, most: int = limits.TEXT_LETTERS) -> int:
    """Letters of a text; of a list those of its texts and eight for each place; counts on until ``most``."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        value = list(value.items())
    if not isinstance(value, (list, tuple, set, frozenset)):
        return len(value) if isinstance(value, Sequence) else 1
    weight = 8 * len(value)
    for one in value:
        if weight > most:
            break
        weight += _weight(one, most - weight) if isinstance(one, Sized) else 0
    return weight


def weighed(value: Any) -> Any:
    """The value, paid for. Raises Exceeded for a text or list that is too long."""
    weight = _weight(value)
    if weight > limits.TEXT_LETTERS:
        raise Exceeded(f"一段文字或一个列表超过 {limits.TEXT_LETTERS // 10_000} 万")
    _spend(1 + weight // 50)
    return _counted(value) if isinstance(value, GeneratorType) else value


def _counted(values: Iterator[Any]) -> Iterator[Any]:
    for value in values:
        _spend(1)
        yield value


def _number(value: Any) -> None:
    if isinstance(value, (int, float)) and not -limits.NUMBER <= value <= limits.NUMBER:
        raise Exceeded(f"数字 {value:.3g} 太大")


def plain(value: Any) -> Any:
    """The value as it is printed. Raises SecurityError for a list or a row: they are printed field by field."""
    if not isinstance(value, _PLAIN):
        raise SecurityError("只能打印文字、数字和日期；列表请用 for 逐个打印，或用 join 连起来")
    if isinstance(value, int) and value.bit_length() > 4096:
        raise Exceeded("数字太大")
    if isinstance(value, str) and len(value) > limits.TEXT_LETTERS:
        raise Exceeded(f"一段文字超过 {limits.TEXT_LETTERS // 10_000} 万字")
    if isinstance(value, str) and _UNPRINTABLE.search(value):
        raise TemplateRuntimeError("填出了印不出的控制字符")
    return value


def _printed(value: Any) -> Any:
    if not isinstance(value, Undefined):
        _spend(1, len(value) if isinstance(plain(value), str) else 8)
    return value


def _times(count: int, weight: int) -> None:
    if count * weight > limits.TEXT_LETTERS:
        raise Exceeded(f"一段文字或一个列表超过 {limits.TEXT_LETTERS // 10_000} 万")


# ---------------------------------------------------------------- filters and methods


def _guarded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that weighs what it is given and what it gives."""
    passes = 1 if hasattr(function, "jinja_pass_arg") else 0

    @functools.wraps(function)
    def filtered(*args: Any, **kwargs: Any) -> Any:
        given = args[passes:]
        for value in (*given[1:], *kwargs.values()):
            _number(value)
        for value in (*given, *kwargs.values()):
            weighed(value)
        if name not in _TAKES_ALL and given:
            plain(given[0])
        _judge_text_work(name, given[0] if given else "", given[1:], kwargs)
        return weighed(function(*args, **kwargs))

    return filtered


def _judge_text_work(name: str, text: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
    """Raises Exceeded for work whose result would be too long to be made and weighed."""
    values = [*args, *kwargs.values()]
    if name == "replace":
        _times(len(str(text)) + 1, max((len(str(plain(value))) for value in values), default=0))
    elif name == "sum":
        for value in values:
            if not isinstance(value, (int, float, str)):
                raise SecurityError("sum 只能加数字")
    elif name in ("format", "%", "format_map"):
        if name == "format_map" or "{" in str(text):
            _judge_braces(str(text))
        if _WIDE.search(str(text)):
            raise Exceeded("格式里的宽度太大")
        for value in values:
            for one in value if isinstance(value, (tuple, list)) else (value,):
                plain(one)


def _judge_braces(text: str) -> None:
    for _, _, form, _ in string.Formatter().parse(text):
        if form and (re.search(r"\d{5}", form) or "{" in form):
            raise Exceeded("格式里的宽度太大")


_join = FILTERS["join"]


@pass_eval_context
def _joined(context: EvalContext, values: Any, d: str = "", attribute: str | int | None = None) -> str:
    """The filter join; what it joins must be such as can be printed."""
    if attribute is not None:
        values = map(make_attrgetter(context.environment, attribute), values)
    found = [plain(value) for value in weighed(list(values))]
    _times(len(found), len(str(plain(d))))
    return str(_join(context, found, d)) if not context.autoescape else _join(context, found, d)


def _range(*given: int) -> range:
    found = range(*given)
    if len(found) > limits.RANGE:
        raise Exceeded(f"range 超过 {limits.RANGE // 10_000} 万")
    return found


# ---------------------------------------------------------------- the environment


class _Counting(NodeTransformer):
    """Puts the counting into a parsed template: at each turn of a loop or macro, round lists, round joined texts."""

    def visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> Any:
        """The node with its children counted, and what counts it."""
        node = self.generic_visit(node)
        if isinstance(node, (nodes.For, nodes.Macro)):
            node.body.insert(0, _turn(node.body, node.lineno))
        elif isinstance(node, nodes.Concat):
            return _joined_in_pairs(node)
        elif isinstance(node, (nodes.List, nodes.Tuple, nodes.Dict)):
            to_be_set = isinstance(node, nodes.Tuple) and node.ctx != "load"
            return node if to_be_set or not node.items else _round(node, "weighed")
        return node


def _joined_in_pairs(node: nodes.Concat) -> nodes.Expr:
    """a ~ b ~ c, weighed after each ~."""
    made = _round(node.nodes[0], "plain")
    for one in node.nodes[1:]:
        made = _round(nodes.Concat([made, _round(one, "plain")], lineno=node.lineno), "weighed")
    return made


def _round(node: nodes.Expr, service: str) -> nodes.Expr:
    line = node.lineno
    return nodes.Call(nodes.EnvironmentAttribute(service, lineno=line), [node], [], None, None, lineno=line)


def _turn(body: Sequence[nodes.Node], line: int) -> nodes.ExprStmt:
    """Pays for one turn, and for what it prints of the template's own text."""
    letters = sum(
        len(text.data)
        for node in body
        if not isinstance(node, (nodes.For, nodes.Macro))
        for text in node.find_all(nodes.TemplateData)
    )
    costs: list[nodes.Expr] = [nodes.Const(1, lineno=line), nodes.Const(letters, lineno=line)]
    call = nodes.Call(nodes.EnvironmentAttribute("spend", lineno=line), costs, [], None, None, lineno=line)
    return nodes.ExprStmt(call, lineno=line)


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """Jinja for templates. What is wrong with a template's text raises TemplateSyntaxError, whatever it is."""

    intercepted_binops = frozenset(("//", "%", "+", "*", "-", "/", "**"))
    spend = staticmethod(_spend)
    weighed = staticmethod(weighed)
    plain = staticmethod(plain)

    def __init__(self, *, autoescape: bool) -> None:
        super().__init__(autoescape=autoescape, undefined=StrictUndefined, finalize=_printed, optimized=False)
        filters = {name: made for name, made in self.filters.items() if name not in _WITHOUT}
        self.filters = {name: _guarded(name, made) for name, made in filters.items()}
        self.filters["join"] = _guarded("join", _joined)
        kept = {name: self.globals[name] for name in ("dict", "cycler", "namespace", "joiner")}
        self.globals = {"range": _range, **kept}

    def parse(self, source: str, name: str | None = None, filename: str | None = None) -> nodes.Template:
        """See Jinja. Raises TemplateSyntaxError."""
        with _wrong_text():
            _judge_text(source)
            return super().parse(source, name, filename)

    def compile(self, source: Any, *args: Any, **kwargs: Any) -> Any:
        """See Jinja. Raises TemplateSyntaxError."""
        with _wrong_text():
            if isinstance(source, str):
                _judge_text(source)
            return super().compile(source, *args, **kwargs)

    def compile_expression(self, source: str, undefined_to_none: bool = True) -> Any:
        """See Jinja. Raises TemplateSyntaxError."""
        with _wrong_text():
            _judge_text("{{" + source + "}}")
            return super().compile_expression(source, undefined_to_none)

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        counted = _Counting().visit(source)
        counted.set_environment(self)
        return super()._generate(counted, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """A calculation, judged before it is made."""
        _judge_calculation(operator, left, right)
        return weighed(super().call_binop(context, operator, left, right))

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """A call, judged before it is made."""
        if __obj is _spend or __obj is weighed or __obj is plain:
            return __obj(*args)
        method = getattr(__obj, "__wrapped__", __obj)  # the sandbox wraps format and format_map
        owner = getattr(method, "__self__", None)
        builtin = isinstance(method, BuiltinMethodType) and not isinstance(owner, ModuleType)
        if builtin or (isinstance(method, MethodType) and isinstance(owner, str)):
            own = {name: value for name, value in kwargs.items() if name not in _JINJAS_OWN}
            _judge_call(method.__name__, owner, args, own)
        return weighed(super().call(__context, __obj, *args, **kwargs))


def _judge_calculation(operator: str, left: Any, right: Any) -> None:
    numbers = [value for value in (left, right) if isinstance(value, (int, float))]
    if any(isinstance(value, int) and value.bit_length() > 4096 for value in numbers):
        raise Exceeded("数字太大")
    if operator == "**" and (
        max(map(abs, numbers), default=0) > limits.NUMBER or abs(right) > limits.EXPONENT
    ):
        raise Exceeded("乘方太大")
    if operator == "*" and len(numbers) == 1:
        other = right if numbers[0] is left else left
        _times(max(int(numbers[0]), 0), _weight(other) if isinstance(other, Sized) else 0)
    if operator == "%" and isinstance(left, str):
        _judge_text_work("%", left, [right], {})


def _judge_call(name: str, owner: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
    if name not in _TEXT_METHODS:
        raise SecurityError(f"不能用 {name}()")
    values = [*args, *kwargs.values()]
    for value in values:
        _number(value)
    if name == "join":
        found = [plain(one) for value in values for one in weighed(list(value))]
        _times(len(found), len(owner))
    elif name == "strftime":
        _times(1000, max((len(str(value)) for value in values), default=0))
    elif name in ("replace", "format", "format_map"):
        _judge_text_work(name, owner, values if name != "format_map" else (), {})


@contextmanager
def _wrong_text() -> Iterator[None]:
    """What Jinja and Python raise for a text beyond them is the text's fault: numbers too long, brackets too deep."""
    try:
        yield
    except (RecursionError, MemoryError) as failure:
        raise TemplateSyntaxError("括号或循环套得太深", 1) from failure
    except (ValueError, OverflowError, SyntaxError) as failure:
        raise TemplateSyntaxError("循环套得太深，或有写不成的数字", 1) from failure


_TAGS = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)


def _judge_text(source: str) -> None:
    if len(source) > limits.TEMPLATE_LETTERS:
        raise TemplateSyntaxError("模板太长", 1)
    for tag in _TAGS.finditer(source):
        depth = 0
        for letter in tag[0][2:-2]:
            depth += (letter in "([{") - (letter in ")]}")
            if depth > limits.NESTING:
                raise TemplateSyntaxError("括号套得太深", source.count("\n", 0, tag.start()) + 1)
