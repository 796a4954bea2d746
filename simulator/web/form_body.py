"""Bodies of forms: urlencoded, and multipart with files."""

from __future__ import annotations

from email.message import Message
from email.parser import HeaderParser
from urllib.parse import parse_qsl

from simulator.api_error import bad_request
from simulator.rules.contract import UploadedFile

FormValues = dict[str, str | UploadedFile]


def urlencoded_values(body: bytes) -> FormValues:
    """Values of an ``application/x-www-form-urlencoded`` body or a query string."""
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def multipart_values(body: bytes, content_type: str) -> FormValues:
    """Texts and files of a ``multipart/form-data`` body; ApiError 400 when it is malformed."""
    head = Message()
    head["content-type"] = content_type
    boundary = head.get_boundary()
    if not boundary:
        raise bad_request("multipart body without boundary")
    # The line break before a boundary belongs to it; the first boundary has none.
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())
    return dict(_named_value(part) for part in parts[1:] if not part.startswith(b"--"))


def _named_value(part: bytes) -> tuple[str, str | UploadedFile]:
    head, separator, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    # Clients write file names in UTF-8.
    headers = HeaderParser().parsestr(head.decode(errors="replace"))
    name = headers.get_param("name", header="content-disposition")
    if not separator or not isinstance(name, str):
        raise bad_request("malformed multipart body")
    file_name = headers.get_filename()
    if file_name is None:
        return name, content.decode()
    return name, UploadedFile(file_name, content, headers.get("content-type", ""))
