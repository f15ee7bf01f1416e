/* needs.c -- people who look for a class: they find one, or they wait until there are enough of them for one.
 *
 * What a provider sees is one fixed partition of those who wait: an occupation and level in a street, or in the other streets of the
 * district together. A part with fewer people than the rule says is not shown and no sum over parts is shown, so that a hidden
 * number cannot be found by subtracting (rule need.pool).
 */
#include "city/classes/classes.h"

#include "city/classes/classes_impl.h"
#include "city/people/people.h"

#include "base/geo.h"
#include "base/text.h"
#include "city/training.h"

#include <stdlib.h>
#include <string.h>

enum { SETTLE_MOST = 500, NEAR_MOST = 200 };

const struct choice need_states[] = {{"waiting", N_("等够人开班")}, {"offered", N_("有班了，已通知")}, {"enrolled", N_("已报名")}, {"closed", N_("已结束")}, {0}};
const struct choice need_schedules[] = {{"any", N_("都可以")}, {"day", N_("工作日白天")}, {"evening", N_("晚上")}, {"weekend", N_("周末")}, {0}};
const struct field need_fields[] = {
    {"occupation", F_OCCUPATION, F_REQUIRED, N_("想学什么"), N_("例如：养老护理、电工、烹饪。"), .off = offsetof(struct need_form, occupation)},
    {"level", F_CHOICE, F_REQUIRED, N_("哪一级"), N_("没有学过的从五级开始。"), .choices = training_levels, .off = offsetof(struct need_form, level)},
    {"schedule", F_CHOICE, F_REQUIRED, N_("什么时候有空"), .choices = need_schedules, .off = offsetof(struct need_form, schedule)},
    {"street", F_STREET, F_REQUIRED, N_("住在哪个街道"), N_("用来找近的班。"), .off = offsetof(struct need_form, street)},
    {0},
};

struct put {
    int64_t person_id, id;
    const struct need_form *in;
    const char *source;
};

static err_t add_tx(struct ctx *cx, void *arg)
{
    struct put *a = arg;
    const struct need_form *f = a->in;
    int64_t level = strtoll(f->level, NULL, 10), station = cx->actor.station_id;
    struct q_need_same_row *same;
    struct q_need_add_row row;
    size_t n;
    if (city_street(cx->house->city, f->street) == NULL)
        return SAY(cx, E_INVALID, "street", N_("请选一个本市的街道。"));
    TRY(q_need_same(cx, &(struct q_need_same_in){.person_id = a->person_id, .occupation = f->occupation, .level = level}, &same, &n));
    if (n > 0) {
        a->id = same->id; /* the same wish, said anew: when and where may be another now */
        TRY(q_need_change(cx, &(struct q_need_change_in){.schedule = f->schedule, .district = f->street / 1000, .street = f->street, .id = same->id}, NULL));
        return audit_add(cx, "change", "need", same->id, NULL);
    }
    TRY(q_need_add(cx, &(struct q_need_add_in){.person_id = a->person_id, .station_id = station > 0 ? &station : NULL, .occupation = f->occupation,
                                               .level = level, .district = f->street / 1000, .street = f->street, .schedule = f->schedule,
                                               .source = a->source, .status = "waiting", .at = cx->now}, &row));
    a->id = row.id;
    return audit_add(cx, "create", "need", row.id, NULL);
}

err_t need_add(struct ctx *cx, int64_t person_id, const struct need_form *in, const char *source, int64_t *id)
{
    struct put a = {.person_id = person_id, .in = in, .source = source};
    TRY(store_tx(cx, STORE_WRITE, add_tx, &a));
    *id = a.id;
    return E_OK;
}

struct ending {
    int64_t id;
    bool enrolled;
};

static err_t close_tx(struct ctx *cx, void *arg)
{
    const struct ending *e = arg;
    struct q_need_get_row r;
    size_t n;
    TRY(q_need_get(cx, &(struct q_need_get_in){.id = e->id}, &r));
    TRY(q_need_move(cx, &(struct q_need_move_in){.status = e->enrolled ? "enrolled" : "closed", .class_id = r.class_id, .id = r.id, .was = r.status}, &n));
    return n > 0 ? audit_add(cx, e->enrolled ? "enrol" : "close", "need", r.id, NULL) : FAIL(cx, E_CONFLICT, NULL, "need moved meanwhile");
}

