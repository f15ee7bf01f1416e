#include "web/web_impl.h"

#include "base/text.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool text_ok(const char *s, size_t n, bool lines)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if ((c < 0x20 || c == 0x7F) && !(lines && (c == '\t' || c == '\n' || c == '\r')))
            return false;
    }
    return utf8_valid(s, n);
}

char *url_decode(struct arena *a, const char *s, size_t n, bool plus, bool lines)
{
    char *out = arena_alloc(a, n + 1);
    size_t len = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i] != '%') {
            out[len++] = plus && s[i] == '+' ? ' ' : s[i];
            continue;
        }
        int hi = i + 2 < n ? hex(s[i + 1]) : -1, lo = i + 2 < n ? hex(s[i + 2]) : -1;
        if (hi < 0 || lo < 0)
            return NULL;
        out[len++] = (char)(hi << 4 | lo);
        i += 2;
    }
    return text_ok(out, len, lines) ? out : NULL;
}

void url_encode(struct buf *out, const char *s, size_t n)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c != 0 && strchr("-._~/", c) != NULL);
        if (plain)
            buf_add(out, s + i, 1);
        else
            buf_add(out, (char[3]){'%', digits[c >> 4], digits[c & 15]}, 3);
    }
}

/* ---- pairs ---- */
struct list {
    struct arena *a;
    struct pair *p;
    size_t n, cap;
};

static bool list_add(struct list *l, const char *name, const char *value, size_t len)
{
    if (l->n == FIELDS_MAX)
        return false;
    if (l->n == l->cap) {
        size_t want = l->cap == 0 ? 16 : l->cap * 2;
        l->p = arena_grow(l->a, l->p, l->cap * sizeof *l->p, want * sizeof *l->p);
        l->cap = want;
    }
    l->p[l->n++] = (struct pair){name, value, len};
    return true;
}

err_t urlencoded_read(struct ctx *cx, const char *s, size_t n, struct pairs *out)
{
    struct list l = {.a = cx->arena};
    const char *end = s + n;
    while (s < end) {
        const char *amp = memchr(s, '&', (size_t)(end - s));
        const char *stop = amp == NULL ? end : amp;
        const char *eq = memchr(s, '=', (size_t)(stop - s));
        const char *value = eq == NULL ? stop : eq + 1;
        if (stop > s) {
            char *name = url_decode(l.a, s, (size_t)((eq == NULL ? stop : eq) - s), true, false);
            char *text = url_decode(l.a, value, (size_t)(stop - value), true, true);
            if (name == NULL || text == NULL)
                return FAIL(cx, E_BADREQ, NULL, "malformed pair");
            if (!list_add(&l, name, text, strlen(text)))
                return FAIL(cx, E_LIMIT, NULL, "more than %d fields", FIELDS_MAX);
        }
        s = amp == NULL ? end : amp + 1;
    }
    *out = (struct pairs){l.p, l.n};
    return E_OK;
}

static void json_drop(void *j) { json_decref(j); }

static bool json_shallow(const char *s, size_t n)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < n; i++) {
        if (quoted) {
            i += s[i] == '\\';
            quoted = i < n && s[i] != '"';
        } else if (s[i] == '"') {
            quoted = true;
        } else if ((s[i] == '{' || s[i] == '[') && ++depth > JSON_DEPTH) {
            return false;
        } else if (s[i] == '}' || s[i] == ']') {
            depth--;
        }
    }
    return true;
}

static err_t json_pair(struct ctx *cx, struct list *l, const char *key, const json_t *v)
{
    const char *text = NULL;
    if (json_is_null(v))
        return E_OK;
    if (json_is_string(v))
        text = arena_strndup(l->a, json_string_value(v), json_string_length(v));
    else if (json_is_boolean(v))
        text = json_is_true(v) ? "1" : "0";
    else if (json_is_integer(v))
        text = arena_fmt(l->a, "%lld", (long long)json_integer_value(v));
    else if (json_is_real(v))
        text = arena_fmt(l->a, "%.15g", json_real_value(v));
    if (text == NULL)
        return FAIL(cx, E_BADREQ, NULL, "'%s' is not a plain value", key);
    if (!text_ok(text, strlen(text), true))
        return FAIL(cx, E_BADREQ, NULL, "'%s' holds control characters", key);
    return list_add(l, key, text, strlen(text)) ? E_OK : FAIL(cx, E_LIMIT, NULL, "more than %d fields", FIELDS_MAX);
}

err_t json_body_read(struct ctx *cx, const char *s, size_t n, struct pairs *out)
{
    json_error_t je;
    if (!json_shallow(s, n))
        return FAIL(cx, E_BADREQ, NULL, "JSON deeper than %d", JSON_DEPTH);
    json_t *root = json_loadb(s, n, JSON_REJECT_DUPLICATES, &je);
    if (root == NULL)
        return FAIL(cx, E_BADREQ, NULL, "JSON: %s", je.text);
    arena_defer(cx->arena, json_drop, root);
    if (!json_is_object(root))
        return FAIL(cx, E_BADREQ, NULL, "JSON: not an object");
    struct list l = {.a = cx->arena};
    const char *key;
    json_t *v, *item;
    json_object_foreach(root, key, v) {
        if (!text_ok(key, strlen(key), false))
            return FAIL(cx, E_BADREQ, NULL, "JSON: a name with control characters");
        size_t i;
        if (!json_is_array(v))
            TRY(json_pair(cx, &l, key, v));
        else
            json_array_foreach(v, i, item)
                TRY(json_pair(cx, &l, key, item));
    }
    *out = (struct pairs){l.p, l.n};
    return E_OK;
}

const char *cookie_get(struct arena *a, const char *cookies, const char *name)
{
    size_t len = strlen(name);
    for (const char *p = cookies; p != NULL && *p != '\0';) {
        p += strspn(p, " ;");
        size_t n = strcspn(p, ";");
        if (n > len && p[len] == '=' && strncmp(p, name, len) == 0)
            return arena_strndup(a, p + len + 1, n - len - 1);
        p += n;
    }
    return NULL;
}
