"""`python -m bot doctor`: whether the bot would run here, and what to do where it would not."""
