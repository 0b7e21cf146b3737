"""The elements of HTML that a reader of pages has to know."""

from __future__ import annotations

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "br",
    ]
)
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
NEVER_SHOWN = frozenset(
    ["script", "style", "template", "title", "head", "noscript", "datalist", "select", "textarea"]
)
WORDLESS = frozenset(["script", "style", "title"])
"""What holds no words of the page itself; the rest of what is never shown is told."""
FRAMES = frozenset(["iframe", "frame", "embed", "object", "applet"])
STRUCK = ("del", "s", "strike")
CLOSED_BY = {
    "p": BLOCKS - {"br", "body", "html"},
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "td": {"td", "th", "tr", "tbody", "thead", "tfoot"},
    "th": {"td", "th", "tr", "tbody", "thead", "tfoot"},
    "tr": {"tr", "tbody", "thead", "tfoot"},
    "option": {"option", "optgroup"},
    "title": BLOCKS | {"meta", "link", "script", "style"},
    "head": BLOCKS - {"html"},
}
"""Elements that may stay open, and the tags that close them."""
