"""ZIP archives written by hand, and OpenDocument files and books made of them."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{_ODF}{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "presentation": "presentation",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
        "manifest": "manifest",
    }.items()
)
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of parts by their paths."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as file:
        for path, content in parts.items():
            file.writestr(path, content)
    return written.getvalue()


def open_document(body: str, *, styles: str = "", title: str = "", manifest: str = "") -> bytes:
    """Return an OpenDocument file.

    Args:
        body: What stands in `office:body`, such as `<office:text>…</office:text>`.
        styles: Automatic styles.
        title: The title in its properties.
        manifest: What stands in its manifest.
    """
    content = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    content += f"<office:body>{body}</office:body>"
    meta = f"<office:meta><dc:title>{title}</dc:title></office:meta>"
    return archive(
        {
            "content.xml": _root("document-content", content),
            "meta.xml": _root("document-meta", meta),
            "META-INF/manifest.xml": f"<manifest {_NAMESPACES}>{manifest}</manifest>",
        }
    )


def _root(name: str, content: str) -> str:
    return f"<office:{name} {_NAMESPACES} {_DC}>{content}</office:{name}>"


def book(chapters: Mapping[str, str], *, metadata: str = "", spine: str = "", **more: str) -> bytes:
    """Return a book.

    Args:
        chapters: Its pages by the names of their files, in the order of the manifest.
        metadata: What stands in its metadata.
        spine: What stands in its spine; all chapters in their order where it is empty.
        more: Attributes of the pages' items, by the names of their files without their suffix.
    """
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"'
        f" {more.get(name.split('.')[0], '')}/>"
        for name in chapters
    )
    spine = spine or "".join(f'<itemref idref="{name}"/>' for name in chapters)
    package = (
        f'<package xmlns="http://www.idpf.org/2007/opf" {_DC}'
        ' xmlns:opf="http://www.idpf.org/2007/opf">'
        f"<metadata>{metadata}</metadata><manifest>{items}</manifest><spine>{spine}</spine>"
        "</package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    )
    pages = {f"OEBPS/{name}": content for name, content in chapters.items()}
    return archive({"META-INF/container.xml": container, "OEBPS/book.opf": package, **pages})
