/* pages_facets.c -- narrowing a list of ads: filters with counts, what is set, what to leave out when nothing is found. */
#include "city/jobs/pages_impl.h"

#include "base/text.h"
#include "city/house.h"
#include "city/reference.h"

#include <stdlib.h>
#include <string.h>

enum { BENEFITS_SHOWN = 12, CHILDREN_MAX = 128, MAYBE = 5 };

static const char *codes_of(const struct find *f, const struct narrow *n)
{
    return *(const char *const *)((const char *)f->in + n->off);
}

static uint32_t count_of(const struct match_facet *facet, int64_t value)
{
    for (size_t i = 0; i < facet->n; i++)
        if (facet->counts[i].value == value)
            return facet->counts[i].n;
    return 0;
}

/* ---- filters ---- */

static struct view *facet_begin(struct req *rq, struct view *list, const char *name, const char *label, bool open)
{
    struct view *v = view_item(rq->cx.arena, list);
    view_str(rq->cx.arena, v, "name", name);
    view_str(rq->cx.arena, v, "label", label);
    view_bool(rq->cx.arena, v, "open", open);
    return view_list(rq->cx.arena, v, "options");
}

static void option(struct req *rq, struct view *options, const char *code, const char *label, const char *url, uint32_t count, bool on)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_item(a, options);
    view_str(a, v, "code", code);
    view_str(a, v, "label", label);
    view_str(a, v, "url", url);
    view_i64(a, v, "count", count);
    view_bool(a, v, "on", on);
}

/* "within 7 days" holds the younger bands too. */
static uint32_t age_count(const struct match_facet *facet, size_t place)
{
    uint32_t n = 0;
    for (size_t i = 0; i <= place; i++)
        n += count_of(facet, (int64_t)i);
    return n;
}

static uint32_t nth_most(const struct match_facet *facet, size_t nth)
{
    uint32_t floor = 1;
    for (size_t i = 0; i < facet->n; i++) {
        size_t above = 0;
        for (size_t k = 0; k < facet->n; k++)
            above += facet->counts[k].n > facet->counts[i].n;
        if (above >= nth && facet->counts[i].n >= floor)
            floor = facet->counts[i].n + 1;
    }
    return floor;
}

static void choices_facet(struct req *rq, struct view *list, const struct find *f, const struct narrow *n)
{
    struct arena *a = rq->cx.arena;
    const struct match_facet *facet = &f->r.facets[n->kind];
    const char *set = codes_of(f, n);
    uint32_t least = n->kind == MATCH_F_BENEFIT ? nth_most(facet, BENEFITS_SHOWN) : 0;
    struct view *options = facet_begin(rq, list, n->name, tr(&rq->cx, n->label), set != NULL || n->kind == MATCH_F_WAGE);
    for (size_t i = 0; n->choices[i].code != NULL; i++) {
        const char *code = n->choices[i].code;
        bool on = list_has(set, code);
        uint32_t count = n->kind == MATCH_F_AGE ? age_count(facet, i) : count_of(facet, (int64_t)i);
        if (!on && count < least)
            continue;
        const char *to = !n->one ? list_toggled(a, set, code) : on ? NULL : code;
        option(rq, options, code, tr(&rq->cx, n->choices[i].label), url_with(rq, n->name, to), count, on);
    }
}

static void districts_facet(struct req *rq, struct view *list, const struct find *f)
{
    struct arena *a = rq->cx.arena;
    const struct city *city = rq->cx.house->city;
    struct view *options = facet_begin(rq, list, "district", tr(&rq->cx, N_("区")), f->place == NULL || f->in->district != NULL);
    for (size_t i = 0; i < city->n_districts; i++) {
        const struct city_district *d = &city->districts[i];
        const char *code = arena_fmt(a, "%lld", (long long)d->code);
        option(rq, options, code, tr(&rq->cx, d->name), url_with(rq, "district", list_toggled(a, f->in->district, code)),
               count_of(&f->r.facets[MATCH_F_DISTRICT], d->code), list_has(f->in->district, code));
    }
}

/* The streets of the one district that is chosen, or those that are chosen. */
static void streets_facet(struct req *rq, struct view *list, const struct find *f)
{
    struct arena *a = rq->cx.arena;
    const struct city *city = rq->cx.house->city;
    if (f->in->street == NULL && (f->q.districts.n != 1 || f->r.facets[MATCH_F_STREET].n == 0))
        return;
    struct view *options = facet_begin(rq, list, "street", tr(&rq->cx, N_("街道")), true);
    for (size_t i = 0; i < city->n_streets; i++) {
        const struct city_street *s = &city->streets[i];
        const char *code = arena_fmt(a, "%lld", (long long)s->code);
        uint32_t count = count_of(&f->r.facets[MATCH_F_STREET], s->code);
        bool on = list_has(f->in->street, code), here = f->q.districts.n == 1 && s->district == f->q.districts.v[0];
        if (on || (here && count > 0))
            option(rq, options, code, s->name, url_with(rq, "street", list_toggled(a, f->in->street, code)), count, on);
    }
}

