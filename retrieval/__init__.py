"""Questions answered from documents; `retriever` is the way in, and nothing here knows the bot."""
