/* gini.h -- how unevenly something is spread: 0 = all have the same, 1000 = one has it all. */
#ifndef MATCH_GINI_H
#define MATCH_GINI_H
#include <stddef.h>
#include <stdint.h>

int32_t gini(uint32_t *v, size_t n); /* sorts v; 0 when there is nothing to spread */
#endif
