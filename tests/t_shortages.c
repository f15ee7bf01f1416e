/* Shortages: who may report, what is refused, a score that no order changes, what each channel weighs, and its recomputation. */
#include "tests/world.h"

#include "base/day.h"
#include "base/view.h"
#include "city/reference.h"
#include "city/shortages/shortages.h"
#include "city/shortages/sheet.h"
#include "rules/rules.h"
#include "store/engine.h"

#include <stdlib.h>

/* ---- the calculation ---- */

static const struct shortage_claim CLAIMS[] = {
    {"bureau", "甲局", "6-18-02-04", 0, 4, 400, 5, 180},     {"bureau", "乙协会", "6-18-02-04", 0, 5, 200, 4, -1},
    {"district", "河东", "6-18-02-04", 120102, 4, 90, 5, 200}, {"district", "西青", "6-18-02-04", 120111, 4, 60, 4, 120},
    {"agency", "丙公司", "6-18-02-04", 0, 4, 30, 4, 90},      {"bureau", "甲局", "4-10-01-05", 0, 5, 100, 3, 60},
    {"agency", "丙公司", "4-10-01-05", 0, 5, 10, 1, 10},      {"district", "河东", "4-10-01-06", 120102, 5, 5000, 5, 300},
    {"bureau", "丁局", "6-18-01-01", 0, 3, 20, 2, 15},        {"district", "武清", "6-18-01-01", 120114, 3, 15, 1, 10},
};
static const struct shortage_own OWN[] = {{"6-18-02-04", 40, 160, 30, 60, 6}, {"4-10-01-05", 50, 60, 200, 10, 0}, {"4-07-05-01", 80, 400, 10, 170, 9}, {"6-18-01-01", 2, 9, 0, 300, 9}};
enum { N_CLAIMS = sizeof CLAIMS / sizeof *CLAIMS, N_OWN = sizeof OWN / sizeof *OWN };

static const struct shortage_result *of(const struct shortage_result *r, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(r[i].occupation, code) == 0)
            return &r[i];
    return NULL;
}

static bool same(const struct shortage_result *a, const struct shortage_result *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(a[i].occupation, b[i].occupation) != 0 || a[i].is.score != b[i].is.score || strcmp(a[i].is.urgency, b[i].is.urgency) != 0)
            return false;
        for (int v = 0; v < VOICES; v++)
            if (a[i].part[v].score != b[i].part[v].score || a[i].without[v].score != b[i].without[v].score)
                return false;
    }
    return true;
}

static void order(struct world *w, const struct shortage_terms *t, const struct shortage_result *first, size_t n)
{
    struct shortage_claim claims[N_CLAIMS];
    struct shortage_own own[N_OWN];
    bool all = true;
    for (unsigned seed = 1; seed <= 200; seed++) {
        struct shortage_result *r;
        size_t m;
        unsigned x = seed * 2654435761u;
        memcpy(claims, CLAIMS, sizeof claims);
        memcpy(own, OWN, sizeof own);
        for (size_t i = N_CLAIMS - 1; i > 0; i--) {
            x = x * 1664525u + 1013904223u;
            size_t k = (x >> 16) % (i + 1);
            struct shortage_claim c = claims[i];
            claims[i] = claims[k];
            claims[k] = c;
        }
        for (size_t i = 0; i < N_OWN; i++)
            own[i] = OWN[(i + seed) % N_OWN];
        shortage_calculate(&w->cx, t, claims, N_CLAIMS, own, N_OWN, &r, &m);
        all &= m == n && same(first, r, n);
    }
    ok(all, "200 other orders of the same claims: the very same result");
}

static void sensitivity(struct world *w, const struct shortage_terms *t, const struct shortage_result *all, size_t n)
{
    bool agree = true;
    for (int v = 0; v < VOICE_OWN; v++) {
        struct shortage_claim rest[N_CLAIMS];
        struct shortage_result *r;
        size_t m, k = 0;
        for (size_t i = 0; i < N_CLAIMS; i++)
            if (strcmp(CLAIMS[i].channel, shortage_voices[v]) != 0)
                rest[k++] = CLAIMS[i];
        shortage_calculate(&w->cx, t, rest, k, OWN, N_OWN, &r, &m);
        for (size_t i = 0; i < n; i++) {
            const struct shortage_result *without = of(r, m, all[i].occupation);
            int64_t score = without != NULL ? without->is.score : -1;
            agree &= all[i].without[v].score == score && (without == NULL || strcmp(all[i].without[v].urgency, without->is.urgency) == 0);
        }
    }
    ok(agree, "what is shown as \"without this channel\" is what comes out when its claims are not there");
}

