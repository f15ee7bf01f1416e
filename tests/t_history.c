/* Subsidies of before: a sheet and a file, nothing twice, sealed and masked; decisions count them; a wrong row is taken out. */
#include "tests/trainees_world.h"

#include "base/hash.h"
#include "base/text.h"
#include "city/history/history.h"
#include "city/names.h"
#include "city/people/people.h"

static const char *write_sheet(struct world *w, const char *name, const char *rows)
{
    const char *path = arena_fmt(w->cx.arena, "%s/%s", w->dir, name);
    FILE *f = fopen(path, "wbe");
    ok(f != NULL && fprintf(f, "学员姓名,身份证号,补贴项目,职业,等级,年度,开班日期,资金,金额,证书编号\n%s", rows) > 0 && fclose(f) == 0, "a sheet is written");
    return path;
}

static void decided(struct world *w, const char *birth, int n, const char *verdict, const char *rule, const char *name)
{
    struct decision d;
    struct trainee_form in = usual(w, birth, n);
    int64_t id;
    as(w, ROLE_PROVIDER, 21);
    in.name = arena_fmt(w->cx.arena, "王%d明", n);
    world_ok(w, trainee_apply(&w->cx, 1, &in, &d, &id), name);
    is_str(decide_verdict_code(d.verdict), verdict, name);
    if (rule != NULL)
        is_str(d.n_checks > 0 ? d.checks[0].rule->id : "", rule, "with the clause");
}

/* Person n is called 王n明. Welders' class K1: 6-18-02-04, level 4, opens in December 2026. */
static void brought(struct world *w)
{
    struct sheet_about s;
    struct q_sheet_rows_row *rows;
    struct sheet_problem *p;
    struct q_history_list_row *list;
    const char *masked[3];
    size_t n;
    int64_t id, again;
    const char *one = idno(w, "19900101", 11), *two = idno(w, "19910101", 13), *three = idno(w, "19920101", 15), *four = idno(w, "19930101", 17);
    struct buf b = {.a = w->cx.arena};
    buf_fmt(&b, "王11明,%s,培训费补贴,焊工,四级,2023,2023-03-01,失业保险基金,2916,S000012345678901234\n", one);
    buf_fmt(&b, "王13明,%s,,6-18-02-04,高级工,2022,,就业补助资金,3780,\n", two);
    buf_fmt(&b, "王15明,%s,,养老护理员,5,2026,2026-03-01,,1000,\n王15明,%s,,装配钳工,5,2026,2026-05-01,,1000,\n", three, three);
    buf_fmt(&b, "王17明,%s,,焊工,,2023,,,,\n王17明,%s,,焊工,5,2031,,,,\n,%s,,焊工,5,2023,,,,\n", four, four, four);
    const char *path = write_sheet(w, "a.csv", buf_text(&b));
    as(w, ROLE_DISTRICT, 31);
    world_ok(w, sheet_upload(&w->cx, &history_sheet, 120102, path, "台账.csv", &id), "uploaded");
    world_ok(w, sheet_find(&w->cx, &history_sheet, 120102, id, &s), "as checked");
    is_int(s.good, 4, "good rows");
    is_int(s.bad, 3, "bad rows");
    ok(sheet_find(&w->cx, &history_sheet, 120104, id, &s) == E_NOTFOUND, "another district does not see the sheet");
    world_ok(w, sheet_rows(&w->cx, id, "bad", 0, 10, &rows, &n), "the bad rows");
    is_int(sheet_problems(&w->cx, rows[0].problems, &p) > 0 ? 1 : 0, 1, "say what is wrong");
    is_str(p[0].label, "等级", "which field");
    ok(rows[0].sealed.len > 0 && strcmp(sheet_cell(&w->cx, rows[0].cells, "idno"), four) == 0, "rows are kept sealed");
    world_ok(w, sheet_faults(&w->cx, &history_sheet, id, OUT_CSV, arena_fmt(w->cx.arena, "%s/f.csv", w->dir)), "the sheet of faults");
    world_ok(w, sheet_confirm(&w->cx, &history_sheet, 120102, id), "brought in");
    ok(sheet_confirm(&w->cx, &history_sheet, 120102, id) == E_STATE, "once");
    ok(sheet_upload(&w->cx, &history_sheet, 120102, path, "台账.csv", &again) == E_INVALID, "the same file again is refused");
    world_ok(w, sheet_rows(&w->cx, id, "done", 0, 10, &rows, &n), "what was brought in");
    ok(n == 4 && rows[0].sealed.len == 0 && rows[0].cells[0] == '\0', "is kept no more in the sheet");
    world_ok(w, history_page(&w->cx, &(struct q_history_list_in){.lim = 10, .idno_find = person_key(&w->cx, "person.idno", one)}, &list, &n), "one person's");
    is_int((long long)n, 1, "one row");
    world_ok(w, history_mask(&w->cx, list[0].name, list[0].idno, list[0].certificate, masked), "opened");
    ok(strstr(masked[0], "*") != NULL && strstr(masked[1], "****") != NULL, "masked");
    decided(w, "19900101", 11, "no", "training.repeat", "same occupation and level before");
    decided(w, "19910101", 13, "no", "training.higher", "a higher one before");
    decided(w, "19920101", 15, "no", "training.times", "twice in the year");
    decided(w, "19930101", 17, "yes", NULL, "whose rows were wrong has none");
}

