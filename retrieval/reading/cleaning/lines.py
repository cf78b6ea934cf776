"""What one pasted line is: boilerplate, a label with its value, a caption, a list's item.

Each line is judged by itself. The rules are narrow on purpose: a line that matches none of them is
the author's own words and stays in the text. A phrase is boilerplate only if it is the whole line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.language.words import tokens

_LONGEST_HEADING = 30  # words
_SHORTEST_TITLE = 3
_LONGEST_CAPTION = 60
_LONGEST_NAME = 8
_LONGEST_STAMP = 60  # characters

_PHRASES = frozenset(
    "you may also like|you might also like|more from author|more from this author|related posts|"
    "related articles|related news|related stories|related|read more|read also|see also|see more|"
    "continue reading|most read|latest news|recommended|trending|advertisement|sponsored|"
    "share this|share this article|share this post|leave a comment|comments|no comments|tags|"
    "follow us|subscribe|sign up for our newsletter|"
    "xem them|doc them|tin lien quan|bai lien quan|bai viet lien quan|tin cung chuyen muc|"
    "bai cung chuyen muc|cung chuyen muc|tin khac|tin moi|tin moi nhat|doc nhieu|tin doc nhieu|"
    "co the ban quan tam|quang cao|binh luan|gui binh luan|y kien ban doc|chia se bai viet|"
    "in bai viet|theo doi chung toi|tu khoa|link bai viet|ve trang chu".split("|")
)
# A line that holds only these words is a row of buttons.
_BUTTONS = frozenset(
    "facebook twitter zalo telegram linkedin pinterest whatsapp messenger viber reddit instagram "
    "youtube email gmail print copy link url share tweet like in luu thich chia se".split()
)
_BETWEEN_BUTTONS = frozenset("on via qua len tren".split())
_CONTACT = re.compile(r":\s*\+?\d|\d(?:[ .-]?\d){6}")  # "Zalo: 0912 345 678" is no button
_TEASER = re.compile(
    r"(?:tags?|từ kh(?:oá|óa)|keywords|read (?:more|also)|see (?:more|also)|xem thêm|đọc thêm"
    r"|tin liên quan|bài liên quan)\s*:\s*\S",
    re.IGNORECASE,
)
# In a sentence about copyright, neither the sign nor a year stands next to the word.
_COPYRIGHT = re.compile(
    r"(?:©|(?:copyright|bản quyền)\s*(?:©|\(c\)|(?:19|20)\d\d\b)"
    r"|all rights reserved\.?$|(?:copyright(?: by|:)|bản quyền(?: thuộc|:))\s[^.!?]*$)",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"[{\[<$%]{1,2}\s*\w+\s*[}\]>$%]{1,2}")
_SHARE_LINK = re.compile(
    r"<?(?:https?://)?(?:www\.|m\.)?(?:facebook\.com/(?:sharer|share)|(?:twitter|x)\.com/(?:intent|"
    r"share)|linkedin\.com/share|t\.me/share|(?:api\.)?whatsapp\.com/|wa\.me/|pinterest\.com/pin|"
    r"zalo\.me/share)\S*|mailto:\?\S+"
)

_LABELS = {
    "title": "title|tiêu đề",
    "date": "date|publication date|published|published on|updated|ngày|ngày đăng|cập nhật",
    "source": "source|nguồn|nguồn tin",
    "url": "url|link|link bài viết|link gốc|original link|permalink|đường dẫn",
    "author": "author|authors|by|written by|reporter|tác giả|bài|bài và ảnh|phóng viên|biên tập",
}
_LABELLED = re.compile(
    "|".join(rf"(?:(?P<{field}>{names})\s*:)" for field, names in _LABELS.items()), re.IGNORECASE
)
_ATTRIBUTION = re.compile(r"(?:[^.!?()]{1,40} \(|\(?)Theo (?P<name>[^\W\d_][^,:;()]*)\)?")
_AGENCY = re.compile(r"\((?P<name>(?:TTXVN|VNA|VNS|VOV)(?:/[^()/.]{1,30})?)\)")
_URL = re.compile(r"<?(?P<url>https?://[^\s<>]+)>?")
_STAMP = re.compile(r"[\d\s:/.,|()-]*(?<!\d)(?:19|20)\d\d(?!\d)[\d\s:/.,|()+-]*(?:GMT[+\d]*\)?)?")

_WRITTEN_DATE = re.compile(  # alone or after a place: "Hà Nội, ngày 5 tháng 3 năm 2024"
    r"(?:[^\W\d_][^,;:.!?]{1,40}, )?(?:ngày )?\d{1,2} tháng \d{1,2},? năm \d{4}", re.IGNORECASE
)
_BYLINE = re.compile(r"By(?: [A-Z][\w.'’-]*){1,4}")

# The capital tells "Ảnh: TTXVN" from "một hình ảnh: …" within a sentence.
_CREDIT = re.compile(
    r"""(?: (?:^|\s)\((?i:nguồn|source|ảnh|nguồn\ ảnh|photo|photo\ by|image|credit)\s*:[^()]{1,60}\)
        | (?:^|\s)\((?i:(?:ảnh|photo|file\ photo)(?:\ (?:minh\ họa|tư\ liệu))?)\)
        | (?:^|[\s_.,;|—–-])(?:Ảnh|ẢNH|Nguồn\ ảnh|Photos?|PHOTOS?|Image)\s*:\s*[^:.!?]{1,60}
        | (?:^|[.)]\s)Photo\ (?:by|courtesy\ of)\s[^:.!?]{1,60}
        | \s[—–-]\s?[^—–.!?]{1,40}\s(?:Photos?|PHOTOS?)
        )\.?$""",
    re.VERBOSE,
)
_CAPTION_LABEL = re.compile(
    r"(?:ảnh|hình|photo|figure|chú thích ảnh)\s*\d*\s*[:.]\s", re.IGNORECASE
)
_ITEM = re.compile(r"(?:[-–—•*·▪‣◦+]|\(?\d{1,3}[.)]|\(?[a-zđ]\))\s")
_ENDED = re.compile(r"[.!?…。！？][\"'”’»)\]]*(?:/\.)?$")
_STRUCTURAL = re.compile(
    r"(?:phần|chương|mục|tiểu mục|điều|phụ lục|part|chapter|section|article|annex)"
    r" (?:\d{1,4}|[ivxlc]{1,7}|thứ \w+)(?=[.:\s]|$)",
    re.IGNORECASE,
)
_DATUM = re.compile(r"[^:?]{1,40}:\s.*(?:\d|@|://)[^?]*$")  # "Máy lẻ: 204"
_ASIDE = re.compile(r"\(.*\)|(?:kính gửi|kính trình|nơi nhận|dear|to)\s*:.*", re.IGNORECASE)
_LEADER = re.compile(r"(?:\.{4}|…{2}|(?:\. ){3})[ .…]*\d*$")  # a line of a table of contents
_FILE_NAME = re.compile(
    r"^Microsoft (?:Word|PowerPoint|Excel)|"
    r"\.(?:docx?|pptx?|xlsx?|od[tps]|rtf|txt|md|html?|pdf|csv|indd|pmd|tmp|jpe?g|png)$",
    re.IGNORECASE,
)
_FIRST_LETTER = re.compile(r"[\"'“‘«(]?(?P<letter>[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Label:
    """A line that names what it holds; `field` is a field of `Metadata`, or "author"."""

    field: str
    value: str


def is_boilerplate(line: str) -> bool:
    """Tell whether the line belongs to the page: a placeholder, a teaser's head, share buttons."""
    if not any(char.isalnum() for char in line):
        return True
    if _PLACEHOLDER.fullmatch(line) or _SHARE_LINK.fullmatch(line) or _is_note(line, _COPYRIGHT):
        return True
    if is_ended(line) and not line.endswith(("...", "…")):
        return False
    if _CONTACT.search(line):
        return False
    words = [word for word in tokens(line[:80]) if not word.isdigit()]
    return _is_note(line, _TEASER) or " ".join(words) in _PHRASES or _are_buttons(words)


