#include "match/reverse.h"

#include "match/best.h"
#include "match/postings.h"

#include <string.h>

/* ---- the ad, made ready ---- */

static void ready_gate(struct reverse *x)
{
    const struct row *r = x->row;
    const struct cert_set *set = &x->m->sets.v[r->certificates];
    x->gate = (struct ad_gate){
        .lat = r->lat, .lng = r->lng, .known = r->lat != 0 || r->lng != 0, .wage_max = r->wage_max,
        .district = r->district == 0 ? 0 : mask_bit(x->m->districts.v[r->district]),
        .types = r->types == 0 ? 255 : r->types, .shifts = r->shifts == 0 ? 255 : r->shifts,
        .experience = r->experience, .education = r->education_band & 15,
    };
    for (uint32_t i = 0; i < set->n; i++)
        x->gate.certs |= mask_bit(set->code[i]);
}

static void ready_tables(struct reverse *x)
{
    int64_t code = x->m->occupations.v[x->row->occupation];
    uint8_t *skills = arena_alloc(x->cx->arena, x->m->words.n_skills + (size_t)1);
    x->wish_points = ARENA_ARRAY(x->cx->arena, uint16_t, x->s->n_wishes);
    for (uint32_t i = 0; i < x->s->n_wishes; i++)
        x->wish_points[i] = (uint16_t)occupation_level_points(shared_levels(x->m->wishes.v[i], code));
    uint64_t sign = skills_sign(x->side->skills);
    x->skill_bits = sign & ((UINT64_C(1) << SIGN_BITS) - 1);
    x->same_bits = (unsigned)(sign >> SIGN_BITS & 7);
    while (x->n_skills < PART_SKILLS && x->side->skills[x->n_skills] != 0)
        skills[x->side->skills[x->n_skills++]] = 1;
    for (unsigned have = 1; have <= x->n_skills; have++)
        x->points_of[have] = (uint16_t)(POINTS_SKILLS * have / x->n_skills);
    x->work = work_mark(code);
    x->skills = skills;
    x->same = wish_fresh_points(&x->wish.wish, x->row->fresh) + exposure_points(__atomic_load_n(&x->part->exposure[x->ad], __ATOMIC_RELAXED));
}

err_t reverse_ready(struct ctx *cx, const struct match *m, const struct snap *s, int64_t ad, int32_t today, struct reverse *x)
{
    *x = (struct reverse){.cx = cx, .m = m, .s = s};
    for (unsigned i = 0; i < s->n_parts && x->part == NULL; i++) {
        uint32_t at = part_find(s->parts[i], ad);
        if (at == UINT32_MAX || !is_live(s->live[i], at))
            continue;
        x->part = s->parts[i];
        x->part_number = i;
        x->ad = at;
    }
    if (x->part == NULL)
        return FAIL(cx, E_NOTFOUND, NULL, "ad %lld is not in this view", (long long)ad);
    x->row = &x->part->rows[x->ad];
    x->side = &x->part->sides[x->ad];
    wish_for_ad_ready(cx, m, s, today, &x->wish);
    ready_gate(x);
    ready_tables(x);
    return E_OK;
}

/* ---- what the bits leave open ---- */

static bool ad_has(struct reverse *x, uint64_t key)
{
    for (size_t i = 0; i < x->n_terms; i++)
        if (x->terms[i].key == key)
            return x->terms[i].has;
    struct postings p = part_postings(x->part, key);
    if (x->n_terms == x->cap_terms) {
        size_t cap = x->cap_terms == 0 ? 64 : 2 * x->cap_terms;
        x->terms = arena_grow(x->cx->arena, x->terms, x->cap_terms * sizeof *x->terms, cap * sizeof *x->terms);
        x->cap_terms = cap;
    }
    x->terms[x->n_terms++] = (struct known_term){key, postings_has(&p, x->ad)};
    return x->terms[x->n_terms - 1].has;
}

static bool refuses(struct reverse *x, const struct person *who)
{
    for (unsigned i = 0; i < who->head->n_not; i++)
        if (ad_has(x, two_words(who->terms, i)))
            return true;
    for (unsigned i = 0; i < who->head->n_employers; i++)
        if ((int64_t)two_words(who->employers, i) == x->side->employer)
            return true;
    return false;
}

