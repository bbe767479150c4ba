// Preloaded into the server: a disk under the database that fails when a test says so, and that forgets what was never
// synced. The test and this library share one mapped file, struct control; faulty_disk.py is its other half.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum kind { database, log_file, journal, kinds, directory = kinds, other };
static const char *const names[kinds] = {"sucharit.db", "sucharit.db-wal", "sucharit.db-journal"};

enum { most_ranges = 65536, most_files = 4096 };

struct range {
    int64_t kind, offset, size;
};

struct control {
    // Set by the test. An errno of 0 lets the call through; `…_after` calls still succeed before the first that fails.
    int64_t write_errno, write_after, short_writes, sync_errno, truncate_errno, read_errno, read_after, sync_delay_us;
    // Counted here.
    int64_t writes, syncs, reads, failed;
    // What a power cut may lose: bytes written since the last sync, and names since the folder's last sync.
    int64_t name_is_durable[kinds], range_count;
    struct range ranges[most_ranges];
};

static struct control *control;
static char folder[4096], image[4096];
static unsigned char kind_of[most_files];
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

#define REAL(type, name, ...)                                                                                          \
    static type (*real)(__VA_ARGS__);                                                                                  \
    if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

__attribute__((constructor)) static void begin(void) {
    memset(kind_of, other, sizeof kind_of);
    const char *file = getenv("FAULTY_DISK_CONTROL"), *where = getenv("FAULTY_DISK_FOLDER"),
               *synced = getenv("FAULTY_DISK_IMAGE");
    const int mapped = file && where ? open(file, O_RDWR | O_CLOEXEC) : -1;
    if (mapped < 0) return;
    void *found = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, mapped, 0);
    close(mapped);
    if (found == MAP_FAILED) abort();
    snprintf(folder, sizeof folder, "%s", where);
    snprintf(image, sizeof image, "%s", synced ? synced : "");
    control = found;
}

static enum kind kind_of_path(const char *path) {
    const size_t length = strlen(folder);
    if (!control || strncmp(path, folder, length) != 0) return other;
    if (path[length] == 0) return directory;
    for (int i = 0; i < kinds; ++i)
        if (path[length] == '/' && strcmp(path + length + 1, names[i]) == 0) return (enum kind)i;
    return other;
}

static enum kind kind_of_file(int file) { return control && file >= 0 && file < most_files ? kind_of[file] : other; }

static int fails(int64_t with) {
    if (with == 0) return 0;
    ++control->failed;
    errno = (int)with;
    return 1;
}

static int image_file(int kind, int flags) {
    REAL(int, "open", const char *, int, ...);
    char path[8192];
    snprintf(path, sizeof path, "%s/%s", image, names[kind]);
    return real(path, flags | O_CLOEXEC, 0600);
}

static void forget_ranges(int kind) {
    int64_t kept = 0;
    for (int64_t i = 0; i < control->range_count; ++i)
        if (control->ranges[i].kind != kind) control->ranges[kept++] = control->ranges[i];
    control->range_count = kept;
}

static void remember(int kind, int64_t offset, int64_t size) {
    if (!image[0]) return;
    if (control->range_count == most_ranges) abort();
    control->ranges[control->range_count++] = (struct range){kind, offset, size};
}

