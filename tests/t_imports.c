/* t_imports.c -- ads from tables: places and dates as people write them, a file with wrong rows, the same file twice, a stopped run,
 * a sheet that is sent, mended, confirmed and undone, and files that are none.
 */
#include "city/imports/imports_impl.h"

#include "base/day.h"
#include "tests/town.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- words ---- */

static void dates(void)
{
    static const struct {
        const char *s;
        bool ahead;
        int64_t want;
    } t[] = {
        {"2023-08-30 14:07:12", false, 20230830}, {"2023/8/3", false, 20230803}, {"2023年8月30日", false, 20230830},
        {"08-30", false, 20260830},               {"12-30", false, 20251230},    {"12-30", true, 20261230},
        {"8月30日", false, 20260830},             {"3天前", false, 20261121},    {"今天", false, 20261124},
        {"昨天", false, 20261123},                {"5小时前", false, 20261124},  {"45168", false, 20230830},
        {"02-30", false, 0},                      {"2026-02-30", false, 0},      {"2026-13-01", false, 0},
        {"随时", false, 0},                       {"", false, 0},                {"2月29日", false, 20240229},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        is_int(import_day(t[i].s, 20261124, t[i].ahead), t[i].want, t[i].s);
}

static void places(struct world *w)
{
    static const struct {
        const char *city, *district, *address;
        bool ours;
        enum import_where where;
        int64_t code, street; /* district; whether a street is found: 1 */
    } t[] = {
        {"天津", "西青区", "", false, IMPORT_HERE, 120111, 0},
        {"天津-西青区", "", "", false, IMPORT_HERE, 120111, 0},
        {"天津市", "", "", false, IMPORT_HERE, 0, 0},
        {"西青·张家窝", "", "", false, IMPORT_HERE, 120111, 1},
        {"天津", "西青·张家窝", "", false, IMPORT_HERE, 120111, 1},
        {"天津", "滨海新区·泰达", "", false, IMPORT_HERE, 120116, -1},
        {"", "", "天津市河东区大王庄街道示例路 1 号", false, IMPORT_HERE, 120102, 1},
        {"", "", "大王庄街道", true, IMPORT_HERE, 120102, 1},
        {"上海", "浦东新区", "", false, IMPORT_ELSEWHERE, 0, 0},
        {"上海", "", "天津路 12 号", false, IMPORT_ELSEWHERE, 0, 0},
        {"沈阳", "和平区", "", false, IMPORT_ELSEWHERE, 0, 0},
        {"异地招聘", "", "", false, IMPORT_ELSEWHERE, 0, 0},
        {"", "", "", false, IMPORT_NOWHERE, 0, 0},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        struct import_place p;
        struct import_address a = {t[i].city, t[i].district, "", t[i].address, NULL};
        const char *name = arena_fmt(w->cx.arena, "place: %s|%s|%s", t[i].city, t[i].district, t[i].address);
        import_place(&w->cx, &a, t[i].ours, &p);
        is_int(p.where, t[i].where, name);
        is_int(p.district, t[i].code, name);
        if (t[i].street >= 0)
            is_int(p.street != 0, t[i].street, name);
    }
}

/* ---- files ---- */

static const char *path_of(struct world *w, const char *name) { return arena_fmt(w->cx.arena, "%s/%s", w->dir, name); }

static const char *put_file(struct world *w, const char *name, const void *p, size_t n)
{
    const char *path = path_of(w, name);
    FILE *f = fopen(path, "wbe");
    if (f == NULL || fwrite(p, 1, n, f) != n)
        abort();
    fclose(f);
    return path;
}

static const char *put_text(struct world *w, const char *name, const char *s) { return put_file(w, name, s, strlen(s)); }

/* Every tenth row is wrong: no employer, wages upside down, a day that is none, or a sentence that the law forbids. */
static const char *put_many(struct world *w, const char *name, int n)
{
    struct buf b = {.a = w->cx.arena};
    buf_str(&b, "source,source_id,title,company,salary,city,district,headcount,description,valid_through\n");
    for (int i = 0; i < n; i++) {
        int wrong = i % 10 == 9 ? i / 10 % 4 + 1 : 0;
        buf_fmt(&b, "示例网,%d,示例工%d号,%s,%s,天津,河东区,3,%s,%s\n", i, i, wrong == 1 ? "" : arena_fmt(b.a, "第%d家（示例）有限公司", i % 97),
                wrong == 2 ? "6000-4000元/月" : "4000-6000元/月", wrong == 4 ? "只招女工" : "每天的活（示例）", wrong == 3 ? "2026-02-30" : "");
    }
    return put_file(w, name, b.p, b.len);
}

static int64_t ads(struct world *w, const char *status)
{
    struct q_job_list_row *rows;
    size_t n;
    if (!world_ok(w, job_page(&w->cx, &(struct q_job_list_in){.status = status, .lim = 1}, &rows, &n), "the ads are counted"))
        return -1;
    return n > 0 ? rows->total : 0;
}

static struct import_result bring(struct world *w, const char *path, int64_t limit, const char *report)
{
    struct import_result r;
    int64_t seq;
    struct import_file f = {.path = path, .name = "示例.csv", .limit = limit, .report = report, .follow = w->house.match, .seq = &seq};
    world_actor(w, ROLE_CLOCK, 0);
    world_ok(w, jobs_index_load(&w->cx, w->house.match, &seq), "the ads are loaded");
    world_ok(w, import_file(&w->cx, &f, &r), "a file comes in");
    return r;
}

static int64_t bad_lines(const char *path)
{
    char line[4096];
    int64_t n = -1; /* the head */
    FILE *f = fopen(path, "re");
    while (f != NULL && fgets(line, sizeof line, f) != NULL)
        n++;
    if (f != NULL)
        fclose(f);
    return n;
}

static void adds_up(const struct import_counts *c)
{
    is_int(c->fresh + c->changed + c->same + c->merged + c->elsewhere + c->bad, c->read, "accepted, known and rejected are all that was read");
}

static void many_rows(struct world *w)
{
    bool lite = store_dialect(w->cx.db) == STORE_SQLITE;
    int n = lite ? 10000 : 1000;
    const char *path = put_many(w, "many.csv", n), *report = path_of(w, "bad.csv");
    int64_t before = ads(w, NULL);
    struct import_result r = bring(w, path, 0, report);
    is_int(r.n.read, n, "every row is read");
    is_int(r.n.bad, n / 10, "every wrong row is told");
    is_int(r.n.fresh, ads(w, NULL) - before, "what was accepted is stored");
    adds_up(&r.n);
    is_int(bad_lines(report), n / 10, "and is in the sheet to correct");
    is_int((int64_t)r.n_reasons, 4, "four reasons");
    int64_t sum = 0;
    for (size_t i = 0; i < r.n_reasons; i++)
        sum += r.reasons[i].n;
    is_int(sum, n / 10, "which add up");
    int64_t after = ads(w, NULL);
    r = bring(w, path, 0, NULL);
    is_int(r.n.same + r.n.bad, n, "the same file again: all is known");
    is_int(ads(w, NULL), after, "and nothing is stored twice");
    ok(r.again, "it is told that the file was there before");
}

static void stopped(struct world *w)
{
    struct buf b = {.a = w->cx.arena};
    buf_str(&b, "岗位名称,单位名称,工资,城市,区\n");
    for (int i = 0; i < 1300; i++)
        buf_fmt(&b, "停停工%d号,停停（示例）%d店,5000元/月,天津,南开区\n", i, i);
    const char *path = put_file(w, "stop.csv", b.p, b.len);
    int64_t before = ads(w, NULL);
    struct import_result r = bring(w, path, 700, NULL);
    is_int(r.n.read, 700, "a run ends after 700 rows");
    r = bring(w, path, 0, NULL);
    is_int(r.went_on, 700, "the next one goes on there");
    is_int(r.n.read, 1300, "and reads to the end");
    is_int(r.n.fresh, 1300, "as if it were one run");
    is_int(ads(w, NULL) - before, 1300, "with every ad once");
}

static void doubles(struct world *w)
{
    const char *path = put_text(w, "twice.csv",
                                "source,source_id,title,company,salary,city,district,description\n"
                                "甲网,1,夜班理货员,海河日用百货（示例）有限公司,5000-6000元/月,天津,河北区,理货\n"
                                "乙网,77,夜班理货员,海河日用百货(示例)有限公司,5000-6000元/月,天津,河北区,晚上理货\n"
                                "甲网,1,夜班理货员,海河日用百货（示例）有限公司,5200-6000元/月,天津,河北区,理货\n"
                                "甲网,2,收银员,上海别处（示例）有限公司,5000元/月,上海,浦东新区,收银\n");
    struct import_result r = bring(w, path, 0, NULL);
    is_int(r.n.fresh, 1, "one ad is new");
    is_int(r.n.merged, 1, "from another site it is the same job");
    is_int(r.n.changed, 1, "with the same number it is changed");
    is_int(r.n.elsewhere, 1, "the one of another city is left out");
    adds_up(&r.n);
    r = bring(w, path, 0, NULL);
    is_int(r.n.fresh + r.n.merged, 0, "again: nothing is new, nothing is merged");
}

static void check_only(struct world *w)
{
    const char *path = put_many(w, "check.csv", 60), *report = path_of(w, "check-bad.xlsx");
    int64_t seq, before = ads(w, NULL);
    struct import_result r;
    struct import_file f = {.path = path, .name = "check.csv", .source_name = "另一个网", .check = true, .report = report, .follow = w->house.match, .seq = &seq};
    world_ok(w, jobs_index_load(&w->cx, w->house.match, &seq), "the ads are loaded");
    world_ok(w, import_file(&w->cx, &f, &r), "a check goes through");
    is_int(r.n.read, 60, "it reads all");
    is_int(r.n.bad, 6, "finds what is wrong");
    is_int(ads(w, NULL), before, "stores nothing");
    ok(access(report, R_OK) == 0, "and writes the sheet to correct");
}

static void refused(struct world *w, const char *path, err_t want, const char *name)
{
    struct import_result r;
    struct import_file f = {.path = path, .name = name};
    err_t e = import_file(&w->cx, &f, &r);
    is_int(e, want, name);
    ok(e == E_OK || w->cx.fail.say != NULL, "with a sentence");
    if (e != E_OK && w->cx.fail.say != NULL)
        printf("#   %s\n", w->cx.fail.say);
}

static void torture(struct world *w)
{
    static const unsigned char zip[] = "PK\3\4\24\0\6\0broken from here on and no directory at the end";
    const char *huge = put_text(w, "huge.csv", "岗位名称,单位名称\n");
    if (truncate(huge, 200000000) != 0)
        abort();
    refused(w, huge, E_LIMIT, "200 MB");
    refused(w, put_file(w, "broken.xlsx", zip, sizeof zip - 1), E_INVALID, "a broken ZIP");
    refused(w, put_text(w, "empty.csv", ""), E_INVALID, "an empty file");
    refused(w, put_text(w, "other.csv", "甲,乙\n1,2\n"), E_INVALID, "a table of something else");
    static const char nul[] = "岗位名称,单位名称,工资,城市\n门卫\0一,示例（示例）有限公司,3000元/月,天津\n";
    struct import_result r = {0};
    struct import_file f = {.path = put_file(w, "nul.csv", nul, sizeof nul - 1), .name = "NUL"};
    err_t e = import_file(&w->cx, &f, &r);
    ok(e == E_OK ? r.n.fresh + r.n.bad == 1 : w->cx.fail.say != NULL, "a NUL is cleaned away or told");
}

/* ---- sheets ---- */

/* Two good rows, one warning (面议), two bad, one twice; the second heading is unknown, encoded as GB 18030. */
static const char *put_sheet(struct world *w)
{
    return put_text(w, "sheet.csv",
                    "岗位名称（必填）,招几人（必填）,做什么（必填）,工资（必填）,上班地点在哪个街道（必填）,联系人,联系电话,招到哪天为止\n"
                    "配菜员,2,切菜配菜，收拾灶台,4200-4800元/月,大王庄街道,示例甲,022-23456789,\n"
                    "洗碗工,1,洗碗，收拾后厨,4000元/月,中山门街道,示例甲,022-23456789,\n"
                    "传菜员,3,端菜上桌，收拾桌面,面议,大王庄街道,示例甲,022-23456789,\n"
                    "=2+3,1,看门,6000-4000元/月,大王庄街道,示例甲,022-23456789,\n"
                    "保洁员,,打扫店堂,3800元/月,没有这个街道,示例甲,123,2026-02-30\n"
                    "配菜员,2,切菜配菜，收拾灶台,4200-4800元/月,大王庄街道,示例甲,022-23456789,\n");
}

static void states_are(struct world *w, int64_t id, int64_t good, int64_t warn, int64_t bad, int64_t same, const char *name)
{
    struct import_states s = {0};
    world_ok(w, import_states(&w->cx, id, &s), name);
    is_int(s.good, good, "good");
    is_int(s.warn, warn, "warnings");
    is_int(s.bad, bad, "bad");
    is_int(s.same, same, "known");
}

static err_t map_as_guessed(struct world *w, int64_t id)
{
    struct q_import_get_row i;
    struct mapping m;
    struct row *samples;
    size_t n;
    TRY(import_find(&w->cx, id, &i));
    TRY(import_columns(&w->cx, &i, &m, &samples, &n));
    const char **choice = ARENA_ARRAY(w->cx.arena, const char *, m.n + 1);
    for (size_t k = 0; k < m.n; k++)
        choice[k] = m.columns[k].field != NULL ? m.columns[k].field->name : "";
    return import_map(&w->cx, id, choice, m.n);
}

static bool has_text(const char *path, const char *text)
{
    char all[8192];
    FILE *f = fopen(path, "re");
    size_t n = f != NULL ? fread(all, 1, sizeof all - 1, f) : 0;
    if (f != NULL)
        fclose(f);
    return memmem(all, n, text, strlen(text)) != NULL;
}

static void sheet(struct world *w)
{
    int64_t id = 0, again = 0, before = ads(w, NULL), at;
    const char *faults = path_of(w, "faults.csv"), *twin;
    struct import_sender from = {.employer_id = 2};
    struct q_import_get_row i;
    world_actor(w, ROLE_EMPLOYER, 7);
    w->cx.actor.employer_id = 2;
    if (!world_ok(w, import_upload(&w->cx, &from, put_sheet(w), "岗位.csv", &id), "a sheet is taken"))
        return;
    world_ok(w, map_as_guessed(w, id), "its columns are as our own template names them");
    states_are(w, id, 2, 1, 2, 1, "every row is checked");
    is_int(ads(w, NULL), before, "and nothing is stored yet");
    world_ok(w, import_faults(&w->cx, id, OUT_CSV, faults), "the wrong rows as a sheet");
    ok(has_text(faults, "'=2+3"), "in which no cell is a formula");
    const char *fields[] = {"salary", "title"}, *values[] = {"4000-6000元/月", "门卫"};
    world_ok(w, import_mend(&w->cx, id, 5, fields, values, 2), "a row is mended in place");
    states_are(w, id, 3, 1, 1, 1, "and is good now");
    world_ok(w, import_confirm(&w->cx, id), "the good rows come in");
    world_ok(w, import_find(&w->cx, id, &i), "what became of it");
    is_str(i.status, "done", "it is done");
    is_int(i.rows_new, 4, "four ads");
    is_int(i.rows_bad, 1, "one row was bad");
    is_int(i.rows_same + i.rows_merged, 1, "one was there twice");
    is_int(ads(w, NULL) - before, 4, "four are stored");
    is_int(import_confirm(&w->cx, id), E_STATE, "it cannot come in twice");
    world_ok(w, import_upload(&w->cx, &from, put_sheet(w), "岗位.csv", &again), "the same sheet again");
    world_ok(w, map_as_guessed(w, again), "is checked");
    states_are(w, again, 0, 0, 2, 4, "all of it is known");
    world_ok(w, import_find(&w->cx, again, &i), "found");
    world_ok(w, import_twin(&w->cx, &i, &twin, &at), "the twin is looked for");
    ok(twin != NULL, "and the earlier import is named");
    world_ok(w, import_undo(&w->cx, id), "the import is undone");
    is_int(ads(w, "open"), before, "its ads are closed");
    is_int(import_undo(&w->cx, id), E_STATE, "once");
    world_ok(w, map_as_guessed(w, again), "the second sheet is checked again");
    states_are(w, again, 2, 1, 2, 1, "its rows are new again");
}

/* Every column of our own empty sheet is understood when it comes back. */
static void templates(struct world *w)
{
    for (int company = 0; company < 2; company++)
        for (int format = OUT_CSV; format <= OUT_XLSX; format++) {
            struct table_limits usual = {0};
            struct table *t;
            struct mapping m;
            const char *path = path_of(w, arena_fmt(w->cx.arena, "template-%d-%d", company, format));
            world_ok(w, import_template(&w->cx, (enum out_format)format, path, company != 0), "a template is made");
            if (!world_ok(w, table_open(&w->cx, path, "template", &usual, &t), "and read"))
                continue;
            mapping_guess(&w->cx, import_fields(&w->cx), table_head(t), NULL, 0, &m);
            for (size_t k = 0; k < m.n; k++)
                ok(m.columns[k].field != NULL, m.columns[k].head);
        }
}

static void big_sheet(struct world *w)
{
    struct buf b = {.a = w->cx.arena};
    struct import_sender from = {.station_id = 1};
    struct q_import_get_row i;
    int64_t id = 0;
    buf_str(&b, "单位名称,岗位名称,招聘人数,岗位描述,工资,街道\n");
    for (int k = 0; k < 2100; k++)
        buf_fmt(&b, "大表（示例）%d店,大表工%d号,1,每天的活（示例）,4000元/月,大王庄街道\n", k, k);
    town_desk(w, 9, 1);
    if (!world_ok(w, import_upload(&w->cx, &from, put_file(w, "big.csv", b.p, b.len), "大表.csv", &id), "a long sheet is taken"))
        return;
    world_ok(w, map_as_guessed(w, id), "and checked");
    world_ok(w, import_confirm(&w->cx, id), "and confirmed");
    world_ok(w, import_find(&w->cx, id, &i), "looked at");
    is_str(i.status, "running", "the clock does the work");
    world_actor(w, ROLE_CLOCK, 0);
    world_ok(w, imports_tick(&w->cx), "it does");
    world_ok(w, import_find(&w->cx, id, &i), "looked at");
    is_str(i.status, "done", "it is done");
    is_int(i.rows_new, 2100, "every row is an ad");
}

static void real_ads(struct world *w)
{
    const char *dir = getenv("YIZHAN_SHARED_DATA");
    const char *path = arena_fmt(w->cx.arena, "%s/ads/subset_tianjin.csv", dir != NULL ? dir : "../shared/data");
    if (access(path, R_OK) != 0) {
        printf("# skipped: real ads (no %s)\n", path);
        return;
    }
    struct import_result r = bring(w, path, 0, NULL);
    adds_up(&r.n);
    ok(r.n.fresh > r.n.read / 2, "most real ads of the city come in");
    struct import_result again = bring(w, path, 0, NULL);
    is_int(again.n.fresh, 0, "and a second time none is new");
    is_int(again.n.bad, r.n.bad, "with the same rejections");
}

static void all(struct world *w)
{
    if (!town_build(w))
        return;
    places(w);
    doubles(w);
    check_only(w);
    stopped(w);
    torture(w);
    sheet(w);
    templates(w);
    big_sheet(w);
    many_rows(w);
    real_ads(w);
}

int main(void)
{
    dates();
    return world_each(all);
}
