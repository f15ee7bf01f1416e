/* file.c -- the terms and the claims of a round as JSON: written for the download, read again by whoever checks it. */
#include "city/shortages/score.h"

#include "base/view.h"

#include <jansson.h>
#include <string.h>

#define TERM(n, l, u, m) {n, l, u, offsetof(struct shortage_terms, m)}
const struct shortage_term shortage_term_list[] = {
    TERM("weight_bureau", N_("权重：委办局和行业"), N_("份"), weight[VOICE_BUREAU]),
    TERM("weight_district", N_("权重：区人社局"), N_("份"), weight[VOICE_DISTRICT]),
    TERM("weight_agency", N_("权重：人力资源服务机构"), N_("份"), weight[VOICE_AGENCY]),
    TERM("weight_own", N_("权重：本平台岗位"), N_("份"), weight[VOICE_OWN]),
    TERM("openings", N_("填报指标：缺多少人"), N_("份"), openings),
    TERM("difficulty", N_("填报指标：难招程度"), N_("份"), difficulty),
    TERM("vacancy", N_("填报指标：空了多少天"), N_("份"), vacancy),
    TERM("breadth", N_("填报指标：几家都说缺"), N_("份"), breadth),
    TERM("own_ratio", N_("本平台指标：每百名求职者的岗位数"), N_("份"), own_ratio),
    TERM("own_vacancy", N_("本平台指标：岗位挂了多少天"), N_("份"), own_vacancy),
    TERM("own_refused", N_("本平台指标：因缺证书、技能没录用"), N_("份"), own_refused),
    TERM("quantile", N_("缺人数超过这个分位的，按这个分位算"), "%", quantile),
    TERM("days_cap", N_("空缺天数到这里算满分"), N_("天"), days_cap),
    TERM("organisations_cap", N_("填报单位数到这里算满分"), N_("家"), organisations_cap),
    TERM("ratio_cap", N_("每百名求职者的岗位数到这里算满分"), N_("个岗位"), ratio_cap),
    TERM("refused_cap", N_("没录用的次数到这里算满分"), N_("次"), refused_cap),
    TERM("ads_min", N_("本平台岗位少于这么多条就不打分"), N_("条"), ads_min),
    TERM("very", N_("非常紧缺的最低分"), N_("分"), very),
    TERM("short", N_("紧缺的最低分"), N_("分"), shorts),
    TERM("some", N_("一般紧缺的最低分"), N_("分"), some),
    TERM("voices_very", N_("定为非常紧缺，至少要几个渠道"), N_("个"), voices_very),
    TERM("disagree", N_("渠道之间相差这么多，就标为说法不一"), N_("分"), disagree),
    {0},
};

int64_t shortage_term(const struct shortage_terms *t, const struct shortage_term *which)
{
    return *(const int64_t *)(const void *)((const char *)t + which->off);
}

void shortage_terms_view(struct ctx *cx, struct view *to, const struct shortage_terms *t)
{
    view_str(cx->arena, to, "version", t->version);
    for (const struct shortage_term *k = shortage_term_list; k->name != NULL; k++)
        view_i64(cx->arena, to, k->name, shortage_term(t, k));
}

void shortage_claim_view(struct ctx *cx, struct view *to, const struct shortage_claim *c)
{
    view_str(cx->arena, to, "channel", c->channel);
    view_str(cx->arena, to, "organisation", c->organisation);
    view_i64(cx->arena, to, "district", c->district);
    view_str(cx->arena, to, "occupation", c->occupation);
    view_i64(cx->arena, to, "level", c->level);
    view_i64(cx->arena, to, "openings", c->openings);
    view_i64(cx->arena, to, "difficulty", c->difficulty);
    view_opt(cx->arena, to, "vacant_days", c->vacant_days >= 0 ? &c->vacant_days : NULL);
}

void shortage_own_view(struct ctx *cx, struct view *to, const struct shortage_own *o)
{
    view_str(cx->arena, to, "occupation", o->occupation);
    view_i64(cx->arena, to, "ads", o->ads);
    view_i64(cx->arena, to, "openings", o->openings);
    view_i64(cx->arena, to, "seekers", o->seekers);
    view_i64(cx->arena, to, "vacant_days", o->vacant_days);
    view_i64(cx->arena, to, "refused", o->refused);
}

/* ---- reading ---- */

enum { TERM_MOST = 1000000, CLAIMS_MOST = 200000, NUMBER_MOST = 1000000 };

static void decref(void *json) { json_decref(json); }

static err_t wrong(struct ctx *cx, const char *list, size_t i, const char *name)
{
    return FAIL(cx, E_INVALID, name, "%s[%zu]: \"%s\" is absent or out of range", list, i, name);
}

static err_t number(struct ctx *cx, const json_t *o, const char *list, size_t i, const char *name, int64_t min, int64_t max, int64_t *out)
{
    const json_t *v = json_object_get(o, name);
    if (!json_is_integer(v) || json_integer_value(v) < min || json_integer_value(v) > max)
        return wrong(cx, list, i, name);
    *out = json_integer_value(v);
    return E_OK;
}

