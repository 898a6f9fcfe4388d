"""What the rules rest on has its name in English too."""

from __future__ import annotations

import re

from govnlp.rules import all_rules
from govnlp.rules.basis import ART_49, basis_in


def test_every_basis_has_its_english_name() -> None:
    every = {b for rule in all_rules() for b in rule.basis}
    assert {b for b in every if re.search("[㐀-鿿]", basis_in(b, "en"))} == set()
    assert all(basis_in(b, "zh") == b for b in every)


def test_an_unknown_basis_stays() -> None:
    assert basis_in("某市规定", "en") == "某市规定"
    assert basis_in(ART_49, "en").endswith("art. 49: the report on the year before is published by 31 January")
