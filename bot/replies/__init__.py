"""What the bot replies: pure functions from what was found to what is sent."""
