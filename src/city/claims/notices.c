/* notices.c -- the public notice: frozen when it is published, open for some working days, objections from anybody. */
#include "city/claims/claims_impl.h"

#include "base/code.h"
#include "base/day.h"
#include "base/hash.h"
#include "base/text.h"
#include "city/house.h"
#include "city/reference.h"
#include "rules/rules.h"
#include "store/store.h"

#include "claims.sql.h"

#include <stdio.h>
#include <string.h>

static const char *digest_of(struct ctx *cx, const char *text)
{
    unsigned char d[HASH_LEN];
    char *hex = arena_alloc(cx->arena, 2 * HASH_LEN + 1);
    hash_sm3(text, strlen(text), d);
    hash_hex(d, HASH_LEN, hex);
    return hex;
}

/* ---- publishing ---- */

/* One line of the list: masked here, so that what is frozen never held the whole. */
static err_t put_line(struct ctx *cx, struct view *list, const struct q_claim_lines_row *l)
{
    struct arena *a = cx->arena;
    struct view *v = view_item(a, list);
    const char *name, *idno;
    TRY(unseal(cx, "person.name", l->name, &name));
    TRY(unseal(cx, "person.idno", l->idno, &idno));
    view_i64(a, v, "line", l->id);
    view_str(a, v, "name", name != NULL ? text_mask_name(a, name) : "");
    view_str(a, v, "idno", idno != NULL ? text_mask_idno(a, idno) : "");
    view_str(a, v, "item", l->item);
    view_i64(a, v, "fen", l->amount);
    view_str(a, v, "payee", l->payee);
    view_str(a, v, "fund", l->fund);
    return E_OK;
}

static err_t put_claim(struct ctx *cx, struct view *list, const struct q_claim_row *c)
{
    struct arena *a = cx->arena;
    struct q_claim_lines_row *l;
    struct view *v = view_item(a, list);
    size_t n;
    TRY(claim_lines(cx, c->id, &l, &n));
    view_str(a, v, "claim", c->code);
    view_str(a, v, "class", c->class_code);
    view_str(a, v, "class_name", c->class_name);
    view_str(a, v, "provider", c->provider_name);
    view_str(a, v, "occupation", c->occupation);
    view_i64(a, v, "level", c->level);
    view_i64(a, v, "fen", c->fen);
    struct view *lines = view_list(a, v, "lines");
    for (size_t i = 0; i < n; i++)
        if (strcmp(l[i].status, "withdrawn") != 0)
            TRY(put_line(cx, lines, &l[i]));
    return E_OK;
}

struct publishing {
    int64_t notice_id;
};

static err_t notice_days(struct ctx *cx, int64_t *opens, int64_t *closes)
{
    int64_t days;
    *opens = claims_today(cx);
    TRY(rules_number(cx, cx->house->rules, "claim.notice", "working_days", *opens, &days, NULL));
    *closes = day_add_working(&cx->house->city->calendar, *opens, days, NULL); /* the day of publication is not counted */
    return E_OK;
}

static err_t freeze(struct ctx *cx, const struct q_claim_reviewed_row *ids, size_t n, struct q_notice_insert_in *in)
{
    struct arena *a = cx->arena;
    struct view *body = view_obj(a);
    struct buf b = {.a = a};
    struct q_notice_number_row number;
    int64_t year = in->opens_on / 10000;
    TRY(q_notice_number(cx, &(struct q_notice_number_in){.district = in->district, .opens_from = year * 10000, .opens_to = year * 10000 + 9999}, &number));
    in->code = arena_fmt(a, "G%lld-%lld-%lld", (long long)in->district, (long long)year, (long long)number.n);
    view_str(a, body, "notice", in->code);
    view_i64(a, body, "district", in->district);
    view_i64(a, body, "opens_on", in->opens_on);
    view_i64(a, body, "closes_on", in->closes_on);
    struct view *list = view_list(a, body, "claims");
    for (size_t i = 0; i < n; i++) {
        struct q_claim_row c;
        TRY(claim_find(cx, ids[i].id, &c));
        TRY(put_claim(cx, list, &c));
    }
    view_json(&b, body);
    in->body = buf_text(&b);
    in->digest = digest_of(cx, in->body);
    return E_OK;
}

static err_t chain_now(struct ctx *cx, struct q_notice_insert_in *in)
{
    const char *head;
    long long seq = 0;
    char hash[2 * HASH_LEN + 1] = "";
    TRY(audit_head(cx, &head));
    if (sscanf(head, "%lld %64s", &seq, hash) != 2)
        return FAIL(cx, E_BUG, NULL, "the head of the chain cannot be read");
    in->chain_seq = seq;
    in->chain_hash = arena_fmt(cx->arena, "%s", hash);
    return E_OK;
}

