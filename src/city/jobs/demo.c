/* demo.c -- ads of the demo city, lived through in the order of their days: posted, checked, confirmed, filled, run out. */
#include "city/jobs/jobs.h"

#include "city/demo.h"
#include "city/employers/employers.h"
#include "city/house.h"
#include "city/jobs/demo_impl.h"
#include "city/reference.h"
#include "city/stations/stations.h"

#include "base/day.h"

#include "store/store.h"

#include <stdio.h>
#include <string.h>

enum { DAYS = 50, BATCH = 200, EMPLOYERS_MAX = 1000, BRANDS = 40 };

struct town {
    struct q_employer_list_row employers[EMPLOYERS_MAX];
    struct q_station_row *stations;
    size_t n_employers, n_stations;
    const struct demo_scale *scale;
    int64_t now;
    int from, to; /* of this batch */
};

/* Small, the same everywhere and every time: the n-th of a kind. */
static unsigned mix(unsigned n, unsigned salt)
{
    n = (n + 1) * 2654435761u ^ salt * 40503u;
    n ^= n >> 15;
    n *= 2246822519u;
    return n ^ n >> 13;
}

/* ---- employers: until the office of employers has its own ---- */

static const char *const brands[BRANDS] = {
    "海河", "津沽", "渤海湾", "海津", "盛源", "润禾", "安康", "同心", "北洋", "德润", "和畅", "新港", "金街", "银河", "蓟北", "瑞景",
    "泰安", "长庚", "福寿", "天和", "家里人", "邻里", "好帮手", "大正", "华明", "景和", "恒丰", "聚兴", "顺达", "通运", "联创", "智源",
    "云帆", "远航", "康宁", "仁心", "启明", "育才", "悦容", "海棠",
};

/* A code that passes the check but is nobody's: the middle part is made up of the number alone. */
static void uscc_of(int n, int64_t district, char out[19])
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    int sum = 0, weight = 1;
    char text[40];
    snprintf(text, sizeof text, "91%06dYX%07d", (int)district % 1000000, n % 10000000);
    memcpy(out, text, 17);
    for (int i = 0; i < 17; i++) {
        sum += (int)((const char *)memchr(alphabet, out[i], 31) - alphabet) * weight;
        weight = weight * 3 % 31;
    }
    out[17] = alphabet[(31 - sum % 31) % 31];
    out[18] = '\0';
}

static const struct city_street *street_nth(const struct city *city, unsigned n)
{
    for (size_t i = 0; i < city->n_streets; i++) {
        const struct city_street *s = &city->streets[(n + i) % city->n_streets];
        if (s->lat != 0)
            return s;
    }
    return &city->streets[0];
}

static err_t make_employer(struct ctx *cx, int n)
{
    const struct demo_trade *trade = &demo_trades[(size_t)n % demo_trades_n];
    const struct city_street *street = street_nth(cx->house->city, mix((unsigned)n, 3));
    char uscc[19];
    int64_t id;
    uscc_of(n, street->district, uscc);
    struct employer_form f = {
        .uscc = uscc,
        .name = arena_fmt(cx->arena, "天津%s%s有限公司（示例）", brands[(size_t)n / demo_trades_n % BRANDS], trade->name),
        .industry = trade->industry,
        .street = street->code,
        .address = arena_fmt(cx->arena, "示例路 %d 号", n % 90 + 1),
        .contact_name = "王经理（示例）",
        .contact_phone = arena_fmt(cx->arena, "022-0000%04d", n % 10000),
    };
    TRY(employer_register(cx, &f, &id));
    if (n % 7 == 6)
        return E_OK;
    struct actor clock = cx->actor;
    cx->actor.role = ROLE_STAFF;
    err_t e = employer_step(cx, id, "verify", "核对了营业执照原件");
    cx->actor = clock;
    return e;
}

static err_t employers_tx(struct ctx *cx, void *arg)
{
    const struct town *t = arg;
    for (int i = t->from; i < t->to; i++)
        TRY(make_employer(cx, i));
    return E_OK;
}

/* ---- ads ---- */

