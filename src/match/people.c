#include "match/people.h"

#include "match/mem.h"

#include <string.h>

#define HEAD_WORDS (sizeof(struct person_head) / sizeof(uint32_t))

/* ---- records ---- */

struct person person_read(const uint32_t *record)
{
    struct person p = {.head = (const void *)record};
    const struct person_head *h = p.head;
    p.wishes = record + HEAD_WORDS;
    p.districts = (const int32_t *)(p.wishes + h->n_wishes);
    p.certs = p.districts + h->n_districts;
    p.skills = (const uint16_t *)(p.certs + h->n_certs);
    p.terms = (const uint32_t *)(p.certs + h->n_certs) + (h->n_skills + 1) / 2;
    p.employers = p.terms + 2 * h->n_not;
    return p;
}

static uint8_t at_most(size_t n, size_t most)
{
    return (uint8_t)(n < most ? n : most);
}

static uint32_t *put_two(uint32_t *at, uint64_t x)
{
    at[0] = (uint32_t)x;
    at[1] = (uint32_t)(x >> 32);
    return at + 2;
}

static struct person_head head_of(const struct match_person *p)
{
    bool place = p->lat >= -90000000 && p->lat <= 90000000 && p->lng >= -180000000 && p->lng <= 180000000;
    return (struct person_head){
        .lat = place ? p->lat : 0,
        .lng = place ? p->lng : 0,
        .radius = p->radius > 0 ? p->radius : 0,
        .wage_floor = wish_yuan(p->wage_floor),
        .experience = p->experience,
        .education = p->education,
        .types = p->types,
        .shifts = p->shifts,
        .n_wishes = at_most(p->occupations.n, PERSON_WISHES),
        .n_districts = at_most(p->districts.n, PERSON_DISTRICTS),
        .n_certs = at_most(p->n_certificates, PERSON_CERTS),
        .n_employers = at_most(p->not_employers.n, PERSON_EMPLOYERS),
    };
}

err_t match_person_put(struct ctx *cx, struct match *m, int64_t id, const struct match_person *p)
{
    struct person_head h = head_of(p);
    uint16_t skills[SKILLS_NAMED + 1] = {0};
    uint64_t terms[NOT_WORDS];
    uint32_t wishes[PERSON_WISHES];
    h.n_skills = (uint8_t)named_skills(m, p->words, skills, SKILLS_NAMED);
    h.n_not = (uint8_t)unwanted_terms(m, p->not_words, terms);
    for (unsigned i = 0; i < h.n_wishes; i++) {
        wishes[i] = codes_number(&m->wishes, p->occupations.v[i]);
        if (wishes[i] == CODES_MAX)
            return FAIL(cx, E_LIMIT, NULL, "more than %u different occupations are wished for", CODES_MAX);
    }
    size_t n = HEAD_WORDS + h.n_wishes + h.n_districts + h.n_certs + (h.n_skills + 1u) / 2 + 2u * h.n_not + 2u * h.n_employers;
    uint32_t *at = tray_put(&m->people, id, n);
    memcpy(at, &h, sizeof h);
    at += HEAD_WORDS;
    for (unsigned i = 0; i < h.n_wishes; i++)
        *at++ = wishes[i];
    for (unsigned i = 0; i < h.n_districts; i++)
        *at++ = (uint32_t)p->districts.v[i];
    for (unsigned i = 0; i < h.n_certs; i++)
        *at++ = (uint32_t)p->certificates[i];
    memcpy(at, skills, (h.n_skills + 1u) / 2 * sizeof *at);
    at += (h.n_skills + 1u) / 2;
    for (unsigned i = 0; i < h.n_not; i++)
        at = put_two(at, terms[i]);
    for (unsigned i = 0; i < h.n_employers; i++)
        at = put_two(at, (uint64_t)p->not_employers.v[i]);
    return E_OK;
}

err_t match_person_remove(struct ctx *cx, struct match *m, int64_t id)
{
    (void)cx;
    tray_remove(&m->people, id);
    return E_OK;
}

/* ---- columns ---- */

