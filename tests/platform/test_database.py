"""The databases of the suite: the application's rights in every test, the owner's only to empty tables."""

import pytest
from django.db import connection


def _one(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_test_has_the_rights_of_the_application():
    assert _one("SELECT current_user") == "sangkroh_app"


@pytest.mark.django_db(transaction=True)
def test_a_committing_test_has_the_rights_of_the_application():
    assert _one("SELECT current_user") == "sangkroh_app"


@pytest.mark.django_db
def test_khmer_is_text_to_the_database():
    assert _one("SELECT similarity('ភ្នំពេញ', 'ភ្នំពេញ')") == 1
