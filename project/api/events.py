"""The one way to observe what a request does: the code reports, and one listener of the request may listen.

| event        | facts          | reported when                                                                       |
|--------------|----------------|-------------------------------------------------------------------------------------|
| `credential` |                | a scheme has read the credential, or a login a password, and begins to check it     |
| `signature`  |                | one signature has been verified                                                     |
| `lookup`     | `what, seconds`| something was fetched by other means than SQL, such as a session from a cache       |
| `user`       | `user, auth`   | the check is over: whose credential it is (None: nobody's), and what it says of them|
| `refusal`    | `error`        | an API view refuses the request                                                     |

At most ten reports a request. Without a listener a report costs one read of a context variable:
`python -m tests.lab.recorder.recorder_cost` times it.
"""

from contextvars import ContextVar

listener = ContextVar("listener", default=None)  # a function of an event and its facts, set for one request


def report(event, **facts):
    """Tell the listener of this request, where there is one, what has happened."""
    listen = listener.get()
    if listen is not None:
        listen(event, **facts)