/* One level of the tree: what is above leads back up, each class leads further down. */
static void occupations_facet(struct req *rq, struct view *list, const struct find *f)
{
    const struct city *city = rq->cx.house->city;
    const struct city_occupation *under[CHILDREN_MAX], *at = city_occupation(city, f->in->occupation != NULL ? f->in->occupation : "");
    const struct city_occupation *top = at != NULL && at->level == 4 ? city_occupation(city, at->parent) : at;
    if (at == NULL && f->r.facets[MATCH_F_OCCUPATION].n == 0)
        return;
    const struct city_occupation *above = top != NULL ? city_occupation(city, top->parent) : NULL;
    struct view *options = facet_begin(rq, list, "occupation", tr(&rq->cx, N_("职业")), true);
    if (top != NULL)
        option(rq, options, top->parent, arena_fmt(rq->cx.arena, "‹ %s", tr(&rq->cx, above != NULL ? above->name : N_("全部职业"))),
               url_with(rq, "occupation", top->parent[0] != '\0' ? top->parent : NULL), f->r.total, false);
    size_t n = city_occupations_under(city, top != NULL ? top->code : NULL, under, CHILDREN_MAX);
    for (size_t i = 0; i < n; i++) {
        uint32_t count = count_of(&f->r.facets[MATCH_F_OCCUPATION], match_pack(under[i]->code));
        bool on = at == under[i];
        const char *to = !on ? under[i]->code : under[i]->parent[0] != '\0' ? under[i]->parent : NULL;
        if (count > 0 || on)
            option(rq, options, under[i]->code, tr(&rq->cx, under[i]->name), url_with(rq, "occupation", to), count, on);
    }
}

void facets_view(struct req *rq, const struct find *f)
{
    struct view *list = view_list(rq->cx.arena, rq->view, "facets");
    districts_facet(rq, list, f);
    streets_facet(rq, list, f);
    choices_facet(rq, list, f, &narrows[0]);
    occupations_facet(rq, list, f);
    for (const struct narrow *n = &narrows[1]; n->name != NULL; n++)
        choices_facet(rq, list, f, n);
}

/* ---- what is set ---- */

static void chip(struct req *rq, struct view *list, const char *label, const char *url)
{
    struct view *v = view_item(rq->cx.arena, list);
    view_str(rq->cx.arena, v, "label", label);
    view_str(rq->cx.arena, v, "url", url);
}

static const char *place_name(const struct city *city, int64_t code)
{
    const struct city_district *d = city_district(city, code);
    const struct city_street *s = city_street(city, code);
    return d != NULL ? d->name : s != NULL ? s->name : NULL;
}

static void place_chips(struct req *rq, struct view *list, const char *name, const char *set, const struct match_list *codes)
{
    struct arena *a = rq->cx.arena;
    for (size_t i = 0; i < codes->n; i++) {
        const char *code = arena_fmt(a, "%lld", (long long)codes->v[i]), *label = place_name(rq->cx.house->city, codes->v[i]);
        chip(rq, list, label != NULL ? tr(&rq->cx, label) : code, url_with(rq, name, list_toggled(a, set, code)));
    }
}

void chips_view(struct req *rq, const struct find *f)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "chips");
    const struct city_occupation *o = city_occupation(rq->cx.house->city, f->in->occupation != NULL ? f->in->occupation : "");
    if (f->in->q != NULL)
        chip(rq, list, arena_fmt(a, "“%s”", f->in->q), url_with(rq, "q", NULL));
    if (f->asked > 0)
        chip(rq, list, arena_fmt(a, tr(&rq->cx, N_("%d 公里内")), (int)f->asked), url_with(rq, "within", NULL));
    place_chips(rq, list, "district", f->in->district, &f->q.districts);
    place_chips(rq, list, "street", f->in->street, &f->q.streets);
    if (o != NULL)
        chip(rq, list, tr(&rq->cx, o->name), url_with(rq, "occupation", NULL));
    if (f->q.employers.n > 0)
        chip(rq, list, arena_fmt(a, tr(&rq->cx, N_("单位 %s")), f->in->employer), url_with(rq, "employer", NULL));
    if (f->in->pay != NULL)
        chip(rq, list, arena_fmt(a, tr(&rq->cx, N_("至少 %d 元/月")), (int)*f->in->pay), url_with(rq, "pay", NULL));
    for (const struct narrow *n = narrows; n->name != NULL; n++)
        for (size_t i = 0; n->choices[i].code != NULL; i++)
            if (list_has(codes_of(f, n), n->choices[i].code))
                chip(rq, list, tr(&rq->cx, n->choices[i].label), url_with(rq, n->name, list_toggled(a, codes_of(f, n), n->choices[i].code)));
    if (list->i > 1)
        view_str(a, rq->view, "clear_url", url_fmt(rq, "/jobs"));
}

/* ---- nothing found ---- */

