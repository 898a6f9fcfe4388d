"""Web pages: what is kept, what is left out, tables, charsets and what the page says of the document."""

from __future__ import annotations

import pytest

from govnlp.errors import BrokenInput, EmptyInput
from govnlp.readers import read_bytes

BODY = "<p>一、总体情况</p><p>全年公开信息<span>1</span><span>2</span>条。</p>"


def page(content: str, *, head: str = "", before: str = "", after: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{before}<div id='zoom'>{content}</div>{after}</body></html>"


def lines(html: str | bytes) -> list[str]:
    data = html if isinstance(html, bytes) else html.encode()
    return read_bytes("r.html", data).text.splitlines()


REPORT = ["某县2023年年度报告", "一、总体情况", "全年公开信息12条。"]


@pytest.mark.parametrize(
    "around",
    [
        {"before": "<div class='nav'><a href='/'>首页</a>服务。</div>"},
        {"before": "<div class='crumb'>您现在的位置：<a href='/'>首页</a> &gt; 公开。</div>"},
        {"before": "<p>当前位置：首页 > 年报</p>"},
        {"before": "<header>欢迎访问</header><nav>导航。</nav>"},
        {"after": "<div class='footer'>主办单位：某县。</div>"},
        {"after": "<p>【打印】【关闭】 分享到：微信 微博</p><p>上一篇：别的</p>"},
        {"after": "<script>var a='公开。'</script><style>p{}</style><!-- 注释。 -->"},
        {"after": "<div style='display: none'>隐藏。</div><p hidden>隐藏。</p>"},
        {"after": "<p>附件：</p><p><a href='/a.docx'>某县报告</a></p>"},
        {"after": "<p>版权所有 某县人民政府 网站标识码：4100000001</p>"},
        {"before": "<p>发布时间：2024-01-05 来源：某县 浏览次数：<span>3</span> 字号：[大 中 小]</p>"},
        {"before": "<table><tr><td>索 引 号：</td><td>1/2</td><td>发布日期：</td><td>2024-01-05</td></tr></table>"},
    ],
)
def test_what_stands_around_the_report_is_left_out(around):
    assert lines(page("<h1>某县2023年年度报告</h1>" + BODY, **around)) == REPORT


@pytest.mark.parametrize(
    "kept",
    [
        "<p>当前位置优越，便于公开。</p>",
        "<p>分享到群众身边的信息共3条。</p>",
        "<div class='content'>打印资料20份。</div>",
        "<p>来源于网站的信息：12条，发布时间均合规。</p>",
        "<p>时间：2023年1月1日至12月31日</p>",
        "<div class='wz_title'>统计时间：2023年</div>",
    ],
)
def test_sentences_that_resemble_it_stay(kept):
    assert len(lines(page("<h1>某县2023年年度报告</h1>" + BODY + kept))) == 4


def test_title_outside_the_content_comes_back():
    html = page(BODY, head="<title>某县2023年年度报告_某县人民政府</title>", before="<h2>某县2023年年度报告</h2>")
    source = read_bytes("r.html", html.encode())
    assert source.text.splitlines() == REPORT
    assert (source.title, source.blocks[0].kind) == ("某县2023年年度报告", "heading")


@pytest.mark.parametrize(
    ("html", "title", "published"),
    [
        (page(BODY, head="<meta name='ArticleTitle' content='年报'><meta name='PubDate' content='2024-01-05 10:00'>"), "年报", "2024-01-05"),
        (page(BODY, before="<p>发布日期：2024年1月5日 来源：某县</p>"), None, "2024-01-05"),
        (page(BODY, before="<table><tr><td>标题</td><td>年报</td></tr><tr><td>发文日期：</td><td>2024.01.05</td></tr></table>"), "年报", "2024-01-05"),
        (page(BODY), None, None),
        (page(BODY + "<p>截至2023年12月31日，公开2条。</p>"), None, None),
    ],
)  # fmt: skip
def test_what_the_page_says_of_the_document(html, title, published):
    source = read_bytes("r.html", html.encode())
    assert (source.title, source.published) == (title, published)


def test_merged_cells_keep_their_place():
    table = (
        "<table><tr><td rowspan='2' colspan='2'>情况</td><td colspan='2'>申请人</td></tr><tr><td>自然<br>人</td><td>总计</td></tr>"
        "<tr><td rowspan=0>公开</td><td>1.部分</td><td>3</td><td></td></tr></table>"
    )
    source = read_bytes("r.html", page(BODY + table).encode())
    (grid,) = source.grids
    assert [(c.row, c.col, c.row_span, c.col_span, c.text) for c in grid.cells] == [
        (0, 0, 2, 2, "情况"),
        (0, 2, 1, 2, "申请人"),
        (1, 2, 1, 1, "自然人"),
        (1, 3, 1, 1, "总计"),
        (2, 0, 1, 1, "公开"),
        (2, 1, 1, 1, "1.部分"),
        (2, 2, 1, 1, "3"),
        (2, 3, 1, 1, ""),
    ]
    assert source.text[grid.start : grid.end] == "情况\t申请人\n\t自然人\t总计\n公开\t1.部分\t3\t"
    assert all(source.text[c.start : c.end] == c.text for c in grid.cells)


def test_tables_that_frame_the_page_are_no_data():
    inner = "<table><tr><td>规章</td><td>0</td></tr><tr><td>许可</td><td>1</td></tr></table>"
    html = f"<html><body><table><tr><td>栏目</td><td>{BODY}{inner}</td></tr></table></body></html>"
    source = read_bytes("r.html", html.encode())
    assert [[c.text for c in g.cells] for g in source.grids] == [["规章", "0", "许可", "1"]]
    assert "全年公开信息12条。" in source.text.splitlines()


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "utf-8"])
@pytest.mark.parametrize(
    "declared", ["<meta charset='{}'>", "<meta http-equiv='Content-Type' content='text/html; charset={}'>", ""]
)
def test_charsets(charset, declared):
    html = page("<h1>某县2023年年度报告</h1>" + BODY, head=declared.format(charset))
    assert lines(html.encode(charset)) == REPORT


def test_wrong_charset_gives_way_to_the_bytes():
    assert lines(page("<h1>某县2023年年度报告</h1>" + BODY, head="<meta charset=gb2312>").encode()) == REPORT


def test_blanks_and_wrapped_source_lines():
    html = page("<p>&nbsp;&nbsp;全年公开\n  信息 12 条，&#8203;使用\nOffice\nWord 办公。</p>甲<br>乙")
    assert lines(html) == ["全年公开信息 12 条，使用 Office Word 办公。".replace("使用 O", "使用O"), "甲", "乙"]


def test_content_decides_not_the_suffix():
    assert read_bytes("r.txt", page(BODY).encode()).kind == "html"
    assert read_bytes("r", b"<p>" + "全年公开信息。".encode()).kind == "html"
    assert read_bytes("r.html", "全年公开信息。".encode()).kind == "text"


def test_page_without_text():
    with pytest.raises(EmptyInput, match="script"):
        read_bytes("r.html", page("<script>load()</script>").encode())


def test_endless_nesting_is_refused():
    with pytest.raises(BrokenInput):
        read_bytes("r.html", b"<html><body>" + b"<div>" * 100_000 + b"x")
    with pytest.raises(BrokenInput):
        read_bytes("r.html", b"<html><body>" + b"<table><tr><td>" * 1500 + b"x")
