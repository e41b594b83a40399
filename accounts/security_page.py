"""The page that shows what the server knows about a user's sign-ins, and ends them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts import audit, changes
from accounts.forms import EndForm
from accounts.models import Grant
from accounts.schemes import SchemeCannot, scheme_named, schemes
from accounts.session_scheme import CannotTell, CookieSession
from project.api.login_required import login_required_page


@login_required_page
def security(request):
    """Show what the server knows about the user's sign-ins, and what it does not."""
    this, user_id = this_session(request), request.user.id
    groups = [group(those, user_id, this) for those in sharing_sign_ins().values()]
    others = [row for group in groups for row in group["sign_ins"] if not row["current"]]
    ended = Grant.objects.filter(user_id=user_id, revoked__isnull=False).order_by("-revoked")[:20]
    return render(request, "accounts/security.html", {"groups": groups, "others": others, "ended": ended})


def this_session(request):
    """Return the id of the sign-in that a page is asked with: pages are clients of the session scheme."""
    return CookieSession().this_sign_in(request)


def sharing_sign_ins():
    """Return {what is kept: the schemes that keep their sign-ins there}, in the order of the list."""
    found = {}
    for scheme in schemes():
        if scheme.described:
            found.setdefault(scheme.kept, []).append(scheme)
    return found


def group(those, user_id, this):
    """Return what the security page says of schemes that share their sign-ins."""
    try:
        rows = those[0].sign_ins(user_id)
    except (SchemeCannot, CannotTell) as error:
        rows, cannot = [], error.detail
    else:
        cannot = ""
    sign_ins = [{**row, "current": row["id"] == this} for row in rows]
    return {"schemes": those, "first": those[0], "sign_ins": sign_ins, "cannot": cannot}


@require_POST
@login_required_page
def end_sign_in(request):
    form = EndForm(request.POST)
    scheme = form.is_valid() and scheme_named(form.cleaned_data["scheme"])
    only = scheme and form.cleaned_data["sign_in"]
    if scheme and scheme.end_sign_ins(request.user.id, "ended elsewhere", only=only):
        audit.record(request, "sign-in ended", request.user.username, sign_in=str(only))
        messages.success(request, "That sign-in has ended.")
    else:
        messages.error(request, "There is no such sign-in any more.")
    return redirect("security")


@require_POST
@login_required_page
def end_other_sign_ins(request):
    ended = changes.end_all_sign_ins(request.user.id, "ended elsewhere", keep=this_session(request))
    audit.record(request, "other sign-ins ended", request.user.username, count=ended)
    messages.success(request, f"Ended {ended} other sign-in{'' if ended == 1 else 's'}.")
    return redirect("security")
