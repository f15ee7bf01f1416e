/* match_bench.c -- how long the engine takes: N ads made by rule (default 100,000), the same ones each time.
 *
 * Run from the root of the repository: build/release/match_bench [N] [queries] [people]
 */
#include "match/match.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define TODAY 20700
#define COUNT(a) (sizeof(a) / sizeof *(a))

static uint64_t seed = 88172645463325252u;

static uint32_t below(uint32_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)((seed * UINT64_C(0x2545F4914F6CDD1D)) >> 33) % n;
}

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* ---- ads ---- */

static const struct { const char *title, *skills; int32_t code; int wage; } jobs[] = {
    {"普工", "流水线作业 组装", 6000000, 5500}, {"操作工", "设备操作 点检", 6000000, 5800}, {"叉车司机", "叉车 装卸 仓储", 6300501, 6500}, {"电工", "电工 维修 配电", 6310103, 6800},
    {"焊工", "焊接 氩弧焊 二保焊", 6180204, 7500}, {"数控车工", "数控 车床 看图纸", 6180101, 7800}, {"加工中心操作工", "数控 编程", 6180107, 7600}, {"钳工", "钳工 装配", 6200101, 7000},
    {"保安员", "巡逻 消防", 4070501, 4200}, {"保洁员", "保洁 清扫", 4090801, 3200}, {"厨师", "烹饪 面点", 4030201, 6800}, {"服务员", "餐饮 接待", 4030205, 4500},
    {"收银员", "收银 excel", 4010204, 4000}, {"营业员", "导购 销售", 4010203, 4600}, {"销售代表", "销售 客户开发", 4010201, 7500}, {"电话客服", "客服 打字", 4040503, 5000},
    {"快递员", "快递 配送", 4020708, 7500}, {"外卖骑手", "配送 电动车", 4100801, 8000}, {"货车司机", "驾驶 送货", 4020202, 8200}, {"仓库管理员", "仓储 excel 叉车", 4020601, 5200},
    {"分拣员", "分拣 快递", 4020709, 5500}, {"养老护理员", "护理 养老 急救", 4100105, 5500}, {"育婴师", "育婴 早教", 4100103, 7500}, {"家政服务员", "家政 保洁", 4100106, 6000},
    {"会计", "会计 财务 excel 税务", 2060300, 6200}, {"出纳", "出纳 财务", 2060300, 5000}, {"行政文员", "办公软件 word", 3010101, 4600}, {"人事专员", "招聘 培训", 4070304, 5600},
    {"Java开发工程师", "java mysql linux", 2021003, 13500}, {"前端开发", "javascript vue 前端", 4040501, 12000}, {"软件测试工程师", "测试 python", 4040502, 9500}, {"运维工程师", "linux 运维 网络", 2021008, 9800},
    {"机械设计工程师", "cad 机械 模具", 2020701, 9200}, {"电气工程师", "plc 电气 cad", 2021100, 9000}, {"质检员", "质检 量具", 6310305, 5200}, {"化验员", "化验 检测", 6310301, 5400},
    {"平面设计师", "ps 平面设计", 4080806, 6500}, {"室内设计师", "cad 室内设计", 4080807, 7500}, {"美容师", "美容 护肤", 4100301, 6800}, {"理发师", "美发 烫染", 4100302, 7200},
    {"幼儿园教师", "教学 舞蹈", 2080300, 4500}, {"英语老师", "英语 教学", 2080200, 7000}, {"护士", "护理 急救", 2050800, 6000}, {"药店店员", "导购 药品", 2050601, 4300},
    {"汽车维修工", "汽修 钣金", 4120101, 6500}, {"空调安装工", "空调 制冷", 4120301, 7000}, {"木工", "木工 装修", 6060301, 7500}, {"瓦工", "瓦工 装修", 6290101, 8000},
    {"缝纫工", "缝纫 裁剪", 6050103, 6000}, {"带货主播", "直播 主播", 4010602, 9000}, {"短视频剪辑", "剪辑 摄影", 2090306, 6800}, {"物业管家", "物业 客服", 4060101, 4800},
    {"采购专员", "采购 excel", 4010100, 6000}, {"项目经理", "项目 管理", 2023004, 13000}, {"安全员", "安全员 消防", 6310600, 7000}, {"绿化工", "园林 绿化", 4091001, 4000},
    {"洗车工", "洗车", 4120101, 4800}, {"包装工", "包装", 6310500, 5300}, {"搬运工", "搬运 装卸", 4020501, 6000}, {"网约车司机", "驾驶", 4020201, 8000},
};
static const char *const before[] = {"", "", "", "急聘", "高薪", "长白班", "兼职", "资深", "学徒", "实习", "厂家直招", "夜班"};
static const char *const after[] = {"", "", "", "（包吃住）", "五险一金", "6-8千", "+双休", "/可日结", "-滨海新区", "（长白班）", "学徒", "助理", "主管", "组长"};
static const char *const tags[] = {"五险一金", "包吃住", "双休", "班车", "餐补", "年终奖", "加班费", "带薪年假", "节日福利", "高温补贴", "夜班补贴", "免费培训", "定期体检", "全勤奖"};
static const char *const says[] = {
    "负责日常生产任务的执行，服从班组长安排", "按照操作规程完成本岗位工作，保持工作区域卫生", "有相关工作经验者优先，能吃苦耐劳有责任心", "工作时间长白班八小时，加班另计", "公司提供免费食宿和班车",
    "能够适应倒班和加班，身体健康", "具有良好的团队合作精神和沟通能力", "熟练使用办公软件，工作认真细致", "应届毕业生亦可，入职培训师傅带教", "负责设备的日常点检和维护保养",
    "负责货物的装卸、分拣和入库，做好台账", "接待客户，解答咨询，处理投诉", "完成领导交办的其他任务", "试用期一个月，转正后缴纳五险一金", "待遇优厚，每月十五日准时发放工资", "有电工证或焊工证者优先",
    "熟悉当地道路，有良好的驾驶习惯", "负责门店的陈列、补货和收银", "配合质量部门做好首件检验和过程检验", "能看懂机械图纸，会使用常用量具"};
