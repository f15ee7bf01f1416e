/* The catalogue: the version of a day, amounts as published, the official table and its mistakes, cost build-ups, what two versions differ in. */
#include "tests/world.h"

#include "base/day.h"
#include "city/catalogue/catalogue.h"
#include "city/catalogue/catalogue_impl.h"
#include "city/demo.h"
#include "city/providers/providers.h"
#include "city/reference.h"
#include "city/shortages/shortages.h"
#include "rules/rules.h"
#include "store/engine.h"

#include <limits.h>

/* ---- cells ---- */

static void cells(struct world *w)
{
    static const struct {
        const char *text;
        int64_t fen; /* -1: refused */
    } CELLS[] = {{"3040", 304000}, {"1,550", 155000}, {"2041.20元", 204120}, {"2041.2", 204120}, {"600.00 ", 60000}, {"——", 0}, {"/", 0}, {"", 0},
                 {"—", 0},         {"-", 0},          {"约3000", -1},        {"30.405", -1},     {"12345678", -1},   {"3040/人", -1}, {".5", -1},
                 {"3040L", -1}};
    static const struct {
        const char *text, *name;
        int64_t green, digital;
    } NAMES[] = {{"焊工*", "焊工", 0, 0}, {"光伏组件制造工L", "光伏组件制造工", 1, 0}, {"数字化管理师 S", "数字化管理师", 0, 1},
                 {"智能网联汽车测试员LS*", "智能网联汽车测试员", 1, 1}, {"测试员PLUS", "测试员PLUS", 0, 0}};
    int64_t fen, green, digital;
    for (size_t i = 0; i < sizeof CELLS / sizeof *CELLS; i++) {
        bool good = catalogue_cell(CELLS[i].text, &fen);
        ok(CELLS[i].fen < 0 ? !good : good && fen == CELLS[i].fen, arena_fmt(&w->arena, "cell '%s'", CELLS[i].text));
    }
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        is_str(catalogue_plain_name(&w->cx, NAMES[i].text, &green, &digital), NAMES[i].name, "a name without its marks");
        ok(green == NAMES[i].green && digital == NAMES[i].digital, "and what they say");
    }
    ok(catalogue_rounded(123499) == 123000 && catalogue_rounded(123500) == 124000, "rounded to full 10 yuan, half up");
}

/* ---- the demo's versions ---- */

static int64_t rate(struct world *w, int64_t catalogue_id, const char *code, int64_t level, int64_t hours)
{
    struct q_catalogue_item_by_id_row i;
    int64_t fen = -1;
    if (world_ok(w, catalogue_item_find(&w->cx, catalogue_id, code, NULL, &i), code) && catalogue_rate(&w->cx, i.id, level, hours, &fen) != E_OK)
        fen = -1;
    return fen;
}

static void versions(struct world *w)
{
    static const struct demo_scale scale = {1, 1, 1, 1};
    struct q_catalogue_rows_row c, d;
    int64_t fen;
    world_ok(w, shortages_demo(&w->cx, &scale), "the demo's rounds");
    world_ok(w, catalogue_demo(&w->cx, &scale), "the demo's versions");
    world_ok(w, catalogue_demo(&w->cx, &scale), "once");
    ok(catalogue_on(&w->cx, 20231231, &c) == E_NOTFOUND && w->cx.fail.say != NULL, "before the first version: a sentence");
    world_ok(w, catalogue_on(&w->cx, 20240101, &c), "the first day");
    is_str(c.code, "C2024", "of the first version");
    world_ok(w, catalogue_on(&w->cx, 20260430, &c), "its last day");
    is_str(c.code, "C2024", "is still its own");
    is_str(c.status, "superseded", "though it is superseded now");
    world_ok(w, catalogue_on(&w->cx, 20260501, &d), "the day of effect of the next");
    is_str(d.code, "C2026", "is the next one's");
    ok(d.items >= 130 && d.sectors == 18 && d.sample == 1, "a sample of 18 sectors and more than 130 occupations");
    is_int(rate(w, c.id, "6-18-02-04", 4, 120), 324000, "welder, middle, 120 h: 3,240 yuan");
    is_int(rate(w, c.id, "6-18-02-04", 5, 80), 203000, "junior, 80 h: 2,030 yuan");
    is_int(rate(w, c.id, "6-20-03-01", 5, 120), -1, "no junior level of this one");
    world_ok(w, catalogue_fee(&w->cx, c.id, "A", 4, &fen), "evaluation fee");
    is_int(fen, 35000, "A middle: 350 yuan");
    world_ok(w, catalogue_fee(&w->cx, d.id, "C", 0, &fen), "of a single skill");
    is_int(fen, 21000, "as junior");
    ok(catalogue_fee(&w->cx, d.id, "D", 4, &fen) == E_NOTFOUND, "there is no class D");
}