static bool has_reach(const struct person_head *h)
{
    return h->radius > 0 && (h->lat != 0 || h->lng != 0);
}

/* About how long: a quarter longer is another one. */
static uint64_t length_of(int32_t radius)
{
    unsigned bits = 31 - (unsigned)__builtin_clz((uint32_t)radius);
    return bits << 2 | (bits >= 2 ? (uint32_t)radius >> (bits - 2) & 3 : 0);
}

#define KEY_DISTRICTS (UINT64_C(1) << 62)
#define KEY_HOMES (UINT64_C(1) << 63)
#define KEY_CELL 28 /* bits of the cell of a home, below the length of the radius */

static uint64_t key_of(const uint32_t *record)
{
    struct person p = person_read(record);
    if (p.head->n_districts > 0)
        return KEY_DISTRICTS | (uint32_t)p.districts[0];
    if (!has_reach(p.head))
        return 0;
    uint64_t cell = cell_key(p.head->lat, p.head->lng);
    return KEY_HOMES | length_of(p.head->radius) << KEY_CELL | cell >> 32 << 14 | (cell & UINT32_MAX);
}

static uint64_t band_of(uint64_t key)
{
    return key >= KEY_HOMES ? key >> KEY_CELL : key >> 62;
}

static void fill_place(struct crowd *c, uint32_t i, const struct person *p)
{
    const struct person_head *h = p->head;
    float reach = (float)h->radius + 0.5F;
    c->lat[i] = h->lat;
    c->lng[i] = h->lng;
    c->kx[i] = ground_from(h->lat, h->lng).kx;
    c->reach[i] = has_reach(h) ? reach * reach : h->n_districts > 0 ? 0 : INFINITY;
    for (unsigned k = 0; k < h->n_districts; k++)
        c->districts[i] |= mask_bit(p->districts[k]);
}

static bool wishes_widely(const struct match *m, const struct person *p)
{
    bool wide = p->head->n_wishes > CROWD_WISHES;
    for (unsigned k = 0; k < p->head->n_wishes && !wide; k++)
        wide = m->wishes.v[p->wishes[k]] % 10000 == 0;
    return wide;
}

static void fill_person(struct crowd *c, uint32_t i, int64_t id, const struct person *p, const struct match *m)
{
    const struct person_head *h = p->head;
    struct portrait *t = &c->portraits[i];
    fill_place(c, i, p);
    *t = (struct portrait){.id = id, .home = ground_from(h->lat, h->lng), .radius = h->radius, .floor = h->wage_floor};
    for (unsigned k = 0; k < h->n_skills; k++)
        c->skills[i] |= skill_bit(p->skills[k]);
    for (unsigned k = 0; k < h->n_certs; k++)
        c->certs[i] |= mask_bit(p->certs[k]);
    for (unsigned k = 0; k < h->n_wishes && k < CROWD_WISHES; k++) {
        t->wishes[k] = (uint16_t)p->wishes[k];
        c->works[i] |= (uint64_t)work_mark(m->wishes.v[p->wishes[k]]) << 16 * k;
    }
    for (unsigned k = 0; k < h->n_skills && k < CROWD_SKILLS; k++)
        t->skills[k] = p->skills[k];
    c->floor[i] = (uint16_t)(h->wage_floor > UINT16_MAX ? UINT16_MAX : h->wage_floor);
    c->types[i] = h->types == 0 ? 255 : h->types;
    c->shifts[i] = h->shifts == 0 ? 255 : h->shifts;
    c->experience[i] = (uint8_t)(h->experience > 255 ? 255 : h->experience);
    c->education[i] = (uint8_t)(wish_education(h->education) | (h->n_wishes > CROWD_WISHES || h->n_skills > CROWD_SKILLS ? CROWD_MORE : 0) |
                                (wishes_widely(m, p) ? CROWD_WIDE : 0) |
                                (h->n_not + h->n_employers > 0 || h->wage_floor >= UINT16_MAX ? CROWD_PICKY : 0));
}

