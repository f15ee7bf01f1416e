/* xlsx.c -- opens the package: checks the ZIP, finds the sheet, reads what the sheet needs. */
#include "feeds/xlsx.h"

#include <string.h>

enum { ENTRIES_MAX = 5000, RATIO_MAX = 200, RATIO_FREE = 16 << 20, SHEETS_MAX = 200 };

int part_read(void *arg, char *to, int cap)
{
    struct part *p = arg;
    zip_int64_t n = p->over ? -1 : zip_fread(p->f, to, (zip_uint64_t)cap);
    p->broken |= n < 0;
    if (n > p->left)
        p->over = true;
    p->left -= n > 0 ? n : 0;
    return n < 0 || p->over ? -1 : (int)n;
}

static void part_end(void *arg)
{
    struct part *p = arg;
    if (p->f != NULL)
        (void)zip_fclose(p->f);
    p->f = NULL;
}

static err_t refuse_big(struct ctx *cx)
{
    return FILE_SAY(cx, E_LIMIT, "%s", tr(cx, "表格展开后大得不正常，为了安全没有读。请只留要导入的行，另存一份再上传。"));
}

static err_t refuse_broken(struct ctx *cx)
{
    return FILE_SAY(cx, E_INVALID, "%s", tr(cx, "表格文件不完整或已损坏。请用 Excel 或 WPS 打开，另存为 .xlsx 再上传。"));
}

err_t part_refuse(struct ctx *cx, const struct part *p, const struct xmlin *xml)
{
    if (p->over)
        return refuse_big(cx);
    if (xml != NULL && xml->refused)
        return FILE_SAY(cx, E_INVALID, "%s", tr(cx, "表格里有不该有的 DTD 或实体声明，为了安全没有读。"));
    return refuse_broken(cx);
}

err_t part_open(struct ctx *cx, struct table *t, struct xlsx *x, const char *path, struct part **out)
{
    zip_stat_t st;
    *out = NULL;
    if (path == NULL || zip_stat(x->zip, path, 0, &st) != 0)
        return E_OK;
    if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE)
        return FILE_SAY(cx, E_INVALID, tr(cx, "“%s”设了打开密码。请去掉密码再上传。"), t->name);
    bool sized = (st.valid & ZIP_STAT_SIZE) && (st.valid & ZIP_STAT_COMP_SIZE);
    if (!sized || st.size > (zip_uint64_t)t->limits.unpacked || (st.size > RATIO_FREE && st.size / RATIO_MAX > st.comp_size))
        return refuse_big(cx);
    struct part *p = ARENA_NEW(&t->own, struct part);
    p->left = (int64_t)st.size;
    p->f = zip_fopen(x->zip, path, 0);
    if (p->f == NULL)
        return refuse_broken(cx);
    arena_defer(&t->own, part_end, p);
    *out = p;
    return E_OK;
}

static const char *resolve(struct arena *a, const char *target)
{
    return target[0] == '/' ? arena_fmt(a, "%s", target + 1) : arena_fmt(a, "xl/%s", target);
}

struct sheet {
    const char *name, *rel;
    bool hidden;
};

/* The sheets in the order of the tabs, and whether dates count from 1904. */
static err_t read_workbook(struct ctx *cx, struct table *t, struct xlsx *x, struct sheet *sheets, size_t *n)
{
    struct part *p;
    struct xmlin *in;
    char buf[512];
    *n = 0;
    TRY(part_open(cx, t, x, "xl/workbook.xml", &p));
    if (p == NULL)
        return FILE_SAY(cx, E_INVALID, tr(cx, "“%s”不是 Excel 表格。请用 Excel 或 WPS 另存为 .xlsx 再上传。"), t->name);
    TRY(xmlin_open(cx, &t->own, part_read, p, NULL, &in));
    int rc;
    while ((rc = xmlin_step(in)) == 1) {
        if (xmlTextReaderNodeType(in->reader) != XML_READER_TYPE_ELEMENT)
            continue;
        if (xmlin_is(in, "workbookPr"))
            x->from_1904 = xmlin_attr(in, "date1904", buf, sizeof buf) && (buf[0] == '1' || buf[0] == 't');
        if (!xmlin_is(in, "sheet") || *n == SHEETS_MAX)
            continue;
        struct sheet *s = &sheets[(*n)++];
        *s = (struct sheet){.hidden = xmlin_attr(in, "state", buf, sizeof buf) && strcmp(buf, "visible") != 0};
        s->name = xmlin_attr(in, "name", buf, sizeof buf) ? arena_fmt(&t->own, "%s", buf) : "";
        s->rel = xmlin_attr(in, "id", buf, sizeof buf) ? arena_fmt(&t->own, "%s", buf) : "";
    }
    return rc < 0 ? part_refuse(cx, p, in) : E_OK;
}

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);
    return n >= m && strcmp(s + n - m, end) == 0;
}

