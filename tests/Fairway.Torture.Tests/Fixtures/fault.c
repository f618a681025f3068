/* SPDX-License-Identifier: MIT */
/*
 * Preloaded into a fairwayd under test: counts every system call by which it changes something (store, kernel, files, an answer
 * to a client) while a page shared with the test says so, and at the chosen one ends the process or makes the call fail. The
 * program under test is the product itself and knows nothing of it.
 *
 * .NET finds native functions by dlsym in a library's own handle, which preloading alone does not reach: dlsym is replaced too.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/if_tun.h>
#include <linux/netlink.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define NAMES	4096
#define LENGTH	48

/* FaultPage.cs has the same. */
struct page {
	uint32_t armed;		/* count at all */
	uint32_t counter;	/* calls so far */
	uint32_t first;		/* the first call, from 0, that is hit */
	uint32_t last;		/* and the last one; UINT32_MAX and 0 hit nobody */
	int32_t error;		/* 0: kill; else the call is left out and answers this errno */
	uint32_t hits;
	uint32_t pad[10];
	char name[NAMES][LENGTH];
};

static struct page *page;
static void *(*next_dlsym)(void *, const char *);

static void *next(const char *name)
{
	void *found = next_dlsym(RTLD_NEXT, name);

	if (!found)
		abort();
	return found;
}

