"""Comparing two models: figures of several reports together, and what is more than noise."""

from __future__ import annotations

from govnlp.evaluation import Evaluation
from govnlp.training.measure import Comparison, as_table, compare, corpus_cases, measure, total
from tests.training.reports import reports


def evaluations(right: list[int]) -> list[Evaluation]:
    out = []
    for n in right:
        one = Evaluation(reports=1)
        one.elements.right, one.elements.predicted, one.elements.gold = n, 10, 10
        out.append(one)
    return out


def test_reports_add_up() -> None:
    figures = total(evaluations([10, 5]))
    assert figures["reports"] == 2
    assert figures["elements"]["f1"] == 0.75


def test_the_same_model_is_neither_worse_nor_better() -> None:
    same = evaluations([9, 8, 10, 7])
    found = {c.layer: c for c in compare(same, same, draws=50)}
    assert found["elements F1"] == Comparison("elements F1", 0.85, 0.85, 0.0, 0.0, 0.0)
    assert not any(c.worse or c.better for c in found.values())


def test_a_loss_everywhere_is_worse_and_one_in_one_report_is_noise() -> None:
    old = evaluations([10] * 12)
    everywhere = {c.layer: c for c in compare(old, evaluations([7] * 12), draws=100)}
    assert everywhere["elements F1"].worse
    once = {c.layer: c for c in compare(old, evaluations([10] * 11 + [8]), draws=100)}
    assert not once["elements F1"].worse
    assert once["elements F1"].new < 1


def test_worse_by_its_own_interval_alone_is_not_enough() -> None:
    assert not Comparison("claims channel", 0.957, 0.956, -0.002, -0.0001, 0.0002).worse
    assert Comparison("claims F1", 0.94, 0.93, -0.015, -0.005, -0.002).worse


def test_the_rules_find_what_small_reports_hold() -> None:
    from govnlp.pipeline import load

    figures = total(measure(load("rules"), corpus_cases(reports(2))))
    assert figures["scored"] == 2
    assert figures["sections"]["accuracy"] > 0.95
    assert figures["claims"]["f1"] > 0.9


def test_the_table_is_narrow() -> None:
    lines = as_table([Comparison("boilerplate Spearman", 0.9, 0.95, 0.01, 0.09, 0.1)]).splitlines()
    assert lines[1] == "boilerplate Spearman    0.9000  0.9500  +0.0500   +0.0100 … +0.0900  better"
    assert all(len(line) <= 80 for line in lines)
