"""What a template may do: all that real ones do, and nothing that takes the machine with it."""

from __future__ import annotations

import datetime
import time
from dataclasses import dataclass
from typing import Any

import pytest
from jinja2 import TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError

from checklists import limits
from checklists.filling import BoundedEnvironment, Exceeded, bounded, complaint

ENVIRONMENT = BoundedEnvironment(autoescape=False)


@dataclass(frozen=True)
class Line:
    number: int
    title: str


LINES = tuple(Line(number, f"项{number}") for number in range(1, 4))


def render(text: str, **names: Any) -> str:
    with bounded():
        return ENVIRONMENT.from_string(text).render(lines=LINES, day=datetime.date(2026, 11, 22), **names)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ lines[0].title }}", "项1"),
        ("{% for l in lines %}{{ loop.index }}{{ l.title }}{% if not loop.last %}、{% endif %}{% endfor %}",
         "1项1、2项2、3项3"),
        ("{% for pair in lines|batch(2) %}{{ pair|length }}{% endfor %}", "21"),
        ("{{ lines|map(attribute='title')|join('、') }}", "项1、项2、项3"),
        ("{{ lines|join('、', attribute='number') }}", "1、2、3"),
        ("{{ '、'.join(['甲', '乙']) }}", "甲、乙"),
        ("{{ '%03d'|format(lines[1].number) }}{{ '{:>4}'.format(7) }}{{ '%s号' % 5 }}", "002   75号"),
        ("{{ 7 * 3 + 2 ** 4 - 1 }}{{ '＿' * 5 }}{{ ([0] * 3)|length }}", "36＿＿＿＿＿3"),
        ("{{ day.strftime('%Y') }}{{ day }}", "20262026-11-22"),
        ("{{ '甲' ~ 1 ~ '乙' }}{{ 'ab'|upper }}{{ 'a-b'.replace('-', '') }}", "甲1乙ABab"),
        ("{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(1) }}{{ m('二') }}", "<1><二>"),
        ("{% set n = namespace(x=0) %}{% for i in range(1000) %}{% set n.x = n.x + i %}{% endfor %}{{ n.x }}",
         "499500"),
        ("{{ lines|sum(attribute='number') }}{{ none_given|default('—') }}", "6—"),
    ],
)  # fmt: skip
def test_what_real_templates_do_works(text: str, told: str) -> None:
    assert render(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(99999999) %}x{% endfor %}",
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in range(1000) recursive %}{% if loop.depth < 6 %}{{ loop(range(1000)) }}{% endif %}{% endfor %}",
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
        "{{ 'x' * 10 ** 9 }}", "{{ 10 ** 9 * 'x' }}", "{{ ([0] * 10 ** 9)|length }}", "{{ ((0,) * 10 ** 9)|length }}",
        "{{ 10 ** 10 ** 10 }}", "{{ 9 ** 9 ** 9 }}", "{{ 2.0 ** 99999 }}",
        "{% set n = namespace(x=2) %}{% for i in range(100) %}{% set n.x = n.x * n.x %}{% endfor %}{{ n.x }}",
        "{% set n = namespace(x='xx') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
        "{% set n = namespace(x='xx') %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x=[1]) %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x=[1]) %}{% for i in range(60) %}{% set n.x = [n.x, n.x] %}{% endfor %}",
        "{{ '{:>999999999}'.format(1) }}", "{{ '{:>{w}}'.format(1, w=999999999) }}", "{{ '%999999999d' % 1 }}",
        "{{ '%*d' % (999999999, 1) }}", "{{ '%.999999999f' % 1.5 }}", "{{ '%999999999s'|format('x') }}",
        "{{ 'x'|center(999999999) }}", "{{ 'x'.ljust(999999999) }}", "{{ 'x'.zfill(999999999) }}",
        "{{ (['x' * 9000] * 9000)|join('y' * 9000) }}", "{{ ('y' * 900000).join(['x'] * 9000) }}",
        "{{ range(99999)|join('y' * 90000) }}",
        "{{ ('x' * 100000)|replace('x', 'y' * 100000) }}", "{{ ('x' * 100000).replace('x', 'y' * 100000) }}",
        "{{ range(10)|batch(999999999, 0)|list|length }}", "{{ range(10)|slice(999999999)|list|length }}",
        "{{ 1.5|round(999999999, 'floor') }}", "{{ ([[0] * 9999] * 9999)|sum(start=[])|length }}",
        "{% for a in range(99999) %}{{ range(99999)|map('string')|join }}{% endfor %}",
        "{% for a in range(99999) %}" + "阳" * 20000 + "{% endfor %}",
        "{% set s = 'x' * 100000 %}{% for a in range(99999) %}{{ s }}{% endfor %}",
        "{% set s = 'x' * 1000000 %}{{ s ~ s ~ s ~ s ~ s ~ s ~ s ~ s ~ s }}",
        "{% filter center(999999999) %}x{% endfilter %}",
    ],
)  # fmt: skip
def test_what_would_never_end_is_stopped_in_seconds(text: str) -> None:
    began = time.process_time()

    with pytest.raises((Exceeded, SecurityError)):
        render(text)

    assert time.process_time() - began < limits.FILLING_SECONDS + 3


