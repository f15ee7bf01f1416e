/* judged.h -- real ads for judged sets: read where the shared data is, never kept in the repository. */
#ifndef TESTS_JUDGED_H
#define TESTS_JUDGED_H
#include "match/match.h"

struct judged_ad { /* texts as in the file; struct match_ad points into them */
    const char *source;
    int64_t record;       /* from 0 */
    char hash[13];        /* of title|company|salary|city|district */
    struct match_ad ad;   /* id is the caller's */
};
const char *judged_dir(void); /* "../shared/data" or what YIZHAN_SHARED_DATA says */
/* Calls `each` for every ad of <dir>/ads/<source>.csv.gz. false: the file is not there or cannot be read. */
bool judged_read(struct ctx *cx, const char *source, void (*each)(struct ctx *cx, void *arg, const struct judged_ad *a), void *arg);
/* The dictionaries of the program, from data/. */
err_t judged_open(struct ctx *cx, struct match **m);
/* Lower case, half width, no blanks: for looking a word up in a title. */
const char *judged_fold(struct arena *a, const char *s);
#endif