static void build_ups(struct world *w)
{
    struct q_catalogue_rows_row d;
    struct q_catalogue_costs_row *k;
    struct q_catalogue_rates_row *r;
    struct q_catalogue_items_row *items;
    size_t n, n_rates, n_items, quoted = 0;
    bool agree = true;
    world_ok(w, catalogue_by_code(&w->cx, "C2026", &d), "the version");
    world_ok(w, catalogue_costs(&w->cx, d.id, NULL, &k, &n), "costs");
    world_ok(w, catalogue_rates(&w->cx, d.id, NULL, &r, &n_rates), "rates");
    world_ok(w, catalogue_item_list(&w->cx, d.id, &(struct catalogue_filter){0}, &items, &n_items), "items");
    for (size_t i = 0; i < n; i++)
        agree &= catalogue_rounded(k[i].teachers + k[i].consumables + k[i].materials) == catalogue_amount(r, n_rates, k[i].item_id, k[i].hours, k[i].level);
    ok(agree && n > 1000, "every build-up comes to its amount");
    for (size_t i = 0; i < n_items; i++) {
        bool made = strcmp(items[i].origin, "made") == 0, has = false;
        for (size_t j = 0; j < n && !has; j++)
            has = k[j].item_id == items[i].id;
        quoted += !made;
        agree &= made == has;
    }
    ok(agree && quoted == 6, "made-up amounts show what they are made of; quoted ones have none, and none is called official");
    world_ok(w, catalogue_item_list(&w->cx, d.id, &(struct catalogue_filter){.text = "机械 焊"}, &items, &n_items), "search by sector and name");
    ok(n_items == 1 && strcmp(items[0].name, "焊工") == 0, "the welder");
}

static void differences(struct world *w)
{
    struct q_catalogue_rows_row a, b;
    struct catalogue_change *c;
    size_t n, same, added = 0, left = 0, changed = 0;
    world_ok(w, catalogue_by_code(&w->cx, "C2024", &a), "the old one");
    world_ok(w, catalogue_by_code(&w->cx, "C2026", &b), "the new one");
    world_ok(w, catalogue_compare(&w->cx, a.id, b.id, &c, &n, &same), "compared");
    for (size_t i = 0; i < n; i++) {
        added += strcmp(c[i].what, "added") == 0;
        left += strcmp(c[i].what, "left") == 0;
        changed += strcmp(c[i].what, "changed") == 0;
    }
    ok((int64_t)(added + changed + same) == b.items && (int64_t)(left + changed + same) == a.items, "added, left, changed and same add up to both");
    ok(left == 4 && changed >= 1, "four trades left, one has other amounts");
    world_ok(w, catalogue_compare(&w->cx, b.id, b.id, &c, &n, &same), "with itself");
    ok(n == 0 && (int64_t)same == b.items, "nothing differs");
}

/* ---- the official table ---- */

static void put_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    fputs(text, f);
    fclose(f);
}

static const char TABLE[] =
    "天津市职业培训补贴目录,,,,,,,,,,,,,,,,,\n"
    "序号,行业,职业名称,职业代码,120课时,,,,,,80课时,,,,,,鉴定类别,紧缺程度\n"
    ",,,,专项,初级工,中级工,高级工,技师,高级技师,专项,初级工,中级工,高级工,技师,高级技师,,\n"
    "1,制造业（机械）,焊工*,6-18-02-04,,3040,3240,3780,4140,4320,,2030,2160,2520,2760,2880,A,非常紧缺\n"
    "2,制造业（机械）,铆工,,,2320,2520,3240,3510,3780,,1550,1680,2160,2340,2520,B,紧缺\n"
    "3,制造业（机械）,机床装调维修工,6-20-03-01,,——,3000,4200,4700,4700,,——,2000,2800,3130,3130,A,一般紧缺\n"
    "4,制造业（机械）,模具工,6-18-04-01,,约2000,2180,/,/,/,,——,很多,/,/,/,B,紧缺\n"
    "5,制造业（机械）,没有的职业,9-99-99-99,,1000,,,,,,,,,,,B,紧缺\n"
    "6,制造业（机械）,磨工,6-18-01-04,,1000,,,,,,1200,,,,,D,紧缺\n"
    "7,制造业（机械）,铸造工,6-18-02-01,,1000,,,,,,1200,,,,,B,紧缺\n"
    "8,制造业（机械）,镀层工,6-18-03-01,,,,,,,,,,,,,B,紧缺\n";

