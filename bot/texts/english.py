"""The bot's texts in English."""

from __future__ import annotations

from bot.texts.base import Texts
from retrieval.collecting.fetch_errors import FetchCause
from retrieval.refusals import Cause

ENGLISH = Texts(
    language="en",
    name="English",
    months=tuple(
        "January February March April May June July August September October November "
        "December".split()
    ),
    commands={
        "ask": "ask a question",
        "sources": "see where an answer comes from",
        "watch": "hear when a new document answers",
        "language": "choose a language",
        "forgetme": "erase your questions and answers",
        "help": "how to use me",
        "start": "what I am for",
    },
    admin_commands={
        "documents": "see my documents",
        "add": "add a web page or a file by its address",
        "forget": "remove a document",
    },
    collection_commands={
        "collections": "see what I answer from here",
        "join": "open a collection with a code",
        "leave": "close a collection again",
    },
    collection_admin_commands={
        "invite": "make a code that opens a collection",
        "members": "see who has opened a collection",
    },
    description=(
        "Ask, in English or in Vietnamese, and I quote the passage of the documents that answers, "
        "word for word, with its source. In groups too: mention me or use /ask."
    ),
    short_description="Answers from documents, word for word, with the source.",
    start=(
        "Hello! You ask, I look through the documents and quote the passage that answers, "
        "word for word, with its source. Ask in English or in Vietnamese.\n\n"
        "What would you like to know? Tap /help to see how I work."
    ),
    help=(
        "Just send me your question. In a group, mention me, reply to one of my messages "
        "or use /ask.\n\n"
        "I only quote what the documents say, with the answer <b>in bold</b>; "
        "where they do not say it, I tell you so.\n\n"
        "Filter by the documents' date and source: "
        "<code>after:2024-08 before:2024-10 source:TTXVN</code>"
    ),
    how_to_ask=(
        "Write your question after the command: <code>/ask Who chaired the meeting?</code>\n"
        "Or reply to a message with /ask to ask what that message says."
    ),
    too_long=(
        "This question has {length} characters and I can read {limit}. "
        "Could you shorten it, please?"
    ),
    only_text="I can only read text. Could you type your question, please?",
    understood="Understood: <i>{question}</i>",
    year="{date}",
    month="{date}",
    day="{date}",
    within="from {date}",
    since="since {date}",
    before="before {date}",
    between="from {first} to {last}",
    published_by="published by {source}",
    only_within="Searched only in documents {limits}.",
    outside="None of them answers this. Outside of these limits there is:",
    newest_first="Newer documents come first.",
    undated="undated",
    not_found=(
        "I could not find an answer in the documents. Try asking another way, or be more specific."
    ),
    missing="The documents do not mention: <b>{words}</b>",
    nearest="The nearest document: {document}",
    nearest_passages="I found no certain answer. These passages come nearest:",
    also_in_one="also in 1 other document",
    also_in_some="also in {count} other documents",
    also_in="Also in:",
    and_more="and {count} more",
    further="More passages, most relevant first:",
    sources="<b>Sources</b>",
    passage="File {document}, characters {start}–{end}",
    open_citation="show the passage",
    changed="⚠️ This document has changed since I quoted it, so I no longer quote it.",
    gone="⚠️ This document is no longer in the collection.",
    changed_or_gone="⚠️ This document has changed or is no longer in the collection.",
    unavailable="This is no longer available here.",
    nothing_readable=(
        "There is nothing here that I may answer from. If you have a code, send /join and the code."
    ),
    collections="<b>I answer from here:</b>",
    all_collections="All of them",
    invite_which="Write the collection behind the command: /invite and one of {names}",
    invitation=(
        "This code opens <b>{title}</b>, once, within a day:\n<code>/join {code}</code>\n"
        "Send it in a group as its administrator, or in a private chat with me."
    ),
    join_how="Write the code behind the command: <code>/join abcd2345wxyz</code>",
    join_in_charge="Only an administrator of this group can do that.",
    joined="✅ I now answer from <b>{title}</b> here.",
    no_such_code="This code is wrong, used or out of date.",
    leave_none="Nothing was opened here with a code.",
    leave_which="Write the collection behind the command: /leave and one of {names}",
    left="I no longer answer from <b>{title}</b> here by the code that opened it.",
    members="<b>{title}</b> was opened with a code by:",
    members_none="Nobody has opened <b>{title}</b> with a code.",
    members_which="Write the collection behind the command: /members and one of {names}",
    exclude_button="Remove",
    page="Passage {number} of {count}",
    page_of_file="p. {pages}",
    pages_of_file="pp. {pages}",
    recognised="text recognised in a picture",
    recognised_page="text recognised in a picture, page {pages}",
    recognised_pages="text recognised in a picture, pages {pages}",
    page_button="🖼 Show page {pages}",
    page_not_marked=(
        "The sentence stands on this page. I could not tell exactly where, so nothing is marked."
    ),
    page_not_drawn="❌ I could not draw this page within my limits.",
    documents="<b>Documents ({count})</b>",
    read_button="📖 Read in the document",
    copy_button="📋 Copy",
    open_button="🔗 Open",
    sources_button="📚 Sources",
    nearest_button="🔎 Show the nearest passages",
    person_forgotten=(
        "I have erased what I kept of you: {count} questions with their answers, your ratings, the "
        "questions you watched, your language and what you opened with a code. The messages in "
        "this chat stay until you delete them; buttons under old answers no longer work."
    ),
    choose_language=(
        "I answer every question in its own language. Which one shall I use for everything else?"
    ),
    automatic="Automatic",
    language_chosen="All right, I will use English.",
    language_automatic="All right, I will go by the language of your Telegram.",
    old_button="This button is out of date and no longer works.",
    hello="Hello! I answer with passages quoted from the documents. What would you like to know?",
    goodbye="Goodbye! Write to me whenever you want to look something up.",
    listening="I am here! Put your question in words, and I will look through the documents.",
    examples="You could ask, for example:",
    about_what=(
        "What is this about? It follows a question that I do not know. "
        "Could you ask it in full, please?"
    ),
    welcome="Happy to help! If there is anything else you would like to know, just ask.",
    helpful="👍 Thank you!",
    unhelpful="👎 Thank you, I have noted it.",
    slow_down="That is a lot of questions at once. Please ask the next one in {seconds} s.",
    inline_how_to_ask="Type a question to quote the documents",
    inline_not_found="Nothing found. Ask me another way?",
    upload_where="Which collection shall I add this file to?",
    upload_chosen="I add it to <b>{title}</b>.",
    upload_received="📄 <b>{name}</b>: received.",
    upload_reading="📄 <b>{name}</b>: reading …",
    upload_indexing=(
        "📄 <b>{name}</b>: read, now indexing … Until then I answer from what I had before."
    ),
    upload_added="✅ Added: <b>{title}</b> (passages: {count}). You can ask now.",
    upload_replaced="✅ Replaced: <b>{title}</b> (passages: {count}). You can ask now.",
    upload_read_in_part="⚠️ Not all of it could be read: {reason}.",
    upload_recognised="🔍 Please check: {reason}.",
    photo="Photo {date} ({number})",
    upload_refused="❌ I cannot read <b>{name}</b>: {reason}.",
    upload_lost="❌ I could not fetch <b>{name}</b> from Telegram. Please send it once more.",
    upload_not_read="❌ I could not read <b>{name}</b>, so nothing has changed. {reason}",
    upload_not_saved=(
        "❌ I could not save <b>{name}</b> ({reason}). "
        "Please check the documents' folder on the server."
    ),
    upload_not_indexed="⚠️ <b>{name}</b> is saved, but I cannot answer from it yet. {reason}",
    refusals={cause: cause.value for cause in Cause},
    how_to_add=(
        "Send me a photo or a file ({suffixes}) or <code>/add https://…</code> to add a document, "
        "or again to replace it. Use /forget to remove those that came from the chat (📎) or from "
        "feeds (📰)."
    ),
    how_to_watch=(
        "To hear when a new document answers a question, write it after the command: "
        "<code>/watch When does the bridge open?</code>"
    ),
    watch_none="No question is watched here.",
    watch_list="<b>Watched here</b>; press a question to remove it:",
    watch_added=(
        "🔔 All right. I will write here when a new document answers: <i>{question}</i>\n"
        "/watch lists what is watched."
    ),
    watch_already="This question is watched here already. /watch lists them all.",
    watch_too_many=(
        "A person may watch {limit} questions, and so may a chat. "
        "/watch lists those of this chat; please remove one first."
    ),
    watch_answered="🔔 A new document answers: <i>{question}</i>",
    how_to_add_address=(
        "Write the address of a web page or a file after the command: "
        "<code>/add https://example.org/report.pdf</code>"
    ),
    add_fetching="🌐 <b>{address}</b>: fetching …",
    add_failed="❌ I could not add <b>{address}</b>: {reason}.",
    fetch_failures={cause: cause.value for cause in FetchCause},
    forget_which="Which document shall I remove?",
    forget_none=(
        "No document came from the chat, so there is nothing for me to remove. "
        "The others lie in their folder on the server."
    ),
    forget_sure="Shall I remove <b>{title}</b>? I would no longer answer from it.",
    forget_button="🗑 Remove",
    keep_button="Keep",
    forgotten="🗑 Removed: <b>{title}</b>.",
    forget_kept="All right, it stays.",
    forget_last="This is my only document. Please send me another one before I remove it.",
    forget_failed="❌ I could not remove <b>{title}</b>. {reason}",
    forget_still_indexed=(
        "⚠️ <b>{title}</b> is removed, but I still answer from it for now. {reason}"
    ),
    not_admitted="This bot only serves the people on its list. Your ID is {id}.",
    failed="Something went wrong and I could not do that. Please try again in a few minutes.",
)
