"""A new format: its module and its one line make it read, named and accepted everywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.paths import ROOT

MODULE = '''"""Words that are written backwards."""

from retrieval.reading.draft import Draft, Paragraph


def read(data: bytes) -> Draft:
    return Draft((Paragraph(data.decode()[::-1]),))
'''
LINE = '    ".back": "backwards",\n'
PROGRAM = """
import json
from pathlib import Path

from bot.replies.documents import documents_reply
from bot.replies.collection import CollectionPage
from bot.texts import ENGLISH, VIETNAMESE
from retrieval.collection.uploads import Uploads
from retrieval.reading.file import read_file
from retrieval.refusals import UnreadableError
from retrieval.settings import RetrievalSettings

uploads = Uploads(RetrievalSettings())
uploads.check("a.back", 10, 1000000)
try:
    uploads.check("a.exe", 10, 1000000)
except UnreadableError as error:
    told = str(error)
page = CollectionPage((), 1, 1, 0)
print(json.dumps({
    "read": read_file(Path("a.back")).text,
    "uploaded": uploads.read("a.back", b".tfel yehT").document.text,
    "told": told,
    "listed": [documents_reply(page, texts) for texts in (ENGLISH, VIETNAMESE)],
}))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy the project, and add a format to the copy as its authors would."""
    for package in ("retrieval", "bot"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    formats = tmp_path / "retrieval" / "reading" / "formats"
    (formats / "backwards.py").write_text(MODULE, encoding="utf-8")
    before, last, after = (
        (formats / "__init__.py").read_text("utf-8").partition('    ".docx": "docx",\n')
    )
    (formats / "__init__.py").write_text(before + last + LINE + after, encoding="utf-8")
    (tmp_path / "a.back").write_bytes(b".tem yehT")
    return tmp_path


def test_a_format_is_a_module_and_one_line(project: Path) -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", PROGRAM],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project)},
        stdout=subprocess.PIPE,
        check=True,
    )
    found = json.loads(done.stdout)
    assert (found["read"], found["uploaded"]) == ("They met.", "They left.")
    assert ".txt, .md, .html, .pdf, .docx, .back, .xlsx" in found["told"]
    assert all(".txt, .md, .html, .pdf, .docx, .back, .xlsx" in one for one in found["listed"])
