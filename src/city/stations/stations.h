/* stations.h -- the network of employment stations: records, hours, services, people, life.
 *
 * A station's code is "S" and its number. Positions are micro-degrees (WGS-84), distances metres, times of day
 * minutes since midnight, days yyyymmdd in the city's zone. Rows and texts live in cx->arena.
 */
#ifndef STATIONS_STATIONS_H
#define STATIONS_STATIONS_H
#include "base/ctx.h"
#include "base/field.h"
#include "base/flow.h"
#include "stations.rows.h"

extern const struct flow station_flow;
extern const struct choice station_access[], station_member_kinds[], station_items[]; /* types: station_type_choices in city/choices.h */

/* ---- finding ---- */
/* E_NOTFOUND when there is none. `code` is "S12", also lower case. */
err_t station_get(struct ctx *cx, const char *code, struct q_station_row *out) MUST_USE;
err_t station_by_id(struct ctx *cx, int64_t id, struct q_station_row *out) MUST_USE;
/* All stations, or those of one district (NULL = all), ordered by district and street. */
err_t station_all(struct ctx *cx, const int64_t *district, struct q_station_row **rows, size_t *n) MUST_USE;
bool station_serves(const char *status); /* people can go there: trial, open, rectifying */
/* May the present actor run this station? Its head, the officers of its district, the city. */
bool station_mine(const struct ctx *cx, const struct q_station_row *s);
/* Where to go instead: follows the successors of a closed station; its own row when it serves or nobody was named. */
err_t station_instead(struct ctx *cx, const struct q_station_row *s, struct q_station_row *out) MUST_USE;

struct station_found {
    struct q_station_row s;
    int64_t metres; /* -1 = no place was given */
    bool open_now;
};
/* The serving stations from the nearest on; at most `most`. Those open now first when `open_first`. */
err_t station_nearest(struct ctx *cx, int64_t lng, int64_t lat, bool open_first, size_t most, struct station_found **out, size_t *n) MUST_USE;

struct station_find { /* each NULL or 0 = no condition */
    const int64_t *district, *batch, *before; /* before: batches of earlier years */
    const char *type, *ring;        /* ring: "inner", "binhai", "near", "outer"; several with ',' */
    const char *status;             /* one or several with ','; "serving"; NULL = all */
    const char *service, *access;   /* "S03"; "ramp" */
    const char *words;              /* name, address, street (also pinyin and initials), code */
    bool open_now;
    const int64_t *lng, *lat;       /* sorted by distance, those open now first */
};
err_t station_search(struct ctx *cx, const struct station_find *f, struct station_found **out, size_t *n) MUST_USE;
bool station_position(struct ctx *cx, const char *text, int64_t *lng, int64_t *lat); /* "117.2,39.1" */
/* A position or a street ("大王庄", "dwz", its code): the place and what it is called. E_INVALID "near" when it is neither. */
err_t station_where(struct ctx *cx, const char *text, int64_t *lng, int64_t *lat, const char **name) MUST_USE;

/* ---- hours ---- */
struct station_span {
    int64_t from_min, to_min;
};
struct station_today {
    struct station_span spans[4];
    size_t n;         /* 0 = closed all day */
    bool open_now;    /* within a span, and the station serves */
    const char *line; /* translated: "今天 8:30–17:30", "今天休息（元旦），11 月 25 日（周三）8:30 开门" */
};
/* The week of one station and its special days from today on. */
struct station_week {
    const struct q_station_hours_row *hours;
    size_t n_hours;
    const struct q_station_days_row *days;
    size_t n_days;
};
/* A day off of the State Council's calendar is closed unless the station says otherwise; a weekend day that is worked
 * has its own hours, or else Monday's. */
void station_today(struct ctx *cx, const struct q_station_row *s, const struct station_week *w, struct station_today *out);
err_t station_week(struct ctx *cx, int64_t id, struct station_week *out) MUST_USE;
/* The spans of one date, and why it is closed (NULL or "" = an ordinary day of rest). */
size_t station_hours_on(struct ctx *cx, const struct station_week *w, int64_t ymd, struct station_span spans[4], const char **why);
size_t station_weekday(const struct station_week *w, int weekday, struct station_span spans[4]);
bool station_hours_read(struct ctx *cx, const char *text, struct station_span spans[4], size_t *n);
const char *station_hours_text(struct ctx *cx, const struct station_span *spans, size_t n); /* "8:30–12:00、13:30–17:30" */

