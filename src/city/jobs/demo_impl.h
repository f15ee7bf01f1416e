/* demo_impl.h -- what the made-up employers of the demo city look for. */
#ifndef JOBS_DEMO_IMPL_H
#define JOBS_DEMO_IMPL_H
#include <stddef.h>

struct demo_ad {
    const char *title, *type;          /* type: a code of job_type_choices */
    int low, high;                     /* yuan for one unit */
    const char *unit;                  /* 月, 天, 小时, 件 */
    const char *education;             /* NULL = no demand */
    int experience;                    /* months */
    const char *shift, *benefits, *certificates, *hours; /* codes; NULL = none */
    const char *work, *asks;           /* what is done; what is asked */
};

struct demo_trade { /* a kind of employer and its jobs */
    const char *name, *industry;
    const struct demo_ad *ads;
    size_t n;
};

extern const struct demo_trade demo_trades[];
extern const size_t demo_trades_n;
#endif
