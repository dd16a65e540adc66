"""Django's admin for content: drafts can be edited, what was published can be read.

Response and solo models are never registered here.
"""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest

from assessments.editors.forms import LinesField, StatementFormSet
from assessments.models.content import (
    LOCKED,
    Dimension,
    Edition,
    Instrument,
    SingleQuestion,
    Statement,
)
from assessments.models.guide import CaseStudy, ContentDocument, GuidePage, Source
from assessments.models.scales import LOCKED_SCALE, Scale, ScalePoint
from assessments.permissions import can_edit_content

LISTS_OF_TEXTS = {
    *("reasons", "default_for", "detail", "seeds", "source_codes"),
    *("reflection_questions", "suggested_actions"),
}
SENTENCES = {"text", "text_other"}

admin.site.site_header = "Leading together: content and accounts"
admin.site.site_title = "Leading together"
admin.site.index_title = "Content and accounts"
admin.site.enable_nav_sidebar = False
# One way to sign in, with its limits on guessing.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.unregister(Group)


class ContentRules(admin.options.BaseModelAdmin):
    """Editors may change content that is not locked; nobody changes what is."""

    def is_locked(self, obj: Any) -> bool:
        return bool(getattr(obj, "is_locked", False))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_edit_content(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_edit_content(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_edit_content(request.user) and not self.is_locked(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_edit_content(request.user) and not self.is_locked(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_edit_content(request.user) and not self.is_locked(obj)

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if isinstance(db_field, models.JSONField) and db_field.name in LISTS_OF_TEXTS:
            kwargs["form_class"] = LinesField
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        if isinstance(db_field, models.TextField) or db_field.name in SENTENCES:
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2, "cols": 90})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class ContentAdmin(ContentRules, admin.ModelAdmin):
    # Deleting many at once would go past the models' own guard.
    actions = None
    why_locked = LOCKED

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        obj = context.get("original")
        context["why_locked"] = self.why_locked if self.is_locked(obj) else ""
        context["edition"] = edition_of(obj)
        return super().render_change_form(request, context, *args, **kwargs)


def edition_of(obj: Any) -> Edition | None:
    return obj if isinstance(obj, Edition) else getattr(obj, "edition", None)


# Stacked, because the fields of a tabular inline have no labels of their own.
class DimensionInline(ContentRules, admin.StackedInline):
    model = Dimension
    fields = (("order", "code", "name"),)
    extra = 0
    show_change_link = True


@admin.register(Edition)
class EditionAdmin(ContentAdmin):
    list_display = ("title", "instrument", "number", "state", "published_on")
    list_select_related = ("instrument",)
    readonly_fields = ("instrument", "number", "state", "published_on")
    inlines = (DimensionInline,)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Drafts are begun from the edition before, so that codes are kept.
        return False


class StatementInline(ContentRules, admin.StackedInline):
    model = Statement
    formset = StatementFormSet
    extra = 0


@admin.register(Dimension)
class DimensionAdmin(ContentAdmin):
    list_display = ("name", "code", "edition", "order")
    list_select_related = ("edition",)
    search_fields = ("name", "code", "description", "edition__title", "edition__state")
    inlines = (StatementInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("edition",) if obj else ()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "edition":
            kwargs["queryset"] = Edition.objects.drafts()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Statement)
class StatementAdmin(ContentAdmin):
    list_display = ("code", "text", "dimension", "edition", "reverse")
    list_select_related = ("dimension", "edition")
    search_fields = ("code", "text", "text_other", "edition__title", "edition__state")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Statements are added in their dimension.
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("dimension",)


class ScalePointInline(ContentRules, admin.StackedInline):
    model = ScalePoint
    fields = (("order", "value", "label", "is_on_scale"),)
    extra = 0


@admin.register(Scale)
class ScaleAdmin(ContentAdmin):
    list_display = ("label", "code")
    inlines = (ScalePointInline,)
    why_locked = LOCKED_SCALE


@admin.register(Instrument)
class InstrumentAdmin(ContentAdmin):
    list_display = ("code", "order", "audience", "level")
    why_locked = (
        "What a checklist is about never changes. A new one comes with a content file of its own."
    )

    def is_locked(self, obj: Any) -> bool:
        return True


@admin.register(SingleQuestion)
class SingleQuestionAdmin(ContentAdmin):
    list_display = ("code", "text", "audience")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        # A changed question gets a new code: rounds show what was asked.
        return ("code", "text", "scale") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(GuidePage, CaseStudy)
class PageAdmin(ContentAdmin):
    list_display = ("title", "code", "order")
    search_fields = ("title", "code")


@admin.register(Source)
class SourceAdmin(ContentAdmin):
    list_display = ("code", "cite")


@admin.register(ContentDocument)
class ContentDocumentAdmin(ContentAdmin):
    list_display = ("title", "code")
    readonly_fields = ("code",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
