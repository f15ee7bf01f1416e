/* t_mapping.c -- headings people really use, and the real ads when they are at hand. */
#include "feeds/mapping.h"

#include "tables.h"

#include <stdint.h>

static const struct {
    const char *name, *csv;
    const char *want; /* field of each column, "-" = none */
} cases[] = {
    {"our own names",
     "source,source_id,title,company,salary,city,district,education,experience,headcount,company_type,"
     "company_size,industry,tags,category,"
     "description,posted\n",
     "source source_id title company salary city district education experience headcount "
     "company_type company_size industry tags category description posted"},
    {"an employer's sheet",
     "序号,招聘岗位,招聘人数（人）,薪资待遇（元/月）,学历要求,工作地点,联系人,联系电话,备注\n1,焊工,3,6000-8000,高中,西青,王（示例）,13800000000,包住\n",
     "- title headcount salary education address contact phone description"},
    {"required marks", "*单位名称（必填）,* 岗位名称,工资下限,工资上限,招聘 人数\n",
     "company title salary_min salary_max headcount"},
    {"the ministry's codes", "aab004,cca113,acb21r,acc034,aac012,acb21i,acb210\n",
     "company title headcount salary education employment_type source_id"},
    {"crawled English",
     "positionName,companyFullName,salary,workYear,education,city,district,createTime,positionId,industryField,companySize\n",
     "title company salary experience education city district posted source_id industry company_size"},
    {"full width and big letters", "ＪＯＢ　ＴＩＴＬＥ,Company Name\n", "title company"},
    {"by their values alone",
     "甲,乙,丙,丁\n天津示例机械有限公司,6000-8000元/月,13800000000,本科\n天津示例电子有限公司,面议,022-00000000,大专\n",
     "company salary phone education"},
    {"similar headings", "本次招聘岗位,预计月薪范围,最低学历层次\n焊工,5千-8千,高中\n", "title salary education"},
    {"one field, one column", "岗位,职位\n焊工,电工\n", "title -"},
    {"schema.org",
     "@type,title,hiringOrganization.name,baseSalary.value.minValue,"
     "jobLocation.address.addressLocality,validThrough,totalJobOpenings\n",
     "- title company salary_min city valid_through headcount"},
};

static const char *fields_of(const struct mapping *m)
{
    struct buf b = {.a = &test_arena};
    for (size_t i = 0; i < m->n; i++)
        buf_fmt(&b, i > 0 ? " %s" : "%s", m->columns[i].field == NULL ? "-" : m->columns[i].field->name);
    return buf_text(&b);
}

/* Opens a table and guesses from its first row with content. */
static bool guess(struct ctx *cx, const char *path, struct table **t, struct mapping *m)
{
    static const struct table_limits none = {0};
    const struct row *row;
    if (table_open(cx, path, "t", &none, t) != E_OK || table_next(cx, *t, &row) != E_OK)
        return false;
    mapping_guess(cx, job_map_fields, table_head(*t), row, row != NULL, m);
    return true;
}

static void guesses(void)
{
    struct ctx cx = {.arena = &test_arena};
    struct table *t;
    struct mapping m;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (ok(guess(&cx, text_make("m.csv", cases[i].csv), &t, &m), "opens"))
            is_str(fields_of(&m), cases[i].want, cases[i].name);
}