static void table(struct world *w, int64_t draft)
{
    const char *path = arena_fmt(&w->arena, "%s/t.csv", w->dir);
    struct sheet_about s;
    struct q_sheet_rows_row *rows;
    struct sheet_problem *p;
    int64_t id = 0;
    size_t n;
    put_file(path, TABLE);
    if (!world_ok(w, sheet_upload(&w->cx, &catalogue_sheet_kind, draft, path, "目录.csv", &id), "the official table, with a head of two rows"))
        return;
    world_ok(w, sheet_find(&w->cx, &catalogue_sheet_kind, draft, id, &s), "as checked");
    ok(s.good == 3 && s.bad == 5, "three good rows, five bad ones");
    world_ok(w, sheet_rows(&w->cx, id, "bad", 0, 10, &rows, &n), "the bad ones");
    is_int(rows[0].row_no, 7, "by the row the person sees");
    is_int((long long)sheet_problems(&w->cx, rows[0].problems, &p), 2, "two amounts that are none");
    is_str(p[0].label, "120课时初级工", "each by its column");
    ok(strstr(p[1].say, "很多") != NULL, "and its words");
    sheet_problems(&w->cx, rows[1].problems, &p);
    is_str(p[0].label, "职业代码", "a code that is none");
    sheet_problems(&w->cx, rows[2].problems, &p);
    is_str(p[0].label, "鉴定类别", "a class that is none");
    sheet_problems(&w->cx, rows[3].problems, &p);
    ok(strstr(p[0].say, "写反了") != NULL, "80 hours above 120");
    sheet_problems(&w->cx, rows[4].problems, &p);
    is_str(p[0].say, "这一行没有一个金额。", "a row without amounts");
    world_ok(w, sheet_confirm(&w->cx, &catalogue_sheet_kind, draft, id), "brought in");
    is_int(rate(w, draft, "6-18-02-04", 1, 80), 288000, "an amount of it");
    is_int(rate(w, draft, "6-18-01-11", 5, 120), 232000, "a code found by the name");
    ok(sheet_upload(&w->cx, &catalogue_sheet_kind, draft, path, "目录.csv", &id) == E_INVALID, "the same file again is refused");
    put_file(path, strstr(TABLE, "序号"));
    world_ok(w, sheet_upload(&w->cx, &catalogue_sheet_kind, draft, path, "目录2.csv", &id), "another file with the same rows");
    world_ok(w, sheet_find(&w->cx, &catalogue_sheet_kind, draft, id, &s), "as checked");
    ok(s.good == 0 && s.known == 3, "nothing is new");
    put_file(path, "行业,职业名称,职业代码,紧缺程度,120课时初级工,120课时中级工,120课时高级工,120课时技师,120课时高级技师,80课时初级工,80课时中级工,"
                   "80课时高级工,80课时技师,80课时高级技师,鉴定类别\n"
                   "制造业（机械）,焊工,6-18-02-04,非常紧缺,3040,3240,3780,4140,4320,2030,2160,2520,2760,2880,A\n"
                   "制造业（机械）,焊工L,6-18-02-04,非常紧缺,9999,3240,3780,4140,4320,2030,2160,2520,2760,2880,A\n"
                   "制造业（机械）,车工,6-18-01-01,很缺,-5,,,,,abc,,,,,D\n");
    world_ok(w, sheet_upload(&w->cx, &catalogue_sheet_kind, draft, path, "目录3.csv", &id), "a trade twice, with two amounts");
    world_ok(w, sheet_rows(&w->cx, id, "bad", 0, 10, &rows, &n), "the bad ones");
    is_int((long long)n, 2, "the second of them, and one that is wrong all over");
    sheet_problems(&w->cx, rows[0].problems, &p);
    ok(rows[0].row_no == 3 && strstr(p[0].say, "第 2 行") != NULL, "the row that it contradicts is named: none is overwritten in silence");
    is_int((long long)sheet_problems(&w->cx, rows[1].problems, &p), 4, "urgency, class and both amounts at once");
    world_ok(w, sheet_confirm(&w->cx, &catalogue_sheet_kind, draft, id), "brought in");
    is_int(rate(w, draft, "6-18-02-04", 5, 120), 304000, "the first stands");
    put_file(path, "行业,金额\n机械,1\n");
    ok(sheet_upload(&w->cx, &catalogue_sheet_kind, draft, path, "x.csv", &id) == E_INVALID && strstr(w->cx.fail.say, "职业名称") != NULL, "a table without names");
    put_file(path, "行业,职业名称\n机械,焊工\n");
    ok(sheet_upload(&w->cx, &catalogue_sheet_kind, draft, path, "x.csv", &id) == E_INVALID && strstr(w->cx.fail.say, "鉴定类别") != NULL, "without a class");
}

