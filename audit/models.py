"""What was done and seen. Append-only: the application's role may INSERT and SELECT, nothing else."""

from django.db import models


class AuditEvent(models.Model):
    """One act or one look, by ids and verbs; never a name, a text or a number of a person.

    `sealed_*` columns for the chain are added with the sealing process; rows are inserted unchained.
    """

    seq = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor_id = models.CharField(max_length=40, blank=True, default="")
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60, blank=True, default="")
    object_id = models.CharField(max_length=60, blank=True, default="")
    outcome = models.CharField(max_length=20, default="done")
    purpose = models.CharField(max_length=200, blank=True, default="")
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "audit_event"
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_event_object"),
            models.Index(fields=["actor_id", "at"], name="audit_event_actor"),
        ]
