"""Who speaks in a chat, and what is asked."""