/* ---- a version of our own ---- */

/* Two projects of an agreement that is signed: on an occupation that stays and on one that leaves. */
static void projects(struct world *w)
{
    w->cx.db->writing = true;
    world_ok(w, w->cx.db->engine->script(&w->cx,
                 "INSERT INTO provider (code, kind, name, short_name, uscc, contact, phone, district, address, status, created_at) "
                 "VALUES ('T1', 'school', 'x', 'x', 'x', 'x', '1', 120102, 'x', 'registered', 1);"
                 "INSERT INTO agreement (code, provider_id, district, year, from_on, to_on, status) "
                 "VALUES ('X1', 1, 120102, 2026, 20260101, 20271231, 'signed');"
                 "INSERT INTO project (agreement_id, occupation, name, top_level, capacity) VALUES (1, '6-18-02-04', '焊工', 1, 30), "
                 "(1, '5-05-01-02', '农业经理人', 3, 30);"),
             "an agreement with two projects");
    w->cx.db->writing = false;
}

static void closed(struct world *w, int64_t on)
{
    struct q_project_get_row a, b;
    world_ok(w, project_find(&w->cx, 1, &a), "the project that stays");
    world_ok(w, project_find(&w->cx, 2, &b), "the one that left");
    ok(a.closed_on == NULL, "goes on");
    ok(b.closed_on != NULL && *b.closed_on == on, "ends with the day of effect");
}

static int64_t version_of(struct world *w, int64_t id)
{
    struct q_catalogue_rows_row c = {.version = 0};
    world_ok(w, catalogue_find(&w->cx, id, &c), "the version");
    return c.version;
}

static void costs(struct world *w, int64_t draft)
{
    struct q_catalogue_item_by_id_row i;
    struct catalogue_cost k = {4, 120, 120000, 180000, 24300, "三家询价"};
    world_ok(w, catalogue_item_find(&w->cx, draft, "6-18-02-04", NULL, &i), "the welder");
    world_ok(w, catalogue_cost_put(&w->cx, i.id, &k), "3,243 yuan round to 3,240");
    k.materials = 25000;
    ok(catalogue_cost_put(&w->cx, i.id, &k) == E_INVALID && strstr(w->cx.fail.say, "3,250.00") != NULL, "3,250 do not, and the sum is said");
    k.level = 0;
    ok(catalogue_cost_put(&w->cx, i.id, &k) == E_NOTFOUND, "no amount, no build-up");
}

static void from_round(struct world *w)
{
    struct q_catalogue_rows_row a, b;
    struct q_catalogue_items_row *items;
    struct q_shortage_round_rows_row r;
    struct q_shortage_score_rows_row *scores;
    int64_t id = 0;
    size_t n, k, in = 0;
    struct catalogue_new c = {.code = "C2028", .title = "由紧缺职业起草", .from = "C2026", .round = "R2026-2"};
    world_ok(w, catalogue_draft(&w->cx, &c, &id), "a draft from a round and the version before");
    world_ok(w, shortage_round_by_code(&w->cx, "R2026-2", &r), "the round");
    world_ok(w, shortage_scores(&w->cx, r.id, NULL, &scores, &k), "its result");
    world_ok(w, catalogue_item_list(&w->cx, id, &(struct catalogue_filter){0}, &items, &n), "what is in it");
    bool agree = true;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < k; j++)
            if (strcmp(items[i].occupation, scores[j].occupation) == 0) {
                agree &= strcmp(items[i].urgency, scores[j].urgency) == 0;
                in++;
            }
    ok(agree && in == n, "just what the round calls short, as urgent as it says");
    world_ok(w, catalogue_by_code(&w->cx, "C2026", &a), "the version before");
    world_ok(w, catalogue_by_code(&w->cx, "C2028", &b), "the draft");
    ok(catalogue_is_sample(&b), "with the amounts of a sample it is one, whatever was said");
    ok(b.items < a.items && b.round_id != NULL && *b.round_id == r.id, "fewer than before, and it knows its round");
    ok(!catalogue_is_public(&b), "a draft is not public");
}

