"""The bot under kill -9 at random moments, and with faults in a fifth of its calls."""
