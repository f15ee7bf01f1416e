#include "judged.h"

#include "base/hash.h"
#include "base/text.h"
#include "base/view.h"
#include "base/wage.h"
#include "feeds/table.h"
#include "match/chars.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *judged_dir(void)
{
    const char *dir = getenv("YIZHAN_SHARED_DATA");
    return dir != NULL ? dir : "../shared/data";
}

/* ---- what the files say, as the engine takes it ---- */

static const char *skip(const char *s, const char *word)
{
    size_t n = strlen(word);
    return strncmp(s, word, n) == 0 ? s + n : s;
}

/* Where a leading "…省" or autonomous region ends. */
static const char *after_province(const char *s)
{
    static const char *const regions[] = {"内蒙古", "广西壮族自治区", "宁夏回族自治区"};
    const char *p = strstr(s, "省");
    if (p != NULL && p - s <= 9)
        return p + strlen("省");
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++)
        s = skip(s, regions[i]);
    return s;
}

static size_t city_bytes(const char *s)
{
    static const char *const longer[] = {"石家庄", "哈尔滨", "乌鲁木齐", "呼和浩特", "乌兰察布", "马鞍山", "张家口", "连云港", "秦皇岛", "葫芦岛", "牡丹江", "佳木斯"};
    for (size_t i = 0; i < sizeof longer / sizeof *longer; i++)
        if (strncmp(s, longer[i], strlen(longer[i])) == 0)
            return strlen(longer[i]);
    return strlen(s) < 6 ? strlen(s) : 6;
}

/* A code for a place by its names: city * 100 + district, both numbers made of the first characters; district 0 = the whole city. */
static int32_t place_code(struct ctx *cx, const char *city, const char *district)
{
    const char *s = after_province(text_clean(cx->arena, arena_fmt(cx->arena, "%s%s", city, district), strlen(city) + strlen(district)));
    size_t n = city_bytes(s);
    if (n == 0 || strncmp(s, "异地", 6) == 0 || strstr(s, "省") != NULL)
        return 0;
    const char *rest = s + n;
    uint32_t code = (uint32_t)(hash_bytes(s, n) % 90000 + 10000);
    rest = skip(rest, "市");
    while (strncmp(rest, s, n) == 0)
        rest = skip(rest + n, "市");
    rest = skip(skip(rest, "·"), "-");
    return (int32_t)(code * 100 + (*rest == '\0' ? 0 : 1 + hash_bytes(rest, strlen(rest) < 6 ? strlen(rest) : 6) % 99));
}

enum { TITLE, COMPANY, SALARY, CITY, DISTRICT, EDUCATION, EXPERIENCE, TAGS, DESCRIPTION, COLUMNS };
static const char *const names[COLUMNS] = {"title", "company", "salary", "city", "district", "education", "experience", "tags", "description"};

static uint8_t education_of(const char *s)
{
    static const struct { const char *word; uint8_t floor; } words[] = {
        {"博士", MATCH_EDU_DOCTOR}, {"硕士", MATCH_EDU_MASTER}, {"本科", MATCH_EDU_BACHELOR}, {"大专", MATCH_EDU_COLLEGE}, {"中专", MATCH_EDU_SENIOR},
        {"中技", MATCH_EDU_SENIOR}, {"高中", MATCH_EDU_SENIOR}, {"初中", MATCH_EDU_JUNIOR},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(s, words[i].word) != NULL)
            return words[i].floor;
    return MATCH_EDU_ANY;
}

/* "3-4年经验": 36. */
static uint16_t experience_of(const char *s)
{
    const char *p = s;
    while (*p != '\0' && (*p < '0' || *p > '9'))
        p++;
    return strstr(p, "年") != NULL && strstr(p, "以内") == NULL ? (uint16_t)(strtol(p, NULL, 10) * 12) : 0;
}

static void fill(struct ctx *cx, const char *const *cell, struct judged_ad *out)
{
    struct wage w;
    unsigned char digest[HASH_LEN];
    const char *all = arena_fmt(cx->arena, "%s|%s|%s|%s|%s", cell[TITLE], cell[COMPANY], cell[SALARY], cell[CITY], cell[DISTRICT]);
    hash_sha256(all, strlen(all), digest);
    for (size_t i = 0; i < 6; i++)
        (void)snprintf(out->hash + 2 * i, 3, "%02x", digest[i]);
    (void)wage_read(cx->arena, cell[SALARY], NULL, &w);
    out->ad = (struct match_ad){
        .title = cell[TITLE],
        .employer = cell[COMPANY],
        .description = cell[DESCRIPTION],
        .tags = cell[TAGS],
        .place = arena_fmt(cx->arena, "%s %s", cell[CITY], cell[DISTRICT]),
        .district = place_code(cx, cell[CITY], cell[DISTRICT]),
        .wage_min = w.monthly_min,
        .wage_max = w.monthly_max,
        .education = education_of(cell[EDUCATION]),
        .experience = experience_of(cell[EXPERIENCE]),
    };
}

bool judged_read(struct ctx *cx, const char *source, void (*each)(struct ctx *cx, void *arg, const struct judged_ad *a), void *arg)
{
    struct arena *outer = cx->arena, own;
    struct table *t;
    const struct row *r, *head;
    int at[COLUMNS];
    arena_init(&own, 0);
    cx->arena = &own;
    const char *path = arena_fmt(&own, "%s/ads/%s.csv.gz", judged_dir(), source);
    struct judged_ad ad = {.source = source};
    bool good = table_open(cx, path, source, &(struct table_limits){0}, &t) == E_OK;
    head = good ? table_head(t) : NULL;
    for (int c = 0; good && c < COLUMNS; c++) {
        at[c] = -1;
        for (size_t i = 0; i < head->n; i++)
            if (strcmp(head->cells[i], names[c]) == 0)
                at[c] = (int)i;
    }
    struct arena page;
    arena_init(&page, 0);
    for (; good && table_next(cx, t, &r) == E_OK && r != NULL; ad.record++) {
        const char *cell[COLUMNS];
        for (int c = 0; c < COLUMNS; c++)
            cell[c] = at[c] >= 0 && (size_t)at[c] < r->n ? r->cells[at[c]] : "";
        cx->arena = &page;
        fill(cx, cell, &ad);
        each(cx, arg, &ad);
        arena_reset(&page);
        cx->arena = &own;
    }
    cx->arena = outer;
    arena_free(&page);
    arena_free(&own);
    return good;
}

/* ---- the program's dictionaries ---- */

static struct match_source read_file(struct arena *a, const char *name)
{
    FILE *f = fopen(name, "rb");
    struct buf b = {.a = a};
    char block[65536];
    if (f == NULL)
        return (struct match_source){name, "", 0};
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
        buf_add(&b, block, n);
    (void)fclose(f);
    (void)buf_text(&b);
    return (struct match_source){name, b.p, b.len};
}

err_t judged_open(struct ctx *cx, struct match **m)
{
    const struct match_source sources[] = {
        read_file(cx->arena, "data/match/words.tsv"),       read_file(cx->arena, "data/match/synonyms.tsv"),
        read_file(cx->arena, "data/match/aliases.tsv"),     read_file(cx->arena, "data/match/definitions.tsv"),
        read_file(cx->arena, "data/match/titles.tsv"), read_file(cx->arena, "data/reference/pinyin.tsv"),
        read_file(cx->arena, "data/reference/occupations.csv"),
    };
    return match_open(cx, sources, sizeof sources / sizeof *sources, m);
}

const char *judged_fold(struct arena *a, const char *s) { return text_fold(a, s, strlen(s)); }
