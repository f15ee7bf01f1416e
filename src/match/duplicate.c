/* duplicate.c -- the same job twice: the same employer, place and nearly the same title. */
#include "match/best.h"
#include "match/kin.h"
#include "match/postings.h"

#include "base/text.h"
#include "base/view.h"

#include <limits.h>
#include <string.h>

#define TITLE_MAX 64
#define SHORT_TITLE 3

struct bits { /* a title as the multiset of its pairs of characters, sorted */
    uint64_t v[TITLE_MAX + 1];
    size_t n;
};

static void pairs_of(const char *title, struct bits *b)
{
    uint32_t cps[TITLE_MAX];
    size_t n = chars_read(title, cps, TITLE_MAX), k = 0;
    for (size_t i = 0; i < n; i++) {
        if (chars_kind(cps[i]) != CHAR_GAP)
            cps[k++] = cps[i];
        if (k >= 2 && cps[k - 2] == 0x7814 && cps[k - 1] == 0x53D1) /* 研发 is 开发 */
            cps[k - 2] = 0x5F00;
    }
    if (k > 2 && cps[k - 1] == 0x5458) /* 调度员 is 调度, 保洁人员 is 保洁 */
        k -= k > 3 && cps[k - 2] == 0x4EBA ? 2 : 1;
    b->n = 0;
    for (size_t i = 0; i <= k; i++) { /* with the edges, so that one character has pairs too */
        uint64_t x = (uint64_t)(i == 0 ? 1 : cps[i - 1]) << 21 | (i == k ? 2 : cps[i]);
        size_t at = b->n++;
        for (; at > 0 && b->v[at - 1] > x; at--)
            b->v[at] = b->v[at - 1];
        b->v[at] = x;
    }
}

/* Dice: twice the common pairs in a thousand of all. */
static int32_t similarity(const struct bits *a, const struct bits *b)
{
    size_t i = 0, k = 0, common = 0;
    while (i < a->n && k < b->n) {
        common += a->v[i] == b->v[k];
        size_t i_on = a->v[i] <= b->v[k], k_on = b->v[k] <= a->v[i];
        i += i_on;
        k += k_on;
    }
    return a->n + b->n == 0 ? 0 : (int32_t)(2000 * common / (a->n + b->n));
}

/* ---- what a title says besides its words ---- */

/* Levels, codes and the like: two titles that differ in one are two jobs, however alike they are otherwise. */
static const struct level {
    const char *word;
    uint32_t bit;
} levels[] = {
    {"初级", 1 << 0},  {"中级", 1 << 1},  {"高级", 1 << 2},  {"资深", 1 << 3},   {"助理", 1 << 4},   {"主管", 1 << 5},  {"经理", 1 << 6},
    {"总监", 1 << 7},  {"组长", 1 << 8},  {"班长", 1 << 9},  {"店长", 1 << 10},  {"实习", 1 << 11},  {"储备", 1 << 12}, {"主任", 1 << 13},
    {"首席", 1 << 14}, {"专家", 1 << 15}, {"学徒", 1 << 16}, {"夜班", 1 << 17},  {"兼职", 1 << 18},  {"暑假", 1 << 19}, {"副", 1 << 20},
    {"校招", 1 << 21}, {"临时", 1 << 22}, {"中高级", 1 << 1 | 1 << 2},
};

#define LEVEL_SOFT (1u << 11 | 1u << 21) /* 实习, 校招: one source says it where the other does not */

struct sense {
    uint32_t levels;
    uint64_t bracket; /* hash of what stands in brackets but for benefits and wages, 0 = nothing */
    uint32_t tail;    /* a lone digit at its end ("数据分析师1"), 0 = none */
    size_t length;    /* characters of the cleaned title */
    uint64_t number; /* hash of its code ("J14598", "zy2356"), 0 = none */
};

static bool starts_with(const uint32_t *c, size_t n, const char *word)
{
    size_t k = 0;
    for (uint32_t x; (x = chars_next(&word)) != 0; k++)
        if (k == n || c[k] != x)
            return false;
    return true;
}

static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }
static bool is_alnum(uint32_t c) { return is_digit(c) || (c >= 'a' && c <= 'z'); }

/* A run of letters and digits with at least four digits is a code, not a wage: wages come with a range or a unit. */
static size_t code_at(const uint32_t *c, size_t n, uint64_t *hash)
{
    size_t k = 0, digits = 0;
    while (k < n && is_alnum(c[k]))
        digits += is_digit(c[k++]);
    bool wage = digits == k && k < 6;
    if (digits >= 4 && !wage)
        *hash = hash_bytes(c, k * sizeof *c);
    return k > 0 ? k : 1;
}

