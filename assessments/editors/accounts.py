"""Accounts in Django's admin: superusers invite people, and nobody is deleted."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from assessments.editors.forms import NewUserForm, UserForm
from assessments.models.partnerships import Partnership, Programme
from assessments.models.users import User

# One address an account, and ways in by settings alone.
admin.site.unregister([EmailAddress, SocialAccount, SocialApp, SocialToken, Authenticator])


@admin.register(Authenticator)
class SecondFactorAdmin(admin.ModelAdmin):
    """Superusers take a factor away from somebody who lost it. What it is made of is not shown."""

    list_display = ("user", "type", "created_at", "last_used_at")
    fields = readonly_fields = ("user", "type", "created_at", "last_used_at")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class AccountAdmin(UserAdmin):
    form = UserForm
    add_form = NewUserForm
    list_display = ("name", "email", "is_active", "is_staff", "is_superuser", "last_login")
    list_filter = ()
    search_fields = ("name", "email")
    ordering = ("name", "email")
    filter_horizontal = ()
    readonly_fields = ("last_login", "joined_at")
    actions = None
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        ("What this person may do", {"fields": ("is_active", "is_staff", "is_superuser")}),
        ("Since when", {"fields": ("joined_at", "last_login")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),
    )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        # An older address would go on opening the account.
        EmailAddress.objects.filter(user=obj).exclude(email__iexact=obj.email).delete()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # What an account did stays in the record: switch it off instead.
        return False


@admin.register(Programme)
class ProgrammeAdmin(admin.ModelAdmin):
    """Who leads a programme. Which partnerships belong is for their owners to decide."""

    fields = ("name", "leads", "joined")
    readonly_fields = ("joined",)
    filter_horizontal = ("leads",)

    @admin.display(description="Partnerships that joined")
    def joined(self, programme: Programme) -> str:
        names = programme.partnerships.values_list("name", flat=True) if programme.pk else ()
        return ", ".join(names) or "None yet: their owners join on their team pages."


@admin.register(Partnership)
class PartnershipAdmin(admin.ModelAdmin):
    """The way to each partnership's team, and nothing else of it."""

    list_display = ("name", "team")
    list_display_links = None
    search_fields = ("name",)
    actions = None

    @admin.display(description="Team")
    def team(self, partnership: Partnership) -> SafeString:
        address = reverse("team", args=[partnership.pk])
        return format_html('<a href="{}">Team of {}</a>', address, partnership)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
