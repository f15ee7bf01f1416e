/* fields.c -- the columns a table of ads may have, and an empty sheet to fill in. */
#include "city/imports/imports_impl.h"

#include "base/text.h"

#include <string.h>

/* What our own form has beside the columns of other people's tables. They come first: where two names fit a heading equally
 * well, the narrower one is meant. */
static const struct map_field own[] = {
    {"requirements", N_("要求"), MAP_ANY, "岗位要求|任职要求|招聘条件|任职资格|任职条件|招聘要求|requirements|qualifications", NULL},
    {"street", N_("街道"), MAP_ANY, "上班地点在哪个街道|所在街道|街道（乡镇）|街镇|所属街道|街道乡镇|subdistrict", NULL},
    {"hours", N_("上班时间"), MAP_ANY, "工作时间|上下班时间|工时|working hours|work hours", NULL},
    {"shift", N_("班次"), MAP_ANY, "班制|倒班情况|shift|shifts", NULL},
    {"certificates", N_("必须有的证书"), MAP_ANY, "证书|证书要求|资格证书|职业资格|certificates|licence", NULL},
};

const struct map_field *import_fields(struct ctx *cx)
{
    size_t n_own = sizeof own / sizeof *own, n = 0;
    while (job_map_fields[n].name != NULL)
        n++;
    struct map_field *all = ARENA_ARRAY(cx->arena, struct map_field, n_own + n + 1);
    memcpy(all, own, sizeof own);
    memcpy(all + n_own, job_map_fields, n * sizeof *all);
    return all;
}

static const struct map_field *named(const struct map_field *f, size_t n, const char *name)
{
    for (size_t i = 0; i < n && f[i].name != NULL; i++)
        if (strcmp(f[i].name, name) == 0)
            return &f[i];
    return NULL;
}

const char *import_label(struct ctx *cx, const char *field)
{
    const struct map_field *f = named(own, sizeof own / sizeof *own, field);
    if (f == NULL)
        f = named(job_map_fields, SIZE_MAX, field);
    return f != NULL ? tr(cx, f->label) : field;
}

static const struct field company_fields[] = {
    {"company", F_TEXT, F_REQUIRED, N_("单位名称"), N_("营业执照上的名称。"), .max = 80},
    {"uscc", F_USCC, 0, N_("统一社会信用代码"), N_("知道就填，18 位。"), .max = 18},
};

/* The form of an ad, for desks with the employer's columns before it. */
static const struct field *sheet_fields(struct ctx *cx, bool company)
{
    size_t n = 0, first = company ? sizeof company_fields / sizeof *company_fields : 0;
    while (job_fields[n].name != NULL)
        n++;
    struct field *all = ARENA_ARRAY(cx->arena, struct field, first + n + 1);
    memcpy(all, company_fields, first * sizeof *all);
    memcpy(all + first, job_fields, n * sizeof *all);
    return all;
}

static err_t csv_template(struct ctx *cx, const char *path, const struct field *fields)
{
    struct out *o;
    size_t n = 0;
    while (fields[n].name != NULL)
        n++;
    struct out_column *columns = ARENA_ARRAY(cx->arena, struct out_column, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *label = tr(cx, fields[i].label);
        columns[i] = (struct out_column){fields[i].flags & F_REQUIRED ? arena_fmt(cx->arena, tr(cx, "%s（必填）"), label) : label, OUT_TEXT, 0};
    }
    TRY(out_open(cx, OUT_CSV, path, tr(cx, "岗位"), columns, n, &o));
    return out_close(cx, o);
}

err_t import_template(struct ctx *cx, enum out_format format, const char *path, bool company)
{
    const struct field *fields = sheet_fields(cx, company);
    return format == OUT_CSV ? csv_template(cx, path, fields) : out_template(cx, path, tr(cx, "岗位"), fields);
}
