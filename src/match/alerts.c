/* alerts.c -- for an ad: the saved searches that find it and the people it suits. */
#include "match/filter.h"
#include "match/reverse.h"
#include "match/watch.h"

#include <stdlib.h>

#define AHEAD 8

struct alerts {
    struct reverse *ad;
    const struct piece *piece;
    const struct watches *watches;
    const struct live *live;
    int64_t employer, street, district, occupation[4]; /* of the ad; the occupation and the groups it is in */
    int64_t *found;
    size_t n, cap;
};

/* ---- the conditions of a search on one ad: those of filter.h ---- */

static bool listed(const uint32_t *list, unsigned n, int64_t code)
{
    for (unsigned i = 0; i < n; i++)
        if ((int64_t)two_words(list, i) == code)
            return code != 0;
    return n == 0;
}

static bool place_suits(const struct watch_head *h, const struct row *r)
{
    struct ground_from from = ground_from(h->lat, h->lng);
    float reach = (float)h->radius + 0.5F;
    if (h->radius <= 0 || !from.known)
        return true;
    return (r->lat != 0 || r->lng != 0) && ground_square(&from, r->lat, r->lng) < reach * reach;
}

static bool numbers_suit(const struct watch_head *h, const struct row *r, const struct side *s, int32_t today)
{
    int32_t oldest = h->max_age <= 0 ? 0 : h->max_age > today ? 0 : today - h->max_age;
    return (h->wage_floor <= 0 || r->wage_max >= wish_yuan(h->wage_floor)) & (h->wage_bands == 0 || (h->wage_bands >> (r->education_band >> 4) & 1)) &
           (h->educations == 0 || (h->educations >> (r->education_band & 15) & 1)) &
           (h->experiences == 0 || (h->experiences >> experience_band(r->experience) & 1)) & (h->types == 0 || (r->types & h->types & 255)) &
           (h->shifts == 0 || (r->shifts & h->shifts & 255)) & ((s->benefits & h->benefits) == h->benefits) & (r->fresh >= oldest);
}

static bool finds(const struct alerts *x, const struct watch *w)
{
    const struct reverse *ad = x->ad;
    bool under = w->head.n_occupations == 0;
    if (!numbers_suit(&w->head, ad->row, ad->side, ad->wish.wish.today) || !listed(w->districts, w->head.n_districts, x->district) ||
        !listed(w->streets, w->head.n_streets, x->street))
        return false;
    for (unsigned i = 0; i < w->head.n_occupations && !under; i++)
        under = code_is_under(x->occupation[0], (int64_t)two_words(w->occupations, i));
    bool employer = w->head.n_employers == 0;
    for (unsigned i = 0; i < w->head.n_employers && !employer; i++)
        employer = (int64_t)two_words(w->employers, i) == x->employer;
    return under && employer && place_suits(&w->head, ad->row);
}

/* ---- searches ---- */

static void try_nest(struct alerts *x, uint32_t text, uint32_t kind, int64_t code)
{
    const struct watches *w = x->watches;
    const struct nest *nest = watches_nest(w, text, kind, code);
    for (uint32_t i = 0; nest != NULL && i < nest->n; i++) {
        uint32_t record = w->members[nest->first + i];
        if (i + AHEAD < nest->n)
            __builtin_prefetch(piece_record(x->piece, w->members[nest->first + i + AHEAD]));
        struct watch one = watch_read(piece_record(x->piece, record));
        if (!is_live(x->live, record) || !finds(x, &one))
            continue;
        if (x->n == x->cap) {
            size_t cap = x->cap == 0 ? 256 : 2 * x->cap;
            x->found = arena_grow(x->ad->cx->arena, x->found, x->cap * sizeof *x->found, cap * sizeof *x->found);
            x->cap = cap;
        }
        x->found[x->n++] = x->piece->ids[record];
    }
}

