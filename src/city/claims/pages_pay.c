/* pages_pay.c -- a district's payments: batches, the bank's file and its answer; objections; money asked back. */
#include "city/claims/claims.h"
#include "city/claims/pages_impl.h"
#include "city/claims/routes.h"

#include "base/day.h"
#include "base/text.h"
#include "city/trainees/trainees.h"
#include "city/training.h"

#include <string.h>

static const struct choice batch_words[] = {{"made", N_("等同事核对后送银行")}, {"sent", N_("已送银行，等回执")}, {"done", N_("回执齐了")}, {0}};
static const struct choice payment_words[] = {{"sent", N_("等回执")}, {"paid", N_("已到账")}, {"failed", N_("银行退回")}, {0}};

static const char *batch_tone(const char *status) { return strcmp(status, "done") == 0 ? "ok" : strcmp(status, "made") == 0 ? "warn" : "acc"; }

/* ---- batches ---- */

struct upload_form {
    const struct upload *file;
};
static const struct choice csv[] = {{"csv", "CSV"}, {0}};
static const struct field upload_fields[] = {
    {"file", F_FILE, F_REQUIRED | F_WIDE, N_("银行回执（CSV）"),
     N_("列：付款编号、金额、结果（成功、失败，或者付出去又退回来的退票）、原因。可以分几个文件，同一个文件传两次只算一次。"), .max = RETURN_MOST,
     .choices = csv, .off = offsetof(struct upload_form, file)},
    {0},
};
struct make_form {
    const char *fund;
};
static const struct field make_fields[] = {
    {"fund", F_CHOICE, F_REQUIRED, N_("基金"), .choices = training_funds, .off = offsetof(struct make_form, fund)},
    {0},
};

static void put_batch(struct req *rq, struct view *list, const struct q_batch_list_row *b)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_item(a, list);
    view_str(a, v, "code", b->code);
    view_str(a, v, "url", url_fmt(rq, "/district/payments/%s", b->code));
    view_str(a, v, "fund", tr(&rq->cx, training_label(training_funds, b->fund)));
    view_str(a, v, "total", training_yuan(&rq->cx, b->total));
    view_i64(a, v, "payments", b->lines);
    view_i64(a, v, "paid", b->paid);
    view_i64(a, v, "failed", b->failed);
    view_str(a, v, "day", day_text(&rq->cx, day_of(b->at, DAY_ZONE)));
    claims_tag(rq, v, training_label(batch_words, b->status), batch_tone(b->status));
}

static err_t put_returns(struct req *rq)
{
    struct q_bank_return_list_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(returns_list(&rq->cx, rq->cx.actor.district, &rows, &n));
    struct view *list = view_list(a, rq->view, "returns");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "name", rows[i].name);
        view_str(a, v, "when", day_text_stamp(&rq->cx, rows[i].at));
        view_i64(a, v, "lines", rows[i].lines);
        view_i64(a, v, "paid", rows[i].paid);
        view_i64(a, v, "failed", rows[i].failed);
    }
    return E_OK;
}

static err_t put_recoveries(struct req *rq)
{
    struct q_recovery_list_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    int64_t today = day_of(rq->cx.now, DAY_ZONE);
    TRY(recoveries(&rq->cx, rq->cx.actor.district, &rows, &n));
    struct view *list = view_list(a, rq->view, "recoveries");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        bool open = strcmp(rows[i].status, "asked") == 0, late = open && rows[i].due_on < today;
        view_str(a, v, "claim", rows[i].code);
        view_str(a, v, "url", url_fmt(rq, "/district/claims/%s", rows[i].code));
        view_str(a, v, "provider", rows[i].provider_name);
        view_str(a, v, "item", tr(&rq->cx, training_label(claim_items, rows[i].item)));
        view_str(a, v, "amount", training_yuan(&rq->cx, rows[i].amount));
        view_str(a, v, "reason", rows[i].reason);
        view_str(a, v, "due", day_text(&rq->cx, open ? rows[i].due_on : rows[i].returned_on != NULL ? *rows[i].returned_on : rows[i].due_on));
        claims_tag(rq, v, !open ? N_("已退回") : late ? N_("过期没有退回") : N_("等退回"), !open ? "ok" : late ? "bad" : "warn");
    }
    return E_OK;
}

static err_t show_payments(struct req *rq)
{
    struct q_batch_list_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(batches(&rq->cx, rq->cx.actor.district, &rows, &n));
    struct view *list = view_list(a, rq->view, "batches");
    for (size_t i = 0; i < n; i++)
        put_batch(rq, list, &rows[i]);
    list = view_list(a, rq->view, "funds");
    for (const struct choice *c = training_funds; c->code != NULL; c++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "fund_code", c->code);
        view_str(a, v, "fund_label", tr(&rq->cx, c->label));
    }
    TRY(put_returns(rq));
    TRY(put_recoveries(rq));
    req_form(rq, upload_fields, NULL);
    return E_OK;
}