__attribute__((constructor)) static void begin(void)
{
	const char *path = getenv("FAIRWAY_FAULT_PAGE");
	int fd;

	if (!next_dlsym)
		dlsym(RTLD_NEXT, "close");
	if (!path || strcmp(program_invocation_short_name, "fairwayd"))
		return;
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return;
	page = mmap(NULL, sizeof(*page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (page == MAP_FAILED)
		page = NULL;
	close(fd);
}

/* Returns 0 when the call shall be made. */
static int step(const char *what, long detail)
{
	uint32_t number;

	if (!page || !__atomic_load_n(&page->armed, __ATOMIC_ACQUIRE))
		return 0;
	number = __atomic_fetch_add(&page->counter, 1, __ATOMIC_ACQ_REL);
	if (number < NAMES)
		snprintf(page->name[number], LENGTH, "%s %ld", what, detail);
	if (number < page->first || number > page->last)
		return 0;
	__atomic_fetch_add(&page->hits, 1, __ATOMIC_ACQ_REL);
	if (page->error) {
		/*
		 * An answer fails as it does when its client is gone. Kestrel closes a connection for that and a reset only; after any
		 * other error of send() it goes on as if the bytes had been sent, and the client waits (SocketConnection.DoSend, .NET 10).
		 */
		errno = strcmp(what, "answer") ? page->error : EPIPE;
		return -1;
	}
	kill(getpid(), SIGKILL);
	for (;;)
		pause();
}

static int is_file(int fd)
{
	struct stat status;

	return page && page->armed && !fstat(fd, &status) && S_ISREG(status.st_mode);
}

static int option(int fd, int name)
{
	int value = -1;
	socklen_t size = sizeof(value);

	return getsockopt(fd, SOL_SOCKET, name, &value, &size) ? -1 : value;
}

/* What a send changes, or NULL. */
static const char *sent(int fd, const void *data, size_t length, long *detail)
{
	const struct nlmsghdr *message = data;

	*detail = (long)length;
	if (!page || !page->armed)
		return NULL;
	switch (option(fd, SO_DOMAIN)) {
	case AF_NETLINK:
		if (option(fd, SO_PROTOCOL) != NETLINK_ROUTE || length < sizeof(*message))
			return NULL;
		*detail = message->nlmsg_type;
		return message->nlmsg_type >= 16 && (message->nlmsg_type & 3) != 2 ? "rtnetlink" : NULL;
	case AF_UNIX:
		return option(fd, SO_TYPE) == SOCK_STREAM ? "answer" : NULL;
	default:
		return NULL;
	}
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = next(#name)

ssize_t send(int fd, const void *data, size_t length, int flags)
{
	long detail;
	const char *what = sent(fd, data, length, &detail);

	REAL(send);
	return what && step(what, detail) ? -1 : real(fd, data, length, flags);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
	long detail;
	const char *what = message->msg_iovlen ? sent(fd, message->msg_iov[0].iov_base, message->msg_iov[0].iov_len, &detail) : NULL;

	REAL(sendmsg);
	return what && step(what, detail) ? -1 : real(fd, message, flags);
}

ssize_t write(int fd, const void *data, size_t length)
{
	REAL(write);
	return is_file(fd) && step("write", (long)length) ? -1 : real(fd, data, length);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset)
{
	REAL(pwrite);
	return is_file(fd) && step("pwrite", (long)length) ? -1 : real(fd, data, length, offset);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset)
{
	REAL(pwrite64);
	return is_file(fd) && step("pwrite", (long)length) ? -1 : real(fd, data, length, offset);
}

int ftruncate(int fd, off_t length)
{
	REAL(ftruncate);
	return is_file(fd) && step("ftruncate", (long)length) ? -1 : real(fd, length);
}

int ftruncate64(int fd, off64_t length)
{
	REAL(ftruncate64);
	return is_file(fd) && step("ftruncate", (long)length) ? -1 : real(fd, length);
}

int fsync(int fd)
{
	REAL(fsync);
	return step("fsync", 0) ? -1 : real(fd);
}

int fdatasync(int fd)
{
	REAL(fdatasync);
	return step("fdatasync", 0) ? -1 : real(fd);
}

int unlink(const char *path)
{
	REAL(unlink);
	return step("unlink", 0) ? -1 : real(path);
}

int mkdir(const char *path, mode_t mode)
{
	REAL(mkdir);
	return step("mkdir", 0) ? -1 : real(path, mode);
}

int rmdir(const char *path)
{
	REAL(rmdir);
	return step("rmdir", 0) ? -1 : real(path);
}

int rename(const char *from, const char *to)
{
	REAL(rename);
	return step("rename", 0) ? -1 : real(from, to);
}

int mount(const char *source, const char *target, const char *type, unsigned long flags, const void *data)
{
	static int (*real)(const char *, const char *, const char *, unsigned long, const void *);

	if (!real)
		real = next("mount");
	return step("mount", 0) ? -1 : real(source, target, type, flags, data);
}

int umount2(const char *target, int flags)
{
	static int (*real)(const char *, int);

	if (!real)
		real = next("umount2");
	return step("umount", 0) ? -1 : real(target, flags);
}

int unshare(int flags)
{
	static int (*real)(int);

	if (!real)
		real = next("unshare");
	return step("unshare", 0) ? -1 : real(flags);
}

/* Commands of bpf(2) that change something. */
static int changes(long command)
{
	switch (command) {
	case BPF_MAP_CREATE:
	case BPF_MAP_UPDATE_ELEM:
	case BPF_MAP_DELETE_ELEM:
	case BPF_PROG_LOAD:
	case BPF_OBJ_PIN:
	case BPF_PROG_TEST_RUN:
	case BPF_MAP_UPDATE_BATCH:
	case BPF_MAP_DELETE_BATCH:
	case BPF_LINK_CREATE:
	case BPF_LINK_UPDATE:
		return 1;
	default:
		return 0;
	}
}

long syscall(long number, ...)
{
	static long (*real)(long, ...);
	va_list list;
	long a[6];

	va_start(list, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(list, long);
	va_end(list);
	if (!real)
		real = next("syscall");
	if (number == SYS_bpf && changes((int)a[0]) && step("bpf", (int)a[0]))
		return -1;
	return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

int ioctl(int fd, unsigned long request, ...)
{
	static int (*real)(int, unsigned long, void *);
	va_list list;
	void *argument;

	va_start(list, request);
	argument = va_arg(list, void *);
	va_end(list);
	if (!real)
		real = next("ioctl");
	if ((request == TUNSETIFF || request == TUNSETOWNER || request == TUNSETPERSIST) && step("tap", (long)(request & 0xff)))
		return -1;
	return real(fd, request, argument);
}

#define OURS(name) if (!strcmp(symbol, #name)) return (void *)name

void *dlsym(void *handle, const char *symbol)
{
	if (!next_dlsym) {
		next_dlsym = dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.34");
		if (!next_dlsym)
			next_dlsym = dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.2.5");
		if (!next_dlsym)
			next_dlsym = dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.17");
		if (!next_dlsym)
			abort();
	}
	if (handle != RTLD_NEXT) {
		OURS(send);
		OURS(sendmsg);
		OURS(write);
		OURS(pwrite);
		OURS(pwrite64);
		OURS(ftruncate);
		OURS(ftruncate64);
		OURS(fsync);
		OURS(fdatasync);
		OURS(unlink);
		OURS(mkdir);
		OURS(rmdir);
		OURS(rename);
		OURS(mount);
		OURS(umount2);
		OURS(unshare);
		OURS(ioctl);
		OURS(syscall);
	}
	return next_dlsym(handle, symbol);
}
