from dataclasses import replace

from govnlp.corpus.markup import parse
from govnlp.rules import all_rules, check_report, rule_of, run_rules
from govnlp.rules.base import Context
from govnlp.rules.cases import sound


def crash(report, context):
    raise ZeroDivisionError("no numbers")


def test_codes_are_sorted_and_stand_once():
    codes = [r.code for r in all_rules()]
    assert codes == sorted(set(codes))
    assert rule_of("gd201").name == "row-total"


def test_a_crash_is_recorded_and_the_others_go_on():
    report = parse(sound(("[2, 1, 0, 0, 0, 0, 3]", "[2, 1, 0, 0, 0, 0, 4]"))).report
    rules = [replace(rule_of("GD501"), check=crash), rule_of("GD201")]
    run = run_rules(report, rules=rules)
    assert [(f.code, f.error) for f in run.failures] == [("GD501", "ZeroDivisionError: no numbers")]
    assert [f.code for f in run.findings] == ["GD201"]


def test_what_cannot_be_looked_at_is_not_clean():
    report = parse(sound()).report
    assert run_rules(report).unchecked == ("GD207", "GD208", "GD402", "GD403")
    assert run_rules(report, Context(previous=report)).unchecked == ("GD402", "GD403")
    assert check_report(report) == []
