/* watch.c -- what all of supervision needs: the class, whose it is, numbers of the rules. */
#include "city/supervision/supervision.h"
#include "city/supervision/supervision_impl.h"

#include "supervision.sql.h"

#include <string.h>

err_t watch_number(struct ctx *cx, const char *rule, const char *name, int64_t on, int64_t *out)
{
    return rules_number(cx, cx->house->rules, rule, name, on, out, NULL);
}

const char *watch_minutes(struct arena *a, int64_t minute)
{
    return arena_fmt(a, "%d:%02d", (int)(minute / 60), (int)(minute % 60));
}

const char *watch_idno_tail(const char *idno)
{
    size_t n = idno != NULL ? strlen(idno) : 0;
    return n >= 4 ? idno + n - 4 : "";
}

err_t watch_class(struct ctx *cx, int64_t id, struct q_watch_class_row *out)
{
    return q_watch_class_first(cx, &(struct q_watch_class_in){.first_id = id, .last_id = id}, out);
}

bool watch_area(const struct ctx *cx, int64_t district)
{
    if (cx->actor.role == ROLE_DISTRICT)
        return cx->actor.district == district;
    return cx->actor.role == ROLE_CITY || cx->actor.role == ROLE_AUDITOR || cx->actor.role == ROLE_CLOCK;
}

err_t watch_class_mine(struct ctx *cx, const char *code, struct q_watch_class_row *out)
{
    struct q_watch_class_id_row *rows;
    size_t n;
    TRY(q_watch_class_id(cx, &(struct q_watch_class_id_in){.code = code}, &rows, &n));
    TRY(watch_class(cx, n > 0 ? rows[0].id : 0, out));
    bool own = cx->actor.role == ROLE_PROVIDER && cx->actor.provider_id == out->provider_id;
    return own || watch_area(cx, out->district) ? E_OK : FAIL(cx, E_NOTFOUND, NULL, "class %s is not this actor's", code);
}

err_t supervision_moved(struct ctx *cx, int64_t class_id)
{
    return q_look_moved(cx, &(struct q_look_moved_in){.class_id = class_id, .moved_at = cx->now}, NULL);
}
