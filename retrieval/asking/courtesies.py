"""Messages that ask nothing of the documents: greetings, thanks, farewells, words to the bot.

A message counts only if it consists of such words alone, or of no word at all. One that greets and
asks is a question, and its greeting is taken off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.answers import Courtesy
from retrieval.asking.phrases import pattern, spoken, unrepeated
from retrieval.language.words import normal

_BOT = r"(?:bạn|bot|mày|em|ad|trợ lý|chatbot)"
_SAID: dict[str, dict[Courtesy, str]] = {
    "vi": {
        Courtesy.GREETING: r"xin chào|chào|alo|a lô|chào buổi (?:sáng|trưa|chiều|tối)"
        r"|buổi sáng tốt lành|chúc (?:buổi sáng|ngày mới|một ngày) (?:tốt lành|vui vẻ)"
        rf"|{_BOT} (?:có )?(?:khỏe|khoẻ|ổn) không|dạo này (?:thế nào|khỏe không)"
        r"|(?:có )?ai (?:ở )?(?:đó|đấy|đây) không|ê bot|h[eếêé] lô|hú|(?:hôm nay )?bạn thế nào"
        rf"|{_BOT} (?:đã )?(?:ăn cơm|ăn|ngủ) chưa|hướng dẫn(?: sử dụng)?"
        r"|đây là (?:bot )?(?:gì|ai)|(?:đây là )?bot (?:này )?(?:dùng )?(?:để )?làm gì"
        rf"|{_BOT} có (?:thể )?giúp (?:được )?(?:tôi|mình|em) (?:được )?(?:không|gì)"
        rf"|{_BOT} (?:có )?(?:biết )?nói (?:được )?tiếng (?:anh|việt)(?: được)? không"
        rf"|{_BOT} (?:có|đã có) (?:người yêu|vợ|chồng) (?:chưa|không)"
        rf"|{_BOT} là (?:người|máy|bot) hay (?:là )?(?:máy|người|bot|robot)"
        rf"|{_BOT} (?:là|tên)(?: là)? (?:ai|gì|cái gì|bot|người|robot|máy|chatgpt)"
        r"(?: (?:à|hả|vậy|phải không))?"
        rf"|tên (?:của )?{_BOT} là gì|{_BOT} bao nhiêu tuổi"
        rf"|(?:{_BOT} )?(?:có thể |biết )?(?:làm|giúp|biết|trả lời)(?: được)?(?: những)?"
        r" (?:gì|cái gì|việc gì)(?: cho (?:tôi|mình|em))?|giúp (?:tôi|mình|em)(?: với)?"
        rf"|ai (?:đã )?(?:tạo|làm|viết) ra {_BOT}"
        rf"|{_BOT} (?:có )?(?:phải )?(?:là )?(?:người|robot|bot|máy|ai)(?: thật)? (?:không|à|hả)",
        Courtesy.THANKS: r"c[aảá]m [oơ]n|dạ|vâng|được rồi|hiểu rồi|biết rồi|đúng rồi|tuyệt vời"
        rf"|hay quá|giỏi quá|tốt lắm|tốt|được|{_BOT} (?:thông minh|giỏi|tốt|dễ thương|đáng yêu)",
        Courtesy.FAREWELL: r"tạm biệt|bái bai|bai bai|hẹn gặp lại|gặp lại sau|(?:chúc )?ngủ ngon",
        Courtesy.NOTHING: rf"thử xem|thử nào|thử|{_BOT} (?:ngu|dở|chán|tệ|dốt|ngốc)|ngu|dở ẹc"
        r"|vớ vẩn|chán|hì hì|hi hi|ừ|ừm|ờ|không có gì|không|có|bot ơi|bạn ơi|(?:tôi )?yêu bạn"
        rf"|đồ (?:ngu|ngốc)|im đi|đm|ồ|ôi|trời ơi|thôi|(?:{_BOT} trả lời )?sai|xin lỗi"
        r"|(?:tôi )?buồn|ê|này",
    },
    "en": {
        Courtesy.GREETING: r"hi|hey|hello|hiya|yo|greetings|howdy"
        r"|good (?:morning|afternoon|evening|day)|morning"
        r"|how (?:are|r) (?:you|u)(?: doing)?(?: today)?|how do you do|how(?: is|s| s) it going"
        r"|what(?: is|s| s) up|sup|nice to meet you|(?:is )?any(?:one|body) (?:there|here)"
        r"|are you there|who (?:are|r) (?:you|u)|what are you|what(?: is|s| s) your name"
        r"|what (?:can|do) you do(?: for me)?|how (?:can|do) you (?:help(?: me)?|work)"
        r"|how does (?:this|it)(?: bot)? work|can you help(?: me)?|help(?: me)?"
        r"|are you (?:an? )?(?:real|human|bot|robot|machine|person|ai|chatbot|chatgpt)"
        r"|do you speak (?:english|vietnamese)|what is this(?: bot)?|what does this bot do"
        r"|who (?:made|created|built|wrote) you|how old are you|tell me about yourself",
        Courtesy.THANKS: r"thanks|thank (?:you|u)|thx|got it|perfect|great|cheers|well done"
        r"|good (?:job|bot)|awesome|excellent|i see|all ?right|sounds good",
        Courtesy.FAREWELL: r"bye|bye bye|good ?bye|see (?:you|ya|u)(?: later| soon| tomorrow)?"
        r"|good night|farewell|take care|have a (?:nice|good|great) (?:day|evening|weekend|one)",
        Courtesy.NOTHING: r"(?:this is )?(?:a )?test|testing"
        r"|(?:you are |you re |you )?(?:stupid|dumb|useless)|(?:bad|stupid) bot|lol|yes|no|yeah"
        r"|nope|never ?mind|nothing|ping|(?:i )?love you|menu|start"
        r"|wrong|sorry|idiot|shut up|you suck|i(?: a)? ?m bored|check|wow|good|please",
    },
    "": {
        Courtesy.THANKS: r"ok|okay|oke|okie|oki|tks",
        Courtesy.NOTHING: r"test|bot|hm|um|uh|uhm|d|(?:ha )+|(?:he )+|haha|hehe|hihi|abc|asdf\w*",
    },
}
# Words that go with a courtesy in either language, and are none by themselves.
_BESIDE = (
    r"ạ|nhé|nhe|nhá|nha|nhỉ|ơi|rất|nhiều|lắm|quá|thế|vậy|rồi|bạn|em|anh|chị|ad|admin|mình|mọi người"
    r"|cả nhà|các bạn|xin|chân thành|vì|câu trả lời|đã giúp(?: đỡ)?|à|đi|tôi|con|cháu|bác|cô|chú"
    r"|shop|so much|very much|indeed|a lot|many|you|bot|again|for (?:the|your) (?:help|answer)"
    r"|there|everyone|all|guys|friends?|sir|madam|today|and|và|oh|ồ|my|dear|team"
)
_SAYS = {
    language: {courtesy: unrepeated(pattern(phrases)) for courtesy, phrases in by_courtesy.items()}
    for language, by_courtesy in _SAID.items()
}
_ANY = "|".join(phrases for by_courtesy in _SAYS.values() for phrases in by_courtesy.values())
_WITH = unrepeated(pattern(_BESIDE))
_ONLY = re.compile(rf"(?:(?:{_WITH}) )*(?:{_ANY})(?: (?:{_ANY}|{_WITH}|\d{{1,3}}))*")
_APPROVAL = frozenset("👍👌🙏👏💪💯🎉🤝❤♥😊🙂😀😁🥰😍")
_LONGEST = 12  # words: in longer texts the ways to read them are too many
_FEWEST_DIGITS = 3  # "1" asks nothing, "113" and "2021" may

_GREETED = pattern(
    r"(?:xin chào|chào buổi (?:sáng|trưa|chiều|tối)|chào|alo|hi+|hey+|hello+"
    r"|good (?:morning|afternoon|evening|day)|dear)"
)
_ADDRESSED = pattern(
    r"(?:bot|ad|admin|bạn|anh|chị|em|mọi người|cả nhà|các bạn|there|everyone|all|sir|madam"
    r"|team|ơi|ạ|nhé)"
)
_ASKS = pattern(
    r"ai|khi nào|ở đâu|tại sao|vì sao|bao giờ|bao nhiêu|cho|làm ơn|xin|vui lòng|mình|tôi"
    r"|who|whom|whose|what|when|where|why|how|which|is|are|was|were|do|does|did|can|could|please"
    r"|tell|i"
)
_END = r"\s*[,.!;:…–—-]+\s*"
_GREETING = re.compile(
    rf"\W*\b{_GREETED}\b(?:(?:\s+{_ADDRESSED}\b)*(?:{_END}|\s+(?=(?:{_ASKS})\b))"
    rf"|\s+(?:bot|ad|admin)\b(?:\s+{_ADDRESSED}\b)*\s+)",
    re.IGNORECASE,
)
_ME = pattern(r"(?:mình|tôi|em|anh|chị|tớ|mk)")
_REQUEST = re.compile(
    pattern(r"(?:(?:làm ơn|xin|vui lòng) )?")
    + rf"(?:{_ME} )?"
    + pattern(r"(?:(?:làm ơn|xin|vui lòng) )?(?:cho )")
    + rf"(?:{_ME} )?"
    + pattern(r"(?:được )?hỏi(?: (?:một chút|chút|tí|xíu|ngu|thăm|là|rằng|với)\b)*[\s,:]+")
    + r"|(?:please |can you |could you |can you please |could you please )+tell me[\s,:]+"
    + r"|i (?:would like|want|'d like) to (?:know|ask)[\s,:]+",
    re.IGNORECASE,
)
# "Mình là phóng viên mới, …": who asks is no part of the question.
_INTRODUCTION = re.compile(
    rf"\W*(?:{_ME} {pattern('(?:là|tên|đang|làm|ở|bên|mới)')}|(?:i am|i'm|my name is|this is))"
    r"\b[^?\n]{1,60}[,.;:…–—-]\s*",
    re.IGNORECASE,
)
_THANKED = re.compile(
    r"(?<=[,.?!;…\n])\s*"
    + pattern(r"(?:xin )?(?:c[aảá]m [oơ]n|thanks|thank you|thx|tks)")
    + rf"(?:\s+(?:{pattern(_BESIDE)}))*\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Courteous:
    """A message that asks nothing: what it says, and in which language.

    `language` is "vi" or "en", and empty where the words belong to neither.
    """

    courtesy: Courtesy
    language: str


def courtesy_in(text: str) -> Courteous | None:
    """Return what a text says that asks nothing, None if it may be a question.

    >>> courtesy_in("Chào bạn nhé!")
    Courteous(courtesy=<Courtesy.GREETING: 'greeting'>, language='vi')
    >>> courtesy_in("Chào bạn, ai chủ trì hội nghị?") is None
    True
    """
    words = spoken(normal(text))
    if not words.strip("0123456789 "):
        return _of_no_word(text, words)
    is_short = len(words.split()) <= _LONGEST
    return _of_words(words) if is_short and _ONLY.fullmatch(words) else None


def without_courtesies(text: str) -> str:
    """Return a question without greeting and introduction before it and thanks after it.

    >>> without_courtesies("Xin chào, cho mình hỏi ai chủ trì hội nghị? Cảm ơn nhiều!")
    'ai chủ trì hội nghị?'
    """
    asked = _GREETING.sub("", text, count=1) if _GREETING.match(text) else text
    request = _REQUEST.search(asked)
    if request and _is_preface(asked[: request.start()]):
        asked = asked[request.end() :]
    asked = _THANKED.sub("", asked).strip()
    return asked if asked and courtesy_in(asked) is None else text


def _is_preface(text: str) -> bool:
    """Tell whether what stands before "cho mình hỏi" belongs to it, and not to the question."""
    return courtesy_in(text or ".") is not None or _INTRODUCTION.fullmatch(text) is not None


def _of_no_word(text: str, digits: str) -> Courteous | None:
    if len(digits) >= _FEWEST_DIGITS or not text.strip():
        return None
    if digits or _APPROVAL.isdisjoint(text):
        return Courteous(Courtesy.GREETING if "👋" in text else Courtesy.NOTHING, "")
    return Courteous(Courtesy.THANKS, "")


def _of_words(words: str) -> Courteous:
    """Return the first courtesy that is said, in a language of its own if one of them is."""
    said = [
        (courtesy is Courtesy.NOTHING, found.start(), courtesy.value, language)
        for language, by_courtesy in _SAYS.items()
        for courtesy, phrases in by_courtesy.items()
        if (found := re.search(rf"\b(?:{phrases})\b", words))
    ]
    said.sort()
    language = next((one[3] for one in said if one[3]), "")
    return Courteous(Courtesy(said[0][2]), language if words.isascii() else "vi")
