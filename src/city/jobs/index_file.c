/* index_file.c -- the engine's ads kept in a file between two starts, so that a start need not read every ad again.
 *
 * The file is trusted when the same program wrote it, when it is whole, and when the database still holds all that it held when the
 * view was pinned (store_follows). Then what the change log names since is put in. Otherwise everything is read again.
 */
#include "city/jobs/jobs.h"

#include "city/house.h"
#include "store/store.h"

#include <string.h>

_Static_assert(STORE_STATE_MAX + HOUSE_BUILD_MAX + 2 <= MATCH_ORIGIN_MAX, "an origin is a program and a state");

/* The state is named after the view was pinned: it may be newer than what the view shows, never older. */
static err_t save(struct ctx *cx, const struct match_view *v, int64_t seq, const char *path)
{
    struct match_origin o = {.mark = seq};
    const char *state;
    TRY(store_state(cx, &state));
    (void)snprintf(o.text, sizeof o.text, "%s %s", cx->house->build, state);
    return match_save(cx, v, &o, path);
}

err_t jobs_index_save(struct ctx *cx, struct match *m, int64_t seq, const char *path)
{
    const struct match_view *v;
    TRY(match_pin(cx, m, &v));
    err_t e = save(cx, v, seq, path);
    match_unpin(v);
    return e;
}

static err_t fits(struct ctx *cx, const struct match_origin *o)
{
    const char *text = arena_strndup(cx->arena, o->text, strnlen(o->text, sizeof o->text)), *why;
    size_t n = strlen(cx->house->build);
    if (strncmp(text, cx->house->build, n) != 0 || text[n] != ' ')
        return FAIL(cx, E_INVALID, NULL, "saved by another program");
    TRY(store_follows(cx, text + n + 1, o->mark, &why));
    return why == NULL ? E_OK : FAIL(cx, E_INVALID, NULL, "%s", why);
}

/* What changed since, each page in an arena of its own. Where it fails (the database is away) the follower goes on. */
static void catch_up(struct ctx *cx, struct match *m, int64_t *seq)
{
    struct arena *outer = cx->arena, own;
    err_t e = E_OK;
    arena_init(&own, 0);
    cx->arena = &own;
    for (int64_t before = -1; e == E_OK && before != *seq;) {
        before = *seq;
        e = jobs_index_follow(cx, m, seq);
        arena_reset(&own);
    }
    cx->arena = outer;
    cx->fail = (struct fail){0};
    arena_free(&own);
}

err_t jobs_index_open(struct ctx *cx, struct match *m, const char *path, struct index_opened *out)
{
    struct match_origin o;
    err_t e = match_load(cx, m, path, fits, &o);
    *out = (struct index_opened){.why = NULL};
    if (e == E_OK) {
        out->seq = out->mark = o.mark;
        catch_up(cx, m, &out->seq);
        return match_refresh(cx, m); /* whoever waits for the ads may have them */
    }
    out->why = cx->fail.detail != NULL ? cx->fail.detail : err_wire(e);
    cx->fail = (struct fail){0};
    return jobs_index_load(cx, m, &out->seq);
}