static const char *const firm_a[] = {"鑫", "海", "华", "盛", "泰", "津", "宏", "达", "恒", "信", "瑞", "丰", "博", "安", "康", "隆", "嘉", "禾", "润", "德"};
static const char *const firm_b[] = {"科技", "物流", "餐饮管理", "物业服务", "机械制造", "电子", "汽车零部件", "商贸", "人力资源", "医疗器械", "食品", "建筑工程", "教育咨询", "家政服务"};

struct place {
    int32_t district, lat, lng;
    int64_t street;
};
static struct place places[256];

static void make_places(void)
{
    for (uint32_t i = 0; i < 256; i++) {
        double r = sqrt(below(1000) / 1000.0), a = below(6283) / 1000.0;
        places[i].district = 120101 + (int32_t)(i % 16);
        places[i].street = places[i].district * (int64_t)1000 + i / 16 + 1;
        places[i].lat = 39100000 + (int32_t)(r * sin(a) * 350000);
        places[i].lng = 117200000 + (int32_t)(r * cos(a) * 450000);
    }
}

#define PICK(a) ((a)[below((uint32_t)COUNT(a))])

static void make_numbers(struct match_ad *ad, int usual)
{
    const struct place *p = &places[below(256) * (uint64_t)below(256) / 256];
    int64_t wage = usual * (70 + (int64_t)below(60)) / 100 / 100 * 10000;
    ad->district = p->district;
    ad->street = p->street;
    ad->lat = p->lat + (int32_t)below(20000) - 10000;
    ad->lng = p->lng + (int32_t)below(26000) - 13000;
    ad->wage_min = below(20) == 0 ? 0 : wage;
    ad->wage_max = ad->wage_min == 0 ? 0 : wage + wage * below(50) / 100;
    ad->education = (uint8_t)(below(3) == 0 ? 0 : below(6));
    ad->experience = (uint16_t)(below(2) == 0 ? 0 : 12 * below(6));
    ad->types = (uint8_t)(below(5) > 0 ? 1 : 1u << below(6));
    ad->shifts = (uint8_t)(1u << below(5));
    ad->openings = 1 + below(20);
    ad->posted = TODAY - (int32_t)(below(60) * below(60) / 60);
    ad->verified = below(3) == 0 ? TODAY - (int32_t)below(30) : 0;
    ad->source_rank = (uint8_t)below(256);
    ad->exposure = below(400);
}

