#include "base/field.h"

#include "base/day.h"
#include "base/text.h"

#include <string.h>

enum { FEW = 5 /* up to here choices are radio buttons, beyond a select */ };

static const char *error_of(const struct form *form, const char *field)
{
    for (const struct form_error *e = form == NULL ? NULL : form->errors; e != NULL; e = e->next)
        if (e->field != NULL && strcmp(e->field, field) == 0)
            return e->say;
    return NULL;
}

/* Words that the browser needs: what keyboard to show, what it may fill in. */
static void view_input(struct arena *a, struct view *v, const struct field *f)
{
    static const struct {
        const char *type, *mode, *complete;
    } how[] = {
        [F_INT] = {"text", "numeric", "off"},     [F_MONEY] = {"text", "decimal", "off"},  [F_DATE] = {"date", NULL, NULL},
        [F_STAMP] = {"datetime-local", NULL, NULL}, [F_PHONE] = {"tel", "tel", "tel"},     [F_IDNO] = {"text", NULL, "off"},
        [F_USCC] = {"text", NULL, "off"},         [F_EMAIL] = {"email", "email", "email"},
        [F_PASSWORD] = {"password", NULL, NULL},
        [F_HIDDEN] = {"hidden", NULL, NULL},
    };
    const char *complete = how[f->type].complete;
    if (f->type == F_PASSWORD)
        complete = f->min > 0 ? "new-password" : "current-password";
    view_str(a, v, "input_type", how[f->type].type != NULL ? how[f->type].type : "text");
    view_str(a, v, "inputmode", how[f->type].mode);
    view_str(a, v, "autocomplete", complete);
    bool text = f->type == F_TEXT || f->type == F_LONG || f->type == F_PASSWORD;
    view_opt(a, v, "maxlength", text && f->max > 0 ? &f->max : NULL);
    view_str(a, v, "min", f->type == F_DATE && day_valid(f->min) ? day_text_iso(a, f->min) : NULL);
    view_str(a, v, "max", f->type == F_DATE && day_valid(f->max) ? day_text_iso(a, f->max) : NULL);
}

static void view_kind_of(struct arena *a, struct view *v, const struct field *f, bool few)
{
    enum field_type t = f->type;
    view_bool(a, v, "is_text", t == F_TEXT || t == F_PHONE || t == F_IDNO || t == F_USCC || t == F_EMAIL);
    view_bool(a, v, "is_long", t == F_LONG);
    view_bool(a, v, "is_number", t == F_INT || t == F_MONEY);
    view_bool(a, v, "is_money", t == F_MONEY);
    view_bool(a, v, "is_date", t == F_DATE);
    view_bool(a, v, "is_stamp", t == F_STAMP);
    view_bool(a, v, "is_bool", t == F_BOOL);
    view_bool(a, v, "is_choice", t == F_CHOICE);
    view_bool(a, v, "is_choices", t == F_CHOICES);
    view_bool(a, v, "is_password", t == F_PASSWORD);
    view_bool(a, v, "is_file", t == F_FILE);
    view_bool(a, v, "is_hidden", t == F_HIDDEN);
    view_bool(a, v, "is_street", t == F_STREET);
    view_bool(a, v, "is_occupation", t == F_OCCUPATION);
    view_bool(a, v, "few", few);
}

static bool picked(struct ctx *cx, const struct field *f, const struct choice *c, const struct pairs *from)
{
    for (size_t i = 0; from != NULL && i < from->n; i++) {
        if (strcmp(from->p[i].name, f->name) != 0)
            continue;
        for (const char *s = from->p[i].value; *s != '\0';) { /* a list joined by ',' counts as several */
            size_t n = f->type == F_CHOICES ? strcspn(s, ",") : strlen(s);
            const char *word = tr(cx, c->label);
            if ((strlen(c->code) == n && memcmp(c->code, s, n) == 0) || (strlen(word) == n && memcmp(word, s, n) == 0))
                return true;
            s += n + (s[n] == ',');
        }
    }
    return false;
}

static void view_choices(struct ctx *cx, struct view *v, const struct field *f, const struct pairs *from)
{
    struct view *list = view_list(cx->arena, v, "choices");
    bool any = false;
    for (const struct choice *c = f->choices; c != NULL && c->code != NULL; c++) {
        struct view *item = view_item(cx->arena, list);
        bool selected = picked(cx, f, c, from);
        any = any || selected;
        view_str(cx->arena, item, "code", c->code);
        view_str(cx->arena, item, "label", tr(cx, c->label));
        view_bool(cx->arena, item, "selected", selected);
        view_fmt(cx->arena, item, "choice_id", "f-%s-%s", f->name, c->code);
    }
    view_bool(cx->arena, v, "any_selected", any);
}

