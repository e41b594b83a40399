"""The HTML pages about accounts. A browser with cookies is a client of the session scheme like any other."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_http_methods

from accounts import audit, changes, grants
from accounts.credentials import record_failure
from accounts.forms import DelegateForm, PasswordForm, SignUpForm
from accounts.session_scheme import start_session
from project.api.login_required import login_required_page


def sign_up(request):
    """Open a customer's account and log in with it."""
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = form.save()
        except IntegrityError:  # somebody took the name since it was checked
            form.add_error("username", "A user with that username already exists.")
        else:
            start_session(request, user)
            audit.record(request, "signed up", user.username)
            messages.success(request, f"Welcome, {user.username}! Your account is open.")
            return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/sign_up.html", {"form": form}, status=400 if form.errors else 200)


class Login(views.LoginView):
    """Log in; `?next=` leads back to a page of this site, never elsewhere."""

    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        demo = [] if settings.PRODUCTION else [*settings.DEMO_CUSTOMERS, *([] if settings.CLASSROOM else ["manager"])]
        return super().get_context_data(demo_accounts=demo, demo_password=settings.DEMO_PASSWORD, **kwargs)

    def get_redirect_url(self):
        """Return where `next` leads, unless that is the login page itself."""
        url = super().get_redirect_url()
        return "" if url.partition("?")[0] == reverse("login") else url

    def form_valid(self, form):
        user = form.get_user()
        start_session(self.request, user)
        audit.record(self.request, "login", user.username)
        messages.success(self.request, f"Welcome back, {user.username}.")
        return redirect(self.get_success_url())

    def form_invalid(self, form):
        if "username" in form.cleaned_data and "password" in form.cleaned_data:
            record_failure(self.request, form.cleaned_data["username"])
        return super().form_invalid(form)


class Logout(views.LogoutView):
    """Log out, by POST alone: a link or an image on another site must not do it."""

    def post(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            audit.record(request, "logout", request.user.username)
        response = super().post(request, *args, **kwargs)
        messages.success(request, "You are logged out.")
        return response


class PasswordChange(views.PasswordChangeView):
    """Change the password and stay logged in here; all other sign-ins end."""

    template_name = "accounts/password.html"
    form_class = PasswordForm
    success_url = reverse_lazy("security")

    def dispatch(self, request, *args, **kwargs):
        if settings.CLASSROOM and request.user.username in settings.DEMO_CUSTOMERS:
            messages.error(request, "The class shares this account: its password stays. Sign up for one of your own.")
            return redirect("security")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form):
        changes.change_password(form.user, form.cleaned_data["new_password1"])
        start_session(self.request, form.user)
        audit.record(self.request, "password changed", form.user.username)
        messages.success(self.request, "Your password is changed. All your other sign-ins have ended.")
        return redirect(self.success_url)


@require_http_methods(["GET", "POST"])
@login_required_page
def delegate(request):
    """Show what a third party asks for; give it a token, or say no."""
    form = DelegateForm(request.POST or request.GET)
    if not form.is_valid():
        return render(request, "accounts/delegate.html", {"form": form}, status=400)
    if request.method == "GET":
        cap = int(settings.DELEGATED_TOKEN_LIFETIME.total_seconds())
        context = {"asked": form.cleaned_data, "seconds": min(cap, form.cleaned_data["expires_in"]), "cap": cap}
        return render(request, "accounts/delegate.html", context)
    if "allow" not in request.POST:
        messages.success(request, "You said no: nothing was given away.")
        return redirect("security")
    answer = grants.delegate(request.user, **form.cleaned_data)
    audit.record(request, "delegated", request.user.username, scope=answer["scope"], sign_in=answer["sign_in"])
    return render(request, "accounts/delegated.html", {"asked": form.cleaned_data, "answer": answer})
