"""Web pages: from the tree of a page to the paragraphs, tables and lists of its main text.

A page is read in five steps, one module each:

1. `charset`: bytes to characters, with the encoding that the page declares.
2. `page`: the tree of elements, what the page declares of itself, and where trafilatura sees the
   main text.
3. `visible` and `banners`: what a reader does not see leaves the tree, and so do consent banners.
4. `blocks`: the walk over the tree that makes paragraphs, list items and rows of tables.
5. `main`: the blocks that belong to the main text.
"""

from retrieval.reading.formats.html.reader import read

__all__ = ["read"]