static err_t do_make(struct req *rq)
{
    const struct make_form *f = rq->in;
    struct batch_report b;
    TRY(batch_make(&rq->cx, f->fund, &b));
    if (b.held > 0)
        req_note(rq, text_fill(rq->cx.arena, tr(&rq->cx, N_("付款批次做好了。还有 {n} 行不能付，第一行：{why}")), "n", arena_fmt(rq->cx.arena, "%lld", (long long)b.held),
                               "why", b.why, NULL));
    else
        req_note(rq, N_("付款批次做好了，请下载文件，由另一位同事核对后送银行。"));
    return redirect(rq, "/district/payments/%s", b.code);
}

static err_t do_return(struct req *rq)
{
    struct return_report r;
    if (rq->upload == NULL)
        return SAY(&rq->cx, E_INVALID, "file", N_("请选择银行回执文件。"));
    TRY(return_read_file(&rq->cx, text_cut(rq->cx.arena, rq->upload->name, 80), rq->upload->path, &r));
    req_note(rq, r.again ? N_("这个文件以前读过了，没有重复处理。") : r.failed > 0 ? N_("回执读好了，有退回的：更正收款账号后再做一批。") : N_("回执读好了。"));
    return redirect(rq, "/district/payments");
}

/* ---- one batch ---- */

static err_t check_batch(struct req *rq)
{
    rq->scoped = ARENA_NEW(rq->cx.arena, struct q_batch_row);
    return batch_find(&rq->cx, req_param(rq, "batch"), rq->scoped);
}
static const struct scope own_batch = {N_("区：本区"), "batch", check_batch};

/* What comes next, and for whom. */
static void batch_next(struct req *rq, const struct q_batch_row *b, const struct payment_view *p, size_t n)
{
    struct arena *a = rq->cx.arena;
    int64_t failed = 0;
    for (size_t i = 0; i < n; i++)
        failed += strcmp(p[i].status, "failed") == 0;
    bool made = strcmp(b->status, "made") == 0, mine = b->made_by == rq->cx.actor.account_id;
    const char *say = made && mine                       ? NULL /* said beside the button */
                      : made                             ? tr(&rq->cx, N_("请核对每一笔和总额，没有错就送银行；做这批的人不能自己送。"))
                      : strcmp(b->status, "sent") == 0   ? tr(&rq->cx, N_("已经送银行。回执到了，在“全部付款”里读入；可以分几次读，读两次也只算一次。"))
                      : failed > 0                       ? text_fill(a, tr(&rq->cx, N_("银行退回 {n} 笔：打开那份申请更正账号，再做一批，会自动列进去。")), "n", arena_fmt(a, "%lld", (long long)failed), NULL)
                                                         : tr(&rq->cx, N_("每一笔都到账了，没有要办的。"));
    view_str(a, rq->view, "next", say);
}

static err_t show_batch(struct req *rq)
{
    const struct q_batch_row *b = rq->scoped;
    struct payment_view *p;
    struct arena *a = rq->cx.arena;
    size_t n;
    bool mine = b->made_by == rq->cx.actor.account_id;
    view_fmt(a, rq->view, "title", "%s %s", tr(&rq->cx, "付款批次"), b->code);
    view_str(a, rq->view, "code", b->code);
    view_str(a, rq->view, "fund", tr(&rq->cx, training_label(training_funds, b->fund)));
    view_str(a, rq->view, "total", training_yuan(&rq->cx, b->total));
    view_str(a, rq->view, "sm3", b->digest);
    view_str(a, rq->view, "made", day_text_stamp(&rq->cx, b->at));
    view_str(a, rq->view, "sent", b->sent_at != NULL ? day_text_stamp(&rq->cx, *b->sent_at) : NULL);
    claims_tag(rq, view_sub(a, rq->view, "state"), training_label(batch_words, b->status), batch_tone(b->status));
    view_bool(a, rq->view, "may_file", mine);
    view_bool(a, rq->view, "may_send", !mine && strcmp(b->status, "made") == 0);
    view_bool(a, rq->view, "other_sends", mine && strcmp(b->status, "made") == 0);
    view_str(a, rq->view, "file_url", url_fmt(rq, "/district/payments/%s/file", b->code));
    view_str(a, rq->view, "send_url", url_fmt(rq, "/district/payments/%s/send", b->code));
    TRY(batch_payments(&rq->cx, b->id, &p, &n));
    batch_next(rq, b, p, n);
    struct view *list = view_list(a, rq->view, "payments");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "reference", p[i].reference);
        view_str(a, v, "name", p[i].name);
        view_str(a, v, "bank", p[i].bank);
        view_str(a, v, "account", p[i].account);
        view_str(a, v, "amount", training_yuan(&rq->cx, p[i].fen));
        view_str(a, v, "claim", p[i].claim_code);
        view_str(a, v, "url", url_fmt(rq, "/district/claims/%s", p[i].claim_code));
        view_str(a, v, "answer", *p[i].answer != '\0' ? p[i].answer : NULL);
        claims_tag(rq, v, training_label(payment_words, p[i].status), strcmp(p[i].status, "paid") == 0 ? "ok" : strcmp(p[i].status, "failed") == 0 ? "bad" : "");
    }
    return E_OK;
}

