/* What the person may ask for: everything that is kept, and being forgotten. */
#include "city/people/people.h"

#include "base/day.h"
#include "city/accounts/accounts.h"
#include "city/claims/claims.h"
#include "city/classes/classes.h"
#include "city/counter/counter.h"
#include "city/history/history.h"
#include "city/people/people_impl.h"
#include "city/referrals/referrals.h"
#include "city/searches/searches.h"
#include "city/trainees/trainees.h"

#include "people.sql.h"

#include <string.h>

static const char *stamp(struct ctx *cx, int64_t ms) { return day_text_local(cx->arena, ms, DAY_ZONE); }

static err_t export_own(struct ctx *cx, int64_t id, struct view *v)
{
    struct arena *a = cx->arena;
    struct person_in p;
    struct wish w;
    struct q_consent_list_row *consents;
    struct q_person_looks_row *looks;
    struct q_person_account_row *accounts;
    size_t n;
    TRY(person_own(cx, id, &p));
    view_str(a, v, "name", p.name);
    view_str(a, v, "idno", p.idno);
    view_str(a, v, "phone", p.phone);
    view_str(a, v, "category", p.category);
    view_opt(a, v, "street", p.street);
    TRY(wish_get(cx, id, &w));
    struct view *o = view_sub(a, v, "wish");
    view_str(a, o, "words", w.words);
    view_str(a, o, "occupation", w.occupation);
    view_opt(a, o, "wage_floor_fen", w.wage_floor);
    view_opt(a, o, "street", w.street);
    view_opt(a, o, "radius_km", w.radius_km);
    view_str(a, o, "job_types", w.job_types);
    view_str(a, o, "shifts", w.shifts);
    view_str(a, o, "education", w.education);
    view_opt(a, o, "years", w.years);
    view_str(a, o, "certificates", w.certificates);
    view_str(a, o, "skills", w.skills);
    TRY(consent_list(cx, id, &consents, &n));
    VIEW_ROWS(a, v, "consents", q_consent_list_row_members, consents, n);
    TRY(person_looks(cx, id, &looks, &n));
    struct view *list = view_list(a, v, "looks");
    for (size_t i = 0; i < n; i++) {
        o = view_item(a, list);
        view_str(a, o, "at", stamp(cx, looks[i].at));
        view_str(a, o, "role", looks[i].role);
        view_str(a, o, "detail", looks[i].detail);
    }
    TRY(q_person_account(cx, &(struct q_person_account_in){.person_id = id}, &accounts, &n));
    list = view_list(a, v, "accounts");
    for (size_t i = 0; i < n; i++)
        view_str(a, view_item(a, list), "login", account_login_shown(cx, accounts[i].login));
    return searches_export(cx, id, view_list(a, v, "searches"));
}

static err_t export_training(struct ctx *cx, int64_t id, struct view *v)
{
    struct arena *a = cx->arena;
    struct q_need_of_person_row *needs;
    struct q_trainee_of_person_row *classes;
    struct q_fact_list_row *facts;
    struct q_history_of_row *before = NULL;
    struct person_in own;
    size_t n;
    TRY(needs_of(cx, id, &needs, &n));
    VIEW_ROWS(a, v, "needs", q_need_of_person_row_members, needs, n);
    TRY(trainees_of_person(cx, id, &classes, &n));
    VIEW_ROWS(a, v, "classes", q_trainee_of_person_row_members, classes, n);
    TRY(person_own(cx, id, &own));
    n = 0;
    if (own.idno != NULL)
        TRY(history_of(cx, own.idno, &before, &n));
    VIEW_ROWS(a, v, "before", q_history_of_row_members, before, n);
    TRY(facts_of(cx, id, &facts, &n));
    VIEW_ROWS(a, v, "facts", q_fact_list_row_members, facts, n);
    return E_OK;
}

struct exporting {
    int64_t id;
    struct view *out;
};

static err_t export_tx(struct ctx *cx, void *arg)
{
    struct exporting *e = arg;
    struct q_dislike_list_row *dislikes;
    size_t n;
    e->out = view_obj(cx->arena);
    view_str(cx->arena, e->out, "exported_at", stamp(cx, cx->now));
    TRY(export_own(cx, e->id, e->out));
    TRY(dislike_list(cx, e->id, &dislikes, &n));
    VIEW_ROWS(cx->arena, e->out, "not_for_me", q_dislike_list_row_members, dislikes, n);
    TRY(counter_export(cx, e->id, e->out));
    TRY(referrals_export(cx, e->id, e->out));
    TRY(export_training(cx, e->id, e->out));
    return audit_add(cx, "person.export", "person", e->id, NULL);
}

