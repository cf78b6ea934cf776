"""Plausible and hostile values: texts, button data, numbers and names."""

from __future__ import annotations

from hypothesis import strategies as st

LIMIT_32, LIMIT_52, LIMIT_64 = 2**31 - 1, 2**52 - 1, 2**63 - 1
NOW = 1_790_000_000
BOT_NAME = "TrichDanBot"
PEOPLE = (7, 8, 9, 1001, 2002)
GROUPS = (-100, -1_002_000_000_001)

QUESTIONS = (
    "Ai đồng chủ trì hội nghị tham vấn an ninh ASEAN - Nga?",
    "ai dong chu tri hoi nghi",
    "How many times has Vietnam chaired ASEAN?",
    "Công thức nấu phở bò?",
    f"@{BOT_NAME} hội nghị diễn ra khi nào?",
    "cảm ơn nhé",
    "👍",
    "?",
)
COMMANDS = (
    "/start",
    "/start src_0123456789abcdef_0_9",
    "/start src_0123456789abcdef_999999999_1",
    "/start inline",
    "/help",
    "/ask",
    "/ask Ai dự hội nghị?",
    f"/ask@{BOT_NAME} Ai dự hội nghị?",
    "/ask@another_bot Ai?",
    "/sources",
    "/language",
    "/documents",
    "/forget",
    "/nonsense",
    "/",
)
PRESSED = (
    "language:vi",
    "language:auto",
    "language:xx",
    "near",
    "more:1",
    "more:2",
    "more:000",
    "more:999",
    "more:٣",  # an Arabic digit, which int() accepts
    "sources:1",
    "sources:999",
    "list:1",
    "list:999999",
    "rate:up",
    "rate:down",
    "read:0123456789abcdef:0:9",
    "read:0123456789abcdef:999999999:0",
    "turn:0123456789abcdef:0:0:9",
    "documents:1",
    "documents:999999",
    "forget:1",
    "forget:0123456789abcdef",
    "forget:0123456789abcdef:yes",
    "forget:no",
)
PIECES = (
    "\ud83d",  # half an emoji
    "\udc4d",  # the other half
    "\u202e\u2066\u2069",  # bidirectional overrides and isolates
    "a" + "\u0301" * 200,
    "\0",
    "\x1b[31m",
    "\ufeff\u200b\u2060",
    "\u2028\u2029\x85",
    "👨‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "<b>&lt;&#0;</b></blockquote><a href='",
    "`*_[]()~>#+-=|{}.!\\",
    "%s%(x)s{0}{length}",
    "'; DROP TABLE answers; --",
    "đĐơƠưƯ ế\u0302\u0301",
    "٣½Ⅷ²",
    "𝕬𝖎",
    "https://t.me/x?start=src_0123456789abcdef_0_9",
)
LONG = ("a" * 5000, "Ai? " * 1024, "👍" * 2048, "\u0301" * 4096, "\n" * 4096, "ạ" * 1001)

plausible = st.sampled_from(QUESTIONS * 2 + COMMANDS)
hostile = st.one_of(
    st.sampled_from(PIECES),
    st.text(max_size=12),
    st.text(st.characters(categories=["Cs", "Cf", "Mn", "Cc", "Zs"]), max_size=6),
    st.lists(st.sampled_from(PIECES + QUESTIONS), max_size=4).map(" ".join),
    st.sampled_from(LONG),
)
words = plausible | plausible | hostile
short = st.sampled_from(("", "a", "x" * 64, "Lan")) | hostile

numbers = st.sampled_from((0, 1, 2, 3, LIMIT_32, LIMIT_52)) | st.integers(0, LIMIT_64)
message_ids = st.integers(1, 12) | st.sampled_from((0, LIMIT_32, LIMIT_52))
dates = st.sampled_from((NOW, NOW, NOW + 60, NOW - 60, 0, LIMIT_32))
offsets = st.integers(0, 12) | st.sampled_from((0, 4095, 4096, LIMIT_32))
people = st.sampled_from(PEOPLE) | st.sampled_from((0, LIMIT_52)) | st.integers(1, LIMIT_52)
groups = st.sampled_from(GROUPS) | st.sampled_from((-1, -LIMIT_52)) | st.integers(-LIMIT_52, -1)
ids = st.integers(1, LIMIT_64).map(str)  # Telegram's own ids, which the bot sends back unchanged
pressed = st.sampled_from(PRESSED) | hostile