def _is_note(line: str, opening: re.Pattern[str]) -> bool:
    return opening.match(line) is not None and len(line.split()) <= _LONGEST_HEADING


def _are_buttons(words: list[str]) -> bool:
    """Tell whether the words are buttons, as "Facebook Twitter" and "Share on Facebook" are."""
    return bool(words) and words[0] in _BUTTONS and set(words) <= _BUTTONS | _BETWEEN_BUTTONS


def label_of(line: str) -> Label | None:
    """Return the label if the whole line is one, such as "Source: Vietnam News"."""
    found = _LABELLED.match(line)
    if found is None:
        return None
    field, value = str(found.lastgroup), line[found.end() :].strip()
    link = _URL.fullmatch(value.replace(" ", ""))
    if link:
        return Label("url", link["url"]) if field in ("url", "source") else None
    longest = _LONGEST_HEADING if field == "title" else _LONGEST_NAME
    if field == "url" or not value or is_ended(value) or len(value.split()) > longest:
        return None
    return Label(field, value)


def attribution_of(line: str) -> Label | None:
    """Return the publisher that a line such as "Theo TTXVN" (according to) or "(TTXVN)" names."""
    found = _AGENCY.fullmatch(line) or _ATTRIBUTION.fullmatch(line)
    if found is None or is_ended(line) or len(found["name"].split()) > _LONGEST_NAME:
        return None
    return Label("source", found["name"].strip()) if found["name"][0].isupper() else None


