"""A formula of the workbook read: what our formulas use of Excel's language, as nested nodes.

Written from ECMA-376 part 1, 18.17.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from checklists.documents.reckoning.values import Aside

Node = tuple[Any, ...]
"""("number", 5.0), ("text", "符合"), ("name", "月查_结果"), ("cell", "$A5", sheet), ("call", "IF", nodes), ("+", left, right) …"""
OWN_ROW: Node = ("call", "ROW", ())

_TOKEN = re.compile(
    r'\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?(?![\w!:]))|(?P<sign><=|>=|<>|[-+*/&=<>(),:{};%^])'
    r"|(?:(?P<sheet>'[^']+'|[\w.]+)!)?(?P<word>[$\w.]+))"
)
_LEVELS: tuple[tuple[str, ...], ...] = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"))
"""Operators that take two sides, the loosest first."""


@lru_cache(maxsize=4096)
def parse(formula: str) -> Node:
    """The formula (without =) as nested nodes. Raises Aside for what is not in this language."""
    tokens = list(_tokens(formula))
    node, rest = _level(tokens, 0, 0)
    if rest != len(tokens):
        raise Aside(formula)
    return node


def _tokens(formula: str) -> Iterator[Node]:
    at = 0
    formula = formula.strip()
    while at < len(formula):
        found = _TOKEN.match(formula, at)
        if not found or len(formula) > 8192:
            raise Aside(formula)
        at = found.end()
        kind = found.lastgroup or ""
        if kind == "text":
            yield ("text", found[kind][1:-1].replace('""', '"'))
        elif kind == "number":
            yield ("number", float(found[kind]))
        elif kind == "sign":
            yield ("sign", found[kind])
        else:
            yield ("word", found["word"], (found["sheet"] or "").strip("'"))


def _level(tokens: list[Node], at: int, level: int) -> tuple[Node, int]:
    if level == len(_LEVELS):
        return _signed(tokens, at)
    left, at = _level(tokens, at, level + 1)
    while at < len(tokens) and tokens[at][0] == "sign" and tokens[at][1] in _LEVELS[level]:
        right, after = _level(tokens, at + 1, level + 1)
        left, at = (tokens[at][1], left, right), after
    return left, at


def _signed(tokens: list[Node], at: int) -> tuple[Node, int]:
    if at < len(tokens) and tokens[at] == ("sign", "-"):
        node, at = _signed(tokens, at + 1)
        return ("-", ("number", 0.0), node), at
    left, at = _primary(tokens, at)
    while at < len(tokens) and tokens[at] == ("sign", ":"):
        right, at = _primary(tokens, at + 1)
        left = (":", left, right)
    return left, at


def _primary(tokens: list[Node], at: int) -> tuple[Node, int]:
    if at >= len(tokens):
        raise Aside("end")
    token = tokens[at]
    if token[0] in ("text", "number"):
        return token, at + 1
    if token == ("sign", "("):
        node, at = _level(tokens, at + 1, 0)
        return node, _closed(tokens, at, ")")
    if token == ("sign", "{"):
        nodes, at = _listed(tokens, at + 1, "}")
        return ("array", nodes), at
    if token[0] != "word":
        raise Aside(str(token))
    if at + 1 < len(tokens) and tokens[at + 1] == ("sign", "("):
        nodes, at = _listed(tokens, at + 2, ")")
        return ("call", token[1].upper(), nodes), at
    return ("ref", token[1], token[2]), at + 1


def _listed(tokens: list[Node], at: int, end: str) -> tuple[tuple[Node, ...], int]:
    nodes: list[Node] = []
    while at < len(tokens) and tokens[at] != ("sign", end):
        node, at = _level(tokens, at, 0)
        nodes.append(node)
        if at < len(tokens) and tokens[at] == ("sign", ","):
            at += 1
    return tuple(nodes), _closed(tokens, at, end)


def _closed(tokens: list[Node], at: int, end: str) -> int:
    if at >= len(tokens) or tokens[at] != ("sign", end):
        raise Aside(end)
    return at + 1


@lru_cache(maxsize=8192)
def looks_at_its_row(node: Node) -> bool:
    """Whether a node's value depends on where its formula stands."""
    if node[0] == "call":
        return node == OWN_ROW or any(map(looks_at_its_row, node[2]))
    return any(looks_at_its_row(part) for part in node if isinstance(part, tuple) and part)
