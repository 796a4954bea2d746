"""Where updates are sent when the bot has set a webhook."""

from __future__ import annotations

import re
from dataclasses import dataclass

from simulator.api_error import bad_request
from simulator.json_types import JsonObject

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}\Z")


@dataclass
class WebhookSettings:
    """Address, secret and the last failure."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""

    def set(self, url: str, secret_token: str, max_connections: int) -> None:
        """Take a new address; ApiError 400 for a malformed one or a bad secret."""
        if url and not url.startswith(("http://", "https://")):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if secret_token and not _SECRET.match(secret_token):
            raise bad_request("secret token contains unallowed characters")
        self.url, self.secret_token, self.max_connections = url, secret_token, max_connections
        self.last_error_date, self.last_error_message = 0, ""

    def as_info(self, pending: int, allowed: list[str]) -> JsonObject:
        """Telegram's WebhookInfo."""
        info: JsonObject = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": pending,
        }
        if self.url:
            info["max_connections"] = self.max_connections
        if self.last_error_date:
            info["last_error_date"] = self.last_error_date
            info["last_error_message"] = self.last_error_message
        return info | ({"allowed_updates": allowed} if allowed else {})