err_t person_export(struct ctx *cx, int64_t id, struct view **out)
{
    struct exporting e = {.id = id};
    TRY(store_tx(cx, STORE_WRITE, export_tx, &e));
    *out = e.out;
    return E_OK;
}

/* ---- being forgotten ---- */

err_t person_keep_until(struct ctx *cx, int64_t id, int64_t *day)
{
    struct q_person_last_served_row last;
    int64_t years;
    *day = 0;
    TRY(q_person_last_served(cx, &(struct q_person_last_served_in){.person_id = id}, &last));
    if (last.at == 0)
        return E_OK;
    TRY(people_rule(cx, "records.keep", "years", &years));
    int64_t until = day_add_months(day_of(last.at, DAY_ZONE), years * 12);
    *day = until > day_of(cx->now, DAY_ZONE) ? until : 0;
    return E_OK;
}

static err_t wipe(struct ctx *cx, int64_t id)
{
    struct blob nobody;
    size_t changed;
    TRY(facts_forget(cx, id));
    TRY(payee_forget(cx, id));
    TRY(seal(cx, "person.name", "", &nobody));
    TRY(q_person_wipe(cx, &(struct q_person_wipe_in){.id = id, .name = nobody, .erased_at = &cx->now}, &changed));
    if (changed == 0)
        return FAIL(cx, E_NOTFOUND, NULL, "person %lld was wiped already", (long long)id);
    return audit_add(cx, "person.wipe", "person", id, NULL);
}

struct erasing {
    int64_t id, erase_on;
};

static err_t erase_tx(struct ctx *cx, void *arg)
{
    struct erasing *e = arg;
    struct q_person_row person;
    struct blob nobody;
    TRY(person_row(cx, e->id, &person));
    if (person.erase_on != NULL)
        return SAY(cx, E_STATE, NULL, N_("删除已经办过了，依法要保存的记录到期后自动清除。"));
    TRY(person_keep_until(cx, e->id, &e->erase_on));
    TRY(seal(cx, "account.name", "", &nobody));
    TRY(change_add(cx, "person", e->id));
    TRY(q_wish_forget(cx, &(struct q_wish_forget_in){.person_id = e->id}, NULL));
    TRY(q_dislike_forget(cx, &(struct q_dislike_forget_in){.person_id = e->id}, NULL));
    TRY(q_consent_end_all(cx, &(struct q_consent_end_all_in){.person_id = e->id, .withdrawn_at = &cx->now}, NULL));
    TRY(counter_forget(cx, e->id));
    TRY(referrals_forget(cx, e->id));
    TRY(searches_forget(cx, e->id));
    TRY(needs_forget(cx, e->id));
    TRY(q_person_session_end(cx, &(struct q_person_session_end_in){.person_id = e->id, .ended_at = &cx->now}, NULL));
    TRY(q_person_account_end(cx, &(struct q_person_account_end_in){.person_id = e->id, .name = nobody}, NULL));
    TRY(q_person_lock(cx, &(struct q_person_lock_in){.id = e->id, .erase_on = e->erase_on != 0 ? &e->erase_on : NULL}, NULL));
    TRY(audit_add(cx, "person.erase", "person", e->id, arena_fmt(cx->arena, "{\"kept_until\":%lld}", (long long)e->erase_on)));
    return e->erase_on == 0 ? wipe(cx, e->id) : E_OK;
}

err_t person_erase(struct ctx *cx, int64_t id, int64_t *erase_on)
{
    struct erasing e = {.id = id};
    TRY(store_tx(cx, STORE_WRITE, erase_tx, &e));
    *erase_on = e.erase_on;
    return E_OK;
}

static err_t wipe_due_tx(struct ctx *cx, void *arg)
{
    struct q_person_to_wipe_row *rows;
    size_t n;
    int64_t today = day_of(cx->now, DAY_ZONE);
    (void)arg;
    TRY(q_person_to_wipe(cx, &(struct q_person_to_wipe_in){.erase_on = today}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        TRY(wipe(cx, rows[i].id));
    return E_OK;
}

static err_t wipe_due(struct ctx *cx) { return store_tx(cx, STORE_WRITE, wipe_due_tx, NULL); }

err_t people_tick(struct ctx *cx)
{
    return task_run(cx, "people.wipe", 3600000, wipe_due);
}
