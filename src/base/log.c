#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LINE = 2048 };

struct line {
    char text[LINE];
    size_t n;
};

static void put(struct line *l, const char *s, size_t n)
{
    size_t room = LINE - 2 - l->n;
    n = n < room ? n : room;
    memcpy(l->text + l->n, s, n);
    l->n += n;
}

static void value(struct line *l, const char *s)
{
    put(l, "\"", 1);
    for (; *s != '\0'; s++) {
        char esc[5];
        unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\')
            put(l, esc, (size_t)snprintf(esc, sizeof esc, "\\%c", c));
        else if (c < 0x20 || c == 0x7f)
            put(l, esc, (size_t)snprintf(esc, sizeof esc, "\\x%02x", c));
        else
            put(l, s, 1);
    }
    put(l, "\"", 1);
}

void log_event(const struct ctx *cx, const char *level, const char *event, ...)
{
    struct line l = {.n = 0};
    char head[128];
    va_list ap;
    put(&l, head, (size_t)snprintf(head, sizeof head, "t=%lld level=%s event=%s id=%s", (long long)cx->now, level, event,
                                   cx->request_id != NULL ? cx->request_id : "-"));
    va_start(ap, event);
    for (const char *name; (name = va_arg(ap, const char *)) != NULL;) {
        const char *v = va_arg(ap, const char *);
        if (v == NULL)
            continue;
        put(&l, " ", 1);
        put(&l, name, strlen(name));
        put(&l, "=", 1);
        value(&l, v);
    }
    va_end(ap);
    l.text[l.n++] = '\n';
    fwrite(l.text, 1, l.n, stderr);
}
