/* pages.c -- certificates: entered by providers, looked up by two officers, matched with result files; the evaluators the city knows. */
#include "city/certificates/certificates.h"
#include "city/reference.h"
#include "city/certificates/certificates_impl.h"
#include "city/certificates/routes.h"

#include "base/day.h"
#include "base/text.h"
#include "city/sheets/pages_sheet.h"
#include "city/training.h"

#include <stdlib.h>
#include <string.h>

static const struct choice sheets[] = {{"xlsx", "Excel"}, {"csv", "CSV"}, {0}};
enum { SHEET_BYTES = 10000000, PICTURE_BYTES = 10000000 };

static err_t load_class(struct req *rq)
{
    struct q_certificate_class_row *c = ARENA_NEW(rq->cx.arena, struct q_certificate_class_row);
    rq->scoped = c;
    return certificate_class_mine(&rq->cx, req_param(rq, "class"), c);
}
static const struct scope own_class = {"own class or area", "class", load_class};

static err_t load_one(struct req *rq)
{
    struct q_certificate_get_row *x = ARENA_NEW(rq->cx.arena, struct q_certificate_get_row);
    rq->scoped = x;
    return certificate_get_mine(&rq->cx, req_id(rq, "certificate"), x);
}
static const struct scope own_certificate = {"own area", "certificate", load_one};

/* Result files are the whole city's: every officer may look at each. */
static err_t load_result(struct req *rq)
{
    struct q_result_file_list_row f;
    return results_get(&rq->cx, req_id(rq, "result"), &f);
}
static const struct scope any_result = {"every result file", "result", load_result};

static void status_view(struct req *rq, struct view *v, const char *status)
{
    struct arena *a = rq->cx.arena;
    view_str(a, v, "status", status);
    view_str(a, v, "status_label", status != NULL ? tr(&rq->cx, flow_label(&certificate_flow, status)) : NULL);
    view_bool(a, v, "good", status != NULL && strcmp(status, "verified") == 0);
    view_bool(a, v, "bad", status != NULL && (strcmp(status, "doubtful") == 0 || strcmp(status, "rejected") == 0));
}

/* ---- the provider's class ---- */

struct one {
    const char *trainee, *number, *evaluator;
    int64_t issued_on;
};
static const struct field one_fields[] = {
    {"trainee", F_TEXT, F_REQUIRED, N_("学员"), .max = 20, .off = offsetof(struct one, trainee)},
    {"number", F_TEXT, F_REQUIRED, N_("证书编号"), N_("职业技能等级证书 22 位，以 Y 或 S 开头。"), .max = 60, .off = offsetof(struct one, number)},
    {"issued_on", F_DATE, F_REQUIRED, N_("发证日期"), .off = offsetof(struct one, issued_on)},
    {"evaluator", F_TEXT, F_REQUIRED, N_("评价组织"), N_("证书上盖章的单位全称。"), .max = 80, .off = offsetof(struct one, evaluator)},
    {0},
};

enum { ONE_FIELDS = sizeof one_fields / sizeof *one_fields };

/* Whose certificate is still to be entered. */
static void ask_one(struct req *rq, const struct q_certificate_of_class_row *rows, const struct trainee_names *names, size_t n)
{
    struct field *fields = ARENA_ARRAY(rq->cx.arena, struct field, ONE_FIELDS);
    struct choice *who = ARENA_ARRAY(rq->cx.arena, struct choice, n + 1);
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (rows[i].number == NULL)
            who[k++] = (struct choice){rows[i].code, arena_fmt(rq->cx.arena, "%s %s", names[i].masked, rows[i].code)};
    who[k] = (struct choice){0};
    memcpy(fields, one_fields, sizeof one_fields);
    fields[0].type = F_CHOICE;
    fields[0].choices = who;
    view_bool(rq->cx.arena, rq->view, "may_enter", k > 0 || rq->form.n_errors > 0);
    req_form(rq, fields, NULL);
}

