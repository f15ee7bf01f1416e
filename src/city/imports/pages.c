/* pages.c -- a sheet is sent, its columns are chosen, it is checked, mended, confirmed, undone. */
#include "city/imports/pages_impl.h"

#include "city/imports/routes.h"
#include "city/house.h"

#include "base/day.h"
#include "base/hash.h"
#include "base/text.h"

#include <string.h>

/* ---- whose ---- */

static struct import_sender sender(const struct req *rq)
{
    bool employer = rq->cx.actor.role == ROLE_EMPLOYER;
    return (struct import_sender){employer ? rq->cx.actor.employer_id : 0, employer ? 0 : rq->cx.actor.station_id};
}

const char *imports_base(const struct req *rq) { return rq->cx.actor.role == ROLE_EMPLOYER ? "/employer/imports" : "/desk/imports"; }

const struct q_import_get_row *import_here(const struct req *rq) { return rq->scoped; }

static err_t check_own(struct req *rq)
{
    struct q_import_get_row *i = ARENA_NEW(rq->cx.arena, struct q_import_get_row);
    struct import_sender me = sender(rq);
    int64_t id;
    TRY(import_id_of(&rq->cx, req_param(rq, "import"), &id));
    TRY(import_find(&rq->cx, id, i));
    bool own = me.employer_id != 0 ? i->employer_id != NULL && *i->employer_id == me.employer_id
                                   : me.station_id != 0 && i->station_id != NULL && *i->station_id == me.station_id;
    if (!own || strcmp(i->kind, "sheet") != 0)
        return FAIL(&rq->cx, E_NOTFOUND, NULL, "%s belongs to somebody else", i->code);
    rq->scoped = i;
    return E_OK;
}
static const struct scope own_import = {N_("自己单位或驿站的导入"), "import", check_own};

/* ---- sending ---- */

static const struct choice endings[] = {{"xlsx", "xlsx"}, {"csv", "csv"}, {"txt", "txt"}, {"json", "json"}, {"jsonl", "jsonl"}, {"gz", "gz"}, {0}};

struct upload_form {
    const struct upload *file;
};
static const struct field upload_fields[] = {
    {"file", F_FILE, F_REQUIRED, N_("选择表格"), N_("Excel（.xlsx）或 CSV，一行一个岗位，一次最多 10000 行。"), .max = IMPORT_BYTES_MAX, .choices = endings,
     .off = offsetof(struct upload_form, file)},
    {0},
};

struct list_in {
    const int64_t *page;
};
static const struct field list_fields[] = {
    FIELD_PAGE(struct list_in),
    {0},
};

static const char *status_label(const struct ctx *cx, const char *status)
{
    static const struct choice words[] = {{"uploaded", N_("等您核对列")}, {"checked", N_("等您确认")}, {"running", N_("正在导入")},
                                          {"done", N_("已导入")},         {"undone", N_("已撤回")},    {"failed", N_("没有成功")},
                                          {0}};
    for (const struct choice *c = words; c->code != NULL; c++)
        if (strcmp(c->code, status) == 0)
            return tr(cx, c->label);
    return status;
}

static err_t show_list(struct req *rq)
{
    const struct list_in *in = rq->route->method == GET ? rq->in : NULL;
    struct import_sender me = sender(rq);
    struct q_import_list_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    int64_t page = in != NULL && in->page != NULL ? *in->page : 1;
    struct q_import_list_in by = {.employer_id = me.employer_id != 0 ? &me.employer_id : NULL,
                                  .station_id = me.station_id != 0 ? &me.station_id : NULL,
                                  .lim = IMPORTS_PER_PAGE,
                                  .off = (page - 1) * IMPORTS_PER_PAGE};
    TRY(import_page(&rq->cx, &by, &rows, &n));
    struct view *list = view_list(a, rq->view, "imports");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "code", rows[i].code);
        view_str(a, v, "name", rows[i].file_name);
        view_str(a, v, "when", day_text_stamp(&rq->cx, rows[i].at));
        view_str(a, v, "status_label", status_label(&rq->cx, rows[i].status));
        view_bool(a, v, "waits", strcmp(rows[i].status, "uploaded") == 0 || strcmp(rows[i].status, "checked") == 0);
        view_bool(a, v, "good", strcmp(rows[i].status, "done") == 0);
        view_bool(a, v, "ended", strcmp(rows[i].status, "done") == 0 || strcmp(rows[i].status, "undone") == 0);
        view_i64(a, v, "fresh", rows[i].rows_new);
        view_i64(a, v, "known", rows[i].rows_same + rows[i].rows_merged + rows[i].rows_changed);
        view_i64(a, v, "bad", rows[i].rows_bad);
        view_str(a, v, "url", url_fmt(rq, "%s/%s", imports_base(rq), rows[i].code));
    }
    req_form(rq, upload_fields, NULL);
    req_pager(rq, page, IMPORTS_PER_PAGE, n > 0 ? rows[0].total : 0);
    view_str(a, rq->view, "base", url_fmt(rq, "%s", imports_base(rq)));
    return E_OK;
}

static err_t do_upload(struct req *rq)
{
    struct import_sender me = sender(rq);
    int64_t id;
    if (rq->upload == NULL)
        return SAY(&rq->cx, E_INVALID, "file", N_("请先选择一个表格文件。"));
    TRY(import_upload(&rq->cx, &me, rq->upload->path, rq->upload->name, &id));
    return redirect(rq, "%s/I%lld", imports_base(rq), (long long)id);
}

/* ---- downloads ---- */

static const char *out_type(enum out_format f)
{
    return f == OUT_XLSX ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8";
}

