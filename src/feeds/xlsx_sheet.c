/* xlsx_sheet.c -- the rows of one sheet, streamed; what a cell says, as text. */
#include "feeds/instant.h"
#include "feeds/xlsx.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPEN_BYTES_MAX = 16 << 20, ROW_NUMBER_MAX = 1 << 20 };

void xlsx_number(char *to, size_t cap, const char *raw, enum xlsx_date kind, bool from_1904)
{
    enum { EPOCH = 25569, LAST_SERIAL = 2958466 };
    char *end;
    double v = strtod(raw, &end);
    if (end == raw || *end != '\0' || !isfinite(v)) {
        (void)snprintf(to, cap, "%s", raw);
        return;
    }
    if (kind == XD_NUMBER || v < 0 || v >= LAST_SERIAL) {
        if (v == floor(v) && fabs(v) < 1e15)
            (void)snprintf(to, cap, "%lld", (long long)v);
        else
            (void)snprintf(to, cap, "%.15g", v);
        return;
    }
    int64_t day = (int64_t)floor(v), sec = (int64_t)llround((v - (double)day) * 86400);
    day += sec == 86400;
    sec %= 86400;
    bool dated = day > 0 || kind != XD_TIME || from_1904;
    day += from_1904 ? 1462 : day < 60; /* Excel believes in 29 February 1900 */
    int y, m, d, n = 0;
    date_of_days(day - EPOCH, &y, &m, &d);
    if (dated)
        n = snprintf(to, cap, "%04d-%02d-%02d", y, m, d);
    if (sec == 0 && kind == XD_DATE)
        return;
    n += snprintf(to + n, cap - (size_t)n, "%s%02lld:%02lld", dated ? " " : "", (long long)(sec / 3600),
                  (long long)(sec / 60 % 60));
    if (sec % 60 != 0)
        (void)snprintf(to + n, cap - (size_t)n, ":%02lld", (long long)(sec % 60));
}

struct cell {
    size_t col;
    int64_t style;
    char type[12];
    bool in_value, in_text, in_phonetic;
};

static err_t fail_in_sheet(struct ctx *cx, const struct xlsx *x) { return part_refuse(cx, x->part, x->xml); }

err_t sheet_rewind(struct ctx *cx, struct table *t)
{
    struct xlsx *x = t->state;
    if (x->xml != NULL)
        xmlin_close(x->xml);
    TRY(part_open(cx, t, x, x->sheet, &x->part));
    TRY(xmlin_open(cx, &t->own, part_read, x->part, NULL, &x->xml));
    memset(x->open, 0, (size_t)t->limits.cols * sizeof *x->open);
    x->row = 0;
    x->next_merge = 0;
    return E_OK;
}

static void cell_begin(struct xlsx *x, struct cell *c, size_t col)
{
    char buf[16];
    int64_t row;
    *c = (struct cell){.col = col};
    if (xmlin_attr(x->xml, "r", buf, sizeof buf))
        (void)xlsx_ref(buf, &row, &c->col);
    if (xmlin_attr(x->xml, "s", buf, sizeof buf))
        c->style = strtoll(buf, NULL, 10);
    (void)xmlin_attr(x->xml, "t", c->type, sizeof c->type);
    x->value.len = 0;
}

static err_t cell_put(struct ctx *cx, struct table *t, struct xlsx *x, const struct cell *c)
{
    const char *text = buf_text(&x->value);
    size_t n = x->value.len;
    if (strcmp(c->type, "s") == 0) {
        text = n == 0 ? "" : xlsx_string(x, strtoll(text, NULL, 10));
        if (text == NULL)
            return FILE_SAY(cx, E_INVALID, tr(cx, "第 %lld 行第 %zu 列指向的文字不在文件里，文件可能坏了。请另存一份再上传。"),
                            (long long)t->number, c->col + 1);
        n = strlen(text);
    } else if (strcmp(c->type, "b") == 0) {
        text = text[0] == '1' ? tr(cx, "是") : tr(cx, "否");
        n = strlen(text);
    } else if ((c->type[0] == '\0' || strcmp(c->type, "n") == 0) && n > 0 && n < 64) {
        enum xlsx_date kind = c->style >= 0 && (size_t)c->style < x->n_xf ? x->xf[c->style] : XD_NUMBER;
        xlsx_number(x->number, sizeof x->number, text, kind, x->from_1904);
        return row_cell(cx, t, c->col, x->number, strlen(x->number));
    }
    return row_cell(cx, t, c->col, text, n);
}