static void overrides(void)
{
    struct ctx cx = {.arena = &test_arena};
    struct table *t;
    struct mapping m, again;
    const char *path = text_make("m.csv", "岗位,备注,\"工\n资\"\n焊工,好,1\n");
    ok(guess(&cx, path, &t, &m), "opens");
    ok(m.columns[0].confidence >= 95 && strstr(m.columns[0].why, "岗位") != NULL, "sure, and says why");
    ok(mapping_set(&cx, &m, 1, "title") == E_OK, "a person decides");
    is_str(fields_of(&m), "- title salary", "the field moves");
    ok(mapping_set(&cx, &m, 2, NULL) == E_OK && mapping_column(&m, "salary") == SIZE_MAX, "a column is left out");
    ok(mapping_set(&cx, &m, 9, "title") == E_INVALID && mapping_set(&cx, &m, 0, "nonsense") == E_INVALID, "what there is not");
    const char *kept = mapping_text(&cx, &m);
    is_str(kept, "岗位\t-\n备注\ttitle\n工 资\t-\n", "kept as text");
    ok(guess(&cx, path, &t, &again) && mapping_apply(&cx, &again, kept) == E_OK, "applied to the next file");
    is_str(fields_of(&again), "- title -", "as last time");
    ok(mapping_apply(&cx, &again, "nonsense") == E_INVALID, "a text that is no mapping");
    ok(mapping_apply(&cx, &again, "x\tunknown_field\n") == E_OK, "a field that is gone");
    const struct row row = {.n = 3, .cells = (const char *const[]){"a", "b", "c"}};
    is_str(mapping_cell(&again, &row, "title"), "b", "the cell of a field");
    ok(mapping_cell(&again, &row, "salary") == NULL, "a field no column has");
}

static const struct {
    const char *file;
    int64_t rows;
} ads[] = {
    {"brainchen_51job_2018.csv.gz", 3590}, {"bvbrutal_51job_2023.csv.gz", 10150},   {"cow_51job_chengdu_2021.csv.gz", 3360},
    {"derek_zhaopin_2018.csv.gz", 780},    {"haohaizhi_51job_2023.csv.gz", 4500},   {"hirefy_51job_2018.csv.gz", 500},
    {"horti_boss_2020.csv.gz", 295},       {"horti_lagou_2020.csv.gz", 63},         {"isixe_51job_2023.csv.gz", 4581},
    {"karelian_boss_2022.csv.gz", 210},    {"karelian_jobs_2022.csv.gz", 13878},    {"lai_zhaopin_2018.csv.gz", 16462},
    {"lastlast_liepin_2026.csv.gz", 523},  {"mcliuyi_zhaopin_2019.csv.gz", 291},    {"milkypunch_boss_sh_2025.csv.gz", 286},
    {"rovesoul_liepin_2019.csv.gz", 4002}, {"s180_51job_2021.csv.gz", 950},         {"tipdm_2023.csv.gz", 1575},
    {"wale_51job_2023.csv.gz", 395},       {"wang380_boss_2025.csv.gz", 1649},      {"wangku_51job_2023.csv.gz", 1120},
    {"yan_51job_2018.csv.gz", 6416},       {"yujunxiong_51job_2022.csv.gz", 30207}, {"subset_blue_collar.csv", 2315},
    {"subset_tianjin.csv", 604},
};

static void real_ads(void)
{
    const char *dir = getenv("YIZHAN_SHARED_DATA");
    dir = dir != NULL ? dir : "../shared/data";
    if (access(arena_fmt(&test_arena, "%s/ads", dir), R_OK) != 0) {
        printf("# skipped: no real ads at %s\n", dir);
        return;
    }
    for (size_t i = 0; i < sizeof ads / sizeof *ads; i++) {
        struct arena a;
        arena_init(&a, 0);
        struct ctx cx = {.arena = &a};
        struct table *t;
        struct mapping m;
        const struct row *row = NULL;
        int64_t n = 1;
        bool good = guess(&cx, arena_fmt(&a, "%s/ads/%s", dir, ads[i].file), &t, &m);
        while (good && (good = table_next(&cx, t, &row) == E_OK) && row != NULL)
            n += row->n == 17;
        ok(good, ads[i].file);
        is_int(n, ads[i].rows, "rows, as Python's csv counts them");
        is_str(good ? fields_of(&m) : "", cases[0].want, "columns");
        arena_free(&a);
    }
}

int main(void)
{
    dir_make();
    guesses();
    overrides();
    real_ads();
    dir_remove();
    return done();
}