static err_t show_class(struct req *rq)
{
    const struct q_certificate_class_row *c = rq->scoped;
    struct q_certificate_of_class_row *rows;
    struct trainee_names *names;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(certificates_of_class(&rq->cx, c->id, &rows, &n));
    TRY(certificate_names(&rq->cx, rows, n, &names));
    view_str(a, rq->view, "class_name", c->name);
    view_str(a, rq->view, "class_url", url_fmt(rq, "/provider/classes/%s", c->code));
    view_str(a, rq->view, "sheet_url", url_fmt(rq, "/provider/classes/%s/certificates/sheet", c->code));
    struct view *list = view_list(a, rq->view, "trainees");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "code", rows[i].code);
        view_str(a, v, "name", names[i].masked);
        view_str(a, v, "number", rows[i].number);
        view_str(a, v, "issued", rows[i].issued_on != NULL ? day_text_full(&rq->cx, *rows[i].issued_on) : NULL);
        status_view(rq, v, rows[i].certificate_status);
    }
    ask_one(rq, rows, names, n);
    return E_OK;
}

static err_t do_one(struct req *rq)
{
    const struct q_certificate_class_row *c = rq->scoped;
    const struct one *in = rq->in;
    struct certificate_in new = {.number = in->number, .evaluator = in->evaluator, .issued_on = in->issued_on};
    struct q_certificate_get_row *x;
    int64_t trainee_id, id;
    TRY(certificate_trainee_id(&rq->cx, c->id, in->trainee, &trainee_id));
    TRY(certificate_enter(&rq->cx, trainee_id, &new, &id));
    TRY(certificate_of_trainee(&rq->cx, trainee_id, &x));
    req_note(rq, x != NULL && strcmp(x->status, "doubtful") == 0 ? N_("证书已经录入，但有对不上的地方，区里会查。") : N_("证书已经录入。"));
    return redirect(rq, "/provider/classes/%s/certificates", c->code);
}

struct upload_form {
    const struct upload *file;
    const char *evaluator;
};
static const struct field sheet_fields[] = {
    {"file", F_FILE, F_REQUIRED, N_("选择表格"), N_("Excel（.xlsx）或 CSV，要有：学员编号或身份证号、证书编号、发证日期、评价组织。"), .max = SHEET_BYTES,
     .choices = sheets, .off = offsetof(struct upload_form, file)},
    {0},
};

static err_t show_sheet(struct req *rq)
{
    const struct q_certificate_class_row *c = rq->scoped;
    view_str(rq->cx.arena, rq->view, "class_name", c->name);
    view_str(rq->cx.arena, rq->view, "back_url", url_fmt(rq, "/provider/classes/%s/certificates", c->code));
    req_form(rq, sheet_fields, NULL);
    return E_OK;
}

static err_t do_sheet(struct req *rq)
{
    const struct q_certificate_class_row *c = rq->scoped;
    struct sheet_report r;
    struct arena *a = rq->cx.arena;
    if (rq->upload == NULL)
        return SAY(&rq->cx, E_INVALID, "file", N_("请选择表格文件。"));
    TRY(certificates_from_sheet(&rq->cx, c->id, rq->upload->path, rq->upload->name, &r));
    view_bool(a, rq->view, "done", true);
    view_i64(a, rq->view, "lines", r.lines);
    view_i64(a, rq->view, "entered", r.good);
    struct view *list = view_list(a, rq->view, "faults");
    for (size_t i = 0; i < r.n_faults; i++) {
        struct view *v = view_item(a, list);
        view_i64(a, v, "line", r.faults[i].line);
        view_str(a, v, "number", r.faults[i].number);
        view_str(a, v, "say", r.faults[i].say);
    }
    return show_sheet(rq);
}

/* ---- the district ---- */

struct filter {
    const char *status;
    const int64_t *page;
};
static const struct choice statuses[] = {{"entered", N_("待核验")}, {"seen", N_("一人已核")}, {"doubtful", N_("存疑")}, {"verified", N_("核验通过")},
                                         {"rejected", N_("不予认可")}, {0}};
static const struct field filter_fields[] = {
    {"status", F_CHOICE, 0, N_("状态"), .choices = statuses, .off = offsetof(struct filter, status)},
    FIELD_PAGE(struct filter),
    {0},
};

