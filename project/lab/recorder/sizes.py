"""How many bytes a request and its answer take on the wire."""


def request_bytes(request):
    """Return the size of a request on the wire, without the header that asks for the trace."""
    headers = [(name, value) for name, value in request.headers.items() if value and name != "Lab-Trace"]
    line = len(f"{request.method} {request.get_full_path()} HTTP/1.1\r\n")
    length = request.META.get("CONTENT_LENGTH") or "0"
    return line + header_bytes(headers) + (int(length) if length.isdecimal() else 0)


def response_bytes(response):
    """Return the size of an answer on the wire, without what the recorder says and what the server in front adds."""
    headers = [(name, value) for name, value in response.items() if name not in ("Lab-Trace", "Server-Timing")]
    headers += [("Set-Cookie", cookie.OutputString()) for cookie in response.cookies.values()]
    line = len(f"HTTP/1.1 {response.status_code} {response.reason_phrase}\r\n")
    return line + header_bytes(headers) + len(response.content)


def header_bytes(headers):
    return sum(len(f"{name}: {value}\r\n") for name, value in headers) + len("\r\n")
