"""Every rule is run over its own pass and fail cases, and its texts are complete."""

import re
import string

import pytest

from govnlp.corpus.markup import parse
from govnlp.rules import all_rules, run_rules
from govnlp.rules.base import Case, Context, Rule
from govnlp.rules.cases import sound
from govnlp.schema import SEVERITIES

RULES = all_rules()


def judge(rule: Rule, case: Case):
    report = parse(case.markup).report
    previous = parse(case.previous).report if case.previous else None
    context = Context(previous=previous, copies=case.copies)
    return report, rule.findings(report, context), rule.findings(report, context, "en")


@pytest.mark.parametrize(("rule", "case"), [pytest.param(r, c, id=r.code) for r in RULES for c in r.passes])
def test_passes(rule, case):
    assert judge(rule, case)[1] == []


@pytest.mark.parametrize(("rule", "case"), [pytest.param(r, c, id=r.code) for r in RULES for c in r.fails])
def test_fails(rule, case):
    report, findings, english = judge(rule, case)
    assert findings
    if case.evidence:
        assert tuple(report.span(*span) for f in findings for span in f.evidence) == case.evidence
    assert all(0 <= a < b <= len(report.text) for f in findings for a, b in f.evidence)
    assert all(re.search("[\u4e00-\u9fff]", f.message) for f in findings)
    assert all(re.search("[a-z]{2}", f.message) for f in english)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_texts(rule):
    assert rule.severity in SEVERITIES
    assert rule.needs in ("report", "previous", "batch")
    assert rule.basis
    assert rule.passes
    assert rule.fails
    assert "default" in rule.messages
    for text in (rule.title, rule.explanation, rule.advice, *rule.messages.values()):
        assert set(text) == {"zh", "en"}
        assert all(text.values())
    for text in rule.messages.values():
        fields = [{f for _, f, _, _ in string.Formatter().parse(t) if f} for t in text.values()]
        assert fields[0] == fields[1]


def test_the_sound_report_has_no_defect():
    run = run_rules(parse(sound()).report)
    assert [(f.code, f.message) for f in run.findings] == []
    assert run.failures == ()
