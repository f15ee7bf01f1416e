/* names.h -- streets and occupations of the city by the names that people type into forms (struct names of base/field.h). */
#ifndef CITY_NAMES_H
#define CITY_NAMES_H
#include "base/field.h"

extern const struct names city_names; /* needs cx->house->city */
#endif
