/* lists.c -- what the pages show: claims, notices, objections, batches; masked. */
#include "city/claims/claims_impl.h"

#include "base/code.h"
#include "base/text.h"
#include "store/store.h"

#include "claims.sql.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { SOME = 200 };

static const int64_t *or_all(const int64_t *id) { return *id != 0 ? id : NULL; }

err_t claims_page(struct ctx *cx, const struct claim_filter *f, struct q_claim_list_row **rows, size_t *n)
{
    int64_t page = f->page > 0 ? f->page : 1;
    struct q_claim_list_in in = {.lim = CLAIM_PAGE, .off = (page - 1) * CLAIM_PAGE, .provider_id = or_all(&f->provider_id),
                                 .district = or_all(&f->district), .status = f->status};
    return q_claim_list(cx, &in, rows, n);
}

err_t claims_counts(struct ctx *cx, const struct claim_filter *f, struct q_claim_counts_row **rows, size_t *n)
{
    return q_claim_counts(cx, &(struct q_claim_counts_in){.provider_id = or_all(&f->provider_id), .district = or_all(&f->district)}, rows, n);
}

err_t claims_waiting(struct ctx *cx, struct q_claim_waiting_row **rows, size_t *n)
{
    return q_claim_waiting(cx, &(struct q_claim_waiting_in){.lim = SOME, .me = cx->actor.account_id, .district = cx->actor.district}, rows, n);
}

err_t claims_districts(struct ctx *cx, struct q_claim_districts_row **rows, size_t *n) { return q_claim_districts(cx, rows, n); }

err_t claims_ready(struct ctx *cx, int64_t provider_id, int64_t district, struct q_claim_class_ready_row **rows, size_t *n)
{
    struct q_claim_class_ready_in in = {.lim = SOME, .provider_id = or_all(&provider_id), .district = or_all(&district)};
    return q_claim_class_ready(cx, &in, rows, n);
}

err_t claim_class_of(struct ctx *cx, const char *code, struct q_claim_class_row *out)
{
    struct q_claim_class_by_code_row row;
    TRY(q_claim_class_by_code_first(cx, &(struct q_claim_class_by_code_in){.code = code}, &row));
    TRY(claim_class(cx, row.id, out));
    if (cx->actor.role == ROLE_PROVIDER && out->provider_id != cx->actor.provider_id)
        return FAIL(cx, E_NOTFOUND, NULL, "another provider's class");
    return claims_own_district(cx, out->district);
}

err_t notices_page(struct ctx *cx, int64_t district, int64_t page, struct q_notice_list_row **rows, size_t *n)
{
    struct q_notice_list_in in = {.lim = 20, .off = ((page > 0 ? page : 1) - 1) * 20, .district = or_all(&district)};
    return q_notice_list(cx, &in, rows, n);
}

err_t notice_claims(struct ctx *cx, int64_t notice_id, struct q_claim_of_notice_row **rows, size_t *n)
{
    return q_claim_of_notice(cx, &(struct q_claim_of_notice_in){.notice_id = &notice_id}, rows, n);
}

err_t objection_list(struct ctx *cx, int64_t district, int64_t notice_id, struct q_objection_list_row **rows, size_t *n)
{
    struct q_objection_list_in in = {.lim = SOME, .district = or_all(&district), .notice_id = or_all(&notice_id)};
    return q_objection_list(cx, &in, rows, n);
}

err_t objection_find(struct ctx *cx, int64_t id, struct q_objection_row *out)
{
    TRY(q_objection_first(cx, &(struct q_objection_in){.id = id}, out));
    return claims_own_district(cx, out->district);
}

err_t objection_by_code(struct ctx *cx, const char *code, struct q_objection_row *out)
{
    struct q_objection_by_code_row *rows;
    char read[CODE_LEN + 1];
    size_t n;
    if (code_read(code, read) != NULL)
        return FAIL(cx, E_NOTFOUND, NULL, "no such code");
    TRY(q_objection_by_code(cx, &(struct q_objection_by_code_in){.code = read}, &rows, &n));
    return n > 0 ? objection_find(cx, rows[0].id, out) : FAIL(cx, E_NOTFOUND, NULL, "no objection %s", read);
}

err_t batches(struct ctx *cx, int64_t district, struct q_batch_list_row **rows, size_t *n)
{
    return q_batch_list(cx, &(struct q_batch_list_in){.lim = SOME, .district = or_all(&district)}, rows, n);
}

static const char *tail_of(struct ctx *cx, const char *account)
{
    size_t n = account != NULL ? strlen(account) : 0;
    return n > 4 ? arena_fmt(cx->arena, "****%s", account + n - 4) : NULL;
}

