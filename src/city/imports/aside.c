/* aside.c -- work done by a thread of its own beside the one that stores. */
#include "city/imports/imports_impl.h"

static void *work(void *arg)
{
    struct aside *a = arg;
    a->result = a->fn(&a->cx, a->arg);
    return NULL;
}

void aside_begin(const struct ctx *cx, struct arena *arena, struct aside *a)
{
    a->cx = *cx;
    a->cx.db = NULL;
    a->cx.arena = arena;
    a->runs = pthread_create(&a->thread, NULL, work, a) == 0;
    if (!a->runs)
        work(a);
}

err_t aside_end(struct ctx *cx, struct aside *a)
{
    err_t e = a->result;
    if (a->runs) {
        (void)pthread_join(a->thread, NULL);
        e = a->result;
    }
    a->runs = false;
    a->result = E_OK;
    if (e != E_OK)
        cx->fail = a->cx.fail;
    return e;
}