static err_t send_file(struct req *rq)
{
    const struct q_batch_row *b = rq->scoped;
    const char *text;
    size_t len;
    TRY(batch_file(&rq->cx, b, &text, &len));
    return reply_bytes(rq, "text/csv; charset=utf-8", arena_fmt(rq->cx.arena, "%s.csv", b->code), text, len);
}

static err_t do_send(struct req *rq)
{
    const struct q_batch_row *b = rq->scoped;
    TRY(batch_send(&rq->cx, b->id));
    req_note(rq, N_("记下了：这批付款已送银行。"));
    return redirect(rq, "/district/payments/%s", b->code);
}

/* ---- objections ---- */

/* Whom it may be about, as the notice shows them: the one that was named, else all of the claim. */
static err_t persons_view(struct req *rq, struct view *v, const struct q_objection_list_row *o)
{
    struct arena *a = rq->cx.arena;
    struct q_claim_persons_row *rows;
    const char *name, *idno;
    size_t n;
    TRY(objection_persons(&rq->cx, o->notice_id, o->claim_id != NULL ? *o->claim_id : 0, &rows, &n));
    struct view *list = view_list(a, v, "persons");
    for (size_t i = 0; i < n; i++) {
        bool here = o->trainee_id != NULL && *o->trainee_id == rows[i].id;
        if (o->trainee_id != NULL && !here)
            continue;
        TRY(trainee_mask(&rq->cx, rows[i].name, rows[i].idno, &name, &idno));
        struct view *p = view_item(a, list);
        view_i64(a, p, "person", rows[i].id);
        view_str(a, p, "label", arena_fmt(a, "%s %s · %s", name != NULL ? name : "", idno != NULL ? idno : "", rows[i].claim_code));
        view_bool(a, p, "here", here);
        view_str(a, p, "trainee_url", here ? url_fmt(rq, "/trainees/%s", rows[i].code) : NULL);
    }
    view_bool(a, v, "named", o->trainee_id != NULL);
    return E_OK;
}

static err_t show_objections(struct req *rq)
{
    static const struct choice words[] = {{"open", N_("处理中")}, {"upheld", N_("属实")}, {"dismissed", N_("不属实")}, {0}};
    struct q_objection_list_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(objection_list(&rq->cx, rq->cx.actor.district, 0, &rows, &n));
    struct view *list = view_list(a, rq->view, "objections");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_i64(a, v, "id", rows[i].id);
        view_str(a, v, "notice", rows[i].notice_code);
        view_str(a, v, "claim", rows[i].claim_code);
        view_str(a, v, "claim_url", rows[i].claim_code != NULL ? url_fmt(rq, "/district/claims/%s", rows[i].claim_code) : NULL);
        view_str(a, v, "what", rows[i].text);
        view_str(a, v, "when", day_text_stamp(&rq->cx, rows[i].at));
        view_str(a, v, "answer", *rows[i].answer != '\0' ? rows[i].answer : NULL);
        view_bool(a, v, "contacted", rows[i].contacted != 0);
        view_bool(a, v, "waits", strcmp(rows[i].status, "open") == 0);
        if (strcmp(rows[i].status, "open") == 0)
            TRY(persons_view(rq, v, &rows[i]));
        view_str(a, v, "settle_url", url_fmt(rq, "/district/objections/%lld", (long long)rows[i].id));
        claims_tag(rq, v, training_label(words, rows[i].status), strcmp(rows[i].status, "open") == 0 ? "warn" : "");
    }
    if (rq->form.n_errors > 0)
        req_form(rq, rq->route->fields, NULL);
    return E_OK;
}

