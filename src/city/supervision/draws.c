/* draws.c -- who is looked at, by lot: the urn from the records, the seed from the chain, the result kept with both. */
#include "city/supervision/supervision.h"
#include "city/supervision/supervision_impl.h"

#include "base/hash.h"
#include "base/text.h"
#include "store/store.h"

#include "supervision.sql.h"

#include <stdlib.h>
#include <string.h>

const struct choice draw_kinds[] = {{"visit", N_("现场检查")}, {"call", N_("电话回访")}, {0}};

struct drawing {
    const char *kind, *code;
    int64_t district, day, opens_on, due_on;
    struct lot_urn urn;
    const int64_t *ids; /* of the tickets: classes or trainees */
    const char *head;   /* number and hash of the chain's last entry */
};

static bool listed(const struct rule_param *p, const char *item)
{
    for (size_t i = 0; p != NULL && i < p->n_items; i++)
        if (strcmp(p->items[i], item) == 0)
            return true;
    return false;
}

/* ---- the urn of visits ---- */

static const char *risk(const struct rule *rule, const struct q_draw_classes_row *c)
{
    if (c->cases > 0 || c->sanctions > 0 || listed(rule_get(rule, "high_credit", RULE_LIST), c->credit))
        return "high";
    return *c->credit == '\0' || listed(rule_get(rule, "mid_credit", RULE_LIST), c->credit) ? "mid" : "low";
}

static err_t classes_urn(struct ctx *cx, struct drawing *d)
{
    static const char *const names[] = {"high", "mid", "low"};
    struct arena *a = cx->arena;
    const struct rule *rule;
    struct q_draw_classes_row *rows;
    size_t n;
    int64_t must_days;
    TRY(rules_number(cx, cx->house->rules, "visit.draw", "must_days", d->day, &must_days, &rule));
    struct lot_stratum *strata = ARENA_ARRAY(a, struct lot_stratum, 3);
    for (size_t i = 0; i < 3; i++) {
        strata[i] = (struct lot_stratum){.name = names[i]};
        TRY(watch_number(cx, "visit.draw", arena_fmt(a, "%s_percent", names[i]), d->day, &strata[i].percent));
    }
    TRY(q_draw_classes(cx, &(struct q_draw_classes_in){.district = d->district, .day = d->day}, &rows, &n));
    struct lot_ticket *tickets = ARENA_ARRAY(a, struct lot_ticket, n + 1);
    int64_t *ids = ARENA_ARRAY(a, int64_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        bool soon = day_between(d->day, rows[i].ends_on) <= must_days;
        tickets[i] = (struct lot_ticket){rows[i].code, risk(rule, &rows[i]), rows[i].provider_code, rows[i].visits == 0 && soon};
        ids[i] = rows[i].id;
    }
    d->urn.strata = strata, d->urn.n_strata = 3;
    d->urn.tickets = tickets, d->urn.n_tickets = n;
    d->ids = ids;
    return E_OK;
}

static const char *label_of(struct ctx *cx, int64_t id)
{
    return arena_fmt(cx->arena, "I%lld", (long long)id);
}

/* Who may go, with what they did within the days of rotation. */
static err_t people_urn(struct ctx *cx, struct drawing *d)
{
    struct q_inspector_list_row *rows;
    struct q_inspector_pairs_row *pairs;
    size_t n, n_pairs, k = 0;
    int64_t days;
    TRY(watch_number(cx, "visit.draw", "rotation_days", d->day, &days));
    TRY(q_inspector_list(cx, &(struct q_inspector_list_in){.district = d->district}, &rows, &n));
    TRY(q_inspector_pairs(cx, &(struct q_inspector_pairs_in){.district = d->district, .since = day_add(d->day, -days)}, &pairs, &n_pairs));
    struct lot_person *people = ARENA_ARRAY(cx->arena, struct lot_person, n + 1);
    struct lot_pair *were = ARENA_ARRAY(cx->arena, struct lot_pair, n_pairs + 1);
    for (size_t i = 0; i < n; i++) {
        if (rows[i].from_on > d->day || (rows[i].to_on != NULL && *rows[i].to_on < d->day))
            continue;
        people[k] = (struct lot_person){label_of(cx, rows[i].id), rows[i].name, rows[i].conflicts, 0};
        for (size_t p = 0; p < n_pairs; p++)
            people[k].load += pairs[p].first_id == rows[i].id || pairs[p].second_id == rows[i].id ? pairs[p].n : 0;
        k++;
    }
    for (size_t p = 0; p < n_pairs; p++)
        were[p] = (struct lot_pair){label_of(cx, pairs[p].first_id), label_of(cx, pairs[p].second_id), pairs[p].provider_code, pairs[p].n};
    d->urn.people = people, d->urn.n_people = k;
    d->urn.pairs = were, d->urn.n_pairs = n_pairs;
    return k >= 2 ? E_OK : SAY(cx, E_STATE, NULL, N_("本区登记的检查人员不到 2 人，先登记检查人员再抽签。"));
}