static void crowd_room(struct crowd *c)
{
    size_t n = slim_room(c->n);
    c->lat = mem_lines(n * sizeof *c->lat);
    c->lng = mem_lines(n * sizeof *c->lng);
    c->kx = mem_lines(n * sizeof *c->kx);
    c->reach = mem_lines(n * sizeof *c->reach);
    c->districts = mem_lines(n * sizeof *c->districts);
    c->certs = mem_lines(n * sizeof *c->certs);
    c->works = mem_lines(n * sizeof *c->works);
    c->floor = mem_lines(n * sizeof *c->floor);
    c->types = mem_lines(n);
    c->shifts = mem_lines(n);
    c->experience = mem_lines(n);
    c->education = mem_lines(n);
    c->skills = mem_lines(n * sizeof *c->skills);
    c->portraits = mem_lines(n * sizeof *c->portraits);
    c->cells = MEM_ARRAY(struct crowd_cell, c->n + (size_t)1);
    c->bands = MEM_ARRAY(struct crowd_band, c->n);
}

/* Person i belongs to the last cell and band. */
static void widen(struct crowd *c, uint32_t i, uint64_t key, const struct person_head *h)
{
    struct crowd_cell *cell = &c->cells[c->n_cells - 1];
    struct crowd_band *band = &c->bands[c->n_bands - 1];
    band->end = c->n_cells;
    if (key >= KEY_HOMES) {
        cell->key = key & ((1u << KEY_CELL) - 1);
        band->kind = BAND_HOMES;
        band->shortest = band->shortest == 0 || h->radius < band->shortest ? h->radius : band->shortest;
        band->longest = h->radius > band->longest ? h->radius : band->longest;
    } else if (key >= KEY_DISTRICTS) {
        cell->key |= has_reach(h) ? UINT32_MAX : c->districts[i];
        band->kind = BAND_DISTRICTS;
    }
}

static void *make_crowd(const struct match *m, const struct snap *s, const struct piece *p)
{
    struct crowd *c = mem_alloc(sizeof *c);
    uint64_t last = 0;
    (void)s;
    c->n = p->n;
    crowd_room(c);
    for (uint32_t i = 0; i < p->n; i++) {
        struct person who = person_read(piece_record(p, i));
        uint64_t key = key_of(piece_record(p, i));
        fill_person(c, i, p->ids[i], &who, m);
        if (i == 0 || band_of(key) != band_of(last))
            c->bands[c->n_bands++] = (struct crowd_band){.kind = BAND_ANYWHERE, .first = c->n_cells};
        if (i == 0 || key != last)
            c->cells[c->n_cells++] = (struct crowd_cell){.start = i};
        last = key;
        widen(c, i, key, who.head);
    }
    c->cells[c->n_cells++] = (struct crowd_cell){.start = p->n};
    c->cells = mem_resize(c->cells, SIZE_MAX, c->n_cells * sizeof *c->cells);
    c->bands = mem_resize(c->bands, SIZE_MAX, c->n_bands * sizeof *c->bands);
    return c;
}

static void drop_crowd(void *made)
{
    struct crowd *c = made;
    mem_free(c->lat);
    mem_free(c->lng);
    mem_free(c->kx);
    mem_free(c->reach);
    mem_free(c->districts);
    mem_free(c->certs);
    mem_free(c->works);
    mem_free(c->floor);
    mem_free(c->types);
    mem_free(c->shifts);
    mem_free(c->experience);
    mem_free(c->education);
    mem_free(c->skills);
    mem_free(c->portraits);
    mem_free(c->bands);
    mem_free(c->cells);
    mem_free(c);
}

static size_t crowd_bytes(const void *made)
{
    const struct crowd *c = made;
    size_t one = 6 * sizeof(uint32_t) + 2 * sizeof(uint64_t) + sizeof(uint16_t) + 4 * sizeof(uint8_t) + sizeof(struct portrait);
    return slim_room(c->n) * one + c->n_cells * sizeof *c->cells + c->n_bands * sizeof *c->bands;
}

const struct kind people_kind = {key_of, make_crowd, drop_crowd, crowd_bytes};

/* ---- the wish of a record ---- */