/* What brackets say, cleaned like a title of its own. */
static uint64_t bracket_of(struct ctx *cx, const uint32_t *c, size_t n)
{
    struct buf b = {.a = cx->arena};
    bool inside = false;
    for (size_t i = 0; i < n; i++) {
        char one[5] = {0};
        inside = inside && c[i] != ')' && c[i] != 0x3011;
        (void)utf8_put(one, c[i]);
        if (inside)
            buf_str(&b, one);
        inside = inside || c[i] == '(' || c[i] == 0x3010;
    }
    const char *said = b.len == 0 ? "" : match_clean_title(cx, buf_text(&b));
    return *said == '\0' ? 0 : hash_bytes(said, strlen(said));
}

static struct sense sense_of(struct ctx *cx, const char *title)
{
    uint32_t c[TITLE_MAX];
    size_t n = chars_read(title, c, TITLE_MAX);
    struct sense s = {.bracket = bracket_of(cx, c, n)};
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < sizeof levels / sizeof *levels; k++)
            if (starts_with(c + i, n - i, levels[k].word))
                s.levels |= levels[k].bit;
    for (size_t i = 0; i < n;)
        i += code_at(c + i, n - i, &s.number);
    s.tail = n >= 2 && is_digit(c[n - 1]) && chars_kind(c[n - 2]) == CHAR_HAN ? c[n - 1] : 0;
    s.length = chars_read(match_clean_title(cx, title), c, TITLE_MAX);
    return s;
}

/* Both say something in brackets, and not the same. */
static bool brackets_differ(const struct sense *a, const struct sense *b)
{
    return a->bracket != 0 && b->bracket != 0 && a->bracket != b->bracket;
}

/* ---- place and wage ---- */

/* Streets decide, else a kilometre, else the district; a whole city (…00) goes with each of its districts. */
static enum match_place place_of(const struct facts *a, const struct facts *b)
{
    if (a->street != 0 && b->street != 0)
        return a->street == b->street ? MATCH_PLACE_SAME : MATCH_PLACE_OTHER;
    int32_t metres = match_distance(a->lat, a->lng, b->lat, b->lng);
    if (metres >= 0)
        return metres <= 1000 ? MATCH_PLACE_SAME : MATCH_PLACE_OTHER;
    if (a->district == 0 || b->district == 0)
        return MATCH_PLACE_UNKNOWN;
    bool whole = a->district % 100 == 0 || b->district % 100 == 0;
    return a->district == b->district || (whole && a->district / 100 == b->district / 100) ? MATCH_PLACE_SAME : MATCH_PLACE_OTHER;
}

static enum match_pay pay_of(const struct facts *a, const struct facts *b)
{
    if (a->wage_max == 0 || b->wage_max == 0)
        return a->wage_max == b->wage_max ? MATCH_PAY_SAME : MATCH_PAY_UNKNOWN;
    if (a->wage_min == b->wage_min && a->wage_max == b->wage_max)
        return MATCH_PAY_SAME;
    return a->wage_min < b->wage_max && b->wage_min < a->wage_max ? MATCH_PAY_NEAR : MATCH_PAY_OTHER; /* ranges that share more than an end */
}

static bool same_demands(const struct facts *a, const struct facts *b)
{
    bool education_differs = a->education != MATCH_EDU_ANY && b->education != MATCH_EDU_ANY && a->education != b->education;
    unsigned apart = a->experience > b->experience ? a->experience - b->experience : b->experience - a->experience;
    return !education_differs && apart < 24;
}

/* The title decides; what speaks against it is taken off. Weights were set on the judged pairs of docs/judging.md. */
static int32_t confidence(const struct match_duplicate *d)
{
    static const int32_t place[] = {[MATCH_PLACE_SAME] = 0, [MATCH_PLACE_UNKNOWN] = 150, [MATCH_PLACE_OTHER] = 500};
    static const int32_t wage[] = {[MATCH_PAY_SAME] = 0, [MATCH_PAY_NEAR] = 50, [MATCH_PAY_UNKNOWN] = 50, [MATCH_PAY_OTHER] = 250};
    int32_t c = d->similarity - place[d->place] - wage[d->pay];
    c -= d->same_level ? 0 : 300;
    c -= d->same_number ? 0 : 300;
    c -= d->same_demands ? 0 : 110;
    return c < 0 ? 0 : c;
}

/* ---- looking at ads ---- */

