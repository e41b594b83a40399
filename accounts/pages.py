"""The HTML pages about accounts. They are session clients like any browser: the session scheme serves them."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, views
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.urls import reverse_lazy

from accounts import closing
from accounts.forms import SignUpForm

BACKEND = "django.contrib.auth.backends.ModelBackend"


def sign_up(request):
    """Open a customer's account and log in with it."""
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = form.save()
        except IntegrityError:  # somebody took the name since it was checked
            form.add_error("username", "A user with that username already exists.")
        else:
            login(request, user, backend=BACKEND)
            messages.success(request, f"Welcome, {user.username}! Your account is open.")
            return redirect("products")
    return render(request, "accounts/sign_up.html", {"form": form}, status=400 if form.errors else 200)


class Login(views.LoginView):
    """Log in; `?next=` leads back to a page of this site, never elsewhere."""

    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        demo = [] if settings.PRODUCTION else ["alice", "bob"] + ["manager"] * (not settings.CLASSROOM)
        return super().get_context_data(demo_accounts=demo, demo_password=settings.DEMO_PASSWORD, **kwargs)

    def form_valid(self, form):
        messages.success(self.request, f"Welcome back, {form.get_user().username}.")
        return super().form_valid(form)


class Logout(views.LogoutView):
    """Log out, by POST alone: a link or an image on another site must not do it."""

    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        messages.success(request, "You are logged out.")
        return response


class PasswordChange(views.PasswordChangeView):
    """Change the password and stay logged in here; all other sign-ins end."""

    template_name = "accounts/password.html"
    success_url = reverse_lazy("products")

    def form_valid(self, form):
        closing.change_password(form.user, form.cleaned_data["new_password1"])
        login(self.request, form.user, backend=BACKEND)
        messages.success(self.request, "Your password is changed. All your other sign-ins have ended.")
        return redirect(self.success_url)
