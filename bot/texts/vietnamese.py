"""What the bot says in Vietnamese."""

from __future__ import annotations

from bot.texts.phrases import Texts

VIETNAMESE = Texts(
    language="vi",
    commands={
        "ask": "hỏi một câu",
        "sources": "xem nguồn của câu trả lời",
        "language": "chọn ngôn ngữ",
        "help": "xem cách dùng",
        "start": "xem lời giới thiệu",
    },
    start=(
        "Xin chào! Bạn hỏi, tôi tìm trong kho tài liệu và trích nguyên văn đoạn trả lời, "
        "kèm nguồn. Hỏi bằng tiếng Việt hay tiếng Anh đều được.\n\n"
        "Bạn muốn biết điều gì? Cần hướng dẫn thì bấm /help."
    ),
    help=(
        "Bạn cứ nhắn câu hỏi cho tôi. Trong nhóm, hãy nhắc tên tôi, trả lời tin nhắn của tôi "
        "hoặc dùng /ask.\n\n"
        "Tôi chỉ trích nguyên văn từ tài liệu, câu trả lời được <b>in đậm</b>; "
        "không tìm thấy thì tôi nói là không."
    ),
    how_to_ask=(
        "Bạn hãy viết câu hỏi sau lệnh, ví dụ: <code>/ask Ai chủ trì hội nghị?</code>\n"
        "Hoặc trả lời một tin nhắn bằng /ask để hỏi đúng nội dung tin đó."
    ),
    no_words="Câu hỏi này chưa có chữ nào. Bạn viết lại bằng lời giúp tôi nhé.",
    too_long=(
        "Câu hỏi dài {length} ký tự, tôi đọc được tối đa {limit}. Bạn rút gọn lại giúp tôi nhé."
    ),
    only_text="Tôi chỉ đọc được chữ. Bạn gõ câu hỏi giúp tôi nhé.",
    understood="Đã hiểu: <i>{question}</i>",
    not_found=(
        "Tôi không tìm thấy câu trả lời trong kho tài liệu. "
        "Bạn thử hỏi cách khác hoặc nói cụ thể hơn nhé."
    ),
    nearest="Tài liệu gần nhất: {document}",
    sources="<b>Nguồn trích dẫn</b>",
    passage="Tệp {document}, ký tự {start}–{end}",
    documents="<b>Kho tài liệu ({count})</b>",
    and_more="… và {count} tài liệu nữa",
    choose_language=(
        "Bạn hỏi bằng tiếng nào, tôi trả lời bằng tiếng ấy. "
        "Những lúc khác, bạn muốn tôi dùng tiếng nào?"
    ),
    automatic="Tự động",
    language_chosen="Vâng, tôi sẽ dùng tiếng Việt.",
    language_automatic="Vâng, tôi sẽ theo ngôn ngữ Telegram của bạn.",
    old_button="Nút này đã cũ, không còn dùng được.",
    not_admitted="Bot này chỉ phục vụ những người có trong danh sách. ID của bạn là {id}.",
    failed="Có lỗi xảy ra, tôi chưa làm được. Bạn thử lại sau ít phút nhé.",
)
