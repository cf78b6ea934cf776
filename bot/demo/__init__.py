"""The bot without Telegram: a Bot API server on loopback, with a chat page on it."""
