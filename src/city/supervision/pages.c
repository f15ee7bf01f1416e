/* pages.c -- what the pages of supervision share. */
#include "city/supervision/pages_impl.h"

#include <string.h>

static err_t load_class(struct req *rq)
{
    struct q_watch_class_row *c = ARENA_NEW(rq->cx.arena, struct q_watch_class_row);
    rq->scoped = c;
    return watch_class_mine(&rq->cx, req_param(rq, "class"), c);
}

const struct scope own_class = {"own class or area", "class", load_class};

const char *class_base(const struct req *rq)
{
    return rq->cx.actor.role == ROLE_PROVIDER ? "/provider" : "/district";
}

int64_t page_of(const int64_t *page)
{
    return page != NULL ? *page : 1;
}

const char *percent(struct arena *a, int64_t ppm)
{
    return arena_fmt(a, "%lld.%lld", (long long)(ppm / 10000), (long long)(ppm / 1000 % 10));
}

const char *label_of(struct req *rq, const struct choice *list, const char *code)
{
    for (; list->code != NULL; list++)
        if (strcmp(list->code, code) == 0)
            return tr(&rq->cx, list->label);
    return code;
}

void class_head(struct req *rq, const struct q_watch_class_row *c)
{
    struct arena *a = rq->cx.arena;
    view_str(a, rq->view, "class_code", c->code);
    view_str(a, rq->view, "class_name", c->name);
    view_str(a, rq->view, "provider_name", c->provider_name);
    view_str(a, rq->view, "class_url", url_fmt(rq, "%s/classes/%s", class_base(rq), c->code));
    view_str(a, rq->view, "attendance_url", url_fmt(rq, "%s/classes/%s/attendance", class_base(rq), c->code));
}

void csv_link(struct req *rq, const char *path, const char *state, const char *kind)
{
    view_str(rq->cx.arena, rq->view, "csv_url", url_fmt(rq, "%s/table.csv?state=%s&kind=%s", path, state != NULL ? state : "", kind != NULL ? kind : ""));
}

void watch_tabs(struct req *rq, const char *here)
{
    static const struct {
        const char *path, *word;
        unsigned roles;
    } tabs[] = {
        {"/district/supervision", N_("概况"), OFFICERS | ROLE_AUDITOR}, {"/district/visits", N_("现场检查"), OFFICERS | ROLE_AUDITOR},
        {"/district/calls", N_("电话回访"), OFFICERS},                  {"/district/anomalies", N_("疑点"), OFFICERS | ROLE_AUDITOR},
        {"/district/certificates", N_("证书核验"), OFFICERS | ROLE_AUDITOR}, {"/district/inspectors", N_("检查人员"), ROLE_DISTRICT},        {"/draws", N_("抽签记录"), OFFICERS | ROLE_AUDITOR},
    };
    struct view *list = view_list(rq->cx.arena, rq->view, "tabs");
    for (size_t i = 0; i < sizeof tabs / sizeof *tabs; i++) {
        if ((tabs[i].roles & rq->cx.actor.role) == 0)
            continue;
        struct view *v = view_item(rq->cx.arena, list);
        view_str(rq->cx.arena, v, "url", url_fmt(rq, "%s", tabs[i].path));
        view_str(rq->cx.arena, v, "word", tr(&rq->cx, tabs[i].word));
        view_bool(rq->cx.arena, v, "on", strcmp(tabs[i].path, here) == 0);
    }
}

const struct flow *const supervision_flows[] = {&anomaly_flow, NULL};
