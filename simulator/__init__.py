"""A local Telegram Bot API server with phones in the browser.

It imports nothing of the bot and meets it only through its base URL, so that the official
self-hosted Bot API server can take its place.
"""
