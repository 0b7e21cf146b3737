"""typer speaks English by itself; here its help and its complaints are said in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from checklists.cli.streams import text_of
from checklists.problems import Position, Problem, Refused, problem

Function = TypeVar("Function", bound=Callable[..., Any])

_HELP_WORDS = {
    r"^Usage:": "用法：",
    r"^Options:": "选项：",
    r"^Arguments:": "参数：",
    r"^Commands:": "命令：",
    r"Show this message and exit\.": "显示本说明。",
    r"\[OPTIONS\]": "[选项]",
    r"COMMAND \[ARGS\]\.\.\.": "命令 [参数]...",
    r"\[required\]": "[必填]",
    r"\[default:\s+": "[默认：",
    r"<list\[str\]>|<str>": "<文字>",  # of arguments, which show their type whatever their metavar is
    r"<list\[[pP]ath\]>|<path>": "<路径>",
    r"; required\]": "；必填]",
    r"Install completion for the current shell\.": "给现在用的 shell 装上补全（按 Tab 键补出命令和选项）。",
    r"Show\s+completion\s+for\s+the\s+current\s+shell,[^.]*\.": "显示补全的脚本，供自己安装。",
}
_HELP = [(re.compile(pattern, re.MULTILINE), words) for pattern, words in _HELP_WORDS.items()]

_COMPLAINTS = [
    (re.compile(r"No such command ['\"](?P<word>.*)['\"]"), "没有命令「{word}」"),
    (re.compile(r"No such option:? ['\"]?(?P<word>[^'\". ]+)"), "没有选项「{word}」"),
    (re.compile(r"Missing option ['\"](?P<word>[^'\"]+)"), "缺少选项「{word}」"),
    (re.compile(r"Missing argument ['\"](?P<word>[^'\"]+)"), "缺少参数「{word}」"),
    (re.compile(r"Missing command"), "缺少命令"),
    (re.compile(r"Option ['\"](?P<word>[^'\"]+)['\"] requires an argument"), "选项「{word}」后面要写值"),
    (re.compile(r"Got unexpected extra arguments? \((?P<word>.*)\)"), "多写了「{word}」"),
    (re.compile(r"Option ['\"](?P<word>[^'\"]+)['\"] does not take a value"), "选项「{word}」后面不写值"),
    (
        re.compile(
            r"Invalid value for ['\"](?P<word>[^'\"]+)['\"].*(?:greater than or equal to |x>=)(?P<least>\d+)"
        ),
        "「{word}」的值不对，应不小于 {least}",
    ),
    (
        re.compile(r"Invalid value for ['\"](?P<word>[^'\"]+)['\"].*valid int"),
        "「{word}」的值不对，应为整数",
    ),
    (re.compile(r"Invalid value for ['\"](?P<word>[^'\"]+)['\"]"), "「{word}」的值不对"),
]


def _translated(text: str) -> str:
    for pattern, words in _HELP:
        text = pattern.sub(words, text)
    return text


MOST_EXAMPLES = 5


@cache
def _written_examples() -> tuple[str, ...]:
    return tuple(Path(__file__).with_name("examples.txt").read_text("utf-8").splitlines())


def _examples(context: Any) -> str:
    """Commands to try that begin with this one, as they stand in ``examples.txt``."""
    names: list[str] = []
    while context.parent:
        names.insert(0, context.info_name)
        context = context.parent
    path = " ".join(["checklists", *names])
    found = [line for line in _written_examples() if f"{line} ".startswith(f"{path} ")]
    return "\n\n举例：\n" + "\n".join(f"  {line}" for line in found[:MOST_EXAMPLES]) if found else ""


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese, and whose arguments are texts with something in them."""

    def get_help(self, ctx: Any) -> str:
        return _translated(super().get_help(ctx)) + _examples(ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """See typer. Raises Refused for an argument that is empty or no text."""
        _refuse_empty(args)
        rest = super().parse_args(ctx, args)
        _make_readable(ctx, self.params)
        return rest


MAY_BE_EMPTY = ("--name", "--code", "--address", "--person", "--phone")
"""What a form may leave open; a script passes it empty."""


def _refuse_empty(args: list[str]) -> None:
    for before, arg in pairwise(["", *args]):
        name, equals, value = arg.partition("=") if arg.startswith("--") else (before, "=", arg)
        if equals and not value.strip() and (value or name not in MAY_BE_EMPTY):
            shown = name if name.startswith("-") else "参数"
            raise Refused([problem("argument-empty", Position("命令行"), name=shown)], exit_code=2)


def _make_readable(context: Any, parameters: Iterable[Any]) -> None:
    """Replace what was given for the parameters of a command or a group by texts."""
    for parameter in parameters:
        if parameter.name in context.params:
            context.params[parameter.name] = _readable(context.params[parameter.name], parameter)


def _readable(value: Any, parameter: Any) -> Any:
    """The value, its texts read in the terminal's encoding; paths are the system's, whatever their bytes."""
    if isinstance(value, (list, tuple)):
        return type(value)(_readable(one, parameter) for one in value)
    if not isinstance(value, str):
        return value
    text = text_of(value)
    if text is None:
        name = next((name for name in parameter.opts if name.startswith("-")), "参数")
        raise Refused([problem("argument-not-text", Position("命令行"), name=name, given=value)], exit_code=2)
    return text


class ChineseGroup(TyperGroup):
    """A group of commands whose help is Chinese, and whose own options are texts with something in them."""

    def get_help(self, ctx: Any) -> str:
        return _translated(super().get_help(ctx)) + _examples(ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """See typer. Raises Refused for an option that is empty or no text."""
        if self.params:
            _refuse_empty(args)
        rest = super().parse_args(ctx, args)
        _make_readable(ctx, self.params)
        return rest


class App(typer.Typer):
    """A Typer whose commands speak Chinese."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(cls=ChineseGroup, no_args_is_help=True, rich_markup_mode=None, **settings)

    def callback(self, **settings: Any) -> Callable[[Function], Function]:
        """Register the function that has the options of the group itself."""
        return super().callback(cls=ChineseGroup, **settings)

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Function], Function]:
        """Register a command."""
        return super().command(name, cls=ChineseCommand, **settings)


def usage_problem(failure: Any) -> Problem:
    """The complaint of a usage error, with the command whose help explains it."""
    told = failure.format_message()
    context = getattr(failure, "ctx", None)
    command = context.command_path if context else "checklists"
    for pattern, words in _COMPLAINTS:
        if match := pattern.search(told):
            told = words.format(**match.groupdict())
            break
    return problem("usage-wrong", Position("命令行"), told=told, command=command)
