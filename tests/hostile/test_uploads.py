"""Nobody fills the disk with an upload: a body larger than any file we read is refused before it is kept."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from core.uploads import MOST_BYTES

pytestmark = pytest.mark.django_db
TOO_LARGE = b"x" * (MOST_BYTES + 1)


def test_a_stranger_writes_nothing_to_the_disk(client: Client, tmp_path: Path) -> None:
    with override_settings(FILE_UPLOAD_TEMP_DIR=str(tmp_path)):
        for path, status in (("/accounts/login/", 413), ("/contacts/new/", 413), ("/report/form/?lang=en", 200)):
            answer = client.post(path, {"file": SimpleUploadedFile("film.mp4", TOO_LARGE), "words": "nine"})
            assert answer.status_code == status, path
            assert not list(tmp_path.iterdir()), path
