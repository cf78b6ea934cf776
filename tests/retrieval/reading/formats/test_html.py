"""Web pages: what a reader sees is kept in order, and what a reader does not see is not."""

from __future__ import annotations

import unicodedata

import pytest

from retrieval.reading.draft import Draft, Paragraph, ParagraphKind
from retrieval.reading.formats import draft_of

FIRST = "The council met on Monday to hear the reports of all working groups in the town hall."
LAST = "The minutes will be posted on the board of every ward for seven days from tomorrow."


def read(body: str, head: str = "") -> Draft:
    page = f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return draft_of(page.encode(), ".html")


def lines(body: str, head: str = "") -> list[str]:
    """Return the paragraphs of an article between two that are surely of the main text."""
    draft = read(f"<article><p>{FIRST}</p>{body}<p>{LAST}</p></article>", head)
    texts = [line.strip() for each in draft.paragraphs for line in each.text.split("\n\n")]
    assert (texts[0], texts[-1]) == (FIRST, LAST)
    return texts[1:-1]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (
            "<tr><th>Day<th>Season<th>Hours<tr><td rowspan=2>Sunday<td>summer<td>8-18"
            "<tr><td>winter<td>9-12",
            ["Day | Season | Hours", "Sunday | summer | 8-18", "Sunday | winter | 9-12"],
        ),
        (
            "<tr><th rowspan=2>Room<th colspan=2>Price<tr><th>day<th>week"
            "<tr><td>A<td colspan=2>free<tr><td>B<td>3<td>9",
            ["Room | Price", "Room | day | week", "A | free", "B | 3 | 9"],
        ),
        (
            "<tr><th>A<th>B<th>C<tr><td rowspan=2 colspan=2>both<td>1<tr><td>2<tr><td>x<td>y<td>z",
            ["A | B | C", "both | 1", "both | 2", "x | y | z"],
        ),
        (
            "<tr><th>A<th>B<tr><td>1<td rowspan=0>all<tr><td>2<tr><td>3",
            ["A | B", "1 | all", "2 | all", "3 | all"],
        ),
        (
            "<tfoot><tr><td>Sum<td>7</tfoot><thead><tr><th>A<th>B</thead><tr><td>x<td>7",
            ["A | B", "x | 7", "Sum | 7"],
        ),
        (
            "<caption>Prices</caption><tr><th>A<th>B<tr><td><td>2<tr><td>",
            ["Prices", "A | B", "| 2"],
        ),
    ],
    ids=["rows", "columns", "both", "to the end", "foot first", "caption and empty cells"],
)
def test_cells_over_several_rows_stand_in_each(table: str, rows: list[str]) -> None:
    assert lines(f"<table>{table}</table>") == rows


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<ul><li>Boats: 6</li><li>Ropes: 30</li></ul>", "Boats: 6; Ropes: 30"),
        ("<div><ol><li>Open.</li><li>Close.</li></ol></div>", "Open. Close."),
        ("<p>Boats: 6</p><p>Ropes: 30</p>", "Boats: 6; Ropes: 30"),
        ("<b>Boats:</b> 6<br>Ropes: 30", "Boats: 6; Ropes: 30"),
        ("White<br>River", "White River"),
        (
            "<table><tr><td>Tents<td>55</tr><tr><td>Sheets<td>20</tr></table>",
            "Tents, 55; Sheets, 20",
        ),
        ("<dl><dt>Boats</dt><dd>6</dd></dl>", "Boats: 6"),
    ],
    ids=["list", "sentences", "paragraphs", "entries", "wrapped", "table", "terms"],
)
def test_blocks_in_a_cell_stay_in_its_row(cell: str, text: str) -> None:
    table = f"<table><tr><th>Store<th>Stock<th>Note<tr><td>One<td>{cell}<td>full</table>"
    assert lines(table)[1] == f"One | {text} | full"


def test_a_table_that_lays_out_the_page_is_none() -> None:
    cell = f"<h1>The council</h1><p>{FIRST}</p><p>{LAST}</p>"
    draft = read(f"<table><tr><td>{cell}</td></tr></table>")
    assert [each.text for each in draft.paragraphs] == ["The council", FIRST, LAST]


def test_questions_with_folded_answers() -> None:
    questions = "".join(
        f"<details><summary>What costs {i}?</summary><p>It costs {i} dong.</p></details>"
        for i in range(9)
    )
    draft = read(f"<h1>Questions</h1><p>We answer.</p>{questions}")
    assert draft.paragraphs[2:4] == (
        Paragraph("What costs 0?", ParagraphKind.HEADING),
        Paragraph("It costs 0 dong."),
    )
    assert len(draft.paragraphs) == 2 + 18


