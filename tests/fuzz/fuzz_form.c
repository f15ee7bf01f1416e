/* Pairs as a client may send them, through form_read, form_view and form_pairs; what was accepted is accepted again. */
#include "base/field.h"

#include <stdlib.h>
#include <string.h>

struct all {
    const char *text, *lines, *phone, *idno, *uscc, *email, *choice, *choices, *occupation, *password, *hidden;
    int64_t yes;
    const int64_t *count, *money, *date, *stamp, *street;
};

static const struct choice kinds[] = {{"full", "全职"}, {"part", "兼职"}, {"odd", "零工"}, {0}};
#define AT(m) .off = offsetof(struct all, m)
static const struct field fields[] = {
    {"a", F_TEXT, 0, "a", AT(text)},       {"b", F_LONG, 0, "b", AT(lines)},     {"c", F_INT, 0, "c", AT(count)},
    {"d", F_MONEY, 0, "d", AT(money)},     {"e", F_DATE, 0, "e", AT(date)},      {"f", F_STAMP, 0, "f", AT(stamp)},
    {"g", F_BOOL, 0, "g", AT(yes)},        {"h", F_PHONE, 0, "h", AT(phone)},    {"i", F_IDNO, 0, "i", AT(idno)},
    {"j", F_USCC, 0, "j", AT(uscc)},       {"k", F_EMAIL, 0, "k", AT(email)},
    {"l", F_CHOICE, 0, "l", .choices = kinds, AT(choice)},
    {"m", F_CHOICES, 0, "m", .choices = kinds, AT(choices)},                     {"n", F_STREET, 0, "n", AT(street)},
    {"o", F_OCCUPATION, 0, "o", AT(occupation)},                                 {"p", F_PASSWORD, 0, "p", AT(password)},
    {"q", F_HIDDEN, 0, "q", AT(hidden)},   {0},
};

/* The input is records "x=value", parted by 0x1E: x names the field. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    static struct all in, again;
    arena_reset(&a);
    char *text = arena_strndup(&a, (const char *)data, n);
    struct pair *p = ARENA_ARRAY(&a, struct pair, n + 1);
    struct ctx cx = {.arena = &a, .now = 1795485600000, .lang = "zh"};
    struct pairs raw = {.p = p};
    struct form form, form2;
    for (size_t at = 0; at < n;) {
        char *end = memchr(text + at, 0x1E, n - at);
        size_t len = end == NULL ? n - at : (size_t)(end - text) - at;
        if (len >= 2) {
            char *name = arena_strndup(&a, text + at, 1);
            p[raw.n++] = (struct pair){name, arena_strndup(&a, text + at + 2, len - 2), len - 2};
        }
        at += len + 1;
    }
    in = again = (struct all){0};
    err_t e = form_read(&cx, &form, fields, &raw, &in);
    struct buf b = {.a = &a};
    struct view *v = view_obj(&a);
    form_view(&cx, v, &form, fields, NULL);
    view_json(&b, v);
    if (e != E_OK)
        return 0;
    struct pairs back = form_pairs(&cx, fields, &in);
    if (form_read(&cx, &form2, fields, &back, &again) != E_OK || form_pairs(&cx, fields, &again).n != back.n)
        abort();
    struct pairs third = form_pairs(&cx, fields, &again);
    for (size_t i = 0; i < back.n; i++)
        if (strcmp(back.p[i].value, third.p[i].value) != 0)
            abort();
    return 0;
}
