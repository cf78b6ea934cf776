"""Pasted text -> clean text: whole paragraphs, their kinds, and the document's origin."""
