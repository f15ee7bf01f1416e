/* demo.c -- one sheet of the demo's employer and one of its desk, checked and waiting: with good rows, a doubtful one and wrong ones. */
#include "city/imports/imports.h"

#include "city/house.h"

#include <stdio.h>
#include <unistd.h>

static const char sheet[] =
    "岗位名称,单位名称,工资,人数,工作地点,学历,岗位描述\n"
    "电焊工（示例）,示例重工机械厂（示例）,6000-8000元/月,4,河东区大王庄街道,初中,按图纸焊接钢结构，两班倒，有师傅带\n"
    "仓库保管员（示例）,示例重工机械厂（示例）,5千-6千,2,河东区大王庄街道,高中,收发货物，每月盘点\n"
    "行政文员（示例）,示例重工机械厂（示例）,面议,1,河东区大王庄街道,大专,接待来访，整理文件\n"
    "食堂帮厨（示例）,示例重工机械厂（示例）,8000-6000元/月,1,河东区大王庄街道,,洗菜配菜，打扫卫生\n"
    ",示例重工机械厂（示例）,200元/天,5,,,搬运装卸\n";

static err_t send(struct ctx *cx, const char *path, const struct import_sender *from)
{
    struct q_import_list_row *rows;
    struct q_import_get_row i;
    struct mapping m;
    struct row *samples;
    size_t n;
    int64_t id;
    struct q_import_list_in list = {.lim = 1};
    *(from->employer_id != 0 ? &list.employer_id : &list.station_id) = from->employer_id != 0 ? &from->employer_id : &from->station_id;
    TRY(import_page(cx, &list, &rows, &n));
    if (n > 0)
        return E_OK;
    TRY(import_upload(cx, from, path, "本周岗位（示例）.csv", &id));
    TRY(import_find(cx, id, &i));
    TRY(import_columns(cx, &i, &m, &samples, &n));
    const char **choice = ARENA_ARRAY(cx->arena, const char *, m.n + 1);
    for (size_t k = 0; k < m.n; k++)
        choice[k] = m.columns[k].field != NULL ? m.columns[k].field->name : "";
    return import_map(cx, id, choice, m.n);
}

err_t imports_demo(struct ctx *cx, const struct demo_scale *s)
{
    (void)s; /* two sheets in any city */
    const struct actor before = cx->actor;
    const char *path = arena_fmt(cx->arena, "%s/spool/demo.csv", cx->house->data_dir);
    FILE *f = fopen(path, "wbe");
    if (f == NULL)
        return FAIL(cx, E_FULL, NULL, "cannot write %s", path);
    bool written = fputs(sheet, f) >= 0;
    if (fclose(f) != 0 || !written)
        return FAIL(cx, E_FULL, NULL, "cannot write %s", path);
    cx->actor = (struct actor){.role = ROLE_EMPLOYER, .employer_id = 1, .name = "demo"};
    err_t e = send(cx, path, &(struct import_sender){.employer_id = 1});
    cx->actor = (struct actor){.role = ROLE_STAFF, .station_id = 1, .name = "demo"};
    if (e == E_OK)
        e = send(cx, path, &(struct import_sender){.station_id = 1});
    cx->actor = before;
    unlink(path);
    return e;
}