/* Texts go to `a`, which the caller resets. */
static struct match_ad make_ad(struct arena *a, int64_t id)
{
    uint32_t j = below((uint32_t)COUNT(jobs)) * below((uint32_t)COUNT(jobs)) / (uint32_t)COUNT(jobs), firm = below(60000) * (below(100) + 1) / 100;
    static const int32_t certs[] = {101, 102, 103, 104, 105, 106, 107, 108};
    struct match_ad ad = {.id = id, .occupation = jobs[j].code, .employer_id = firm + 1};
    make_numbers(&ad, jobs[j].wage);
    ad.title = arena_fmt(a, "%s%s%s", PICK(before), jobs[j].title, PICK(after));
    ad.employer = arena_fmt(a, "天津%s%s%s%u%s有限公司", firm_a[firm % 20], firm_a[firm / 20 % 20], firm % 3 ? "" : "新", firm % 97, firm_b[firm / 400 % COUNT(firm_b)]);
    char *t = arena_fmt(a, "%s", jobs[j].skills), *d = arena_fmt(a, "%s", "");
    for (uint32_t n = below(5); n > 0; n--) {
        uint32_t x = below((uint32_t)COUNT(tags));
        ad.benefits |= UINT64_C(1) << x;
        t = arena_fmt(a, "%s %s", t, tags[x]);
    }
    for (uint32_t n = 3 + below(8); n > 0; n--)
        d = arena_fmt(a, "%s%s。", d, PICK(says));
    ad.tags = t;
    ad.description = d;
    ad.n_certificates = below(6) == 0 ? 1 + below(2) : 0;
    ad.certificates = certs + below(7);
    return ad;
}

/* ---- measuring ---- */

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void say(const char *what, double *ms, size_t n, const char *more)
{
    qsort(ms, n, sizeof *ms, by_number);
    printf("%-28s median %8.3f  p95 %8.3f  p99 %8.3f  max %8.3f ms  %s\n", what, ms[n / 2], ms[n * 95 / 100], ms[n * 99 / 100], ms[n - 1], more);
}

static void or_die(struct ctx *cx, err_t e)
{
    if (e == E_OK)
        return;
    fprintf(stderr, "%s\n", cx->fail.detail != NULL ? cx->fail.detail : err_wire(e));
    exit(1);
}

static struct match_query some_query(struct arena *a, bool words)
{
    struct match_query q = {.today = TODAY, .limit = 20, .facets = true};
    const struct place *p = &places[below(256)];
    int64_t *v = ARENA_ARRAY(a, int64_t, 2);
    if (words) {
        uint32_t kind = below(10);
        q.text = kind < 6 ? jobs[below((uint32_t)COUNT(jobs))].title : kind < 8 ? PICK(tags) : kind < 9 ? "baoan" : "开叉车的";
        if (below(4) == 0)
            q.text = arena_fmt(a, "%s %s", q.text, PICK(tags));
    }
    v[0] = p->district;
    if (below(100) < 45)
        q.districts = (struct match_list){v, 1};
    v[1] = jobs[below((uint32_t)COUNT(jobs))].code / 10000 * 10000;
    if (below(100) < 15)
        q.occupations = (struct match_list){v + 1, 1};
    if (below(100) < 40)
        q.wage_floor = (3000 + below(5000)) * (int64_t)100;
    if (below(100) < 30)
        q.educations = 0x1F;
    if (below(100) < 20)
        q.types = 1;
    q.lat = p->lat;
    q.lng = p->lng;
    q.sort = (enum match_sort)(below(4) == 0 ? 1 + below(3) : 0);
    return q;
}

static struct match_person some_person(struct arena *a)
{
    const struct place *p = &places[below(256)];
    int64_t *v = ARENA_ARRAY(a, int64_t, 2);
    int32_t *c = ARENA_ARRAY(a, int32_t, 2);
    uint32_t j = below((uint32_t)COUNT(jobs));
    v[0] = jobs[j].code;
    v[1] = jobs[below((uint32_t)COUNT(jobs))].code;
    c[0] = 101 + (int32_t)below(8);
    struct match_person w = {.occupations = {v, 1 + below(2)}, .words = jobs[j].skills, .wage_floor = jobs[j].wage * (int64_t)(60 + below(40)), .lat = p->lat, .lng = p->lng};
    w.radius = 3000 + (int32_t)below(12) * 1000;
    w.education = (uint8_t)(1 + below(5));
    w.experience = (uint16_t)(12 * below(10));
    w.certificates = c;
    w.n_certificates = below(2);
    w.shifts = (uint8_t)(below(3) == 0 ? 0 : 1 + below(31));
    return w;
}

