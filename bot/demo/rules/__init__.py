"""What Telegram accepts and how it understands it."""