static void calculation(struct world *w)
{
    struct shortage_terms t;
    struct shortage_result *r;
    size_t n;
    world_ok(w, shortage_terms(&w->cx, 20260601, &t), "the terms are a rule");
    shortage_calculate(&w->cx, &t, CLAIMS, N_CLAIMS, OWN, N_OWN, &r, &n);
    is_int((long long)n, 5, "occupations of the reports and of enough ads");
    const struct shortage_result *welder = of(r, n, "6-18-02-04"), *alone = of(r, n, "4-10-01-06"), *ads = of(r, n, "4-07-05-01"), *lathe = of(r, n, "6-18-01-01");
    is_str(welder->is.urgency, "very", "four channels say so: very short");
    is_int(welder->part[VOICE_BUREAU].organisations, 2, "two organisations of one channel");
    is_int(welder->part[VOICE_BUREAU].i_vacancy, 1000, "who did not say how long is left out of the mean, not counted as 0");
    is_str(alone->is.urgency, "short", "one channel alone: not very short");
    ok(alone->is.capped && alone->is.score >= t.very, "though its score is high");
    is_int(alone->part[VOICE_DISTRICT].i_openings, 1000, "5000 openings count as the quantile");
    ok(ads->is.unreported && strcmp(ads->is.urgency, "none") == 0, "our own ads alone put nothing in");
    ok(!lathe->part[VOICE_OWN].speaks, "two ads are too few to speak");
    const struct shortage_result *care = of(r, n, "4-10-01-05");
    ok(care->spread > 0 && care->up > 0, "where channels differ, and how far it is to the next step");
    is_int(welder->down, welder->is.score - t.very, "and how much it may lose");
    order(w, &t, r, n);
    sensitivity(w, &t, r, n);
}

/* ---- the office ---- */

static struct shortage_form form_of(const char *channel, const char *who, const char *district)
{
    static const int64_t days = 120;
    return (struct shortage_form){.channel = channel, .organisation = who, .district = district, .occupation = "6-18-02-04", .level = "4",
                                  .difficulty = "5", .evidence = "走访 12 家企业", .said_by = "科长", .openings = 120, .vacant_days = &days};
}

static int64_t round_now(struct world *w)
{
    int64_t id = 0, today = day_of(w->cx.now, DAY_ZONE);
    struct shortage_round_new r = {"R2026-9", "一轮", 20260101, 20261231, today};
    world_actor(w, ROLE_DISTRICT, 4);
    ok(shortage_round_open(&w->cx, &r, &id) == E_DENIED, "a district opens no round");
    world_actor(w, ROLE_CITY, 5);
    r.closes_on = day_add(today, -1);
    ok(shortage_round_open(&w->cx, &r, &id) == E_INVALID && strcmp(w->cx.fail.field, "closes_on") == 0, "nor anybody one that is over when it begins");
    r.closes_on = today;
    world_ok(w, shortage_round_open(&w->cx, &r, &id), "the city does");
    ok(shortage_round_open(&w->cx, &r, &id) == E_INVALID, "a code once");
    return id;
}

static void reporting(struct world *w, int64_t round)
{
    int64_t id = 0, other;
    struct shortage_form f = form_of("district", "河东区人社局", NULL);
    world_actor(w, ROLE_DISTRICT, 4);
    w->cx.actor.district = 120102;
    world_ok(w, shortage_report(&w->cx, round, &f, NULL, &id), "a district reports for itself");
    ok(shortage_report(&w->cx, round, &f, NULL, &other) == E_REPEAT, "the same again is not written twice");
    f.openings = 130;
    ok(shortage_report(&w->cx, round, &f, NULL, &other) == E_CONFLICT, "another number wants a withdrawal first");
    f = form_of("district", "河东区人社局", "西青区");
    ok(shortage_report(&w->cx, round, &f, NULL, &other) == E_INVALID, "not for another district");
    f = form_of("bureau", "市工信局", NULL);
    ok(shortage_report(&w->cx, round, &f, NULL, &other) == E_INVALID && strcmp(w->cx.fail.field, "channel") == 0, "nor for a bureau");
    w->cx.actor.district = 120111;
    ok(shortage_withdraw(&w->cx, id, "写错") == E_NOTFOUND, "another district withdraws nothing");
    w->cx.actor.district = 120102;
    world_ok(w, shortage_withdraw(&w->cx, id, "写错"), "its own it does");
    ok(shortage_withdraw(&w->cx, id, "写错") == E_STATE, "once");
    f = form_of("district", "河东区人社局", "河东");
    f.openings = 130;
    world_ok(w, shortage_report(&w->cx, round, &f, NULL, &id), "and reports anew");
    world_actor(w, ROLE_CITY, 5);
    f = form_of("bureau", "市工信局", NULL);
    world_ok(w, shortage_report(&w->cx, round, &f, NULL, &id), "the city writes down what a bureau says");
    f.occupation = "9-99-99-99";
    ok(shortage_report(&w->cx, round, &f, NULL, &id) == E_INVALID, "an occupation that is none");
}

