"""Pages of a file as pictures: drawn, with the quoted words marked where they stand.

A format with pages gives two things: a page's picture, and the pieces of text on it with their
boxes in the picture (`pdf_pages`). The rest is the same for all formats: `alignment` finds the
quoted words among the pieces, `highlights` marks them and makes the JPEG.
"""