static bool holds_all(const struct reverse *x, const struct person *who)
{
    if (x->gate.certs == 0) /* none is asked for, or all are waived (loosen.c) */
        return true;
    const struct cert_set *set = &x->m->sets.v[x->row->certificates];
    for (uint32_t k = 0; k < set->n; k++) {
        bool held = false;
        for (unsigned i = 0; i < who->head->n_certs && !held; i++)
            held = who->certs[i] == set->code[k];
        if (!held)
            return false;
    }
    return true;
}

/* For those who wish for districts. */
static bool place_suits(const struct reverse *x, const struct crowd *c, uint32_t i, const struct person *who)
{
    float dy = (float)(x->row->lat - c->lat[i]) * 0.111195F, dx = (float)(x->row->lng - c->lng[i]) * c->kx[i];
    if (!x->gate.districts || (x->gate.known && dy * dy + dx * dx < c->reach[i]))
        return true;
    for (unsigned k = 0; k < who->head->n_districts; k++)
        if (x->row->district != 0 && who->districts[k] == x->m->districts.v[x->row->district])
            return true;
    return false;
}

static bool suits(struct reverse *x, const struct crowd *c, const struct piece *p, uint32_t i)
{
    struct person who = person_read(piece_record(p, i));
    return holds_all(x, &who) && place_suits(x, c, i, &who) && who.head->wage_floor <= x->gate.wage_max &&
           (!(c->education[i] & CROWD_PICKY) || !refuses(x, &who));
}

/* What columns leave open is looked up in the records. */
static uint64_t sift_by_records(struct reverse *x, const struct piece *p, uint32_t word, uint64_t open)
{
    const struct crowd *c = p->made;
    uint64_t fit = 0;
    for (uint64_t rest = open; rest != 0; rest &= rest - 1)
        __builtin_prefetch(piece_record(p, word * 64 + (uint32_t)__builtin_ctzll(rest)));
    for (uint64_t rest = open; rest != 0; rest &= rest - 1)
        fit |= suits(x, c, p, word * 64 + (uint32_t)__builtin_ctzll(rest)) ? rest & -rest : 0;
    return fit;
}

/* ---- the walk ---- */

struct visit {
    struct reverse *x;
    unsigned piece;
    void (*each)(struct reverse *x, unsigned piece, uint32_t word, uint64_t bits, void *arg);
    void *arg;
};

static void walk_range(const struct visit *v, uint32_t from, uint32_t to)
{
    struct reverse *x = v->x;
    const struct piece *p = x->s->people.pieces[v->piece];
    const uint64_t *live = x->s->people.live[v->piece]->bits;
    bool all_open = x->gate.certs != 0 || x->gate.districts;
    uint64_t bits[LANES_WORDS], picky[LANES_WORDS];
    for (uint32_t word, n; (n = lanes_next(live, &from, to, &word, bits)) > 0;) {
        lanes_people(p->made, word, n, &x->gate, bits, picky);
        for (uint32_t i = 0; i < n; i++) {
            uint64_t open = all_open ? bits[i] : picky[i];
            if (open != 0)
                bits[i] = (bits[i] & ~open) | sift_by_records(x, p, word + i, open);
            if (bits[i] == 0)
                continue;
            x->fitting += (uint32_t)__builtin_popcountll(bits[i]);
            v->each(x, v->piece, word + i, bits[i], v->arg);
        }
    }
}

/* Cells a..b of a row; the cells of the band are in order. */
static void walk_cells(const struct visit *v, const struct crowd_band *band, uint32_t y, struct cells in, bool near)
{
    const struct crowd *c = v->x->s->people.pieces[v->piece]->made;
    uint32_t key = y << 14, from = band->first, to = band->end;
    if (in.x0 > in.x1)
        return;
    while (from < to) {
        uint32_t mid = (from + to) / 2;
        if (c->cells[mid].key < (key | in.x0))
            from = mid + 1;
        else
            to = mid;
    }
    for (to = from; to < band->end && c->cells[to].key <= (key | in.x1);)
        to++;
    v->x->gate.near = near;
    walk_range(v, c->cells[from].start, c->cells[to].start);
}

