/* reference_impl.h -- what the files of the reference data share; for nobody else. */
#ifndef CITY_REFERENCE_IMPL_H
#define CITY_REFERENCE_IMPL_H
#include "city/reference.h"

struct city_word_row {
    const char *kind, *text, *code;
    int rank;
};

struct city_alias {
    const char *word;
    const struct city_occupation *occupation;
};

/* What somebody typed, cleaned for looking up: no blanks or dots between the parts, ASCII letters small. */
const char *city_typed(struct arena *a, const char *text);
bool city_is_latin(const char *s); /* letters only: pinyin or initials */
#endif
