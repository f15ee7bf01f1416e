/* stations_impl.h -- what the files of this office share; for no other office. */
#ifndef STATIONS_IMPL_H
#define STATIONS_IMPL_H
#include "base/day.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/stations/stations.h"
#include "store/store.h"

#include "stations.sql.h"

/* ---- hours ---- */
struct station_hours_change {
    int64_t id, version;
    struct station_span spans[7][4];
    size_t n[7];
};
err_t station_weeks(struct ctx *cx, int64_t first_id, int64_t last_id, struct station_week *out) MUST_USE;
struct station_week station_week_of(const struct station_week *all, int64_t id);

/* ---- acts ---- */
/* Inside a write transaction: may this actor run the station (E_NOTFOUND when not: a foreign thing is like an absent
 * one), is it not closed, has nobody changed it since `version` (0 = not asked)? Counts its version up. */
err_t station_claim(struct ctx *cx, const struct q_station_row *s, int64_t version) MUST_USE;
/* What a guard is asked about. */
struct station_step {
    const struct station_evidence *evidence;
    const char *action;
};
const char *station_evidence_json(struct ctx *cx, const struct station_evidence *e);
#endif
