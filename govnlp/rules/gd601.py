"""GD601: a resident identity number, a private mobile number or a bank account is published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from govnlp.document import Report
from govnlp.rules.base import Context, Hit, Rule
from govnlp.rules.basis import ART_15, PIPL
from govnlp.rules.cases import fails, passes
from govnlp.rules.parts import lines
from govnlp.rules.wording import half_width

IDENTITY = re.compile(r"(?<![0-9A-Za-z.〔])[1-9]\d{5}(?P<birth>(?:19|20)\d{6})\d{3}[0-9Xx](?![0-9A-Za-z])")
MOBILE = re.compile(r"(?<![\d.\-+])(?:\+?86[- ]?)?1[3-9]\d(?:\d{8}|[- ]\d{4}[- ]\d{4})(?![\d.\-])")
ACCOUNT = re.compile(r"(?<!\d)\d(?:[ -]?\d){14,18}(?!\d)")
ACCOUNT_WORDS = re.compile("专户|账号|帐号|账户|帐户|卡号|银行卡|开户|存折|一卡通|收款")
NOT_A_PHONE = re.compile("统一社会信用代码|许可证|文号|编号|备案|订单|案号|阅读|浏览|访问|播放")
"""Words before a long number that make it something else than a telephone number."""
LONG_NUMBER = re.compile(r"(?:\d[^\w\n]*){11}")
"""As many digits as a mobile number has, whatever signs part them: no line without them is looked at."""
COUNTED = re.compile("次|条|件|元|人|个|篇|份|户")


def check(report: Report, context: Context) -> Iterator[Hit]:
    text = half_width(report.text)
    for start, end in lines(report, 0, len(text)):
        line = text[start:end]
        if "\t" in line or not LONG_NUMBER.search(line):
            continue
        taken: list[tuple[int, int]] = []
        for kind, a, b in [*identities(line), *accounts(line), *mobiles(line)]:
            if not any(x < b and a < y for x, y in taken):
                taken.append((a, b))
                yield Hit(evidence=((start + a, start + b),), message=kind)


def identities(line: str) -> Iterator[tuple[str, int, int]]:
    """18-digit numbers with a possible date of birth. The check digit is not asked for: a slip in it protects nobody."""
    for match in IDENTITY.finditer(line):
        digits = match["birth"]
        try:
            born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        except ValueError:
            continue
        if born.year >= 1900:
            yield ("identity", *match.span())


def accounts(line: str) -> Iterator[tuple[str, int, int]]:
    """Long numbers that the words before them call an account or a card."""
    for match in ACCOUNT.finditer(line):
        if ACCOUNT_WORDS.search(line, max(0, match.start() - 12), match.start()):
            yield ("account", *match.span())


def mobiles(line: str) -> Iterator[tuple[str, int, int]]:
    """Mobile numbers; a number that counts something, or that words call a code, is none."""
    for match in MOBILE.finditer(line):
        if NOT_A_PHONE.search(line, max(0, match.start() - 10), match.start()) or COUNTED.match(line, match.end()):
            continue
        yield ("mobile", *match.span())


RULE = Rule(
    code="GD601",
    name="personal-data",
    severity="error",
    title={"zh": "泄露个人信息", "en": "Personal data"},
    basis=(ART_15, PIPL),
    explanation={
        "zh": "报告中出现公民身份号码、个人手机号码或者银行账号。联系电话应当使用办公座机或者服务热线。",
        "en": "The report publishes a resident identity number, a private mobile number or a bank account. Contacts "
        "are given "
        "as an office or service line.",
    },
    advice={
        "zh": "立即删除或者遮挡该号码，并检查已发布的各个版本和附件。",
        "en": "Remove or mask the number at once, in every version and attachment that is online.",
    },
    messages={
        "default": {"zh": "出现个人信息。", "en": "Personal data is published."},
        "identity": {"zh": "出现公民身份号码。", "en": "A resident identity number is published."},
        "mobile": {"zh": "出现手机号码。", "en": "A mobile number is published."},
        "account": {"zh": "出现银行账号。", "en": "A bank account is published."},
    },
    check=check,
    passes=(
        passes(),
        passes(("电话：0599-6620018", "电话：0599-12345678901，机构代码11350799MB0012345X")),
        passes(("半年没有换过内容", "公众号阅读13812345678次")),
        passes(("半年没有换过内容", "许可证编号199912312000123456没有上墙")),
    ),
    fails=(
        fails(("电话：0599-6620018", "联系人手机：13812345678"), evidence=("13812345678",)),
        fails(("半年没有换过内容", "贴着35072519620310201X的名单"), evidence=("35072519620310201X",)),
        fails(("半年没有换过内容", "贴着低保户账号6217 0012 3456 7890 123"), evidence=("6217 0012 3456 7890 123",)),
        fails(("电话：0599-6620018", "手机１３８１２３４５６７８"), evidence=("１３８１２３４５６７８",)),
    ),
)
