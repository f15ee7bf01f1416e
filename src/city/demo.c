#include "city/demo.h"

#include "store/store.h"

err_t demo_fill(struct ctx *cx, unsigned role, err_t (*fill)(struct ctx *, void *), void *arg)
{
    const struct actor was = cx->actor;
    const int64_t now = cx->now;
    cx->actor = (struct actor){.account_id = was.account_id, .role = role, .name = "demo"};
    err_t e = store_tx(cx, STORE_WRITE, fill, arg);
    cx->actor = was;
    cx->now = now;
    return e;
}
