#include "match/field.h"

#include "match/mem.h"
#include "match/postings.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK 2048
#define SMALL_BLOCK 512 /* ads of an occupation that are looked at without asking where they are */

/* ---- making ---- */

static void room(struct field *f)
{
    f->lanes.lat = MEM_ARRAY(int32_t, f->n);
    f->lanes.lng = MEM_ARRAY(int32_t, f->n);
    f->lanes.gate = MEM_ARRAY(uint32_t, f->n);
    f->lanes.wage = MEM_ARRAY(uint32_t, f->n);
    f->lanes.expires = MEM_ARRAY(uint16_t, f->n);
    f->lanes.skills = MEM_ARRAY(uint32_t, f->n);
    f->same = MEM_ARRAY(uint16_t, f->n);
    f->cell = MEM_ARRAY(uint64_t, f->n);
    f->ad = MEM_ARRAY(uint32_t, f->n);
    f->part = MEM_ARRAY(uint8_t, f->n);
}

static void put(struct field *f, const struct wish *day, uint32_t at, unsigned part, uint32_t ad)
{
    const struct part *p = f->s->parts[part];
    const struct lanes *l = &p->lanes;
    uint32_t shown = __atomic_load_n(&p->exposure[ad], __ATOMIC_RELAXED);
    f->same[at] = (uint16_t)(wish_fresh_points(day, &p->rows[ad]) + exposure_points(shown));
    f->lanes.skills[at] = l->skills[ad];
    f->lanes.lat[at] = l->lat[ad];
    f->lanes.lng[at] = l->lng[ad];
    f->lanes.gate[at] = l->gate[ad];
    f->lanes.wage[at] = l->wage[ad];
    f->lanes.expires[at] = l->expires[ad];
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
    mem_free(f->lanes.lat);
    mem_free(f->lanes.lng);
    mem_free(f->lanes.gate);
    mem_free(f->lanes.wage);
    mem_free(f->lanes.expires);
    mem_free(f->lanes.skills);
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
    uint32_t chunk[CHUNK];
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
    if (w->missing[r->certificates] > 0 || wish_is_full(w, part, ad) || (w->district_matters && !wish_near(w, r)))
        return false;
    for (size_t i = 0; i < w->p->not_employers.n; i++)
        if (w->p->not_employers.v[i] == p->sides[ad].employer)
            return false;
    for (size_t i = 0; i < w->n_not; i++)
        if (has_term(p, w->not_terms[i], ad))
            return false;
    return true;
}

static void offer(struct run *x, uint32_t at)
{
    const struct wish *w = x->w;
    int32_t skills = (x->f->lanes.skills[at] & w->skill_bits) != 0 ? POINTS_SKILLS : 0, points = x->level + x->f->same[at];
    if (!best_hopeful(&x->best, points + skills + POINTS_DISTANCE + POINTS_WAGE))
        return;
    points += wage_points(w->wage_floor, x->f->lanes.wage[at]);
    if (!best_hopeful(&x->best, points + skills + POINTS_DISTANCE))
        return;
    points += distance_points(w->p->radius, ground_metres(&w->home, x->f->lanes.lat[at], x->f->lanes.lng[at]));
    if (!best_hopeful(&x->best, points + skills))
        return;
    unsigned part = x->f->part[at];
    uint32_t ad = x->f->ad[at];
    const struct part *p = w->s->parts[part];
    points += skills == 0 ? 0 : wish_skill_points(w, &p->sides[ad]);
    if (best_hopeful(&x->best, points) && suits(x, part, ad))
        best_add(x->cx->arena, &x->best, &(struct best_one){points, ad, p->sides[ad].id, part, 0});
}

static void scan(struct run *x, uint32_t from, uint32_t to)
{
    for (; from < to; from += CHUNK) {
        uint32_t end = to - from > CHUNK ? from + CHUNK : to, n = lanes_ads(&x->f->lanes, from, end, &x->gate, x->chunk);
        for (uint32_t i = 0; i < n; i++)
            offer(x, x->chunk[i]);
    }
}

static uint32_t first_at(const struct field *f, uint32_t lo, uint32_t hi, uint64_t key)
{
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (f->cell[mid] < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static void scan_occupation(struct run *x, uint32_t occupation, const struct window *n)
{
    uint32_t from = x->f->first[occupation], to = x->f->first[occupation + 1];
    if (!x->gate.near || to - from <= SMALL_BLOCK) {
        scan(x, from, to);
        return;
    }
    for (uint64_t y = n->y0; y <= n->y1 && from < to; y++) {
        from = first_at(x->f, from, to, y << 32 | n->x0);
        uint32_t end = first_at(x->f, from, to, (y << 32 | n->x1) + 1);
        scan(x, from, end);
        from = end;
    }
}

void field_best(struct ctx *cx, const struct field *f, const struct wish *w, size_t k, struct best *out)
{
    struct run *x = ARENA_NEW(cx->arena, struct run);
    struct window n = {0};
    int32_t skills = w->skill_bits != 0 ? POINTS_SKILLS : 0;
    *x = (struct run){.cx = cx, .f = f, .w = w, .gate = wish_gate(w), .best = {.k = k}};
    if (x->gate.near)
        n = window_of(w);
    for (unsigned level = 4; level > 0; level--) {
        x->level = occupation_level_points(level);
        if (!best_hopeful(&x->best, x->level + skills + POINTS_OTHER))
            break;
        if (!best_hopeful(&x->best, x->level + POINTS_OTHER)) /* not without a skill */
            x->gate.skills = w->skill_bits;
        for (uint32_t o = 1; o < w->s->n_occupations; o++)
            if (w->occupation_points[o] == x->level && f->first[o] < f->first[o + 1])
                scan_occupation(x, o, &n);
    }
    if (best_hopeful(&x->best, skills + POINTS_OTHER))
        wish_best_elsewhere(cx, w, &x->best);
    *out = x->best;
}