static const char *without_word(struct arena *a, const char *text, const char *word)
{
    const char *at = word != NULL ? strstr(text, word) : NULL;
    if (at == NULL)
        return text;
    const char *from = at > text && at[-1] == '-' ? at - 1 : at;
    char *rest = arena_fmt(a, "%.*s%s", (int)(from - text), text, at + strlen(word));
    rest = arena_strndup(a, rest + strspn(rest, " "), strlen(rest + strspn(rest, " ")));
    return *rest != '\0' ? rest : NULL;
}

static const char *labels_of(struct req *rq, const struct narrow *n, const char *set)
{
    struct buf b = {.a = rq->cx.arena};
    for (size_t i = 0; n->choices[i].code != NULL; i++)
        if (list_has(set, n->choices[i].code))
            buf_fmt(&b, "%s%s", b.len > 0 ? tr(&rq->cx, N_("、")) : "", tr(&rq->cx, n->choices[i].label));
    return b.len > 0 ? buf_text(&b) : tr(&rq->cx, n->label);
}

struct way { /* a condition that may be left out */
    const char *param, *label, *value;
};

/* The name of the one place that is set, or the word for several. */
static const char *place_label(struct req *rq, const struct match_list *codes, const char *several)
{
    const char *name = codes->n == 1 ? place_name(rq->cx.house->city, codes->v[0]) : NULL;
    return tr(&rq->cx, name != NULL ? name : several);
}

static struct way way_of(struct req *rq, const struct find *f, const struct match_relax *r)
{
    struct arena *a = rq->cx.arena;
    const struct city_occupation *o = city_occupation(rq->cx.house->city, f->in->occupation != NULL ? f->in->occupation : "");
    switch (r->kind) {
    case -1: return (struct way){"q", r->word, without_word(a, f->in->q, r->word)};
    case MATCH_F_DISTRICT: return (struct way){"district", place_label(rq, &f->q.districts, N_("区")), NULL};
    case MATCH_F_STREET: return (struct way){"street", place_label(rq, &f->q.streets, N_("街道")), NULL};
    case MATCH_F_OCCUPATION: return (struct way){"occupation", tr(&rq->cx, o != NULL ? o->name : N_("职业")), NULL};
    case MATCH_F_DISTANCE: return (struct way){"within", arena_fmt(a, tr(&rq->cx, N_("%d 公里内")), (int)f->used), NULL};
    case MATCH_F_EMPLOYER: return (struct way){"employer", tr(&rq->cx, N_("只看这家单位")), NULL};
    default: break;
    }
    if (r->kind == MATCH_F_WAGE && f->in->wage == NULL)
        return (struct way){"pay", arena_fmt(a, tr(&rq->cx, N_("至少 %d 元/月")), f->in->pay != NULL ? (int)*f->in->pay : 0), NULL};
    for (const struct narrow *n = narrows; n->name != NULL; n++)
        if ((int)n->kind == r->kind)
            return (struct way){n->name, labels_of(rq, n, codes_of(f, n)), NULL};
    return (struct way){0};
}

static void relaxed(struct req *rq, struct view *list, const char *label, uint32_t more, const char *url)
{
    struct view *v = view_item(rq->cx.arena, list);
    view_str(rq->cx.arena, v, "label", label);
    view_i64(rq->cx.arena, v, "more", more);
    view_str(rq->cx.arena, v, "url", url);
}

err_t relax_view(struct req *rq, const struct find *f)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "relax");
    for (size_t i = 0; i < f->r.n_relax; i++) {
        const struct match_relax *r = &f->r.relax[i];
        struct way w = way_of(rq, f, r);
        if (w.param != NULL && r->more > 0)
            relaxed(rq, list, w.label, r->more, url_with(rq, w.param, w.value));
    }
    if (list->i > 0 || f->in->q == NULL)
        return E_OK;
    struct match_query words = {.today = f->q.today, .text = f->in->q, .limit = 1}; /* no single condition helps: all of them at once */
    struct match_result r;
    TRY(job_search(&rq->cx, &words, &r));
    if (r.total > 0)
        relaxed(rq, list, tr(&rq->cx, N_("所有筛选条件")), r.total, url_fmt(rq, "/jobs?q=%s", text_percent(a, f->in->q)));
    return E_OK;
}

err_t maybe_view(struct req *rq, const struct find *f)
{
    const struct match_view *v;
    const struct match_suggestion *s;
    struct arena *a = rq->cx.arena;
    size_t n;
    if (f->in->q == NULL)
        return E_OK;
    TRY(match_pin(&rq->cx, rq->cx.house->match, &v));
    err_t e = match_suggest(&rq->cx, v, f->in->q, MAYBE, &s, &n);
    match_unpin(v);
    TRY(e);
    struct view *words = n > 0 ? view_list(a, view_sub(a, rq->view, "maybe"), "words") : NULL;
    for (size_t i = 0; i < n; i++) {
        struct view *w = view_item(a, words);
        view_str(a, w, "label", s[i].text);
        view_str(a, w, "url", url_with(rq, "q", s[i].text));
    }
    return E_OK;
}