void wish_of_person(struct ctx *cx, const struct match *m, const struct snap *s, int32_t today, const struct person *who, struct wish_of_person *w)
{
    const struct person_head *h = who->head;
    for (unsigned i = 0; i < h->n_wishes; i++)
        w->wishes[i] = m->wishes.v[who->wishes[i]];
    for (unsigned i = 0; i < h->n_districts; i++)
        w->districts[i] = who->districts[i];
    for (unsigned i = 0; i < h->n_employers; i++)
        w->employers[i] = (int64_t)two_words(who->employers, i);
    w->p = (struct match_person){
        .occupations = {w->wishes, h->n_wishes}, .districts = {w->districts, h->n_districts}, .not_employers = {w->employers, h->n_employers},
        .wage_floor = (int64_t)h->wage_floor * 100, .lat = h->lat, .lng = h->lng, .radius = h->radius, .education = h->education,
        .experience = h->experience, .certificates = who->certs, .n_certificates = h->n_certs, .types = h->types, .shifts = h->shifts,
    };
    wish_conditions(cx, m, s, &w->p, today, &w->wish);
    wish_skills_named(cx, who->skills, h->n_skills, &w->wish);
    for (unsigned i = 0; i < h->n_not; i++)
        w->wish.not_terms[w->wish.n_not++] = two_words(who->terms, i);
}

/* ---- the wish of a record about one ad ---- */

void wish_for_ad_ready(struct ctx *cx, const struct match *m, const struct snap *s, int32_t today, struct wish_for_ad *w)
{
    *w = (struct wish_for_ad){.wish = {.m = m, .s = s, .today = wish_day(today)}};
    w->occupation_points = ARENA_ARRAY(cx->arena, uint16_t, s->n_occupations);
    w->district_ok = arena_alloc(cx->arena, s->n_districts);
    w->skills = arena_alloc(cx->arena, m->words.n_skills + (size_t)1);
    w->wish.occupation_points = w->occupation_points;
    w->wish.district_ok = w->district_ok;
    w->wish.skills = w->skills;
}

static void set_scalars(struct wish_for_ad *w, const struct person *who)
{
    const struct person_head *h = who->head;
    struct wish *x = &w->wish;
    float reach = (float)h->radius + 0.5F;
    for (unsigned i = 0; i < h->n_wishes; i++)
        w->wishes[i] = x->m->wishes.v[who->wishes[i]];
    w->p = (struct match_person){.occupations = {w->wishes, h->n_wishes}, .radius = h->radius, .education = h->education,
                                 .experience = h->experience, .certificates = who->certs, .n_certificates = h->n_certs};
    x->p = &w->p;
    x->home = ground_from(h->lat, h->lng);
    x->radius_square = reach * reach;
    x->near_matters = has_reach(h);
    x->district_matters = h->n_districts > 0;
    x->education = wish_education(h->education);
    x->experience = (uint8_t)(h->experience > 255 ? 255 : h->experience);
    x->types = h->types;
    x->shifts = h->shifts;
    x->wage_floor = h->wage_floor;
}

void wish_for_ad_set(struct wish_for_ad *w, const struct person *who, const struct row *r, const struct side *side)
{
    const struct match *m = w->wish.m;
    int64_t code = m->occupations.v[r->occupation];
    uint16_t points = 0;
    set_scalars(w, who);
    for (unsigned i = 0; i < who->head->n_wishes; i++) {
        uint16_t x = (uint16_t)occupation_level_points(shared_levels(w->wishes[i], code));
        points = x > points ? x : points;
    }
    w->occupation_points[r->occupation] = points;
    w->district_ok[r->district] = 0;
    for (unsigned i = 0; i < who->head->n_districts; i++)
        w->district_ok[r->district] |= r->district != 0 && m->districts.v[r->district] == who->districts[i];
    for (unsigned i = 0; i < PART_SKILLS; i++)
        w->skills[side->skills[i]] = 0;
    for (unsigned i = 0; i < who->head->n_skills; i++)
        for (unsigned k = 0; k < PART_SKILLS && side->skills[k] != 0; k++)
            if (side->skills[k] == who->skills[i])
                w->skills[who->skills[i]] = 1;
}
