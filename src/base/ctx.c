#include "base/ctx.h"

#include "base/tr.h"

#include <stdio.h>
#include <string.h>

static const struct {
    int http;
    const char *wire, *msgid;
} err_table[E__COUNT] = {
#define ERR(name, http, wire, msg) [E_##name] = {http, wire, msg},
#include "base/err.def"
#undef ERR
};

int err_http(err_t e) { return err_table[e].http; }
const char *err_wire(err_t e) { return err_table[e].wire; }
const char *err_msgid(err_t e) { return err_table[e].msgid; }

err_t ctx_fail(struct ctx *cx, err_t code, const char *field, const char *say, const char *file, int line, const char *fmt, ...)
{
    char buf[512];
    va_list ap;
    va_start(ap, fmt);
    (void)vsnprintf(buf, sizeof buf, fmt, ap);
    va_end(ap);
    cx->fail = (struct fail){
        .code = code, .field = field, .say = say, .detail = arena_fmt(cx->arena, "%s", buf), .file = file, .line = line};
    return code;
}

err_t ctx_back(struct ctx *cx, struct arena *outer, err_t e)
{
    struct fail *f = &cx->fail;
    cx->arena = outer;
    if (e == E_OK)
        *f = (struct fail){0};
    f->field = f->field != NULL ? arena_fmt(outer, "%s", f->field) : NULL;
    f->say = f->say != NULL ? arena_fmt(outer, "%s", f->say) : NULL;
    f->detail = f->detail != NULL ? arena_fmt(outer, "%s", f->detail) : NULL;
    return e;
}

const char *tr(const struct ctx *cx, const char *msgid)
{
    const char *s = cx->tr == NULL || msgid == NULL ? NULL : tr_find(cx->tr, msgid, strlen(msgid));
    return s != NULL ? s : msgid;
}
