#include "store/store.h"

#include "core.sql.h"

#define LEASE_MS 300000

struct task {
    const char *name;
    int64_t every;
    size_t taken;
    err_t result;
};

static err_t take(struct ctx *cx, void *arg)
{
    struct task *t = arg;
    TRY(q_task_ensure(cx, &(struct q_task_ensure_in){.name = t->name, .due = cx->now}, NULL));
    return q_task_take(cx, &(struct q_task_take_in){.lease = cx->now + LEASE_MS, .name = t->name, .now = cx->now}, &t->taken);
}

static err_t finish(struct ctx *cx, void *arg)
{
    const struct task *t = arg;
    struct q_task_done_in d = {.due = cx->now + t->every, .last_run = &cx->now, .name = t->name};
    d.last_error = t->result == E_OK ? NULL : err_wire(t->result);
    return q_task_done(cx, &d, NULL);
}

err_t task_run(struct ctx *cx, const char *name, int64_t every, err_t (*fn)(struct ctx *))
{
    struct task t = {.name = name, .every = every};
    TRY(store_tx(cx, STORE_WRITE, take, &t));
    if (t.taken == 0)
        return E_OK;
    t.result = fn(cx);
    TRY(store_tx(cx, STORE_WRITE, finish, &t));
    return t.result;
}
