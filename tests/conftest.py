"""What every test finds: the databases (tests/database.py) and, as they come, the people of the stories."""

from tests.database import django_db_setup

pytest_plugins = ["tests.fixtures.accounts"]
__all__ = ["django_db_setup"]
