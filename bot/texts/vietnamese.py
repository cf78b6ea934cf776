"""The bot's texts in Vietnamese."""

from __future__ import annotations

from bot.texts.base import Texts
from retrieval.collecting.fetch_errors import FetchCause
from retrieval.refusals import Cause

VIETNAMESE = Texts(
    language="vi",
    name="Tiếng Việt",
    months=(),
    commands={
        "ask": "hỏi một câu",
        "sources": "xem nguồn của câu trả lời",
        "watch": "nhận tin khi có tài liệu mới trả lời",
        "language": "chọn ngôn ngữ",
        "forgetme": "xóa câu hỏi và câu trả lời của bạn",
        "help": "xem cách dùng",
        "start": "xem lời giới thiệu",
    },
    admin_commands={
        "documents": "xem kho tài liệu",
        "add": "thêm trang web hoặc tệp theo địa chỉ",
        "forget": "bỏ một tài liệu",
    },
    collection_commands={
        "collections": "xem ở đây tôi trả lời từ kho nào",
        "join": "mở một kho tài liệu bằng mã",
        "leave": "đóng lại một kho tài liệu",
    },
    collection_admin_commands={
        "invite": "tạo mã mở một kho tài liệu",
        "members": "xem ai đã mở một kho tài liệu",
    },
    description=(
        "Bạn hỏi bằng tiếng Việt hay tiếng Anh, tôi trích nguyên văn đoạn trả lời trong kho tài "
        "liệu, kèm nguồn. Trong nhóm, hãy nhắc tên tôi hoặc dùng /ask."
    ),
    short_description="Trả lời bằng trích dẫn nguyên văn từ tài liệu, kèm nguồn.",
    start=(
        "Xin chào! Bạn hỏi, tôi tìm trong kho tài liệu và trích nguyên văn đoạn trả lời, "
        "kèm nguồn. Hỏi bằng tiếng Việt hay tiếng Anh đều được.\n\n"
        "Bạn muốn biết điều gì? Cần hướng dẫn thì bấm /help."
    ),
    help=(
        "Bạn cứ nhắn câu hỏi cho tôi. Trong nhóm, hãy nhắc tên tôi, trả lời tin nhắn của tôi "
        "hoặc dùng /ask.\n\n"
        "Tôi chỉ trích nguyên văn từ tài liệu, câu trả lời được <b>in đậm</b>; "
        "không tìm thấy thì tôi nói rõ.\n\n"
        "Lọc theo ngày và nguồn của tài liệu: "
        "<code>after:2024-08 before:2024-10 source:TTXVN</code>"
    ),
    how_to_ask=(
        "Bạn hãy viết câu hỏi sau lệnh, ví dụ: <code>/ask Ai chủ trì hội nghị?</code>\n"
        "Hoặc trả lời một tin nhắn bằng /ask để hỏi đúng nội dung tin đó."
    ),
    too_long=(
        "Câu hỏi dài {length} ký tự, tôi đọc được tối đa {limit}. Bạn rút gọn lại giúp tôi nhé."
    ),
    only_text="Tôi chỉ đọc được chữ. Bạn gõ câu hỏi giúp tôi nhé.",
    understood="Đã hiểu: <i>{question}</i>",
    year="năm {date}",
    month="tháng {date}",
    day="ngày {date}",
    within="của {date}",
    since="từ {date}",
    before="trước {date}",
    between="từ {first} đến hết {last}",
    published_by="nguồn {source}",
    only_within="Chỉ tìm trong tài liệu {limits}.",
    outside="Trong đó không có câu trả lời. Ngoài phạm vi này thì có:",
    newest_first="Tài liệu mới hơn được xếp trước.",
    undated="không rõ ngày",
    not_found=(
        "Tôi không tìm thấy câu trả lời trong kho tài liệu. "
        "Bạn thử hỏi cách khác hoặc nói cụ thể hơn nhé."
    ),
    missing="Tài liệu không nhắc đến: <b>{words}</b>",
    nearest="Tài liệu liên quan nhất: {document}",
    nearest_passages="Tôi không tìm thấy câu trả lời chắc chắn. Đây là những đoạn liên quan nhất:",
    also_in_one="cũng trong 1 tài liệu khác",
    also_in_some="cũng trong {count} tài liệu khác",
    also_in="Cũng trong:",
    and_more="và {count} tài liệu khác",
    further="Những đoạn liên quan tiếp theo:",
    sources="<b>Nguồn trích dẫn</b>",
    passage="Tệp {document}, ký tự {start}–{end}",
    open_citation="xem đoạn trích",
    changed="⚠️ Tài liệu này đã được sửa sau khi tôi trích, nên tôi không trích lại nữa.",
    gone="⚠️ Tài liệu này không còn trong kho.",
    changed_or_gone="⚠️ Tài liệu này đã được sửa hoặc không còn trong kho.",
    unavailable="Nội dung này không còn xem được ở đây.",
    nothing_readable=(
        "Ở đây chưa có kho tài liệu nào để tôi trả lời. Nếu có mã, bạn gửi /join kèm mã nhé."
    ),
    collections="<b>Ở đây tôi trả lời từ:</b>",
    all_collections="Tất cả",
    invite_which="Bạn viết tên kho sau lệnh: /invite và một trong {names}",
    invitation=(
        "Mã này mở kho <b>{title}</b>, dùng một lần, trong một ngày:\n<code>/join {code}</code>\n"
        "Quản trị viên gửi lệnh này trong nhóm, hoặc bạn gửi trong cuộc trò chuyện riêng với tôi."
    ),
    join_how="Bạn viết mã sau lệnh: <code>/join abcd2345wxyz</code>",
    join_in_charge="Chỉ quản trị viên của nhóm này mới làm được việc đó.",
    joined="✅ Từ giờ ở đây tôi trả lời từ kho <b>{title}</b>.",
    no_such_code="Mã này sai, đã dùng hoặc đã hết hạn.",
    leave_none="Ở đây chưa có kho nào được mở bằng mã.",
    leave_which="Bạn viết tên kho sau lệnh: /leave và một trong {names}",
    left="Ở đây tôi không còn trả lời từ kho <b>{title}</b> theo mã đã dùng nữa.",
    members="Đã mở kho <b>{title}</b> bằng mã:",
    members_none="Chưa ai mở kho <b>{title}</b> bằng mã.",
    members_which="Bạn viết tên kho sau lệnh: /members và một trong {names}",
    exclude_button="Bỏ",
    page="Đoạn {number}/{count}",
    page_of_file="tr. {pages}",
    pages_of_file="tr. {pages}",
    recognised="nhận dạng chữ từ ảnh",
    recognised_page="nhận dạng chữ từ ảnh, trang {pages}",
    recognised_pages="nhận dạng chữ từ ảnh, trang {pages}",
    page_button="🖼 Xem trang {pages}",
    page_not_marked=(
        "Câu trích nằm ở trang này. Tôi không xác định chắc chắn được chỗ nên không tô màu."
    ),
    page_not_drawn="❌ Tôi không vẽ được trang này trong giới hạn cho phép.",
    documents="<b>Kho tài liệu ({count})</b>",
    read_button="📖 Đọc trong tài liệu",
    copy_button="📋 Sao chép",
    open_button="🔗 Mở",
    sources_button="📚 Nguồn",
    nearest_button="🔎 Xem đoạn liên quan nhất",
    person_forgotten=(
        "Tôi đã xóa những gì lưu về bạn: {count} câu hỏi kèm câu trả lời, các đánh giá, những câu "
        "đang theo dõi, ngôn ngữ đã chọn và những kho đã mở bằng mã. Tin nhắn trong cuộc trò "
        "chuyện này vẫn còn cho đến khi bạn xóa; các nút dưới câu trả lời cũ không còn dùng được."
    ),
    choose_language=(
        "Bạn hỏi bằng tiếng nào, tôi trả lời bằng tiếng ấy. "
        "Những lúc khác, bạn muốn tôi dùng tiếng nào?"
    ),
    automatic="Tự động",
    language_chosen="Vâng, tôi sẽ dùng tiếng Việt.",
    language_automatic="Vâng, tôi sẽ theo ngôn ngữ bạn dùng trong Telegram.",
    old_button="Nút này đã cũ, không còn dùng được.",
    hello="Xin chào! Tôi trả lời bằng trích dẫn nguyên văn từ kho tài liệu. Bạn muốn biết điều gì?",
    goodbye="Tạm biệt bạn! Khi nào cần tra cứu thì bạn cứ nhắn tôi nhé.",
    listening="Tôi đây! Bạn viết câu hỏi bằng lời, tôi sẽ tìm trong kho tài liệu.",
    examples="Bạn có thể hỏi, ví dụ:",
    about_what=(
        "Bạn hỏi về việc gì? Câu này nối tiếp một câu hỏi mà tôi chưa biết, bạn hỏi đủ ý giúp tôi "
        "nhé."
    ),
    welcome="Rất vui được giúp bạn! Bạn muốn biết thêm điều gì thì cứ hỏi nhé.",
    helpful="👍 Cảm ơn bạn!",
    unhelpful="👎 Cảm ơn bạn, tôi đã ghi lại.",
    slow_down="Bạn hỏi hơi nhanh, tôi theo chưa kịp. Bạn gửi câu tiếp theo sau {seconds} giây nhé.",
    inline_how_to_ask="Gõ câu hỏi để trích dẫn tài liệu",
    inline_not_found="Không tìm thấy. Thử hỏi tôi cách khác?",
    upload_where="Bạn muốn thêm tệp này vào kho nào?",
    upload_chosen="Tôi thêm vào kho <b>{title}</b>.",
    upload_received="📄 <b>{name}</b>: đã nhận.",
    upload_reading="📄 <b>{name}</b>: đang đọc …",
    upload_indexing=(
        "📄 <b>{name}</b>: đọc xong, đang lập chỉ mục … "
        "Trong lúc chờ, tôi vẫn trả lời theo những gì đã có."
    ),
    upload_added="✅ Đã thêm: <b>{title}</b> ({count} đoạn). Bạn hỏi được rồi.",
    upload_replaced="✅ Đã thay: <b>{title}</b> ({count} đoạn). Bạn hỏi được rồi.",
    upload_read_in_part="⚠️ Chưa đọc được hết: {reason}.",
    upload_recognised="🔍 Bạn kiểm tra lại giúp nhé: {reason}.",
    photo="Ảnh {date} ({number})",
    upload_refused="❌ Tôi không đọc được <b>{name}</b>: {reason}.",
    upload_lost="❌ Tôi chưa tải được <b>{name}</b> từ Telegram. Bạn gửi lại giúp tôi nhé.",
    upload_not_read="❌ Tôi chưa đọc được <b>{name}</b>, nên chưa có gì thay đổi. {reason}",
    upload_not_saved=(
        "❌ Tôi chưa lưu được <b>{name}</b> ({reason}). "
        "Bạn kiểm tra thư mục tài liệu trên máy chủ giúp tôi nhé."
    ),
    upload_not_indexed="⚠️ Đã lưu <b>{name}</b>, nhưng tôi chưa dùng để trả lời được. {reason}",
    refusals={
        Cause.NAME: "tên tệp có ký tự điều khiển; hãy đổi tên",
        Cause.SAME_NAME: "tên tệp chỉ khác một tệp khác ở dạng Unicode; hãy đổi tên",
        Cause.SAME_TEXT: "nội dung trùng với tài liệu đã có là {name}",
        Cause.FORMAT: "tôi không đọc được định dạng này; hãy lưu thành {suffixes}",
        Cause.LINK: "tệp là liên kết ra ngoài thư mục; hãy đặt chính tệp đó vào",
        Cause.NO_FILE: "đây không phải tệp thông thường; hãy đặt chính tệp đó vào",
        Cause.CHANGED: "tệp đã thay đổi sau khi tôi đọc",
        Cause.UNOPENABLE: "không mở được tệp ({error}); hãy kiểm tra quyền truy cập",
        Cause.LARGE: "tệp lớn hơn {limit} MB; hãy chia nhỏ",
        Cause.LONG: "nội dung dài hơn {limit} triệu ký tự; hãy chia nhỏ",
        Cause.UNPACKED: "tệp giải nén ra hơn {limit} MB; hãy lưu riêng phần chữ",
        Cause.SLOW: "đọc quá {limit} giây vẫn chưa xong; hãy lưu riêng phần chữ",
        Cause.MEMORY: "đọc tệp này cần hơn {limit} MB bộ nhớ; hãy lưu riêng phần chữ",
        Cause.CRASH: "tệp này làm trình đọc dừng đột ngột; hãy lưu riêng phần chữ",
        Cause.DAMAGED: "tệp bị hỏng hoặc không phải tệp {suffix}; hãy lưu lại",
        Cause.ENCRYPTED: "tệp có mật khẩu; hãy lưu bản không có mật khẩu",
        Cause.ENCODING: "không chắc tệp dùng bảng mã nào; hãy lưu lại bằng UTF-8",
        Cause.EMPTY: "tệp không có chữ nào",
        Cause.PICTURES: (
            "tệp chỉ có ảnh; hãy cài Tesseract để đọc chữ trong ảnh (trên Debian: tesseract-ocr và"
            " tesseract-ocr-vie), hoặc nhận dạng chữ (OCR) trước"
        ),
        Cause.PICTURES_OFF: "tệp chỉ có ảnh; hãy đặt OCR=on, hoặc nhận dạng chữ (OCR) trước",
        Cause.BLANK: "không tìm thấy chữ nào trong ảnh",
        Cause.UNSURE: "không nhận ra chữ một cách chắc chắn; hãy chụp lại nét hơn hoặc lớn hơn",
        Cause.UNREAD: (
            "ảnh vượt giới hạn về kích thước, thời gian hoặc bộ nhớ; hãy thu nhỏ ảnh hoặc chia tệp"
        ),
        Cause.UNMAPPED: (
            "phông chữ của tệp không cho biết mỗi chữ là ký tự nào; hãy nhận dạng chữ (OCR),"
            " hoặc lưu lại từ chương trình đã tạo tệp"
        ),
        Cause.PICTURE_PAGES: (
            "trang {pages} là ảnh, chưa đọc được; hãy cài Tesseract (trên Debian: tesseract-ocr và"
            " tesseract-ocr-vie), hoặc nhận dạng chữ (OCR) trước"
        ),
        Cause.PICTURE_PAGES_OFF: (
            "trang {pages} là ảnh, chưa đọc được; hãy đặt OCR=on, hoặc nhận dạng chữ (OCR) trước"
        ),
        Cause.BLANK_PAGES: "trang {pages} là ảnh, không tìm thấy chữ nào",
        Cause.UNSURE_PAGES: (
            "trang {pages} bị bỏ qua vì không nhận ra chữ một cách chắc chắn;"
            " hãy quét lại nét hơn hoặc lớn hơn"
        ),
        Cause.UNREAD_PAGES: (
            "trang {pages} là ảnh, chưa đọc được trong giới hạn về kích thước, thời gian và bộ nhớ;"
            " hãy chia nhỏ tệp hoặc tăng PARSE_SECONDS"
        ),
        Cause.RECOGNISED_PAGES: (
            "chữ ở trang {pages} được nhận dạng từ ảnh; hãy so với bản gốc,"
            " […] là chỗ không chắc chắn"
        ),
        Cause.UNMAPPED_PAGES: (
            "trang {pages} chỉ đọc được một phần vì phông chữ không cho biết mã ký tự;"
            " hãy nhận dạng chữ (OCR) hoặc lưu lại từ phần mềm gốc"
        ),
        Cause.HIDDEN_SHEETS: "trang tính ẩn chưa được đọc: {names}; hãy cho hiện nếu cần đọc",
        Cause.HIDDEN_CELLS: "hàng hoặc cột ẩn chưa được đọc: {names}; hãy cho hiện nếu cần đọc",
        Cause.HIDDEN_SLIDES: "trang chiếu ẩn chưa được đọc: {slides}; hãy cho hiện nếu cần đọc",
        Cause.ATTACHMENTS: "tôi chỉ đọc {limit} tệp đính kèm; hãy lưu riêng những tệp còn lại",
        Cause.NESTED: (
            "thư lồng trong thư chỉ được đọc đến tầng thứ {limit}; hãy lưu riêng những thư còn lại"
        ),
        Cause.NO_LIBREOFFICE: (
            "máy chủ chưa có LibreOffice để đọc định dạng này; hãy cài (Debian: {package}),"
            " hoặc lưu tệp thành {suffix}"
        ),
        Cause.NOT_CONVERTED: (
            "LibreOffice không mở được: tệp bị hỏng hoặc có mật khẩu; hãy lưu lại thành {suffix}"
        ),
        Cause.NO_MAIN_TEXT: "trang này không có bài viết; hãy lưu riêng bài viết thành văn bản",
        Cause.NO_YAML: "phần khai báo đầu tệp không đúng cú pháp YAML; hãy sửa lại",
        Cause.NO_YAML_LINE: (
            "phần khai báo đầu tệp không đúng cú pháp YAML (dòng {line}); "
            "giá trị có dấu hai chấm phải đặt trong ngoặc kép"
        ),
        Cause.NO_KEYS: "phần khai báo đầu tệp phải gồm các dòng <code>key: value</code>",
        Cause.NO_VALUE: "mục {key} ở phần khai báo đầu tệp chưa đúng; hãy viết như {example}",
        Cause.NOT_ONE_LINE: "mục {key} ở phần khai báo đầu tệp phải viết trên một dòng",
    },
    how_to_add=(
        "Gửi tôi ảnh hoặc tệp ({suffixes}) hoặc <code>/add https://…</code> để thêm tài liệu, "
        "gửi lại để thay. Dùng /forget để bỏ những tài liệu gửi qua chat (📎) hay lấy từ nguồn tin "
        "(📰)."
    ),
    how_to_watch=(
        "Muốn được báo khi có tài liệu mới trả lời một câu hỏi, bạn hãy viết câu hỏi sau lệnh: "
        "<code>/watch Bao giờ thông cầu?</code>"
    ),
    watch_none="Ở đây chưa theo dõi câu hỏi nào.",
    watch_list="<b>Đang theo dõi ở đây</b>; bấm vào câu hỏi để bỏ:",
    watch_added=(
        "🔔 Vâng, khi có tài liệu mới trả lời được, tôi sẽ báo ở đây: <i>{question}</i>\n"
        "Gõ /watch để xem những câu đang theo dõi."
    ),
    watch_already="Câu này đang được theo dõi ở đây rồi. Gõ /watch để xem tất cả.",
    watch_too_many=(
        "Mỗi người, và mỗi cuộc trò chuyện, theo dõi được tối đa {limit} câu. "
        "Bạn gõ /watch rồi bỏ bớt một câu nhé."
    ),
    watch_answered="🔔 Có tài liệu mới trả lời: <i>{question}</i>",
    how_to_add_address=(
        "Bạn hãy viết địa chỉ trang web hoặc tệp sau lệnh: "
        "<code>/add https://example.org/report.pdf</code>"
    ),
    add_fetching="🌐 <b>{address}</b>: đang tải …",
    add_failed="❌ Tôi chưa thêm được <b>{address}</b>: {reason}.",
    fetch_failures={
        FetchCause.ADDRESS: "đây không phải địa chỉ dạng https://… hoặc http://…",
        FetchCause.PRIVATE: "{host} không nằm trên Internet công cộng; muốn cho phép thì thêm vào "
        "OWN_HOSTS",
        FetchCause.UNREACHABLE: "không kết nối được với {host}",
        FetchCause.SLOW: "quá {limit} giây vẫn chưa tải xong",
        FetchCause.REDIRECTS: "địa chỉ này chuyển hướng mãi không dứt",
        FetchCause.STATUS: "trang web trả lời lỗi {status}",
        FetchCause.ROBOTS: "trang web không cho chương trình tự động tải (robots.txt)",
        FetchCause.NO_FEED: "đây không phải nguồn tin RSS hay Atom",
    },
    forget_which="Bạn muốn bỏ tài liệu nào?",
    forget_none=(
        "Chưa có tài liệu nào gửi qua chat nên tôi không bỏ được gì. "
        "Những tài liệu khác nằm trong thư mục trên máy chủ."
    ),
    forget_sure="Bỏ tài liệu <b>{title}</b> nhé? Tôi sẽ không trả lời theo tài liệu này nữa.",
    forget_button="🗑 Bỏ",
    keep_button="Giữ lại",
    forgotten="🗑 Đã bỏ: <b>{title}</b>.",
    forget_kept="Vâng, tôi giữ lại.",
    forget_last="Đây là tài liệu duy nhất của tôi. Bạn gửi một tài liệu khác trước khi bỏ nhé.",
    forget_failed="❌ Tôi chưa bỏ được <b>{title}</b>. {reason}",
    forget_still_indexed=(
        "⚠️ Đã bỏ <b>{title}</b>, nhưng tạm thời tôi vẫn còn trả lời từ tài liệu này. {reason}"
    ),
    not_admitted="Bot này chỉ phục vụ những người có trong danh sách. ID của bạn là {id}.",
    failed="Có lỗi xảy ra, tôi chưa làm được. Bạn thử lại sau ít phút nhé.",
)
