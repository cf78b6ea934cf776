"""The methods that the demo's server offers, each one an HTTP call.

Those for the bot have the names and parameters that the Bot API gives them; `person` holds those
for the page.
"""