static err_t read_rels(struct ctx *cx, struct table *t, struct xlsx *x, const char *rel)
{
    struct part *p;
    struct xmlin *in;
    char id[64], type[256], target[512];
    TRY(part_open(cx, t, x, "xl/_rels/workbook.xml.rels", &p));
    if (p == NULL)
        return refuse_broken(cx);
    TRY(xmlin_open(cx, &t->own, part_read, p, NULL, &in));
    int rc;
    while ((rc = xmlin_step(in)) == 1) {
        if (xmlTextReaderNodeType(in->reader) != XML_READER_TYPE_ELEMENT || !xmlin_is(in, "Relationship"))
            continue;
        if (!xmlin_attr(in, "Id", id, sizeof id) || !xmlin_attr(in, "Type", type, sizeof type) ||
            !xmlin_attr(in, "Target", target, sizeof target))
            continue;
        if (strcmp(id, rel) == 0 && ends_with(type, "/worksheet"))
            x->sheet = resolve(&t->own, target);
        else if (ends_with(type, "/sharedStrings"))
            x->strings = resolve(&t->own, target);
        else if (ends_with(type, "/styles"))
            x->styles = resolve(&t->own, target);
    }
    return rc < 0 ? part_refuse(cx, p, in) : E_OK;
}

static err_t choose_sheet(struct ctx *cx, struct table *t, struct xlsx *x)
{
    struct sheet *sheets = ARENA_ARRAY(&t->own, struct sheet, SHEETS_MAX);
    const char **names = ARENA_ARRAY(&t->own, const char *, SHEETS_MAX), *want = t->limits.sheet;
    size_t n, visible = 0;
    const struct sheet *chosen = NULL;
    TRY(read_workbook(cx, t, x, sheets, &n));
    for (size_t i = 0; i < n; i++) {
        if (sheets[i].hidden)
            continue;
        names[visible++] = sheets[i].name;
        if (chosen == NULL && (want == NULL || strcmp(want, sheets[i].name) == 0))
            chosen = &sheets[i];
    }
    if (chosen == NULL && want != NULL)
        return FILE_SAY(cx, E_INVALID, tr(cx, "文件里没有叫“%s”的工作表，请另选一张。"), want);
    if (chosen == NULL)
        return FILE_SAY(cx, E_INVALID, tr(cx, "“%s”里没有看得见的工作表。"), t->name);
    TRY(read_rels(cx, t, x, chosen->rel));
    t->about.sheets = names;
    t->about.n_sheets = visible;
    t->about.sheet = chosen->name;
    if (x->sheet == NULL || zip_name_locate(x->zip, x->sheet, 0) < 0)
        return FILE_SAY(cx, E_INVALID, tr(cx, "文件里缺了工作表“%s”的内容。请用 Excel 或 WPS 另存一份再上传。"), chosen->name);
    return E_OK;
}

static void zip_end(void *zip) { zip_discard(zip); }

static err_t open_zip(struct ctx *cx, struct table *t, struct xlsx *x)
{
    int code = 0;
    x->zip = zip_open(t->path, ZIP_RDONLY, &code);
    if (x->zip == NULL)
        return code == ZIP_ER_OPEN || code == ZIP_ER_READ ? FAIL(cx, E_IO, "file", "zip_open: %d", code) : refuse_broken(cx);
    arena_defer(&t->own, zip_end, x->zip);
    if (zip_get_num_entries(x->zip, 0) > ENTRIES_MAX)
        return refuse_big(cx);
    if (zip_name_locate(x->zip, "word/document.xml", 0) >= 0)
        return FILE_SAY(cx, E_INVALID, tr(cx, "“%s”是 Word 文档，读不出表格。请把表格复制到 Excel，存为 .xlsx 再上传。"),
                        t->name);
    return E_OK;
}

err_t xlsx_open(struct ctx *cx, struct table *t)
{
    static const struct reader reader = {.format = "XLSX", .next = sheet_next, .rewind = sheet_rewind};
    struct xlsx *x = ARENA_NEW(&t->own, struct xlsx);
    *x = (struct xlsx){.value = table_buf(t)};
    t->state = x;
    t->reader = &reader;
    TRY(open_zip(cx, t, x));
    TRY(choose_sheet(cx, t, x));
    TRY(xlsx_strings_read(cx, t, x));
    TRY(xlsx_styles_read(cx, t, x));
    TRY(xlsx_merges_read(cx, t, x));
    x->open = ARENA_ARRAY(&t->own, const struct merge *, (size_t)t->limits.cols);
    x->open_text = ARENA_ARRAY(&t->own, const char *, (size_t)t->limits.cols);
    return sheet_rewind(cx, t);
}