/* All that the filter finds. */
static err_t list_file(struct req *rq)
{
    static const char *const heads[] = {N_("证书编号"), N_("等级"), N_("学员"), N_("班期编号"), N_("班期"), N_("机构"), N_("评价组织"), N_("发证日期"), N_("状态")};
    enum { COLUMNS = sizeof heads / sizeof *heads };
    const struct filter *f = rq->in;
    struct certificate_part part = {.lim = SHEET_TABLE_ROWS};
    struct q_certificate_list_row *r;
    struct sheet_table t;
    size_t n = SHEET_TABLE_ROWS;
    TRY(sheet_table_begin(rq, heads, COLUMNS, &t));
    for (; n == SHEET_TABLE_ROWS; part.off += part.lim) {
        TRY(certificate_list(&rq->cx, city_own_district(&rq->cx), f->status, &part, &r, &n));
        for (size_t i = 0; i < n; i++) {
            const char *cells[COLUMNS] = {r[i].number, tr(&rq->cx, training_level(r[i].level)), r[i].trainee_code, r[i].class_code, r[i].class_name, r[i].provider_name,
                                          r[i].evaluator, day_text_iso(rq->cx.arena, r[i].issued_on), tr(&rq->cx, flow_label(&certificate_flow, r[i].status))};
            TRY(out_row(&rq->cx, t.out, cells));
        }
    }
    return sheet_table_send(rq, &t, "certificates");
}

static err_t show_list(struct req *rq)
{
    const struct filter *f = rq->in;
    struct q_certificate_list_row *rows;
    struct arena *a = rq->cx.arena;
    int64_t page = f->page != NULL ? *f->page : 1;
    size_t n;
    TRY(certificate_list(&rq->cx, city_own_district(&rq->cx), f->status, &(struct certificate_part){(page - 1) * CERTIFICATE_PAGE, CERTIFICATE_PAGE}, &rows, &n));
    view_str(a, rq->view, "csv_url", url_fmt(rq, "/district/certificates/table.csv%s%s", f->status != NULL ? "?status=" : "", f->status != NULL ? f->status : ""));
    struct view *list = view_list(a, rq->view, "certificates");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "url", url_fmt(rq, "/district/certificates/%lld", (long long)rows[i].id));
        view_str(a, v, "number", rows[i].number);
        view_str(a, v, "class_name", rows[i].class_name);
        view_str(a, v, "evaluator", rows[i].evaluator);
        view_str(a, v, "trainee", rows[i].trainee_code);
        view_str(a, v, "issued", day_text_full(&rq->cx, rows[i].issued_on));
        bool mine = strcmp(rows[i].status, "seen") == 0 && rows[i].first_by != NULL && *rows[i].first_by == rq->cx.actor.account_id;
        view_bool(a, v, "mine", mine);
        status_view(rq, v, rows[i].status);
    }
    req_form(rq, filter_fields, NULL);
    req_pager(rq, page, CERTIFICATE_PAGE, n > 0 ? rows[0].total : 0);
    return E_OK;
}

struct act {
    const char *action, *note, *version;
    const struct upload *file;
};
static const struct choice pictures[] = {{"png", "PNG"}, {"jpg", "JPEG"}, {"jpeg", "JPEG"}, {"pdf", "PDF"}, {0}};
static const struct field act_fields[] = {
    {"action", F_TEXT, F_REQUIRED, N_("这一步"), .max = 20, .off = offsetof(struct act, action)},
    {"note", F_LONG, 0, N_("原因"), .max = 500, .off = offsetof(struct act, note)},
    {"version", F_HIDDEN, 0, N_("版本"), .off = offsetof(struct act, version)},
    {"file", F_FILE, 0, N_("查询结果的截图"), .max = PICTURE_BYTES, .choices = pictures, .off = offsetof(struct act, file)},
    {0},
};

static err_t show_one(struct req *rq)
{
    const struct q_certificate_get_row *x = rq->scoped;
    struct arena *a = rq->cx.arena;
    view_str(a, rq->view, "number", x->number);
    view_str(a, rq->view, "kind", tr(&rq->cx, training_label(certificate_kinds, x->kind)));
    view_str(a, rq->view, "level", tr(&rq->cx, training_level(x->level)));
    view_str(a, rq->view, "class_name", x->class_name);
    view_str(a, rq->view, "provider_name", x->provider_name);
    view_str(a, rq->view, "trainee", x->trainee_code);
    view_str(a, rq->view, "evaluator", x->evaluator);
    view_str(a, rq->view, "issued", day_text_full(&rq->cx, x->issued_on));
    view_str(a, rq->view, "evidence", *x->evidence != '\0' ? x->evidence : NULL);
    view_str(a, rq->view, "result_url", x->result_file_id != NULL ? url_fmt(rq, "/district/results/%lld", (long long)*x->result_file_id) : NULL);
    view_i64(a, rq->view, "version", x->version);
    view_str(a, rq->view, "actions_url", url_fmt(rq, "/district/certificates/%lld/actions", (long long)x->id));
    view_bool(a, rq->view, "mine", x->first_by != NULL && *x->first_by == rq->cx.actor.account_id && strcmp(x->status, "seen") == 0);
    status_view(rq, rq->view, x->status);
    certificate_checks_view(&rq->cx, rq->view, x->checks);
    flow_view(&rq->cx, &certificate_flow, x->status, rq->view);
    for (struct view *v = view_get(rq->view, "actions", 7)->head; v != NULL; v = v->next) /* the second look is another person's */
        view_bool(a, v, "others", x->first_by != NULL && *x->first_by == rq->cx.actor.account_id && strcmp(view_get(v, "action", 6)->s, "attest") == 0);
    return E_OK;
}

