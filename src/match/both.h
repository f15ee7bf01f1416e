/* both.h -- work in two halves, each on a core. */
#ifndef MATCH_BOTH_H
#define MATCH_BOTH_H
#include <stdbool.h>

/* Calls fn(arg, 0) here and fn(arg, 1) in a thread of its own (when `wide`, else here too), and waits for both. */
void both(bool wide, void (*fn)(void *arg, unsigned half), void *arg);
#endif