static void ask(struct ctx *cx, struct match *m, size_t n)
{
    double *t = calloc(n, sizeof *t);
    const struct match_view *v;
    uint64_t hits = 0;
    static const char *const typed[] = {"b", "bao", "叉", "cha", "司机", "sj", "kuaidi", "电", "siji", "普", "jav", "ff"};
    if (t == NULL)
        exit(1);
    for (int kind = 0; kind < 4; kind++) {
        static const char *const names[] = {"search: words, facets", "search: no words, facets", "recommend 20", "suggest 10"};
        hits = 0;
        for (size_t i = 0; i < n; i++) {
            struct match_query q = some_query(cx->arena, kind == 0);
            struct match_person p = some_person(cx->arena);
            struct match_result r;
            struct match_recommended x;
            const struct match_suggestion *s;
            size_t k;
            double from = now();
            or_die(cx, match_pin(cx, m, &v));
            if (kind < 2)
                or_die(cx, match_search(cx, v, &q, &r));
            else if (kind == 2)
                or_die(cx, match_recommend(cx, v, &p, TODAY, 20, &x));
            else
                or_die(cx, match_suggest(cx, v, PICK(typed), 10, &s, &k));
            match_unpin(v);
            t[i] = now() - from;
            hits += kind < 2 ? r.total : kind == 2 ? x.fitting : k;
            arena_reset(cx->arena);
        }
        char more[64];
        (void)snprintf(more, sizeof more, "%.0f found each", (double)hits / (double)n);
        say(names[kind], t, n, more);
    }
    free(t);
}

/* ---- people and saved searches ---- */

/* Somebody waits for certain work in a certain place. */
static struct match_query some_watch(struct arena *a)
{
    struct match_query q = some_query(a, below(100) < 80);
    const struct place *p = &places[below(256)];
    int64_t *v = ARENA_ARRAY(a, int64_t, 2);
    v[0] = p->district;
    v[1] = p->street;
    q.districts = (struct match_list){v, 1};
    q.streets = (struct match_list){v + 1, below(10) < 4};
    q.lat = q.lng = 0;
    return q;
}

static void put_people(struct ctx *cx, struct match *m, size_t n)
{
    double from = now();
    for (size_t i = 0; i < n; i++) {
        struct match_person p = some_person(cx->arena);
        or_die(cx, match_person_put(cx, m, (int64_t)i + 1, &p));
        arena_reset(cx->arena);
    }
    or_die(cx, match_refresh(cx, m));
    printf("%zu people put and published in %.0f ms\n", n, now() - from);
    from = now();
    for (size_t i = 0; i < n; i++) {
        struct match_query q = some_watch(cx->arena);
        or_die(cx, match_watch_put(cx, m, (int64_t)i + 1, &q));
        arena_reset(cx->arena);
    }
    or_die(cx, match_refresh(cx, m));
    printf("%zu searches saved and published in %.0f ms\n", n, now() - from);
}

static void ask_people(struct ctx *cx, struct match *m, size_t queries, size_t ads)
{
    double *t = calloc(queries, sizeof *t), *u = calloc(queries, sizeof *u);
    const struct match_view *v;
    uint64_t fitting = 0, told = 0, suited = 0;
    char more[80];
    if (t == NULL || u == NULL)
        exit(1);
    for (size_t i = 0; i < queries; i++) {
        struct match_candidates c;
        struct match_alerts x;
        struct match_ad ad = make_ad(cx->arena, (int64_t)below((uint32_t)ads) + 1);
        or_die(cx, match_put(cx, m, &ad, 1));
        if (i % 10 == 9)
            or_die(cx, match_refresh(cx, m));
        or_die(cx, match_pin(cx, m, &v));
        double from = now();
        or_die(cx, match_people_for(cx, v, ad.id, TODAY, 50, &c));
        t[i] = now() - from;
        from = now();
        or_die(cx, match_alerts(cx, v, &ad, TODAY, &x));
        u[i] = now() - from;
        match_unpin(v);
        fitting += c.fitting;
        told += x.n_searches;
        suited += x.n_people;
        arena_reset(cx->arena);
    }
    (void)snprintf(more, sizeof more, "%.0f fit", (double)fitting / (double)queries);
    say("ad: 50 best people", t, queries, more);
    (void)snprintf(more, sizeof more, "%.0f searches, %.0f people", (double)told / (double)queries, (double)suited / (double)queries);
    say("alerts of a new ad", u, queries, more);
    free(t);
    free(u);
}

/* ---- */

static struct match_source read_file(struct arena *keep, const char *name)
{
    FILE *f = fopen(name, "rb");
    char *p = NULL;
    size_t n = 0, got = 1;
    if (f == NULL)
        return (struct match_source){name, "", 0};
    for (; got > 0; n += got) {
        p = arena_grow(keep, p, n, n + 65536);
        got = fread(p + n, 1, 65536, f);
    }
    (void)fclose(f);
    return (struct match_source){name, p, n};
}

