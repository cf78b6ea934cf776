"""The state of the demo: chats, messages, files, commands, updates and events."""
