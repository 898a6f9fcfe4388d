"""What the rules rest on, each source named once."""

from __future__ import annotations

from govnlp.schema import Lang

REGULATION = "《中华人民共和国政府信息公开条例》（国务院令第711号）"
SINCE_2019 = f"{REGULATION}：2019年5月15日起施行，修订前的版本由国务院令第492号公布"
ART_6 = f"{REGULATION}第六条：行政机关应当及时、准确地公开政府信息"
ART_15 = f"{REGULATION}第十五条：涉及个人隐私等的政府信息不得公开"
ART_20 = f"{REGULATION}第二十条：规范性文件、行政许可、行政处罚、行政强制、行政事业性收费应当主动公开"
ART_42 = f"{REGULATION}第四十二条：依申请提供政府信息不收取费用，申请的数量、频次明显超过合理范围的除外"
ART_49 = f"{REGULATION}第四十九条：每年1月31日前公布上一年度政府信息公开工作年度报告"
ART_50 = f"{REGULATION}第五十条：年度报告应当包括的内容和统一格式"
FORMAT_2021 = "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）"
FORMAT_2019 = "《政府信息公开工作年度报告格式（试行）》（国办公开办函〔2019〕60号）"
FEES_2020 = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
PIPL = "《中华人民共和国个人信息保护法》第二十五条、第二十八条：不得擅自公开个人信息，敏感个人信息从严保护"
DOCUMENTS_2012 = "《党政机关公文处理工作条例》（中办发〔2012〕14号）第十九条：文稿表述准确、结构严谨、文字精练"

_REGULATION = "Regulation on the Disclosure of Government Information (State Council Decree No. 711)"
_ENGLISH = {
    REGULATION: _REGULATION,
    SINCE_2019: f"{_REGULATION}: in force since 15 May 2019; the version before it was Decree No. 492",
    ART_6: f"{_REGULATION}, art. 6: agencies disclose government information promptly and accurately",
    ART_15: f"{_REGULATION}, art. 15: information that touches personal privacy is not disclosed",
    ART_20: f"{_REGULATION}, art. 20: normative documents, licences, penalties, enforcement measures and fees are disclosed",
    ART_42: f"{_REGULATION}, art. 42: information on request is free, unless applications clearly exceed a reasonable number",
    ART_49: f"{_REGULATION}, art. 49: the report on the year before is published by 31 January",
    ART_50: f"{_REGULATION}, art. 50: what the report holds, and its uniform format",
    FORMAT_2021: "Format of the Annual Report on the Disclosure of Government Information (State Council General Office, "
    "Disclosure Office, Letter [2021] No. 30)",
    FORMAT_2019: "Format of the Annual Report on the Disclosure of Government Information, trial version (State Council "
    "General Office, Disclosure Office, Letter [2019] No. 60)",
    FEES_2020: "Measures for Information Processing Fees (State Council General Office, Letter [2020] No. 109)",
    PIPL: "Personal Information Protection Law, arts. 25 and 28: personal information is not made public without "
    "leave, "
    "sensitive personal information is strictly protected",
    DOCUMENTS_2012: "Regulations on the Handling of Official Documents of Party and Government Organs (CPC Central "
    "Committee General Office [2012] No. 14), art. 19: exact wording, tight structure, concise text",
}


def basis_in(basis: str, lang: Lang) -> str:
    """A source in the language asked for; one that has no English name here stays as it is."""
    return basis if lang == "zh" else _ENGLISH.get(basis, basis)
