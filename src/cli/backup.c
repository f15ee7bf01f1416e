/* backup.c -- a copy of the embedded database while it is in use; putting one back. PostgreSQL has its own tools. */
#include "cli/cli.h"

#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Copies a file, durably; 0, or -1 with errno. The target must be absent. */
static int copy_file(const char *from, const char *to)
{
    char buf[1 << 16];
    ssize_t n = -1;
    int in = open(from, O_RDONLY | O_CLOEXEC), out = in < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    while (out >= 0 && (n = read(in, buf, sizeof buf)) > 0)
        if (write(out, buf, (size_t)n) != n) {
            n = -1;
            break;
        }
    int bad = n < 0 || fsync(out) != 0 ? errno : 0;
    if (in >= 0)
        close(in);
    if (out >= 0)
        close(out);
    errno = bad;
    return bad == 0 ? 0 : -1;
}

static int io_failed(const char *what)
{
    fprintf(stderr, "yizhan: %s: %s\n", what, strerror(errno));
    return 1;
}

/* Opens a copy as if it were the database and checks its chain. */
static err_t check_copy(struct cli *c, const char *path, struct audit_report *r)
{
    struct store *s;
    struct db *db, *before = c->cx.db;
    TRY(store_start(&c->cx, arena_fmt(&c->arena, "sqlite:%s", path), &s));
    err_t e = store_connect(&c->cx, s, &db);
    if (e == E_OK) {
        c->cx.db = db;
        e = store_integrity(&c->cx);
        if (e == E_OK)
            e = audit_verify(&c->cx, r);
        store_close(db);
    }
    c->cx.db = before;
    store_stop(s);
    unlink(arena_fmt(&c->arena, "%s-lock", path));
    return e;
}

int cmd_backup(struct cli *c)
{
    const char *to = c->args[0], *keys = arena_fmt(&c->arena, "%s.keys", to);
    struct audit_report r;
    int bad = cli_house(c, false);
    if (bad != 0)
        return bad;
    if (access(to, F_OK) == 0 || access(keys, F_OK) == 0) {
        fprintf(stderr, "yizhan backup: %s is there already; choose another name\n", to);
        return 1;
    }
    umask(077);
    err_t e = store_backup(&c->cx, to);
    if (e == E_OK)
        e = check_copy(c, to, &r);
    if (e != E_OK)
        return cli_failed(c, e, "the backup");
    if (copy_file(arena_fmt(&c->arena, "%s/keys", c->house->data_dir), keys) != 0)
        return io_failed(keys);
    printf("%s: sound, %lld entries in the chain, head %s\nThe keys are in %s: keep them in another place; without them names and numbers cannot be read.\n",
           to, (long long)r.entries, r.head, keys);
    return 0;
}

int cmd_restore(struct cli *c)
{
    const char *from = c->args[0], *data = cli_get(c, "data") != NULL ? cli_get(c, "data") : "var";
    const char *keys = arena_fmt(&c->arena, "%s.keys", from), *db = arena_fmt(&c->arena, "%s/yizhan.db", data);
    struct audit_report r;
    struct keyring *k;
    if (access(db, F_OK) == 0) {
        fprintf(stderr, "yizhan restore: %s is there; move it away first, nothing is overwritten\n", db);
        return 1;
    }
    err_t e = keyring_open(&c->cx, keys, false, &k);
    if (e != E_OK)
        return cli_failed(c, e, "the keys of the backup");
    c->cx.keys = k;
    e = check_copy(c, from, &r);
    c->cx.keys = NULL;
    keyring_close(k);
    if (e != E_OK)
        return cli_failed(c, e, "the backup is damaged and was not used");
    if (r.first_bad != 0) {
        fprintf(stderr, "yizhan restore: entry %lld of the audit chain does not fit; the backup was not used\n", (long long)r.first_bad);
        return 1;
    }
    umask(077);
    if (mkdir(data, 0700) != 0 && errno != EEXIST)
        return io_failed(data);
    const char *own_keys = arena_fmt(&c->arena, "%s/keys", data);
    if (access(own_keys, F_OK) != 0 && copy_file(keys, own_keys) != 0)
        return io_failed(own_keys);
    if (copy_file(from, db) != 0)
        return io_failed(db);
    printf("Restored: %lld entries, head %s\n", (long long)r.entries, r.head);
    return 0;
}