/* ---- the urn of calls: a stratum a class, and no label tells who it is ---- */

static err_t trainees_urn(struct ctx *cx, struct drawing *d)
{
    struct q_draw_trainees_row *rows;
    size_t n, k = 0, strata_n = 0;
    int64_t percent, least, after, until;
    TRY(watch_number(cx, "call.draw", "percent", d->day, &percent));
    TRY(watch_number(cx, "call.draw", "least", d->day, &least));
    TRY(watch_number(cx, "call.draw", "after_percent", d->day, &after));
    TRY(watch_number(cx, "call.draw", "until_days", d->day, &until));
    TRY(q_draw_trainees(cx, &(struct q_draw_trainees_in){.district = d->district, .day = d->day, .since = day_add(d->day, -until)}, &rows, &n));
    struct lot_stratum *strata = ARENA_ARRAY(cx->arena, struct lot_stratum, n + 1);
    struct lot_ticket *tickets = ARENA_ARRAY(cx->arena, struct lot_ticket, n + 1);
    int64_t *ids = ARENA_ARRAY(cx->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (day_between(rows[i].starts_on, d->day) * 100 < day_between(rows[i].starts_on, rows[i].ends_on) * after)
            continue;
        size_t s = 0;
        while (s < strata_n && strcmp(strata[s].name, rows[i].class_code) != 0)
            s++;
        if (s == strata_n)
            strata[strata_n++] = (struct lot_stratum){rows[i].class_code, percent, least};
        const char *key = blind_index(cx, "draw.trainee", arena_fmt(cx->arena, "%lld %lld", (long long)d->day, (long long)rows[i].id));
        ids[k] = rows[i].id;
        tickets[k++] = (struct lot_ticket){arena_strndup(cx->arena, key, 16), rows[i].class_code, "", false};
    }
    d->urn = (struct lot_urn){.strata = strata, .n_strata = strata_n, .tickets = tickets, .n_tickets = k};
    d->ids = ids;
    return E_OK;
}

/* ---- drawing ---- */

static int64_t inspector_id(const struct lot_person *p)
{
    return strtoll(p->label + 1, NULL, 10);
}

static err_t keep(struct ctx *cx, const struct drawing *d, int64_t draw_id, const struct lot_drawn *drawn, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int64_t id = d->ids[drawn[i].ticket - d->urn.tickets];
        if (strcmp(d->kind, "call") == 0) {
            TRY(q_training_call_insert(cx, &(struct q_training_call_insert_in){.draw_id = draw_id, .trainee_id = id, .due_on = d->due_on}, NULL));
        } else if (drawn[i].first != NULL) {
            struct q_watch_visit_insert_row row;
            TRY(q_watch_visit_insert(cx, &(struct q_watch_visit_insert_in){.class_id = id, .draw_id = draw_id, .due_on = d->due_on,
                                                                           .first_id = inspector_id(drawn[i].first),
                                                                           .second_id = inspector_id(drawn[i].second)}, &row));
        }
    }
    return E_OK;
}

static err_t fill_urn(struct ctx *cx, struct drawing *d)
{
    if (strcmp(d->kind, "call") == 0)
        return trainees_urn(cx, d);
    TRY(classes_urn(cx, d));
    return people_urn(cx, d);
}

