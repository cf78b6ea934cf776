"""What the bot says in English."""

from __future__ import annotations

from bot.texts.phrases import Texts

ENGLISH = Texts(
    language="en",
    commands={
        "ask": "ask a question",
        "sources": "see where an answer comes from",
        "language": "choose a language",
        "help": "how to use me",
        "start": "what I am for",
    },
    start=(
        "Hello! You ask, I look through the documents and quote the passage that answers, "
        "word for word, with its source. Ask in English or in Vietnamese.\n\n"
        "What would you like to know? Tap /help to see how I work."
    ),
    help=(
        "Just send me your question. In a group, mention me, reply to one of my messages "
        "or use /ask.\n\n"
        "I only quote what the documents say, with the answer <b>in bold</b>; "
        "where they do not say it, I tell you so."
    ),
    how_to_ask=(
        "Write your question after the command: <code>/ask Who chaired the meeting?</code>\n"
        "Or reply to a message with /ask to ask what that message says."
    ),
    no_words="There are no words in this question. Could you put it in words, please?",
    too_long=(
        "This question has {length} characters and I can read {limit}. "
        "Could you shorten it, please?"
    ),
    only_text="I can only read text. Could you type your question, please?",
    understood="Understood: <i>{question}</i>",
    not_found=(
        "I could not find an answer in the documents. Try asking another way, or be more specific."
    ),
    nearest="The nearest document: {document}",
    sources="<b>Sources</b>",
    passage="File {document}, characters {start}–{end}",
    documents="<b>Documents ({count})</b>",
    and_more="… and {count} more",
    choose_language=(
        "I answer every question in its own language. Which one shall I use for everything else?"
    ),
    automatic="Automatic",
    language_chosen="All right, I will use English.",
    language_automatic="All right, I will go by the language of your Telegram.",
    old_button="This button is out of date and no longer works.",
    not_admitted="This bot only serves the people on its list. Your ID is {id}.",
    failed="Something went wrong and I could not do that. Please try again in a few minutes.",
)
