#define _GNU_SOURCE
#include "charden_process.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

// Waits until the socket can be used; 0, or -ETIMEDOUT.
static int wait_for(int socket, short event, int64_t deadline) {
  for (;;) {
    int64_t left = deadline - now();
    struct pollfd one = {.fd = socket, .events = event};
    int count = poll(&one, 1, left < 0 ? 0 : (int)left);
    if (count > 0) return 0;
    if (count == 0) return -ETIMEDOUT;
    if (errno != EINTR) return -errno;
  }
}

static int connected(const char *address, uint16_t port, int64_t deadline) {
  // sockaddr is a family of layouts that only casts tell apart.
  union {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
  } place = {0};
  socklen_t length;
  if (inet_pton(AF_INET, address, &place.four.sin_addr) == 1) {
    place.four.sin_family = AF_INET;
    place.four.sin_port = htons(port);
    length = sizeof place.four;
  } else if (inet_pton(AF_INET6, address, &place.six.sin6_addr) == 1) {
    place.six.sin6_family = AF_INET6;
    place.six.sin6_port = htons(port);
    length = sizeof place.six;
  } else {
    return -EINVAL;
  }
  int number = socket(place.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (number < 0) return -errno;
  int error = connect(number, &place.any, length) < 0 ? -errno : 0;
  if (error == -EINPROGRESS && (error = wait_for(number, POLLOUT, deadline)) == 0) {
    int pending = 0;
    socklen_t size = sizeof pending;
    error = getsockopt(number, SOL_SOCKET, SO_ERROR, &pending, &size) < 0 ? -errno : -pending;
  }
  if (error == 0) return number;
  close(number);
  return error;
}

int charden_ask(const char *address, uint16_t port, const char *request, size_t length, char *reply,
                size_t capacity, int milliseconds) {
  int64_t deadline = now() + milliseconds;
  int socket = connected(address, port, deadline);
  if (socket < 0) return socket;
  int error = 0;
  while (length > 0 && error == 0) {
    ssize_t sent = send(socket, request, length, MSG_NOSIGNAL);
    if (sent > 0) {
      request += sent;
      length -= (size_t)sent;
    } else if (errno == EAGAIN) {
      error = wait_for(socket, POLLOUT, deadline);
    } else if (errno != EINTR) {
      error = -errno;
    }
  }
  size_t got = 0;
  while (got < capacity && error == 0) {
    ssize_t count = recv(socket, reply + got, capacity - got, 0);
    if (count > 0) got += (size_t)count;
    else if (count == 0) break;
    else if (errno == EAGAIN) error = wait_for(socket, POLLIN, deadline);
    else if (errno != EINTR) error = -errno;
  }
  close(socket);
  return error ? error : (int)got;
}

int charden_send_datagram(const char *path, const void *bytes, size_t size) {
  struct sockaddr_un place = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof place.sun_path) return -ENAMETOOLONG;
  strcpy(place.sun_path, path);
  int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -errno;
  struct timeval patience = {.tv_sec = 1};
  int status = setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (status == 0) {
    ssize_t sent =
        sendto(fd, bytes, size, MSG_NOSIGNAL, (const struct sockaddr *)&place, sizeof place);
    if (sent < 0) status = -1;
  }
  status = status < 0 ? -errno : 0;
  close(fd);
  return status;
}