static void try_text(void *arg, uint32_t text)
{
    struct alerts *x = arg;
    try_nest(x, text, MATCH_F_COUNT, 0);
    try_nest(x, text, MATCH_F_EMPLOYER, x->employer);
    try_nest(x, text, MATCH_F_STREET, x->street);
    try_nest(x, text, MATCH_F_DISTRICT, x->district);
    for (unsigned i = 0; i < 4; i++)
        if (i == 0 || x->occupation[i] != x->occupation[i - 1])
            try_nest(x, text, MATCH_F_OCCUPATION, x->occupation[i]);
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static const int64_t *find_searches(struct reverse *ad, const struct match_ad *given, size_t *found)
{
    const struct match *m = ad->m;
    int64_t code = m->occupations.v[ad->row->occupation];
    struct alerts x = {.ad = ad, .employer = ad->side->employer, .street = m->streets.v[ad->row->street],
                       .district = m->districts.v[ad->row->district],
                       .occupation = {code, code / 100 * 100, code / 10000 * 10000, code / 1000000 * 1000000}};
    struct terms_of terms;
    ad_terms(ad->cx, m, given, &terms);
    for (unsigned i = 0; i < ad->s->watches.n; i++) {
        x.piece = ad->s->watches.pieces[i];
        x.live = ad->s->watches.live[i];
        x.watches = x.piece->made;
        lex_satisfied(ad->cx, &x.watches->fixed, &terms, try_text, &x);
        if (ad->s->loose[i] != NULL)
            lex_satisfied(ad->cx, ad->s->loose[i], &terms, try_text, &x);
    }
    if (x.n > 1)
        qsort(x.found, x.n, sizeof *x.found, by_id);
    size_t n = 0;
    for (size_t i = 0; i < x.n; i++) /* a search may stand in several nests */
        if (i == 0 || x.found[i] != x.found[i - 1])
            x.found[n++] = x.found[i];
    *found = n;
    return x.found;
}

/* ---- people ---- */

struct suited {
    struct match_suited *v;
    size_t n, cap;
};

static void note_people(struct reverse *x, unsigned piece, uint32_t word, uint64_t bits, void *arg)
{
    struct suited *to = arg;
    const struct piece *p = x->s->people.pieces[piece];
    const struct crowd *c = p->made;
    if (to->n + 64 > to->cap) {
        size_t cap = to->cap == 0 ? 4096 : 2 * to->cap;
        to->v = arena_grow(x->cx->arena, to->v, to->cap * sizeof *to->v, cap * sizeof *to->v);
        to->cap = cap;
    }
    reverse_fetch(c, word, bits);
    for (; bits != 0; bits &= bits - 1) {
        uint32_t who = word * 64 + (uint32_t)__builtin_ctzll(bits);
        to->v[to->n++] = (struct match_suited){c->portraits[who].id, reverse_points(x, p, who)};
    }
}

err_t match_searches_for(struct ctx *cx, const struct match_view *v, const struct match_ad *ad, int32_t today, const int64_t **searches, size_t *n)
{
    struct reverse *x = ARENA_NEW(cx->arena, struct reverse);
    *searches = NULL;
    *n = 0;
    TRY(reverse_ready(cx, v->m, view_snap(v), ad->id, today, x));
    if (x->row->expires >= x->wish.wish.today)
        *searches = find_searches(x, ad, n);
    return E_OK;
}

err_t match_alerts(struct ctx *cx, const struct match_view *v, const struct match_ad *ad, int32_t today, struct match_alerts *out)
{
    struct reverse *x = ARENA_NEW(cx->arena, struct reverse);
    struct suited people = {0};
    *out = (struct match_alerts){0};
    TRY(reverse_ready(cx, v->m, view_snap(v), ad->id, today, x));
    if (x->row->expires < x->wish.wish.today)
        return E_OK;
    out->searches = find_searches(x, ad, &out->n_searches);
    reverse_walk(x, note_people, &people);
    out->people = people.v;
    out->n_people = people.n;
    return E_OK;
}
