/* t_out.c -- what is written can be read again; error sheets; templates; a big sheet in little memory. */
#include "feeds/out.h"

#include "feeds/mapping.h"
#include "tables.h"

static const struct out_column columns[] = {
    {"岗位", OUT_TEXT, 0}, {"工资", OUT_NUMBER, 0}, {"电话", OUT_TEXT, 14}, {"说明", OUT_LONG, 0}};
static const char *const rows[][4] = {
    {"焊工", "6000", "13800000000", "两行\n文字，带\"引号\""},
    {"=HYPERLINK(\"http://x\")", "-5.50", "+86 22 0000", "@SUM(A1)"},
    {"'=已有引号", "面议", "007", ";分号"},
    {"-", NULL, "=", "'普通"},
};

static const char *bytes_of(const char *path)
{
    char *p = arena_alloc(&test_arena, 1 << 20);
    FILE *f = fopen(path, "rb");
    p[fread(p, 1, (1 << 20) - 1, f)] = '\0';
    (void)fclose(f);
    return p;
}

static void round_trip(enum out_format format, const char *path, const char *name)
{
    struct ctx cx = {.arena = &test_arena};
    struct out *o;
    bool good = out_open(&cx, format, path, "岗位", columns, 4, &o) == E_OK;
    for (size_t i = 0; i < sizeof rows / sizeof *rows && good; i++)
        good = out_row(&cx, o, rows[i]) == E_OK;
    ok(good && out_close(&cx, o) == E_OK, name);
    reads(name, path,
          "岗位|工资|电话|说明\n"
          "2:焊工|6000|13800000000|两行\n文字，带\"引号\"\n"
          "3:=HYPERLINK(\"http://x\")|-5.5" /* a number in XLSX has no trailing zero */
          "|+86 22 0000|@SUM(A1)\n"
          "4:'=已有引号|面议|007|;分号\n"
          "5:-||=|'普通\n");
}

static void csv_is_guarded(void)
{
    struct ctx cx = {.arena = &test_arena};
    struct out *o;
    const char *path = in_dir("g.csv"), *cells[] = {"=1+1", "-5", "\t=1", "@x"};
    ok(out_open(&cx, OUT_CSV, path, "x", columns, 4, &o) == E_OK && out_row(&cx, o, cells) == E_OK && out_close(&cx, o) == E_OK,
       "CSV is written");
    is_str(bytes_of(path), "\xef\xbb\xbf岗位,工资,电话,说明\r\n\"'=1+1\",-5,\"'\t=1\",\"'@x\"\r\n",
           "BOM, formulas guarded, numbers kept");
    ok(out_open(&cx, OUT_CSV, "/nonexistent/x.csv", "x", columns, 4, &o) == E_IO, "a path that cannot be written");
    ok(out_open(&cx, OUT_XLSX, in_dir("unfinished.xlsx"), "x", columns, 4, &o) == E_OK, "an unfinished file ends with its arena");
}

static void fault_sheet(enum out_format format, const char *name)
{
    struct ctx cx = {.arena = &test_arena};
    struct table_limits none = {0};
    struct table *t;
    const struct row *row;
    struct out *o;
    struct out_fault faults[] = {{1, "工资“四千”不是数字", "写成 4000"}, {SIZE_MAX, "和第 2 行重复", "删掉一行"}};
    const char *in = text_make("in.csv", "岗位,工资\n焊工,6000\n电工,四千\n"), *path = in_dir(name);
    bool good = table_open(&cx, in, "in", &none, &t) == E_OK && out_faults_open(&cx, format, path, table_head(t), &o) == E_OK &&
                table_next(&cx, t, &row) == E_OK && table_next(&cx, t, &row) == E_OK &&
                out_faults_row(&cx, o, row, faults, 2) == E_OK;
    ok(good && out_close(&cx, o) == E_OK, "an error sheet is written");
    reads("and can be sent in again as it is", path, "岗位|工资\n2:电工|四千\n");
    if (format == OUT_CSV)
        ok(strstr(bytes_of(path), "电工,四千,\"工资\n整行\",\"工资“四千”不是数字\n和第 2 行重复\"") != NULL,
           "it says where and why");
}

