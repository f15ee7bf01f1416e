/* choices.h -- the words people choose from in forms. The codes are stored; ranks and the many ways in which ads write these
 * words are in data/reference/vocabulary.csv (city/reference.h: city_word), which names the same codes.
 */
#ifndef CITY_CHOICES_H
#define CITY_CHOICES_H
#include "base/field.h"

extern const struct choice education_choices[];
extern const struct choice job_type_choices[];
extern const struct choice shift_choices[];
extern const struct choice benefit_choices[];
extern const struct choice station_type_choices[];

/* The label (message id) of a code; the code itself when it is none of them, "" for NULL. */
const char *choice_label(const struct choice *choices, const char *code);
#endif