static struct job_form form_of(struct ctx *cx, const struct demo_ad *ad, const struct city_street *street, unsigned n)
{
    int step = ad->unit[0] == '\0' || ad->high < 1000 ? 0 : 100 * (int)(mix(n, 11) % 6);
    int64_t *experience = ARENA_NEW(cx->arena, int64_t);
    *experience = ad->experience;
    struct job_form f = {
        .title = ad->title,
        .description = ad->work,
        .requirements = ad->asks,
        .openings = 1 + mix(n, 5) % (ad->high > 9000 || ad->education != NULL ? 4 : 12),
        .wage = mix(n, 13) % 23 == 0 ? "面议" : arena_fmt(cx->arena, "%d-%d元/%s", ad->low + step, ad->high + step, ad->unit),
        .street = street->code,
        .address = arena_fmt(cx->arena, "示例路 %u 号", mix(n, 17) % 200 + 1),
        .education = ad->education,
        .experience = ad->experience > 0 ? experience : NULL,
        .job_type = ad->type,
        .shift = ad->shift,
        .benefits = ad->benefits,
        .certificates = ad->certificates,
        .hours = ad->hours,
    };
    if (mix(n, 19) % 3 != 0) {
        f.contact_name = "招聘负责人（示例）";
        f.contact_phone = arena_fmt(cx->arena, "022-0001%04u", n % 10000);
    }
    return f;
}

static const struct q_station_row *station_near(const struct town *t, const struct city_street *street)
{
    const struct q_station_row *same = NULL;
    for (size_t i = 0; i < t->n_stations; i++) {
        const struct q_station_row *s = &t->stations[i];
        if (s->street == street->code && station_serves(s->status))
            return s;
        if (same == NULL && s->district == street->district && station_serves(s->status))
            same = s;
    }
    return same;
}

/* A third from employers, half from desks, the rest from tables and from elsewhere. */
static struct job_source source_of(struct ctx *cx, const struct town *t, const struct q_employer_list_row *e,
                                   const struct city_street *street, unsigned n)
{
    unsigned kind = mix(n, 23) % 10;
    const struct q_station_row *s = station_near(t, street);
    struct job_source from = {.employer_id = e->id, .source = "sheet", .name = "社区排查表（示例）", .ref = arena_fmt(cx->arena, "demo-%u", n)};
    cx->actor = (struct actor){.role = ROLE_CLOCK, .name = "demo"};
    if (kind < 3) {
        from = (struct job_source){.employer_id = e->id, .source = "employer", .name = e->name};
        cx->actor = (struct actor){.role = ROLE_EMPLOYER, .employer_id = e->id, .name = "demo"};
    } else if (kind < 8 && s != NULL) {
        from = (struct job_source){.employer_id = e->id, .source = "desk", .name = s->name, .station_id = s->id};
        cx->actor = (struct actor){.role = ROLE_STAFF, .station_id = s->id, .district = s->district, .name = "demo"};
    } else if (kind == 9) {
        from.source = "feed";
        from.name = "市人力资源市场（示例）";
    }
    return from;
}

/* What happens to an ad later: most are confirmed now and then, some are filled, some rest. */
static err_t live_on(struct ctx *cx, int64_t id, unsigned n, int64_t age)
{
    struct q_job_get_row j;
    unsigned fate = mix(n, 29) % 20;
    TRY(job_find(cx, id, &j));
    cx->actor = (struct actor){.role = ROLE_STAFF, .station_id = j.station_id != NULL ? *j.station_id : 0, .name = "demo"};
    if (strcmp(j.status, "review") == 0)
        return fate < 12 ? job_step(cx, id, "publish", NULL) : fate == 19 ? job_step(cx, id, "return", "请写清楚上班地点和班次。") : E_OK;
    if (age < 6)
        return E_OK;
    cx->now += (age - 1 - fate % 5) * (int64_t)DAY_MS;
    if (fate == 0)
        return job_step(cx, id, "fill_self", NULL);
    if (fate == 1)
        return job_step(cx, id, "fill_referred", NULL);
    if (fate == 2)
        return job_step(cx, id, "pause", NULL);
    return fate < 12 && strcmp(j.status, "open") == 0 ? job_step(cx, id, "confirm", NULL) : E_OK;
}

/* The station and the district of the demo's logins have more to show than chance gives them; so has their employer. */
static const struct city_street *street_of(struct ctx *cx, const struct town *t, unsigned n)
{
    const struct city *city = cx->house->city;
    const struct city_street *own = NULL;
    size_t in_district;
    for (size_t i = 0; i < t->n_stations && own == NULL; i++)
        own = t->stations[i].id == 1 ? city_street(city, t->stations[i].street) : NULL;
    if (own == NULL || n % 12 > 1)
        return street_nth(city, mix(n, 41));
    if (n % 12 == 0)
        return own;
    const struct city_street *all = city_streets_of(city, own->district, &in_district);
    return &all[mix(n, 43) % in_district];
}