@pytest.mark.parametrize(
    "text",
    ["{{ lines }}", "{{ lines[0] }}", "{{ lines ~ 'x' }}", "{{ [lines] * 99999 }}", "{{ [lines[0]]|join }}",
     "{{ lines|string }}", "{{ lines|upper }}", "{{ '%s' % [lines] }}", "{{ dict.fromkeys(range(9999)) }}",
     "{{ (5).to_bytes(999999999, 'big') }}", "{{ 'x'.encode() }}", "{{ ''.__class__ }}", "{{ '\\t'.expandtabs(9) }}"],
)  # fmt: skip
def test_what_is_no_text_is_not_printed_and_what_is_no_texts_method_not_called(text: str) -> None:
    with pytest.raises((SecurityError, TemplateError)):
        render(text)


@pytest.mark.parametrize("text", ["{{ '\\x00' }}", "{{ '\\x1b' }}", "{{ '\\ud800' }}", "{{ 'a\\ufffe' }}"])
def test_what_no_file_can_hold_is_not_printed(text: str) -> None:
    with pytest.raises(TemplateError, match="控制字符"):
        render(text)


@pytest.mark.parametrize(
    "text",
    ["{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "{{ " + "-" * 20000 + "1 }}", "{{ " + "9" * 5000 + " }}",
     "{% for a in [1] %}" * 40 + "{% endfor %}" * 40, "{% if 1 %}" * 300 + "{% endif %}" * 300,
     "{{ 1" + " ~ 1" * 20000 + " }}", "{{ x" + "|upper" * 20000 + " }}", "{{ x|nothing }}", "{{ x|random }}"],
)  # fmt: skip
def test_what_cannot_be_compiled_is_a_mistake_in_the_template(text: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        ENVIRONMENT.from_string(text)


def test_all_templates_of_one_document_share_its_limits() -> None:
    half = "{% for a in range(" + str(limits.RANGE) + ") %}{% endfor %}"

    with pytest.raises(Exceeded), bounded():
        for _ in range(limits.STEPS // limits.RANGE + 1):
            ENVIRONMENT.from_string(half).render()
    with bounded():
        ENVIRONMENT.from_string(half).render()


def test_a_failure_is_told_in_the_readers_words() -> None:
    def told(text: str) -> str:
        with pytest.raises(Exception) as failure:
            render(text)
        return complaint(failure.value)

    assert told("{{ 1 / 0 }}") == "除以零"
    assert told("{% include 'x' %}") == "模板里不能用 include、import、extends"
    assert "自己调用自己" in told("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}")
