"""The rules of Telegram: what it accepts, and how it reads it. Pure functions, no state."""
