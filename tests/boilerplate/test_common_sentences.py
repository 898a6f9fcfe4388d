"""A sentence that three other agencies have too counts as boilerplate, whatever its label; one with a count does not."""

from __future__ import annotations

from dataclasses import replace

from govnlp.boilerplate.common import common_sentences
from govnlp.boilerplate.profile import Profile, ProfileBuilder
from govnlp.document import Claim, Report, Section, Sentence, Source

SHARED, OWN = "值班长每周一把公示栏擦净并更换内容。", "北滩渡口的船期表由老周手写张贴。"


def report(agency: str, *sentences: str, label: str = "specific") -> Report:
    text, spans = "", []
    for sentence in sentences:
        spans.append(Sentence(len(text), len(text) + len(sentence), label))
        text += sentence
    source = Source(f"{agency}.txt", "", "text", text)
    sections = (Section("overview.platform", 0, len(text)),)
    return Report(source, agency, "township", 2023, "2021", sections, tuple(spans), (), {})


def profile(n: int) -> Profile:
    builder = ProfileBuilder()
    for i in range(n):
        builder.add(report("甲乙丙丁戊己庚辛"[i] + "山镇人民政府", SHARED, f"第{i}条山路由护林员巡查。"))
    return builder.build()


def test_a_sentence_of_three_others_is_common() -> None:
    mine = report("柳庄镇人民政府", SHARED, OWN)
    assert common_sentences(mine, profile(4)) == {0}
    assert common_sentences(mine, profile(2)) == frozenset()


def test_the_agency_itself_does_not_count() -> None:
    builder = ProfileBuilder()
    for _ in range(4):
        builder.add(report("柳庄镇人民政府", SHARED))
    assert common_sentences(report("柳庄镇人民政府", SHARED), builder.build()) == frozenset()


def test_a_count_is_the_agencys_own() -> None:
    mine = report("柳庄镇人民政府", SHARED)
    counted = replace(mine, claims=(Claim("c1", 0, 2, SHARED[:2], "other", 1, "次"),))
    assert common_sentences(counted, profile(4)) == frozenset()


def test_the_share_takes_them_in() -> None:
    mine = report("柳庄镇人民政府", SHARED, OWN)
    assert mine.boilerplate_share() == 0
    assert mine.boilerplate_share(common_sentences(mine, profile(4))) == len(SHARED) / len(SHARED + OWN)