static err_t one_ad(struct ctx *cx, const struct town *t, unsigned n)
{
    const struct q_employer_list_row *e = &t->employers[n % 40 == 7 ? t->n_employers - 1 : mix(n, 31) % t->n_employers];
    size_t trade = (size_t)(e->id - 1) % demo_trades_n; /* employers are made in the order of the trades */
    const struct demo_ad *ad = &demo_trades[trade].ads[mix(n, 37) % demo_trades[trade].n];
    const struct city_street *street = street_of(cx, t, n);
    int64_t age = (int64_t)(t->scale->jobs - 1 - (int)n) * DAYS / t->scale->jobs;
    struct job_form f = form_of(cx, ad, street, n);
    enum job_put what;
    int64_t id;
    cx->now = t->now - age * (int64_t)DAY_MS;
    struct job_source from = source_of(cx, t, e, street, n);
    TRY(job_put(cx, &f, &from, &id, &what));
    return what == JOB_NEW ? live_on(cx, id, n, age) : E_OK;
}

static err_t ads_tx(struct ctx *cx, void *arg)
{
    const struct town *t = arg;
    for (int i = t->from; i < t->to; i++)
        TRY(one_ad(cx, t, (unsigned)i));
    return E_OK;
}

static err_t in_batches(struct ctx *cx, struct town *t, int total, err_t (*fn)(struct ctx *, void *))
{
    struct arena *outer = cx->arena, batch;
    struct actor who = cx->actor;
    err_t e = E_OK;
    arena_init(&batch, 0);
    cx->arena = &batch;
    for (t->from = 0; t->from < total && e == E_OK; t->from = t->to) {
        t->to = t->from + BATCH < total ? t->from + BATCH : total;
        arena_reset(&batch);
        e = store_tx(cx, STORE_WRITE, fn, t);
        cx->actor = who;
        cx->now = t->now;
    }
    e = ctx_back(cx, outer, e);
    arena_free(&batch);
    return e;
}

static err_t load_employers(struct ctx *cx, struct town *t)
{
    struct q_employer_list_row *rows;
    size_t n;
    TRY(employer_page(cx, &(struct q_employer_list_in){.lim = EMPLOYERS_MAX}, &rows, &n));
    t->n_employers = 0;
    for (size_t i = 0; i < n && t->n_employers < EMPLOYERS_MAX; i++)
        if (strcmp(rows[i].status, "blocked") != 0)
            t->employers[t->n_employers++] = rows[i];
    return E_OK;
}

static err_t some_reports(struct ctx *cx)
{
    static const struct {
        int64_t id;
        const char *reason, *detail;
    } told[] = {{1, "closed", "打电话说已经招满了（示例）"}, {13, "fee", "要交 300 元服装费（示例）"}, {25, "false", "说是双休，实际单休（示例）"},
                {37, "unfair", "面试时问有没有孩子（示例）"}, {49, "training", "让先交钱学习（示例）"}};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        err_t e = job_report(cx, told[i].id, told[i].reason, told[i].detail);
        if (e != E_OK && e != E_NOTFOUND)
            return e;
    }
    return E_OK;
}

err_t jobs_demo(struct ctx *cx, const struct demo_scale *s)
{
    struct q_job_states_row *states;
    struct town *t = ARENA_NEW(cx->arena, struct town);
    size_t n;
    TRY(job_states(cx, &(struct q_job_states_in){0}, &states, &n));
    if (n > 0)
        return E_OK;
    t->scale = s;
    t->now = cx->now;
    TRY(load_employers(cx, t));
    if (t->n_employers == 0) {
        TRY(in_batches(cx, t, s->employers < EMPLOYERS_MAX ? s->employers : EMPLOYERS_MAX, employers_tx));
        TRY(load_employers(cx, t));
    }
    TRY(station_all(cx, NULL, &t->stations, &t->n_stations));
    TRY(in_batches(cx, t, s->jobs, ads_tx));
    TRY(some_reports(cx));
    return jobs_expire_all(cx);
}
