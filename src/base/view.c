#include "base/view.h"

#include <stdio.h>
#include <string.h>

static struct view *add(struct arena *a, struct view *to, const char *key, enum view_kind kind)
{
    struct view *v = ARENA_NEW(a, struct view);
    v->kind = kind;
    v->key = key;
    if (to != NULL) {
        *(to->tail == NULL ? &to->head : &to->tail->next) = v;
        to->tail = v;
        to->i++;
    }
    return v;
}

struct view *view_obj(struct arena *a) { return add(a, NULL, NULL, V_OBJ); }
struct view *view_list(struct arena *a, struct view *obj, const char *key) { return add(a, obj, key, V_LIST); }
struct view *view_sub(struct arena *a, struct view *obj, const char *key) { return add(a, obj, key, V_OBJ); }
struct view *view_item(struct arena *a, struct view *list) { return add(a, list, NULL, V_OBJ); }

void view_str(struct arena *a, struct view *obj, const char *key, const char *s)
{
    struct view *v = add(a, obj, key, s == NULL ? V_NULL : V_STR);
    v->s = s;
    v->len = s == NULL ? 0 : strlen(s);
}
void view_html(struct arena *a, struct view *obj, const char *key, const char *trusted)
{
    view_str(a, obj, key, trusted);
    obj->tail->kind = V_HTML;
}
void view_fmt(struct arena *a, struct view *obj, const char *key, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    view_str(a, obj, key, arena_vfmt(a, fmt, ap));
    va_end(ap);
}
void view_i64(struct arena *a, struct view *obj, const char *key, int64_t i) { add(a, obj, key, V_I64)->i = i; }
void view_count(struct arena *a, struct view *obj, const char *key, int64_t i)
{
    struct view *v = add(a, obj, key, V_I64);
    v->i = i;
    v->len = 1;
}
void view_opt(struct arena *a, struct view *obj, const char *key, const int64_t *i)
{
    if (i == NULL)
        add(a, obj, key, V_NULL);
    else
        view_i64(a, obj, key, *i);
}
void view_bool(struct arena *a, struct view *obj, const char *key, bool b) { add(a, obj, key, V_BOOL)->i = b; }

void view_row(struct arena *a, struct view *obj, const struct member *f, const void *row)
{
    for (; f->name != NULL; f++) {
        const void *at = (const char *)row + f->off;
        if (f->type == M_TEXT)
            view_str(a, obj, f->name, *(const char *const *)at);
        else if (f->type == M_I64)
            view_opt(a, obj, f->name, f->nullable ? *(const int64_t *const *)at : at);
    }
}

void view_rows(struct arena *a, struct view *obj, const char *key, const struct member *f, const void *rows, size_t n, size_t size)
{
    struct view *list = view_list(a, obj, key);
    for (size_t i = 0; i < n; i++)
        view_row(a, view_item(a, list), f, (const char *)rows + i * size);
}

const struct view *view_get(const struct view *obj, const char *key, size_t len)
{
    for (const struct view *v = obj->head; v != NULL; v = v->next)
        if (v->key != NULL && strlen(v->key) == len && memcmp(v->key, key, len) == 0)
            return v;
    return NULL;
}

void buf_add(struct buf *b, const char *s, size_t n)
{
    if (n == 0) /* an empty buffer has no memory yet to copy to */
        return;
    if (b->len + n > b->cap) {
        size_t cap = b->cap == 0 ? 256 : b->cap;
        while (cap < b->len + n)
            cap *= 2;
        b->p = arena_grow(b->a, b->p, b->cap, cap);
        b->cap = cap;
    }
    memcpy(b->p + b->len, s, n);
    b->len += n;
}

void buf_str(struct buf *b, const char *s) { buf_add(b, s, strlen(s)); }

void buf_fmt(struct buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    buf_str(b, arena_vfmt(b->a, fmt, ap));
    va_end(ap);
}

const char *buf_text(struct buf *b)
{
    buf_add(b, "", 1);
    b->len--;
    return b->p;
}

void buf_html(struct buf *b, const char *s, size_t n)
{
    static const struct { const char *s; unsigned char n; } esc[256] = {
        ['&'] = {"&amp;", 5}, ['<'] = {"&lt;", 4}, ['>'] = {"&gt;", 4}, ['"'] = {"&quot;", 6}, ['\''] = {"&#39;", 5},
    };
    size_t from = 0;
    for (size_t i = 0; i < n; i++)
        if (esc[(unsigned char)s[i]].n != 0) {
            buf_add(b, s + from, i - from);
            buf_add(b, esc[(unsigned char)s[i]].s, esc[(unsigned char)s[i]].n);
            from = i + 1;
        }
    buf_add(b, s + from, n - from);
}

static void json_str(struct buf *b, const char *s, size_t n)
{
    size_t from = 0;
    buf_add(b, "\"", 1);
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c >= 0x20 && c != '"' && c != '\\' && c != '<' && c != 0x7f)
            continue;
        char u[8];
        buf_add(b, s + from, i - from);
        int len = c == '"' || c == '\\' ? snprintf(u, sizeof u, "\\%c", c) : snprintf(u, sizeof u, "\\u%04x", c);
        buf_add(b, u, (size_t)len);
        from = i + 1;
    }
    buf_add(b, s + from, n - from);
    buf_add(b, "\"", 1);
}

void view_json(struct buf *b, const struct view *v)
{
    char num[24];
    switch (v->kind) {
    case V_NULL: buf_add(b, "null", 4); break;
    case V_BOOL: buf_add(b, v->i ? "true" : "false", v->i ? 4 : 5); break;
    case V_I64: buf_add(b, num, (size_t)snprintf(num, sizeof num, "%lld", (long long)v->i)); break;
    case V_STR:
    case V_HTML: json_str(b, v->s, v->len); break;
    case V_LIST:
    case V_OBJ:
        buf_add(b, v->kind == V_LIST ? "[" : "{", 1);
        for (const struct view *m = v->head; m != NULL; m = m->next) {
            if (m != v->head)
                buf_add(b, ",", 1);
            if (v->kind == V_OBJ) {
                json_str(b, m->key, strlen(m->key));
                buf_add(b, ":", 1);
            }
            view_json(b, m);
        }
        buf_add(b, v->kind == V_LIST ? "]" : "}", 1);
        break;
    }
}
