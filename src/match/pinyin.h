/* pinyin.h -- how characters sound: full pinyin and initials of words, words of pinyin. */
#ifndef MATCH_PINYIN_H
#define MATCH_PINYIN_H
#include "match/words.h"

struct pinyin;
enum sound {
    SOUND_FULL,     /* dianhangong */
    SOUND_INITIALS, /* dhg */
    SOUND_LOOSE,    /* as many hear and type it: zh = z, ch = c, sh = s, ng = n */
    SOUND_COUNT
};
#define PINYIN_WAYS 4 /* ways to read a word that are followed */
#define WAY_LONGEST 96

struct ways {
    char v[PINYIN_WAYS][WAY_LONGEST]; /* NUL-ended */
    size_t n;
};

struct pinyin *pinyin_new(void);
void pinyin_free(struct pinyin *p); /* NULL is allowed */
/* Reads "字<TAB>a,b" or "U+5B57: zì,zi  # 字"; tones are dropped. Returns the number of the first bad line, 0 = good. */
size_t pinyin_load(struct pinyin *p, const char *text, size_t n);
/* Indexes the Han words of the dictionary by sound; once, after words_finish(). */
void pinyin_index(struct pinyin *p, const struct words *w);
size_t pinyin_bytes(const struct pinyin *p);

/* The ways to read n code points (initials only, when so wanted); others than Han stand for themselves.
 * None when a character is unknown or a way longer than the space. */
void pinyin_read(const struct pinyin *p, const uint32_t *cps, size_t n, bool initials, struct ways *out);
/* Dictionary words that sound so, at most cap, commonest first. `latin` is whole pinyin, or initials for SOUND_INITIALS. */
size_t pinyin_words(const struct pinyin *p, const char *latin, enum sound kind, uint32_t *words, size_t cap);
#endif
