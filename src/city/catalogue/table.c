/* table.c -- the official table as a sheet: 序号 行业 职业名称 职业代码 120课时{专项 初 中 高 技师 高级技师} 80课时{…} 鉴定类别. */
#include "city/catalogue/catalogue.h"

#include "base/text.h"
#include "city/catalogue/catalogue_impl.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/training.h"

#include <string.h>

#define RATE(tier, level, name, label) {name, F_TEXT, 0, label, .max = 20, .off = offsetof(struct catalogue_sheet, rate[tier][level])}

static const struct choice classes[] = {{"A", "A"}, {"B", "B"}, {"C", "C"}, {0}};

const struct field catalogue_row_fields[] = {
    {"sector", F_TEXT, F_REQUIRED, N_("行业"), .min = 2, .max = 40, .off = offsetof(struct catalogue_sheet, sector)},
    {"name", F_TEXT, F_REQUIRED, N_("职业名称"), N_("名称后面的 L 是绿色职业，S 是数字职业。"), .min = 2, .max = 40, .off = offsetof(struct catalogue_sheet, name)},
    {"code", F_TEXT, 0, N_("职业代码"), N_("空着就按名称查。"), .max = 20, .off = offsetof(struct catalogue_sheet, code)},
    {"urgency", F_CHOICE, F_REQUIRED, N_("紧缺程度"), .choices = training_urgencies, .off = offsetof(struct catalogue_sheet, urgency)},
    RATE(0, 0, "h120_special", N_("120课时专项")),
    RATE(0, 5, "h120_junior", N_("120课时初级工")),
    RATE(0, 4, "h120_middle", N_("120课时中级工")),
    RATE(0, 3, "h120_senior", N_("120课时高级工")),
    RATE(0, 2, "h120_technician", N_("120课时技师")),
    RATE(0, 1, "h120_senior_technician", N_("120课时高级技师")),
    RATE(1, 0, "h80_special", N_("80课时专项")),
    RATE(1, 5, "h80_junior", N_("80课时初级工")),
    RATE(1, 4, "h80_middle", N_("80课时中级工")),
    RATE(1, 3, "h80_senior", N_("80课时高级工")),
    RATE(1, 2, "h80_technician", N_("80课时技师")),
    RATE(1, 1, "h80_senior_technician", N_("80课时高级技师")),
    {"evaluation_class", F_CHOICE, F_REQUIRED, N_("鉴定类别"), .choices = classes, .off = offsetof(struct catalogue_sheet, cls)},
    {0},
};

static const struct sheet_column columns[] = {
    {"sector", "行业领域|所属行业|industry"},
    {"name", "职业|职业（工种）|职业(工种)名称|工种|occupation"},
    {"code", "职业编码|编码"},
    {"urgency", "紧缺类别|紧缺"},
    {"h120_special", "120课时专项能力|120课时普通专项能力|120学时专项"},
    {"h120_junior", "120课时初级|120课时五级|120学时初级"},
    {"h120_middle", "120课时中级|120课时四级|120学时中级"},
    {"h120_senior", "120课时高级|120课时三级|120学时高级"},
    {"h120_technician", "120课时二级|120学时技师"},
    {"h120_senior_technician", "120课时高技|120课时一级|120学时高级技师"},
    {"h80_special", "80课时专项能力|80课时普通专项能力|80学时专项"},
    {"h80_junior", "80课时初级|80课时五级|80学时初级"},
    {"h80_middle", "80课时中级|80课时四级|80学时中级"},
    {"h80_senior", "80课时高级|80课时三级|80学时高级"},
    {"h80_technician", "80课时二级|80学时技师"},
    {"h80_senior_technician", "80课时高技|80课时一级|80学时高级技师"},
    {"evaluation_class", "鉴定类别（A/B/C）|评价类别|class"},
    {0},
};

static const char *key_of(struct ctx *cx, const void *row);
static void check_cells(struct ctx *cx, const void *row, struct form *form);
const struct sheet_kind catalogue_sheet_kind = {
    .name = "catalogue", .fields = catalogue_row_fields, .columns = columns, .size = sizeof(struct catalogue_sheet), .two_rows = true, .head_word = N_("职业名称"),
    .put = catalogue_sheet_put, .key = key_of, .cells = check_cells,
};

/* ---- cells ---- */

static bool is_mark(const char *s)
{
    for (const char *p = s; *p != '\0';) {
        uint32_t cp;
        p += utf8_next(p, strlen(p), &cp, NULL);
        if (cp != '-' && cp != '/' && cp != 0x2014 && cp != 0x2013 && cp != 0x2015 && cp != 0xFF0F && cp != 0x4E00 && cp != ' ')
            return false;
    }
    return true;
}

