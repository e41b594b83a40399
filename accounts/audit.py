"""The audit log: who signed in, out, and what ended a sign-in. One line of JSON an event, on the logger `accounts`."""

import json
import logging

from django.utils import timezone

logger = logging.getLogger("accounts")


def record(request, event, user=None, **details):
    """Log one event.

    Args:
        request: whence it came: its address, and the scheme it is mounted under; None for a command.
        event: such as "login" or "refresh token reused".
        user: the username, as the server knows it; never what somebody typed, which may be a password.
        details: more facts; never a credential, whole or in part.

    JSON escapes line breaks and control codes, so that no input can forge a line or colour a terminal.
    """
    line = {"at": timezone.now().isoformat(timespec="seconds"), "event": event, "user": user}
    if request is not None:
        match = request.resolver_match
        line |= {"scheme": match.namespace or "html", "address": request.META.get("REMOTE_ADDR")}
    logger.info(json.dumps(line | details))