@pytest.mark.parametrize(
    "panel",
    [
        '<button aria-controls="a">How much?</button><div id="a" hidden>Ten dong.</div>',
        '<h3><button data-bs-target="#a">How much?</button></h3>'
        '<div id="a" style="display:none">Ten dong.</div>',
        '<h3 class="q">How much?</h3><div class="faq-answer" style="display:none">Ten dong.</div>',
        '<button class="accordion">How much?</button>'
        '<div class="panel" style="max-height:0;overflow:hidden">Ten dong.</div>',
        '<div role="tabpanel" aria-hidden="true"><h3>How much?</h3>Ten dong.</div>',
        '<label for="c">How much?</label><div class="x" style="display: none">Ten dong.</div>',
        '<h3>How much?</h3><div hidden="until-found">Ten dong.</div>',
    ],
)
def test_answers_that_a_click_shows_are_kept(panel: str) -> None:
    assert lines(panel) == ["How much?", "Ten dong."]


def test_terms_and_lists() -> None:
    body = (
        "<dl><dt>Pass</dt><dd>A card, valid for six months.</dd><dt>Who may read?</dt><dd>All.</dd>"
        "<dt>Fund</dt><dd><p>All papers.</p><p>Of one office.</p></dd></dl>"
        "<ol start=3><li>three<ul><li>a<li>b</ul><li value=7>seven</ol><ol type=a><li>x</ol>"
        "<ul><li><p>one</p><p>more of it</p></ul>"
    )
    expected = (
        "Pass: A card, valid for six months.|Who may read?|All.|Fund|All papers.|Of one office."
    )
    expected += "|3. three|- a|- b|7. seven|a) x|- one|more of it"
    assert lines(body) == expected.split("|")


@pytest.mark.parametrize(
    "attributes",
    [
        "hidden",
        'style="display: none"',
        'style="DISPLAY:NONE !important"',
        'style="visibility:hidden"',
        'style="position:absolute; left:-9999px"',
        'style="text-indent:-999em"',
        'style="font-size:0px"',
        'style="opacity: 0"',
        'style="position:absolute;clip:rect(1px, 1px, 1px, 1px)"',
        'style="width:1px;height:1px;overflow:hidden"',
        'style="color:#fff;background-color:#fff"',
        'style="mso-hide:all"',
        'aria-hidden="true"',
        'class="sr-only"',
        'class="secret"',
        'id="draft"',
    ],
)
@pytest.mark.parametrize("tag", ["p", "div", "span"])
def test_hidden_text_is_left_out(attributes: str, tag: str) -> None:
    sheet = "<style>@media print {p {display:none}} .secret, #draft {display:none} p{}</style>"
    body = f"<p>Seen.</p><{tag} {attributes}>Unseen words of a draft.</{tag}><p>Seen too.</p>"
    assert lines(body, sheet) == ["Seen.", "Seen too."]


@pytest.mark.parametrize(
    "markup",
    [
        "<template>no</template>",
        "<noscript>no</noscript>",
        "<dialog>no</dialog>",
        "<script>no</script>",
        "<button>no</button>",
        "<select><option>no</select>",
        "<!-- no -->",
        "<del>no</del>",
    ],
)
def test_what_is_no_text_is_left_out(markup: str) -> None:
    assert lines(f"<p>Seen {markup}words.</p>") == ["Seen words."]


@pytest.mark.parametrize(
    "attributes",
    [
        'style="opacity:0; transform:translateY(9px)"',
        'class="d-none d-md-block"',
        'style="left:-5px"',
    ],
)
def test_text_that_only_seems_hidden_is_kept(attributes: str) -> None:
    assert lines(f"<p {attributes}>Seen.</p>") == ["Seen."]


def test_a_page_put_aside_for_a_dialog_is_kept() -> None:
    draft = read(f'<div aria-hidden="true"><main><p>{FIRST}</p></main></div>')
    assert draft.text == FIRST


@pytest.mark.parametrize(
    "attributes",
    [
        'class="cookie-banner"',
        'id="onetrust-consent-sdk"',
        'role="dialog"',
        'style="position:fixed"',
    ],
)
def test_consent_banners_are_left_out(attributes: str) -> None:
    banner = f"<div {attributes}><p>We use cookies on this site.</p><button>Accept</button></div>"
    assert read(f"{banner}<p>{FIRST}</p><p>{LAST}</p>").text == f"{FIRST}\n\n{LAST}"


def test_a_page_about_cookies_is_kept() -> None:
    body = f'<section class="cookie-policy"><h1>Cookies</h1><p>{FIRST}</p></section>'
    assert FIRST in read(body).text


def test_menus_teasers_and_feet_are_left_out() -> None:
    links = "".join(f"<li><a href=/{i}>Other story number {i} of today</a></li>" for i in range(5))
    draft = read(
        f"<header><a href=/>Home</a></header><nav><ul>{links}</ul></nav><div class=wrap>"
        f"<div class=content><h1>The council</h1><p>{FIRST}</p><table><tr><th>A<th>B<tr><td>1<td>2"
        f"</table><p>{LAST}</p><h3>More stories</h3><ul>{links}</ul></div>"
        f"<div class=sidebar><h3>Weather</h3><p>Sunny.</p></div></div>"
        f"<aside><h3>Same section</h3><ul>{links}</ul></aside><footer>12 Main Street</footer>"
    )
    expected = ["The council", FIRST, "A | B", "1 | 2", LAST]
    assert [each.text for each in draft.paragraphs] == expected


