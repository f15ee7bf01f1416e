/* embed OUT.c FILE... -- writes a C file that carries the given files (assembler .incbin) under their names.
 * A leading "build/gen/" is not part of the name.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *name_of(const char *path)
{
    const char *gen = "build/gen/";
    return strncmp(path, gen, strlen(gen)) == 0 ? path + strlen(gen) : path;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(name_of(*(char *const *)a), name_of(*(char *const *)b));
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    FILE *o = fopen(argv[1], "w");
    if (o == NULL)
        return perror(argv[1]), 1;
    int n = argc - 2;
    char **files = argv + 2;
    qsort(files, (size_t)n, sizeof *files, by_name);
    fputs("/* made by tools/embed -- do not edit */\n#include \"base/embed.h\"\n", o);
    for (int i = 0; i < n; i++)
        fprintf(o,
                "__asm__(\".section .rodata\\n.balign 16\\nembed_%d: .incbin \\\"%s\\\"\\nembed_%d_end: .byte 0\\n.previous\\n\");\n"
                "extern const unsigned char embed_%d[] __asm__(\"embed_%d\");\n",
                i, files[i], i, i, i);
    fprintf(o, "const size_t embedded_count = %d;\nconst struct embedded embedded[] = {\n", n);
    for (int i = 0; i < n; i++) {
        struct stat st;
        if (stat(files[i], &st) != 0)
            return perror(files[i]), 1;
        fprintf(o, "    {\"%s\", embed_%d, %lld},\n", name_of(files[i]), i, (long long)st.st_size);
    }
    fputs("    {0},\n};\n", o);
    return fclose(o) != 0;
}
