"""Small labelled reports for tests of training: a few agencies, each with the same parts in words of its own."""

from __future__ import annotations

from govnlp.corpus.labelled import LabelledReport
from govnlp.corpus.markup import parse

_PLACES = ("石桥", "柳湾", "青山", "白沙", "龙泉", "东岭", "河口", "云溪", "大坪", "新塘", "南坡", "双井")
_FACTS = (
    "8月在集市设咨询台，当面答复村民提问",
    "5月起把救助名单贴到每个村民小组",
    "与县档案馆合办查阅点",
    "由党政办王主任逐条核对公示栏",
)
_FILLER = (
    "不断提高思想认识，切实增强做好工作的责任感。",
    "坚持以人民为中心，努力让群众满意。",
    "进一步加强组织领导，推动各项任务落到实处。",
)


def markup(k: int) -> str:
    """The k-th report in the corpus's markup; the same k gives the same report."""
    place = _PLACES[k % len(_PLACES)]
    n, m = 20 + 7 * k, 5 + k
    fact, filler = _FACTS[k % len(_FACTS)], _FILLER[k % len(_FILLER)]
    return f"""---
id: t{k:03}
year: 2023
agency: 云州县{place}镇人民政府
kind: township
format: 2021
family: family-{k}
completeness: {k % 5}
boilerplate: {(k + 2) % 5}
elements: [legal_basis, proactive_volume, website, training, fees]
tables:
  proactive: {{}}
  requests: {{}}
  review: {{}}
---
@preamble
#云州县{place}镇人民政府2023年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》编制本报告。{{F}}
@overview
#一、总体情况
{filler}{{B}}
@overview.proactive
#（一）主动公开
全年在县政府网站公开信息⟦{n}条|info_published|{n}|条|ch=website⟧。{{S}}{fact}。{{S}}
@overview.on_request
#（二）依申请公开
⟦未收到政府信息公开申请|requests_received|0|件⟧。{{F}}
@overview.management
#（三）政府信息管理
{_FILLER[(k + 1) % 3]}{{B}}
@overview.platform
#（四）政府信息公开平台建设
维护公示栏⟦{m}块|venues|{m}|块⟧。{{S}}
@overview.supervision
#（五）监督保障
组织培训⟦2次|training_sessions|2|次⟧。{{S}}
@proactive_table
#二、主动公开政府信息情况
[[table proactive]]
@requests_table
#三、收到和处理政府信息公开申请情况
[[table requests]]
@review_table
#四、政府信息公开行政复议、行政诉讼情况
[[table review]]
@problems
#五、存在的主要问题及改进情况
@problems.issues
存在的问题：{place}村公示栏旧了没有换。{{S}}
@problems.improvements
下一步，4月更换公示栏。{{S}}{_FILLER[(k + 2) % 3]}{{B}}
@other_matters
#六、其他需要报告的事项
⟦未收取信息处理费|fees|0|元⟧。{{F}}
"""


def report(k: int) -> LabelledReport:
    return parse(markup(k), name=f"t{k:03}.src")


def reports(n: int) -> list[LabelledReport]:
    return [report(k) for k in range(n)]
