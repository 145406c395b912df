"""The ledger of a complaint in the database's words: how many are reported, whose search ended, who is still sought."""

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

REPORTED = Coalesce(F("number_reported"), F("n_people"))
ENDED = F("n_rescued") + F("n_left") + F("n_declined") + F("n_not_found") + F("n_deceased")
STILL = REPORTED - ENDED
# As the index of those who seek anybody has it, word for word: the planner knows it by that.
SEEKS = Q(GreaterThan(STILL, 0))
