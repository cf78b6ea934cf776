"""The Telegram bot: `application` wires it, `handlers` answer, `replies` write what it says."""
