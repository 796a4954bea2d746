"""Telegram, and nothing but Telegram."""

VERSION = "0.1.0"
