"""Metrics, health and logs, for the people who operate the bot."""