static err_t do_act(struct req *rq)
{
    const struct q_certificate_get_row *x = rq->scoped;
    const struct act *in = rq->in;
    const char *evidence = NULL;
    if (rq->upload != NULL && rq->upload->size > 0)
        TRY(file_digest(&rq->cx, rq->upload->path, &evidence));
    TRY(certificate_step(&rq->cx, x->id, in->action, in->note, evidence, in->version != NULL ? strtoll(in->version, NULL, 10) : x->version));
    req_note(rq, N_("已经记下来。"));
    return redirect(rq, "/district/certificates/%lld", (long long)x->id);
}

/* ---- result files ---- */

static const struct field result_fields[] = {
    {"file", F_FILE, F_REQUIRED, N_("结果文件"), N_("评价组织发来的 Excel（.xlsx）或 CSV，要有：证书编号、身份证号、等级、发证日期。同一个文件只算一次。"),
     .max = SHEET_BYTES, .choices = sheets, .off = offsetof(struct upload_form, file)},
    {"evaluator", F_TEXT, F_REQUIRED, N_("评价组织"), N_("文件是谁出的。"), .min = 2, .max = 80, .off = offsetof(struct upload_form, evaluator)},
    {0},
};

static void result_view(struct req *rq, struct view *v, const struct q_result_file_list_row *f)
{
    struct arena *a = rq->cx.arena;
    view_str(a, v, "url", url_fmt(rq, "/district/results/%lld", (long long)f->id));
    view_str(a, v, "name", f->name);
    view_str(a, v, "evaluator", f->evaluator);
    view_str(a, v, "digest", f->digest);
    view_str(a, v, "when", day_text_stamp(&rq->cx, f->at));
    view_count(a, v, "lines", f->lines);
    view_count(a, v, "matched", f->matched);
    view_count(a, v, "wrong", f->faults);
}

static err_t show_results(struct req *rq)
{
    struct q_result_file_list_row *rows;
    const char *given = req_query(rq, "page");
    int64_t page = given != NULL ? strtoll(given, NULL, 10) : 1;
    size_t n;
    page = page < 1 || page > 10000 ? 1 : page;
    TRY(results_list(&rq->cx, page, &rows, &n));
    struct view *list = view_list(rq->cx.arena, rq->view, "files");
    for (size_t i = 0; i < n; i++)
        result_view(rq, view_item(rq->cx.arena, list), &rows[i]);
    if (rq->cx.actor.role != ROLE_AUDITOR)
        req_form(rq, result_fields, NULL);
    req_pager(rq, page, CERTIFICATE_PAGE, n > 0 ? rows[0].total : 0);
    return E_OK;
}

static err_t do_result(struct req *rq)
{
    const struct upload_form *in = rq->in;
    int64_t id;
    if (rq->upload == NULL)
        return SAY(&rq->cx, E_INVALID, "file", N_("请选择结果文件。"));
    TRY(results_import(&rq->cx, rq->upload->path, rq->upload->name, in->evaluator, &id));
    return redirect(rq, "/district/results/%lld", (long long)id);
}

static err_t show_result(struct req *rq)
{
    struct q_result_file_list_row f;
    struct q_result_line_faults_row *rows;
    size_t n;
    TRY(results_get(&rq->cx, req_id(rq, "result"), &f));
    TRY(results_faults(&rq->cx, f.id, &rows, &n));
    result_view(rq, rq->view, &f);
    struct view *list = view_list(rq->cx.arena, rq->view, "faults");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(rq->cx.arena, list);
        view_i64(rq->cx.arena, v, "line", rows[i].line);
        view_str(rq->cx.arena, v, "number", rows[i].number);
        view_str(rq->cx.arena, v, "say", rows[i].fault);
    }
    return E_OK;
}

/* ---- evaluators ---- */