/* Homes from which the ad can be reached: from those far inside everybody's radius distances are not measured. */
static void walk_homes(const struct visit *v, const struct crowd_band *band)
{
    const struct row *r = v->x->row;
    struct circle far = {.lat = r->lat, .lng = r->lng, .radius = band->longest + 1.0}, sure = {.lat = r->lat, .lng = r->lng, .radius = band->shortest};
    uint32_t y0, y1;
    circle_rows(&far, &y0, &y1);
    for (uint32_t y = y0; y <= y1; y++) {
        struct cells some = circle_touched(&far, y), all = circle_inside(&sure, y);
        if (all.x0 > all.x1) {
            walk_cells(v, band, y, some, true);
            continue;
        }
        if (all.x0 > some.x0)
            walk_cells(v, band, y, (struct cells){some.x0, all.x0 - 1}, true);
        walk_cells(v, band, y, all, false);
        walk_cells(v, band, y, (struct cells){all.x1 + 1, some.x1}, true);
    }
}

static void walk_districts(const struct visit *v, const struct crowd_band *band)
{
    const struct crowd *c = v->x->s->people.pieces[v->piece]->made;
    v->x->gate.near = v->x->gate.districts = true;
    for (uint32_t k = band->first; k < band->end; k++)
        if (c->cells[k].key == UINT32_MAX || (c->cells[k].key & v->x->gate.district) != 0)
            walk_range(v, c->cells[k].start, c->cells[k + 1].start);
    v->x->gate.districts = false;
}

void reverse_walk(struct reverse *x, void (*each)(struct reverse *x, unsigned piece, uint32_t word, uint64_t bits, void *arg), void *arg)
{
    if (x->row->expires < x->wish.wish.today)
        return;
    for (unsigned i = 0; i < x->s->people.n; i++) {
        const struct visit v = {x, i, each, arg};
        const struct crowd *c = x->s->people.pieces[i]->made;
        for (uint32_t k = 0; k < c->n_bands; k++) {
            const struct crowd_band *band = &c->bands[k];
            x->gate.near = false;
            if (band->kind == BAND_ANYWHERE)
                walk_range(&v, c->cells[band->first].start, c->cells[band->end].start);
            else if (band->kind == BAND_DISTRICTS)
                walk_districts(&v, band);
            else if (x->gate.known)
                walk_homes(&v, band);
        }
    }
}

/* ---- points ---- */

/* What the columns have no room for. */
static void read_more(const struct reverse *x, const struct piece *p, uint32_t i, uint16_t *wish, unsigned *skills)
{
    struct person who = person_read(piece_record(p, i));
    for (unsigned k = CROWD_WISHES; k < who.head->n_wishes; k++)
        *wish = x->wish_points[who.wishes[k]] > *wish ? x->wish_points[who.wishes[k]] : *wish;
    for (unsigned k = CROWD_SKILLS; k < who.head->n_skills; k++)
        *skills += x->skills[who.skills[k]];
}

int32_t reverse_points(const struct reverse *x, const struct piece *p, uint32_t i)
{
    const struct crowd *c = p->made;
    const struct portrait *t = &c->portraits[i];
    uint16_t wish = 0;
    unsigned skills = 0;
    for (unsigned k = 0; k < CROWD_WISHES; k++)
        wish = x->wish_points[t->wishes[k]] > wish ? x->wish_points[t->wishes[k]] : wish;
    for (unsigned k = 0; k < CROWD_SKILLS; k++)
        skills += x->skills[t->skills[k]];
    if (c->education[i] & CROWD_MORE)
        read_more(x, p, i, &wish, &skills);
    return x->same + wish + x->points_of[skills] + wage_points(t->floor, x->row->wage_max) +
           distance_points(t->radius, ground_metres(&t->home, x->row->lat, x->row->lng));
}

void reverse_fetch(const struct crowd *c, uint32_t word, uint64_t bits)
{
    for (; bits != 0; bits &= bits - 1)
        __builtin_prefetch(&c->portraits[word * 64 + (uint32_t)__builtin_ctzll(bits)]);
}

/* ---- the best ---- */

#define WAITING 256 /* people whose portraits are being fetched */

