#include "bench/ads.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define PICK(a) ((a)[ads_below((uint32_t)COUNT(a))])
#define FIRMS 60000u
#define RECENT 4096u /* a copy is one of so many ads before it */
#define SAYS_MAX 128u

struct ads_trade ads_trades[ADS_TRADES];
struct ads_place ads_places[ADS_STREETS];
const char *ads_words[128];
size_t ads_n_words;

static const char *says[SAYS_MAX];
static size_t n_says;
static uint64_t state = 88172645463325252u;

/* ---- numbers ---- */

static uint64_t next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state * UINT64_C(0x2545F4914F6CDD1D);
}

double ads_unit(void)
{
    return (double)(next() >> 11) * 0x1p-53;
}

uint32_t ads_below(uint32_t n)
{
    return (uint32_t)(ads_unit() * n);
}

static double normal(void)
{
    double u = ads_unit() + 1e-12, v = ads_unit();
    return sqrt(-2 * log(u)) * cos(6.283185307 * v);
}

struct zipf { /* number i is drawn as often as (i + 1)^-power */
    uint32_t n;
    double *sum;
};
static struct zipf trade_zipf, title_zipf, skill_zipf, says_zipf, firm_zipf, asked_zipf, word_zipf, street_share;

static struct zipf zipf_make(uint32_t n, double power)
{
    struct zipf z = {n, calloc(n, sizeof(double))};
    double s = 0;
    for (uint32_t i = 0; i < n; i++)
        z.sum[i] = s += pow(i + 1.0, -power);
    return z;
}

