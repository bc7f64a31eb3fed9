"""What was written fades."""

from datetime import datetime

from django.db import transaction

from kith.web.messages.models import FADES_AFTER, Ground, Message
from kith.web.people.actions import empty_log


@transaction.atomic
def fade(*, at: datetime) -> int:
    """Delete what was written too long ago, and return how many rows went.

    A ground that ended goes too, once nothing that was written on it can be left.
    """
    messages, _kinds = Message.objects.filter(at__lte=at - FADES_AFTER).delete()
    grounds, _kinds = Ground.objects.filter(until__lte=at - FADES_AFTER).delete()
    if messages or grounds:
        transaction.on_commit(empty_log)
    return messages + grounds
