"""What may be uploaded at all: a body larger than any file we read is refused before a byte of it is written to the disk."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 12_000_000  # of a whole body with files; a form says of its own file what it may weigh


class BoundedUpload(FileUploadHandler):
    """Stands before Django's handlers, which keep in files whatever anybody sends, also to the page of the sign-in."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 (a name of Django's)
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Raise RequestDataTooBig for a body that is too large."""
        if content_length > MOST_BYTES:
            raise RequestDataTooBig(f"The body of {content_length} bytes is larger than {MOST_BYTES}.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand the bytes on."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
