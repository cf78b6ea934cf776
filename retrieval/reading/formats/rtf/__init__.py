r"""Rich text (.rtf): what Word and WordPad show of it, told from its control words.

striprtf (BSD) gives the letters and loses what they are: headings, rows of tables and their heads,
footnotes, hidden and deleted text, the fonts of TCVN3 and VNI, the title. RTF is a flat stream of
words, groups and text; reading it is `tokens`, `charsets` for its bytes and `reader` for its state.
The words are those of Microsoft's specification, version 1.9.1.
"""

from retrieval.reading.formats.rtf.reader import read

__all__ = ["read"]
