"""Charts as SVG, drawn by pygal; no script in them."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pygal
from lxml import etree
from pygal.style import Style

sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]
"""pygal's finder of maps, of which there are none here, is of a kind that Python warns of at every missing module."""
LABEL = 12
"""Letters of a label."""


_STYLE = Style(
    background="transparent",
    plot_background="transparent",
    font_family='"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
    label_font_size=15,
    major_label_font_size=15,
    value_font_size=15,
    value_colors=("#1c2024",),
    colors=("#0b5cab",),
)


def chart(figures: Sequence[tuple[str, int]], title: str) -> bytes:
    """Bars as SVG, without a script."""
    longest = min(max((len(name) for name, _ in figures), default=0), LABEL)
    drawn = pygal.HorizontalBar(
        js=(),
        style=_STYLE,
        show_legend=False,
        print_values=True,
        print_values_position="top",
        width=420,
        height=40 + 32 * max(len(figures), 1),
        margin=4,
        margin_left=4 + 7 * longest,  # pygal reckons with letters half as wide
        show_y_guides=False,
        show_x_labels=False,
        no_data_text="没有",
        truncate_label=LABEL,
        spacing=8,
        pretty_print=False,
    )
    drawn.x_labels = [name for name, _ in reversed(figures)]
    drawn.add(title, [count for _, count in reversed(figures)])
    drawn.add_xml_filter(_without_script)
    made: bytes = drawn.render()
    return made


def _without_script(root: etree._Element) -> etree._Element:
    for script in list(root.iter("{*}script", "script")):
        script.getparent().remove(script)
    return root
