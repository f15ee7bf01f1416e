#include "match/field.h"

#include "match/mem.h"
#include "match/order.h"
#include "match/postings.h"

#include <stdlib.h>
#include <string.h>

#define SMALL_BLOCK 8192 /* ads of an occupation that are looked at without asking where they are */

/* ---- making ---- */

struct columns { /* what struct strip points at */
    int32_t *lat, *lng;
    uint64_t *skills;
    uint16_t *wage, *expires, *certificates;
    uint8_t *types, *shifts, *experience, *education;
};

static void room(struct field *f)
{
    struct columns *c = f->columns = mem_alloc(sizeof *c);
    size_t n = slim_room(f->n);
    *c = (struct columns){mem_lines(4 * n), mem_lines(4 * n), mem_lines(8 * n), mem_lines(2 * n), mem_lines(2 * n), mem_lines(2 * n),
                          mem_lines(n), mem_lines(n), mem_lines(n), mem_lines(n)};
    f->skills = c->skills;
    f->strip = (struct strip){c->lat, c->lng, c->wage, c->expires, c->certificates, c->types, c->shifts, c->experience, c->education};
    f->same = mem_lines(n * sizeof *f->same);
    f->cell = mem_lines(n * sizeof *f->cell);
    f->ad = mem_lines(n * sizeof *f->ad);
    f->part = mem_lines(n);
}

static void put(struct field *f, const struct wish *day, uint32_t at, unsigned part, uint32_t ad)
{
    const struct part *p = f->s->parts[part];
    const struct strip s = strip_of(p);
    struct columns *c = f->columns;
    uint32_t shown = __atomic_load_n(&p->exposure[ad], __ATOMIC_RELAXED);
    f->same[at] = (uint16_t)(wish_fresh_points(day, p->rows[ad].fresh) + exposure_points(shown));
    c->lat[at] = s.lat[ad];
    c->lng[at] = s.lng[ad];
    c->skills[at] = p->lanes.skills[ad];
    c->wage[at] = s.wage[ad];
    c->expires[at] = s.expires[ad];
    c->certificates[at] = s.certificates[ad];
    c->types[at] = s.types[ad];
    c->shifts[at] = s.shifts[ad];
    c->experience[at] = s.experience[ad];
    c->education[at] = s.education[ad];
    f->ad[at] = ad;
    f->part[at] = (uint8_t)part;
}

struct next { /* where a part is being read: its cells are in order, so parts are merged cell by cell */
    uint32_t cell;
};

/* The least cell that some part has not given yet. */
static bool next_cell(const struct snap *s, const struct next *at, uint64_t *key)
{
    bool any = false;
    for (unsigned i = 0; i < s->n_parts; i++) {
        const struct part *p = s->parts[i];
        if (at[i].cell + 1 < p->n_cells && (!any || p->cells[at[i].cell].key < *key)) {
            *key = p->cells[at[i].cell].key;
            any = true;
        }
    }
    return any;
}

void field_make(const struct match *m, const struct snap *s, int32_t today, struct field *f)
{
    struct wish day = {.m = m, .s = s, .today = wish_day(today)};
    struct next at[PARTS_MAX] = {{0}};
    uint64_t key = 0;
    *f = (struct field){.m = m, .s = s, .n = (uint32_t)s->n_live, .first = MEM_ARRAY(uint32_t, s->n_occupations + (size_t)1)};
    uint32_t *now = MEM_ARRAY(uint32_t, s->n_occupations + (size_t)1);
    room(f);
    for (unsigned i = 0; i < s->n_parts; i++)
        for (uint32_t ad = 0; ad < s->parts[i]->n; ad++)
            now[s->parts[i]->rows[ad].occupation + 1] += is_live(s->live[i], ad);
    for (uint32_t o = 0; o < s->n_occupations; o++)
        now[o + 1] += now[o];
    memcpy(f->first, now, (s->n_occupations + (size_t)1) * sizeof *now);
    while (next_cell(s, at, &key))
        for (unsigned i = 0; i < s->n_parts; i++) {
            const struct part *p = s->parts[i];
            if (at[i].cell + 1 >= p->n_cells || p->cells[at[i].cell].key != key)
                continue;
            for (uint32_t ad = p->cells[at[i].cell].start; ad < p->cells[at[i].cell + 1].start; ad++)
                if (is_live(s->live[i], ad)) {
                    f->cell[now[p->rows[ad].occupation]] = key;
                    put(f, &day, now[p->rows[ad].occupation]++, i, ad);
                }
            at[i].cell++;
        }
    mem_free(now);
}

void field_free(struct field *f)
{
    struct columns *c = f->columns;
    mem_free(c->lat);
    mem_free(c->lng);
    mem_free(c->skills);
    mem_free(c->wage);
    mem_free(c->expires);
    mem_free(c->certificates);
    mem_free(c->types);
    mem_free(c->shifts);
    mem_free(c->experience);
    mem_free(c->education);
    mem_free(c);
    mem_free(f->same);
    mem_free(f->cell);
    mem_free(f->ad);
    mem_free(f->part);
    mem_free(f->first);
    *f = (struct field){0};
}

/* ---- the best for one ---- */

