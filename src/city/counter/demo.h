/* demo.h -- made-up people at the counters of the demo city. */
#ifndef COUNTER_DEMO_H
#define COUNTER_DEMO_H
#include "base/ctx.h"
#include "city/demo.h"

/* Persons, visits, slips, call-backs and hires of the last months, and a queue for today. Does nothing when there are persons already;
 * needs stations; without open ads nobody is referred. */
err_t counter_demo(struct ctx *cx, const struct demo_scale *s) MUST_USE;
#endif
