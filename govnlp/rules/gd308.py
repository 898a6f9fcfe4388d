"""GD308: the same thing is stated twice with different numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import combinations

from govnlp.document import Claim, Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import ART_6
from govnlp.rules.cases import fails, passes
from govnlp.rules.gd302 import APPLICANT_WORDS
from govnlp.rules.wording import INCLUSION, clause_span, is_main, lead, show, trail

WHOLE = re.compile(
    r"截[至止]\s*12\s*月\s*31\s*日|全年|年内|年度|今年|一年来|共|总计|合计|累计|年末|年底|总数|总量|(?:19|20)\d\d年|门户网站"
)
"""Words that say that a number is that of the whole year."""
NAME = re.compile('[“"《][^”"》]{2,16}[”"》]')
GENERIC = re.compile(
    "其中|除了?|全年|年内|年度|本年度?|今年|一年来|截至|年末达?|年底|当年|(?:19|20)\\d\\d年|总共|一共|共计?|总计|合计|累"
    "计|总数|总量|先后|"
    "主动|公开|发布|推送|更新|推出|刊发|刊播|播发|编发|发文|推文|图文|信息|消息|政务|政府|各类|相关|有关|内容"
    "|作品|举办|举行|组织|开展|召开|完成|"
    "进行|参加|办理|受理|收到|处理|处置|解答|答复|回复|回应|接到|接收|通过|利用|依托|我[县市区镇乡局街]|全[县"
    "市区镇乡]|本[县市区镇乡局]|"
    "新媒体|微信|公众号|官方|官微|门户|网站|平台|账号|视频号|抖音号?|短视频|微博|[县市区镇乡街]道?|业务|工作|干部|人"
    "员|等|均|达|在|由|向|对|的|了|和|及|与|"
    "年|月|日|次|新|约|有|其|各|[\\W_\\d]"
)
"""Words that do not tell one subject of counting from another."""
OF_THE_KIND = {
    "info_published": "",
    "audience": "粉丝|关注|订阅|用户|浏览|访问|阅读|播放|参观|查阅|接待",
}
SAME_TWICE = frozenset(
    {
        *("info_published", "interpretations", "responses", "training_sessions", "requests_received", "meetings"),
        *(
            "audience",
            "training_attendance",
            "documents",
            "proposals",
            "venues",
            "corrections",
            "inspections",
            "decisions",
        ),
    }
)
ALL_PUBLISHED = re.compile("(?:公开|发布)(?:各类)?(?:政府|政务)?信息(?:共|共计|累计|总计|合计|达)?$")
PUSHED = re.compile("推送|推文|公众号|账号")
MOST = 250
"""Of more claims only the first are compared with each other: so many stand in no report, only in a list."""
NOT_ALL = re.compile("参加|参与|选派|其中|新增|净增|增设|新装|更换|维修|线上|镇级|县级|区级|市级|村级|社区|本级|部门")


def check(report: Report, context: Context) -> Iterator[Hit]:
    by_id = {c.id: c for c in report.claims}
    claims = [c for c in report.claims if c.type in SAME_TWICE and c.value > 0 and stands_alone(report, c, by_id)][
        :MOST
    ]
    done: set[str] = set()
    spans = {c.id: clause_span(report, c) for c in claims}
    for one, other in combinations(claims, 2):
        if one.type != other.type or one.value == other.value or {one.id, other.id} & done:
            continue
        if spans[one.id] == spans[other.id] or linked(report, one, other):
            continue
        if same_subject(report, one, other) or more_than_all(report, one, other):
            done |= {one.id, other.id}
            evidence = ((one.start, one.end), (other.start, other.end))
            values = {"one": words_of(report, one), "other": words_of(report, other)}
            yield Hit(evidence=evidence, values=values)


def stands_alone(report: Report, claim: Claim, by_id: Mapping[str, Claim]) -> bool:
    """Whether a claim is no share of another, or the share of one platform in what all platforms published."""
    if is_main(report, claim):
        return True
    whole = None if claim.part_of is None else by_id.get(claim.part_of)
    if whole is None or claim.qualifier != "exact" or claim.type != "info_published":
        return False
    by_platform = claim.channel is not None and whole.channel is None
    return by_platform and not subject(report, claim)


def same_subject(report: Report, one: Claim, other: Claim) -> bool:
    """Whether two claims count the same thing over the same time."""
    names = [frozenset(NAME.findall(lead(report, c))) for c in (one, other)]
    if names[0] and names[1] and not names[0] & names[1]:
        return False
    subjects = [subject(report, c) for c in (one, other)]
    if swapped(one, other) and shares_words(report, one, other) and one.unit == other.unit:
        return one.channel == other.channel or None in (one.channel, other.channel)
    if one.channel != other.channel or not alike(one, other):
        return False
    wholes = [bool(WHOLE.search(lead(report, c))) for c in (one, other)]
    if not any(wholes) or any(NOT_ALL.search(lead(report, c).replace("其中", "")) for c in (one, other)):
        return False
    if one.type == "requests_received":
        return not any(APPLICANT_WORDS.search(lead(report, c)) for c in (one, other))
    if subjects[0] != subjects[1]:
        return False
    return bool(subjects[0]) or countable_without_subject(report, one, other)


def more_than_all(report: Report, one: Claim, other: Claim) -> bool:
    """Whether the website alone is said to have published more over the year than all channels together."""
    whole, part = sorted((one, other), key=lambda c: c.value)
    return (
        (whole.type, whole.channel, part.channel) == ("info_published", None, "website")
        and whole.qualifier == part.qualifier == "exact"
        and alike(whole, part)
        and all_published(report, whole)
        and all_published(report, part)
    )


def all_published(report: Report, claim: Claim) -> bool:
    """Whether a claim is said to be all that was published over the year."""
    words = lead(report, claim)
    return bool(WHOLE.search(words) and ALL_PUBLISHED.search(words))


def countable_without_subject(report: Report, one: Claim, other: Claim) -> bool:
    """Whether the type and channel alone tell what is counted, where the words before the numbers add nothing."""
    if one.type == "info_published":
        if one.channel is None:  # all that was published, said twice with a word for the whole year
            return all_published(report, one) and all_published(report, other)
        return one.channel in ("website", "wechat", "weibo", "video", "new_media")
    if one.type == "audience":
        kinds = [set(re.findall(OF_THE_KIND["audience"], lead(report, c))) for c in (one, other)]
        return one.channel is not None and bool(kinds[0] & kinds[1])
    return one.type in ("interpretations", "training_sessions")


def subject(report: Report, claim: Claim) -> str:
    """The words before a claim without those that any claim has."""
    words = INCLUSION.sub("", unicodedata.normalize("NFKC", lead(report, claim)))
    return GENERIC.sub("", NAME.sub("", words))


def swapped(one: Claim, other: Claim) -> bool:
    """Whether two numbers differ by digits that changed places, the usual slip of copying."""
    a, b = str(show(one.value)), str(show(other.value))
    return len(a) == len(b) >= 2 and sorted(a) == sorted(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 2


def shares_words(report: Report, one: Claim, other: Claim) -> bool:
    """Whether the words before or after two claims have two characters in a row in common."""
    texts = [lead(report, c)[-16:] + "|" + trail(report, c)[:6] for c in (one, other)]
    pairs = [{t[i : i + 2] for i in range(len(t) - 1) if t[i : i + 2].isalpha()} for t in texts]
    dull = {"全年", "年内", "累计", "发布", "公开", "政府", "共计", "年度"}
    if pairs[0] & pairs[1] - dull:
        return True
    if one.channel is not None:
        return one.channel == other.channel or (other.channel is None and from_account(report, other))
    return other.channel is not None and from_account(report, one)


def from_account(report: Report, claim: Claim) -> bool:
    """Whether the words before a number say that an account sent it out, without saying on which network."""
    return claim.type == "info_published" and PUSHED.search(lead(report, claim)) is not None


def alike(one: Claim, other: Claim) -> bool:
    """Whether two units may count the same thing."""
    groups = ("条件篇份则", "次场期轮", "人次名", "个处块")
    return one.unit == other.unit or any(one.unit in g and other.unit in g for g in groups)


def linked(report: Report, one: Claim, other: Claim) -> bool:
    """Whether one claim is a share of the other, or of the same total."""
    return (
        one.part_of == other.id or other.part_of == one.id or (one.part_of is not None and one.part_of == other.part_of)
    )


def words_of(report: Report, claim: Claim) -> str:
    return re.sub("[“”]", "", lead(report, claim)[-16:].strip()) + claim.text


_LAST = "本年度⟦未收取"

RULE = Rule(
    code="GD308",
    name="contradiction",
    severity="error",
    title={"zh": "前后数据矛盾", "en": "The same thing with two numbers"},
    basis=(ART_6,),
    explanation={
        "zh": "同一事项在报告不同地方写了不同的数字，例如第一部分与第六部分的网站公开条数不一致。",
        "en": "The report states the same thing in two places with different numbers, as the items published on the "
        "website in "
        "part one and in part six.",
    },
    advice={"zh": "核对台账，统一两处数字。", "en": "Check the register and make the two numbers agree."},
    messages={
        "default": {"zh": "“{one}”与“{other}”矛盾。", "en": "“{one}” contradicts “{other}”."},
    },
    check=check,
    passes=(
        passes(),
        passes(
            (
                _LAST,
                "共举办培训⟦4期|training_sessions|4|期⟧。{S}举办信息员培训⟦6期|training_sessions|6|期⟧。{S}\n" + _LAST,
            )
        ),
        passes(
            (
                _LAST,
                "县政府部门和镇（街道）全年公开政府信息⟦90条|info_published|90|条⟧。{S}\n" + _LAST,
            )
        ),
        passes((_LAST, "全年公众号推送视频⟦4条|info_published|4|条|ch=video⟧。{S}\n" + _LAST)),
        passes((_LAST, "选派⟦2次|training_sessions|2|次⟧，参加县里培训⟦3次|training_sessions|3|次⟧。{S}\n" + _LAST)),
        passes((_LAST, "全年县政府网站公开⟦80条|info_published|80|条|ch=website⟧。{S}\n" + _LAST)),
        passes(
            ("，其中县政府网站⟦80条|info_published|80|条|ch=website|part=a⟧", ""),
            (_LAST, "网站栏目累计公开信息⟦95条|info_published|95|条|ch=website⟧。{S}\n" + _LAST),
        ),
    ),
    fails=(
        fails(
            (
                "，其中县政府网站⟦80条|info_published|80|条|ch=website|part=a⟧",
                "。{S}县政府网站公开⟦86条|info_published|86|条|ch=website⟧",
            ),
            (_LAST, "全年县政府网站公开⟦68条|info_published|68|条|ch=website⟧。{S}\n" + _LAST),
            evidence=("86条", "68条"),
        ),
        fails(
            (_LAST, "全年“白石发布”公众号推送⟦46条|info_published|46|条|ch=wechat⟧。{S}\n" + _LAST),
            evidence=("40条", "46条"),
        ),
        fails(
            ("⟦120条|info_published|120|", "⟦149条|info_published|149|"),
            ("⟦40条|info_published|40|条|ch=wechat", "⟦69条|info_published|69|条|ch=wechat"),
            (_LAST, "“白石发布”全年推送⟦96条|info_published|96|条⟧。{S}\n" + _LAST),
            evidence=("69条", "96条"),
        ),
        fails(
            (
                _LAST,
                "共举办培训⟦4期|training_sessions|4|期⟧。{S}全年举办信息员培训在内的培训共⟦6期|training_sessions|6|期⟧。{S}\n"
                + _LAST,
            ),
            ("培训村级信息员⟦1次|training_sessions|1|次⟧", "制度上墙"),
            evidence=("4期", "6期"),
        ),
        fails(
            (_LAST, "全年累计公开政府信息⟦126条|info_published|126|条⟧。{S}\n" + _LAST),
            evidence=("120条", "126条"),
        ),
        fails(
            ("，其中县政府网站⟦80条|info_published|80|条|ch=website|part=a⟧", ""),
            ("全年公开信息⟦120条", "全年共公开信息⟦120条"),
            (_LAST, "网站栏目累计公开信息⟦180条|info_published|180|条|ch=website⟧。{S}\n" + _LAST),
            evidence=("120条", "180条"),
        ),
        fails(
            (_LAST, "全年收到申请⟦5件|requests_received|5|件⟧。{S}\n" + _LAST),
            evidence=("3件", "5件"),
        ),
        fails(
            (_LAST, "全年举办新闻发布会⟦4场|meetings|4|场⟧。{S}新闻发布会⟦6场|meetings|6|场⟧。{S}\n" + _LAST),
            evidence=("4场", "6场"),
        ),
    ),
)
