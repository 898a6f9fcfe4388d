"""GD109: a table label differs from the national format."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import FORMAT_2021
from govnlp.rules.cases import fails, passes

HARMLESS = re.compile(r"保留\d位小数|单位万元|本年度?|[\W_]+")
"""What may differ without a change of meaning: the note on decimals, punctuation, white space."""


def check(report: Report, context: Context) -> Iterator[Hit]:
    for table in report.tables.values():
        seen = set()
        for issue in table.labels:
            if issue.expected is not None and core(issue.found) == core(issue.expected):
                continue
            if (issue.found, issue.expected) in seen:
                continue
            seen.add((issue.found, issue.expected))
            evidence = ((issue.start, issue.end),) if issue.start < issue.end else ()
            values = {"found": issue.found.strip(), "expected": issue.expected or ""}
            yield Hit(evidence=evidence, values=values, message="default" if issue.expected else "foreign")


def core(label: str) -> str:
    """A label without what may differ."""
    return HARMLESS.sub("", unicodedata.normalize("NFKC", label))


RULE = Rule(
    code="GD109",
    name="altered-label",
    severity="info",
    title={"zh": "表格栏目名称有改动", "en": "A table label is altered"},
    basis=(FORMAT_2021,),
    explanation={
        "zh": "表格的行、列名称由统一格式规定，改动、合并或者漏字会使数据无法自动汇总。",
        "en": "The national format sets the names of rows and columns; altered, merged or shortened names break the "
        "automatic "
        "collection of the numbers.",
    },
    advice={"zh": "按统一格式改回栏目名称。", "en": "Restore the label of the national format."},
    messages={
        "default": {"zh": "“{found}”应为“{expected}”。", "en": "“{found}” should read “{expected}”."},
        "foreign": {
            "zh": "统一格式没有“{found}”{expected}这一栏。",
            "en": "The format has no label “{found}”{expected}.",
        },
    },
    check=check,
    passes=(
        passes(),
        passes(front="altered_labels: {（单位：万元）: （单位：万元，保留4位小数）}\n"),
        passes(front="altered_labels: {未经复议直接起诉: 未经复议 直接起诉}\n"),
    ),
    fails=(
        fails(front="altered_labels: {本年废止件数: 本年度止件数}\n", evidence=("本年度止件数",)),
        fails(front="altered_labels: {社会公益组织: 社会组织}\n", evidence=("社会组织",)),
    ),
)
