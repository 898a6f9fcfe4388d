"""GD406: part five names no concrete problem, or problems without improvements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from govnlp.document import Report, Sentence
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import ART_50, FORMAT_2021
from govnlp.rules.cases import fails, passes
from govnlp.rules.names import take_apart
from govnlp.rules.parts import opening, part_of, says_something
from govnlp.rules.vague_words import GENERAL_WORDS

CONSEQUENCE = re.compile(
    "(?:个别|部分|少数|有的)[^，。；]{0,4}(?:科室|股室|站所|办所|部门|单位)[^，。；]{0,14}(?:报送|提供|上报|配合)[^，。；]{0,6}不"
    "|[一-鿿]{2,6}一家的事|(?:哪些|什么)[^，。；]{0,10}(?:把握|掌握|拿|说)不|"
    "导致|造成|遗漏|滞后|浏览量|阅读量|断链|空白|错误|差错|投诉|超期|逾期|多[^，。]{0,6}[，、][^，。]{0,6}少|较多[，,][^；。;]{0,20}少"
    "|身兼数职|均为兼职|不同步|陈旧|没人|无人|没有(?:接受|受过|经过|参加)|条数|资料较少|多为|多以|不知|事后|集中上传"
    "|看不懂|用不上|找不到|利用率|使用率|访问量|偏少|较少|身兼|兼任|兼职|照搬|摆设|闲置"
    "|重[一-鿿]{1,6}[、，]?轻[一-鿿]|(?:信息|栏目|网站|公开栏|公示栏)[^，。；]{0,6}不[^，。；]{0,2}及时"
    "|频繁(?:更换|变动|调整)|(?:更换|变动|流动|调整)(?:较为?|比较|过于)?频繁"
    "|(?:更换|变动|流动性?|更替)[^，。；]{0,3}[快大]|业务衔接|衔接不|脱节"
    "|专业性[^，。；]{0,4}强|答复(?:文书|书)|说理"
    "|更新(?:较|偏|太|比较)?少|(?:栏|网站|信息|内容)更新[^，。；]{0,2}(?:慢|迟缓)"
)
"""Words that tell what goes wrong and where."""
_SOMEBODY = re.compile(
    "(?:个别|部分|少数|有的|有些|一些|不少|多数)[^，。；：,;:]{0,8}"
    "(?:科室|股室|站所|部门|单位|办所|[村镇乡局]|社区|群众|居民|企业|公开栏|公示栏|栏目|信息)[^，。；,;]*"
)
"""A clause on some offices or some information."""
_ATTITUDE = re.compile(
    "认识|意识|重视|主动|自觉|积极|思想|理念|观念|能力|素质|习惯|被动|应付|负担|热情|态度|心理|情绪|服务水平|一些(?:不足|问题|差距)"
)
"""What such a clause is about where it could be said of any agency."""
SHORT = 80
"""Characters under which what some offices do wrong cannot be an account with substance."""
_ANNOUNCED = re.compile(
    "(?:存在|还有|仍有|有着?)[^，,。；;]{0,12}(?:不足|差距|问题|薄弱环节|短板|困难)[^，,。；;]{0,4}[。：:；;]?\\s*$"
)
"""The end of a sentence that says that there are problems, and not which."""
_TURN = re.compile("^[^，。；]{0,8}(?:针对|下一步|下步|今后|将|为此)")
"""The beginning of what is done about problems."""
CONCRETE_SHARE = 0.24
"""Share of the characters that have to be other than general words for a problem to be this agency's own."""
REMEDY = re.compile(
    "改进|整改|下一步|下步|今后|措施|将|打算|解决|努力|继续|加强|提高|推动|推进|不断|确保|一律|以后|制定|更正"
    "|补齐|核校|已经?[^，。]{0,8}(?:完成|调整|更换|补)|(?:20\\d\\d|明|次)年"
)
LACK = re.compile("不|未|没|无|缺|差|弱|少|慢|滞后|有待|问题|难|低|旧|坏|错|漏|晚|迟|断|单一|空")
"""Words of lack: a sentence without one is no problem, and may be the remedy."""
_GENERAL = re.compile("|".join(sorted(GENERAL_WORDS, key=len, reverse=True)) + r"|20\d\d年?|[\W_]")


def check(report: Report, context: Context) -> Iterator[Hit]:
    sections = report.of_section("problems", deep=True)
    issues = told_problems(report)
    if not sections or not issues or not any(says_something(report, section) for section in sections):
        return  # an empty part is GD104's
    text = "".join(report.span(s.start, s.end) for s in issues)
    no_problem = not any(s.label == "specific" or LACK.search(report.span(s.start, s.end)) for s in issues)
    if no_problem or (
        not tells_what_is_wrong(text)
        and concrete_share(lacking(text), report.agency) < CONCRETE_SHARE
        and not specific(report, issues, text)
    ):
        yield Hit(evidence=((issues[0].start, issues[-1].end),), message="vague")
    if (
        not improvements(report)
        and not REMEDY.search(text)
        and all(LACK.search(report.span(s.start, s.end)) for s in issues)
    ):
        yield Hit(evidence=(opening(report, sections[0]),), message="no_improvements")


def tells_what_is_wrong(text: str) -> bool:
    """Whether common shortcomings come with what goes wrong, or with the offices where (and it is not their attitude)."""
    if CONSEQUENCE.search(text):
        return True
    return len(text) >= SHORT and any(not _ATTITUDE.search(m.group()) for m in _SOMEBODY.finditer(text))


def lacking(text: str) -> str:
    """The text from the first clause that tells of a lack: what is said before it of progress and thanks is no problem."""
    clauses = re.split("(?<=[，。；：:;,])", text)
    first = next((k for k, c in enumerate(clauses) if LACK.search(c)), 0)
    return "".join(clauses[first:])