static err_t check_objection(struct req *rq)
{
    rq->scoped = ARENA_NEW(rq->cx.arena, struct q_objection_row);
    return objection_find(&rq->cx, req_id(rq, "objection"), rq->scoped);
}
static const struct scope own_objection = {N_("区：本区"), "objection", check_objection};

struct settle_form {
    const char *verdict, *answer;
    const int64_t *person;
};
static const struct choice verdicts[] = {
    {"person", N_("属实，只撤下这个人")}, {"correct", N_("属实，按更正后的事实重算这个人")}, {"upheld", N_("属实，撤回整个申请")}, {"dismissed", N_("不属实")}, {0},
};
static const struct field settle_fields[] = {
    {"verdict", F_CHOICE, F_REQUIRED, N_("结论"), .choices = verdicts, .off = offsetof(struct settle_form, verdict)},
    {"person", F_INT, 0, N_("是哪一个人"), N_("只撤下或更正一个人的时候选。"), .min = 1, .max = INT64_MAX, .off = offsetof(struct settle_form, person)},
    {"answer", F_LONG, F_REQUIRED | F_WIDE, N_("答复"), N_("会公开显示在公示页上，不要写姓名和号码。"), .min = 2, .max = 1000, .off = offsetof(struct settle_form, answer)},
    {0},
};

static err_t do_settle(struct req *rq)
{
    const struct settle_form *f = rq->in;
    int64_t id = req_id(rq, "objection");
    bool one = strcmp(f->verdict, "person") == 0, correct = strcmp(f->verdict, "correct") == 0;
    if ((one || correct) && f->person == NULL)
        return SAY(&rq->cx, E_INVALID, "person", N_("请选是哪一个人。"));
    TRY(one || correct ? objection_settle_person(&rq->cx, id, *f->person, correct, f->answer)
                       : objection_settle(&rq->cx, id, strcmp(f->verdict, "upheld") == 0, 0, f->answer));
    req_note(rq, N_("答复公开了。"));
    return redirect(rq, "/district/objections");
}

/* The sealed contact: an act with a reason, audited. */
struct look_form {
    const char *reason;
};
static const struct field look_fields[] = {
    {"reason", F_TEXT, F_REQUIRED, N_("为什么要看"), N_("这次查看会记录下来。"), .min = 2, .max = 100, .off = offsetof(struct look_form, reason)},
    {0},
};

static err_t do_look(struct req *rq)
{
    const struct look_form *f = rq->in;
    const struct q_objection_row *o = rq->scoped;
    const char *contact;
    TRY(objection_contact(&rq->cx, o, f->reason, &contact));
    view_str(rq->cx.arena, rq->view, "contact", contact != NULL ? contact : tr(&rq->cx, N_("没有留。")));
    view_i64(rq->cx.arena, rq->view, "contact_of", o->id);
    return show_objections(rq);
}

const struct route claims_pay_routes[] = {
    {GET, "/district/payments", show_payments, ROLE_DISTRICT, .page = "claims/payments", .title = N_("付款")},
    {POST, "/district/payments", do_make, ROLE_DISTRICT, .page = "claims/payments", .title = N_("做付款批次"), .fields = make_fields,
     .in_size = sizeof(struct make_form), .again = show_payments},
    {POST, "/district/payments/returns", do_return, ROLE_DISTRICT, .page = "claims/payments", .title = N_("读银行回执"), .fields = upload_fields,
     .in_size = sizeof(struct upload_form), .again = show_payments, .flags = ROUTE_UPLOAD},
    {GET, "/district/payments/{batch}", show_batch, ROLE_DISTRICT, &own_batch, .page = "claims/batch", .title = N_("付款批次")},
    {POST, "/district/payments/{batch}/file", send_file, ROLE_DISTRICT, &own_batch, .title = N_("下载付款文件"), .flags = ROUTE_SENSITIVE},
    {POST, "/district/payments/{batch}/send", do_send, ROLE_DISTRICT, &own_batch, .page = "claims/batch", .title = N_("送银行")},
    {GET, "/district/objections", show_objections, ROLE_DISTRICT, .page = "claims/objections", .title = N_("公示异议")},
    {POST, "/district/objections/{objection}", do_settle, ROLE_DISTRICT, &own_objection, .page = "claims/objections", .title = N_("答复异议"),
     .fields = settle_fields, .in_size = sizeof(struct settle_form), .again = show_objections},
    {POST, "/district/objections/{objection}/look", do_look, ROLE_DISTRICT, &own_objection, .page = "claims/objections", .title = N_("看异议人的联系方式"),
     .fields = look_fields, .in_size = sizeof(struct look_form), .again = show_objections, .flags = ROUTE_SENSITIVE},
    {0},
};