static void by_file(struct world *w)
{
    struct sheet_result r;
    struct buf b = {.a = w->cx.arena};
    struct sheet_file f = {.name = "b.csv", .report = arena_fmt(w->cx.arena, "%s/bad.csv", w->dir), .check = true};
    for (int i = 0; i < 1203; i++)
        buf_fmt(&b, "李%d明,%s,,焊工,%s,%d,,,,\n", i, idno(w, arena_fmt(w->cx.arena, "19%02d0%d%02d", 60 + i % 40, 1 + i % 9, 1 + i % 28), i % 499 * 2), i % 100 == 99 ? "九级" : "五级", 2020 + i / 600);
    f.path = write_sheet(w, "b.csv", buf_text(&b));
    as(w, ROLE_CLOCK, 0);
    world_ok(w, sheet_file(&w->cx, &history_sheet, 0, &f, &r), "a check of a file");
    is_int(r.read, 1203, "all rows");
    is_int(r.bad, 12, "with the bad ones");
    is_int((long long)r.n_reasons, 1, "for one reason");
    f.check = false;
    world_ok(w, sheet_file(&w->cx, &history_sheet, 0, &f, &r), "brought in");
    int64_t fresh = r.fresh;
    ok(fresh > 900, "new rows");
    world_ok(w, sheet_file(&w->cx, &history_sheet, 0, &f, &r), "again");
    is_int(r.fresh, 0, "nothing twice");
    is_int(r.known + r.bad, 1203, "all known");
}

static void taken_out(struct world *w)
{
    struct q_history_of_row *rows;
    struct q_history_get_row row;
    size_t n;
    const char *who = idno(w, "19900101", 11);
    as(w, ROLE_DISTRICT, 31);
    world_ok(w, history_of(&w->cx, who, &rows, &n), "what counts");
    is_int((long long)n, 1, "one");
    w->cx.actor.district = 120104;
    ok(history_own(&w->cx, rows[0].code, &row) == E_NOTFOUND, "not another district's");
    w->cx.actor.district = 120102;
    world_ok(w, history_own(&w->cx, rows[0].code, &row), "its own");
    world_ok(w, history_remove(&w->cx, row.id, "同名的人"), "is taken out");
    ok(history_remove(&w->cx, row.id, "同名的人") == E_STATE, "once");
    world_ok(w, history_of(&w->cx, who, &rows, &n), "what counts now");
    is_int((long long)n, 0, "nothing");
    decided(w, "19900101", 11, "yes", NULL, "and may be subsidised");
}

static void in_world(struct world *w)
{
    if (!town_build(w) || !town_sql(w, training_records))
        return;
    class_row(w, 1, 1, 4, 40, 20261207, 20270110, "offline");
    w->cx.names = &city_names;
    brought(w);
    by_file(w);
    taken_out(w);
}

int main(void)
{
    return world_each(in_world);
}
