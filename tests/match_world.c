#include "match_world.h"

#include "match/filter.h"
#include "match/query.h"

#include <stdlib.h>
#include <string.h>

static const char words_tsv[] = "保安\t900\tj\n保安员\t300\tj\n叉车\t500\ts\n叉车司机\t400\tj\n司机\t900\tj\n保洁\t600\tj\n保洁员\t200\tj\n普工\t900\tj\n"
                                "操作工\t700\tj\n电工\t500\tjs\n焊工\t500\tjs\n会计\t400\tj\n护士\t300\tj\n厨师\t300\tj\n服务员\t800\tj\n快递\t300\n快递员\t300\tj\n"
                                "包吃住\t500\n五险一金\t500\n双休\t400\n长白班\t200\n数控\t200\ts\n车床\t100\ts\n数控车床\t100\ts\n天津\t900\n滨海\t300\n"
                                "科技\t500\n物业\t300\nexcel\t100\ts\njava\t100\ts\nc++\t50\ts\n电焊工\t90\tj\n挖掘机司机\t50\tj\n保育员\t60\tj\n仓库\t200\n管理员\t200\tj\n仓库管理员\t90\tj\n母婴\t60\n护理员\t70\tj\n月嫂\t90\tj\n工程师\t400\tj\n维修\t300\ts\n";
static const char synonyms_tsv[] = "# everyday words\n月嫂\t母婴护理员\n开叉车的\t叉车司机\n送快递\t快递员 快递\n我想找\t-\n的工作\t-\n工作\t-\n";
static const char pinyin_tsv[] = "保\tbǎo\n安\tān\n员\tyuán\n叉\tchā,chá\n车\tchē,jū\n司\tsī\n机\tjī\n洁\tjié\n普\tpǔ\n工\tgōng\n电\tdiàn\n焊\thàn\n会\thuì,kuài\n计\tjì\n"
                                 "宝\tbǎo\n快\tkuài\n递\tdì\n天\ttiān\n津\tjīn\n厨\tchú\n师\tshī\n悍\thàn\n含\thán\n"
                                 "几\tjǐ\n滴\tdī\n掘\tjué\n绝\tjué\n挖\twā\n玉\tyù\n育\tyù\n";
static const char occupations_csv[] = "code,name\n4-00-00-00,社会服务人员\n4-07-05-01,保安员\n4-08-02-01,快递员\n4-08-02-02,叉车司机\n4-10-01-05,母婴护理员\n"
                                      "6-18-01-01,车工\n6-18-02-04,焊工\n6-29-03-01,电工\n2-02-10-03,软件工程师\n2-06-03-00,会计专业人员\n";
static const struct match_source sources[] = {
    {"data/match/words.tsv", words_tsv, sizeof words_tsv - 1},
    {"data/match/synonyms.tsv", synonyms_tsv, sizeof synonyms_tsv - 1},
    {"pinyin.tsv", pinyin_tsv, sizeof pinyin_tsv - 1},
    {"data/reference/occupations.csv", occupations_csv, sizeof occupations_csv - 1},
};

static const char *const title_bits[] = {"保安", "保安员", "叉车司机", "保洁员", "普工", "操作工", "电工", "焊工", "会计", "护士", "厨师", "服务员", "快递员", "数控车床操作工",
                                         "Java工程师", "C++工程师", "母婴护理员", "月嫂", "津鑫盛", "维修电工", "Ｅxcel文员", "临时工"};
static const char *const text_bits[] = {"包吃住", "五险一金", "双休", "长白班", "天津", "滨海", "科技", "物业", "会用Excel", "持电工证", "数控车床", "维修", "开叉车", "津鑫", "，", "。", "abc"};
static const char *const ask_bits[] = {"保安", "baoan", "ba", "叉车", "司机", "叉车司机", "chache", "电工", "焊工", "工程师", "java", "c++", "月嫂", "开叉车的", "送快递", "鑫盛", "津鑫盛",
                                       "宝安", "bao安", "天津", "包吃住", "excel", "数控车床", "车床", "dg", "chachesiji", "tianjinbaoan", "zzz", "工", "天津保安", "维修电工", "-双休", "-保安",
                                       "电悍工", "车床攻", "exel", "我想找", "快滴员", "数控车窗", "招电含工"};
static const char *const firms[] = {"天津鑫盛科技有限公司", "天津市鑫盛科技有限公司", "滨海物业", "安心家政", "大众餐饮有限责任公司", NULL};
#define PICK(w, a) ((a)[world_below((w), sizeof(a) / sizeof *(a))])

uint64_t world_random(struct world *w)
{
    w->seed ^= w->seed << 13;
    w->seed ^= w->seed >> 7;
    w->seed ^= w->seed << 17;
    return w->seed * UINT64_C(0x2545F4914F6CDD1D);
}

