/* statements.h -- all statements and migrations of the program, made by tools/sqlgen. */
#ifndef STORE_STATEMENTS_H
#define STORE_STATEMENTS_H
#include "store/store.h"

extern const struct statement statements[];
extern const size_t statement_count;
extern const struct migration migrations[];
extern const size_t migration_count;
#endif
