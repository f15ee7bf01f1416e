#include "city/supervision/lot.h"

#include "base/hash.h"
#include "base/view.h"

#include <stdlib.h>
#include <string.h>

/* ---- drawing ---- */

static void lot_of(struct arena *a, const char *seed, const char *text, char out[65])
{
    unsigned char digest[HASH_LEN];
    const char *whole = arena_fmt(a, "%s\n%s", seed, text);
    hash_sha256(whole, strlen(whole), digest);
    hash_hex(digest, HASH_LEN, out);
}

static int by_lot(const void *a, const void *b)
{
    const struct lot_drawn *x = a, *y = b;
    int d = strcmp(x->lot, y->lot);
    return d != 0 ? d : strcmp(x->ticket->label, y->ticket->label);
}

/* How many of a stratum with n tickets are to be drawn. */
static int64_t quota(const struct lot_stratum *s, int64_t n)
{
    int64_t want = (n * s->percent + 99) / 100;
    want = want < s->least ? s->least : want;
    return want < n ? want : n;
}

static size_t draw_stratum(const struct lot_stratum *s, const struct lot_drawn *all, size_t n, struct lot_drawn *out)
{
    int64_t size = 0, must = 0, left;
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].ticket->stratum, s->name) == 0)
            size++, must += all[i].ticket->must;
    left = quota(s, size) - must;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(all[i].ticket->stratum, s->name) != 0)
            continue;
        if (all[i].ticket->must)
            out[k++] = all[i];
        else if (left-- > 0)
            out[k++] = all[i];
    }
    return k;
}

static bool conflicts(const struct lot_person *p, const char *group)
{
    size_t n = strlen(group);
    for (const char *at = p->conflicts; n > 0 && (at = strstr(at, group)) != NULL; at += n)
        if ((at == p->conflicts || at[-1] == ',') && (at[n] == '\0' || at[n] == ','))
            return true;
    return false;
}

static int64_t together(const struct lot_urn *u, const char *a, const char *b, const char *group)
{
    int64_t n = 0;
    for (size_t i = 0; i < u->n_pairs; i++) {
        const struct lot_pair *p = &u->pairs[i];
        bool same = (strcmp(p->a, a) == 0 && strcmp(p->b, b) == 0) || (strcmp(p->a, b) == 0 && strcmp(p->b, a) == 0);
        if (same && (group == NULL || strcmp(p->group, group) == 0))
            n += p->n;
    }
    return n;
}

struct pairing {
    struct arena *a;
    const char *seed;
    const struct lot_urn *urn;
    int64_t *load;     /* of each person, grows while drawing */
    int64_t *together; /* n_people squared: pairs of this draw */
};

struct offer {
    size_t first, second;
    int64_t key[3];
    char lot[65];
};

static bool better(const struct offer *x, const struct offer *y)
{
    for (int i = 0; i < 3; i++)
        if (x->key[i] != y->key[i])
            return x->key[i] < y->key[i];
    return strcmp(x->lot, y->lot) < 0;
}

static void give_pair(struct pairing *p, struct lot_drawn *d)
{
    struct offer best = {.first = SIZE_MAX};
    const struct lot_urn *u = p->urn;
    for (size_t i = 0; i < u->n_people; i++)
        for (size_t j = i + 1; j < u->n_people; j++) {
            const struct lot_person *x = &u->people[i], *y = &u->people[j];
            if (conflicts(x, d->ticket->group) || conflicts(y, d->ticket->group))
                continue;
            struct offer o = {.first = i, .second = j};
            o.key[0] = together(u, x->label, y->label, d->ticket->group);
            o.key[1] = p->load[i] + p->load[j];
            o.key[2] = together(u, x->label, y->label, NULL) + p->together[i * u->n_people + j];
            lot_of(p->a, p->seed, arena_fmt(p->a, "%s\n%s\n%s", d->ticket->label, x->label, y->label), o.lot);
            if (best.first == SIZE_MAX || better(&o, &best))
                best = o;
        }
    if (best.first == SIZE_MAX)
        return;
    d->first = &u->people[best.first];
    d->second = &u->people[best.second];
    p->load[best.first]++;
    p->load[best.second]++;
    p->together[best.first * u->n_people + best.second]++;
}

