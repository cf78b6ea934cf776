"""The state of the demo: chats, messages, files, events."""
