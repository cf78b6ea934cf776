"""`python -m retrieval`: its commands, with the real encoder on two small documents."""

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.__main__ import main
from retrieval.reading.formats import MAIN_SUFFIXES
from tests.helpers.paths import ROOT
from tests.helpers.postgres import PostgresServer
from tests.helpers.tiny_models import families

TEXTS = {
    "họp.md": "---\ntitle: Họp báo\ndate: 2021-09-29\nsource: TTXVN\nlanguage: vi\n---\n"
    "Bộ trưởng Tô Lâm chủ trì cuộc họp báo tại Hà Nội. Cuộc họp kéo dài hai giờ.\n",
    "rice.txt": "Rice is the staple food of Vietnam. Farmers grow it in the Mekong delta.\n",
}


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Encode everything once for all tests."""
    folder = tmp_path_factory.mktemp("built")
    write_seeds(folder)
    assert main(["index", "--seeds", f"{folder}/seeds", "--index", f"{folder}/index"]) == 0
    return folder / "index" / "vectors.sqlite"


def write_seeds(folder: Path) -> None:
    (folder / "seeds").mkdir()
    for name, text in TEXTS.items():
        (folder / "seeds" / name).write_text(text, encoding="utf-8")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, vectors: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder of its own, where the default settings find two documents."""
    write_seeds(tmp_path)
    for index in ("data/index", "elsewhere"):
        (tmp_path / index).mkdir(parents=True)
        shutil.copy(vectors, tmp_path / index)
    shutil.copy(vectors, tmp_path / "evaluation.sqlite")
    monkeypatch.chdir(tmp_path)
    for name in ("SEEDS_DIR", "INDEX_DIR", "ENCODER", "RERANKER", "FAISS_INDEX"):
        monkeypatch.delenv(name, raising=False)


