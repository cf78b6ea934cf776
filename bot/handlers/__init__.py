"""What happens on each kind of update: read it, do one thing, reply.

The handlers take a `Message`, a `CallbackQuery` or an `InlineQuery`; `bot.application` says which
comes to which.
"""
