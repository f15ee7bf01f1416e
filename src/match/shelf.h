/* shelf.h -- records (people, saved searches) in pieces that never change, each with what was made of it for finding.
 *
 * The writer notes what is put and removed in a tray; a refresh turns the tray into a piece, marks what it replaced
 * as dead in copies of the bitmaps of the others, and melts pieces together so that there are few.
 * A record is a run of 32-bit words; only its kind knows what they mean.
 */
#ifndef MATCH_SHELF_H
#define MATCH_SHELF_H
#include "match/part.h"

#define PIECES_MAX 16

struct match;
struct snap;
struct live;

struct piece {
    uint32_t n;
    int64_t *ids;
    uint64_t *at; /* record i: words[at[i]] .. words[at[i + 1]] */
    uint32_t *words;
    uint32_t *by_id; /* open addressing: number + 1 */
    uint32_t by_id_mask;
    void *made;    /* by the kind, NULL when it makes nothing */
    unsigned refs; /* snapshots that hold it; the writer's business */
};

struct kind {
    uint64_t (*key)(const uint32_t *record); /* records of a piece are ordered by it, then by id */
    void *(*make)(const struct match *m, const struct snap *s, const struct piece *p); /* s: the snapshot in the making, its ads are there */
    void (*drop)(void *made);
    size_t (*bytes)(const void *made);
};

struct shelf { /* a part of a snapshot */
    struct piece *pieces[PIECES_MAX];
    struct live *live[PIECES_MAX];
    unsigned n;
    uint64_t n_live;
};

struct note { /* what was asked of an id: the last note counts */
    int64_t id;
    size_t order, at, n; /* n = 0: to be removed */
};
struct tray { /* the writer's */
    struct note *notes;
    size_t n, cap;
    uint32_t *words;
    size_t n_words, cap_words;
};

/* Room for a record of n words; valid until the next call. */
uint32_t *tray_put(struct tray *t, int64_t id, size_t n);
void tray_remove(struct tray *t, int64_t id);
void tray_free(struct tray *t);

/* Takes what is in the tray (it is empty then); `s` is a copy of the last snapshot's shelf and becomes that of the next one, `to`. */
void shelf_refresh(const struct match *m, const struct snap *to, const struct kind *k, struct shelf *s, struct tray *t);
void shelf_free(const struct kind *k, struct shelf *s);
size_t shelf_bytes(const struct kind *k, const struct shelf *s);
uint32_t piece_find(const struct piece *p, int64_t id); /* UINT32_MAX: not here */
static inline const uint32_t *piece_record(const struct piece *p, uint32_t i)
{
    return p->words + p->at[i];
}
#endif
