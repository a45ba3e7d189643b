/* A disk that fails on command, between a process and its C library (LD_PRELOAD).

   While the file $VITRINE_BAD_DISK.full is there, writing to the shop's database fails as on a full disk;
   while $VITRINE_BAD_DISK.broken is there, syncing it fails as on one that lost what it was given;
   while $VITRINE_BAD_DISK.stuck is there, syncing it does not come back, as on one that does not answer. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int is_so(const char *state) {
    char path[4096];
    const char *disk = getenv("VITRINE_BAD_DISK");
    if (!disk) return 0;
    snprintf(path, sizeof path, "%s.%s", disk, state);
    return access(path, F_OK) == 0;
}

/* The database itself and what SQLite keeps beside it. */
static int is_database(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strstr(path, "/shop.db") != NULL;
}

static int fails(int fd, const char *state, int error) {
    int before = errno;
    if (is_so(state) && is_database(fd)) {
        errno = error;
        return 1;
    }
    errno = before;
    return 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t count) {
    return fails(fd, "full", ENOSPC) ? -1 : REAL(write)(fd, bytes, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
    return fails(fd, "full", ENOSPC) ? -1 : REAL(pwrite)(fd, bytes, count, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    return fails(fd, "full", ENOSPC) ? -1 : REAL(pwrite64)(fd, bytes, count, offset);
}

static void hangs(int fd) {
    int before = errno;
    while (is_so("stuck") && is_database(fd)) usleep(10000);
    errno = before;
}

int fsync(int fd) {
    hangs(fd);
    return fails(fd, "broken", EIO) ? -1 : REAL(fsync)(fd);
}

int fdatasync(int fd) {
    hangs(fd);
    return fails(fd, "broken", EIO) ? -1 : REAL(fdatasync)(fd);
}