#define FRESH UINT_MAX /* a part that is none: what is not published yet */

struct read_title {
    struct bits pairs;
    struct sense sense;
    unsigned part;
    uint32_t title; /* its number in the part */
    bool known;
};

struct hunt {
    struct ctx *cx;
    const struct match *m;
    const struct snap *s;
    const struct match_fresh *fresh; /* or NULL */
    const struct match_ad *ad;
    struct facts facts;
    struct read_title own, last;
    struct best best;
    int32_t least; /* confidence that is wanted */
};

static struct facts facts_at(const struct hunt *h, unsigned part, uint32_t ad)
{
    if (part == FRESH)
        return h->fresh->v[ad].facts;
    const struct row *r = &h->s->parts[part]->rows[ad];
    return (struct facts){
        .street = h->m->streets.v[r->street],
        .district = h->m->districts.v[r->district],
        .lat = r->lat,
        .lng = r->lng,
        .wage_max = r->wage_max,
        .experience = r->experience,
        .education = r->education_band & 15,
    };
}

static struct match_duplicate the_same(enum match_place place)
{
    return (struct match_duplicate){.same_employer = true, .similarity = 1000, .same_level = true, .same_number = true, .same_demands = true, .place = place};
}

static bool published(const struct hunt *h, int64_t id)
{
    for (unsigned i = 0; i < h->s->n_parts; i++)
        if (part_find(h->s->parts[i], id) != UINT32_MAX)
            return true;
    return false;
}

/* All but the title, which costs most to read. */
static struct match_duplicate outside_title(const struct hunt *h, unsigned part, uint32_t ad, struct facts f)
{
    struct match_duplicate d = the_same(place_of(&f, &h->facts));
    if (part != FRESH)
        f.wage_min = h->s->parts[part]->sides[ad].wage_min;
    d.id = part == FRESH ? h->fresh->v[ad].id : h->s->parts[part]->sides[ad].id;
    d.pay = pay_of(&f, &h->facts);
    d.same_demands = same_demands(&f, &h->facts);
    return d;
}

static void read_words(struct ctx *cx, const char *title, struct read_title *t)
{
    pairs_of(match_clean_title(cx, title), &t->pairs);
    t->sense = sense_of(cx, title);
    t->known = true;
}

/* A chain has one title in a thousand shops: the last one read is kept. */
static const struct read_title *read_title(struct hunt *h, unsigned part, uint32_t ad)
{
    uint32_t title = part == FRESH ? h->fresh->v[ad].title : h->s->parts[part]->sides[ad].title;
    struct read_title *t = &h->last;
    if (!t->known || t->part != part || t->title != title) {
        read_words(h->cx, part == FRESH ? h->fresh->titles + title : part_title(h->s->parts[part], ad), t);
        t->part = part;
        t->title = title;
    }
    return t;
}

/* What makes two nearly equal titles doubtful where wage or demands are not the same either. */
static int32_t small_doubts(const struct sense *a, const struct sense *b, const struct match_duplicate *d)
{
    if (d->pay == MATCH_PAY_SAME && d->same_demands)
        return 0;
    int32_t doubt = a->tail == b->tail ? 0 : 60;
    doubt += (a->bracket == 0) == (b->bracket == 0) ? 0 : 50;
    return doubt + (a->length <= SHORT_TITLE ? 150 : 0); /* 工程师, 司机: that is little to go by */
}

static void compare_titles(struct hunt *h, unsigned part, uint32_t ad, struct match_duplicate *d)
{
    const struct read_title *t = read_title(h, part, ad);
    if (!h->own.known) /* most ads have none to be held against */
        read_words(h->cx, h->ad->title, &h->own);
    d->similarity = similarity(&h->own.pairs, &t->pairs);
    bool soft = d->pay == MATCH_PAY_SAME && d->same_demands;
    d->same_level = ((t->sense.levels ^ h->own.sense.levels) & (soft ? ~LEVEL_SOFT : ~0u)) == 0;
    d->same_number = t->sense.number == h->own.sense.number || t->sense.number == 0 || h->own.sense.number == 0;
    d->same_number = d->same_number && !brackets_differ(&t->sense, &h->own.sense);
    d->confidence = confidence(d) - small_doubts(&h->own.sense, &t->sense, d);
    d->confidence = d->confidence < 0 ? 0 : d->confidence;
}

