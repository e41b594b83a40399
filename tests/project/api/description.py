"""The OpenAPI description, and what of it holds under one scheme."""

from drf_spectacular.generators import SchemaGenerator

DESCRIPTION = SchemaGenerator().get_schema(public=True)


def paths_of(scheme=None):
    """Return what is described under a scheme, by full address; without one, what belongs to none."""
    found = {}
    for path, methods in DESCRIPTION["paths"].items():
        for method, operation in methods.items():
            public = operation.get("servers") == [{"url": "/"}]
            _, under, names = operation.get("description", "").partition("Under ")
            if not public and scheme and (not under or scheme.name in names.rstrip(".").split(", ")):
                found.setdefault(f"/api/{scheme.name}{path}", {})[method] = with_own_body(scheme, path, operation)
            if public and scheme is None:
                found.setdefault(path, {})[method] = operation
    return found


def with_own_body(scheme, path, operation):
    """Return an operation with the body that it takes under a scheme, where the description offers a choice."""
    refreshing = "NothingToSay" if scheme.carrier == "cookie" else "Refresh"
    body = {"/logout/": scheme.SignOut.__name__, "/refresh/": refreshing}.get(path)
    if body is None:
        return operation
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{body}"}}}
    request = operation["requestBody"] | {"content": content, "required": body == "Refresh"}
    return operation | {"requestBody": request}
