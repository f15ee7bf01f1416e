#include "cli/engine.h"

#include "city/house.h"
#include "city/matching/matching.h"
#include "city/searches/searches.h"

err_t engine_load(struct ctx *cx, const char *path, struct engine_at *at)
{
    TRY(searches_load(cx, cx->house->match, &at->searches));
    return jobs_index_open(cx, cx->house->match, path, &at->ads);
}

err_t engine_load_people(struct ctx *cx, struct engine_at *at) { return matching_load(cx, cx->house->match, &at->people); }

err_t engine_follow(struct ctx *cx, struct engine_at *at)
{
    TRY(searches_follow(cx, cx->house->match, &at->searches));
    TRY(jobs_index_follow(cx, cx->house->match, &at->ads.seq));
    return matching_follow(cx, cx->house->match, &at->people);
}
