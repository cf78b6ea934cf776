"""The letterhead of an official Vietnamese paper: agency, number, date, kind and subject.

Decree 30/2020/NĐ-CP, annex I, lays it out. The agency and the number stand on the left; the
national motto, the place and the date on the right; below them the kind of paper and its subject,
or "V/v …" below the number of a letter. Files hold the two columns as rows ("A | B"), as lines in
turn, or run together in one line. All lines stay in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from retrieval.language.words import fold
from retrieval.reading.cleaning.lines import is_ended, is_item, is_row, is_structural
from retrieval.reading.draft import Draft, Metadata, Paragraph, ParagraphKind

_MOST_LINES = 25
_LONGEST_AGENCY, _LONGEST_SUBJECT = 14, 60  # words
_MOTTO = re.compile(  # in folded text
    r"(?:nuoc )?cong hoa xa hoi chu nghia(?: viet nam)?|doc lap\W+tu do\W+hanh phuc|"
    r"dang cong san viet nam|socialist republic of viet ?nam|independence\W+freedom\W+happiness|"
    r"^viet nam$"
)
_NUMBER = re.compile(  # "Số: 12/QĐ-UBND", "Số 45/2019/QH14"
    r"\bsố ?:? ?(?P<number>\d+ ?(?:/ ?\d{4} ?)?/ ?[^\W\d_][\w&]*(?:[./-]\w+)*)", re.IGNORECASE
)
_DATE = re.compile(  # "Hà Nội, ngày 5 tháng 3 năm 2024"; the day may be left to be written in
    r"(?:[^\W\d_][\w.' -]{1,40}, ?)?ngày (?P<day>\d{1,2}|[\s.…_]*) ?"
    r"tháng (?P<month>\d{1,2}) năm (?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_CONCERNING = re.compile(r"\(?(?P<subject>(?:V/v|Về việc)\b.+?)\)?$", re.IGNORECASE)
_PREAMBLE = re.compile(r"(?:căn cứ|theo|xét|kính gửi|kính trình|hôm nay)\b", re.IGNORECASE)
# The kinds of article 7 of the decree, those of laws, and what people hand in in the same form.
_KIND = re.compile(
    r"(?:nghị quyết|quyết định|chỉ thị|quy chế|quy định|thông cáo|thông báo|hướng dẫn|chương trình|"
    r"kế hoạch|phương án|đề án|dự án|báo cáo|biên bản|tờ trình|hợp đồng|công văn|công điện|"
    r"bản (?:ghi nhớ|th[oỏ][ảa] thuận|cam kết|khai|án)|giấy [^\W\d_]+ [^\W\d_]+|giấy mời|phiếu|"
    r"thư công|hiến pháp|bộ luật|luật|pháp lệnh|lệnh|nghị định|thông tư(?: liên tịch)?|"
    r"đơn(?! vị)|sơ yếu lý lịch|tờ khai|nội quy|điều lệ|quy trình)(?![^\W_])",
    re.IGNORECASE,
)
_AGENCY = re.compile(  # the first words of an agency's or of an office-holder's name
    r"(?:[uủ][ỷy] ban|ubnd|hội đồng|hđnd|bộ(?! luật)|sở|cục|tổng|chi cục|vụ|viện|phòng|"
    r"ban(?! hành)|trường|trung tâm|hội|đoàn|liên đoàn|công đoàn|công ty|tập đoàn|ngân hàng|"
    r"bệnh viện|t[oò][àa] án|văn phòng|chính phủ|quốc hội|thủ tướng|chủ tịch|giám đốc|hiệu trưởng|"
    r"chánh|trưởng|kho bạc|bảo hiểm|học viện|đại học|thanh tra|đài|tạp chí|tổ(?! chức)|đội|"
    r"xí nghiệp|nhà|hợp tác xã|mặt trận|thành ủy|tỉnh ủy|huyện ủy|đảng)(?![^\W_])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one line above the paper's kind tells; a field that it does not tell is empty."""

    is_official: bool = False
    number: str = ""
    date: str = ""
    concerning: str = ""
    agencies: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Tell whether the line belongs to the letterhead."""
        return self != _Reading()


def letterhead_of(paragraphs: list[Paragraph]) -> Draft:
    """Return the paragraphs, the letterhead's lines marked as such, and what it tells.

    Its title is the kind, number and subject: "Quyết định 12/QĐ-UBND về việc …". The line of the
    subject becomes a heading. Without a letterhead the metadata is empty.
    """
    end, kind = _extent(paragraphs)
    readings = [_reading(each.text) for each in paragraphs[:end]]
    number = next((each.number for each in readings if each.number), "")
    is_official = bool(number) or any(each.is_official for each in readings)
    subject_at = _subject_at(paragraphs, kind) if kind is not None else None
    subject = paragraphs[subject_at].text if subject_at is not None else ""
    subject = subject or next((each.concerning for each in readings if each.concerning), "")
    written = paragraphs[kind].text.strip(" :") if kind is not None else ""
    title = _title(written, number, subject, is_official)
    if not (is_official or title):
        return Draft(tuple(paragraphs))
    heading = (subject_at if subject_at is not None else kind) if title else None
    origins = {i for i, each in enumerate(readings) if each.is_known}
    origins |= {kind} if kind is not None and kind != heading else set()
    date = next((each.date for each in readings if each.date), "")
    agencies = [agency for each in readings for agency in each.agencies] if is_official else []
    marked = tuple(_marked(each, i, origins, heading) for i, each in enumerate(paragraphs))
    return Draft(marked, Metadata(title, date, _issuer(agencies)))


def is_motto(line: str) -> bool:
    """Tell whether the line is nothing but the national motto or the country's name above it."""
    return bool(_MOTTO.search(fold(line))) and not _without_motto(line)