static err_t publish_tx(struct ctx *cx, void *arg)
{
    struct publishing *p = arg;
    struct q_claim_reviewed_row *ids;
    struct q_notice_insert_row made;
    const struct flow_edge *edge;
    size_t n;
    TRY(flow_step(cx, &claim_flow, "reviewed", "publish", NULL, NULL, &edge));
    struct q_notice_insert_in in = {.district = cx->actor.district, .published_by = cx->actor.account_id};
    TRY(q_claim_reviewed(cx, &(struct q_claim_reviewed_in){.district = in.district}, &ids, &n));
    if (n == 0)
        return SAY(cx, E_STATE, NULL, N_("没有等着公示的申请：先审核，再公示。"));
    TRY(notice_days(cx, &in.opens_on, &in.closes_on));
    TRY(freeze(cx, ids, n, &in));
    TRY(chain_now(cx, &in));
    err_t e = q_notice_insert(cx, &in, &made);
    TRY(e == E_CONFLICT ? E_BUSY : e);
    p->notice_id = made.id;
    TRY(audit_add(cx, "notice.publish", "notice", made.id, arena_fmt(cx->arena, "{\"code\":\"%s\",\"claims\":%zu,\"sm3\":\"%s\"}", in.code, n, in.digest)));
    for (size_t i = 0; i < n; i++) {
        struct q_claim_row c;
        TRY(claim_find(cx, ids[i].id, &c));
        struct claim_change to = claim_same(&c);
        to.status = edge->to, to.notice_id = &made.id;
        TRY(claim_put(cx, &c, &to));
        TRY(audit_add(cx, "claim.publish", "claim", c.id, NULL));
    }
    return E_OK;
}

err_t notice_publish(struct ctx *cx, int64_t *notice_id)
{
    struct publishing p = {0};
    TRY(store_tx(cx, STORE_WRITE, publish_tx, &p));
    *notice_id = p.notice_id;
    return E_OK;
}

/* ---- looking ---- */

err_t notice_find(struct ctx *cx, const char *code, struct q_notice_row *out)
{
    return q_notice_first(cx, &(struct q_notice_in){.code = code}, out);
}

bool notice_is_open(const struct ctx *cx, const struct q_notice_row *n)
{
    int64_t today = claims_today(cx);
    return n->opens_on <= today && today <= n->closes_on;
}

const char *notice_changed(struct ctx *cx, const struct q_notice_row *n)
{
    return strcmp(digest_of(cx, n->body), n->digest) == 0 ? NULL : N_("这份公示的内容和公示时的摘要不一样：被改过。");
}

static err_t clear_tx(struct ctx *cx, void *arg)
{
    return claim_auto(cx, *(const int64_t *)arg, "clear");
}

