/** The texts of the page itself, in Vietnamese and English. */

const TEXTS = {
  vi: {
    about: "Chạy ngay trên máy này, không qua Telegram. Tin nhắn và tệp bạn gửi mất khi dừng bản demo.",
    attach: "Gửi một tài liệu",
    back: "Về danh sách chat",
    bot: "bot",
    cancel: "Thôi",
    chats: "Các cuộc trò chuyện",
    commands: "Lệnh của bot",
    copied: "Đã chép",
    edited: "đã sửa",
    editing: "Sửa tin nhắn",
    groupHint: "Trong nhóm, bot trả lời khi được nhắc tên, được trả lời tin, hoặc qua /ask.",
    hidden: "Chữ bị che, bấm để xem",
    ideas: "Câu hỏi gợi ý",
    inline: "Trích đoạn để gửi",
    language: "Ngôn ngữ",
    less: "Thu gọn",
    lost: "Mất kết nối với bản demo. Hãy chạy lại, trang sẽ tự mở lại.",
    members: (names) => `${names} và bot`,
    message: "Tin nhắn",
    messageInGroup: "Hỏi @trichdan_bot",
    more: "Xem thêm",
    moreResults: "Xem thêm kết quả",
    noMessages: "Chưa có tin nhắn",
    noText: "(không phải văn bản)",
    photo: "Ảnh",
    ready: "sẵn sàng trả lời",
    replyTo: (name) => `Trả lời ${name}`,
    send: "Gửi",
    speaker: "Bạn là",
    starting: "Bot đang khởi động và đọc tài liệu. Bạn cứ hỏi trước, bot sẽ trả lời ngay khi sẵn sàng.",
    startingStatus: "đang khởi động…",
    toEnd: "Xuống tin mới nhất",
    topicOf: (forum) => `chủ đề trong ${forum}`,
    typing: (name) => `${name} đang nhập…`,
    unread: (count) => `${count} tin chưa đọc`,
    via: (bot) => `qua @${bot}`,
    welcome: "Hỏi bằng tiếng Việt hay tiếng Anh. Bot trích nguyên văn đoạn trả lời trong tài liệu, kèm nguồn.",
    you: "Bạn",
  },
  en: {
    about: "Runs on this machine alone, without Telegram. Messages and files are gone when the demo stops.",
    attach: "Send a document",
    back: "Back to the chats",
    bot: "bot",
    cancel: "Cancel",
    chats: "Chats",
    commands: "The bot's commands",
    copied: "Copied",
    edited: "edited",
    editing: "Edit message",
    groupHint: "In a group the bot answers when mentioned, when replied to, or through /ask.",
    hidden: "Hidden text, press to see",
    ideas: "Questions to try",
    inline: "Excerpts to send",
    language: "Language",
    less: "Show less",
    lost: "The demo is gone. Start it again, and this page comes back by itself.",
    members: (names) => `${names} and the bot`,
    message: "Message",
    messageInGroup: "Ask @trichdan_bot",
    more: "Show more",
    moreResults: "More results",
    noMessages: "No messages yet",
    noText: "(not a text)",
    photo: "Photo",
    ready: "ready to answer",
    replyTo: (name) => `Reply to ${name}`,
    send: "Send",
    speaker: "You are",
    starting: "The bot is starting and reading its documents. Ask already; it answers once it is ready.",
    startingStatus: "starting…",
    toEnd: "Down to the latest message",
    topicOf: (forum) => `topic in ${forum}`,
    typing: (name) => `${name} is typing…`,
    unread: (count) => `${count} unread`,
    via: (bot) => `via @${bot}`,
    welcome: "Ask in English or Vietnamese. The bot quotes the passage that answers, word for word, with its source.",
    you: "You",
  },
};

export const language = () => document.documentElement.lang;

/** Return a text of the page in its current language. */
export function say(key, ...values) {
  const text = TEXTS[language()][key];
  return typeof text === "function" ? text(...values) : text;
}

/** Set the language of the page and fill in the texts that index.html asks for. */
export function speak(code) {
  document.documentElement.lang = code;
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = say(node.dataset.text);
  for (const node of document.querySelectorAll("[data-label]")) {
    const label = say(node.dataset.label);
    node.setAttribute("aria-label", label);
    if (node.localName === "button") node.title = label;
  }
}

/** Format the time of a message as hours and minutes. */
export function clock(seconds) {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Date(seconds * 1000).toLocaleTimeString(language(), options);
}
