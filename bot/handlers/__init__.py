"""What happens on each kind of update: read it, do one thing, reply.

Handlers take a `Message`, a `CallbackQuery` or an `InlineQuery`; `bot.routes` says which update
goes to which handler. What a handler replies is written by the module of the same name in
`bot.replies`.
"""
