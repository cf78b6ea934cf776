"""The traffic with Telegram: updates come in, calls go out."""
