"""What was tried from where, for as long as it takes to refuse too much of it."""

from django.db import models
from typing_extensions import override

from kith.web.people.choices import Tried


class Attempt(models.Model):
    """One try. From where is a digest that nobody can read back, and it is gone within a day."""

    what = models.CharField(max_length=8, choices=Tried.choices)
    whence = models.BinaryField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("what", "whence", "at"), name="attempt_lookup"),)

    @override
    def __str__(self) -> str:
        return self.what