static err_t format_asked(struct req *rq, enum out_format *f, const char **path)
{
    char token[44];
    const char *word = req_param(rq, "format");
    if (strcmp(word, "xlsx") != 0 && strcmp(word, "csv") != 0)
        return FAIL(&rq->cx, E_NOTFOUND, NULL, "no format %s", word);
    *f = strcmp(word, "xlsx") == 0 ? OUT_XLSX : OUT_CSV;
    hash_token(token);
    *path = arena_fmt(rq->cx.arena, "%s/spool/%s.%s", rq->cx.house->data_dir, token, word);
    return E_OK;
}

static err_t get_template(struct req *rq)
{
    enum out_format f;
    const char *path;
    TRY(format_asked(rq, &f, &path));
    TRY(import_template(&rq->cx, f, path, rq->cx.actor.role != ROLE_EMPLOYER));
    return reply_file(rq, out_type(f), arena_fmt(rq->cx.arena, "%s.%s", tr(&rq->cx, N_("岗位模板")), req_param(rq, "format")), path);
}

static err_t get_faults(struct req *rq)
{
    enum out_format f;
    const char *path;
    TRY(format_asked(rq, &f, &path));
    TRY(import_faults(&rq->cx, import_here(rq)->id, f, path));
    const char *name = arena_fmt(rq->cx.arena, "%s-%s.%s", tr(&rq->cx, N_("要改的岗位")), import_here(rq)->code, req_param(rq, "format"));
    return reply_file(rq, out_type(f), name, path);
}

/* ---- choosing, mending, confirming ---- */

static err_t do_columns(struct req *rq)
{
    enum { MOST = 200 };
    const struct q_import_get_row *i = import_here(rq);
    const char **choice = ARENA_ARRAY(rq->cx.arena, const char *, MOST);
    size_t n = 0;
    for (; n < MOST; n++) {
        const char *v = pairs_get(&rq->body, arena_fmt(rq->cx.arena, "c%zu", n));
        if (v == NULL)
            break;
        choice[n] = v;
    }
    TRY(import_map(&rq->cx, i->id, choice, n));
    return redirect(rq, "%s/%s", imports_base(rq), i->code);
}

static err_t do_mend(struct req *rq)
{
    enum { MOST = 8 };
    const struct q_import_get_row *i = import_here(rq);
    const char *names[MOST], *values[MOST];
    size_t n = 0;
    for (size_t k = 0; k < rq->body.n && n < MOST; k++)
        if (strncmp(rq->body.p[k].name, "v-", 2) == 0) {
            names[n] = rq->body.p[k].name + 2;
            values[n++] = text_cut(rq->cx.arena, rq->body.p[k].value, 5000);
        }
    TRY(import_mend(&rq->cx, i->id, req_id(rq, "row"), names, values, n));
    req_note(rq, N_("这一行改好存下了，结果见下面。"));
    return redirect(rq, "%s/%s", imports_base(rq), i->code);
}

static err_t do_confirm(struct req *rq)
{
    const struct q_import_get_row *i = import_here(rq);
    rq->cx.result = url_fmt(rq, "%s/%s", imports_base(rq), i->code);
    TRY(import_confirm(&rq->cx, i->id));
    return redirect(rq, "%s/%s", imports_base(rq), i->code);
}

static err_t do_undo(struct req *rq)
{
    const struct q_import_get_row *i = import_here(rq);
    rq->cx.result = url_fmt(rq, "%s/%s", imports_base(rq), i->code);
    TRY(import_undo(&rq->cx, i->id));
    req_note(rq, N_("已经撤回：这次新增的岗位都结束了。"));
    return redirect(rq, "%s/%s", imports_base(rq), i->code);
}

/* The same rows for both senders. */
#define LIST_IN .fields = list_fields, .in_size = sizeof(struct list_in)
#define SHOW_IN .fields = show_fields, .in_size = sizeof(struct show_in)
#define UPLOAD_IN .fields = upload_fields, .in_size = sizeof(struct upload_form)
#define ROUTES(base, who)                                                                                                                  \
    {GET, base, show_list, who, .page = "imports/list", .title = N_("批量发布岗位"), LIST_IN},                                             \
        {POST, base, do_upload, who, .page = "imports/list", .title = N_("上传岗位表格"), UPLOAD_IN, .again = show_list, .flags = ROUTE_UPLOAD}, \
        {GET, base "/template/{format}", get_template, who, .title = N_("岗位表格模板")},                                                  \
        {GET, base "/{import}", import_show, who, &own_import, .page = "imports/show", .title = N_("导入岗位"), SHOW_IN},                  \
        {GET, base "/{import}/columns", import_show_columns, who, &own_import, .page = "imports/columns", .title = N_("核对列")},          \
        {POST, base "/{import}/columns", do_columns, who, &own_import, .page = "imports/columns", .title = N_("核对列"),                   \
         .again = import_show_columns},                                                                                                   \
        {POST, base "/{import}/rows/{row}", do_mend, who, &own_import, .page = "imports/show", .title = N_("改一行"), .again = import_show, \
         .flags = ROUTE_SENSITIVE},                                                                                                       \
        {POST, base "/{import}/confirm", do_confirm, who, &own_import, .page = "imports/show", .title = N_("确认导入"), .again = import_show}, \
        {POST, base "/{import}/undo", do_undo, who, &own_import, .page = "imports/show", .title = N_("撤回导入"), .again = import_show},   \
    {                                                                                                                                     \
        GET, base "/{import}/faults/{format}", get_faults, who, &own_import, .title = N_("要改的行"), .flags = ROUTE_SENSITIVE            \
    }

const struct route imports_routes[] = {
    ROUTES("/employer/imports", ROLE_EMPLOYER),
    ROUTES("/desk/imports", DESK),
    {0},
};
