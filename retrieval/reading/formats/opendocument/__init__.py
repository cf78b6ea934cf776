"""OpenDocument (.odt, .ods, .odp): what LibreOffice shows of texts, spreadsheets and slides.

lxml reads the XML, as in `formats.docx`. odfpy had its last release in 2020. odfdo (Apache-2.0) is
kept, but it leaves lists, merged cells, hidden text and the numbers of headings to its caller,
which is what has to be read here. A cell of a spreadsheet holds the text that it shows.

`text` reads paragraphs, lists and notes, `tables` rows of cells, `styles` and `numbering` tell how
a paragraph looks and what stands before it.
"""

from retrieval.reading.formats.opendocument.reader import read

__all__ = ["read"]