uint32_t world_below(struct world *w, uint32_t n)
{
    return (uint32_t)(world_random(w) >> 33) % n;
}

void world_begin(struct world *w, uint64_t seed)
{
    memset(w->there, 0, sizeof w->there);
    w->n = 0;
    w->seed = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
    arena_init(&w->arena, 0);
}

void world_end(struct world *w)
{
    arena_free(&w->arena);
}

const struct match_source *world_sources(size_t *n)
{
    *n = sizeof sources / sizeof *sources;
    return sources;
}

static const char *some_text(struct world *w, const char *const *bits, uint32_t n_bits, uint32_t n)
{
    char *s = arena_fmt(&w->arena, "%s", "");
    for (uint32_t i = 0; i < n; i++)
        s = arena_fmt(&w->arena, "%s%s%s", s, bits[world_below(w, n_bits)], world_below(w, 3) == 0 ? " " : "");
    return s;
}

static int32_t some_occupation(struct world *w)
{
    static const int32_t codes[] = {0, 4070501, 4080201, 4080202, 4100105, 6180101, 6180204, 6290301, 2021003, 2060300, 9999999};
    return PICK(w, codes);
}

static void some_numbers(struct world *w, struct match_ad *a)
{
    a->employer_id = world_below(w, 6);
    a->occupation = some_occupation(w);
    a->district = world_below(w, 8) == 0 ? 0 : 120100 + (int32_t)world_below(w, 5);
    a->street = a->district == 0 ? 0 : a->district * (int64_t)1000 + world_below(w, 3);
    bool placed = world_below(w, 10) > 0;
    a->lat = placed ? 39000000 + (int32_t)world_below(w, 300000) : 0;
    a->lng = placed ? 117000000 + (int32_t)world_below(w, 400000) : 0;
    a->wage_min = world_below(w, 6) == 0 ? 0 : 200000 + world_below(w, 20) * (int64_t)50050;
    a->wage_max = a->wage_min == 0 ? 0 : a->wage_min + world_below(w, 10) * (int64_t)50000;
    a->education = (uint8_t)world_below(w, MATCH_EDU_COUNT);
    a->experience = (uint16_t)(world_below(w, 3) == 0 ? world_below(w, 300) : 0);
    a->types = (uint8_t)world_below(w, 64);
    a->shifts = (uint8_t)world_below(w, 32);
    a->benefits = world_random(w) & world_random(w) & 0xFFFFF;
    a->openings = world_below(w, 30);
    a->posted = WORLD_TODAY - (int32_t)world_below(w, 90);
    a->verified = world_below(w, 4) == 0 ? a->posted + (int32_t)world_below(w, 10) : 0;
    a->expires = world_below(w, 3) == 0 ? 0 : WORLD_TODAY - 5 + (int32_t)world_below(w, 40);
    a->source_rank = (uint8_t)world_below(w, 256);
    a->exposure = world_below(w, 500);
}

const struct match_ad *world_make(struct world *w, size_t number)
{
    struct match_ad a = {.id = (int64_t)number + 1};
    int32_t *certs = ARENA_ARRAY(&w->arena, int32_t, 3);
    a.title = some_text(w, title_bits, sizeof title_bits / sizeof *title_bits, 1 + world_below(w, 3));
    a.employer = PICK(w, firms);
    a.tags = world_below(w, 2) == 0 ? NULL : some_text(w, text_bits, sizeof text_bits / sizeof *text_bits, world_below(w, 4));
    a.description = world_below(w, 5) == 0 ? NULL : some_text(w, text_bits, sizeof text_bits / sizeof *text_bits, world_below(w, 12));
    a.place = world_below(w, 2) == 0 ? NULL : "滨海 天津";
    some_numbers(w, &a);
    a.n_certificates = world_below(w, 3) > 0 ? 0 : 1 + world_below(w, 3);
    for (size_t i = 0; i < a.n_certificates; i++)
        certs[i] = 1 + (int32_t)world_below(w, 6);
    a.certificates = certs;
    w->ads[number] = a;
    w->there[number] = true;
    w->n = number + 1 > w->n ? number + 1 : w->n;
    return &w->ads[number];
}

const char *world_text(struct world *w)
{
    char *s = arena_fmt(&w->arena, "%s", "");
    for (uint32_t n = world_below(w, 4); n > 0; n--)
        s = arena_fmt(&w->arena, "%s %s", s, PICK(w, ask_bits));
    return s;
}

static struct match_list some_list(struct world *w, int64_t first, uint32_t range, int64_t step)
{
    if (world_below(w, 4) > 0)
        return (struct match_list){NULL, 0};
    size_t n = 1 + world_below(w, 2);
    int64_t *v = ARENA_ARRAY(&w->arena, int64_t, n);
    for (size_t i = 0; i < n; i++)
        v[i] = first + world_below(w, range) * step;
    return (struct match_list){v, n};
}