static err_t text(struct ctx *cx, const json_t *o, const char *list, size_t i, const char *name, const char **out)
{
    const char *s = json_string_value(json_object_get(o, name));
    if (s == NULL || *s == '\0' || strlen(s) > 400)
        return wrong(cx, list, i, name);
    *out = arena_strndup(cx->arena, s, strlen(s));
    return E_OK;
}

static err_t terms(struct ctx *cx, const json_t *o, struct shortage_terms *out)
{
    *out = (struct shortage_terms){0};
    TRY(text(cx, o, "terms", 0, "version", &out->version));
    for (const struct shortage_term *k = shortage_term_list; k->name != NULL; k++)
        TRY(number(cx, o, "terms", 0, k->name, 0, TERM_MOST, (int64_t *)(void *)((char *)out + k->off)));
    return out->quantile >= 1 && out->quantile <= 100 ? E_OK : wrong(cx, "terms", 0, "quantile");
}

static err_t claim(struct ctx *cx, const json_t *o, size_t i, struct shortage_claim *c)
{
    const json_t *days = json_object_get(o, "vacant_days");
    TRY(text(cx, o, "claims", i, "channel", &c->channel));
    TRY(text(cx, o, "claims", i, "organisation", &c->organisation));
    TRY(text(cx, o, "claims", i, "occupation", &c->occupation));
    TRY(number(cx, o, "claims", i, "district", 0, 999999, &c->district));
    TRY(number(cx, o, "claims", i, "level", 0, 5, &c->level));
    TRY(number(cx, o, "claims", i, "openings", 0, NUMBER_MOST, &c->openings));
    TRY(number(cx, o, "claims", i, "difficulty", 1, 5, &c->difficulty));
    c->vacant_days = -1;
    return days == NULL || json_is_null(days) ? E_OK : number(cx, o, "claims", i, "vacant_days", 0, NUMBER_MOST, &c->vacant_days);
}

static err_t own(struct ctx *cx, const json_t *o, size_t i, struct shortage_own *w)
{
    TRY(text(cx, o, "own", i, "occupation", &w->occupation));
    TRY(number(cx, o, "own", i, "ads", 0, NUMBER_MOST, &w->ads));
    TRY(number(cx, o, "own", i, "openings", 0, (int64_t)NUMBER_MOST * 1000, &w->openings));
    TRY(number(cx, o, "own", i, "seekers", 0, NUMBER_MOST, &w->seekers));
    TRY(number(cx, o, "own", i, "vacant_days", 0, NUMBER_MOST, &w->vacant_days));
    return number(cx, o, "own", i, "refused", 0, NUMBER_MOST, &w->refused);
}

static err_t said(struct ctx *cx, const json_t *o, size_t i, struct shortage_said *s)
{
    TRY(text(cx, o, "results", i, "occupation", &s->occupation));
    TRY(text(cx, o, "results", i, "urgency", &s->urgency));
    return number(cx, o, "results", i, "score", -1, 1000, &s->score);
}

static err_t list(struct ctx *cx, const json_t *root, const char *name, const json_t **out, size_t *n)
{
    *out = json_object_get(root, name);
    *n = json_array_size(*out);
    if (!json_is_array(*out) || *n > CLAIMS_MOST)
        return FAIL(cx, E_INVALID, name, "\"%s\" is no list, or has more than %d entries", name, CLAIMS_MOST);
    return E_OK;
}

static err_t parse(struct ctx *cx, const char *json, size_t n, json_t **root)
{
    json_error_t why;
    *root = json_loadb(json, n, JSON_REJECT_DUPLICATES, &why);
    if (*root != NULL)
        arena_defer(cx->arena, decref, *root);
    return json_is_object(*root) ? E_OK : FAIL(cx, E_INVALID, NULL, "no JSON object: %s, line %d", why.text, why.line);
}

err_t shortage_terms_read(struct ctx *cx, const char *json, struct shortage_terms *out)
{
    json_t *root;
    TRY(parse(cx, json, strlen(json), &root));
    return terms(cx, root, out);
}

err_t shortage_file_read(struct ctx *cx, const char *json, size_t n, struct shortage_file *out)
{
    json_t *root;
    const json_t *claims, *owns, *results;
    *out = (struct shortage_file){0};
    TRY(parse(cx, json, n, &root));
    TRY(text(cx, root, "file", 0, "round", &out->round));
    TRY(terms(cx, json_object_get(root, "terms"), &out->terms));
    TRY(list(cx, root, "claims", &claims, &out->n_claims));
    TRY(list(cx, root, "own", &owns, &out->n_own));
    TRY(list(cx, root, "results", &results, &out->n_said));
    out->claims = ARENA_ARRAY(cx->arena, struct shortage_claim, out->n_claims + 1);
    out->own = ARENA_ARRAY(cx->arena, struct shortage_own, out->n_own + 1);
    out->said = ARENA_ARRAY(cx->arena, struct shortage_said, out->n_said + 1);
    for (size_t i = 0; i < out->n_claims; i++)
        TRY(claim(cx, json_array_get(claims, i), i, &out->claims[i]));
    for (size_t i = 0; i < out->n_own; i++)
        TRY(own(cx, json_array_get(owns, i), i, &out->own[i]));
    for (size_t i = 0; i < out->n_said; i++)
        TRY(said(cx, json_array_get(results, i), i, &out->said[i]));
    return E_OK;
}
