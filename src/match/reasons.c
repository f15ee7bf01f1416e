#include "match/wish.h"

struct reasons {
    struct match_reason *v;
    size_t n;
    int32_t score;
};

static void add(struct reasons *r, struct match_reason one)
{
    r->v[r->n++] = one;
    r->score += one.points;
}

static struct match_reason occupation_reason(const struct wish *w, const struct row *r)
{
    int64_t code = w->m->occupations.v[r->occupation];
    struct match_reason x = {.kind = MATCH_R_OCCUPATION, .met = true, .need = w->p->occupations.n > 0 ? 4 : 0,
                             .most = w->p->occupations.n > 0 ? POINTS_OCCUPATION : 0, .points = w->occupation_points[r->occupation]};
    for (size_t i = 0; i < w->p->occupations.n; i++) {
        unsigned level = shared_levels(w->p->occupations.v[i], code);
        if (i == 0 || level > x.have) {
            x.have = level;
            x.code = w->p->occupations.v[i];
        }
    }
    return x;
}

static struct match_reason skills_reason(const struct wish *w, const struct side *s)
{
    unsigned of, have = wish_skills(w, s, &of);
    return (struct match_reason){.kind = MATCH_R_SKILLS, .met = true, .points = wish_skill_points(w, s), .most = of == 0 ? 0 : POINTS_SKILLS,
                                 .have = have, .need = of};
}

static struct match_reason distance_reason(const struct wish *w, const struct row *r, int32_t metres)
{
    return (struct match_reason){.kind = MATCH_R_DISTANCE, .met = wish_near(w, r), .points = distance_points(w->p->radius, metres),
                                 .most = w->home.known ? POINTS_DISTANCE : 0, .have = metres, .need = w->near_matters ? w->p->radius : 0};
}

static void conditions(const struct wish *w, const struct row *r, struct reasons *out)
{
    add(out, (struct match_reason){.kind = MATCH_R_WAGE, .met = r->wage_max >= w->wage_floor, .points = wage_points(w->wage_floor, r->wage_max),
                                   .most = POINTS_WAGE, .have = (int64_t)r->wage_max * 100, .need = (int64_t)w->wage_floor * 100});
    add(out, (struct match_reason){.kind = MATCH_R_EDUCATION, .met = (r->education_band & 15) <= w->education, .have = w->p->education,
                                   .need = r->education_band & 15});
    add(out, (struct match_reason){.kind = MATCH_R_EXPERIENCE, .met = r->experience <= w->experience, .have = w->p->experience,
                                   .need = r->experience});
}

static void certificates(const struct wish *w, const struct row *r, struct reasons *out)
{
    const struct cert_set *set = &w->m->sets.v[r->certificates];
    for (uint32_t i = 0; i < set->n; i++) {
        bool held = false;
        for (size_t k = 0; k < w->p->n_certificates; k++)
            held = held || w->p->certificates[k] == set->code[i];
        add(out, (struct match_reason){.kind = MATCH_R_CERTIFICATE, .met = held, .have = held, .need = 1, .code = set->code[i]});
    }
}

static struct match_reason bits_reason(enum match_reason_kind kind, uint8_t have, uint8_t need)
{
    return (struct match_reason){.kind = kind, .met = have == 0 || need == 0 || (have & need) != 0, .have = have, .need = need};
}

static void what_passes(const struct wish *w, const struct part *p, uint32_t ad, struct reasons *out)
{
    uint32_t shown = __atomic_load_n(&p->exposure[ad], __ATOMIC_RELAXED);
    const struct row *r = &p->rows[ad];
    add(out, (struct match_reason){.kind = MATCH_R_FRESHNESS, .met = r->expires >= w->today, .points = wish_fresh_points(w, r->fresh),
                                   .most = POINTS_FRESH, .have = (int32_t)w->today - r->fresh});
    add(out, (struct match_reason){.kind = MATCH_R_EXPOSURE, .met = true, .points = exposure_points(shown), .most = POINTS_EXPOSURE,
                                   .have = shown});
}

void reasons_make(struct ctx *cx, const struct wish *w, unsigned part, uint32_t ad, struct match_recommendation *out)
{
    const struct part *p = w->s->parts[part];
    const struct row *r = &p->rows[ad];
    struct reasons all = {.v = ARENA_ARRAY(cx->arena, struct match_reason, MATCH_R_COUNT + MATCH_CERTS_MAX)};
    int32_t metres = ground_metres(&w->home, r->lat, r->lng);
    add(&all, occupation_reason(w, r));
    add(&all, skills_reason(w, &p->sides[ad]));
    add(&all, distance_reason(w, r, metres));
    conditions(w, r, &all);
    certificates(w, r, &all);
    add(&all, bits_reason(MATCH_R_SHIFT, r->shifts, w->shifts));
    add(&all, bits_reason(MATCH_R_TYPE, r->types, w->types));
    what_passes(w, p, ad, &all);
    *out = (struct match_recommendation){.id = p->sides[ad].id, .score = all.score, .distance = metres, .reasons = all.v, .n = all.n};
}
