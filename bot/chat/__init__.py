"""A chat: its people, their questions to the bot, and the bot's own messages and profile."""
