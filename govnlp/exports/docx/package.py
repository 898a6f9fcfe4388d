"""A Word package from a body: styles in the form of official documents (GB/T 9704), page numbers, charts. Same input, same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from govnlp.exports.docx.charts import Bars, chart_xml, data_workbook
from govnlp.exports.docx.wordml import plain
from govnlp.schema import Lang

_EPOCH = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_CT = "application/vnd.openxmlformats-officedocument"
_FONTS = {
    "zh": {"body": "仿宋", "title": "宋体", "head": "黑体", "sub": "楷体", "cell": "宋体", "chart": "微软雅黑"},
    "en": {
        "body": "Calibri",
        "title": "Calibri",
        "head": "Calibri",
        "sub": "Calibri",
        "cell": "Calibri",
        "chart": "Calibri",
    },
}
"""Fonts that Windows has, as official documents set them: 仿宋 for text, 黑体 and 楷体 for headings."""


def write_package(path: Path, body: Iterable[str], *, title: str, lang: Lang, charts: Sequence[Bars] = ()) -> None:
    """Write a document. `body`: block elements of `wordml`; `charts`: those that the body shows, in the order of their numbers."""
    parts = {
        "word/document.xml": _document("".join(body)),
        "word/styles.xml": _styles(lang),
        "word/footer1.xml": _footer(),
        "word/settings.xml": f'{_HEAD}<w:settings xmlns:w="{_W}"><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>',
        "docProps/core.xml": f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{plain(title, 200)}</dc:title><dc:creator>govnlp</dc:creator></cp:coreProperties>',
    }
    links = [
        ("rIdStyles", "styles", "styles.xml"),
        ("rIdSettings", "settings", "settings.xml"),
        ("rIdFooter", "footer", "footer1.xml"),
    ]
    blobs: dict[str, bytes] = {}
    for n, bars in enumerate(charts, 1):
        parts[f"word/charts/chart{n}.xml"] = chart_xml(bars, _FONTS[lang]["chart"])
        parts[f"word/charts/_rels/chart{n}.xml.rels"] = _relations(
            [("rId1", "package", f"../embeddings/chart{n}.xlsx")]
        )
        blobs[f"word/embeddings/chart{n}.xlsx"] = data_workbook(bars)
        links.append((f"rIdChart{n}", "chart", f"charts/chart{n}.xml"))
    parts["word/_rels/document.xml.rels"] = _relations(links)
    parts["_rels/.rels"] = (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>'
    )
    blobs.update((name, text.encode("utf-8")) for name, text in parts.items())
    save_zip(path, {"[Content_Types].xml": _content_types(len(charts)).encode("utf-8"), **blobs})


def save_zip(path: Path, blobs: dict[str, bytes]) -> None:
    """Write the parts of a package, all stamped alike, in the order given; the file is there whole or not at all."""
    temporary = path.with_name(path.name + ".part")
    with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in blobs.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            package.writestr(info, data)
    temporary.replace(path)


def _relations(links: Iterable[tuple[str, str, str]]) -> str:
    items = "".join(f'<Relationship Id="{i}" Type="{_R}/{kind}" Target="{target}"/>' for i, kind, target in links)
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'


def _content_types(charts: int) -> str:
    overrides = {
        "word/document.xml": "wordprocessingml.document.main",
        "word/styles.xml": "wordprocessingml.styles",
        "word/settings.xml": "wordprocessingml.settings",
        "word/footer1.xml": "wordprocessingml.footer",
        **{f"word/charts/chart{n}.xml": "drawingml.chart" for n in range(1, charts + 1)},
    }
    parts = "".join(f'<Override PartName="/{p}" ContentType="{_CT}.{t}+xml"/>' for p, t in overrides.items())
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="xlsx" ContentType="{_CT}.spreadsheetml.sheet"/>{parts}'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _document(body: str) -> str:
    # A4, margins of GB/T 9704: 37 mm above, 35 below, 28 left, 26 right
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rIdFooter"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1400" w:gutter="0"/></w:sectPr>'
    )
    return f'{_HEAD}<w:document xmlns:w="{_W}" xmlns:r="{_R}" xmlns:wp="{_WP}"><w:body>{body}{section}</w:body></w:document>'


def _footer() -> str:
    field = '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r>'
    return f'{_HEAD}<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:pStyle w:val="Foot"/></w:pPr>{field}</w:p></w:ftr>'


def _styles(lang: Lang) -> str:
    fonts = _FONTS[lang]
    latin = "Times New Roman" if lang == "zh" else "Calibri"
    size, space = (
        (32, '<w:spacing w:line="560" w:lineRule="exact"/>') if lang == "zh" else (22, '<w:spacing w:after="120"/>')
    )
    indent = '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if lang == "zh" else ""
    hanging = '<w:ind w:leftChars="200" w:left="640"/>'

    def style(
        name: str,
        font: str,
        half_points: int,
        paragraph: str,
        *,
        bold: bool = False,
        based: str = "Normal",
        extra: str = "",
    ) -> str:
        marks = ("<w:b/>" if bold else "") + extra
        face = f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{fonts[font]}" w:cs="{latin}"/>'
        base = f'<w:basedOn w:val="{based}"/>' if based else ""
        default = "" if based else ' w:default="1"'
        return (
            f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:name w:val="{_NAMES.get(name, name)}"/>{base}'
            f"<w:qFormat/><w:pPr>{paragraph}</w:pPr>"
            f'<w:rPr>{face}{marks}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr></w:style>'
        )

    tight = '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/><w:ind w:firstLineChars="0" w:firstLine="0"/>'
    grey = '<w:color w:val="57606A"/>'
    defaults = f'<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="{"zh-CN" if lang == "zh" else "en-GB"}" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    flush = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
    return (
        f'{_HEAD}<w:styles xmlns:w="{_W}">{defaults}'
        + style("Normal", "body", size, space + indent + '<w:jc w:val="both"/>', based="")
        + style(
            "Title",
            "title",
            44 if lang == "zh" else 32,
            f'<w:keepNext/><w:spacing w:before="240" w:after="240" w:line="240" w:lineRule="auto"/>{flush}<w:jc w:val="center"/>',
            bold=True,
        )
        + style("DocNumber", "body", size, f'{flush}<w:jc w:val="center"/>')
        + style("Addressee", "body", size, flush)
        + style("Heading1", "head", size, f'<w:keepNext/>{indent}<w:outlineLvl w:val="0"/>', bold=lang == "en")
        + style("Heading2", "sub", size, f'<w:keepNext/>{indent}<w:outlineLvl w:val="1"/>', bold=True)
        + style(
            "Quoted",
            "sub",
            size - 4,
            f'<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="A6A6A6"/></w:pBdr>{hanging}',
            extra=grey,
        )
        + style("Signature", "body", size, f'<w:keepNext/>{flush}<w:jc w:val="right"/>')
        + style("Note", "cell", 18, f'<w:spacing w:before="240" w:line="240" w:lineRule="auto"/>{flush}', extra=grey)
        + style(
            "Picture",
            "body",
            20,
            f'<w:spacing w:before="120" w:after="120" w:line="240" w:lineRule="auto"/>{flush}<w:jc w:val="center"/>',
        )
        + style("Cell", "cell", 19, tight + '<w:jc w:val="left"/>')
        + style("CellNumber", "cell", 19, tight + '<w:jc w:val="right"/>')
        + style("CellHead", "cell", 19, tight + '<w:jc w:val="center"/>', bold=True)
        + style("Foot", "cell", 28 if lang == "zh" else 18, f'{flush}<w:jc w:val="center"/>')
        + '<w:style w:type="table" w:styleId="Ruled"><w:name w:val="Ruled"/><w:tblPr><w:tblBorders>'
        + "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        + '</w:tblBorders><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>'
    )


_NAMES = {"Heading1": "heading 1", "Heading2": "heading 2"}
"""Word knows its own styles by these names."""