// The file's unsynced bytes reach the image, and so does its size.
static void bring_to_image(int file, int kind) {
    REAL(ssize_t, "pread64", int, void *, size_t, off64_t);
    static ssize_t (*put)(int, const void *, size_t, off64_t);
    if (!put) put = (ssize_t(*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
    static int (*cut)(int, off64_t);
    if (!cut) cut = (int (*)(int, off64_t))dlsym(RTLD_NEXT, "ftruncate64");
    if (!image[0]) return;
    const int to = image_file(kind, O_RDWR | O_CREAT);
    char bytes[8192];
    for (int64_t i = 0; i < control->range_count; ++i) {
        const struct range *range = &control->ranges[i];
        for (int64_t done = 0; range->kind == kind && done < range->size;) {
            const int64_t left = range->size - done;
            const ssize_t got = real(file, bytes, left < (int64_t)sizeof bytes ? (size_t)left : sizeof bytes, range->offset + done);
            if (got <= 0) break; // cut off since
            if (put(to, bytes, (size_t)got, range->offset + done) != got) abort();
            done += got;
        }
    }
    struct stat size;
    if (fstat(file, &size) != 0 || cut(to, size.st_size) != 0) abort();
    close(to);
    forget_ranges(kind);
}

static void names_are_durable(void) {
    for (int i = 0; i < kinds; ++i) {
        char path[8192];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        control->name_is_durable[i] = 1;
        if (!image[0] || access(path, F_OK) == 0) continue;
        snprintf(path, sizeof path, "%s/%s", image, names[i]);
        remove(path);
    }
}

static int opened(int file, const char *path, int is_new) {
    if (file < 0 || file >= most_files) return file;
    const enum kind kind = kind_of_path(path);
    pthread_mutex_lock(&one_at_a_time);
    kind_of[file] = (unsigned char)kind;
    if (kind < kinds && is_new) {
        control->name_is_durable[kind] = 0;
        forget_ranges(kind);
        if (image[0]) close(image_file(kind, O_WRONLY | O_CREAT | O_TRUNC));
    }
    pthread_mutex_unlock(&one_at_a_time);
    return file;
}

static int open_with(const char *symbol, const char *path, int flags, mode_t mode) {
    int (*real)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, symbol);
    const int is_new = (flags & O_CREAT) != 0 && access(path, F_OK) != 0;
    return opened(real(path, flags, mode), path, is_new);
}

static mode_t mode_in(int flags, va_list list) { return (flags & (O_CREAT | O_TMPFILE)) ? va_arg(list, mode_t) : 0; }

#define OPEN(name)                                                                                                     \
    int name(const char *path, int flags, ...) {                                                                       \
        va_list list;                                                                                                  \
        va_start(list, flags);                                                                                         \
        const mode_t mode = mode_in(flags, list);                                                                      \
        va_end(list);                                                                                                  \
        return open_with(#name, path, flags, mode);                                                                    \
    }
OPEN(open)
OPEN(open64)

int close(int file) {
    REAL(int, "close", int);
    if (file >= 0 && file < most_files) kind_of[file] = other;
    return real(file);
}

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    const enum kind kind = kind_of_path(path);
    const int done = real(path);
    if (done == 0 && kind < kinds) control->name_is_durable[kind] = 0;
    return done;
}

static ssize_t write_at(int file, const void *bytes, size_t size, off64_t offset) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    const enum kind kind = kind_of_file(file);
    if (kind >= kinds) return real(file, bytes, size, offset);
    pthread_mutex_lock(&one_at_a_time);
    ++control->writes;
    ssize_t done = -1;
    if (control->write_errno && control->write_after > 0) {
        --control->write_after;
        done = real(file, bytes, size, offset);
    } else if (!fails(control->write_errno)) {
        done = real(file, bytes, control->short_writes && size > 1 ? size / 2 : size, offset);
    }
    const int kept = errno;
    if (done > 0) remember((int)kind, offset, done);
    pthread_mutex_unlock(&one_at_a_time);
    errno = kept;
    return done;
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t offset) { return write_at(file, bytes, size, offset); }
ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t offset) { return write_at(file, bytes, size, offset); }

static ssize_t read_at(int file, void *bytes, size_t size, off64_t offset) {
    REAL(ssize_t, "pread64", int, void *, size_t, off64_t);
    if (kind_of_file(file) >= kinds) return real(file, bytes, size, offset);
    pthread_mutex_lock(&one_at_a_time);
    ++control->reads;
    const int spared = control->read_errno && control->read_after > 0;
    if (spared) --control->read_after;
    const int failed = !spared && fails(control->read_errno);
    pthread_mutex_unlock(&one_at_a_time);
    return failed ? -1 : real(file, bytes, size, offset);
}

ssize_t pread(int file, void *bytes, size_t size, off_t offset) { return read_at(file, bytes, size, offset); }
ssize_t pread64(int file, void *bytes, size_t size, off64_t offset) { return read_at(file, bytes, size, offset); }

static int truncate_at(int file, off64_t size) {
    REAL(int, "ftruncate64", int, off64_t);
    const enum kind kind = kind_of_file(file);
    if (kind < kinds && fails(control->truncate_errno)) return -1;
    return real(file, size);
}

int ftruncate(int file, off_t size) { return truncate_at(file, size); }
int ftruncate64(int file, off64_t size) { return truncate_at(file, size); }

// A sync that failed has lost the bytes for good: the kernel calls the pages clean, and a later sync that succeeds does
// not write them.
static int sync_with(const char *symbol, int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, symbol);
    const enum kind kind = kind_of_file(file);
    if (kind == other) return real(file);
    pthread_mutex_lock(&one_at_a_time);
    ++control->syncs;
    const int64_t delay = control->sync_delay_us; // what is killed in it has not synced
    if (delay > 0) nanosleep(&(struct timespec){delay / 1000000, delay % 1000000 * 1000}, NULL);
    const int failed = fails(control->sync_errno), done = failed ? -1 : real(file), kept = errno;
    if (done != 0 && kind < kinds) forget_ranges((int)kind);
    if (done == 0 && kind < kinds) bring_to_image(file, (int)kind);
    if (done == 0 && kind == directory) names_are_durable();
    pthread_mutex_unlock(&one_at_a_time);
    errno = kept;
    return done;
}

int fsync(int file) { return sync_with("fsync", file); }
int fdatasync(int file) { return sync_with("fdatasync", file); }