def _extent(paragraphs: list[Paragraph]) -> tuple[int, int | None]:
    """Return where the lines above the text end, and the line that names the kind of paper."""
    for i, paragraph in enumerate(paragraphs[:_MOST_LINES]):
        line = paragraph.text
        if _KIND.match(line) and line.isupper() and not is_row(line):
            return i, i
        if is_ended(line) or is_item(line) or is_structural(line) or _PREAMBLE.match(line):
            return i, None
    return min(len(paragraphs), _MOST_LINES), None


def _reading(line: str) -> _Reading:
    left = _without_motto(line)
    is_official = left != line.strip(" |–—-*_.")
    number, date = _NUMBER.search(left), _DATE.search(left)
    left = _NUMBER.sub(" | ", left)
    left = _DATE.sub(" | ", left)
    pieces = [piece.strip() for piece in left.split("|") if piece.strip()]
    found = [about["subject"] for piece in pieces if (about := _CONCERNING.match(piece))]
    return _Reading(
        is_official,
        number["number"].replace(" ", "") if number else "",
        _iso(date) if date else "",
        found[0] if found else "",
        tuple(piece for piece in pieces if _is_agency(piece)),
    )


def _without_motto(line: str) -> str:
    folded = fold(line)
    if len(folded) == len(line):  # else the places in one are not those in the other
        for found in reversed(list(_MOTTO.finditer(folded))):
            line = line[: found.start()] + line[found.end() :]
    return line.strip(" |–—-*_.")


def _iso(date: re.Match[str]) -> str:
    year_and_month = f"{date['year']}-{int(date['month']):02}"
    return f"{year_and_month}-{int(date['day']):02}" if date["day"].isdigit() else year_and_month


def _is_agency(piece: str) -> bool:
    return piece.isupper() and len(piece.split()) <= _LONGEST_AGENCY and not _KIND.match(piece)


def _issuer(agencies: list[str]) -> str:
    """Return the last agency, which issues the paper; the one above it only governs it."""
    names: list[str] = []
    for line in agencies:
        if names and not _AGENCY.match(line):  # the rest of a long name
            names[-1] += f" {line}"
        else:
            names.append(line)
    return names[-1] if names else ""


def _subject_at(paragraphs: list[Paragraph], kind: int) -> int | None:
    """Return the place of the subject, which stands below the kind of the paper."""
    for i, paragraph in enumerate(paragraphs[kind + 1 : kind + 4], start=kind + 1):
        line = paragraph.text
        if _NUMBER.search(line) and not _CONCERNING.match(line):
            continue
        if paragraph.kind is ParagraphKind.LINE:  # a form's label and value
            return None
        if is_ended(line) or is_item(line) or is_structural(line) or is_row(line):
            return None
        if _PREAMBLE.match(line) or line.endswith((",", ";", ":")):
            return None
        is_authority = line.isupper() and _AGENCY.match(line)
        return None if is_authority or len(line.split()) > _LONGEST_SUBJECT else i
    return None


def _title(kind: str, number: str, subject: str, is_official: bool) -> str:
    """Return the title in one line; empty where there is no telling what the paper is about."""
    about = _CONCERNING.match(subject)
    subject = about["subject"] if about else subject
    if not kind:
        return f"Công văn {number} {_lowered(subject)}" if number and subject else ""
    name = _KIND.match(kind)
    if name and name.end() < len(kind):  # it says its subject itself: "ĐƠN XIN NGHỈ PHÉP"
        return f"{kind} {_lowered(subject)}" if about else kind
    if not (subject or is_official):
        return ""
    name_of_kind = kind if subject.isupper() or not subject else kind.capitalize()
    parts = (name_of_kind, number, _lowered(subject))
    return " ".join(part for part in parts if part)


def _lowered(subject: str) -> str:
    """Return the subject as it goes on behind the kind: small, unless it begins with a name."""
    if subject.isupper():
        return subject
    first, *rest = subject.split()[:2] or [""]
    is_sentence = first.isalpha() and first[1:].islower() and rest and rest[0].islower()
    return subject[:1].lower() + subject[1:] if is_sentence else subject


def _marked(paragraph: Paragraph, i: int, origins: set[int], heading: int | None) -> Paragraph:
    if i == heading:
        return replace(paragraph, kind=ParagraphKind.HEADING)
    return replace(paragraph, kind=ParagraphKind.ORIGIN) if i in origins else paragraph
