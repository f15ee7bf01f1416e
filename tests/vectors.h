/* vectors.h -- lines of a tab-separated test file: calls `each` with up to four fields of every line that is no comment. */
#ifndef TESTS_VECTORS_H
#define TESTS_VECTORS_H
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Files lie beside the tests, wherever the program was started; NULL when there is none. */
static inline FILE *vectors_open(const char *name, char path[512])
{
    static const char *const roots[] = {"tests/vectors", "../tests/vectors", "../../tests/vectors"};
    FILE *f = NULL;
    for (size_t i = 0; f == NULL && i < sizeof roots / sizeof *roots; i++) {
        snprintf(path, 512, "%s/%s", roots[i], name);
        f = fopen(path, "r");
    }
    return f;
}

/* The large data set that is not part of this repository; NULL when it is not on this machine. */
static inline FILE *shared_open(const char *name)
{
    char path[512];
    const char *dir = getenv("YIZHAN_SHARED_DATA");
    snprintf(path, sizeof path, "%s/%s", dir != NULL ? dir : "../shared/data", name);
    FILE *f = fopen(path, "r");
    if (f == NULL)
        printf("# skipped: %s is not here\n", name);
    return f;
}

static inline void vectors_each(FILE *f, char by, void (*each)(char *field[4]))
{
    char line[4096];
    while (fgets(line, sizeof line, f) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        char empty[1] = "", *field[4] = {line, empty, empty, empty}, *p = line;
        for (int i = 0; i < 4 && p != NULL; i++) {
            field[i] = p;
            if (by == ',' && *p == '"') { /* a quoted field without quotes inside */
                field[i] = ++p;
                p = strchr(p, '"');
                if (p != NULL)
                    *p++ = '\0';
            }
            p = p == NULL ? NULL : strchr(p, by);
            if (p != NULL)
                *p++ = '\0';
        }
        each(field);
    }
    fclose(f);
}
#endif
