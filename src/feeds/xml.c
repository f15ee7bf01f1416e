/* xml.c -- a list of records in XML: <jobs><job><title>…</title>…</job>…</jobs>, and everything of that shape.
 *
 * What the record is called is found by looking: a known name (job, item, 岗位 …), or else the shallowest element with
 * children that comes more than once. Inner elements become columns with a dotted name, attributes "@name".
 */
#include "feeds/reader.h"
#include "feeds/xmlin.h"

#include <string.h>

enum { DEPTH_MAX = 32, KINDS_MAX = 64, SCAN_NODES = 20000, PATH_MAX_BYTES = 400 };

struct xml_in {
    struct xmlin *xml;
    const char *p, *end; /* decoded text not yet taken by the parser */
    struct ctx *cx;      /* while a step runs: for sentences of the source */
    struct table *t;
    bool eof, source_failed;
    char record[128];
    int depth_of_record;
    int64_t n;
    char path[PATH_MAX_BYTES + 128];
    size_t ends[DEPTH_MAX + 2]; /* length of the path at each depth below the record */
    struct buf value;
    struct buf cell;
};

static int read_decoded(void *arg, char *to, int cap)
{
    struct xml_in *x = arg;
    if (x->p == x->end && !x->eof) {
        size_t n;
        if (source_fill(x->cx, x->t->src, &x->p, &n) != E_OK) {
            x->source_failed = true;
            return -1;
        }
        x->end = x->p + n;
        x->eof = n == 0;
    }
    size_t n = (size_t)(x->end - x->p);
    n = n < (size_t)cap ? n : (size_t)cap;
    memcpy(to, x->p, n);
    x->p += n;
    return (int)n;
}

static err_t refuse_xml(struct ctx *cx, struct xml_in *x)
{
    if (x->source_failed)
        return cx->fail.code;
    if (x->xml->refused)
        return FILE_SAY(cx, E_INVALID, "%s", tr(cx, "XML 里有 DTD 或实体声明，为了安全没有读。请去掉 <!DOCTYPE …> 再上传。"));
    return FILE_SAY(cx, E_INVALID, tr(cx, "XML 在第 %d 行写得不对（标签没有成对，或者文件没有传完）。"),
                    xmlTextReaderGetParserLineNumber(x->xml->reader));
}

static err_t xml_rewind(struct ctx *cx, struct table *t)
{
    struct xml_in *x = t->state;
    if (x->xml != NULL)
        xmlin_close(x->xml);
    x->p = x->end = NULL;
    x->eof = false;
    x->n = 0;
    x->cx = cx;
    TRY(source_rewind(cx, t->src));
    return xmlin_open(cx, &t->own, read_decoded, x, "UTF-8", &x->xml);
}

/* Puts a value under the path below the record; a name that comes again is joined by "、". */
static err_t put(struct ctx *cx, struct table *t, struct xml_in *x, const char *name, const char *s, size_t n)
{
    size_t col;
    TRY(table_column(cx, t, name, &col));
    const char *had = row_text(t, col);
    x->cell.len = 0;
    buf_str(&x->cell, had);
    if (*had != '\0' && n > 0)
        buf_str(&x->cell, "、");
    buf_add(&x->cell, s, n);
    return row_cell(cx, t, col, x->cell.p, x->cell.len);
}

static err_t put_attributes(struct ctx *cx, struct table *t, struct xml_in *x)
{
    xmlTextReaderPtr r = x->xml->reader;
    for (int rc = xmlTextReaderMoveToFirstAttribute(r); rc == 1; rc = xmlTextReaderMoveToNextAttribute(r)) {
        const char *v = (const char *)xmlTextReaderConstValue(r);
        if (v == NULL || xmlTextReaderIsNamespaceDecl(r) == 1 || strlen(xmlin_name(x->xml)) > 100)
            continue;
        size_t n = strlen(x->path), len = strlen(xmlin_name(x->xml)); /* the path has room for this much more */
        x->path[n] = '@';
        memcpy(x->path + n + 1, xmlin_name(x->xml), len + 1);
        err_t e = put(cx, t, x, x->path, v, strlen(v));
        x->path[n] = '\0';
        TRY(e);
    }
    (void)xmlTextReaderMoveToElement(r);
    return E_OK;
}

static err_t element_begin(struct ctx *cx, struct table *t, struct xml_in *x, int level)
{
    const char *name = xmlin_name(x->xml);
    size_t at = x->ends[level - 1], n = strlen(name);
    if (level > DEPTH_MAX || n > 100 || at + n + 1 > PATH_MAX_BYTES)
        return FILE_SAY(cx, E_INVALID, tr(cx, "第 %lld 条记录的层数太多或名字太长，读不了。"), (long long)x->n);
    if (at > 0)
        x->path[at++] = '.';
    memcpy(x->path + at, name, n + 1);
    x->ends[level] = at + n;
    x->value.len = 0;
    return put_attributes(cx, t, x);
}

static err_t element_end(struct ctx *cx, struct table *t, struct xml_in *x, int level)
{
    size_t n = cell_clean(x->value.p, x->value.len);
    if (n > 0)
        TRY(put(cx, t, x, x->path, x->value.p, n));
    x->value.len = 0;
    x->path[x->ends[level - 1]] = '\0';
    return E_OK;
}

