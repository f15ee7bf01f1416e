/* pages.c -- POST /api/decide: cases in, answers out, a line each, as a form or as application/x-ndjson. Nothing is stored; the web layer's rate limit holds for everyone. */
#include "city/decisions/decisions.h"

#include "city/decisions/routes.h"
#include "city/house.h"

#include <stddef.h>
#include <string.h>

enum { MOST_LINES = 1000, MOST_SIGNED_IN = 10000, MOST_BYTES = 16 << 20 };

struct cases {
    const char *lines;
};
static const struct field case_fields[] = {
    {"lines", F_LONG, F_REQUIRED, N_("案例"), N_("每行一个 JSON，最多 1000 行；登录以后或者用接口令牌，一次最多 10000 行。"), .max = MOST_BYTES, .off = offsetof(struct cases, lines)},
    {0},
};

static const char sample[] =
    "{\"on\":\"2026-11-24\",\"class\":{\"occupation\":\"6-18-02-04\",\"name\":\"焊工\",\"level\":4,\"hours\":120,\"mode\":\"hybrid\",\"urgency\":\"short\",\"evaluation\":\"A\","
    "\"provider\":\"school\",\"starts_on\":\"2026-12-07\",\"ends_on\":\"2027-01-10\",\"rate\":324000,\"fee\":35000},\"facts\":["
    "{\"name\":\"birth\",\"value\":\"1996-03-15\",\"source\":\"identity\"},{\"name\":\"sex\",\"value\":\"male\",\"source\":\"identity\"},"
    "{\"name\":\"category\",\"value\":\"unemployed\",\"source\":\"register\"},{\"name\":\"proof\",\"value\":\"record\",\"source\":\"register\"},"
    "{\"name\":\"pension\",\"value\":\"no\",\"source\":\"insurance\"},{\"name\":\"civil\",\"value\":\"no\",\"source\":\"insurance\"},"
    "{\"name\":\"qualified\",\"value\":\"yes\",\"source\":\"provider\"}]}";

static err_t show_cases(struct req *rq)
{
    struct pair one = {"lines", sample, sizeof sample - 1};
    req_form(rq, case_fields, &(struct pairs){&one, 1});
    view_str(rq->cx.arena, rq->view, "lead", tr(&rq->cx, N_("每行写一个案例（JSON），回答每行一个：能不能补贴、补多少、依据哪一条、用了哪个事实。什么也不保存，请不要写姓名和身份证号。")));
    view_str(rq->cx.arena, rq->view, "call", arena_fmt(rq->cx.arena, "curl -H 'Content-Type: application/x-ndjson' --data-binary @cases.jsonl %s/api/decide", req_base(rq)));
    view_str(rq->cx.arena, rq->view, "sample", sample);
    decisions_format(&rq->cx, rq->view);
    return E_OK;
}

static err_t decide_cases(struct req *rq)
{
    const char *text = ((const struct cases *)rq->in)->lines;
    struct buf out = {.a = rq->cx.arena};
    struct arena *outer = rq->cx.arena, own; /* of a line */
    int64_t line = 0, most = rq->cx.actor.account_id != 0 ? MOST_SIGNED_IN : MOST_LINES;
    for (const char *p = text; (p = strchr(p, '\n')) != NULL && line <= most; p++)
        line += p[1] != '\0';
    if (line >= most)
        return SAY(&rq->cx, E_INVALID, "lines", most == MOST_LINES ? N_("一次最多 1000 行。登录以后一次最多 10000 行；也可以分几次，或者用命令行 yizhan decide。")
                                                                   : N_("一次最多 10000 行，请分几次提交，或者用命令行 yizhan decide。"));
    line = 0;
    arena_init(&own, 0);
    rq->cx.arena = &own;
    for (const char *p = text; *p != '\0'; p += strcspn(p, "\n"), p += *p == '\n') {
        size_t n = strcspn(p, "\n");
        line++;
        if (strspn(p, " \t\r") < n)
            decisions_line(&rq->cx, rq->cx.house->rules, p, n, line, &out);
        arena_reset(&own);
    }
    rq->cx.arena = outer;
    arena_free(&own);
    const char *bytes = buf_text(&out);
    return reply_bytes(rq, "application/x-ndjson; charset=utf-8", NULL, bytes, out.len);
}

const struct route decisions_routes[] = {
    {GET, "/api/decide", show_cases, EVERYONE, NULL, "decisions/ask", N_("批量判断补贴资格"), .flags = 0},
    {POST, "/api/decide", decide_cases, EVERYONE, NULL, "decisions/ask", N_("批量判断补贴资格"), case_fields, sizeof(struct cases), show_cases, ROUTE_LINES},
    {0},
};
