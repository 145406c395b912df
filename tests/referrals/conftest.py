"""What is asked of services here is answered in Khmer, whatever a page spoke before."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True)
def in_khmer() -> Iterator[None]:
    """What is asked of services is answered in Khmer, whatever a page spoke before."""
    with override("km"):
        yield