struct evaluator_form {
    const char *name, *kind, *prefix;
};
static const struct field evaluator_fields[] = {
    {"name", F_TEXT, F_REQUIRED, N_("名称"), .min = 2, .max = 80, .off = offsetof(struct evaluator_form, name)},
    {"kind", F_CHOICE, F_REQUIRED, N_("哪一类"), .choices = evaluator_kinds, .off = offsetof(struct evaluator_form, kind)},
    {"prefix", F_TEXT, 0, N_("证书编号的开头"), N_("最多 13 位，例如 S000012000012；不知道就空着。"), .max = 13, .off = offsetof(struct evaluator_form, prefix)},
    {0},
};

static err_t show_evaluators(struct req *rq)
{
    struct q_evaluator_list_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(evaluators(&rq->cx, &rows, &n));
    struct view *list = view_list(a, rq->view, "evaluators");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "name", rows[i].name);
        view_str(a, v, "kind", tr(&rq->cx, training_label(evaluator_kinds, rows[i].kind)));
        view_str(a, v, "prefix", rows[i].prefix);
        view_str(a, v, "from", day_text_full(&rq->cx, rows[i].from_on));
    }
    if (rq->cx.actor.role == ROLE_CITY)
        req_form(rq, evaluator_fields, NULL);
    return E_OK;
}

static err_t do_evaluator(struct req *rq)
{
    const struct evaluator_form *in = rq->in;
    TRY(evaluator_add(&rq->cx, in->name, in->kind, in->prefix));
    req_note(rq, N_("评价组织已经登记。"));
    return redirect(rq, "/city/evaluators");
}

const struct route certificates_routes[] = {
    {GET, "/provider/classes/{class}/certificates", show_class, ROLE_PROVIDER, &own_class, "certificates/class", N_("学员的证书"), NULL, 0, NULL, 0},
    {POST, "/provider/classes/{class}/certificates", do_one, ROLE_PROVIDER, &own_class, "certificates/class", N_("录入证书"), one_fields, sizeof(struct one),
     show_class, 0},
    {GET, "/provider/classes/{class}/certificates/sheet", show_sheet, ROLE_PROVIDER, &own_class, "certificates/sheet", N_("用表格录入证书"), NULL, 0, NULL, 0},
    {POST, "/provider/classes/{class}/certificates/sheet", do_sheet, ROLE_PROVIDER, &own_class, "certificates/sheet", N_("用表格录入证书"), sheet_fields,
     sizeof(struct upload_form), show_sheet, ROUTE_UPLOAD},
    {GET, "/district/certificates", show_list, OFFICERS | ROLE_AUDITOR, NULL, "certificates/list", N_("证书核验"), filter_fields, sizeof(struct filter), NULL, 0},
    {GET, "/district/certificates/table.csv", list_file, OFFICERS | ROLE_AUDITOR, NULL, NULL, N_("证书核验（CSV）"), filter_fields, sizeof(struct filter), NULL, 0},
    {GET, "/district/certificates/{certificate}", show_one, OFFICERS | ROLE_AUDITOR, &own_certificate, "certificates/one", N_("一本证书"), NULL, 0, NULL, 0},
    {POST, "/district/certificates/{certificate}/actions", do_act, OFFICERS, &own_certificate, "certificates/one", N_("核验证书"), act_fields, sizeof(struct act),
     show_one, ROUTE_UPLOAD},
    {GET, "/district/results", show_results, OFFICERS | ROLE_AUDITOR, NULL, "certificates/results", N_("评价组织的结果文件"), NULL, 0, NULL, 0},
    {POST, "/district/results", do_result, OFFICERS, NULL, "certificates/results", N_("导入结果文件"), result_fields, sizeof(struct upload_form), show_results,
     ROUTE_UPLOAD},
    {GET, "/district/results/{result}", show_result, OFFICERS | ROLE_AUDITOR, &any_result, "certificates/result", N_("一个结果文件"), NULL, 0, NULL, 0},
    {GET, "/city/evaluators", show_evaluators, OFFICERS | ROLE_AUDITOR, NULL, "certificates/evaluators", N_("评价组织"), NULL, 0, NULL, 0},
    {POST, "/city/evaluators", do_evaluator, ROLE_CITY, NULL, "certificates/evaluators", N_("登记评价组织"), evaluator_fields, sizeof(struct evaluator_form),
     show_evaluators, 0},
    {0},
};
const struct flow *const certificates_flows[] = {&certificate_flow, NULL};