def stands_alone(line: str) -> bool:
    """Tell whether the line is whole, not cut from another by a wrap: a label, date or byline."""
    is_stamp = len(line) <= _LONGEST_STAMP and _STAMP.fullmatch(line)
    is_date = is_stamp or _WRITTEN_DATE.fullmatch(line)
    return bool(is_date or is_byline(line) or label_of(line) or attribution_of(line))


def is_byline(line: str) -> bool:
    """Tell whether the line names an author as English papers do: "By John Smith"."""
    return _BYLINE.fullmatch(line) is not None


def is_structural(line: str) -> bool:
    """Tell whether the line opens a numbered part: "Chương II", "Điều 3. Giải thích từ ngữ"."""
    return _STRUCTURAL.match(line) is not None


def is_caption(line: str) -> bool:
    """Tell whether the line describes a picture: it ends in a credit or opens with a label."""
    if len(line.split(maxsplit=_LONGEST_CAPTION)) > _LONGEST_CAPTION:
        return False
    return bool(_CREDIT.search(line) or _CAPTION_LABEL.match(line))


def is_credit(line: str) -> bool:
    """Tell whether the line is a picture's credit and nothing else."""
    return _CREDIT.match(line) is not None


def is_url(line: str) -> bool:
    """Tell whether the line is an http or https address, and no script."""
    return _URL.fullmatch(line) is not None


def is_item(line: str) -> bool:
    """Tell whether the line begins an item of a list."""
    return _ITEM.match(line) is not None


def is_row(line: str) -> bool:
    """Tell whether the line is a row of a table."""
    return " | " in line


def is_ended(line: str) -> bool:
    """Tell whether the line ends as a sentence does."""
    return _ENDED.search(line, max(0, len(line) - 12)) is not None


def starts_lower(line: str) -> bool:
    """Tell whether the line begins with a small letter, as the rest of a cut sentence would."""
    found = _FIRST_LETTER.match(line)
    return found is not None and found["letter"].islower()


def is_heading(line: str) -> bool:
    """Tell whether the line could be a heading: short, capitalised, without a final stop."""
    return (
        len(line) <= 300
        and len(line.split()) <= _LONGEST_HEADING
        and any(char.isalpha() for char in line)
        and (not is_ended(line) or line[-1] == "?")
        and line[-1] not in ",;:/-–—|"
        and not (starts_lower(line) or is_item(line) or is_row(line))
        and not (is_caption(line) or stands_alone(line))
        and not (_ASIDE.fullmatch(line) or _LEADER.search(line))
        and (is_structural(line) or not _DATUM.match(line))
    )


def is_title(line: str) -> bool:
    """Tell whether the line could be the title of a text and is no file's name."""
    long_enough = len(line.split()) >= _SHORTEST_TITLE
    return long_enough and is_heading(line) and not _FILE_NAME.search(line)