static const struct choice kinds[] = {{"full", N_("全职")}, {"part", N_("兼职")}, {0}};
static const struct field fields[] = {
    {"title", F_TEXT, F_REQUIRED, N_("岗位名称"), N_("写工种，不写待遇"), 2, 40, NULL, NULL, 0},
    {"employment_type", F_CHOICE, F_REQUIRED, N_("用工形式"), NULL, 0, 0, kinds, NULL, 0},
    {"salary", F_MONEY, 0, N_("工资"), NULL, 0, 10000000, NULL, NULL, 0},
    {"posted", F_DATE, 0, N_("发布日期"), NULL, 0, 0, NULL, NULL, 0},
    {"secret", F_PASSWORD, 0, N_("密码"), NULL, 0, 0, NULL, NULL, 0},
    {0},
};

static void template_sheet(void)
{
    struct ctx cx = {.arena = &test_arena};
    struct table_limits explain = {.sheet = "填写说明"}, first = {0};
    struct table *t;
    struct mapping m;
    const char *path = in_dir("t.xlsx");
    ok(out_template(&cx, path, "岗位", fields) == E_OK, "a template is written");
    is_str(
        table_string(path, &explain),
        "列|要不要填|怎么写|说明|可以填\n2:岗位名称|必填|文字，最多 40 个字|写工种，不写待遇|\n3:用工形式|必填|从下拉列表里选一个||全职、兼职\n"
        "4:工资|选填|金额（元），0 到 100000||\n5:发布日期|选填|日期，如 2026-03-01||\n",
        "its second sheet explains");
    ok(table_open(&cx, path, "t", &first, &t) == E_OK, "the empty template is a table without rows");
    mapping_guess(&cx, job_map_fields, table_head(t), NULL, 0, &m);
    ok(mapping_column(&m, "title") == 0 && mapping_column(&m, "employment_type") == 1 && mapping_column(&m, "salary") == 2 &&
           mapping_column(&m, "posted") == 3 && m.columns[0].confidence == 100,
       "its headings are recognised without doubt");
}

static void big_sheet(void)
{
    struct ctx cx = {.arena = &test_arena};
    struct table_limits none = {0};
    struct table *t;
    struct out *o;
    const struct row *row;
    const char *path = in_dir("big.xlsx"), *cells[4] = {"焊工", "6000", "13800000000", "说明说明"};
    int64_t n = 0;
    long before = peak_kb();
    bool good = out_open(&cx, OUT_XLSX, path, "岗位", columns, 4, &o) == E_OK;
    for (int i = 0; i < 20000 && good; i++)
        good = out_row(&cx, o, cells) == E_OK;
    ok(good && out_close(&cx, o) == E_OK, "20,000 rows are written");
    ok(table_open(&cx, path, "t", &none, &t) == E_OK, "and opened");
    while (table_next(&cx, t, &row) == E_OK && row != NULL)
        n++;
    is_int(n, 20000, "and read");
#ifdef __SANITIZE_ADDRESS__ /* which keeps what was freed */
    printf("# skipped: memory is not measured with a sanitizer (%ld KB)\n", peak_kb() - before);
#else
    ok(peak_kb() - before < 64 << 10, "in less than 64 MB");
#endif
}

int main(void)
{
    dir_make();
    round_trip(OUT_XLSX, in_dir("r.xlsx"), "XLSX out and in");
    csv_is_guarded();
    fault_sheet(OUT_XLSX, "f.xlsx");
    fault_sheet(OUT_CSV, "f.csv");
    template_sheet();
    big_sheet();
    dir_remove();
    return done();
}