err_t need_close(struct ctx *cx, int64_t need_id, bool enrolled)
{
    return store_tx(cx, STORE_WRITE, close_tx, &(struct ending){need_id, enrolled});
}

err_t needs_of(struct ctx *cx, int64_t person_id, struct q_need_of_person_row **rows, size_t *n)
{
    return q_need_of_person(cx, &(struct q_need_of_person_in){.person_id = person_id}, rows, n);
}

/* ---- finding ---- */

static int64_t metres(const struct city_street *s, const struct q_class_list_row *c)
{
    if (s == NULL || s->lng == 0 || c->lng == 0)
        return -1;
    struct geo a = {(double)s->lng / 1e6, (double)s->lat / 1e6}, b = {(double)c->lng / 1e6, (double)c->lat / 1e6};
    return (int64_t)geo_metres_fast(a, b);
}

static int nearer(const void *x, const void *y)
{
    const struct need_class *a = x, *b = y;
    int64_t am = a->metres < 0 ? INT64_MAX : a->metres / 1000, bm = b->metres < 0 ? INT64_MAX : b->metres / 1000;
    if (am != bm)
        return am < bm ? -1 : 1;
    if (a->row.starts_on != b->row.starts_on)
        return a->row.starts_on < b->row.starts_on ? -1 : 1;
    return a->row.id < b->row.id ? -1 : 1;
}

err_t needs_forget(struct ctx *cx, int64_t person_id)
{
    return q_need_forget(cx, &(struct q_need_forget_in){.person_id = person_id}, NULL);
}

err_t need_classes(struct ctx *cx, const char *occupation, int64_t level, const char *schedule, int64_t street, size_t most, struct need_class **out,
                   size_t *n)
{
    struct q_class_list_row *rows;
    size_t n_rows;
    bool any = schedule == NULL || strcmp(schedule, "any") == 0;
    struct class_filter f = {.level = &level, .occupation = occupation, .schedule = any ? NULL : schedule, .audience = "society",
                             .from_on = today_of(cx), .shown = 2, .lim = NEAR_MOST};
    TRY(classes_search(cx, &f, &rows, &n_rows));
    struct need_class *list = ARENA_ARRAY(cx->arena, struct need_class, n_rows + 1);
    *n = 0;
    for (size_t i = 0; i < n_rows; i++)
        if (rows[i].taken < rows[i].seats)
            list[(*n)++] = (struct need_class){rows[i], metres(city_street(cx->house->city, street), &rows[i])};
    qsort(list, *n, sizeof *list, nearer);
    *n = *n < most ? *n : most;
    *out = list;
    return E_OK;
}

/* ---- the pool ---- */

static bool same_area(const struct q_need_cells_row *a, const struct q_need_cells_row *b)
{
    return strcmp(a->occupation, b->occupation) == 0 && a->level == b->level && a->district == b->district;
}

err_t need_pool(struct ctx *cx, const int64_t *district, const struct need_cell **cells, size_t *n)
{
    struct q_need_cells_row *rows;
    size_t n_rows;
    int64_t least;
    TRY(rules_number(cx, cx->house->rules, "need.pool", "least", today_of(cx), &least, NULL));
    TRY(q_need_cells(cx, &rows, &n_rows));
    struct need_cell *out = ARENA_ARRAY(cx->arena, struct need_cell, n_rows * 2 + 1);
    *n = 0;
    for (size_t i = 0, k; i < n_rows; i = k) {
        int64_t others = 0;
        for (k = i; k < n_rows && same_area(&rows[i], &rows[k]); k++) {
            if (district != NULL && rows[k].district != *district)
                continue;
            if (rows[k].n >= least)
                out[(*n)++] = (struct need_cell){rows[k].occupation, rows[k].level, rows[k].district, rows[k].street, rows[k].n};
            else
                others += rows[k].n;
        }
        if (others >= least)
            out[(*n)++] = (struct need_cell){rows[i].occupation, rows[i].level, rows[i].district, 0, others};
    }
    *cells = out;
    return E_OK;
}

struct offer {
    int64_t class_id, street, told;
};

