"""Word: what a paragraph shows: runs, fields, symbols, tracked changes, boxes and notes."""

from __future__ import annotations

import pytest

from retrieval.reading.formats.docx import read
from tests.helpers.word_bytes import paragraph, run, word_file

VANISH = "<w:vanish/>"


def texts(body: str, **parts: str) -> list[str]:
    return [each.text for each in read(word_file(body, **parts)).paragraphs]


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def box(text: str) -> str:
    return f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"


SHOWN = {
    "tracked insertions and deletions": (
        run("within ")
        + f"<w:del><w:r><w:delText>15</w:delText></w:r></w:del><w:ins>{run('30')}</w:ins>"
        + run(" days"),
        "within 30 days",
    ),
    "tracked moves": (
        f"<w:moveFrom>{run('old ')}</w:moveFrom>{run('text ')}<w:moveTo>{run('here')}</w:moveTo>",
        "text here",
    ),
    "an insertion that was deleted again": (
        run("a") + f"<w:ins><w:del>{run('b')}</w:del></w:ins>",
        "a",
    ),
    "wrappers": (
        f"<w:smartTag>{run('a')}</w:smartTag><w:customXml>{run('b')}</w:customXml>"
        f"<w:hyperlink>{run('c')}</w:hyperlink>"
        f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{run('d')}</w:sdtContent></w:sdt>",
        "abcd",
    ),
    "a simple field": (f'<w:fldSimple w:instr="AUTHOR">{run("Lan")}</w:fldSimple>', "Lan"),
    "a field's result": (
        field("begin")
        + "<w:r><w:instrText>IF </w:instrText></w:r>"
        + field("begin")
        + "<w:r><w:instrText>MERGEFIELD a</w:instrText></w:r>"
        + field("separate")
        + run("condition")
        + field("end")
        + field("separate")
        + run("result")
        + field("end")
        + run(" after"),
        "result after",
    ),
    "a field that never ends": (field("begin") + field("separate") + run("result"), "result"),
    "hidden text": (run("a") + run("b", VANISH) + run("c", '<w:vanish w:val="0"/>'), "ac"),
    "characters": (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t>"
        "<w:softHyphen/><w:t>e\u00adf</w:t></w:r>",
        "a\tb\nc-def",
    ),
    "symbols": (
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t xml:space="preserve"> 5 </w:t>'
        '<w:sym w:font="Symbol" w:char="F06D"/><w:t>m</w:t>'
        '<w:sym w:font="Unknown" w:char="F041"/></w:r>',
        "☑ 5 μm",
    ),
    "an equation": (
        f"{run('x = ')}<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f><m:sSup><m:e><m:r><m:t>y</m:t></m:r></m:e>"
        "<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>",
        "x = 1/2y^2",
    ),
    "a ruby's base": (
        f"<w:r><w:ruby><w:rt>{run('b')}</w:rt><w:rubyBase>{run('a')}</w:rubyBase></w:ruby></w:r>",
        "a",
    ),
    "a letter of VNI in two runs": (
        run("taø", '<w:rFonts w:hAnsi="VNI-Times"/>')
        + run("i lie", '<w:rFonts w:hAnsi="VNI-Times"/>')
        + run("äu", '<w:rFonts w:hAnsi="VNI-Times"/>'),
        "tài liệu",
    ),
}


@pytest.mark.parametrize("kind", SHOWN)
def test_what_a_paragraph_shows(kind: str) -> None:
    content, expected = SHOWN[kind]
    assert texts(paragraph(content)) == [expected]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = paragraph("They ", "<w:rPr><w:del/></w:rPr>") + paragraph("met.") + paragraph("Then.")
    assert texts(body) == ["They met.", "Then."]


def test_an_initial_belongs_to_its_word() -> None:
    assert texts(paragraph("T", '<w:framePr w:dropCap="drop"/>') + paragraph("hey met.")) == [
        "They met."
    ]


def test_a_font_of_the_style_or_of_the_defaults_is_converted() -> None:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr></w:rPrDefault>'
        '</w:docDefaults><w:style w:styleId="a"><w:rPr><w:rFonts w:ascii=".VnTimeH"/></w:rPr>'
        '</w:style><w:style w:styleId="b"><w:rPr><w:rFonts w:hAnsiTheme="minor"/></w:rPr></w:style>'
    )
    body = (
        paragraph("®\u00adêng")
        + paragraph("®\u00adêng", '<w:pStyle w:val="a"/>')
        + paragraph("café", '<w:pStyle w:val="b"/>')
        + paragraph("đường và cà phê")
    )
    assert texts(body, styles=styles) == ["đường", "ĐƯỜNG", "café", "đường và cà phê"]


@pytest.mark.parametrize(
    "content",
    [
        f"<w:drawing>{box('Boxed.')}</w:drawing>",
        f"<w:pict>{box('Boxed.')}</w:pict>",
        f"<mc:AlternateContent><mc:Choice><w:drawing>{box('Boxed.')}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box('Boxed.')}</w:pict></mc:Fallback></mc:AlternateContent>",
        "<mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice>"
        f"<mc:Fallback><w:pict>{box('Boxed.')}</w:pict></mc:Fallback></mc:AlternateContent>",
    ],
    ids=["drawing", "picture", "both", "fallback alone"],
)
def test_a_text_box_follows_its_paragraph_once(content: str) -> None:
    body = paragraph(f"{run('Before.')}<w:r>{content}</w:r>") + paragraph("After.")
    assert texts(body) == ["Before.", "Boxed.", "After."]


def test_blocks_in_content_controls() -> None:
    inner = f"<w:sdt><w:sdtContent>{paragraph('Two.')}</w:sdtContent></w:sdt>"
    body = f"<w:sdt><w:sdtContent>{paragraph('One.')}{inner}</w:sdtContent></w:sdt>"
    assert texts(body) == ["One.", "Two."]


def test_notes_end_the_paragraph_that_cites_them() -> None:
    def note(kind: str, identifier: int, text: str) -> str:
        return f'<w:{kind} w:id="{identifier}">{paragraph(text)}</w:{kind}>'

    def cite(kind: str, identifier: int, more: str = "") -> str:
        return f'<w:r><w:{kind}Reference w:id="{identifier}" {more}/></w:r>'

    separator = f'<w:footnote w:type="separator" w:id="0">{paragraph("-")}</w:footnote>'
    body = (
        paragraph(
            run("One") + cite("footnote", 7) + run(" two.") + cite("footnote", 8)
            + cite("endnote", 1) + cite("footnote", 0)
        )
        + paragraph(run("Again") + cite("footnote", 7) + run("."))
        + paragraph(run("A head") + cite("footnote", 9), '<w:outlineLvl w:val="0"/>')
        + paragraph(run("Own") + cite("footnote", 5, 'w:customMarkFollows="1"') + run("*"))
    )  # fmt: skip
    notes = (note("footnote", *each) for each in ((7, "A."), (8, "B."), (9, "C."), (5, "* D.")))
    assert texts(body, footnotes=separator + "".join(notes), endnotes=note("endnote", 1, "E.")) == [
        "One[1] two.[2][i] [1] A. [2] B. [i] E.",
        "Again[1].",
        "A head",
        "[3] C.",
        "Own* * D.",
    ]


def test_a_note_that_cites_itself() -> None:
    cite = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    notes = f'<w:footnote w:id="1">{paragraph(run("Note") + cite)}</w:footnote>'
    assert texts(paragraph(run("Text") + cite), footnotes=notes) == ["Text[1] [1] Note"]
