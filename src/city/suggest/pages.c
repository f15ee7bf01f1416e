/* pages.c -- what a text field offers while somebody types. Every answer is a text that can stand in the field as it is. */
#include "city/house.h"
#include "city/reference.h"
#include "city/suggest/routes.h"
#include "match/match.h"

#include <string.h>

enum { MOST = 8 };

struct suggest_in {
    const char *q;
};
static const struct field suggest_fields[] = {
    {"q", F_TEXT, 0, N_("已经输入的字"), .max = 100, .off = offsetof(struct suggest_in, q)},
    {0},
};

static void item(struct req *rq, struct view *list, const char *value, const char *label)
{
    struct view *v = view_item(rq->cx.arena, list);
    view_str(rq->cx.arena, v, "value", value);
    view_str(rq->cx.arena, v, "label", label);
}

/* The same answer with and without ".json". */
static err_t answer(struct req *rq)
{
    struct buf b = {.a = rq->cx.arena};
    view_json(&b, rq->view);
    (void)buf_text(&b);
    return rq->json ? E_OK : reply_bytes(rq, "application/json", NULL, b.p, b.len);
}

static err_t words(struct req *rq)
{
    const struct suggest_in *in = rq->in;
    const struct match_view *v;
    const struct match_suggestion *s;
    struct view *list = view_list(rq->cx.arena, rq->view, "items");
    size_t n;
    if (in->q == NULL)
        return answer(rq);
    TRY(match_pin(&rq->cx, rq->cx.house->match, &v));
    err_t e = match_suggest(&rq->cx, v, in->q, MOST, &s, &n);
    match_unpin(v);
    TRY(e);
    for (size_t i = 0; i < n; i++)
        item(rq, list, s[i].text, s[i].text);
    return answer(rq);
}

static err_t streets(struct req *rq)
{
    const struct suggest_in *in = rq->in;
    const struct city *city = rq->cx.house->city;
    struct city_found found[MOST];
    struct view *list = view_list(rq->cx.arena, rq->view, "items");
    size_t n = in->q != NULL ? city_find_streets(&rq->cx, city, in->q, found, MOST) : 0;
    for (size_t i = 0; i < n; i++) {
        const struct city_district *d = city_district(city, found[i].street->district);
        const char *name = arena_fmt(rq->cx.arena, "%s %s", d != NULL ? d->name : "", found[i].street->name);
        item(rq, list, name, name);
    }
    return answer(rq);
}

static err_t occupations(struct req *rq)
{
    const struct suggest_in *in = rq->in;
    const struct city_occupation *found[MOST];
    struct view *list = view_list(rq->cx.arena, rq->view, "items");
    size_t n = in->q != NULL ? city_find_occupations(&rq->cx, rq->cx.house->city, in->q, found, MOST) : 0;
    for (size_t i = 0; i < n; i++)
        item(rq, list, found[i]->name, found[i]->name);
    return answer(rq);
}

#define ASKED .fields = suggest_fields, .in_size = sizeof(struct suggest_in)
const struct route suggest_routes[] = {
    {GET, "/suggest/words", words, EVERYONE, .title = N_("提示：找工作的词"), ASKED},
    {GET, "/suggest/streets", streets, EVERYONE, .title = N_("提示：街道"), ASKED},
    {GET, "/suggest/occupations", occupations, EVERYONE, .title = N_("提示：职业"), ASKED},
    {0},
};