static uint32_t zipf_draw(const struct zipf *z)
{
    double u = ads_unit() * z->sum[z->n - 1];
    uint32_t lo = 0, hi = z->n - 1;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (z->sum[mid] < u)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

uint32_t ads_trade(void)
{
    return zipf_draw(&trade_zipf);
}

uint32_t ads_title(void)
{
    return zipf_draw(&title_zipf);
}

uint32_t ads_skill(void)
{
    return zipf_draw(&skill_zipf);
}

uint32_t ads_street(void)
{
    return zipf_draw(&street_share);
}

int32_t ads_code(uint32_t trade, uint32_t title)
{
    return ads_trades[trade].code + (int32_t)(title / 4 + 1) * 100 + (int32_t)(title % 4) + 1;
}

/* ---- places ---- */

static const struct { /* ads in a thousand; how far its streets lie from the middle, km */
    int32_t code;
    const char *name;
    double lng, lat, share, spread;
} districts[16] = {
    {120101, "和平区", 117.20, 39.12, 6, 1.2},  {120102, "河东区", 117.25, 39.13, 5, 2},   {120103, "河西区", 117.22, 39.10, 8, 2},
    {120104, "南开区", 117.15, 39.13, 8, 2},    {120105, "河北区", 117.20, 39.15, 5, 2},   {120106, "红桥区", 117.15, 39.17, 3, 1.6},
    {120110, "东丽区", 117.31, 39.09, 8, 6},    {120111, "西青区", 117.01, 39.14, 10, 7},  {120112, "津南区", 117.36, 38.98, 7, 7},
    {120113, "北辰区", 117.13, 39.22, 7, 7},    {120114, "武清区", 117.04, 39.38, 9, 10},  {120115, "宝坻区", 117.31, 39.72, 4, 10},
    {120116, "滨海新区", 117.71, 39.02, 22, 12}, {120117, "宁河区", 117.82, 39.33, 2, 8},   {120118, "静海区", 116.97, 38.95, 4, 9},
    {120119, "蓟州区", 117.41, 40.05, 3, 9},
};
static const char name_chars[] = "鑫瑞恒通达源盛宏泰华安康嘉德润佳信诚兴隆海天宇航星光明新创联合众志远博文雅金玉宝丰裕腾飞龙凤祥和顺平利民惠友邦国强建业";

static void add_name(char *to, uint32_t chars)
{
    size_t n = strlen(to);
    for (; chars > 0; chars--, n += 3)
        memcpy(to + n, name_chars + (size_t)3 * ads_below((sizeof name_chars - 1) / 3), 3);
    to[n] = '\0';
}

static uint32_t draw_district(void)
{
    double u = ads_unit() * 111;
    uint32_t d = 0;
    for (; d < 15 && u > districts[d].share; d++)
        u -= districts[d].share;
    return d;
}

static void make_places(void)
{
    static char names[ADS_STREETS][24];
    static const char *const kinds[] = {"街道", "镇", "路", "道", "大街"};
    uint32_t of[ADS_STREETS], n[16] = {0};
    for (uint32_t i = 0; i < ADS_STREETS; i++) {
        uint32_t d = of[i] = i < 160 ? i / 10 : draw_district();
        struct ads_place *p = &ads_places[i];
        *p = (struct ads_place){.district = districts[d].code, .in = districts[d].name, .name = names[i]};
        p->street = p->district * (int64_t)1000 + ++n[d];
        p->lat = (int32_t)(1e6 * (districts[d].lat + normal() * districts[d].spread * 0.5 / 111.2));
        p->lng = (int32_t)(1e6 * (districts[d].lng + normal() * districts[d].spread * 0.5 / 86.5));
        add_name(names[i], 2);
        (void)snprintf(names[i] + 6, sizeof names[i] - 6, "%s", PICK(kinds));
    }
    street_share = zipf_make(ADS_STREETS, 0);
    double sum = 0;
    for (uint32_t i = 0; i < ADS_STREETS; i++)
        street_share.sum[i] = sum += districts[of[i]].share / n[of[i]] * (0.3 + ads_unit());
}

/* ---- words ---- */

static size_t split(char *text, const char **to, size_t max)
{
    size_t n = 0;
    char *rest = NULL;
    for (char *w = strtok_r(text, " ", &rest); w != NULL && n < max; w = strtok_r(NULL, " ", &rest))
        to[n++] = strdup(w);
    return n;
}

static void shuffle(const char **v, uint32_t n)
{
    for (uint32_t i = n; i-- > 1;) {
        uint32_t k = ads_below(i + 1);
        const char *t = v[i];
        v[i] = v[k];
        v[k] = t;
    }
}

static void read_line(char *line, uint32_t *n_trades)
{
    char *field[6] = {NULL}, *rest = NULL;
    size_t n = 0;
    line[strcspn(line, "\n")] = '\0';
    for (char *f = strtok_r(line, "\t", &rest); f != NULL && n < COUNT(field); f = strtok_r(NULL, "\t", &rest))
        field[n++] = f;
    if (n == 5 && *n_trades < ADS_TRADES) {
        struct ads_trade *t = &ads_trades[*n_trades];
        *t = (struct ads_trade){.wage = (int)strtol(field[1], NULL, 10), .learned = field[2][0] == '1'};
        t->code = (int32_t)(2 + *n_trades / 5) * 1000000 + (int32_t)(60 + *n_trades) * 10000;
        if (split(field[3], t->title, ADS_TITLES) == ADS_TITLES && split(field[4], t->skill, ADS_SKILLS) == ADS_SKILLS)
            ++*n_trades;
        shuffle(t->title, ADS_TITLES);
    } else if (n == 2 && field[0][0] == 's' && n_says < SAYS_MAX) {
        says[n_says++] = strdup(field[1]);
    } else if (n == 2 && field[0][0] == 'w') {
        ads_n_words = split(field[1], ads_words, COUNT(ads_words));
    }
}

bool ads_begin(const char *path)
{
    static char line[4096];
    uint32_t n = 0;
    FILE *f = fopen(path, "r");
    while (f != NULL && fgets(line, sizeof line, f) != NULL)
        if (line[0] != '#')
            read_line(line, &n);
    if (f == NULL || fclose(f) != 0 || n != ADS_TRADES || n_says == 0 || ads_n_words < 50)
        return false;
    for (uint32_t i = ADS_TRADES; i-- > 1;) {
        uint32_t k = ads_below(i + 1);
        struct ads_trade t = ads_trades[i];
        ads_trades[i] = ads_trades[k];
        ads_trades[k] = t;
    }
    trade_zipf = zipf_make(ADS_TRADES, 0.5);
    title_zipf = zipf_make(ADS_TITLES, 0.8);
    skill_zipf = zipf_make(ADS_SKILLS, 0.9);
    says_zipf = zipf_make((uint32_t)n_says, 0.7);
    firm_zipf = zipf_make(FIRMS, 0.7);
    asked_zipf = zipf_make(ADS_TRADES * ADS_TITLES, 1.0);
    word_zipf = zipf_make(50, 0.8);
    make_places();
    return true;
}

/* ---- an ad ---- */

static const char *made_firm(struct arena *a, uint32_t firm)
{
    static const char *const does[] = {"科技", "电子", "机械", "汽车零部件", "食品", "医药", "物流", "商贸", "建筑工程", "餐饮管理", "酒店管理", "教育科技",
                                       "人力资源", "物业管理", "环保", "化工", "服装", "精密制造", "贸易", "信息技术"};
    char name[16] = "";
    uint64_t was = state;
    state = (firm + UINT64_C(1)) * UINT64_C(0x9E3779B97F4A7C15);
    (void)next();
    const char *city = ads_below(10) < 7 ? "天津" : ads_below(2) == 0 ? "" : "天津市";
    add_name(name, 2 + ads_below(2));
    char *text = arena_fmt(a, "%s%s%s%s", city, name, PICK(does), ads_below(5) > 0 ? "有限公司" : "股份有限公司");
    state = was;
    return text;
}

static uint32_t step_of(double u, const double *bounds, uint32_t n)
{
    uint32_t i = 0;
    while (i < n && u >= bounds[i])
        i++;
    return i;
}

static void make_demands(struct match_ad *ad, bool learned)
{
    static const double school[] = {.1, .2, .3, .65, .95}, plain[] = {.35, .6, .75, .85, .95}, years[] = {.45, .65, .8, .9, .97};
    static const double kinds[] = {.82, .90, .95}, shifts[] = {.6, .8, .92};
    static const uint16_t months[] = {0, 12, 24, 36, 60, 96};
    static const uint8_t types[] = {MATCH_FULL_TIME, MATCH_PART_TIME, MATCH_TEMPORARY, MATCH_INTERNSHIP};
    static const uint8_t turns[] = {MATCH_DAY_SHIFT, MATCH_TWO_SHIFTS, MATCH_THREE_SHIFTS, MATCH_NIGHT_SHIFT};
    ad->education = (uint8_t)(learned ? 1 + step_of(ads_unit(), school, 5) : step_of(ads_unit(), plain, 5));
    ad->experience = months[step_of(ads_unit(), years, 5)];
    ad->types = types[step_of(ads_unit(), kinds, 3)];
    ad->shifts = turns[step_of(ads_unit(), shifts, 3)];
}

static void make_numbers(struct match_ad *ad, const struct ads_place *p, double usual)
{
    double wage = usual * exp(normal() * 0.28);
    int64_t min = wage < 2510 ? 2510 : (int64_t)(wage / 100) * 100, max = (int64_t)((double)min * (1.15 + ads_unit() * 0.6) / 100) * 100;
    int32_t age = (int32_t)(-30 * log(ads_unit() + 1e-9));
    ad->district = p->district;
    ad->street = p->street;
    ad->lat = p->lat + (int32_t)(1e6 * normal() * 0.8 / 111.2);
    ad->lng = p->lng + (int32_t)(1e6 * normal() * 0.8 / 86.5);
    ad->wage_min = min * 100;
    ad->wage_max = max * 100;
    ad->posted = ADS_TODAY - (age > 179 ? (int32_t)ads_below(180) : age);
    ad->openings = 1 + ads_below(20);
    ad->source_rank = (uint8_t)ads_below(256);
    ad->exposure = ads_below(400);
}

static void make_certificates(struct arena *a, struct match_ad *ad, uint32_t trade)
{
    static const double bounds[] = {.7, .93, .99};
    int32_t *v = ARENA_ARRAY(a, int32_t, 3);
    ad->n_certificates = step_of(ads_unit(), bounds, 3);
    for (size_t i = 0; i < ad->n_certificates; i++)
        v[i] = 101 + (int32_t)(ads_unit() < .7 ? (trade * 7 + ads_below(3)) % 40 : ads_below(40));
    ad->certificates = v;
}

/* A word of the list; a benefit among them gives its bit. */
static const char *say_word(struct match_ad *ad)
{
    uint32_t w = ads_below((uint32_t)ads_n_words);
    if (w < ADS_BENEFITS)
        ad->benefits |= UINT64_C(1) << w;
    return ads_words[w];
}

static char *say_item(struct arena *a, struct match_ad *ad, const char *const *skills, uint32_t n_skills, char *d)
{
    double v = ads_unit();
    if (v < .50)
        return arena_fmt(a, "%s%s", d, says[zipf_draw(&says_zipf)]);
    if (v < .75)
        return arena_fmt(a, "%s%s%s%s", d, ads_below(2) ? "熟练掌握" : "具备", skills[ads_below(n_skills)], ads_below(2) ? "相关知识" : "工作经验");
    if (v < .88) {
        const char *one = say_word(ad), *two = say_word(ad);
        return arena_fmt(a, "%s%s%s与%s相关工作", d, ads_below(2) ? "负责" : "参与", one, two);
    }
    for (uint32_t n = 2 + ads_below(3); n > 0; n--)
        d = arena_fmt(a, "%s%s", d, say_word(ad));
    return d;
}

static size_t characters(const char *s)
{
    size_t n = 0;
    for (; *s != '\0'; s++)
        n += ((unsigned char)*s & 0xC0) != 0x80;
    return n;
}

static const char *make_description(struct arena *a, struct match_ad *ad, const struct ads_place *p, const char *const *skills, uint32_t n_skills)
{
    size_t target = 80 + (size_t)(320 * pow(ads_unit(), 1.6));
    char *d = arena_fmt(a, "岗位职责：");
    for (uint32_t i = 1; characters(d) < target; i++) {
        d = say_item(a, ad, skills, n_skills, arena_fmt(a, "%s%u.", d, i));
        d = arena_fmt(a, "%s%s", d, i == 3 ? "；任职要求：" : "；");
    }
    d = arena_fmt(a, "%s薪资%lld-%lld元。", d, (long long)ad->wage_min / 100, (long long)ad->wage_max / 100);
    if (ads_below(3) == 0)
        d = arena_fmt(a, "%s地址：%s%s。", d, p->in, p->name);
    if (ads_below(2) == 0) { /* the long tail: numbers of posts, machines and models */
        double u = ads_unit();
        d = arena_fmt(a, "%s编号%c%c%u。", d, (int)('A' + ads_below(2)), (int)('K' + ads_below(2)), (uint32_t)(u * u * 200000));
    }
    return d;
}

static const char *make_title(struct arena *a, const char *title, const struct ads_place *p)
{
    static const double early[] = {.08, .14}, late[] = {.1, .18, .24, .28, .36};
    static const char *const before[] = {"急聘", "高薪诚聘", ""}, *const after[] = {"（包吃住）", "（五险一金）", "（双休）", "（长白班）", NULL, ""};
    const char *first = before[step_of(ads_unit(), early, 2)], *last = after[step_of(ads_unit(), late, 5)];
    if (last == NULL)
        last = arena_fmt(a, "（%.*s）", (int)strlen(p->in) - 3, p->in);
    return arena_fmt(a, "%s%s%s", first, title, last);
}

static void make_skills(struct arena *a, struct match_ad *ad, uint32_t trade, const char **skills, uint32_t n)
{
    char *tags = arena_fmt(a, "%s", "");
    for (uint32_t k = 0; k < n;) {
        const char *s = ads_trades[ads_unit() < .85 ? trade : ads_below(ADS_TRADES)].skill[ads_skill()];
        bool again = false;
        for (uint32_t i = 0; i < k; i++)
            again = again || strcmp(skills[i], s) == 0;
        if (again)
            continue;
        skills[k++] = s;
        tags = arena_fmt(a, "%s %s", tags, s);
    }
    ad->tags = tags;
}

static struct match_ad make_ad(struct arena *a)
{
    uint32_t trade = ads_trade(), title = ads_title(), n_skills = 3 + ads_below(6);
    const struct ads_trade *t = &ads_trades[trade];
    const struct ads_place *p = &ads_places[ads_street()];
    const char *skills[8];
    struct match_ad ad = {.occupation = ads_code(trade, title), .employer_id = zipf_draw(&firm_zipf) + 1};
    make_numbers(&ad, p, t->wage * (1 + 0.05 * (title / 4)));
    make_demands(&ad, t->learned);
    make_certificates(a, &ad, trade);
    make_skills(a, &ad, trade, skills, n_skills);
    ad.title = make_title(a, t->title[title], p);
    ad.employer = made_firm(a, (uint32_t)ad.employer_id);
    ad.place = arena_fmt(a, "%s %s", p->in, p->name);
    ad.description = make_description(a, &ad, p, skills, n_skills);
    return ad;
}

/* What somebody changes who posts an ad again elsewhere. */
static void change(struct arena *a, struct match_ad *ad)
{
    uint32_t how = ads_below(4);
    if (how == 0)
        ad->wage_min += 10000;
    else if (how == 1)
        ad->title = arena_fmt(a, "诚聘%s", ad->title);
    else if (how == 2)
        ad->description = arena_fmt(a, "%s联系电话面议。", ad->description);
    if (ad->posted < ADS_TODAY - 3)
        ad->posted += (int32_t)ads_below(3);
}

struct match_ad ads_make(struct arena *a, int64_t id)
{
    static uint64_t recent[RECENT];
    static uint32_t n_recent;
    struct match_ad ad;
    if (n_recent > 64 && ads_unit() < .12) {
        uint64_t original = recent[ads_below(n_recent < RECENT ? n_recent : RECENT)], now = state;
        state = original;
        ad = make_ad(a);
        state = now;
        change(a, &ad);
    } else {
        recent[n_recent < RECENT ? n_recent : ads_below(RECENT)] = state;
        n_recent += n_recent < RECENT;
        ad = make_ad(a);
    }
    ad.id = id;
    return ad;
}

/* ---- a question ---- */

static void ask_words(struct ads_question *q, uint32_t *trade)
{
    double u = ads_unit();
    q->word = q->second = NULL;
    if (u < .6) {
        uint32_t rank = zipf_draw(&asked_zipf);
        *trade = ads_below(2) == 0 ? rank % ADS_TRADES : *trade;
        q->word = ads_trades[rank % ADS_TRADES].title[rank / ADS_TRADES];
    } else if (u < .9) {
        q->word = ads_trades[*trade].skill[ads_skill()];
    }
    if (q->word == NULL)
        q->word = ads_words[zipf_draw(&word_zipf)];
    else if (ads_unit() < .25)
        q->second = ads_words[zipf_draw(&word_zipf)];
}

struct ads_question ads_ask(bool (*usable)(void *arg, const char *word), void *arg)
{
    struct ads_question q = {0};
    uint32_t trade;
    do {
        trade = ads_trade();
        ask_words(&q, &trade);
    } while (usable != NULL && (!usable(arg, q.word) || (q.second != NULL && !usable(arg, q.second))));
    if (ads_unit() < .45)
        q.district = districts[draw_district()].code;
    double u = ads_unit();
    if (u < .25)
        q.group = ads_trades[trade].code / (u < .15 ? 1000000 : 10000) * (u < .15 ? 1000000 : 10000);
    if (ads_unit() < .4)
        q.floor = 3000 + 500 * (int)ads_below(12);
    if (ads_unit() < .3)
        q.education = 1 + (int)ads_below(6);
    if (ads_unit() < .2)
        q.types = ads_below(3) > 0 ? MATCH_FULL_TIME : ads_below(2) == 0 ? MATCH_PART_TIME : MATCH_TEMPORARY;
    return q;
}

struct match_query ads_query(struct arena *a, const struct ads_question *q)
{
    int64_t *v = ARENA_ARRAY(a, int64_t, 2);
    struct match_query m = {.today = ADS_TODAY, .limit = 20, .facets = true, .wage_floor = q->floor * (int64_t)100, .types = q->types};
    v[0] = q->district;
    v[1] = q->group;
    m.districts = (struct match_list){v, q->district != 0};
    m.occupations = (struct match_list){v + 1, q->group != 0};
    m.educations = q->education > 0 ? (1u << q->education) - 1 : 0;
    m.text = q->second != NULL ? arena_fmt(a, "%s %s", q->word, q->second) : q->word;
    return m;
}
