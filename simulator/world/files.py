"""Files people and the bot have sent, kept as bytes."""

from __future__ import annotations

import io
import mimetypes
from dataclasses import dataclass, field

from PIL import Image

from simulator.api_error import bad_request
from simulator.json_types import JsonList, JsonObject

MAXIMUM_UPLOAD = 50 * 1024 * 1024
MAXIMUM_DOWNLOAD = 20 * 1024 * 1024


@dataclass(frozen=True)
class StoredFile:
    """A file with its Telegram identity."""

    file_id: str
    unique_id: str
    path: str
    name: str
    mime_type: str
    content: bytes

    def as_file(self) -> JsonObject:
        """Telegram's File; ApiError 400 above the size bots may download."""
        if len(self.content) > MAXIMUM_DOWNLOAD:
            raise bad_request("file is too big")
        return {**self._identity(), "file_path": self.path}

    def as_document(self) -> JsonObject:
        """Telegram's Document."""
        return {**self._identity(), "file_name": self.name, "mime_type": self.mime_type}

    def as_photo(self) -> JsonList:
        """Telegram's PhotoSize list; ApiError 400 for what is no picture."""
        width, height = picture_size(self.content)
        return [{**self._identity(), "width": width, "height": height}]

    def _identity(self) -> JsonObject:
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }


@dataclass
class FileStore:
    """All files, by id and by path."""

    by_id: dict[str, StoredFile] = field(default_factory=dict)

    def add(self, folder: str, name: str, content: bytes, mime_type: str = "") -> StoredFile:
        """Keep a file; ApiError 400 when it is empty or above the upload limit."""
        if not content:
            raise bad_request("file must be non-empty")
        if len(content) > MAXIMUM_UPLOAD:
            raise bad_request("file is too big")
        number = len(self.by_id) + 1
        kind = mime_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
        suffix = "." + name.rsplit(".", 1)[-1] if "." in name else ""
        path = f"{folder}/file_{number}{suffix}"
        stored = StoredFile(f"SIM-{folder}-{number}", f"U{number}", path, name, kind, content)
        self.by_id[stored.file_id] = stored
        return stored

    def get(self, file_id: str) -> StoredFile:
        """The file with this id; ApiError 400 for an id nobody gave out."""
        if file_id not in self.by_id:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return self.by_id[file_id]

    def at_path(self, path: str) -> StoredFile | None:
        """The file a download address names."""
        return next((stored for stored in self.by_id.values() if stored.path == path), None)


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG; ApiError 400 for other content."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            return picture.size
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