def told_problems(report: Report) -> list[Sentence]:
    """The sentences on problems: all of part five where nothing in it is marked as the problems.

    The sentences of lack that follow, up to what is done about them, are among them wherever the part was taken to turn.
    """
    part = [s for s in report.sentences if part_of(report.section_at(s.start) or "") == "problems"]
    if not report.of_section("problems.issues"):
        return part
    told = [s for s in part if report.section_at(s.start) != "problems.improvements"]
    last = told[-1] if told else None
    later = (s for s in improvements(report) if last is None or s.start > last.start)
    announced = last is None or _ANNOUNCED.search(report.span(last.start, last.end)) is not None
    return told + list(takewhile(lambda s: tells_of_lack(report, s, surely=not announced), later))


def improvements(report: Report) -> list[Sentence]:
    """The sentences on what is done about problems."""
    return [s for s in report.sentences if report.section_at(s.start) == "problems.improvements"]


def tells_of_lack(report: Report, sentence: Sentence, *, surely: bool) -> bool:
    """Whether a sentence tells of a lack, and does not turn to what is done about it; `surely`: and holds no word of a remedy."""
    text = report.span(sentence.start, sentence.end)
    return LACK.search(text) is not None and not _TURN.search(text) and not (surely and REMEDY.search(text))


def concrete_share(text: str, agency: str | None) -> float:
    """Share of the characters (punctuation aside) that stay when general words, years and the agency's name are taken out."""
    if agency:
        for name in take_apart(agency).short_names:
            text = text.replace(name, "")
    size = len(re.sub(r"[\W_]", "", text))
    return len(_GENERAL.sub("", text)) / size if size else 0.0


def specific(report: Report, issues: Sequence[Sentence], text: str) -> bool:
    """Whether a sentence labelled specific stands there, and not only by a slip: some words are other than general."""
    labels = {s.label for s in issues}
    return "specific" in labels and concrete_share(text, report.agency) > CONCRETE_SHARE / 2


_ISSUE = "黄坑、下洋两村的公开栏半年没有换过内容。{S}"
_REMEDY = "@problems.improvements\n两村公开栏改由驻村干部每月更换。{S}\n"

_ATTITUDES = "过去一年取得了进步，但与上级的要求相比还有差距，主要体现在：一是部分办公室对公开工作的认识还不高，主动公开的意识还不强；二是公开的深度和广度还要拓展；三是少数干部的业务能力还要提升。{B}"
RULE = Rule(
    code="GD406",
    name="vague-problems",
    severity="warning",
    title={"zh": "问题空泛或没有改进情况", "en": "Vague problems, or no improvements"},
    basis=(ART_50, FORMAT_2021),
    explanation={
        "zh": (
            "第五部分应当写明本机关当年存在的具体问题和改进情况。只写“意识有待增强、内容有待丰富”，或者只有问题"
            "没有改进，等于没有报告。"
        ),
        "en": "Part five tells the agency's own problems of the year and what was done about them. General phrases "
        "that fit any agency, "
        "or problems without improvements, tell nothing.",
    },
    advice={
        "zh": "写明具体问题（哪个栏目、哪类信息、什么环节）和对应的改进措施、责任人、时限。",
        "en": "Name the column, kind of information or step that fails, and what is done about it, by whom and when.",
    },
    messages={
        "default": {"zh": "第五部分空泛。", "en": "Part five is vague."},
        "vague": {"zh": "没有写出一个具体问题。", "en": "No concrete problem is named."},
        "no_improvements": {"zh": "只写了问题，没有改进情况。", "en": "Problems are named, but no improvements."},
    },
    check=check,
    passes=(
        passes(),
        passes((_ISSUE, "公开意识不够强。{B}" + _ISSUE)),
        passes((_ISSUE, "黄坑、下洋两村的公开栏半年没有换过内容。{B}")),
        passes((_ISSUE, "公开意识不够强，信息员没有受过培训。{B}")),
        passes((_ISSUE, "解读形式不丰富，群众看不懂。{B}")),
        passes((_ISSUE, "公开意识不够强，政策类信息偏少。{B}")),
        passes((_ISSUE, "公开意识不够强，部分信息更新不够及时。{B}")),
        passes((_ISSUE, "公开意识不够强，个别科室重业务、轻公开。{B}")),
        passes((_ISSUE, "业务水平有待提高，信息员更换较快。{B}")),
        passes((_ISSUE, "公开意识不够强，信息员频繁更换。{B}")),
        passes(
            (_ISSUE, "公开形式不够多。{B}"),
            (_REMEDY, "@problems.improvements\n尤其是公开栏在山上，老人走不到。{B}下一步换地方。{B}\n"),
        ),
        passes(
            (_ISSUE, "对照要求还存在一些差距。{B}"),
            (_REMEDY, "@problems.improvements\n一是查阅点的旧电脑时常死机。{S}二是换新电脑。{B}\n"),
        ),
        passes((_ISSUE, "无。{B}"), (_REMEDY, "")),
    ),
    fails=(
        fails((_ISSUE, "公开意识有待增强，内容有待丰富。{B}"), evidence=("公开意识有待增强，内容有待丰富。",)),
        fails((_ISSUE, "我镇将更加重视公开，把公开栏办好。{B}"), evidence=("我镇将更加重视公开，把公开栏办好。",)),
        fails((_ISSUE, _ATTITUDES), evidence=(_ATTITUDES[:-3],)),
        fails((_ISSUE, "对照要求还存在一些差距。{B}"), evidence=("对照要求还存在一些差距。",)),
        fails((_REMEDY, ""), evidence=("五、存在的主要问题及改进情况",)),
    ),
)
