/* demo.h -- what the demos of providers and classes share. */
#ifndef CITY_PROVIDERS_DEMO_H
#define CITY_PROVIDERS_DEMO_H
#include "base/ctx.h"

struct demo_provider {
    const char *name, *brief;
    int64_t district;      /* 0 = its employer's */
    const char *trades[3]; /* codes of occupations, a project each */
};
extern const struct demo_provider demo_providers[]; /* provider n + 1; ends with a zero entry */

bool demo_is_centre(size_t n);
void demo_as(struct ctx *cx, unsigned role, int64_t provider_id, int64_t district); /* behind the counter, in the demo only */
/* Last year's assessments published, this year's on their way; sanctions in each state. cx->now is theirs to set, up to `now`. */
err_t demo_assessments(struct ctx *cx, int64_t today, int64_t now) MUST_USE;
err_t demo_sanctions(struct ctx *cx, int64_t today, int64_t now) MUST_USE;
#endif