static void memory(struct ctx *cx, struct match *m)
{
    const struct match_view *v;
    struct match_stats s;
    or_die(cx, match_pin(cx, m, &v));
    match_stats(v, &s);
    match_unpin(v);
    double n = (double)s.ads;
    printf("%llu ads, %u parts; bytes an ad: columns %.0f, postings %.0f (%.0f of them), dictionary %.0f, titles %.0f, suggestions %.0f; engine %.1f MB\n",
           (unsigned long long)s.ads, s.parts, (double)s.columns_bytes / n, (double)s.postings_bytes / n, (double)s.postings / n,
           (double)s.dictionary_bytes / n, (double)s.titles_bytes / n, (double)s.suggest_bytes / n, (double)s.engine_bytes / 1e6);
}

static double seconds(const struct timespec *from, const struct timespec *to)
{
    return (double)(to->tv_sec - from->tv_sec) + (double)(to->tv_nsec - from->tv_nsec) / 1e9;
}

/* Two threads; the seconds are those of the clock. */
static void ask_everyone(struct ctx *cx, struct match *m)
{
    char path[] = "/tmp/match_bench.XXXXXX";
    const struct match_view *v;
    struct match_everyone how = {.today = TODAY, .k = 10, .threads = 2, .path = path};
    struct match_everyone_done done;
    struct timespec from, to, cpu_from, cpu_to;
    int fd = mkstemp(path);
    if (fd < 0)
        exit(1);
    or_die(cx, match_pin(cx, m, &v));
    for (unsigned most = 0; most < 2; most++) {
        how.most = most * 30;
        (void)clock_gettime(CLOCK_MONOTONIC, &from);
        (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu_from);
        or_die(cx, match_everyone(cx, v, &how, &done));
        (void)clock_gettime(CLOCK_MONOTONIC, &to);
        (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu_to);
        printf("everyone, 10 best, %s: %.1f s of the clock, %.1f s CPU, %llu people, %llu pairs, %llu ads listed, gini 0.%03d\n", most ? "an ad on at most 30 lists" : "no bound",
               seconds(&from, &to), seconds(&cpu_from, &cpu_to), (unsigned long long)done.people,
               (unsigned long long)done.pairs, (unsigned long long)done.ads_listed, (int)done.gini);
    }
    match_unpin(v);
    (void)close(fd);
    (void)unlink(path);
}

static void memory_of_people(struct ctx *cx, struct match *m)
{
    const struct match_view *v;
    struct match_stats s;
    or_die(cx, match_pin(cx, m, &v));
    match_stats(v, &s);
    match_unpin(v);
    printf("%llu people: %.0f bytes each; %llu searches: %.0f bytes each\n", (unsigned long long)s.people, (double)s.people_bytes / (double)s.people,
           (unsigned long long)s.watches, (double)s.watches_bytes / (double)s.watches);
}

int main(int argc, char **argv)
{
    size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : 100000, queries = argc > 2 ? strtoul(argv[2], NULL, 10) : 1000;
    size_t people = argc > 3 ? strtoul(argv[3], NULL, 10) : n;
    struct arena a, keep;
    struct match *m;
    arena_init(&a, 0);
    arena_init(&keep, 0);
    struct ctx cx = {.arena = &a};
    const struct match_source sources[] = {
        read_file(&keep, "data/match/words.tsv"),      read_file(&keep, "data/match/synonyms.tsv"),         read_file(&keep, "data/match/aliases.tsv"),
        read_file(&keep, "data/reference/pinyin.tsv"), read_file(&keep, "data/reference/occupations.csv"),
    };
    double from = now(), put = 0;
    make_places();
    or_die(&cx, match_open(&cx, sources, COUNT(sources), &m));
    printf("open %.0f ms\n", now() - from);
    for (size_t i = 0; i < n; i++) {
        struct match_ad ad = make_ad(&a, (int64_t)i + 1);
        from = now();
        or_die(&cx, match_put(&cx, m, &ad, 1));
        put += now() - from;
        arena_reset(&a);
    }
    from = now();
    or_die(&cx, match_refresh(&cx, m));
    printf("put %.0f ms, publish %.0f ms: %.0f ads a second\n", put, now() - from, (double)n * 1e3 / (put + now() - from));
    memory(&cx, m);
    ask(&cx, m, queries);
    for (int64_t i = 0; i < 1000; i++) {
        struct match_ad ad = make_ad(&a, (int64_t)n + i);
        or_die(&cx, match_put(&cx, m, &ad, 1));
        arena_reset(&a);
    }
    from = now();
    or_die(&cx, match_refresh(&cx, m));
    printf("1000 changes published in %.1f ms\n", now() - from);
    put_people(&cx, m, people);
    memory_of_people(&cx, m);
    ask_people(&cx, m, queries, n);
    ask_everyone(&cx, m);
    match_close(m);
    arena_free(&keep);
    arena_free(&a);
    return 0;
}
