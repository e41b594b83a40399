"""Count the lines of code in `accounts/` that only sessions need, and those that only tokens need.

`python -m tests.accounts.scheme_lines` prints the table of `accounts/README.md`; with `--write` it updates it there.

A line counts when it holds code: no blank line, no comment, no docstring. Django and PyJWT bring the rest of both
sides, which is not counted; nor are migrations, settings and templates.
"""

import ast
import io
import os
import re
import sys
import tempfile
import tokenize
from pathlib import Path

import django

ROOT = Path(__file__).parents[2]
README = ROOT / "accounts" / "README.md"
TABLE = re.compile(r"(?<=<!-- scheme lines -->\n).*?(?=\n\n)", re.DOTALL)

# Modules of accounts/, and definitions that stand in a module with others. What is named nowhere, all schemes need.
SIDES = {
    "sessions": [
        "session_scheme.py",
        "session_stores/",
        "backends.py",
        "models.py: Session",
        "outputs.py: SessionLoginOut",
    ],
    "signed tokens": [
        "jwt_scheme.py",
        "tokens.py",
        "keys.py",
        "grants.py",
        "management/commands/keys.py",
        "models.py: Grant",
        "token_views.py",
        "urls.py: bearer_jwt, jwks",
        "inputs.py: SignOut, Refresh",
        "outputs.py: TokensOut, TokenLoginOut, ClaimsOut, KeysOut",
    ],
    "giving rights away, which only signed tokens can": [
        "grants.py: delegate",
        "token_views.py: Delegate",
        "inputs.py: Scope, Delegate",
        "outputs.py: DelegatedOut",
        "forms.py: DelegateForm",
        "pages.py: delegate",
    ],
}
BESIDE_ITS_MODULE = {  # of a further scheme; the module is found by the list of schemes
    "jwt-cookie": ["token_views.py: RefreshByCookie", "urls.py: cookie_jwt", "outputs.py: ExpiryOut, CookieLoginOut"],
    "opaque": ["models.py: OpaqueToken, WITH_USER", "outputs.py: OpaqueLoginOut"],
}
CARRIERS = {
    "every credential in a cookie": ["csrf.py", "views.py: Csrf", "urls.py: csrf"],
    "every credential in a header": [
        "bearer.py",
        "token_views.py: Revoke",
        "inputs.py: Token, Revoke",
        "urls.py: revoke",
    ],
}
EVERY = "every scheme"
LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def needed_by():
    """Return {who: parts}, with a row for each scheme of the list whose module is not one of those of a side."""
    from accounts.schemes import (
        schemes,
    )  # which needs Django's settings: as a script, this file sets them up at its end

    taken, further = set().union(*SIDES.values()), {}
    for scheme in schemes():
        package, _, path = type(scheme).__module__.partition(".")
        module, base = path.replace(".", "/") + ".py", type(scheme).__base__
        if package == "accounts" and module not in taken:
            who = f"`{scheme.name}`" + (f", beside `{base.name}`" if getattr(base, "name", "") else "")
            further[who] = [module, *BESIDE_ITS_MODULE.get(scheme.name, [])]
    return SIDES | further | CARRIERS


def modules():
    """Return the modules of `accounts/`, by their names below it."""
    folder = ROOT / "accounts"
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.py"))}
    return {name: path for name, path in paths.items() if not name.startswith("migrations/")}


def code_lines(source):
    """Return the numbers of the lines that hold code."""
    found = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in LAYOUT:
            found |= set(range(token.start[0], token.end[0] + 1))
    return found - docstring_lines(ast.parse(source))


def docstring_lines(tree):
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    firsts = [node.body[0] for node in ast.walk(tree) if isinstance(node, documented) and ast.get_docstring(node)]
    return {line for first in firsts for line in range(first.lineno, first.end_lineno + 1)}


def definition_lines(source, names):
    """Return the numbers of the lines of some definitions; raises KeyError for a name that is not defined."""
    spans = {}
    for node in ast.parse(source).body:
        first = min([node.lineno, *[decorator.lineno for decorator in getattr(node, "decorator_list", [])]])
        targets = [target.id for target in getattr(node, "targets", []) if isinstance(target, ast.Name)]
        for name in [getattr(node, "name", None), *targets]:
            spans[name] = set(range(first, node.end_lineno + 1))
    return set().union(*[spans[name] for name in names])


def lines_of(part):
    """Return the lines of code of a part, as (module, number); raises KeyError for one that does not exist."""
    name, _, definitions = part.partition(": ")
    if name.endswith("/"):
        return {line for module in modules() if module.startswith(name) for line in lines_of(module)}
    source = modules()[name].read_text()
    lines = code_lines(source)
    if definitions:
        lines &= definition_lines(source, definitions.split(", "))
    return {(name, line) for line in lines}


def counts():
    """Return {who needs it: lines of code}. A definition that a row names is counted in that row alone."""
    rows = needed_by()
    named = {who: set().union(*[lines_of(part) for part in parts if ": " in part]) for who, parts in rows.items()}
    whole = {who: set().union(*[lines_of(part) for part in parts if ": " not in part]) for who, parts in rows.items()}
    lines = {who: named[who] | whole[who].difference(*named.values()) for who in rows}
    everything = set().union(*map(lines_of, modules()))
    return {who: len(own) for who, own in lines.items()} | {EVERY: len(everything.difference(*lines.values()))}


def in_words(part):
    name, _, definitions = part.partition(": ")
    return f"`{name}`" + (f" ({definitions})" if definitions else "")


def table():
    """Return the table in Markdown."""
    rows, parts = ["| needed by | lines of code | in |", "|---|---|---|"], needed_by()
    for who, count in counts().items():
        where = ", ".join(map(in_words, parts.get(who, []))) or "all the rest of `accounts/`"
        rows.append(f"| {who} | {count} | {where} |")
    return "\n".join(rows)


if __name__ == "__main__":
    os.environ |= {"VAR_DIR": tempfile.mkdtemp(), "DJANGO_SETTINGS_MODULE": "project.settings"}
    django.setup()
    if "--write" in sys.argv:
        README.write_text(TABLE.sub(lambda old: table(), README.read_text()))
    print(table())  # noqa: T201