/* ---- showing ---- */
/* The card: id, code, url is the page's to add; name, type, type_label, district, street_name, address, phone, status,
 * status_label, serves, brand, open, hours. `w` may be NULL (no hours then). */
void station_view(struct ctx *cx, struct view *to, const struct q_station_row *s, const struct station_week *w);

const char *station_item_names(struct ctx *cx, const char *items); /* "S01,S03" -> "求职登记、岗位推荐" */

/* ---- evidence ---- */
struct station_evidence { /* what is there on a day, and what its type asks for */
    int64_t full, part, volunteer, posted, expert, trained;
    int64_t staff, need_staff, need_full;
    const char *functions, *missing; /* items switched on; items of the norm that are not: "S01,S05" */
    int64_t trial_days, need_days, services, need_services;
    int64_t area_m2, need_area;
    int64_t days_of_week, phone, address, operator; /* 0 = not given */
    int64_t referrals, follow_ups, jobs, events; /* still open here: to be handed over before it closes */
    const char *successor; /* code of the station that takes over; NULL = none was named, or it does not serve */
};
err_t station_evidence(struct ctx *cx, const struct q_station_row *s, struct station_evidence *out) MUST_USE;
/* The step that a station in this state works towards; NULL = none. */
const char *station_next(const char *status);
/* What is missing before `action`, as a sentence ("还差：专职人员 1 名；试运营还差 12 天。"); NULL = nothing. */
const char *station_lacks(struct ctx *cx, const struct station_evidence *e, const char *action);

/* ---- its papers ---- */
const char *station_evidence_text(struct ctx *cx, const char *json); /* the evidence of a step, as a line; "" when it holds none */
err_t station_moves(struct ctx *cx, int64_t id, struct q_station_moves_row **rows, size_t *n) MUST_USE;         /* newest first */
err_t station_handovers(struct ctx *cx, int64_t id, struct q_station_handovers_row **rows, size_t *n) MUST_USE; /* newest first */
err_t station_services(struct ctx *cx, int64_t id, struct q_station_services_row **rows, size_t *n) MUST_USE;
/* Those who work there now. The name is sealed: station_member_name(). */
err_t station_members(struct ctx *cx, int64_t id, struct q_station_members_row **rows, size_t *n) MUST_USE;
err_t station_member_name(struct ctx *cx, struct blob name, const char **out) MUST_USE;

/* ---- acts (each is one transaction, audited) ---- */
struct station_plan { /* what a station is: planned, or corrected later */
    const char *name, *type, *address, *phone, *operator, *brand, *story, *access;
    int64_t street, area_m2;
    const int64_t *lng, *lat; /* NULL: the street's position, marked as approximate */
    const int64_t *due_on;
    int64_t batch;   /* only when planned */
    int64_t version; /* only when corrected */
};
err_t station_plan(struct ctx *cx, const struct station_plan *in, int64_t *id) MUST_USE;
err_t station_edit(struct ctx *cx, int64_t id, const struct station_plan *in) MUST_USE;
err_t station_move(struct ctx *cx, int64_t id, const char *action, const char *note, int64_t version) MUST_USE;
/* "8:30-12:00, 13:30-17:30" for each day, Monday first; NULL or "" = closed. E_INVALID names the field "d1" … "d7". */
err_t station_set_hours(struct ctx *cx, int64_t id, const char *const days[7], int64_t version) MUST_USE;
/* A day that differs: `hours` as above (one span), NULL or "" = closed. */
err_t station_set_day(struct ctx *cx, int64_t id, int64_t day, const char *hours, const char *note) MUST_USE;
err_t station_set_services(struct ctx *cx, int64_t id, const char *items, int64_t version) MUST_USE; /* "S01,S03" */
struct station_member {
    const char *name, *kind, *duty;
    const int64_t *trained_on, *from_on;
};
err_t station_member_join(struct ctx *cx, int64_t id, const struct station_member *in) MUST_USE;
err_t station_member_leave(struct ctx *cx, int64_t id, int64_t member_id) MUST_USE;
/* Names the successor of a closing station and moves its open referrals, follow-ups and ads there; a receipt stays. */
err_t station_hand_over(struct ctx *cx, int64_t id, const char *successor_code, const char *note, int64_t *receipt) MUST_USE;

/* ---- the demo city ---- */
struct demo_scale;
/* Once: does nothing when there are stations. Every step is made by the office's own flow, at the time it stands for. */
err_t stations_demo(struct ctx *cx, const struct demo_scale *s) MUST_USE;
#endif