void lot_draw(struct arena *a, const char *seed, const struct lot_urn *u, const struct lot_drawn **out, size_t *n)
{
    struct lot_drawn *all = ARENA_ARRAY(a, struct lot_drawn, u->n_tickets + 1), *drawn = ARENA_ARRAY(a, struct lot_drawn, u->n_tickets + 1);
    struct pairing p = {a, seed, u, ARENA_ARRAY(a, int64_t, u->n_people + 1), ARENA_ARRAY(a, int64_t, u->n_people * u->n_people + 1)};
    size_t k = 0;
    for (size_t i = 0; i < u->n_tickets; i++) {
        all[i] = (struct lot_drawn){.ticket = &u->tickets[i]};
        lot_of(a, seed, u->tickets[i].label, all[i].lot);
    }
    qsort(all, u->n_tickets, sizeof *all, by_lot);
    for (size_t i = 0; i < u->n_strata; i++)
        k += draw_stratum(&u->strata[i], all, u->n_tickets, drawn + k);
    qsort(drawn, k, sizeof *drawn, by_lot);
    for (size_t i = 0; i < u->n_people; i++)
        p.load[i] = u->people[i].load;
    memset(p.together, 0, sizeof *p.together * (u->n_people * u->n_people + 1));
    for (size_t i = 0; i < k; i++)
        give_pair(&p, &drawn[i]);
    *out = drawn;
    *n = k;
}

/* ---- as text ---- */

static const char *json(struct arena *a, const struct view *v)
{
    struct buf b = {.a = a};
    view_json(&b, v);
    return buf_text(&b);
}

const char *lot_urn_json(struct arena *a, const struct lot_urn *u)
{
    struct view *v = view_obj(a), *list = view_list(a, v, "strata"), *item;
    for (size_t i = 0; i < u->n_strata; i++) {
        item = view_item(a, list);
        view_str(a, item, "name", u->strata[i].name);
        view_i64(a, item, "percent", u->strata[i].percent);
        view_i64(a, item, "least", u->strata[i].least);
    }
    list = view_list(a, v, "tickets");
    for (size_t i = 0; i < u->n_tickets; i++) {
        item = view_item(a, list);
        view_str(a, item, "label", u->tickets[i].label);
        view_str(a, item, "stratum", u->tickets[i].stratum);
        view_str(a, item, "group", u->tickets[i].group);
        view_bool(a, item, "must", u->tickets[i].must);
    }
    list = view_list(a, v, "people");
    for (size_t i = 0; i < u->n_people; i++) {
        item = view_item(a, list);
        view_str(a, item, "label", u->people[i].label);
        view_str(a, item, "name", u->people[i].name);
        view_str(a, item, "conflicts", u->people[i].conflicts);
        view_i64(a, item, "load", u->people[i].load);
    }
    list = view_list(a, v, "pairs");
    for (size_t i = 0; i < u->n_pairs; i++) {
        item = view_item(a, list);
        view_str(a, item, "a", u->pairs[i].a);
        view_str(a, item, "b", u->pairs[i].b);
        view_str(a, item, "group", u->pairs[i].group);
        view_i64(a, item, "n", u->pairs[i].n);
    }
    return json(a, v);
}

const char *lot_result_json(struct arena *a, const struct lot_drawn *d, size_t n)
{
    struct view *v = view_obj(a), *list = view_list(a, v, "drawn");
    for (size_t i = 0; i < n; i++) {
        struct view *item = view_item(a, list);
        view_str(a, item, "label", d[i].ticket->label);
        view_str(a, item, "lot", d[i].lot);
        view_bool(a, item, "must", d[i].ticket->must);
        view_str(a, item, "first", d[i].first != NULL ? d[i].first->label : "");
        view_str(a, item, "second", d[i].second != NULL ? d[i].second->label : "");
    }
    return json(a, v);
}