/* Everything inside the record that begins at the reader's place. */
static err_t record_read(struct ctx *cx, struct table *t, struct xml_in *x)
{
    int base = xmlTextReaderDepth(x->xml->reader);
    x->path[0] = '\0';
    x->ends[0] = 0;
    x->value.len = 0;
    TRY(put_attributes(cx, t, x));
    if (xmlin_empty(x->xml))
        return E_OK;
    for (;;) {
        if (xmlin_step(x->xml) != 1)
            return refuse_xml(cx, x);
        int type = xmlTextReaderNodeType(x->xml->reader), level = xmlTextReaderDepth(x->xml->reader) - base;
        if (type == XML_READER_TYPE_END_ELEMENT && level == 0)
            return E_OK;
        if (type == XML_READER_TYPE_ELEMENT) {
            TRY(element_begin(cx, t, x, level));
            if (xmlin_empty(x->xml))
                TRY(element_end(cx, t, x, level));
        } else if (type == XML_READER_TYPE_END_ELEMENT) {
            TRY(element_end(cx, t, x, level));
        } else if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA) {
            const char *s = (const char *)xmlTextReaderConstValue(x->xml->reader);
            buf_str(&x->value, s == NULL ? "" : s);
            if (x->value.len > (size_t)t->limits.cell)
                return FILE_SAY(cx, E_LIMIT, tr(cx, "第 %lld 条记录里“%s”的内容太长，一格最多 %lld KB，请缩短。"),
                                (long long)x->n, x->path, (long long)(t->limits.cell >> 10));
        }
    }
}

static err_t xml_next(struct ctx *cx, struct table *t, bool *more)
{
    struct xml_in *x = t->state;
    int rc;
    x->cx = cx;
    *more = false;
    while ((rc = xmlin_step(x->xml)) == 1) {
        if (xmlTextReaderNodeType(x->xml->reader) != XML_READER_TYPE_ELEMENT || !xmlin_is(x->xml, x->record) ||
            xmlTextReaderDepth(x->xml->reader) != x->depth_of_record)
            continue;
        row_begin(t, ++x->n);
        *more = true;
        return record_read(cx, t, x);
    }
    return rc == 0 ? E_OK : refuse_xml(cx, x);
}

struct kind { /* an element name at a depth */
    char name[128];
    int depth, times;
    bool has_children;
};

static bool is_known(const char *name)
{
    static const char *const known[] = {"job",    "item", "vacancy", "position", "offer", "JobPosting",
                                        "record", "岗位", "职位",    "招聘",     "entry", NULL};
    for (const char *const *k = known; *k != NULL; k++)
        if (strcasecmp(*k, name) == 0)
            return true;
    return false;
}

static struct kind *kind_find(struct kind *kinds, size_t *n, const char *name, int depth)
{
    for (size_t i = 0; i < *n; i++)
        if (kinds[i].depth == depth && strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    if (*n == KINDS_MAX || strlen(name) >= sizeof kinds->name)
        return NULL;
    struct kind *k = &kinds[(*n)++];
    *k = (struct kind){.depth = depth};
    memcpy(k->name, name, strlen(name) + 1);
    return k;
}

static const struct kind *kind_best(const struct kind *kinds, size_t n)
{
    const struct kind *best = NULL;
    int best_score = 0;
    for (size_t i = 0; i < n; i++) {
        const struct kind *k = &kinds[i];
        int score = !k->has_children || k->depth == 0 ? 0 : (is_known(k->name) ? 1000 : k->times > 1 ? 500 : 100) - k->depth;
        if (score > best_score) {
            best = k;
            best_score = score;
        }
    }
    return best;
}

static err_t find_record(struct ctx *cx, struct table *t, struct xml_in *x)
{
    struct kind *kinds = ARENA_ARRAY(&t->own, struct kind, KINDS_MAX), *open[DEPTH_MAX + 1] = {NULL};
    size_t n = 0;
    int rc = 1;
    for (int nodes = 0; nodes < SCAN_NODES && (rc = xmlin_step(x->xml)) == 1; nodes++) {
        int depth = xmlTextReaderDepth(x->xml->reader);
        if (xmlTextReaderNodeType(x->xml->reader) != XML_READER_TYPE_ELEMENT || depth > DEPTH_MAX)
            continue;
        struct kind *k = kind_find(kinds, &n, xmlin_name(x->xml), depth);
        open[depth] = k;
        if (k != NULL)
            k->times++;
        if (depth > 0 && open[depth - 1] != NULL)
            open[depth - 1]->has_children = true;
    }
    if (rc < 0)
        return refuse_xml(cx, x);
    const struct kind *best = kind_best(kinds, n);
    if (best == NULL)
        return FILE_SAY(cx, E_INVALID, tr(cx, "“%s”里没有找到可以读的记录。"), t->name);
    memcpy(x->record, best->name, sizeof x->record);
    x->depth_of_record = best->depth;
    return xml_rewind(cx, t);
}

err_t xml_open(struct ctx *cx, struct table *t)
{
    static const struct reader reader = {.format = "XML", .named = true, .next = xml_next, .rewind = xml_rewind};
    struct xml_in *x = ARENA_NEW(&t->own, struct xml_in);
    *x = (struct xml_in){.t = t, .value = table_buf(t), .cell = table_buf(t)};
    t->state = x;
    t->reader = &reader;
    TRY(xml_rewind(cx, t));
    return find_record(cx, t, x);
}
