"""Requests as lines for a terminal: what every curl of the last ten years (so no `--json`) and every POSIX shell reads.

An argument is a word of the shell already: quoted, or with variables in it.
"""

JSON = "-H 'Content-Type: application/json'"


def send(address, *options, body=None, command="curl -s"):
    """Return the line that sends a request; `body` is what it sends, if anything."""
    content = [] if body is None else [f"-d {body}"]
    return " ".join([command, *options, *content, address])


def cookie(name, jar):
    """Return the command that reads a cookie out of curl's jar."""
    return f"awk '/{name}/ {{print $7}}' {jar}"


def member(name):
    """Return the command that cuts a text out of a JSON answer."""
    return f"""sed -n 's/.*"{name}":"\\([^"]*\\)".*/\\1/p'"""


def csrf(jar):
    """Return the option that sends the CSRF token of a jar in its header, as a page's script does."""
    return f'-H "X-CSRFToken: $({cookie("csrftoken", jar)})"'
