"""The words of surveys and activities."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SurveyStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("survey", "Draft")
    OPEN = "open", pgettext_lazy("survey", "Open")
    CLOSED = "closed", pgettext_lazy("survey", "Closed")


class QuestionKind(models.TextChoices):
    """What a respondent does with the causes."""

    MULTI_CHOICE = "multi_choice", _("Choose several")
    RANKING = "ranking", _("Put in order")


class RankedBy(models.TextChoices):
    """What the order of the causes is made of; kept with the survey, and said beside every result."""

    SHARE = "share", _("Share of respondents who named it")
    FIRST_CHOICE = "first_choice", _("Share of first choices")
    MEAN_RANK = "mean_rank", _("Mean place")


class KnownCause(models.TextChoices):
    """Causes that a survey may offer by a code; a survey adds its own words."""

    PERSONAL_DEBT = "personal_debt", _("Personal debt")
    NEGLIGENCE = "negligence_family_society", _("Negligence by family and society")
    LACK_EDUCATION = "lack_education", _("Lack of education")
    LACK_AWARENESS = "lack_awareness", _("Lack of awareness")
    GAMBLING = "gambling", _("Gambling")
    ALCOHOL = "alcohol", _("Alcohol")
    DRUGS = "drugs", _("Drugs")
    POVERTY = "poverty", _("Poverty")
    LACK_WORK = "lack_work", _("Lack of work")
    ONLINE_DECEPTION = "online_deception", _("Deception on the internet")
    DOMESTIC_VIOLENCE = "domestic_violence", _("Violence at home")
    OTHER = "other", pgettext_lazy("cause", "Another cause")


class Occupation(models.TextChoices):
    """What a respondent lives by, in coarse groups: a finer word could tell who it is."""

    FARMER = "farmer", _("Farmer or fisher")
    WORKER = "worker", _("Worker")
    SELLER = "seller", _("Seller or own business")
    OFFICIAL = "official", _("Civil servant or official")
    TEACHER = "teacher", _("Teacher")
    STUDENT = "student", _("Student or pupil")
    RELIGIOUS = "religious", _("Religious")
    HOUSEHOLD = "household", _("Work in the household")
    NONE = "no_work", _("Without work")
    OTHER = "other", pgettext_lazy("occupation", "Another")


class ImportState(models.TextChoices):
    """What became of a sheet."""

    READ = "read", _("Read, not taken in yet")
    RUNNING = "running", _("Is being taken in")
    DONE = "done", _("Taken in")
    CANCELLED = "cancelled", _("Taken out again")


class ActivityKind(models.TextChoices):
    FORUM = "forum", _("Forum")
    TRAINING = "training", pgettext_lazy("activity", "Training")
    CAMPAIGN = "campaign", _("Campaign")
    RELIGIOUS_SERVICE = "religious_service", _("Religious service")
    INSPECTION = "inspection", _("Inspection")


# What tells people of trafficking; a training and an inspection are counted apart.
AWARENESS = (ActivityKind.FORUM, ActivityKind.CAMPAIGN, ActivityKind.RELIGIOUS_SERVICE)


class Organiser(models.TextChoices):
    MINISTRY = "ministry", _("Ministry of Interior")
    NCCT = "ncct", _("National committee (NCCT)")
    OTHER_MINISTRY = "other_ministry", _("Another ministry")
    PROVINCE = "province", _("Province or commune")
    RELIGIOUS_BODY = "religious_body", _("Religious body")
    NGO = "ngo", _("Organisation (NGO)")
    INTERNATIONAL = "international", _("International organisation")
    SCHOOL = "school", _("School or university")
    BUSINESS = "business", _("Business")


class Audience(models.TextChoices):
    PUBLIC = "public", _("The public")
    OFFICIALS = "officials", _("Officials")
    POLICE = "police", pgettext_lazy("audience", "Police")
    JUDGES = "judges", _("Judges and prosecutors")
    TEACHERS = "teachers", _("Teachers")
    RELIGIOUS_LEADERS = "religious_leaders", _("Religious leaders")
    STUDENTS = "students", _("Students and pupils")
    WORKERS = "workers", _("Workers")


class ReachSource(models.TextChoices):
    """Who says how many were reached."""

    COUNTED = "counted", _("Counted at the door or by a list")
    ORGANISER = "organiser", _("As the organiser reported")
    ESTIMATED = "estimated", _("Estimated")
