#include "match/both.h"

#include <pthread.h>
#include <stddef.h>

struct other {
    void (*fn)(void *arg, unsigned half);
    void *arg;
};

static void *work(void *arg)
{
    const struct other *o = arg;
    o->fn(o->arg, 1);
    return NULL;
}

void both(bool wide, void (*fn)(void *arg, unsigned half), void *arg)
{
    pthread_t t;
    struct other o = {fn, arg};
    bool started = wide && pthread_create(&t, NULL, work, &o) == 0;
    fn(arg, 0);
    if (started)
        (void)pthread_join(t, NULL);
    else
        fn(arg, 1);
}
