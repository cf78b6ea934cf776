"""The straight lines and pictures that PDFium finds on a page, those inside forms too.

Tables are told by their lines; a page without text is told from an empty one by its pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import addressof, c_float, c_uint, c_void_p, cast
from itertools import pairwise

from retrieval.reading.formats.pdf import pdfium
from retrieval.reading.formats.pdf.letters import Drawing, Stroke
from retrieval.reading.formats.pdf.pdfium import Handle, raw

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]

_SixFloats, _FourFloats = c_float * 6, c_float * 4
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_MOST_OBJECTS = 50_000  # of a page
_DEEPEST = 5  # forms within forms
_MOST_SEGMENTS = 400  # of a path; the grid of a table has fewer
_MOST_STROKES = 2_000  # of a page; charts and maps have more, and no tables
_SLANT = 1.0  # points from end to end that a straight line may lean
_SHORTEST = 3.0  # points; what is shorter is the edge of a thin rectangle
_OUTLINES = 30  # paths on a page that may draw its letters


def drawing_of(page: Handle) -> Drawing:
    """Return the straight lines of a page, and whether it shows anything but letters."""
    strokes: list[Stroke] = []
    paths = images = pixels = 0
    area = 0.0
    for kind, drawn, matrix in _objects(page):
        if kind == raw.FPDF_PAGEOBJ_PATH:
            paths += 1
            if len(strokes) <= _MOST_STROKES:
                strokes += _strokes(drawn, matrix)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            images += 1
            area += _image_area(drawn, matrix)
            pixels += _pixels(drawn)
        elif kind == raw.FPDF_PAGEOBJ_SHADING:
            images += 1
    kept = tuple(strokes) if len(strokes) <= _MOST_STROKES else ()
    return Drawing(kept, images > 0 or paths >= _OUTLINES, area, pixels)


def _image_area(image: int, outer: Matrix) -> float:
    """Return the area of an image, which is drawn as the unit square that its matrix moves."""
    a, b, c, d, _, _ = _product(_matrix_of(image), outer)
    return abs(a * d - b * c)


def _pixels(image: int) -> int:
    width, height = c_uint(), c_uint()
    if not pdfium.image_size_of(image, addressof(width), addressof(height)):
        return 0
    return width.value * height.value


def _objects(page: Handle) -> Iterator[tuple[int, int, Matrix]]:
    """Yield the kinds and addresses of a page's objects, but letters, and their forms' matrix."""
    left = _MOST_OBJECTS
    address = cast(page.raw, c_void_p).value
    waiting: list[tuple[int | None, Matrix, int]] = [(address, _IDENTITY, 0)]
    while waiting and left > 0:
        holder, matrix, depth = waiting.pop()
        count, item = (
            (pdfium.form_size_of, pdfium.form_object_of)
            if depth
            else (pdfium.page_size_of, pdfium.page_object_of)
        )
        size = min(left, max(0, count(holder)))
        left -= size
        for i in range(size):
            drawn = item(holder, i)
            kind = pdfium.kind_of(drawn)
            if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                waiting.append((drawn, _product(_matrix_of(drawn), matrix), depth + 1))
            elif kind != raw.FPDF_PAGEOBJ_TEXT:
                yield kind, drawn, matrix


def _strokes(path: int, outer: Matrix) -> Iterator[Stroke]:
    """Yield the parts of a path that run along the page's edges."""
    count = pdfium.path_size_of(path)
    if not 2 <= count <= _MOST_SEGMENTS or (outer == _IDENTITY and _is_small(path)):
        return
    matrix = _product(_matrix_of(path), outer)
    for run in _outlines(path, count):
        points = run if matrix == _IDENTITY else [_moved(point, matrix) for point in run]
        for (x0, y0), (x1, y1) in pairwise(points):
            across, up = abs(x1 - x0), abs(y1 - y0)
            if (across <= _SLANT and up >= _SHORTEST) or (up <= _SLANT and across >= _SHORTEST):
                yield Stroke(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _is_small(path: int) -> bool:
    """Tell whether a path, such as a mark of a chart, has no room for a stroke."""
    sides = _FourFloats()
    at = addressof(sides)
    if not pdfium.bounds_of(path, at, at + 4, at + 8, at + 12):
        return False
    left, bottom, right, top = sides
    return right - left < _SHORTEST and top - bottom < _SHORTEST


def _outlines(path: int, count: int) -> Iterator[list[Point]]:
    """Yield the corners of each run of straight segments, the first again where it is closed."""
    segment_of, point_of, kind_of = pdfium.segment_of, pdfium.point_of, pdfium.segment_kind_of
    is_closed, straight = pdfium.is_closed, raw.FPDF_SEGMENT_LINETO
    run: list[Point] = []
    x, y = c_float(), c_float()
    x_at, y_at = addressof(x), addressof(y)
    for i in range(count):
        segment = segment_of(path, i)
        point_of(segment, x_at, y_at)
        if kind_of(segment) != straight:
            yield run
            run = []
        run.append((x.value, y.value))
        if is_closed(segment):
            run.append(run[0])
    yield run


def _matrix_of(drawn: int) -> Matrix:
    matrix = _SixFloats()
    if not pdfium.object_matrix_of(drawn, addressof(matrix)):
        return _IDENTITY
    a, b, c, d, e, f = matrix
    return a, b, c, d, e, f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    if outer == _IDENTITY:
        return inner
    a, b, c, d, e, f = inner
    return (*_turned((a, b), outer), *_turned((c, d), outer), *_moved((e, f), outer))


def _turned(point: Point, matrix: Matrix) -> Point:
    (x, y), (a, b, c, d, _, _) = point, matrix
    return a * x + c * y, b * x + d * y


def _moved(point: Point, matrix: Matrix) -> Point:
    x, y = _turned(point, matrix)
    return x + matrix[4], y + matrix[5]
