import pytest

from govnlp.document import Copy
from govnlp.rules import rule_of
from govnlp.rules.copies import hit


@pytest.mark.parametrize(
    ("other", "source", "message", "name"),
    [
        ("青云县黑水乡人民政府", "", "default", "青云县黑水乡人民政府"),
        ("青云县黑水乡人民政府2022年", "", "dated", "青云县黑水乡人民政府"),
        ("2022年", "in/old.docx", "dated", "old.docx"),
        ("2022年", "", "unnamed_dated", ""),
        ("", "", "unnamed", ""),
    ],
)
def test_the_other_report_is_named_as_far_as_known(other, source, message, name):
    found = hit(Copy("previous", other, 0.8, other_source=source))
    assert (found.message, found.values["name"]) == (message, name)
    for code in ("GD402", "GD403"):
        text = rule_of(code).messages[found.message]["en"].format(**found.values)
        assert "“”" not in text
        assert "80 %" in text