static void ads(struct world *w)
{
    struct buf b = {.a = &w->arena};
    buf_str(&b, "INSERT INTO employer (code, name, name_key, status, created_at) VALUES ('E1', 'x', 'x', 'listed', 1);");
    for (int i = 0; i < 8; i++)
        buf_fmt(&b, "INSERT INTO job (code, employer_id, title, description, openings, wage_text, wage_unit, district, place, source, source_name, status, "
                    "posted_on, valid_until, created_at, created_by, occupation) VALUES ('J%d', 1, 'x', 'x', %d, 'x', 'open', 1, 'x', 'desk', 'x', '%s', "
                    "%d, 20261231, 1, 1, '6-18-02-04');", i, i + 1, i == 7 ? "closed" : "open", 20261100 + i * 3 + 1);
    w->cx.db->writing = true;
    world_ok(w, w->cx.db->engine->script(&w->cx, buf_text(&b)), "ads");
    w->cx.db->writing = false;
}

static void file_again(struct world *w, const struct shortage_outcome *o)
{
    struct view *v = view_obj(&w->arena), *list;
    struct buf b = {.a = &w->arena};
    struct shortage_file f;
    struct shortage_result *r;
    size_t n;
    view_str(&w->arena, v, "round", "R2026-9");
    shortage_terms_view(&w->cx, view_sub(&w->arena, v, "terms"), &o->terms);
    list = view_list(&w->arena, v, "claims");
    for (size_t i = 0; i < o->n_claims; i++)
        shortage_claim_view(&w->cx, view_item(&w->arena, list), &o->claims[i]);
    list = view_list(&w->arena, v, "own");
    for (size_t i = 0; i < o->n_own; i++)
        shortage_own_view(&w->cx, view_item(&w->arena, list), &o->own[i]);
    view_list(&w->arena, v, "results");
    view_json(&b, v);
    const char *text = buf_text(&b);
    world_ok(w, shortage_file_read(&w->cx, text, strlen(text), &f), "the download is read again");
    shortage_calculate(&w->cx, &f.terms, f.claims, f.n_claims, f.own, f.n_own, &r, &n);
    ok(n == o->n && same(o->results, r, n), "and gives the same result");
    ok(shortage_file_read(&w->cx, "{}", 2, &f) == E_INVALID, "another file does not");
}

static void outcome(struct world *w, int64_t round)
{
    struct q_shortage_round_rows_row r;
    struct shortage_outcome o;
    struct q_shortage_score_rows_row *kept;
    size_t n;
    ads(w);
    world_ok(w, shortage_round_find(&w->cx, round, &r), "the round");
    is_int(r.reports, 2, "two reports stand");
    world_actor(w, ROLE_DISTRICT, 4);
    ok(shortage_round_step(&w->cx, round, "analyse", NULL, r.version) == E_DENIED, "a district does not analyse");
    world_actor(w, ROLE_CITY, 5);
    world_ok(w, shortage_round_step(&w->cx, round, "analyse", NULL, r.version), "the city does");
    ok(shortage_round_step(&w->cx, round, "publish", NULL, r.version) == E_CONFLICT, "an old page moves nothing");
    world_ok(w, shortage_round_find(&w->cx, round, &r), "the round");
    struct shortage_form f = form_of("bureau", "市民政局", NULL);
    ok(shortage_report(&w->cx, round, &f, NULL, &(int64_t){0}) == E_STATE, "no report after that");
    ok(shortage_published(&w->cx, &r) == E_NOTFOUND, "nothing is published yet");
    world_ok(w, shortage_round_find(&w->cx, round, &r), "the round");
    int64_t closes_on = r.closes_on;
    world_ok(w, shortage_round_step(&w->cx, round, "reopen", "还有两家没报", r.version), "collected again");
    world_ok(w, shortage_round_find(&w->cx, round, &r), "the round");
    ok(r.closes_on == day_add(closes_on, 14), "there is time to report");
    world_ok(w, shortage_round_step(&w->cx, round, "analyse", NULL, r.version), "and analysed again");
    world_ok(w, shortage_round_find(&w->cx, round, &r), "the round");
    world_ok(w, shortage_round_step(&w->cx, round, "publish", NULL, r.version), "published");
    world_ok(w, shortage_published(&w->cx, &r), "and found");
    world_ok(w, shortage_outcome(&w->cx, &r, &o), "computed again");
    world_ok(w, shortage_scores(&w->cx, round, NULL, &kept, &n), "as kept");
    ok(n == o.n && n == 1 && kept[0].score == o.results[0].is.score && strcmp(kept[0].urgency, o.results[0].is.urgency) == 0, "what was kept is what comes out");
    ok(o.n_own == 1 && o.own[0].ads == 7 && o.own[0].openings == 28 && o.own[0].vacant_days == 14, "our own ads: open ones only, the median of their age");
    file_again(w, &o);
}

