"""A Telegram for this machine: a Bot API server on loopback, with a chat page on it.

A request goes from `server` through `request_handlers` to a method in `api`, which changes the
`world` by the `rules` of Telegram. The page is plain HTML, CSS and JavaScript in `page`.
"""
