"""The methods of the demo's server, named as the Bot API names them."""
