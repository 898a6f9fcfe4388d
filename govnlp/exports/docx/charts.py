"""Charts as Word draws them: DrawingML with its data in an embedded workbook, so that an office can edit them.

Native charts need no drawing library and no Chinese font on the machine that exports, print sharp, and take the reader's fonts.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from govnlp.exports.docx.wordml import plain

_COLOR = "2E75B6"


@dataclass(frozen=True, slots=True)
class Bars:
    """One series of bars: `values` beside `names`; `lying`: bars lie, the first name on top."""

    title: str
    series: str
    names: Sequence[str]
    values: Sequence[float]
    lying: bool = False


def chart_xml(bars: Bars, font: str) -> str:
    """The chart part."""
    n = len(bars.names)
    names = "".join(f'<c:pt idx="{i}"><c:v>{plain(x, 60)}</c:v></c:pt>' for i, x in enumerate(bars.names))
    values = "".join(f'<c:pt idx="{i}"><c:v>{x:g}</c:v></c:pt>' for i, x in enumerate(bars.values))
    direction, names_at, values_at = ("bar", "l", "b") if bars.lying else ("col", "b", "l")
    turned = "maxMin" if bars.lying else "minMax"
    text = f'<a:latin typeface="{font}"/><a:ea typeface="{font}"/>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<c:roundedCorners val="0"/><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr>'
        f'<a:r><a:rPr sz="1200" b="1">{text}</a:rPr><a:t>{plain(bars.title, 80)}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'<c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:strRef><c:f>Sheet1!$B$1</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{plain(bars.series, 60)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{_COLOR}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
        '<c:dLbls><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f'<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${n + 1}</c:f><c:strCache><c:ptCount val="{n}"/>{names}</c:strCache></c:strRef></c:cat>'
        f'<c:val><c:numRef><c:f>Sheet1!$B$2:$B${n + 1}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{n}"/>'
        f"{values}</c:numCache></c:numRef></c:val></c:ser>"
        '<c:gapWidth val="50"/><c:axId val="111"/><c:axId val="112"/></c:barChart>'
        f'<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="{turned}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{names_at}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="112"/><c:crosses val="autoZero"/></c:catAx>'
        f'<c:valAx><c:axId val="112"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="{int(bars.lying)}"/>'
        f'<c:axPos val="{values_at}"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>'
        '<c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        '<c:tickLblPos val="nextTo"/><c:crossAx val="111"/><c:crosses val="autoZero"/></c:valAx>'
        '</c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900">{text}</a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def data_workbook(bars: Bars) -> bytes:
    """The workbook behind a chart: names in column A, values in column B."""
    import xlsxwriter

    from govnlp.exports.xlsx import STAMP
    from govnlp.exports.xlsx.rows import cell_text

    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    book.set_properties({"created": STAMP})
    sheet = book.add_worksheet("Sheet1")
    sheet.write_string(0, 1, cell_text(bars.series))
    for row, (name, value) in enumerate(zip(bars.names, bars.values, strict=True), 1):
        sheet.write_string(row, 0, cell_text(name))
        sheet.write_number(row, 1, value)
    book.close()
    return memory.getvalue()
