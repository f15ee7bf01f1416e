/* pages_apply.c -- applying for a class: on the public page, at a station's counter, by the provider one by one or from a sheet. */
#include "city/trainees/trainees.h"

#include "base/day.h"
#include "city/classes/classes.h"
#include "city/decisions/words.h"
#include "city/people/people.h"
#include "city/trainees/pages_impl.h"
#include "city/trainees/sheet.h"
#include "city/training.h"

#include <stddef.h>
#include <string.h>

const struct field list_fields[] = {
    {"file", F_FILE, F_REQUIRED, N_("学员表格"), N_("第一行是列名：姓名、身份证号、手机号、人员类别……下面每行一个人。"), .max = 5 << 20, .choices = (const struct choice[]){{"xlsx", ""}, {"csv", ""}, {0}},
     .off = offsetof(struct list_form, file)},
    {0},
};

static err_t load(struct req *rq, bool own)
{
    struct class_seen *c = ARENA_NEW(rq->cx.arena, struct class_seen);
    TRY(trainee_class(&rq->cx, req_param(rq, "class"), &c->row, &c->left));
    bool public = (strcmp(c->row.status, "approved") == 0 || strcmp(c->row.status, "running") == 0) && !class_is_pair(c->row.line);
    if (own ? c->row.provider_id != rq->cx.actor.provider_id : !public)
        return FAIL(&rq->cx, E_NOTFOUND, NULL, "class %s is not open to this actor", c->row.code);
    rq->scoped = c;
    return E_OK;
}

static err_t check_open(struct req *rq) { return load(rq, false); }
static err_t check_own(struct req *rq) { return load(rq, true); }
const struct scope apply_class = {"a class on the calendar", "class", check_open};
const struct scope taught_class = {"own class", "class", check_own};

void class_line(struct req *rq, const struct class_seen *c)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_sub(a, rq->view, "class");
    view_str(a, v, "code", c->row.code);
    view_str(a, v, "name", c->row.class_name);
    view_str(a, v, "occupation", c->row.item_name);
    view_str(a, v, "level", tr(&rq->cx, training_level(c->row.level)));
    view_str(a, v, "line", strcmp(c->row.line, "catalogue") == 0 ? NULL : tr(&rq->cx, training_label(training_lines, c->row.line)));
    view_i64(a, v, "hours", c->row.hours);
    view_bool(a, v, "pair", class_is_pair(c->row.line));
    view_str(a, v, "provider", c->row.provider_name);
    view_str(a, v, "place", c->row.place_name);
    view_str(a, v, "address", c->row.place_address);
    view_str(a, v, "phone", c->row.phone);
    view_str(a, v, "days", arena_fmt(a, "%s – %s", day_text(&rq->cx, c->row.starts_on), day_text(&rq->cx, c->row.ends_on)));
    view_i64(a, v, "left", c->left);
    view_bool(a, v, "full", c->left == 0);
}

/* What only one kind of training asks is left out of the form of the others. */
static const struct field *fields_for(struct req *rq, const char *line)
{
    size_t n = 0, k = 0;
    while (trainee_fields[n].name != NULL)
        n++;
    struct field *out = ARENA_ARRAY(rq->cx.arena, struct field, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *only = strcmp(trainee_fields[i].name, "hired_on") == 0 ? "induction" : strcmp(trainee_fields[i].name, "permit") == 0 ? "safety" : NULL;
        if (only == NULL || strcmp(only, line) == 0)
            out[k++] = trainee_fields[i];
    }
    out[k] = (struct field){0};
    return out;
}

/* For somebody whose account has a person the form is filled in. */
static err_t ask(struct req *rq, bool desk)
{
    struct person_in me = {0};
    struct trainee_form in = {0};
    struct pairs now = {0};
    if (rq->cx.actor.role == ROLE_SEEKER && rq->cx.actor.person_id != 0) {
        TRY(person_own(&rq->cx, rq->cx.actor.person_id, &me));
        in = (struct trainee_form){.name = me.name, .idno = me.idno, .phone = me.phone};
        now = form_pairs(&rq->cx, trainee_fields, &in);
    }
    class_line(rq, rq->scoped);
    view_bool(rq->cx.arena, rq->view, "public", !desk);
    const struct class_seen *c = rq->scoped;
    req_form(rq, fields_for(rq, c->row.line), &now);
    return E_OK;
}

err_t show_apply(struct req *rq)
{
    return ask(rq, (rq->cx.actor.role & DESK) != 0);
}

/* The answer is shown at once and nowhere else: it speaks of the person. */
err_t do_apply(struct req *rq)
{
    const struct class_seen *c = rq->scoped;
    const struct trainee_form *in = rq->in;
    struct decision d;
    int64_t id;
    struct q_trainee_get_row t;
    TRY(trainee_apply(&rq->cx, c->row.id, in, &d, &id));
    TRY(trainee_find(&rq->cx, id, &t));
    class_line(rq, c);
    decision_words(&rq->cx, rq->view, &d);
    view_str(rq->cx.arena, rq->view, "code", t.code);
    view_bool(rq->cx.arena, rq->view, "refused", d.verdict == DECIDE_NO);
    view_bool(rq->cx.arena, rq->view, "public", (rq->cx.actor.role & DESK) == 0);
    if (d.verdict == DECIDE_NO) /* a wrong answer is put right where one stands */
        req_form(rq, fields_for(rq, c->row.line), &rq->body);
    rq->page = "trainees/applied";
    return E_OK;
}

err_t show_enter(struct req *rq)
{
    const struct class_seen *c = rq->scoped;
    TRY(ask(rq, true));
    view_bool(rq->cx.arena, rq->view, "sheet", true);
    view_str(rq->cx.arena, rq->view, "sheet_url", url_fmt(rq, "/provider/classes/%s/sheet", c->row.code));
    view_str(rq->cx.arena, rq->view, "list_url", url_fmt(rq, "/provider/trainees?class=%s", c->row.code));
    return E_OK;
}

err_t do_enter(struct req *rq)
{
    const struct class_seen *c = rq->scoped;
    struct decision d;
    int64_t id;
    struct q_trainee_get_row t;
    TRY(trainee_apply(&rq->cx, c->row.id, rq->in, &d, &id));
    TRY(trainee_find(&rq->cx, id, &t));
    req_note(rq, d.verdict == DECIDE_NO ? N_("这个人不能享受补贴，原因见下面。") : N_("已登记，核对结果见下面。"));
    return redirect(rq, "/trainees/%s", t.code);
}

err_t do_sheet(struct req *rq)
{
    const struct class_seen *c = rq->scoped;
    const struct list_form *f = rq->in;
    struct sheet_report r;
    TRY(trainees_sheet(&rq->cx, c->row.id, f->file->path, f->file->name, &r));
    if (r.n_faults == 0) {
        req_note(rq, N_("表格里的人都登记了，请逐个看核对结果。"));
        return redirect(rq, "/provider/trainees?class=%s", c->row.code);
    }
    TRY(show_enter(rq));
    view_i64(rq->cx.arena, rq->view, "taken", r.taken);
    view_bool(rq->cx.arena, rq->view, "faulty", true);
    struct view *list = view_list(rq->cx.arena, rq->view, "faults");
    for (size_t i = 0; i < r.n_faults; i++) {
        struct view *v = view_item(rq->cx.arena, list);
        view_i64(rq->cx.arena, v, "row", r.faults[i].row);
        view_str(rq->cx.arena, v, "say", r.faults[i].say);
    }
    return E_OK;
}
