"""The templates, compiled once, and the policy that lets nothing but the page's own style and script act."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup, escape

from govnlp.exports.words import Words

LATER = "<!--later-->"
"""Where `Pages.insert` puts a part; nothing of a report can look like it, since `<` is always escaped."""


class Pages:
    """Writes pages in one language. Everything that comes into a template is escaped there."""

    def __init__(self, words: Words) -> None:
        folder = resources.files("govnlp.exports.html").joinpath("pages")
        texts = {f.name: f.read_text(encoding="utf-8") for f in folder.iterdir() if f.is_file()}
        env = jinja2.Environment(
            loader=jinja2.DictLoader({k: _in_words(v, words) for k, v in texts.items() if k.endswith(".html")}),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )
        env.filters["address"] = lambda name: quote(name)
        env.globals.update(
            t=words,
            term=words.term,
            lang={"zh": "zh-CN", "en": "en"}[words.lang],
            later=Markup(LATER),
        )
        self._templates = {}
        for name in ("batch", "report", "copied"):
            template = env.get_template(f"{name}.html")
            style = texts["common.css"] + texts.get(f"{name}.css", "")
            script = texts["common.js"] + texts.get(f"{name}.js", "")
            template.globals.update(style=Markup(style), script=Markup(script), policy=_policy(style, script))
            self._templates[name] = template

    def write(self, path: Path, template: str, variables: Mapping[str, Any]) -> Path:
        """Fill a template into a file."""
        html = self._templates[template].render(variables)
        # a lone half of a surrogate pair may still hide where text goes unchecked: it must not stop the batch
        path.write_bytes(html.encode("utf-8", "replace"))
        return path

    def insert(self, path: Path, template: str, variables: Mapping[str, Any]) -> None:
        """Fill a template into a page written before, at its mark."""
        part = self._templates[template].render(variables).encode("utf-8", "replace")
        path.write_bytes(path.read_bytes().replace(LATER.encode(), part, 1))


_FIXED = re.compile(r'\{\{ t\("([\w.]+)"\) \}\}')


def _in_words(template: str, words: Words) -> str:
    """The template with its fixed texts put in: once for all pages."""
    return _FIXED.sub(lambda m: str(escape(words(m[1]))), template)


def _policy(style: str, script: str) -> str:
    """A content security policy: nothing is loaded, only this style and this script apply."""

    def digest(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    return (
        f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
