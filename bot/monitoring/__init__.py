"""What the bot tells those who run it: metrics, health, logs."""