static void put_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    fputs(text, f);
    fclose(f);
}

static void sheets(struct world *w, int64_t round)
{
    const char *path = arena_fmt(&w->arena, "%s/s.csv", w->dir);
    struct sheet_about s;
    struct q_sheet_rows_row *rows;
    struct sheet_problem *p;
    int64_t id = 0;
    size_t n;
    put_file(path, "渠道,填报单位,区,职业,缺哪一级,缺多少人,多久能招到,岗位空了多少天,依据,谁负责\n"
                   "人力资源服务机构,津门人力（示例）,,6-18-02-04,四级/中级工,35,半年也招不到,90,二十份订单,经理\n"
                   "人力资源服务机构,津门人力（示例）,,6-18-02-04,四级/中级工,35,半年也招不到,90,二十份订单,经理\n"
                   "人力资源服务机构,津门人力（示例）,火星区,6-18-02-04,九级,很多,半年也招不到,90,二十份订单,经理\n"
                   "区人社局摸排,某区人社局,,6-18-02-04,四级/中级工,5,一个月内能招到,,走访记录,科长\n");
    world_ok(w, sheet_upload(&w->cx, &shortage_sheet, round, path, "填报.csv", &id), "a sheet");
    world_ok(w, sheet_find(&w->cx, &shortage_sheet, round, id, &s), "as checked");
    ok(s.good == 1 && s.known == 1 && s.bad == 2, "one good, one twice, two bad");
    world_ok(w, sheet_rows(&w->cx, id, "bad", 0, 10, &rows, &n), "the bad rows");
    is_int(rows[0].row_no, 4, "by the number the person sees");
    is_int((long long)sheet_problems(&w->cx, rows[0].problems, &p), 2, "every wrong field of it");
    is_str(p[0].label, "缺哪一级", "by its name");
    sheet_problems(&w->cx, rows[1].problems, &p);
    is_str(p[0].say, "区里摸排的，要写是哪个区。", "and the reason");
    world_ok(w, sheet_confirm(&w->cx, &shortage_sheet, round, id), "brought in");
    ok(sheet_confirm(&w->cx, &shortage_sheet, round, id) == E_STATE, "once");
    ok(sheet_upload(&w->cx, &shortage_sheet, round, path, "填报.csv", &id) == E_INVALID, "the same file again is refused");
    world_ok(w, sheet_faults(&w->cx, &shortage_sheet, s.id, OUT_CSV, arena_fmt(&w->arena, "%s/f.csv", w->dir)), "a sheet of what was wrong");
    world_ok(w, sheet_template(&w->cx, &shortage_sheet, OUT_XLSX, arena_fmt(&w->arena, "%s/t.xlsx", w->dir)), "a template");
}

static void test(struct world *w)
{
    struct rules rules;
    struct city *city;
    world_ok(w, rules_embedded(&w->cx, "data/cities/tianjin/rules/", &rules), "rules");
    world_ok(w, city_load(&w->cx, "tianjin", &city), "city");
    w->house.rules = &rules;
    w->house.city = city;
    world_ok(w, flow_lint(&w->cx, &shortage_round_flow), "the flow is sound");
    calculation(w);
    int64_t round = round_now(w);
    reporting(w, round);
    world_actor(w, ROLE_CITY, 5);
    outcome(w, round);
    struct shortage_round_new r = {"R2026-10", "又一轮", 20260101, 20261231, 20261231};
    world_ok(w, shortage_round_open(&w->cx, &r, &round), "another round");
    sheets(w, round);
}

int main(void)
{
    return world_each(test);
}
