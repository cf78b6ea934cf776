"""What goes on beside the updates: documents come in by themselves, and chats hear of them."""
