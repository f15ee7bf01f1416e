#include "match/reverse.h"

#include "match/best.h"
#include "match/mem.h"
#include "match/postings.h"

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
    while (x->n_skills < PART_SKILLS && x->side->skills[x->n_skills] != 0) {
        x->skill_bits |= skill_bit(x->side->skills[x->n_skills]);
        skills[x->side->skills[x->n_skills++]] = 1;
    }
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

static bool place_suits(const struct reverse *x, const struct crowd *c, uint32_t i, const struct person *who)
{
    float dy = (float)(x->row->lat - c->lat[i]) * 0.111195F, dx = (float)(x->row->lng - c->lng[i]) * c->kx[i];
    if (isinf(c->reach[i]) || (x->gate.known && dy * dy + dx * dx < c->reach[i]))
        return true;
    for (unsigned k = 0; k < who->head->n_districts; k++)
        if (x->row->district != 0 && who->districts[k] == x->m->districts.v[x->row->district])
            return true;
    return false;
}

/* Only what its bits cannot decide is looked up in the record. */
static bool is_sure(const struct reverse *x, const struct crowd *c, uint32_t i)
{
    return x->gate.certs == 0 && c->districts[i] == 0 && !(c->gate[i] & CROWD_PICKY);
}

static bool suits(struct reverse *x, const struct crowd *c, const struct piece *p, uint32_t i)
{
    if (is_sure(x, c, i))
        return true;
    struct person who = person_read(piece_record(p, i));
    return holds_all(x, &who) && place_suits(x, c, i, &who) && !((c->gate[i] & CROWD_PICKY) && refuses(x, &who));
}

/* ---- the walk ---- */

/* Somebody of the cell may be near enough; a metre and a half more than the test itself allows. */
static bool cell_may(const struct reverse *x, const struct crowd_cell *c)
{
    if (c->anywhere || (c->districts & x->gate.district) != 0)
        return true;
    if (c->reach < 0 || !x->gate.known)
        return false;
    const struct row *r = x->row;
    int32_t lat = r->lat < c->south ? c->south : r->lat > c->north ? c->north : r->lat;
    int32_t lng = r->lng < c->west ? c->west : r->lng > c->east ? c->east : r->lng;
    double pole = fmax(fabs((double)c->south), fabs((double)c->north)) * 1.7453293e-8; /* where a degree eastwards is shortest */
    double dy = (r->lat - lat) * 0.111195, dx = (r->lng - lng) * 0.111195 * cos(pole), reach = c->reach * 1.0001 + 2;
    return dy * dy + dx * dx <= reach * reach;
}

static void walk_range(struct reverse *x, unsigned piece, uint32_t from, uint32_t to,
                       void (*each)(struct reverse *x, unsigned piece, const uint32_t *who, uint32_t n, void *arg), void *arg)
{
    const struct piece *p = x->s->people.pieces[piece];
    const struct live *live = x->s->people.live[piece];
    const struct crowd *c = p->made;
    for (; from < to; from += WALK_CHUNK) {
        uint32_t end = to - from > WALK_CHUNK ? from + WALK_CHUNK : to, n = lanes_people(c, from, end, &x->gate, x->chunk), kept = 0;
        for (uint32_t i = 0; i < n; i++) {
            uint32_t who = x->chunk[i];
            x->chunk[kept] = who;
            kept += is_live(live, who) && suits(x, c, p, who);
        }
        x->fitting += kept;
        each(x, piece, x->chunk, kept, arg);
    }
}

void reverse_walk(struct reverse *x, void (*each)(struct reverse *x, unsigned piece, const uint32_t *who, uint32_t n, void *arg), void *arg)
{
    if (x->row->expires < x->wish.wish.today)
        return;
    for (unsigned i = 0; i < x->s->people.n; i++) {
        const struct crowd *c = x->s->people.pieces[i]->made;
        for (uint32_t k = 0; k + 1 < c->n_cells;) {
            uint32_t first = k;
            while (k + 1 < c->n_cells && cell_may(x, &c->cells[k]))
                k++;
            if (k > first)
                walk_range(x, i, c->cells[first].start, c->cells[k].start, each, arg);
            else
                k++;
        }
    }
}

/* ---- points ---- */

static int32_t wish_points_of(const struct reverse *x, const struct crowd *c, const struct piece *p, uint32_t i)
{
    const uint16_t *w = &c->wishes[i * CROWD_WISHES];
    uint16_t best = 0;
    for (unsigned k = 0; k < CROWD_WISHES; k++)
        best = x->wish_points[w[k]] > best ? x->wish_points[w[k]] : best;
    if (c->gate[i] & CROWD_MORE) {
        struct person who = person_read(piece_record(p, i));
        for (unsigned k = CROWD_WISHES; k < who.head->n_wishes; k++)
            best = x->wish_points[who.wishes[k]] > best ? x->wish_points[who.wishes[k]] : best;
    }
    return best;
}

int32_t reverse_points(const struct reverse *x, const struct crowd *c, const struct piece *p, uint32_t i)
{
    struct ground_from home = {c->lat[i], c->lng[i], 0.111195F, c->kx[i], c->lat[i] != 0 || c->lng[i] != 0};
    return x->same + wish_points_of(x, c, p, i) + wage_points(c->floor[i], x->row->wage_max) +
           distance_points(c->radius[i], ground_metres(&home, x->row->lat, x->row->lng));
}

int32_t reverse_skill_points(const struct reverse *x, const struct piece *p, uint32_t i)
{
    const struct crowd *c = p->made;
    if ((c->skills[i] & x->skill_bits) == 0) /* most: their record need not be read */
        return 0;
    struct person who = person_read(piece_record(p, i));
    unsigned have = 0;
    for (unsigned k = 0; k < who.head->n_skills; k++)
        have += x->skills[who.skills[k]];
    return (int32_t)(POINTS_SKILLS * have / x->n_skills);
}

/* ---- the best ---- */

static void offer(struct reverse *x, unsigned piece, const uint32_t *who, uint32_t n, void *arg)
{
    struct best *best = arg;
    const struct piece *p = x->s->people.pieces[piece];
    const struct crowd *c = p->made;
    int32_t most = x->same + POINTS_DISTANCE + POINTS_WAGE;
    for (uint32_t i = 0; i < n; i++) {
        int32_t skills = (c->skills[who[i]] & x->skill_bits) != 0 ? POINTS_SKILLS : 0;
        if (!best_hopeful(best, most + skills + wish_points_of(x, c, p, who[i])))
            continue;
        int32_t points = reverse_points(x, c, p, who[i]);
        if (!best_hopeful(best, points + skills))
            continue;
        points += reverse_skill_points(x, p, who[i]);
        if (best_hopeful(best, points))
            best_add(x->cx->arena, best, &(struct best_one){points, who[i], p->ids[who[i]], piece, 0});
    }
}

err_t match_people_for(struct ctx *cx, const struct match_view *v, int64_t ad, int32_t today, size_t k, struct match_candidates *out)
{
    struct reverse *x = ARENA_NEW(cx->arena, struct reverse);
    struct best best = {.k = k};
    if (k > MATCH_DEEPEST)
        return FAIL(cx, E_LIMIT, NULL, "at most %u people", MATCH_DEEPEST);
    TRY(reverse_ready(cx, v->m, view_snap(v), ad, today, x));
    reverse_walk(x, offer, &best);
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
