#include "city/stations/stations.h"

#include "city/stations/stations_impl.h"

#include <string.h>

/* ---- reading ---- */

err_t station_moves(struct ctx *cx, int64_t id, struct q_station_moves_row **rows, size_t *n)
{
    return q_station_moves(cx, &(struct q_station_moves_in){id}, rows, n);
}

err_t station_handovers(struct ctx *cx, int64_t id, struct q_station_handovers_row **rows, size_t *n)
{
    return q_station_handovers(cx, &(struct q_station_handovers_in){id}, rows, n);
}

err_t station_services(struct ctx *cx, int64_t id, struct q_station_services_row **rows, size_t *n)
{
    return q_station_services(cx, &(struct q_station_services_in){id, id}, rows, n);
}

err_t station_members(struct ctx *cx, int64_t id, struct q_station_members_row **rows, size_t *n)
{
    return q_station_members(cx, &(struct q_station_members_in){.station_id = id, .on_day = day_of(cx->now, DAY_ZONE)}, rows, n);
}

err_t station_member_name(struct ctx *cx, struct blob name, const char **out)
{
    return unseal(cx, "station_member.name", name, out);
}

/* ---- services ---- */

struct items {
    int64_t id, version;
    const char *list;
};

static err_t set_services(struct ctx *cx, void *arg)
{
    const struct items *in = arg;
    struct q_station_row s;
    size_t n;
    TRY(station_by_id(cx, in->id, &s));
    TRY(station_claim(cx, &s, in->version));
    TRY(q_station_services_clear(cx, &(struct q_station_services_clear_in){s.id}, &n));
    for (const char *p = in->list; *p != '\0';) {
        size_t len = strcspn(p, ",");
        TRY(q_station_services_add(cx, &(struct q_station_services_add_in){s.id, arena_strndup(cx->arena, p, len)}, &n));
        p += len + (p[len] == ',');
    }
    cx->result = arena_fmt(cx->arena, "/stations/%s/services", s.code);
    return audit_add(cx, "services", "station", s.id, NULL);
}

err_t station_set_services(struct ctx *cx, int64_t id, const char *items, int64_t version)
{
    struct items in = {id, version, items != NULL ? items : ""};
    return store_tx(cx, STORE_WRITE, set_services, &in);
}

/* ---- people of the station ---- */

struct person {
    int64_t id, member_id;
    const struct station_member *in;
};

static err_t join(struct ctx *cx, void *arg)
{
    const struct person *p = arg;
    struct q_station_row s;
    struct blob name;
    size_t n;
    int64_t today = day_of(cx->now, DAY_ZONE);
    TRY(station_by_id(cx, p->id, &s));
    TRY(station_claim(cx, &s, 0));
    if (p->in->trained_on != NULL && *p->in->trained_on > today)
        return SAY(cx, E_INVALID, "trained_on", N_("培训日期在今天以后，请填已经参加过的培训。"));
    TRY(seal(cx, "station_member.name", p->in->name, &name));
    TRY(q_station_member_add(cx,
                             &(struct q_station_member_add_in){.station_id = s.id, .name = name, .kind = p->in->kind,
                                                               .duty = p->in->duty != NULL ? p->in->duty : "", .trained_on = p->in->trained_on,
                                                               .from_on = p->in->from_on != NULL ? *p->in->from_on : today},
                             &n));
    cx->result = arena_fmt(cx->arena, "/stations/%s/members", s.code);
    return audit_add(cx, "member_join", "station", s.id, NULL);
}

err_t station_member_join(struct ctx *cx, int64_t id, const struct station_member *in)
{
    struct person p = {.id = id, .in = in};
    return store_tx(cx, STORE_WRITE, join, &p);
}

static err_t leave(struct ctx *cx, void *arg)
{
    const struct person *p = arg;
    struct q_station_row s;
    size_t n;
    int64_t today = day_of(cx->now, DAY_ZONE);
    TRY(station_by_id(cx, p->id, &s));
    TRY(station_claim(cx, &s, 0));
    TRY(q_station_member_end(cx, &(struct q_station_member_end_in){.to_on = today, .id = p->member_id, .station_id = s.id}, &n));
    if (n == 0)
        return FAIL(cx, E_NOTFOUND, NULL, "no such member of station %s", s.code);
    cx->result = arena_fmt(cx->arena, "/stations/%s/members", s.code);
    return audit_add(cx, "member_leave", "station", s.id, NULL);
}

err_t station_member_leave(struct ctx *cx, int64_t id, int64_t member_id)
{
    struct person p = {.id = id, .member_id = member_id};
    return store_tx(cx, STORE_WRITE, leave, &p);
}