struct run {
    struct ctx *cx;
    const struct field *f;
    const struct wish *w;
    struct person_gate gate;
    struct best best;
    int32_t level; /* points of the occupations being looked at */
};

static bool has_term(const struct part *p, uint64_t key, uint32_t ad)
{
    struct postings ps = part_postings(p, key);
    return postings_has(&ps, ad);
}

/* The conditions that lanes do not have. */
static bool suits(const struct run *x, unsigned part, uint32_t ad)
{
    const struct wish *w = x->w;
    const struct part *p = w->s->parts[part];
    const struct row *r = &p->rows[ad];
    if (wish_is_full(w, part, ad) || r->wage_max < w->wage_floor || (w->district_matters && !wish_near(w, r)))
        return false;
    for (size_t i = 0; i < w->p->not_employers.n; i++)
        if (w->p->not_employers.v[i] == p->sides[ad].employer)
            return false;
    for (size_t i = 0; i < w->n_not; i++)
        if (has_term(p, w->not_terms[i], ad))
            return false;
    return true;
}

static uint32_t wage_of(const struct field *f, uint32_t at)
{
    return f->strip.wage[at] < UINT16_MAX ? f->strip.wage[at] : f->s->parts[f->part[at]]->rows[f->ad[at]].wage_max;
}

static void offer(struct run *x, uint32_t at)
{
    const struct wish *w = x->w;
    const struct field *f = x->f;
    int32_t skills = wish_skill_points_most(w, f->skills[at]), points = x->level + f->same[at];
    if (!best_hopeful(&x->best, points + skills + POINTS_DISTANCE + POINTS_WAGE) || w->missing[f->strip.certificates[at]] > 0)
        return;
    points += wage_points(w->wage_floor, wage_of(f, at));
    if (!best_hopeful(&x->best, points + skills + POINTS_DISTANCE))
        return;
    points += distance_points(w->p->radius, ground_metres(&w->home, f->strip.lat[at], f->strip.lng[at]));
    if (!best_hopeful(&x->best, points + skills))
        return;
    unsigned part = f->part[at];
    uint32_t ad = f->ad[at];
    const struct part *p = w->s->parts[part];
    points += skills == 0 ? 0 : wish_skill_points(w, &p->sides[ad]);
    if (best_hopeful(&x->best, points) && suits(x, part, ad))
        best_add(x->cx->arena, &x->best, &(struct best_one){points, ad, p->sides[ad].id, part, 0});
}

static void scan(struct run *x, uint32_t from, uint32_t to)
{
    uint64_t bits[LANES_WORDS], none[LANES_WORDS];
    uint8_t need[128] = {0};
    for (uint32_t word, n; (n = lanes_next(NULL, &from, to, &word, bits)) > 0;) {
        lanes_ads(&x->f->strip, word, n, &x->gate, bits, none);
        if (x->best.n == x->best.k)
            wish_need(x->best.v[0].key - x->level - POINTS_OTHER, need);
        for (uint32_t i = 0; i < n; i++)
            for (uint64_t rest = lanes_skilled(x->f->skills + (word + (size_t)i) * 64, x->w->skill_bits, need, bits[i]); rest != 0; rest &= rest - 1)
                offer(x, (word + i) * 64 + (uint32_t)__builtin_ctzll(rest));
    }
}

static uint32_t first_at(const struct field *f, uint32_t lo, uint32_t hi, uint64_t key)
{
    return (uint32_t)order_from(f->cell, sizeof *f->cell, lo, hi, key);
}

static void scan_occupation(struct run *x, uint32_t occupation)
{
    const struct circle c = wish_circle(x->w);
    uint32_t from = x->f->first[occupation], to = x->f->first[occupation + 1], y, last;
    if (!x->gate.near || to - from <= SMALL_BLOCK) {
        scan(x, from, to);
        return;
    }
    for (circle_rows(&c, &y, &last); y <= last && from < to; y++) {
        struct cells in = circle_touched(&c, y);
        if (in.x0 > in.x1)
            continue;
        from = first_at(x->f, from, to, (uint64_t)y << 32 | in.x0);
        uint32_t end = first_at(x->f, from, to, ((uint64_t)y << 32 | in.x1) + 1);
        scan(x, from, end);
        from = end;
    }
}

void field_best(struct ctx *cx, const struct field *f, const struct wish *w, size_t k, struct best *out)
{
    struct run *x = ARENA_NEW(cx->arena, struct run);
    int32_t skills = w->skill_bits != 0 ? POINTS_SKILLS : 0;
    *x = (struct run){.cx = cx, .f = f, .w = w, .gate = wish_gate(w), .best = {.k = k}};
    x->gate.ends = true;
    for (unsigned level = 4; level > 0; level--) {
        x->level = occupation_level_points(level);
        if (!best_hopeful(&x->best, x->level + skills + POINTS_OTHER))
            break;
        for (uint32_t o = 1; o < w->s->n_occupations; o++)
            if (w->occupation_points[o] == x->level && f->first[o] < f->first[o + 1])
                scan_occupation(x, o);
    }
    if (best_hopeful(&x->best, skills + POINTS_OTHER))
        wish_best_elsewhere(cx, w, &x->best);
    *out = x->best;
}
