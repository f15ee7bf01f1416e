/* engine.h -- what the engine is made of; for the files of src/match only.
 *
 * Threads: `words` ... `pinyin` never change after match_open(). The code tables only grow: the writer
 * appends, a reader looks at the first n entries, n as its snapshot says. Everything of the builder and the
 * list of retired snapshots is the writer's alone. `current` and the pins are the only meeting place.
 */
#ifndef MATCH_ENGINE_H
#define MATCH_ENGINE_H
#include "match/part.h"
#include "match/segment.h"
#include "match/shelf.h"

#include <stdatomic.h>

#define PARTS_MAX 16
#define PINS_MAX 256
#define CODES_MAX 65535u
#define FRESH_MOST 4000
#define FRESH_DAYS 512 /* older is as old as this */
#define AD_TEXT_MAX 1200 /* code points of a field of an ad that are read */

struct codes { /* numbers for codes; number 0 is code 0 */
    int64_t *v;
    uint32_t n;
    uint32_t *slots; /* the writer's: open addressing, number + 1 */
};

struct cert_set {
    int32_t code[MATCH_CERTS_MAX]; /* ascending */
    uint32_t n;
};
struct cert_sets { /* set 0 is empty */
    struct cert_set *v;
    uint32_t n;
    uint32_t *slots;
};

struct lex;

struct live { /* which ads of a part count; shared by snapshots until one more is lost */
    unsigned refs;
    uint32_t n;
    uint64_t bits[];
};

struct snap {
    struct part *parts[PARTS_MAX];
    struct live *live[PARTS_MAX];
    unsigned n_parts;
    uint32_t n_districts, n_streets, n_occupations, n_sets;
    uint32_t n_wishes;
    uint64_t n_live, n_all, generation;
    struct shelf people, watches;
    struct lex *loose[PIECES_MAX]; /* of the pieces of watches: what texts mean that hang on what the ads are; NULL = none */
    uint16_t *district_order, *street_order, *occupation_order; /* numbers by ascending code */
    struct snap *retired_before;
};

struct match_view {
    _Alignas(64) _Atomic(struct snap *) snap; /* NULL = free */
    struct match *m;
};

struct occ { /* an occupation of the reference data */
    int32_t code;
    const char *name;
};

struct synonym { /* an everyday word and what it stands for */
    const char *from;
    const char *const *to;
    size_t n;
};

struct id_slot {
    int64_t id;
    uint32_t ad;   /* number + 1 in the raw; 0 = empty */
    uint32_t hand; /* in whose */
};

struct use { /* of a key: its number + 1 in the raw, 0 = none yet; the last ad that has it: number + 1, and as its how manieth */
    uint32_t number, ad, at;
};
struct use_slot {
    uint64_t key;
    struct use use;
};

struct hand { /* of those that put the texts of a batch at the same time */
    struct raw raw;
    struct use *of_word;    /* dictionary words */
    struct use_slot *slots; /* other keys: open addressing */
    size_t n_slots, used;
    struct tokens tokens;
    struct arena scratch;
};

struct builder {
    struct hand hands[2];
    struct id_slot *ids; /* what is in a raw and alive */
    size_t n_ids, used_ids;
    int64_t *gone; /* ids whose published ads end with the next refresh */
    size_t n_gone, cap_gone;
};

struct pinyin;
struct titles;
struct typos;

struct match {
    struct arena arena; /* texts and tables made when it was opened */
    struct words words;
    struct occ *occs; /* ascending by code */
    size_t n_occs, cap_occs;
    struct synonym *synonyms; /* ascending by `from` */
    size_t n_synonyms, cap_synonyms;
    struct pinyin *pinyin;
    struct typos *typos;
    struct titles *titles;      /* the occupation proposer */
    struct suggest *work_words; /* occupations and words that complete what is typed */
    struct codes districts, streets, occupations;
    struct codes wishes; /* occupations that people wish for */
    struct cert_sets sets;
    _Atomic(struct snap *) current;
    atomic_bool expected; /* the first ads are on their way */
    struct match_view pins[PINS_MAX];
    struct snap *retired;
    struct builder b;
    struct tray people, watches;
    uint64_t generation;
    uint64_t data_digest; /* of the data files it was opened with */
    uint16_t fresh[FRESH_DAYS]; /* fresh_points() by age */
};

/* engine.c */
uint32_t codes_number(struct codes *c, int64_t code); /* the writer's; CODES_MAX when the table is full */
void codes_init(struct codes *c);
void codes_free(struct codes *c);
const struct snap *view_snap(const struct match_view *v);
const char *occ_name(const struct match *m, int32_t code); /* NULL when unknown */

/* snap.c */
struct snap *snap_empty(const struct match *m);
void snap_free(struct snap *s);
void snap_add_saved(const struct match *m, struct snap *s, struct part *p, struct live *l); /* takes both over */
void snap_publish_saved(struct match *m, struct snap *s);
struct live *live_all(uint32_t n);
void live_hold(struct live *l);
void live_drop(struct live *l);
struct live *live_own(struct live *l, uint32_t n); /* a copy that may be changed; lets go of `l` */

extern const struct kind people_kind; /* people.c */
extern const struct kind watch_kind;  /* watch.c */

/* build.c */
void builder_init(struct match *m);
void builder_free(struct match *m);
err_t builder_put(struct ctx *cx, struct match *m, const struct match_ad *ads, size_t n) MUST_USE;
bool builder_empty(const struct match *m);
void builder_remove(struct match *m, int64_t id);
uint32_t yuan(int64_t fen, bool up); /* 0 and less: 0 */
uint32_t certs_number(struct cert_sets *sets, const int32_t *codes, size_t n); /* CODES_MAX when there are too many sets */
/* Calls `each` for the texts of an ad that are searched. */
void ad_texts(const struct match *m, const struct match_ad *ad, void (*each)(void *arg, const char *text, unsigned flags, unsigned weight),
              void *arg);
/* What was put since the last time as a part, NULL when nothing; the builder is empty again. */
struct part *builder_take(struct match *m);

/* load.c */
err_t load_sources(struct ctx *cx, struct match *m, const struct match_source *s, size_t n) MUST_USE;

static inline bool is_live(const struct live *l, uint32_t ad)
{
    return l->bits[ad / 64] >> ad % 64 & 1;
}
unsigned wage_band(int64_t wage_min, int64_t wage_max);
unsigned experience_band(unsigned months);
unsigned age_band(int32_t days);
int32_t fresh_points(int32_t age); /* FRESH_MOST for today, a third of it after a month */
#endif
