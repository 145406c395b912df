"""What is done with persons: make them, name them, change what is known of them."""

from people.services.changing import change_person, when_changed
from people.services.persons import make_person, name_row, script_of, set_names

__all__ = ["change_person", "make_person", "name_row", "script_of", "set_names", "when_changed"]
