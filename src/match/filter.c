#include "match/filter.h"

static const uint8_t *numbers_ok(struct ctx *cx, const struct codes *c, uint32_t n, struct match_list wanted)
{
    uint8_t *ok = arena_alloc(cx->arena, n);
    for (uint32_t i = 0; i < n; i++)
        for (size_t k = 0; k < wanted.n && !ok[i]; k++)
            ok[i] = c->v[i] == wanted.v[k] && c->v[i] != 0;
    return ok;
}

bool code_is_under(int64_t code, int64_t group)
{
    int64_t unit = group % 10000 == 0 ? (group % 1000000 == 0 ? 1000000 : 10000) : group % 100 == 0 ? 100 : 1;
    return code != 0 && code / unit == group / unit;
}

static const uint8_t *occupations_ok(struct ctx *cx, const struct codes *c, uint32_t n, struct match_list wanted)
{
    uint8_t *ok = arena_alloc(cx->arena, n);
    for (uint32_t i = 0; i < n; i++)
        for (size_t k = 0; k < wanted.n && !ok[i]; k++)
            ok[i] = code_is_under(c->v[i], wanted.v[k]);
    return ok;
}

/* n_few stays 0 when they are too many, or none. */
static void few_numbers(struct filter *f, uint32_t n)
{
    unsigned k = 0;
    for (uint32_t i = 0; i < n && i < 256 && k <= FILTER_FEW; i++)
        if (f->district_ok[i] && k++ < FILTER_FEW)
            f->few[k - 1] = (uint8_t)i;
    f->n_few = (uint8_t)(k <= FILTER_FEW ? k : 0);
}

static void ready_sets(struct ctx *cx, const struct match *m, const struct snap *s, const struct match_query *q, struct filter *f)
{
    if (q->districts.n > 0) {
        f->district_ok = numbers_ok(cx, &m->districts, s->n_districts, q->districts);
        few_numbers(f, s->n_districts);
        f->active |= 1u << MATCH_F_DISTRICT;
    }
    if (q->streets.n > 0) {
        f->street_ok = numbers_ok(cx, &m->streets, s->n_streets, q->streets);
        f->active |= 1u << MATCH_F_STREET;
    }
    if (q->occupations.n > 0) {
        f->occupation_ok = occupations_ok(cx, &m->occupations, s->n_occupations, q->occupations);
        f->active |= 1u << MATCH_F_OCCUPATION;
    }
    if (q->employers.n > 0) {
        f->employers = q->employers;
        f->active |= 1u << MATCH_F_EMPLOYER;
    }
}

/* A condition that is not there lets every mark of its facet pass. */
static void want_marks(struct filter *f, unsigned kind, unsigned first, uint64_t wanted)
{
    f->marks[kind] = marks_kind(kind);
    if (wanted == 0)
        return;
    f->marks[kind] &= wanted << first;
    f->active |= 1u << kind;
}

static void ready_marks(const struct match_query *q, struct filter *f)
{
    f->wage_floor = q->wage_floor > 0 ? (uint32_t)((q->wage_floor < INT32_MAX ? q->wage_floor : INT32_MAX) + 99) / 100 : 0;
    want_marks(f, MATCH_F_WAGE, MARK_WAGE, q->wage_bands);
    f->active |= f->wage_floor > 0 ? 1u << MATCH_F_WAGE : 0;
    want_marks(f, MATCH_F_EDUCATION, MARK_EDUCATION, q->educations);
    want_marks(f, MATCH_F_EXPERIENCE, MARK_EXPERIENCE, q->experiences);
    want_marks(f, MATCH_F_TYPE, MARK_TYPE, q->types);
    want_marks(f, MATCH_F_SHIFT, MARK_SHIFT, q->shifts);
    f->marks[MATCH_F_BENEFIT] = (q->benefits & ROW_BENEFITS) << MARK_BENEFIT;
    f->more_benefits = q->benefits & ~(uint64_t)ROW_BENEFITS;
    f->active |= q->benefits != 0 ? 1u << MATCH_F_BENEFIT : 0;
}

void filter_ready(struct ctx *cx, const struct match *m, const struct snap *s, const struct match_query *q, struct filter *f)
{
    int32_t today = q->today < 0 ? 0 : q->today > UINT16_MAX - 1 ? UINT16_MAX - 1 : q->today;
    *f = (struct filter){.today = (uint16_t)today, .from = ground_from(q->lat, q->lng)};
    ready_sets(cx, m, s, q, f);
    ready_marks(q, f);
    if (q->max_age > 0) {
        f->oldest = (uint16_t)(q->max_age > today ? 0 : today - q->max_age);
        f->active |= 1u << MATCH_F_AGE;
    }
    if (q->radius > 0 && f->from.known) {
        float r = (float)q->radius + 0.5F;
        f->radius_square = r * r;
        f->active |= 1u << MATCH_F_DISTANCE;
    }
}

static bool one_of(struct match_list l, int64_t x)
{
    for (size_t i = 0; i < l.n; i++)
        if (l.v[i] == x)
            return true;
    return false;
}

bool filter_other_firm(const struct filter *f, const struct side *s)
{
    return !one_of(f->employers, s->employer);
}
