/* demo.h -- how large the demo city is, and how an office fills its part. Everybody and everything in it is made up, except the city's
 * places and figures. */
#ifndef CITY_DEMO_H
#define CITY_DEMO_H
#include "base/ctx.h"

struct demo_scale {
    int stations, employers, jobs, people;
};

/* Fills in one transaction, as `role` under the same account; the actor and the clock are as before afterwards, whatever `fill` made of them. */
err_t demo_fill(struct ctx *cx, unsigned role, err_t (*fill)(struct ctx *, void *), void *arg) MUST_USE;
#endif
