/* sieve.h -- the conditions of a search over the columns of a part: 64 ads at a time, or one.
 *
 * With AVX2 where the processor has it, else bit by bit; same answers.
 */
#ifndef MATCH_SIEVE_H
#define MATCH_SIEVE_H
#include "match/filter.h"

enum mesh_how {
    MESH_LEAST,   /* 16 bits: at least `least` */
    MESH_LOW,     /* the lower half of 8 bits is among `bits` */
    MESH_HIGH,    /* the upper half */
    MESH_MASK,    /* 8 bits: has one of `bits` */
    MESH_FEW,     /* 8 bits: is one of `few` */
    MESH_SET8,    /* 8 bits: the number is in `ok` */
    MESH_SET16,   /* 16 bits */
    MESH_FACE,    /* by the face, or what stands only in the row and the side */
};
struct mesh {
    enum mesh_how how;
    unsigned kind; /* enum match_facet_kind */
    const void *column;
    const uint8_t *ok;
    uint32_t bits;
    uint16_t least;
    uint8_t few[FILTER_FEW], n_few;
};
#define MESHES_MAX (MATCH_F_COUNT + 1)
struct sieve {
    const struct filter *f;
    const struct part *p;
    struct mesh mesh[MESHES_MAX], over; /* over: not past its end */
    unsigned n, n_wide;                 /* the wide ones come first */
    bool some_over;                     /* some ad of the part may be past its end */
    const uint64_t *live;               /* NULL: all are */
};
#define SIEVE_WIDE(m) ((m)->how < MESH_SET8) /* 64 at a time */
void sieve_ready(const struct filter *f, const struct snap *s, unsigned part, struct sieve *out);

/* Of the ads `bits` of word `w`, those that fail. */
uint64_t sieve_fails(const struct sieve *v, const struct mesh *m, uint32_t w, uint64_t bits);
uint64_t sieve_fails_plain(const struct sieve *v, const struct mesh *m, uint32_t w, uint64_t bits); /* the tests hold one against the other */

/* The column of word `w`, before it is asked for. */
static inline void mesh_fetch(const struct mesh *m, uint32_t w)
{
    size_t size = m->how == MESH_LEAST || m->how == MESH_SET16 ? sizeof(uint16_t) : sizeof(uint8_t);
    const char *from = (const char *)m->column + (size_t)w * 64 * size;
    if (m->how != MESH_FACE)
        __builtin_prefetch(from);
    if (size > 1)
        __builtin_prefetch(from + 64);
}

/* For each of the ads: a bit for every mesh it fails, by its number; all bits when it is dead or past its end. */
void sieve_list(const struct sieve *v, const uint32_t *ads, size_t n, uint32_t *fails);
#endif