def test_an_index_goes_to_a_database_from_documents_and_from_files(
    pgvector: PostgresServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = pgvector.new_database()
    assert (main(["index", "--to", url]), main(["index", "--to", url])) == (0, 0)
    assert capsys.readouterr().out.splitlines() == [
        "Built: 2 documents, 2 passages, 4 sentences in the database",
        "Up to date: 2 documents, 2 passages, 4 sentences in the database",
    ]
    assert main(["index"]) == 0
    other = pgvector.new_database()
    assert main(["index", "--seeds", "none", "--to", other]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "Built: 2 documents, 2 passages, 4 sentences in the database",
    ]
    question, answers = "What is the staple food of Vietnam?", []
    for place in ("", url, other):
        monkeypatch.setenv("COLLECTION_URL", place)
        assert main(["ask", "--json", question]) == 0
        answers.append(json.loads(capsys.readouterr().out))
    for answer in answers[1:]:
        for one, other_one in zip(answer["hits"], answers[0]["hits"], strict=True):
            assert one.pop("score") == pytest.approx(other_one["score"], abs=1e-6)
            assert one == {name: other_one[name] for name in one}


def test_a_wrong_database_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", "--to", "mysql://bot:pass-word@db/documents"]) == 2
    assert capsys.readouterr().err == (
        "COLLECTION_URL must be a URL such as postgresql://user@host/database\n"
    )


def test_index_builds_once_and_names_what_it_left_out(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    Path("seeds", "broken.docx").write_bytes(b"no zip")
    assert (main(["index"]), main(["index"])) == (0, 0)
    assert capsys.readouterr().out.splitlines() == [
        "Built: 2 documents, 2 passages, 4 sentences in data/index",
        "Files left out: 1. Files read in part: 0. Standard error says why.",
        "Up to date: 2 documents, 2 passages, 4 sentences in data/index",
        "Files left out: 1. Files read in part: 0. Standard error says why.",
    ]
    line = "Left out: broken.docx: it is damaged or no .docx file; save it again"
    assert [one for one in caplog.messages if one.startswith("Left out")] == [line, line]


def test_index_names_what_it_read_in_part(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    text = "---\ntitle: Fish\ndate: soon\n---\nTuna is caught off Phu Yen.\n"
    Path("seeds", "fish.md").write_text(text, "utf-8")
    assert main(["index"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Built: 3 documents, 3 passages, 6 sentences in data/index",
        "Files left out: 0. Files read in part: 1. Standard error says why.",
    ]
    assert caplog.messages == [
        "Read in part: fish.md: its front matter has no valid date; write it as 2021-09-29"
    ]


def test_ask_builds_the_index_first_and_answers_in_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["ask", "--json", "--index", "elsewhere", "ai chu tri cuoc hop bao"]) == 0
    answer = json.loads(capsys.readouterr().out)
    best = answer["hits"][0]
    assert Path("elsewhere", "current").exists()
    assert answer["restored"] == "ai chủ trì cuộc họp báo"
    assert (best["document"], best["title"], best["date"]) == ("họp.md", "Họp báo", "2021-09-29")
    start, end = best["highlight"]
    assert best["text"][start:end] == "Bộ trưởng Tô Lâm chủ trì cuộc họp báo tại Hà Nội."


def test_explain_shows_what_a_reranker_adds(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    families()["BERT"].save_cross_encoder(tmp_path / "cross-encoder")
    monkeypatch.setenv("RERANKER", "cross-encoder")
    asked = ["ask", "--json", "--explain", "What do farmers grow?"]
    assert (main(["index"]), main(asked)) == (0, 0)
    built, answer = capsys.readouterr().out.splitlines()
    assert built.startswith("Built: 2 documents")
    for hit in json.loads(answer)["hits"]:
        (part,) = (part for part in hit["parts"] if part[0] == "reranker")
        assert 0 < part[1] < 1
        assert part[2] == 0.3


def test_ask_reads_a_question_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = b"What do farmers grow?\n\nkh\xff\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="utf-8"))
    assert main(["ask", "--json"]) == 0
    first, empty, broken = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["hits"][0]["document"] == "rice.txt"
    assert (empty["answered"], empty["hits"]) == (False, [])
    assert broken["question"] == "kh\N{REPLACEMENT CHARACTER}"


def test_ask_takes_the_lines_as_one_conversation(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = b"hello\nWhat do farmers grow in the Mekong delta?\nAnd in Hanoi?\n"
    for arguments, understood in (
        (["ask", "--json", "--chat"], "What do farmers grow in the Hanoi delta?"),
        (["ask", "--json"], None),
    ):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="utf-8"))
        assert main(arguments) == 0
        hello, full, follow_up = map(json.loads, capsys.readouterr().out.splitlines())
        assert (hello["answered"], hello["hits"]) == (False, [])
        assert (full["answered"], full["restored"]) == (True, None)
        assert follow_up["restored"] == understood
        assert bool(follow_up["hits"]) == bool(understood)


def test_read_shows_what_is_read_and_names_what_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    Path("list.exe").write_bytes(b"")
    files = ["list.exe", "seeds/họp.md", "gone.txt", "seeds/rice.txt"]
    assert main(["read", *files]) == 1
    shown = capsys.readouterr()
    assert shown.err.splitlines() == [
        "Left out: list.exe: its format cannot be read;"
        f" save it as one of {', '.join(MAIN_SUFFIXES)}",
        "Left out: gone.txt: it is no regular file; put the file itself there",
    ]
    assert "title:      Họp báo\n" in shown.out
    assert "\nRice is the staple food of Vietnam." in shown.out


def test_read_prints_an_object_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["read", "--json", "seeds/họp.md", "seeds/rice.txt"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["document"], first["source"]) == ("họp.md", "TTXVN")
    assert second["text"] == TEXTS["rice.txt"].strip()
    monkeypatch.setenv("MAX_FILE_MB", "1")
    Path("long.txt").write_text("Rice. " * 200_000)
    assert main(["read", "long.txt"]) == 1
    assert "long.txt: it is larger than 1 MB" in capsys.readouterr().err


def test_evaluate_prints_a_table_and_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = tmp_path / "dataset"
    (dataset / "qrels").mkdir(parents=True)
    corpus = [{"_id": name, "title": "", "text": text} for name, text in TEXTS.items()]
    rows = {"corpus": corpus, "queries": [{"_id": "q", "text": "What do farmers grow?"}]}
    for name, entries in rows.items():
        (dataset / f"{name}.jsonl").write_text("\n".join(map(json.dumps, entries)))
    (dataset / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\trice.txt\t1\n")
    monkeypatch.setattr("retrieval.evaluation.evaluation.cache_folder", lambda: tmp_path)
    assert (main(["evaluate", str(dataset)]), main(["evaluate", str(dataset), "--json"])) == (0, 0)
    *table, line = capsys.readouterr().out.splitlines()
    assert table[0].split() == ["questions", "1"]
    assert table[1].split() == ["recall@1", "1.000"]
    assert json.loads(line)["MRR@10"] == 1.0


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["index", "--seeds", "gone"], "There is no folder gone; set SEEDS_DIR"),
        (["ask", "--seeds", "empty", "x"], "The folder empty holds no document"),
        (["evaluate", "gone"], "gone is no dataset in the BEIR layout"),
    ],
)
def test_errors_are_one_line(
    arguments: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("empty").mkdir()
    assert main(arguments) == 1
    (error,) = capsys.readouterr().err.splitlines()
    assert error.startswith(line)


def test_a_reader_who_has_read_enough_ends_it_quietly() -> None:
    command = [sys.executable, "-m", "retrieval", "ask"]
    process = subprocess.Popen(  # noqa: S603
        command,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin and process.stdout and process.stderr
    with process:
        process.stdin.write(b"What do farmers grow?\n" * 1000)  # more than a pipe holds of answers
        process.stdin.close()
        assert process.stdout.read(10) == b"1. rice.tx"[:10]
        process.stdout.close()
        assert process.wait(timeout=60) == 141
        assert process.stderr.read() == b""