/* What a cell holds: <v> (value or index), <is><t> (inline text); <f> is the formula and is passed over. */
static err_t cell_node(struct ctx *cx, struct table *t, struct xlsx *x, struct cell *c, int type)
{
    bool start = type == XML_READER_TYPE_ELEMENT, end = type == XML_READER_TYPE_END_ELEMENT;
    if (start || end) {
        bool begins = start && !xmlin_empty(x->xml);
        if (xmlin_is(x->xml, "v"))
            c->in_value = begins;
        else if (xmlin_is(x->xml, "rPh"))
            c->in_phonetic = begins;
        else if (xmlin_is(x->xml, "t"))
            c->in_text = begins;
    } else if (c->in_value || (c->in_text && !c->in_phonetic)) {
        const char *s = (const char *)xmlTextReaderConstValue(x->xml->reader);
        if (s != NULL)
            buf_add(&x->value, s, strlen(s));
        if (x->value.len > (size_t)t->limits.cell)
            return row_cell(cx, t, c->col, x->value.p, x->value.len); /* which says that it is too long */
    }
    return E_OK;
}

/* Cells merged downwards carry their value in the first row only: gives it to the rows below that have content. */
static err_t fill_merges(struct ctx *cx, struct table *t, struct xlsx *x)
{
    bool content = false;
    for (size_t i = 0; i < t->n && !content; i++)
        content = t->at[i].len > 0;
    for (; x->next_merge < x->merges.n && x->merges.p[x->next_merge].first <= t->number; x->next_merge++) {
        const struct merge *m = &x->merges.p[x->next_merge];
        const char *text = m->first == t->number ? row_text(t, m->col) : "";
        if (*text == '\0' || x->open_bytes > OPEN_BYTES_MAX)
            continue;
        x->open[m->col] = m;
        x->open_text[m->col] = arena_fmt(&t->own, "%s", text);
        x->open_bytes += (int64_t)strlen(text) + 16;
    }
    for (size_t col = 0; col < (size_t)t->limits.cols && x->merges.n > 0 && content; col++) {
        const struct merge *m = x->open[col];
        if (m != NULL && t->number > m->last)
            x->open[col] = NULL;
        else if (m != NULL && t->number > m->first && *row_text(t, col) == '\0')
            TRY(row_cell(cx, t, col, x->open_text[col], strlen(x->open_text[col])));
    }
    return E_OK;
}

/* The inside of one <row>, up to its end. */
static err_t row_read(struct ctx *cx, struct table *t, struct xlsx *x)
{
    struct cell c = {0};
    bool in_cell = false;
    size_t col = 0;
    for (;;) {
        if (xmlin_step(x->xml) != 1)
            return fail_in_sheet(cx, x);
        int type = xmlTextReaderNodeType(x->xml->reader);
        bool start = type == XML_READER_TYPE_ELEMENT, end = type == XML_READER_TYPE_END_ELEMENT;
        if (end && xmlin_is(x->xml, "row"))
            return E_OK;
        if (start && xmlin_is(x->xml, "c")) {
            in_cell = !xmlin_empty(x->xml);
            cell_begin(x, &c, col);
            col = c.col + 1;
        } else if (end && xmlin_is(x->xml, "c")) {
            in_cell = false;
            TRY(cell_put(cx, t, x, &c));
        } else if (in_cell) {
            TRY(cell_node(cx, t, x, &c, type));
        }
    }
}

err_t sheet_next(struct ctx *cx, struct table *t, bool *more)
{
    struct xlsx *x = t->state;
    char buf[24];
    int rc;
    *more = false;
    while ((rc = xmlin_step(x->xml)) == 1) {
        int type = xmlTextReaderNodeType(x->xml->reader);
        if (type == XML_READER_TYPE_END_ELEMENT && xmlin_is(x->xml, "sheetData"))
            return E_OK;
        if (type != XML_READER_TYPE_ELEMENT || !xmlin_is(x->xml, "row"))
            continue;
        int64_t number = xmlin_attr(x->xml, "r", buf, sizeof buf) ? strtoll(buf, NULL, 10) : x->row + 1;
        if (number <= x->row || number > ROW_NUMBER_MAX)
            return FILE_SAY(cx, E_INVALID, tr(cx, "表格里的行号乱了（第 %lld 行之后），文件可能坏了。请另存一份再上传。"),
                            (long long)x->row);
        x->row = number;
        row_begin(t, number);
        if (xmlin_empty(x->xml))
            continue;
        TRY(row_read(cx, t, x));
        *more = true;
        return x->merges.n > 0 ? fill_merges(cx, t, x) : E_OK;
    }
    return rc == 0 ? E_OK : fail_in_sheet(cx, x);
}
