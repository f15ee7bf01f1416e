/* occupation.h -- from a title as people write it to occupations: the tables behind match_occupation(). */
#ifndef MATCH_OCCUPATION_H
#define MATCH_OCCUPATION_H
#include "match/engine.h"

struct titles *titles_new(void);
void titles_free(struct titles *t);
/* A title word and the occupation it speaks for. */
void titles_alias(struct titles *t, const char *text, size_t len, int32_t code, double weight);
/* Once, after the dictionary and the occupations are complete. */
void titles_finish(struct match *m);
size_t titles_bytes(const struct titles *t);
#endif