static err_t draw(struct ctx *cx, void *arg)
{
    struct drawing *d = arg;
    struct q_draw_of_day_row *before;
    struct q_draw_insert_row row;
    const struct lot_drawn *drawn;
    size_t n;
    TRY(q_draw_of_day(cx, &(struct q_draw_of_day_in){.kind = d->kind, .district = d->district, .day = d->day}, &before, &n));
    if (n > 0)
        return SAY(cx, E_CONFLICT, NULL, N_("今天已经抽过一次。一天只抽一次，不能重抽。"));
    TRY(fill_urn(cx, d));
    if (d->urn.n_tickets == 0)
        return SAY(cx, E_STATE, NULL, N_("现在没有可以抽的班期或学员。"));
    const char *seed = arena_fmt(cx->arena, "%s %s", d->code, d->head);
    lot_draw(cx->arena, seed, &d->urn, &drawn, &n);
    struct q_draw_insert_in in = {.code = d->code, .kind = d->kind, .district = d->district, .day = d->day, .seed = seed,
                                  .input = lot_urn_json(cx->arena, &d->urn), .result = lot_result_json(cx->arena, drawn, n),
                                  .opens_on = d->opens_on, .account_id = cx->actor.account_id, .at = cx->now};
    TRY(q_draw_insert(cx, &in, &row));
    TRY(keep(cx, d, row.id, drawn, n));
    cx->result = arena_fmt(cx->arena, "/draws/%s", d->code);
    return audit_add(cx, "draw", "draw", row.id, arena_fmt(cx->arena, "{\"code\":\"%s\",\"drawn\":%zu}", d->code, n));
}

/* The head as everybody can compare it with the published ones: its number and its hash. */
static err_t chain_head(struct ctx *cx, const char **out)
{
    const char *line;
    TRY(audit_head(cx, &line));
    size_t seq = line != NULL ? strcspn(line, " ") : 0, hash = line != NULL && line[seq] == ' ' ? strcspn(line + seq + 1, " ") : 0;
    *out = hash > 0 ? arena_fmt(cx->arena, "%.*s", (int)(seq + 1 + hash), line) : "0";
    return E_OK;
}

err_t draw_make(struct ctx *cx, const char *kind, const char **code)
{
    bool call = strcmp(kind, "call") == 0;
    struct drawing d = {.kind = kind, .district = cx->actor.district, .day = day_of(cx->now, DAY_ZONE)};
    int64_t within;
    if (cx->actor.role != ROLE_DISTRICT)
        return FAIL(cx, E_DENIED, NULL, "draws are the districts'");
    if (!call && strcmp(kind, "visit") != 0)
        return FAIL(cx, E_INVALID, "kind", "'%.20s' is no kind of draw", kind);
    TRY(watch_number(cx, call ? "call.draw" : "visit.draw", "within_days", d.day, &within));
    d.code = arena_fmt(cx->arena, "%c%lld-%lld", call ? 'H' : 'C', (long long)d.district, (long long)d.day);
    d.due_on = day_add(d.day, within);
    d.opens_on = day_add(d.due_on, 1);
    TRY(chain_head(cx, &d.head));
    TRY(store_tx(cx, STORE_WRITE, draw, &d));
    *code = d.code;
    return E_OK;
}

/* ---- reading ---- */

err_t draw_get(struct ctx *cx, const char *code, struct q_draw_get_row *out)
{
    return q_draw_get_first(cx, &(struct q_draw_get_in){.code = code}, out);
}

err_t draw_list(struct ctx *cx, const int64_t *district, int64_t page, struct q_draw_list_row **rows, size_t *n)
{
    return q_draw_list(cx, &(struct q_draw_list_in){.district = district, .off = (page - 1) * 20, .lim = 20}, rows, n);
}

bool draw_is_open(const struct ctx *cx, const struct q_draw_get_row *d)
{
    return watch_area(cx, d->district) || day_of(cx->now, DAY_ZONE) >= d->opens_on;
}

const char *draw_file(struct ctx *cx, const struct q_draw_get_row *d)
{
    struct view *v = view_obj(cx->arena);
    struct buf b = {.a = cx->arena};
    view_str(cx->arena, v, "code", d->code);
    view_str(cx->arena, v, "kind", d->kind);
    view_i64(cx->arena, v, "district", d->district);
    view_i64(cx->arena, v, "day", d->day);
    view_str(cx->arena, v, "seed", d->seed);
    view_json(&b, v);
    b.len--; /* the closing brace: urn and result are JSON already */
    buf_fmt(&b, ",\"input\":%s,\"result\":%s}\n", d->input, d->result);
    return buf_text(&b);
}
