#include "cli/cli.h"

#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

const struct cli_option cli_common[] = {
    {"data", "DIR", "folder of keys, uploads and the embedded database (default: var)"},
    {"database", "URL", "postgresql://… instead of the embedded database"},
    {"city", "NAME", "folder under data/cities (default: tianjin)"},
    {"base-url", "URL", "address under which people reach this service, for links and QR codes"},
    {"help", NULL, "this text"},
    {0},
};

const char *cli_get(const struct cli *c, const char *name)
{
    for (int i = c->n_given - 1; i >= 0; i--)
        if (strcmp(c->given[i].name, name) == 0)
            return c->given[i].value;
    return NULL;
}

int64_t cli_number(const struct cli *c, const char *name, int64_t otherwise)
{
    const char *s = cli_get(c, name);
    if (s == NULL)
        return otherwise;
    char *end;
    errno = 0;
    long long v = strtoll(s, &end, 10);
    if (errno != 0 || end == s || *end != '\0') {
        fprintf(stderr, "yizhan: --%s wants a number, not '%s'\n", name, s);
        exit(2);
    }
    return v;
}

int64_t cli_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int cli_failed(struct cli *c, err_t e, const char *doing)
{
    const struct fail *f = &c->cx.fail;
    fprintf(stderr, "yizhan: %s: %s%s%s\n", doing, f->say != NULL ? f->say : err_msgid(e), f->detail != NULL ? "\n  " : "",
            f->detail != NULL ? f->detail : "");
    return 1;
}

/* A digest of the program's own file: what one program derived, another does not trust. */
static const char *build_of(struct cli *c)
{
    struct stat st;
    unsigned char d[HASH_LEN] = {0};
    char *hex = arena_alloc(&c->arena, HOUSE_BUILD_MAX);
    int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    void *p = fd >= 0 && fstat(fd, &st) == 0 ? mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    if (fd >= 0)
        close(fd);
    if (p == MAP_FAILED) {
        hash_random(d, HASH_LEN); /* like no other, so nothing is trusted */
    } else {
        hash_sha256(p, (size_t)st.st_size, d);
        munmap(p, (size_t)st.st_size);
    }
    hash_hex(d, 16, hex);
    return hex;
}

int cli_house(struct cli *c, bool create)
{
    const char *data = cli_get(c, "data");
    struct house_config hc = {
        .data_dir = data != NULL ? data : "var",
        .database = cli_get(c, "database"),
        .city = cli_get(c, "city"),
        .base_url = cli_get(c, "base-url"),
        .build = build_of(c),
        .create = create,
    };
    err_t e = house_open(&c->cx, &hc, &c->house);
    return e == E_OK ? 0 : cli_failed(c, e, "opening");
}

const char *cli_index_path(struct cli *c) { return arena_fmt(&c->arena, "%s/ads.index", c->house->data_dir); }

void cli_progress(const char *what, int64_t done, int64_t total)
{
    static const char bar[] = "########################################";
    int tenth = total > 0 ? (int)(done * 10 / total) : 10, width = total > 0 ? (int)(done * 40 / total) : 40;
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%-28s [%-40.*s] %lld/%lld%s", what, width, bar, (long long)done, (long long)total, done >= total ? "\n" : "");
    else if (done >= total || (total >= 10 && done % (total / 10) == 0))
        fprintf(stderr, "%s: %d%% (%lld of %lld)\n", what, tenth * 10, (long long)done, (long long)total);
}

static void print_options(const struct cli_option *o)
{
    for (; o != NULL && o->name != NULL; o++) {
        char left[64];
        snprintf(left, sizeof left, "--%s%s%s", o->name, o->arg ? " " : "", o->arg ? o->arg : "");
        printf("  %-24s %s\n", left, o->help);
    }
}

int cmd_help(struct cli *c)
{
    (void)c;
    puts("Yizhan 驿站: a city's employment stations and subsidised training, in one program.\n\nusage: yizhan COMMAND [options]\n");
    for (const struct command *k = commands; k->name != NULL; k++)
        printf("  %-10s %s\n", k->name, k->help);
    puts("\nOptions of every command:");
    print_options(cli_common);
    puts("\nyizhan COMMAND --help tells the options of one.");
    return 0;
}

static int help_one(const struct command *k)
{
    printf("usage: yizhan %s %s\n\n%s.\n\n", k->name, k->args, k->help);
    print_options(k->options);
    print_options(cli_common);
    return 0;
}

static const struct cli_option *option_named(const struct cli_option *o, const char *name, size_t n)
{
    for (; o != NULL && o->name != NULL; o++)
        if (strlen(o->name) == n && memcmp(o->name, name, n) == 0)
            return o;
    return NULL;
}

/* Puts options aside and leaves the other words in place. 0, or an exit code. */
static int read_words(struct cli *c, int argc, char **argv)
{
    c->args = argv;
    for (int i = 0; i < argc; i++) {
        if (strncmp(argv[i], "--", 2) != 0 || argv[i][2] == '\0') {
            argv[c->n_args++] = argv[i];
            continue;
        }
        const char *name = argv[i] + 2, *eq = strchr(name, '=');
        size_t n = eq != NULL ? (size_t)(eq - name) : strlen(name);
        const struct cli_option *o = option_named(c->command->options, name, n);
        if (o == NULL)
            o = option_named(cli_common, name, n);
        if (o == NULL || c->n_given == 32) {
            fprintf(stderr, "yizhan %s: no option --%.*s; see yizhan %s --help\n", c->command->name, (int)n, name, c->command->name);
            return 2;
        }
        const char *value = eq != NULL ? eq + 1 : o->arg == NULL ? "" : i + 1 < argc ? argv[++i] : NULL;
        if (value == NULL) {
            fprintf(stderr, "yizhan %s: --%s wants %s\n", c->command->name, o->name, o->arg);
            return 2;
        }
        c->given[c->n_given].name = o->name;
        c->given[c->n_given++].value = value;
    }
    return 0;
}

int main(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : "help";
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        word = "help";
    if (strcmp(word, "--version") == 0)
        word = "version";
    struct cli c = {0};
    for (c.command = commands; c.command->name != NULL && strcmp(c.command->name, word) != 0;)
        c.command++;
    if (c.command->name == NULL) {
        fprintf(stderr, "yizhan: no command '%s'; see yizhan help\n", word);
        return 2;
    }
    int bad = read_words(&c, argc > 2 ? argc - 2 : 0, argv + 2);
    if (bad != 0)
        return bad;
    if (cli_get(&c, "help") != NULL)
        return help_one(c.command);
    if (c.n_args < c.command->min_args || c.n_args > c.command->max_args) {
        fprintf(stderr, "usage: yizhan %s %s\n", c.command->name, c.command->args);
        return 2;
    }
    arena_init(&c.arena, 0);
    c.cx = (struct ctx){.arena = &c.arena, .now = cli_now(), .lang = "zh", .request_id = "cli", .actor = {.role = ROLE_CLOCK, .name = "cli"}};
    int code = c.command->run(&c);
    house_close(&c.cx, c.house);
    arena_free(&c.arena);
    return code;
}
