/* backup.c -- a copy of the embedded database while it is in use; putting one back. PostgreSQL has its own tools. */
#include "cli/cli.h"

#include "base/hash.h"
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
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

/* SM3 of a file in hex, as `openssl dgst -sm3` gives it; NULL with errno. */
static const char *file_digest(struct cli *c, const char *path)
{
    struct stat st;
    unsigned char d[HASH_LEN];
    char *hex = arena_alloc(&c->arena, 2 * HASH_LEN + 1);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    void *p = MAP_FAILED;
    if (fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 0)
        p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (fd >= 0)
        close(fd);
    if (p == MAP_FAILED)
        return NULL;
    hash_sm3(p, (size_t)st.st_size, d);
    munmap(p, (size_t)st.st_size);
    hash_hex(d, HASH_LEN, hex);
    return hex;
}

static int write_digest(struct cli *c, const char *path)
{
    const char *hex = file_digest(c, path), *name = strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path;
    int fd = hex == NULL ? -1 : open(arena_fmt(&c->arena, "%s.sm3", path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = fd >= 0 && dprintf(fd, "%s  %s\n", hex, name) > 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return good ? 0 : -1;
}

static bool digest_fits(struct cli *c, const char *path)
{
    char line[2 * HASH_LEN + 1] = "";
    const char *hex = file_digest(c, path);
    FILE *f = fopen(arena_fmt(&c->arena, "%s.sm3", path), "re");
    bool good = hex != NULL && f != NULL && fgets(line, sizeof line, f) != NULL && strcmp(line, hex) == 0;
    if (f != NULL)
        fclose(f);
    return good;
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
    if (write_digest(c, to) != 0)
        return io_failed("the digest of the backup");
    printf("%s: sound, %lld entries in the chain, head %s\nThe keys are in %s: keep them in another place; without them names and numbers cannot be read.\n",
           to, (long long)r.entries, r.head, keys);
    return 0;
}

/* Is there anything that a restore would overwrite, or that SQLite would mix into what is restored? */
static bool in_the_way(struct cli *c, const char *db)
{
    const char *const names[] = {db, arena_fmt(&c->arena, "%s-wal", db)};
    for (int i = 0; i < 2; i++)
        if (access(names[i], F_OK) == 0) {
            fprintf(stderr, "yizhan restore: %s is there; move it away first, nothing is overwritten\n", names[i]);
            return true;
        }
    return false;
}

/* Under another name first: what stands under the right one is whole. */
static int put_in_place(struct cli *c, const char *from, const char *db, const char *data)
{
    const char *part = arena_fmt(&c->arena, "%s.part", db);
    unlink(part);
    if (copy_file(from, part) != 0 || rename(part, db) != 0)
        return io_failed(db);
    int dir = open(data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int bad = dir < 0 || fsync(dir) != 0 ? io_failed(data) : 0;
    if (dir >= 0)
        close(dir);
    return bad;
}

int cmd_restore(struct cli *c)
{
    const char *from = c->args[0], *data = cli_get(c, "data") != NULL ? cli_get(c, "data") : "var";
    const char *keys = arena_fmt(&c->arena, "%s.keys", from), *db = arena_fmt(&c->arena, "%s/yizhan.db", data);
    struct audit_report r;
    struct keyring *k;
    if (in_the_way(c, db))
        return 1;
    if (!digest_fits(c, from)) {
        fprintf(stderr, "yizhan restore: %s does not fit its digest in %s.sm3: damaged, or not whole; it was not used\n", from, from);
        return 1;
    }
    const char *own_keys = arena_fmt(&c->arena, "%s/keys", data);
    bool own = access(own_keys, F_OK) == 0;
    err_t e = keyring_open(&c->cx, own ? own_keys : keys, false, &k);
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
    if (!own && copy_file(keys, own_keys) != 0)
        return io_failed(own_keys);
    if (put_in_place(c, from, db, data) != 0)
        return 1;
    printf("Restored: %lld entries, head %s\n", (long long)r.entries, r.head);
    return 0;
}