/* Place and wage tell most ads of a large employer apart; what is read further away comes later. */
static void look_at(struct hunt *h, unsigned part, uint32_t ad)
{
    struct facts f = facts_at(h, part, ad);
    struct match_duplicate d = the_same(place_of(&f, &h->facts));
    if (confidence(&d) < h->least || (part != FRESH && !is_live(h->s->live[part], ad)))
        return;
    d = outside_title(h, part, ad, f);
    int32_t most = confidence(&d); /* with the same title */
    if (most < h->least || d.id == h->ad->id || !best_hopeful(&h->best, most))
        return;
    compare_titles(h, part, ad, &d);
    if (d.confidence >= h->least && best_hopeful(&h->best, d.confidence) && !(part == FRESH && published(h, d.id)))
        best_add(h->cx->arena, &h->best, &(struct best_one){d.confidence, ad, d.id, part, 0});
}

static void look_at_run(struct hunt *h, unsigned part, struct kin_run run)
{
    for (size_t i = 0; i < run.n; i++)
        look_at(h, part, run.ads[i]);
}

static void look_at_list(struct hunt *h, unsigned part, struct postings list)
{
    struct walk k = walk_open(list);
    for (uint32_t w = walk_next(&k, 0); w != WALK_END; w = walk_next(&k, w + 1))
        for (uint64_t bits = walk_bits(&k, w); bits != 0; bits &= bits - 1)
            look_at(h, part, w * 64 + (uint32_t)__builtin_ctzll(bits));
}

/* Where only the same place will do, ads of other streets are passed over unread. */
static bool by_street(const struct hunt *h)
{
    struct match_duplicate d = the_same(MATCH_PLACE_OTHER);
    return h->ad->street != 0 && confidence(&d) < h->least;
}

/* The number of a street, 0 when no published ad has it. */
static uint32_t street_number(const struct hunt *h)
{
    uint32_t lo = 0, hi = h->s->n_streets;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (h->m->streets.v[h->s->street_order[mid]] < h->ad->street)
            lo = mid + 1;
        else
            hi = mid;
    }
    bool there = lo < h->s->n_streets && h->m->streets.v[h->s->street_order[lo]] == h->ad->street;
    return there ? h->s->street_order[lo] : 0;
}

static void look_in_part(struct hunt *h, unsigned part, uint64_t firm, uint32_t street)
{
    struct kin_run all = kin_all(h->s->parts[part], firm);
    if (all.n == 0 && h->ad->employer_id != 0) {
        look_at_list(h, part, part_postings(h->s->parts[part], TERM(TERM_EMPLOYER, h->ad->employer_id)));
    } else if (by_street(h)) {
        if (street != 0)
            look_at_run(h, part, kin_in(all, street));
        look_at_run(h, part, kin_in(all, 0));
    } else {
        look_at_run(h, part, all);
    }
}

static void look_in_fresh(struct hunt *h, uint64_t key, int which)
{
    for (uint32_t i = fresh_last(h->fresh, key); i != 0; i = h->fresh->v[i - 1].before[which])
        look_at(h, FRESH, i - 1);
}

static void look_everywhere(struct hunt *h)
{
    uint64_t firm = firm_key(h->cx->arena, h->ad->employer);
    uint32_t street = street_number(h);
    for (unsigned i = 0; i < h->s->n_parts; i++)
        look_in_part(h, i, firm, street);
    if (h->fresh == NULL || firm == 0)
        return;
    if (by_street(h)) {
        look_in_fresh(h, fresh_key(firm, h->ad->street), KIN_STREET);
        look_in_fresh(h, fresh_key(firm, 0), KIN_STREET);
    } else {
        look_in_fresh(h, firm, KIN_FIRM);
    }
}

err_t match_duplicates(struct ctx *cx, const struct match_view *v, const struct match_fresh *fresh, const struct match_ad *ad, int32_t least, size_t k,
                       const struct match_duplicate **out, size_t *n)
{
    struct hunt h = {.cx = cx, .m = v->m, .s = view_snap(v), .fresh = fresh, .ad = ad, .facts = kin_facts(ad), .best = {.k = k > 100 ? 100 : k}};
    h.least = least > 1 ? least : 1;
    if (k > 0)
        look_everywhere(&h);
    best_sort(&h.best);
    struct match_duplicate *d = ARENA_ARRAY(cx->arena, struct match_duplicate, h.best.n);
    for (size_t i = 0; i < h.best.n; i++) {
        const struct best_one *b = &h.best.v[i];
        d[i] = outside_title(&h, b->part, b->ad, facts_at(&h, b->part, b->ad));
        compare_titles(&h, b->part, b->ad, &d[i]);
    }
    *out = d;
    *n = h.best.n;
    return E_OK;
}
