"""Where a screen goes."""

from dataclasses import dataclass
from typing import Final

GENERAL_TOPIC: Final = 1


@dataclass(slots=True)
class Destination:
    """Where a screen goes: a chat, a topic of it, perhaps in answer to a message.

    Once it `has_begun`, part of the screen is there: the rest must follow, or all would come again.
    """

    chat_id: int
    thread: int | None
    reply_to: int | None
    is_reply: bool
    has_begun: bool = False

    @property
    def insists(self) -> bool:
        """Whether a message that fails is tried again and counted in the limits here."""
        return self.is_reply or self.has_begun

    def fields(self) -> dict[str, object]:
        """The place in Telegram's words; General must be left out."""
        fields: dict[str, object] = {"chat_id": self.chat_id}
        if self.thread not in {None, GENERAL_TOPIC}:
            fields["message_thread_id"] = self.thread
        if self.reply_to is not None:
            fields["reply_parameters"] = {"message_id": self.reply_to, "allow_sending_without_reply": True}
        return fields
