#include "base/log.h"

#include "base/day.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static bool is_secret(const char *key)
{
    static const char *const words[] = {"pass", "token",         "secret",  "cookie", "idno", "phone",
                                        "otp",  "authorization", "session", "csrf",   "key"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasestr(key, words[i]) != NULL)
            return true;
    return false;
}

static void put_value(struct buf *b, const char *s)
{
    size_t n = strlen(s);
    bool bare = n > 0 && strpbrk(s, " =\"\\") == NULL;
    for (size_t i = 0; bare && i < n; i++)
        bare = (unsigned char)s[i] > 0x20 && (unsigned char)s[i] < 0x7F;
    if (bare) {
        buf_add(b, s, n);
        return;
    }
    buf_str(b, "\"");
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        bool good;
        size_t step = utf8_next(s + i, n - i, &cp, &good);
        if (cp == '"' || cp == '\\')
            buf_fmt(b, "\\%c", (int)cp);
        else if (!good || text_is_control(cp) || text_is_invisible(cp) || cp == 0x2028 || cp == 0x2029)
            for (size_t k = 0; k < step; k++)
                buf_fmt(b, "\\x%02x", (unsigned)(unsigned char)s[i + k]);
        else
            buf_add(b, s + i, step);
        i += step;
    }
    buf_str(b, "\"");
}

static void put_pair(struct buf *b, const char *key, const char *value)
{
    buf_fmt(b, " %s=", key);
    put_value(b, value == NULL ? "" : is_secret(key) ? "[hidden]" : value);
}

static void put_head(struct buf *b, int64_t now, enum log_level level, const char *event)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    int64_t day = day_of(now, 0), ms = now - day_start(day, 0);
    buf_fmt(b, "time=%sT%02d:%02d:%02d.%03dZ level=%s event=", day_text_iso(b->a, day), (int)(ms / 3600000),
            (int)(ms / 60000 % 60), (int)(ms / 1000 % 60), (int)(ms % 1000), names[level]);
    put_value(b, event);
}

void log_format(struct buf *out, int64_t now, enum log_level level, const char *event, ...)
{
    va_list ap;
    va_start(ap, event);
    put_head(out, now, level, event);
    for (const char *key; (key = va_arg(ap, const char *)) != NULL;)
        put_pair(out, key, va_arg(ap, const char *));
    va_end(ap);
    buf_str(out, "\n");
}

void log_fail_format(struct buf *out, const struct ctx *cx)
{
    const struct fail *f = &cx->fail;
    bool ours = err_http(f->code) >= 500 && f->code != E_BUSY;
    put_head(out, cx->now, ours ? LOG_ERROR : LOG_INFO, "fail");
    put_pair(out, "code", err_wire(f->code));
    put_pair(out, "request", cx->request_id);
    buf_fmt(out, " account=%lld", (long long)cx->actor.account_id);
    put_pair(out, "field", f->field);
    put_pair(out, "at", f->file == NULL ? NULL : arena_fmt(cx->arena, "%s:%d", f->file, f->line));
    put_pair(out, "detail", f->detail);
    buf_str(out, "\n");
}

void log_write(const struct buf *line)
{
    for (size_t at = 0; at < line->len;) {
        ssize_t n = write(STDERR_FILENO, line->p + at, line->len - at);
        if (n <= 0)
            return; /* there is nobody left to tell */
        at += (size_t)n;
    }
}
