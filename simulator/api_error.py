"""Errors a bot gets from the Bot API, with the words Telegram uses."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGE_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
POLLING_CONFLICT = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_CONFLICT = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class ApiError(Exception):
    """A refusal: becomes ``{"ok": false, "error_code": …, "description": …}``."""

    def __init__(
        self,
        code: int,
        description: str,
        parameters: Mapping[str, int] | None = None,
    ) -> None:
        """Keep what the answer says; `parameters` is Telegram's ResponseParameters."""
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})


def bad_request(reason: str) -> ApiError:
    """400: the request is wrong, and stays wrong when repeated."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """403: the chat can't be reached by this bot."""
    return ApiError(403, f"Forbidden: {reason}")


def too_many_requests(seconds: int) -> ApiError:
    """429: flood control; the same call may be made after `seconds`."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def upgraded(new_chat_id: int) -> ApiError:
    """400: the group lives on under another id."""
    return ApiError(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": new_chat_id},
    )


def method_not_found() -> ApiError:
    """404: what a server says of a method it doesn't have."""
    return ApiError(404, "Not Found: method not found")