struct chosen {
    struct best best;
    unsigned piece; /* of those who wait */
    uint32_t n, waiting[WAITING];
    uint8_t need[128]; /* so many of the ad's skills get somebody in, at least; the first counts */
};

/* Of those who have at most so many points but for skills, who may get in. */
static uint64_t skilled(const struct reverse *x, struct chosen *to, const uint64_t *signs, int32_t most, uint64_t bits)
{
    unsigned have = 0;
    while (have <= x->n_skills && !best_hopeful(&to->best, most + x->points_of[have]))
        have++;
    if (have == 0 || bits == 0)
        return bits;
    if (have > x->n_skills)
        return 0;
    to->need[0] = (uint8_t)(have > x->same_bits ? have - x->same_bits : 1);
    return lanes_skilled(signs, x->skill_bits, to->need, bits);
}

/* Of those whose wishes are worth at most so many points, who may get in: by wage and distance first, then by skills. */
static uint64_t hopeful(const struct reverse *x, struct chosen *to, const struct crowd *c, uint32_t word, int32_t wish, uint64_t bits)
{
    int32_t most = x->same + wish, bar = to->best.n < to->best.k ? 0 : to->best.k == 0 ? INT32_MAX : to->best.v[0].key;
    int32_t want = bar - most - (x->n_skills > 0 ? POINTS_SKILLS : 0);
    if (bits == 0 || want > POINTS_DISTANCE + POINTS_WAGE)
        return 0;
    bits = lanes_worth(c, word, &x->gate, want, bits);
    return skilled(x, to, c->skills + (size_t)word * 64, most + POINTS_DISTANCE + POINTS_WAGE, bits);
}

static void take_waiting(struct reverse *x, struct chosen *to)
{
    const struct piece *p = x->s->people.pieces[to->piece];
    const struct crowd *c = p->made;
    for (uint32_t i = 0; i < to->n; i++) {
        uint32_t who = to->waiting[i];
        int32_t points = reverse_points(x, p, who);
        if (best_hopeful(&to->best, points))
            best_add(x->cx->arena, &to->best, &(struct best_one){points, who, c->portraits[who].id, to->piece, 0});
    }
    to->n = 0;
}

static void offer(struct reverse *x, unsigned piece, uint32_t word, uint64_t bits, void *arg)
{
    struct chosen *to = arg;
    const struct crowd *c = x->s->people.pieces[piece]->made;
    uint64_t second, third = lanes_work(c, word, x->work, bits, &second);
    bits = hopeful(x, to, c, word, occupation_level_points(1), bits & ~second & ~third) | hopeful(x, to, c, word, occupation_level_points(2), second) |
           hopeful(x, to, c, word, POINTS_OCCUPATION, third);
    if (to->piece != piece || to->n + 64 > WAITING)
        take_waiting(x, to);
    to->piece = piece;
    reverse_fetch(c, word, bits);
    for (; bits != 0; bits &= bits - 1)
        to->waiting[to->n++] = word * 64 + (uint32_t)__builtin_ctzll(bits);
}

err_t match_people_for(struct ctx *cx, const struct match_view *v, int64_t ad, int32_t today, size_t k, struct match_candidates *out)
{
    struct reverse *x = ARENA_NEW(cx->arena, struct reverse);
    struct chosen to = {.best = {.k = k}};
    if (k > MATCH_DEEPEST)
        return FAIL(cx, E_LIMIT, NULL, "at most %u people", MATCH_DEEPEST);
    TRY(reverse_ready(cx, v->m, view_snap(v), ad, today, x));
    reverse_walk(x, offer, &to);
    if (to.n > 0)
        take_waiting(x, &to);
    struct best best = to.best;
    best_sort(&best);
    struct match_recommendation *list = ARENA_ARRAY(cx->arena, struct match_recommendation, best.n);
    for (size_t i = 0; i < best.n; i++) {
        struct person who = person_read(piece_record(x->s->people.pieces[best.v[i].part], best.v[i].ad));
        wish_for_ad_set(&x->wish, &who, x->row, x->side);
        reasons_make(cx, &x->wish.wish, x->part_number, x->ad, &list[i]);
        list[i].id = best.v[i].id;
    }
    *out = (struct match_candidates){(uint32_t)x->s->people.n_live, x->fitting, list, best.n};
    return E_OK;
}
