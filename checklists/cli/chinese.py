"""typer speaks English by itself; here its help and its complaints are said in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from checklists.problems import Place, Problem, problem

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
    r"<list\[str\]>|<str>": "<文字>",
    r"<list\[[pP]ath\]>|<path>": "<路径>",
    r"<int range>|<int>": "<整数>",
    r"; required\]": "；必填]",
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
    (re.compile(r"Invalid value for ['\"](?P<word>[^'\"]+)['\"]"), "「{word}」的值不对"),
]


def _translated(text: str) -> str:
    for pattern, words in _HELP:
        text = pattern.sub(words, text)
    return text


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese."""

    def get_help(self, ctx: Any) -> str:
        return _translated(super().get_help(ctx))


class ChineseGroup(TyperGroup):
    """A group of commands whose help is Chinese."""

    def get_help(self, ctx: Any) -> str:
        return _translated(super().get_help(ctx))


class App(typer.Typer):
    """A Typer whose commands speak Chinese."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(cls=ChineseGroup, no_args_is_help=True, rich_markup_mode=None, **settings)

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
    return problem("usage-wrong", Place("命令行"), told=told, command=command)