static void view_field(struct ctx *cx, struct view *v, const struct field *f, const char *say, const struct pairs *from)
{
    struct arena *a = cx->arena;
    size_t n = 0;
    while (f->choices != NULL && f->choices[n].code != NULL)
        n++;
    const char *value = from == NULL || f->type == F_PASSWORD || f->type == F_FILE ? NULL : pairs_get(from, f->name);
    if (value != NULL && cx->names != NULL && (f->type == F_STREET || f->type == F_OCCUPATION)) {
        const char *name = cx->names->name(cx, f->type, value);
        value = name != NULL ? name : value;
    }
    bool help = f->help != NULL;
    view_str(a, v, "name", f->name);
    view_fmt(a, v, "id", "f-%s", f->name);
    view_str(a, v, "label", tr(cx, f->label));
    view_str(a, v, "help", help ? tr(cx, f->help) : NULL);
    view_str(a, v, "help_id", help ? arena_fmt(a, "h-%s", f->name) : NULL);
    view_str(a, v, "group", f->group != NULL ? tr(cx, f->group) : NULL);
    view_bool(a, v, "required", (f->flags & F_REQUIRED) != 0);
    view_bool(a, v, "wide", (f->flags & F_WIDE) != 0);
    view_bool(a, v, "secret", (f->flags & F_SECRET) != 0);
    view_str(a, v, "value", value);
    view_bool(a, v, "checked", f->type == F_BOOL && value != NULL && *value != '\0' && strcmp(value, "0") != 0);
    view_str(a, v, "error", say);
    view_str(a, v, "error_id", say != NULL ? arena_fmt(a, "e-%s", f->name) : NULL);
    view_str(a, v, "described_by",
             help && say != NULL ? arena_fmt(a, "h-%s e-%s", f->name, f->name)
             : help              ? arena_fmt(a, "h-%s", f->name)
             : say != NULL       ? arena_fmt(a, "e-%s", f->name)
                                 : NULL);
    view_kind_of(a, v, f, n <= FEW);
    view_input(a, v, f);
    view_str(a, v, "accept", f->type == F_FILE ? form_file_types(cx, f) : NULL);
    view_choices(cx, v, f, from);
}

static bool sent_one(const struct form *form, const char *name)
{
    return form != NULL && form->raw != NULL && pairs_get(form->raw, name) != NULL;
}

void form_view(struct ctx *cx, struct view *to, const struct form *form, const struct field *fields, const struct pairs *values)
{
    struct view *v = view_sub(cx->arena, to, "form"), *list = view_list(cx->arena, v, "fields");
    bool sent = form != NULL && form->raw != NULL && form->raw->n > 0;
    for (const struct field *f = fields; f->name != NULL; f++) {
        if (f->flags & F_LINKED)
            continue;
        /* an unticked box is not sent: where anything was sent, its absence is an answer */
        bool box = f->type == F_BOOL || f->type == F_CHOICES || f->type == F_CHOICE;
        bool from_sent = sent_one(form, f->name) || (sent && box);
        view_field(cx, view_item(cx->arena, list), f, error_of(form, f->name), from_sent ? form->raw : values);
    }
    struct view *errors = view_list(cx->arena, v, "errors");
    for (const struct form_error *e = form == NULL ? NULL : form->errors; e != NULL; e = e->next) {
        struct view *item = view_item(cx->arena, errors);
        view_str(cx->arena, item, "field", e->field);
        view_str(cx->arena, item, "field_id", e->field != NULL ? arena_fmt(cx->arena, "f-%s", e->field) : NULL);
        view_str(cx->arena, item, "say", e->say);
    }
    view_bool(cx->arena, v, "has_errors", form != NULL && form->errors != NULL);
    view_bool(cx->arena, v, "multipart", form_file(fields) != NULL);
}

/* The text of a number as people write it into the field; NULL when it is not given. */
static const char *number_text(struct ctx *cx, const struct field *f, const void *at)
{
    const int64_t *v = f->type == F_BOOL || (f->flags & F_REQUIRED) ? at : *(const int64_t *const *)at;
    if (v == NULL)
        return NULL;
    switch (f->type) {
    case F_BOOL: return *v != 0 ? "1" : NULL;
    case F_MONEY: return form_yuan(cx->arena, *v);
    case F_DATE: return day_valid(*v) ? day_text_iso(cx->arena, *v) : NULL;
    case F_STAMP: return *v != 0 ? day_text_local(cx->arena, *v, DAY_ZONE) : NULL;
    case F_STREET: return *v != 0 ? arena_fmt(cx->arena, "%lld", (long long)*v) : NULL;
    default: return arena_fmt(cx->arena, "%lld", (long long)*v);
    }
}

static const char *field_text(struct ctx *cx, const struct field *f, const void *at)
{
    switch (f->type) {
    case F_INT:
    case F_MONEY:
    case F_DATE:
    case F_STAMP:
    case F_BOOL:
    case F_STREET: return number_text(cx, f, at);
    case F_PASSWORD:
    case F_FILE: return NULL;
    default: return *(const char *const *)at;
    }
}

struct pairs form_pairs(struct ctx *cx, const struct field *fields, const void *in)
{
    size_t n = 0, cap = 0;
    for (const struct field *f = fields; f->name != NULL; f++)
        cap++;
    struct pair *p = ARENA_ARRAY(cx->arena, struct pair, cap + 1);
    for (const struct field *f = fields; f->name != NULL; f++) {
        const char *s = field_text(cx, f, (const char *)in + f->off);
        if (s != NULL)
            p[n++] = (struct pair){.name = f->name, .value = s, .len = strlen(s)};
    }
    return (struct pairs){.p = p, .n = n};
}