err_t notices_close(struct ctx *cx)
{
    struct q_claim_to_clear_row *rows;
    size_t n;
    TRY(q_claim_to_clear(cx, &(struct q_claim_to_clear_in){.today = claims_today(cx)}, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        err_t e = store_tx(cx, STORE_WRITE, clear_tx, &rows[i].id);
        if (e != E_OK && e != E_CONFLICT && e != E_STATE)
            return e;
    }
    return E_OK;
}

err_t claims_tick(struct ctx *cx)
{
    TRY(task_run(cx, "claims.notices", 600000, notices_close));
    return task_run(cx, "claims.classes", 600000, claims_close_classes);
}

/* ---- objections ---- */

struct objecting {
    const char *notice;
    const struct objection_in *in;
    const char *code;
};

static err_t claim_on(struct ctx *cx, const struct q_notice_row *notice, const char *code, const int64_t **id)
{
    struct q_claim_of_notice_row *rows;
    size_t n;
    *id = NULL;
    if (code == NULL || *code == '\0')
        return E_OK;
    TRY(q_claim_of_notice(cx, &(struct q_claim_of_notice_in){.notice_id = &notice->id}, &rows, &n));
    for (size_t i = 0; i < n && *id == NULL; i++)
        if (strcmp(rows[i].code, code) == 0)
            *id = &rows[i].id;
    return *id != NULL ? E_OK : SAY(cx, E_INVALID, "claim", N_("这份公示里没有这个申请编号。"));
}

/* A number of the list names the claim and the person. */
static err_t line_on(struct ctx *cx, const struct q_notice_row *notice, const int64_t *line, struct q_objection_insert_in *in)
{
    struct q_claim_line_on_row *rows;
    size_t n;
    if (line == NULL)
        return E_OK;
    TRY(q_claim_line_on(cx, &(struct q_claim_line_on_in){.id = *line, .notice_id = &notice->id}, &rows, &n));
    if (n == 0 || (in->claim_id != NULL && *in->claim_id != rows[0].claim_id))
        return SAY(cx, E_INVALID, "line", N_("这份公示里没有这个编号。"));
    in->claim_id = &rows[0].claim_id;
    in->trainee_id = &rows[0].trainee_id;
    return E_OK;
}

static err_t object_tx(struct ctx *cx, void *arg)
{
    struct objecting *o = arg;
    struct q_notice_row notice;
    struct q_objection_insert_row made;
    char code[CODE_LEN + 1];
    TRY(notice_find(cx, o->notice, &notice));
    if (!notice_is_open(cx, &notice))
        return SAY(cx, E_STATE, NULL, N_("公示期已经结束，不能再在这里提异议。请打 12333 或到区人社局反映。"));
    code_random(code);
    struct q_objection_insert_in in = {.code = code, .notice_id = notice.id, .text = o->in->text, .at = cx->now};
    TRY(claim_on(cx, &notice, o->in->claim, &in.claim_id));
    TRY(line_on(cx, &notice, o->in->line, &in));
    if (o->in->contact != NULL && *o->in->contact != '\0')
        TRY(seal(cx, "objection.contact", o->in->contact, &in.contact));
    err_t e = q_objection_insert(cx, &in, &made);
    TRY(e == E_CONFLICT ? E_BUSY : e);
    o->code = arena_fmt(cx->arena, "%s", code);
    return audit_add(cx, "objection.add", "objection", made.id, arena_fmt(cx->arena, "{\"notice\":\"%s\"}", notice.code));
}

err_t objection_add(struct ctx *cx, const char *notice, const struct objection_in *in, const char **code)
{
    struct objecting o = {.notice = notice, .in = in};
    TRY(store_tx(cx, STORE_WRITE, object_tx, &o));
    *code = o.code;
    return E_OK;
}

struct settling {
    int64_t id, line_id;
    bool upheld;
    const char *answer;
};

/* What an objection that is right changes: one line, the claim it names, or every claim of the notice. */
static err_t uphold(struct ctx *cx, const struct q_objection_row *o, int64_t line_id)
{
    struct q_claim_of_notice_row *rows;
    struct q_claim_line_row line;
    size_t n;
    if (line_id != 0) {
        struct q_claim_row c;
        TRY(claim_line_find(cx, line_id, &line));
        TRY(claim_find(cx, line.claim_id, &c));
        if (c.notice_id == NULL || *c.notice_id != o->notice_id)
            return SAY(cx, E_INVALID, "line", N_("这一行不在这份公示里。"));
        return claim_withdraw_line(cx, line_id, tr(cx, N_("公示异议属实")), true);
    }
    TRY(q_claim_of_notice(cx, &(struct q_claim_of_notice_in){.notice_id = &o->notice_id}, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (o->claim_id != NULL && rows[i].id != *o->claim_id)
            continue;
        if (strcmp(rows[i].status, "noticed") == 0 || strcmp(rows[i].status, "cleared") == 0)
            TRY(claim_refuse(cx, rows[i].id, text_fill(cx->arena, tr(cx, N_("公示异议 {code} 属实")), "code", o->code, NULL)));
        else if (o->claim_id != NULL && strcmp(rows[i].status, "withdrawn") != 0)
            return SAY(cx, E_STATE, NULL, N_("这份申请已经审批，不能再撤回；已经付的钱请在申请页“要求退回”。"));
    }
    return E_OK;
}

static err_t settle_tx(struct ctx *cx, void *arg)
{
    const struct settling *s = arg;
    struct q_objection_row *rows;
    size_t n, changed;
    TRY(q_objection(cx, &(struct q_objection_in){.id = s->id}, &rows, &n));
    if (n == 0)
        return FAIL(cx, E_NOTFOUND, NULL, "no objection %lld", (long long)s->id);
    TRY(claims_own_district(cx, rows[0].district));
    struct q_objection_close_in in = {.status = s->upheld ? "upheld" : "dismissed", .answer = s->answer, .closed_by = &cx->actor.account_id,
                                      .closed_at = &cx->now, .id = s->id};
    TRY(q_objection_close(cx, &in, &changed));
    if (changed == 0)
        return SAY(cx, E_STATE, NULL, N_("这条异议已经处理过了。"));
    if (s->upheld)
        TRY(uphold(cx, &rows[0], s->line_id));
    return audit_add(cx, s->upheld ? "objection.uphold" : "objection.dismiss", "objection", s->id, NULL);
}

err_t objection_settle(struct ctx *cx, int64_t id, bool upheld, int64_t line_id, const char *answer)
{
    if (answer == NULL || strlen(answer) < 2)
        return SAY(cx, E_INVALID, "answer", N_("请写答复，会公开显示。"));
    return store_tx(cx, STORE_WRITE, settle_tx, &(struct settling){id, line_id, upheld, answer});
}

struct looking {
    const struct q_objection_row *o;
    const char *reason;
};

static err_t look_tx(struct ctx *cx, void *arg)
{
    const struct looking *l = arg;
    struct view *v = view_obj(cx->arena);
    struct buf b = {.a = cx->arena};
    view_str(cx->arena, v, "reason", l->reason);
    view_json(&b, v);
    return audit_add(cx, "look", "objection", l->o->id, buf_text(&b));
}

err_t objection_contact(struct ctx *cx, const struct q_objection_row *o, const char *reason, const char **contact)
{
    TRY(claims_own_district(cx, o->district));
    TRY(store_tx(cx, STORE_WRITE, look_tx, &(struct looking){o, reason}));
    return unseal(cx, "objection.contact", o->contact, contact);
}
