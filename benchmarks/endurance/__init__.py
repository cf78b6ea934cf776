"""What the bot bears: it is killed at random moments, and Telegram fails at every fifth call."""
