"""Excel workbooks (.xlsx, .xlsm): each sheet a section, its rows below their column heads.

openpyxl (MIT) reads them. python-calamine is faster but tells no number formats and no hidden
rows, and a date or an amount is found and quoted as the sheet shows it. `sheet` makes rows of a
sheet's cells, `number_formats` makes a cell's shown text.
"""

from retrieval.reading.formats.excel.reader import read

__all__ = ["read"]
