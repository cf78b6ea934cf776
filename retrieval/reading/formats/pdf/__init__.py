"""PDF files: from the letters on a page to paragraphs, headings and rows of tables.

A PDF says where letters stand and nothing about what they are. PDFium gives the letters; what
follows is in steps, one module each:

1. `sheets` and `drawing`: the letters, straight lines and pictures of each page.
2. `words` and `lines`: letters side by side; `justified` and `rivers` join and cut lines.
3. `scans`: a page that shows more than its letters say is recognised as a picture (`legibility`,
   `recognised_page`).
4. `running_heads`: what repeats at the edges of the pages goes.
5. `ruled_tables`, `columns`, `aligned_tables`: tables, and columns in reading order.
6. `paragraphs` and `hyphens`: lines that a column's width has cut are joined.
7. `assembly`: the pages one after the other, with headings told by their fonts.
"""

from retrieval.reading.formats.pdf.reader import read

__all__ = ["read"]