struct match_query world_query(struct world *w)
{
    static const int64_t groups[] = {4000000, 4080000, 4080200, 6180204, 6000000, 2000000};
    struct match_query q = {.today = WORLD_TODAY + (int32_t)world_below(w, 3), .text = world_below(w, 4) == 0 ? NULL : world_text(w)};
    int64_t *occ = ARENA_ARRAY(&w->arena, int64_t, 1);
    *occ = PICK(w, groups);
    q.districts = some_list(w, 120100, 5, 1);
    q.streets = world_below(w, 3) == 0 ? some_list(w, 120101000, 3, 1) : (struct match_list){NULL, 0};
    q.employers = world_below(w, 6) == 0 ? some_list(w, 0, 6, 1) : (struct match_list){NULL, 0};
    if (world_below(w, 4) == 0)
        q.occupations = (struct match_list){occ, 1};
    q.wage_floor = world_below(w, 4) == 0 ? world_below(w, 20) * (int64_t)50049 : 0;
    q.wage_bands = world_below(w, 6) == 0 ? world_below(w, 512) : 0;
    q.educations = world_below(w, 4) == 0 ? world_below(w, 256) : 0;
    q.experiences = world_below(w, 5) == 0 ? world_below(w, 64) : 0;
    q.types = world_below(w, 5) == 0 ? world_below(w, 64) : 0;
    q.shifts = world_below(w, 5) == 0 ? world_below(w, 32) : 0;
    q.benefits = world_below(w, 6) == 0 ? UINT64_C(1) << world_below(w, 20) : 0;
    q.max_age = world_below(w, 5) == 0 ? 1 + (int32_t)world_below(w, 40) : 0;
    if (world_below(w, 2) == 0) {
        q.lat = 39000000 + (int32_t)world_below(w, 300000);
        q.lng = 117000000 + (int32_t)world_below(w, 400000);
        q.radius = world_below(w, 3) == 0 ? 1000 + (int32_t)world_below(w, 30000) : 0;
    }
    q.sort = (enum match_sort)world_below(w, 4);
    q.offset = world_below(w, 3) == 0 ? world_below(w, 30) : 0;
    q.limit = 1 + world_below(w, 25);
    q.facets = world_below(w, 3) > 0;
    q.occupation_under = world_below(w, 3) == 0 ? (int32_t)*occ : 0;
    q.occupation_level = world_below(w, 2) == 0 ? 1 + (int)world_below(w, 4) : 0;
    return q;
}

struct match_person world_person(struct world *w)
{
    struct match_person p = {.education = (uint8_t)world_below(w, MATCH_EDU_COUNT), .experience = (uint16_t)world_below(w, 200)};
    int64_t *occ = ARENA_ARRAY(&w->arena, int64_t, 3);
    int32_t *certs = ARENA_ARRAY(&w->arena, int32_t, 4);
    p.occupations = (struct match_list){occ, world_below(w, 4)};
    for (size_t i = 0; i < p.occupations.n; i++)
        occ[i] = some_occupation(w);
    p.certificates = certs;
    p.n_certificates = world_below(w, 4);
    for (size_t i = 0; i < p.n_certificates; i++)
        certs[i] = 1 + (int32_t)world_below(w, 6);
    p.words = world_below(w, 2) == 0 ? NULL : world_text(w);
    p.not_words = world_below(w, 6) == 0 ? "双休 保洁" : NULL;
    p.not_employers = world_below(w, 6) == 0 ? some_list(w, 0, 6, 1) : (struct match_list){NULL, 0};
    p.wage_floor = world_below(w, 2) == 0 ? world_below(w, 20) * (int64_t)50049 : 0;
    if (world_below(w, 3) > 0) {
        p.lat = 39000000 + (int32_t)world_below(w, 300000);
        p.lng = 117000000 + (int32_t)world_below(w, 400000);
        p.radius = world_below(w, 4) == 0 ? 0 : 2000 + (int32_t)world_below(w, 20000);
    }
    p.districts = some_list(w, 120100, 5, 1);
    p.types = (uint8_t)(world_below(w, 3) == 0 ? world_below(w, 64) : 0);
    p.shifts = (uint8_t)(world_below(w, 3) == 0 ? world_below(w, 32) : 0);
    return p;
}

bool at_open(struct at *h)
{
    size_t k;
    const struct match_source *files = world_sources(&k);
    arena_init(&h->a, 0);
    h->cx = (struct ctx){.arena = &h->a};
    h->v = NULL;
    return match_open(&h->cx, files, k, &h->m) == E_OK;
}

bool at_look(struct at *h)
{
    match_unpin(h->v);
    h->v = NULL;
    return match_refresh(&h->cx, h->m) == E_OK && match_pin(&h->cx, h->m, &h->v) == E_OK;
}

void at_close(struct at *h)
{
    match_unpin(h->v);
    match_close(h->m);
    arena_free(&h->a);
}
