"""PDFium, the library that reads PDF files: how a file is opened, and the functions used of it.

PDFium is chosen over pdfminer.six because it is faster and keeps more of the words; the figures are
in docs/documents.md.
It gives every letter by calls of its own. Those are made without pypdfium2's conversions, which
take most of their time. PDFium is not thread-safe: only one thread may call it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, cast

import pypdfium2
from pypdfium2 import raw

from retrieval.refusals import Cause, UnreadableError

__all__ = ["Handle", "opened", "raw"]

Handle = Any  # pypdfium2 ships no types
Function = Callable[..., Any]


def opened(data: bytes) -> Handle:
    """Return a PDF as a `pypdfium2.PdfDocument`, to be closed.

    Raises:
        UnreadableError: The file needs a password.
        pypdfium2.PdfiumError: The file is damaged.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise UnreadableError(Cause.ENCRYPTED) from error
        raise
    document.init_forms()  # draws the values of a form's fields where the file does not
    return document


def _direct(function: Function, result: Any, *arguments: Any) -> Function:  # noqa: ANN401
    """Return a function that takes and gives plain numbers, with addresses for pointers."""
    address = ctypes.cast(cast(Any, function), ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
box_at = _direct(raw.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
origin_at = _direct(raw.FPDFText_GetCharOrigin, _INT, _POINTER, _INT, _POINTER, _POINTER)
object_at = _direct(raw.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
is_unmapped_at = _direct(raw.FPDFText_HasUnicodeMapError, _INT, _POINTER, _INT)
is_generated_at = _direct(raw.FPDFText_IsGenerated, _INT, _POINTER, _INT)
code_at = _direct(raw.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _INT)
size_at = _direct(raw.FPDFText_GetFontSize, ctypes.c_double, _POINTER, _INT)
matrix_at = _direct(raw.FPDFText_GetMatrix, _INT, _POINTER, _INT, _POINTER)
font_of = _direct(raw.FPDFTextObj_GetFont, _POINTER, _POINTER)
render_mode_of = _direct(raw.FPDFTextObj_GetTextRenderMode, _INT, _POINTER)
name_of = _direct(raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, _POINTER, _POINTER, _POINTER)
annotation_of = _direct(raw.FPDFPage_GetAnnot, _POINTER, _POINTER, _INT)
annotation_kind_of = _direct(raw.FPDFAnnot_GetSubtype, _INT, _POINTER)
close_annotation = _direct(raw.FPDFPage_CloseAnnot, None, _POINTER)
page_object_of = _direct(raw.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
form_object_of = _direct(raw.FPDFFormObj_GetObject, _POINTER, _POINTER, ctypes.c_ulong)
form_size_of = _direct(raw.FPDFFormObj_CountObjects, _INT, _POINTER)
page_size_of = _direct(raw.FPDFPage_CountObjects, _INT, _POINTER)
kind_of = _direct(raw.FPDFPageObj_GetType, _INT, _POINTER)
object_matrix_of = _direct(raw.FPDFPageObj_GetMatrix, _INT, _POINTER, _POINTER)
bounds_of = _direct(raw.FPDFPageObj_GetBounds, _INT, *5 * (_POINTER,))
image_size_of = _direct(raw.FPDFImageObj_GetImagePixelSize, _INT, *3 * (_POINTER,))
path_size_of = _direct(raw.FPDFPath_CountSegments, _INT, _POINTER)
segment_of = _direct(raw.FPDFPath_GetPathSegment, _POINTER, _POINTER, _INT)
point_of = _direct(raw.FPDFPathSegment_GetPoint, _INT, _POINTER, _POINTER, _POINTER)
segment_kind_of = _direct(raw.FPDFPathSegment_GetType, _INT, _POINTER)
is_closed = _direct(raw.FPDFPathSegment_GetClose, _INT, _POINTER)
