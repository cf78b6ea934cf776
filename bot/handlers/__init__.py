"""What happens on each kind of update: read it, do one thing, reply.

The handlers take a `Message` or a `CallbackQuery`; `bot.application` says which comes to which.
"""