static void own_version(struct world *w)
{
    int64_t id = 0, today = day_of(w->cx.now, DAY_ZONE);
    struct catalogue_new c = {.code = "C2029", .title = "新版", .source = "来文"};
    struct q_catalogue_rows_row r;
    world_actor(w, ROLE_DISTRICT, 4);
    ok(catalogue_draft(&w->cx, &c, &id) == E_DENIED, "a district makes no catalogue");
    world_actor(w, ROLE_CITY, 5);
    world_ok(w, catalogue_draft(&w->cx, &c, &id), "the city does");
    ok(catalogue_step(&w->cx, id, &(struct catalogue_act){.action = "cosign", .note = "市财政局", .version = 1}) == E_INVALID, "an empty one is not signed");
    table(w, id);
    costs(w, id);
    struct catalogue_act act = {.action = "publish", .document = "津人社局发〔2026〕9号", .effective_on = day_add(today, 30), .version = version_of(w, id)};
    ok(catalogue_step(&w->cx, id, &act) == E_STATE, "a draft is not published before it is co-signed");
    ok(catalogue_step(&w->cx, id, &(struct catalogue_act){.action = "cosign", .version = act.version}) == E_INVALID, "who signed must be said");
    world_ok(w, catalogue_step(&w->cx, id, &(struct catalogue_act){.action = "cosign", .note = "市财政局", .version = act.version}), "co-signed");
    struct catalogue_line line = {.sector = "x", .name = "焊工", .occupation = "6-18-02-04", .urgency = "very", .cls = "A", .origin = "official"};
    ok(catalogue_put(&w->cx, id, &line, NULL) == E_STATE, "nothing changes after that");
    act.version = version_of(w, id);
    act.effective_on = today - 1;
    ok(catalogue_step(&w->cx, id, &act) == E_INVALID, "not with a day that is past");
    act.effective_on = day_add(today, 30);
    act.document = "";
    ok(catalogue_step(&w->cx, id, &act) == E_INVALID && strcmp(w->cx.fail.field, "document") == 0, "nor without the number of the document");
    act.document = "津人社局发〔2026〕9号";
    projects(w);
    world_ok(w, catalogue_step(&w->cx, id, &act), "published");
    closed(w, act.effective_on);
    world_ok(w, catalogue_on(&w->cx, day_add(today, 29), &r), "a class that opens before the day");
    is_str(r.code, "C2026", "belongs to the old version");
    is_str(r.status, "published", "which is in force until then");
    world_ok(w, catalogue_on(&w->cx, day_add(today, 30), &r), "one that opens on it");
    is_str(r.code, "C2029", "to the new one");
    w->cx.now += 31 * (int64_t)DAY_MS;
    world_ok(w, catalogue_tick(&w->cx), "a month later, by the clock");
    world_ok(w, catalogue_by_code(&w->cx, "C2026", &r), "the old one");
    is_str(r.status, "superseded", "is superseded");
    world_ok(w, catalogue_on(&w->cx, day_add(today, 29), &r), "and still the one of its days");
    is_str(r.code, "C2026", "for good");
}

static void test(struct world *w)
{
    struct rules rules;
    struct city *city;
    world_ok(w, rules_embedded(&w->cx, "data/cities/tianjin/rules/", &rules), "rules");
    world_ok(w, city_load(&w->cx, "tianjin", &city), "city");
    w->house.rules = &rules;
    w->house.city = city;
    world_ok(w, flow_lint(&w->cx, &catalogue_flow), "the flow is sound");
    cells(w);
    versions(w);
    build_ups(w);
    differences(w);
    world_actor(w, ROLE_CITY, 5);
    from_round(w);
    own_version(w);
}

int main(void)
{
    return world_each(test);
}