/* In the pool's cell: of that street, or of any street that is no cell of its own. */
static bool in_cell(const struct need_cell *cells, size_t n, const struct q_class_rows_row *c, int64_t street, int64_t of)
{
    bool own = false;
    for (size_t i = 0; i < n; i++)
        own = own || (strcmp(cells[i].occupation, c->occupation) == 0 && cells[i].level == c->level && cells[i].district == c->district &&
                      cells[i].street == of);
    return street != 0 ? of == street : !own;
}

static err_t tell(struct ctx *cx, const struct q_class_rows_row *c, const struct q_need_waiting_row *r)
{
    bool may;
    const char *phone;
    TRY(consent_has(cx, r->person_id, "contact", &may));
    TRY(unseal(cx, "person.phone", r->phone, &phone));
    if (!may || phone == NULL)
        return E_OK; /* the station tells them, and their own page does */
    return outbox_add(cx, "sms", phone, tr(cx, "有您要的培训班了"),
                      arena_fmt(cx->arena, tr(cx, "您登记想学的“%s”有班了：%s，%s开班，%s。名额按报名先后。详情 %s/classes/%s"), c->project_name, c->provider_name,
                                day_text(cx, c->starts_on), c->place_name, cx->house->base_url, c->code));
}

static err_t offer_tx(struct ctx *cx, void *arg)
{
    struct offer *o = arg;
    struct q_class_rows_row c;
    const struct need_cell *cells;
    struct q_need_waiting_row *rows;
    size_t n, n_cells;
    bool shown = false;
    o->told = 0;
    TRY(class_find(cx, o->class_id, &c));
    TRY(class_own(cx, &c));
    if (strcmp(c.status, "approved") != 0)
        return SAY(cx, E_STATE, NULL, N_("班经区里同意以后，才能通知登记了需求的人。"));
    TRY(need_pool(cx, &c.district, &cells, &n_cells));
    for (size_t i = 0; i < n_cells; i++)
        shown = shown || (strcmp(cells[i].occupation, c.occupation) == 0 && cells[i].level == c.level && cells[i].street == o->street);
    if (!shown)
        return SAY(cx, E_STATE, NULL, N_("这一片现在没有足够多的人在等这个班。"));
    TRY(q_need_waiting(cx, &(struct q_need_waiting_in){.occupation = c.occupation, .level = c.level, .district = c.district}, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        size_t moved;
        if (!in_cell(cells, n_cells, &c, o->street, rows[i].street))
            continue;
        TRY(q_need_move(cx, &(struct q_need_move_in){.status = "offered", .class_id = &c.id, .id = rows[i].id, .was = "waiting"}, &moved));
        TRY(tell(cx, &c, &rows[i]));
        o->told += (int64_t)moved;
    }
    return audit_add(cx, "offer", "class", c.id, arena_fmt(cx->arena, "{\"needs\":%lld}", (long long)o->told));
}

err_t need_offer(struct ctx *cx, int64_t class_id, int64_t street, int64_t *told)
{
    struct offer o = {.class_id = class_id, .street = street};
    TRY(store_tx(cx, STORE_WRITE, offer_tx, &o));
    *told = o.told;
    return E_OK;
}

static err_t settle_tx(struct ctx *cx, void *arg)
{
    struct q_need_entered_row *in;
    struct q_need_stale_row *stale;
    size_t n;
    (void)arg;
    TRY(q_need_entered(cx, &(struct q_need_entered_in){.starts_on = day_add(today_of(cx), -90), .lim = SETTLE_MOST}, &in, &n));
    for (size_t i = 0; i < n; i++)
        TRY(q_need_move(cx, &(struct q_need_move_in){.status = "enrolled", .class_id = &in[i].class_id, .id = in[i].id, .was = in[i].status}, NULL));
    TRY(q_need_stale(cx, &(struct q_need_stale_in){.lim = SETTLE_MOST}, &stale, &n));
    for (size_t i = 0; i < n; i++) /* that class is under way without them: they wait for the next */
        TRY(q_need_move(cx, &(struct q_need_move_in){.status = "waiting", .class_id = NULL, .id = stale[i].id, .was = "offered"}, NULL));
    return E_OK;
}

err_t needs_settle(struct ctx *cx) { return store_tx(cx, STORE_WRITE, settle_tx, NULL); }
