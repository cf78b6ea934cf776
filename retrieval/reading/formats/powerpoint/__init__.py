"""PowerPoint presentations (.pptx, .pptm, .ppsx): each slide a section below its title.

lxml reads the XML, as in `formats.docx`. python-pptx gives the same tree with names to it; it
loads all pictures, brings Pillow and XlsxWriter, and knows neither SmartArt nor hidden slides.
`shapes` reads what stands on a slide.
"""

from retrieval.reading.formats.powerpoint.reader import read

__all__ = ["read"]
