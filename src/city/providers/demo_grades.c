/* demo_grades.c -- assessments and sanctions of the made-up providers. */
#include "city/providers/providers.h"

#include "city/providers/demo.h"
#include "city/providers/providers_impl.h"

#include <string.h>

static void at(struct ctx *cx, int64_t ymd, int64_t now)
{
    int64_t then = day_start(ymd, DAY_ZONE) + 11 * 3600000;
    cx->now = then < now ? then : now;
}

static const char *scores_for(int64_t id)
{
    static const char *const sheets[] = {
        "{\"part1\":10,\"part2\":19,\"part3\":18,\"part4\":9,\"part5\":19,\"part6\":18}", /* 93 */
        "{\"part1\":9,\"part2\":18,\"part3\":17,\"part4\":8,\"part5\":17,\"part6\":16}",  /* 85 */
        "{\"part1\":8,\"part2\":15,\"part3\":15,\"part4\":8,\"part5\":15,\"part6\":14}",  /* 75 */
        "{\"part1\":9,\"part2\":18,\"part3\":19,\"part4\":9,\"part5\":18,\"part6\":18}",  /* 91 */
    };
    if (id == 1)
        return "{\"part1\":10,\"part2\":19,\"part3\":20,\"part4\":9,\"part5\":20,\"part6\":18}"; /* 96 */
    return sheets[(id * 5 + id / 4) % 4];
}

static err_t one_step(struct ctx *cx, int64_t id, struct assessment_act act) { return assessment_step(cx, id, &act); }

/* Up to `stop` steps: 1 report, 2 check, 3 visit, 4 score. */
static err_t walk(struct ctx *cx, const struct q_assessment_list_row *a, int stop)
{
    if (strcmp(a->status, "open") != 0)
        return E_OK;
    if (stop >= 1)
        TRY(one_step(cx, a->id, (struct assessment_act){.action = "report", .self_report = "本年度开班、师资、场地、财务情况自评（示例），附教师名册和审计报告。"}));
    if (stop >= 2)
        TRY(one_step(cx, a->id, (struct assessment_act){.action = "check"}));
    if (stop >= 3)
        TRY(one_step(cx, a->id, (struct assessment_act){.action = "visit", .visited_on = today_of(cx)}));
    return stop >= 4 ? one_step(cx, a->id, (struct assessment_act){.action = "score", .scores = scores_for(a->provider_id)}) : E_OK;
}

static err_t year_done(struct ctx *cx, int64_t year)
{
    struct q_assessment_list_row *rows;
    size_t n;
    TRY(assessments_page(cx, &(struct q_assessment_list_in){.year = year}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        TRY(walk(cx, &rows[i], 4));
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].status, "open") == 0)
            TRY(one_step(cx, rows[i].id, (struct assessment_act){.action = "ratify"}));
    for (size_t i = 0; i < n; i++)
        TRY(one_step(cx, rows[i].id, (struct assessment_act){.action = "publish"}));
    return E_OK;
}

static err_t open_all(struct ctx *cx, int64_t year)
{
    const struct city *city = cx->house->city;
    for (size_t i = 0; i < city->n_districts; i++)
        TRY(assessments_open(cx, city->districts[i].code, year));
    return E_OK;
}

err_t demo_assessments(struct ctx *cx, int64_t today, int64_t now)
{
    struct q_assessment_list_row *rows;
    size_t n;
    int64_t year = today / 10000;
    demo_as(cx, ROLE_CITY, 0, 0);
    at(cx, (year - 1) * 10000 + 1210, now);
    TRY(open_all(cx, year - 1));
    TRY(year_done(cx, year - 1));
    at(cx, day_add(today, -15), now);
    TRY(open_all(cx, year));
    TRY(assessments_page(cx, &(struct q_assessment_list_in){.year = year}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        TRY(walk(cx, &rows[i], (int)(rows[i].provider_id % 5)));
    return E_OK;
}

struct case_row {
    int64_t provider, days_ago;
    const char *cause, *facts, *then;
};

err_t demo_sanctions(struct ctx *cx, int64_t today, int64_t now)
{
    static const struct case_row cases[] = {
        {9, 40, "papers", "抽查发现两天的签到表没有教师签名（示例）", "fix"},
        {5, 12, "books", "抽查时有 6 名学员没有教材（示例）", "fix"},
        {5, 4, "papers", "教案和教学计划不一致（示例）", "fix"},
        {7, 5, "place", "有一次实操课不在注册场所上（示例）", NULL},
        {12, 60, "disorder", "课堂无人管理，学员随意进出（示例）", "fix"},
        {17, 9, "lure", "招生时承诺送礼品（示例）", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct case_row *c = &cases[i];
        struct q_provider_get_row p;
        int64_t id;
        TRY(provider_find(cx, c->provider, &p));
        demo_as(cx, ROLE_DISTRICT, 0, p.district);
        at(cx, day_add(today, -c->days_ago), now);
        TRY(sanction_decide(cx, c->provider, 0, c->cause, c->facts, &id));
        at(cx, day_add(today, -c->days_ago + 3), now);
        if (c->then != NULL) {
            TRY(sanction_step(cx, id, c->then, "已补齐材料，现场核对无误（示例）", 0));
            TRY(sanction_step(cx, id, "report", NULL, 0));
        }
    }
    return E_OK;
}