bool catalogue_cell(const char *s, int64_t *fen)
{
    enum { DIGITS_MOST = 7 };
    int64_t yuan = 0, cents = 0;
    int digits = 0, places = 0;
    *fen = 0;
    if (is_mark(s))
        return true;
    for (; (*s >= '0' && *s <= '9') || (*s == ',' && digits > 0); s++)
        if (*s != ',') {
            if (++digits > DIGITS_MOST)
                return false;
            yuan = yuan * 10 + (*s - '0');
        }
    if (digits > 0 && *s == '.')
        for (s++; *s >= '0' && *s <= '9'; s++) {
            if (++places > 2 && *s != '0')
                return false;
            cents = places <= 2 ? cents * 10 + (*s - '0') : cents;
        }
    if (places == 1)
        cents *= 10;
    while (*s == ' ')
        s++;
    *fen = yuan * 100 + cents;
    return digits > 0 && (*s == '\0' || strcmp(s, "元") == 0);
}

const char *catalogue_plain_name(struct ctx *cx, const char *s, int64_t *green, int64_t *digital)
{
    const char *clean = text_clean(cx->arena, s, strlen(s));
    size_t n = strlen(clean);
    *green = *digital = 0;
    for (bool more = true; more && n > 0;) {
        char c = clean[n - 1];
        bool letter = (c == 'L' || c == 'S') && (n == 1 || (clean[n - 2] & 0x80) || clean[n - 2] == 'L' || clean[n - 2] == 'S' || clean[n - 2] == ' ');
        *green |= letter && c == 'L';
        *digital |= letter && c == 'S';
        more = letter || c == '*' || c == ' ';
        n -= more;
    }
    return arena_strndup(cx->arena, clean, n);
}

/* ---- a row ---- */

/* A code of the book, also with blanks in it; else the occupation of that very name. NULL: neither. */
static const char *code_of(struct ctx *cx, const char *code, const char *name)
{
    const struct city *city = cx->house->city;
    const struct city_occupation *found[8];
    const char *plain = code != NULL ? text_fold(cx->arena, code, strlen(code)) : "";
    const struct city_occupation *o = *plain != '\0' ? city_occupation(city, plain) : NULL;
    if (o != NULL && o->level == 4)
        return o->code;
    size_t n = city_find_occupations(cx, city, name, found, 8);
    for (size_t i = 0; i < n; i++)
        if (strcmp(found[i]->name, name) == 0)
            return found[i]->code;
    return NULL;
}

static void rates(struct ctx *cx, const struct catalogue_sheet *in, struct catalogue_line *line, struct form *form)
{
    for (const struct field *f = catalogue_row_fields; f->name != NULL; f++) {
        if (f->off < offsetof(struct catalogue_sheet, rate))
            continue;
        size_t at = (f->off - offsetof(struct catalogue_sheet, rate)) / sizeof(const char *);
        const char *s = in->rate[at / CATALOGUE_LEVELS][at % CATALOGUE_LEVELS];
        if (s != NULL && !catalogue_cell(s, &line->rate[at / CATALOGUE_LEVELS][at % CATALOGUE_LEVELS]))
            form_error(cx, form, f->name,
                       text_fill(cx->arena, tr(cx, N_("看不懂金额“{text}”。写元数，例如 3040；没有这一级写 ——，不要求写 /。")), "text",
                                 text_cut(cx->arena, s, 20), NULL));
    }
}

static void check_cells(struct ctx *cx, const void *row, struct form *form)
{
    struct catalogue_line unused = {0};
    rates(cx, row, &unused, form);
}

static const char *key_of(struct ctx *cx, const void *row)
{
    const struct catalogue_sheet *in = row;
    int64_t green, digital;
    const char *name = catalogue_plain_name(cx, in->name, &green, &digital), *code = code_of(cx, in->code, name);
    return arena_fmt(cx->arena, "%s %s", code != NULL ? code : "", name);
}

err_t catalogue_sheet_put(struct ctx *cx, int64_t catalogue_id, int64_t sheet_id, const void *row, struct form *form)
{
    const struct catalogue_sheet *in = row;
    struct catalogue_line line = {.sector = in->sector, .urgency = in->urgency, .cls = in->cls};
    struct q_catalogue_rows_row c;
    bool known, any = false;
    (void)sheet_id;
    TRY(catalogue_find(cx, catalogue_id, &c));
    line.origin = c.sample ? "quoted" : "official";
    line.name = catalogue_plain_name(cx, in->name, &line.green, &line.digital);
    line.occupation = code_of(cx, in->code, line.name);
    if (line.occupation == NULL)
        form_error(cx, form, "code", tr(cx, N_("职业分类大典里没有这个编码，也没有叫这个名称的职业。工种请写所属职业的编码。")));
    rates(cx, in, &line, form);
    for (int i = 0; i < CATALOGUE_TIERS * CATALOGUE_LEVELS; i++)
        any |= line.rate[i / CATALOGUE_LEVELS][i % CATALOGUE_LEVELS] > 0;
    if (!any && form->n_errors == 0)
        form_error(cx, form, NULL, tr(cx, N_("这一行没有一个金额。")));
    if (form->n_errors > 0)
        return E_INVALID;
    TRY(catalogue_put(cx, catalogue_id, &line, &known));
    return known ? E_REPEAT : E_OK;
}
