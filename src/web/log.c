#include "web/web_impl.h"

#include "base/log.h"

#include <stdio.h>
#include <string.h>

/* Numbers in a path are ids and help to find things; any other parameter may be a code that opens a door. */
static const char *path_shown(const struct where *at)
{
    for (size_t i = 0; i < at->params.n; i++)
        if (strspn(at->params.p[i].value, "0123456789") != at->params.p[i].len)
            return at->route->path;
    return at->path;
}

void log_call(const struct web *w, struct call *c, const struct answer *a, int64_t us)
{
    if (!w->cfg.log)
        return;
    struct buf b = {.a = c->arena};
    char status[12], account[24], took[24], bytes[24];
    (void)snprintf(status, sizeof status, "%u", a->status);
    (void)snprintf(account, sizeof account, "%lld", (long long)c->actor.account_id);
    (void)snprintf(took, sizeof took, "%lld", (long long)us);
    (void)snprintf(bytes, sizeof bytes, "%zu", a->len);
    log_format(&b, c->now, LOG_INFO, "request", "method", c->head.method, "path", path_shown(&c->at), "status", status, "us",
               took, "bytes", bytes, "ip", c->ip, "account", account, "request", c->request_id == NULL ? "-" : c->request_id,
               NULL);
    if (c->fail.code != E_OK && a->status >= 400) {
        struct ctx cx = {.arena = c->arena, .now = c->now, .request_id = c->request_id, .actor = c->actor, .fail = c->fail};
        log_fail_format(&b, &cx);
    }
    log_write(&b);
}
