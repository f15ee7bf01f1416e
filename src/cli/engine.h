/* engine.h -- the match engine of a process, filled from the database and following it. One thread. */
#ifndef CLI_ENGINE_H
#define CLI_ENGINE_H
#include "city/jobs/jobs.h"

struct engine_at { /* positions in the change log */
    struct index_opened ads;
    int64_t searches, people;
};
/* Kept searches, then ads (from `path`, if that is right): both count at the same moment. */
err_t engine_load(struct ctx *cx, const char *path, struct engine_at *at) MUST_USE;
err_t engine_load_people(struct ctx *cx, struct engine_at *at) MUST_USE;
err_t engine_follow(struct ctx *cx, struct engine_at *at) MUST_USE;
#endif
