"""The one way to observe what a request does: the code sends these signals, and anyone may connect a receiver.

At most ten are sent for a request. Without a receiver one costs a fraction of a microsecond: `python -m
tests.lab.recorder.recorder_cost` times it. Source: Django documentation, "Signals".
"""

from django.dispatch import Signal

credential_read = Signal()  # a scheme has a credential, or a login a password, and begins to check it
signature_verified = Signal()  # one signature is about to be verified
looked_up = Signal()  # what, seconds: something was fetched by other means than SQL, such as a session from a cache
user_found = Signal()  # user, auth: the check is over; whose credential it is (None: nobody's), and what it says
refused = Signal()  # error: an API view refuses the request
session_deleted = Signal()  # key: a session in the database has ended, and nothing may be kept of it elsewhere
