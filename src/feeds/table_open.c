/* table_open.c -- tells from the first bytes what a file is, and hands it to its reader. */
#include "feeds/table.h"

#include "feeds/reader.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

static const struct {
    const char *bytes;
    size_t n;
    const char *say;
} refused[] = {
    {"%PDF", 4, N_("这是 PDF，读不出表格。请上传原来的 .xlsx 或 .csv。")},
    {"\x89PNG", 4, N_("这是图片，读不出表格。请上传 .xlsx 或 .csv。")},
    {"\xff\xd8\xff", 3, N_("这是图片，读不出表格。请上传 .xlsx 或 .csv。")},
    {"GIF8", 4, N_("这是图片，读不出表格。请上传 .xlsx 或 .csv。")},
    {"Rar!", 4, N_("这是压缩包，请先解压，再上传里面的 .xlsx 或 .csv。")},
    {"7z\xbc\xaf", 4, N_("这是压缩包，请先解压，再上传里面的 .xlsx 或 .csv。")},
    {"PK\x05\x06", 4, N_("这是空的压缩包，没有表格。")},
};

struct peek { /* the first bytes of the file, unpacked */
    unsigned char p[4096];
    size_t n;
};

static err_t peek_file(struct ctx *cx, const char *path, struct peek *peek)
{
    gzFile gz = gzopen(path, "rb");
    if (gz == NULL)
        return FAIL(cx, E_IO, "file", "cannot open %s", path);
    int got = gzread(gz, peek->p, sizeof peek->p);
    (void)gzclose(gz);
    if (got < 0)
        return FILE_SAY(cx, E_INVALID, "%s", tr(cx, "压缩文件不完整或已损坏，请重新打包再上传。"));
    peek->n = (size_t)got;
    return E_OK;
}

/* An OLE container: the .xls of old, or an .xlsx with a password (then one stream is called EncryptedPackage, in UTF-16). */
static err_t refuse_ole(struct ctx *cx, const struct table *t)
{
    static const char mark[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    enum { STEP = 64 << 10 };
    char *p = arena_alloc(cx->arena, STEP + sizeof mark);
    FILE *f = fopen(t->path, "rb");
    if (f == NULL)
        return FAIL(cx, E_IO, "file", "cannot open %s", t->path);
    bool locked = false;
    size_t n, kept = 0;
    while (!locked && (n = fread(p + kept, 1, STEP, f)) > 0) {
        locked = memmem(p, kept + n, mark, sizeof mark) != NULL;
        size_t all = kept + n;
        kept = all < sizeof mark ? all : sizeof mark;
        memmove(p, p + all - kept, kept);
    }
    (void)fclose(f);
    return locked ? FILE_SAY(cx, E_INVALID, tr(cx, "“%s”设了打开密码。请去掉密码再上传。"), t->name)
                  : FILE_SAY(cx, E_INVALID, tr(cx, "“%s”是旧的 .xls 格式。请用 Excel 或 WPS 另存为 .xlsx 再上传。"), t->name);
}

/* The first byte that is no space or byte order mark, and the next such one after it. */
static void first_marks(const struct peek *k, unsigned char mark[2])
{
    size_t n = 0;
    for (size_t i = 0; i < k->n && n < 2; i++)
        if (k->p[i] != 0 && strchr(" \t\r\n", k->p[i]) == NULL && (i > 2 || memchr("\xef\xbb\xbf\xff\xfe", k->p[i], 5) == NULL))
            mark[n++] = k->p[i];
}

static bool peek_has(const struct peek *k, const char *word)
{
    size_t len = strlen(word), n = k->n < 1024 ? k->n : 1024;
    for (size_t i = 0; i + len <= n; i++)
        if (strncasecmp((const char *)k->p + i, word, len) == 0)
            return true;
    return false;
}

static err_t choose(struct ctx *cx, struct table *t, const struct peek *k)
{
    unsigned char mark[2] = {0};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (k->n >= refused[i].n && memcmp(k->p, refused[i].bytes, refused[i].n) == 0)
            return SAY(cx, E_INVALID, "file", refused[i].say);
    if (k->n >= 8 && memcmp(k->p, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0)
        return refuse_ole(cx, t);
    if (k->n >= 4 && memcmp(k->p, "PK\3\4", 4) == 0)
        return xlsx_open(cx, t);
    TRY(source_open(cx, &t->own, t->path, t->limits.unpacked, &t->src));
    first_marks(k, mark);
    if (mark[0] == '<' && (peek_has(k, "<!doctype html") || peek_has(k, "<html") || peek_has(k, "<table")))
        return FILE_SAY(cx, E_INVALID, tr(cx, "“%s”其实是网页。请用 Excel 或 WPS 打开，另存为 .xlsx 再上传。"), t->name);
    if (mark[0] == '<' && (peek_has(k, "<?mso-application") || peek_has(k, "urn:schemas-microsoft-com:office:spreadsheet")))
        return FILE_SAY(cx, E_INVALID, tr(cx, "“%s”是 2003 年的 XML 表格。请用 Excel 或 WPS 另存为 .xlsx 再上传。"), t->name);
    if (mark[0] == '<')
        return xml_open(cx, t);
    if ((mark[0] == '{' && (mark[1] == '"' || mark[1] == '}')) || (mark[0] == '[' && (mark[1] == '{' || mark[1] == ']')))
        return json_open(cx, t);
    return csv_open(cx, t);
}

static void table_end(void *own)
{
    struct arena a = *(struct arena *)own; /* the table itself lies in it */
    arena_free(&a);
}

static int64_t limit(int64_t given, int64_t standard) { return given > 0 ? given : standard; }

err_t table_open(struct ctx *cx, const char *path, const char *name, const struct table_limits *limits, struct table **out)
{
    struct stat st;
    struct arena own;
    arena_init(&own, 0);
    struct table *t = ARENA_NEW(&own, struct table);
    *t = (struct table){.own = own, .path = arena_fmt(&own, "%s", path), .name = arena_fmt(&own, "%s", name), .limits = *limits};
    t->own = own;
    t->text = table_buf(t);
    arena_defer(cx->arena, table_end, &t->own);
    t->limits.bytes = limit(limits->bytes, 100ll << 20);
    t->limits.unpacked = limit(limits->unpacked, 512ll << 20);
    t->limits.rows = limit(limits->rows, 1000000);
    t->limits.cols = limit(limits->cols, 200);
    t->limits.cell = limit(limits->cell, 128 << 10);
    if (stat(path, &st) != 0)
        return FAIL(cx, E_IO, "file", "cannot stat %s", path);
    if (st.st_size == 0)
        return FILE_SAY(cx, E_INVALID, tr(cx, "“%s”是空文件。"), t->name);
    if (st.st_size > t->limits.bytes)
        return FILE_SAY(cx, E_LIMIT, tr(cx, "文件有 %lld MB，最多 %lld MB。请分成几个文件上传。"),
                        (long long)((st.st_size + (1 << 20) - 1) >> 20), (long long)(t->limits.bytes >> 20));
    struct peek peek;
    TRY(peek_file(cx, path, &peek));
    TRY(choose(cx, t, &peek));
    t->about.format = t->reader->format;
    TRY(t->reader->named ? table_find_names(cx, t) : table_find_head(cx, t));
    if (t->src != NULL) {
        t->about.encoding = source_encoding(t->src);
        t->about.repair = source_repair(cx, t->src);
    }
    *out = t;
    return E_OK;
}