err_t batch_payments(struct ctx *cx, int64_t batch_id, struct payment_view **rows, size_t *n)
{
    struct q_payment_list_row *p;
    TRY(q_payment_list(cx, &(struct q_payment_list_in){.batch_id = batch_id}, &p, n));
    *rows = arena_alloc(cx->arena, (*n + 1) * sizeof **rows);
    for (size_t i = 0; i < *n; i++) {
        struct payment_view *v = &(*rows)[i];
        *v = (struct payment_view){.reference = p[i].reference, .payee = p[i].payee, .bank = p[i].bank, .claim_code = p[i].claim_code,
                                   .status = p[i].status, .answer = p[i].answer, .fen = p[i].amount};
        TRY(unseal(cx, "payment.name", p[i].name, &v->name));
        TRY(unseal(cx, "payment.account", p[i].account, &v->account));
        v->account = tail_of(cx, v->account);
        if (strcmp(p[i].payee, "person") == 0)
            v->name = text_mask_name(cx->arena, v->name);
    }
    return E_OK;
}

err_t claims_of_person(struct ctx *cx, int64_t person_id, struct q_claim_of_person_row **rows, size_t *n)
{
    return q_claim_of_person(cx, &(struct q_claim_of_person_in){.person_id = person_id}, rows, n);
}

err_t returns_list(struct ctx *cx, int64_t district, struct q_bank_return_list_row **rows, size_t *n)
{
    return q_bank_return_list(cx, &(struct q_bank_return_list_in){.lim = 50, .district = district}, rows, n);
}

err_t recoveries(struct ctx *cx, int64_t district, struct q_recovery_list_row **rows, size_t *n)
{
    return q_recovery_list(cx, &(struct q_recovery_list_in){.lim = SOME, .district = or_all(&district)}, rows, n);
}

/* The arithmetic of a line, out of its JSON. */
static const char *formula_text(struct ctx *cx, const char *json)
{
    json_t *o = json_loads(json, 0, NULL);
    const char *s = json_string_value(json_object_get(o, "text")), *out = s != NULL ? arena_fmt(cx->arena, "%s", s) : NULL;
    json_decref(o);
    return out;
}

static err_t line_of(struct ctx *cx, const struct q_claim_lines_row *l, struct line_view *v)
{
    struct account_in account;
    bool has;
    *v = (struct line_view){.id = l->id, .fen = l->amount, .trainee_id = l->trainee_id, .person_id = l->person_id, .payee_id = l->payee_id,
                            .trainee_code = l->trainee_code, .category = l->category, .item = l->item, .payee = l->payee, .fund = l->fund,
                            .status = l->status, .formula = formula_text(cx, l->formula), .certificate = l->number};
    TRY(unseal(cx, "person.name", l->name, &v->name));
    TRY(unseal(cx, "person.idno", l->idno, &v->idno));
    v->name = v->name != NULL ? text_mask_name(cx->arena, v->name) : "";
    v->idno = v->idno != NULL ? text_mask_idno(cx->arena, v->idno) : "";
    TRY(payee_account(cx, l->payee, l->payee_id, &account, &has));
    v->account = has ? tail_of(cx, account.account) : NULL;
    v->final = l->final != NULL;
    if (strcmp(l->status, "withdrawn") == 0)
        v->out = text_fill(cx->arena, tr(cx, v->final ? N_("{why}。不再给付") : N_("{why}。改正后可以再申请")), "why", *l->reason != '\0' ? l->reason : tr(cx, N_("没有写原因")), NULL);
    return E_OK;
}

static void out_before(struct ctx *cx, const struct q_claim_lines_out_row *o, size_t n, struct line_view *v)
{
    for (size_t i = 0; i < n; i++)
        if (o[i].trainee_id == v->trainee_id && strcmp(o[i].item, v->item) == 0)
            v->before = text_fill(cx->arena, tr(cx, N_("上次在 {claim} 里撤下：{why}")), "claim", o[i].code, "why",
                                  *o[i].reason != '\0' ? o[i].reason : tr(cx, N_("没有写原因")), NULL);
}

err_t claim_lines_view(struct ctx *cx, int64_t claim_id, struct line_view **rows, size_t *n)
{
    struct q_claim_lines_row *l;
    struct q_claim_lines_out_row *out;
    size_t n_out;
    TRY(claim_lines(cx, claim_id, &l, n));
    TRY(q_claim_lines_out(cx, &(struct q_claim_lines_out_in){.claim_id = claim_id}, &out, &n_out));
    *rows = arena_alloc(cx->arena, (*n + 1) * sizeof **rows);
    for (size_t i = 0; i < *n; i++) {
        TRY(line_of(cx, &l[i], &(*rows)[i]));
        out_before(cx, out, n_out, &(*rows)[i]);
    }
    return E_OK;
}

err_t return_read_file(struct ctx *cx, const char *name, const char *path, struct return_report *out)
{
    FILE *f = fopen(path, "re");
    if (f == NULL)
        return FAIL(cx, E_IO, NULL, "%s cannot be read", path);
    struct buf b = {.a = cx->arena};
    char part[16384];
    size_t got;
    while ((got = fread(part, 1, sizeof part, f)) > 0 && b.len <= RETURN_MOST)
        buf_add(&b, part, got);
    bool bad = ferror(f) != 0;
    fclose(f);
    if (bad)
        return FAIL(cx, E_IO, NULL, "%s cannot be read", path);
    if (b.len > RETURN_MOST)
        return SAY(cx, E_LIMIT, "file", N_("回执文件太大，请分成几个。"));
    return return_read(cx, name, b.len > 0 ? b.p : "", b.len, out);
}
