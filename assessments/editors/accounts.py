"""Accounts in Django's admin: superusers invite people, and nobody is deleted."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from assessments.editors.forms import NewUserForm, UserForm
from assessments.models.users import User


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

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # What an account did stays in the record: switch it off instead.
        return False