def test_a_page_of_links_alone_is_kept() -> None:
    assert "Decree 30" in read("<ul><li><a href=/1>Decree 30</a><li><a href=/2>Law 5</a></ul>").text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("10<sup>6</sup> m<sup>2</sup>", "10⁶ m²"),
        ('in 2023<sup><a href="#1">1</a></sup>.', "in 2023 [1]."),
        ("a<b>b</b>c <i>d</i>\n  e", "abc d e"),
        ("one<br>two", "one\ntwo"),
    ],
)
def test_text_within_a_line(body: str, text: str) -> None:
    assert lines(f"<p>{body}</p>") == [text]


def test_lines_of_code_stay_lines() -> None:
    assert lines("<pre>one --a\n\ntwo --b</pre>") == ["one --a", "two --b"]


@pytest.mark.parametrize(
    ("title", "heading", "site", "headline", "source"),
    [
        ("Bridge opens in Ban Moi | Daily News", "", "", "Bridge opens in Ban Moi", "Daily News"),
        ("Khánh thành cầu - Báo Mẫu Sơn", "", "", "Khánh thành cầu", "Báo Mẫu Sơn"),
        ("Mẫu Sơn 24h » Khánh thành cầu treo", "", "", "Khánh thành cầu treo", ""),
        ("Khánh thành cầu – Kênh A", "", "Kênh A", "Khánh thành cầu", "Kênh A"),
        ("Hợp tác ASEAN - Nga", "", "", "Hợp tác ASEAN - Nga", ""),
        ("Báo cáo năm | Sở Y tế", "", "", "Báo cáo năm", ""),
        ("Cháy chợ | Tin tức | Xã hội - đời sống", "Cháy chợ", "", "Cháy chợ", ""),
        ("Báo Mẫu Sơn", "Cháy chợ", "Báo Mẫu Sơn", "Cháy chợ", "Báo Mẫu Sơn"),
        ("Trang chủ", "Cháy chợ", "", "Cháy chợ", ""),
        ("Lũ về trong đêm khuya và…", "Lũ về trong đêm khuya và rạng sáng", "", None, ""),
        ("Tôi sẽ trở lại!", "", "", "Tôi sẽ trở lại!", ""),
        (
            "Hỏi đáp về hộ chiếu của tỉnh",
            "Hỏi đáp về hộ chiếu",
            "",
            "Hỏi đáp về hộ chiếu của tỉnh",
            "",
        ),
        ("Khánh thành cầu | Báo A", "Báo A", "", "Khánh thành cầu", "Báo A"),
    ],
)
@pytest.mark.parametrize(
    "declared", ["<title>{}</title>", '<meta property="og:title" content="{}">']
)
def test_headline_beside_the_publisher(  # noqa: PLR0913
    title: str, heading: str, site: str, headline: str | None, source: str, declared: str
) -> None:
    head = declared.format(title)
    head += f'<meta property="og:site_name" content="{site}">' if site else ""
    top = f"<h1>{heading}</h1>" if heading else ""
    metadata = read(f"<article>{top}<p>{FIRST}</p></article>", head).metadata
    assert (metadata.title, metadata.source) == (heading if headline is None else headline, source)


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("windows-1258", "Điện lực thông báo cắt điện để sửa đường dây tại xã vào sáng thứ Năm."),
        ("iso-8859-1", "La réunion s’est tenue à Genève où les délégués ont été reçus hier."),
        ("utf-8", "Điện lực thông báo cắt điện để sửa đường dây."),
        ("no-such-charset", "Điện lực thông báo cắt điện để sửa đường dây."),
    ],
)
def test_declared_charset(charset: str, text: str) -> None:
    codec = {"iso-8859-1": "cp1252", "no-such-charset": "utf-8"}.get(charset, charset)
    written = _in_cp1258(text) if charset == "windows-1258" else text.encode(codec)
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}"><p>'.encode()
    assert _composed(draft_of(page + written + b"</p>", ".html").text) == text


def _in_cp1258(text: str) -> bytes:
    """Write the tones as marks of their own, as that code page does."""
    written = b""
    for char in text:
        try:
            written += char.encode("cp1258")
        except UnicodeEncodeError:
            base, mark = (
                unicodedata.normalize("NFD", char)[0],
                unicodedata.normalize("NFD", char)[1:],
            )
            tones = [each for each in mark if each in "\u0300\u0301\u0303\u0309\u0323"]
            rest = unicodedata.normalize("NFC", base + "".join(m for m in mark if m not in tones))
            written += (rest + "".join(tones)).encode("cp1258")
    return written


def _composed(text: str) -> str:

    return unicodedata.normalize("NFC", text)
